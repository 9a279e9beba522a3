//! Reads the configuration file: TOML to [`Config`], with every problem and its line.

mod detectors;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    Binding, Config, Fetch, Form, MOST_SITES, MOST_VERDICTS, Origin, Problem, Publish, SETTINGS,
    Setting, Site, Theme, nearest,
};

/// More code points than this are no name and no verdict.
const LONGEST_WORD: usize = 200;

pub(super) fn parse(bytes: &[u8]) -> (Config, Vec<Problem>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + count_lines(&bytes[..error.valid_up_to()]);
            let problem = Problem {
                line: Some(line),
                message: "this is not UTF-8".to_owned(),
                is_grave: true,
            };
            return (Config::default(), vec![problem]);
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        config: Config::default(),
        problems: Vec::new(),
        is_grave: false,
    };
    reader.top(table.get_ref());
    for error in errors {
        let line = error.span().map(|span| reader.line_of(span.start));
        reader.problems.push(Problem {
            line,
            message: error.message().to_owned(),
            is_grave: true,
        });
    }
    let Reader {
        config,
        mut problems,
        ..
    } = reader;
    problems.sort_by_key(|problem| problem.line);
    problems.dedup();
    (config, problems)
}

/// Says that there is no such setting, and which ones there are.
pub(super) fn no_setting(name: &str) -> String {
    let known = SETTINGS.map(|known| known.name);
    match nearest(name, known) {
        Some(known) => format!("there is no setting “{name}”; did you mean “{known}”?"),
        None => format!(
            "there is no setting “{name}”; there are {}",
            known.join(", ")
        ),
    }
}

/// What a setting may hold.
fn form_of(name: &str) -> Form {
    let known = SETTINGS.iter().find(|known| known.name == name);
    known.map_or(Form::Word, |known| known.form)
}

fn count_lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

