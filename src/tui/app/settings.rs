//! Settings changed from the desk: in force at once, and written to the configuration file
//! after it was shown what will be written.

use std::path::PathBuf;

use ratatui::crossterm::event::KeyCode;

use super::mode::Mode;
use super::{App, HintLines};
use crate::config::{
    Binding, Change, Origin, Proposal, Publish, SETTINGS, Site, Theme, list, quoted,
};
use crate::exchange::Publisher;
use crate::text::Signs;
use crate::tui::command::{Key, Keymap, TABLE, unknown_command};
use crate::tui::event::Request;

/// The most lines of the file that are shown of a change.
const MOST_LINES: usize = 12;

/// Settings as they were in force before one that is only tried until it is written.
#[derive(Debug)]
pub(super) struct Tried {
    verdicts: Vec<String>,
    sites: Vec<Site>,
    publisher: Publisher,
    rank: Vec<String>,
    keymap: Keymap,
    house: Vec<Binding>,
    theme: Theme,
    signs: Signs,
    /// Whether the one tried counts from the next start alone.
    is_for_later: bool,
}

impl App {
    /// Keeps what is in force, to be put back if a setting is not written.
    fn try_setting(&mut self, name: &str) {
        let options = &self.options;
        self.tried = Some(Tried {
            verdicts: options.verdicts.clone(),
            sites: options.sites.clone(),
            publisher: options.publisher.clone(),
            rank: options.rank.clone(),
            keymap: options.keymap.clone(),
            house: options.house.clone(),
            theme: options.choice,
            signs: options.theme.signs,
            // Decisions of one session have one reviewer.
            is_for_later: name == "reviewer",
        });
    }

    /// Has keys mean what they are bound to from now on.
    fn take_keymap(&mut self, keymap: Keymap) {
        self.options.keymap = keymap;
        // Which tell the keys of before.
        self.hint_lines = HintLines::default();
    }

    /// Puts back what was in force before the setting tried.
    fn put_back(&mut self, tried: Tried) {
        self.options.verdicts = tried.verdicts;
        self.options.sites = tried.sites;
        self.options.publisher = tried.publisher;
        if tried.rank != self.options.rank {
            self.take_rank(tried.rank);
        }
        self.take_keymap(tried.keymap);
        self.options.house = tried.house;
        self.take_theme(tried.theme);
        if tried.signs != self.options.theme.signs {
            self.take_signs(tried.signs);
        }
    }

    /// Whether the setting tried counts from the next start alone.
    pub(in crate::tui) fn is_for_later(&self) -> bool {
        self.tried.as_ref().is_some_and(|tried| tried.is_for_later)
    }

    /// Carries out `:set NAME VALUE`; says what is in force for `NAME?` and for nothing.
    pub(super) fn set(&mut self, words: &str) -> Vec<Request> {
        let (name, typed) = name_and_value(words);
        if name.ends_with('?') || matches!(typed, "" | "?") {
            self.tell_setting(name.trim_end_matches('?').trim());
            return Vec::new();
        }
        match Change::of(name, typed) {
            Ok(change) => {
                self.try_setting(name);
                self.take_setting(name, &change);
                vec![Request::Propose(change)]
            }
            Err(why) => {
                self.refuse(why);
                Vec::new()
            }
        }
    }

    /// What is in force; of everything where no name is given.
    fn tell_setting(&mut self, name: &str) {
        let lines: Vec<String> = SETTINGS
            .iter()
            .filter(|known| name.is_empty() || known.name == name)
            .flat_map(|known| self.lines_of(known.name))
            .collect();
        let known = SETTINGS.iter().find(|known| known.name == name);
        match (name, known) {
            ("", _) => self.mode = Mode::tell(lines),
            (_, Some(known)) if known.form.is_table() => {
                let about = known.about.to_owned();
                self.mode = Mode::tell([vec![about], lines].concat());
            }
            (_, Some(known)) => self.say(format!("{}: {}", lines.join(" "), known.form.allowed())),
            (name, None) => match Change::of(name, "") {
                Err(why) => self.refuse(why),
                Ok(_) => self.refuse(format!("there is no setting “{name}”")),
            },
        }
    }

