//! What may be a card, and whose words it may be in.

use super::kinds::kinds;
use super::stand_alone::Mentions;
use super::*;
use crate::detect::Detector;
use crate::detect::finding::{Kind, StandAlone, Voice};
use crate::text::{About, Article, Fact, Media, Span};

/// The words of every proposition of a text, in order.
fn found(text: &str) -> Vec<String> {
    let article = Article::new("a.txt", text, Media::Plain);
    Detector::without_cards().study(&article, |ground, _| {
        let all = (0..ground.sentences()).flat_map(|k| propositions(ground, k));
        all.map(|p| {
            let spans = p.spans(ground);
            let words: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
            words.join(" … ")
        })
        .collect()
    })
}

#[test]
fn a_sentence_is_looked_at_whole_and_clause_by_clause() {
    let all = found("The plant will close in May and 500 jobs will go to Poland.");
    for words in [
        "The plant will close in May and 500 jobs will go to Poland",
        "The plant will close in May",
        "500 jobs will go to Poland",
    ] {
        assert!(all.iter().any(|found| found == words), "{words}: {all:#?}");
    }
}

#[test]
fn what_somebody_says_is_looked_at_without_who_says_it() {
    let all = found("The wells ran dry in June, Ann Orr said. “We saw it coming,” she said.");
    let has = |words: &str| all.iter().any(|found| found == words);
    assert!(has("The wells ran dry in June"), "{all:#?}");
    // No card begins or ends between a source and its cue.
    assert!(
        !all.iter()
            .any(|found| found.ends_with("Orr") || found.starts_with("said"))
    );
}

#[test]
fn no_card_parts_a_verb_from_its_subject_or_from_its_negation() {
    for text in [
        "Critics of the deal have said the council did not pay the bill in March.",
        "However, the mayor never signed the contract, and the town does not owe anything.",
        "The board, which met on Monday, did not close the pool because nobody had asked.",
    ] {
        for found in found(text) {
            let has = |word: &str| found.split([' ', ',']).any(|w| w == word);
            for (verb, with) in [
                ("pay", "not"),
                ("signed", "never"),
                ("owe", "not"),
                ("close", "not"),
            ] {
                assert!(!has(verb) || has(with), "{found:?} of {text:?}");
            }
            for (verb, subject) in [("did", "council"), ("signed", "mayor"), ("does", "town")] {
                if text.contains(subject) {
                    assert!(!has(verb) || has(subject), "{found:?} of {text:?}");
                }
            }
        }
    }
}

#[test]
fn no_card_says_what_is_only_a_condition() {
    for text in [
        "If the plan fails, the town will close the pool in May.",
        "The town will close the pool unless the plan fails by then.",
        "The board asked whether the plan fails in a wet year.",
    ] {
        let all = found(text);
        assert!(!all.is_empty(), "{text:?}");
        for found in all {
            let conditional = ["If", "unless", "whether"]
                .iter()
                .any(|w| found.contains(w));
            assert!(
                !found.contains("plan fails") || conditional,
                "{found:?} of {text:?}"
            );
        }
    }
}

#[test]
fn every_row_of_numbers_is_as_long_as_any_other() {
    let text = "“Fares rose 9 percent”, Ann Orr said, “and they will rise again.” Why? Sold! \
                According to the board, which met on Monday, nothing else has changed.\n\nNo stop";
    let article = Article::new("a.txt", text, Media::Plain);
    Detector::without_cards().study(&article, |ground, _| {
        let nearby = Nearby::new(ground);
        let mut lengths = std::collections::BTreeSet::new();
        for k in 0..ground.sentences() {
            for p in propositions(ground, k) {
                let base = features(ground, &p);
                let options = nearby.options(ground, &p);
                let own = own_features(ground, &p, &base, &[0.1, 0.2, 0.7], options.len());
                for (rank, attribution) in options.iter().enumerate() {
                    let pair = pair_features(ground, &p, *attribution, rank, &base);
                    lengths.insert(("pair", pair.len()));
                }
                lengths.insert(("base", base.len()));
                lengths.insert(("own", own.len()));
            }
        }
        assert_eq!(lengths.len(), 3, "{lengths:?}");
    });
}

