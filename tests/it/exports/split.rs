//! A mark in two pieces is two pieces in every format: what stands between them is not
//! exported as the speaker's words.

use proofmark::annotations::{Anchor, Document, Edit, Time};
use proofmark::detect::Run;
use proofmark::exchange::Selection;
use proofmark::review::{Decide, Moment, Session};
use proofmark::text::{Article, Media};

use super::{lines, markdown_of, table};
use crate::screens::story;

const PIECES: [&str; 2] = [
    "The piers have lost a third of their steel",
    "and nobody can see it from above",
];

/// The story with every claim confirmed; its second is split by “Tolve said”.
fn reviewed() -> Document {
    let article = Article::new("story.txt", story::TEXT, Media::Plain);
    let mut document = Document::new(&article);
    let at = Time::new("2026-03-04T05:06:07Z");
    document.adopt(
        &article,
        &story::findings(&article),
        &Run::new("test", &story::findings(&article).model),
        at.clone(),
    );
    let (who, tool) = ("ana@example.org".to_owned(), "test".to_owned());
    let mut session = Session::new(article, document, Vec::new(), who, tool);
    for fresh in 0..5 {
        let moment = Moment {
            day: None,
            now: at.clone(),
            fresh,
            seconds: None,
        };
        session.apply(Decide::Confirm, &moment);
    }
    session.document().clone()
}

/// Words between two code points.
fn slice(from: usize, to: usize) -> String {
    story::TEXT.chars().skip(from).take(to - from).collect()
}

#[test]
fn json_lines_give_every_piece_of_the_record_and_of_each_review() {
    let lines = lines(&reviewed(), Selection::Verified);
    let split: Vec<_> = lines
        .iter()
        .filter(|line| {
            line["spans"]
                .as_array()
                .is_some_and(|spans| spans.len() > 1)
        })
        .collect();
    assert_eq!(split.len(), 1, "one of the story's claims is split");
    for record in [split[0], &split[0]["reviews"]["ana@example.org"]] {
        let spans = record["spans"].as_array().expect("spans");
        let words: Vec<String> = spans
            .iter()
            .map(|span| {
                let at = |k: usize| span[k].as_u64().expect("an offset") as usize;
                slice(at(0), at(1))
            })
            .collect();
        assert_eq!(words, PIECES);
        assert_eq!(record["text"], PIECES.join(" … "));
    }
}

#[test]
fn tables_give_the_words_of_the_pieces_and_where_the_last_one_ends() {
    let rows = table(&reviewed(), Selection::Verified);
    let column = |name: &str| rows[0].iter().position(|c| c == name).expect("a column");
    let joined = PIECES.join(" … ");
    let row = rows
        .iter()
        .find(|row| row[column("claim")] == joined)
        .expect("the split claim with its pieces joined");
    let at = |name: &str| row[column(name)].parse::<usize>().expect("an offset");
    let whole = slice(at("start"), at("end"));
    assert!(
        whole.starts_with(PIECES[0]) && whole.ends_with(PIECES[1]),
        "{whole}"
    );
}

#[test]
fn reports_quote_the_pieces_and_tell_the_place_of_each() {
    let report = markdown_of(&reviewed(), Selection::Verified);
    assert!(report.contains(&PIECES.join(" … ")), "{report}");
    assert!(!report.contains("Tolve said"), "{report}");
    let place = report
        .lines()
        .filter_map(|line| line.strip_prefix("- **Place:** characters "))
        .find(|place| place.contains(", "))
        .expect("a claim in two places");
    let words: Vec<String> = place
        .split(", ")
        .map(|piece| {
            let (from, to) = piece.split_once('–').expect("from and to");
            slice(
                from.parse().expect("a number"),
                to.parse().expect("a number"),
            )
        })
        .collect();
    assert_eq!(words, PIECES);
}

#[test]
fn a_lost_mark_has_no_place_in_any_format() {
    let mut document = reviewed();
    let claim = document
        .annotations()
        .iter()
        .find(|a| a.is_claim() && !a.target.quote.gaps.is_empty())
        .expect("the split claim");
    let mut target = claim.target.clone();
    target.mark = None;
    target.anchor = Anchor::Lost;
    let id = claim.id.clone();
    let edit = Edit::Target {
        annotation: id.clone(),
        target,
    };
    document.apply(edit).expect("the record is there");
    let lines = lines(&document, Selection::All);
    let line = lines
        .iter()
        .find(|line| line["id"] == id.as_str())
        .expect("a line");
    assert_eq!(line["spans"], serde_json::json!([]));
    let rows = table(&document, Selection::All);
    let column = |name: &str| rows[0].iter().position(|c| c == name).expect("a column");
    let row = rows
        .iter()
        .find(|row| row[column("id")] == id.as_str())
        .expect("a row");
    assert_eq!([&row[column("start")], &row[column("end")]], ["", ""]);
    assert!(markdown_of(&document, Selection::All).contains("not found in the text at hand"));
}
