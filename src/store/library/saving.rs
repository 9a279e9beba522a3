//! Saving the open article: its sidecar written, here or by a thread of its own, and then the
//! journals emptied of what stands in it.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::writing::{Bytes, Saving, Wrote};
use super::{OpenArticle, Saved, StoreError};
use crate::annotations::{Conflict, Document, Edit};
use crate::store::atomic::Synced;
use crate::store::journal::{self, Entry, SavedAs, text_of};

impl OpenArticle {
    /// Writes the sidecar, merged with what others wrote since it was read, and empties the
    /// journal. Writes nothing if the file already says what `document` says.
    ///
    /// # Errors
    /// When the sidecar cannot be read or written any more; a journal then keeps all, and which
    /// one is told.
    pub fn save(&mut self, document: &Document) -> Result<Saved, StoreError> {
        let wrote = self.saving()?.write(document);
        self.written(wrote, None)
    }

    /// Begins a save that another thread carries out with [`Saving::write`]; what came of it goes
    /// to [`OpenArticle::written`], before anything else is saved. Decisions may go on in between.
    ///
    /// # Errors
    /// When nothing may be written here.
    pub fn saving(&self) -> Result<Saving, StoreError> {
        self.writable()?;
        Ok(Saving {
            path: self.path.clone(),
            sidecar: self.sidecar.clone(),
            home: self.home.clone(),
            article: self.article.clone(),
            reviewer: self.options.reviewer.clone(),
            state_dir: self.options.state_dir.clone(),
            known: self.known.clone(),
            unsaved: self.unsaved,
            stamp: Arc::clone(&self.stamp),
        })
    }

    /// Takes up what came of a save. `since`: the document that was saved, where another one is
    /// shown by now. Then the journals stay as they are, since what they hold is saved in part,
    /// and what others wrote is shown by the next save, which is due.
    ///
    /// # Errors
    /// Why it was not written; a journal keeps all, and which one is told.
    pub fn written(
        &mut self,
        wrote: Result<Wrote, StoreError>,
        since: Option<Arc<Document>>,
    ) -> Result<Saved, StoreError> {
        match wrote {
            Ok(wrote) => Ok(self.take_written(wrote, since)),
            Err(error) => Err(self.unwritten(error)),
        }
    }

    fn take_written(&mut self, wrote: Wrote, since: Option<Arc<Document>>) -> Saved {
        let Wrote {
            mut saved,
            loaded,
            outside,
            answers,
            synced,
            now,
            before,
        } = wrote;
        if let Some(document) = since {
            if synced == Synced::Cannot {
                // The disk may lose this save and the one after it.
                self.replaced.extend(before);
                self.replaced.push(now);
            }
            match saved.merged.take() {
                // What stands there holds ours and what others left. What is shown holds nothing
                // of theirs: it would seem to have taken all of it out.
                Some(_) => {
                    self.known.ours = Some(document);
                    self.known.mixed = outside.map(|theirs| (loaded, theirs));
                    self.hidden.append(&mut saved.conflicts);
                    saved = Saved::default();
                }
                None => self.know(loaded, outside),
            }
            self.unsaved = true;
            return saved;
        }
        let told: FxHashSet<Conflict> = saved.conflicts.iter().cloned().collect();
        let hidden = self.hidden.drain(..).filter(|one| !told.contains(one));
        saved.conflicts.extend(hidden);
        self.know(loaded, outside);
        self.answers = answers;
        match synced {
            Synced::Durably => self.empty_journals(&mut saved.notices),
            Synced::Cannot => self.keep_journal(&now, before, &mut saved.notices),
        }
        saved
    }

    /// The document shown, and what others left with it, stands in the sidecar.
    fn know(&mut self, loaded: Arc<Vec<u8>>, outside: Option<Bytes>) {
        self.known.loaded = Some(loaded);
        self.known.ours = None;
        self.known.mixed = None;
        if let Some(outside) = outside {
            self.known.outside = outside;
        }
    }

