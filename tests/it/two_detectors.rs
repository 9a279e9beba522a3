//! Two detectors say something of one article: claims that mean the same are one card, and the house
//! says whose suggestion counts.

use proofmark::annotations::{Document, Rank};
use proofmark::detect::{Claim, Findings, Kind, Run, Voice};
use proofmark::store::sidecar::{load, render};
use proofmark::text::{Article, Mark, Media, Span};

use super::session::fixture::time;

const TEXT: &str = "Fares to rise\n\nThe board said that fares on the night ferry will rise by 9 percent in May. The \
                    mayor did not pay the fine of last year in full. It will be a long and very cold winter for \
                    all of us in the harbour, he said.\n";

fn article() -> Article {
    Article::new("ferry.txt", TEXT, Media::Plain)
}

/// A claim on these words, which stand in the text once.
fn claim(words: &str, priority: f32) -> Claim {
    let start = TEXT.find(words).expect("in the text");
    Claim {
        mark: Mark::whole(Span::new(start, start + words.len())).expect("words"),
        attribution: None,
        voice: Voice::Own,
        kinds: vec![Kind::Event],
        checkable: 0.5,
        priority,
        keep: 0.0,
        stand_alone: None,
        why: format!("priority {priority}"),
    }
}

fn adopt(document: &mut Document, tool: &str, claims: Vec<Claim>, folded: Vec<Claim>, at: u64) {
    let findings = Findings {
        claims,
        folded,
        ..Findings::default()
    };
    let run = Run::new(tool, "1");
    document.adopt(&article(), &findings, &run, time(at));
}

/// A document with what both find.
fn both(ours: &str, theirs: &str) -> Document {
    let mut document = Document::new(&article());
    adopt(
        &mut document,
        "proofmark 0",
        vec![claim(ours, 0.5)],
        Vec::new(),
        0,
    );
    adopt(
        &mut document,
        "house",
        vec![claim(theirs, 0.9)],
        Vec::new(),
        1,
    );
    document
}

#[test]
fn claims_cut_a_few_words_apart_are_one_card_and_others_are_two() {
    for (ours, theirs, cards) in [
        // The same words, or nearly.
        (
            "fares on the night ferry will rise by 9 percent in May",
            "fares on the night ferry will rise by 9 percent in May",
            1,
        ),
        // With the words that attribute, and without.
        (
            "The board said that fares on the night ferry will rise by 9 percent in May",
            "fares on the night ferry will rise by 9 percent in May",
            1,
        ),
        (
            "fares on the night ferry will rise by 9 percent in May",
            "that fares on the night ferry will rise by 9 percent",
            1,
        ),
        // A figure more says something else.
        (
            "fares on the night ferry will rise",
            "fares on the night ferry will rise by 9 percent",
            2,
        ),
        // A word that denies makes it the opposite.
        (
            "pay the fine of last year in full",
            "did not pay the fine of last year in full",
            1 + 1,
        ),
        // Too little in common.
        (
            "fares on the night ferry",
            "fares on the night ferry will rise by 9 percent in May",
            2,
        ),
        // Two sentences are not one claim.
        (
            "The mayor did not pay the fine of last year in full. It will be a long",
            "The mayor did not pay the fine of last year in full",
            2,
        ),
    ] {
        for (one, other) in [(ours, theirs), (theirs, ours)] {
            let document = both(one, other);
            assert_eq!(document.annotations().len(), cards, "{one} / {other}");
        }
    }
}

#[test]
fn a_cut_that_may_mean_either_of_two_is_a_card_of_its_own() {
    let mut document = Document::new(&article());
    let ours = [
        "It will be a long and very cold",
        "be a long and very cold winter for all",
    ];
    let ours = ours.map(|words| claim(words, 0.5));
    adopt(&mut document, "proofmark 0", ours.to_vec(), Vec::new(), 0);
    let theirs = claim("be a long and very cold winter for", 0.9);
    adopt(&mut document, "house", vec![theirs], Vec::new(), 1);
    // It overlaps the second by four fifths: that one is meant.
    assert_eq!(document.annotations().len(), 2);
    let mut document = Document::new(&article());
    let ours = [
        "It will be a long and very cold winter",
        "will be a long and very cold winter for",
    ];
    let ours = ours.map(|words| claim(words, 0.5));
    adopt(&mut document, "proofmark 0", ours.to_vec(), Vec::new(), 0);
    let theirs = claim("a long and very cold winter", 0.9);
    adopt(&mut document, "house", vec![theirs], Vec::new(), 1);
    assert_eq!(document.annotations().len(), 3);
}

#[test]
fn whose_suggestion_counts_is_the_houses_to_say() {
    let words = "fares on the night ferry will rise by 9 percent in May";
    let mut document = both(words, words);
    let why = |document: &Document| {
        let claim = &document.annotations()[0];
        let suggestion = claim.suggestion().expect("two");
        (suggestion.why.clone().unwrap_or_default(), claim.worth())
    };
    let (ours, theirs) = (
        ("priority 0.5".to_owned(), 0.5),
        ("priority 0.9".to_owned(), 0.9),
    );
    document.set_rank(Rank::unset());
    assert_eq!(why(&document), ours, "nobody said otherwise");
    document.set_rank(Rank::new(["house".to_owned(), "proofmark".to_owned()]));
    assert_eq!(why(&document), theirs);
    document.set_rank(Rank::new(["proofmark".to_owned()]));
    assert_eq!(why(&document), ours);
    document.set_rank(Rank::new(["other".to_owned()]));
    assert_eq!(why(&document), theirs, "nobody of the rank: the latest");
    // A way of looking, and nothing of it is kept.
    let saved = render(&document, None);
    document.set_rank(Rank::new(["proofmark".to_owned()]));
    assert_eq!(render(&document, None), saved);
    let loaded = load(saved.as_bytes(), &article())
        .expect("a sidecar")
        .document;
    assert_eq!(loaded, document);
}

#[test]
fn the_fold_is_where_the_best_puts_it_or_where_all_do() {
    let words = "fares on the night ferry will rise by 9 percent in May";
    let mut document = Document::new(&article());
    adopt(
        &mut document,
        "proofmark 0",
        vec![claim(words, 0.5)],
        Vec::new(),
        0,
    );
    adopt(
        &mut document,
        "house",
        Vec::new(),
        vec![claim(words, 0.9)],
        1,
    );
    let is_folded = |document: &Document| document.annotations()[0].is_folded();
    document.set_rank(Rank::unset());
    assert!(!is_folded(&document), "one of them puts it above");
    document.set_rank(Rank::new(["house".to_owned()]));
    assert!(is_folded(&document));
    document.set_rank(Rank::new(["proofmark".to_owned(), "house".to_owned()]));
    assert!(!is_folded(&document));
}

#[test]
fn a_run_that_comes_later_keeps_the_rank() {
    let words = "fares on the night ferry will rise by 9 percent in May";
    let mut document = Document::new(&article());
    document.set_rank(Rank::new(["house".to_owned()]));
    adopt(
        &mut document,
        "house",
        vec![claim(words, 0.9)],
        Vec::new(),
        0,
    );
    adopt(
        &mut document,
        "proofmark 0",
        vec![claim(words, 0.5)],
        Vec::new(),
        1,
    );
    assert_eq!(document.annotations()[0].worth(), 0.9);
}
