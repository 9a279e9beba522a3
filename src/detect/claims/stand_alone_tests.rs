//! Claims in words that stand alone.

use super::*;
use crate::detect::Detector;
use crate::text::{Article, Media};

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
        "Ann Orr is glad that Ann Orr's bill passed, and Ann Orr has no doubts"
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
