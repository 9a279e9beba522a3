//! What is known of the language: its words, and how they hang together.
//!
//! Compiled in, like the model, but made apart from it: every model is learned on top of the
//! same knowledge of English.

use self::lexicon::Lexicon;
use self::lists::Lists;
use self::syntax::Syntax;
use super::numbers::file::{Aligned, split};
use super::numbers::grid::Grid;
use super::numbers::hashing::word_hash;
use crate::text::is_apostrophe;

#[cfg(test)]
pub mod entries;
pub mod entry;
pub mod lexicon;
pub mod lists;
mod phrases;
pub mod reasons;
pub mod syntax;
pub mod tags;
mod words;

/// The compiled-in syntax, made by `proofmark train --syntax`.
static SYNTAX: &Aligned<[u8]> = &Aligned(*include_bytes!("en/syntax.bin"));

/// Words and syntax, ready to be asked.
#[derive(Clone, Debug)]
pub struct Language<'m> {
    /// The word lists.
    pub lexicon: Lexicon,
    /// Words that rules ask for.
    pub lists: &'static Lists,
    /// Parts of speech and heads; without it the lexicon's tags stay and no word has a head.
    pub syntax: Option<Syntax<Grid<'m>>>,
}

impl Default for Language<'_> {
    /// English without its syntax.
    fn default() -> Self {
        Language {
            lexicon: Lexicon::new(),
            lists: Lists::english(),
            syntax: None,
        }
    }
}

/// Whether a word that denies is among these: not, never, no.
pub fn denies(words: &str) -> bool {
    let lists = Lists::english();
    let parts = words.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c));
    let mut parts = parts.filter(|word| !word.is_empty());
    parts.any(|word| {
        let word = word.to_lowercase().replace(is_apostrophe, "'");
        let tail = word.split('\'').next_back().unwrap_or_default();
        let is_short = word.contains("n't") || tail == "t";
        is_short || lists.cards.negation.has(word_hash(word.as_bytes()))
    })
}

impl Language<'static> {
    /// All that is compiled in.
    pub fn compiled_in() -> Language<'static> {
        Language {
            lexicon: Lexicon::new(),
            lists: Lists::english(),
            syntax: Some(
                read_syntax(&SYNTAX.0).expect("the compiled-in syntax is whole; a test loads it"),
            ),
        }
    }
}

/// The compiled-in file of the syntax, for its digest.
pub fn syntax_file() -> &'static [u8] {
    &SYNTAX.0
}

/// Reads a file of the syntax, which has the form of a model file; `None` if it is none.
pub fn read_syntax(file: &[u8]) -> Option<Syntax<Grid<'_>>> {
    let parts = split(file)?;
    Syntax::from_bytes(
        [
            parts.bytes("syntax-tags")?,
            parts.bytes("syntax-moves")?,
            parts.bytes("syntax-relations")?,
        ],
        [
            parts.bytes("syntax-tag-choices")?,
            parts.bytes("syntax-relation-choices")?,
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_of_the_syntax_is_refused() {
        assert!(read_syntax(b"").is_none());
        assert!(read_syntax(&SYNTAX.0[..SYNTAX.0.len() - 1]).is_none());
    }
}
