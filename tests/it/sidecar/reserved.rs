//! Fields that came to have a meaning after files could have them, and those that coming programs
//! write: they validate, load, and stay to the letter, in whatever form they are.

use serde_json::{Value, json};

use proofmark::annotations::{Decision, Edit, Locator};
use proofmark::store::sidecar;

use super::{rendered, schema};
use crate::store_support::{article, claims, decide, time};

/// A sidecar with every reserved field.
fn coming() -> Value {
    let mut value: Value = serde_json::from_str(&rendered()).expect("JSON");
    let locator = json!({"page": 4, "paragraph": "2b", "time": "00:12:31", "end": "00:12:40", "note": "left column"});
    let record = &mut value["annotations"][0];
    for suggestion in record["suggestions"]
        .as_object_mut()
        .expect("a map")
        .values_mut()
    {
        suggestion["keep"] = json!(0.8123);
        suggestion["folded"] = json!(false);
        suggestion["stand_alone"] = json!({
            "text": "The harbour board of Oslo bought a crane [when?].",
            "spans": [[0, 17, 26, 43], [41, 48, null, null]],
            "by": "rules",
        });
    }
    record["attributes"] =
        json!({"claim_text": "A crane was bought", "locator": locator, "primacy": "secondary"});
    record["evidence"] = json!({"e-00000001": {
        "document": "Annual report", "stance": "supports", "by": "ana", "at": "2026-03-04T10:00:00Z",
        "locator": locator, "primacy": "primary", "consulted": "2026-03-03",
    }});
    record["split_from"] = json!("a-000000000001");
    record["joined_from"] = json!(["a-000000000002", "a-000000000003"]);
    value
}

#[test]
fn reserved_fields_validate_load_and_stay() {
    let value = coming();
    let faults: Vec<String> = schema()
        .iter_errors(&value)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let loaded = sidecar::load(value.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(loaded.faults, []);
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    assert_eq!(
        serde_json::from_str::<Value>(&written).expect("JSON"),
        value
    );
    let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert!(!again.changes(written.as_bytes()));
    // Deciding on the record takes none of them away.
    let mut document = again.document;
    let id = claims(&document)[0].clone();
    let edit = decide(&document, &id, "bob", Decision::Reject, time(9));
    let inverse = document.apply(edit).expect("applies");
    let decided = sidecar::render(&document, Some(&again.value));
    for line in written.lines().filter(|line| !line.contains("\"status\"")) {
        let same = |other: &str| other.trim_end_matches(',') == line.trim_end_matches(',');
        assert!(decided.lines().any(same), "{line}");
    }
    assert!(matches!(inverse, Edit::Review { .. }));
    document.apply(inverse).expect("applies");
    assert_eq!(sidecar::render(&document, Some(&again.value)), written);
}

#[test]
fn where_evidence_says_so_is_read() {
    let loaded = sidecar::load(coming().to_string().as_bytes(), &article()).expect("readable");
    let claim = &loaded.document.annotations()[0];
    let (_, piece) = &claim.evidence[0];
    let place = piece.locator.as_ref().and_then(Locator::told);
    assert_eq!(
        place.as_deref(),
        Some("p. 4, ¶ 2b, 00:12:31–00:12:40, left column")
    );
    assert_eq!(
        piece.primacy.as_ref().map(|word| word.as_str()),
        Some("primary")
    );
    assert_eq!(piece.consulted.as_deref(), Some("2026-03-03"));
    assert!(piece.unknown.is_empty());
}

#[test]
fn where_evidence_says_so_stays_in_another_form() {
    for (field, other) in [
        ("locator", json!(4)),
        (
            "locator",
            json!({"page": [4], "chapter": 2, "time": "12:31", "end": 5}),
        ),
        ("locator", json!({})),
        ("locator", json!({"note": "x", "page": "4"})),
        ("primacy", json!("hearsay")),
        ("primacy", json!(1)),
        ("consulted", json!("yesterday")),
        ("consulted", json!("2026-03-03T10:00:00Z")),
        ("consulted", json!(20260303)),
    ] {
        let mut value = coming();
        value["annotations"][0]["evidence"]["e-00000001"][field] = other.clone();
        let loaded = sidecar::load(value.to_string().as_bytes(), &article()).expect("readable");
        assert_eq!(loaded.faults, [], "{field} {other}");
        // With the file as it was, and written anew.
        for old in [Some(&loaded.value), None] {
            let written = sidecar::render(&loaded.document, old);
            let written: Value = serde_json::from_str(&written).expect("JSON");
            let piece = &written["annotations"][0]["evidence"]["e-00000001"];
            assert_eq!(piece[field], other);
        }
    }
}

#[test]
fn reserved_fields_have_their_forms() {
    type Wrong = fn(&mut Value);
    let cases: [Wrong; 6] = [
        |v| *first(&mut v["annotations"][0]["suggestions"], "keep") = json!(2),
        |v| *first(&mut v["annotations"][0]["suggestions"], "folded") = json!("yes"),
        |v| *first(&mut v["annotations"][0]["suggestions"], "stand_alone") = json!("words"),
        |v| v["annotations"][0]["evidence"]["e-00000001"]["consulted"] = json!("yesterday"),
        |v| v["annotations"][0]["attributes"]["locator"] = json!(4),
        |v| v["annotations"][0]["split_from"] = json!("elsewhere"),
    ];
    for (at, wrong) in cases.into_iter().enumerate() {
        let mut value = coming();
        wrong(&mut value);
        assert!(!schema().is_valid(&value), "case {at}");
    }
}

/// A field of the first entry of a map.
fn first<'a>(map: &'a mut Value, field: &str) -> &'a mut Value {
    let mut entries = map.as_object_mut().expect("a map").values_mut();
    &mut entries.next().expect("an entry")[field]
}
