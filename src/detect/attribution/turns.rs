//! Speaker turns of a transcript: "ORR: The wells ran dry. Nobody came."
//!
//! A debate or interview in writing needs no cue words: a name in capitals, a colon, and the
//! paragraph is that speaker's. What makes a transcript is that speakers come back, so a
//! single "UPDATE:" is no turn.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::link::Link;
use crate::detect::language::lists::Spelt;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

/// Longest label of a speaker, in words and marks.
const LONGEST: usize = 6;
/// Turns that make a transcript.
const LEAST: usize = 3;

/// One paragraph that is a speaker's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Turn {
    /// All of it.
    pub words: Range<usize>,
    /// The name before the colon.
    pub speaker: Range<usize>,
    /// Whether the label names nobody in particular ("QUESTION").
    pub unnamed: bool,
}

impl Turn {
    /// The turn as an attribution: the colon is its cue.
    pub(in crate::detect) fn link(&self) -> Link {
        let colon = self.speaker.end..self.speaker.end + 1;
        let content = colon.end..self.words.end;
        Link {
            source: Some(self.speaker.clone()),
            cue: Some(colon),
            contents: vec![content],
            certainty: 1.0,
            spoken: true,
        }
    }
}

/// The turns of `reading` in order; none unless it is, or holds, a transcript.
pub(in crate::detect) fn turns(reading: &Reading<'_>) -> Vec<Turn> {
    let found: Vec<Turn> = reading
        .paragraphs()
        .into_iter()
        .filter_map(|words| turn(reading, words))
        .collect();
    let mut counts = FxHashMap::<u32, usize>::default();
    for turn in &found {
        *counts
            .entry(reading.words[turn.speaker.end - 1].id)
            .or_default() += 1;
    }
    if let ([first, ..], 1) = (found.as_slice(), counts.len()) {
        return speech(reading, first).into_iter().collect();
    }
    let back = counts.values().any(|count| *count > 1);
    if found.len() < LEAST || counts.len() < 2 || !back {
        return Vec::new();
    }
    found
}

/// A text that begins with the one label it has and goes on in the first person is all that
/// speaker's.
fn speech(reading: &Reading<'_>, turn: &Turn) -> Option<Turn> {
    let first_person = |k: usize| {
        let word = &reading.words[k];
        word.tag == tag!("PRP") && reading.lists.pronouns.spoken.has(word.id)
    };
    let all = turn.speaker.end..reading.words.len();
    let spoken = turn.words.start == 0 && !turn.unnamed && all.clone().any(first_person);
    spoken.then(|| Turn {
        words: turn.words.start..all.end,
        ..turn.clone()
    })
}

/// The turn whose paragraph word `at` is in.
pub(in crate::detect) fn turn_at(turns: &[Turn], at: usize) -> Option<&Turn> {
    let next = turns.partition_point(|t| t.words.end <= at);
    turns.get(next).filter(|t| t.words.contains(&at))
}

fn turn(reading: &Reading<'_>, words: Range<usize>) -> Option<Turn> {
    let mark = |k: usize| matches!(reading.word(k), "\"" | "“" | "”" | "``" | "''");
    let start = words.start + usize::from(mark(words.start));
    let mut end = start;
    while end < words.end.min(start + LONGEST) && reading.word(end) != ":" {
        let part = reading.words[end].shape == Shape::Upper
            || matches!(reading.word(end), "." | "-" | "’" | "'");
        if !part {
            return None;
        }
        end += 1;
    }
    let named = |k: usize| reading.words[k].shape == Shape::Upper;
    if end == words.end || reading.word(end) != ":" || end == start || !named(end - 1) {
        return None;
    }
    let speaker = start..end;
    let any = |list: &Spelt| speaker.clone().any(|k| list.has(reading.word(k)));
    let said = (end + 1..words.end).any(|k| reading.words[k].is_word());
    if any(&reading.lists.turns.nobody) || !said {
        return None;
    }
    let unnamed = any(&reading.lists.turns.unnamed);
    Some(Turn {
        words,
        speaker,
        unnamed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::language::Language;

    fn speakers(text: &str) -> Vec<(String, bool)> {
        let language = Language::compiled_in();
        let reading = Reading::new(text, &language);
        let shown = |t: &Turn| {
            let words = reading.span_of(t.speaker.clone());
            (words.of(text).to_owned(), t.unnamed)
        };
        turns(&reading).iter().map(shown).collect()
    }

    #[test]
    fn paragraphs_of_speakers_who_come_back_are_turns() {
        let text = "The debate.\n\nORR: The wells ran dry.\n\nDR. TATE: They did not.\n\n\
                    (APPLAUSE)\n\n\"ORR: They did.\n\nQUESTION: Which wells?";
        let named = |name: &str| (name.to_owned(), false);
        let unnamed = ("QUESTION".to_owned(), true);
        let wanted = [named("ORR"), named("DR. TATE"), named("ORR"), unnamed];
        assert_eq!(speakers(text), wanted);
    }

    #[test]
    fn what_is_no_transcript_has_no_turns() {
        for text in [
            "UPDATE: The bridge is open.\n\nUPDATE: It is shut.\n\nUPDATE: It is open.",
            "ORR: The wells ran dry.\n\nNobody came to look.",
            "ORR: One.\n\nORR: Two.\n\nORR: Three.",
            "Orr said: Two things.\n\nTate said: One.\n\nOrr said: None.",
            "ORR:\n\nTATE:\n\nORR:",
        ] {
            assert_eq!(speakers(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_in_the_first_person_behind_one_label_is_a_speech() {
        let language = Language::compiled_in();
        let text = "ORR: I saw the wells run dry.\n\nWe dug for a year.";
        let reading = Reading::new(text, &language);
        let found = turns(&reading);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, 0..reading.words.len());
        let reading = Reading::new("WATCH: I saw the wells run dry.", &language);
        assert_eq!(turns(&reading), []);
    }

    #[test]
    fn a_word_is_in_the_turn_of_its_paragraph() {
        let language = Language::compiled_in();
        let text = "It began late.\n\nORR: One thing.\n\nTATE: Another.\n\nORR: A third.";
        let reading = Reading::new(text, &language);
        let turns = turns(&reading);
        assert_eq!(turn_at(&turns, 0), None);
        assert_eq!(turn_at(&turns, turns[1].words.start), Some(&turns[1]));
        assert_eq!(turn_at(&turns, turns[2].words.end), None);
    }
}
