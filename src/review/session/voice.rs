//! Whose words a claim is in.
//!
//! Works out plans and changes nothing.

use super::super::Item;
use super::decide::{LOST, is_lost};
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{Edit, VOICE};
use crate::detect::Voice;
use crate::text::{Open, Word};

impl Session {
    pub(super) fn plan_voice(&self, voice: Voice, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        if is_lost(claim) {
            return Err(LOST.to_owned());
        }
        self.refuse_stale(claim)?;
        let name = self.name_of(&Item::Claim(claim.id.clone()));
        let quote = claim.target.quote.clone();
        let kinds = self.my_kinds(claim).to_vec();
        let mut review = self.affirmation(claim, quote, kinds, moment);
        review
            .unknown
            .insert(VOICE.to_owned(), voice.as_str().into());
        review.decision = Open::Known(self.decision_of(claim, &review));
        let mut edits: Vec<Edit> = self.answering(claim, review).into_iter().collect();
        if !edits.is_empty() {
            edits.extend(self.placing(claim));
            edits.extend(self.agreeing(claim, moment));
        }
        Ok(Plan::new(format!("{name}: voice {voice}"), edits))
    }
}
