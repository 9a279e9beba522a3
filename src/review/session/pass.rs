//! My pass over the article: started with the first answer, finished when I say so.
//!
//! Only a finished pass makes silence count. It stays finished when an answer is changed
//! later; over a changed text a new one is started.

use super::super::Effect;
use super::{Moment, Plan, Session};
use crate::annotations::{Edit, Pass};

impl Session {
    /// The edit that starts my pass over this text, if it is not started.
    pub(super) fn starting_pass(&self, moment: &Moment) -> Option<Edit> {
        let known = self.document.pass_of(&self.reviewer);
        if known.is_some_and(|pass| pass.text == *self.document.text()) {
            return None;
        }
        Some(self.pass(false, moment))
    }

    fn pass(&self, finished: bool, moment: &Moment) -> Edit {
        let known = self.document.pass_of(&self.reviewer);
        Edit::Pass {
            reviewer: self.reviewer.clone(),
            pass: Some(Pass {
                text: self.document.text().clone(),
                finished,
                at: moment.now.clone(),
                more: known.map(|pass| pass.more.clone()).unwrap_or_default(),
            }),
        }
    }

    pub(super) fn finish(&mut self, anyway: bool, moment: &Moment) -> Vec<Effect> {
        let (claims, sources) = self.undecided();
        if !anyway && claims + sources > 0 {
            return vec![Effect::AskFinish { claims, sources }];
        }
        let known = self.document.pass_of(&self.reviewer);
        let finished =
            known.is_some_and(|pass| pass.finished && pass.text == *self.document.text());
        let mut effects = if finished {
            Vec::new()
        } else {
            let mut plan = Plan::new("article finished", vec![self.pass(true, moment)]);
            plan.apart = true;
            self.commit(plan, moment)
        };
        let failed = effects.iter().any(|e| matches!(e, Effect::Say(_)));
        if !failed {
            effects.push(Effect::OpenNext);
        }
        effects
    }
}
