//! `score --passes` from outside: a fresh detector run against decisions on disk.

use proofmark::annotations::{Decision, Document, Edit, Id, Link, Pass, Review, Time};
use proofmark::detect::{Detect, Detector, Run};
use proofmark::store::sidecar;
use proofmark::text::{Article, Media, Open};
use serde_json::{Map, Value};

use super::cli::{Place, Ran};

const TEXT: &str = "Ferry fares to rise\n\nFares on the island ferry will rise by 9 percent in \
May, the harbour board said on Friday. “We have not raised them for six years,” said Ida Varn, \
who chairs the board.\n\nAccording to a study by the town council, 40,000 people used the ferry \
last year.\n";

/// The article with every suggested claim and its link answered in turn by `decisions`; the
/// last one answers the rest.
fn document(decisions: &[Decision]) -> Document {
    let article = Article::new("ferry.txt", TEXT, Media::Plain);
    let mut document = Document::new(&article);
    let at = |minute: usize| Time::new(format!("2031-02-03T10:{minute:02}:00Z"));
    let findings = Detector::new().detect(&article);
    document.adopt(
        &article,
        &findings,
        &Run::new("proofmark test", &findings.model),
        at(0),
    );
    let mut claims: Vec<_> = document.annotations().to_vec();
    claims.retain(|annotation| annotation.is_claim());
    claims.sort_by_key(|claim| claim.target.quote.start);
    assert!(claims.len() > 2, "the text is meant to hold a few claims");
    let links: Vec<Id> = document
        .links()
        .iter()
        .map(|link| link.id.clone())
        .collect();
    for (k, claim) in claims.iter().enumerate() {
        let decision = decisions.get(k).or(decisions.last()).copied();
        let decision = decision.expect("at least one decision");
        let spanned = decision != Decision::Reject;
        let review = Review {
            decision: Open::Known(decision),
            text: document.text().clone(),
            at: at(1),
            kind: spanned.then(|| claim.kind.clone()),
            quote: spanned.then(|| claim.target.quote.clone()),
            kinds: Vec::new(),
            verdict: None,
            note: None,
            seconds: None,
            tool: None,
            unknown: Map::new(),
        };
        let is_its_link = |link: &&Link| links.contains(&link.id) && link.from == claim.id;
        let link = document.links().iter().find(is_its_link);
        let linked = link.map(|link| Edit::LinkReview {
            link: link.id.clone(),
            reviewer: "ana".to_owned(),
            review: Some(review.clone()),
        });
        let annotation = claim.id.clone();
        let edit = Edit::Review {
            annotation,
            reviewer: "ana".to_owned(),
            review: Some(review),
        };
        for edit in linked.into_iter().chain([edit]) {
            document.apply(edit).expect("the records are there");
        }
    }
    document
}

fn finish(document: &mut Document, finished: bool) {
    let pass = Pass {
        text: document.text().clone(),
        finished,
        at: Time::new("2031-02-03T11:00:00Z"),
        more: Map::new(),
    };
    let edit = Edit::Pass {
        reviewer: "ana".to_owned(),
        pass: Some(pass),
    };
    document.apply(edit).expect("a pass can always be set");
}

fn put(place: &Place, name: &str, mut document: Document, finished: bool) {
    finish(&mut document, finished);
    place.write(&format!("desk/{name}.txt"), TEXT);
    let sidecar = sidecar::render(&document, None);
    place.write(&format!("desk/{name}.txt.proofmark.json"), sidecar);
}

/// Right, found, gold.
fn counts(ran: &Ran, block: &str) -> [u64; 3] {
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let totals = ran.lines().pop().expect("a line");
    ["tp", "pred", "gold"].map(|key| totals[block][key].as_u64().expect("a count"))
}

#[test]
fn decisions_are_the_gold() {
    let place = Place::new();
    put(&place, "all", document(&[Decision::Confirm]), true);
    let score = |place: &Place| place.run(&["score", "--passes", "desk", "--json"]);
    let ran = score(&place);
    let [right, found, gold] = counts(&ran, "content+source=");
    assert!(right > 2, "{}", ran.out);
    assert_eq!((found, gold), (right, right), "{}", ran.out);
    assert_eq!(ran.err, "");
    // A rejected suggestion that is found again is a false one.
    let one_wrong = document(&[Decision::Reject, Decision::Confirm]);
    put(&place, "all", one_wrong, true);
    let ran = score(&place);
    assert_eq!(counts(&ran, "content"), [right - 1, found, gold - 1]);
    // Only what a reviewer decides on is told.
    for (name, told) in [
        ("quoted.content", true),
        ("tok.source", true),
        ("tok.cue", false),
        ("direct.content", false),
        ("indirect.content", false),
    ] {
        let key = format!("\"{name}\"");
        assert_eq!(ran.out.contains(&key), told, "{name}: {}", ran.out);
    }
    // Unsure settles nothing, on neither side.
    let one_unsure = document(&[Decision::Unsure, Decision::Confirm]);
    put(&place, "all", one_unsure, true);
    let ran = score(&place);
    assert_eq!(counts(&ran, "content"), [right - 1, found - 1, gold - 1]);
    assert!(ran.err.contains("1 claim(s) left out"), "{}", ran.err);
}

#[test]
fn passes_that_are_not_finished_are_left_out_and_counted() {
    let place = Place::new();
    put(&place, "done", document(&[Decision::Confirm]), true);
    put(&place, "begun", document(&[Decision::Reject]), false);
    place.write("desk/new.txt", TEXT);
    place.write("desk/changed.txt", TEXT.replace("Friday", "Sunday"));
    let mut stale = document(&[Decision::Confirm]);
    finish(&mut stale, true);
    place.write(
        "desk/changed.txt.proofmark.json",
        sidecar::render(&stale, None),
    );
    let ran = place.run(&["score", "--passes", "desk", "--json", "--per-article"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines = ran.lines();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert_eq!(lines[0]["id"], Value::from("desk/done.txt"));
    assert_eq!(lines[1]["docs"], Value::from(1));
    for told in [
        "2 article(s) left out: the last pass is not finished",
        "1 article(s) left out: the pass was over another text",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let table = place.run(&["score", "--passes", "desk/done.txt", "desk/begun.txt"]);
    assert_eq!(table.code, Some(0), "{}", table.err);
    assert!(
        table.out.starts_with("1 article(s), 1 with"),
        "{}",
        table.out
    );
    assert!(table.out.contains("content+source="), "{}", table.out);
}

#[test]
fn passes_stand_instead_of_two_files() {
    let place = Place::new();
    place.write("gold.jsonl", "");
    place.write("new.txt", TEXT);
    for arguments in [
        &["score"][..],
        &["score", "gold.jsonl"],
        &["score", "gold.jsonl", "gold.jsonl", "--passes", "."],
        &["score", "--passes"],
        &["score", "--passes", "nowhere"],
        &["score", "--passes", "new.txt"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{arguments:?}: {ran:?}"
        );
    }
}
