//! Reads an article with its sidecar and journals, changing nothing on disk.
//!
//! What the desk and the commands share: only regular files are opened, a broken sidecar
//! makes the article read-only, decisions left in a journal are put in.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::article_file::read_regular;
use super::belongings::{Kind, belonging, originals};
use super::error::StoreError;
use super::journal::{self, Entry, Leftover, replay};
use super::other_text::other_text;
use super::own::{self, regular};
use super::paths::{self, article_of_sidecar, sidecar_path};
use super::sidecar::{self, Fault, Loaded, Unreadable};
use super::state::{self, Elsewhere};
use super::{atomic, layer};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::annotations::{Document, Time, hex, reanchor};
use crate::ingest;
use crate::text::Article;

/// Largest sidecar that is read, in bytes.
pub(super) const SIDECAR_LIMIT: u64 = 512 << 20;

/// An article as it was found.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) article: Article,
    pub(super) document: Document,
    pub(super) faults: Vec<Fault>,
    pub(super) notices: Vec<String>,
    pub(super) read_only: Option<String>,
    /// The sidecar cannot be used at all, and why.
    pub(super) unreadable: Option<StoreError>,
    /// The sidecar's bytes, if there is one.
    pub(super) sidecar: Option<Vec<u8>>,
    pub(super) beside: Leftover,
    pub(super) state: Leftover,
    /// Journals of this text whose article is no longer where it was.
    pub(super) elsewhere: Vec<Elsewhere>,
    /// Decisions in the journals that are not in the sidecar, in order.
    pub(super) unsaved: Vec<Entry>,
    pub(super) replayed: usize,
}

/// The article's path, whether it, a link to it, its sidecar or a copy of that was named.
pub(super) fn article_path(path: &Path) -> Result<PathBuf, StoreError> {
    let Some((kind, named)) = path.file_name().and_then(belonging) else {
        return Ok(paths::real_file(path));
    };
    let names: Vec<OsString> = match named.to_str() {
        // "Copy of story.txt.proofmark.json" is named like a sidecar too.
        Some(name) if kind != Kind::Journal => originals(name).map(OsString::from).collect(),
        _ => vec![named.clone()],
    };
    let mut places = names.iter().map(|name| path.with_file_name(name));
    if let Some(article) = places.find(|place| place.is_file()) {
        return Ok(paths::real_file(&article));
    }
    let what = format!(
        "taken for the sidecar of {0}, which is not there; if that was renamed, `proofmark move \
         {0} NEW-NAME` gives the article its decisions",
        named.display()
    );
    Err(StoreError::NotAnArticle {
        path: path.to_owned(),
        what,
    })
}

/// The sidecar's bytes; `None` if there is none.
pub(super) fn read_sidecar(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(path, "look at it")(error)),
        Ok(metadata) => regular(path, &metadata)?,
    }
    let bytes = read_regular(path, SIDECAR_LIMIT)?;
    if bytes.len() as u64 > SIDECAR_LIMIT {
        return Err(StoreError::Sidecar {
            path: path.to_owned(),
            reason: format!("larger than {} MB", SIDECAR_LIMIT >> 20),
        });
    }
    Ok(Some(bytes))
}

/// A sidecar's document in the article's text, with the file as JSON.
pub(super) fn load(path: &Path, bytes: &[u8], article: &Article) -> Result<Loaded, StoreError> {
    let loaded = sidecar::load(bytes, article).map_err(unreadable(path))?;
    Ok(in_text(path, loaded, article).0)
}

/// A sidecar's document in the article's text, and what the reader is told of its marks.
pub(super) fn look(
    path: &Path,
    bytes: &[u8],
    article: &Article,
) -> Result<(Loaded<()>, Option<String>), StoreError> {
    let loaded = sidecar::look(bytes, article).map_err(unreadable(path))?;
    Ok(in_text(path, loaded, article))
}

