//! The marks of a review as the article shows them, kept up with change by change.
//!
//! Made of a session and of nothing else, so that another thread can make them.

use rustc_hash::FxHashMap;

use super::{MarkedRange, Marks, Role, role_of, role_of_item};
use crate::annotations::{Id, Status};
use crate::review::{self, MarkKind, MarksSeen, Session};

/// The marks of a review as the article shows them.
#[derive(Debug, Default)]
pub(in crate::tui) struct ShownMarks {
    marks: Marks,
    owners: FxHashMap<Id, u32>,
    /// What of the session's marks they were made of.
    seen: MarksSeen,
}

impl ShownMarks {
    /// Those of a session.
    pub(in crate::tui) fn of(session: &Session) -> ShownMarks {
        let mut owners: FxHashMap<Id, u32> = FxHashMap::default();
        let marked = session.marks();
        let mut ranges = Vec::with_capacity(marked.len());
        for marked in marked {
            let next = owners.len() as u32;
            let owner = match owners.get(&marked.id) {
                Some(owner) => *owner,
                None => *owners.entry(marked.id.clone()).or_insert(next),
            };
            ranges.push(range_of(session, marked, owner));
        }
        ShownMarks {
            marks: Marks::new(ranges),
            owners,
            seen: session.marks_seen(),
        }
    }

    /// The ranges to mark in the article.
    pub(in crate::tui) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The number by which the marks of an annotation are known.
    pub(in crate::tui) fn owner_of(&self, id: &Id) -> Option<u32> {
        self.owners.get(id).copied()
    }

    /// Takes over from the session what changed since, or everything where all was made anew.
    pub(in crate::tui) fn follow(&mut self, session: &Session) {
        match session.mark_changes(self.seen) {
            Some(changes) => {
                for change in changes {
                    if let Some(&owner) = self.owners.get(&change.now.id) {
                        let range = range_of(session, &change.now, owner);
                        self.marks.replace(change.was, range);
                    }
                }
                self.seen = session.marks_seen();
            }
            None => *self = ShownMarks::of(session),
        }
    }
}

/// A range as it is drawn.
fn range_of(session: &Session, marked: &review::MarkedRange, owner: u32) -> MarkedRange {
    let (role, rank) = match marked.kind {
        // The look of a claim's words is that of its row.
        MarkKind::Claim => (role_of_item(marked.status, marked.counted), 1),
        MarkKind::Cue => (Role::Cue, 2),
        MarkKind::Source => (source_role(marked.status), 3),
    };
    let number = session.claim_number(&marked.id);
    MarkedRange {
        span: marked.span,
        role,
        rank,
        owner,
        number: number.filter(|_| marked.kind == MarkKind::Claim),
        continues: marked.piece > 0,
    }
}

/// The look of a source: its own while there is nothing against it.
fn source_role(status: Status) -> Role {
    match status {
        Status::Rejected | Status::Withdrawn | Status::Disputed => role_of(status),
        _ => Role::Source,
    }
}
