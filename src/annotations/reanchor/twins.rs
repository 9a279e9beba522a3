//! Marks of equal words that stood apart and came to one place: one of the passages is gone.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lost;
use crate::annotations::{Anchor, Annotation, Target};
use crate::text::Mark;

/// A target that was looked for.
pub(super) struct Anchored {
    /// Which annotation's.
    pub(super) at: usize,
    /// Where it is now.
    pub(super) target: Target,
    /// How alike its place is to the old one, in thousandths.
    likeness: u32,
}

impl Anchored {
    /// A target found at a place of some likeness, 0 to 1.
    pub(super) fn new(at: usize, target: Target, likeness: f64) -> Anchored {
        Anchored {
            at,
            target,
            likeness: (likeness * 1000.0) as u32,
        }
    }
}

/// Parts twins: the surest keeps the place, the others are lost.
pub(super) fn part(annotations: &[Annotation], anchored: &mut [Anchored]) {
    type Twin<'a> = (&'a str, &'a str, Mark);
    let twin = |at: usize, mark: &Mark| -> Twin<'_> {
        let annotation = &annotations[at];
        (
            annotation.kind.as_str(),
            &annotation.target.quote.exact,
            mark.clone(),
        )
    };
    let rank = |anchor: Anchor| match anchor {
        Anchor::Ok => 0,
        Anchor::Moved => 1,
        Anchor::Check => 2,
        Anchor::Lost => 3,
    };
    // Who holds a place: the surest, then the most alike, then the one that stood nearest.
    type Claim = (u8, std::cmp::Reverse<u32>, u32, u32);
    let mut holders: FxHashMap<Twin<'_>, Claim> = FxHashMap::default();
    let mut claim = |at: usize, target: &Target, likeness: u32| {
        if let Some(mark) = &target.mark {
            let old = annotations[at].target.quote.start;
            let distance = old.abs_diff(target.quote.start);
            let claim = (
                rank(target.anchor),
                std::cmp::Reverse(likeness),
                distance,
                old,
            );
            let holder = holders.entry(twin(at, mark)).or_insert(claim);
            *holder = (*holder).min(claim);
        }
    };
    let searched: FxHashSet<usize> = anchored.iter().map(|found| found.at).collect();
    for (at, annotation) in annotations.iter().enumerate() {
        if !searched.contains(&at) {
            claim(at, &annotation.target, 1000);
        }
    }
    for found in anchored.iter() {
        claim(found.at, &found.target, found.likeness);
    }
    for found in anchored {
        let old = &annotations[found.at].target;
        if let Some(mark) = &found.target.mark
            && holders
                .get(&twin(found.at, mark))
                .is_some_and(|(.., start)| *start != old.quote.start)
        {
            found.target = lost(old);
        }
    }
}
