//! Help and the command line's suggestions: the command table, matched by what is typed.

use super::App;
use super::mode::Mode;
use crate::text::Word;
use crate::tui::command::{Entry, Group, here, matching};
use crate::tui::widget::{LEGEND, Role};

/// A row of the help window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct HelpRow {
    /// The keys; empty for a heading.
    pub keys: String,
    /// What they do, or the heading.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// How it looks, where it is about a look.
    pub look: Option<Role>,
}

impl HelpRow {
    fn heading(text: String) -> HelpRow {
        HelpRow {
            keys: String::new(),
            text,
            is_heading: true,
            look: None,
        }
    }
}

impl App {
    /// The rows of the help window: the commands of the screen shown, under headings; while
    /// a filter is typed, those that match, best first.
    pub(in crate::tui) fn help_rows(&self) -> Vec<HelpRow> {
        let Mode::Help { filter, .. } = &self.mode else {
            return Vec::new();
        };
        let here = || here(self.scope());
        let row = |entry: &Entry| HelpRow {
            keys: self.options.keymap.keys_of(&entry.command).join("  "),
            text: match entry.argument {
                Some(argument) => format!("{} (:{} {argument})", entry.help, entry.name),
                None => format!("{} (:{})", entry.help, entry.name),
            },
            is_heading: false,
            look: None,
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
                rows.push(HelpRow::heading(text));
                rows.extend(entries.map(row));
            }
        }
        rows.push(HelpRow::heading("Signs and colours".to_owned()));
        rows.extend(LEGEND.iter().map(|(look, meaning)| HelpRow {
            keys: self.options.theme.sign(*look).trim().to_owned(),
            text: (*meaning).to_owned(),
            is_heading: false,
            look: Some(*look),
        }));
        rows
    }
}
