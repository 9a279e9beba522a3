//! Whom a claim is taken from.
//!
//! Works out plans and changes nothing. A claim has one source that holds: choosing another
//! rejects the links that held before, in the same act.

use rustc_hash::FxHashMap;

use super::super::{Item, NewSource};
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{
    Annotation, Decision, Edit, Id, Link, RecordKind, Status, is_bare_pronoun, link_id, source_key,
};

/// The claim's attribute that names a source the article does not mention. A link needs a
/// mention to point at, so such a source is a name and no record.
pub(super) const SOURCE_NAME: &str = "source_name";

/// One for every letter.
const MOST_CANDIDATES: usize = 26;

impl Session {
    /// Mentions the selected claim may be taken from: the suggested one first, then the
    /// nearest mention of every other source, 26 at most; without those of which no more than a
    /// pronoun is known, unless it is what the claim is taken from. Empty unless a claim is selected.
    pub fn source_candidates(&self) -> Vec<Id> {
        let Ok(claim) = self.claim_subject() else {
            return Vec::new();
        };
        let mut candidates = Vec::new();
        let mut taken: FxHashMap<String, ()> = FxHashMap::default();
        let holding = self.document.source_link(&claim.id).map(|link| &link.to);
        let suggested = self
            .document
            .source_links(&claim.id)
            .filter(|link| !link.suggestions.is_empty() && is_open_to_use(link.status()))
            .map(|link| &link.to);
        let first = holding.into_iter().chain(suggested);
        let first = first.filter_map(|id| self.document.annotation(id));
        let holds = |mention: &Annotation| Some(&mention.id) == holding;
        for mention in first.filter(|source| holds(source) || !is_bare_pronoun(source)) {
            if taken.insert(source_key(mention), ()).is_none() {
                candidates.push(mention.id.clone());
            }
        }
        let Some(here) = claim.target.mark.as_ref().map(|mark| mark.hull()) else {
            return candidates;
        };
        let mut near: Vec<(usize, &Annotation)> = self
            .document
            .annotations()
            .iter()
            .filter(|a| a.is_source() && is_open_to_use(self.index.status(&a.id)))
            .filter(|source| !is_bare_pronoun(source))
            .filter_map(|a| {
                let there = a.target.mark.as_ref()?.hull();
                let apart = here
                    .start
                    .saturating_sub(there.end)
                    .max(there.start.saturating_sub(here.end));
                Some((apart, a))
            })
            .collect();
        near.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        for (_, mention) in near {
            if candidates.len() >= MOST_CANDIDATES {
                break;
            }
            if taken.insert(source_key(mention), ()).is_none() {
                candidates.push(mention.id.clone());
            }
        }
        candidates
    }

    pub(super) fn plan_link(&self, to: &NewSource, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        match to {
            NewSource::Top => {
                let top = self.source_candidates();
                let top = top.first().ok_or("no source is marked in this article")?;
                self.plan_link_to(claim, top, moment)
            }
            NewSource::Mention(id) => self.plan_link_to(claim, id, moment),
            NewSource::Mark(mark) => {
                let mark = self.tidy(mark.pieces())?;
                match self.standing_at(RecordKind::Source, &mark) {
                    Some(known) => self.plan_link_to(claim, &known.id, moment),
                    None => {
                        let source = self.addition(RecordKind::Source, mark, moment);
                        let name = super::shortened(&source.target.quote.exact);
                        let mut edits = self.letting_go(claim, None, moment);
                        edits.push(Edit::Annotation {
                            id: source.id.clone(),
                            annotation: Some(Box::new(source.clone())),
                        });
                        edits.push(self.new_link(claim, &source.id, moment));
                        Ok(Plan::new(self.link_label(claim, &name), edits))
                    }
                }
            }
            NewSource::Named(name) => {
                let name = name.trim();
                if name.is_empty() {
                    return Err("a name, please".to_owned());
                }
                let mut edits = self.letting_go(claim, None, moment);
                edits.retain(|edit| !matches!(edit, Edit::Attribute { .. }));
                if claim.attribute(SOURCE_NAME) != Some(name) {
                    edits.push(source_name(claim, Some(name)));
                }
                let label = self.link_label(claim, &super::shortened(name));
                Ok(Plan::new(label, edits))
            }
            NewSource::Nobody => {
                let edits = self.letting_go(claim, None, moment);
                if edits.is_empty() {
                    return Err("it is taken from nobody already".to_owned());
                }
                let name = self.name_of(&Item::Claim(claim.id.clone()));
                Ok(Plan::new(format!("{name} linked to nobody"), edits))
            }
        }
    }

