//! A verdict belongs to the words it was given on: what is sure, and what is a question.

use proofmark::annotations::Anchor;
use proofmark::text::{Mark, Span};
use proptest::prelude::*;

use super::{STORY, after, article, mark_of, marked, reanchor};

fn is_sure(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Ok | Anchor::Moved)
}

/// A story with `words` in the middle.
fn story(words: &str) -> String {
    format!(
        "Orlan lock to close for nine weeks\n\nThe union met on Monday in the old hall. The mayor \
         said {words}, and left.\n\nNothing else was said on the day, and the hall emptied.\n"
    )
}

/// What became of a mark on `old` where the story has `new` now.
fn fate(old: &str, new: &str, with_old: bool) -> (Anchor, String) {
    let before = story(old);
    let mark = mark_of(&before, old);
    let document = marked(&article(&before), [mark]);
    let now = article(&story(new));
    let again = reanchor(document.into_parts(), with_old.then_some(&*before), &now);
    let target = &again.document.annotations()[0].target;
    let stands = target.mark.as_ref().map(|mark| now.words(mark));
    (target.anchor, stands.unwrap_or_default())
}

#[test]
fn other_words_are_never_sure() {
    for (old, new) in [
        (
            "the council did pay the firm",
            "the council did not pay the firm",
        ),
        (
            "the council will pay the firm",
            "the council will never pay the firm",
        ),
        (
            "the council can pay the firm",
            "the council can\u{2019}t pay the firm",
        ),
        (
            "prices rose by a fifth in May",
            "prices fell by a fifth in May",
        ),
        (
            "the firm got 3 million crowns",
            "the firm got 8 million crowns",
        ),
        (
            "the firm got 3 million crowns",
            "the firm got 3 billion crowns",
        ),
        (
            "the firm got 2.5 million crowns",
            "the firm got 25 million crowns",
        ),
        ("the firm got 10 000 crowns", "the firm got 1 0000 crowns"),
        ("growth of -5 percent in May", "growth of 5 percent in May"),
        ("a rate of 10\u{b2} in May", "a rate of 102 in May"),
        (
            "Polish workers left the yard",
            "polish workers left the yard",
        ),
        (
            "the Reverend Jos\u{e9} Arce agreed",
            "the Reverend Jose Arce agreed",
        ),
        ("all of the members agreed", "none of the members agreed"),
        ("he said he would resign", "he said he would re-sign"),
        (
            "he was \u{201c}guilty\u{201d} of theft",
            "he was guilty of theft",
        ),
        ("who paid? The mayor did so", "who paid. The mayor did so"),
    ] {
        for with_old in [false, true] {
            for (old, new) in [(old, new), (new, old)] {
                let (anchor, stands) = fate(old, new, with_old);
                assert!(!is_sure(anchor), "{old} -> {new}: {stands}");
                assert_eq!((anchor, &*stands), (Anchor::Check, new), "{old} -> {new}");
            }
        }
    }
}

#[test]
fn words_set_otherwise_are_sure() {
    for (old, new) in [
        (
            "\u{201c}it won\u{2019}t close\u{201d} before May",
            "\"it won't close\" before May",
        ),
        (
            "the lock\u{2014}an old one\u{2014}will close",
            "the lock - an old one - will close",
        ),
        (
            "in 2019\u{2013}2021 it cost 3\u{a0}million",
            "in 2019-2021 it\ncost 3 million",
        ),
        ("co\u{ad}operation will\u{200b} end", "cooperation will end"),
        (
            "Jos\u{e9} Arce and Zo\u{eb} agreed",
            "Jose\u{301} Arce and Zoe\u{308} agreed",
        ),
        ("  it is as it was", "it is as it was"),
    ] {
        for with_old in [false, true] {
            for (old, new) in [(old, new), (new, old)] {
                let (anchor, stands) = fate(old, new, with_old);
                assert!(is_sure(anchor), "{old} -> {new}: {anchor:?} {stands}");
            }
        }
    }
}

#[test]
fn a_figure_or_word_that_goes_on_is_another() {
    for (words, edit, stands) in [
        (
            "has fallen by 14",
            "14 percent->140 percent",
            "has fallen by 140",
        ),
        (
            "has fallen by 14",
            "14 percent->14.5 percent",
            "has fallen by 14.5",
        ),
        (
            "has fallen by 14",
            "14 percent->14\u{2013}20 percent",
            "has fallen by 14\u{2013}20",
        ),
        (
            "14 percent since 2019",
            "by 14->by 114",
            "114 percent since 2019",
        ),
        (
            "14 percent since 2019",
            "by 14->by -14",
            "-14 percent since 2019",
        ),
        (
            "14 percent since 2019",
            "by 14->by 3.14",
            "3.14 percent since 2019",
        ),
        (
            "Nobody will lose a job",
            "a job over->a job-share over",
            "Nobody will lose a job-share",
        ),
        (
            "will close two of its nine docks",
            "will close->nil-will close",
            "nil-will close two of its nine docks",
        ),
        (
            "The port of Lindham will",
            "will close->will\u{2019}nt close",
            "The port of Lindham will\u{2019}nt",
        ),
    ] {
        let (from, to) = edit.split_once("->").expect("an arrow");
        let new = STORY.replace(from, to);
        assert_ne!(new, STORY);
        for with_old in [false, true] {
            let expected = (Anchor::Check, stands.to_owned());
            assert_eq!(after(words, &new, with_old), expected, "{words} {edit}");
        }
    }
}

