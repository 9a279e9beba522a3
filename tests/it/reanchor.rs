//! Re-anchoring: what was marked is found again after edits, and nothing else is.

use proofmark::annotations::{
    Anchor, Annotation, Decision, Document, Id, RecordKind, Review, Target, Time, reanchor,
};
use proofmark::text::{Article, Mark, Media, Open, Span};
use proptest::prelude::*;
use serde_json::Map;

mod judged;
mod simulated;
mod words;

const STORY: &str = "Harbour plan moves on\n\nThe port of Lindham will close two of its nine docks by 2031, \
the council said on Friday. “Nobody will lose a job over this,” Deputy Mayor Ines Varga told reporters.\n\n\
Freight has fallen by 14 percent since 2019, according to the harbour office. Dock workers called the \
figure misleading. “We moved more boxes in May,” said union leader Tomas Okoye, “than in any month of \
last year.” The council said so in March, too.\n\nThe vote is due in June. The council said so twice.\n";

fn article(text: &str) -> Article {
    Article::new("story.txt", text, Media::Plain)
}

fn annotation(at: usize, target: Target) -> Annotation {
    let id = Id::new(format!("a-{at:012x}"));
    Annotation::new(id, Open::Known(RecordKind::Claim), target)
}

/// A document with a mark on each of some pieces of text.
fn marked(article: &Article, marks: impl IntoIterator<Item = Mark>) -> Document {
    let mut parts = Document::new(article).into_parts();
    let targets = marks.into_iter().map(|mark| Target::at(article, mark));
    parts.annotations = targets
        .enumerate()
        .map(|(at, target)| annotation(at, target))
        .collect();
    Document::from_parts(parts)
}

fn mark_of(text: &str, words: &str) -> Mark {
    let start = text.find(words).expect("the words are in the text");
    Mark::whole(Span::new(start, start + words.len())).expect("words are not empty")
}

/// What became of `words` of the story in `new`: the anchor and the words it stands on.
fn after(words: &str, new: &str, with_old: bool) -> (Anchor, String) {
    let old = article(STORY);
    let document = marked(&old, [mark_of(STORY, words)]);
    let new = article(new);
    let again = reanchor(document.into_parts(), with_old.then_some(STORY), &new);
    let target = &again.document.annotations()[0].target;
    let stands = target.mark.as_ref().map(|mark| new.words(mark));
    assert_eq!(target.mark.is_none(), target.anchor == Anchor::Lost);
    (target.anchor, stands.unwrap_or_default())
}

#[test]
fn edits_and_what_becomes_of_a_mark() {
    use Anchor::{Check, Lost, Moved, Ok};
    let freight = "Freight has fallen by 14 percent since 2019";
    let cases: &[(&str, &str, &str, Anchor, &str)] = &[
        (
            "nothing near changed",
            freight,
            "in June->in July",
            Ok,
            freight,
        ),
        (
            "text before",
            freight,
            "Harbour plan->UPDATED. Harbour plan",
            Moved,
            freight,
        ),
        (
            "typed quotation marks",
            "Nobody will lose a job over this,”",
            "this,”->this,\"",
            Moved,
            "Nobody will lose a job over this,\"",
        ),
        (
            "a line break",
            freight,
            "14 percent->14\npercent",
            Moved,
            "Freight has fallen by 14\npercent since 2019",
        ),
        (
            "another figure",
            freight,
            "14 percent->41 percent",
            Check,
            "Freight has fallen by 41 percent since 2019",
        ),
        (
            "another word",
            freight,
            "has fallen->has dropped",
            Check,
            "Freight has dropped by 14 percent since 2019",
        ),
        (
            "the first word",
            freight,
            "Freight->Cargo",
            Check,
            "Cargo has fallen by 14 percent since 2019",
        ),
        (
            "an accent more",
            "Deputy Mayor Ines Varga",
            "Ines->Ine\u{301}s",
            Check,
            "Deputy Mayor Ine\u{301}s Varga",
        ),
        (
            "the sentence deleted",
            "Dock workers called the figure misleading.",
            "Dock workers called the figure misleading. ->",
            Lost,
            "",
        ),
        (
            "one of three deleted",
            "The council said so twice.",
            "The council said so twice.->",
            Lost,
            "",
        ),
        (
            "the first of two deleted",
            "The council said so in March, too.",
            " The council said so in March, too.->",
            Lost,
            "",
        ),
    ];
    for (what, words, edit, anchor, stands) in cases {
        let (from, to) = edit.split_once("->").expect("an edit has an arrow");
        let new = STORY.replacen(from, to, 1);
        assert_ne!(new, STORY, "{what}");
        for with_old in [false, true] {
            let got = after(words, &new, with_old);
            assert_eq!(
                got,
                (*anchor, (*stands).to_owned()),
                "{what}, old text {with_old}"
            );
        }
    }
}

