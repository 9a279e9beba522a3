//! Names of runs and texts, ids that follow from other values, words for a mark's state: whatever
//! stands there, no record is lost by it, and it is told.

use serde_json::{Value, json};

use proofmark::annotations::{Anchor, Decision};
use proofmark::store::sidecar::{self, Loaded};

use super::{decided, rendered};
use crate::store_support::{article, findings, time};

const ANA: &str = "ana@example.org";

fn value() -> Value {
    serde_json::from_str(&rendered()).expect("JSON")
}

/// Every record is loaded with every answer, what is wrong is told at `path`, and saving keeps
/// all of it.
fn kept_and_told(value: &Value, path: &str) -> Loaded {
    let loaded = sidecar::load(value.to_string().as_bytes(), &article()).expect("readable");
    let paths: Vec<&str> = loaded.faults.iter().map(|f| f.path.as_str()).collect();
    assert!(paths.contains(&path), "{path}: {paths:?}");
    assert_eq!(loaded.read_only, None, "{path}");
    assert!(loaded.document.parts().aside.is_empty(), "{path}");
    for right in decided().annotations() {
        let found = loaded.document.annotation(&right.id).expect("kept");
        assert_eq!(found.reviews.len(), right.reviews.len(), "{path}");
        assert_eq!(found.suggestions.len(), right.suggestions.len(), "{path}");
        assert_eq!(found.status(), right.status(), "{path}");
    }
    assert_eq!(loaded.document.links().len(), 1, "{path}");
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert!(!again.changes(written.as_bytes()), "{path}");
    assert_eq!(again.document, loaded.document, "{path}");
    loaded
}

fn the<'a>(value: &'a mut Value, map: &str) -> (String, &'a mut Value) {
    let map = value[map].as_object_mut().expect("a map");
    let (key, entry) = map.iter_mut().next().expect("an entry");
    (key.clone(), entry)
}

/// Gives an entry of a map another key.
fn rename(map: &mut Value, old: &str, new: &str) {
    let map = map.as_object_mut().expect("a map");
    let entry = map.remove(old).expect("there");
    map.insert(new.to_owned(), entry);
}

#[test]
fn names_that_lead_nowhere_keep_their_records() {
    let mut no_run = value();
    no_run["runs"] = json!({});
    let run = the(&mut value(), "runs").0;
    kept_and_told(&no_run, &format!("annotations[0].suggestions.{run}"));

    let mut no_text = value();
    no_text["annotations"][0]["reviews"][ANA]["text"] = json!("t-00000000");
    let loaded = kept_and_told(&no_text, &format!("annotations[0].reviews.{ANA}.text"));
    let record = &loaded.document.annotations()[0];
    let review = record.review_of(ANA).expect("kept");
    assert_eq!(review.text.as_str(), "t-00000000");
    assert!(loaded.document.holds(record, review), "the same words");

    let mut run_of_none = value();
    the(&mut run_of_none, "runs").1["text"] = json!("t-00000000");
    kept_and_told(&run_of_none, &format!("runs.{run}.text"));

    let mut pass_of_none = value();
    pass_of_none["passes"] =
        json!({"bo": {"text": "t-00000000", "state": "finished", "at": "2026-01-01T00:00:00Z"}});
    let loaded = kept_and_told(&pass_of_none, "passes.bo.text");
    assert_eq!(loaded.document.parts().passes.len(), 1);
}

#[test]
fn a_damaged_head_keeps_every_record_too() {
    for (name, damaged) in [
        ("texts", json!({})),
        ("texts", json!({"t-0": null})),
        ("runs", json!([])),
        ("runs", json!({"r-00000000": null})),
    ] {
        let mut value = value();
        value[name] = damaged;
        let text = value.to_string();
        let loaded = sidecar::load(text.as_bytes(), &article()).expect("readable");
        assert!(loaded.read_only.is_some(), "{name}");
        assert!(loaded.document.parts().aside.is_empty(), "{name}");
        assert_eq!(loaded.document.annotations().len(), 3, "{name}");
    }
    // What can be read of it is used.
    let mut value = value();
    value["texts"]["t-00000000"] = Value::Null;
    let text = value.to_string();
    let loaded = sidecar::load(text.as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.faults.len(), 1, "{:?}", loaded.faults);
    assert!(!loaded.text_changed);
}

#[test]
fn ids_and_kinds_that_follow_are_told_and_decide_nothing() {
    let mut link = value();
    link["links"][0]["id"] = json!("l-000000000000");
    kept_and_told(&link, "links[0].id");
    for id in [json!("../../x"), json!(7), Value::Null] {
        let mut link = value();
        link["links"][0]["id"] = id;
        let loaded = kept_and_told(&link, "links[0].id");
        assert_eq!(loaded.document, decided());
    }
    // Of two links of one id both stay: the second has its own.
    let mut link = value();
    let mut other = link["links"][0].clone();
    other["to"] = link["annotations"][0]["id"].clone();
    link["links"].as_array_mut().expect("a list").push(other);
    let loaded = sidecar::load(link.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.document.links().len(), 2, "{:?}", loaded.faults);

    let mut run = value();
    let key = the(&mut run, "runs").0;
    rename(&mut run["runs"], &key, "r-00000000");
    for at in 0..3 {
        rename(
            &mut run["annotations"][at]["suggestions"],
            &key,
            "r-00000000",
        );
    }
    let loaded = kept_and_told(&run, "runs.r-00000000");
    assert_eq!(loaded.faults.len(), 1, "{:?}", loaded.faults);
    // With settings that only their digest names nobody can say.
    the(&mut run, "runs").1["settings_sha256"] = json!("ab".repeat(32));
    let loaded = sidecar::load(run.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.faults, []);

    let mut kind = value();
    kind["annotations"][0]["suggestions"][&key]["kind"] = json!("source");
    kept_and_told(&kind, &format!("annotations[0].suggestions.{key}.kind"));
}

