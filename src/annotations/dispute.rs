//! In what reviewers differ, record by record.
//!
//! One rule for desk, queue, reports and exports: whoever gave an answer has given it, and what
//! others think of it holds nobody up; for everybody else it is open, no export gives the
//! disputed part, and all of them say so. Questions to a document; changes nothing.

use super::{Annotation, Decision, Document, Id, Link, Review, Status, source_key};
use crate::text::words;

words! {
    /// In what reviewers differ who answered the same record.
    Dispute {
        /// Whether it is one, its words or its kind.
        Answer = "reviewers differ",
        /// The verdict.
        Verdict = "reviewers differ over the verdict",
        /// Whom the claim is taken from.
        Source = "reviewers differ over the source",
    }
}

impl Document {
    /// In what reviewers differ about a record, where nobody has the last word. One reviewer's
    /// two answers are no dispute but a question to her.
    pub fn disputes(&self, record: &Annotation) -> Vec<Dispute> {
        let mut disputes = Vec::new();
        let status = record.status();
        if status == Status::Disputed && !record.withholds_verdict() {
            disputes.push(Dispute::Answer);
        }
        if !record.is_claim() || !(status.is_verified() || status == Status::Disputed) {
            return disputes;
        }
        if self.is_verdict_disputed(record) {
            disputes.push(Dispute::Verdict);
        }
        if self.is_source_disputed(&record.id) {
            disputes.push(Dispute::Source);
        }
        disputes
    }

    fn is_verdict_disputed(&self, claim: &Annotation) -> bool {
        if claim.adjudication.is_some() {
            return false;
        }
        let verdict = |(by, review): &'_ (String, Review)| -> Option<String> {
            let counts =
                review.is_firm() && self.holds(claim, review) && !claim.is_contested_by(Some(by));
            let verdict = review.verdict.as_deref().map(str::trim);
            verdict
                .filter(|verdict| counts && !verdict.is_empty())
                .map(str::to_owned)
        };
        let mut verdicts = claim.reviews.iter().filter_map(verdict);
        let first = verdicts.next();
        verdicts.any(|other| Some(other) != first)
    }

    /// Whether reviewers differ over whom a claim is taken from: one holds on to a link that
    /// another lets go of, or each holds on to another source.
    pub fn is_source_disputed(&self, claim: &Id) -> bool {
        let holders = |link: &Link| -> Vec<String> {
            let holds = |review: &Review| {
                let decision = review.decision.known();
                matches!(
                    decision,
                    Some(Decision::Confirm | Decision::Correct | Decision::Add)
                )
            };
            let reviews = link.reviews.iter();
            let of_holders = reviews.filter(|(_, review)| holds(review));
            of_holders.map(|(name, _)| name.clone()).collect()
        };
        let mut held: Vec<(Option<String>, Vec<String>)> = Vec::new();
        for link in self.source_links(claim) {
            match link.status() {
                Status::Disputed if !link.is_contested() => return true,
                status if status.is_verified() => {
                    let key = self.annotation(&link.to).map(source_key);
                    held.push((key, holders(link)));
                }
                _ => {}
            }
        }
        let apart = |(a, of_a): &(Option<String>, Vec<String>), (b, of_b): &(_, Vec<String>)| {
            a != b && !of_a.iter().any(|name| of_b.contains(name))
        };
        held.first()
            .is_some_and(|first| held.iter().any(|other| apart(first, other)))
    }
}
