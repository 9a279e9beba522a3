//! What is still open about a record, and why: one definition for desk, queue, `check` and
//! reports.
//!
//! A verdict belongs to the words it was given on. Whether an answer still holds is worked
//! out here from the words themselves, review by review, and never stored, so marks that an
//! older version moved to other words are found too. Questions to a document; changes
//! nothing.

use super::{
    Anchor, Annotation, Decision, Document, Id, Link, OpenConflict, Quote, Review, Status,
};
use crate::text::{reads_the_same, words};

words! {
    /// Why somebody still has to look at a record, what presses most first.
    Question {
        /// Two answers of one reviewer, or two values, stand against each other after a merge.
        Conflict = "two answers",
        /// Its words are no longer in the article, and what was decided hangs on them.
        Lost = "words gone",
        /// An answer was given on other words than those that stand there now, or it is not
        /// sure that they are the same place.
        Words = "words changed",
        /// Nobody answered.
        Undecided = "undecided",
        /// Its words changed under an answer, which is to be given again.
        Again = "to be judged again",
        /// Somebody looked and could not tell.
        Unsure = "second look",
        /// Somebody left a note and no answer.
        Noted = "noted only",
        /// Reviewers differ, and this one gave no answer.
        Disputed = "reviewers differ",
        /// There is an answer, and a second look is wanted beside it.
        SecondLook = "second look beside the answer",
        /// Nobody said whether the claim is taken from the source suggested.
        Source = "source undecided",
        /// The words that name its source changed or are gone, or it stands beside another
        /// source now.
        SourceWords = "source changed",
    }
}

/// The field of an answer that keeps the words judged before.
pub const JUDGED_BEFORE: &str = "judged_before";

impl Question {
    /// Whether it came up because the article changed after an answer.
    pub fn is_of_change(self) -> bool {
        matches!(
            self,
            Question::Lost | Question::Words | Question::Again | Question::SourceWords
        )
    }
}

impl Document {
    /// What `reviewer` still has to answer about a record, what presses most first; empty
    /// when all is settled. Of answers by others only those count that stand in for one of
    /// the reviewer's own.
    pub fn questions(&self, record: &Annotation, reviewer: &str) -> Vec<Question> {
        let mut questions = Vec::new();
        // Other tools' links are no part of what is asked.
        let is_asked = |link: &Id| self.link(link).is_none_or(Link::is_attribution);
        let mut conflicts = self.card_conflicts(record).into_iter();
        if conflicts.any(|conflict| is_asked(&conflict.record)) {
            questions.push(Question::Conflict);
        }
        match record.status() {
            Status::Withdrawn => return questions,
            Status::Undecided => {
                // A suggestion whose words went before anybody looked asks for nothing, nor does
                // one that nobody is shown.
                let is_gone = record.target.anchor == Anchor::Lost;
                if !is_gone && !record.is_folded() && !self.is_offered(record, reviewer) {
                    questions.push(Question::Undecided);
                }
                return questions;
            }
            _ => {}
        }
        let is_unsure = |review: &&Review| review.decision.known() == Some(Decision::Unsure);
        let mut standing = record.answers_for(reviewer);
        let unsure = standing.find(is_unsure);
        if let Some(review) = unsure {
            let has_judged = review.unknown.contains_key(JUDGED_BEFORE);
            questions.push(match &review.note {
                _ if has_judged => Question::Again,
                Some(_) => Question::Noted,
                None => Question::Unsure,
            });
        }
        let unsure = unsure.is_some();
        // Whoever answered has had her say, whatever others think.
        let has_answered = record.review_of(reviewer).is_some()
            || self
                .source_links(&record.id)
                .any(|link| link.review_of(reviewer).is_some());
        if !has_answered && !self.disputes(record).is_empty() {
            questions.push(Question::Disputed);
        }
        if let Some(of_words) = self.question_of_words(record, reviewer) {
            questions.push(of_words);
            questions.sort_unstable();
        }
        if record.wants_second_look() && !unsure {
            questions.push(Question::SecondLook);
        }
        if record.is_claim() && record.status().is_verified() {
            questions.extend(self.question_of_source(record, reviewer));
        }
        questions
    }

