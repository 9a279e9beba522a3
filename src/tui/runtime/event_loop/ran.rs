//! What jobs on the disk came to: saves, articles that were left, decisions on closed ones.
//!
//! A job is begun where something asks for it and done by a thread of its own; only what it came
//! to is taken up here, between two keys.

use std::path::Path;
use std::time::Instant;

use super::super::desk_and_files::{Desk, Files, Kept, Outcome};
use super::super::terminal::Screen;
use super::super::wake::Wake;
use super::{Runtime, SAVE_AFTER, TOLD_AFTER, not_saved};
use crate::tui::event::{Event, Saved};

impl<D: Desk, S: Screen, F: Files> Runtime<D, S, F> {
    /// Begins to save the sidecar of the open article.
    pub(super) fn save(&mut self) {
        self.state.save_at = None;
        let Some(document) = self.desk.document().filter(|_| self.files.is_unsaved()) else {
            return;
        };
        match self.files.save(document) {
            Ok(Some(job)) => self.workers.begin(job),
            // What is decided while one is saved is saved behind it.
            Ok(None) => self.state.save_at = Some(Instant::now() + SAVE_AFTER),
            Err(reason) => self.tell(Event::Saved(Saved::No(not_saved(&reason)))),
        }
    }

    /// Takes up what a job came to; whether there was anything to be seen.
    pub(super) fn came(&mut self, came: Outcome) -> bool {
        let was_saved = self.take_saved();
        match came {
            Outcome::Done => return was_saved,
            Outcome::Told(event) => {
                let about = match &event {
                    Event::ActedClosed(path, went) => Some((path.clone(), went.is_ok())),
                    Event::EditedClosed(path, went) => Some((path.clone(), went.is_ok())),
                    _ => None,
                };
                if let Some((path, true)) = &about {
                    self.heed_left(path);
                }
                self.state.left.extend(self.files.left());
                self.tell(event);
                if let Some((path, _)) = about {
                    self.look_again(&path);
                }
            }
            Outcome::Looked(path, said) => {
                if self.state.open.as_ref() != Some(&path) {
                    return was_saved;
                }
                self.tell(Event::ChangedOutside(said));
            }
            Outcome::Closed(path) => {
                for (path, reason) in self.files.left() {
                    self.tell(Event::ChangedOutside(format!(
                        "{}: {}",
                        path.display(),
                        not_saved(&reason)
                    )));
                    self.state.left.push((path, reason));
                }
                self.look_again(&path);
            }
        }
        true
    }

    /// Takes up a save that is done; whether one is.
    fn take_saved(&mut self) -> bool {
        let document = self.desk.document();
        let Some(saved) = self.files.saved(document.as_ref()) else {
            return false;
        };
        drop(document);
        let (saved, notices) = match saved {
            Ok(kept) => {
                let Kept {
                    is_behind,
                    merged,
                    notices,
                } = kept;
                if is_behind {
                    self.state.save_at = Some(Instant::now() + SAVE_AFTER);
                }
                match merged {
                    Some(document) => (Saved::Merged(Box::new(document), notices), Vec::new()),
                    None => (Saved::Yes, notices),
                }
            }
            // Tried again after the next decision: a full disk is not emptied by asking.
            Err(reason) => (Saved::No(not_saved(&reason)), Vec::new()),
        };
        self.tell(Event::Saved(saved));
        for notice in notices {
            self.tell(Event::ChangedOutside(notice));
        }
        true
    }

    /// Forgets that an article was left unsaved, because it is open again.
    pub(super) fn heed_left(&mut self, path: &Path) {
        self.state.left.extend(self.files.left());
        self.state.left.retain(|(left, _)| left != path);
    }

    /// Looks at an article's row again, if it has one.
    pub(super) fn look_again(&mut self, path: &Path) {
        if let Some((at, path)) = self.desk.listed(path) {
            self.workers.look(at, path);
        }
    }

    /// Waits until nothing is written of one article, and says so where that takes long. Whoever
    /// opens it types what is meant for it, which is not for what is shown meanwhile.
    pub(super) fn settle_on(&mut self, path: &Path) {
        if !self.files.is_at_work_on(path) {
            return;
        }
        let files = &self.files;
        let is_done = || !files.is_at_work_on(path);
        if !self.workers.is_done_within(TOLD_AFTER, &is_done) {
            let told = "what was decided on it is being written; then it opens";
            self.tell(Event::ChangedOutside(told.to_owned()));
            self.draw();
            let files = &self.files;
            self.workers.finish(&|| !files.is_at_work_on(path));
        }
        self.take_what_ran();
    }

    /// Waits until all jobs are done, and takes up what they came to.
    pub(super) fn settle(&mut self) {
        self.workers.finish_jobs();
        self.take_what_ran();
    }

    fn take_what_ran(&mut self) {
        let mut others = Vec::new();
        while let Ok(wake) = self.wakes.try_recv() {
            match wake {
                Wake::Ran(came) => drop(self.came(came)),
                other => others.push(other),
            }
        }
        // What else came keeps its order and its turn.
        self.state.waiting.extend(others);
    }

    /// Waits at the end for jobs, exports and new articles; why exports failed, which no screen
    /// shows any more.
    pub(super) fn late(&mut self) -> Vec<String> {
        self.settle();
        self.workers.finish_writing();
        let waiting = std::mem::take(&mut self.state.waiting);
        let wakes = std::iter::from_fn(|| self.wakes.try_recv().ok());
        let failed = waiting.into_iter().chain(wakes);
        let failed = failed.filter_map(|wake| match wake {
            Wake::Event(Event::Exported(Err(reason)) | Event::Added(Err(reason))) => Some(reason),
            _ => None,
        });
        failed.collect()
    }
}