    fn plan_link_to(&self, claim: &Annotation, to: &Id, moment: &Moment) -> Planned {
        let source = self
            .document
            .annotation(to)
            .filter(|record| record.is_source())
            .ok_or("that is no source")?;
        let mut edits = self.letting_go(claim, Some(to), moment);
        let known = self
            .document
            .source_links(&claim.id)
            .find(|link| link.to == *to);
        match known {
            Some(link) => {
                let mine = link.review_of(&self.reviewer);
                let mine = mine.and_then(|mine| mine.decision.known());
                let own = matches!(mine, Some(Decision::Add | Decision::Withdraw));
                let decision = if own {
                    Decision::Add
                } else {
                    Decision::Confirm
                };
                // Given anew where the article changed under it.
                let current = link
                    .review_of(&self.reviewer)
                    .is_some_and(|mine| mine.text == *self.document.text());
                if mine != Some(decision) || !current {
                    edits.push(self.link_answer(link, decision, moment));
                }
            }
            None => edits.push(self.new_link(claim, to, moment)),
        }
        // Whoever takes a claim from it says that it is a source.
        if self.index.status(to) == Status::Undecided && source.target.mark.is_some() {
            edits.extend(self.affirming(source, moment));
        }
        let label = self.link_label(claim, &self.source_name(to));
        Ok(Plan::new(label, edits))
    }

    fn link_label(&self, claim: &Annotation, name: &str) -> String {
        let claim = self.name_of(&Item::Claim(claim.id.clone()));
        format!("{claim} linked to {name}")
    }

    /// The edits after which no claim is taken from these mentions, and how many claims were.
    pub(super) fn letting_go_of_source(
        &self,
        mentions: &[&Annotation],
        moment: &Moment,
    ) -> (Vec<Edit>, usize) {
        let links: Vec<&Link> = mentions
            .iter()
            .flat_map(|mention| self.document.claim_links(&mention.id))
            .filter(|link| is_open_to_use(link.status()))
            .collect();
        let edits: Vec<Edit> = links
            .into_iter()
            .filter_map(|link| self.letting_go_of(link, moment))
            .collect();
        let count = edits.len();
        (edits, count)
    }

    fn letting_go_of(&self, link: &Link, moment: &Moment) -> Option<Edit> {
        let mine = link.review_of(&self.reviewer);
        let decision = match mine.and_then(|mine| mine.decision.known()) {
            // Another reviewer holds on to it; I have let go already.
            Some(Decision::Reject | Decision::Withdraw) => return None,
            Some(Decision::Add) if link.suggestions.is_empty() => Decision::Withdraw,
            _ => Decision::Reject,
        };
        Some(self.link_answer(link, decision, moment))
    }

    pub(super) fn new_link(&self, claim: &Annotation, to: &Id, moment: &Moment) -> Edit {
        let id = link_id(Link::ATTRIBUTED_TO, &claim.id, to);
        let review = self.bare_review(None, Decision::Add, moment);
        Edit::Link {
            id: id.clone(),
            link: Some(Box::new(Link {
                id,
                link_type: Link::ATTRIBUTED_TO.to_owned(),
                from: claim.id.clone(),
                to: to.clone(),
                suggestions: Vec::new(),
                reviews: vec![(self.reviewer.clone(), review)],
                conflicts: serde_json::Map::new(),
                unknown: serde_json::Map::new(),
            })),
        }
    }

    /// The edits after which the claim is taken from nobody but `keep`.
    fn letting_go(&self, claim: &Annotation, keep: Option<&Id>, moment: &Moment) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self
            .document
            .source_links(&claim.id)
            .filter(|link| Some(&link.to) != keep && is_open_to_use(link.status()))
            .filter_map(|link| self.letting_go_of(link, moment))
            .collect();
        if claim.attributes.contains_key(SOURCE_NAME) {
            edits.push(source_name(claim, None));
        }
        edits
    }
}

fn source_name(claim: &Annotation, name: Option<&str>) -> Edit {
    Edit::Attribute {
        annotation: claim.id.clone(),
        name: SOURCE_NAME.to_owned(),
        value: name.map(Into::into),
    }
}

/// Whether it is not refused by whoever decided.
pub(super) fn is_open_to_use(status: Status) -> bool {
    !matches!(status, Status::Rejected | Status::Withdrawn)
}
