//! What stands on a row of a list, and what decides whether and where it is shown.
//!
//! Questions about records; keeps nothing.

use super::super::filter::{ClaimFacts, Facts};
use super::link::SOURCE_NAME;
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

/// Who a claim is taken from: the name of its source, else its words, else a name of somebody
/// whom the article does not name.
pub(super) fn source_name<'a>(document: &'a Document, claim: &'a Annotation) -> Option<&'a str> {
    let source = document.source_of(&claim.id);
    let name = source.and_then(|source| source.attribute("name"));
    name.or_else(|| source.map(|source| source.target.quote.exact.as_str()))
        .or_else(|| claim.attribute(SOURCE_NAME))
}

/// What a filter is told of a claim.
pub(super) fn claim_facts<'a>(
    document: &'a Document,
    claim: &'a Annotation,
    counted: Counted,
    reviewer: &str,
) -> Facts<'a> {
    let source = document.source_of(&claim.id);
    let attribute = |name| source.and_then(|source| source.attribute(name));
    let mut states = states(claim.status(), counted);
    if claim.wants_second_look() {
        states.push(Question::SecondLook.as_str());
    }
    Facts {
        words: &claim.target.quote.exact,
        source: source_name(document, claim),
        source_type: attribute("source_type"),
        states,
        claim: Some(ClaimFacts {
            kinds: claim.kinds().iter().map(|kind| kind.as_str()).collect(),
            voice: claim
                .suggestion()
                .and_then(|suggestion| suggestion.voice.as_ref())
                .map(|voice| voice.as_str()),
            verdict: verdict(document, claim, reviewer),
            tags: claim.tags().collect(),
            worth: claim.worth(),
        }),
    }
}

/// What a filter is told of a source.
pub(super) fn source_facts(row: &SourceRow, status: Status, counted: Counted) -> Facts<'_> {
    Facts {
        source: Some(&row.name),
        source_type: row.source_type.as_ref().map(|known| known.as_str()),
        states: states(status, counted),
        ..Facts::default()
    }
}

/// Everything by which it may be asked for where an item stands. What is open is undecided,
/// whatever its status; what nobody was shown is neither.
fn states(status: Status, counted: Counted) -> Vec<&'static str> {
    let mut states = Vec::with_capacity(4);
    if status != Status::Undecided {
        states.push(status.as_str());
    }
    if status.is_verified() {
        states.push("verified");
    }
    if status == Status::Withdrawn {
        states.push(Status::Rejected.as_str());
    }
    if let Some(open) = counted.open {
        states.push(Status::Undecided.as_str());
        states.push(open.as_str());
    }
    if counted.disputed {
        states.push(Status::Disputed.as_str());
    }
    if counted.folded {
        states.push("folded");
    }
    states
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

/// Where a record stands among the others: those lost come last.
pub(super) fn place(annotation: &Annotation) -> (bool, usize, usize, Id) {
    let quote = &annotation.target.quote;
    let (start, end) = match &annotation.target.mark {
        Some(mark) => (mark.start(), mark.end()),
        None => (quote.start as usize, quote.end as usize),
    };
    let lost = annotation.target.mark.is_none();
    (lost, start, end, annotation.id.clone())
}
