//! A text as the letters a search compares: folded, without loose accents, with the way back.
//!
//! Folding makes quotation marks, dashes, case and blanks equal; combining marks are left
//! out as well, so that a text whose accents were taken apart costs an error a letter at
//! most. Only for searching: spans given back are of the text itself.

use super::super::{Span, fold};

/// The letters of a text.
pub(super) struct Letters {
    chars: Vec<char>,
    /// Source byte at which each letter's character begins.
    bytes: Vec<u32>,
    /// The same in code points.
    points: Vec<u32>,
}

/// Whether `c` only sits on the letter before it.
pub(super) fn is_loose_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}

/// Whether `c` is of a word that blanks end: not in the scripts written without them.
pub(super) fn is_of_spaced_word(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c as u32, 0x0E00..=0x10FF | 0x1780..=0x17FF | 0x2E80..)
}

impl Letters {
    /// The letters of `text`, blanks at its ends left out if `trimmed`.
    pub(super) fn of(text: &str, trimmed: bool) -> Letters {
        let folded = fold(text);
        let mut letters = Letters {
            chars: Vec::with_capacity(folded.text().len()),
            bytes: Vec::with_capacity(folded.text().len()),
            points: Vec::with_capacity(folded.text().len()),
        };
        let shown = folded.text();
        let shown = if trimmed { shown.trim_end() } else { shown };
        let (mut byte, mut point) = (0, 0);
        for (at, c) in shown.char_indices() {
            if is_loose_accent(c) || (trimmed && c == ' ' && letters.chars.is_empty()) {
                continue;
            }
            let start = folded.source(Span::new(at, at + c.len_utf8())).start;
            point += text[byte..start].chars().count();
            byte = start;
            letters.chars.push(c);
            letters.bytes.push(start as u32);
            letters.points.push(point as u32);
        }
        letters
    }

    /// The letters alone.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The code point of the source at which a letter begins; that of the last past the end.
    pub(super) fn point(&self, letter: usize) -> usize {
        let last = self.points.last().copied().unwrap_or(0);
        self.points.get(letter).copied().unwrap_or(last) as usize
    }

    /// The letter at or after a code point of the source.
    pub(super) fn at_point(&self, point: usize) -> usize {
        self.points.partition_point(|&p| (p as usize) < point)
    }

    /// The letter at or after a byte of the source.
    pub(super) fn at_byte(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&b| (b as usize) < byte)
    }

    /// The span of `text`, the source, under letters `start..end`, with the accents of the
    /// last one; nothing if there are none.
    pub(super) fn span(&self, text: &str, start: usize, end: usize) -> Option<Span> {
        let from = *self.bytes.get(start)? as usize;
        let last = *self.bytes.get(end.checked_sub(1)?)? as usize;
        let mut rest = text.get(last..)?.chars();
        let mut to = last + rest.next()?.len_utf8();
        for accent in rest.take_while(|c| is_loose_accent(*c)) {
            to += accent.len_utf8();
        }
        (from < to).then_some(Span::new(from, to))
    }

    /// Whether a word goes on across the border before letter `at`.
    pub(super) fn splits_word(&self, at: usize) -> bool {
        let word = |at: usize| self.chars.get(at).is_some_and(|c| is_of_spaced_word(*c));
        at > 0 && word(at - 1) && word(at)
    }
}
