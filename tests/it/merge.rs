//! Merging: whatever two people did apart is in the result, and what clashes is told.

use proofmark::annotations::{
    Anchor, Conflict, Decision, Document, Id, Parts, Pass, SetAside, Status, Target, merge,
};
use proofmark::text::{Article, Mark, Media, Span};
use serde_json::{Map, Value, json};

mod conflicts;
mod edits;
mod properties;
mod records;

use records::*;

fn changed(change: impl FnOnce(&mut Parts)) -> Document {
    let mut parts = base();
    change(&mut parts);
    Document::from_parts(parts)
}

fn merged(
    ours: impl FnOnce(&mut Parts),
    theirs: impl FnOnce(&mut Parts),
) -> (Parts, Vec<Conflict>) {
    let base = Document::from_parts(base());
    let merged = merge(Some(&base), &changed(ours), &changed(theirs));
    (merged.document.into_parts(), merged.conflicts)
}

fn conflict(at: usize, field: &str) -> Conflict {
    Conflict {
        annotation: Some(id(at)),
        field: field.to_owned(),
    }
}

#[test]
fn two_reviewers_who_disagree_are_disputed_and_no_conflict() {
    let (parts, conflicts) = merged(
        |ours| {
            ours.annotations[0]
                .reviews
                .push(("ana".into(), review(Decision::Confirm, 1)))
        },
        |theirs| {
            theirs.annotations[0]
                .reviews
                .push(("bob".into(), review(Decision::Reject, 2)))
        },
    );
    assert_eq!(conflicts, []);
    assert_eq!(parts.annotations[0].reviews.len(), 2);
    assert_eq!(parts.annotations[0].status(), Status::Disputed);
    assert!(parts.annotations[0].conflicts.is_empty());
}

#[test]
fn one_reviewers_two_answers_are_kept_whatever_their_dates() {
    for (ours, theirs, last) in [(1, 2, 2), (5, 2, 5)] {
        let (parts, conflicts) = merged(
            |side| {
                side.annotations[0]
                    .reviews
                    .push(("ana".into(), review(Decision::Confirm, ours)))
            },
            |side| {
                side.annotations[0]
                    .reviews
                    .push(("ana".into(), review(Decision::Reject, theirs)))
            },
        );
        assert_eq!(conflicts, [conflict(0, "reviews.ana")]);
        let annotation = &parts.annotations[0];
        assert_eq!(annotation.reviews.len(), 1);
        assert_eq!(annotation.reviews[0].1.at, time(last));
        assert_eq!(annotation.status(), Status::Disputed);
        let decisions = |minute| if minute == ours { "confirm" } else { "reject" };
        let entry = &annotation.conflicts["reviews.ana"];
        assert_eq!(entry["base"], Value::Null);
        assert_eq!(entry["ours"]["decision"], decisions(ours.min(theirs)));
        assert_eq!(entry["theirs"]["decision"], decisions(last));
    }
    // Of one second, it does not matter who merges.
    let confirm = changed(|side| {
        side.annotations[0]
            .reviews
            .push(("ana".into(), review(Decision::Confirm, 1)))
    });
    let reject = changed(|side| {
        side.annotations[0]
            .reviews
            .push(("ana".into(), review(Decision::Reject, 1)))
    });
    let base = Document::from_parts(base());
    let one = merge(Some(&base), &confirm, &reject).document;
    assert_eq!(one, merge(Some(&base), &reject, &confirm).document);
}

#[test]
fn adjudications_passes_and_runs() {
    let pass = |finished, minute| Pass {
        text: base().article.text,
        finished,
        at: time(minute),
        more: Map::new(),
    };
    let run = |minute, note: &str| {
        let mut run = base().runs[0].1.clone();
        run.at = time(minute);
        run.more.insert(note.to_owned(), true.into());
        (Id::new("r-00000002"), run)
    };
    let (parts, conflicts) = merged(
        |ours| {
            ours.passes = vec![
                ("ana".into(), pass(true, 3)),
                ("bob".into(), pass(false, 4)),
            ];
            ours.runs.push(run(9, "ours"));
            ours.annotations[1].adjudication = Some(review(Decision::Confirm, 1));
        },
        |theirs| {
            theirs.passes = vec![
                ("bob".into(), pass(true, 4)),
                ("ana".into(), pass(false, 2)),
            ];
            theirs.runs.push(run(7, "theirs"));
            theirs.annotations[1].adjudication = Some(review(Decision::Reject, 2));
        },
    );
    assert_eq!(conflicts, [conflict(1, "adjudication")]);
    assert_eq!(
        parts.passes,
        [("ana".into(), pass(true, 3)), ("bob".into(), pass(true, 4))]
    );
    assert_eq!(parts.runs[1].1.at, time(7));
    assert_eq!(parts.runs[1].1.more.len(), 2);
    assert_eq!(parts.annotations[1].status(), Status::Disputed);
}

