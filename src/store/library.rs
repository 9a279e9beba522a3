//! The desk's door to disk: open an article, record decisions, save, close.
//!
//! A decision is synced to the journal before [`OpenArticle::record`] returns; the sidecar
//! is replaced whole when saving, merged with what others wrote in the meantime, and only
//! then is the journal emptied. Nothing is written by opening but the lock.

use std::path::{Path, PathBuf};

use super::atomic::{self, Links, Rules, Written};
use super::error::StoreError;
use super::journal::{self, Entry, Journal, Leftover, bare_records, text_of};
use super::layer;
use super::lock::{self, Asked, Lock};
use super::own::Access;
use super::paths::{self, sidecar_path};
use super::reading::{self, Found};
use super::sidecar::{self, Fault};
use super::stamp::{Change, Stamp};
use super::standing::{self, Standing};
use crate::annotations::{Conflict, Document, Edit, Time, merge};
use crate::text::Article;

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
    /// The sidecar's bytes as last read or written; `None`: there is none.
    loaded: Option<Vec<u8>>,
    options: OpenOptions,
    beside: Journal,
    state: Option<Journal>,
    beside_works: bool,
    lock: Option<Lock>,
    unsaved: bool,
    stamp: Stamp,
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
        let article = reading::read_article(&path)?;
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
        let mut state = reading::state_journal(&found.path, options.state_dir.as_deref())
            .map(|path| Journal::new(path, &found.state, Access::OWNER));
        let mut beside_works = found.beside.unusable.is_none();
        if found.read_only.is_none() {
            let said = standing::said_of(&sidecar, lock.as_ref().and_then(Lock::account));
            found.notices.extend(said.into_iter().map(str::to_owned));
            if lock.as_ref().is_some_and(|lock| lock.stale) {
                atomic::sweep(&sidecar);
            }
            beside_works &= tidy(&mut beside, &found.beside, &mut found.notices);
            if let Some(state) = &mut state {
                tidy(state, &found.state, &mut found.notices);
            }
            if !beside_works && state.is_none() {
                found.read_only = Some("there is no place to keep a journal".to_owned());
            }
        }
        OpenArticle {
            stamp: Stamp::of(&found.article, found.sidecar.as_deref()),
            article: found.article,
            document: found.document,
            notices: found.notices,
            faults: found.faults,
            read_only: found.read_only,
            replayed: found.replayed,
            path: found.path,
            sidecar,
            loaded: found.sidecar,
            options: options.clone(),
            unsaved: beside.has_lines() || state.as_ref().is_some_and(Journal::has_lines),
            beside,
            state,
            beside_works,
            lock,
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
        let mut notice = None;
        let mut beside_fault = "no journal can be kept there".to_owned();
        if self.beside_works {
            match append(
                &mut self.beside,
                &self.article,
                &self.options,
                document,
                edit,
                now,
            ) {
                Ok(()) => {
                    self.unsaved = true;
                    return Ok(None);
                }
                Err(error) => {
                    self.beside_works = false;
                    beside_fault = error.to_string();
                    notice = Some(format!("{error}; decisions go to the state folder"));
                }
            }
        }
        let Some(state) = &mut self.state else {
            self.beside_works = true;
            return Err(StoreError::Journal {
                beside: beside_fault,
                state: "there is none".to_owned(),
            });
        };
        let folder = atomic::folder_of(state.path());
        let ready = if state.is_open() && folder.is_dir() {
            Ok(())
        } else {
            atomic::make_folder(&folder)
        };
        let written = ready
            .map_err(StoreError::io(&folder, "make the folder"))
            .and_then(|()| append(state, &self.article, &self.options, document, edit, now));
        match written {
            Ok(()) => {
                self.unsaved = true;
                Ok(notice)
            }
            Err(error) => {
                // The next decision tries both places again.
                self.beside_works = true;
                Err(StoreError::Journal {
                    beside: beside_fault,
                    state: error.to_string(),
                })
            }
        }
    }

    /// Writes the sidecar, merged with what others wrote since it was read, and empties the
    /// journal. Writes nothing if the file already says what `document` says.
    ///
    /// # Errors
    /// When the sidecar cannot be read or written any more; the journal then keeps all.
    pub fn save(&mut self, document: &Document) -> Result<Saved, StoreError> {
        self.writable()?;
        let on_disk = reading::read_sidecar(&self.sidecar)?;
        let mut saved = Saved::default();
        let mut previous = None;
        if let Some(bytes) = &on_disk {
            let (theirs, _) = reading::load(&self.sidecar, bytes, &self.article)?;
            if let Some(reason) = theirs.read_only {
                return Err(StoreError::ReadOnly {
                    path: self.path.clone(),
                    reason,
                });
            }
            // An own save that was refused late may have put the same there.
            if on_disk != self.loaded && theirs.document != *document {
                let base = match &self.loaded {
                    Some(bytes) => reading::load(&self.sidecar, bytes, &self.article).ok(),
                    None => None,
                };
                let base = base.map(|(base, _)| base.document);
                let merged = merge(base.as_ref(), document, &theirs.document);
                saved.notices.push(
                    "the sidecar was changed by someone else; both sides are kept".to_owned(),
                );
                saved.conflicts = merged.conflicts;
                saved.merged = (merged.document != *document).then_some(merged.document);
            }
            previous = Some(theirs.value);
        } else if self.loaded.is_some() {
            saved
                .notices
                .push("the sidecar was gone; it is written anew".to_owned());
        }
        let whole = saved.merged.as_ref().unwrap_or(document);
        let rendered = sidecar::render(whole, previous.as_ref()).into_bytes();
        if on_disk.as_ref() != Some(&rendered) {
            // The sidecar counts in this text, so it has to be there first.
            layer::write(&self.path, &self.article, whole)?;
            if Standing::of(&self.sidecar).is_some_and(|standing| standing.is_write_protected) {
                saved.notices.push(
                    "the sidecar is write-protected; it was replaced and stays so".to_owned(),
                );
            }
            let rules = Rules {
                access: Access::of(&self.path),
                links: Links::InTheirFolder,
                unchanged: &|_| Ok(true),
            };
            match atomic::write(&self.sidecar, &rendered, &rules)? {
                Written::Durably | Written::Not => {}
            }
        } else if self.unsaved {
            // The journal is about to be emptied.
            atomic::settle(&self.sidecar)?;
        }
        self.loaded = Some(rendered);
        self.stamp.sidecar_is(self.loaded.as_deref());
        self.empty_journals(&mut saved.notices);
        Ok(saved)
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
            let _ = state.map(Journal::remove);
        }
        if let Some(lock) = lock {
            lock.release();
        }
        saved
    }

    /// Which files changed on disk since they were read or last written; cheap unless they
    /// did.
    pub fn changed_outside(&mut self) -> Change {
        self.stamp.look(&self.path, &self.sidecar)
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

    fn empty_journals(&mut self, notices: &mut Vec<String>) {
        let mut kept = false;
        for journal in [Some(&mut self.beside), self.state.as_mut()]
            .into_iter()
            .flatten()
        {
            if let Err(error) = journal.empty() {
                // Replaying it again changes nothing.
                notices.push(error.to_string());
                kept = true;
            }
        }
        self.unsaved = kept;
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

fn append(
    journal: &mut Journal,
    article: &Article,
    options: &OpenOptions,
    document: &Document,
    edit: &Edit,
    now: &Time,
) -> Result<(), StoreError> {
    let (annotations, links) = bare_records(document, edit, |id| journal.described.contains(id));
    let entry = Entry {
        seq: journal.next(),
        at: now.clone(),
        reviewer: options.reviewer.clone(),
        text: text_of(article),
        annotations,
        links,
        edit: edit.clone(),
    };
    journal.append(&journal::write(&entry))?;
    let described = entry.annotations.into_iter().map(|a| a.id);
    journal.described.extend(described);
    journal
        .described
        .extend(entry.links.into_iter().map(|l| l.id));
    Ok(())
}

#[cfg(test)]
mod tests;
