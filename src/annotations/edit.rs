//! The only way to change a document: edits as values, each with an inverse.
//!
//! An edit sets one slot (a reviewer's answer, an attribute, a piece of evidence, a whole
//! record) to a value or to nothing. Applying it gives back the edit that restores what was
//! there, so undo is one more edit and the journal only grows.

use serde_json::Value;

use super::reanchor::found_again;
use super::{Anchor, Annotation, Document, Evidence, Id, Link, Pass, Review, TakenRun, Target};
use crate::text::Article;

/// A change of one slot of a document, or several changes as one.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A reviewer's answer on an annotation.
    Review {
        /// The annotation.
        annotation: Id,
        /// The reviewer.
        reviewer: String,
        /// The answer; `None`: none.
        review: Option<Review>,
    },
    /// A reviewer's answer on a link.
    LinkReview {
        /// The link.
        link: Id,
        /// The reviewer.
        reviewer: String,
        /// The answer; `None`: none.
        review: Option<Review>,
    },
    /// Where an annotation stands.
    Target {
        /// The annotation.
        annotation: Id,
        /// Its new place.
        target: Target,
    },
    /// An attribute of an annotation (`claim_text`, `tags`, `name`, …).
    Attribute {
        /// The annotation.
        annotation: Id,
        /// The attribute's name.
        name: String,
        /// Its value; `None`: not there.
        value: Option<Value>,
    },
    /// A field of an annotation that stands beside its attributes (`joined_from`).
    Field {
        /// The annotation.
        annotation: Id,
        /// The field's name.
        name: String,
        /// Its value; `None`: not there.
        value: Option<Value>,
    },
    /// A piece of evidence of an annotation.
    Evidence {
        /// The annotation.
        annotation: Id,
        /// The piece.
        id: Id,
        /// What it is; `None`: not there.
        evidence: Option<Evidence>,
    },
    /// The desk's last word on an annotation.
    Adjudication {
        /// The annotation.
        annotation: Id,
        /// The last word; `None`: none.
        review: Option<Review>,
    },
    /// What a merge left open in a record.
    Conflict {
        /// The annotation or link.
        record: Id,
        /// The name in its `conflicts`.
        field: String,
        /// The entry; `None`: settled.
        entry: Option<Value>,
    },
    /// A whole annotation: added by hand, or that taken back.
    Annotation {
        /// The annotation.
        id: Id,
        /// The record; `None`: not there.
        annotation: Option<Box<Annotation>>,
    },
    /// A whole link.
    Link {
        /// The link.
        id: Id,
        /// The record; `None`: not there.
        link: Option<Box<Link>>,
    },
    /// A reviewer's pass.
    Pass {
        /// The reviewer.
        reviewer: String,
        /// The pass; `None`: none.
        pass: Option<Pass>,
    },
    /// A field of the article's head that is the desk's own (`later`, `tags`).
    Article {
        /// The field's name.
        name: String,
        /// Its value; `None`: not there.
        value: Option<Value>,
    },
    /// A whole run with all that it brought: taken in from a file, or that taken back.
    Run {
        /// The run's key.
        run: Id,
        /// What it brought; `None`: not there.
        taken: Option<Box<TakenRun>>,
    },
    /// Several edits as one, applied in order or not at all.
    All(Vec<Edit>),
}

/// Why an edit could not be applied; the document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The annotation is not in the document.
    #[error("there is no annotation {0}")]
    NoAnnotation(Id),
    /// The link is not in the document.
    #[error("there is no link {0}")]
    NoLink(Id),
    /// Something else stands there by now.
    #[error("something else stands there by now")]
    Changed,
    /// The words it is about are no longer in the article.
    #[error("“{words}” is no longer in the article")]
    Gone {
        /// The annotation.
        annotation: Id,
        /// The words.
        words: String,
    },
    /// A record was to be put under another record's id.
    #[error("a record of id {record} cannot stand under {id}")]
    WrongId {
        /// The slot.
        id: Id,
        /// The record's own id.
        record: Id,
    },
}

impl Edit {
    /// Several edits as one; a single one as itself.
    pub fn all(mut edits: Vec<Edit>) -> Edit {
        match edits.pop() {
            Some(edit) if edits.is_empty() => edit,
            Some(edit) => {
                edits.push(edit);
                Edit::All(edits)
            }
            None => Edit::All(edits),
        }
    }