struct Reader<'t> {
    text: &'t str,
    config: Config,
    problems: Vec<Problem>,
    /// Whether what is read now must not be left out.
    is_grave: bool,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn line_of(&self, byte: usize) -> usize {
        1 + count_lines(&self.text.as_bytes()[..byte.min(self.text.len())])
    }

    fn origin<T>(&self, value: T, at: &Value<'_>) -> Setting<T> {
        Setting {
            value,
            origin: Origin::File(self.line_of(at.span().start)),
        }
    }

    fn problem(&mut self, at: usize, message: String) {
        let line = Some(self.line_of(at));
        let is_grave = self.is_grave;
        self.problems.push(Problem {
            line,
            message,
            is_grave,
        });
    }

    fn wrong_type(&mut self, name: &str, value: &Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.problem(
            value.span().start,
            format!("{name} is to be {wanted}, not {found}"),
        );
    }

    fn wrong_form(&mut self, name: &str, value: &Value<'_>) {
        self.wrong_type(name, value, &form_of(name).allowed());
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            self.is_grave = matches!(name, "reviewer" | "verdicts");
            match name {
                "reviewer" => {
                    if let Some(name) = self.word("reviewer", value) {
                        self.config.reviewer = self.origin(Some(name), value);
                    }
                }
                "verdicts" => self.verdicts(value),
                "theme" => {
                    if let Some(theme) = self.one_of("theme", value, &Theme::WORDS, Theme::parse) {
                        self.config.theme = self.origin(theme, value);
                    }
                }
                "fetch" => {
                    if let Some(fetch) = self.one_of("fetch", value, &Fetch::WORDS, Fetch::parse) {
                        self.config.fetch = self.origin(fetch, value);
                    }
                }
                "ascii" => match value.get_ref().as_bool() {
                    Some(ascii) => self.config.ascii = self.origin(ascii, value),
                    None => self.wrong_form("ascii", value),
                },
                "name" => {
                    if let Some(name) = self.word("name", value) {
                        self.config.publish.name = Some(name);
                    }
                }
                "search" => self.search(value),
                "publish" => self.publish(value),
                "ratings" => self.ratings(value),
                "detectors" => self.detectors(value),
                "rank" => self.rank(value),
                "keys" => self.keys(value),
                other => self.problem(key.span().start, no_setting(other)),
            }
        }
        self.config.keys.sort_by_key(|binding| binding.line);
        self.is_grave = false;
        self.check_rank(table);
    }

    /// A text that is neither empty nor too long nor more than a line.
    fn word(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(name, value, "a text in quotation marks");
            return None;
        };
        let word = text.trim();
        let fault = if word.is_empty() {
            "is empty"
        } else if word.chars().any(char::is_control) {
            "holds a control character or a line break"
        } else if word.chars().count() > LONGEST_WORD {
            "is longer than 200 characters"
        } else {
            return Some(word.to_owned());
        };
        self.problem(value.span().start, format!("{name} {fault}"));
        None
    }

    fn verdicts(&mut self, value: &Value<'_>) {
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong_form("verdicts", value);
        };
        let before = self.problems.len();
        if list.is_empty() || list.len() > MOST_VERDICTS {
            let message = format!(
                "verdicts has {} entries; 1 to {MOST_VERDICTS} are possible, one a digit key",
                list.len()
            );
            self.problem(value.span().start, message);
        }
        let mut scale: Vec<String> = Vec::new();
        for entry in list {
            let Some(verdict) = self.word("a verdict", entry) else {
                continue;
            };
            if scale.contains(&verdict) {
                let message = format!("the verdict “{verdict}” is there twice");
                self.problem(entry.span().start, message);
            }
            scale.push(verdict);
        }
        if self.problems.len() == before {
            self.config.verdicts = self.origin(scale, value);
        }
    }

    /// One word of several.
    fn one_of<T>(
        &mut self,
        name: &str,
        value: &Value<'_>,
        words: &[&'static str],
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_form(name, value);
            return None;
        };
        let found = parse(word);
        if found.is_none() {
            let mut message = format!("{name} is to be {}", form_of(name).allowed());
            if let Some(known) = nearest(word, words.iter().copied()) {
                message.push_str(&format!("; did you mean “{known}”?"));
            }
            self.problem(value.span().start, message);
        }
        found
    }

    /// Sites of the house stand before those shipped; one of a name that is shipped replaces it,
    /// and an empty address takes it away.
    fn search(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_form("search", value);
        };
        let mut sites: Vec<(usize, Site)> = Vec::new();
        for (name, value) in table {
            let at = name.span().start;
            let name = name.get_ref().to_string();
            let Some(template) = value.get_ref().as_str() else {
                self.wrong_type(
                    &format!("search.{name}"),
                    value,
                    "an address in quotation marks",
                );
                continue;
            };
            if template.is_empty() {
                self.config.sites.retain(|site| site.name != name);
                continue;
            }
            let is_web = ["https://", "http://"]
                .iter()
                .any(|s| template.starts_with(s));
            if !is_web || !template.contains(Site::CLAIM) || template.contains(char::is_whitespace)
            {
                let message = format!(
                    "search.{name} is to be an address of the web with {} where the claim goes",
                    Site::CLAIM
                );
                self.problem(value.span().start, message);
                continue;
            }
            self.config.sites.retain(|site| site.name != name);
            let template = template.to_owned();
            let origin = Origin::File(self.line_of(at));
            let site = Site {
                name,
                template,
                origin,
            };
            sites.push((at, site));
        }
        sites.sort_by_key(|(at, _)| *at);
        let own = sites.into_iter().map(|(_, site)| site);
        let shipped = std::mem::take(&mut self.config.sites);
        self.config.sites = own.chain(shipped).collect();
        if self.config.sites.len() > MOST_SITES {
            let message = format!("there are more than {MOST_SITES} sites, one a digit key");
            self.problem(value.span().start, message);
            self.config.sites.truncate(MOST_SITES);
        }
    }

    fn publish(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_form("publish", value);
        };
        for (name, value) in table {
            let at = name.span().start;
            let name = name.get_ref().as_ref();
            let whole = format!("publish.{name}");
            if self.config.publish.field_mut(name).is_none() {
                let known = Publish::FIELDS.join(", ");
                self.problem(at, format!("there is no {whole}; there are {known}"));
                continue;
            }
            let Some(words) = self.word(&whole, value) else {
                continue;
            };
            let fault = match name {
                "url" if !is_address(&words) => Some("an address of the web"),
                "page" if !is_address(&without_places(&words)) => {
                    Some("an address of the web, with {number} or {id} for the claim's")
                }
                "date" if !is_day(&words) => Some("a day, as in 2026-03-04"),
                _ => None,
            };
            if let Some(wanted) = fault {
                self.problem(value.span().start, format!("{whole} is to be {wanted}"));
                continue;
            }
            if let Some(field) = self.config.publish.field_mut(name) {
                *field = Some(words);
            }
        }
    }

    fn ratings(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_form("ratings", value);
        };
        let mut ratings = Vec::new();
        for (verdict, value) in table {
            let at = verdict.span().start;
            let verdict = verdict.get_ref().to_string();
            let number = value.get_ref().as_integer();
            let number = number.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
            match number {
                Some(number) if number >= 1 => ratings.push((at, verdict, number)),
                Some(_) => {
                    let message = format!("ratings.{verdict:?} is to be 1 or more");
                    self.problem(value.span().start, message);
                }
                None => self.wrong_type(&format!("ratings.{verdict:?}"), value, "a whole number"),
            }
        }
        ratings.sort_by_key(|(at, ..)| *at);
        let ratings = ratings
            .into_iter()
            .map(|(_, verdict, number)| (verdict, number));
        self.config.publish.ratings = ratings.collect();
    }

    fn keys(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong_form("keys", value);
        };
        for (action, value) in table {
            let line = self.line_of(action.span().start);
            let action = action.get_ref().to_string();
            let before = self.problems.len();
            let keys: Vec<String> = match value.get_ref() {
                DeValue::String(_) => self.key(&action, value).into_iter().collect(),
                DeValue::Array(list) => list.iter().filter_map(|k| self.key(&action, k)).collect(),
                _ => {
                    self.wrong_type(&format!("keys.{action}"), value, "a key or a list of keys");
                    continue;
                }
            };
            if keys.is_empty() && self.problems.len() > before {
                // Its own keys are better than none.
                continue;
            }
            self.config.keys.push(Binding { action, keys, line });
        }
    }

    fn key(&mut self, action: &str, value: &Value<'_>) -> Option<String> {
        self.word(&format!("a key of {action}"), value)
    }
}

/// Whether it is spelt as a day: `YYYY-MM-DD`.
/// Whether it is an address of the web as it has to be written, with one fragment at most.
fn is_address(words: &str) -> bool {
    let is_web = ["https://", "http://"].iter().any(|s| words.starts_with(s));
    let is_written = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    is_web && words.chars().all(is_written) && words.matches('#').count() <= 1
}

/// The address without the places where a claim's number or id goes.
fn without_places(page: &str) -> String {
    page.replace("{number}", "").replace("{id}", "")
}

fn is_day(words: &str) -> bool {
    words.len() == 10 && words.parse::<jiff::civil::Date>().is_ok()
}