fn unreadable(path: &Path) -> impl FnOnce(Unreadable) -> StoreError {
    |error| StoreError::Sidecar {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

/// What was loaded, its marks looked for in the article if they count in another text.
fn in_text<V>(
    path: &Path,
    mut loaded: Loaded<V>,
    article: &Article,
) -> (Loaded<V>, Option<String>) {
    let mut moved = None;
    if loaded.text_changed {
        let file = loaded.document.parts().article.file.clone();
        let was = text_sha256(&loaded.document);
        let old = old_text(path, &loaded.document);
        let found = anchor_again(&mut loaded.document, old.as_deref(), article);
        let other = other_text(&loaded.document, was.as_deref(), path);
        if let Some(other) = other.filter(|_| loaded.read_only.is_none()) {
            loaded.read_only = Some(format!(
                "the sidecar is about another text ({}): {}; {}, or move {} away to start anew",
                match &other.its {
                    Some(_) => "its name was used again".to_owned(),
                    None => format!("of {file}"),
                },
                other.found_in(article.name()),
                other.way_out(),
                path.file_name()
                    .unwrap_or(path.as_os_str())
                    .to_string_lossy(),
            ));
        }
        moved = Some(found);
    }
    (loaded, moved)
}

/// The digest of the text that a document's marks count in, in hex.
fn text_sha256(document: &Document) -> Option<String> {
    let parts = document.parts();
    let mut texts = parts.texts.iter();
    let (_, version) = texts.find(|(id, _)| *id == parts.article.text)?;
    Some(version.sha256.clone())
}

/// The text that a document's marks count in, where it was extracted and still stands beside
/// the sidecar. The place is the program's own; paths named in the file are never opened.
fn old_text(sidecar: &Path, document: &Document) -> Option<String> {
    let parts = document.parts();
    let (_, version) = parts
        .texts
        .iter()
        .find(|(id, _)| *id == parts.article.text)?;
    if version.layer != "extracted" {
        return None;
    }
    let snapshot = paths::snapshot_path(&article_of_sidecar(sidecar)?);
    let bytes = own::read(&snapshot, ingest::LIMIT as u64).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    (hex(&Sha256::digest(&text)) == version.sha256).then_some(text)
}

/// Anchors a document's marks in the article at hand and says how they fared.
fn anchor_again(document: &mut Document, old_text: Option<&str>, article: &Article) -> String {
    let old = std::mem::replace(document, Document::new(article));
    let again = reanchor(old.into_parts(), old_text, article);
    let told = again.to_string();
    *document = again.document;
    told
}

/// Reads everything there is about an article that was read.
pub(super) fn read(path: PathBuf, article: Article, state_dir: Option<&Path>) -> Found {
    let mut found = Found {
        document: Document::new(&article),
        faults: Vec::new(),
        notices: article.notices().to_vec(),
        read_only: None,
        unreadable: None,
        sidecar: None,
        beside: Leftover::read(&paths::journal_path(&path)),
        state: match state_journal(&path, state_dir) {
            Some(journal) => Leftover::read(&journal),
            None => Leftover::none(),
        },
        elsewhere: match state_dir {
            Some(state_dir) => state::elsewhere(state_dir, &path, &article),
            None => Vec::new(),
        },
        unsaved: Vec::new(),
        replayed: 0,
        path,
        article,
    };
    found.take_sidecar();
    found.take_journals();
    found.look_at_layer();
    let ahead = found.document.answers_after(&tolerated());
    found.notices.extend(ahead.iter().map(ToString::to_string));
    found
}

/// How far clocks may differ without a word, in minutes.
const TOLERANCE: i64 = 10;

/// The latest date that this computer's clock has for the present.
pub fn tolerated() -> Time {
    let now = Timestamp::now();
    let latest = now.checked_add(SignedDuration::from_mins(TOLERANCE));
    let latest = latest.unwrap_or(now).as_second();
    let whole = Timestamp::from_second(latest).unwrap_or(now);
    Time::new(whole.to_string())
}

/// The present, as files spell it: UTC, whole seconds.
pub fn present() -> Time {
    let now = Timestamp::now();
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    Time::new(whole.to_string())
}

/// Where an article's journal is kept when its own folder will not have it.
pub(super) fn state_journal(path: &Path, state_dir: Option<&Path>) -> Option<PathBuf> {
    Some(state::journal(state_dir?, path))
}

impl Found {
    fn take_sidecar(&mut self) {
        let path = sidecar_path(&self.path);
        if !paths::fits(&path) {
            self.read_only =
                Some("the file's name is too long to keep a sidecar beside it".to_owned());
            return;
        }
        if let Err(error) = atomic::resolve(&path) {
            self.read_only = Some(error.to_string());
        }
        let loaded = read_sidecar(&path).and_then(|bytes| match bytes {
            None => Ok(None),
            Some(bytes) => look(&path, &bytes, &self.article).map(|loaded| Some((bytes, loaded))),
        });
        match loaded {
            Ok(None) => {}
            Ok(Some((bytes, (loaded, moved)))) => {
                self.document = loaded.document;
                self.say_faults(&loaded.faults, loaded.read_only.is_none());
                self.faults = loaded.faults;
                self.read_only = loaded.read_only.or(self.read_only.take());
                self.notices.extend(moved);
                self.sidecar = Some(bytes);
            }
            Err(error) => {
                self.read_only = Some(error.to_string());
                self.unreadable = Some(error);
            }
        }
    }

    /// A text layer that is not ours is neither believed nor replaced, and without one nothing
    /// can be saved.
    fn look_at_layer(&mut self) {
        let fault = layer::in_the_way(&self.path, &self.article, &self.document);
        if let (None, Some(fault)) = (&self.read_only, fault) {
            self.read_only = Some(fault.to_string());
        }
    }

    fn say_faults(&mut self, faults: &[Fault], usable: bool) {
        let aside = self.document.parts().aside.len();
        if aside > 0 {
            let first = &self.document.parts().aside[0].reason;
            self.notices.push(format!(
                "{aside} faulty record(s) of the sidecar set aside and kept; the first: {first}"
            ));
        }
        if usable {
            let told = faults
                .iter()
                .filter(|fault| fault.path.starts_with("article"));
            self.notices
                .extend(told.map(|fault| format!("in the sidecar: {fault}")));
        }
    }

    fn take_journals(&mut self) {
        let mut entries: Vec<Entry> = Vec::new();
        let elsewhere: Vec<Leftover> = self
            .elsewhere
            .iter()
            .map(|elsewhere| Leftover::read(&elsewhere.journal))
            .collect();
        for leftover in [&self.beside, &self.state].into_iter().chain(&elsewhere) {
            let unsaved = journal::unsaved(&leftover.log.entries, self.sidecar.as_deref());
            entries = journal::joined(entries, unsaved);
            self.notices.extend(leftover.unusable.clone());
            self.notices.extend(leftover.faults());
        }
        let before = (!entries.is_empty()).then(|| self.document.clone());
        let mut replayed = replay(&mut self.document, &self.article, &entries);
        self.unsaved = entries;
        if before.is_none_or(|before| before == self.document) {
            // All of it is in the sidecar: the desk died after that was written.
            replayed.entries = 0;
        }
        self.replayed = replayed.entries;
        if replayed.entries > 0 {
            self.notices.push(match replayed.entries {
                1 => "1 decision came back from the journal".to_owned(),
                many => format!("{many} decisions came back from the journal"),
            });
            for elsewhere in &self.elsewhere {
                let was = &elsewhere.was;
                self.notices.push(format!(
                    "some were made when this article was {was}, which is no longer there"
                ));
            }
        }
        if replayed.homeless > 0 {
            self.notices.push(format!(
                "{} decision(s) in the journal are about records that are no longer there",
                replayed.homeless
            ));
        }
        if replayed.contested > 0 {
            self.notices.push(format!(
                "{} answer(s) in the journal stand against others of the same reviewer in the \
                 sidecar; both are kept: choose on the card",
                replayed.contested
            ));
        }
        let astray = |document: &Document| {
            document.annotations().iter().any(|a| {
                a.target.mark.is_none() && a.target.anchor != crate::annotations::Anchor::Lost
            })
        };
        if replayed.entries > 0 && (replayed.other_text || astray(&self.document)) {
            let moved = anchor_again(&mut self.document, None, &self.article);
            self.notices.push(moved);
        }
        let was = self.unsaved.last().map(|entry| entry.text.1.sha256.clone());
        if self.sidecar.is_none() && self.read_only.is_none() && replayed.other_text {
            let other = other_text(&self.document, was.as_deref(), &self.path);
            self.read_only = other.map(|other| {
                format!(
                    "the journal is about another text: {}; {}",
                    other.found_in(self.article.name()),
                    other.way_out()
                )
            });
        }
    }
}

impl Leftover {
    /// What is wrong with it, for the reader.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.log.torn {
            faults.push("the last line of the journal was cut off and is dropped".to_owned());
        }
        if self.log.garbled > 0 {
            faults.push(format!(
                "{} line(s) of the journal cannot be read; they are kept",
                self.log.garbled
            ));
        }
        if self.log.missing > 0 {
            faults.push(format!(
                "{} line(s) are missing from the journal; the others are taken up",
                self.log.missing
            ));
        }
        faults
    }
}
