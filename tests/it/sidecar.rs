//! Sidecars: read, written, refused, set aside.

mod bookkeeping;
mod derived;
mod reserved;

use serde_json::{Value, json};

use proofmark::annotations::{Anchor, Decision, Document, reanchor};
use proofmark::ingest;
use proofmark::store::sidecar::{self, Loaded, Unreadable};

use crate::store_support::{article, claims, decide, shared, skipped, suggested, time};

fn load(bytes: &[u8]) -> Result<Loaded, Unreadable> {
    sidecar::load(bytes, &article())
}

/// A document with suggestions, a decision and evidence.
fn decided() -> Document {
    let mut document = suggested();
    for (at, decision) in [Decision::Confirm, Decision::Reject]
        .into_iter()
        .enumerate()
    {
        let id = claims(&document)[at].clone();
        let edit = decide(&document, &id, "ana@example.org", decision, time(1));
        document.apply(edit).expect("applies");
    }
    document
}

fn rendered() -> String {
    sidecar::render(&decided(), None)
}

pub(crate) fn schema() -> jsonschema::Validator {
    let schema = include_str!("../../docs/sidecar-v1.schema.json");
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is one")
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let text = rendered();
    let loaded = load(text.as_bytes()).expect("readable");
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.document, decided());
    assert_eq!(loaded.read_only, None);
    assert!(!loaded.text_changed && !loaded.changes(text.as_bytes()));
    assert!(
        loaded
            .document
            .annotations()
            .iter()
            .all(|a| a.target.mark.is_some())
    );
}

#[test]
fn what_is_written_follows_the_schema_and_the_layout() {
    let text = rendered();
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let faults: Vec<String> = schema()
        .iter_errors(&value)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "{",
            "  \"format\": \"proofmark-sidecar\",",
            "  \"version\": 1,"
        ]
    );
    let review = lines
        .iter()
        .find(|l| l.contains("\"confirm\""))
        .expect("a review");
    assert!(
        review.starts_with("        \"ana@example.org\": {\"decision\": \"confirm\", \"text\": ")
    );
    assert!(text.contains("\n  \"passes\": {},\n") && text.ends_with("\n  ]\n}\n"));
    assert!(text.contains('€'), "other letters are written as they are");
}

#[test]
fn one_decision_changes_its_own_lines_only() {
    let before = sidecar::render(&suggested(), None);
    let loaded = load(before.as_bytes()).expect("readable");
    let mut document = loaded.document;
    let id = claims(&document)[0].clone();
    let edit = decide(
        &document,
        &id,
        "ana@example.org",
        Decision::Confirm,
        time(1),
    );
    document.apply(edit).expect("applies");
    let after = sidecar::render(&document, Some(&loaded.value));
    let added: Vec<&str> = after.lines().filter(|l| !before.contains(*l)).collect();
    assert_eq!(added.len(), 2, "{added:#?}");
    assert!(added[0].contains("\"status\": \"confirmed\""), "{added:#?}");
}

#[test]
fn unknown_fields_words_and_odd_key_orders_survive() {
    let mut value: Value = serde_json::from_str(&rendered()).expect("JSON");
    value["x-top"] = json!({"a": [1, {"b": null}]});
    value["article"]["x-head"] = json!(1);
    value["annotations"][0]["x-record"] = json!("kept");
    value["annotations"][0]["suggestions"]
        .as_object_mut()
        .expect("a map")
        .values_mut()
        .for_each(|s| s["x-s"] = json!([true]));
    value["annotations"][1]["suggestions"]
        .as_object_mut()
        .expect("a map")
        .values_mut()
        .for_each(|s| s["kind"] = json!("gadget"));
    value["annotations"][0]["reviews"]["other tool"] = json!({"at": "2026-03-01T00:00:00Z", "text": value["article"]["text"], "decision": "ponder", "x": 1});
    value["annotations"][1]["kind"] = json!("gadget");
    value["links"][0]["type"] = json!("contradicts");
    value["links"][0]["x-link"] = json!({});
    let text = value.to_string();
    let loaded = load(text.as_bytes()).expect("readable");
    assert_eq!(loaded.faults, []);
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    assert!(written.contains("{\"at\": \"2026-03-01T00:00:00Z\", \"text\": \"t-"));
    let again: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!(again["x-top"], value["x-top"]);
    let reread = load(written.as_bytes()).expect("readable");
    assert_eq!(reread.document, loaded.document);
    assert!(!reread.changes(written.as_bytes()));
}

