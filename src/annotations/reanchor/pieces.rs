//! The pieces of a mark in changed words: borders carried over by aligning the letters.

use crate::text::{Article, Mark, Span};

use super::super::Quote;

/// Letters of the quote times letters of the words found, at most.
const LARGEST: usize = 1_500_000;

/// The mark of `quote` in the words found under `hull`; nothing if no piece is left, or the
/// words are too long to compare.
pub(super) fn mark_of(quote: &Quote, hull: Span, article: &Article) -> Option<Mark> {
    if quote.gaps.is_empty() {
        return Mark::whole(hull);
    }
    let found = hull.of(article.text());
    if found == quote.exact {
        return quote.mark_at(article, hull);
    }
    let old: Vec<char> = quote.exact.chars().collect();
    let new: Vec<(usize, char)> = found.char_indices().collect();
    let rows = borders(&old, &new)?;
    let byte = |letter: usize| {
        let offset = new.get(letter).map_or(found.len(), |(at, _)| *at);
        hull.start + offset
    };
    let mut pieces = Vec::with_capacity(quote.gaps.len() + 1);
    let mut from = hull.start;
    for &(gap_start, gap_end) in &quote.gaps {
        // What was put in at a border belongs to the gap.
        let (to, _) = *rows.get(gap_start as usize)?;
        let (_, next) = *rows.get(gap_end as usize)?;
        pieces.push(Span::new(from, byte(to)).trimmed(article.text()));
        from = byte(next);
    }
    pieces.push(Span::new(from, hull.end).trimmed(article.text()));
    Mark::new(pieces)
}

/// For every border of the old letters, the first and last border of the new ones that the
/// cheapest alignment puts there.
fn borders(old: &[char], new: &[(usize, char)]) -> Option<Vec<(usize, usize)>> {
    let width = new.len() + 1;
    if old.len().saturating_mul(new.len()) > LARGEST {
        return None;
    }
    let mut cost: Vec<u32> = vec![0; (old.len() + 1) * width];
    for row in 0..=old.len() {
        for column in 0..width {
            cost[row * width + column] = match (row, column) {
                (0, column) => column as u32,
                (row, 0) => row as u32,
                _ => {
                    let change = u32::from(old[row - 1] != new[column - 1].1);
                    let diagonal = cost[(row - 1) * width + column - 1] + change;
                    let above = cost[(row - 1) * width + column] + 1;
                    let left = cost[row * width + column - 1] + 1;
                    diagonal.min(above).min(left)
                }
            };
        }
    }
    let mut rows = vec![(usize::MAX, 0); old.len() + 1];
    let (mut row, mut column) = (old.len(), new.len());
    loop {
        let (first, last) = &mut rows[row];
        *first = (*first).min(column);
        *last = (*last).max(column);
        let here = cost[row * width + column];
        if row > 0 && column > 0 {
            let change = u32::from(old[row - 1] != new[column - 1].1);
            if here == cost[(row - 1) * width + column - 1] + change {
                (row, column) = (row - 1, column - 1);
                continue;
            }
        }
        if row > 0 && here == cost[(row - 1) * width + column] + 1 {
            row -= 1;
        } else if column > 0 {
            column -= 1;
        } else {
            return Some(rows);
        }
    }
}
