//! Sentence ends: clean text, damaged text, and any text at all.

use proptest::prelude::*;

use super::*;

fn stops() -> Stops {
    Stops::read(&[
        include_str!("../../detect/language/en/abbreviations.txt"),
        include_str!("../../detect/language/en/starters.txt"),
    ])
}

/// Checks the sentences of a text in which `|` marks every end between two sentences; the
/// mark replaces white space or stands where two sentences are glued.
fn check(marked: &str) {
    let expected: Vec<String> = marked
        .split('|')
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect();
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text, &stops())
        .iter()
        .map(|s| s.of(&text))
        .collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn plain_sentences() {
    check("The board met.| It voted!| Did it? |Yes.");
    check("“We won,” she said.| “It is over.”| He left.");
    check("Prices rose 3.5 percent to $1.20 a litre.| Nobody knew.");
}

#[test]
fn glued_ends() {
    check("That isn t the case.|In yet another break, he left.");
    check("They met in May.|Although it seems crazy, they spoke.");
    check("It was over.|A judge agreed.| He said “no.”|The end.");
    check("She works in the U.S. State Department.|Giving it out is fine.");
    check("Visit example.com or GunTrader.net today.| Done.");
}

#[test]
fn broken_lines() {
    check(
        "to chants of Lock her up!\nfrom his supporters while on the trail.|According to both, he did.",
    );
    check(
        "The ministry that was founded in the year nineteen hundred\nFourteen said on Monday that it would not take part in the\nBerlin round of talks.| It left.",
    );
    check("Council votes on harbour\n|The council voted on Monday.\n|It was close.");
    check("A heading\n\n|Some text follows here");
    check("Officials in the\nHarbour Office agreed.");
}

#[test]
fn initials_and_abbreviations() {
    check(
        "Mr. J. R. Miller and Dr. Ann Lee met Sen. Bob Ode (R-Fla.) at 9 a.m. Monday.| They left.",
    );
    check("He lives in the U.S. and pays no tax.| She left the U.S. |The trip was long.");
    check("Acme Inc. and Brown Bros. Ltd. merged.| See No. 5 for more.");
    check("Did you know?| No. |He did not.");
}

#[test]
fn questions_with_their_speaker() {
    check("“Why now?” Ann Smith asked.| Nobody answered.");
    check("“Why now?” he asked.| “Because!”| She left.");
}

#[test]
fn stamps_and_credits() {
    check("16.05 BST\n|The minister has arrived at 3.45pm today.");
    check("He is President now.|Featured image via Ann Field/Agency Images");
}

#[test]
fn other_scripts() {
    check("彼は言った。|「はい。」|次の日。");
    check("वह गया।| वह आया।");
    check("هل جاء؟| نعم.");
}

proptest! {
    #[test]
    fn sentences_cover_the_text_in_order(
        text in "([A-Za-z]{1,8}|[.!?…。\"“”'\n )(]|[0-9]{1,3}|U\\.S\\.|\\PC){0,60}"
    ) {
        let mut at = 0;
        for sentence in sentences(&text, &stops()) {
            prop_assert!(sentence.start >= at && !sentence.is_empty());
            prop_assert!(text[at..sentence.start].trim().is_empty());
            prop_assert_eq!(sentence, sentence.trimmed(&text));
            at = sentence.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
