//! Findings of an article that took more steps than one may: kept, marked, never taken for whole.

use proofmark::annotations::Document;
use proofmark::detect::{Findings, Run};
use proofmark::store::sidecar;

use crate::store_support::{article, findings, run, time};

#[test]
fn a_run_that_was_cut_is_marked_and_never_taken_for_whole() {
    let article = article();
    let cut = Findings {
        cut: true,
        claims: findings().claims[..1].to_vec(),
        attributions: findings().attributions,
        model: findings().model,
        ..Default::default()
    };
    let mut document = Document::new(&article);
    document.adopt(
        &article,
        &cut,
        &Run::new("proofmark test", &cut.model),
        time(0),
    );
    let whole = Document::run_key(&article, &Run::new("proofmark test", &cut.model));
    assert!(!document.has_run(&whole), "it is detected in again");
    let saved = sidecar::render(&document, None);
    assert!(saved.contains("\"cut\": true"), "{saved}");
    let read = sidecar::load(saved.as_bytes(), &article)
        .expect("loads")
        .document;
    assert!(!read.has_run(&whole) && sidecar::render(&read, None) == saved);

    // Cut once more it is the same; the whole run comes beside it.
    let mut again = read.clone();
    again.adopt(
        &article,
        &cut,
        &Run::new("proofmark test", &cut.model),
        time(1),
    );
    assert_eq!(again, read);
    again.adopt(&article, &findings(), &run(), time(1));
    assert!(again.has_run(&whole) && again.annotations().len() > read.annotations().len());
    let kept = &read.annotations()[0].id;
    assert_eq!(
        again
            .annotation(kept)
            .expect("still there")
            .suggestions
            .len(),
        2
    );
}

#[test]
fn a_detector_set_otherwise_is_another_run() {
    let article = article();
    let usual = Run::new("proofmark test", &findings().model);
    let other = Run {
        settings: "only quotations".to_owned(),
        ..usual.clone()
    };
    let mut document = Document::new(&article);
    document.adopt(&article, &findings(), &usual, time(0));
    let key = Document::run_key(&article, &other);
    assert!(!document.has_run(&key));
    assert_eq!(document.adopt(&article, &findings(), &other, time(1)), key);
    assert!(document.has_run(&key) && document.has_run(&Document::run_key(&article, &usual)));
}
