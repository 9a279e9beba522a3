//! Which articles a list of paths means: files as they are named, folders all the way down.
//!
//! Hidden names and the program's own files are passed over, links into a folder already
//! walked are not walked again, and nothing that is not a regular file is opened. A link that
//! leads out of the folders named is not followed, unless that is asked for: whoever may write
//! into one of them could else have anything read that the reader may.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::error::StoreError;
use super::paths::{self, is_own_file, is_report};
use super::{belongings, own, reading};
use crate::ingest;

/// An article found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its path.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
}

/// What paths lead to.
#[derive(Debug, Default)]
pub struct Listing {
    /// The articles, each once: in the order named, those of a folder by name.
    pub articles: Vec<Listed>,
    /// Folders in which articles were looked for.
    pub folders: Vec<PathBuf>,
    /// What could not be read or entered, and why.
    pub unreadable: Vec<StoreError>,
    /// Links to folders and articles outside, which were not followed.
    pub leading_out: Vec<PathBuf>,
}

impl Listing {
    /// What is said of the links that were not followed, once for all.
    pub fn left_out(&self) -> Option<String> {
        let first = self.leading_out.first()?.display();
        let more = match self.leading_out.len() - 1 {
            0 => String::new(),
            1 => " and 1 more link".to_owned(),
            many => format!(" and {many} more links"),
        };
        Some(format!(
            "{first}{more}: not followed out of the folder; --follow takes them"
        ))
    }
}

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
fn is_of_a_page(folder: &OsStr, beside: &FxHashSet<String>) -> bool {
    let folder = folder.to_string_lossy();
    let mut pages = PARTS_OF_PAGES
        .iter()
        .filter_map(|end| folder.strip_suffix(end));
    pages.any(|page| {
        let ends = [".html", ".htm", ".xhtml", ".HTML", ".HTM"];
        ends.iter()
            .any(|end| beside.contains(&format!("{page}{end}")))
    })
}

/// Levels of folders that are walked.
const DEPTH: usize = 64;

/// Finds the articles of `paths`. A named file is taken whatever it is called; in folders
/// only `.txt`, `.text`, `.md`, `.markdown`, `.html`, `.htm` and `.xhtml` are, and the folder that a
/// browser saved beside a page is passed over.
pub fn articles_in<P: AsRef<Path>>(paths: &[P]) -> Listing {
    let roots = paths.iter().filter_map(|p| fs::canonicalize(p).ok());
    walked(paths, Some(roots.collect()))
}

/// Finds the articles of `paths` as [`articles_in`] does, and those outside to which links in
/// them lead; each once, however the links go round.
pub fn articles_through_links_in<P: AsRef<Path>>(paths: &[P]) -> Listing {
    walked(paths, None)
}

fn walked<P: AsRef<Path>>(paths: &[P], roots: Option<Vec<PathBuf>>) -> Listing {
    let mut walk = Walk {
        roots,
        ..Walk::default()
    };
    for path in paths {
        walk.named(path.as_ref());
    }
    walk.listing
}

#[derive(Default)]
struct Walk {
    listing: Listing,
    /// The folders that links may not lead out of; `None`: they may.
    roots: Option<Vec<PathBuf>>,
    /// Folders and files seen, their links followed.
    seen: FxHashSet<PathBuf>,
}

impl Walk {
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.fault(StoreError::io(path, "read it")(error)),
            Ok(metadata) if metadata.is_dir() => self.folder(path, 0),
            Ok(metadata) => {
                let found =
                    own::regular(path, &metadata).and_then(|()| reading::article_path(path));
                match found {
                    // A link is called as it was named; whoever opens it follows it.
                    Ok(_) if paths::real_file(path) != path => self.file(path.to_owned()),
                    Ok(path) => self.file(path),
                    Err(error) => self.fault(error),
                }
            }
        }
    }

    fn file(&mut self, path: PathBuf) {
        let whole = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(whole) {
            let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
            self.listing.articles.push(Listed { path, bytes });
        }
    }

    fn fault(&mut self, error: StoreError) {
        self.listing.unreadable.push(error);
    }

    fn folder(&mut self, path: &Path, depth: usize) {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(whole) {
            return;
        }
        self.listing.folders.push(path.to_owned());
        if depth >= DEPTH {
            let deep = io::Error::other(format!("more than {DEPTH} folders deep"));
            return self.fault(StoreError::io(path, "walk it")(deep));
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.fault(StoreError::io(path, "list it")(error)),
        };
        let mut names: Vec<(std::ffi::OsString, Option<fs::FileType>)> = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push((entry.file_name(), entry.file_type().ok())),
                Err(error) => {
                    self.fault(StoreError::io(path, "list it")(error));
                    break;
                }
            }
        }
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let present: FxHashSet<String> = names
            .iter()
            .map(|(name, _)| name.to_string_lossy().into_owned())
            .collect();
        for (name, kind) in names {
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            if is_hidden
                || is_own_file(&name)
                || is_report(&name)
                || belongings::is_layer_copy(&name)
            {
                continue;
            }
            let place = path.join(&name);
            let linked = kind.is_none_or(|kind| kind.is_symlink());
            let (is_dir, is_file) = match kind {
                Some(kind) if !linked => (kind.is_dir(), kind.is_file()),
                // A link to nothing is not worth a word in a folder.
                _ => fs::metadata(&place).map_or((false, false), |m| (m.is_dir(), m.is_file())),
            };
            let is_article = is_file && ingest::is_article_name(&name.to_string_lossy());
            if linked && (is_dir || is_article) && self.leads_out(&place) {
                self.listing.leading_out.push(place);
            } else if is_dir {
                if !is_of_a_page(&name, &present) {
                    self.folder(&place, depth + 1);
                }
            } else if is_article {
                self.file(place);
            }
        }
    }
}

