//! The walk itself: what stands in folders, told while it goes on.
//!
//! It asks the system once for what a folder holds and for nothing of what it finds there, links
//! aside: an article of a folder whose own place is known has a place that is known. So each is told
//! once without a list of all: whether a link leads to one told before is seen from how far the
//! walk came in that folder.

use std::cell::OnceCell;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Listing;
use crate::ingest;
use crate::store::error::StoreError;
use crate::store::paths::{self, is_own_file, is_report};
use crate::store::{belongings, own, reading};

/// How browsers end the name of the folder they save beside a “complete” page, in some of their
/// languages.
const PARTS_OF_PAGES: [&str; 9] = [
    "_files",
    "-Dateien",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_ficheiros",
    "_fichiers",
    "_file",
    "-filer",
];

/// Whether a folder holds the parts of a page that was saved beside it: frames, scripts, pictures.
/// None of it is an article, whatever it is called.
fn is_of_a_page(folder: &OsStr, beside: &Entries) -> bool {
    let folder = folder.to_string_lossy();
    let pages = PARTS_OF_PAGES.iter();
    let mut pages = pages.filter_map(|end| folder.strip_suffix(end));
    pages.any(|page| {
        let ends = [".html", ".htm", ".xhtml", ".HTML", ".HTM"];
        let mut ends = ends.iter();
        ends.any(|end| beside.has(&format!("{page}{end}")))
    })
}

/// Levels of folders that are walked.
const DEPTH: usize = 64;

/// What a folder holds, by name.
struct Entries {
    all: Vec<(OsString, Option<FileType>)>,
    /// Whether all of it is there.
    is_whole: bool,
    /// The names as text, once that is asked for.
    names: OnceCell<FxHashSet<String>>,
}

impl Entries {
    fn has(&self, name: &str) -> bool {
        let names = || {
            let names = self.all.iter();
            names
                .map(|(name, _)| name.to_string_lossy().into_owned())
                .collect()
        };
        self.names.get_or_init(names).contains(name)
    }
}

/// Walks paths; `roots` are the folders that links may not lead out of, `None`: they may.
pub(super) fn walk<P: AsRef<Path>>(
    paths: &[P],
    roots: Option<Vec<PathBuf>>,
    tell: &mut dyn FnMut(&Path) -> bool,
) -> Listing {
    let mut walk = Walk {
        listing: Listing::default(),
        roots,
        folders: FxHashMap::default(),
        linked: FxHashMap::default(),
        tell,
        is_stopped: false,
    };
    for path in paths {
        walk.named(path.as_ref());
    }
    walk.listing
}

struct Walk<'a> {
    listing: Listing,
    roots: Option<Vec<PathBuf>>,
    /// Folders come to, their links followed, and how far the walk is in each.
    folders: FxHashMap<PathBuf, Reached>,
    /// Files told that were named or linked to, by their folder, links followed.
    linked: FxHashMap<PathBuf, FxHashSet<OsString>>,
    tell: &'a mut dyn FnMut(&Path) -> bool,
    /// Whether nobody wants to hear more.
    is_stopped: bool,
}

/// How far the walk is in a folder.
enum Reached {
    /// None of what stands there was told for sure: it could not be listed, or not to its end.
    Nowhere,
    /// What comes before this name.
    Before(OsString),
    /// All of it.
    End,
}

