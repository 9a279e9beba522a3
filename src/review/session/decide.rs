//! Answers: confirm, reject, second look, taking back, the same for equal texts.
//!
//! Works out plans and changes nothing. An answer is always whole: kind, words, kinds, with
//! my earlier verdict, note and unknown fields kept.

use super::super::{Decide, Item, NewSource};
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{Annotation, Decision, Edit, Id, Link, SECOND_LOOK, Status};
use serde_json::Value;

impl Session {
    pub(super) fn plan_confirm(&self, moment: &Moment) -> Planned {
        let (item, _) = self.subject()?;
        let label = format!("{} confirmed", self.name_of(item));
        Ok(Plan::new(label, self.confirming(item, moment)?))
    }

    /// The edits that confirm a card, or a source.
    pub(super) fn confirming(&self, item: &Item, moment: &Moment) -> Result<Vec<Edit>, String> {
        let annotation = self.record_of(item)?;
        let has_verdict = self.mine(annotation).is_some_and(|m| m.verdict.is_some());
        if has_verdict {
            // A confirmation would give the old verdict to new words.
            self.refuse_stale(annotation)?;
        }
        match item {
            Item::Claim(_) => self.confirming_card(annotation, None, moment),
            Item::Source(_) => {
                let mentions = self.mentions_to_decide(annotation);
                if mentions.iter().all(|mention| is_lost(mention)) {
                    return Err(LOST.to_owned());
                }
                let mentions = mentions.into_iter().filter(|mention| !is_lost(mention));
                Ok(mentions
                    .flat_map(|mention| self.affirming(mention, moment))
                    .collect())
            }
        }
    }

    pub(super) fn plan_reject(&self, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let verb = match self.refusal(annotation) {
            Decision::Withdraw => "withdrawn",
            _ => "rejected",
        };
        let label = format!("{} {verb}", self.name_of(item));
        let (edits, claims) = self.rejecting(item, moment)?;
        let plan = Plan::new(label, edits);
        Ok(match claims {
            0 => plan,
            1 => plan.saying("no source; 1 claim is taken from nobody now"),
            many => plan.saying(format!(
                "no source; {many} claims are taken from nobody now"
            )),
        })
    }

    /// The edits that reject a claim, or a source, and how many claims lose that source.
    pub(super) fn rejecting(
        &self,
        item: &Item,
        moment: &Moment,
    ) -> Result<(Vec<Edit>, usize), String> {
        let annotation = self.record_of(item)?;
        if let Item::Claim(_) = item {
            return Ok((self.denying(annotation, moment), 0));
        }
        let mentions = self.mentions_to_decide(annotation);
        let (links, claims) = self.letting_go_of_source(&mentions, moment);
        let mut edits: Vec<Edit> = mentions
            .into_iter()
            .flat_map(|mention| self.denying(mention, moment))
            .collect();
        edits.extend(links);
        Ok((edits, claims))
    }

    pub(super) fn plan_second_look(&self, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let name = self.name_of(item);
        let records = match item {
            Item::Claim(_) => vec![annotation],
            Item::Source(_) => self.mentions(annotation),
        };
        let mine = self.my_decision(annotation);
        if mine.is_some_and(|decision| decision != Decision::Unsure) {
            return Ok(self.plan_flag(annotation, &name));
        }
        if mine != Some(Decision::Unsure) {
            let records = match item {
                Item::Claim(_) => records,
                Item::Source(_) => self.mentions_to_decide(annotation),
            };
            let edits = records
                .into_iter()
                .filter_map(|record| {
                    let mut review = self.bare_review(self.mine(record), Decision::Unsure, moment);
                    review.kind = Some(record.kind.clone());
                    review.kinds = self.my_kinds(record).to_vec();
                    self.answering(record, review)
                })
                .collect();
            return Ok(Plan::new(format!("second look at {name}"), edits));
        }
        let unsure: Vec<&Annotation> = records
            .into_iter()
            .filter(|record| self.my_decision(record) == Some(Decision::Unsure))
            .collect();
        let kept = |record: &&Annotation| {
            self.mine(record)
                .is_some_and(|mine| mine.note.is_some() || mine.verdict.is_some())
        };
        if unsure.iter().any(kept) {
            return Err("your note or verdict needs an answer: confirm or reject it".to_owned());
        }
        let edits = unsure
            .into_iter()
            .flat_map(|record| self.taking_back(record))
            .collect();
        Ok(Plan::new(format!("no second look at {name}"), edits))
    }

    /// A second look at what has an answer is a flag beside it: the answer stays.
    fn plan_flag(&self, annotation: &Annotation, name: &str) -> Plan {
        let wanted = annotation.wants_second_look();
        let edit = Edit::Attribute {
            annotation: annotation.id.clone(),
            name: SECOND_LOOK.to_owned(),
            value: (!wanted).then_some(Value::Bool(true)),
        };
        let label = if wanted {
            "no second look at"
        } else {
            "second look at"
        };
        Plan::new(format!("{label} {name}; your answer stays"), vec![edit])
    }

