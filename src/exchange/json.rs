//! JSON on one line that is also safe to look at.
//!
//! The value is untouched: characters that would steer a terminal or turn the direction of
//! what follows are written as `\u` escapes, which every reader turns back.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use serde_json::{Map, Value};

use crate::text::About;

/// Writes `value` and a line feed.
pub(super) fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write(out, value)?;
    out.write_all(b"\n")
}

/// Writes `value`.
pub(super) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Quiet))?;
    Ok(())
}

/// What is known of an article, by the names files have for it.
pub(super) fn about(about: &About) -> Map<String, Value> {
    let entries = about.entries();
    entries
        .map(|(name, words)| (name.to_owned(), words.into()))
        .collect()
}

/// Compact JSON with unseen characters escaped.
struct Quiet;

impl Formatter for Quiet {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unseen) {
            let (plain, from) = rest.split_at(at);
            CompactFormatter.write_string_fragment(out, plain)?;
            let mut characters = from.chars();
            let mut units = [0u16; 2];
            for unit in characters
                .next()
                .into_iter()
                .flat_map(|c| c.encode_utf16(&mut units).to_vec())
            {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = characters.as_str();
        }
        CompactFormatter.write_string_fragment(out, rest)
    }
}

/// Controls, marks of direction, line and paragraph separators, tags; never letters.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}'
        | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_characters_are_escaped_and_read_back_the_same() {
        let text = "a\u{1b}[31m\u{9b}b\u{202e}c\u{2028}d\u{e0041}é 👩\u{200d}👧 \"x\"\\";
        let mut out = Vec::new();
        write_line(&mut out, &text).expect("memory takes everything");
        let line = String::from_utf8(out).expect("JSON is UTF-8");
        assert!(line.ends_with("\"\n"));
        assert!(
            !line
                .trim_end()
                .chars()
                .any(|c| c.is_control() || is_unseen(c)),
            "{line:?}"
        );
        assert!(line.contains("\\udb40\\udc41"), "{line}");
        assert!(line.contains("é 👩\u{200d}👧"), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).expect("JSON"), text);
    }
}
