//! What has to be durable before a journal is emptied.

use super::*;
use crate::store::atomic::trial;

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
