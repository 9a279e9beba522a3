//! Sidecars that are JSON and hold what they must not: each fault costs the part it is in.

use serde_json::{Value, json};

use super::{decisions, good, repaired, told};
use crate::store_support::article;
use proofmark::store::repair::SET_ASIDE;
use proofmark::store::sidecar;

#[test]
fn each_fault_costs_the_smallest_part_that_holds_it() {
    type Damage = fn(&mut Value);
    // What is damaged, the place told, decisions in force of 4, annotations of 3, links of 1.
    let cases: [(Damage, &str, usize, usize, usize); 28] = [
        (
            |v| v["annotations"][0]["target"]["start"] = json!("9"),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["end"] = json!(1),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["start"] = json!(27),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["end"] = json!(90_000),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["gaps"] = json!([[0, 2]]),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["anchor"] = json!("hm"),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"]["exact"] = json!(7),
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["target"] = Value::Null,
            "annotations[0].target",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["id"] = json!("../../x"),
            "annotations[0].id",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["status"] = json!(3),
            "annotations[0].status",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["kind"] = json!(3),
            "annotations[0].kind",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["attributes"] = json!([]),
            "annotations[0].attributes",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["suggestions"] = Value::Null,
            "annotations[0].suggestions",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["reviews"] = json!(1),
            "annotations[0].reviews",
            2,
            3,
            1,
        ),
        (
            |v| v["annotations"][0] = Value::Null,
            "annotations[0]",
            2,
            2,
            1,
        ),
        (
            |v| v["annotations"][0]["reviews"]["ana@example.org"]["at"] = json!("yesterday"),
            "annotations[0].reviews.ana@example.org",
            3,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["reviews"]["ana@example.org"]["seconds"] = json!("long"),
            "annotations[0].reviews.ana@example.org.seconds",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["reviews"]["ana@example.org"]["start"] = json!(3000),
            "annotations[0].reviews.ana@example.org",
            4,
            3,
            1,
        ),
        (
            |v| v["annotations"][0]["evidence"]["e-0000000a"]["quote"] = json!(4),
            "annotations[0].evidence.e-0000000a.quote",
            4,
            3,
            1,
        ),
        (
            |v| {
                let reviews = v["annotations"][0]["reviews"].take();
                v["annotations"][0]["reviexs"] = reviews;
                v["annotations"][0]
                    .as_object_mut()
                    .expect("a record")
                    .remove("reviews");
            },
            "can only be reviews",
            4,
            3,
            1,
        ),
        (
            |v| v["links"][0]["to"] = json!("a-000000000000"),
            "links[0]",
            4,
            3,
            0,
        ),
        (
            |v| v["links"][0]["id"] = json!("l-"),
            "links[0].id",
            4,
            3,
            1,
        ),
        (|v| v["article"] = Value::Null, "article.text", 4, 3, 1),
        (
            |v| v["article"]["file"] = json!("../../etc/passwd"),
            "article.file",
            4,
            3,
            1,
        ),
        (|v| v["texts"] = json!({}), "texts", 4, 3, 1),
        (|v| v["runs"] = json!([]), "runs", 4, 3, 1),
        (|v| v["version"] = json!("1"), "version", 4, 3, 1),
        (|v| v["passes"] = json!({"bo": null}), "passes.bo", 4, 3, 1),
    ];
    for (at, (damage, place, kept, annotations, links)) in cases.into_iter().enumerate() {
        let repaired = repaired(damage);
        let told = told(&repaired);
        assert!(told.contains(place), "{at}: {place} not in {told}");
        let loaded = sidecar::load(&repaired.bytes, &article()).expect("readable");
        assert_eq!(
            loaded.document.annotations().len(),
            annotations,
            "{at}: {told}"
        );
        assert_eq!(loaded.document.links().len(), links, "{at}: {told}");
        assert_eq!(decisions(&repaired.bytes), kept, "{at}: {told}");
    }
}

#[test]
fn marks_are_put_where_the_words_stand() {
    let whole = sidecar::load(good().as_bytes(), &article()).expect("readable");
    let right = whole.document.annotations()[0].target.mark.clone();
    for damage in [
        |v: &mut Value| v["annotations"][0]["target"]["start"] = json!(0),
        |v: &mut Value| v["annotations"][0]["target"]["exact"] = json!(null),
    ] {
        let repaired = repaired(damage);
        let loaded = sidecar::load(&repaired.bytes, &article()).expect("readable");
        assert_eq!(loaded.document.annotations()[0].target.mark, right);
    }
    // Words that stand nowhere are lost, and say so; nothing near them is taken.
    let repaired = repaired(|v| {
        v["annotations"][0]["target"]["exact"] = json!("Quite other words, about a lighthouse.");
        v["annotations"][0]["target"]["start"] = json!(99_999);
        v["annotations"][0]["suggestions"] = json!({});
        v["annotations"][0]["reviews"] = json!({});
    });
    let loaded = sidecar::load(&repaired.bytes, &article()).expect("readable");
    let lost = loaded
        .document
        .annotations()
        .iter()
        .filter(|a| a.target.mark.is_none());
    assert_eq!(lost.count(), 1);
}

#[test]
fn what_cannot_be_used_stands_in_the_copy_with_its_reason() {
    let repaired = repaired(|v| {
        v["annotations"][0]["reviews"]["ana@example.org"]["at"] = json!("yesterday");
        v["x-other"] = serde_json::from_str("{\"kept\": [1, 2.50]}").expect("JSON");
    });
    let value: Value = serde_json::from_slice(&repaired.bytes).expect("JSON");
    let aside = &value[SET_ASIDE][0];
    assert_eq!(aside["place"], "annotations[0].reviews.ana@example.org");
    assert_eq!(aside["record"]["decision"], "confirm");
    assert!(
        aside["why"]
            .as_str()
            .expect("a reason")
            .contains("yesterday")
    );
    assert_eq!(value["x-other"]["kept"][1].to_string(), "2.50");
}

#[test]
fn twins_of_one_id_are_joined_and_no_answer_is_lost() {
    let repaired = repaired(|v| {
        let mut twin = v["annotations"][0].clone();
        let reviews = twin["reviews"].as_object_mut().expect("a map");
        let mut answer = reviews.remove("ana@example.org").expect("there");
        answer["decision"] = json!("reject");
        reviews.insert("dee@example.org".to_owned(), answer);
        v["annotations"].as_array_mut().expect("a list").push(twin);
    });
    assert_eq!(decisions(&repaired.bytes), 5, "{}", told(&repaired));
}
