//! Findings of an article that took more steps than one may: kept, marked, never taken for whole.

use proofmark::annotations::Document;
use proofmark::detect::Findings;
use proofmark::store::sidecar;

use crate::store_support::{article, findings, time};

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
    document.adopt(&article, &cut, "proofmark test", time(0));
    let whole = Document::run_key(&article, "proofmark test", &cut.model);
    assert!(!document.has_run(&whole), "it is detected in again");
    let saved = sidecar::render(&document, None);
    assert!(saved.contains("\"cut\": true"), "{saved}");
    let read = sidecar::load(saved.as_bytes(), &article)
        .expect("loads")
        .document;
    assert!(!read.has_run(&whole) && sidecar::render(&read, None) == saved);

    // Cut once more it is the same; the whole run comes beside it.
    let mut again = read.clone();
    again.adopt(&article, &cut, "proofmark test", time(1));
    assert_eq!(again, read);
    again.adopt(&article, &findings(), "proofmark test", time(1));
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
