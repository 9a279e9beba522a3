//! What the threads of a detector share: the process there is, who waits for what, and how often it
//! ended.
//!
//! One lock, never held while anything is waited for or called. Every question has an id of its own
//! in the session, so that an answer of an earlier process answers nothing of a later one.

mod questions;
mod run;

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(super) use questions::Heard;
use questions::Waiting;
pub(super) use run::{Due, Ending, Run};

use super::bounds::{Bounds, MOST_DEATHS};
use super::{NotAnswered, Program};

/// A detector as its threads share it.
pub(super) struct Shared {
    pub(super) program: Program,
    pub(super) bounds: Bounds,
    state: Mutex<State>,
    changed: Condvar,
}

/// What changes.
#[derive(Default)]
pub(super) struct State {
    /// The process there is, from before it starts until after it is gone.
    pub(super) run: Option<Run>,
    /// Whether it is over for good.
    pub(super) is_closed: bool,
    /// Why it is not asked any more.
    pub(super) given_up_for: Option<NotAnswered>,
    /// The last process that never said what it is, and why.
    pub(super) not_begun: Option<(u64, NotAnswered)>,
    /// Those who wait to be sent, in order.
    pub(super) turns: VecDeque<u64>,
    /// Those whose question was sent, by its id; each is removed by who asked.
    pub(super) waiting: HashMap<String, Waiting>,
    deaths: u32,
    /// Processes, questions and turns are numbered alike.
    numbered: u64,
}

impl Shared {
    pub(super) fn new(program: Program, bounds: Bounds) -> Shared {
        Shared {
            program,
            bounds,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that may panic is called while this is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells all who wait that something changed.
    pub(super) fn tell(&self) {
        self.changed.notify_all();
    }

    /// Changes the state and tells all who wait.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.lock());
        self.tell();
        changed
    }

    /// Lets go of the state until something changed, for so long at most.
    pub(super) fn wait<'s>(
        &self,
        state: MutexGuard<'s, State>,
        most: Duration,
    ) -> MutexGuard<'s, State> {
        let waited = self.changed.wait_timeout(state, most);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Ends the process and lets none start any more; does not wait.
    pub(super) fn close(&self) {
        let until = Instant::now() + self.bounds.ending;
        self.change(|state| {
            state.is_closed = true;
            if let Some(run) = &mut state.run {
                run.lines.clear();
                run.closing_until.get_or_insert(until);
            }
            state.answer_all(&NotAnswered::NotWanted);
        });
    }

    /// Waits until there is no process; a little longer than that takes, at most.
    pub(super) fn wait_for_its_end(&self) {
        let bounds = self.bounds;
        // A process that the system cannot end, deep in a broken disk, holds nobody up.
        let until = Instant::now() + (bounds.ending + bounds.settling) * 2;
        let mut state = self.lock();
        while state.run.is_some() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                tracing::warn!("{} could not be ended", self.program.name);
                return;
            }
            state = self.wait(state, left);
        }
    }

    /// The process could not be started at all.
    pub(super) fn not_started(&self, why: String) {
        let name = self.program.name.clone();
        let program = self.program.command.first().map_or("", String::as_str);
        let why = format!("{program:?}: {why}");
        let error = NotAnswered::NotStarted { name, why };
        tracing::warn!("{error}");
        self.change(|state| {
            state.run = None;
            state.answer_all(&error);
            state.given_up_for = Some(error);
        });
    }

    /// The process is gone; `how` it ended. All who wait for it hear so.
    pub(super) fn is_over(&self, how: String, flooded: bool) {
        let error = self.change(|state| {
            let run = state.run.take();
            let has_begun = run.as_ref().is_some_and(|run| run.hello.is_some());
            if state.is_closed {
                return None;
            }
            state.deaths += 1;
            let (name, why) = (self.program.name.clone(), how);
            let error = if state.deaths >= MOST_DEATHS {
                let error = NotAnswered::Disabled { name, why };
                state.given_up_for = Some(error.clone());
                error
            } else if flooded {
                NotAnswered::Flooded { name }
            } else if has_begun {
                NotAnswered::Died { name, why }
            } else {
                NotAnswered::NoHello { name, why }
            };
            if let Some(run) = run.filter(|_| !has_begun) {
                state.not_begun = Some((run.number, error.clone()));
            }
            state.answer_all(&error);
            Some(error)
        });
        if let Some(error) = error {
            tracing::warn!("{error}");
        }
    }
}

impl State {
    /// A number that nothing else has.
    pub(super) fn number(&mut self) -> u64 {
        self.numbered += 1;
        self.numbered
    }

    /// The process of that number, if it is still the one there is.
    pub(super) fn run(&mut self, number: u64) -> Option<&mut Run> {
        self.run.as_mut().filter(|run| run.number == number)
    }
}
