//! Where the words of a file are found in an article, and where they are not.

use proofmark::annotations::{Anchor, Brought, BroughtMark, Document, Piece, RecordKind, Why};
use proofmark::text::Article;

use super::bringing::{CLAIM, TEXT, article, brought, mark};
use super::decided;

#[test]
fn words_are_found_again_or_left_out() {
    let other = |from: &str, to: &str| article(&TEXT.replacen(from, to, 1));
    let file = brought(vec![mark(RecordKind::Claim, CLAIM)]);
    let fate = |article: &Article, file: &Brought| {
        let mut document = Document::new(article);
        let bringing = decided(&mut document, article, file, "ana");
        let record = document.annotations().first();
        let anchor = record.map(|record| record.target.anchor);
        (
            anchor,
            bringing
                .left
                .into_iter()
                .map(|left| left.why)
                .collect::<Vec<_>>(),
        )
    };
    let moved = other("The port", "A first line.\n\nThe port");
    assert_eq!(fate(&moved, &file), (Some(Anchor::Ok), vec![]));
    for changed in [other("two cranes", "no cranes"), other("bought", "sold")] {
        assert_eq!(fate(&changed, &file), (None, vec![Why::NotSure]));
    }
    let gone = article("Nothing of the kind was written here, by anybody.\n");
    assert_eq!(fate(&gone, &file), (None, vec![Why::NotFound]));
    // Without the file's text, by the words where it says that they stand.
    let bare = Brought {
        text: None,
        ..file.clone()
    };
    assert_eq!(fate(&article(TEXT), &bare), (Some(Anchor::Ok), vec![]));
    let twice = brought(vec![
        mark(RecordKind::Claim, CLAIM),
        mark(RecordKind::Claim, CLAIM),
    ]);
    assert_eq!(fate(&article(TEXT), &twice), (Some(Anchor::Ok), vec![]));
    // Pieces that changed their order are no longer the claim.
    let mut pieces = mark(RecordKind::Claim, "The port of Lindham");
    pieces
        .pieces
        .extend(mark(RecordKind::Claim, "close nine docks by 2031").pieces);
    let split = brought(vec![pieces]);
    let (first, second) = TEXT.split_once("\n\n").expect("two paragraphs");
    let turned = article(&format!("{}\n\n{first}\n", second.trim_end()));
    assert_eq!(fate(&article(TEXT), &split).1, []);
    assert_eq!(fate(&turned, &split), (None, vec![Why::NotSure]));
}

#[test]
fn the_same_word_elsewhere_is_not_the_one_meant() {
    let text = "Ana left, Bo said on Monday. Nobody saw her, and Cy met Ana in the old hall.\n";
    let article = article(text);
    let piece = Piece {
        points: Some((0, 3)),
        exact: "Ana".to_owned(),
        prefix: "Nobody saw her, and Cy met ".to_owned(),
        suffix: " in the old hall.\n".to_owned(),
    };
    let file = Brought {
        marks: vec![BroughtMark::new(RecordKind::Source, vec![piece])],
        ..Brought::default()
    };
    let mut document = Document::new(&article);
    decided(&mut document, &article, &file, "ana");
    let starts = document
        .annotations()
        .iter()
        .map(|record| record.target.quote.start);
    assert!(
        starts.clone().all(|start| start == 56),
        "{:?}",
        starts.collect::<Vec<_>>()
    );
}

#[test]
fn words_that_stand_once_need_no_context() {
    let fate = |words: &str, prefix: &str, text: &str| {
        let piece = Piece {
            exact: words.to_owned(),
            prefix: prefix.to_owned(),
            ..Piece::default()
        };
        let file = Brought {
            marks: vec![BroughtMark::new(RecordKind::Claim, vec![piece])],
            ..Brought::default()
        };
        let article = article(text);
        let mut document = Document::new(&article);
        let bringing = decided(&mut document, &article, &file, "ana");
        let start = document.annotations().first().map(|a| a.target.quote.start);
        (start, bringing.left.into_iter().map(|left| left.why).next())
    };
    let words = "nine docks by 2031";
    let start = TEXT.find(words).map(|at| at as u32);
    assert_eq!(fate(words, "", TEXT), (start, None));
    assert_eq!(fate(words, "will close ", TEXT), (start, None));
    // Few words, words that stand twice, and words that stood behind others are not sure.
    let not_sure = (None, Some(Why::NotSure));
    assert_eq!(fate("nine docks by", "", TEXT), not_sure);
    assert_eq!(fate(words, "", &TEXT.repeat(2)), not_sure);
    assert_eq!(fate(words, "never open ", TEXT), not_sure);
    assert_eq!(
        fate("ten docks by 2031", "", TEXT),
        (None, Some(Why::NotFound))
    );
}
