//! The screen of the first start, and the question that Ctrl-c asks.
//!
//! The tour takes no key away from the desk: Enter, Space and Esc close it, arrows scroll it, and
//! any other key closes it and does what it does. What such a key would decide on stands in the
//! tour itself.

use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::card::words_of;
use super::mode::Mode;
use super::mode_keys::is_control_c;
use super::window_room::TOLD;
use super::{App, Screen};
use crate::review::{Decide, Moment};
use crate::tui::command::{Command, Key, Way};
use crate::tui::event::Request;
use crate::tui::layout::{self, Framed};
use crate::tui::widget::{Field, LEGEND, Role};

/// The keys to begin with and what they do.
const FIRST_KEYS: [(Command, &str); 5] = [
    (
        Command::decide(Decide::Confirm),
        "confirm the claim, go on to the next",
    ),
    (
        Command::decide(Decide::Reject),
        "reject it: no claim, or not worth checking",
    ),
    (Command::Go(Way::Rows(1)), "next claim; nothing is decided"),
    (Command::Undo, "undo, as often as you like"),
    (Command::Help, "all keys, and these signs again"),
];

/// Characters of the selected claim that are shown: a row of the tour.
const SELECTED: usize = 52;

/// Columns of the widest sign or key in the tour.
const KEY_CELLS: usize = 3;

impl App {
    /// The lines of the tour.
    pub(in crate::tui) fn tour_rows(&self) -> Vec<Field> {
        let line = |text: String, role: Role| Field::new("", text, role);
        let (theme, keymap) = (self.options.theme, &self.options.keymap);
        let first = "You say which claims stand; the article itself is never changed.";
        let mut rows = vec![line(first.to_owned(), Role::Text)];
        rows.push(line("Signs and colours".to_owned(), Role::Title));
        rows.extend(LEGEND.iter().map(|(look, meaning)| {
            let sign = theme.sign(*look).trim();
            line(format!("{sign:<KEY_CELLS$}{meaning}"), *look)
        }));
        rows.push(line("Five keys to begin".to_owned(), Role::Title));
        rows.extend(FIRST_KEYS.iter().map(|(command, does)| {
            let key = keymap.hint(command);
            line(format!("{key:<KEY_CELLS$}{does}"), Role::Text)
        }));
        let (quit, back) = (keymap.hint(&Command::Quit), keymap.hint(&Command::Back));
        rows.push(line(
            format!(
                "{quit:<KEY_CELLS$}quits; {back} goes back to the queue. There is nothing to save."
            ),
            Role::Text,
        ));
        rows.push(line(
            "Enter begins. :tour shows this again; `proofmark tutor` teaches.".to_owned(),
            Role::Dim,
        ));
        if let Some(words) = self.selected_words() {
            rows.push(line(format!("Selected: “{words}”"), Role::Dim));
        }
        rows
    }

    /// The words of the claim or source that keys would decide on.
    fn selected_words(&self) -> Option<String> {
        let session = self.session().filter(|_| self.screen == Screen::Review)?;
        let annotation = session.selected_annotation()?;
        let words = words_of(session, annotation);
        Some(match words.char_indices().nth(SELECTED) {
            Some((cut, _)) => format!("{} …", words[..cut].trim_end()),
            None => words,
        })
    }

    /// Where the tour stands: the title stays in sight, it tells how far the article is.
    pub(in crate::tui) fn tour_window(&self, fields: &[Field]) -> Framed {
        let rows = self.rows_in_window(fields, TOLD);
        let area = self.window_area();
        let title = area.height.min(1);
        let below = Rect {
            y: area.y + title,
            height: area.height - title,
            ..area
        };
        let rows = u16::try_from(rows).unwrap_or(u16::MAX);
        layout::popup(below, self.window_width(TOLD), rows)
    }

    /// Takes a key while the tour is shown.
    pub(super) fn key_in_tour(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let fields = self.tour_rows();
        let rows = self.rows_in_window(&fields, TOLD);
        let last = rows.saturating_sub(self.tour_window(&fields).inner.height.into());
        let Mode::Tour { top } = &mut self.mode else {
            return Vec::new();
        };
        match key.code {
            KeyCode::Down => *top = (*top + 1).min(last),
            KeyCode::PageDown => *top = (*top + 10).min(last),
            KeyCode::Up => *top = top.saturating_sub(1),
            KeyCode::PageUp => *top = top.saturating_sub(10),
            KeyCode::Enter | KeyCode::Char(' ') => self.mode = Mode::Normal,
            _ => {
                self.mode = Mode::Normal;
                return self.key(key, moment);
            }
        }
        Vec::new()
    }

    /// Takes the answer to whether to leave: the same key again does, so that a hand used to it
    /// gets out.
    pub(super) fn key_in_ask_quit(&mut self, key: Key) -> Vec<Request> {
        self.mode = Mode::Normal;
        match key.code {
            KeyCode::Enter => vec![Request::Quit],
            _ if is_control_c(key) => vec![Request::Quit],
            KeyCode::Char('q' | 'Q' | 'y') if !key.is_chord() => vec![Request::Quit],
            _ => Vec::new(),
        }
    }
}
