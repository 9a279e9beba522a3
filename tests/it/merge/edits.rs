//! Merging documents that two people changed by edits, through their sidecars.

use serde_json::Value;

use proofmark::annotations::{Decision, Document, Edit, Id, Merged, Status, merge};
use proofmark::store::sidecar;

use crate::store_support::{article, claims, decide, suggested, time};

fn with(document: &Document, edits: impl IntoIterator<Item = Edit>) -> Document {
    let mut changed = document.clone();
    for edit in edits {
        changed.apply(edit).expect("applies");
    }
    changed
}

fn attribute(id: &Id, name: &str, value: Option<&str>) -> Edit {
    Edit::Attribute {
        annotation: id.clone(),
        name: name.to_owned(),
        value: value.map(Value::from),
    }
}

#[test]
fn two_reviewers_never_conflict_and_may_differ() {
    let base = suggested();
    let id = &claims(&base)[0];
    let ours = with(
        &base,
        [decide(&base, id, "ana", Decision::Confirm, time(1))],
    );
    let theirs = with(&base, [decide(&base, id, "bob", Decision::Reject, time(2))]);
    let Merged {
        document: merged,
        conflicts,
    } = merge(Some(&base), &ours, &theirs);
    assert!(conflicts.is_empty());
    let record = merged.annotation(id).expect("there");
    assert_eq!(record.status(), Status::Disputed);
    assert_eq!(record.reviews.len(), 2);
}

#[test]
fn the_same_reviewer_twice_is_disputed_until_somebody_chooses() {
    let base = suggested();
    let id = &claims(&base)[0];
    let ours = with(
        &base,
        [decide(&base, id, "ana", Decision::Confirm, time(5))],
    );
    let theirs = with(&base, [decide(&base, id, "ana", Decision::Reject, time(2))]);
    for (a, b) in [(&ours, &theirs), (&theirs, &ours)] {
        for base in [Some(&base), None] {
            let Merged {
                document: merged,
                conflicts,
            } = merge(base, a, b);
            assert_eq!(conflicts.len(), 1);
            let record = merged.annotation(id).expect("there");
            assert_eq!(record.status(), Status::Disputed);
            let answer = record.review_of("ana").expect("an answer");
            assert_eq!(answer.decision, Decision::Confirm.into());
            let written = sidecar::render(&merged, None);
            let read = sidecar::load(written.as_bytes(), &article()).expect("readable");
            assert_eq!(read.document, merged);
            assert_eq!(read.document.open_conflicts(id), merged.open_conflicts(id));
        }
    }
}

#[test]
fn a_field_changed_on_both_sides_is_kept_twice() {
    let document = suggested();
    let id = &claims(&document)[0];
    let base = with(&document, [attribute(id, "claim_text", Some("old"))]);
    let ours = with(&base, [attribute(id, "claim_text", Some("ours"))]);
    let theirs = with(
        &base,
        [
            attribute(id, "claim_text", Some("theirs")),
            attribute(id, "x", Some("y")),
        ],
    );
    let Merged {
        document: merged,
        conflicts,
    } = merge(Some(&base), &ours, &theirs);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].annotation.as_ref(), Some(id));
    let record = merged.annotation(id).expect("there");
    let entry = &record.conflicts["claim_text"];
    assert_eq!(record.attribute("claim_text"), entry["theirs"].as_str());
    assert_ne!(entry["ours"], entry["theirs"]);
    assert_eq!(record.attribute("x"), Some("y"));
    assert_eq!(entry["base"], "old");
    let swapped = merge(Some(&base), &theirs, &ours).document;
    assert_eq!(swapped, merged);
    let written = sidecar::render(&merged, None);
    let read = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert_eq!(read.document, merged);
    let again = merge(Some(&base), &ours, &ours);
    assert_eq!((again.document, again.conflicts.len()), (ours, 0));
}

#[test]
fn without_a_base_it_is_a_union() {
    let document = suggested();
    let id = &claims(&document)[1];
    let theirs = with(
        &document,
        [decide(&document, id, "bob", Decision::Confirm, time(1))],
    );
    let empty = Document::new(&article());
    for (a, b) in [(&empty, &theirs), (&theirs, &empty), (&document, &theirs)] {
        assert_eq!(merge(None, a, b).document, theirs);
    }
}

#[test]
fn what_one_side_took_back_stays_away_unless_the_other_used_it() {
    let base = suggested();
    let id = &claims(&base)[0];
    let gone = with(
        &base,
        [Edit::Annotation {
            id: id.clone(),
            annotation: None,
        }],
    );
    assert!(
        merge(Some(&base), &gone, &base)
            .document
            .annotation(id)
            .is_none()
    );
    assert!(
        merge(Some(&base), &base, &gone)
            .document
            .annotation(id)
            .is_none()
    );
    let used = with(
        &base,
        [decide(&base, id, "bob", Decision::Confirm, time(1))],
    );
    assert!(
        merge(Some(&base), &gone, &used)
            .document
            .annotation(id)
            .is_some()
    );
    // A link the other side still has keeps its ends.
    let claim = &claims(&base)[1];
    let gone = with(
        &base,
        [Edit::Annotation {
            id: claim.clone(),
            annotation: None,
        }],
    );
    assert!(
        merge(Some(&base), &gone, &base)
            .document
            .annotation(claim)
            .is_some()
    );
}

#[test]
fn runs_keep_the_earlier_time_and_passes_the_later() {
    let ours = suggested();
    let mut parts = ours.clone().into_parts();
    parts.runs[0].1.at = time(30);
    let pass = |minute| proofmark::annotations::Pass {
        text: ours.text().clone(),
        finished: minute > 1,
        at: time(minute),
        more: serde_json::Map::new(),
    };
    parts.passes.push(("ana".to_owned(), pass(1)));
    let theirs = Document::from_parts(parts);
    let ours = with(
        &ours,
        [Edit::Pass {
            reviewer: "ana".to_owned(),
            pass: Some(pass(2)),
        }],
    );
    let merged = merge(None, &theirs, &ours).document;
    assert_eq!(merged.parts().runs[0].1.at, time(0));
    assert!(merged.pass_of("ana").expect("there").finished);
}
