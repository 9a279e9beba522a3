//! What hangs on a record or the article: verdict, note, evidence, tags, the reviewer's own
//! words.
//!
//! Works out plans and changes nothing.

use serde_json::Value;

use super::super::{Item, NewEvidence};
use super::decide::{LOST, is_lost};
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{Decision, Edit, Evidence, Id};
use crate::text::Open;

impl Session {
    pub(super) fn plan_verdict(&self, verdict: Option<&str>, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        let name = self.name_of(&Item::Claim(claim.id.clone()));
        let mine = self.mine(claim);
        let Some(verdict) = verdict.map(str::trim).filter(|v| !v.is_empty()) else {
            let mut review = mine
                .filter(|mine| mine.verdict.is_some())
                .ok_or("there is no verdict of yours to take back")?
                .clone();
            review.verdict = None;
            review.at = moment.now.clone();
            let edits = self.answering(claim, review).into_iter().collect();
            return Ok(Plan::new(format!("{name}: verdict taken back"), edits));
        };
        if is_lost(claim) {
            return Err(LOST.to_owned());
        }
        let decision = self.my_decision(claim);
        if decision.is_some_and(Decision::refuses) {
            return Err("you said that it is no claim: confirm it before its verdict".to_owned());
        }
        // A verdict is given on the words that stand there now, whatever it was given on
        // before, and a verdict on what is undecided or unsure confirms it.
        if decision.is_none_or(|decision| decision == Decision::Unsure) {
            let label = format!("{name} confirmed with the verdict {verdict}");
            return Ok(Plan::new(
                label,
                self.confirming_card(claim, Some(verdict), moment)?,
            ));
        }
        let quote = claim.target.quote.clone();
        let kinds = self.my_kinds(claim).to_vec();
        let mut review = self.affirmation(claim, quote, kinds, moment);
        review.verdict = Some(verdict.to_owned());
        let answer = self.answering(claim, review);
        let edits = answer.into_iter().chain(self.placing(claim)).collect();
        Ok(Plan::new(format!("{name}: verdict {verdict}"), edits))
    }

    pub(super) fn plan_note(&self, note: &str, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let name = self.name_of(item);
        let note = Some(note.trim())
            .filter(|note| !note.is_empty())
            .map(str::to_owned);
        let label = match note {
            Some(_) => format!("{name}: note written"),
            None => format!("{name}: note taken away"),
        };
        let (review, say) = match self.mine(annotation) {
            Some(mine) => {
                let mut review = mine.clone();
                review.at = moment.now.clone();
                (review, None)
            }
            None if note.is_none() => return Err("there is no note of yours".to_owned()),
            None => {
                let mut review = self.bare_review(None, Decision::Unsure, moment);
                review.kind = Some(annotation.kind.clone());
                let say = "noted; it stays open until you confirm or reject";
                (review, Some(say))
            }
        };
        let review = crate::annotations::Review { note, ..review };
        let edits = self.answering(annotation, review).into_iter().collect();
        let plan = Plan::new(label, edits);
        Ok(match say {
            Some(say) => plan.saying(say),
            None => plan,
        })
    }

    /// Whether a note is the last word on a claim: it is written beside the verdict just given.
    pub(super) fn is_last_word(&self, note: &str) -> bool {
        let claim = self.selected_annotation().filter(|claim| {
            let has_verdict = self.mine(claim).is_some_and(|mine| mine.verdict.is_some());
            has_verdict && self.last_answered() == Some(&claim.id)
        });
        !note.trim().is_empty() && claim.is_some_and(|claim| self.questions(&claim.id).is_empty())
    }

    pub(super) fn plan_claim_text(&self, text: &str) -> Planned {
        let claim = self.claim_subject()?;
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        let name = self.name_of(&Item::Claim(claim.id.clone()));
        if claim.attribute("claim_text") == text {
            return Ok(Plan::default());
        }
        let edit = Edit::Attribute {
            annotation: claim.id.clone(),
            name: "claim_text".to_owned(),
            value: text.map(Into::into),
        };
        Ok(Plan::new(
            format!("{name}: put in your own words"),
            vec![edit],
        ))
    }

    pub(super) fn plan_tag(&self, tag: &str) -> Planned {
        let (item, annotation) = self.subject()?;
        let (value, added) = toggled(annotation.attributes.get("tags"), tag)?;
        let sign = if added { "tag added" } else { "tag taken away" };
        let label = format!("{}: {sign}: {}", self.name_of(item), tag.trim());
        let edit = Edit::Attribute {
            annotation: annotation.id.clone(),
            name: "tags".to_owned(),
            value,
        };
        Ok(Plan::new(label, vec![edit]))
    }

    /// Adds evidence; of a piece put right it keeps what the form does not show, or could not.
    pub(super) fn plan_add_evidence(&self, new: &NewEvidence, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let reference = new.reference.trim();
        if reference.is_empty() {
            return Err("an address or a title, please".to_owned());
        }
        let known = |id: &Id| annotation.evidence.iter().find(|(known, _)| known == id);
        let (id, evidence, label) = match &new.replaces {
            None => {
                let id = evidence_id(moment.fresh, |id| known(id).is_some());
                (id, self.new_evidence(new, reference, moment), "added")
            }
            Some(id) => {
                let (_, old) = known(id).ok_or("that evidence is there no more")?;
                let evidence = self.put_right(old, new, reference, moment);
                if evidence == *old {
                    return Ok(Plan::default());
                }
                (id.clone(), evidence, "put right")
            }
        };
        let edit = Edit::Evidence {
            annotation: annotation.id.clone(),
            id,
            evidence: Some(evidence),
        };
        let label = format!("{}: evidence {label}", self.name_of(item));
        Ok(Plan::new(label, vec![edit]))
    }

