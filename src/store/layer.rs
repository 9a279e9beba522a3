//! The text layer beside an article whose text is extracted: whose it is, and writing it.
//!
//! The sidecar counts in this text, so it has to be there before the sidecar is. A file of its
//! name that holds no text of this article is somebody's, and stays.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::atomic::{self, Links, Rules, Synced, Written};
use super::error::StoreError;
use super::own::{self, Access};
use super::paths;
use crate::annotations::{Document, hex};
use crate::ingest;
use crate::text::Article;

/// What stands in the place of a text layer.
enum Found {
    Nothing,
    /// The text of the article at hand.
    Current,
    /// A text the article had, or the beginning of the one it has: nothing is lost with it.
    Ours,
    Theirs(StoreError),
}

/// Why the text layer of an article cannot be kept beside it; `None`: it can, or none is needed.
pub(super) fn in_the_way(
    path: &Path,
    article: &Article,
    document: &Document,
) -> Option<StoreError> {
    article.extractor()?;
    match look(&paths::snapshot_path(path), article, document) {
        Found::Theirs(error) => Some(error),
        Found::Nothing | Found::Current | Found::Ours => None,
    }
}

/// Writes the text layer of an article, unless it is there already or none is needed; whether
/// what was written is durable.
///
/// # Errors
/// When something stands in its place that is not ours, or the system refuses.
pub(super) fn write(
    path: &Path,
    article: &Article,
    document: &Document,
) -> Result<Synced, StoreError> {
    if article.extractor().is_none() {
        return Ok(Synced::Durably);
    }
    let place = paths::snapshot_path(path);
    match look(&place, article, document) {
        Found::Current => return Ok(Synced::Durably),
        Found::Theirs(error) => return Err(error),
        Found::Nothing | Found::Ours => {}
    }
    let unchanged = |place: &Path| match look(place, article, document) {
        Found::Theirs(error) => Err(error),
        Found::Nothing | Found::Current | Found::Ours => Ok(true),
    };
    let rules = Rules {
        access: Access::of(path),
        links: Links::Refused,
        unchanged: &unchanged,
    };
    match atomic::write(&place, article.text().as_bytes(), &rules)? {
        Written::There(synced) => Ok(synced),
        Written::Not => Err(theirs(&place)),
    }
}

fn look(place: &Path, article: &Article, document: &Document) -> Found {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
        Err(error) => return Found::Theirs(StoreError::io(place, "look at it")(error)),
        Ok(metadata) => {
            if let Err(error) = own::regular(place, &metadata) {
                return Found::Theirs(error);
            }
        }
    }
    let bytes = match own::read(place, ingest::LIMIT as u64) {
        Ok(bytes) => bytes,
        Err(error) => return Found::Theirs(StoreError::io(place, "read it")(error)),
    };
    let text = article.text().as_bytes();
    if bytes == text {
        return Found::Current;
    }
    let known = |bytes: &[u8]| {
        let digest = hex(&Sha256::digest(bytes));
        let mut texts = document.parts().texts.iter();
        texts.any(|(_, version)| version.sha256 == digest)
    };
    if text.starts_with(&bytes) || known(&bytes) || known(&with_line_feeds(&bytes)) {
        Found::Ours
    } else {
        Found::Theirs(theirs(place))
    }
}

/// The bytes as they were before git or an editor gave them the line ends of another system.
fn with_line_feeds(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            text.push(*byte);
        }
    }
    text
}

fn theirs(place: &Path) -> StoreError {
    StoreError::NotOurs {
        path: place.to_owned(),
        what: "it holds no text of this article",
    }
}
