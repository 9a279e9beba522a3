//! An index of every run of eight letters, which leads to the places a changed quote may be.
//!
//! Each run of the quote votes for the place it would begin; the places with most votes are
//! worth a look. Runs that occur all over the text say nothing and are passed over, which
//! bounds the work for one quote.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// Letters a run.
const RUN: usize = 8;
/// Runs taken of one quote, spread over it.
const RUNS_PER_QUOTE: usize = 96;
/// A run that occurs more often says nothing.
const COMMON: usize = 48;
/// Letters within which votes are for one place.
const BUCKET: usize = 16;

/// The runs of a text, sorted: hash in the upper half, place in the lower.
pub(super) struct Grams {
    sorted: Vec<u64>,
}

fn hash(run: &[char]) -> u32 {
    let mut hasher = FxHasher::default();
    for letter in run {
        hasher.write_u32(*letter as u32);
    }
    (hasher.finish() >> 16) as u32
}

impl Grams {
    /// Indexes the letters of a text.
    pub(super) fn new(chars: &[char]) -> Grams {
        let mut sorted: Vec<u64> = chars
            .windows(RUN)
            .enumerate()
            .map(|(at, run)| u64::from(hash(run)) << 32 | at as u64)
            .collect();
        sorted.sort_unstable();
        Grams { sorted }
    }

    /// At most `most` letters of the text at which `wanted` may begin, best first; negative
    /// if it would begin before the text.
    pub(super) fn places(&self, wanted: &[char], most: usize) -> Vec<isize> {
        let runs = wanted.len().saturating_sub(RUN - 1);
        let step = runs.div_ceil(RUNS_PER_QUOTE).max(1);
        let mut votes: FxHashMap<isize, usize> = FxHashMap::default();
        for offset in (0..runs).step_by(step) {
            let key = u64::from(hash(&wanted[offset..offset + RUN])) << 32;
            let from = self.sorted.partition_point(|entry| *entry < key);
            let hits = self.sorted[from..]
                .iter()
                .take_while(|entry| **entry >> 32 == key >> 32);
            let places: Vec<isize> = hits
                .take(COMMON + 1)
                .map(|entry| (*entry & u64::from(u32::MAX)) as isize - offset as isize)
                .collect();
            if places.len() > COMMON {
                continue;
            }
            for place in places {
                *votes.entry(place.div_euclid(BUCKET as isize)).or_default() += 1;
            }
        }
        let mut ranked: Vec<(usize, isize)> = votes
            .iter()
            .map(|(bucket, count)| (count + votes.get(&(bucket + 1)).unwrap_or(&0), *bucket))
            .collect();
        ranked.sort_unstable_by_key(|(count, bucket)| (std::cmp::Reverse(*count), *bucket));
        ranked.truncate(most);
        ranked
            .into_iter()
            .map(|(_, bucket)| bucket * BUCKET as isize + BUCKET as isize / 2)
            .collect()
    }
}
