//! Files that may hold decisions no article opens, from one listing of a folder: what is called as
//! a sidecar or journal whose article is not there, copies of sidecars, links to sidecars that stay
//! inside the folder, and JSON under any name that says of itself that it is a sidecar.
//!
//! Says what a file may be; of files with names of their own a few kilobytes are read.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::store::belongings::{Kind, belonging, is_json};
use crate::store::own;
use crate::store::sidecar::FORMAT;

/// Bytes at either end of a file in which it says what it is.
const SNIFFED: u64 = 4096;

/// Largest file that is taken for a sidecar whatever it is called, in bytes.
const LARGEST: u64 = 64 << 20;

/// A file that may be a stray.
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    /// The article's name by the file's own; of a file with a free name nobody can say.
    pub(super) article: OsString,
    pub(super) kind: Kind,
}

/// What may be strays in a folder, in the order of their names, those with names of their own
/// last; at most `most` of those are looked into.
pub(super) fn candidates(folder: &Path, most: usize) -> Vec<Candidate> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<(OsString, fs::FileType)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name(), entry.file_type().ok()?)))
        .collect();
    names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let (mut found, mut free, mut links) = (Vec::new(), Vec::new(), Vec::new());
    // Files that links lead to, and whether an article opens them.
    let mut linked: FxHashMap<PathBuf, bool> = FxHashMap::default();
    for (name, file_type) in names {
        let path = folder.join(&name);
        let Some((kind, article)) = belonging(&name) else {
            let is_free = file_type.is_file() && name.to_str().is_some_and(is_json);
            free.extend(is_free.then_some(path));
            continue;
        };
        // One that is beside a link is not opened by that name either.
        let beside = fs::symlink_metadata(folder.join(&article));
        let is_opened = kind != Kind::Copy && beside.is_ok_and(|article| article.is_file());
        // Journals are never written through a link, nor a sidecar out of its folder.
        let target = match file_type.is_symlink() && kind != Kind::Journal {
            true => inside(folder, &path),
            false => None,
        };
        let candidate = Candidate {
            path,
            article,
            kind,
        };
        if let Some(target) = target {
            *linked.entry(target.clone()).or_default() |= is_opened || opens_its_own(&target);
            links.push((candidate, target));
        } else if file_type.is_file() && !is_opened {
            found.push(candidate);
        }
    }
    links.retain(|(_, target)| !linked[target]);
    found.extend(links.into_iter().map(|(candidate, _)| candidate));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let is_linked = |path: &Path| {
        let whole = fs::canonicalize(path);
        !linked.is_empty() && whole.is_ok_and(|whole| linked.contains_key(&whole))
    };
    let free = free.into_iter().take(most);
    let free = free.filter(|path| says_it_is_ours(path) && !is_linked(path));
    found.extend(free.map(|path| Candidate {
        article: path.file_name().unwrap_or_default().to_owned(),
        path,
        kind: Kind::Free,
    }));
    found
}

/// The file that a link leads to, if that lies in the folder itself and is a sidecar.
fn inside(folder: &Path, link: &Path) -> Option<PathBuf> {
    let target = fs::canonicalize(link).ok()?;
    let is_inside = target.parent() == fs::canonicalize(folder).ok().as_deref();
    (is_inside && target.is_file() && says_it_is_ours(&target)).then_some(target)
}

/// Whether a file is the sidecar of an article that is there: that one opens it.
fn opens_its_own(sidecar: &Path) -> bool {
    let belonging = sidecar.file_name().and_then(belonging);
    belonging.is_some_and(|(kind, article)| {
        kind == Kind::Sidecar && sidecar.with_file_name(article).is_file()
    })
}

/// Whether a file says at its beginning or its end that it is a sidecar.
fn says_it_is_ours(path: &Path) -> bool {
    let look = || -> io::Result<bool> {
        let mut file = own::open_to_read(path)?;
        let length = file.metadata()?.len();
        if length > LARGEST {
            return Ok(false);
        }
        let mut ends = Vec::new();
        file.by_ref().take(SNIFFED).read_to_end(&mut ends)?;
        if length > SNIFFED {
            file.seek(SeekFrom::Start((length - SNIFFED).max(SNIFFED)))?;
            file.take(SNIFFED).read_to_end(&mut ends)?;
        }
        let word = FORMAT.as_bytes();
        Ok(ends.windows(word.len()).any(|window| window == word))
    };
    look().unwrap_or(false)
}