    pub(super) fn plan_clear(&self) -> Planned {
        let (item, annotation) = self.subject()?;
        let records = match item {
            Item::Claim(_) => vec![annotation],
            Item::Source(_) => self.mentions(annotation),
        };
        let added = |record: &&Annotation| self.is_my_own(record);
        if records.iter().any(added) {
            return Err("you added this yourself: reject takes it back".to_owned());
        }
        let mut edits: Vec<Edit> = records
            .iter()
            .flat_map(|record| self.taking_back(record))
            .collect();
        if edits.is_empty() {
            return Err("there is no answer of yours to take back".to_owned());
        }
        if let Item::Claim(id) = item {
            edits.extend(self.taking_back_card(id));
        }
        let label = format!("answer to {} taken back", self.name_of(item));
        Ok(Plan::new(label, edits))
    }

    pub(super) fn plan_same_for_equal(&self, moment: &Moment) -> Planned {
        let pattern = self
            .pattern()
            .ok_or("answer one first, then give the same to its equals")?;
        let mine = self
            .mine(pattern)
            .ok_or("answer one first, then give the same to its equals")?;
        let equals = self.undecided_equals(pattern);
        let words = shortened_words(pattern);
        if equals.is_empty() {
            return Err(format!("no other undecided “{words}”"));
        }
        let count = equals.len();
        let decision = mine.decision.known().unwrap_or(Decision::Unsure);
        let done = match decision {
            Decision::Confirm | Decision::Correct | Decision::Add => "confirmed",
            Decision::Reject | Decision::Withdraw => "rejected",
            Decision::Unsure => "second look wanted at",
        };
        let edits = equals
            .into_iter()
            .filter_map(|record| {
                let mut review = match decision {
                    Decision::Confirm | Decision::Correct | Decision::Add => {
                        let quote = record.target.quote.clone();
                        let kinds = mine.kinds.clone();
                        self.affirmation(record, quote, kinds, moment)
                    }
                    Decision::Reject | Decision::Withdraw => self.denial(record, moment),
                    Decision::Unsure => {
                        let earlier = self.mine(record);
                        let mut review = self.bare_review(earlier, Decision::Unsure, moment);
                        review.kind = Some(record.kind.clone());
                        review
                    }
                };
                review.verdict = mine.verdict.clone().or(review.verdict);
                self.answering(record, review)
            })
            .collect();
        let label = format!("{done} {count} more “{words}”");
        Ok(Plan::new(label, edits))
    }

    /// How many undecided items [`Decide::SameForEqual`] would decide.
    pub fn equal_count(&self) -> usize {
        self.pattern()
            .map_or(0, |pattern| self.undecided_equals(pattern).len())
    }

    /// Whose answer is given to its equals: what is selected if I answered it, else what I
    /// answered last, because a decision goes on to the next item.
    fn pattern(&self) -> Option<&Annotation> {
        let answered = |annotation: &&Annotation| self.mine(annotation).is_some();
        self.selected_annotation().filter(answered).or_else(|| {
            let last = self.last_answered.as_ref()?;
            self.document.annotation(last).filter(answered)
        })
    }

    fn undecided_equals(&self, pattern: &Annotation) -> Vec<&Annotation> {
        self.index
            .equal_to(pattern)
            .iter()
            .filter(|id| **id != pattern.id && self.index.status(id).is_open())
            // What nobody is shown is not decided behind her back.
            .filter(|id| self.shows_folded || !self.index.counted(id).folded)
            .filter_map(|id| self.document.annotation(id))
            .filter(|record| !is_lost(record))
            .collect()
    }

    /// The edits that confirm a claim with its link and source mention, those of them that
    /// are undecided; `verdict` goes into my answer.
    pub(super) fn confirming_card(
        &self,
        claim: &Annotation,
        verdict: Option<&str>,
        moment: &Moment,
    ) -> Result<Vec<Edit>, String> {
        if is_lost(claim) {
            return Err(LOST.to_owned());
        }
        let quote = claim.target.quote.clone();
        let kinds = self.my_kinds(claim).to_vec();
        let mut review = self.affirmation(claim, quote, kinds, moment);
        if verdict.is_some() {
            review.verdict = verdict.map(str::to_owned);
        }
        let mut edits: Vec<Edit> = self.answering(claim, review).into_iter().collect();
        edits.extend(self.placing(claim));
        edits.extend(self.agreeing(claim, moment));
        Ok(edits)
    }

