//! What is done to the files of articles while keys are read: saving, closing, decisions on
//! articles that are not open.
//!
//! Jobs are done in their order by one thread, so none meets another's file half written; what
//! they have in common is what was left unsaved and which articles are still to be dealt with.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::{kept, told};
use crate::annotations::Document;
use crate::review::{Act, Decide, Effect, Moment, Session};
use crate::store::{OpenArticle, OpenOptions, StoreError, Wrote};
use crate::tui::event::Event;
use crate::tui::runtime::contained::{BROKEN, contained};
use crate::tui::runtime::desk_and_files::{Job, Kept, Outcome};
use crate::tui::runtime::looking::Looking;

/// What jobs leave behind.
#[derive(Clone, Default)]
pub(super) struct Jobs {
    /// Articles let go without being saved, and why.
    left: Arc<Mutex<Vec<(PathBuf, String)>>>,
    /// Articles that jobs not done yet have to do with, as often as they do.
    about: Arc<Mutex<Vec<PathBuf>>>,
}

/// A save begun.
pub(super) struct Begun {
    document: Arc<Document>,
    wrote: Receiver<Result<Wrote, StoreError>>,
}

/// Who decides on articles that are not open, with what.
pub(super) struct Hands {
    pub(super) options: OpenOptions,
    pub(super) tool: String,
    pub(super) looking: Arc<Looking>,
}

impl Jobs {
    pub(super) fn left(&self) -> Vec<(PathBuf, String)> {
        std::mem::take(&mut lock(&self.left))
    }

    /// Whether a job that is not done yet has to do with that article, by whatever path.
    pub(super) fn are_about(&self, path: &Path) -> bool {
        lock(&self.about).contains(&real(path))
    }

    /// Work on an article's files, counted until it is done.
    fn job(&self, path: &Path, work: impl FnOnce() -> Outcome + Send + 'static) -> Job {
        let (about, path) = (Arc::clone(&self.about), real(path));
        lock(&about).push(path.clone());
        Box::new(move || {
            let came = contained(|| Ok(work()));
            let mut about = lock(&about);
            if let Some(at) = about.iter().position(|one| *one == path) {
                about.swap_remove(at);
            }
            came.unwrap_or(Outcome::Done)
        })
    }

    /// Begins a save of the open article, which was asked for by that path.
    pub(super) fn save(
        &self,
        path: &Path,
        open: &OpenArticle,
        document: Arc<Document>,
    ) -> Result<(Job, Begun), StoreError> {
        let saving = open.saving()?;
        let (send, wrote) = channel();
        let saved = Arc::clone(&document);
        let job = self.job(path, move || {
            let wrote = saving.write(&saved);
            // Whoever decides next shall not have to copy the document for this.
            drop(saved);
            // Nobody waits for it where the desk has ended.
            let _ = send.send(wrote);
            Outcome::Done
        });
        Ok((job, Begun { document, wrote }))
    }

    /// Lets go of an article, which was asked for by that path; the save begun before is done when
    /// this is.
    pub(super) fn close(
        &self,
        path: PathBuf,
        mut open: OpenArticle,
        begun: Option<Begun>,
        document: Option<Arc<Document>>,
    ) -> Job {
        let jobs = self.clone();
        self.job(&path.clone(), move || {
            // Without a document nothing can be saved; the journal holds what was decided.
            let Some(document) = document else {
                return Outcome::Closed(path);
            };
            let closed = contained(|| {
                let saved = begun.and_then(|begun| begun.taken_up(&mut open, Some(&document)));
                // What stands there holds more than what is shown, which would be written over it.
                let document = match saved {
                    Some(Ok(Kept {
                        merged: Some(merged),
                        ..
                    })) => Arc::new(merged),
                    _ => document,
                };
                open.close(&document).map(drop).map_err(told)
            });
            jobs.closed(&path, closed);
            Outcome::Closed(path)
        })
    }

