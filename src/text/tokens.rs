//! Words, numbers and marks of a text, one after another.
//!
//! The iterator allocates nothing and works on any text. Rules are chosen so that clean and
//! damaged text give nearly the same tokens: "isn't" is `isn` + `'t`, and "isn t", which is
//! what a careless export leaves of it, is `isn` + `t`. It knows no language beyond that.

use super::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with hyphens inside; acronyms with their stops; web addresses.
    Word,
    /// Starts with a digit: 5,000, 3.5, 40th.
    Number,
    /// One punctuation mark or a run of the same ("...", "--", "''").
    Mark,
    /// Anything else that is not white space.
    Other,
}

/// One token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte span in the text; never empty, never with white space in it.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// The tokens of `text`, in order; together they cover all that is not white space.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

/// Whether a character is some kind of apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇' | '`' | '´' | '‘')
}

/// Whether a character is a token of its own although it is a letter: scripts without spaces.
fn stands_alone(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Marks that are part of the letter before them (accents, vowel signs, joiners).
fn continues_letter(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A
        | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06ED | 0x0900..=0x0903 | 0x093A..=0x094F
        | 0x0981..=0x0983 | 0x09BC..=0x09D7 | 0x0A01..=0x0A03 | 0x0A3C..=0x0A51
        | 0x0B01..=0x0B03 | 0x0BBE..=0x0BCD | 0x0C3E..=0x0C56 | 0x0CBC..=0x0CD6
        | 0x0D3E..=0x0D57 | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F
        | 0xFE20..=0xFE2F | 0x00AD | 0x200C | 0x200D | 0x2060)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..];
        let first = rest.chars().next()?;
        let (len, kind) = if first.is_alphanumeric() && !stands_alone(first) {
            let kind = if first.is_numeric() {
                TokenKind::Number
            } else {
                TokenKind::Word
            };
            (word_length(rest), kind)
        } else if is_apostrophe(first) && self.follows_letter(start) && suffix_length(rest) > 0 {
            (suffix_length(rest), TokenKind::Word)
        } else if matches!(first, '@' | '#') && letter_after(rest, first.len_utf8()) {
            (
                first.len_utf8() + word_length(&rest[first.len_utf8()..]),
                TokenKind::Word,
            )
        } else if first.is_alphanumeric() {
            (first.len_utf8(), TokenKind::Word)
        } else if is_mark(first) {
            (run_length(rest, first), TokenKind::Mark)
        } else {
            (first.len_utf8(), TokenKind::Other)
        };
        self.at = start + len;
        Some(Token {
            span: Span::new(start, self.at),
            kind,
        })
    }
}

impl Tokens<'_> {
    fn follows_letter(&self, at: usize) -> bool {
        at == self.at
            && self.text[..at]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric)
    }
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c as u32, 0xA1 | 0xA7 | 0xAB | 0xB4 | 0xB6 | 0xB7 | 0xBB | 0xBF
            | 0x2010..=0x2027 | 0x2030..=0x205E | 0x3001..=0x3003 | 0x3008..=0x3020
            | 0x0964..=0x0965 | 0x060C | 0x061B | 0x061F | 0x06D4 | 0xFF01..=0xFF0F
            | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF3D | 0xFF5B..=0xFF65)
}

/// Runs of the same mark that mean one thing ("...", "--", "''", "?!" stays two).
fn run_length(rest: &str, first: char) -> usize {
    if matches!(
        first,
        '.' | '-' | '\'' | '`' | '!' | '?' | '*' | '_' | '=' | '~' | '#'
    ) {
        rest.chars().take_while(|c| *c == first).count() * first.len_utf8()
    } else {
        first.len_utf8()
    }
}

fn letter_after(text: &str, at: usize) -> bool {
    text[at..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !stands_alone(c))
}

/// Length of "'s", "'t", "'re" at the start of `rest`; 0 if it is no such suffix.
fn suffix_length(rest: &str) -> usize {
    let mut chars = rest.char_indices();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    let mut end = first.len_utf8();
    let mut letters = 0;
    for (at, c) in chars {
        if !c.is_alphabetic() {
            break;
        }
        letters += 1;
        end = at + c.len_utf8();
    }
    if (1..=2).contains(&letters) { end } else { 0 }
}

/// Length of "U.S." and the like at the start of `rest`; 0 if it is none.
fn acronym_length(rest: &str) -> usize {
    let mut end = 0;
    let mut pairs = 0;
    let mut chars = rest.char_indices();
    while let Some((_, letter)) = chars.next() {
        let Some((at, '.')) = chars.next() else { break };
        if !letter.is_alphabetic() {
            break;
        }
        pairs += 1;
        end = at + 1;
        if pairs == 8 {
            break;
        }
    }
    // "a.m." counts, "e.The" does not: the letter after the last stop begins a word of its own.
    let glued = rest[end..].chars().next().is_some_and(char::is_lowercase);
    if pairs >= 2 && !glued { end } else { 0 }
}

/// Length of the word at the start of `rest`, which starts with a letter or digit.
fn word_length(rest: &str) -> usize {
    let acronym = acronym_length(rest);
    if acronym > 0 {
        return acronym;
    }
    let mut end = 0;
    let mut last = ' ';
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if (c.is_alphanumeric() && !stands_alone(c)) || (end > 0 && continues_letter(c)) {
            end = at + c.len_utf8();
            last = c;
            continue;
        }
        let next = chars.peek().map(|(_, n)| *n).unwrap_or(' ');
        if rest[at..].starts_with("://") {
            let tail = &rest[at..];
            return at + tail.find(char::is_whitespace).unwrap_or(tail.len());
        }
        let joins = match c {
            '.' | ',' => last.is_numeric() && next.is_numeric(),
            '&' => last.is_uppercase() && next.is_uppercase(),
            '_' => next.is_alphanumeric(),
            _ => is_hyphen(c) && next.is_alphanumeric() && !stands_alone(next),
        };
        if !joins {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        let text = "He paid $5,000 (3.5%) -- \"well-known\" to AT&T.";
        let expected = [
            "He",
            "paid",
            "$",
            "5,000",
            "(",
            "3.5",
            "%",
            ")",
            "--",
            "\"",
            "well-known",
            "\"",
            "to",
            "AT&T",
            ".",
        ];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn lost_apostrophes_leave_the_same_pieces() {
        assert_eq!(
            words("isn't Macron’s they're"),
            ["isn", "'t", "Macron", "’s", "they", "'re"]
        );
        assert_eq!(
            words("isn t Macron s they re"),
            ["isn", "t", "Macron", "s", "they", "re"]
        );
    }

    #[test]
    fn acronyms_keep_their_stops_and_glued_sentences_do_not_join() {
        assert_eq!(
            words("the U.S. at 9 a.m. today"),
            ["the", "U.S.", "at", "9", "a.m.", "today"]
        );
        assert_eq!(words("the case.In yet"), ["the", "case", ".", "In", "yet"]);
    }

    #[test]
    fn nyt_marks_handles_addresses_and_ideographs() {
        assert_eq!(words("''So,'' @ann"), ["''", "So", ",", "''", "@ann"]);
        assert_eq!(
            words("see https://example.org/a?b now"),
            ["see", "https://example.org/a?b", "now"]
        );
        assert_eq!(words("記者は。"), ["記", "者", "は", "。"]);
    }

    proptest! {
        #[test]
        fn tokens_cover_all_that_is_not_blank(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(!token.span.is_empty());
                prop_assert!(text[at..token.span.start].trim().is_empty());
                prop_assert!(!token.span.of(&text).contains(char::is_whitespace));
                at = token.span.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