#[test]
fn suggestions_and_evidence_are_unions() {
    let second = Id::new("r-00000002");
    let third = Id::new("r-00000003");
    let (parts, conflicts) = merged(
        |ours| {
            let suggestion = ours.annotations[0].suggestions[0].1.clone();
            ours.annotations[0]
                .suggestions
                .push((second.clone(), suggestion));
            ours.annotations[0]
                .evidence
                .push((Id::new("e-00000002"), evidence("https://a.example", 1)));
        },
        |theirs| {
            let suggestion = theirs.annotations[0].suggestions[0].1.clone();
            theirs.annotations[0]
                .suggestions
                .push((third.clone(), suggestion));
            theirs.annotations[0]
                .evidence
                .push((Id::new("e-00000001"), evidence("https://b.example", 1)));
        },
    );
    assert_eq!(conflicts, []);
    let runs: Vec<&str> = parts.annotations[0]
        .suggestions
        .iter()
        .map(|(run, _)| run.as_str())
        .collect();
    assert_eq!(runs, ["r-00000001", "r-00000002", "r-00000003"]);
    assert_eq!(parts.annotations[0].evidence.len(), 2);
}

#[test]
fn attributes_go_field_by_field() {
    let set = |side: &mut Parts, field: &str, value: &str| {
        side.annotations[0]
            .attributes
            .insert(field.to_owned(), value.into());
    };
    let (parts, conflicts) = merged(
        |ours| {
            set(ours, "claim_text", "ours");
            set(ours, "second_look", "same");
            set(ours, "mine", "x");
            ours.annotations[0].unknown.insert("tool".into(), 1.into());
        },
        |theirs| {
            set(theirs, "claim_text", "theirs");
            set(theirs, "second_look", "same");
            set(theirs, "yours", "y");
            theirs.annotations[0]
                .unknown
                .insert("tool".into(), 2.into());
        },
    );
    assert_eq!(conflicts, [conflict(0, "claim_text"), conflict(0, "tool")]);
    let annotation = &parts.annotations[0];
    let sides = |field: &str| {
        let entry = &annotation.conflicts[field];
        [entry["ours"].clone(), entry["theirs"].clone()]
    };
    let [_, text] = both(sides("claim_text"), ["ours".into(), "theirs".into()]);
    let [_, tool] = both(sides("tool"), [1.into(), 2.into()]);
    assert_eq!(
        Value::Object(annotation.attributes.clone()),
        json!({"claim_text": text, "second_look": "same", "mine": "x", "yours": "y"})
    );
    assert_eq!(annotation.unknown["tool"], tool);
    assert_eq!(annotation.conflicts.len(), 2);
    assert_eq!(annotation.conflicts["claim_text"]["base"], Value::Null);
}

/// The values as they stand, which are those expected in whatever order.
fn both(found: [Value; 2], expected: [Value; 2]) -> [Value; 2] {
    let [first, second] = expected.clone();
    assert!(found == expected || found == [second, first], "{found:?}");
    found
}

#[test]
fn a_field_taken_away_and_changed_stays_and_is_told() {
    let mut parts = base();
    parts.annotations[0]
        .attributes
        .insert("role".into(), "mayor".into());
    parts.annotations[0]
        .attributes
        .insert("name".into(), "Ines".into());
    let before = Document::from_parts(parts.clone());
    let mut ours = parts.clone();
    ours.annotations[0].attributes.clear();
    let mut theirs = parts;
    theirs.annotations[0]
        .attributes
        .insert("role".into(), "deputy".into());
    let merged = merge(
        Some(&before),
        &Document::from_parts(ours),
        &Document::from_parts(theirs),
    );
    assert_eq!(merged.conflicts, [conflict(0, "role")]);
    let attributes = &merged.document.annotations()[0].attributes;
    assert_eq!(Value::Object(attributes.clone()), json!({"role": "deputy"}));
}

