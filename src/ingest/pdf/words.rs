//! Lines to one text: words that were parted at line ends become whole again.

use std::collections::HashSet;

/// Signs that part a word at a line's end.
pub(super) const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{ad}'];

/// Words that stand whole somewhere in the document, in small letters.
#[derive(Debug, Default)]
pub(super) struct Known(HashSet<String>);

impl Known {
    /// The words of some lines that no line end can have parted.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Known {
        let mut known = HashSet::new();
        for line in lines {
            // The first word of a line may be the end of one that began above.
            for word in line.split(' ').skip(1) {
                let is_parted = word.ends_with(HYPHENS);
                let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
                if !word.is_empty() && !is_parted {
                    known.insert(word.replace('\u{2010}', "-").to_lowercase());
                }
            }
        }
        Known(known)
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }

    /// Puts a line behind a text.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        match self.joint(text, line) {
            Joint::Blank if text.is_empty() || line.is_empty() => {}
            Joint::Blank => text.push(' '),
            Joint::Kept => {}
            Joint::Dropped => {
                text.pop();
            }
        }
        text.push_str(line);
    }

    /// What becomes of the end of a line. A hyphen that only parted a word goes; the one of a word
    /// that has one stays, which can be known where the word stands elsewhere, or begins in capitals
    /// or with a number.
    fn joint(&self, text: &str, line: &str) -> Joint {
        let Some(mark) = text.chars().next_back() else {
            return Joint::Blank;
        };
        let before = &text[..text.len() - mark.len_utf8()];
        let is_letter = before
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        let begins = line.chars().next();
        let goes_on = begins.is_some_and(char::is_alphanumeric);
        match mark {
            '\u{ad}' if goes_on => return Joint::Dropped,
            '-' | '\u{2010}' if is_letter && goes_on => {}
            _ => return Joint::Blank,
        }
        let first = last_word(before);
        let second = first_word(line);
        let is_number = first.chars().any(char::is_numeric) || second.chars().any(char::is_numeric);
        if is_number || begins.is_some_and(char::is_uppercase) {
            return Joint::Kept;
        }
        let whole = format!("{first}{second}");
        let hyphened = format!("{first}-{second}");
        // “well-known” parted at its own hyphen: both its words stand elsewhere, “wellknown” does not.
        let are_words = self.has(first) && self.has(second);
        match (self.has(&whole), self.has(&hyphened) || are_words) {
            (false, true) => Joint::Kept,
            _ => Joint::Dropped,
        }
    }
}

#[derive(Debug, PartialEq)]
enum Joint {
    Blank,
    Kept,
    Dropped,
}

fn last_word(text: &str) -> &str {
    text.rsplit(|sign: char| !sign.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|sign: char| !sign.is_alphanumeric())
        .next()
        .unwrap_or_default()
}
