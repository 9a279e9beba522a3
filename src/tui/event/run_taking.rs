//! A detector's run put into a copy of the review, and the copy shown in its place.
//!
//! Taking up what was found in a long article takes longer than a key may wait. So a copy goes to
//! another thread, which puts the run into it and makes lists and marks anew; what comes back is
//! shown if nothing changed meanwhile, else it is done again with what is shown by then.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::annotations::Time;
use crate::detect::{Findings, Run};
use crate::review::Session;
use crate::tui::widget::ShownMarks;

/// A run that is to be put into a review.
#[derive(Debug)]
pub struct RunToTake {
    /// The article's path.
    pub path: PathBuf,
    /// The review as it is shown.
    pub session: Session,
    /// What the run found.
    pub findings: Arc<Findings>,
    /// Which run.
    pub run: Run,
    /// When it was found.
    pub at: Time,
}

impl PartialEq for RunToTake {
    /// By which run it is, of which article.
    fn eq(&self, other: &RunToTake) -> bool {
        (&self.path, &self.run, &self.at) == (&other.path, &other.run, &other.at)
    }
}

impl RunToTake {
    /// Puts the run in. Takes time by the length of the article.
    pub fn taken(self) -> RunTaken {
        let mut session = self.session.clone();
        session.take_run(&self.findings, &self.run, self.at.clone());
        RunTaken {
            marks: ShownMarks::of(&session),
            session,
            from: self,
        }
    }
}

/// A review with a run in it.
#[derive(Debug)]
pub struct RunTaken {
    /// What it was put into.
    pub from: RunToTake,
    /// The review to be shown instead.
    pub session: Session,
    /// Its marks.
    pub(in crate::tui) marks: ShownMarks,
}

/// Something that is not shown any more, and takes time to be let go of.
pub struct LetGo(#[expect(dead_code, reason = "it is dropped, and that is all")] Box<dyn Send>);

impl LetGo {
    /// Of this.
    pub(in crate::tui) fn of(gone: impl Send + 'static) -> LetGo {
        LetGo(Box::new(gone))
    }
}

impl fmt::Debug for LetGo {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("LetGo")
    }
}

impl PartialEq for LetGo {
    /// What is gone is gone.
    fn eq(&self, _: &LetGo) -> bool {
        true
    }
}
