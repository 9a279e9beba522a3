//! What lies between two pieces, and between two ranges of words, in a few numbers.

use std::ops::Range;

use crate::detect::attribution::pieces::Piece;
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;

/// How many pieces of each kind lie strictly between two pieces, each at most 3.
pub(super) fn between(pieces: &[Piece], a: usize, b: usize) -> [u32; 4] {
    let mut counts = [0u32; 4];
    for piece in &pieces[a.min(b) + 1..a.max(b)] {
        let count = &mut counts[piece.kind as usize];
        *count = (*count + 1).min(3);
    }
    counts
}

/// The words between two ranges.
pub(super) fn gap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    if a.end <= b.start {
        a.end..b.start
    } else {
        b.end.min(a.start)..a.start
    }
}

/// What lies between two ranges of words, in a few numbers.
pub(super) fn gap_features(reading: &Reading<'_>, a: &Range<usize>, b: &Range<usize>) -> [u32; 4] {
    let words = &reading.words;
    let gap = gap(a, b);
    reading.budget.spend(gap.len());
    let distance = bucket(gap.len());
    let first = gap.clone().next().map_or(1, |k| words[k].id);
    let last = gap.clone().next_back().map_or(1, |k| words[k].id);
    let sentences = words[a.start]
        .sentence
        .abs_diff(words[b.start].sentence)
        .min(4);
    let paragraph = |k: usize| reading.sentence_of(k).paragraph;
    let paragraphs = paragraph(a.start).abs_diff(paragraph(b.start)).min(3);
    let commas = gap
        .clone()
        .filter(|k| words[*k].tag == tag!(","))
        .count()
        .min(3) as u32;
    let verbs = gap.filter(|k| words[*k].is_verb()).count().min(3) as u32;
    [
        distance,
        sentences << 4 | paragraphs,
        commas << 4 | verbs,
        mix(90, first, last),
    ]
}
