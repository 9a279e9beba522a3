//! The questions that are with a detector: sent, answered, given up.

use std::mem;
use std::time::Instant;

use crate::exchange::protocol::{self, Said};

use super::super::NotAnswered;
use super::super::bounds::{Bounds, MOST_WAITING_LINES};
use super::State;

/// A question that was sent.
pub(in super::super) struct Waiting {
    /// The process it was sent to.
    run: u64,
    /// What came of it.
    pub(in super::super) outcome: Option<Result<Vec<u8>, NotAnswered>>,
    /// How far it is, until that has been told.
    pub(in super::super) told: Option<String>,
}

/// What a line was good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Heard {
    /// It answered a question.
    Answer,
    /// It answered one that was given up.
    Late,
    /// It told how far a question is.
    Progress,
    /// It answered nothing that was asked.
    Nothing,
}

impl State {
    /// Whether one more question may be sent now. None is while it has to show that it lives: it
    /// would be lost with it.
    pub(in super::super) fn has_room(&self) -> bool {
        let Some(run) = &self.run else {
            return false;
        };
        let Some(hello) = run.hello.as_ref().filter(|_| !run.is_ending()) else {
            return false;
        };
        let now = Instant::now();
        run.trial_until.is_none() && self.with_it() + run.given_up_at(now) < hello.batch
    }

    /// Questions that were sent and not answered.
    pub(in super::super) fn with_it(&self) -> usize {
        let unanswered = self.waiting.values().filter(|one| one.outcome.is_none());
        unanswered.count()
    }

    /// Sends a question; the caller has looked that there is room.
    pub(in super::super) fn send(&mut self, id: String, line: Vec<u8>) {
        let Some(run) = &mut self.run else {
            return;
        };
        run.lines.push_back((Some(id.clone()), line));
        let waiting = Waiting {
            run: run.number,
            outcome: None,
            told: None,
        };
        self.waiting.insert(id, waiting);
    }

    /// Forgets a question. One that was sent and not answered is cancelled, or not sent at all;
    /// `is_late`: the detector has to show that it lives.
    pub(in super::super) fn forget(&mut self, id: &str, is_late: bool, bounds: &Bounds) {
        let Some(waiting) = self.waiting.remove(id) else {
            return;
        };
        let Some(run) = self.run(waiting.run) else {
            return;
        };
        if waiting.outcome.is_some() || run.is_ending() {
            return;
        }
        let until = Instant::now() + bounds.grace;
        if is_late {
            run.trial_until.get_or_insert(until);
        }
        let before = run.lines.len();
        run.lines.retain(|(of, _)| of.as_deref() != Some(id));
        if run.lines.len() < before {
            return;
        }
        if run.lines.len() < MOST_WAITING_LINES {
            run.lines.push_back((None, protocol::cancel(id)));
        }
        run.give_up(id, until);
    }

    /// Takes a line about a question; the line itself is left where it was not taken. Whether
    /// there is somebody to tell.
    pub(in super::super) fn hear(
        &mut self,
        number: u64,
        name: &str,
        said: Said,
        line: &mut Vec<u8>,
    ) -> Heard {
        let Some(run) = self.run(number) else {
            return Heard::Nothing;
        };
        run.trial_until = None;
        let (id, outcome) = match said {
            Said::Answer { id } => (id, Ok(mem::take(line))),
            Said::Error { id, why } => {
                let name = name.to_owned();
                (id, Err(NotAnswered::Error { name, why }))
            }
            Said::Progress { id, told } => {
                let Some(waiting) = self.asked(&id) else {
                    return Heard::Nothing;
                };
                waiting.told = Some(told);
                return Heard::Progress;
            }
            Said::Strange | Said::NoObject => return Heard::Nothing,
        };
        if let Some(waiting) = self.asked(&id) {
            waiting.outcome = Some(outcome);
            return Heard::Answer;
        }
        match self.run(number).is_some_and(|run| run.was_given_up(&id)) {
            true => Heard::Late,
            false => Heard::Nothing,
        }
    }

    /// The same outcome for all who wait.
    pub(super) fn answer_all(&mut self, error: &NotAnswered) {
        for waiting in self.waiting.values_mut() {
            waiting.outcome.get_or_insert_with(|| Err(error.clone()));
        }
    }

    /// A question that has not been answered. It was sent to the process there is: with an earlier
    /// one all its questions were answered.
    fn asked(&mut self, id: &str) -> Option<&mut Waiting> {
        let waiting = self.waiting.get_mut(id);
        waiting.filter(|waiting| waiting.outcome.is_none())
    }
}

#[cfg(test)]
mod tests;
