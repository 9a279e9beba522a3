//! `check` and `export` see what the desk sees of a changed article.

use proofmark::annotations::{Decision, Document, Edit, Review};
use proofmark::detect::Detector;
use proofmark::store::sidecar;
use proofmark::text::{Article, Media, Open};

use crate::cli::Place;
use crate::session::fixture::time;

const BEFORE: &str = "Mill to close\n\nMara Lind said that the mill lost 3,000 jobs in 2025. The \
council met on Friday.\n";

/// The sidecar of an article in which every claim, source and link was agreed to.
fn agreed(text: &str) -> String {
    let article = Article::new("mill.txt", text, Media::Plain);
    let mut document = Document::new(&article);
    let findings = proofmark::detect::Detect::detect(&Detector::new(), &article);
    document.adopt(
        &article,
        &findings,
        &proofmark::detect::Run::new("proofmark test", &findings.model),
        time(0),
    );
    let review = |quote| Review {
        decision: Open::Known(Decision::Confirm),
        text: document.text().clone(),
        at: time(1),
        kind: None,
        quote,
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    };
    let mut edits = Vec::new();
    for record in document.annotations() {
        let mut review = review(Some(record.target.quote.clone()));
        review.kind = Some(record.kind.clone());
        review.verdict = record.is_claim().then(|| "true".to_owned());
        edits.push(Edit::Review {
            annotation: record.id.clone(),
            reviewer: "ana".to_owned(),
            review: Some(review),
        });
    }
    assert!(!document.links().is_empty(), "a claim is taken from Lind");
    for link in document.links() {
        edits.push(Edit::LinkReview {
            link: link.id.clone(),
            reviewer: "ana".to_owned(),
            review: Some(review(None)),
        });
    }
    document.apply(Edit::all(edits)).expect("records are there");
    sidecar::render(&document, None)
}

#[test]
fn whoever_denies_now_what_she_said_is_a_question_to_check_and_exports() {
    let place = Place::new();
    place.write("mill.txt.proofmark.json", agreed(BEFORE));
    place.write("mill.txt", BEFORE);
    let ran = place.run(&["check", "mill.txt"]);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ran:?}");

    place.write("mill.txt", BEFORE.replace("said", "denied"));
    let ran = place.run(&["check", "mill.txt"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("its source changed"), "{ran:?}");
    let lines = place
        .run(&["export", "--format", "jsonl", "mill.txt"])
        .lines();
    let open = |words: &str| {
        let mut of = lines.iter().filter(|line| line["kind"] == "claim");
        let line = of.find(|line| line["text"].as_str().is_some_and(|t| t.contains(words)));
        line.expect("it is exported")["open"].clone()
    };
    assert_eq!(open("3,000 jobs"), serde_json::json!(["source changed"]));
    let sidecar = std::fs::read_to_string(place.path().join("mill.txt.proofmark.json"));
    assert_eq!(sidecar.expect("there"), agreed(BEFORE), "nothing is kept");
}