    fn closed(&self, path: &Path, closed: Result<(), String>) {
        if let Err(reason) = closed {
            tracing::warn!("{}: {reason}", path.display());
            lock(&self.left).push((path.to_owned(), reason));
        }
    }

    /// Carries out a decision on an article that is not open.
    pub(super) fn act(&self, hands: Hands, path: &Path, decide: Decide, moment: Moment) -> Job {
        let (jobs, path) = (self.clone(), path.to_owned());
        self.job(&path.clone(), move || {
            let went = contained(|| hands.act(&jobs, &path, decide, &moment));
            Outcome::Told(Event::ActedClosed(path, went))
        })
    }

    /// Applies an edit to an article that is not open.
    pub(super) fn edit(&self, hands: Hands, path: &Path, act: Act, moment: Moment) -> Job {
        let (jobs, path) = (self.clone(), path.to_owned());
        self.job(&path.clone(), move || {
            let went = contained(|| hands.edit(&jobs, &path, act, &moment));
            Outcome::Told(Event::EditedClosed(path, went))
        })
    }
}

impl Begun {
    /// What came of it, once it is done; `shown` is the document by now.
    pub(super) fn taken_up(
        &self,
        open: &mut OpenArticle,
        shown: Option<&Arc<Document>>,
    ) -> Option<Result<Kept, String>> {
        let wrote = match self.wrote.try_recv() {
            Ok(wrote) => wrote,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => return Some(Err(BROKEN.to_owned())),
        };
        let is_behind = shown.is_none_or(|shown| !Arc::ptr_eq(shown, &self.document));
        let since = is_behind.then(|| Arc::clone(&self.document));
        let saved = open.written(wrote, since).map_err(told);
        Some(saved.map(|saved| Kept {
            is_behind,
            ..kept(saved)
        }))
    }
}

impl Hands {
    fn open(&self, path: &Path) -> Result<OpenArticle, String> {
        let open = OpenArticle::open(path, &self.options).map_err(told)?;
        match &open.read_only {
            Some(reason) => Err(format!("{}: read-only: {reason}", path.display())),
            None => Ok(open),
        }
    }

    fn act(
        self,
        jobs: &Jobs,
        path: &Path,
        decide: Decide,
        moment: &Moment,
    ) -> Result<Vec<Effect>, String> {
        let mut open = self.open(path)?;
        let article = open.article.clone();
        let mut document = open.take_document();
        // A finished pass speaks of the suggestions it was silent on: they have to be there.
        let detector = self.looking.detector();
        let key = Document::run_key(&article, detector.run());
        if matches!(decide, Decide::Finish { .. }) && !document.has_run(&key) {
            let findings = detector.detect(&article);
            document.adopt(&article, &findings, detector.run(), moment.now.clone());
        }
        let mut session = Session::new(
            article,
            document,
            Vec::new(),
            self.options.reviewer.clone(),
            self.tool.clone(),
        );
        let effects = session.apply(decide, moment);
        for effect in &effects {
            if let Effect::Record(act) = effect {
                open.record(session.document(), &act.edit, &moment.now)
                    .map_err(told)?;
            }
        }
        // What is in the journal is safe, whatever becomes of the sidecar.
        jobs.closed(path, open.close(session.document()).map(drop).map_err(told));
        Ok(effects)
    }

    fn edit(self, jobs: &Jobs, path: &Path, act: Act, moment: &Moment) -> Result<(), String> {
        let mut open = self.open(path)?;
        let mut document = open.take_document();
        document
            .take_back(&open.article, &act.inverse, act.edit.clone())
            .map_err(|refused| format!("{}: {refused}", path.display()))?;
        open.record(&document, &act.edit, &moment.now)
            .map_err(told)?;
        jobs.closed(path, open.close(&document).map(drop).map_err(told));
        Ok(())
    }
}

/// One name for a file, however it is spelt; it may not be there.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Held for a push or a search alone, in which nothing can break off.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
