//! Journals and saves: what is on disk when a decision is told to be saved, what a kill
//! leaves, what others wrote meanwhile.

use std::fs;

use proofmark::annotations::{Anchor, Decision, Document, Edit, Id, RecordKind, Status};
use proofmark::store::{OpenArticle, read_for_commands};
use proofmark::text::Open;

use crate::store_support::{
    BOTH, Folder, TEXT, claims, decide, decide_two, open, record, statuses, time,
};

#[test]
fn opening_and_quitting_leaves_nothing_behind() {
    let folder = Folder::new();
    let (desk, document) = open(&folder);
    assert_eq!(folder.names(), [".crane.txt.proofmark.lock", "crane.txt"]);
    desk.close(&document).expect("closes");
    assert_eq!(folder.names(), ["crane.txt"]);
}

#[test]
fn a_decision_is_on_disk_before_it_is_told() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    drop(desk);
    // As after a kill: no sidecar, no new detection, and yet every answer is there.
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert!(!read.has_sidecar);
    assert_eq!(read.replayed, 2);
    assert_eq!(statuses(&read.document, &ids), BOTH);
    assert!(
        read.document
            .annotations()
            .iter()
            .all(|a| a.target.mark.is_some())
    );
    let (desk, document) = open(&folder);
    assert_eq!(desk.replayed, 2);
    assert_eq!(statuses(&document, &ids), BOTH);
    let suggestions = document.annotations().iter().map(|a| a.suggestions.len());
    assert_eq!(suggestions.collect::<Vec<_>>(), [1, 1, 1]);
    desk.close(&document).expect("closes");
    assert_eq!(folder.names(), ["crane.txt", "crane.txt.proofmark.json"]);
    assert_eq!(fs::read_to_string(&folder.article).expect("there"), TEXT);
    let read = read_for_commands(&folder.sidecar(), None).expect("by its sidecar's name");
    assert_eq!((read.replayed, read.faults.len()), (0, 0));
    assert_eq!(read.document, document);
}

#[test]
fn a_journal_found_again_after_it_was_saved_changes_nothing() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    let journal = fs::read(folder.journal()).expect("a journal");
    desk.close(&document).expect("closes");
    let sidecar = fs::read(folder.sidecar()).expect("a sidecar");
    fs::write(folder.journal(), &journal).expect("put back");
    let (desk, document) = open(&folder);
    assert_eq!(statuses(&document, &ids), BOTH);
    desk.close(&document).expect("closes");
    assert_eq!(fs::read(folder.sidecar()).expect("a sidecar"), sidecar);
}

#[test]
fn an_old_journal_puts_its_answer_beside_the_one_in_use() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    let journal = fs::read(folder.journal()).expect("a journal");
    let edit = decide(
        &document,
        &ids[0],
        "ana@example.org",
        Decision::Reject,
        time(5),
    );
    record(&mut desk, &mut document, edit, 5);
    desk.close(&document).expect("closes");
    fs::write(folder.journal(), &journal).expect("put back");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(
        statuses(&read.document, &ids),
        [Status::Disputed, Status::Rejected],
        "nobody can say which was given knowing of the other"
    );
    let record = read.document.annotation(&ids[0]).expect("there");
    let in_use = record.review_of("ana@example.org").expect("an answer");
    assert_eq!(in_use.decision, Decision::Reject.into());
}

#[test]
fn damage_costs_the_damaged_line_alone() {
    type Damage = fn(Vec<u8>) -> Vec<u8>;
    let cases: [(&str, [Status; 2], &str, Damage); 6] = [
        (
            "torn",
            [Status::Confirmed, Status::Undecided],
            "cut off",
            |b| {
                let end = b.len() - 30;
                b[..end].to_vec()
            },
        ),
        ("no newline", BOTH, "back from the journal", |b| {
            b[..b.len() - 1].to_vec()
        }),
        ("garbage after", BOTH, "are kept", |mut b| {
            b.extend(b"\xff\xfe\0garbage\x1b[31m".repeat(9));
            b
        }),
        ("garbage before", BOTH, "are kept", |b| {
            [b"\0\0\0\0\n".to_vec(), b].concat()
        }),
        (
            "changed",
            [Status::Undecided, Status::Rejected],
            "are kept",
            |b| {
                let text = String::from_utf8(b).expect("text");
                text.replacen("confirm", "conFirm", 1).into_bytes()
            },
        ),
        (
            "first gone",
            [Status::Undecided, Status::Rejected],
            "back from the journal",
            |b| {
                let at = b.iter().position(|b| *b == b'\n').expect("a line") + 1;
                b[at..].to_vec()
            },
        ),
    ];
    for (what, statuses_left, said, damage) in cases {
        let folder = Folder::new();
        let (mut desk, mut document) = open(&folder);
        let ids = decide_two(&mut desk, &mut document);
        drop(desk);
        let bytes = damage(fs::read(folder.journal()).expect("a journal"));
        fs::write(folder.journal(), &bytes).expect("damaged");
        let (desk, document) = open(&folder);
        assert_eq!(statuses(&document, &ids), statuses_left, "{what}");
        assert!(
            desk.notices.iter().any(|n| n.contains(said)),
            "{what}: {:?}",
            desk.notices
        );
        desk.close(&document).expect("closes");
        let read = read_for_commands(&folder.article, None).expect("reads");
        assert_eq!(statuses(&read.document, &ids), statuses_left, "{what}");
        let kept = folder
            .names()
            .iter()
            .filter(|n| n.ends_with(".journal"))
            .count();
        assert_eq!(
            kept,
            usize::from(said == "are kept"),
            "{what}: {:?}",
            folder.names()
        );
    }
}