    /// The edits that agree with what a claim's card says besides its words: the link and
    /// the source mention, those of them that I gave no answer to. A correction agrees with them
    /// as a confirmation does, for they were on the same card.
    pub(super) fn agreeing(&self, claim: &Annotation, moment: &Moment) -> Vec<Edit> {
        let mut edits = Vec::new();
        let Some(link) = self.document.source_link(&claim.id) else {
            return edits;
        };
        let source = self.document.annotation(&link.to);
        // Nobody can agree with words that are gone: that stays a question.
        let Some(source) = source.filter(|source| !is_lost(source)) else {
            return edits;
        };
        // What others agreed with I agree with by an answer of my own: theirs speaks for them.
        let agrees = |status: Status| status == Status::Undecided || status.is_verified();
        if link.review_of(&self.reviewer).is_none() && agrees(link.status()) {
            edits.push(self.link_answer(link, Decision::Confirm, moment));
        }
        if self.mine(source).is_none() && agrees(source.status()) {
            edits.extend(self.affirming(source, moment));
        }
        edits
    }

    /// My answer to a link.
    pub(super) fn link_answer(&self, link: &Link, decision: Decision, moment: &Moment) -> Edit {
        let review = self.bare_review(link.review_of(&self.reviewer), decision, moment);
        Edit::LinkReview {
            link: link.id.clone(),
            reviewer: self.reviewer.clone(),
            review: Some(review),
        }
    }

    /// All mentions of the source a mention belongs to.
    pub(super) fn mentions(&self, mention: &Annotation) -> Vec<&Annotation> {
        let row = self.index.row(&mention.id);
        let ids = row.map_or(&[][..], |row| row.mentions.as_slice());
        ids.iter()
            .filter_map(|id| self.document.annotation(id))
            .collect()
    }

    /// The mentions a decision on the source is about: the open ones, else all.
    fn mentions_to_decide(&self, mention: &Annotation) -> Vec<&Annotation> {
        let all = self.mentions(mention);
        let open: Vec<&Annotation> = all
            .iter()
            .copied()
            .filter(|record| !self.questions(&record.id).is_empty())
            .collect();
        if open.is_empty() { all } else { open }
    }

    /// What confirming the card added besides: my confirmations of its link, and of the
    /// source mention if no other claim I answered is taken from it.
    fn taking_back_card(&self, claim: &Id) -> Vec<Edit> {
        let confirmed = |decision: Option<Decision>| decision == Some(Decision::Confirm);
        let Some(link) = self.document.source_link(claim) else {
            return Vec::new();
        };
        let mine = link.review_of(&self.reviewer);
        if !confirmed(mine.and_then(|mine| mine.decision.known())) {
            return Vec::new();
        }
        let mut edits = vec![Edit::LinkReview {
            link: link.id.clone(),
            reviewer: self.reviewer.clone(),
            review: None,
        }];
        let needed = self
            .document
            .claims_of(&link.to)
            .any(|other| other.id != *claim && self.mine(other).is_some());
        let source = self.document.annotation(&link.to);
        if let Some(source) = source.filter(|s| !needed && confirmed(self.my_decision(s))) {
            edits.extend(self.taking_back(source));
        }
        edits
    }

    /// Remembers whose answer a change gave, for giving the same to its equals.
    pub(super) fn remember_answer(&mut self, edit: &Edit) {
        let selected = self.selected.as_ref().map(Item::id);
        let answered = edit
            .annotations()
            .into_iter()
            .any(|id| Some(id) == selected);
        let mine = self
            .selected_annotation()
            .is_some_and(|a| self.mine(a).is_some());
        if answered && mine {
            self.last_answered = selected.cloned();
        }
    }

    /// The decision as it is made again by [`Decide::Repeat`]; `None` for what belongs to one
    /// place in the article.
    pub(super) fn repeatable(&self, decide: Decide) -> Option<Decide> {
        use super::super::Step;
        match decide {
            Decide::Confirm
            | Decide::Reject
            | Decide::SecondLook
            | Decide::Clear
            | Decide::SetKind(_)
            | Decide::ToggleKind(_)
            | Decide::SetVoice(_)
            | Decide::Verdict(_)
            | Decide::Note(_)
            | Decide::Tag(_)
            | Decide::AddEvidence(_) => Some(decide),
            Decide::Adjust(_, Step::To(_)) => None,
            Decide::Adjust(..) => Some(decide),
            // Whoever was chosen, not whoever is nearest to the next claim.
            Decide::Link(NewSource::Top | NewSource::Mark(_)) => {
                let claim = self.claim_subject().ok()?;
                let source = self.document.source_of(&claim.id)?;
                Some(Decide::Link(NewSource::Mention(source.id.clone())))
            }
            Decide::Link(_) => Some(decide),
            _ => None,
        }
    }
}

pub(super) const LOST: &str = "its words are gone from the article: reject it";

/// Whether its words are no longer in the article.
pub(super) fn is_lost(record: &Annotation) -> bool {
    record.target.mark.is_none()
}

fn shortened_words(record: &Annotation) -> String {
    super::shortened(&record.target.quote.exact)
}
