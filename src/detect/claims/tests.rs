//! What may be a card, and whose words it may be in.

use super::*;
use crate::detect::Detector;
use crate::text::{Article, Media};

/// The words of every proposition of a text, in order.
fn found(text: &str) -> Vec<String> {
    let article = Article::new("a.txt", text, Media::Plain);
    Detector::without_cards().study(&article, |ground, _| {
        let all = (0..ground.sentences()).flat_map(|k| propositions(ground, k));
        all.map(|p| {
            let spans = p.spans(ground);
            let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
            words.join(" … ")
        })
        .collect()
    })
}

#[test]
fn a_sentence_is_looked_at_whole_and_clause_by_clause() {
    let all = found("The plant will close in May and 500 jobs will go to Poland.");
    for words in [
        "The plant will close in May and 500 jobs will go to Poland",
        "The plant will close in May",
        "500 jobs will go to Poland",
    ] {
        assert!(all.iter().any(|found| found == words), "{words}: {all:#?}");
    }
}

#[test]
fn what_somebody_says_is_looked_at_without_who_says_it() {
    let all = found("The wells ran dry in June, Ann Orr said. “We saw it coming,” she said.");
    let has = |words: &str| all.iter().any(|found| found == words);
    assert!(has("The wells ran dry in June"), "{all:#?}");
    // No card begins or ends between a source and its cue.
    assert!(
        !all.iter()
            .any(|found| found.ends_with("Orr") || found.starts_with("said"))
    );
}

#[test]
fn no_card_parts_a_verb_from_its_subject_or_from_its_negation() {
    for text in [
        "Critics of the deal have said the council did not pay the bill in March.",
        "However, the mayor never signed the contract, and the town does not owe anything.",
        "The board, which met on Monday, did not close the pool because nobody had asked.",
    ] {
        for found in found(text) {
            let has = |word: &str| found.split([' ', ',']).any(|w| w == word);
            for (verb, with) in [
                ("pay", "not"),
                ("signed", "never"),
                ("owe", "not"),
                ("close", "not"),
            ] {
                assert!(!has(verb) || has(with), "{found:?} of {text:?}");
            }
            for (verb, subject) in [("did", "council"), ("signed", "mayor"), ("does", "town")] {
                if text.contains(subject) {
                    assert!(!has(verb) || has(subject), "{found:?} of {text:?}");
                }
            }
        }
    }
}

#[test]
fn every_row_of_numbers_is_as_long_as_any_other() {
    let text = "“Fares rose 9 percent”, Ann Orr said, “and they will rise again.” Why? Sold! \
                According to the board, which met on Monday, nothing else has changed.\n\nNo stop";
    let article = Article::new("a.txt", text, Media::Plain);
    Detector::without_cards().study(&article, |ground, _| {
        let nearby = Nearby::new(ground);
        let mut lengths = std::collections::BTreeSet::new();
        for k in 0..ground.sentences() {
            for p in propositions(ground, k) {
                let base = features(ground, &p);
                let options = nearby.options(ground, &p);
                let own = own_features(ground, &p, &base, &[0.1, 0.2, 0.7], options.len());
                for (rank, attribution) in options.iter().enumerate() {
                    let pair = pair_features(ground, &p, *attribution, rank, &base);
                    lengths.insert(("pair", pair.len()));
                }
                lengths.insert(("base", base.len()));
                lengths.insert(("own", own.len()));
            }
        }
        assert_eq!(lengths.len(), 3, "{lengths:?}");
    });
}

#[test]
fn sources_far_away_are_no_options_and_each_is_one() {
    let far = "Nothing happened in the town that week. ".repeat(40);
    let text = format!(
        "Fares rose, Ann Orr said. {far}Bea Lund said that boats sank. She said that two were saved, and fares fell."
    );
    let article = Article::new("a.txt", &text, Media::Plain);
    Detector::without_cards().study(&article, |ground, studied| {
        let nearby = Nearby::new(ground);
        let last = ground.sentences() - 1;
        let p = propositions(ground, last).pop().expect("there is one");
        let options = nearby.options(ground, &p);
        let names: Vec<&str> = options
            .iter()
            .filter_map(|k| studied.attributions[*k].source.as_ref())
            .map(|mark| mark.hull().of(&text))
            .collect();
        assert!(
            names.contains(&"Bea Lund") && names.contains(&"She"),
            "{names:?}"
        );
        assert!(!names.contains(&"Ann Orr"), "{names:?}");
    });
}
