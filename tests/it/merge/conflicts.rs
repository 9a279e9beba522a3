//! What a merge leaves open: told on the record, symmetric, and settled by a person alone.

use proofmark::annotations::{
    Conflict, Decision, Document, Edit, Evidence, Id, Locator, Review, Side, Slot, Status, merge,
};
use proofmark::exchange::{Selection, Subject, entries};
use proofmark::store::sidecar::{load, render};
use serde_json::{Value, json};

use super::records::{article, base, evidence, id, review, time};

fn answered(document: &Document, answer: Option<Review>) -> Document {
    let mut document = document.clone();
    let edit = Edit::Review {
        annotation: id(0),
        reviewer: "ana".to_owned(),
        review: answer,
    };
    document.apply(edit).expect("applies");
    document
}

fn with_verdict(decision: Decision, minute: usize, verdict: &str) -> Review {
    Review {
        verdict: Some(verdict.to_owned()),
        ..review(decision, minute)
    }
}

/// A document in which ana's answers of two machines stand against each other.
fn contested() -> Document {
    let base = Document::from_parts(base());
    let ours = answered(&base, Some(with_verdict(Decision::Unsure, 9, "true")));
    let theirs = answered(&base, Some(with_verdict(Decision::Reject, 4, "false")));
    merge(Some(&base), &ours, &theirs).document
}

fn sides(document: &Document) -> Vec<Review> {
    let conflicts = document.open_conflicts(&id(0));
    let sides = conflicts.into_iter().flat_map(|conflict| conflict.sides);
    sides
        .map(|side| match side {
            Side::Review(review) => *review,
            other => panic!("{other:?} is no answer"),
        })
        .collect()
}

/// An answer without what it was chosen over.
fn unsettling(review: &Review) -> Review {
    let mut review = review.clone();
    review.unknown.shift_remove("settles").expect("chosen");
    review
}

