//! What a session asks of its index: lists, places, numbers, counts.

use super::super::marks::Marks;
use super::super::rows::{SourceRow, equal_key};
use super::super::tally::Tally;
use super::Index;
use crate::annotations::{Annotation, ClaimNumber, Counted, Id, Progress, Status};

impl Index {
    /// Goes on where the one before left off, so that nobody who follows the marks takes these
    /// for those.
    pub(in crate::review::session) fn count_marks_on(&mut self, before: &Index) {
        self.marks.count_on(Some(&before.marks));
    }

    pub(in crate::review::session) fn shown_claims(&self) -> &[Id] {
        &self.shown
    }

    pub(in crate::review::session) fn claim_count(&self) -> usize {
        self.claims.len()
    }

    pub(in crate::review::session) fn source_count(&self) -> usize {
        self.rows.len()
    }

    pub(in crate::review::session) fn shown_sources(&self) -> &[SourceRow] {
        &self.rows[..self.rows_shown]
    }

    pub(in crate::review::session) fn claim_row(&self, id: &Id) -> Option<usize> {
        self.shown_rows.get(id).copied()
    }

    pub(in crate::review::session) fn shown_source_row(&self, mention: &Id) -> Option<usize> {
        let row = self.row_of.get(mention).copied();
        row.filter(|row| *row < self.rows_shown)
    }

    /// The source a mention belongs to, shown or not.
    pub(in crate::review::session) fn row(&self, mention: &Id) -> Option<&SourceRow> {
        self.row_of.get(mention).map(|&at| &self.rows[at])
    }

    pub(in crate::review::session) fn number(&self, id: &Id) -> Option<ClaimNumber> {
        self.numbers.get(id).copied()
    }

    pub(in crate::review::session) fn number_cells(&self) -> u16 {
        self.number_cells
    }

    /// Where a claim stands among all in the order in force, from 0.
    pub(in crate::review::session) fn rank(&self, id: &Id) -> Option<usize> {
        self.ranks.get(id).copied()
    }

    /// How a claim counts.
    pub(in crate::review::session) fn counted(&self, id: &Id) -> Counted {
        self.counted.get(id).copied().unwrap_or_default()
    }

    /// How the source a mention belongs to counts.
    pub(in crate::review::session) fn source_counted(&self, mention: &Id) -> Counted {
        self.row_of
            .get(mention)
            .map_or(Counted::default(), |&at| self.row_counted[at])
    }

    pub(in crate::review::session) fn status(&self, id: &Id) -> Status {
        self.statuses.get(id).copied().unwrap_or(Status::Undecided)
    }

    pub(in crate::review::session) fn source_status(&self, mention: &Id) -> Status {
        self.row_of
            .get(mention)
            .map_or(Status::Undecided, |&at| self.row_statuses[at])
    }

    pub(in crate::review::session) fn progress(&self) -> Progress {
        let total = self.claim_tally.total() + self.source_tally.total();
        let open = self.claim_tally.open() + self.source_tally.open();
        Progress {
            decided: total - open,
            total,
            disputed: self.claim_tally.disputed() + self.source_tally.disputed(),
            folded: self.claim_tally.folded(),
        }
    }

    /// What is open among claims and among sources.
    pub(in crate::review::session) fn tallies(&self) -> [&Tally; 2] {
        [&self.claim_tally, &self.source_tally]
    }

    pub(in crate::review::session) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Records of the same kind with the same words, itself among them.
    pub(in crate::review::session) fn equal_to(&self, annotation: &Annotation) -> &[Id] {
        self.equal
            .get(&equal_key(annotation))
            .map_or(&[], Vec::as_slice)
    }
}