#[test]
fn sources_far_away_are_no_options_and_each_is_one() {
    let far = "Nothing happened in the town that week. ".repeat(40);
    let text = format!(
        "Fares rose, Ann Orr said. {far}Bea Lund said that boats sank. She said that two were saved, and fares fell."
    );
    let article = Article::new("a.txt", &text, Media::Plain);
    Detector::without_cards().study(&article, |ground, studied| {
        let nearby = Nearby::new(ground);
        let last = ground.sentences() - 1;
        let p = propositions(ground, last).pop().expect("there is one");
        let options = nearby.options(ground, &p);
        let names: Vec<&str> = options
            .iter()
            .filter_map(|k| studied.attributions[*k].source.as_ref())
            .map(|mark| mark.hull().of(&text))
            .collect();
        assert!(
            names.contains(&"Bea Lund") && names.contains(&"She"),
            "{names:?}"
        );
        assert!(!names.contains(&"Ann Orr"), "{names:?}");
    });
}

/// Everything of `words` in `text`, as `voice` of whom the first attribution that holds it has.
fn told(text: &str, words: &str, voice: Voice) -> Option<StandAlone> {
    let article = Article::new("a.txt", text, Media::Plain);
    let start = text.find(words).expect("the words are in the text");
    let span = Span::new(start, start + words.len());
    Detector::without_cards().study(&article, |ground, studied| {
        let mentions = Mentions::new(ground.reading, studied.sources);
        let attribution = studied
            .attributions
            .iter()
            .find(|a| a.content.hull().overlaps(span));
        let pieces = [ground.reading.words_in(span)];
        let found = mentions.stand_alone(ground.reading, &pieces, attribution, voice)?;
        for (at, from) in &found.inserted {
            assert!(found.text.get(at.clone()).is_some(), "{found:?}");
            if let Some(from) = from {
                assert!(text.get(from.start..from.end).is_some(), "{found:?}");
            }
        }
        Some(found)
    })
}

fn text(article: &str, words: &str, voice: Voice) -> Option<String> {
    told(article, words, voice).map(|words| words.text)
}

const SPEECH: &str =
    "“I am glad that my bill passed, and I have no doubts,” said Ann Orr, a former pilot.";

#[test]
fn a_speaker_is_named_and_verbs_agree() {
    let words = "I am glad that my bill passed, and I have no doubts";
    let found = told(SPEECH, words, Voice::Direct).expect("it differs");
    assert_eq!(
        found.text,
        "Ann Orr is glad that her bill passed, and she has no doubts"
    );
    let at = SPEECH.find("Ann Orr").expect("she is named");
    assert_eq!(found.inserted[0], (0..7, Some(Span::new(at, at + 7))));
}

#[test]
fn plain_verbs_agree_and_what_is_not_plain_is_left() {
    for (words, wanted) in [
        ("I know the mine", Some("Ann Orr knows the mine")),
        ("I never saw the mine", Some("Ann Orr never saw the mine")),
        ("I will close the mine", Some("Ann Orr will close the mine")),
        ("I'm sure of the mine", Some("Ann Orr is sure of the mine")),
        ("I carry the mine", Some("Ann Orr carries the mine")),
        ("I put the mine there", None),
        ("I'd close the mine", None),
        ("The mine gave me work", Some("The mine gave Ann Orr work")),
    ] {
        let article = format!("“{words},” said Ann Orr, a former pilot.");
        let found = text(&article, words, Voice::Direct);
        assert_eq!(found.as_deref(), wanted, "{words}");
    }
}

#[test]
fn who_speaks_without_a_name_is_not_told() {
    let article = "“I closed the mine,” an official said.";
    assert_eq!(text(article, "I closed the mine", Voice::Direct), None);
    let article = "“We closed the mine,” said Ann Orr.";
    assert_eq!(
        text(article, "We closed the mine", Voice::Direct).as_deref(),
        Some("[who?] closed the mine")
    );
}

