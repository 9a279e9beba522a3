//! A line of text that is being typed: a pure state machine.
//!
//! The cursor stands between grapheme clusters. Line breaks and control characters of a
//! paste become blanks, since a line has neither.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A change to the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Types or pastes at the cursor.
    Insert(String),
    /// Takes the character before the cursor.
    Backspace,
    /// Takes the character after the cursor.
    Delete,
    /// Takes the word before the cursor.
    DeleteWord,
    /// Takes everything before the cursor.
    DeleteToStart,
    /// One character left.
    Left,
    /// One character right.
    Right,
    /// To the start of the word before.
    WordLeft,
    /// To the start of the next word.
    WordRight,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// Another text, the cursor at its end.
    Replace(String),
}

/// Text and cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEdit {
    text: String,
    cursor: usize,
}

impl LineEdit {
    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor, a byte of the text.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Makes the change; returns whether the text is another one now.
    pub fn perform(&mut self, change: Change) -> bool {
        match change {
            Change::Insert(text) => {
                let text: String = one_line(&text);
                self.text.insert_str(self.cursor, &text);
                self.cursor += text.len();
                // What was typed may have joined the character after it.
                self.cursor = self.boundary_at_or_after(self.cursor);
                !text.is_empty()
            }
            Change::Replace(text) => {
                let text = one_line(&text);
                let is_other = text != self.text;
                self.cursor = text.len();
                self.text = text;
                is_other
            }
            Change::Backspace => self.remove(self.left_of(self.cursor), self.cursor),
            Change::Delete => self.remove(self.cursor, self.right_of(self.cursor)),
            Change::DeleteWord => self.remove(self.word_left(), self.cursor),
            Change::DeleteToStart => self.remove(0, self.cursor),
            Change::Left => self.go(self.left_of(self.cursor)),
            Change::Right => self.go(self.right_of(self.cursor)),
            Change::WordLeft => self.go(self.word_left()),
            Change::WordRight => self.go(self.word_right()),
            Change::Home => self.go(0),
            Change::End => self.go(self.text.len()),
        }
    }

    fn go(&mut self, cursor: usize) -> bool {
        self.cursor = cursor;
        false
    }

    fn remove(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.cursor = self.boundary_at_or_after(from);
        from < to
    }

    fn left_of(&self, byte: usize) -> usize {
        self.text[..byte]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn right_of(&self, byte: usize) -> usize {
        byte + self.text[byte..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        let mut words = self.text[..self.cursor].unicode_word_indices();
        words.next_back().map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let mut words = self.text.unicode_word_indices().map(|(at, _)| at);
        words
            .find(|&at| at > self.cursor)
            .unwrap_or(self.text.len())
    }

    fn boundary_at_or_after(&self, byte: usize) -> usize {
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(true) => byte,
            _ => cursor
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(self.text.len()),
        }
    }
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Change, LineEdit};

    /// The line with `|` for the cursor after every change.
    fn after(start: &str, changes: &[Change]) -> String {
        let mut line = LineEdit::default();
        line.perform(Change::Replace(start.to_string()));
        for change in changes {
            line.perform(change.clone());
        }
        let mut shown = line.text().to_string();
        shown.insert(line.cursor(), '|');
        shown
    }

    #[test]
    fn characters_go_whole() {
        use Change::{Backspace, Delete, Home, Left, Right};
        assert_eq!(after("aé👩‍👧", &[Backspace]), "aé|");
        assert_eq!(after("ae\u{301}b", &[Left, Left]), "a|e\u{301}b");
        assert_eq!(after("ab", &[Home, Right, Delete]), "a|");
        assert_eq!(after("", &[Backspace, Delete, Left, Right]), "|");
    }

    #[test]
    fn words_go_whole() {
        use Change::{DeleteToStart, DeleteWord, End, Home, WordLeft, WordRight};
        assert_eq!(
            after("not in, 2019 records", &[DeleteWord]),
            "not in, 2019 |"
        );
        assert_eq!(
            after("not in, 2019 records", &[WordLeft, WordLeft, DeleteWord]),
            "not |2019 records"
        );
        assert_eq!(after("one two", &[Home, WordRight]), "one |two");
        assert_eq!(after("one two", &[Home, WordRight, DeleteToStart]), "|two");
        assert_eq!(after("one two", &[Home, End, WordLeft]), "one |two");
    }

    #[test]
    fn a_paste_stays_one_line() {
        assert_eq!(
            after("", &[Change::Insert("a\r\nb\u{1B}".into())]),
            "a  b |"
        );
    }

    proptest! {
        #[test]
        fn the_cursor_stays_between_characters(text in "\\PC{0,8}", steps in prop::collection::vec(0u8..11, 0..30)) {
            let mut line = LineEdit::default();
            for step in steps {
                let before = line.clone();
                let changed = line.perform(match step {
                    0 => Change::Insert(text.clone()),
                    1 => Change::Backspace,
                    2 => Change::Delete,
                    3 => Change::DeleteWord,
                    4 => Change::DeleteToStart,
                    5 => Change::Left,
                    6 => Change::Right,
                    7 => Change::WordLeft,
                    8 => Change::WordRight,
                    9 => Change::Home,
                    _ => Change::End,
                });
                prop_assert!(line.text().is_char_boundary(line.cursor()));
                prop_assert_eq!(changed, before.text() != line.text());
            }
        }
    }
}
