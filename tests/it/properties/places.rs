//! Spans, marks, offsets and quotes of any text.

use proofmark::annotations::{Quote, Target};
use proofmark::text::{Article, Mark, Media, Span};
use proptest::prelude::*;

/// Text of words, damage and scripts that go wrong first.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "harbour",
        "isn t",
        "3,000",
        "12%",
        "$5",
        "said",
        "that",
        "and",
        "but",
        " ",
        " ",
        " ",
        "\n",
        ", ",
        ". ",
        "“",
        "”",
        " — ",
        "-",
        "’",
        "é",
        "e\u{301}",
        "👩‍👩‍👧",
        "🇫🇷",
        "港口",
        "שלום",
        "\u{200b}",
        "\u{202e}",
        "\t",
        "…",
        "U.S.",
        "\u{a0}",
        "\u{301}",
        "(",
        "x",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Character boundaries of a text, its end among them.
pub(crate) fn boundaries(text: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain([text.len()]).collect()
}

/// A span between two boundaries picked by any two numbers.
pub(crate) fn span_by(text: &str, a: usize, b: usize) -> Span {
    let places = boundaries(text);
    let (a, b) = (places[a % places.len()], places[b % places.len()]);
    Span::new(a.min(b), a.max(b))
}

proptest! {
    #[test]
    fn offsets_convert_both_ways(text in any_text()) {
        let text = text.repeat(9);
        let article = Article::new("a.txt", &text, Media::Plain);
        prop_assert_eq!(article.length(), text.chars().count());
        for (point, byte) in boundaries(&text).into_iter().enumerate() {
            prop_assert_eq!(article.offsets().point_of(&text, byte), point);
            prop_assert_eq!(article.offsets().byte_of(&text, point), Some(byte));
        }
        prop_assert_eq!(article.offsets().byte_of(&text, article.length() + 1), None);
    }

    #[test]
    fn marks_are_sorted_apart_and_not_empty(ends in prop::collection::vec((0usize..50, 0usize..50), 0..8)) {
        let spans: Vec<Span> = ends.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let covered = |byte: usize| spans.iter().any(|span| span.contains(byte));
        let mark = Mark::new(spans.clone());
        prop_assert_eq!(mark.is_none(), spans.iter().all(|span| span.is_empty()));
        let Some(mark) = mark else { return Ok(()) };
        prop_assert!(mark.pieces().iter().all(|piece| !piece.is_empty()));
        prop_assert!(mark.pieces().windows(2).all(|pair| pair[0].end < pair[1].start));
        prop_assert!((0..60).all(|byte| mark.contains(byte) == covered(byte)));
    }

    #[test]
    fn quotes_find_their_mark_again(text in any_text(), ends in prop::collection::vec((0usize..999, 0usize..999), 1..4)) {
        let article = Article::new("a.txt", &text, Media::Plain);
        let mark = Mark::new(ends.iter().map(|(a, b)| span_by(&text, *a, *b)));
        let Some(mark) = mark else { return Ok(()) };
        let quote = Quote::of(&article, &mark);
        prop_assert_eq!(quote.mark_in(&article), Some(mark.clone()));
        prop_assert_eq!(quote.exact.chars().count(), (quote.end - quote.start) as usize);
        let target = Target::at(&article, mark.clone());
        let around = format!("{}{}{}", target.prefix, quote.exact, target.suffix);
        prop_assert!(text.contains(&around));
        prop_assert!(target.prefix.chars().count() <= 32 && target.suffix.chars().count() <= 32);
    }
}