    /// Whether a review speaks of the words at its record's target: given in the current
    /// text, or in another one on words that read the same. What refuses a record that is
    /// gone has nothing left to say.
    pub fn holds(&self, record: &Annotation, review: &Review) -> bool {
        let refuses = review.decision.known().is_some_and(|d| d.refuses());
        match record.target.anchor {
            Anchor::Lost => return refuses,
            // Whoever refused it in this very text has seen what stands there.
            Anchor::Check => return refuses && review.text == *self.text(),
            Anchor::Ok | Anchor::Moved => {}
        }
        if review.text == *self.text() {
            return true;
        }
        let judged = review.quote.as_ref();
        let judged = judged.or_else(|| self.words_in(record, &review.text));
        judged.is_none_or(|judged| same_reading(judged, &record.target.quote))
    }

    /// Every firm answer that was given on other words, with its record and reviewer.
    pub fn stale_reviews(&self) -> impl Iterator<Item = (&Annotation, &str, &Review)> {
        self.annotations().iter().flat_map(move |record| {
            let reviews = record.reviews.iter();
            reviews
                .filter(move |(_, review)| review.is_firm() && !self.holds(record, review))
                .map(move |(reviewer, review)| (record, reviewer.as_str(), review))
        })
    }

    /// Whether a card is offered and not asked for: suggested only by runs that came after
    /// the reviewer had finished the text. A newer detector never reopens a finished pass.
    pub fn is_offered(&self, record: &Annotation, reviewer: &str) -> bool {
        let Some(pass) = self.pass_of(reviewer) else {
            return false;
        };
        if !pass.finished || pass.text != *self.text() || record.suggestions.is_empty() {
            return false;
        }
        record.status() == Status::Undecided
            && record
                .suggestions
                .iter()
                // What stood below the fold was not shown to whoever finished.
                .filter(|(_, suggestion)| !suggestion.folded)
                .all(|(id, _)| self.run(id).is_some_and(|run| run.at > pass.at))
    }

    /// What merges left to choose about a record and the links that lead from it.
    pub fn card_conflicts(&self, record: &Annotation) -> Vec<OpenConflict> {
        let links = self.links_of(&record.id);
        let own = links.filter(|link| link.from == record.id);
        let mut open = record.open_conflicts();
        open.extend(own.flat_map(Link::open_conflicts));
        open
    }

    /// Whether the words an answer was given on are gone or changed.
    fn question_of_words(&self, record: &Annotation, reviewer: &str) -> Option<Question> {
        let mut standing = record.answers_for(reviewer);
        if standing.all(|review| self.holds(record, review)) {
            return None;
        }
        Some(match record.target.anchor {
            Anchor::Lost => Question::Lost,
            _ => Question::Words,
        })
    }

    /// Whether it is open whom a claim is taken from.
    fn question_of_source(&self, claim: &Annotation, reviewer: &str) -> Option<Question> {
        let link = self.source_link(&claim.id)?;
        if link.status() == Status::Undecided {
            return Some(Question::Source);
        }
        let source = self.annotation(&link.to)?;
        // Taken from somebody who was refused as a source.
        if matches!(source.status(), Status::Rejected | Status::Withdrawn) {
            return Some(Question::Source);
        }
        let mut standing = link.answers_for(reviewer);
        let holds = standing.all(|answer| self.link_holds(link, answer));
        (!holds).then_some(Question::SourceWords)
    }

