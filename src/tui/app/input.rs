//! Keys of a line being typed. No drawing; the text and cursor are a [`LineEdit`].

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use crate::tui::command::Key;
use crate::tui::widget::{Change, LineEdit};

/// What a key did to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Typed {
    /// The line or its cursor changed, or the key means nothing here.
    Going,
    /// Enter: the line is complete.
    Done,
    /// Esc, or Backspace in an empty line.
    Left,
}

/// A line being typed, with the editing keys of shells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Input {
    edit: LineEdit,
}

impl Input {
    /// A line that starts with `text`, the cursor behind it.
    pub(in crate::tui) fn with(text: &str) -> Input {
        let mut input = Input::default();
        input.paste(text);
        input
    }

    /// Text and cursor.
    pub(in crate::tui) fn edit(&self) -> &LineEdit {
        &self.edit
    }

    /// What was typed so far.
    pub(in crate::tui) fn text(&self) -> &str {
        self.edit.text()
    }

    /// Inserts text at the cursor; controls and line ends become blanks.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        self.edit.perform(Change::Insert(
            text.trim_end_matches(['\r', '\n']).to_owned(),
        ));
    }

    /// Takes a key.
    pub(in crate::tui) fn key(&mut self, key: Key) -> Typed {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let change = match key.code {
            KeyCode::Enter if !key.is_chord() => return Typed::Done,
            KeyCode::Enter => return Typed::Going,
            KeyCode::Esc => return Typed::Left,
            KeyCode::Char('c') if control => return Typed::Left,
            KeyCode::Backspace if self.text().is_empty() => return Typed::Left,
            KeyCode::Backspace if alt => Change::DeleteWord,
            KeyCode::Backspace => Change::Backspace,
            KeyCode::Char('h') if control => Change::Backspace,
            KeyCode::Delete => Change::Delete,
            KeyCode::Char('d') if control => Change::Delete,
            KeyCode::Char('w') if control => Change::DeleteWord,
            KeyCode::Char('u') if control => Change::DeleteToStart,
            KeyCode::Left if control || alt => Change::WordLeft,
            KeyCode::Right if control || alt => Change::WordRight,
            KeyCode::Left => Change::Left,
            KeyCode::Right => Change::Right,
            KeyCode::Home => Change::Home,
            KeyCode::Char('a') if control => Change::Home,
            KeyCode::End => Change::End,
            KeyCode::Char('e') if control => Change::End,
            KeyCode::Char(_) => match key.character() {
                Some(c) => Change::Insert(c.to_string()),
                None => return Typed::Going,
            },
            _ => return Typed::Going,
        };
        self.edit.perform(change);
        Typed::Going
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_keys(keys: &[&str]) -> Input {
        let mut input = Input::default();
        for key in keys {
            input.key(Key::parse(key).expect("a key"));
        }
        input
    }

    #[test]
    fn editing_keys_do_what_shells_do() {
        let cases: &[(&[&str], &str)] = &[
            (&["a", "b", "Left", "c"], "acb"),
            (&["a", "Space", "b", "c", "Ctrl-w"], "a "),
            (&["a", "b", "Ctrl-a", "Delete"], "b"),
            (&["a", "b", "Ctrl-u"], ""),
            (&["a", "Home", "End", "b"], "ab"),
            (&["é", "é", "Backspace"], "é"),
            (&["Alt-x", "F1", "a"], "a"),
        ];
        for (keys, text) in cases {
            assert_eq!(type_keys(keys).text(), *text, "{keys:?}");
        }
    }

    #[test]
    fn pasted_controls_become_blanks() {
        assert_eq!(Input::with("a\x1b[31m\nb\r\n").text(), "a [31m b");
    }

    #[test]
    fn an_empty_line_is_left_by_backspace() {
        let mut input = Input::default();
        assert_eq!(
            input.key(Key::parse("Backspace").expect("a key")),
            Typed::Left
        );
        assert_eq!(input.key(Key::parse("Enter").expect("a key")), Typed::Done);
    }
}