#[test]
fn targets_follow_the_side_that_moved_them() {
    let one = |side: &mut Parts| side.annotations[0].target = target(4, 8);
    for swap in [false, true] {
        let (parts, conflicts) = if swap {
            merged(|_| {}, one)
        } else {
            merged(one, |_| {})
        };
        assert_eq!(conflicts, []);
        assert_eq!(parts.annotations[0].target, target(4, 8));
    }
    let corrects = |side: &mut Parts, target: Target, minute: usize| {
        let mut review = review(Decision::Correct, minute);
        review.quote = Some(target.quote.clone());
        side.annotations[0].target = target;
        side.annotations[0].reviews = vec![(format!("reviewer {minute}"), review)];
    };
    let (parts, conflicts) = merged(
        |ours| corrects(ours, target(4, 8), 1),
        |theirs| corrects(theirs, target(0, 8), 2),
    );
    assert_eq!(conflicts, []);
    assert_eq!(
        parts.annotations[0].target,
        target(0, 8),
        "the later review's words"
    );

    let (parts, conflicts) = merged(
        |ours| ours.annotations[0].target = target(4, 8),
        |theirs| theirs.annotations[0].target = target(0, 8),
    );
    assert_eq!(conflicts, [conflict(0, "target")]);
    let entry = &parts.annotations[0].conflicts["target"];
    let words = ["ours", "theirs"].map(|side| entry[side]["exact"].clone());
    let [_, last] = both(words, ["port".into(), "The port".into()]);
    assert_eq!(parts.annotations[0].target.quote.exact, last);
    assert_eq!(entry["base"]["start"], 0);
}

#[test]
fn removed_records_go_only_if_the_other_side_left_them_alone() {
    let (parts, _) = merged(
        |ours| {
            ours.annotations.remove(2);
        },
        |_| {},
    );
    assert_eq!(parts.annotations.len(), 2);
    let (parts, _) = merged(
        |ours| {
            ours.annotations.remove(2);
        },
        |theirs| {
            theirs.annotations[2]
                .reviews
                .push(("bob".into(), review(Decision::Confirm, 1)))
        },
    );
    assert_eq!(parts.annotations.len(), 3);
    assert_eq!(parts.annotations[2].reviews.len(), 1);
    // An annotation comes back if the other side linked to it.
    let (parts, _) = merged(
        |ours| {
            ours.annotations.remove(2);
        },
        |theirs| theirs.links.push(link(0, 2)),
    );
    assert_eq!(parts.annotations.len(), 3);
    // Without a base nothing counts as removed.
    let few = changed(|side| {
        side.annotations.truncate(1);
        side.links.clear();
    });
    let all = Document::from_parts(base());
    assert_eq!(merge(None, &few, &all).document, all);
    assert_eq!(merge(None, &all, &few).document, all);
}

#[test]
fn runs_and_texts_that_records_lean_on_are_never_taken_away() {
    let base = changed(|_| {});
    let without = changed(|parts| {
        parts.runs.clear();
        parts.texts.clear();
        parts.annotations.clear();
        parts.links.clear();
    });
    for (ours, theirs) in [(&base, &without), (&without, &base)] {
        let merged = merge(Some(&base), ours, theirs).document;
        assert_eq!(merged.parts().runs, base.parts().runs);
        assert_eq!(merged.parts().texts, base.parts().texts);
    }
}

#[test]
fn heads_and_links_and_unknown_fields() {
    let (parts, conflicts) = merged(
        |ours| {
            ours.article
                .more
                .insert("later".into(), "2026-03-01".into());
            ours.article.more.insert("title".into(), "A".into());
            ours.unknown.insert("x".into(), 1.into());
            ours.links[0]
                .reviews
                .push(("ana".into(), review(Decision::Confirm, 1)));
        },
        |theirs| {
            theirs.article.more.insert("title".into(), "B".into());
            theirs.unknown.insert("y".into(), 2.into());
            theirs.links[0]
                .reviews
                .push(("bob".into(), review(Decision::Reject, 1)));
            theirs.links[0].unknown.insert("z".into(), 3.into());
        },
    );
    let title = Conflict {
        annotation: None,
        field: "article.title".to_owned(),
    };
    assert_eq!(conflicts, [title]);
    assert_eq!(parts.article.more["later"], "2026-03-01");
    assert!(["A", "B"].contains(&parts.article.more["title"].as_str().expect("a title")));
    assert_eq!(Value::Object(parts.unknown), json!({"x": 1, "y": 2}));
    assert_eq!(parts.links[0].status(), Status::Disputed);
    assert_eq!(parts.links[0].unknown["z"], 3);
}

