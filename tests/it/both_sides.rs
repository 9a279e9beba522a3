//! One reviewer at two machines: whatever sync puts in the sidecar's place, and whenever, an
//! answer goes under another only where it was given knowing of it.

use std::fs;

use proofmark::annotations::{Decision, Document, Edit, Id, Status};
use proofmark::store::sidecar::{self, render};
use proofmark::store::{OpenArticle, Saved, read_for_commands};
use sha2::{Digest, Sha256};

use crate::store_support::{Folder, article, claims, decide, open, record, suggested, time};

const ANA: &str = "ana@example.org";

/// Another machine's sidecar, in which ana decided on the first claim at a minute.
fn elsewhere(base: &Document, decision: Decision, minute: u32) -> String {
    let mut document = base.clone();
    let id = claims(&document)[0].clone();
    let edit = decide(&document, &id, ANA, decision, time(minute));
    document.apply(edit).expect("applies");
    render(&document, None)
}

fn answer(desk: &mut OpenArticle, document: &mut Document, decision: Decision, minute: u32) -> Id {
    let id = claims(document)[0].clone();
    let edit = decide(document, &id, ANA, decision, time(minute));
    record(desk, document, edit, minute);
    id
}

fn saved(desk: &mut OpenArticle, document: &mut Document) -> Saved {
    let mut saved = desk.save(document).expect("saves");
    if let Some(merged) = saved.merged.take() {
        *document = merged;
    }
    saved
}

fn on_disk(folder: &Folder) -> Document {
    let bytes = fs::read(folder.sidecar()).expect("a sidecar");
    let loaded = sidecar::load(&bytes, &article()).expect("readable");
    assert_eq!(loaded.faults, []);
    loaded.document
}

/// Both decisions stand on the record, the earlier first.
fn both(document: &Document, id: &Id, decisions: [&str; 2]) {
    let record = document.annotation(id).expect("there");
    assert_eq!(record.status(), Status::Disputed);
    let entry = &record.conflicts[&format!("reviews.{ANA}")];
    assert_eq!(
        [&entry["ours"]["decision"], &entry["theirs"]["decision"]],
        decisions
    );
}

#[test]
fn a_clock_ahead_does_not_turn_an_answer_round() {
    // The other answer is dated later, or earlier, or comes when this one is saved already.
    for (minute, is_saved) in [(50, false), (2, false), (50, true), (2, true)] {
        let folder = Folder::new();
        fs::write(folder.sidecar(), render(&suggested(), None)).expect("written");
        let (mut desk, mut document) = open(&folder);
        let id = answer(&mut desk, &mut document, Decision::Reject, 5);
        if is_saved {
            saved(&mut desk, &mut document);
        }
        let theirs = elsewhere(&suggested(), Decision::Confirm, minute);
        fs::write(folder.sidecar(), theirs).expect("written");
        let told = saved(&mut desk, &mut document);
        assert_eq!(told.conflicts.len(), 1, "minute {minute}, saved {is_saved}");
        let order = if minute > 5 {
            ["reject", "confirm"]
        } else {
            ["confirm", "reject"]
        };
        both(&document, &id, order);
        both(&on_disk(&folder), &id, order);
        // Saving again, and opening again, changes nothing of it.
        let before = fs::read(folder.sidecar()).expect("a sidecar");
        assert!(saved(&mut desk, &mut document).conflicts.is_empty());
        desk.close(&document).expect("closes");
        assert_eq!(fs::read(folder.sidecar()).expect("a sidecar"), before);
        // Choosing settles it, here and in the file.
        let (mut desk, mut document) = open(&folder);
        let conflict = document.open_conflicts(&id).remove(0);
        let reject = usize::from(minute < 5);
        let edit = document.settle(&conflict, reject).expect("can be chosen");
        record(&mut desk, &mut document, edit, 55);
        drop(desk);
        let (desk, document) = open(&folder);
        desk.close(&document).expect("closes");
        let settled = on_disk(&folder);
        let settled = settled.annotation(&id).expect("there");
        assert_eq!(
            (settled.status(), settled.conflicts.len()),
            (Status::Rejected, 0)
        );
    }
}

#[test]
fn an_older_file_put_back_takes_nothing_away() {
    let folder = Folder::new();
    let old = render(&suggested(), None);
    fs::write(folder.sidecar(), &old).expect("written");
    let (mut desk, mut document) = open(&folder);
    let id = answer(&mut desk, &mut document, Decision::Confirm, 5);
    let text = Edit::Attribute {
        annotation: id.clone(),
        name: "claim_text".to_owned(),
        value: Some("A crane was bought".into()),
    };
    record(&mut desk, &mut document, text, 6);
    saved(&mut desk, &mut document);
    let before = document.clone();
    fs::write(folder.sidecar(), &old).expect("put back");
    assert!(saved(&mut desk, &mut document).conflicts.is_empty());
    assert_eq!((&document, &on_disk(&folder)), (&before, &before));
}