#[test]
fn faulty_records_are_set_aside_and_written_back() {
    type Damage = fn(&mut Value);
    let cases: [(&str, Damage); 6] = [
        ("annotations[0].target.exact", |v| {
            v["annotations"][0]["target"]["exact"] = json!(9)
        }),
        ("annotations[0].id", |v| {
            v["annotations"][0]["id"] = json!("../../x")
        }),
        ("annotations[0]", |v| v["annotations"][0] = Value::Null),
        ("annotations[0].reviews.ana@example.org.at", |v| {
            v["annotations"][0]["reviews"]["ana@example.org"]["at"] = json!("yesterday");
        }),
        ("annotations[0].evidence.e-00000001", |v| {
            v["annotations"][0]["evidence"] = json!({"e-00000001": {"stance": "supports", "by": "b", "at": "2026-01-01T00:00:00Z"}});
        }),
        ("links[0].to", |v| {
            v["links"][0]["to"] = json!("a-000000000000")
        }),
    ];
    for (path, damage) in cases {
        let mut value: Value = serde_json::from_str(&rendered()).expect("JSON");
        damage(&mut value);
        let loaded = load(value.to_string().as_bytes()).expect("readable");
        let paths: Vec<&str> = loaded.faults.iter().map(|f| f.path.as_str()).collect();
        assert!(paths.contains(&path), "{path}: {paths:?}");
        assert_eq!(loaded.read_only, None);
        let aside = loaded.document.parts().aside.len();
        assert_eq!(aside, loaded.faults.len(), "{path}");
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let again = load(written.as_bytes()).expect("readable");
        assert_eq!(again.document.parts().aside.len(), aside, "{path}");
        assert_eq!(
            again.document.annotations().len(),
            loaded.document.annotations().len()
        );
        let record = &loaded.document.parts().aside[0].record;
        let list = loaded.document.parts().aside[0].list;
        let again: Value = serde_json::from_str(&written).expect("JSON");
        assert!(
            again[list].as_array().expect("a list").contains(record),
            "{path}"
        );
    }
}

#[test]
fn a_second_record_of_one_id_is_joined_with_the_first() {
    let mut value: Value = serde_json::from_str(&rendered()).expect("JSON");
    let double = value["annotations"][0].clone();
    value["annotations"]
        .as_array_mut()
        .expect("a list")
        .push(double);
    let loaded = load(value.to_string().as_bytes()).expect("readable");
    assert!(loaded.faults[0].message.contains("second annotation"));
    assert_eq!(loaded.faults.len(), 1);
    assert_eq!(loaded.document, decided());
    // Of other words it is another record: an id is saved once all the same.
    let list = value["annotations"].as_array_mut().expect("a list");
    let (words, first) = (list[1]["target"].clone(), list[0]["id"].clone());
    let last = list.last_mut().expect("a record");
    last["target"] = words;
    let loaded = load(value.to_string().as_bytes()).expect("readable");
    assert_eq!(loaded.document.parts().aside.len(), 1);
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    assert_eq!(written.matches(&format!("\"id\": {first}")).count(), 2);
    let again = load(written.as_bytes()).expect("readable");
    assert_eq!(again.faults, []);
    assert!(!again.changes(written.as_bytes()));
    assert_eq!(again.value["set_aside"][0]["record"]["id"], first);
}

