//! Marks that a careless export has lost: U+FFFD where quotation marks, apostrophes and dashes
//! stood, told apart by what stands beside them.
//!
//! Every sign that is put in takes as many bytes as the one it replaces, so that places in the
//! mended text are places in the text. The article itself is never mended: what is read is.
//! Linear: of what stands behind a mark no more is looked at than its line's blanks, one word and
//! a few hundred signs.

use std::borrow::Cow;

/// The sign that stands for what could not be decoded.
const LOST: char = '\u{fffd}';
const OPENING: char = '“';
const CLOSING: char = '”';
const APOSTROPHE: char = '’';
const DASH: char = '—';

/// `text` with a mark in the place of every U+FFFD; as it is where it has none.
pub fn with_lost_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(LOST) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // Whether a quotation is open, and whether the line before ended with its end.
    let (mut open, mut ended) = (false, false);
    let mut before = None;
    let mut line_has_words = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\n' {
            if !line_has_words {
                open = false;
            } else {
                ended = before_blank(&out) == Some(CLOSING);
            }
            line_has_words = false;
        }
        let mark = match c {
            LOST => {
                let line = Line {
                    begins: !line_has_words,
                    behind_quotation: ended,
                };
                mark_of(before, rest.as_str(), open, line)
            }
            _ => c,
        };
        match mark {
            OPENING => open = true,
            CLOSING => open = false,
            _ => {}
        }
        line_has_words |= !c.is_whitespace();
        out.push(mark);
        before = Some(mark);
    }
    Cow::Owned(out)
}

/// What is known of the line a mark stands in.
#[derive(Clone, Copy)]
struct Line {
    /// Nothing but blanks stands before the mark.
    begins: bool,
    /// The line with words before it ended with the end of a quotation.
    behind_quotation: bool,
}

fn before_blank(text: &str) -> Option<char> {
    text.trim_end().chars().next_back()
}

/// The mark that stood between `before` and `rest`.
fn mark_of(before: Option<char>, rest: &str, open: bool, line: Line) -> char {
    let after = rest.chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opening = |c: Option<char>| blank(c) || c.is_some_and(|c| "([—–-\"'“".contains(c));
    match () {
        () if letter(before) && letter(after) => APOSTROPHE,
        // Several in a row: the last one belongs to what stands behind them.
        () if after == Some(LOST) && !opening(before) => APOSTROPHE,
        () if blank(before) && blank(after) => match () {
            () if open && !line.begins => closing_or_dash(rest),
            () if line.begins && !line.behind_quotation => OPENING,
            () => DASH,
        },
        () if opening(before) => match is_year(rest) && !open {
            true => APOSTROPHE,
            false => OPENING,
        },
        () if before.is_some_and(|c| ",.?!…".contains(c)) => match letter(after) && !open {
            true => OPENING,
            false => CLOSING,
        },
        () if !open || owns(before, rest) => APOSTROPHE,
        () => CLOSING,
    }
}

/// A mark with blanks on both sides inside a quotation: it ends it where its line ends.
fn closing_or_dash(rest: &str) -> char {
    let next = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    if next.is_empty() || next.starts_with('\n') {
        CLOSING
    } else {
        DASH
    }
}

/// Whether digits stand behind the mark as behind that of a decade: "’90s".
fn is_year(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    let digits = rest[..end].trim_end_matches('s');
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the mark behind an "s" may be an owner's ("the workers’ rights"): the sentence goes on
/// behind it, and the open quotation has another mark that can end it before one that opens.
fn owns(before: Option<char>, rest: &str) -> bool {
    /// So many characters are looked through.
    const REACH: usize = 300;
    let goes_on = rest
        .strip_prefix(' ')
        .is_some_and(|r| r.starts_with(char::is_lowercase));
    if before != Some('s') || !goes_on {
        return false;
    }
    let mut last = ' ';
    let mut chars = rest.chars().take(REACH).peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            return false;
        }
        if c == LOST {
            let after = chars.peek().copied();
            let inside = last.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
            if !inside {
                return !last.is_whitespace();
            }
        }
        last = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mended(text: &str) -> String {
        let lost: String = text
            .chars()
            .map(|c| match c {
                '“' | '”' | '’' | '—' => LOST,
                c => c,
            })
            .collect();
        with_lost_marks(&lost).into_owned()
    }

    #[test]
    fn marks_are_told_apart_by_what_stands_beside_them() {
        for text in [
            "“It wasn’t us,” the pilot’s wife said. “Ask the harbour.” Nobody’s there.",
            "The town — small as it is — calls it “a gift” and “no more than that”.",
            "He said: “We know the pilots’ plan.” Then he left.",
            "She came in the ’90s and called them “strangers”, no less.",
            "Said the mayor.“We go.” The pilots’ boat left.",
            "“First this.\n\nThen that,” he said. “Now go.”",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn a_quotation_set_off_by_blanks_keeps_its_speaker_behind_a_dash() {
        assert_eq!(
            mended("“ The wells ran dry. ”\n\n— Ann Orr, farmer\n\nShe left — at last."),
            "“ The wells ran dry. ”\n\n— Ann Orr, farmer\n\nShe left — at last."
        );
    }

    #[test]
    fn a_text_that_lost_nothing_is_as_it_was() {
        let text = "“It wasn’t us,” he said — and left.";
        assert!(matches!(with_lost_marks(text), Cow::Borrowed(found) if found == text));
    }

    proptest! {
        #[test]
        fn places_stay_what_they_are(text in "[as\u{fffd}\u{fffd}.,“ \n]{0,60}") {
            let mended = with_lost_marks(&text);
            prop_assert_eq!(mended.len(), text.len());
            prop_assert!(!mended.contains(LOST));
            for (a, b) in text.char_indices().zip(mended.char_indices()) {
                prop_assert_eq!(a.0, b.0);
                prop_assert!(a.1 == b.1 || a.1 == LOST);
            }
        }
    }
}
