//! The kinds of places between two words by which steps from label to label are told apart.

use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Shape};

/// How many kinds of places transitions are told apart by.
pub const EDGE_CLASSES: usize = 32;

/// The kind of place between word `at - 1` and word `at`, below [`EDGE_CLASSES`].
pub fn edge_class(reading: &Reading<'_>, at: usize) -> usize {
    let words = &reading.words;
    let word = &words[at];
    let inside = word.quotation != NONE;
    let before = at.checked_sub(1).map(|k| &words[k]);
    let class = match before {
        None => 0,
        Some(b) if b.sentence != word.sentence => 1,
        Some(b) if b.quotation != word.quotation => 2 + usize::from(inside),
        Some(b) if b.tag == tag!(",") => 4,
        Some(b) if b.shape == Shape::Mark => 5,
        Some(_) if word.tag == tag!(",") => 6,
        Some(_) if word.tag == tag!(".") => 7,
        Some(_) if word.shape == Shape::Mark => 8,
        Some(_) if reading.lists.reports.that.has(word.id) => 9,
        Some(_) if (tag!("WDT")..=tag!("WRB")).contains(&word.tag) => 10,
        Some(_) if word.is_verb() || word.tag == tag!("MD") => 11,
        Some(b) if b.is_verb() => 12,
        Some(_) if word.tag == tag!("PRP") => 13,
        Some(_) if word.tag == tag!("NNP") => 14,
        Some(_) => 15,
    };
    class + 16 * usize::from(inside)
}