#[test]
fn both_answers_stand_on_the_record_and_its_verdict_is_withheld() {
    let document = contested();
    let open = &document.open_conflicts(&id(0))[0];
    assert_eq!(open.slot, Slot::Review("ana".to_owned()));
    assert_eq!((open.base.as_ref(), open.in_use), (None, Some(1)));
    let decisions: Vec<String> = sides(&document)
        .iter()
        .map(|review| review.decision.to_string())
        .collect();
    assert_eq!(decisions, ["reject", "unsure"]);
    let record = document.annotation(&id(0)).expect("there");
    assert_eq!(record.status(), Status::Disputed);
    assert!(record.is_contested_by(Some("ana")) && !record.is_contested_by(Some("bob")));
    let told = entries(&document, Selection::All);
    let told = told.iter().find(|entry| entry.annotation.id == id(0));
    let told = told.expect("every record is told of");
    assert_eq!((told.verdict(), told.verdicts().len()), (None, 0));
    let mut lines = Vec::new();
    proofmark::exchange::jsonl::write(
        &mut lines,
        &Subject {
            name: "story.txt",
            article: &article(),
            document: &document,
            selection: Selection::All,
        },
    )
    .expect("written");
    let lines = String::from_utf8(lines).expect("text");
    let first: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["status"], "disputed");
    assert_eq!(
        (&first["verdict"], &first["reviews"]["ana"]["verdict"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn answers_that_mean_the_same_are_no_conflict() {
    let base = Document::from_parts(base());
    let mut slow = review(Decision::Confirm, 9);
    slow.seconds = Some(9.into());
    let ours = answered(&base, Some(slow.clone()));
    let theirs = answered(&base, Some(review(Decision::Confirm, 4)));
    for (a, b) in [(&ours, &theirs), (&theirs, &ours)] {
        let merged = merge(Some(&base), a, b);
        assert_eq!(merged.conflicts, []);
        let record = merged.document.annotation(&id(0)).expect("there");
        assert_eq!(record.review_of("ana"), Some(&slow));
    }
}

#[test]
fn changed_on_one_side_only_is_that_sides() {
    let base = answered(
        &Document::from_parts(base()),
        Some(review(Decision::Confirm, 9)),
    );
    // Its date is earlier, and yet it is the newer one.
    let changed = answered(&base, Some(review(Decision::Reject, 1)));
    for (ours, theirs) in [(&base, &changed), (&changed, &base)] {
        let merged = merge(Some(&base), ours, theirs);
        assert_eq!((merged.conflicts, &merged.document), (Vec::new(), &changed));
    }
}

#[test]
fn one_key_chooses_and_undo_opens_again() {
    for side in [0, 1] {
        let mut document = contested();
        let before = document.clone();
        let chosen = sides(&document)[side].clone();
        let open = document.open_conflicts(&id(0)).remove(0);
        let edit = document.settle(&open, side).expect("can be chosen");
        let inverse = document.apply(edit).expect("applies");
        let record = document.annotation(&id(0)).expect("there");
        let standing = record.review_of("ana").expect("there");
        assert_eq!(unsettling(standing), chosen);
        assert_eq!((record.conflicts.len(), record.is_contested()), (0, false));
        assert_eq!(
            document.settle(&open, side),
            None,
            "there is nothing left to settle"
        );
        document.apply(inverse).expect("applies");
        assert_eq!(document, before);
    }
}

#[test]
fn a_new_answer_settles_and_taking_it_back_opens_again() {
    let mut document = contested();
    let edit = Edit::Review {
        annotation: id(0),
        reviewer: "ana".to_owned(),
        review: Some(review(Decision::Confirm, 20)),
    };
    let inverse = document.apply(edit).expect("applies");
    assert_eq!(document.open_conflicts(&id(0)), []);
    let record = document.annotation(&id(0)).expect("there");
    assert_eq!(record.status(), Status::Confirmed);
    document.apply(inverse).expect("applies");
    assert_eq!(document, contested());
    // No answer at all is no choice between two.
    let none = answered(&document, None);
    assert_eq!(none.open_conflicts(&id(0)).len(), 1);
    assert_eq!(
        none.annotation(&id(0)).expect("there").status(),
        Status::Disputed
    );
}

#[test]
fn a_choice_travels_and_two_choices_are_a_conflict_again() {
    let open = contested();
    let choose = |side| {
        let mut document = open.clone();
        let conflict = document.open_conflicts(&id(0)).remove(0);
        let edit = document.settle(&conflict, side).expect("can be chosen");
        document.apply(edit).expect("applies");
        document
    };
    let (first, second) = (choose(0), choose(1));
    assert_eq!(merge(Some(&open), &first, &open).document, first);
    assert_eq!(merge(Some(&open), &open, &first).document, first);
    // Meanwhile the other side did something else to the same record.
    let mut busy = open.clone();
    let note = Edit::Attribute {
        annotation: id(0),
        name: "claim_text".to_owned(),
        value: Some("The port closes docks".into()),
    };
    busy.apply(note).expect("applies");
    for (a, b) in [(&first, &busy), (&busy, &first)] {
        let merged = merge(Some(&open), a, b);
        assert_eq!(merged.conflicts, []);
        assert_eq!(merged.document.open_conflicts(&id(0)), []);
        let record = merged.document.annotation(&id(0)).expect("there");
        let earlier = record.review_of("ana").expect("there");
        assert_eq!(unsettling(earlier), sides(&open)[0]);
    }
    for (a, b) in [(&first, &second), (&second, &first)] {
        let merged = merge(Some(&open), a, b).document;
        let two: Vec<Review> = sides(&merged).iter().map(unsettling).collect();
        assert_eq!(two, sides(&open));
    }
}

#[test]
fn what_was_chosen_stays_chosen_when_an_older_copy_comes_back() {
    let open = contested();
    let base = Document::from_parts(base());
    // A machine from before the two met, with either answer alone.
    let sides = sides(&open).into_iter();
    let alone: Vec<Document> = sides.map(|review| answered(&base, Some(review))).collect();
    for side in [0, 1] {
        let mut chosen = open.clone();
        let conflict = chosen.open_conflicts(&id(0)).remove(0);
        let edit = chosen.settle(&conflict, side).expect("can be chosen");
        let undo = chosen.apply(edit).expect("applies");
        let standing = |document: &Document| {
            let record = document.annotation(&id(0)).expect("there");
            record.review_of("ana").cloned()
        };
        // Another answer given later knows of all of it too.
        let mut later = with_verdict(Decision::Confirm, 20, "mixed");
        later.unknown = standing(&chosen).expect("chosen").unknown;
        let later = answered(&chosen, Some(later));
        for now in [&chosen, &later] {
            for old in [&open, &alone[0], &alone[1]] {
                for (a, b) in [(now, old), (old, now)] {
                    for base in [None, Some(&base), Some(old)] {
                        let merged = merge(base, a, b);
                        assert_eq!(merged.conflicts, [], "{side}");
                        assert_eq!(merged.document.open_conflicts(&id(0)), []);
                        assert_eq!(standing(&merged.document), standing(now), "{side}");
                    }
                }
            }
        }
        // What nobody chose between is a question all the same.
        let other = answered(&base, Some(with_verdict(Decision::Confirm, 6, "false")));
        let merged = merge(None, &chosen, &other).document;
        assert_eq!(merged.open_conflicts(&id(0)).len(), 1);
        chosen.apply(undo).expect("is taken back");
        assert_eq!(chosen, open);
    }
}

#[test]
fn what_a_new_answer_settled_stays_settled_without_a_base() {
    let open = contested();
    let settled = answered(&open, Some(with_verdict(Decision::Confirm, 20, "mixed")));
    assert_eq!(settled.open_conflicts(&id(0)), []);
    let base = Document::from_parts(base());
    for (a, b) in [(&settled, &open), (&open, &settled)] {
        for base in [None, Some(&base), Some(&open)] {
            let merged = merge(base, a, b);
            assert_eq!(merged.conflicts, []);
            assert_eq!(merged.document.open_conflicts(&id(0)), []);
            let record = merged.document.annotation(&id(0)).expect("there");
            let standing = settled.annotation(&id(0)).expect("there");
            assert_eq!(record.review_of("ana"), standing.review_of("ana"));
        }
    }
}

#[test]
fn a_third_answer_joins_the_two() {
    let base = Document::from_parts(base());
    let third = answered(&base, Some(with_verdict(Decision::Confirm, 6, "mixed")));
    let open = contested();
    let mut files = Vec::new();
    for (a, b) in [(&open, &third), (&third, &open)] {
        for base in [Some(&base), None] {
            let merged = merge(base, a, b);
            let conflict = Conflict {
                annotation: Some(id(0)),
                field: "reviews.ana".to_owned(),
            };
            assert_eq!(merged.conflicts, [conflict]);
            let at: Vec<_> = sides(&merged.document).into_iter().map(|r| r.at).collect();
            assert_eq!(at, [time(4), time(6), time(9)]);
            files.push(render(&merged.document, None));
        }
    }
    assert!(files.iter().all(|file| *file == files[0]));
    let read = load(files[0].as_bytes(), &article()).expect("readable");
    assert_eq!(sides(&read.document).len(), 3);
    assert!(!read.changes(files[0].as_bytes()));
}

#[test]
fn what_a_record_stands_beside_is_no_matter_of_opinion() {
    let base = Document::from_parts(base());
    let beside = |runs: Value| {
        let mut document = base.clone();
        let edit = Edit::Field {
            annotation: id(0),
            name: "beside".to_owned(),
            value: Some(runs),
        };
        document.apply(edit).expect("set");
        document
    };
    let (one, other) = (beside(json!(["r-1", "r-3"])), beside(json!(["r-2", "r-3"])));
    for (a, b) in [(&one, &other), (&other, &one)] {
        let merged = merge(Some(&base), a, b);
        assert_eq!(merged.conflicts, []);
        let record = merged.document.annotation(&id(0)).expect("there");
        assert_eq!(record.unknown["beside"], json!(["r-1", "r-2", "r-3"]));
        assert_eq!(record.conflicts, serde_json::Map::new());
    }
}

#[test]
fn links_last_words_and_evidence_are_kept_twice_as_well() {
    let base = Document::from_parts(base());
    let link = base.links()[0].id.clone();
    let piece = Id::new("e-00000001");
    let done = |decision: Decision, url: &str, minute| {
        let mut document = base.clone();
        let edits = vec![
            Edit::LinkReview {
                link: link.clone(),
                reviewer: "ana".to_owned(),
                review: Some(review(decision, minute)),
            },
            Edit::Adjudication {
                annotation: id(1),
                review: Some(review(decision, minute)),
            },
            Edit::Evidence {
                annotation: id(2),
                id: piece.clone(),
                evidence: Some(evidence(url, minute)),
            },
        ];
        document.apply(Edit::All(edits)).expect("applies");
        document
    };
    let ours = done(Decision::Confirm, "https://a.example", 1);
    let theirs = done(Decision::Reject, "https://b.example", 2);
    for base in [Some(&base), None] {
        let merged = merge(base, &ours, &theirs);
        assert_eq!(merged.conflicts.len(), 3);
        let mut document = merged.document;
        assert_eq!(merge(base, &theirs, &ours).document, document);
        assert_eq!(
            document.link(&link).expect("there").status(),
            Status::Disputed
        );
        assert_eq!(
            document.annotation(&id(1)).expect("there").status(),
            Status::Disputed
        );
        let text = render(&document, None);
        let read = load(text.as_bytes(), &article()).expect("readable");
        assert_eq!(
            (&read.document, read.changes(text.as_bytes())),
            (&document, false)
        );
        for record in [&link, &id(1), &id(2)] {
            let open = document.open_conflicts(record).remove(0);
            assert_eq!((open.sides.len(), open.in_use), (2, Some(1)));
            let edit = document.settle(&open, 0).expect("can be chosen");
            document.apply(edit).expect("applies");
        }
        let mine = document.link(&link).expect("there").review_of("ana");
        assert_eq!(
            unsettling(mine.expect("there")),
            review(Decision::Confirm, 1)
        );
        let last = document.annotation(&id(1)).expect("there");
        let last = last.adjudication.as_ref().expect("there");
        assert_eq!(unsettling(last), review(Decision::Confirm, 1));
        let known = &document.annotation(&id(2)).expect("there").evidence;
        assert_eq!(known[0].1.url.as_deref(), Some("https://a.example"));
        for old in [&ours, &theirs] {
            assert_eq!(merge(None, &document, old).document, document);
            assert_eq!(merge(None, old, &document).document, document);
        }
    }
}

#[test]
fn evidence_that_differs_only_in_its_place_is_kept_twice() {
    let base = Document::from_parts(base());
    let at = |place: &str, minute| {
        let mut document = base.clone();
        let edit = Edit::Evidence {
            annotation: id(2),
            id: Id::new("e-00000001"),
            evidence: Some(Evidence {
                locator: Locator::read(place),
                ..evidence("https://a.example", minute)
            }),
        };
        document.apply(edit).expect("applies");
        document
    };
    let merged = merge(Some(&base), &at("p. 14", 1), &at("p. 41", 2));
    assert_eq!(merged.conflicts.len(), 1);
    let text = render(&merged.document, None);
    let read = load(text.as_bytes(), &article())
        .expect("readable")
        .document;
    assert_eq!(read, merged.document);
    let record = read.annotation(&id(2)).expect("there");
    let told = record.evidence[0]
        .1
        .locator
        .as_ref()
        .map(Locator::to_string);
    assert_eq!(told.as_deref(), Some("p. 41"), "the later one is in use");
    let same = merge(Some(&base), &at("p. 14", 1), &at("page 14", 2));
    assert_eq!(same.conflicts.len(), 0, "one place, typed in two ways");
}

#[test]
fn a_field_in_conflict_is_open_until_another_value_is_in_use() {
    let mut parts = base();
    let record = &mut parts.annotations[0];
    record.attributes.insert("claim_text".into(), "b".into());
    record.conflicts.insert(
        "claim_text".into(),
        json!({"base": "a", "ours": "b", "theirs": "c"}),
    );
    let mut document = Document::from_parts(parts);
    let open = document.open_conflicts(&id(0)).remove(0);
    assert_eq!((open.in_use, open.sides.len()), (Some(0), 2));
    let record = document.annotation(&id(0)).expect("there");
    assert!(!record.is_contested(), "a field is no answer");
    let edit = document.settle(&open, 1).expect("can be chosen");
    document.apply(edit).expect("applies");
    let record = document.annotation(&id(0)).expect("there");
    assert_eq!(record.attribute("claim_text"), Some("c"));
    assert!(record.conflicts.is_empty());
    // What somebody wrote since settles it without a word.
    let mut parts = base();
    let record = &mut parts.annotations[0];
    record.attributes.insert("claim_text".into(), "d".into());
    record.conflicts.insert(
        "claim_text".into(),
        json!({"base": "a", "ours": "b", "theirs": "c"}),
    );
    assert_eq!(record.open_conflicts(), []);
}
