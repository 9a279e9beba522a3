//! Web pages at the desk: the text layer beside them, and pages that change.

use std::fs;

use proofmark::annotations::{Anchor, Decision, Document, Edit, Id, Review, Target};
use proofmark::detect::{Detect, Detector, Run};
use proofmark::store::{OpenArticle, OpenOptions, read_for_commands};
use proofmark::text::{Article, Mark, Media};

use crate::store_support::{names, time};

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Ferry</title><nav>Home</nav>\
<article><h1>Ferry fares</h1><p>Fares rose 9 percent last year, the harbour office said.</p>\
<p>“Nobody was asked,” said Ada Lund, a member of the ferry board.</p></article>";

fn open(folder: &tempfile::TempDir) -> (OpenArticle, Document) {
    let options = OpenOptions {
        reviewer: "ana@example.org".to_owned(),
        ..OpenOptions::default()
    };
    let mut desk = OpenArticle::open(&folder.path().join("page.html"), &options).expect("opens");
    let mut document = desk.take_document();
    let findings = Detector::new().detect(&desk.article);
    document.adopt(
        &desk.article,
        &findings,
        &Run::new("proofmark test", &findings.model),
        time(0),
    );
    (desk, document)
}

/// A decision on a claim, given on the words of the document's text.
fn decided(document: &Document, claim: &Id, decision: Decision) -> Edit {
    let edit = crate::store_support::decide(document, claim, "ana@example.org", decision, time(1));
    let Edit::Review {
        annotation,
        reviewer,
        review,
    } = edit
    else {
        return edit;
    };
    let text = document.text().clone();
    let review = review.map(|review| Review { text, ..review });
    Edit::Review {
        annotation,
        reviewer,
        review,
    }
}

/// Reviews the page: its first claim is confirmed.
fn reviewed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("page.html"), PAGE).expect("written");
    let (mut desk, mut document) = open(&folder);
    assert_eq!(
        names(folder.path()).len(),
        2,
        "looking writes the lock alone"
    );
    let claim = document
        .annotations()
        .iter()
        .find(|a| a.is_claim())
        .expect("a claim");
    let edit = decided(&document, &claim.id.clone(), Decision::Reject);
    document.apply(edit.clone()).expect("applies");
    desk.record(&document, &edit, &time(1)).expect("recorded");
    desk.close(&document).expect("closes");
    folder
}

#[test]
fn the_text_the_marks_count_in_stands_beside_the_page() {
    let folder = reviewed();
    let expected = [
        "page.html",
        "page.html.proofmark.json",
        "page.html.proofmark.txt",
    ];
    assert_eq!(names(folder.path()), expected);
    let page = fs::read_to_string(folder.path().join("page.html")).expect("there");
    assert_eq!(page, PAGE);
    let text = fs::read_to_string(folder.path().join(expected[2])).expect("there");
    assert!(
        text.contains("the harbour office said.") && !text.contains("Home"),
        "{text}"
    );
    let sidecar = fs::read_to_string(folder.path().join(expected[1])).expect("there");
    let value: serde_json::Value = serde_json::from_str(&sidecar).expect("JSON");
    assert_eq!(value["article"]["media_type"], "text/html");
    let id = value["article"]["text"].as_str().expect("an id");
    let version = &value["texts"][id];
    assert_eq!(version["layer"], "extracted");
    assert_eq!(version["extractor"], "proofmark html 2");
    assert_eq!(version["snapshot"], expected[2]);
    for annotation in value["annotations"].as_array().expect("a list") {
        let target = &annotation["target"];
        let at = |name: &str| target[name].as_u64().expect("a number") as usize;
        let words: String = text.chars().take(at("end")).skip(at("start")).collect();
        assert_eq!(words, target["exact"].as_str().expect("words"));
    }
}

#[test]
fn marks_are_found_again_in_a_page_that_changed() {
    let folder = reviewed();
    let before = read_for_commands(&folder.path().join("page.html"), None).expect("reads");
    let changed = PAGE.replace(
        "<p>Fares",
        "<p>A storm closed the port on Monday.</p><p>Fares",
    );
    fs::write(folder.path().join("page.html"), changed).expect("written");
    let after = read_for_commands(&folder.path().join("page.html"), None).expect("reads");
    assert_eq!(after.faults, []);
    let (old, new) = (before.document.annotations(), after.document.annotations());
    assert_eq!(old.len(), new.len());
    for annotation in new {
        assert_ne!(annotation.target.anchor, Anchor::Lost, "{annotation:?}");
        let old = before.document.annotation(&annotation.id).expect("there");
        assert_eq!(old.target.quote.exact, annotation.target.quote.exact);
        assert_eq!(old.reviews, annotation.reviews);
    }
    // A layer that is not the one the sidecar names is not believed.
    fs::write(
        folder.path().join("page.html.proofmark.txt"),
        "something else",
    )
    .expect("written");
    let again = read_for_commands(&folder.path().join("page.html"), None).expect("reads");
    assert_eq!(again.document.annotations().len(), new.len());
}

/// A page reviewed in a text that an older version of the program took from it: without its
/// headline, and without what that version left out.
#[test]
fn marks_in_the_text_of_an_older_extractor_are_found_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    fs::write(&path, PAGE).expect("written");
    let now = proofmark::ingest::read("page.html", PAGE.as_bytes()).expect("readable");
    let (_, old_text) = now.text().split_once("\n\n").expect("a headline first");
    let old = Article::new("page.html", old_text, Media::Html)
        .with_origin(*now.bytes_sha256(), Vec::new())
        .extracted_by("proofmark html 1");
    let mut document = Document::new(&old);
    let findings = Detector::new().detect(&old);
    let run = Run::new("proofmark test", &findings.model);
    document.adopt(&old, &findings, &run, time(0));
    let claims = document.annotations().iter().filter(|a| a.is_claim());
    let claims: Vec<_> = claims.map(|claim| claim.id.clone()).collect();
    assert!(!claims.is_empty());
    for claim in &claims {
        let edit = decided(&document, claim, Decision::Confirm);
        document.apply(edit).expect("applies");
    }
    let sidecar = proofmark::store::sidecar::render(&document, None);
    fs::write(folder.path().join("page.html.proofmark.json"), sidecar).expect("written");
    fs::write(folder.path().join("page.html.proofmark.txt"), old_text).expect("written");

    let read = read_for_commands(&path, None).expect("reads");
    assert_eq!(read.faults, []);
    for claim in &claims {
        let before = document.annotation(claim).expect("there");
        let after = read.document.annotation(claim).expect("still there");
        assert!(
            matches!(after.target.anchor, Anchor::Ok | Anchor::Moved),
            "{after:?}"
        );
        assert_eq!(after.reviews.len(), 1);
        let shift = now.text().len() - old_text.len();
        let start = |target: &Target| target.mark.as_ref().map(Mark::start);
        let was = start(&before.target).expect("placed");
        assert_eq!(start(&after.target), Some(was + shift));
    }
}
