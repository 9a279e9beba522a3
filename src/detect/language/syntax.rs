//! What is learned of syntax: weights of tags, steps and relations, and which come into question.
//!
//! Only the tables; `reading` walks sentences by them.

use super::tags::{TAGS, position};
use crate::detect::numbers::grid::Grid;

/// Relations of a word to its head, as the ClearNLP guidelines name them; the last one is any
/// other. The first [`MASKED`] can be asked for as a set.
pub const RELATIONS: &[&str] = &[
    "prep",
    "pobj",
    "nsubj",
    "det",
    "compound",
    "amod",
    "dobj",
    "ROOT",
    "aux",
    "advmod",
    "cc",
    "conj",
    "ccomp",
    "poss",
    "advcl",
    "mark",
    "relcl",
    "xcomp",
    "nummod",
    "attr",
    "appos",
    "acomp",
    "npadvmod",
    "acl",
    "neg",
    "pcomp",
    "auxpass",
    "nsubjpass",
    "agent",
    "csubj",
    "oprd",
    "parataxis",
    "dep",
];

/// How many of [`RELATIONS`] have a place in a set of 32.
pub const MASKED: usize = 32;

/// Position of a relation in [`RELATIONS`]; the last for an unknown one.
pub const fn relation(name: &str) -> u8 {
    match position(RELATIONS, name) {
        Some(place) => place as u8,
        None => (RELATIONS.len() - 1) as u8,
    }
}

/// Keys of the tags a word may have: its tag in the lexicon (0 for none) and its shape.
pub const TAG_KEYS: usize = (TAGS.len() + 1) * 6;
/// Keys of the relations a word may have: its tag, and the side of its head.
pub const RELATION_KEYS: usize = TAGS.len() * 2;

const _: () = assert!(TAGS.len() < 64);

/// Everything learned about syntax, weighed by `W`.
#[derive(Clone, Debug)]
pub struct Syntax<W> {
    /// Parts of speech.
    pub tags: W,
    /// Steps of the parser.
    pub moves: W,
    /// Relations.
    pub relations: W,
    /// Which tags come into question, by key.
    pub tag_choices: Vec<u64>,
    /// Which relations come into question, by key.
    pub relation_choices: Vec<u64>,
}

impl<'a> Syntax<Grid<'a>> {
    /// Reads the model's blocks: three tables of weights, and both lists of choices as
    /// little-endian numbers of eight bytes.
    pub fn from_bytes(tables: [&'a [u8]; 3], choices: [&[u8]; 2]) -> Option<Syntax<Grid<'a>>> {
        let numbers = |bytes: &[u8], count: usize| -> Option<Vec<u64>> {
            let (numbers, rest) = bytes.as_chunks::<8>();
            (rest.is_empty() && numbers.len() == count)
                .then(|| numbers.iter().map(|n| u64::from_le_bytes(*n)).collect())
        };
        Some(Syntax {
            tags: Grid::new(tables[0])?,
            moves: Grid::new(tables[1])?,
            relations: Grid::new(tables[2])?,
            tag_choices: numbers(choices[0], TAG_KEYS)?,
            relation_choices: numbers(choices[1], RELATION_KEYS)?,
        })
    }
}

/// The key of the relations a word with `tag` may have to a head on its right or left.
pub fn relation_key(tag: u8, right: bool) -> usize {
    usize::from(tag) * 2 + usize::from(right)
}
