//! Marks found again, moved, asked about and lost.

use super::*;
use crate::annotations::{Annotation, Id, RecordKind};
use crate::text::{Media, Open, Span};

const OLD: &str = "Intro line here.\n\n“It works,” the maker said, “and works well.” \
Traffic grew by 7 percent in 2025, the port said.\n";

/// A document that marks the given pieces, each its own annotation.
fn document(pieces: &[&[&str]]) -> Document {
    let article = Article::new("a.txt", OLD, Media::Plain);
    let mut parts = Document::new(&article).into_parts();
    for (at, pieces) in pieces.iter().enumerate() {
        let spans = pieces.iter().map(|words| {
            let start = OLD.find(words).expect("in the text");
            Span::new(start, start + words.len())
        });
        let mark = Mark::new(spans).expect("a mark");
        let id = Id::new(format!("a-{at:012}"));
        let target = Target::at(&article, mark);
        let claim = Open::Known(RecordKind::Claim);
        parts.annotations.push(Annotation::new(id, claim, target));
    }
    Document::from_parts(parts)
}

const SPLIT: &[&str] = &["It works,", "and works well."];
const WHOLE: &[&str] = &["Traffic grew by 7 percent in 2025"];

/// Anchors a document in place and gives back how its marks fared.
fn anchor(document: &mut Document, article: &Article) -> Reanchored {
    let again = reanchor(document.clone().into_parts(), None, article);
    *document = again.document.clone();
    again
}

fn again(pieces: &[&[&str]], new: &str) -> (Document, Reanchored, Article) {
    let article = Article::new("a.txt", new, Media::Plain);
    let mut document = document(pieces);
    let counts = anchor(&mut document, &article);
    (document, counts, article)
}

#[test]
fn marks_move_with_their_words_and_keep_their_gaps() {
    let new = format!("A line put in front.\n{OLD}");
    let (document, counts, article) = again(&[SPLIT, WHOLE], &new);
    assert_eq!(counts.moved, 2);
    for annotation in document.annotations() {
        let target = &annotation.target;
        assert_eq!(target.quote.mark_in(&article), target.mark);
    }
    let mark = document.annotations()[0]
        .target
        .mark
        .clone()
        .expect("found");
    assert_eq!(article.words(&mark), "It works, … and works well.");
    assert_eq!(document.parts().texts.len(), 2);
    assert_eq!(document.text(), &text_id(article.text_sha256()));
}

#[test]
fn gaps_are_found_again_when_the_words_between_changed() {
    let new = OLD.replace("the maker said", "its maker claimed today");
    let (document, counts, article) = again(&[SPLIT], &new);
    assert_eq!(counts.lost, 0);
    let mark = document.annotations()[0]
        .target
        .mark
        .clone()
        .expect("found");
    assert_eq!(article.words(&mark), "It works, … and works well.");
}

#[test]
fn what_stays_in_place_stays_ok() {
    let (document, counts, _) = again(&[SPLIT, WHOLE], &format!("{OLD}One more line.\n"));
    assert_eq!((counts.ok, counts.lost), (2, 0));
    assert!(
        document
            .annotations()
            .iter()
            .all(|a| a.target.mark.is_some())
    );
}

#[test]
fn what_is_lost_keeps_its_words_and_comes_back_with_them() {
    let gone = OLD.replace(" Traffic grew by 7 percent in 2025, the port said.", "");
    let (mut document, counts, _) = again(&[WHOLE], &gone);
    assert_eq!(counts.lost, 1);
    let target = &document.annotations()[0].target;
    assert_eq!(
        (target.mark.clone(), target.quote.exact.as_str()),
        (None, WHOLE[0])
    );
    let article = Article::new("a.txt", OLD, Media::Plain);
    assert_eq!(anchor(&mut document, &article).moved, 1);
}

#[test]
fn a_question_stays_one_until_it_is_answered() {
    let (mut document, ..) = again(&[WHOLE], &format!("Twice:\n{OLD}{OLD}"));
    assert_eq!(document.annotations()[0].target.anchor, Anchor::Check);
    let article = Article::new("a.txt", &format!("x\n{OLD}"), Media::Plain);
    let counts = anchor(&mut document, &article);
    assert_eq!((counts.check, counts.moved), (1, 0));
}

#[test]
fn many_marks_in_a_long_text_are_found_in_bounded_work() {
    let line = |n: usize| {
        format!(
            "On day {n} the clerk of ward {} counted {} votes.\n",
            n * 7,
            n * 31
        )
    };
    let old: String = (0..3000).map(line).collect();
    let article = Article::new("a.txt", &old, Media::Plain);
    let mut parts = Document::new(&article).into_parts();
    let template = self::document(&[WHOLE]).into_parts().annotations.remove(0);
    let mut at = 0;
    for n in 0..3000 {
        let length = line(n).len();
        let mark = Mark::whole(Span::new(at, at + length - 1)).expect("a mark");
        let mut annotation = template.clone();
        annotation.id = Id::new(format!("a-{n:012}"));
        annotation.target = Target::at(&article, mark);
        parts.annotations.push(annotation);
        at += length;
    }
    let mut document = Document::from_parts(parts);
    let new = |n| line(n).replace("clerk", "teller");
    let new: String = (1500..3000).chain(0..1500).map(new).collect();
    let article = Article::new("a.txt", &new, Media::Plain);
    let counts = anchor(&mut document, &article);
    assert_eq!(counts.lost, 0);
    for (n, annotation) in document.annotations().iter().enumerate() {
        let words = line(n).replace("clerk", "teller");
        assert_eq!(annotation.target.quote.exact, words.trim_end());
    }
}