    /// A setting in force, as it is written in the file.
    fn lines_of(&self, name: &str) -> Vec<String> {
        let options = &self.options;
        match name {
            "reviewer" => vec![format!("reviewer = {}", quoted(&options.reviewer))],
            "verdicts" => vec![format!("verdicts = {}", list(&options.verdicts))],
            "theme" => vec![format!("theme = {}", quoted(options.choice.as_str()))],
            "ascii" => vec![format!("ascii = {}", options.theme.signs == Signs::Ascii)],
            "fetch" => vec![format!("fetch = {}", quoted(options.fetch.as_str()))],
            "rank" => match options.rank.as_slice() {
                [] => Vec::new(),
                rank => vec![format!("rank = {}", list(rank))],
            },
            "detectors" => {
                let names = options.detectors.iter();
                names.map(|name| format!("detectors.{name}")).collect()
            }
            "search" => {
                let sites = options.sites.iter();
                let told = sites.map(|site| format!("search.{} = {}", site.name, site.template));
                told.collect()
            }
            "name" => {
                let name = options.publisher.reviewer.iter();
                name.map(|(_, name)| format!("name = {}", quoted(name)))
                    .collect()
            }
            "publish" => {
                let publisher = &options.publisher;
                let fields = [
                    ("author", Some(&publisher.author)),
                    ("url", publisher.url.as_ref()),
                    ("page", Some(&publisher.page)),
                    ("date", publisher.date.as_ref()),
                ];
                let told = |(name, words): (&str, Option<&String>)| {
                    let words = words.filter(|words| !words.is_empty())?;
                    Some(format!("publish.{name} = {}", quoted(words)))
                };
                fields.into_iter().filter_map(told).collect()
            }
            "ratings" => {
                let ratings = options.publisher.ratings.iter();
                let told = |(verdict, rating): &(String, i64)| {
                    format!("ratings.{} = {rating}", quoted(verdict))
                };
                ratings.map(told).collect()
            }
            _ => {
                let house = options.house.iter();
                let told =
                    house.map(|house| format!("keys.{} = {}", house.action, list(&house.keys)));
                told.collect()
            }
        }
    }

    /// Puts a setting in force, where it can be while the desk is open.
    fn take_setting(&mut self, name: &str, change: &Change) {
        let config = change.config();
        match name {
            "theme" => self.take_theme(config.theme.value),
            "ascii" => self.take_signs(match config.ascii.value {
                true => Signs::Ascii,
                false => Signs::Unicode,
            }),
            "verdicts" => self.options.verdicts = config.verdicts.value,
            "fetch" => self.options.fetch = config.fetch.value,
            "rank" => self.take_rank(config.rank.value),
            "reviewer" => {}
            _ if config.publish != Publish::default() => self.take_publisher(config.publish),
            _ => {
                let named = name
                    .strip_prefix("search.")
                    .unwrap_or(name)
                    .trim_matches('"');
                let is_it = |site: &Site| site.name == named && site.origin != Origin::Default;
                let own = config.sites.into_iter().find(is_it);
                let sites = &mut self.options.sites;
                sites.retain(|site| site.name != named);
                sites.splice(0..0, own);
                sites.truncate(crate::config::MOST_SITES);
            }
        }
    }

    /// Who publishes from now on: what is set replaces what was.
    fn take_publisher(&mut self, publish: Publish) {
        let publisher = &mut self.options.publisher;
        if let Some(author) = publish.author {
            publisher.author = author;
        }
        if let Some(page) = publish.page {
            publisher.page = page;
        }
        publisher.url = publish.url.or(publisher.url.take());
        publisher.date = publish.date.or(publisher.date.take());
        if let Some(name) = publish.name {
            publisher.reviewer = Some((self.options.reviewer.clone(), name));
        }
        for (verdict, rating) in publish.ratings {
            publisher.ratings.retain(|(known, _)| *known != verdict);
            publisher.ratings.push((verdict, rating));
        }
    }

