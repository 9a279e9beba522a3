//! The ranges to be marked in the article, sorted, and kept so change by change.
//!
//! Knows where things stand and their status; how they look is the screen's matter.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Session;
use crate::annotations::{Annotation, Counted, Document, Id, Status};
use crate::text::{Article, Mark, Span, move_to_place};

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

/// A marked range that is another now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkChange {
    /// Where it stood, in bytes.
    pub was: Span,
    /// What it is now.
    pub now: MarkedRange,
}

/// How far somebody who keeps a copy of the ranges has followed their changes; the default
/// has seen nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarksSeen {
    made: u64,
    changes: usize,
}

/// Changes kept before whoever follows them takes all ranges anew.
const MOST_CHANGES: usize = 4096;

/// The marked ranges of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    ranges: Vec<MarkedRange>,
    cues: FxHashMap<Id, Mark>,
    /// How often the ranges were made anew, and what changed one by one since.
    made: u64,
    changes: Vec<MarkChange>,
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
            ..Marks::default()
        }
    }

    /// Counts on from the ranges before, so that nobody takes these for those.
    pub(super) fn count_on(&mut self, before: Option<&Marks>) {
        self.made = before.map_or(self.made, |before| before.made + 1);
    }

    /// How far the changes have come.
    pub(super) fn seen(&self) -> MarksSeen {
        MarksSeen {
            made: self.made,
            changes: self.changes.len(),
        }
    }

    /// What changed since; `None`: everything is another.
    pub(super) fn changes(&self, since: MarksSeen) -> Option<&[MarkChange]> {
        (since.made == self.made)
            .then(|| self.changes.get(since.changes..))
            .flatten()
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
        self.ranges.sort_by_key(place_of);
        self.made_anew();
    }

    fn made_anew(&mut self) {
        self.made += 1;
        self.changes.clear();
    }

    fn changed(&mut self, was: Span, now: MarkedRange) {
        if self.changes.len() == MOST_CHANGES {
            self.made_anew();
        } else {
            self.changes.push(MarkChange { was, now });
        }
    }

    /// Moves the marks of an annotation from where they stood to where it stands now, past those
    /// between and no others. `false`: they have other pieces now, or were not marked; they are
    /// to be taken away and marked anew.
    pub(super) fn move_from(&mut self, was: &Mark, annotation: &Annotation) -> bool {
        let Some(now) = &annotation.target.mark else {
            return false;
        };
        if was.pieces().len() != now.pieces().len() {
            return false;
        }
        for (piece, (was, now)) in was.pieces().iter().zip(now.pieces()).enumerate() {
            let from = self.ranges.partition_point(|m| m.span.start < was.start);
            let at = self.ranges[from..]
                .iter()
                .take_while(|m| m.span.start == was.start)
                .position(|m| {
                    let is_own = m.id == annotation.id && m.kind != MarkKind::Cue;
                    is_own && m.piece == piece && m.span == *was
                });
            let Some(at) = at else { return false };
            self.place(from + at, *now);
        }
        true
    }

    /// Gives a range its new place, behind those that come as early.
    fn place(&mut self, at: usize, span: Span) {
        let was = std::mem::replace(&mut self.ranges[at].span, span);
        let now = move_to_place(&mut self.ranges, at, place_of);
        self.changed(was, self.ranges[now].clone());
    }

    /// Takes the marks of an annotation away.
    pub(super) fn remove(&mut self, id: &Id) {
        self.ranges.retain(|mark| mark.id != *id);
    }

    /// Sets the status on the marks of an annotation, and how it counts.
    pub(super) fn set_status(&mut self, annotation: &Annotation, status: Status, counted: Counted) {
        let mut changed = Vec::new();
        let cue = self.cues.get(&annotation.id);
        for mark in annotation.target.mark.iter().chain(cue) {
            for piece in mark.pieces() {
                let from = self.ranges.partition_point(|m| m.span.start < piece.start);
                let here = self.ranges[from..]
                    .iter_mut()
                    .take_while(|m| m.span.start == piece.start);
                for mark in here.filter(|m| m.id == annotation.id) {
                    (mark.status, mark.counted) = (status, counted);
                    changed.push(mark.clone());
                }
            }
        }
        changed
            .into_iter()
            .for_each(|mark| self.changed(mark.span, mark));
    }
}

/// What ranges stand by: their start; of two that start together the longer comes first.
fn place_of(mark: &MarkedRange) -> (usize, Reverse<usize>) {
    (mark.span.start, Reverse(mark.span.end))
}

impl Session {
    /// Every range to be marked in the article, by start; of two that start together the
    /// longer comes first.
    pub fn marks(&self) -> &[MarkedRange] {
        self.index.marks().ranges()
    }

    /// How far the changes of [`Session::marks`] have come.
    pub fn marks_seen(&self) -> MarksSeen {
        self.index.marks().seen()
    }

    /// What changed among [`Session::marks`] since; `None`: they were made anew.
    pub fn mark_changes(&self, since: MarksSeen) -> Option<&[MarkChange]> {
        self.index.marks().changes(since)
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
