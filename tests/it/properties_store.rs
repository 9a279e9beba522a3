//! Properties of sidecars, journals and merges.

use proptest::prelude::*;
use serde_json::{Value, json};

use proofmark::annotations::{
    Decision, Document, Edit, Evidence, Id, Locator, Primacy, Stance, merge,
};
use proofmark::ingest;
use proofmark::store::sidecar::{self, render};
use proofmark::store::{OpenArticle, read_for_commands};
use proofmark::text::Open;

use crate::store_support::{Folder, article, claims, decide, shared, skipped, suggested, time};

/// One change by one reviewer, as numbers.
#[derive(Clone, Debug)]
struct Change {
    what: u8,
    record: usize,
    minute: u32,
    word: String,
}

fn change() -> impl Strategy<Value = Change> {
    (0u8..6, 0usize..3, 0u32..60, "[a-zé\"\\\\\n\u{1b}😀]{0,12}").prop_map(
        |(what, record, minute, word)| Change {
            what,
            record,
            minute,
            word,
        },
    )
}

/// The edit of a change, by a reviewer who touches nobody else's slots.
fn edit(document: &Document, change: &Change, reviewer: &str) -> Edit {
    let mut ids: Vec<Id> = document
        .annotations()
        .iter()
        .map(|a| a.id.clone())
        .collect();
    ids.sort();
    let id = &ids[change.record % ids.len()];
    let annotation = id.clone();
    let review = |decision| {
        let mut edit = decide(document, id, reviewer, decision, time(change.minute));
        if let Edit::Review {
            review: Some(review),
            ..
        } = &mut edit
        {
            review.note = Some(change.word.clone());
        }
        edit
    };
    match change.what {
        0 => review(Decision::Confirm),
        1 => review(Decision::Reject),
        2 => Edit::Review {
            annotation,
            reviewer: reviewer.to_owned(),
            review: None,
        },
        3 => Edit::Attribute {
            annotation,
            name: format!("of {reviewer}"),
            value: Some(json!([change.word, null, {"n": 1}])),
        },
        4 => Edit::Evidence {
            annotation,
            id: Id::new(format!("e-{:04x}{:04x}", change.minute, reviewer.len())),
            evidence: Some(Evidence {
                url: None,
                document: Some(change.word.clone()),
                quote: None,
                stance: Open::Known(Stance::Refutes),
                archive: None,
                note: None,
                by: reviewer.to_owned(),
                at: time(change.minute),
                locator: Locator::read(
                    ["", "p. 14, ¶ 3", "41:07–42:10, top"][change.minute as usize % 3],
                ),
                primacy: Some(Open::Known(Primacy::Secondary)),
                consulted: Some("2026-03-04".to_owned()),
                unknown: serde_json::Map::new(),
            }),
        },
        _ => Edit::All(vec![review(Decision::Unsure), review(Decision::Correct)]),
    }
}

fn changed(base: &Document, changes: &[Change], reviewer: &str) -> Document {
    let mut document = base.clone();
    for change in changes {
        let edit = edit(&document, change, reviewer);
        document.apply(edit).expect("applies");
    }
    document
}