#[test]
fn few_letters_need_a_whole_side_of_their_context() {
    let words = "Tomas Okoye";
    let whole = STORY.replace("than in any month", "then in all months");
    assert_eq!(after(words, &whole, false), (Anchor::Ok, words.to_owned()));
    let neither = STORY
        .replace("said union leader", "said a guild leader")
        .replace("\u{201c}than in any", "\u{201c}or in some");
    assert_eq!(after(words, &neither, false).0, Anchor::Check);
}

#[test]
fn words_put_in_beside_a_gap_are_a_question() {
    let text = |did: &str, said: &str, pay: &str| {
        story(&format!(
            "\u{201c}the council {did}{said}{pay} the firm in May\u{201d}"
        ))
    };
    let said = ",\u{201d} he said again, \u{201c}";
    let old = text("did", said, "pay");
    let first = mark_of(&old, "the council did").hull();
    let second = mark_of(&old, "pay the firm in May").hull();
    let split = Mark::new([first, second]).expect("two pieces");
    let anchor = |new: &str, with_old: bool| {
        let document = marked(&article(&old), [split.clone()]);
        let again = reanchor(
            document.into_parts(),
            with_old.then_some(&*old),
            &article(new),
        );
        again.document.annotations()[0].target.anchor
    };
    for with_old in [false, true] {
        let other = ",\u{201d} she wrote then, \u{201c}";
        assert_eq!(anchor(&text("did", other, "pay"), with_old), Anchor::Moved);
        assert_eq!(
            anchor(&text("did not", said, "pay"), with_old),
            Anchor::Check
        );
        assert_eq!(
            anchor(&text("did", said, "not pay"), with_old),
            Anchor::Check
        );
        assert!(!is_sure(anchor(&text("did", " not ", "pay"), with_old)));
        assert!(!is_sure(anchor(&text("did", " ", "pay"), with_old)));
    }
}

#[test]
fn a_context_that_the_text_cut_short_makes_nothing_sure() {
    let old = "Harbour plan moves on. The mayor said that the harbour office is full.\n";
    for new in [
        old.replacen("Harbour", "Harbo\u{142}r", 1),
        old.replacen("Harbour", "Plain", 1),
    ] {
        let document = marked(
            &article(old),
            [Mark::whole(Span::new(4, 7)).expect("not empty")],
        );
        let again = reanchor(document.into_parts(), None, &article(&new));
        assert!(
            !is_sure(again.document.annotations()[0].target.anchor),
            "{new}"
        );
    }
    // Where the text ends there as well, the few letters are all there is.
    let short = "Rates fell.\n";
    let document = marked(&article(short), [mark_of(short, "fell")]);
    let again = reanchor(document.into_parts(), None, &article("Rates fell!\n"));
    assert_eq!(again.document.annotations()[0].target.anchor, Anchor::Ok);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_letter_or_figure_is_enough(
        from in 0usize..400, length in 4usize..120, at in 0usize..120,
        other in "[a-z0-9A-Z\u{e9}\u{142}]", puts_in: bool, shift: bool, with_old: bool,
    ) {
        let old = article(STORY);
        let end = (from + length).min(old.length());
        let start = from.min(end);
        let span = old.span_of_points(start, end).expect("inside").trimmed(STORY);
        let words: Vec<(usize, char)> = span.of(STORY).char_indices().collect();
        prop_assume!(words.len() > 2);
        // Inside of the mark, so that the letter is its own.
        let (byte, letter) = words[1 + at % (words.len() - 2)];
        prop_assume!(puts_in || letter.is_alphanumeric() && !other.contains(letter));
        let byte = span.start + byte;
        let rest = byte + if puts_in { 0 } else { letter.len_utf8() };
        let front = if shift { "A new first line.\n\n" } else { "" };
        let new = format!("{front}{}{other}{}", &STORY[..byte], &STORY[rest..]);
        // A letter put in beside its like is one put in before the mark or behind it.
        let place = front.len() + span.start..front.len() + span.end + other.len();
        let still_stands = new.get(place).is_some_and(|now| now.contains(span.of(STORY)));
        prop_assume!(!puts_in || !still_stands);
        let mark = Mark::whole(Span::new(span.start, span.end)).expect("not empty");
        let document = marked(&old, [mark]);
        let again = reanchor(document.into_parts(), with_old.then_some(STORY), &article(&new));
        let target = &again.document.annotations()[0].target;
        prop_assert!(!is_sure(target.anchor), "{:?} -> {:?}", span.of(STORY), target.quote.exact);
    }
}
