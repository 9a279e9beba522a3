//! Reading what a desk keeps, and telling a right source.

use serde_json::json;

use super::gold::{DeskClaim, DeskSource, Letters};
use super::source::is_right;
use super::*;
use crate::text::Span;

const TEXT: &str = "Été fares rose, said Ann Orr. She left. The board met.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("they are there");
    Span::new(start, start + words.len())
}

fn line() -> serde_json::Value {
    json!({"id": "a", "origin": "b", "text": TEXT, "claims": [{
        "spans": [[0, 9], [10, 14]],
        "alt": [[[4, 14]]],
        "grade": 3,
        "voice": "attributed",
        "sources": [{"own": true}, {"text": "Ann Orr", "span": [21, 28], "entity": "Ann Orr"}],
    }]})
}

#[test]
fn articles_are_read_with_their_cards_in_bytes() {
    let articles = read_desk(&format!("{}\n\n", line())).expect("a whole line");
    let claim = &articles[0].claims[0];
    let said: Vec<Vec<&str>> = claim
        .spans
        .iter()
        .map(|spans| spans.iter().map(|span| span.of(TEXT)).collect())
        .collect();
    assert_eq!(said, [vec!["Été fares", "rose"], vec!["fares rose"]]);
    assert!(claim.own && claim.grade == 3);
    assert_eq!(claim.sources[0].span.of(TEXT), "Ann Orr");
}

#[test]
fn what_cannot_be_used_is_told_with_its_line() {
    let wrong = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = line();
        change(&mut value);
        let lines = format!("{}\n{value}\n", line());
        read_desk(&lines).expect_err("it is wrong").to_string()
    };
    let claim = "a claim without spans";
    assert_eq!(wrong(&|v| v["text"] = json!(1)), "line 2: no \"text\"");
    assert_eq!(
        wrong(&|v| v["claims"] = json!(null)),
        "line 2: no \"claims\""
    );
    assert_eq!(
        wrong(&|v| v["claims"][0]["spans"] = json!([])),
        format!("line 2: {claim}")
    );
    assert_eq!(
        wrong(&|v| v["claims"][0]["spans"] = json!([[5, 500]])),
        "line 2: a span outside of the text"
    );
    assert_eq!(
        wrong(&|v| v["claims"][0]["spans"] = json!([[5, 5]])),
        "line 2: a span outside of the text"
    );
    assert_eq!(
        wrong(&|v| v["claims"][0]["grade"] = json!(4)),
        "line 2: a grade that is none"
    );
    assert_eq!(
        read_desk("{").expect_err("no JSON").to_string(),
        "line 1: no JSON"
    );
}

#[test]
fn likeness_counts_letters_and_takes_the_best_of_equals() {
    let letters = Letters::of(TEXT);
    assert_eq!(letters.size(&[span("Été fares")]), 8);
    assert_eq!(
        letters.shared(&[span("Été fares")], &[span("fares rose")]),
        5
    );
    let half = letters.likeness(&[span("Été fares")], &[span("fares rose")]);
    assert!((half - 5.0 / 12.0).abs() < 1e-6);
    let articles = read_desk(&line().to_string()).expect("a whole line");
    let claim = &articles[0].claims[0];
    assert_eq!(claim.likeness(&letters, &[span("fares rose")]), 1.0);
    assert_eq!(claim.likeness(&letters, &[span("The board")]), 0.0);
}

#[test]
fn a_source_is_right_by_place_by_name_or_by_whom_it_stands_for() {
    let letters = Letters::of(TEXT);
    let claim = |text: &str, entity: &str| DeskClaim {
        spans: vec![vec![span("fares rose")]],
        grade: 2,
        own: false,
        sources: vec![DeskSource {
            text: text.to_owned(),
            span: span(text),
            entity: entity.to_owned(),
        }],
    };
    let right = |wanted: &DeskClaim, found: &str, name: Option<&str>| {
        is_right(TEXT, &letters, wanted, &[span(found)], name)
    };
    let ann = claim("Ann Orr", "Ann Orr");
    assert!(right(&ann, "Ann Orr", None), "the same words");
    assert!(right(&ann, "said Ann Orr", None), "most of them");
    assert!(
        right(&ann, "She", Some("Ann Orr")),
        "a pronoun that stands for her"
    );
    assert!(!right(&ann, "She", None) && !right(&ann, "She", Some("The board")));
    assert!(!right(&ann, "The board", Some("The board")));
    assert!(right(&ann, "The board", Some("Orr")), "named after her");
    let she = claim("She", "Ann Orr");
    assert!(right(&she, "She", Some("she")), "nobody says who she is");
    assert!(!right(&she, "She", Some("The board")), "somebody else");
    // What stands in many names tells none.
    let board = claim("The board", "the board of trade");
    assert!(!right(&board, "Ann Orr", Some("the President of trees")));
}
