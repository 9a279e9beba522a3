//! Questions stay open until they are answered, or until the words judged are back.

use proofmark::annotations::{Anchor, Document, Parts, Quote, Review, text_id};

use super::{Decision, Map, Open, RecordKind, STORY, Time, article, mark_of, marked, reanchor};

const WORDS: &str = "Freight has fallen by 14 percent since 2019";

/// The story with a mark that ana judged, and her words.
fn judged() -> Document {
    let old = article(STORY);
    let mut parts = marked(&old, [mark_of(STORY, WORDS)]).into_parts();
    let quote = parts.annotations[0].target.quote.clone();
    review(&mut parts, "ana", quote, STORY, "2026-01-05T10:00:00Z");
    Document::from_parts(parts)
}

fn review(parts: &mut Parts, reviewer: &str, quote: Quote, text: &str, at: &str) {
    let review = Review {
        decision: Open::Known(Decision::Confirm),
        text: text_id(article(text).text_sha256()),
        at: Time::new(at),
        kind: Some(Open::Known(RecordKind::Claim)),
        quote: Some(quote),
        kinds: Vec::new(),
        verdict: Some("true".to_owned()),
        note: None,
        seconds: None,
        tool: None,
        unknown: Map::new(),
    };
    parts.annotations[0]
        .reviews
        .push((reviewer.to_owned(), review));
}

/// The document in a text, and how its mark fares there.
fn in_text(document: Document, text: &str) -> (Document, Anchor, String) {
    let document = reanchor(document.into_parts(), None, &article(text)).document;
    let target = &document.annotations()[0].target;
    let (anchor, exact) = (target.anchor, target.quote.exact.clone());
    (document, anchor, exact)
}

fn with(words: &str) -> String {
    STORY.replace(WORDS, words)
}

#[test]
fn other_words_stay_a_question_through_later_changes() {
    let other = "Freight has not fallen by 14 percent since 2019";
    let (document, anchor, exact) = in_text(judged(), &with(other));
    assert_eq!((anchor, &*exact), (Anchor::Check, other));
    for front in ["New.\n\n", "Newer.\n\n", ""] {
        let changed = format!("{front}{} The end.", with(other));
        let (_, anchor, exact) = in_text(document.clone(), &changed);
        assert_eq!((anchor, &*exact), (Anchor::Check, other), "{front:?}");
    }
    // Cut out and put back, they are as much a question as before.
    let (gone, anchor, _) = in_text(document.clone(), &with(""));
    assert_eq!(anchor, Anchor::Lost);
    let (_, anchor, exact) = in_text(gone, &format!("New.\n\n{}", with(other)));
    assert_eq!((anchor, &*exact), (Anchor::Check, other));
}

#[test]
fn a_question_about_words_ends_when_they_come_back() {
    let (document, ..) = in_text(
        judged(),
        &with("Freight has fallen by 41 percent since 2019"),
    );
    // The very text of the review.
    let (_, anchor, exact) = in_text(document.clone(), STORY);
    assert_eq!((anchor, &*exact), (Anchor::Ok, WORDS));
    // A third text, its words set otherwise.
    let later = format!(
        "New.\n\n{}",
        with("Freight has fallen by 14\u{a0}percent since 2019")
    );
    let (_, anchor, exact) = in_text(document.clone(), &later);
    assert_eq!(anchor, Anchor::Moved, "{exact}");
    // Lost in between.
    let (gone, anchor, _) = in_text(document, &with(""));
    assert_eq!(anchor, Anchor::Lost);
    let (_, anchor, exact) = in_text(gone, &format!("New.\n\n{STORY}"));
    assert_eq!((anchor, &*exact), (Anchor::Moved, WORDS));
}

#[test]
fn words_judged_are_found_where_those_shown_are_not() {
    let mut document = judged();
    for other in [
        "Freight has dropped by 14 percent since 2019",
        "Freight has dropped by 14 percent since winter",
        "Freight has dropped a lot, 14 percent, since winter",
        "Freight was dropped a lot, 14 times, since winter",
        "Barges were stopped a lot, 14 times, since winter",
    ] {
        let (now, anchor, exact) = in_text(document, &with(other));
        assert_eq!((anchor, &*exact), (Anchor::Check, other));
        document = now;
    }
    let (_, anchor, exact) = in_text(document, &format!("New.\n\n{STORY}"));
    assert_eq!((anchor, &*exact), (Anchor::Moved, WORDS));
}

#[test]
fn the_latest_answer_says_which_words_were_judged() {
    let other = "Freight has fallen by 41 percent since 2019";
    let (document, anchor, _) = in_text(judged(), &with(other));
    assert_eq!(anchor, Anchor::Check);
    let mut parts = document.into_parts();
    let quote = parts.annotations[0].target.quote.clone();
    review(
        &mut parts,
        "bea",
        quote,
        &with(other),
        "2026-02-05T10:00:00Z",
    );
    let (gone, ..) = in_text(Document::from_parts(parts), &with(""));
    let (_, anchor, exact) = in_text(gone.clone(), &format!("New.\n\n{}", with(other)));
    assert_eq!((anchor, &*exact), (Anchor::Moved, other));
    let (_, anchor, _) = in_text(gone, &format!("New.\n\n{STORY}"));
    assert_eq!(anchor, Anchor::Check);
}

#[test]
fn a_question_about_the_place_is_not_answered_by_words() {
    let twice = format!("Twice:\n{STORY}{STORY}");
    let (document, anchor, exact) = in_text(judged(), &twice);
    assert_eq!((anchor, &*exact), (Anchor::Check, WORDS));
    let (document, anchor, _) = in_text(document, &format!("x\n{STORY}"));
    assert_eq!(anchor, Anchor::Check);
    let (_, anchor, _) = in_text(document, STORY);
    assert_eq!(
        anchor,
        Anchor::Ok,
        "the article is again the one it was judged in"
    );
}
