//! The marked ranges of an article, found by where they stand.

use super::theme::Role;
use crate::annotations::ClaimNumber;
use crate::text::{Span, move_to_place};

/// One piece of a claim, source or cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkedRange {
    /// Where it stands.
    pub span: Span,
    /// How it looks.
    pub role: Role,
    /// Where two overlap, the look of the higher one is laid over the other.
    pub rank: u8,
    /// What it belongs to: the pieces of one claim have the same owner.
    pub owner: u32,
    /// The number shown beside the row where it begins, for those that have one.
    pub number: Option<ClaimNumber>,
    /// Whether it is a later piece of a split mark.
    pub continues: bool,
}

/// Ranges in text order, ready to be asked for the few that touch the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    ranges: Vec<MarkedRange>,
    /// The furthest end among the ranges up to this one: never falls, so it can be searched.
    reach: Vec<usize>,
}

impl Marks {
    /// Puts the ranges in order.
    pub fn new(mut ranges: Vec<MarkedRange>) -> Marks {
        ranges.sort_by_key(|range| (range.span.start, range.span.end));
        let reach = ranges
            .iter()
            .scan(0, |furthest, range| {
                *furthest = range.span.end.max(*furthest);
                Some(*furthest)
            })
            .collect();
        Marks { ranges, reach }
    }

    /// Puts a range in the place of the one of the same owner and rank that stood at `was`;
    /// steps are those it moves past others.
    pub fn replace(&mut self, was: Span, now: MarkedRange) {
        let from = self
            .ranges
            .partition_point(|range| range.span.start < was.start);
        let at = self.ranges[from..]
            .iter()
            .take_while(|range| range.span.start == was.start)
            .position(|range| (range.owner, range.rank, range.span) == (now.owner, now.rank, was));
        let Some(at) = at.map(|at| from + at) else {
            return;
        };
        self.ranges[at] = now;
        if now.span == was {
            return;
        }
        let key = |range: &MarkedRange| (range.span.start, range.span.end);
        let place = move_to_place(&mut self.ranges, at, key);
        self.reach_anew(at.min(place), at.max(place));
    }

    /// Works out how far ranges reach, from one on, to another at least and as far as that
    /// changes anything.
    fn reach_anew(&mut self, first: usize, last: usize) {
        let mut furthest = match first {
            0 => 0,
            first => self.reach[first - 1],
        };
        for at in first..self.ranges.len() {
            furthest = furthest.max(self.ranges[at].span.end);
            if at > last && self.reach[at] == furthest {
                return;
            }
            self.reach[at] = furthest;
        }
    }

    /// The ranges that share a byte with `span`, in text order.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = &MarkedRange> {
        let first = self.reach.partition_point(|&end| end <= span.start);
        let last = self
            .ranges
            .partition_point(|range| range.span.start < span.end)
            .max(first);
        self.ranges[first..last]
            .iter()
            .filter(move |range| range.span.overlaps(span))
    }

    /// The owner of the topmost range at `byte`, the shortest of equal rank: what a click
    /// there means.
    pub fn owner_at(&self, byte: usize) -> Option<u32> {
        self.overlapping(Span::new(byte, byte + 1))
            .max_by_key(|range| (range.rank, std::cmp::Reverse(range.span.len())))
            .map(|range| range.owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(start: usize, length: usize, owner: u32) -> MarkedRange {
        MarkedRange {
            span: Span::new(start, start + length),
            role: Role::Source,
            rank: 3,
            owner,
            number: None,
            continues: false,
        }
    }

    proptest! {
        #[test]
        fn a_range_replaced_stands_as_if_it_had_always_been_there(
            places in prop::collection::vec((0usize..40, 1usize..20), 1..12),
            moves in prop::collection::vec((0usize..12, 0usize..40, 1usize..20), 0..12),
        ) {
            let mut ranges: Vec<MarkedRange> = places
                .iter()
                .zip(0..)
                .map(|(&(start, length), owner)| range(start, length, owner))
                .collect();
            let mut marks = Marks::new(ranges.clone());
            for (which, start, length) in moves {
                let at = which % ranges.len();
                let now = range(start, length, ranges[at].owner);
                marks.replace(ranges[at].span, now);
                ranges[at] = now;
            }
            let anew = Marks::new(ranges);
            prop_assert_eq!(&marks.reach, &anew.reach);
            let spans = |marks: &Marks| marks.ranges.iter().map(|r| r.span).collect::<Vec<_>>();
            prop_assert_eq!(spans(&marks), spans(&anew));
            for byte in 0..64 {
                let owners = |marks: &Marks| {
                    let here = marks.overlapping(Span::new(byte, byte + 1));
                    let mut owners: Vec<u32> = here.map(|range| range.owner).collect();
                    owners.sort_unstable();
                    owners
                };
                prop_assert_eq!(owners(&marks), owners(&anew));
            }
        }
    }
}
