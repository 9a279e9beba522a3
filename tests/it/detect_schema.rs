//! The schema of what `detect` writes: it knows its words, and its lines hold to it.

use std::path::PathBuf;

use proofmark::detect::{Kind, SourceType, Voice};
use proofmark::text::Word;
use serde_json::{Value, json};

use super::cli::Place;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/detect.schema.json")
}

fn words<T: Word>() -> Value {
    T::ALL.iter().map(|word| word.as_str()).collect()
}

#[test]
fn it_knows_the_words() {
    let kept = std::fs::read_to_string(path()).expect("the schema");
    let mut schema: Value = serde_json::from_str(&kept).expect("JSON");
    for (name, words) in [
        ("voice", words::<Voice>()),
        ("kind", words::<Kind>()),
        ("source_type", words::<SourceType>()),
    ] {
        schema["$defs"][name]["enum"] = words;
    }
    let right = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path(), &right).expect("written");
    }
    assert!(
        kept == right,
        "UPDATE_README=1 cargo test detect_schema writes it anew"
    );
}

#[test]
fn what_is_written_holds_to_it() {
    let place = Place::new();
    let schema = place.run(&["schema", "detect"]);
    let schema: Value = serde_json::from_str(&schema.out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample_articles");
    let ran = place.run(&["detect", &samples.to_string_lossy()]);
    let mut lines = ran.lines();
    assert!(lines.len() > 3);
    for line in &lines {
        let faults: Vec<String> = validator.iter_errors(line).map(|e| e.to_string()).collect();
        assert_eq!(faults, [""; 0], "{}", line["id"]);
    }
    let line = lines
        .iter_mut()
        .find(|line| line["claims"] != json!([]))
        .expect("claims");
    for (place, wrong) in [
        ("/claims/0/voice", json!("loud")),
        ("/claims/0/priority", json!(1.5)),
        ("/claims/0/spans", json!([])),
        ("/length", json!(-1)),
        ("/text_sha256", json!("x")),
    ] {
        let mut line = line.clone();
        *line.pointer_mut(place).expect("a field") = wrong;
        assert!(!validator.is_valid(&line), "{place}");
    }
    line["more"] = json!(1);
    assert!(!validator.is_valid(line), "fields that nobody knows");
}

#[test]
fn every_schema_is_printed_as_it_stands_in_the_manual() {
    let place = Place::new();
    for (of, file) in [
        ("sidecar", "sidecar-v1.schema.json"),
        ("config", "config.schema.json"),
        ("detect", "detect.schema.json"),
    ] {
        let ran = place.run(&["schema", of]);
        let kept = std::fs::read_to_string(path().with_file_name(file)).expect("it");
        assert_eq!((ran.code, ran.out), (Some(0), kept));
    }
}
