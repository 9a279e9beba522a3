//! What a change touches of the lists: which records to look at again, and whether that is
//! enough. Changes nothing.

use super::rows::equal_words;
use crate::annotations::{Annotation, Document, Edit, Id};
use crate::text::Mark;

/// What a change touches.
#[derive(Default)]
pub(super) struct Touched {
    /// Whether lists have to be made anew.
    pub(super) structural: bool,
    /// With the words it has or had, as equal texts are found by, and its mark.
    pub(super) moved: Vec<(Id, String, Option<Mark>)>,
    /// Records whose status or questions may be others now.
    pub(super) decided: Vec<Id>,
}

impl Touched {
    /// Whether a record is settled; of a source, also whether its claims are.
    fn decide(&mut self, annotation: &Id, document: &Document) {
        self.decided.push(annotation.clone());
        let claims = document.links_of(annotation).map(|link| &link.from);
        self.decided
            .extend(claims.filter(|id| *id != annotation).cloned());
    }

    /// Takes in what a change touches.
    pub(super) fn by(&mut self, edit: &Edit, document: &Document) {
        match edit {
            Edit::Review { annotation, .. } | Edit::Adjudication { annotation, .. } => {
                self.decide(annotation, document);
            }
            Edit::Conflict { record, .. } => match document.link(record) {
                Some(link) => self.decided.push(link.from.clone()),
                None => self.decide(record, document),
            },
            Edit::Target { annotation, target } => {
                if let Some(record) = document.annotation(annotation) {
                    let words = equal_words(record, &target.quote.exact);
                    let mark = target.mark.clone();
                    self.moved.push((annotation.clone(), words, mark));
                }
                self.decide(annotation, document);
            }
            Edit::LinkReview { link, .. } => {
                self.decided
                    .extend(document.link(link).map(|link| link.from.clone()));
            }
            Edit::Link { link, .. } => {
                self.decided
                    .extend(link.as_ref().map(|link| link.from.clone()));
            }
            Edit::Annotation { .. } | Edit::Run { .. } => self.structural = true,
            Edit::Attribute { annotation, .. } => {
                let source = document
                    .annotation(annotation)
                    .is_some_and(Annotation::is_source);
                self.structural |= source;
                // A second look wanted is an open question.
                self.decided.push(annotation.clone());
            }
            Edit::All(edits) => edits.iter().for_each(|edit| self.by(edit, document)),
            // A finished pass turns what came after it into offers.
            Edit::Pass { pass, .. } => {
                self.structural |= pass.as_ref().is_some_and(|pass| pass.finished);
            }
            Edit::Field { .. } | Edit::Evidence { .. } | Edit::Article { .. } => {}
        }
    }
}
