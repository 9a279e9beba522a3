//! Answers given on other words: they still hold, or it is judged again.
//!
//! A verdict belongs to the words it was given on. Where the article changed under an answer
//! of mine, nothing moves it to the new words but my own word. Works out plans and changes
//! nothing.

use super::super::Item;
use super::decide::is_lost;
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{Annotation, Decision, Edit, Id, OpenConflict, Question};

impl Session {
    /// The plan by which my answers on the selected card hold for the words that stand there
    /// now: to the record, and to a claim's link and source mention.
    pub(super) fn plan_still_holds(&self, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let name = self.name_of(item);
        if let Some(settled) = self.plan_settle(annotation, &name, |conflict| {
            conflict.in_use.unwrap_or(conflict.sides.len() - 1)
        }) {
            return Ok(settled);
        }
        let records = match item {
            Item::Claim(_) => vec![annotation],
            Item::Source(_) => self.mentions(annotation),
        };
        if records.iter().all(|record| is_lost(record)) {
            return Err(super::decide::LOST.to_owned());
        }
        let mut edits: Vec<Edit> = records
            .into_iter()
            .filter(|record| !is_lost(record))
            .flat_map(|record| self.holding_on(record, moment))
            .collect();
        if let Item::Claim(id) = item {
            edits.extend(self.holding_on_to_source(id, moment));
        }
        if edits.is_empty() {
            return Err(match self.questions(&annotation.id).first() {
                Some(Question::SourceWords) => {
                    "its source is gone from the article: link another".to_owned()
                }
                _ => "nothing changed under an answer here".to_owned(),
            });
        }
        Ok(Plan::new(format!("{name}: still holds"), edits))
    }

    /// The plan by which I take my answer up anew: what was said on the old words is kept
    /// as judged before, and the record is open again.
    pub(super) fn plan_judge_again(&self, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let name = self.name_of(item);
        if let Some(settled) = self.plan_settle(annotation, &name, |conflict| {
            let in_use = conflict.in_use.unwrap_or(conflict.sides.len() - 1);
            (in_use + 1) % conflict.sides.len()
        }) {
            return Ok(settled);
        }
        if is_lost(annotation) {
            return Err(super::decide::LOST.to_owned());
        }
        let mine = self
            .mine(annotation)
            .ok_or("there is no answer of yours: confirm or reject it")?;
        if !self.is_stale(annotation) {
            return Err("nothing changed under your answer: give another one".to_owned());
        }
        let mut review = self.bare_review(Some(mine), Decision::Unsure, moment);
        review.kind = Some(annotation.kind.clone());
        review.kinds = mine.kinds.clone();
        review.verdict = None;
        review.quote = Some(annotation.target.quote.clone());
        self.keep_judged(annotation, &mut review);
        let mut edits: Vec<Edit> = self.answering(annotation, review).into_iter().collect();
        edits.extend(self.placing(annotation));
        let label = format!("{name} is open again; what was judged before is kept");
        Ok(Plan::new(label, edits))
    }

    /// The plan that settles what a merge left to choose about a card with the side chosen;
    /// nothing if there is no such thing.
    fn plan_settle(
        &self,
        annotation: &Annotation,
        name: &str,
        choose: impl Fn(&OpenConflict) -> usize,
    ) -> Option<Plan> {
        let mut open = self.document.card_conflicts(annotation);
        open.retain(|conflict| !conflict.sides.is_empty());
        let edits: Vec<Edit> = open
            .iter()
            .filter_map(|conflict| self.document.settle(conflict, choose(conflict)))
            .collect();
        if edits.is_empty() {
            return None;
        }
        Some(Plan::new(
            format!("{name}: one of two answers chosen"),
            edits,
        ))
    }

    /// Refuses to change an answer that was given on other words: whether it still holds
    /// comes first, or the change would carry it to words nobody judged.
    pub(super) fn refuse_stale(&self, record: &Annotation) -> Result<(), String> {
        if !is_lost(record) && self.is_stale(record) {
            return Err("its words changed since your answer: does it still hold, or is it to be judged again?".to_owned());
        }
        Ok(())
    }

    /// The edits by which my answer to a record holds for its words now; another's answer
    /// that does not hold is taken for nothing, and mine confirms.
    fn holding_on(&self, record: &Annotation, moment: &Moment) -> Vec<Edit> {
        let open = self.questions(&record.id);
        if !open.contains(&Question::Words) {
            return Vec::new();
        }
        match self.my_decision(record) {
            Some(Decision::Reject | Decision::Withdraw) => self.denying(record, moment),
            Some(Decision::Unsure) => {
                let mut review = self.bare_review(self.mine(record), Decision::Unsure, moment);
                review.kind = Some(record.kind.clone());
                review.quote = Some(record.target.quote.clone());
                let answer = self.answering(record, review);
                answer.into_iter().chain(self.placing(record)).collect()
            }
            _ => self.affirming(record, moment),
        }
    }

    fn holding_on_to_source(&self, claim: &Id, moment: &Moment) -> Vec<Edit> {
        let mut edits = Vec::new();
        let Some(link) = self.document.source_link(claim) else {
            return edits;
        };
        let source = self.document.annotation(&link.to);
        let Some(source) = source.filter(|source| !is_lost(source)) else {
            return edits;
        };
        let open = self.questions(claim);
        if !open.contains(&Question::SourceWords) {
            return edits;
        }
        let mine = link.review_of(&self.reviewer);
        let decision = match mine.and_then(|mine| mine.decision.known()) {
            Some(Decision::Add) => Decision::Add,
            _ => Decision::Confirm,
        };
        edits.push(self.link_answer(link, decision, moment));
        let answered = self.mine(source).is_some();
        if answered && self.is_stale(source) {
            edits.extend(self.affirming(source, moment));
        } else {
            edits.extend(self.placing(source));
        }
        edits
    }
}
