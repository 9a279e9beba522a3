//! An article in figures: what is decided, open, without a source, who is quoted, how much of it
//! claims cover.
//!
//! One pass over the claims, made when it is asked for and kept by whoever shows it.

use rustc_hash::FxHashMap;

use super::super::Left;
use super::Session;
use super::rows::{source_name, verdict};
use crate::annotations::{Annotation, Progress, Status, by_frequency};

/// An article in figures. Claims are those that are neither rejected nor withdrawn nor below the
/// fold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Items decided, and all.
    pub progress: Progress,
    /// What is open.
    pub left: Left,
    /// Claims.
    pub claims: usize,
    /// How many of them have each verdict, the most frequent first.
    pub verdicts: Vec<(String, usize)>,
    /// How many of them no source is known of.
    pub unsourced: usize,
    /// How many of them are taken from each type of source, the most frequent first.
    pub types: Vec<(String, usize)>,
    /// How many of them are taken from each source, the most frequent first.
    pub sources: Vec<(String, usize)>,
    /// Sentences in which one of them stands, of all.
    pub covered: usize,
    /// Sentences, as far as they are known.
    pub sentences: usize,
}

impl Session {
    /// The article in figures. Costs a pass over its claims.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary {
            progress: self.progress(),
            left: self.left(),
            sentences: self.sentences.len(),
            ..Summary::default()
        };
        let mut verdicts: FxHashMap<&str, usize> = FxHashMap::default();
        let mut types: FxHashMap<&str, usize> = FxHashMap::default();
        let mut sources: FxHashMap<&str, usize> = FxHashMap::default();
        let mut is_covered = vec![false; self.sentences.len()];
        for claim in self.document.annotations().iter().filter(|a| counts(a)) {
            summary.claims += 1;
            if let Some(verdict) = verdict(&self.document, claim, &self.reviewer) {
                *verdicts.entry(verdict).or_default() += 1;
            }
            match source_name(&self.document, claim) {
                Some(name) => {
                    *sources.entry(name).or_default() += 1;
                    let source = self.document.source_of(&claim.id);
                    let known = source.and_then(|source| source.attribute("source_type"));
                    *types.entry(known.unwrap_or("unknown")).or_default() += 1;
                }
                None => summary.unsourced += 1,
            }
            self.cover(claim, &mut is_covered);
        }
        summary.covered = is_covered.iter().filter(|is_covered| **is_covered).count();
        summary.verdicts = by_frequency(verdicts);
        summary.types = by_frequency(types);
        summary.sources = by_frequency(sources);
        summary
    }

    /// Notes the sentences that a claim reaches into.
    fn cover(&self, claim: &Annotation, is_covered: &mut [bool]) {
        for piece in claim.target.mark.iter().flat_map(|mark| mark.pieces()) {
            let first = self.sentences.partition_point(|s| s.end <= piece.start);
            let reached = self.sentences[first..].iter();
            let count = reached.take_while(|s| s.start < piece.end).count();
            is_covered[first..first + count].fill(true);
        }
    }
}

fn counts(annotation: &Annotation) -> bool {
    annotation.is_claim()
        && !annotation.is_folded()
        && !matches!(annotation.status(), Status::Rejected | Status::Withdrawn)
}
