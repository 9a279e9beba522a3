//! The desk's door to disk: open an article, record decisions, save, close.
//!
//! A decision is synced to the journal before [`OpenArticle::record`] returns; the sidecar
//! is replaced whole when saving, merged with what others wrote in the meantime, and only
//! then is the journal emptied. Nothing is written by opening but the lock.

mod home;
mod saving;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::article_file::read_article;
use super::atomic::{self, Synced};
use super::error::StoreError;
use super::journal::{self, Entry, Journal, Leftover, bare_records, text_of};
use super::lock::{self, Asked, Lock};
use super::own::Access;
use super::paths::{self, sidecar_path};
use super::reading::{self, Found};
use super::sidecar::Fault;
use super::stamp::{Change, Stamp};
use super::standing;
use super::state::{self, Elsewhere};
use crate::annotations::{Conflict, Document, Edit, Id, Time};
use crate::text::Article;
use home::Home;
use writing::Known;
pub use writing::{Saving, Wrote};

/// What the store has to know about the desk.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The program's state folder; `None`: there is none, and no second place for journals.
    pub state_dir: Option<PathBuf>,
    /// Who decides.
    pub reviewer: String,
    /// User and host, for other people to read in the lock: `ana on newsdesk`.
    pub holder: String,
}

/// An article that is open for review.
pub struct OpenArticle {
    /// The article.
    pub article: Article,
    /// What is known about it, decisions left in the journal included. The session takes it
    /// over ([`OpenArticle::take_document`]); it is not kept up to date here.
    pub document: Document,
    /// What the reader should know.
    pub notices: Vec<String>,
    /// What is wrong with the sidecar.
    pub faults: Vec<Fault>,
    /// Why nothing can be decided, if so.
    pub read_only: Option<String>,
    /// Decisions found in the journal and put in.
    pub replayed: usize,
    path: PathBuf,
    sidecar: PathBuf,
    /// What is known of the sidecar.
    known: Known,
    /// The reviewer's answers when the sidecar was last read or written.
    answers: FxHashMap<Id, String>,
    options: OpenOptions,
    beside: Journal,
    state: Option<StateJournal>,
    beside_works: bool,
    /// Whether a journal of ours can be kept there at all.
    beside_is_ours: bool,
    /// Decisions that no sidecar holds durably, in order. Each journal holds the first of them.
    pending: Vec<Entry>,
    /// Records described by those, so that later ones need not.
    described: FxHashSet<Id>,
    /// Journals of this text from where the article was before.
    elsewhere: Vec<Elsewhere>,
    /// What saves stood on that were not durable and left decisions unsaved, as a journal tells it.
    replaced: Vec<String>,
    /// Conflicts of merges that are written and not shown yet.
    hidden: Vec<Conflict>,
    lock: Option<Lock>,
    unsaved: bool,
    /// Whether it was said that the sidecar's disk cannot sync.
    told_unsynced: bool,
    home: Home,
    /// Shared with what saves and what looks for changes, on threads of their own.
    stamp: Arc<Mutex<Stamp>>,
}

/// The journal in the state folder.
struct StateJournal {
    place: state::Place,
    journal: Journal,
}

/// What came of saving.
#[derive(Debug, Default)]
pub struct Saved {
    /// The document as it is on disk now, if it differs from the one passed: show it.
    pub merged: Option<Document>,
    /// Fields changed on both sides; they stand in the document too.
    pub conflicts: Vec<Conflict>,
    /// What the reader should know.
    pub notices: Vec<String>,
}

/// The files of an open article, to see whether others change them.
#[derive(Clone)]
pub struct Watched {
    path: PathBuf,
    sidecar: PathBuf,
    stamp: Arc<Mutex<Stamp>>,
}

impl Watched {
    /// Which files changed since they were read or last written, each told once; cheap unless
    /// they did.
    pub fn news(&self) -> Change {
        let mut stamp = self.stamp.lock().unwrap_or_else(PoisonError::into_inner);
        stamp.news(&self.path, &self.sidecar)
    }
}

