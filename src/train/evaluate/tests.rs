use proptest::prelude::*;

use super::*;

/// An attribution given by its words, which stand in `text` once.
fn attribution(text: &str, source: &str, cue: &str, content: &[&str]) -> PointAttribution {
    let place = |words: &&str| {
        let at = text.find(*words).expect("the words are in the text");
        let start = text[..at].chars().count();
        (start, start + words.chars().count())
    };
    let perhaps = |words: &str| match words {
        "" => Vec::new(),
        words => vec![place(&words)],
    };
    PointAttribution {
        source: perhaps(source),
        cue: perhaps(cue),
        content: content.iter().map(place).collect(),
    }
}

fn gold(text: &str, attributions: Vec<PointAttribution>) -> GoldArticle {
    GoldArticle {
        id: "a".into(),
        text: text.into(),
        attributions,
    }
}

fn found(attributions: Vec<PointAttribution>) -> FoundArticle {
    FoundArticle {
        id: "a".into(),
        attributions,
    }
}

/// Right, found, gold of a block.
fn counts(scores: &Scores, name: &str) -> (usize, Option<usize>, usize) {
    let block = scores.block(name).expect("a block of that name");
    (block.right, block.found, block.gold)
}

const TEXT: &str = "The dam will hold, engineer Ida Varn said. “Été is over — we must go,” \
                    Bo Lind told us. Prices rise, a report found.";

fn marked() -> GoldArticle {
    let list = vec![
        attribution(TEXT, "engineer Ida Varn", "said", &["The dam will hold"]),
        attribution(TEXT, "Bo Lind", "told", &["“Été is over — we must go,”"]),
        attribution(TEXT, "a report", "found", &["Prices rise"]),
    ];
    gold(TEXT, list)
}

#[test]
fn every_block_as_counted_by_hand() {
    let handed_in = found(vec![
        // Three of four words, and a part of the source.
        attribution(TEXT, "Ida Varn", "said", &["dam will hold"]),
        // The whole quotation without its marks; no source.
        attribution(TEXT, "", "told", &["Été is over — we must go"]),
        // Nothing of the kind is marked, but it holds a quotation mark.
        attribution(TEXT, "Bo Lind", "", &["go,”"]),
    ]);
    let scores = score(&[marked()], &[handed_in]);
    assert_eq!(counts(&scores, "content"), (2, Some(3), 3));
    assert_eq!(counts(&scores, "content+source"), (1, Some(3), 3));
    assert_eq!(counts(&scores, "content+source="), (0, Some(3), 3));
    assert_eq!(counts(&scores, "direct.content"), (1, Some(2), 1));
    // Without its partner the second one counts by the mark beside it.
    assert_eq!(counts(&scores, "direct.content+source"), (0, Some(2), 1));
    assert_eq!(counts(&scores, "quoted.content"), (1, Some(2), 1));
    assert_eq!(counts(&scores, "indirect.content"), (1, None, 2));
    assert_eq!(counts(&scores, "indirect.content+source="), (0, None, 2));
    // Sources: 3 + 2 + 2 words marked; Ida, Varn, Bo, Lind found.
    assert_eq!(counts(&scores, "tok.source"), (4, Some(4), 7));
    assert_eq!(counts(&scores, "tok.cue"), (2, Some(2), 3));
    // Contents: 4 + 7 + 2 marked (the dash is a word); 3 + 7 found.
    assert_eq!(counts(&scores, "tok.content"), (10, Some(10), 13));
    let content = scores.block("content").expect("the first block");
    let line =
        "{\"p\": 0.6667, \"r\": 0.6667, \"f1\": 0.6667, \"tp\": 2, \"pred\": 3, \"gold\": 3}";
    assert_eq!(content.json(), line);
    let article = &scores.articles[0];
    let line = "{\"id\": \"a\", \"gold\": 3, \"pred\": 3, \"content\": 2, \"content+source\": 1, \
                \"content+source=\": 0}";
    assert_eq!(article.json(), line);
}

#[test]
fn half_of_the_words_is_enough_and_less_is_not() {
    let text = "one two three four five, he said.";
    let marked = |content| gold(text, vec![attribution(text, "he", "said", &[content])]);
    let handed_in = |content| found(vec![attribution(text, "he", "said", &[content])]);
    let half = score(&[marked("one two three four")], &[handed_in("one two")]);
    assert_eq!(counts(&half, "content"), (1, Some(1), 1));
    let less = score(
        &[marked("one two three four five")],
        &[handed_in("one two")],
    );
    assert_eq!(counts(&less, "content"), (0, Some(1), 1));
    // One letter of a word is the word.
    let touched = score(&[marked("one two")], &[handed_in("e t")]);
    assert_eq!(counts(&touched, "content"), (1, Some(1), 1));
}

#[test]
fn among_equals_the_better_source_wins_and_each_counts_once() {
    let text = "Ann and Bo said it rains.";
    let by = |source| attribution(text, source, "said", &["it rains"]);
    let scores = score(
        &[gold(text, vec![by("Bo")])],
        &[found(vec![by("Ann"), by("Bo")])],
    );
    assert_eq!(counts(&scores, "content+source="), (1, Some(2), 1));
    assert_eq!(
        right_ones(&gold(text, vec![by("Bo")]), &[by("Ann"), by("Bo")]),
        [false, true]
    );
}

