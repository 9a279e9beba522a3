//! What is known of an article, for programs and for people.
//!
//! One JSON object a line, to the letter, or `name: words` lines in which everything is one line
//! and safe to look at; nothing stands there that is not known.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::json;
use crate::text::{About, Visible};

/// Writes the line of one article.
///
/// # Errors
/// Those of `out`.
pub fn write_json(out: &mut impl Write, name: &str, about: &About) -> io::Result<()> {
    let mut line = Map::new();
    line.insert("article".to_owned(), Value::from(name));
    line.extend(json::about(about));
    json::write_line(out, &line)
}

/// Writes the lines of one article, the first of which names it.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(out: &mut impl Write, name: &str, about: &About) -> io::Result<()> {
    let mut line =
        |name: &str, words: &str| writeln!(out, "{name}: {}", Visible::new(words).as_str());
    line("article", name)?;
    about
        .entries()
        .try_for_each(|(name, words)| line(name, words))
}
