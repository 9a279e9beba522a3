//! Another detector: a program that is started once, asked about article after article, held
//! within bounds, and ended.
//!
//! It is anybody's program, and may hang, flood or end at any moment: nobody waits for it longer
//! than told, nothing it says is kept without a bound, and after three ends of its own it is left
//! alone. What it answers is handed on as it came. Its environment and its working folder are
//! proofmark's own; it is found by a whole path, or by name in the whole paths of `PATH`, never in a
//! working folder: an article's folder must not provide a program.
//!
//! Each process has four threads: one that oversees it, one for each of its pipes. None outlives
//! [`Detector::end`] but a reader of a pipe that a process which left the group (`setsid`) holds
//! open, or a writer to one: it keeps nothing, and goes as soon as the pipe moves.

mod asking;
mod bounds;
mod find;
mod log;
mod not_answered;
mod oversee;
mod pipes;
mod process;
mod state;
#[cfg(all(test, unix))]
mod tests;

use std::sync::Arc;
use std::time::Duration;

pub use not_answered::NotAnswered;

use crate::exchange::protocol::{Hello, Want};
use bounds::{Bounds, LONGEST_DEADLINE};
use state::Shared;

/// The program of a detector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    /// What it is called in the settings, and in everything that is said of it.
    pub name: String,
    /// The program and its arguments, as they are: no shell, nothing expanded.
    pub command: Vec<String>,
    /// How long an answer is waited for, from when the question is sent; a day at most.
    pub deadline: Duration,
}

/// What is asked about an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// What the article is called.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its language, where known.
    pub language: Option<&'a str>,
    /// Its day, where known.
    pub date: Option<&'a str>,
    /// What is wanted of it.
    pub want: &'a [Want],
}

/// A detector, shared by all threads that ask it. Nothing is started before it is first asked.
/// Dropping it tells the program to end and does not wait; see [`Detector::end`].
pub(super) struct Detector {
    shared: Arc<Shared>,
}

impl Detector {
    /// Of a program that is started when it is first asked.
    pub(super) fn new(program: Program) -> Detector {
        Detector::within(program, Bounds::USUAL)
    }

    fn within(mut program: Program, bounds: Bounds) -> Detector {
        program.deadline = program.deadline.min(LONGEST_DEADLINE);
        Detector {
            shared: Arc::new(Shared::new(program, bounds)),
        }
    }

    /// What it is called in the settings.
    pub(super) fn name(&self) -> &str {
        &self.shared.program.name
    }

    /// Starts it where it does not run, and waits for what it says of itself.
    ///
    /// # Errors
    /// Where it cannot be started, does not say what it is within 30 s, or was ended three times.
    pub(super) fn hello(&self) -> Result<Hello, NotAnswered> {
        asking::hello(&self.shared)
    }

    /// Asks about one article and waits for the line of the answer, as it came and without its
    /// line feed. Many threads may ask at once: no more are with the detector at a time than it
    /// takes, the others wait their turn, in order.
    ///
    /// `told` hears how far it is, ten times a second at most. `is_wanted` is asked several times
    /// a second; `false` gives up, and the detector is told so. Both are called on the thread that
    /// asks, with nothing locked.
    ///
    /// # Errors
    /// As [`NotAnswered`].
    pub(super) fn ask(
        &self,
        article: &Asked<'_>,
        told: &dyn Fn(&str),
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Vec<u8>, NotAnswered> {
        asking::ask(&self.shared, article, told, is_wanted)
    }

    /// Ends the program and waits until it is gone: the end of its input, then 2 s, then it is
    /// killed with all it started. Whoever waits for an answer is told that nobody wants it, and it
    /// is not started again. A second call finds nothing to do.
    pub(super) fn end(&self) {
        self.shared.close();
        self.shared.wait_for_its_end();
    }
}

impl Drop for Detector {
    fn drop(&mut self) {
        // The thread that oversees the process does the rest.
        self.shared.close();
    }
}
