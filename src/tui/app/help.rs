//! Help and the command line's suggestions: the command table, matched by what is typed.

use super::App;
use super::mode::Mode;
use crate::text::Word;
use crate::tui::command::{Entry, Group, here, matching};
use crate::tui::layout::{self, Framed};
use crate::tui::widget::{LEGEND, Role, wrapped_words};

/// Columns of the window, and those from which every key and name has room.
const HELP: u16 = 84;
const ROOMY: u16 = 70;
/// Cells between the keys and what they do.
const KEY_GAP: usize = 2;

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
        let is_narrow = self.window_width(HELP) < ROOMY;
        let row = |entry: &Entry| {
            let keys = self.options.keymap.keys_of(&entry.command);
            // Of several keys one is enough where there is little room, and names can be looked for.
            let keys = match is_narrow {
                true => keys.into_iter().next().unwrap_or_default(),
                false => keys.join("  "),
            };
            let text = match entry.argument {
                _ if is_narrow => entry.help.to_owned(),
                Some(argument) => format!("{} (:{} {argument})", entry.help, entry.name),
                None => format!("{} (:{})", entry.help, entry.name),
            };
            HelpRow {
                keys,
                text,
                is_heading: false,
                look: None,
            }
        };
        if !filter.text().trim().is_empty() {
            let found = matching(filter.text(), here()).into_iter().map(row);
            return self.wrap_help(found.collect());
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
        self.wrap_help(rows)
    }

    /// Where help stands: its rows below the line that filters them.
    pub(in crate::tui) fn help_window(&self) -> Framed {
        let rows = u16::try_from(self.help_rows().len() + 1).unwrap_or(u16::MAX);
        layout::popup(self.window_area(), self.window_width(HELP), rows)
    }

    /// The first row in sight of help scrolled to its end.
    pub(super) fn last_of_help(&self) -> usize {
        let height = self.help_window().inner.height.saturating_sub(1).max(1);
        self.help_rows().len().saturating_sub(height.into())
    }

    /// The same with what does not fit beside its keys in rows below.
    fn wrap_help(&self, rows: Vec<HelpRow>) -> Vec<HelpRow> {
        let cells = rows.iter().map(|row| self.shown(&row.keys).cells()).max();
        let keys = cells.map_or(0, |cells| cells + KEY_GAP);
        let columns = usize::from(layout::within_margin(self.window_width(HELP)));
        let room = u16::try_from(columns.saturating_sub(keys)).unwrap_or(u16::MAX);
        let signs = self.options.theme.signs;
        let in_rows = |row: HelpRow| {
            let lines = match row.is_heading {
                true => vec![row.text.clone()],
                false => wrapped_words(&row.text, room.max(1), signs),
            };
            lines
                .into_iter()
                .enumerate()
                .map(move |(at, text)| HelpRow {
                    keys: if at == 0 {
                        row.keys.clone()
                    } else {
                        String::new()
                    },
                    text,
                    ..row
                })
        };
        rows.into_iter().flat_map(in_rows).collect()
    }
}
