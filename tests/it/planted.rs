//! Names that somebody put where ours belong: links out of the folder, other people's files.
//!
//! In each case everything that is not ours is as it was, whatever the desk could do, and what
//! was decided is somewhere.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use proofmark::annotations::{Document, Edit};
use proofmark::store::{OpenArticle, read_for_commands};

use crate::store_support::{BOTH, Folder, decide_two, names, open, statuses, time};

/// A folder beside the articles' with a file that nobody may change.
struct Victim {
    folder: PathBuf,
    file: PathBuf,
}

impl Victim {
    fn beside(folder: &Folder) -> Victim {
        let elsewhere = folder.path.with_file_name("victim");
        fs::create_dir(&elsewhere).expect("made");
        let file = elsewhere.join(".profile");
        fs::write(&file, "theirs\n").expect("written");
        Victim {
            folder: elsewhere,
            file,
        }
    }

    fn is_whole(&self) -> bool {
        names(&self.folder) == [".profile"]
            && fs::read_to_string(&self.file).expect("there") == "theirs\n"
    }
}

/// Opens an article, decides something if that can be, and closes it; why it could not be.
fn work_on(path: &Path, folder: &Folder) -> (Option<String>, Vec<String>) {
    let mut desk = OpenArticle::open(path, &folder.options).expect("opens");
    let (reason, notices) = (desk.read_only.clone(), desk.notices.clone());
    let mut document: Document = desk.take_document();
    let edit = Edit::Article {
        name: "later".to_owned(),
        value: Some(true.into()),
    };
    document.apply(edit.clone()).expect("applies");
    let recorded = desk.record(&document, &edit, &time(1));
    assert_eq!(recorded.is_err(), reason.is_some(), "{recorded:?}");
    desk.close(&document).expect("closes");
    (reason, notices)
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

#[test]
fn a_sidecar_link_that_leaves_its_folder_is_not_written_through() {
    for to in [
        "../victim/.profile",
        "../victim/new.json",
        ".profile",
        "below/new.json",
    ] {
        let folder = Folder::new();
        let victim = Victim::beside(&folder);
        fs::create_dir(folder.path.join("below")).expect("made");
        symlink(to, folder.sidecar()).expect("linked");
        let (reason, _) = work_on(&folder.article, &folder);
        let reason = reason.expect("read-only");
        assert!(
            reason.contains("a link") || to.ends_with("victim/.profile"),
            "{reason}"
        );
        assert!(victim.is_whole() && is_link(&folder.sidecar()), "{to}");
        assert_eq!(names(&folder.path.join("below")), <[&str; 0]>::default());
        assert!(!folder.path.join(".profile").exists());
    }
    // What stands elsewhere is read, and nothing else is done to it.
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    desk.close(&document).expect("closes");
    let elsewhere = folder.path.with_file_name("sidecar.json");
    fs::rename(folder.sidecar(), &elsewhere).expect("moved");
    symlink("../sidecar.json", folder.sidecar()).expect("linked");
    let before = fs::read(&elsewhere).expect("there");
    let (reason, _) = work_on(&folder.article, &folder);
    assert!(reason.expect("read-only").contains("out of its folder"));
    assert_eq!(fs::read(&elsewhere).expect("there"), before);
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(statuses(&read.document, &ids), BOTH);
}

#[test]
fn what_stands_in_the_place_of_a_text_layer_stays() {
    type Plant = fn(&Path);
    let cases: [(&str, Plant); 6] = [
        ("a link", |place| {
            symlink("../victim/.profile", place).expect("linked")
        }),
        ("a link", |place| {
            symlink("../victim/new", place).expect("linked")
        }),
        ("a link", |place| symlink("own.txt", place).expect("linked")),
        ("no text of this article", |place| {
            fs::write(place, "my notes\n").expect("written")
        }),
        ("a folder", |place| fs::create_dir(place).expect("made")),
        ("a socket", |place| {
            std::os::unix::net::UnixListener::bind(place).expect("bound");
        }),
    ];
    for (told, plant) in cases {
        let folder = Folder::new();
        let victim = Victim::beside(&folder);
        let page = folder.path.join("page.html");
        fs::write(
            &page,
            "<article><p>Fares rose 9 percent last year.</p></article>",
        )
        .expect("written");
        let place = folder.path.join("page.html.proofmark.txt");
        plant(&place);
        let before = fs::symlink_metadata(&place).expect("there");
        let (reason, _) = work_on(&page, &folder);
        let reason = reason.expect("read-only");
        assert!(reason.contains("page.html.proofmark.txt"), "{reason}");
        assert!(reason.contains(told), "{reason}");
        let after = fs::symlink_metadata(&place).expect("there");
        assert_eq!(after.file_type(), before.file_type(), "{told}");
        if after.is_file() {
            assert_eq!(fs::read_to_string(&place).expect("there"), "my notes\n");
        }
        assert!(victim.is_whole(), "{told}");
        assert!(!folder.path.join("own.txt").exists());
        assert!(!folder.path.join("page.html.proofmark.json").exists());
    }
}

#[test]
fn a_text_layer_of_ours_is_replaced() {
    let folder = Folder::new();
    let page = folder.path.join("page.html");
    let layer = folder.path.join("page.html.proofmark.txt");
    let text = "<article><p>Fares rose 9 percent last year.</p></article>";
    fs::write(&page, text).expect("written");
    work_on(&page, &folder);
    let first = fs::read_to_string(&layer).expect("there");
    // Another text of the page, that of before with other line ends, and one half written.
    fs::write(&page, text.replace("rose", "fell")).expect("written");
    let second = first.replace("rose", "fell");
    for left in [
        first.clone(),
        first.replace('\n', "\r\n"),
        second[..9].to_owned(),
    ] {
        fs::write(&layer, left).expect("written");
        let (reason, _) = work_on(&page, &folder);
        assert_eq!(reason, None);
        fs::remove_file(folder.path.join("page.html.proofmark.json")).expect("there");
        assert_eq!(fs::read_to_string(&layer).expect("there"), second);
        fs::write(&page, text).expect("written");
        fs::write(&layer, "").expect("written");
        work_on(&page, &folder);
        fs::write(&page, text.replace("rose", "fell")).expect("written");
    }
}

#[test]
fn what_stands_in_the_place_of_a_journal_stays_and_decisions_go_elsewhere() {
    type Plant = fn(&Path, &Path);
    let cases: [(&str, Plant); 4] = [
        ("a link", |place, victim| {
            symlink(victim, place).expect("linked")
        }),
        ("a link", |place, _| {
            symlink("../victim/new", place).expect("linked")
        }),
        ("no line of a journal", |place, _| {
            fs::write(place, "theirs\n").expect("written")
        }),
        ("a socket", |place, _| {
            std::os::unix::net::UnixListener::bind(place).expect("bound");
        }),
    ];
    for (told, plant) in cases {
        let folder = Folder::new();
        let victim = Victim::beside(&folder);
        plant(&folder.journal(), &victim.file);
        let before = fs::symlink_metadata(folder.journal()).expect("there");
        let (mut desk, mut document) = open(&folder);
        assert!(
            desk.notices.iter().any(|n| n.contains(told)),
            "{:?}",
            desk.notices
        );
        let ids = decide_two(&mut desk, &mut document);
        drop(desk);
        let state = folder.options.state_dir.as_deref();
        let read = read_for_commands(&folder.article, state).expect("reads");
        assert_eq!(statuses(&read.document, &ids), BOTH, "{told}");
        let (desk, document) = open(&folder);
        desk.close(&document).expect("closes");
        assert!(folder.sidecar().is_file());
        let after = fs::symlink_metadata(folder.journal()).expect("there");
        assert_eq!(
            (after.file_type(), after.len()),
            (before.file_type(), before.len())
        );
        assert!(victim.is_whole(), "{told}");
    }
    // A second name of somebody's empty file, which a journal would have grown in.
    let folder = Folder::new();
    let victim = folder.path.with_file_name("victim");
    fs::write(&victim, "").expect("written");
    fs::hard_link(&victim, folder.journal()).expect("linked");
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    assert_eq!(fs::read(&victim).expect("there"), b"");
    desk.close(&document).expect("closes");
    assert_eq!(fs::read(&victim).expect("there"), b"");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(statuses(&read.document, &ids), BOTH);
}

#[test]
fn what_stands_in_the_place_of_a_lock_is_never_cut() {
    type Plant = fn(&Path, &Path);
    let cases: [(&str, Plant); 5] = [
        ("a link", |place, victim| {
            symlink(victim, place).expect("linked")
        }),
        ("a link", |place, _| {
            symlink("../victim/new", place).expect("linked")
        }),
        ("another name", |place, victim| {
            fs::hard_link(victim, place).expect("linked")
        }),
        ("a socket", |place, _| {
            std::os::unix::net::UnixListener::bind(place).expect("bound");
        }),
        ("", |place, _| {
            fs::write(place, "theirs\n").expect("written")
        }),
    ];
    for (told, plant) in cases {
        let folder = Folder::new();
        let victim = Victim::beside(&folder);
        let lock = folder.path.join(".crane.txt.proofmark.lock");
        plant(&lock, &victim.file);
        let (mut desk, mut document) = open(&folder);
        if told.is_empty() {
            // It can be locked all the same, and nobody else comes in.
            assert_eq!(desk.notices, <[String; 0]>::default());
            assert!(open(&folder).0.read_only.is_some());
        } else {
            let said = |n: &String| n.contains(told) && n.contains("without a lock");
            assert!(desk.notices.iter().any(said), "{told}: {:?}", desk.notices);
        }
        let ids = decide_two(&mut desk, &mut document);
        desk.close(&document).expect("closes");
        let read = read_for_commands(&folder.article, None).expect("reads");
        assert_eq!(statuses(&read.document, &ids), BOTH);
        assert!(victim.is_whole(), "{told}");
        if told.is_empty() {
            assert_eq!(fs::read_to_string(&lock).expect("there"), "theirs\n");
        }
    }
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::symlink_metadata(path).expect("there");
    metadata.permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

#[test]
fn files_of_a_private_article_are_private() {
    let folder = Folder::new();
    let page = folder.path.join("page.html");
    fs::write(
        &page,
        "<article><p>Fares rose 9 percent last year.</p></article>",
    )
    .expect("written");
    set_mode(&page, 0o600);
    let at = |name: &str| folder.path.join(name);
    // Left by an earlier version, with more access than the article gives.
    fs::write(at(".page.html.proofmark.lock"), "").expect("written");
    set_mode(&at(".page.html.proofmark.lock"), 0o644);
    let mut desk = OpenArticle::open(&page, &folder.options).expect("opens");
    let mut document = desk.take_document();
    let edit = Edit::Article {
        name: "later".to_owned(),
        value: Some(true.into()),
    };
    document.apply(edit.clone()).expect("applies");
    desk.record(&document, &edit, &time(1)).expect("recorded");
    for name in [".page.html.proofmark.lock", ".page.html.proofmark.journal"] {
        assert_eq!(mode(&at(name)), 0o600, "{name}");
    }
    desk.close(&document).expect("closes");
    for name in ["page.html.proofmark.json", "page.html.proofmark.txt"] {
        assert_eq!(mode(&at(name)), 0o600, "{name}");
    }
}

#[test]
fn the_state_folder_is_its_owners_alone() {
    let folder = Folder::new();
    let state = folder.options.state_dir.clone().expect("there is one");
    fs::create_dir(&state).expect("made");
    set_mode(&state, 0o755);
    fs::create_dir(folder.journal()).expect("made");
    let (mut desk, mut document) = open(&folder);
    decide_two(&mut desk, &mut document);
    let history = proofmark::store::History::of(&state, &folder.article);
    history
        .append(&proofmark::store::Step::Undo)
        .expect("written");
    proofmark::store::open_log(&state, "proofmark.log").expect("opens");
    let mut folders = vec![state];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        assert_eq!(mode(&folder), 0o700, "{folder:?}");
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert_eq!(mode(&path), 0o600, "{path:?}");
                files += 1;
            }
        }
    }
    assert_eq!(files, 4, "journal, note, history, log");
}
