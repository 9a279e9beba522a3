//! Saving the open article: merged with what others wrote, written whole, journals emptied.

use std::io;

use super::{OpenArticle, Saved, StoreError};
use crate::annotations::{Document, Edit, merge};
use crate::store::atomic::{self, Links, Rules, Synced, Written};
use crate::store::journal::{self, Entry, SavedAs, text_of};
use crate::store::own::{self, Access};
use crate::store::standing::Standing;
use crate::store::{kept, layer, reading, sidecar};

/// How often a save is begun anew because somebody else has just written the sidecar.
const TRIES: usize = 8;

impl OpenArticle {
    /// Writes the sidecar, merged with what others wrote since it was read, and empties the
    /// journal. Writes nothing if the file already says what `document` says.
    ///
    /// # Errors
    /// When the sidecar cannot be read or written any more; a journal then keeps all, and which
    /// one is told.
    pub fn save(&mut self, document: &Document) -> Result<Saved, StoreError> {
        self.writable()?;
        self.try_save(document).map_err(|error| {
            if !self.is_at_home() {
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
        })
    }

    /// The journal that holds all that is pending.
    fn where_pending(&self) -> Option<std::path::PathBuf> {
        if self.pending.is_empty() {
            return None;
        }
        let state = self.state.as_ref().map(|state| &state.journal);
        let beside = self.is_at_home().then_some(&self.beside);
        let holds = |journal: &&journal::Journal| journal.holds >= self.pending.len();
        let journal = [beside, state].into_iter().flatten().find(holds)?;
        Some(journal.path().to_owned())
    }

    fn try_save(&mut self, document: &Document) -> Result<Saved, StoreError> {
        if !self.is_at_home() {
            return Err(StoreError::Gone {
                path: self.path.clone(),
            });
        }
        for _ in 0..TRIES {
            let on_disk = reading::read_sidecar(&self.sidecar)?;
            if let Some(saved) = self.save_over(on_disk, document)? {
                if let Some(state_dir) = &self.options.state_dir {
                    // Without it old words are not shown in their context, which loses nothing.
                    let _ = kept::keep(state_dir, &self.article, document);
                }
                return Ok(saved);
            }
        }
        let busy = io::Error::other("somebody else writes it again and again");
        Err(StoreError::io(&self.sidecar, "save it")(busy))
    }

    /// Saves over the sidecar as it was just read; `None`: it is another one by now.
    fn save_over(
        &mut self,
        on_disk: Option<Vec<u8>>,
        document: &Document,
    ) -> Result<Option<Saved>, StoreError> {
        let mut saved = Saved::default();
        let mut previous = None;
        let mut outside = None;
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
                let base = self.base(&theirs.document);
                let merged = merge(base.as_ref(), document, &theirs.document);
                saved.notices.push(
                    "the sidecar was changed by someone else; both sides are kept".to_owned(),
                );
                saved.conflicts = merged.conflicts;
                saved.merged = (merged.document != *document).then_some(merged.document);
                outside = Some(on_disk.clone());
            }
            previous = Some(theirs.value);
        } else if self.loaded.is_some() {
            saved
                .notices
                .push("the sidecar was gone; it is written anew".to_owned());
        }
        let whole = saved.merged.as_ref().unwrap_or(document);
        let rendered = sidecar::render(whole, previous.as_ref()).into_bytes();
        let mut synced = Synced::Durably;
        if on_disk.as_ref() != Some(&rendered) {
            // The sidecar counts in this text, so it has to be there first.
            synced = layer::write(&self.path, &self.article, whole)?;
            if Standing::of(&self.sidecar).is_some_and(|standing| standing.is_write_protected) {
                saved.notices.push(
                    "the sidecar is write-protected; it was replaced and stays so".to_owned(),
                );
            }
            match self.replace(on_disk.as_deref(), &rendered)? {
                Written::Not => return Ok(None),
                Written::There(Synced::Cannot) => synced = Synced::Cannot,
                Written::There(Synced::Durably) => {}
            }
        } else if self.unsaved {
            // The journal is about to be emptied.
            synced = atomic::settle(&self.sidecar)?;
        }
        if let Some(outside) = outside {
            self.outside = outside;
        }
        self.answers = journal::known(whole, &self.options.reviewer);
        let before = self.loaded.replace(rendered);
        self.stamp.sidecar_is(self.loaded.as_deref());
        match synced {
            Synced::Durably => self.empty_journals(&mut saved.notices),
            Synced::Cannot => self.keep_journal(before.as_deref(), &mut saved.notices),
        }
        Ok(Some(saved))
    }

    /// Puts the sidecar in its place, if what stands there is what was read.
    fn replace(&self, on_disk: Option<&[u8]>, rendered: &[u8]) -> Result<Written, StoreError> {
        let unchanged = |place: &std::path::Path| match own::read(place, reading::SIDECAR_LIMIT) {
            Ok(bytes) => Ok(Some(bytes.as_slice()) == on_disk),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(on_disk.is_none()),
            Err(error) => Err(StoreError::io(place, "look at it again")(error)),
        };
        let rules = Rules {
            access: Access::of(&self.path),
            links: Links::InTheirFolder,
            unchanged: &unchanged,
        };
        atomic::write(&self.sidecar, rendered, &rules)
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
        self.unsaved = kept;
    }

    /// The sidecar is written and may not be durable: what is in it stays in a journal, which
    /// tells up to where it was saved.
    fn keep_journal(&mut self, before: Option<&[u8]>, notices: &mut Vec<String>) {
        self.unsaved = false;
        if self.pending.is_empty() {
            return;
        }
        let mark = Entry {
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
                now: journal::digest(self.loaded.as_deref()),
                before: journal::digest(before),
            }),
        };
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
        rest.push(mark);
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
