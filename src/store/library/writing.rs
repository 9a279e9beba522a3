//! The sidecar written: merged with what others wrote, and put in its place whole.
//!
//! Goes out from values alone, so that a thread of its own can do it while decisions go on. The
//! journals are not touched here: what was decided since may stand in them, and only who holds
//! them knows ([`OpenArticle::written`](super::OpenArticle::written)).

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::home::Home;
use super::{Saved, StoreError};
use crate::annotations::{Document, Id, common_ground, merge};
use crate::store::atomic::{self, Links, Rules, Synced, Written};
use crate::store::journal;
use crate::store::own::{self, Access};
use crate::store::stamp::Stamp;
use crate::store::standing::Standing;
use crate::store::{kept, layer, reading, sidecar};
use crate::text::Article;

/// How often a save is begun anew because somebody else has just written the sidecar.
const TRIES: usize = 8;

/// A sidecar's bytes; `None`: there is none.
pub(super) type Bytes = Option<Arc<Vec<u8>>>;

/// What this desk knows of the sidecar: what a merge goes out from.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Its bytes as last read or written.
    pub(super) loaded: Bytes,
    /// The same as others last left it: what both sides come from where a sync client puts a
    /// file in place that was made without ours.
    pub(super) outside: Bytes,
    /// What was last written of ours, where that went into a merge that is not shown yet.
    pub(super) ours: Option<Arc<Document>>,
    /// That merge as it was written, and what others had left before it.
    pub(super) mixed: Option<(Arc<Vec<u8>>, Bytes)>,
}

impl Known {
    /// Nothing but what was just read.
    pub(super) fn read(bytes: Option<Vec<u8>>) -> Known {
        let loaded: Bytes = bytes.map(Arc::new);
        Known {
            outside: loaded.clone(),
            loaded,
            ours: None,
            mixed: None,
        }
    }

    /// What others left where these bytes stand: a merge of our own is not theirs.
    fn left_by_others(&self, bytes: &[u8]) -> Option<Bytes> {
        let (stands, theirs) = self.mixed.as_ref()?;
        (stands.as_slice() == bytes).then(|| theirs.clone())
    }
}

/// A save of the open article: all that is needed to write its sidecar, as it was when the save
/// was begun.
pub struct Saving {
    pub(super) path: PathBuf,
    pub(super) sidecar: PathBuf,
    pub(super) home: Home,
    pub(super) article: Article,
    pub(super) reviewer: String,
    pub(super) state_dir: Option<PathBuf>,
    pub(super) known: Known,
    /// Whether a journal is to be emptied for it.
    pub(super) unsaved: bool,
    pub(super) stamp: Arc<Mutex<Stamp>>,
}

/// A sidecar that was written, and what came of it.
pub struct Wrote {
    pub(super) saved: Saved,
    /// The bytes that stand there now.
    pub(super) loaded: Arc<Vec<u8>>,
    /// What others had left, if it was merged with that.
    pub(super) outside: Option<Bytes>,
    /// The reviewer's answers in it.
    pub(super) answers: FxHashMap<Id, String>,
    pub(super) synced: Synced,
    /// How a journal tells the bytes that stand there now.
    pub(super) now: String,
    /// The same of what a disk that lost this save would have there.
    pub(super) before: Vec<String>,
}

impl Saving {
    /// Writes the sidecar, merged with what others wrote since it was read. Writes nothing if the
    /// file already says what `document` says.
    ///
    /// # Errors
    /// When the sidecar cannot be read or written any more.
    pub fn write(&self, document: &Document) -> Result<Wrote, StoreError> {
        if !self.home.is_here() {
            return Err(StoreError::Gone {
                path: self.path.clone(),
            });
        }
        for _ in 0..TRIES {
            let on_disk = reading::read_sidecar(&self.sidecar)?;
            if let Some(wrote) = self.write_over(on_disk, document)? {
                if let Some(state_dir) = &self.state_dir {
                    // Without it old words are not shown in their context, which loses nothing.
                    let _ = kept::keep(state_dir, &self.article, document);
                }
                return Ok(wrote);
            }
        }
        let busy = io::Error::other("somebody else writes it again and again");
        Err(StoreError::io(&self.sidecar, "save it")(busy))
    }

    /// Writes over the sidecar as it was just read; `None`: it is another one by now.
    fn write_over(
        &self,
        on_disk: Option<Vec<u8>>,
        document: &Document,
    ) -> Result<Option<Wrote>, StoreError> {
        let mut saved = Saved::default();
        let mut previous = None;
        let mut outside = None;
        if let Some(bytes) = &on_disk {
            outside = self.known.left_by_others(bytes);
            let theirs = reading::load(&self.sidecar, bytes, &self.article)?;
            if let Some(reason) = theirs.read_only {
                return Err(StoreError::ReadOnly {
                    path: self.path.clone(),
                    reason,
                });
            }
            // An own save that was refused late may have put the same there.
            if !is(&self.known.loaded, bytes) && theirs.document != *document {
                let base = self.base(&theirs.document);
                let merged = merge(base.as_ref(), document, &theirs.document);
                saved.notices.push(
                    "the sidecar was changed by someone else; both sides are kept".to_owned(),
                );
                saved.conflicts = merged.conflicts;
                saved.merged = (merged.document != *document).then_some(merged.document);
                outside = outside.or_else(|| Some(Some(Arc::new(bytes.clone()))));
            }
            previous = Some(theirs.value);
        } else if self.known.loaded.is_some() {
            saved
                .notices
                .push("the sidecar was gone; it is written anew".to_owned());
        }
        let whole = saved.merged.as_ref().unwrap_or(document);
        let rendered = sidecar::render(whole, previous.as_ref()).into_bytes();
        drop(previous);
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
        let answers = journal::known(whole, &self.reviewer);
        let mut before = vec![journal::digest(on_disk.as_deref())];
        let loaded = self.known.loaded.as_ref().map(|bytes| bytes.as_slice());
        if loaded != on_disk.as_deref() {
            before.push(journal::digest(loaded));
        }
        let mut stamp = self.stamp.lock().unwrap_or_else(PoisonError::into_inner);
        stamp.sidecar_is(&rendered);
        drop(stamp);
        Ok(Some(Wrote {
            saved,
            now: journal::digest(Some(&rendered)),
            before,
            loaded: Arc::new(rendered),
            outside,
            answers,
            synced,
        }))
    }

    /// What a merge with the sidecar found starts from.
    pub(super) fn base(&self, theirs: &Document) -> Option<Document> {
        let Known {
            loaded,
            outside,
            ours,
            ..
        } = &self.known;
        let read = |bytes: &Bytes| {
            let loaded = reading::look(&self.sidecar, bytes.as_deref()?, &self.article).ok()?;
            Some(loaded.0.document)
        };
        if let Some(ours) = ours {
            return Some(common_ground(read(outside).as_ref(), ours, theirs));
        }
        let written = read(loaded)?;
        if loaded == outside {
            return Some(written);
        }
        Some(common_ground(read(outside).as_ref(), &written, theirs))
    }

    /// Puts the sidecar in its place, if what stands there is what was read.
    fn replace(&self, on_disk: Option<&[u8]>, rendered: &[u8]) -> Result<Written, StoreError> {
        let unchanged = |place: &Path| match own::read(place, reading::SIDECAR_LIMIT) {
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
}

fn is(known: &Bytes, bytes: &[u8]) -> bool {
    known
        .as_ref()
        .is_some_and(|known| known.as_slice() == bytes)
}
