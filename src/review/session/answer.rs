//! My answer to a record: made whole, compared, taken back.
//!
//! An answer carries kind, words and kinds every time, and keeps my earlier verdict, note
//! and unknown fields, so that none of them is ever lost by deciding again.

use serde_json::json;

use super::{Moment, Session};
use crate::annotations::{
    Anchor, Annotation, Decision, Edit, Id, JUDGED_BEFORE, Quote, Review, Target,
};
use crate::detect::Kind;
use crate::text::Open;

impl Session {
    /// My answer to a record.
    pub(super) fn mine<'a>(&self, annotation: &'a Annotation) -> Option<&'a Review> {
        annotation.review_of(&self.reviewer)
    }

    /// The claim that I answered last, wherever I am now.
    pub fn last_answered(&self) -> Option<&Id> {
        let last = self.last_answered.as_ref()?;
        self.document
            .annotation(last)
            .filter(|a| a.is_claim())
            .map(|a| &a.id)
    }

    /// My decision on a record, if it is one we know.
    pub(super) fn my_decision(&self, annotation: &Annotation) -> Option<Decision> {
        self.mine(annotation).and_then(|mine| mine.decision.known())
    }

    /// The edit that makes this my answer; none if it already is.
    pub(super) fn answering(&self, annotation: &Annotation, review: Review) -> Option<Edit> {
        let same = self
            .mine(annotation)
            .is_some_and(|mine| says_the_same(mine, &review));
        (!same).then(|| Edit::Review {
            annotation: annotation.id.clone(),
            reviewer: self.reviewer.clone(),
            review: Some(review),
        })
    }

    /// The edit that makes sure of a place that was a question: whoever answers has seen
    /// the words that stand there.
    pub(super) fn placing(&self, record: &Annotation) -> Option<Edit> {
        let is_question = record.target.anchor == Anchor::Check && record.target.mark.is_some();
        is_question.then(|| Edit::Target {
            annotation: record.id.clone(),
            target: Target {
                anchor: Anchor::Ok,
                ..record.target.clone()
            },
        })
    }

    /// Whether I answered on other words than those that stand there now.
    pub(super) fn is_stale(&self, record: &Annotation) -> bool {
        self.mine(record)
            .is_some_and(|mine| !self.document.holds(record, mine))
    }

    /// A new answer without words or kinds, keeping what my earlier one said besides.
    pub(super) fn bare_review(
        &self,
        earlier: Option<&Review>,
        decision: Decision,
        moment: &Moment,
    ) -> Review {
        Review {
            decision: Open::Known(decision),
            text: self.document.text().clone(),
            at: moment.now.clone(),
            kind: None,
            quote: None,
            kinds: Vec::new(),
            verdict: earlier.and_then(|mine| mine.verdict.clone()),
            note: earlier.and_then(|mine| mine.note.clone()),
            seconds: moment.seconds.and_then(seconds),
            tool: Some(self.tool.clone()),
            unknown: earlier.map(|mine| mine.unknown.clone()).unwrap_or_default(),
        }
    }

    /// The edit by which I stand behind a record as it stands now.
    pub(super) fn affirming(&self, record: &Annotation, moment: &Moment) -> Vec<Edit> {
        let quote = record.target.quote.clone();
        let kinds = self.my_kinds(record).to_vec();
        let answer = self.affirmation(record, quote, kinds, moment);
        let answer = self.answering(record, answer);
        answer.into_iter().chain(self.placing(record)).collect()
    }

    /// My answer that a record is right with these words and kinds: an addition stays one,
    /// what differs from the suggestion is a correction, anything else a confirmation.
    pub(super) fn affirmation(
        &self,
        record: &Annotation,
        quote: Quote,
        kinds: Vec<Open<Kind>>,
        moment: &Moment,
    ) -> Review {
        let mut review = self.bare_review(self.mine(record), Decision::Confirm, moment);
        review.kind = Some(record.kind.clone());
        review.quote = Some(quote);
        review.kinds = kinds;
        review.decision = Open::Known(self.decision_of(record, &review));
        self.keep_judged(record, &mut review);
        review
    }

    /// What an answer of mine that stands behind a record amounts to.
    pub(super) fn decision_of(&self, record: &Annotation, review: &Review) -> Decision {
        if self.is_my_addition(record) {
            Decision::Add
        } else if self.is_as_suggested(record, review) {
            Decision::Confirm
        } else {
            Decision::Correct
        }
    }

    /// Keeps in a new answer the words an earlier one of mine was given on, where they are
    /// others: what was judged then can be told from what is judged now.
    pub(super) fn keep_judged(&self, record: &Annotation, review: &mut Review) {
        if let Some(mine) = self.mine(record).filter(|_| self.is_stale(record)) {
            note_judged(mine, review);
        }
    }

    /// Whether words, kinds, voice and what is told of a source are those suggested; for a
    /// record without suggestion, those of the answer that added it.
    fn is_as_suggested(&self, record: &Annotation, review: &Review) -> bool {
        let (known_quote, known_kinds, text) = match record.suggested() {
            Some((run, suggestion)) => {
                let runs = &self.document.parts().runs;
                let run = runs.iter().find(|(known, _)| known == run);
                let text = run.map(|(_, run)| &run.text);
                (&suggestion.quote, suggestion.kinds.as_slice(), text)
            }
            None => {
                let added = record
                    .reviews
                    .iter()
                    .map(|(_, review)| review)
                    .find(|review| review.decision.known() == Some(Decision::Add));
                match added.and_then(|review| Some((review, review.quote.as_ref()?))) {
                    Some((review, quote)) => (quote, review.kinds.as_slice(), Some(&review.text)),
                    None => return true,
                }
            }
        };
        let (Some(quote), kinds) = (&review.quote, &review.kinds) else {
            return false;
        };
        let voice = review.voice();
        let suggested = || record.suggested_voice().or_else(|| added_voice(record));
        if record.is_put_right() || voice.is_some() && voice != suggested() {
            return false;
        }
        let same_text = text.is_some_and(|text| text == self.document.text());
        let same_place = !same_text || known_quote.start == quote.start;
        let same_kinds =
            known_kinds.len() == kinds.len() && known_kinds.iter().all(|kind| kinds.contains(kind));
        quote.same_words(known_quote) && same_place && same_kinds
    }

    /// The kinds I stand for: mine if I said any, else those that hold.
    pub(super) fn my_kinds<'a>(&self, record: &'a Annotation) -> &'a [Open<Kind>] {
        match self.mine(record) {
            Some(mine) if !mine.kinds.is_empty() => &mine.kinds,
            _ => record.kinds(),
        }
    }

    pub(super) fn denying(&self, record: &Annotation, moment: &Moment) -> Vec<Edit> {
        let answer = self.answering(record, self.denial(record, moment));
        answer.into_iter().chain(self.placing(record)).collect()
    }

    pub(super) fn denial(&self, record: &Annotation, moment: &Moment) -> Review {
        let mut review = self.bare_review(self.mine(record), self.refusal(record), moment);
        review.kind = Some(record.kind.clone());
        // Kept, so that confirming after all brings the correction back.
        review.kinds = self
            .mine(record)
            .map(|m| m.kinds.clone())
            .unwrap_or_default();
        // The words refused, so that other words are a question again. Of those that are gone
        // there is no place in this text.
        review.quote = record
            .target
            .mark
            .as_ref()
            .map(|_| record.target.quote.clone());
        self.keep_judged(record, &mut review);
        review
    }

    /// How I refuse a record: what I added myself is withdrawn.
    pub(super) fn refusal(&self, record: &Annotation) -> Decision {
        if self.is_my_own(record) {
            Decision::Withdraw
        } else {
            Decision::Reject
        }
    }

    /// Whether I added it, whether or not I took it back.
    pub(super) fn is_my_addition(&self, record: &Annotation) -> bool {
        matches!(
            self.my_decision(record),
            Some(Decision::Add | Decision::Withdraw)
        ) || record.suggestions.is_empty()
            && record.reviews.iter().all(|(who, _)| *who == self.reviewer)
    }

    /// Whether it is there only because I added it.
    pub(super) fn is_my_own(&self, record: &Annotation) -> bool {
        record.suggestions.is_empty() && self.is_my_addition(record)
    }

    /// The edits that take my answer to a record back, with the place my correction gave it.
    pub(super) fn taking_back(&self, record: &Annotation) -> Vec<Edit> {
        if self.mine(record).is_none() {
            return Vec::new();
        }
        let mut edits = vec![Edit::Review {
            annotation: record.id.clone(),
            reviewer: self.reviewer.clone(),
            review: None,
        }];
        let others = record
            .reviews
            .iter()
            .filter(|(who, _)| *who != self.reviewer);
        let theirs = others
            .map(|(_, review)| review)
            .filter(|review| review.stands_behind())
            .max_by_key(|review| &review.at)
            .and_then(|review| review.quote.as_ref());
        if record.reviews.len() == 1 {
            edits.extend(record.putting_back());
        }
        let suggested = record.suggestion().map(|suggestion| &suggestion.quote);
        let mark = theirs
            .or(suggested)
            .and_then(|quote| quote.mark_in(&self.article));
        if let Some(mark) = mark.filter(|mark| Some(mark) != record.target.mark.as_ref()) {
            edits.push(Edit::Target {
                annotation: record.id.clone(),
                target: Target::at(&self.article, mark),
            });
        }
        edits
    }
}

