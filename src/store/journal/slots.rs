//! The answers of a journal slot by slot: which of them were given knowing of what stands in the
//! document, and which not.
//!
//! A journal is made at one machine. The sidecar it meets again may be another machine's, put in
//! place of ours. An answer that the journal's own slot never held was given without knowing of
//! the journal's, whichever of the two is dated later.

use rustc_hash::FxHashMap;

use super::line::{Entry, Was, told_by};
use crate::annotations::{Document, Edit, Id, Review};

/// One reviewer's answer on an annotation or link.
pub(super) type Slot = (Id, String);

/// What is done with the answers of one slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Course {
    /// They follow on what is there: put in, in order.
    Follow,
    /// What is there is their end, or knows of it: nothing is to be done.
    Done,
    /// Neither knew of the other: both are kept.
    Beside(Box<Review>),
}

/// Every answer an edit sets, with its slot.
pub(super) fn answers<'a>(edit: &'a Edit, found: &mut Vec<(&'a Id, &'a str, Option<&'a Review>)>) {
    match edit {
        Edit::Review {
            annotation: record,
            reviewer,
            review,
        }
        | Edit::LinkReview {
            link: record,
            reviewer,
            review,
        } => found.push((record, reviewer, review.as_ref())),
        Edit::All(edits) => edits.iter().for_each(|edit| answers(edit, found)),
        _ => {}
    }
}

/// What the slots of an edit held, as far as `known` tells.
pub(in crate::store) fn was(
    edit: &Edit,
    reviewer: &str,
    known: &FxHashMap<Id, String>,
) -> Vec<Was> {
    let mut found = Vec::new();
    answers(edit, &mut found);
    let own = found.into_iter().filter(|(_, by, _)| *by == reviewer);
    own.map(|(record, by, _)| Was {
        record: record.clone(),
        reviewer: by.to_owned(),
        answer: known.get(record).cloned(),
    })
    .collect()
}

/// The answers of one reviewer, for [`was`] to look up.
pub(in crate::store) fn known(document: &Document, reviewer: &str) -> FxHashMap<Id, String> {
    let annotations = document.annotations().iter();
    let of_annotations = annotations.map(|a| (&a.id, a.review_of(reviewer)));
    let of_links = document
        .links()
        .iter()
        .map(|l| (&l.id, l.review_of(reviewer)));
    let answered = of_annotations.chain(of_links);
    answered
        .filter_map(|(id, review)| Some((id.clone(), told_by(review?))))
        .collect()
}

/// What is to be done with every slot that the entries set.
pub(super) fn courses(document: &Document, entries: &[Entry]) -> FxHashMap<Slot, Course> {
    let mut chains: FxHashMap<Slot, Chain<'_>> = FxHashMap::default();
    for entry in entries {
        let mut found = Vec::new();
        answers(&entry.edit, &mut found);
        for (record, reviewer, review) in found {
            let slot = (record.clone(), reviewer.to_owned());
            chains.entry(slot).or_default().values.push(review);
        }
        for was in &entry.was {
            let slot = (was.record.clone(), was.reviewer.clone());
            if let Some(chain) = chains.get_mut(&slot) {
                chain.was.extend(was.answer.as_deref());
                chain.is_told = true;
            }
        }
    }
    chains
        .into_iter()
        .map(|(slot, chain)| {
            let course = chain.course(document, &slot);
            (slot, course)
        })
        .collect()
}

/// What one slot held, as the journal tells.
#[derive(Default)]
struct Chain<'a> {
    /// Before, and as others left it.
    was: Vec<&'a str>,
    /// Whether the journal tells that at all.
    is_told: bool,
    /// What the entries set, in order.
    values: Vec<Option<&'a Review>>,
}

impl Chain<'_> {
    fn course(&self, document: &Document, (record, reviewer): &Slot) -> Course {
        let standing = match (document.annotation(record), document.link(record)) {
            (Some(annotation), _) => annotation.review_of(reviewer),
            (None, link) => link.and_then(|link| link.review_of(reviewer)),
        };
        let (Some(standing), Some(end)) = (standing, self.values.last()) else {
            return Course::Follow;
        };
        if Some(standing) == *end {
            return Course::Done;
        }
        let knew = self.values.contains(&Some(standing))
            || self.was.contains(&told_by(standing).as_str())
            // Older programs did not tell: the earlier answer is taken for the one they knew.
            || !self.is_told && self.values.iter().flatten().all(|value| value.at >= standing.at);
        match end {
            _ if knew => Course::Follow,
            Some(end) => Course::Beside(Box::new((*end).clone())),
            // Taken back here, and something else there: that is left.
            None => Course::Done,
        }
    }
}
