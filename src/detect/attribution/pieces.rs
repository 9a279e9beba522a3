//! Pieces of attributions: the runs of words with one label, in order.

use std::ops::Range;

use super::label::Label;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PieceKind {
    /// What is said.
    Content = 1,
    /// Who says it.
    Source = 2,
    /// The words that attribute.
    Cue = 3,
}

/// A run of words with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words, by index.
    pub words: Range<usize>,
}

/// Collects the pieces of a labelled article, in order.
pub fn pieces(labels: &[Label]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for (k, label) in labels.iter().enumerate() {
        let kind = match label.kind() {
            1 => PieceKind::Content,
            2 => PieceKind::Source,
            3 => PieceKind::Cue,
            _ => continue,
        };
        match found.last_mut() {
            Some(last) if !label.starts() && last.kind == kind && last.words.end == k => {
                last.words.end = k + 1;
            }
            _ => found.push(Piece {
                kind,
                words: k..k + 1,
            }),
        }
    }
    found
}

/// Indices of the pieces of `kind` near piece-place `at` (an index into `pieces`): up to
/// `left` before it and `right` behind it, nearest first on each side, no further than
/// `reach` words.
pub(crate) fn near(
    pieces: &[Piece],
    at: usize,
    kind: PieceKind,
    (left, right): (usize, usize),
    reach: usize,
) -> Vec<usize> {
    let words = &pieces[at].words;
    let before = (0..at)
        .rev()
        .take_while(|k| words.start.saturating_sub(pieces[*k].words.end) <= reach)
        .filter(|k| pieces[*k].kind == kind)
        .take(left);
    let after = (at + 1..pieces.len())
        .take_while(|k| pieces[*k].words.start.saturating_sub(words.end) <= reach)
        .filter(|k| pieces[*k].kind == kind)
        .take(right);
    before.chain(after).collect()
}