#[test]
fn what_was_taken_back_stays_so_when_others_saw_it() {
    let folder = Folder::new();
    fs::write(folder.sidecar(), render(&suggested(), None)).expect("written");
    let (mut desk, mut document) = open(&folder);
    let id = answer(&mut desk, &mut document, Decision::Confirm, 5);
    saved(&mut desk, &mut document);
    // Bob got the answer and went on from there, while ana took it back.
    let mut theirs = document.clone();
    let other = claims(&theirs)[1].clone();
    let edit = decide(&theirs, &other, "bob", Decision::Reject, time(7));
    theirs.apply(edit).expect("applies");
    fs::write(folder.sidecar(), render(&theirs, None)).expect("written");
    let undone = Edit::Review {
        annotation: id.clone(),
        reviewer: ANA.to_owned(),
        review: None,
    };
    record(&mut desk, &mut document, undone, 8);
    assert!(saved(&mut desk, &mut document).conflicts.is_empty());
    let now = on_disk(&folder);
    assert_eq!(
        now.annotation(&id).expect("there").status(),
        Status::Undecided
    );
    assert_eq!(
        now.annotation(&other).expect("there").status(),
        Status::Rejected
    );
}

#[test]
fn a_journal_that_meets_another_answer_keeps_both() {
    for minute in [50, 2] {
        let folder = Folder::new();
        fs::write(folder.sidecar(), render(&suggested(), None)).expect("written");
        let (mut desk, mut document) = open(&folder);
        let id = answer(&mut desk, &mut document, Decision::Reject, 5);
        drop(desk);
        // Killed; then the other machine's file comes.
        let theirs = elsewhere(&suggested(), Decision::Confirm, minute);
        fs::write(folder.sidecar(), theirs).expect("written");
        let read = read_for_commands(&folder.article, None).expect("reads");
        let order = if minute > 5 {
            ["reject", "confirm"]
        } else {
            ["confirm", "reject"]
        };
        both(&read.document, &id, order);
        assert!(
            read.notices
                .iter()
                .any(|notice| notice.contains("both are kept"))
        );
        let journal = fs::read(folder.journal()).expect("a journal");
        let (desk, document) = open(&folder);
        desk.close(&document).expect("closes");
        both(&on_disk(&folder), &id, order);
        // The same journal found once more knows of both.
        let saved = fs::read(folder.sidecar()).expect("a sidecar");
        fs::write(folder.journal(), journal).expect("put back");
        let (desk, document) = open(&folder);
        desk.close(&document).expect("closes");
        assert_eq!(fs::read(folder.sidecar()).expect("a sidecar"), saved);
    }
}

#[test]
fn answering_again_and_a_kill_are_no_conflict() {
    let folder = Folder::new();
    fs::write(
        folder.sidecar(),
        elsewhere(&suggested(), Decision::Confirm, 30),
    )
    .expect("written");
    let (mut desk, mut document) = open(&folder);
    // This machine's clock is behind the one the first answer was given at.
    let id = answer(&mut desk, &mut document, Decision::Reject, 5);
    answer(&mut desk, &mut document, Decision::Unsure, 6);
    drop(desk);
    let (desk, document) = open(&folder);
    let record = document.annotation(&id).expect("there");
    assert_eq!(
        (record.status(), record.conflicts.len()),
        (Status::Unsure, 0)
    );
    desk.close(&document).expect("closes");
}

/// A journal as older programs wrote it, without a word on what stood there before.
fn older(journal: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(journal).expect("text");
    let lines = text.lines().map(|line| {
        let (body, _) = line.rsplit_once(",\"sum\"").expect("a checksum");
        let mut value: serde_json::Value =
            serde_json::from_str(&format!("{body}}}")).expect("JSON");
        let map = value.as_object_mut().expect("an entry");
        assert!(map.shift_remove("was").is_some());
        let body = value.to_string();
        let sum: String = Sha256::digest(&body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{},\"sum\":\"{}\"}}\n", &body[..body.len() - 1], &sum[..16])
    });
    lines.collect::<String>().into_bytes()
}

#[test]
fn journals_of_older_programs_are_taken_up() {
    // Of an earlier answer they are taken to have known; against a later one they stand.
    for (minute, status) in [(2, Status::Rejected), (50, Status::Disputed)] {
        let folder = Folder::new();
        let theirs = elsewhere(&suggested(), Decision::Confirm, minute);
        fs::write(folder.sidecar(), theirs).expect("written");
        let (mut desk, mut document) = open(&folder);
        let id = answer(&mut desk, &mut document, Decision::Reject, 5);
        drop(desk);
        let journal = older(&fs::read(folder.journal()).expect("a journal"));
        fs::write(folder.journal(), journal).expect("written");
        let read = read_for_commands(&folder.article, None).expect("reads");
        assert_eq!((read.replayed, read.faults.len()), (1, 0));
        let record = read.document.annotation(&id).expect("there");
        assert_eq!(record.status(), status, "minute {minute}");
    }
}

#[test]
fn answers_of_the_future_are_told() {
    let folder = Folder::new();
    let ahead = elsewhere(&suggested(), Decision::Confirm, 5)
        .replace("2026-03-04T10:05", "2926-03-04T10:05");
    fs::write(folder.sidecar(), ahead).expect("written");
    let read = read_for_commands(&folder.article, None).expect("reads");
    let told = read.notices.join("\n");
    assert!(
        told.contains("1 answer(s) of ana@example.org are dated ahead"),
        "{told}"
    );
    let now = elsewhere(&suggested(), Decision::Confirm, 5);
    fs::write(folder.sidecar(), now).expect("written");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert!(!read.notices.join("\n").contains("ahead"));
}
