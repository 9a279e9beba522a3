//! Pieces of a page to lines: what stands on one base line, from left to right, words apart.

use super::page::Piece;

/// What stands at one height in a region: one line, or a row of several cells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its pieces from left to right.
    pub(super) pieces: Vec<Piece>,
    /// The base line.
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
}

/// A gap wider than this share of the letters' size parts words; a narrower one is kerning.
const WORD_GAP: f32 = 0.15;

/// Two pieces are on one line if their base lines differ by less than this share of the larger size:
/// raised and lowered signs stay with their line.
const SAME_LINE: f32 = 0.42;

/// The same for a sign or two in smaller letters.
const RAISED: f32 = 0.6;

/// A piece smaller than this share of another is not raised beside it: that one is a dropped capital.
const DROPPED: f32 = 0.45;

/// The rows that pieces make, from the top.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|one, other| other.base.total_cmp(&one.base));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    // The base line of the row at hand, with the size and the number of the letters that tell it.
    let (mut base, mut size, mut letters) = (f32::INFINITY, 0.0f32, 0usize);
    for piece in pieces {
        let own = piece.text.trim().chars().count();
        let near = near(piece.size, own.min(letters), size);
        match rows.last_mut() {
            Some(row) if base - piece.base < near => {
                // The most and largest letters tell where the line is; a raised sign came first.
                let is_larger = piece.size > size;
                if is_larger || (own > letters && piece.size > size * 0.9) {
                    (base, size, letters) = (piece.base, piece.size, own);
                }
                row.push(piece);
            }
            _ => {
                (base, size, letters) = (piece.base, piece.size, own);
                rows.push(vec![piece]);
            }
        }
    }
    rows.into_iter().map(row).collect()
}

/// How far apart the base lines of a piece and of a line may be for them to be one line.
fn near(size: f32, letters: usize, of_line: f32) -> f32 {
    let (small, large) = (size.min(of_line), size.max(of_line));
    if of_line > 0.0 && small < large * DROPPED {
        // A letter over several lines stands in none of them but its own.
        return SAME_LINE * small;
    }
    // Raised and lowered signs are few, and smaller as a rule.
    let is_raised = letters <= 2 || small < large * 0.95 && letters <= 4;
    large * if is_raised { RAISED } else { SAME_LINE }
}

/// A row of pieces, of which there is at least one.
pub(super) fn row(mut pieces: Vec<Piece>) -> Row {
    let is_leftward = is_leftward(&pieces);
    pieces.sort_by(|one, other| match is_leftward {
        true => other.left.total_cmp(&one.left),
        false => one.left.total_cmp(&other.left),
    });
    let weight = |piece: &Piece| piece.text.chars().count();
    let widest = pieces.iter().max_by_key(|piece| weight(piece));
    let (base, size) = widest.map_or((0.0, 0.0), |piece| (piece.base, piece.size));
    Row { pieces, base, size }
}

/// Whether most letters of some pieces run from right to left.
fn is_leftward(pieces: &[Piece]) -> bool {
    let mut leftward = 0usize;
    let mut all = 0usize;
    for sign in pieces.iter().flat_map(|piece| piece.text.chars()) {
        if sign.is_alphabetic() {
            all += 1;
            leftward += usize::from(matches!(
                sign,
                '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            ));
        }
    }
    leftward * 2 > all
}

impl Row {
    pub(super) fn left(&self) -> f32 {
        let ends = self.pieces.iter().map(|piece| piece.left);
        ends.fold(f32::INFINITY, f32::min)
    }

    pub(super) fn right(&self) -> f32 {
        let ends = self.pieces.iter().map(|piece| piece.right);
        ends.fold(f32::NEG_INFINITY, f32::max)
    }

    pub(super) fn is_bold(&self) -> bool {
        self.pieces.iter().all(|piece| piece.is_bold)
    }

    /// Its words with one blank between them.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut end: Option<(f32, f32)> = None;
        for piece in &self.pieces {
            let gap = end.map_or(0.0, |(left, right)| {
                (piece.left - right).max(left - piece.right)
            });
            if gap > WORD_GAP * piece.size.min(self.size.max(1.0)) {
                text.push(' ');
            }
            text.push_str(&piece.text);
            end = Some((piece.left, piece.right));
        }
        let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).collect();
        let words = words.into_iter().filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }
}