    fn unwritten(&mut self, error: StoreError) -> StoreError {
        if !self.home.is_here() {
            // The journal beside went with the folder, wherever that is now.
            self.beside_works = false;
            let _ = self.write_state();
        }
        match self.where_pending() {
            Some(journal) => StoreError::Unsaved {
                source: Box::new(error),
                journal,
            },
            None => error,
        }
    }

    /// The journal that holds all that is pending.
    fn where_pending(&self) -> Option<std::path::PathBuf> {
        if self.pending.is_empty() {
            return None;
        }
        let state = self.state.as_ref().map(|state| &state.journal);
        let beside = self.home.is_here().then_some(&self.beside);
        let holds = |journal: &&journal::Journal| journal.holds >= self.pending.len();
        let journal = [beside, state].into_iter().flatten().find(holds)?;
        Some(journal.path().to_owned())
    }

    fn empty_journals(&mut self, notices: &mut Vec<String>) {
        let state = self.state.as_mut().map(|state| &mut state.journal);
        let mut kept = false;
        for journal in [Some(&mut self.beside), state].into_iter().flatten() {
            match journal.empty() {
                Ok(true) => {}
                Ok(false) => notices.push(format!(
                    "somebody else writes to the journal {} too: it is kept",
                    journal.path().display()
                )),
                Err(error) => {
                    // Replaying it again changes nothing.
                    notices.push(error.to_string());
                    kept = true;
                }
            }
        }
        for elsewhere in self.elsewhere.drain(..) {
            elsewhere.settled();
        }
        self.pending.clear();
        self.described.clear();
        self.replaced.clear();
        self.unsaved = kept;
    }

    /// The sidecar is written and may not be durable: what is in it stays in a journal, which
    /// tells up to where it was saved, and what would stand there if it was not.
    fn keep_journal(&mut self, now: &str, before: Vec<String>, notices: &mut Vec<String>) {
        self.unsaved = false;
        let mut before: Vec<String> = self.replaced.drain(..).chain(before).collect();
        before.sort_unstable();
        before.dedup();
        if self.pending.is_empty() {
            return;
        }
        let mark = |before| Entry {
            seq: 0,
            at: self.pending.last().map_or_else(
                || crate::annotations::Time::new(""),
                |entry| entry.at.clone(),
            ),
            reviewer: self.options.reviewer.clone(),
            text: text_of(&self.article),
            annotations: Vec::new(),
            links: Vec::new(),
            edit: Edit::All(Vec::new()),
            was: Vec::new(),
            saved: Some(SavedAs {
                now: now.to_owned(),
                before,
            }),
        };
        let marks: Vec<Entry> = before.into_iter().map(mark).collect();
        let all = self.pending.len();
        let state = self.state.as_mut().map(|state| &mut state.journal);
        let in_state = state.as_ref().is_some_and(|state| state.holds >= all);
        if in_state {
            // One copy is enough, and this folder has no better one to give.
            let _ = self.beside.empty();
        }
        let keeper = match state.filter(|_| in_state) {
            Some(state) => state,
            None => &mut self.beside,
        };
        let place = keeper.path().display().to_string();
        let mut rest = self.pending.split_off(keeper.holds.min(all));
        rest.extend(marks);
        if let Err(error) = keeper.append(&rest) {
            // Without the mark what it holds is taken up once more, which changes nothing.
            notices.push(error.to_string());
        }
        self.pending.clear();
        self.described.clear();
        self.beside.holds = 0;
        if let Some(state) = &mut self.state {
            state.journal.holds = 0;
        }
        if !std::mem::replace(&mut self.told_unsynced, true) {
            notices.push(format!(
                "files cannot be synced here: the sidecar is written and may not survive a power \
                 cut; its decisions stay in {place} too"
            ));
        }
    }
}
