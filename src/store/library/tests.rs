//! What has to be durable before a journal is emptied.

use super::*;
use crate::store::atomic::{Links, Rules, Written, trial};

mod places;

/// An article of one sentence, open, and an edit to record.
fn desk(folder: &Path, options: &OpenOptions) -> (OpenArticle, Document, Edit) {
    let path = folder.join("a.txt");
    std::fs::write(&path, "One plain sentence.\n").expect("written");
    let mut desk = OpenArticle::open(&path, options).expect("opens");
    let mut document = desk.take_document();
    let edit = Edit::Article {
        name: "later".to_owned(),
        value: Some("2026-03-01".into()),
    };
    document.apply(edit.clone()).expect("applies");
    (desk, document, edit)
}

fn now() -> Time {
    Time::new("2026-01-01T00:00:00Z")
}

#[test]
fn without_locks_it_is_said_and_decisions_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    trial::refuse_locks(true);
    let (mut desk, document, edit) = desk(folder.path(), &OpenOptions::default());
    trial::refuse_locks(false);
    assert!(
        desk.notices
            .iter()
            .any(|n| n.contains("files cannot be locked here")
                && n.contains("do not open this article twice")),
        "{:?}",
        desk.notices
    );
    assert_eq!(desk.read_only, None);
    desk.record(&document, &edit, &now()).expect("recorded");
    desk.close(&document).expect("saved");
    assert!(folder.path().join("a.txt.proofmark.json").is_file());
}

#[test]
fn a_full_disk_is_said_and_takes_nothing_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = OpenOptions {
        state_dir: Some(folder.path().join("state")),
        ..OpenOptions::default()
    };
    let (mut desk, document, edit) = desk(folder.path(), &options);
    desk.record(&document, &edit, &now()).expect("recorded");
    desk.save(&document).expect("saved");
    let sidecar = folder.path().join("a.txt.proofmark.json");
    let saved = std::fs::read(&sidecar).expect("there");
    trial::refuse_files(Some(std::io::ErrorKind::StorageFull));
    let told = desk.record(&document, &edit, &now()).expect_err("full");
    assert!(told.to_string().starts_with("decision not saved"), "{told}");
    let mut other = document.clone();
    let later = Edit::Article {
        name: "later".to_owned(),
        value: Some("2026-04-01".into()),
    };
    other.apply(later.clone()).expect("applies");
    let told = desk.save(&other).expect_err("full");
    assert!(told.hint().contains("make room on the disk"), "{told}");
    assert_eq!(std::fs::read(&sidecar).expect("there"), saved);
    trial::refuse_files(None);
    // With room again everything goes on, and nothing is left of the attempts.
    assert_eq!(desk.record(&other, &later, &now()).expect("recorded"), None);
    desk.close(&other).expect("saved");
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn a_folder_that_vanished_is_said_and_decisions_are_kept() {
    let top = tempfile::tempdir().expect("a folder");
    let folder = top.path().join("desk");
    std::fs::create_dir(&folder).expect("made");
    let options = OpenOptions {
        state_dir: Some(top.path().join("state")),
        ..OpenOptions::default()
    };
    let (mut desk, document, edit) = desk(&folder, &options);
    let path = folder.join("a.txt");
    let text = std::fs::read(&path).expect("there");
    std::fs::remove_dir_all(&folder).expect("taken away");
    let told = desk
        .record(&document, &edit, &now())
        .expect("kept elsewhere");
    let told = told.expect("a notice");
    assert!(told.contains("decisions go to the state folder"), "{told}");
    desk.save(&document).expect_err("nowhere to save to");
    assert!(desk.unsaved());
    drop(desk);
    // The folder is back, from a backup or a disk plugged in again.
    std::fs::create_dir(&folder).expect("made");
    std::fs::write(&path, text).expect("written");
    let desk = OpenArticle::open(&path, &options).expect("opens");
    assert_eq!(desk.replayed, 1);
}