/// Every object of a JSON value, by number.
fn objects<'a>(value: &'a mut Value, found: &mut Vec<&'a mut serde_json::Map<String, Value>>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| objects(item, found)),
        Value::Object(map) => {
            // One object or what is in it: a borrow cannot have both.
            if map.values().any(|v| v.is_object() || v.is_array()) && found.len().is_multiple_of(2)
            {
                map.values_mut().for_each(|item| objects(item, found));
            } else {
                found.push(map);
            }
        }
        _ => {}
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change(), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_sidecar_reads_back_as_it_was_written(changes in changes()) {
        let document = changed(&suggested(), &changes, "ana");
        let written = render(&document, None);
        let read = sidecar::load(written.as_bytes(), &article()).expect("readable");
        prop_assert_eq!(&read.document, &document);
        prop_assert!(read.faults.is_empty());
        prop_assert_eq!(render(&read.document, Some(&read.value)), written);
    }

    #[test]
    fn unknown_fields_survive_wherever_they_stand(changes in changes(), pick in 0usize..40) {
        let text = render(&changed(&suggested(), &changes, "ana"), None);
        let mut value: Value = serde_json::from_str(&text).expect("JSON");
        let mut found = Vec::new();
        objects(&mut value, &mut found);
        let count = found.len();
        found[pick % count].insert("x-unknown".to_owned(), json!({"a": [false, "é"]}));
        let read = sidecar::load(value.to_string().as_bytes(), &article());
        let Ok(read) = read else { return Ok(()) };
        if read.read_only.is_some() {
            return Ok(());
        }
        let written = render(&read.document, Some(&read.value));
        prop_assert!(written.contains("\"x-unknown\": {\"a\": [false, \"é\"]}"), "{}", written);
    }

    #[test]
    fn damage_is_refused_or_set_aside(changes in changes(), at in 0usize..100_000, bit in 0u8..8, cut in any::<bool>()) {
        let document = changed(&suggested(), &changes, "ana");
        let mut bytes = render(&document, None).into_bytes();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
        // Opening reads record by record, saving the whole: both say the same.
        let (load, look) = (sidecar::load(&bytes, &article()), sidecar::look(&bytes, &article()));
        prop_assert_eq!(load.as_ref().err(), look.as_ref().err());
        if let (Ok(load), Ok(look)) = (&load, &look) {
            prop_assert_eq!(load.document.parts(), look.document.parts());
            prop_assert_eq!(&load.faults, &look.faults);
            prop_assert_eq!(&load.read_only, &look.read_only);
        }
        if let Ok(read) = load {
            let records = read.document.annotations().len() + read.document.links().len();
            let kept = records + read.document.parts().aside.len();
            prop_assert_eq!(kept, document.annotations().len() + document.links().len());
            let written = render(&read.document, Some(&read.value));
            prop_assert!(read.read_only.is_some() || sidecar::load(written.as_bytes(), &article()).is_ok());
        }
    }

    #[test]
    fn merging_takes_each_side_whole(mine in changes(), other in changes()) {
        let base = changed(&suggested(), &[], "");
        let ours = changed(&base, &mine, "ana");
        let theirs = changed(&base, &other, "bobby");
        prop_assert_eq!(&merge(Some(&base), &base, &theirs).document, &theirs);
        prop_assert_eq!(&merge(Some(&base), &theirs, &base).document, &theirs);
        prop_assert_eq!(&merge(None, &ours, &ours).document, &ours);
        let merged = merge(Some(&base), &ours, &theirs);
        let two = merge(Some(&base), &theirs, &ours).document;
        prop_assert!(merged.conflicts.is_empty());
        let one = merged.document;
        for annotation in one.annotations() {
            let twin = two.annotation(&annotation.id).expect("there");
            prop_assert_eq!(annotation.status(), twin.status());
            prop_assert_eq!(&annotation.attributes, &twin.attributes);
            for reviewer in ["ana", "bobby"] {
                prop_assert_eq!(annotation.review_of(reviewer), twin.review_of(reviewer));
            }
            let sorted = |mut evidence: Vec<_>| {
                evidence.sort_by(|a: &(Id, Evidence), b| a.0.cmp(&b.0));
                evidence
            };
            prop_assert_eq!(sorted(annotation.evidence.clone()), sorted(twin.evidence.clone()));
        }
    }

    #[test]
    fn text_of_any_bytes_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(article) = ingest::read("a.txt", &bytes) {
            prop_assert!(!article.text().contains('\r'));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_journal_gives_back_the_document_and_twice_is_once(changes in changes()) {
        let folder = Folder::new();
        let mut desk = OpenArticle::open(&folder.article, &folder.options).expect("opens");
        let mut document = suggested();
        for (at, change) in changes.iter().enumerate() {
            // Time goes on, as it does at a desk.
            let change = Change { minute: at as u32, ..change.clone() };
            let edit = edit(&document, &change, "ana@example.org");
            document.apply(edit.clone()).expect("applies");
            desk.record(&document, &edit, &time(at as u32)).expect("recorded");
        }
        let journal = std::fs::read(folder.journal()).unwrap_or_default();
        drop(desk);
        let read = read_for_commands(&folder.article, None).expect("reads");
        for annotation in read.document.annotations() {
            let right = document.annotation(&annotation.id).expect("there");
            prop_assert_eq!(&annotation.reviews, &right.reviews);
            prop_assert_eq!(&annotation.attributes, &right.attributes);
            prop_assert_eq!(&annotation.evidence, &right.evidence);
            prop_assert_eq!(&annotation.target, &right.target);
        }
        let mut desk = OpenArticle::open(&folder.article, &folder.options).expect("opens");
        let recovered = desk.take_document();
        prop_assert_eq!(&recovered, &read.document);
        desk.close(&recovered).expect("closes");
        if !journal.is_empty() {
            std::fs::write(folder.journal(), &journal).expect("put back");
            let again = read_for_commands(&folder.article, None).expect("reads");
            prop_assert_eq!(again.document, recovered);
        }
    }
}

#[test]
fn decided_claims_are_found_in_every_shared_article() {
    let Some(shared) = shared() else {
        skipped();
        return;
    };
    let list = std::fs::read_to_string(shared.join("torture/manifest.json")).expect("the list");
    let list: Vec<Value> = serde_json::from_str(&list.replace("\\ud", "\\u0")).expect("JSON");
    let mut read = 0;
    for m in list {
        let path = m["path"].as_str().expect("a path");
        let kind = m["kind"].as_str().expect("a kind");
        if !["text", "markdown"].contains(&kind) || !m["special"].is_null() {
            continue;
        }
        read += 1;
        let bytes = std::fs::read(shared.join("torture").join(path)).expect("there");
        let name = path.rsplit('/').next().expect("a name");
        match (
            ingest::read(name, &bytes),
            m["open"].as_str().expect("told"),
        ) {
            (Ok(article), told) => {
                assert_ne!(told, "refuse", "{path}");
                for words in m["contains"].as_array().into_iter().flatten() {
                    let words = words.as_str().expect("words");
                    assert!(article.text().contains(words), "{path}: {words}");
                }
                assert!(told != "warn" || !article.notices().is_empty(), "{path}");
            }
            (Err(error), told) => assert!(["refuse", "either"].contains(&told), "{path}: {error}"),
        }
    }
    assert!(read > 60, "{read} read");
    assert_eq!(claims(&suggested()).len(), 2);
}
