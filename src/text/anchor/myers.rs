//! Edit distance by bit-vectors (Myers 1999, in blocks as by Hyyrö 2003): 64 code points of
//! the pattern a word, one step a character of the text.

use rustc_hash::FxHashMap;

/// A pattern prepared for comparing.
pub(super) struct Pattern {
    len: usize,
    blocks: usize,
    rows: FxHashMap<char, usize>,
    /// For every distinct letter, then for those that do not occur, a bit a position.
    bits: Vec<u64>,
}

/// Where a pattern ends, or how far it reaches, and with how many errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Characters of the text up to its end.
    pub(super) end: usize,
    /// Edit distance.
    pub(super) errors: usize,
}

impl Pattern {
    /// Prepares `letters`.
    pub(super) fn new(letters: impl ExactSizeIterator<Item = char>) -> Pattern {
        let len = letters.len();
        let blocks = len.div_ceil(64).max(1);
        let mut rows = FxHashMap::default();
        let mut bits: Vec<u64> = vec![0; blocks];
        for (at, letter) in letters.enumerate() {
            let row = *rows.entry(letter).or_insert_with(|| {
                bits.resize(bits.len() + blocks, 0);
                bits.len() / blocks - 1
            });
            bits[row * blocks + at / 64] |= 1 << (at % 64);
        }
        Pattern {
            len,
            blocks,
            rows,
            bits,
        }
    }

    /// Errors of the whole pattern against the text up to each character. A pattern that
    /// `floats` may begin anywhere in the text, else it begins where the text does.
    fn errors(&self, text: impl Iterator<Item = char>, floats: bool, mut told: impl FnMut(usize)) {
        let mut up = vec![u64::MAX; self.blocks];
        let mut down = vec![0u64; self.blocks];
        let mut score = self.len;
        let last = self.blocks - 1;
        for letter in text {
            let row = self.rows.get(&letter).copied().unwrap_or(0) * self.blocks;
            let mut carry: i8 = if floats { 0 } else { 1 };
            for block in 0..self.blocks {
                let top = if block == last {
                    1u64 << ((self.len - 1) % 64)
                } else {
                    1 << 63
                };
                let (pv, mv) = (up[block], down[block]);
                let mut equal = self.bits[row + block];
                let vertical = equal | mv;
                equal |= u64::from(carry < 0);
                let horizontal = ((equal & pv).wrapping_add(pv) ^ pv) | equal;
                let mut plus = mv | !(horizontal | pv);
                let mut minus = pv & horizontal;
                let next = i8::from(plus & top != 0) - i8::from(minus & top != 0);
                plus = plus << 1 | u64::from(carry > 0);
                minus = minus << 1 | u64::from(carry < 0);
                up[block] = minus | !(vertical | plus);
                down[block] = plus & vertical;
                carry = next;
            }
            score = score.saturating_add_signed(isize::from(carry));
            told(score);
        }
    }

    /// The best end of the pattern anywhere in `text`, the first of equals.
    pub(super) fn search(&self, text: &[char]) -> Match {
        let mut best = Match {
            end: 0,
            errors: self.len,
        };
        if self.len > 0 {
            let mut end = 0usize;
            self.errors(text.iter().copied(), true, |errors| {
                end += 1;
                if errors < best.errors {
                    best = Match { end, errors };
                }
            });
        }
        best
    }

    /// How far the pattern reaches into a text it begins with, at fewest errors; of equals
    /// the one that is as long as the pattern, or nearest to it.
    pub(super) fn reach(&self, text: impl Iterator<Item = char>) -> Match {
        let mut best = Match {
            end: 0,
            errors: self.len,
        };
        if self.len > 0 {
            let mut end = 0usize;
            self.errors(text, false, |errors| {
                end += 1;
                let nearer = end.abs_diff(self.len) < best.end.abs_diff(self.len);
                if errors < best.errors || (errors == best.errors && nearer) {
                    best = Match { end, errors };
                }
            });
        }
        best
    }

    /// Edit distance to the whole of `text`.
    pub(super) fn distance(&self, text: &[char]) -> usize {
        let mut distance = self.len;
        if self.len == 0 {
            return text.len();
        }
        self.errors(text.iter().copied(), false, |errors| distance = errors);
        distance
    }

    /// Likeness that so many errors leave, 0 to 1.
    pub(super) fn likeness(&self, errors: usize) -> f64 {
        if self.len == 0 {
            return 0.0;
        }
        1.0 - errors.min(self.len) as f64 / self.len as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table, to compare with: errors against every prefix of the text.
    fn plainly(pattern: &[char], text: &[char], floats: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last = Vec::new();
        for (at, letter) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = if floats { 0 } else { at + 1 };
            for row in 1..column.len() {
                let change = diagonal + usize::from(pattern[row - 1] != *letter);
                diagonal = column[row];
                column[row] = change.min(column[row] + 1).min(column[row - 1] + 1);
            }
            last.push(column[pattern.len()]);
        }
        last
    }

    proptest! {
        #[test]
        fn the_bits_count_what_the_table_counts(
            pattern in "[abcé]{1,200}",
            text in "[abcéx]{0,260}",
            floats: bool,
        ) {
            let pattern: Vec<char> = pattern.chars().collect();
            let text: Vec<char> = text.chars().collect();
            let mut told = Vec::new();
            Pattern::new(pattern.iter().copied())
                .errors(text.iter().copied(), floats, |errors| told.push(errors));
            prop_assert_eq!(told, plainly(&pattern, &text, floats));
        }
    }
}
