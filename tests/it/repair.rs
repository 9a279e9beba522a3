//! Repaired copies of damaged sidecars and journals: what is kept, what is told, and that the
//! original stays.

mod files;
mod parts;

use proptest::prelude::*;
use serde_json::Value;

use proofmark::annotations::{Decision, Document, Evidence, Id, Stance};
use proofmark::ingest;
use proofmark::store::repair::{Repaired, repair};
use proofmark::store::sidecar::{self, Fault, Loaded};
use proofmark::text::Open;

use crate::store_support::{article, claims, decide, shared, skipped, suggested, time};

/// A document with suggestions, two people's decisions, evidence and a note.
fn decided() -> Document {
    let mut document = suggested();
    for (reviewer, decisions) in [
        ("ana@example.org", [Decision::Confirm, Decision::Reject]),
        ("bo@example.org", [Decision::Confirm, Decision::Unsure]),
    ] {
        for (at, decision) in decisions.into_iter().enumerate() {
            let id = claims(&document)[at].clone();
            let edit = decide(&document, &id, reviewer, decision, time(1));
            document.apply(edit).expect("applies");
        }
    }
    let evidence = proofmark::annotations::Edit::Evidence {
        annotation: claims(&document)[0].clone(),
        id: Id::new("e-0000000a"),
        evidence: Some(Evidence {
            url: Some("https://port.example/crane".to_owned()),
            document: None,
            quote: Some("four million".to_owned()),
            stance: Open::Known(Stance::Supports),
            archive: None,
            note: None,
            by: "ana@example.org".to_owned(),
            at: time(2),
            locator: None,
            primacy: None,
            consulted: None,
            unknown: serde_json::Map::new(),
        }),
    };
    document.apply(evidence).expect("applies");
    document
}

fn good() -> String {
    sidecar::render(&decided(), None)
}

/// Decisions in force in a sidecar.
fn decisions(bytes: &[u8]) -> usize {
    let loaded = sidecar::load(bytes, &article()).expect("a repaired copy is readable");
    let annotations = loaded.document.annotations().iter();
    annotations.map(|annotation| annotation.reviews.len()).sum()
}

/// What is wrong and could be put right.
fn unmended(loaded: &Loaded) -> Vec<&Fault> {
    let faults = loaded.faults.iter();
    faults.filter(|fault| !fault.is_kept()).collect()
}

/// What every repaired copy has to be: whole, the same when it is repaired or saved again.
fn is_whole(repaired: &Repaired) {
    let loaded = sidecar::load(&repaired.bytes, &article()).expect("readable");
    assert_eq!(unmended(&loaded), Vec::<&Fault>::new());
    assert_eq!(loaded.read_only, None);
    assert!(!loaded.changes(&repaired.bytes));
    assert!(!repaired.changes.is_empty(), "a repair without a word");
    let again = repair(&repaired.bytes, &article()).expect("readable");
    assert!(again.is_none(), "a second repair found {again:?}");
}

/// Repairs damage done to the good sidecar's JSON.
fn repaired(damage: impl Fn(&mut Value)) -> Repaired {
    let mut value: Value = serde_json::from_str(&good()).expect("JSON");
    damage(&mut value);
    let repaired = repair(value.to_string().as_bytes(), &article());
    let repaired = repaired.expect("repairable").expect("damaged");
    is_whole(&repaired);
    repaired
}