#[test]
fn a_line_missing_in_the_middle_is_said() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    let edit = decide(
        &document,
        &ids[0],
        "bob@example.org",
        Decision::Confirm,
        time(2),
    );
    record(&mut desk, &mut document, edit, 2);
    drop(desk);
    let text = fs::read_to_string(folder.journal()).expect("a journal");
    let lines: Vec<&str> = text.lines().collect();
    fs::write(folder.journal(), format!("{}\n{}\n", lines[0], lines[2])).expect("damaged");
    let (desk, document) = open(&folder);
    assert_eq!(
        statuses(&document, &ids),
        [Status::Confirmed, Status::Undecided]
    );
    let notices = desk.notices.join("\n");
    assert!(notices.contains("1 line(s) are missing"), "{notices}");
}

#[test]
fn decisions_of_another_text_are_anchored_again() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    drop(desk);
    let text = format!("A new first line.\n{TEXT}");
    fs::write(&folder.article, &text).expect("edited");
    let (desk, document) = open(&folder);
    assert_eq!(statuses(&document, &ids), BOTH);
    for id in &ids {
        let target = &document.annotation(id).expect("there").target;
        assert_eq!(target.anchor, Anchor::Moved);
        let mark = target.mark.as_ref().expect("found");
        assert_eq!(mark.hull().of(&text), target.quote.exact);
    }
    desk.close(&document).expect("closes");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(read.faults, []);
    assert_eq!(read.document.parts().texts.len(), 2);
}

#[test]
fn added_records_undone_ones_and_passes_come_back() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let source = document
        .annotations()
        .iter()
        .find(|a| a.is_source())
        .expect("one")
        .clone();
    let added = |digit: &str| {
        let id = Id::new(format!("a-{}", digit.repeat(12)));
        let mut record = source.clone();
        record.id = id.clone();
        record.suggestions.clear();
        record.kind = Open::Known(RecordKind::Claim);
        Edit::Annotation {
            id,
            annotation: Some(Box::new(record)),
        }
    };
    record(&mut desk, &mut document, added("1"), 1);
    let id = Id::new("a-111111111111");
    let edit = decide(&document, &id, "ana@example.org", Decision::Add, time(1));
    record(&mut desk, &mut document, edit, 1);
    let inverse = document.apply(added("2")).expect("applies");
    desk.record(&document, &added("2"), &time(2))
        .expect("recorded");
    record(&mut desk, &mut document, inverse, 2);
    let later = Edit::Article {
        name: "later".to_owned(),
        value: Some(true.into()),
    };
    record(&mut desk, &mut document, later, 3);
    drop(desk);
    let (desk, again) = open(&folder);
    assert_eq!(again, document);
    desk.close(&again).expect("closes");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!((read.document, read.faults.len()), (document, 0));
}

#[test]
fn what_others_wrote_meanwhile_is_merged() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    assert!(desk.save(&document).expect("saves").merged.is_none());
    assert!(!desk.watched().news().sidecar);
    // Another program adds an answer and a field nobody knows.
    let text = fs::read_to_string(folder.sidecar()).expect("a sidecar");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let record = value["annotations"]
        .as_array_mut()
        .and_then(|list| list.iter_mut().find(|a| a["id"] == ids[1].as_str()))
        .expect("there");
    let review = record["reviews"]["ana@example.org"].clone();
    record["reviews"]["bob@example.org"] = review;
    value["x-tool"] = 1.into();
    fs::write(folder.sidecar(), value.to_string()).expect("written");
    assert!(desk.watched().news().sidecar);
    let edit = decide(
        &document,
        &ids[0],
        "ana@example.org",
        Decision::Reject,
        time(3),
    );
    record_and_check(&mut desk, &mut document, edit);
    let saved = desk.save(&document).expect("saves");
    let merged = saved.merged.expect("merged");
    assert_eq!(
        statuses(&merged, &ids),
        [Status::Rejected, Status::Rejected]
    );
    assert!(
        merged
            .annotation(&ids[1])
            .expect("there")
            .review_of("bob@example.org")
            .is_some()
    );
    assert_eq!(saved.conflicts, []);
    desk.close(&merged).expect("closes");
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(read.document, merged);
    assert_eq!(read.document.parts().unknown["x-tool"], 1);
}

fn record_and_check(desk: &mut OpenArticle, document: &mut Document, edit: Edit) {
    record(desk, document, edit, 3);
    assert!(desk.unsaved());
}

#[test]
fn a_journal_taken_away_while_open_is_put_back() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = claims(&document);
    for (at, decision) in [Decision::Confirm, Decision::Reject]
        .into_iter()
        .enumerate()
    {
        let edit = decide(&document, &ids[at], "ana@example.org", decision, time(1));
        record(&mut desk, &mut document, edit, 1);
        if at == 0 {
            fs::remove_file(folder.journal()).expect("taken away");
        }
    }
    drop(desk);
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(statuses(&read.document, &ids), BOTH);
}