#[test]
fn paragraphs_that_changed_places_are_found() {
    let paragraphs: Vec<&str> = STORY.trim_end().split("\n\n").collect();
    let order = [3, 2, 0, 1].map(|at: usize| paragraphs[at]);
    let new = order.join("\n\n");
    for words in [
        "Nobody will lose a job over this,",
        "the harbour office",
        "The vote is due in June.",
    ] {
        for with_old in [false, true] {
            let (anchor, stands) = after(words, &new, with_old);
            assert_eq!(stands, words);
            assert_ne!(anchor, Anchor::Lost);
        }
    }
}

#[test]
fn short_words_without_their_context_are_lost() {
    let new = "Much is said so far. He said so there; they said so here, and all said so again.";
    assert_eq!(after("said so", new, false).0, Anchor::Lost);
    assert_eq!(after("said so", "", false).0, Anchor::Lost);
    assert_eq!(
        after(
            "June",
            "June came, and with it the rain over Lindham.",
            false
        )
        .0,
        Anchor::Lost
    );
}

#[test]
fn words_at_their_old_place_among_other_words_are_a_question() {
    let words = "Freight has fallen by 14 percent since 2019";
    let before = mark_of(STORY, words).start();
    let length = STORY[..before].chars().count();
    let weather = "Rain came down on the hills all day and nobody went out. ";
    let filler: String = weather.chars().cycle().take(length).collect();
    let new = format!("{filler}{words}{weather}{weather}");
    for with_old in [false, true] {
        let (anchor, _) = after(words, &new, with_old);
        assert!(
            matches!(anchor, Anchor::Check | Anchor::Lost),
            "{anchor:?}, old text {with_old}"
        );
    }
}

#[test]
fn other_words_in_the_same_place_are_a_question() {
    let words = "Dock workers called the figure misleading.";
    for other in [
        "Dock workers said the number was wrong.",
        "Dock owners called the figure well founded.",
        "Dock workers called for a strike.",
    ] {
        let (anchor, _) = after(words, &STORY.replace(words, other), false);
        assert!(
            matches!(anchor, Anchor::Check | Anchor::Lost),
            "{anchor:?}: {other}"
        );
    }
}

#[test]
fn other_words_with_one_side_of_their_context_gone_are_a_question() {
    let words = "Freight has fallen by 14 percent since 2019";
    let old = format!("{words}, according to the harbour office. Dock workers called");
    let new = "Freight has dropped by 14 percent after 2019; queues of buses, and much rain, \
               were what a reader wrote of who called";
    assert!(STORY.contains(&old));
    let (anchor, stands) = after(words, &STORY.replace(&old, new), false);
    assert_eq!(anchor, Anchor::Check, "{stands}");
}

#[test]
fn equal_words_keep_to_their_own_context() {
    let old = article(STORY);
    let second = STORY.rfind("The council said so").expect("it is there");
    let marks = [
        mark_of(STORY, "The council said so"),
        Mark::whole(Span::new(second, second + 19)).expect("not empty"),
    ];
    let document = marked(&old, marks);
    let new = article(&format!("A new first paragraph of the story.\n\n{STORY}"));
    let again = reanchor(document.into_parts(), None, &new);
    assert_eq!((again.moved, again.lost), (2, 0));
    let starts: Vec<u32> = again
        .document
        .annotations()
        .iter()
        .map(|a| a.target.quote.start)
        .collect();
    let shift = "A new first paragraph of the story.\n\n".chars().count();
    let expected = [mark_of(STORY, "The council said so").start(), second]
        .map(|byte| (STORY[..byte].chars().count() + shift) as u32);
    assert_eq!(starts, expected);

    // With one of the two passages gone, its mark does not go over to the other one.
    let one_gone = article(&STORY.replace(" The council said so twice.", ""));
    let again = reanchor(
        marked(
            &old,
            [
                mark_of(STORY, "The council said so"),
                Mark::whole(Span::new(second, second + 19)).expect("not empty"),
            ],
        )
        .into_parts(),
        None,
        &one_gone,
    );
    let anchors: Vec<Anchor> = again
        .document
        .annotations()
        .iter()
        .map(|a| a.target.anchor)
        .collect();
    assert_eq!(anchors, [Anchor::Ok, Anchor::Lost]);
}