fn told(repaired: &Repaired) -> String {
    let lines: Vec<String> = repaired.changes.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn a_file_that_lacks_its_last_brackets_is_repaired_with_a_word() {
    let good = good();
    for cut in [2, 4, 6, 8] {
        let repaired = repair(&good.as_bytes()[..good.len() - cut], &article());
        let repaired = repaired.expect("repairable").expect("damaged");
        is_whole(&repaired);
        assert_eq!(told(&repaired), "the end: what was left open is closed");
    }
}

#[test]
fn damaged_text_loses_the_damaged_lines_only() {
    let good = good();
    let lines: Vec<&str> = good.lines().collect();
    let line_of = |word: &str| lines.iter().position(|l| l.contains(word)).expect("there");
    let review = line_of("\"decision\": \"confirm\"");
    let with = |at: usize, line: &str| {
        let mut lines = lines.clone();
        lines[at] = line;
        lines.join("\n")
    };
    let double = format!(
        "{}\n{}",
        lines[review].replace("\"confirm\"", "\"reject\""),
        lines[review]
    );
    // The damaged file, a word of what is told, decisions in force of 4.
    for (text, word, kept) in [
        (
            with(review, "        \"ana@example.org\": {\"decision\": \"conf"),
            "cannot be read",
            3,
        ),
        (with(review, &double), "stands twice", 4),
        (
            with(review, &lines[review].replacen(": ", "; ", 1)),
            "separator",
            4,
        ),
        (
            with(
                review,
                &lines[review].replacen(", \"text\"", "; \"text\"", 1),
            ),
            "separator",
            4,
        ),
        (
            with(line_of("\"reviews\": {"), "      \"reviews\": #"),
            "opening is damaged",
            4,
        ),
        (
            with(line_of("\"annotations\": ["), "  \"annotations\": #"),
            "opening is damaged",
            4,
        ),
        (with(line_of("    {"), "    #"), "opening is damaged", 4),
        (
            with(line_of("\"target\""), "      \"target\": {\"sta"),
            "taken from an answer",
            4,
        ),
        (
            with(
                line_of("\"status\""),
                "     \u{1}\"status\": \"undecided\",",
            ),
            "U+0001",
            4,
        ),
        (with(0, ""), "", 4),
        (
            good.replace("  \"links\"", "  // a comment\n  \"links\""),
            "cannot be read",
            4,
        ),
        (
            good.replacen("\"kind\": \"claim\"", "\"kind\": \"claim", 1),
            "as its answers",
            4,
        ),
    ] {
        let repaired = repair(text.as_bytes(), &article());
        let repaired = repaired.expect("repairable").expect("damaged");
        let told = told(&repaired);
        if !word.is_empty() {
            is_whole(&repaired);
        }
        assert!(told.contains(word), "{word} not in {told}");
        assert_eq!(decisions(&repaired.bytes), kept, "{word}: {told}");
    }
}

#[test]
fn a_file_cut_short_keeps_what_stood_before() {
    let good = good();
    let cut = good.find("\"links\"").expect("there");
    let repaired = repair(&good.as_bytes()[..cut], &article())
        .expect("repairable")
        .expect("damaged");
    is_whole(&repaired);
    assert_eq!(decisions(&repaired.bytes), 4);
    assert!(told(&repaired).contains("links: missing"));
    // In one line there is nothing to go by but the beginning.
    let value: Value = serde_json::from_str(&good).expect("JSON");
    let line = value.to_string();
    let cut = line.find("\"links\"").expect("there") - 5;
    let repaired = repair(&line.as_bytes()[..cut], &article())
        .expect("repairable")
        .expect("damaged");
    is_whole(&repaired);
    assert_eq!(decisions(&repaired.bytes), 4);
}

#[test]
fn both_sides_of_a_conflict_are_joined() {
    let mine = good();
    let bare = sidecar::render(&suggested(), None);
    let mut other = suggested();
    let id = claims(&other)[0].clone();
    let edit = decide(&other, &id, "cy@example.org", Decision::Confirm, time(3));
    other.apply(edit).expect("applies");
    let other = sidecar::render(&other, None);
    for text in [
        format!("<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n"),
        format!("<<<<<<< ours\n{mine}||||||| base\n{bare}=======\n{other}>>>>>>> theirs\n"),
    ] {
        for text in [text.replace('\n', "\r\n"), text] {
            let repaired = repair(text.as_bytes(), &article())
                .expect("repairable")
                .expect("damaged");
            is_whole(&repaired);
            assert_eq!(decisions(&repaired.bytes), 5);
            assert!(told(&repaired).contains("both sides of a merge"));
        }
    }
}

#[test]
fn what_was_never_a_sidecar_is_not_made_one() {
    for bytes in [
        &b""[..],
        b" \n\n",
        b"\0\0\0\0\0\0",
        b"\x1f\x8b\x08\0",
        b"[]",
        b"null",
        b"{\"format\": \"other\", \"annotations\": [{\"id\": 3}]}",
        b"once upon a time",
        b"{",
    ] {
        assert!(
            repair(bytes, &article()).is_err(),
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
    let newer = good().replace("\"version\": 1,", "\"version\": 2,");
    let why = repair(newer.as_bytes(), &article()).expect_err("newer");
    assert!(why.contains("newer"), "{why}");
    assert!(
        repair(good().as_bytes(), &article())
            .expect("whole")
            .is_none()
    );
}

#[test]
fn every_single_byte_may_break_and_costs_one_line_at_most() {
    let good = good().into_bytes();
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= [0x01, 0x20, 0x80][at % 3];
        // Otherwise still a sidecar: another word, or another number where any may stand.
        if let Some(repaired) = repair(&bytes, &article()).expect("repairable") {
            is_whole(&repaired);
            let kept = decisions(&repaired.bytes);
            assert!(
                kept >= 3,
                "byte {at}: {kept} of 4 kept: {}",
                told(&repaired)
            );
        }
    }
}

#[test]
fn the_shared_odd_sidecars_are_repaired_or_refused() {
    let Some(shared) = shared() else {
        skipped();
        return;
    };
    let mut count = 0;
    let folders = std::fs::read_dir(shared.join("torture/sidecar")).expect("a folder");
    for folder in folders
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
    {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(article) = name.strip_suffix(".proofmark.json") else {
                continue;
            };
            let (Ok(bytes), Ok(text)) = (
                std::fs::read(entry.path()),
                std::fs::read(folder.join(article)),
            ) else {
                continue;
            };
            let Ok(article) = ingest::read(article, &text) else {
                continue;
            };
            count += 1;
            if let Ok(Some(repaired)) = repair(&bytes, &article) {
                let again = sidecar::load(&repaired.bytes, &article).expect("readable");
                let left = unmended(&again);
                assert!(left.is_empty(), "{}: {left:?}", folder.display());
                assert_eq!(again.read_only, None, "{}", folder.display());
            }
        }
    }
    assert!(count > 100, "{count}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_damage_gives_a_whole_copy_or_a_reason(
        flips in prop::collection::vec((0usize..100_000, any::<u8>()), 0..12),
        cut in prop::option::of(0usize..100_000),
        gone in prop::option::of((0usize..100_000, 0usize..400)),
    ) {
        let mut bytes = good().into_bytes();
        for (at, byte) in flips {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Some((at, length)) = gone {
            let at = at % bytes.len();
            let end = (at + length).min(bytes.len());
            bytes.drain(at..end);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut % (bytes.len() + 1));
        }
        let before = bytes.clone();
        match repair(&bytes, &article()) {
            Ok(None) => {
                let loaded = sidecar::load(&bytes, &article()).expect("whole");
                prop_assert!(unmended(&loaded).is_empty(), "{:?}", loaded.faults);
            }
            Ok(Some(repaired)) => is_whole(&repaired),
            Err(why) => prop_assert!(!why.is_empty()),
        }
        prop_assert_eq!(bytes, before);
    }
}
