//! My pass over the article: finished when I say so.
//!
//! Only a finished pass makes silence count. It stays finished when an answer is changed
//! later, and speaks of the text it was finished over: what a changed text asks is told by
//! its questions. That I began is told by my answers: a line that said it as well would
//! stand in the way of every merge by text.

use super::super::Effect;
use super::{Moment, Plan, Session};
use crate::annotations::{Edit, Pass};

impl Session {
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
        let left = self.left();
        if !anyway && !left.is_empty() {
            return vec![Effect::AskFinish(left)];
        }
        let known = self.document.pass_of(&self.reviewer);
        let finished =
            known.is_some_and(|pass| pass.finished && pass.text == *self.document.text());
        let mut effects = if finished {
            Vec::new()
        } else {
            let mut label = "article finished".to_owned();
            if left.disputed > 0 {
                label = format!("{label}, {} disputed with others", left.disputed);
            }
            if left.folded > 0 {
                label = format!("{label}, {} folded and not shown", left.folded);
            }
            let plan = Plan::new(label, vec![self.pass(true, moment)]);
            self.commit(plan)
        };
        let failed = effects.iter().any(|e| matches!(e, Effect::Say(_)));
        if !failed {
            effects.push(Effect::OpenNext);
        }
        effects
    }
}
