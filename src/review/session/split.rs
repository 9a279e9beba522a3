//! A claim cut in two, and two claims made one.
//!
//! Works out plans and changes nothing. The first of two keeps the record with all that hangs on
//! it; the other one says where it comes from. A verdict belongs to the words it was given on:
//! it goes over to no part and to no whole, and is kept as judged before.

use super::super::{Cut, Item};
use super::answer::note_judged;
use super::attach::evidence_id;
use super::decide::LOST;
use super::link::{SOURCE_NAME, is_open_to_use};
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{
    Annotation, Decision, Edit, Id, JOINED_FROM, RecordKind, Review, SPLIT_FROM, Target, VOICE,
};
use crate::text::Mark;
use serde_json::Value;

/// The attribute with the claim in somebody's own words.
const CLAIM_TEXT: &str = "claim_text";

impl Session {
    pub(super) fn plan_split(&self, cut: Cut, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        let mark = claim.target.mark.as_ref().ok_or(LOST)?;
        self.refuse_stale(claim)?;
        let (first, second) = self.ground().cut(mark, cut).ok_or(match cut {
            Cut::Clause => "no clause ends inside it: a hint says where",
            Cut::Before(_) => "it cannot be cut there",
        })?;
        let name = self.name_of(&Item::Claim(claim.id.clone()));
        let words = super::shortened(&self.article.words(&second));
        let mut edits = self.standing_on(claim, first, moment, |_| ());
        match self.standing_at(RecordKind::Claim, &second) {
            Some(known) => edits.extend(self.affirming(known, moment)),
            None => edits.extend(self.split_off(claim, second, moment)),
        }
        Ok(Plan::new(format!("{name} split before “{words}”"), edits))
    }

    pub(super) fn plan_join(&self, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        let mark = claim.target.mark.as_ref().ok_or(LOST)?;
        self.refuse_stale(claim)?;
        let next = self
            .next_in_text(claim)
            .ok_or("no claim follows it in the text")?;
        self.refuse_stale(next)?;
        let after = next.target.mark.as_ref().ok_or(LOST)?;
        if !self.ground().is_one_paragraph(mark.end(), after.start()) {
            return Err("the next claim stands in another paragraph".to_owned());
        }
        let whole = self.ground().joined(mark, after).ok_or("that is blank")?;
        let named = |claim: &Annotation| self.name_of(&Item::Claim(claim.id.clone()));
        let label = format!("{} joined with {}", named(claim), named(next));
        let theirs = self.mine(next).and_then(|mine| mine.note.as_deref());
        let mut edits = self.standing_on(claim, whole, moment, |review| {
            let more = self.my_kinds(next).iter();
            let more: Vec<_> = more.filter(|kind| !review.kinds.contains(kind)).collect();
            review.kinds.extend(more.into_iter().cloned());
            review.note = both(review.note.as_deref(), theirs);
        });
        edits.extend(self.taking_over(claim, next, moment));
        edits.extend(self.denying(next, moment));
        let from = claim.unknown.get(JOINED_FROM).and_then(Value::as_array);
        let mut from = from.cloned().unwrap_or_default();
        let joined = Value::from(next.id.as_str());
        if !from.contains(&joined) {
            from.push(joined);
        }
        edits.push(Edit::Field {
            annotation: claim.id.clone(),
            name: JOINED_FROM.to_owned(),
            value: Some(from.into()),
        });
        Ok(Plan::new(label, edits))
    }

    /// The edits by which I stand behind a claim on other words, with what my answer says
    /// besides: its verdict and its words in my own were about those before.
    fn standing_on(
        &self,
        claim: &Annotation,
        mark: Mark,
        moment: &Moment,
        besides: impl FnOnce(&mut Review),
    ) -> Vec<Edit> {
        let target = Target::at(&self.article, mark);
        let kinds = self.my_kinds(claim).to_vec();
        let mut review = self.affirmation(claim, target.quote.clone(), kinds, moment);
        if let Some(mine) = self.mine(claim)
            && review.verdict.take().is_some()
        {
            note_judged(mine, &mut review);
        }
        besides(&mut review);
        let mut edits: Vec<Edit> = self.answering(claim, review).into_iter().collect();
        edits.push(Edit::Target {
            annotation: claim.id.clone(),
            target,
        });
        if claim.attributes.contains_key(CLAIM_TEXT) {
            edits.push(Edit::Attribute {
                annotation: claim.id.clone(),
                name: CLAIM_TEXT.to_owned(),
                value: None,
            });
        }
        edits.extend(self.agreeing(claim, moment));
        edits
    }

