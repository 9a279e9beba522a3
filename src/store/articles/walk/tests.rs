//! The walk against one that remembers everything, over trees made by chance.

use super::*;
use std::collections::BTreeSet;

/// What the walk finds, told in the plainest way: by the place of every file and folder.
#[derive(Default)]
struct Plain {
    roots: Option<Vec<PathBuf>>,
    seen: BTreeSet<PathBuf>,
    articles: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    leading_out: Vec<PathBuf>,
}

impl Plain {
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
            Err(_) => {}
        }
    }

    fn file(&mut self, path: &Path) {
        if self.seen.insert(fs::canonicalize(path).expect("there")) {
            self.articles.push(path.to_owned());
        }
    }

    fn folder(&mut self, path: &Path) {
        if !self.seen.insert(fs::canonicalize(path).expect("there")) {
            return;
        }
        self.folders.push(path.to_owned());
        let entries = fs::read_dir(path).expect("listed").flatten();
        let mut names: Vec<OsString> = entries.map(|entry| entry.file_name()).collect();
        names.sort();
        let beside: FxHashSet<String> = names
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        for name in names.iter().filter(|name| is_looked_at(name)) {
            let place = path.join(name);
            let Ok(metadata) = fs::metadata(&place) else {
                continue;
            };
            let is_link = place.is_symlink();
            let is_article = metadata.is_file() && ingest::is_article_name(&name.to_string_lossy());
            let to = fs::canonicalize(&place).expect("there");
            let leads_out = (self.roots.as_ref())
                .is_some_and(|roots| !roots.iter().any(|root| to.starts_with(root)));
            if is_link && (metadata.is_dir() || is_article) && leads_out {
                self.leading_out.push(place);
            } else if metadata.is_dir() {
                let page = name.to_string_lossy();
                let page = page.strip_suffix("_files");
                if !page.is_some_and(|page| beside.contains(&format!("{page}.html"))) {
                    self.folder(&place);
                }
            } else if is_article {
                self.file(&place);
            }
        }
    }
}

/// A tree of folders, files and links to anything in it or outside, by chance.
#[cfg(unix)]
fn tree(top: &Path, seed: &mut u64) {
    use std::os::unix::ffi::OsStrExt;
    let mut chance = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*seed >> 33) as usize % below
    };
    let names: [&[u8]; 14] = [
        b"a.txt",
        b"b",
        b"b.md",
        b"B.TXT",
        b".hidden.txt",
        b"p.html",
        b"p_files",
        b"\xff.txt",
        b"z z.txt",
        b"a.txt.proofmark.json",
        b"a.txt.proofmark.md",
        b"c",
        b"noext",
        b"\xe4b.markdown",
    ];
    let mut places = vec![top.join("in"), top.join("out"), top.to_owned()];
    for folder in &places[..2] {
        fs::create_dir_all(folder).expect("made");
    }
    let mut folders = places[..2].to_vec();
    for _ in 0..40 {
        let name = names[chance(names.len())];
        let place = folders[chance(folders.len())].join(OsStr::from_bytes(name));
        if fs::symlink_metadata(&place).is_ok() {
            continue;
        }
        match chance(5) {
            0 | 1 => fs::write(&place, "words").expect("written"),
            2 => {
                fs::create_dir(&place).expect("made");
                folders.push(place.clone());
            }
            _ => {
                let to = &places[chance(places.len())];
                std::os::unix::fs::symlink(to, &place).expect("linked");
            }
        }
        places.push(place);
    }
}

#[cfg(unix)]
#[test]
fn each_article_is_told_once_and_in_its_place_whatever_links_there_are() {
    let mut seed = 1;
    for round in 0..300 {
        let place = tempfile::tempdir().expect("a folder");
        let top = fs::canonicalize(place.path()).expect("there");
        tree(&top, &mut seed);
        let inside = top.join("in");
        let mut paths = vec![inside.clone()];
        match round % 4 {
            1 => paths.insert(0, inside.join("a.txt")),
            2 => paths.extend([inside.join("b"), top.join("out")]),
            3 => paths.extend([inside.join("a.txt"), inside.join("c")]),
            _ => {}
        }
        paths.retain(|path| path.exists());
        for follow in [false, true] {
            let roots = paths.iter().filter_map(|path| fs::canonicalize(path).ok());
            let roots = (!follow).then(|| roots.collect::<Vec<_>>());
            let mut plain = Plain {
                roots: roots.clone(),
                ..Plain::default()
            };
            // A link named to nothing we open is told as a fault by the walk alone.
            let paths: Vec<&PathBuf> = paths
                .iter()
                .filter(|path| path.is_dir() || !path.is_symlink())
                .collect();
            paths.iter().for_each(|path| plain.named(path));
            let mut told = Vec::new();
            let listing = walk(&paths, roots, &mut |path| {
                told.push(path.to_owned());
                true
            });
            assert_eq!(told, plain.articles, "round {round}, follow {follow}");
            assert_eq!(listing.folders, plain.folders, "round {round}");
            assert_eq!(listing.leading_out, plain.leading_out, "round {round}");
            assert!(listing.unreadable.is_empty(), "{listing:?}");
        }
    }
}

/// So many folders of ten articles each.
fn folders(many: usize) -> tempfile::TempDir {
    let top = tempfile::tempdir().expect("a folder");
    for folder in 0..many {
        let folder = top.path().join(format!("{folder:03}"));
        fs::create_dir(&folder).expect("made");
        for name in 0..10 {
            fs::write(folder.join(format!("{name}.txt")), "words").expect("written");
        }
    }
    top
}

#[test]
fn articles_are_told_before_further_folders_are_read() {
    // The folder named, and those read until so many articles were told.
    for (told_of, folders_read) in [(1, 2), (10, 2), (11, 3), (25, 4), (400, 41)] {
        let top = folders(40);
        let mut told = Vec::new();
        let listing = walk(&[top.path()], None, &mut |path| {
            told.push(path.to_owned());
            told.len() < told_of
        });
        assert_eq!(told.len(), told_of);
        assert_eq!(listing.folders.len(), folders_read, "{told_of} told");
        assert!(told.is_sorted());
    }
}

#[test]
fn twice_as_many_folders_are_twice_as_many_reads() {
    for many in [5, 10, 20, 40] {
        let top = folders(many);
        let mut told = 0;
        let listing = walk(&[top.path(), top.path()], None, &mut |_| {
            told += 1;
            true
        });
        assert_eq!((told, listing.folders.len()), (10 * many, many + 1));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_told_and_the_rest_walked() {
    use std::os::unix::fs::PermissionsExt;
    let top = folders(3);
    let shut = top.path().join("001");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).expect("shut");
    // Who may everything reads it all the same.
    let is_read = fs::read_dir(&shut).is_ok();
    let mut told = 0;
    let listing = walk(&[top.path()], None, &mut |_| {
        told += 1;
        true
    });
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).expect("open");
    let expected = if is_read { (30, 0) } else { (20, 1) };
    assert_eq!((told, listing.unreadable.len()), expected);
    assert_eq!(listing.folders.len(), 4);
}