#[test]
fn faults_of_the_head_make_it_read_only_unless_they_are_harmless() {
    type Damage = fn(&mut Value);
    let cases: [(&str, bool, Damage); 7] = [
        ("article.file", false, |v| {
            v["article"]["file"] = json!("../../etc/passwd")
        }),
        ("article.file", false, |v| {
            v["article"]["file"] = json!("other.txt")
        }),
        ("article", true, |v| v["article"] = Value::Null),
        ("texts", true, |v| v["texts"] = json!({})),
        ("runs", true, |v| v["runs"] = json!([])),
        ("passes.bob.state", true, |v| {
            v["passes"] = json!({"bob": {"text": v["article"]["text"], "state": "paused", "at": "2026-01-01T00:00:00Z"}});
        }),
        ("article.text", false, |v| {
            v["article"]["text"] = json!("t-00000000")
        }),
    ];
    for (path, read_only, damage) in cases {
        let mut value: Value = serde_json::from_str(&rendered()).expect("JSON");
        damage(&mut value);
        let loaded = load(value.to_string().as_bytes()).expect("readable");
        assert!(
            loaded.faults.iter().any(|f| f.path == path),
            "{path}: {:?}",
            loaded.faults
        );
        assert_eq!(loaded.read_only.is_some(), read_only, "{path}");
    }
}

#[test]
fn a_newer_version_is_read_only() {
    let text = rendered().replace("\"version\": 1,", "\"version\": 2,");
    let loaded = load(text.as_bytes()).expect("readable");
    assert_eq!(loaded.faults[0].path, "version");
    assert!(loaded.read_only.expect("read-only").contains("version 2"));
    assert_eq!(
        loaded.document.annotations().len(),
        decided().annotations().len()
    );
}

#[test]
fn what_is_no_sidecar_is_refused_with_its_place() {
    let good = rendered();
    let conflict = good.replacen(
        "  \"runs\"",
        "<<<<<<< ours\n=======\n>>>>>>> theirs\n  \"runs\"",
        1,
    );
    let double = good.replacen("\"version\": 1,", "\"version\": 1, \"version\": 1,", 1);
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, word) in [
        (b" \n".to_vec(), "empty"),
        (vec![0; 40], "zero bytes"),
        (utf16, "UTF-16LE"),
        (b"\x1f\x8b\x08".to_vec(), "gzip"),
        (good.as_bytes()[..good.len() - 40].to_vec(), "line"),
        (conflict.into_bytes(), "git merge conflict in line"),
        (double.into_bytes(), "\"version\" stands twice"),
        (b"[]".to_vec(), "an object"),
        (b"{\"format\": 1}".to_vec(), "format"),
        (
            good.replace("\"version\": 1,", "\"version\": \"1\",")
                .into_bytes(),
            "version",
        ),
        (
            good.replace("\"version\": 1,", "\"version\": 1e400,")
                .into_bytes(),
            "version",
        ),
        (
            good.replace("\"annotations\"", "\"annotation\"")
                .into_bytes(),
            "annotations",
        ),
    ] {
        let message = load(&bytes).expect_err(word).to_string();
        assert!(message.contains(word), "{word}: {message}");
    }
}

/// One entry of the shared list of odd files.
fn entries(shared: &std::path::Path) -> Vec<Value> {
    let list = std::fs::read_to_string(shared.join("torture/manifest.json")).expect("the list");
    // Names that are not UTF-8 stand in it as half surrogate pairs.
    let list = list.replace("\\ud", "\\u0");
    let list: Vec<Value> = serde_json::from_str(&list).expect("JSON");
    list.into_iter()
        .filter(|m| m["kind"] == "sidecar" && m["special"].is_null())
        .collect()
}