    fn new_evidence(&self, new: &NewEvidence, reference: &str, moment: &Moment) -> Evidence {
        let quote = Some(new.quote.trim()).filter(|quote| !quote.is_empty());
        let (url, document) = match is_address(reference) {
            true => (Some(reference.to_owned()), None),
            false => (None, Some(reference.to_owned())),
        };
        Evidence {
            url,
            document,
            quote: quote.map(str::to_owned),
            stance: Open::Known(new.stance),
            archive: None,
            note: None,
            by: self.reviewer.clone(),
            at: moment.now.clone(),
            locator: new.locator.clone(),
            primacy: new.primacy.map(Open::Known),
            consulted: new
                .consulted
                .or_else(|| moment.today())
                .map(|day| day.to_string()),
            unknown: serde_json::Map::new(),
        }
    }

    /// A piece of evidence with what was said of it now; the piece itself if that is the same.
    fn put_right(
        &self,
        old: &Evidence,
        new: &NewEvidence,
        reference: &str,
        moment: &Moment,
    ) -> Evidence {
        let fresh = self.new_evidence(new, reference, moment);
        let mut evidence = old.clone();
        if reference != old.reference() {
            (evidence.url, evidence.document) = (fresh.url, fresh.document);
        }
        // A line flattens what stands in several.
        let flat = |quote: &Option<String>| {
            let words = quote.iter().flat_map(|quote| quote.split_whitespace());
            words.map(str::to_owned).collect::<Vec<String>>()
        };
        if flat(&fresh.quote) != flat(&old.quote) {
            evidence.quote = fresh.quote;
        }
        evidence.stance = fresh.stance;
        evidence.locator = fresh.locator;
        if new.primacy.is_some()
            || old
                .primacy
                .as_ref()
                .is_some_and(|old| old.known().is_some())
        {
            evidence.primacy = fresh.primacy;
        }
        if new.consulted != old.day_consulted() {
            evidence.consulted = new.consulted.map(|day| day.to_string());
        }
        if evidence != *old {
            (evidence.by, evidence.at) = (fresh.by, fresh.at);
        }
        evidence
    }

    pub(super) fn plan_remove_evidence(&self, id: &Id) -> Planned {
        let (item, annotation) = self.subject()?;
        if !annotation.evidence.iter().any(|(known, _)| known == id) {
            return Err("there is no such evidence".to_owned());
        }
        let edit = Edit::Evidence {
            annotation: annotation.id.clone(),
            id: id.clone(),
            evidence: None,
        };
        let label = format!("{}: evidence taken away", self.name_of(item));
        Ok(Plan::new(label, vec![edit]))
    }

    pub(super) fn plan_later(&self) -> Planned {
        let head = &self.document.parts().article.more;
        let later = head.get("later").and_then(Value::as_bool) == Some(true);
        let edit = Edit::Article {
            name: "later".to_owned(),
            value: (!later).then_some(Value::Bool(true)),
        };
        let label = if later {
            "article taken up again"
        } else {
            "article put off"
        };
        Ok(Plan::new(label, vec![edit]))
    }

    pub(super) fn plan_tag_article(&self, tag: &str) -> Planned {
        let head = &self.document.parts().article.more;
        let (value, added) = toggled(head.get("tags"), tag)?;
        let sign = if added { "tag added" } else { "tag taken away" };
        let edit = Edit::Article {
            name: "tags".to_owned(),
            value,
        };
        Ok(Plan::new(
            format!("article: {sign}: {}", tag.trim()),
            vec![edit],
        ))
    }
}

/// An id of a piece of evidence that is not taken.
pub(super) fn evidence_id(fresh: u64, taken: impl Fn(&Id) -> bool) -> Id {
    let mut bits = fresh;
    loop {
        let id = Id::new(format!("e-{:08x}", bits & 0xffff_ffff));
        if !taken(&id) {
            return id;
        }
        bits = bits.wrapping_add(1);
    }
}

/// A list of tags with one added or taken away, and which of the two; what is no text in it
/// stays. `None` when nothing is left.
fn toggled(tags: Option<&Value>, tag: &str) -> Result<(Option<Value>, bool), String> {
    let tag = tag.trim();
    if tag.is_empty() {
        return Err("a tag, please".to_owned());
    }
    let mut tags = match tags {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(tags)) => tags.clone(),
        Some(_) => return Err("its tags are not a list; they are left alone".to_owned()),
    };
    let before = tags.len();
    tags.retain(|known| known.as_str() != Some(tag));
    let added = tags.len() == before;
    if added {
        tags.push(tag.into());
    }
    Ok(((!tags.is_empty()).then_some(Value::Array(tags)), added))
}

/// Whether it is a web address: scheme, host, no blanks.
fn is_address(reference: &str) -> bool {
    let lower = reference.to_ascii_lowercase();
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let blank = |c: char| c.is_whitespace() || c.is_control();
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty() && !reference.contains(blank)
    })
}
