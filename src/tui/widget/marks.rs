//! The marked ranges of an article, found by where they stand.

use super::theme::Role;
use crate::annotations::ClaimNumber;
use crate::text::Span;

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
