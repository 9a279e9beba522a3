//! Lines, damage and replay.

use super::*;
use crate::annotations::{
    Anchor, Annotation, Document, Edit, Id, Quote, RecordKind, Target, TextVersion, Time,
};
use crate::text::{Article, Media, Open};

fn article() -> Article {
    Article::new("a.txt", "One plain sentence.\n", Media::Plain)
}

fn record(id: &str) -> Annotation {
    let quote = Quote {
        start: 0,
        end: 3,
        exact: "One".to_owned(),
        gaps: Vec::new(),
    };
    let target = Target {
        mark: quote.mark_in(&article()),
        quote,
        prefix: String::new(),
        suffix: " plain sentence.\n".to_owned(),
        anchor: Anchor::Ok,
    };
    Annotation::new(Id::new(id), Open::Known(RecordKind::Claim), target)
}

fn entry(seq: u64, edit: Edit) -> Entry {
    Entry {
        seq,
        at: Time::new("2026-01-01T00:00:00Z"),
        reviewer: "ana \"x\" \u{1b}".to_owned(),
        text: text_of(&article()),
        annotations: Vec::new(),
        links: Vec::new(),
        edit,
        was: Vec::new(),
        saved: None,
    }
}

fn attribute(value: Option<&str>) -> Edit {
    Edit::Attribute {
        annotation: Id::new("a-000000000001"),
        name: "claim_text".to_owned(),
        value: value.map(Into::into),
    }
}

#[test]
fn lines_are_read_as_they_were_written() {
    let mut written = entry(7, attribute(Some("né\n")));
    let mut bare = record("a-000000000001");
    written.annotations.push(bare.clone());
    let line = write(&written);
    assert_eq!(line.matches('\n').count(), 1);
    bare.target.mark = None;
    written.annotations = vec![bare];
    let log = read(line.as_bytes());
    assert_eq!(log.entries, [written]);
    assert_eq!(log.whole, line.len() as u64);
}

#[test]
fn every_cut_leaves_the_lines_before_it() {
    let lines: Vec<String> = (1..=3)
        .map(|seq| write(&entry(seq, attribute(Some("x")))))
        .collect();
    let whole = lines.concat();
    for cut in 0..whole.len() {
        let log = read(&whole.as_bytes()[..cut]);
        let complete = whole[..cut].matches('\n').count();
        let without_newline = usize::from(whole[cut..].starts_with('\n'));
        assert_eq!(
            log.entries.len(),
            complete + without_newline,
            "cut at {cut}"
        );
        assert_eq!(log.garbled, 0, "cut at {cut}");
        assert_eq!(log.missing, 0, "cut at {cut}");
    }
}

#[test]
fn every_flipped_byte_costs_at_most_its_line() {
    let lines: Vec<String> = (1..=2)
        .map(|seq| write(&entry(seq, attribute(Some("x")))))
        .collect();
    let whole = lines.concat().into_bytes();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        let log = read(&bytes);
        let good = [
            entry(1, attribute(Some("x"))),
            entry(2, attribute(Some("x"))),
        ];
        assert!(
            log.entries.iter().all(|entry| good.contains(entry)),
            "byte {at}"
        );
        let newline = whole[at] == b'\n';
        assert!(newline || !log.entries.is_empty(), "byte {at}");
    }
}

#[test]
fn an_answer_about_a_missing_record_rebuilds_it() {
    let article = article();
    let mut document = Document::new(&article);
    let text = text_of(&article).0;
    let review = |decision: &str| {
        let span = if decision == "confirm" {
            ", \"kind\": \"claim\", \"start\": 4, \"end\": 9, \"exact\": \"plain\""
        } else {
            ""
        };
        let edit = format!(
            "{{\"set\": \"review\", \"annotation\": \"a-00000000000{}\", \"reviewer\": \"ana\", \
             \"review\": {{\"decision\": \"{decision}\", \"text\": \"{text}\", \
             \"at\": \"2026-01-01T00:00:00Z\"{span}}}}}",
            span.len().min(9)
        );
        let value = crate::store::json::parse(edit.as_bytes()).expect("JSON");
        edit::from_json(&value).expect("an edit")
    };
    let entries = [entry(1, review("confirm")), entry(2, review("reject"))];
    let replayed = replay(&mut document, &article, &entries);
    assert_eq!((replayed.entries, replayed.homeless), (1, 1));
    let rebuilt = &document.annotations()[0];
    assert_eq!(rebuilt.target.quote.exact, "plain");
    assert!(rebuilt.target.mark.is_some());
    assert_eq!(rebuilt.target.prefix, "One ");
}

#[test]
fn replaying_puts_back_what_the_entry_carries_and_knows_its_text() {
    let article = article();
    let mut document = Document::new(&article);
    let mut one = entry(1, attribute(Some("x")));
    one.annotations.push(record("a-000000000001"));
    one.text.0 = Id::new("t-12345678");
    one.text.1 = TextVersion {
        sha256: "12345678".repeat(8),
        ..one.text.1
    };
    let two = entry(2, attribute(None));
    let replayed = replay(&mut document, &article, &[one, two]);
    assert_eq!(
        (replayed.entries, replayed.homeless, replayed.other_text),
        (2, 0, true)
    );
    assert_eq!(document.annotations()[0].attribute("claim_text"), None);
    assert_eq!(document.parts().texts.len(), 2);
}