#[test]
fn the_shared_odd_sidecars_are_read_as_told() {
    let Some(shared) = shared() else {
        skipped();
        return;
    };
    let schema = schema();
    let mut read = 0;
    for m in entries(&shared) {
        let path = m["path"].as_str().expect("a path");
        let folder = shared.join("torture").join(path);
        let name = m["article"].as_str().expect("a name");
        let article = std::fs::read(folder.join(name)).expect("the article");
        let article = ingest::read(name, &article).expect("an article");
        let Ok(bytes) = std::fs::read(folder.join(format!("{name}.proofmark.json"))) else {
            continue;
        };
        read += 1;
        let told = m["load"].as_str().expect("told");
        let loaded = match sidecar::load(&bytes, &article) {
            Ok(loaded) => loaded,
            Err(error) => {
                assert_eq!(told, "refuse", "{path}: {error}");
                continue;
            }
        };
        assert_ne!(told, "refuse", "{path}");
        let check: Vec<u64> = serde_json::from_value(m["check"].clone()).expect("a list");
        let question = |anchor| matches!(anchor, Anchor::Check | Anchor::Lost);
        let again = reanchor(loaded.document.clone().into_parts(), None, &article).document;
        let mut records = again.annotations().iter();
        let asked = loaded.text_changed && records.any(|a| question(a.target.anchor));
        let code = u64::from(!loaded.faults.is_empty() || asked);
        assert!(
            check.contains(&code),
            "{path}: check {code}, {:?}",
            loaded.faults
        );
        let has = |id: &Value| {
            let id = id.as_str().expect("an id");
            loaded
                .document
                .annotations()
                .iter()
                .any(|a| a.id.as_str() == id)
        };
        let ids = m["ids"].as_array().expect("a list");
        assert!(ids.iter().all(has), "{path}: {:?}", loaded.faults);
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let again = sidecar::load(written.as_bytes(), &article).expect(path);
        assert!(!again.changes(written.as_bytes()), "{path}");
        let count = loaded.document.annotations().len();
        assert_eq!(again.document.annotations().len(), count, "{path}");
        if m["valid"] == true {
            assert_eq!(loaded.faults, [], "{path}");
            let value = serde_json::from_str(&written).expect("JSON");
            assert!(schema.is_valid(&value), "{path}");
            let canonical = !["every-field"].iter().any(|odd| path.ends_with(odd));
            if canonical {
                let same = written.as_bytes() == bytes;
                let differs = written.lines().find(|line| !bytes_hold(&bytes, line));
                assert!(same, "{path}: {differs:?}");
            }
        }
        anchors_are_right(&m, loaded, &article);
    }
    assert!(read > 100, "{read} read");
    let example = std::fs::read(shared.join("sidecar-v1.example.json")).expect("the example");
    let text = std::fs::read(shared.join("sidecar-v1.example.md")).expect("its article");
    let text = ingest::read("jobs-report.md", &text).expect("an article");
    let loaded = sidecar::load(&example, &text).expect("readable");
    assert_eq!(loaded.faults, []);
    assert!(!loaded.changes(&example));
}

fn bytes_hold(bytes: &[u8], line: &str) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .any(|other| other == line.as_bytes())
}

fn anchors_are_right(m: &Value, mut loaded: Loaded, article: &proofmark::text::Article) {
    let path = m["path"].as_str().expect("a path");
    assert!(
        !loaded.text_changed || ["moved", "head"].contains(&m["load"].as_str().expect("told")),
        "{path}"
    );
    if !loaded.text_changed {
        return;
    }
    loaded.document = reanchor(loaded.document.into_parts(), None, article).document;
    for (id, right) in m["anchors"].as_object().into_iter().flatten() {
        let annotation = loaded
            .document
            .annotations()
            .iter()
            .find(|a| a.id.as_str() == id)
            .expect("there");
        let target = &annotation.target;
        let found = target.anchor.to_string();
        let right: Vec<&str> = right
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert!(
            right.contains(&found.as_str()),
            "{path} {id}: {found}, not {right:?}"
        );
        if let Some(at) = m["at"]
            .get(id)
            .filter(|_| matches!(target.anchor, Anchor::Ok | Anchor::Moved))
        {
            assert_eq!(
                json!([target.quote.start, target.quote.end]),
                *at,
                "{path} {id}"
            );
        }
    }
    for annotation in loaded.document.annotations() {
        if let Some(mark) = &annotation.target.mark {
            assert_eq!(
                mark.hull().of(article.text()),
                annotation.target.quote.exact,
                "{path}"
            );
        }
    }
}
