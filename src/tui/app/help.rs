//! Help and the command line's suggestions: the command table, matched by what is typed.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::App;
use super::mode::Mode;
use crate::text::Word;
use crate::tui::command::{Entry, Group, TABLE};

/// A row of the help window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct HelpRow {
    /// The keys; empty for a heading.
    pub keys: String,
    /// What they do, or the heading.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
}

/// The entries that match what was typed, best first; all of them, in order, for nothing.
pub(super) fn matching<'a>(
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

impl App {
    /// The rows of the help window: the commands of the screen shown, under headings; while
    /// a filter is typed, those that match, best first.
    pub(in crate::tui) fn help_rows(&self) -> Vec<HelpRow> {
        let Mode::Help { filter, .. } = &self.mode else {
            return Vec::new();
        };
        let here = || TABLE.iter().filter(|entry| self.is_here(entry));
        let row = |entry: &Entry| HelpRow {
            keys: self.options.keymap.keys_of(&entry.command).join("  "),
            text: match entry.argument {
                Some(argument) => format!("{} (:{} {argument})", entry.help, entry.name),
                None => format!("{} (:{})", entry.help, entry.name),
            },
            is_heading: false,
        };
        if !filter.text().trim().is_empty() {
            return matching(filter.text(), here())
                .into_iter()
                .map(row)
                .collect();
        }
        let mut rows = Vec::new();
        for group in Group::ALL {
            let mut entries = here().filter(|entry| entry.group == *group).peekable();
            if entries.peek().is_some() {
                let text = group.as_str().to_owned();
                rows.push(HelpRow {
                    keys: String::new(),
                    text,
                    is_heading: true,
                });
                rows.extend(entries.map(row));
            }
        }
        rows
    }
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
