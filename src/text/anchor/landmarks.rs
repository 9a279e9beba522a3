//! Quotes already found: they tell where others are to be expected, and where not.

use super::Landmark;

/// Landmarks on either side among which one that does not overlap is looked for.
const NEIGHBOURS: usize = 32;

/// Landmarks in the order of the old text and of the new one.
#[derive(Default)]
pub(super) struct Landmarks {
    by_old: Vec<Landmark>,
    by_new: Vec<Landmark>,
    /// The furthest end of `by_new` up to each.
    ends: Vec<usize>,
}

impl Landmarks {
    /// Orders landmarks.
    pub(super) fn new(landmarks: impl Iterator<Item = Landmark>) -> Landmarks {
        let mut by_old: Vec<Landmark> = landmarks.collect();
        by_old.sort_unstable();
        let mut by_new = by_old.clone();
        by_new.sort_unstable_by_key(|landmark| landmark.new);
        let mut furthest = 0;
        let ends = by_new
            .iter()
            .map(|landmark| {
                furthest = furthest.max(landmark.new.1);
                furthest
            })
            .collect();
        Landmarks {
            by_old,
            by_new,
            ends,
        }
    }

    /// Where something is to be expected that began at code point `start` of the old text:
    /// it moved as what is nearest did.
    pub(super) fn expected(&self, start: usize) -> usize {
        let after = self
            .by_old
            .partition_point(|landmark| landmark.old.0 < start);
        let around = self.by_old[after.saturating_sub(1)..].iter().take(2);
        let nearest = around.min_by_key(|landmark| landmark.old.0.abs_diff(start));
        nearest.map_or(start, |landmark| {
            (landmark.new.0 + start).saturating_sub(landmark.old.0)
        })
    }

    /// Whether code points `new` stand between the landmarks that `old` stood between.
    pub(super) fn keeps_order(&self, new: (usize, usize), old: (usize, usize)) -> bool {
        let after = self
            .by_old
            .partition_point(|landmark| landmark.old.0 < old.0);
        let follows = |landmark: &Landmark| landmark.new.1 <= new.0;
        let precedes = |landmark: &Landmark| new.1 <= landmark.new.0;
        let mut before = self.by_old[..after].iter().rev().take(NEIGHBOURS);
        let before = before.find(|landmark| landmark.old.1 <= old.0);
        let mut after = self.by_old[after..].iter().take(NEIGHBOURS);
        let after = after.find(|landmark| old.1 <= landmark.old.0);
        before.is_none_or(follows)
            && after.is_none_or(precedes)
            && (before.is_some() || after.is_some())
    }

    /// Whether code points `new` hold words of a landmark that stood apart from `old`.
    pub(super) fn is_taken(&self, new: (usize, usize), old: (usize, usize)) -> bool {
        let before = self
            .by_new
            .partition_point(|landmark| landmark.new.0 < new.1);
        (0..before)
            .rev()
            .take_while(|at| self.ends[*at] > new.0)
            .map(|at| &self.by_new[at])
            .any(|landmark| {
                let shares_new = landmark.new.0 < new.1 && new.0 < landmark.new.1;
                let shares_old = landmark.old.0 < old.1 && old.0 < landmark.old.1;
                shares_new && !shares_old
            })
    }
}