#[cfg(unix)]
#[test]
fn a_sidecar_with_other_names_or_another_owner_is_said() {
    use std::os::unix::fs::{MetadataExt, chown, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let (mut first, document, edit) = desk(folder.path(), &OpenOptions::default());
    first.record(&document, &edit, &now()).expect("recorded");
    first.close(&document).expect("saved");
    let sidecar = folder.path().join("a.txt.proofmark.json");
    let other = folder.path().join("other.json");
    std::fs::hard_link(&sidecar, &other).expect("linked");
    let said = |word: &str| {
        let path = folder.path().join("a.txt");
        let desk = OpenArticle::open(&path, &OpenOptions::default()).expect("opens");
        assert_eq!(desk.read_only, None);
        let is_said = desk.notices.iter().any(|notice| notice.contains(word));
        desk.close(&document).expect("nothing to save");
        is_said
    };
    assert!(said("another name"));
    std::fs::remove_file(&sidecar).expect("taken away");
    assert!(!said("another name") && !said("a link"));
    symlink("other.json", &sidecar).expect("linked");
    assert!(said("a link") && !said("another name"));
    let said = standing::said_of(&sidecar, Some(4_242));
    assert!(
        said.iter().any(|s| s.contains("another account")),
        "{said:?}"
    );
    assert_eq!(standing::said_of(&sidecar, Some(0)).len(), 1);
    // Only root can give files away; it also keeps their owners.
    if chown(&other, Some(12_345), None).is_ok() {
        let rules = Rules {
            access: Access::OWNER,
            links: Links::InTheirFolder,
            unchanged: &|_| Ok(true),
        };
        let written = super::atomic::write(&sidecar, b"{}", &rules).expect("written");
        assert_eq!(written, Written::There(Synced::Durably));
        assert_eq!(std::fs::metadata(&other).expect("there").uid(), 12_345);
    }
}

#[test]
fn a_journal_is_emptied_only_when_the_sidecar_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "One plain sentence.\n").expect("written");
    let mut desk = OpenArticle::open(&path, &OpenOptions::default()).expect("opens");
    let mut document = desk.take_document();
    let edit = Edit::Article {
        name: "later".to_owned(),
        value: Some("2026-03-01".into()),
    };
    document.apply(edit.clone()).expect("applies");
    let now = Time::new("2026-01-01T00:00:00Z");
    desk.record(&document, &edit, &now).expect("recorded");

    trial::refuse(Some(std::io::ErrorKind::Other));
    // The second time the sidecar is there, and its name no more durable than it was.
    for _ in 0..2 {
        assert!(desk.save(&document).is_err());
        assert!(desk.unsaved());
        assert!(desk.beside.has_lines());
    }
    trial::refuse(None);
    trial::synced();
    let saved = desk.save(&document).expect("saved");
    assert_eq!(saved.notices, <[String; 0]>::default());
    assert_eq!(trial::synced(), [folder.path()]);
    assert!(!desk.unsaved());
    desk.save(&document).expect("nothing to do");
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
}

#[test]
fn the_folders_of_a_journal_in_the_state_folder_are_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "One plain sentence.\n").expect("written");
    // No journal can be kept beside the article.
    std::fs::create_dir(paths::journal_path(&path)).expect("made");
    let options = OpenOptions {
        state_dir: Some(folder.path().join("state/proofmark")),
        ..OpenOptions::default()
    };
    let mut desk = OpenArticle::open(&path, &options).expect("opens");
    let mut document = desk.take_document();
    let edit = Edit::Article {
        name: "later".to_owned(),
        value: Some("2026-03-01".into()),
    };
    document.apply(edit.clone()).expect("applies");
    let now = Time::new("2026-01-01T00:00:00Z");
    trial::synced();
    desk.record(&document, &edit, &now).expect("recorded");
    let synced = trial::synced();
    for holds in ["", "state", "state/proofmark", "state/proofmark/journals"] {
        let holds = std::fs::canonicalize(folder.path().join(holds)).expect("there");
        assert!(synced.contains(&holds), "{holds:?} in {synced:?}");
    }
    desk.record(&document, &edit, &now).expect("recorded");
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
}