impl Walk<'_> {
    fn named(&mut self, path: &Path) {
        if self.is_stopped {
            return;
        }
        match fs::metadata(path) {
            Err(error) => self.fault(StoreError::io(path, "read it")(error)),
            Ok(metadata) if metadata.is_dir() => self.linked_folder(path, 0),
            Ok(metadata) => {
                let found =
                    own::regular(path, &metadata).and_then(|()| reading::article_path(path));
                match found {
                    // A link is called as it was named; whoever opens it follows it.
                    Ok(_) if paths::real_file(path) != path => self.linked_file(path),
                    Ok(path) => self.linked_file(&path),
                    Err(error) => self.fault(error),
                }
            }
        }
    }

    fn fault(&mut self, error: StoreError) {
        self.listing.unreadable.push(error);
    }

    fn told(&mut self, path: &Path) {
        self.is_stopped = !(self.tell)(path);
    }

    /// Tells a file whose own place is not known from its folder.
    fn linked_file(&mut self, path: &Path) {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else {
            return self.told(path);
        };
        let is_told = match self.folders.get(folder) {
            None | Some(Reached::Nowhere) => false,
            Some(Reached::Before(next)) => name < next.as_os_str() && is_told_of(name),
            Some(Reached::End) => is_told_of(name),
        };
        if is_told {
            return;
        }
        let linked = self.linked.entry(folder.to_owned()).or_default();
        if linked.insert(name.to_owned()) {
            self.told(path);
        }
    }

    /// Whether a file of a folder was told because it was named or linked to.
    fn is_told_as_link(&self, folder: &Path, name: &OsStr) -> bool {
        // Most walks come to no link.
        !self.linked.is_empty()
            && self
                .linked
                .get(folder)
                .is_some_and(|names| names.contains(name))
    }

    fn linked_folder(&mut self, path: &Path, depth: usize) {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.folder(&mut path.to_owned(), whole, depth);
    }

    /// Walks a folder by its path, which is `whole` with its links followed.
    fn folder(&mut self, path: &mut PathBuf, whole: PathBuf, depth: usize) {
        if self.folders.contains_key(&whole) {
            return;
        }
        self.listing.folders.push(path.clone());
        self.folders.insert(whole.clone(), Reached::Nowhere);
        if depth >= DEPTH {
            let deep = io::Error::other(format!("more than {DEPTH} folders deep"));
            return self.fault(StoreError::io(&*path, "walk it")(deep));
        }
        let entries = match self.entries(path) {
            Ok(entries) => entries,
            Err(error) => return self.fault(StoreError::io(&*path, "list it")(error)),
        };
        for (name, kind) in &entries.all {
            if self.is_stopped {
                return;
            }
            if is_looked_at(name) {
                path.push(name);
                self.entry(path, (&whole, name, *kind), depth, &entries);
                path.pop();
            }
        }
        if entries.is_whole {
            self.folders.insert(whole, Reached::End);
        }
    }

    fn entries(&mut self, folder: &Path) -> io::Result<Entries> {
        let mut entries = Entries {
            all: Vec::new(),
            is_whole: true,
            names: OnceCell::new(),
        };
        for entry in fs::read_dir(folder)? {
            match entry {
                Ok(entry) => (entries.all).push((entry.file_name(), entry.file_type().ok())),
                Err(error) => {
                    self.fault(StoreError::io(folder, "list it")(error));
                    entries.is_whole = false;
                    break;
                }
            }
        }
        entries.all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(entries)
    }

    fn entry(
        &mut self,
        place: &mut PathBuf,
        (folder, name, kind): (&Path, &OsStr, Option<FileType>),
        depth: usize,
        beside: &Entries,
    ) {
        let is_linked = kind.is_none_or(|kind| kind.is_symlink());
        let (is_dir, is_file) = match kind {
            Some(kind) if !is_linked => (kind.is_dir(), kind.is_file()),
            // A link to nothing is not worth a word in a folder.
            _ => fs::metadata(&*place).map_or((false, false), |m| (m.is_dir(), m.is_file())),
        };
        let is_article = is_file && ingest::is_article_name(&name.to_string_lossy());
        if is_article && !is_linked {
            if !self.is_told_as_link(folder, name) {
                if !beside.is_whole {
                    // How far the walk came tells nothing there.
                    let linked = self.linked.entry(folder.to_owned()).or_default();
                    linked.insert(name.to_owned());
                }
                self.told(place);
            }
            return;
        }
        if !is_dir && !is_article {
            return;
        }
        if is_linked && self.leads_out(place) {
            self.listing.leading_out.push(place.clone());
            return;
        }
        if beside.is_whole
            && let Some(reached) = self.folders.get_mut(folder)
        {
            *reached = Reached::Before(name.to_owned());
        }
        if is_article {
            self.linked_file(place);
        } else if !is_of_a_page(name, beside) {
            match is_linked {
                true => self.linked_folder(place, depth + 1),
                false => self.folder(place, folder.join(name), depth + 1),
            }
        }
    }

    /// Whether a link leads to where nobody named a folder.
    fn leads_out(&self, link: &Path) -> bool {
        let Some(roots) = &self.roots else {
            return false;
        };
        fs::canonicalize(link).map_or(true, |to| !roots.iter().any(|root| to.starts_with(root)))
    }
}

/// Whether something of this name in a folder may be an article or hold some.
fn is_looked_at(name: &OsStr) -> bool {
    let is_hidden = name.as_encoded_bytes().starts_with(b".");
    !is_hidden && !is_own_file(name) && !is_report(name) && !belongings::is_layer_copy(name)
}

/// Whether a file of this name in a folder is an article.
fn is_told_of(name: &OsStr) -> bool {
    is_looked_at(name) && ingest::is_article_name(&name.to_string_lossy())
}

#[cfg(test)]
mod tests;
