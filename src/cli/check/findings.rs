//! What `check` finds about one sidecar: faults, which make it exit 1, and warnings, which are
//! told and no more. `docs/check.md` has the table; what is a fault and what a warning is decided
//! here and nowhere else.

use std::fmt;

use crate::annotations::{
    Anchor, Annotation, Decision, Document, Id, OpenConflict, Question, Slot, Status,
};
use crate::store::sidecar::SET_ASIDE;
use crate::store::{ReadArticle, tolerated};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Something is wrong, or a question is open: exit 1.
    Fault,
    /// Something to know.
    Warning,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Fault or warning.
    pub(super) weight: Weight,
    /// A field's path, a record's id, a file's name.
    pub(super) place: String,
    /// What is found there.
    pub(super) words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.weight == Weight::Warning {
            f.write_str("warning: ")?;
        }
        match self.place.is_empty() {
            true => f.write_str(&self.words),
            false => write!(f, "{}: {}", self.place, self.words),
        }
    }
}

/// Everything found about one article: the faults first, each kind in the order it was looked
/// for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    faults: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl Findings {
    /// Adds a fault.
    pub(super) fn fault(&mut self, place: impl Into<String>, words: impl Into<String>) {
        self.faults.push(Finding {
            weight: Weight::Fault,
            place: place.into(),
            words: words.into(),
        });
    }

    /// Adds a warning.
    pub(super) fn warn(&mut self, place: impl Into<String>, words: impl Into<String>) {
        self.warnings.push(Finding {
            weight: Weight::Warning,
            place: place.into(),
            words: words.into(),
        });
    }

    /// How many faults there are.
    pub(super) fn faults(&self) -> usize {
        self.faults.len()
    }

    /// How many warnings there are.
    pub(super) fn warnings(&self) -> usize {
        self.warnings.len()
    }

    /// All of them, faults first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.faults.iter().chain(&self.warnings)
    }

    /// What is found in an article that was read.
    pub(super) fn of(read: &ReadArticle) -> Findings {
        let mut findings = Findings::default();
        for fault in &read.faults {
            findings.fault(fault.path.clone(), fault.message.clone());
        }
        for annotation in read.document.annotations() {
            findings.conflicts(&annotation.id, annotation.open_conflicts());
            findings.anchor(&read.document, annotation);
        }
        for link in read.document.links() {
            findings.conflicts(&link.id, link.open_conflicts());
        }
        findings.unfounded(&read.document);
        for ahead in read.document.answers_after(&tolerated()) {
            findings.warn("", ahead.to_string());
        }
        let aside = read.document.parts().unknown.get(SET_ASIDE);
        if let Some(aside) = aside.and_then(|aside| aside.as_array()) {
            let message = format!(
                "{} record(s) that could not be used are kept there",
                aside.len()
            );
            findings.warn(SET_ASIDE, message);
        }
        findings
    }

    /// Two answers or values of which nobody chose one.
    fn conflicts(&mut self, record: &Id, conflicts: Vec<OpenConflict>) {
        for conflict in conflicts {
            let what = match &conflict.slot {
                Slot::Review(reviewer) => {
                    format!("{reviewer} gave {} answers", conflict.sides.len())
                }
                Slot::Adjudication => format!("{} last words were given", conflict.sides.len()),
                Slot::Evidence(_) | Slot::Field(_) => {
                    format!("it has {} values", conflict.sides.len())
                }
            };
            let message = format!("{what} on different machines; choose on its card");
            self.fault(format!("{record}: {}", conflict.field), message);
        }
    }

    /// A mark whose place is a question, or which has none; answers given on other words; a
    /// source that changed under its claim.
    fn anchor(&mut self, document: &Document, annotation: &Annotation) {
        let words: String = annotation.target.quote.exact.chars().take(60).collect();
        let id = annotation.id.as_str();
        let open = document.questions(annotation, "");
        if open.contains(&Question::SourceWords) {
            let message = format!("its source changed or is gone from the article: {words}");
            self.fault(id, message);
        }
        let is_judged = open.contains(&Question::Words) || open.contains(&Question::Lost);
        let what = match annotation.target.anchor {
            Anchor::Ok | Anchor::Moved if is_judged => "an answer was given on other words",
            Anchor::Ok | Anchor::Moved => return,
            Anchor::Check => "found again, but a person has to look",
            Anchor::Lost => "not found in the article",
        };
        match annotation.status() {
            _ if is_judged => self.fault(id, format!("{what}: {words}")),
            Status::Undecided if annotation.target.anchor == Anchor::Check => {
                self.fault(id, format!("{what}: {words}"));
            }
            // Nothing is claimed of its words, or not any more.
            status => self.warn(id, format!("{what}, and {status}: {words}")),
        }
    }

    /// Records that no run suggested and nobody added.
    fn unfounded(&mut self, document: &Document) {
        for annotation in document.annotations() {
            let answers = annotation.reviews.iter().map(|(_, review)| review);
            let is_added = answers
                .chain(&annotation.adjudication)
                .any(|answer| answer.decision.known() == Some(Decision::Add));
            if annotation.suggestions.is_empty() && !is_added {
                let message = "no run suggested it and nobody added it; it is kept";
                self.warn(annotation.id.as_str(), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_first_and_warnings_say_so() {
        let mut findings = Findings::default();
        findings.warn("a-1", "lost");
        findings.fault("version", "2");
        findings.fault("", "gone");
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["version: 2", "gone", "warning: a-1: lost"]);
        assert_eq!((findings.faults(), findings.warnings()), (2, 1));
    }
}