impl Walk {
    /// Whether a link leads to where nobody named a folder.
    fn leads_out(&self, link: &Path) -> bool {
        let Some(roots) = &self.roots else {
            return false;
        };
        fs::canonicalize(link).map_or(true, |to| !roots.iter().any(|root| to.starts_with(root)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_followed_only_when_asked() {
        use std::os::unix::fs::symlink;
        let top = tempfile::tempdir().expect("a folder");
        let (desk, other) = (top.path().join("desk"), top.path().join("other"));
        for folder in [&desk, &other] {
            fs::create_dir_all(folder.join("below")).expect("made");
            fs::write(folder.join("below/in.txt"), "words").expect("written");
        }
        fs::write(other.join("secret"), "words").expect("written");
        symlink("/", desk.join("all")).expect("linked");
        symlink("../other", desk.join("more")).expect("linked");
        symlink("../../other/below/in.txt", desk.join("below/x.txt")).expect("linked");
        symlink("../../other/secret", desk.join("below/y.md")).expect("linked");
        symlink("below/in.txt", desk.join("again.txt")).expect("linked");
        symlink("../desk/below", desk.join("zback")).expect("linked");
        symlink("../other/secret", desk.join("noname")).expect("linked");
        let listing = articles_in(&[&desk]);
        assert_eq!(listing.articles.len(), 1, "{listing:?}");
        let out = ["all", "below/x.txt", "below/y.md", "more"].map(|name| desk.join(name));
        let mut left = listing.leading_out.clone();
        left.sort_unstable();
        assert_eq!(left, out);
        assert!(listing.unreadable.is_empty());
        let said = listing.left_out().expect("told");
        assert!(
            said.contains("and 3 more links") && said.contains("--follow"),
            "{said}"
        );
        // What leads from one folder named into another stays inside.
        let both = articles_in(&[&desk, &other]);
        assert_eq!(
            (both.articles.len(), both.leading_out.len()),
            (3, 1),
            "{both:?}"
        );
        // A link that was named is the folder.
        let named = articles_in(&[desk.join("more")]);
        assert_eq!((named.articles.len(), named.leading_out.len()), (1, 0));
        fs::remove_file(desk.join("all")).expect("taken away");
        symlink("../desk", other.join("round")).expect("linked");
        let all = articles_through_links_in(&[&desk]);
        assert_eq!(
            (all.articles.len(), all.leading_out.len()),
            (3, 0),
            "{all:?}"
        );
        assert_eq!(all.left_out(), None);
    }

    #[test]
    fn folders_are_walked_and_odd_things_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("b/deep")).expect("made");
        fs::create_dir(root.join(".git")).expect("made");
        for name in [
            "z.txt",
            "a.md",
            "page.png",
            "page.html.proofmark.txt",
            "z.txt.proofmark.md",
            "noext",
            ".hidden.txt",
            "a.md.proofmark.json",
            "b/deep/c.TXT",
            ".git/x.txt",
        ] {
            fs::write(root.join(name), "words").expect("written");
        }
        #[cfg(unix)]
        for (to, name) in [
            ("..", "b/loop"),
            ("nowhere", "gone.txt"),
            ("../z.txt", "b/z.txt"),
        ] {
            std::os::unix::fs::symlink(to, root.join(name)).expect("linked");
        }
        let listing = articles_in(&[root]);
        let names: Vec<_> = listing
            .articles
            .iter()
            .map(|a| {
                a.path
                    .strip_prefix(root)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        assert_eq!(names[0], "a.md");
        assert!(names.contains(&"b/deep/c.TXT".to_owned()), "{names:?}");
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(listing.articles[0].bytes, 5);
        assert!(listing.unreadable.is_empty());
    }

    #[test]
    fn the_parts_of_a_saved_page_are_no_articles() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for name in ["Lock_files", "Alone_files", "Tor-Dateien"] {
            fs::create_dir(root.join(name)).expect("made");
            fs::write(root.join(name).join("frame.html"), "words").expect("written");
        }
        fs::write(root.join("Lock.html"), "words").expect("written");
        fs::write(root.join("Tor.htm"), "words").expect("written");
        let names = |listing: Listing| -> Vec<String> {
            let paths = listing.articles.into_iter().map(|article| article.path);
            let names = paths.map(|path| path.strip_prefix(root).expect("inside").to_owned());
            names.map(|name| name.display().to_string()).collect()
        };
        let found = names(articles_in(&[root]));
        // A folder of that name alone is a folder like others.
        assert_eq!(found, ["Alone_files/frame.html", "Lock.html", "Tor.htm"]);
        // Whoever names the folder wants it.
        let named = names(articles_in(&[root.join("Lock_files")]));
        assert_eq!(named, ["Lock_files/frame.html"]);
    }

    #[test]
    fn named_files_are_taken_once_and_faults_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let odd = folder.path().join("noext");
        fs::write(&odd, "words").expect("written");
        let sidecar = folder.path().join("noext.proofmark.json");
        let lonely = folder.path().join("gone.txt.proofmark.json");
        fs::write(&lonely, "{}").expect("written");
        fs::write(&sidecar, "{}").expect("written");
        let missing = folder.path().join("missing.txt");
        let listing = articles_in(&[&odd, &sidecar, &missing, &lonely]);
        assert_eq!(listing.articles.len(), 1);
        assert_eq!(listing.articles[0].path, odd);
        let faults: Vec<String> = listing.unreadable.iter().map(ToString::to_string).collect();
        assert!(faults[0].contains("missing.txt"), "{faults:?}");
        assert!(
            faults[1].contains("taken for the sidecar of gone.txt"),
            "{faults:?}"
        );
    }
}