    /// Carries out `:bind KEY COMMAND`: the key is added to those of the command, and taken
    /// from any other that the house gave it to.
    pub(super) fn bind(&mut self, words: &str) -> Vec<Request> {
        let Some((keys, name)) = words.rsplit_once(char::is_whitespace) else {
            self.refuse("give a key and a command: :bind F2 confirm");
            return Vec::new();
        };
        match self.bound(keys.trim(), name) {
            Ok((house, changed)) => {
                let (keymap, _) = keymap_of(&house);
                self.try_setting("keys");
                let gone = self.options.keymap.without(&keymap);
                let gone = gone.iter();
                let gone = gone.map(|(key, name)| format!("; {key} is no longer {name}"));
                self.say(format!(
                    "{} is {name}{}",
                    keys_told(words),
                    gone.collect::<String>()
                ));
                self.take_keymap(keymap);
                let of = |name: &&str| house.iter().find(|binding| binding.action == *name);
                let keys = changed.iter().filter_map(of);
                let keys = keys.map(|house| (house.action.as_str(), house.keys.as_slice()));
                let change = Change::of_keys(keys);
                self.options.house = house;
                vec![Request::Propose(change)]
            }
            Err(why) => {
                self.refuse(why);
                Vec::new()
            }
        }
    }

    /// The house's bindings with one more, and the commands whose keys it changes.
    fn bound(&self, typed: &str, name: &str) -> Result<(Vec<Binding>, Vec<&'static str>), String> {
        let Some(entry) = TABLE.iter().find(|entry| entry.name == name) else {
            return Err(unknown_command(name));
        };
        let Some(keys) = Keymap::written(typed) else {
            return Err(format!(
                "“{typed}” is no key: write j, G, Space, Ctrl-d, F2, or g x for two"
            ));
        };
        let mut house = self.options.house.clone();
        let mut changed = vec![entry.name];
        let is_it = |key: &String| Keymap::written(key).as_ref() == Some(&keys);
        for binding in house.iter_mut().filter(|binding| binding.action != name) {
            let other = TABLE.iter().find(|other| other.name == binding.action);
            let Some(other) = other.filter(|other| other.scope.meets(entry.scope)) else {
                continue;
            };
            let count = binding.keys.len();
            binding.keys.retain(|key| !is_it(key));
            if binding.keys.len() < count {
                changed.push(other.name);
            }
        }
        match house.iter_mut().find(|binding| binding.action == name) {
            Some(binding) if binding.keys.iter().any(is_it) => {}
            Some(binding) => binding.keys.push(keys),
            None => {
                let own = entry.keys.iter().map(|key| (*key).to_owned());
                house.push(Binding {
                    action: name.to_owned(),
                    keys: own
                        .filter(|key| !is_it(key))
                        .chain([keys.clone()])
                        .collect(),
                    line: 0,
                });
            }
        }
        match keymap_of(&house).1.first() {
            Some(bad) => Err(bad.clone()),
            None => Ok((house, changed)),
        }
    }

    /// What a change does to the file is known: asks whether to write it.
    pub(super) fn proposed(
        &mut self,
        change: Change,
        proposed: Result<Proposal, String>,
    ) -> Vec<Request> {
        let now = change.lines().join(" ");
        match proposed {
            Ok(Proposal { removed, added, .. }) if removed.is_empty() && added.is_empty() => {
                self.tried = None;
                self.say(format!("{now}: so it stands in the file"));
                return self.allowed().into_iter().collect();
            }
            Ok(proposal) => self.mode = Mode::AskWrite { change, proposal },
            Err(why) => {
                self.not_written(&why);
                return self.allowed().into_iter().collect();
            }
        }
        Vec::new()
    }

    /// A setting was to be written and could not be.
    fn not_written(&mut self, why: &str) {
        let holds = match self.is_for_later() {
            true => "nothing is changed",
            false => "it holds until you leave",
        };
        self.tried = None;
        self.refuse(format!("not written: {why}; {holds}"));
    }