#[test]
fn layer_and_media_type_are_the_articles() {
    let mut layer = value();
    let text = the(&mut layer, "texts").0;
    for wrong in [json!("extracted"), json!("x"), Value::Null] {
        layer["texts"][&text]["layer"] = wrong;
        let loaded = kept_and_told(&layer, &format!("texts.{text}.layer"));
        assert_eq!(loaded.document, decided());
    }
    let mut media = value();
    media["article"]["media_type"] = json!("text/html");
    assert_eq!(
        kept_and_told(&media, "article.media_type").document,
        decided()
    );
}

#[test]
fn a_state_we_do_not_know_is_a_question() {
    for word in [json!("hm"), json!("OK"), json!(3), Value::Null] {
        let mut value = value();
        value["annotations"][0]["target"]["anchor"] = word;
        let loaded = kept_and_told(&value, "annotations[0].target.anchor");
        let target = &loaded.document.annotations()[0].target;
        assert_eq!(target.anchor, Anchor::Check);
        assert!(target.mark.is_some());
    }
}

#[test]
fn gaps_that_cannot_be_leave_the_words_as_a_question() {
    for gaps in [
        json!([[0, 2]]),
        json!([[1, 2, 3]]),
        json!([[4, 2]]),
        json!("x"),
        json!([[2, 900]]),
    ] {
        let mut damaged = value();
        damaged["annotations"][0]["target"]["gaps"] = gaps.clone();
        let loaded = kept_and_told(&damaged, "annotations[0].target.gaps");
        let target = &loaded.document.annotations()[0].target;
        assert_eq!(target.anchor, Anchor::Check, "{gaps}");
        assert_eq!(target.quote.gaps, []);
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let written: Value = serde_json::from_str(&written).expect("JSON");
        let kept = &written["annotations"][0]["target"];
        assert_eq!((&kept["gaps"], &kept["anchor"]), (&gaps, &json!("check")));

        let run = the(&mut damaged, "runs").0;
        for (part, key) in [("reviews", ANA), ("suggestions", &run)] {
            let mut value = value();
            value["annotations"][0][part][key]["gaps"] = gaps.clone();
            let path = format!("annotations[0].{part}.{key}.gaps");
            let loaded = kept_and_told(&value, &path);
            let written = sidecar::render(&loaded.document, Some(&loaded.value));
            let written: Value = serde_json::from_str(&written).expect("JSON");
            assert_eq!(written["annotations"][0][part][key]["gaps"], gaps, "{part}");
        }
    }
    // No gaps at all, spelt out, are no question.
    let mut value = value();
    value["annotations"][0]["target"]["gaps"] = json!([]);
    let loaded = kept_and_told(&value, "annotations[0].target.gaps");
    assert_eq!(loaded.document, decided());
}

#[test]
fn a_target_on_words_that_nobody_answered_is_told() {
    let mut gaps = value();
    gaps["annotations"][0]["target"]["gaps"] = json!([[4, 12]]);
    kept_and_told(&gaps, "annotations[0].target.gaps");
    let mut other = value();
    let place = other["annotations"][1]["target"].clone();
    other["annotations"][0]["target"] = place;
    kept_and_told(&other, "annotations[0].target.exact");
    // A run's words are no answer, and a refusal may be of any.
    let mut refused = value();
    refused["annotations"][0]["reviews"][ANA]["decision"] = json!("reject");
    refused["annotations"][0]["status"] = json!("rejected");
    refused["annotations"][0]["target"]["gaps"] = json!([[4, 12]]);
    let text = refused.to_string();
    let loaded = sidecar::load(text.as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.faults, []);
}

#[test]
fn what_was_added_and_then_suggested_by_a_later_run_stays() {
    let mut added = value();
    added["annotations"][0]["suggestions"] = json!({});
    added["annotations"][0]["reviews"][ANA]["decision"] = json!("add");
    added["annotations"][0]["status"] = json!("added");
    let loaded = sidecar::load(added.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.faults, []);
    let mut document = loaded.document;
    let run = proofmark::detect::Run::new("proofmark later", &findings().model);
    document.adopt(&article(), &findings(), &run, time(9));
    assert_eq!(document.annotations()[0].suggestions.len(), 1, "it joins");
    let written = sidecar::render(&document, None);
    let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert_eq!(again.faults, []);
    assert_eq!(again.document, document);
    // Suggested before it was added: told, and kept all the same.
    let mut early: Value = serde_json::from_str(&written).expect("JSON");
    for run in early["runs"].as_object_mut().expect("a map").values_mut() {
        run["at"] = json!("2020-01-01T00:00:00Z");
    }
    let loaded = sidecar::load(early.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(
        loaded.faults[0].path,
        format!("annotations[0].reviews.{ANA}.decision")
    );
    let review = loaded.document.annotations()[0].review_of(ANA);
    assert_eq!(
        review.and_then(|review| review.decision.known()),
        Some(Decision::Add)
    );
}