impl OpenArticle {
    /// Opens an article: reads it, its sidecar and its journals, and takes the lock.
    ///
    /// A sidecar that cannot be read, or another desk with the article open, makes it
    /// read-only; that is no error.
    ///
    /// # Errors
    /// When the article itself cannot be read.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<OpenArticle, StoreError> {
        let path = reading::article_path(path)?;
        let article = read_article(&path)?;
        let line = lock::line_of(&options.holder);
        let asked = lock::ask(&paths::lock_path(&path), &line, Access::of(&path));
        // Read under the lock, so that nobody saves in between.
        let mut found = reading::read(path, article, options.state_dir.as_deref());
        let mut held = None;
        match asked {
            Asked::Held(lock) => held = Some(lock),
            Asked::Taken(by) => {
                let reason = format!("it is open elsewhere: {by}");
                found.read_only.get_or_insert(reason);
            }
            Asked::Unsupported(why) => found.notices.push(why),
        }
        Ok(OpenArticle::new(found, options, held))
    }

    fn new(mut found: Found, options: &OpenOptions, lock: Option<Lock>) -> OpenArticle {
        let sidecar = sidecar_path(&found.path);
        let access = Access::of(&found.path);
        let place = paths::journal_path(&found.path);
        let mut beside = Journal::new(place, &found.beside, access);
        let mut state = options.state_dir.as_deref().map(|state_dir| {
            let place = state::Place::of(state_dir, &found.path, &found.article);
            let journal = Journal::new(place.journal(), &found.state, Access::OWNER);
            StateJournal { place, journal }
        });
        // One that alone had lines holds all that is unsaved; of two, nobody knows.
        let is_empty = |leftover: &Leftover| leftover.log.entries.is_empty();
        if found.elsewhere.is_empty() && is_empty(&found.state) {
            beside.holds = found.unsaved.len();
        }
        if found.elsewhere.is_empty()
            && is_empty(&found.beside)
            && let Some(state) = &mut state
        {
            state.journal.holds = found.unsaved.len();
        }
        let mut beside_works = found.beside.unusable.is_none();
        if found.read_only.is_none() {
            let said = standing::said_of(&sidecar, lock.as_ref().and_then(Lock::account));
            found.notices.extend(said.into_iter().map(str::to_owned));
            if lock.as_ref().is_some_and(|lock| lock.stale) {
                atomic::sweep(&sidecar);
            }
            beside_works &= tidy(&mut beside, &found.beside, &mut found.notices);
            if let Some(state) = &mut state {
                tidy(&mut state.journal, &found.state, &mut found.notices);
            }
            if !beside_works && state.is_none() {
                found.read_only = Some("there is no place to keep a journal".to_owned());
            }
        }
        let known = Known::read(found.sidecar);
        let stamp = Stamp::of(&found.article, known.loaded.clone());
        OpenArticle {
            stamp: Arc::new(Mutex::new(stamp)),
            home: Home::of(&found.path, &sidecar, &found.article),
            article: found.article,
            notices: found.notices,
            faults: found.faults,
            read_only: found.read_only,
            replayed: found.replayed,
            path: found.path,
            answers: journal::known(&found.document, &options.reviewer),
            document: found.document,
            known,
            options: options.clone(),
            unsaved: beside.has_lines()
                || state.as_ref().is_some_and(|s| s.journal.has_lines())
                || !found.unsaved.is_empty(),
            beside,
            state,
            beside_works,
            beside_is_ours: beside_works,
            pending: found.unsaved,
            described: FxHashSet::default(),
            elsewhere: found.elsewhere,
            replaced: Vec::new(),
            hidden: Vec::new(),
            lock,
            told_unsynced: false,
            sidecar,
        }
    }

    /// The article's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The document, for the session to keep; an empty one stays behind.
    pub fn take_document(&mut self) -> Document {
        let empty = Document::new(&self.article);
        std::mem::replace(&mut self.document, empty)
    }

    /// Whether there are decisions that are in a journal and not in the sidecar yet.
    pub fn unsaved(&self) -> bool {
        self.unsaved
    }

    /// Puts a decision on disk and returns when it is there. `document` is the session's,
    /// with the edit in it. A notice is given back when the journal had to go elsewhere.
    ///
    /// # Errors
    /// When it could not be written; then it is not on disk.
    pub fn record(
        &mut self,
        document: &Document,
        edit: &Edit,
        now: &Time,
    ) -> Result<Option<String>, StoreError> {
        self.writable()?;
        self.pending.push(self.entry(document, edit, now));
        let recorded = self.secure();
        match &recorded {
            Ok(_) => self.unsaved = true,
            Err(_) => drop(self.pending.pop()),
        }
        if let Some(entry) = self.pending.last().filter(|_| recorded.is_ok()) {
            let annotations = entry.annotations.iter().map(|a| a.id.clone());
            let links = entry.links.iter().map(|l| l.id.clone());
            self.described.extend(annotations.chain(links));
        }
        recorded
    }

    fn entry(&self, document: &Document, edit: &Edit, now: &Time) -> Entry {
        let (annotations, links) = bare_records(document, edit, |id| self.described.contains(id));
        Entry {
            seq: 0,
            at: now.clone(),
            reviewer: self.options.reviewer.clone(),
            text: text_of(&self.article),
            annotations,
            links,
            edit: edit.clone(),
            was: journal::was(edit, &self.options.reviewer, &self.answers),
            saved: None,
        }
    }

    /// Sees to it that one journal holds everything that is pending: the one beside the article,
    /// or the one in the state folder, which then takes along all that is not saved yet.
    fn secure(&mut self) -> Result<Option<String>, StoreError> {
        let mut beside_fault = "no journal can be kept there".to_owned();
        let mut notice = None;
        let mut is_written = false;
        if self.beside_works {
            let written = if self.home.is_here() {
                append(&mut self.beside, &self.pending)
            } else {
                Err(StoreError::Gone {
                    path: self.path.clone(),
                })
            };
            match written {
                Ok(Synced::Durably) => return Ok(None),
                Ok(Synced::Cannot) => {
                    is_written = true;
                    beside_fault = format!(
                        "{}: files cannot be synced there",
                        atomic::folder_of(&self.path).display()
                    );
                }
                Err(error) => beside_fault = error.to_string(),
            }
            self.beside_works = false;
            notice = Some(format!("{beside_fault}; decisions go to the state folder"));
        }
        let state = self.write_state();
        if matches!(state, Ok(Synced::Durably)) || (state.is_ok() && !is_written) {
            return Ok(notice);
        }
        // The next decision tries both places again.
        self.beside_works = self.beside_is_ours;
        if is_written {
            let told = !std::mem::replace(&mut self.told_unsynced, true);
            return Ok(told.then(|| {
                format!("{beside_fault}: decisions are written and may not survive a power cut")
            }));
        }
        Err(StoreError::Journal {
            beside: beside_fault,
            state: match state {
                Err(error) => error.to_string(),
                Ok(_) => "files cannot be synced there".to_owned(),
            },
        })
    }

    fn write_state(&mut self) -> Result<Synced, StoreError> {
        let Some(state) = &mut self.state else {
            return Err(StoreError::Journal {
                beside: String::new(),
                state: "there is none".to_owned(),
            });
        };
        let journal = &mut state.journal;
        let folder = atomic::folder_of(journal.path());
        if !(journal.is_open() && folder.is_dir()) {
            let ready = state.place.ready();
            ready.map_err(StoreError::io(&folder, "make the folder"))?;
        }
        append(journal, &self.pending)
    }

    /// Saves what is unsaved, takes journal and lock away.
    ///
    /// # Errors
    /// When saving failed: the journal stays and is taken up at the next start.
    pub fn close(mut self, document: &Document) -> Result<Saved, StoreError> {
        let saved = if self.unsaved && self.read_only.is_none() {
            self.save(document)
        } else {
            Ok(Saved::default())
        };
        let OpenArticle {
            beside,
            state,
            lock,
            read_only,
            ..
        } = self;
        if read_only.is_none() {
            // An empty journal left behind is harmless.
            let _ = beside.remove();
            if let Some(StateJournal { place, journal }) = state
                && matches!(journal.remove(), Ok(true))
            {
                place.forget();
            }
        }
        if let Some(lock) = lock {
            lock.release();
        }
        saved
    }

    /// A look at what changes on disk, for another thread to take now and then.
    pub fn watched(&self) -> Watched {
        Watched {
            path: self.path.clone(),
            sidecar: self.sidecar.clone(),
            stamp: Arc::clone(&self.stamp),
        }
    }

    fn writable(&self) -> Result<(), StoreError> {
        match &self.read_only {
            None => Ok(()),
            Some(reason) => Err(StoreError::ReadOnly {
                path: self.path.clone(),
                reason: reason.clone(),
            }),
        }
    }
}

/// Puts a journal in order before it is used; whether it can be.
fn tidy(journal: &mut Journal, leftover: &Leftover, notices: &mut Vec<String>) -> bool {
    match journal.tidy(leftover) {
        Ok(None) => true,
        Ok(Some(aside)) => {
            notices.push(format!(
                "what could not be read in the journal is kept in {}",
                aside.display()
            ));
            true
        }
        Err(error) => {
            notices.push(error.to_string());
            false
        }
    }
}

/// Appends to a journal what it does not hold yet of `pending`.
fn append(journal: &mut Journal, pending: &[Entry]) -> Result<Synced, StoreError> {
    let from = journal.holds.min(pending.len());
    let synced = journal.append(&pending[from..])?;
    journal.holds = pending.len();
    Ok(synced)
}

#[cfg(test)]
mod tests;
