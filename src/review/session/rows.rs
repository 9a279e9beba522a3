//! What stands on a row of a list, and what decides whether and where it is shown.
//!
//! Questions about records; keeps nothing.

use super::super::Filter;
use crate::annotations::{
    Annotation, Counted, Document, Id, Question, Review, Status, folded, is_credit,
};
use crate::detect::SourceType;
use crate::text::{Open, Word};

/// A person or body in the list of sources.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// What it is called: its name, else the words of its first mention.
    pub name: String,
    /// What it is, where told.
    pub source_type: Option<Open<SourceType>>,
    /// Title or function, where told.
    pub role: Option<String>,
    /// Its mentions in text order, at least one.
    pub mentions: Vec<Id>,
    /// How many claims are taken from it.
    pub claims: usize,
    /// Whether it is only a picture's credit, which asks for no decision.
    pub is_credit: bool,
}

/// The verdict on the words of a claim that stand there now: the reviewer's own, else the
/// latest of another.
pub(super) fn verdict<'a>(
    document: &Document,
    claim: &'a Annotation,
    reviewer: &str,
) -> Option<&'a str> {
    let holds = |review: &&Review| document.holds(claim, review);
    let own = claim.review_of(reviewer).filter(holds);
    own.and_then(|r| r.verdict.as_deref()).or_else(|| {
        claim
            .reviews
            .iter()
            .map(|(_, review)| review)
            .filter(|review| review.verdict.is_some())
            .filter(holds)
            .max_by_key(|review| &review.at)
            .and_then(|review| review.verdict.as_deref())
    })
}

pub(super) fn source_row(document: &Document, mentions: Vec<Id>, claims: usize) -> SourceRow {
    let records = || mentions.iter().filter_map(|id| document.annotation(id));
    let said = |name: &'static str| {
        records()
            .filter_map(move |a| a.attribute(name))
            .find(|value| !value.trim().is_empty())
    };
    let words = || records().map(|a| a.target.quote.exact.as_str()).next();
    let name = said("name").or_else(|| said("entity")).or_else(words);
    SourceRow {
        name: name.unwrap_or_default().to_owned(),
        source_type: said("source_type").map(Open::<SourceType>::parse),
        role: said("role").map(str::to_owned),
        is_credit: records().any(is_credit),
        mentions,
        claims,
    }
}

/// Whether a filter shows what has this status; filters about claims leave sources alone.
pub(super) fn shows(filter: Filter, status: Status, counted: Counted) -> bool {
    match filter {
        Filter::All | Filter::WithoutSource | Filter::WithoutVerdict => true,
        Filter::Undecided => counted.open.is_some(),
        Filter::Verified => status.is_verified(),
        Filter::Rejected => matches!(status, Status::Rejected | Status::Withdrawn),
        Filter::SecondLook => {
            matches!(status, Status::Unsure | Status::Disputed)
                || counted.disputed
                || counted.open == Some(Question::Disputed)
        }
    }
}

/// What asks for a decision first: open questions, then where reviewers differ.
pub(super) fn urgency(status: Status, counted: Counted) -> usize {
    let questions = Question::ALL.len();
    match (counted.open, status) {
        (Some(open), _) => Question::ALL.iter().position(|q| *q == open).unwrap_or(0),
        (None, Status::Disputed) => questions,
        (None, other) => {
            questions
                + 1
                + Status::ALL
                    .iter()
                    .position(|s| *s == other)
                    .unwrap_or_default()
        }
    }
}

pub(super) fn priority(claim: &Annotation) -> f64 {
    let priority = claim.suggestion().and_then(|s| s.priority.as_ref());
    priority.and_then(|p| p.as_f64()).unwrap_or(0.0)
}

pub(super) fn taken_from(document: &Document, claim: &Id, status: Status) -> Option<Id> {
    if status == Status::Withdrawn {
        return None;
    }
    document.source_of(claim).map(|source| source.id.clone())
}

/// What equal texts have in common: kind and folded words.
pub(super) fn equal_key(annotation: &Annotation) -> String {
    equal_words(annotation, &annotation.target.quote.exact)
}

/// The same for words that a record had or has.
pub(super) fn equal_words(annotation: &Annotation, words: &str) -> String {
    format!("{}\n{}", annotation.kind.as_str(), folded(words))
}
