//! One answer to everything a filter shows that is still to be decided.
//!
//! What has an answer, or another question than for one, is left alone: a decision is never
//! written over in passing. Works out plans and changes nothing.

use rustc_hash::FxHashSet;

use super::super::{Item, List};
use super::decide::is_lost;
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{Counted, Edit, Id, Question};

impl Session {
    /// How many of the items shown [`Decide::ConfirmShown`](super::super::Decide::ConfirmShown)
    /// and [`Decide::RejectShown`](super::super::Decide::RejectShown) would decide, and in which
    /// list.
    pub fn undecided_shown(&self) -> (List, usize) {
        (self.list_in_hand(), self.items_to_decide().len())
    }

    /// The plan that confirms every undecided card shown, or source.
    pub(super) fn plan_confirm_shown(&self, moment: &Moment) -> Planned {
        let mut items = self.items_to_decide();
        items.retain(|item| {
            let record = self.document.annotation(item.id());
            record.is_some_and(|record| !is_lost(record))
        });
        self.plan_for_all(&items, "confirmed", |item| self.confirming(item, moment))
    }

    /// The plan that rejects every undecided claim shown, or source.
    pub(super) fn plan_reject_shown(&self, moment: &Moment) -> Planned {
        let items = self.items_to_decide();
        self.plan_for_all(&items, "rejected", |item| {
            self.rejecting(item, moment).map(|(edits, _)| edits)
        })
    }

    fn plan_for_all(
        &self,
        items: &[Item],
        done: &str,
        edits_for: impl Fn(&Item) -> Result<Vec<Edit>, String>,
    ) -> Planned {
        if items.is_empty() {
            return Err("nothing shown is undecided".to_owned());
        }
        // Cards share their sources: each is answered once.
        let mut answered: FxHashSet<Id> = FxHashSet::default();
        let mut edits = Vec::new();
        for item in items {
            for edit in edits_for(item)? {
                let is_first = match &edit {
                    Edit::Review { annotation, .. } => answered.insert(annotation.clone()),
                    _ => true,
                };
                if is_first {
                    edits.push(edit);
                }
            }
        }
        let count = items.len();
        let label = format!("{count} {} {done}", self.list_in_hand().noun(count));
        Ok(Plan::new(label, edits))
    }

    fn list_in_hand(&self) -> List {
        self.selected.as_ref().map_or(List::Claims, Item::list)
    }

    fn items_to_decide(&self) -> Vec<Item> {
        let is_undecided = |counted: Counted| {
            counted.open == Some(Question::Undecided) || counted.folded && self.shows_folded
        };
        match self.list_in_hand() {
            List::Claims => {
                let claims = self.claims().iter();
                let undecided = claims.filter(|id| is_undecided(self.index.counted(id)));
                undecided.cloned().map(Item::Claim).collect()
            }
            List::Sources => {
                let mentions = self.sources().iter().filter_map(|row| row.mentions.first());
                let undecided = mentions.filter(|id| is_undecided(self.index.source_counted(id)));
                undecided.cloned().map(Item::Source).collect()
            }
        }
    }
}
