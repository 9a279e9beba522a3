//! Which command a typed line stands for, and which could stand there.
//!
//! Enter runs a name, or what no other name begins with, and nothing else: a command found by
//! its description may be anything, reject included. The list under the line is searched in
//! names and descriptions; a row of it is run once the arrows stand on it.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::{Entry, Scope, TABLE, by_name};
use crate::annotations::ClaimNumber;

/// Names told when several begin as typed.
const MOST_TOLD: usize = 4;

/// What Enter does with a command line.
#[derive(Clone, Debug)]
pub(in crate::tui) enum Meaning {
    /// Nothing is typed.
    Nothing,
    /// The claim or article of this number is gone to.
    Number(ClaimNumber),
    /// This command runs, with these words.
    Run(&'static Entry, String),
    /// Nothing happens; why.
    Refused(String),
}

impl Meaning {
    /// What Enter does, in a few words.
    pub(in crate::tui) fn told(&self) -> String {
        match self {
            Meaning::Nothing => "commands".to_owned(),
            Meaning::Number(number) => format!("Enter: go to {number}"),
            Meaning::Run(entry, words) if words.is_empty() => format!("Enter: {}", entry.name),
            Meaning::Run(entry, words) => format!("Enter: {} {words}", entry.name),
            Meaning::Refused(_) => "Enter: nothing".to_owned(),
        }
    }
}

/// A command line as it stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::tui) struct CommandLine<'a> {
    /// What is typed.
    pub text: &'a str,
    /// The row of the list under it that the arrows stand on.
    pub picked: Option<usize>,
    /// The screen it is typed on.
    pub scope: Scope,
}

impl CommandLine<'_> {
    /// The rows under the command line: names that begin as typed, then what else matches.
    /// Behind a name and a blank, that command alone.
    pub(in crate::tui) fn rows(&self) -> Vec<&'static Entry> {
        let text = self.text.trim_start();
        let word = text.split_whitespace().next().unwrap_or("");
        let mut rows = self.named(word);
        if let Some(entry) = self.named_in_words(text) {
            rows = vec![entry];
        }
        if !text.contains(' ') {
            for entry in matching(word, here(self.scope)) {
                if rows.iter().all(|row| row.name != entry.name) {
                    rows.push(entry);
                }
            }
        }
        rows
    }

    /// The commands of this screen that a word names: the one of that name, else all whose
    /// names begin so.
    pub(in crate::tui) fn named(&self, word: &str) -> Vec<&'static Entry> {
        if let Some(entry) = by_name(word).filter(|entry| entry.scope.meets(self.scope)) {
            return vec![entry];
        }
        let begin = |entry: &&Entry| !word.is_empty() && entry.name.starts_with(word);
        let named: Vec<&Entry> = here(self.scope).filter(begin).collect();
        // One of which all others are longer forms is meant by itself: “rej” is “reject”, and
        // not “reject-shown”.
        let shortest = named.iter().min_by_key(|entry| entry.name.len());
        let stem = shortest.filter(|stem| {
            named
                .iter()
                .all(|entry| entry.name == stem.name || is_longer_form(entry.name, stem.name))
        });
        stem.map_or(named.clone(), |stem| vec![*stem])
    }

    /// The command whose name is typed in words: “reject shown”.
    fn named_in_words(&self, text: &str) -> Option<&'static Entry> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let entry = by_name(&words.join("-")).filter(|_| words.len() > 1);
        entry.filter(|entry| entry.scope.meets(self.scope))
    }

    /// What Enter does.
    pub(in crate::tui) fn meaning(&self) -> Meaning {
        let row = self.picked.and_then(|at| self.rows().get(at).copied());
        let line = self.text.trim();
        if let Some(entry) = self.named_in_words(line) {
            return Meaning::Run(entry, String::new());
        }
        let (word, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let words = words.trim();
        match (row, word) {
            (Some(entry), _) => takes_words(entry, words),
            (None, "") => Meaning::Nothing,
            (None, word) => match (ClaimNumber::parse(word), words) {
                (Some(number), "") => Meaning::Number(number),
                _ => self.meaning_of(word, words),
            },
        }
    }

    fn meaning_of(&self, word: &str, words: &str) -> Meaning {
        match self.named(word).as_slice() {
            [entry] => takes_words(entry, words),
            [] => Meaning::Refused(match by_name(word).map(|entry| entry.scope) {
                Some(Scope::Review) => format!("“{word}” works on an open article"),
                Some(_) => format!("“{word}” works in the queue"),
                None => format!("no command begins with “{word}”; nothing was done"),
            }),
            several => {
                let mut told: Vec<&str> = several.iter().map(|entry| entry.name).collect();
                told.truncate(MOST_TOLD);
                let more = match several.len() - told.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                let told = told.join(", ");
                Meaning::Refused(format!("“{word}” begins {told}{more}; nothing was done"))
            }
        }
    }

    /// The name completed as far as it is certain; `None`: nothing is. Never to something found
    /// by its description: Enter would run it then.
    pub(in crate::tui) fn completed(&self) -> Option<String> {
        let row = self.picked.and_then(|at| self.rows().get(at).copied());
        let named = match row {
            Some(entry) => vec![entry],
            None => self.named(self.text),
        };
        let completed = match named.as_slice() {
            [] => return None,
            [entry] => {
                let space = if entry.argument.is_some() { " " } else { "" };
                format!("{}{space}", entry.name)
            }
            [first, rest @ ..] => {
                let common = rest.iter().fold(first.name.len(), |common, entry| {
                    let same = first.name.bytes().zip(entry.name.bytes());
                    same.take_while(|(a, b)| a == b).count().min(common)
                });
                first.name[..common].to_owned()
            }
        };
        Some(completed)
    }
}

/// Whether a name is another one with more words behind it.
fn is_longer_form(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem)
        .is_some_and(|rest| rest.starts_with('-'))
}

/// The commands that work on a screen, in the table's order.
pub(in crate::tui) fn here(scope: Scope) -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().filter(move |entry| entry.scope.meets(scope))
}

/// A command with the words behind it: one that takes none is not run with some, because
/// they may have been what mattered ("reject all").
fn takes_words(entry: &'static Entry, words: &str) -> Meaning {
    if entry.argument.is_none() && !words.is_empty() {
        let name = entry.name;
        return Meaning::Refused(format!(
            "“{name}” takes no words after it; nothing was done"
        ));
    }
    Meaning::Run(entry, words.to_owned())
}

/// The entries that match what was typed, best first; all of them, in order, for nothing.
pub(in crate::tui) fn matching<'a>(
    typed: &str,
    entries: impl Iterator<Item = &'a Entry>,
) -> Vec<&'a Entry> {
    if typed.trim().is_empty() {
        return entries.collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &Entry)> = entries
        .filter_map(|entry| {
            let mut score =
                |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            // A name that matches says more than a description that does.
            let best = score(entry.name).map(|s| s * 2).max(score(entry.help));
            best.map(|score| (score, entry))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_letters() {
        let names = |typed| -> Vec<&str> {
            matching(typed, TABLE.iter())
                .into_iter()
                .map(|entry| entry.name)
                .collect()
        };
        assert_eq!(names("verd")[0], "verdict");
        assert_eq!(names("confirm")[0], "confirm");
        assert_eq!(names("second look")[0], "second-look");
        assert_eq!(names("").len(), TABLE.len());
        assert_eq!(names("zzzz"), Vec::<&str>::new());
    }
}
