//! Which articles a list of paths means: files as they are named, folders all the way down.
//!
//! Hidden names and the program's own files are passed over, links into a folder already
//! walked are not walked again, and nothing that is not a regular file is opened. A link that
//! leads out of the folders named is not followed, unless that is asked for: whoever may write
//! into one of them could else have anything read that the reader may.

mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use super::error::StoreError;

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

/// Finds the articles of `paths`. A named file is taken whatever it is called; in folders
/// only `.txt`, `.text`, `.md`, `.markdown`, `.html`, `.htm` and `.xhtml` are, and the folder that a
/// browser saved beside a page is passed over.
pub fn articles_in<P: AsRef<Path>>(paths: &[P]) -> Listing {
    walked(paths, Some(roots(paths)))
}

/// Finds the articles of `paths` as [`articles_in`] does, and those outside to which links in
/// them lead; each once, however the links go round.
pub fn articles_through_links_in<P: AsRef<Path>>(paths: &[P]) -> Listing {
    walked(paths, None)
}

fn walked<P: AsRef<Path>>(paths: &[P], roots: Option<Vec<PathBuf>>) -> Listing {
    let mut articles = Vec::new();
    let listing = walk::walk(paths, roots, &mut |path| {
        let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
        articles.push(Listed {
            path: path.to_owned(),
            bytes,
        });
        true
    });
    Listing {
        articles,
        ..listing
    }
}

/// Walks as [`articles_in`] does, or through links, and tells each article when it is come to, in the
/// same order, until told to stop by `false`: no further folder is read then. The listing holds all
/// but the articles.
pub fn tell_articles_in<P: AsRef<Path>>(
    paths: &[P],
    follow: bool,
    tell: &mut dyn FnMut(&Path) -> bool,
) -> Listing {
    walk::walk(paths, (!follow).then(|| roots(paths)), tell)
}

/// The folders that links may not lead out of.
fn roots<P: AsRef<Path>>(paths: &[P]) -> Vec<PathBuf> {
    let roots = paths.iter().filter_map(|p| fs::canonicalize(p).ok());
    roots.collect()
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