/// Notes in a new answer what an earlier one judged, with the words it was given on.
pub(super) fn note_judged(earlier: &Review, review: &mut Review) {
    let Some(quote) = &earlier.quote else { return };
    let mut entry = json!({
        "text": earlier.text.as_str(),
        "exact": quote.exact,
        "decision": earlier.decision.as_str(),
        "at": earlier.at.as_str(),
    });
    if let Some(verdict) = &earlier.verdict {
        entry["verdict"] = verdict.clone().into();
    }
    let before = review.unknown.entry(JUDGED_BEFORE).or_insert(json!([]));
    if let Some(before) = before.as_array_mut() {
        before.push(entry);
    }
}

/// The voice that whoever added a record gave it.
fn added_voice(record: &Annotation) -> Option<&str> {
    let mut answers = record.reviews.iter().map(|(_, review)| review);
    let added = answers.find(|review| review.decision.known() == Some(Decision::Add));
    added.and_then(Review::voice)
}

/// Whether two answers differ only in when and how they were given.
fn says_the_same(a: &Review, b: &Review) -> bool {
    a.decision == b.decision
        && a.text == b.text
        && a.kind == b.kind
        && a.quote == b.quote
        && a.kinds == b.kinds
        && a.verdict == b.verdict
        && a.note == b.note
        && a.unknown == b.unknown
}

/// Seconds as files hold them: one decimal.
fn seconds(value: f32) -> Option<serde_json::Number> {
    let rounded = (f64::from(value.max(0.0)) * 10.0).round() / 10.0;
    serde_json::Number::from_f64(rounded)
}