    /// A key while it is asked whether to write a setting: Enter or Esc answers, and all others are
    /// left, for they may have been typed ahead and meant something else.
    pub(super) fn key_in_ask_write(&mut self, key: Key) -> Vec<Request> {
        if !matches!(key.code, KeyCode::Enter | KeyCode::Esc) {
            return Vec::new();
        }
        let Mode::AskWrite { change, .. } = std::mem::take(&mut self.mode) else {
            return Vec::new();
        };
        if key.code == KeyCode::Enter {
            let configure = std::iter::once(Request::Configure(change));
            return configure.chain(self.allowed()).collect();
        }
        self.allowing = None;
        if let Some(tried) = self.tried.take() {
            self.put_back(tried);
        }
        self.say("not written and taken back");
        Vec::new()
    }

    /// A change was written, or was not.
    pub(super) fn configured(&mut self, configured: Result<PathBuf, String>) {
        match configured {
            Ok(path) => {
                let counts = match self.is_for_later() {
                    true => "; it counts from the next start",
                    false => "",
                };
                self.tried = None;
                self.say(format!("written to {}{counts}", path.display()));
            }
            Err(why) => self.not_written(&why),
        }
    }
}

/// The lines that say what a change does to the file: those that go with `-`, those that come
/// with `+`.
pub(in crate::tui) fn change_lines(proposal: &Proposal) -> Vec<String> {
    let removed = proposal.removed.iter().map(|line| format!("- {line}"));
    let added = proposal.added.iter().map(|line| format!("+ {line}"));
    let mut lines: Vec<String> = removed.chain(added).collect();
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(format!("and {more} lines more"));
    }
    lines
}

/// The name and what was typed behind it: an equals sign between them says nothing. The name of
/// a site may hold blanks, its address none.
fn name_and_value(words: &str) -> (&str, &str) {
    let words = words.trim();
    let split = match words.starts_with("search.") {
        true => words.rsplit_once(char::is_whitespace),
        false => words.split_once(|c: char| c.is_whitespace() || c == '='),
    };
    let (name, typed) = split.unwrap_or((words, ""));
    let typed = typed.trim();
    let typed = typed.strip_prefix('=').unwrap_or(typed).trim();
    let name = name.trim();
    (name.strip_suffix('=').unwrap_or(name).trim_end(), typed)
}

/// The keys of what was typed behind `:bind`.
fn keys_told(words: &str) -> &str {
    words
        .rsplit_once(char::is_whitespace)
        .map_or(words, |(keys, _)| keys.trim())
}

/// The bindings of the house, and what is wrong with them.
fn keymap_of(house: &[Binding]) -> (Keymap, Vec<String>) {
    let house = house.iter().map(|b| (b.action.as_str(), b.keys.as_slice()));
    let (keymap, bad) = Keymap::with_house(house);
    (keymap, bad.iter().map(ToString::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_value_are_told_apart() {
        for (words, name, value) in [
            ("theme light", "theme", "light"),
            ("theme = light", "theme", "light"),
            ("theme=light", "theme", "light"),
            ("theme?", "theme?", ""),
            ("theme ?", "theme", "?"),
            ("", "", ""),
            ("verdicts true, half true", "verdicts", "true, half true"),
            (
                "search.Our archive https://a.example/?q={claim}",
                "search.Our archive",
                "https://a.example/?q={claim}",
            ),
            ("search.X = \"\"", "search.X", "\"\""),
        ] {
            assert_eq!(name_and_value(words), (name, value), "{words}");
        }
    }

    #[test]
    fn long_changes_are_cut() {
        let lines = |count| Proposal {
            path: PathBuf::new(),
            removed: vec!["a".to_owned()],
            added: vec!["b".to_owned(); count],
        };
        assert_eq!(change_lines(&lines(1)), ["- a", "+ b"]);
        let cut = change_lines(&lines(20));
        assert_eq!((cut.len(), cut[12].as_str()), (13, "and 9 lines more"));
    }
}
