//! What has to be durable before a journal counts as open, and whose lines stand in it.

use super::*;
use crate::annotations::{Edit, Time};
use crate::store::atomic::trial;
use crate::store::journal::text_of;
use crate::text::{Article, Media};

fn journal(path: &Path) -> Journal {
    Journal::new(path.to_owned(), &Leftover::none(), Access::OWNER)
}

fn entry(name: &str) -> Entry {
    Entry {
        seq: 0,
        at: Time::new("2026-01-01T00:00:00Z"),
        reviewer: "ana".to_owned(),
        text: text_of(&Article::new("a.txt", "Words.\n", Media::Plain)),
        annotations: Vec::new(),
        links: Vec::new(),
        edit: Edit::Article {
            name: name.to_owned(),
            value: Some(true.into()),
        },
        was: Vec::new(),
        saved: None,
    }
}

/// The names in a journal's whole lines, in order, and whether anything is wrong with it.
fn names(path: &Path) -> (String, bool) {
    let log = read(&fs::read(path).expect("there"));
    let names = log.entries.iter().map(|entry| match &entry.edit {
        Edit::Article { name, .. } => name.clone(),
        _ => "?".to_owned(),
    });
    (
        names.collect(),
        log.torn || log.garbled + log.faults.len() > 0,
    )
}

#[test]
fn a_journal_is_open_only_when_its_name_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut journal = journal(&folder.path().join("a.journal"));
    trial::refuse(Some(std::io::ErrorKind::Other));
    // The second time the file is there, left by the first, and no more durable than it was.
    for _ in 0..2 {
        let error = journal.append(&[entry("a")]).expect_err("not durable");
        assert!(error.to_string().contains("the disk says no"), "{error}");
    }
    trial::refuse(None);
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
    let synced = journal.append(&[entry("a")]).expect("written");
    assert_eq!(synced, Synced::Durably);
    assert_eq!(trial::synced(), [folder.path()]);
    journal.append(&[entry("b")]).expect("written");
    assert_eq!(trial::synced(), <[PathBuf; 0]>::default());
    assert_eq!(names(&journal.path), ("ab".to_owned(), false));
}

#[test]
fn a_line_is_told_only_when_it_is_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.journal");
    let mut journal = journal(&path);
    journal.append(&[entry("a")]).expect("written");
    trial::refuse_files(Some(std::io::ErrorKind::Other));
    for _ in 0..2 {
        journal.append(&[entry("b")]).expect_err("not durable");
        assert_eq!(names(&path), ("a".to_owned(), false));
    }
    trial::refuse_files(Some(std::io::ErrorKind::Unsupported));
    let synced = journal.append(&[entry("c")]).expect("written");
    assert_eq!(synced, Synced::Cannot);
    trial::refuse_files(None);
    journal.append(&[entry("d"), entry("e")]).expect("written");
    assert_eq!(names(&path), ("acde".to_owned(), false));
}

#[test]
fn lines_of_others_are_kept_and_halves_of_lines_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.journal");
    let (mut ours, mut theirs) = (journal(&path), journal(&path));
    ours.append(&[entry("a")]).expect("written");
    theirs.append(&[entry("b")]).expect("written");
    // The beginning of a line, longer than the next one.
    let mut file = OpenOptions::new().append(true).open(&path).expect("opens");
    let half = format!("{{\"seq\":9,\"at\":\"{}", "x".repeat(900));
    file.write_all(half.as_bytes()).expect("written");
    ours.append(&[entry("c")]).expect("written");
    assert_eq!(names(&path), ("abc".to_owned(), false));
    assert!(!ours.empty().expect("looked at"), "theirs may be unsaved");
    assert_eq!(names(&path).0, "abc");
    let leftover = Leftover::read(&path);
    let mut next = Journal::new(path.clone(), &leftover, Access::OWNER);
    assert!(next.empty().expect("emptied"));
    assert_eq!(fs::read(&path).expect("there"), b"");
    assert!(next.remove().expect("taken away") && !path.exists());
}

#[test]
fn a_journal_that_somebody_writes_is_not_put_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.journal");
    let mut writing = journal(&path);
    writing.append(&[entry("a")]).expect("written");
    let mut file = OpenOptions::new().append(true).open(&path).expect("opens");
    file.write_all(b"{\"seq\":2,\"at").expect("written");
    let leftover = Leftover::read(&path);
    assert!(leftover.log.torn);
    let place = path.clone();
    trial::meanwhile(Some(Box::new(move || {
        let mut file = OpenOptions::new().append(true).open(&place).expect("opens");
        file.write_all(b"\":\"more").expect("written");
    })));
    let before = leftover.size;
    let mut tidied = Journal::new(path.clone(), &leftover, Access::OWNER);
    tidied.tidy(&leftover).expect_err("left alone");
    trial::meanwhile(None);
    assert!(fs::metadata(&path).expect("there").len() > before);
    let leftover = Leftover::read(&path);
    let mut tidied = Journal::new(path.clone(), &leftover, Access::OWNER);
    tidied.tidy(&leftover).expect("put in order");
    assert_eq!(names(&path), ("a".to_owned(), false));
}