    /// The edit with its targets' marks set in the article at hand. Edits from a file have
    /// none, and those of an earlier version of the article count in that one: their words
    /// are found again.
    ///
    /// # Errors
    /// When the words of a target are no longer in the article.
    pub fn settled(self, article: &Article) -> Result<Edit, Refused> {
        Ok(match self {
            Edit::Target { annotation, target } => Edit::Target {
                target: settled(&annotation, target, article)?,
                annotation,
            },
            Edit::Annotation {
                id,
                annotation: Some(mut record),
            } => {
                record.target = settled(&id, record.target, article)?;
                Edit::Annotation {
                    id,
                    annotation: Some(record),
                }
            }
            Edit::Run {
                run,
                taken: Some(mut taken),
            } => {
                for record in &mut taken.annotations {
                    record.target = settled(&record.id, record.target.clone(), article)?;
                }
                let taken = Some(taken);
                Edit::Run { run, taken }
            }
            Edit::All(edits) => Edit::All(
                edits
                    .into_iter()
                    .map(|edit| edit.settled(article))
                    .collect::<Result<_, _>>()?,
            ),
            other => other,
        })
    }

    /// Lets targets no longer say how their words were found: that follows from the texts since,
    /// and is no part of what was done.
    fn forget_anchors(&mut self) {
        match self {
            Edit::Target { target, .. } => target.anchor = Anchor::Ok,
            Edit::Annotation {
                annotation: Some(record),
                ..
            } => record.target.anchor = Anchor::Ok,
            Edit::Run {
                taken: Some(taken), ..
            } => taken.forget_anchors(),
            Edit::All(edits) => edits.iter_mut().for_each(Edit::forget_anchors),
            _ => {}
        }
    }

    /// Whether applying it changes nothing by construction.
    pub fn is_empty(&self) -> bool {
        matches!(self, Edit::All(edits) if edits.iter().all(Edit::is_empty))
    }

    /// The annotations it touches, in order, repeats possible.
    pub fn annotations(&self) -> Vec<&Id> {
        match self {
            Edit::Review { annotation, .. }
            | Edit::Target { annotation, .. }
            | Edit::Attribute { annotation, .. }
            | Edit::Field { annotation, .. }
            | Edit::Evidence { annotation, .. }
            | Edit::Adjudication { annotation, .. }
            // A link's is passed over by those who look for annotations.
            | Edit::Conflict {
                record: annotation, ..
            }
            | Edit::Annotation { id: annotation, .. } => vec![annotation],
            Edit::All(edits) => edits.iter().flat_map(Edit::annotations).collect(),
            Edit::Run {
                taken: Some(taken), ..
            } => taken.records().collect(),
            Edit::Run { taken: None, .. }
            | Edit::LinkReview { .. }
            | Edit::Link { .. }
            | Edit::Pass { .. }
            | Edit::Article { .. } => Vec::new(),
        }
    }

    /// Whether it adds or takes back records, so that lists have to be made anew.
    pub fn is_structural(&self) -> bool {
        match self {
            Edit::Annotation { .. }
            | Edit::Link { .. }
            | Edit::LinkReview { .. }
            | Edit::Run { .. } => true,
            Edit::All(edits) => edits.iter().any(Edit::is_structural),
            _ => false,
        }
    }
}

impl Document {
    /// Applies `to` where `from` is what stands there, in the article at hand, and gives back
    /// the inverse: how an act is taken back or done again.
    ///
    /// # Errors
    /// As [`Edit::settled`] and [`Document::apply`], and where something else stands there by
    /// now, as after the sidecar was replaced: then the act is not the last one any more.
    pub fn take_back(&mut self, article: &Article, from: &Edit, to: Edit) -> Result<Edit, Refused> {
        let now = self.apply(to.settled(article)?)?;
        let is_last = |mut from: Edit| {
            let mut now = now.clone();
            from.forget_anchors();
            now.forget_anchors();
            from == now
        };
        if from.clone().settled(article).is_ok_and(is_last) {
            return Ok(now);
        }
        self.apply(now)
            .expect("what was just applied can be taken back");
        Err(Refused::Changed)
    }
}

fn settled(annotation: &Id, mut target: Target, article: &Article) -> Result<Target, Refused> {
    if target.anchor == Anchor::Lost {
        target.mark = None;
        return Ok(target);
    }
    if let Some(mark) = target.quote.mark_in(article) {
        // What stands around the words may be other than when the edit was made.
        return Ok(Target::anchored(article, mark, target.anchor));
    }
    let found = found_again(&target, article);
    match found.anchor {
        Anchor::Lost => Err(Refused::Gone {
            annotation: annotation.clone(),
            words: target.quote.exact,
        }),
        _ => Ok(found),
    }
}