    /// The edits that add the second part of a claim, in its voice and from its source.
    fn split_off(&self, claim: &Annotation, mark: Mark, moment: &Moment) -> Vec<Edit> {
        let mut part = self.addition(RecordKind::Claim, mark, moment);
        for (_, review) in &mut part.reviews {
            review.kinds = self.my_kinds(claim).to_vec();
            let voice = claim.voice().map(Value::from);
            review
                .unknown
                .extend(voice.map(|voice| (VOICE.to_owned(), voice)));
        }
        let whole = Value::from(claim.id.as_str());
        part.unknown.insert(SPLIT_FROM.to_owned(), whole);
        if let Some(name) = claim.attributes.get(SOURCE_NAME) {
            part.attributes.insert(SOURCE_NAME.to_owned(), name.clone());
        }
        let source = self.document.source_link(&claim.id);
        let link = source.map(|link| self.new_link(&part, &link.to, moment));
        let added = Edit::Annotation {
            id: part.id.clone(),
            annotation: Some(Box::new(part)),
        };
        std::iter::once(added).chain(link).collect()
    }

    /// The claim that comes next in the text of those that stand and are in sight.
    fn next_in_text(&self, claim: &Annotation) -> Option<&Annotation> {
        let place = |record: &Annotation| {
            let mark = record.target.mark.as_ref()?;
            Some((mark.start(), mark.end(), record.id.clone()))
        };
        let here = place(claim)?;
        let in_sight = |record: &&Annotation| {
            let folded = self.index.counted(&record.id).folded && !self.shows_folded;
            let status = self.index.status(&record.id);
            // What I said no to is none of it, whoever holds on to it.
            let refused = self.my_decision(record).is_some_and(Decision::refuses);
            record.is_claim() && !folded && !refused && is_open_to_use(status)
        };
        let claims = self.document.annotations().iter().filter(in_sight);
        claims
            .filter_map(|record| Some((place(record)?, record)))
            .filter(|(there, _)| *there > here)
            .min_by(|(a, _), (b, _)| a.cmp(b))
            .map(|(_, record)| record)
    }

    /// The edits that take over what hangs on a claim that is joined to another: evidence,
    /// tags, and its source where the other has none.
    fn taking_over(&self, claim: &Annotation, from: &Annotation, moment: &Moment) -> Vec<Edit> {
        let mut taken: Vec<&Id> = claim.evidence.iter().map(|(id, _)| id).collect();
        let mut edits = Vec::new();
        for (id, piece) in &from.evidence {
            let known = claim.evidence.iter().any(|(_, known)| known == piece);
            if known {
                continue;
            }
            let free = match taken.contains(&id) {
                true => evidence_id(moment.fresh, |id| {
                    let own = from.evidence.iter().map(|(id, _)| id);
                    own.chain(taken.iter().copied()).any(|known| known == id)
                }),
                false => id.clone(),
            };
            taken.push(id);
            edits.push(Edit::Evidence {
                annotation: claim.id.clone(),
                id: free,
                evidence: Some(piece.clone()),
            });
        }
        edits.extend(more_tags(claim, from));
        if self.document.source_link(&claim.id).is_none()
            && !claim.attributes.contains_key(SOURCE_NAME)
            && let Some(link) = self.document.source_link(&from.id)
            && !self
                .document
                .source_links(&claim.id)
                .any(|own| own.to == link.to)
        {
            edits.push(self.new_link(claim, &link.to, moment));
        }
        edits
    }
}

/// One note of two.
fn both(first: Option<&str>, second: Option<&str>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => Some(format!("{first}\n{second}")),
        (first, second) => first.or(second).map(str::to_owned),
    }
}

/// The edit that gives a claim the tags of another, if it lacks some.
fn more_tags(claim: &Annotation, from: &Annotation) -> Option<Edit> {
    let mut tags: Vec<&str> = claim.tags().collect();
    let own = tags.len();
    tags.extend(
        from.tags()
            .filter(|tag| !claim.tags().any(|own| own == *tag)),
    );
    (tags.len() > own).then(|| Edit::Attribute {
        annotation: claim.id.clone(),
        name: "tags".to_owned(),
        value: Some(tags.into()),
    })
}
