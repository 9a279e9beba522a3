//! Where an article's files are: names beside it and in the state folder.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::atomic::folder_of;
use crate::annotations::hex;

/// The end of a sidecar's name.
const SIDECAR: &str = ".proofmark.json";

/// Longest file name most systems allow, in bytes.
const LONGEST: usize = 255;

/// The sidecar of an article.
pub fn sidecar_path(article: &Path) -> PathBuf {
    beside(article, "", SIDECAR)
}

/// The article of a sidecar, if the path is named like one.
pub fn article_of_sidecar(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    let stem = name.as_encoded_bytes().strip_suffix(SIDECAR.as_bytes())?;
    if stem.is_empty() {
        return None;
    }
    let text = name.to_str();
    let stem = match text {
        Some(text) => OsString::from(&text[..stem.len()]),
        None => stem_of_odd_name(name)?,
    };
    Some(path.with_file_name(stem))
}

#[cfg(unix)]
fn stem_of_odd_name(name: &OsStr) -> Option<OsString> {
    use std::os::unix::ffi::OsStrExt;
    let stem = name.as_bytes().strip_suffix(SIDECAR.as_bytes())?;
    Some(OsStr::from_bytes(stem).to_owned())
}

#[cfg(not(unix))]
fn stem_of_odd_name(_: &OsStr) -> Option<OsString> {
    None
}

/// The text layer of an article from which it was extracted.
pub(super) fn snapshot_path(article: &Path) -> PathBuf {
    beside(article, "", ".proofmark.txt")
}

/// The journal beside an article.
pub(super) fn journal_path(article: &Path) -> PathBuf {
    beside(article, ".", ".proofmark.journal")
}

/// The lock beside an article.
pub(super) fn lock_path(article: &Path) -> PathBuf {
    beside(article, ".", ".proofmark.lock")
}

/// Whether two paths name one file.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let number = |path| fs::symlink_metadata(path).map(|m| (m.dev(), m.ino()));
        matches!((number(one), number(other)), (Ok(one), Ok(other)) if one == other)
    }
    #[cfg(not(unix))]
    {
        let whole = |path| fs::canonicalize(path);
        matches!((whole(one), whole(other)), (Ok(one), Ok(other)) if one == other)
    }
}

/// Whether a name is one of the program's own files.
pub fn is_own_file(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    [
        ".proofmark.json",
        ".proofmark.txt",
        ".proofmark.journal",
        ".proofmark.lock",
    ]
    .iter()
    .any(|end| name.ends_with(end.as_bytes()))
}

/// Whether a name is that of a report which the desk wrote beside an article: no article, though
/// it ends like one.
pub(super) fn is_report(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let at = name.rfind(".proofmark.");
    at.is_some_and(|at| at > 0 && (name.ends_with(".md") || name.ends_with(".html")))
}

/// Whether a path's file name is short enough to be made.
pub(super) fn fits(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.len() <= LONGEST)
}

/// Links followed before giving up.
const LINKS: usize = 40;

/// The file that a path leads to, its own links followed and those of its folders left: an
/// article has one set of files beside it, whichever name opens it.
pub fn real_file(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::read_link(&place) {
            Ok(link) => place = folder_of(&place).join(link),
            Err(_) => return place,
        }
    }
    path.to_owned()
}

/// The name of an article in the state folder: the same for one file however it is called, and
/// also while the file itself is gone.
pub(super) fn state_name(article: &Path) -> String {
    let whole = whole(article);
    hex(&Sha256::digest(whole.as_os_str().as_encoded_bytes()))[..24].to_owned()
}

/// The path of an article from the root on, its links followed; also while the file is gone.
pub(super) fn whole(article: &Path) -> PathBuf {
    let beside = || {
        let folder = std::fs::canonicalize(folder_of(article))?;
        Ok::<_, std::io::Error>(folder.join(article.file_name().unwrap_or_default()))
    };
    std::fs::canonicalize(article)
        .or_else(|_| beside())
        .or_else(|_| std::path::absolute(article))
        .unwrap_or_else(|_| article.to_owned())
}

fn beside(article: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(article.file_name().unwrap_or_default());
    name.push(after);
    article.with_file_name(name)
}