#[test]
fn a_pronoun_is_told_where_one_alone_agrees() {
    let one = "Ann Orr said that she would close the mine in May.";
    assert_eq!(
        text(one, "she would close the mine in May", Voice::Indirect).as_deref(),
        Some("Ann Orr would close the mine in May")
    );
    let two = "“Boats sank,” said Ann Orr. “They did not,” said Bea Lund. She closed the mine.";
    assert_eq!(
        text(two, "She closed the mine", Voice::Own).as_deref(),
        Some("[who?] closed the mine")
    );
    let other = "“Boats sank,” said Ann Orr of her rival Bea Lund. She closed the mine.";
    assert_eq!(
        text(other, "She closed the mine", Voice::Own).as_deref(),
        Some("[who?] closed the mine")
    );
    // A first name tells whom "she" does not mean.
    let man = "“Boats sank,” said Ann Orr. “They did not,” said Bob Lund. She closed the mine.";
    assert_eq!(
        text(man, "She closed the mine", Voice::Own).as_deref(),
        Some("Ann Orr closed the mine")
    );
    let met = "“Boats sank,” said Ann Orr, who met Bob Lund. She closed the mine.";
    assert_eq!(
        text(met, "She closed the mine", Voice::Own).as_deref(),
        Some("Ann Orr closed the mine")
    );
    let inside = "Ann Orr spoke. Bea Lund said she would close the mine.";
    assert_eq!(
        text(inside, "Bea Lund said she would close the mine", Voice::Own),
        None
    );
}

#[test]
fn a_surname_becomes_the_full_name_with_its_role() {
    let article = "“Boats sank,” said Ann Orr, a former pilot. Later, Orr closed the mine.";
    assert_eq!(
        text(article, "Orr closed the mine", Voice::Own).as_deref(),
        Some("Ann Orr, a former pilot, closed the mine")
    );
    let article = "“Boats sank,” Governor Lorna Tate said. The mine of Tate's brother closed.";
    assert_eq!(
        text(article, "The mine of Tate's brother closed", Voice::Own).as_deref(),
        Some("The mine of Governor Lorna Tate's brother closed")
    );
    let two = "“Boats sank,” said Ann Orr. Bob Orr left. Orr closed the mine.";
    assert_eq!(text(two, "Orr closed the mine", Voice::Own), None);
}

#[test]
fn a_surname_behind_a_first_name_or_a_courtesy_title_is_told_once() {
    let article = "“Boats sank,” said Ann-Lise Orr. Ann-Lise Orr closed the mine. Mr. Tate left. \
                   “No,” said Bo Tate. Then Mr. Tate closed the mine.";
    assert_eq!(
        text(article, "Ann-Lise Orr closed the mine", Voice::Own),
        None
    );
    assert_eq!(
        text(article, "Mr. Tate closed the mine", Voice::Own).as_deref(),
        Some("Bo Tate closed the mine")
    );
}

#[test]
fn what_led_a_claim_in_is_left_off_and_a_long_role_too() {
    let article = "“Boats sank,” said Ann Orr, a former pilot of the northern line who left in \
                   May, and the board heard that Orr closed the mine.";
    assert_eq!(
        text(article, "that Orr closed the mine", Voice::Indirect).as_deref(),
        Some("Ann Orr closed the mine")
    );
}

#[test]
fn what_no_name_can_be_put_into_is_left() {
    for words in [
        "Me and the mine",
        "I mean the mine",
        "The mine gave me I closed it",
    ] {
        let article = format!("“{words},” said Ann Orr, a former pilot.");
        assert_eq!(text(&article, words, Voice::Direct), None, "{words}");
    }
    let article = "“Ask Bo Tate,” said Ann Orr. In his youth, Tate closed the mine.";
    assert_eq!(
        text(article, "In his youth, Tate closed the mine", Voice::Own),
        None
    );
}

#[test]
fn several_are_told_where_one_group_alone_agrees() {
    let article = "“It sank,” the residents said. In June they closed the mine.";
    assert_eq!(
        text(article, "they closed the mine", Voice::Own).as_deref(),
        Some("Residents closed the mine")
    );
}

/// The same of an article that appeared on Thursday, the 14th of June 2018.
fn dated(text: &str, words: &str) -> Option<String> {
    let mut about = About::default();
    about.learn(Fact::Published, "2018-06-14");
    let article = Article::new("a.txt", text, Media::Plain).with_about(about);
    let start = text.find(words).expect("the words are in the text");
    let span = Span::new(start, start + words.len());
    Detector::without_cards().study(&article, |ground, studied| {
        let mentions = Mentions::new(ground.reading, studied.sources);
        let pieces = [ground.reading.words_in(span)];
        let found = mentions.stand_alone(ground.reading, &pieces, None, Voice::Own)?;
        Some(found.text)
    })
}

