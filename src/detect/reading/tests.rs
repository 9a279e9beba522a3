//! Sentences read as they hang together.

use super::*;
use crate::detect::language::syntax::RELATIONS;
use crate::detect::language::tags::TAGS;

fn read(text: &str) -> Vec<(String, &'static str, &'static str, String)> {
    let language = Language::compiled_in();
    let reading = Reading::new(text, &language);
    let one = |k: usize| {
        let word = &reading.words[k];
        (
            reading.word(k).to_owned(),
            TAGS[usize::from(word.tag)],
            RELATIONS[usize::from(word.relation)],
            reading.word(word.head as usize).to_owned(),
        )
    };
    (0..reading.words.len()).map(one).collect()
}

#[test]
fn a_sentence_is_read_as_it_hangs_together() {
    let words = read("The mayor of Orle said that the bridge will close in May.");
    let expected = [
        ("The", "DT", "det", "mayor"),
        ("mayor", "NN", "nsubj", "said"),
        ("of", "IN", "prep", "mayor"),
        ("Orle", "NNP", "pobj", "of"),
        ("said", "VBD", "ROOT", "said"),
        ("that", "IN", "mark", "close"),
        ("the", "DT", "det", "bridge"),
        ("bridge", "NN", "nsubj", "close"),
        ("will", "MD", "aux", "close"),
        ("close", "VB", "ccomp", "said"),
        ("in", "IN", "prep", "close"),
        ("May", "NNP", "pobj", "in"),
    ];
    for (word, expected) in words.iter().zip(expected) {
        let (text, tag, relation, head) = word;
        assert_eq!((text.as_str(), *tag, *relation, head.as_str()), expected);
    }
    // A mark hangs on nothing.
    assert_eq!(words[12].3, ".");
}

#[test]
fn one_spelling_has_the_tag_its_place_asks_for() {
    let tag = |text: &str, word: &str| {
        let words = read(text);
        words.iter().find(|w| w.0 == word).map(|w| w.1)
    };
    assert_eq!(tag("They plan to report the fire.", "report"), Some("VB"));
    assert_eq!(tag("She read the report on Monday.", "report"), Some("NN"));
}

#[test]
fn odd_sentences_are_read_without_a_word_lost() {
    for text in [
        "",
        "\u{201d}",
        "...",
        "a",
        "A B C D E",
        "(\u{2014})",
        "1 2 3",
    ] {
        let _ = read(text);
    }
    let long = "word, ".repeat(20_000);
    assert_eq!(read(&long).len(), 40_000);
}