    /// Whether an answer to a link speaks of the source and the claim as they stand now.
    pub fn link_holds(&self, link: &Link, answer: &Review) -> bool {
        let Some(source) = self.annotation(&link.to) else {
            return false;
        };
        if matches!(source.target.anchor, Anchor::Lost | Anchor::Check) {
            return false;
        }
        if answer.text == *self.text() {
            return true;
        }
        let same = self
            .words_in(source, &answer.text)
            .is_none_or(|judged| same_reading(judged, &source.target.quote));
        same && !self.stands_beside_another(link) && !self.is_said_otherwise(link, &answer.text)
    }

    /// How a claim is taken from its source, then and now, where that changed since it was
    /// agreed to: the words of the source, and of the cue.
    pub fn source_then_and_now(&self, claim: &Annotation) -> Option<(String, String)> {
        let link = self.source_link(&claim.id)?;
        let source = self.annotation(&link.to)?;
        let mut answers = link.reviews.iter().map(|(_, review)| review);
        let answer = answers.find(|answer| !self.link_holds(link, answer))?;
        let said = |source: Option<&Quote>, text: &Id| {
            let source = source.map_or("gone", |quote| quote.exact.as_str());
            match self.cue_in(claim, text) {
                Some(cue) => format!("{source} · “{}”", cue.exact),
                None => source.to_owned(),
            }
        };
        let now = source.target.mark.as_ref().map(|_| &source.target.quote);
        let then = self.words_in(source, &answer.text);
        Some((said(then, &answer.text), said(now, self.text())))
    }

    /// The words a run over a text took for those that attribute a claim.
    fn cue_in<'a>(&'a self, claim: &'a Annotation, text: &Id) -> Option<&'a Quote> {
        claim
            .suggestions
            .iter()
            .rev()
            .find_map(|(id, suggestion)| self.is_of(id, text).then_some(suggestion.cue.as_ref()?))
    }

    /// Whether the claim is attributed with other words than in the text of an answer: where
    /// somebody said it then, she may deny it now.
    fn is_said_otherwise(&self, link: &Link, text: &Id) -> bool {
        let Some(claim) = self.annotation(&link.from) else {
            return false;
        };
        match (self.cue_in(claim, text), self.cue_in(claim, self.text())) {
            (Some(then), Some(now)) => !reads_the_same(&then.exact, &now.exact),
            _ => false,
        }
    }

    /// Whether a run over the current text takes the claim from another source than the
    /// link does, and none takes it from this one.
    fn stands_beside_another(&self, link: &Link) -> bool {
        let of_current = |link: &Link| {
            link.suggestions
                .iter()
                .any(|(id, _)| self.is_of(id, self.text()))
        };
        let key = |id: &Id| self.annotation(id).map(super::source_key);
        let ours = key(&link.to);
        let mut others = self
            .source_links(&link.from)
            .filter(|other| of_current(other));
        let mut beside = false;
        others.all(|other| {
            let is_same = other.id == link.id || key(&other.to) == ours;
            beside |= !is_same;
            !is_same
        }) && beside
    }

    /// The words a record had in a text: those of an answer given in it, else those that a
    /// run over it suggested.
    fn words_in<'a>(&'a self, record: &'a Annotation, text: &Id) -> Option<&'a Quote> {
        let answered = record
            .reviews
            .iter()
            .map(|(_, review)| review)
            .chain(&record.adjudication)
            .filter(|review| review.text == *text)
            .find_map(|review| review.quote.as_ref());
        let suggested = || {
            record
                .suggestions
                .iter()
                .find_map(|(id, suggestion)| self.is_of(id, text).then_some(&suggestion.quote))
        };
        answered.or_else(suggested)
    }
}

/// Whether two quotes read the same: all their words, and the words of their pieces.
fn same_reading(a: &Quote, b: &Quote) -> bool {
    let pieces = || reads_the_same(&a.words("\n"), &b.words("\n"));
    reads_the_same(&a.exact, &b.exact) && (a.gaps.is_empty() && b.gaps.is_empty() || pieces())
}