#[test]
fn days_months_and_years_are_told_from_the_day_of_the_article() {
    for (words, wanted) in [
        (
            "The mine closed on Tuesday",
            Some("The mine closed on Tuesday (2018-06-12)"),
        ),
        (
            "The mine closed on Friday",
            Some("The mine closed on Friday (2018-06-08)"),
        ),
        (
            "The mine will close on Friday",
            Some("The mine will close on Friday (2018-06-15)"),
        ),
        (
            "The mine closed yesterday",
            Some("The mine closed yesterday (2018-06-13)"),
        ),
        (
            "The mine closed last month",
            Some("The mine closed last month (2018-05)"),
        ),
        (
            "The mine closed last year",
            Some("The mine closed last year (2017)"),
        ),
        ("The mine closed last Friday", None),
        ("The mine closed on Friday, 1 June", None),
        ("The mine closes every Friday", None),
        ("The mine closed in the year", None),
    ] {
        assert_eq!(
            dated(&format!("{words}."), words).as_deref(),
            wanted,
            "{words}"
        );
    }
    let quoted = "“The mine closed yesterday,” the mayor said.";
    assert_eq!(dated(quoted, "The mine closed yesterday"), None);
}

/// The kinds that a word of the text tells.
fn kinds_of(text: &str) -> Vec<Kind> {
    let article = Article::new("a.txt", text, Media::Plain);
    Detector::without_cards().study(&article, |ground, _| {
        let all = 0..ground.reading.words.len();
        let found = kinds(ground.reading, &[all], Voice::Own).into_iter();
        let told = found.filter(|(_, word)| !word.is_empty());
        told.map(|(kind, _)| kind).collect()
    })
}

#[test]
fn times_days_names_and_telephones_are_no_amounts() {
    for text in [
        "The train left at 2:50 PM.",
        "The train left at 2.50 PM.",
        "The train left at 2 pm.",
        "The train left on March 12.",
        "The train left on 12 March.",
        "The town mourned after 9/11.",
        "Leaders of the G20 met.",
        "The sign in No 10 hung.",
        "Readers called 555-123-4567 in vain.",
    ] {
        assert!(!kinds_of(text).contains(&Kind::Quantity), "{text}");
    }
    for text in [
        "In May 20 people left.",
        "The train carried 250 people.",
        "The town lost 3 trains on March 12.",
        "The fare rose by 2.50 euros.",
        "Between 10-15 trains left.",
    ] {
        assert!(kinds_of(text).contains(&Kind::Quantity), "{text}");
    }
}

#[test]
fn words_of_several_senses_tell_no_kind() {
    for (text, kind) in [
        ("The town may have slept.", Kind::Prediction),
        ("The last sentence was long.", Kind::Law),
        ("The town wants a boat.", Kind::Position),
        ("The band played its first record.", Kind::Comparison),
    ] {
        assert!(!kinds_of(text).contains(&kind), "{text}");
    }
    assert!(kinds_of("The mine will close.").contains(&Kind::Prediction));
}

#[test]
fn a_kind_is_told_by_what_a_word_means_where_it_stands() {
    use Kind::{Causation, Comparison, Event, Law, Position, Prediction};
    for (text, kind) in [
        ("Biden grew up in the town.", Comparison),
        ("The war took 10 more years.", Comparison),
        ("More than 1,000 people live here.", Comparison),
        ("The rules need at least 14 days.", Comparison),
        ("He gave a talk rather than a speech.", Comparison),
        ("A talk was given earlier.", Comparison),
        ("The mayor ruled out a bid.", Law),
        ("The men led by the mayor left.", Causation),
        ("The budget is on the backs of children.", Position),
        ("He is a man motivated by money.", Event),
        ("They avoid crowded places.", Event),
        ("The cat is related to the lion.", Event),
        ("The cat does not meet the lion.", Event),
        ("The town is going to the dogs.", Prediction),
    ] {
        let found = kinds_of(text);
        assert!(!found.contains(&kind), "{text} {found:?}");
    }
    for (text, kind) in [
        ("Wages grew.", Comparison),
        ("Storms are more violent.", Comparison),
        ("Wages are more than prices.", Comparison),
        ("The court ruled.", Law),
        ("It led to a fire.", Causation),
        ("She backs the plan.", Position),
        ("The plan has failed in the north.", Event),
        ("The plan was never shown to them.", Event),
        ("The tapes did not meet their price.", Event),
        ("The town is going to close the mine.", Prediction),
    ] {
        let found = kinds_of(text);
        assert!(found.contains(&kind), "{text} {found:?}");
    }
}