#[test]
fn pieces_are_kept_and_the_words_between_stay_out() {
    let old = article(STORY);
    let first = mark_of(STORY, "We moved more boxes in May,").hull();
    let second = mark_of(STORY, "than in any month of last year.").hull();
    let split = Mark::new([first, second]).expect("two pieces");
    for (from, to) in [
        ("Harbour plan", "Update: Harbour plan"),
        ("more boxes", "many more boxes"),
        ("leader Tomas Okoye", "chief Tomas B. Okoye"),
        ("any month", "any other month"),
    ] {
        let new = article(&STORY.replace(from, to));
        let again = reanchor(marked(&old, [split.clone()]).into_parts(), None, &new);
        let target = &again.document.annotations()[0].target;
        let words = new.words(target.mark.as_ref().expect("it is found"));
        let expected =
            "We moved more boxes in May, … than in any month of last year.".replace(from, to);
        assert_eq!(words, expected, "{from} -> {to}");
        assert_eq!(target.quote.gaps.len(), 1);
    }
}

#[test]
fn head_and_texts_follow_and_history_stays() {
    let old = article(STORY);
    let mut parts = marked(&old, [mark_of(STORY, "the harbour office")]).into_parts();
    let quote = parts.annotations[0].target.quote.clone();
    let review = Review {
        decision: Open::Known(Decision::Confirm),
        text: parts.article.text.clone(),
        at: Time::new("2026-01-05T10:00:00Z"),
        kind: Some(Open::Known(RecordKind::Claim)),
        quote: Some(quote.clone()),
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: Map::new(),
    };
    parts.annotations[0]
        .reviews
        .push(("ana".to_owned(), review.clone()));
    let new = Article::new("story.md", &format!("New.\n\n{STORY}"), Media::Markdown);
    let fresh = Document::new(&new).into_parts();
    let again = reanchor(parts, None, &new);
    let parts = again.document.parts();
    assert_eq!(parts.article.text, fresh.article.text);
    assert_eq!(parts.article.bytes_sha256, fresh.article.bytes_sha256);
    assert_eq!(parts.article.media_type, "text/markdown");
    assert_eq!(parts.texts.len(), 2);
    assert_eq!(parts.texts[1], fresh.texts[0]);
    let annotation = &parts.annotations[0];
    assert_eq!(annotation.reviews[0].1, review);
    assert_eq!(annotation.target.quote.start, quote.start + 6);

    // Lost keeps its words and place, and is found when the text comes back.
    let gone = article("Nothing of it is left.");
    let lost = reanchor(parts.clone(), None, &gone);
    assert_eq!(lost.lost, 1);
    assert_eq!(
        lost.document.annotations()[0].target.quote,
        annotation.target.quote
    );
    let back = reanchor(lost.document.into_parts(), None, &new);
    assert_eq!((back.moved, back.lost), (1, 0));
    assert_eq!(
        back.document.annotations()[0].target.quote,
        annotation.target.quote
    );
}

#[test]
fn targets_without_marks_get_them_in_an_unchanged_text() {
    let old = article(STORY);
    let document = marked(&old, [mark_of(STORY, "the harbour office")]);
    let mut parts = document.clone().into_parts();
    parts.annotations[0].target.mark = None;
    let again = reanchor(parts, None, &old);
    assert_eq!(again.ok, 1);
    assert_eq!(again.document, document);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_unchanged_text_changes_nothing(text in "[a-zé “”.\n]{1,200}", cuts in proptest::collection::vec((0usize..200, 1usize..60), 0..6)) {
        let article = article(&text);
        let marks = cuts.into_iter().filter_map(|(from, len)| {
            let to = (from + len).min(article.length());
            Mark::whole(article.span_of_points(from, to)?)
        });
        let document = marked(&article, marks);
        let again = reanchor(document.clone().into_parts(), Some(&text), &article);
        prop_assert_eq!(again.ok, document.annotations().len());
        prop_assert_eq!(again.document, document);
    }

    #[test]
    fn any_two_texts_do(
        old in "\\PC{0,120}", new in "\\PC{0,120}", shared in "\\PC{0,80}",
        cuts in proptest::collection::vec((0usize..240, 1usize..80, 1usize..20), 1..5),
        with_old: bool,
    ) {
        let old_text = format!("{old}{shared}{old}");
        let old = article(&old_text);
        let marks = cuts.into_iter().filter_map(|(from, len, gap)| {
            let to = (from + len).min(old.length());
            let first = old.span_of_points(from, to)?;
            let second = old.span_of_points((to + gap).min(old.length()), (to + gap + len).min(old.length()))?;
            Mark::new([first, second])
        });
        let document = marked(&old, marks);
        let count = document.annotations().len();
        let new = article(&format!("{new}{shared}"));
        let again = reanchor(document.into_parts(), with_old.then_some(old_text.as_str()), &new);
        prop_assert_eq!(again.ok + again.moved + again.check + again.lost, count);
        for annotation in again.document.annotations() {
            let target = &annotation.target;
            match &target.mark {
                Some(mark) => prop_assert_eq!(target.quote.mark_in(&new), Some(mark.clone())),
                None => prop_assert_eq!(target.anchor, Anchor::Lost),
            }
        }
    }
}
