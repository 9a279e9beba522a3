//! Texts in which something was decided, kept in the state folder under their digest.
//!
//! When an article has changed, what stood there when it was judged can then be shown beside
//! what stands there now. Only shown: marks are found again without these texts, so that two
//! desks find the same. Losing one costs that view and nothing else; a file whose text has not
//! the digest it is called by is as good as none.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::atomic::{self, Links, Rules};
use super::error::StoreError;
use super::own::{self, Access};
use super::state;
use crate::annotations::{Document, hex, text_id};
use crate::text::Article;

/// Largest text that is kept, in bytes.
const LARGEST: u64 = 64 << 20;
/// Texts kept in all; those used longest ago go first.
const TEXTS: usize = 4_000;
/// Their bytes in all.
const BYTES: u64 = 256 << 20;

/// The text of a digest, if it was kept: `sha256` as a sidecar's `texts` spell it.
pub fn kept_text(state_dir: &Path, sha256: &str) -> Option<String> {
    // The digest is a file's word, and must not lead anywhere else.
    let is_digest = sha256.len() == 64
        && sha256
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !is_digest {
        return None;
    }
    let bytes = own::read(&place(state_dir, sha256), LARGEST).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    (hex(&Sha256::digest(&text)) == sha256).then_some(text)
}

/// Keeps the article's text if somebody decided something in it.
///
/// # Errors
/// When the state folder cannot be written.
pub(super) fn keep(
    state_dir: &Path,
    article: &Article,
    document: &Document,
) -> Result<(), StoreError> {
    let text = article.text();
    if text.len() as u64 > LARGEST || !is_judged(article, document) {
        return Ok(());
    }
    let path = place(state_dir, &hex(article.text_sha256()));
    if own::read(&path, LARGEST).is_ok_and(|kept| kept == text.as_bytes()) {
        // Used again, so it goes later.
        let _ = own::open(&path, OpenOptions::new().append(true))
            .and_then(|file| file.set_modified(SystemTime::now()));
        return Ok(());
    }
    let folder = folder(state_dir);
    state::ready(state_dir, &folder).map_err(StoreError::io(&folder, "make the folder"))?;
    let rules = Rules {
        access: Access::OWNER,
        links: Links::Refused,
        unchanged: &|_| Ok(true),
    };
    atomic::write(&path, text.as_bytes(), &rules)?;
    prune(&folder, TEXTS, BYTES);
    Ok(())
}

fn folder(state_dir: &Path) -> PathBuf {
    state_dir.join("texts")
}

fn place(state_dir: &Path, sha256: &str) -> PathBuf {
    folder(state_dir).join(format!("{sha256}.txt"))
}

/// Whether an answer of the document counts in this text.
fn is_judged(article: &Article, document: &Document) -> bool {
    let text = text_id(article.text_sha256());
    let parts = document.parts();
    let of_annotations = parts.annotations.iter().flat_map(|annotation| {
        let reviews = annotation.reviews.iter().map(|(_, review)| review);
        reviews.chain(annotation.adjudication.as_ref())
    });
    let of_links = parts.links.iter().flat_map(|link| &link.reviews);
    of_annotations
        .chain(of_links.map(|(_, review)| review))
        .any(|review| review.text == text)
}

/// Takes away the texts used longest ago until few enough are left. Whatever else is in the
/// folder is left alone; what cannot be taken away is tried again next time.
fn prune(folder: &Path, texts: usize, bytes: u64) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut kept: Vec<(SystemTime, PathBuf, u64)> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_ours))
        .filter_map(|entry| {
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((metadata.modified().ok()?, entry.path(), metadata.len()))
        })
        .collect();
    kept.sort_unstable_by(|a, b| b.cmp(a));
    let mut all = 0;
    for (at, (_, path, length)) in kept.iter().enumerate() {
        all += length;
        // The newest is what was just written.
        if at > 0 && (at >= texts || all > bytes) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a name in the folder is that of a text, or of one half written.
fn is_ours(name: &str) -> bool {
    let digest = name.strip_prefix('.').unwrap_or(name);
    let (digest, rest) = digest.split_at_checked(64).unwrap_or(("", ""));
    let is_name = rest == ".txt" || name.starts_with('.') && rest.ends_with(".tmp");
    is_name && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