#[test]
fn only_what_is_quoted_from_end_to_end_is_quoted() {
    let text = "He said the “old bridge” fell. ``All of it,'' she said. “Open,\nbut closed again.";
    let kinds = |content: &str| {
        let one = attribution(text, "", "", &[content]);
        let scores = score(&[gold(text, vec![one])], &[]);
        (
            counts(&scores, "direct.content").2,
            counts(&scores, "quoted.content").2,
            counts(&scores, "indirect.content").2,
        )
    };
    assert_eq!(kinds("the “old bridge” fell"), (1, 0, 0));
    assert_eq!(kinds("old bridge"), (0, 1, 1));
    assert_eq!(kinds("``All of it,''"), (1, 1, 0));
    // An unclosed mark ends with its paragraph.
    assert_eq!(kinds("“Open,\nbut closed again"), (1, 0, 0));
    assert_eq!(kinds("but closed again"), (0, 0, 1));
}

#[test]
fn nothing_is_nothing_and_strangers_are_counted() {
    let stranger = FoundArticle {
        id: "b".into(),
        attributions: marked().attributions,
    };
    let scores = score(&[marked()], &[stranger]);
    assert_eq!((scores.with_found, scores.unknown), (0, 1));
    assert_eq!(counts(&scores, "content"), (0, Some(0), 3));
    assert!(scores.json().starts_with(
        "{\"docs\": 1, \"docs_with_pred\": 0, \"unknown_pred_ids\": 1, \"content\": {\"p\": 0.0, "
    ));
    let empty = score(&[], &[]);
    assert_eq!(empty.block("tok.cue").and_then(Block::f1), Some(0.0));
}

#[test]
fn a_line_that_cannot_be_used_is_told_with_its_number() {
    let told = |line: &str| {
        let lines = format!("{{\"id\":1,\"text\":\"x\",\"attributions\":[]}}\n\n{line}\n");
        read_gold(&lines).expect_err("it is wrong").to_string()
    };
    for (line, what) in [
        ("{", "line 3: no JSON"),
        ("{\"text\":\"x\"}", "line 3: no \"id\""),
        ("{\"id\":\"a\"}", "line 3: no \"text\""),
        (
            "{\"id\":\"a\",\"text\":\"x\"}",
            "line 3: no \"attributions\"",
        ),
    ] {
        assert_eq!(told(line), what);
    }
    for spans in [
        "[[1]]",
        "[[2,1]]",
        "[[-1,2]]",
        "[[0.5,1]]",
        "7",
        "[[0,1,2]]",
    ] {
        let line = format!("{{\"id\":\"a\",\"attributions\":[{{\"content\":{spans}}}]}}");
        assert!(read_found(&line).is_err(), "{spans}");
    }
    let lenient = "{\"id\":\"a\"}\n{\"id\":\"b\",\"attributions\":[{\"source\":null,\"score\":1}]}";
    let read = read_found(lenient).expect("both are fine");
    assert_eq!(read[1].attributions, [PointAttribution::default()]);
}

/// Texts of words, marks and odd spaces, with spans anywhere, even past the end.
fn anything() -> impl Strategy<Value = (String, Vec<PointAttribution>, Vec<PointAttribution>)> {
    let piece = prop::sample::select(vec![
        "word", "é", "“", "”", "\"", "``", "''", "'", " ", " ", "\n", "\u{1c}", "\u{a0}", "😀", ",",
    ]);
    let text = prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    let span = (0usize..120, 0usize..30).prop_map(|(start, length)| (start, start + length));
    let spans = || prop::collection::vec(span.clone(), 0..3);
    let one = (spans(), spans(), spans()).prop_map(|(source, cue, content)| PointAttribution {
        source,
        cue,
        content,
    });
    let list = || prop::collection::vec(one.clone(), 0..8);
    (text, list(), list())
}

proptest! {
    #[test]
    fn what_is_marked_matches_itself((text, list, _) in anything()) {
        let marked = gold(&text, list.clone());
        let scores = score(std::slice::from_ref(&marked), &[found(list)]);
        for block in &scores.blocks {
            prop_assert_eq!(block.right, block.gold, "{}", block.name);
            if block.gold > 0 {
                prop_assert_eq!(block.recall(), 1.0);
                prop_assert_eq!(block.f1().unwrap_or(1.0), 1.0, "{}", block.name);
            }
        }
    }

    #[test]
    fn counts_stay_within_bounds((text, list, other) in anything()) {
        let marked = gold(&text, list);
        let right = right_ones(&marked, &other);
        let scores = score(&[marked], &[found(other)]);
        for block in &scores.blocks {
            prop_assert!(block.right <= block.gold, "{}", block.name);
            prop_assert!(block.right <= block.found.unwrap_or(usize::MAX), "{}", block.name);
        }
        let content = counts(&scores, "content").0;
        prop_assert_eq!(right.iter().filter(|right| **right).count(), content);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&scores.json()).is_ok());
    }
}