#[test]
fn records_set_aside_are_kept_once() {
    let aside = |record: Value| SetAside {
        list: "annotations",
        record,
        reason: "no id".to_owned(),
    };
    let (parts, _) = merged(
        |ours| ours.aside = vec![aside(json!({"a": 1})), aside(json!({"b": 1}))],
        |theirs| theirs.aside = vec![aside(json!({"b": 1})), aside(json!({"c": 1}))],
    );
    assert_eq!(parts.aside.len(), 3);
}

#[test]
fn equal_records_set_aside_stay_as_many_as_they_are() {
    let twice = |list: &'static str, times: usize| {
        let aside = SetAside {
            list,
            record: json!({"id": 1}),
            reason: "no id".to_owned(),
        };
        vec![aside; times]
    };
    let count = |base, ours, theirs| {
        let [base, ours, theirs] =
            [base, ours, theirs].map(|times| changed(|side| side.aside = twice("links", times)));
        let merged = merge(Some(&base), &ours, &theirs).document;
        merged.into_parts().aside.len()
    };
    // Base, ours, theirs, and what is left: a side that took one away took away one.
    assert_eq!(count(2, 2, 2), 2);
    assert_eq!(count(0, 2, 2), 2);
    assert_eq!(count(0, 1, 2), 2);
    assert_eq!(count(2, 1, 2), 1);
    assert_eq!(count(2, 2, 0), 0);
    assert_eq!(count(1, 3, 0), 2);
    let ours = changed(|side| side.aside = [twice("annotations", 3), twice("links", 2)].concat());
    assert_eq!(merge(None, &ours, &ours).document, ours);
}

#[test]
fn a_record_set_aside_and_repaired_is_gone_wherever_it_stood() {
    let at = |place: usize| SetAside {
        list: "annotations",
        record: json!({"id": 1}),
        reason: format!("annotations[{place}].id: not text"),
    };
    let base = changed(|side| side.aside = vec![at(3)]);
    let moved = changed(|side| side.aside = vec![at(4)]);
    let repaired = changed(|_| ());
    for (ours, theirs) in [(&moved, &repaired), (&repaired, &moved)] {
        assert_eq!(merge(Some(&base), ours, theirs).document.parts().aside, []);
    }
}

#[test]
fn a_changed_text_on_one_side_leads_and_both_versions_stay() {
    let new = Article::new("story.txt", &format!("New. {STORY}"), Media::Plain);
    let moved = |side: &mut Parts| {
        let fresh = Document::new(&new).into_parts();
        side.article = fresh.article;
        side.texts.extend(fresh.texts);
        for annotation in &mut side.annotations {
            let hull = annotation.target.mark.as_ref().expect("marked").hull();
            let mark = Mark::whole(Span::new(hull.start + 5, hull.end + 5)).expect("not empty");
            annotation.target = Target::anchored(&new, mark, Anchor::Moved);
        }
    };
    let decided = |side: &mut Parts| {
        side.annotations[0]
            .reviews
            .push(("ana".into(), review(Decision::Confirm, 1)));
        side.annotations.push(annotation(5));
        let mut correct = review(Decision::Correct, 2);
        side.annotations[1].target = target(0, 8);
        correct.quote = Some(side.annotations[1].target.quote.clone());
        side.annotations[1].reviews.push(("ana".into(), correct));
    };
    for swap in [false, true] {
        let (parts, conflicts) = if swap {
            merged(decided, moved)
        } else {
            merged(moved, decided)
        };
        assert_eq!(conflicts, []);
        assert_eq!(parts.article.text, *Document::new(&new).text());
        assert_eq!(parts.texts.len(), 2);
        let [confirmed, corrected, left, added] = &parts.annotations[..] else {
            panic!("four annotations");
        };
        assert_eq!(confirmed.target.quote.start, 5);
        assert_eq!(confirmed.reviews.len(), 1);
        assert!(confirmed.target.mark.is_some() && left.target.mark.is_some());
        // Targets of the other text have no mark in this one, and are anchored again.
        assert_eq!(corrected.target.quote.exact, "The port");
        assert!(corrected.target.mark.is_none() && added.target.mark.is_none());
    }
}
