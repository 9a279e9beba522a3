//! The ranges to be marked in the article, sorted, and kept so change by change.
//!
//! Knows where things stand and their status; how they look is the screen's matter.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::annotations::{Annotation, Counted, Document, Id, Status};
use crate::text::{Article, Mark, Span};

/// What a marked range is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// A piece of a claim.
    Claim,
    /// A piece of a source mention.
    Source,
    /// The words that attribute a claim to its source.
    Cue,
}

/// A range to be marked in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedRange {
    /// Where, in bytes.
    pub span: Span,
    /// The annotation; for a cue, the claim.
    pub id: Id,
    /// What it is.
    pub kind: MarkKind,
    /// Where the annotation stands.
    pub status: Status,
    /// How a claim counts, and what presses most of what is open about it.
    pub counted: Counted,
    /// Which piece of the mark, from 0.
    pub piece: usize,
    /// How many pieces the mark has.
    pub pieces: usize,
}

/// The marked ranges of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    ranges: Vec<MarkedRange>,
    cues: FxHashMap<Id, Mark>,
}

impl Marks {
    /// By start; of two that start together the longer first.
    pub(super) fn ranges(&self) -> &[MarkedRange] {
        &self.ranges
    }

    /// No ranges, but the cues known: for a document whose suggestions have not changed.
    pub(super) fn with_cues_of(known: &Marks) -> Marks {
        Marks {
            ranges: Vec::with_capacity(known.ranges.len()),
            cues: known.cues.clone(),
        }
    }

    /// Finds the cue of a claim.
    pub(super) fn find_cue(&mut self, document: &Document, article: &Article, claim: &Annotation) {
        if let Some(cue) = cue_of(document, article, claim) {
            self.cues.insert(claim.id.clone(), cue);
        }
    }

    /// Marks an annotation; [`Marks::sort`] has to follow.
    pub(super) fn push(&mut self, annotation: &Annotation, status: Status, counted: Counted) {
        let kind = if annotation.is_claim() {
            MarkKind::Claim
        } else {
            MarkKind::Source
        };
        let own = annotation.target.mark.iter().map(|mark| (mark, kind));
        let cue = self.cues.get(&annotation.id).into_iter();
        for (mark, kind) in own.chain(cue.map(|mark| (mark, MarkKind::Cue))) {
            let pieces = mark.pieces();
            let ranges = pieces.iter().enumerate().map(|(piece, span)| MarkedRange {
                span: *span,
                id: annotation.id.clone(),
                kind,
                status,
                counted,
                piece,
                pieces: pieces.len(),
            });
            self.ranges.extend(ranges);
        }
    }

    /// Puts the ranges in order; cheap when they nearly are.
    pub(super) fn sort(&mut self) {
        self.ranges
            .sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
    }

    /// Takes the marks of an annotation away.
    pub(super) fn remove(&mut self, id: &Id) {
        self.ranges.retain(|mark| mark.id != *id);
    }

    /// Sets the status on the marks of an annotation, and how it counts.
    pub(super) fn set_status(&mut self, annotation: &Annotation, status: Status, counted: Counted) {
        let cue = self.cues.get(&annotation.id);
        for mark in annotation.target.mark.iter().chain(cue) {
            for piece in mark.pieces() {
                let from = self.ranges.partition_point(|m| m.span.start < piece.start);
                self.ranges[from..]
                    .iter_mut()
                    .take_while(|m| m.span.start == piece.start)
                    .filter(|m| m.id == annotation.id)
                    .for_each(|m| (m.status, m.counted) = (status, counted));
            }
        }
    }
}

/// The cue of the latest suggestion made on the current text.
fn cue_of(document: &Document, article: &Article, claim: &Annotation) -> Option<Mark> {
    let (_, suggestion) = claim
        .suggestions
        .iter()
        .rev()
        .find(|(run, _)| document.is_of(run, document.text()))?;
    suggestion.cue.as_ref()?.mark_in(article)
}
