//! Speaker turns of a transcript: "ORR: The wells ran dry. Nobody came."
//!
//! A debate or interview in writing needs no cue words: a name, a colon, and what follows is that
//! speaker's until the next one speaks. What makes a transcript is that speakers come back, so a
//! single "UPDATE:" is no turn. Names in small letters are labels only where labels are what the
//! text is made of: "Schools: …" in a report is none.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::link::Link;
use crate::detect::language::lists::Spelt;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

/// Longest name of a speaker, in words and marks.
const LONGEST: usize = 6;
/// Longest addition between a name and its colon: "(D-CA)", ", CNN ANCHOR".
const LONGEST_ADDITION: usize = 10;
/// Turns that make a transcript.
const LEAST: usize = 3;

/// What one speaker says until another speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::detect) struct Turn {
    /// All of it.
    pub words: Range<usize>,
    /// The name before the colon.
    pub speaker: Range<usize>,
    /// The colon.
    pub colon: usize,
    /// Whether the label names nobody in particular ("QUESTION").
    pub unnamed: bool,
    /// Whether the label is but a letter for who asks or answers ("A:"), which is no name at all.
    pub is_letter: bool,
}

impl Turn {
    /// The turn as an attribution: the colon is its cue.
    pub(in crate::detect) fn link(&self) -> Link {
        let colon = self.colon..self.colon + 1;
        let content = colon.end..self.words.end;
        Link {
            source: (!self.is_letter).then(|| self.speaker.clone()),
            cue: Some(colon),
            contents: vec![content],
            certainty: 1.0,
            spoken: true,
        }
    }

    /// The label with its colon, and dashes behind it: words of nobody.
    pub(in crate::detect) fn label(&self, reading: &Reading<'_>) -> Range<usize> {
        let is_dash = |k: &usize| matches!(reading.word(*k), "-" | "--" | "–" | "—");
        let behind = self.colon + 1..self.words.end;
        let dashes = behind.take_while(is_dash).count();
        self.words.start..self.colon + 1 + dashes
    }
}

/// A turn and the number of its paragraph.
type Found = (usize, Turn);

/// The turns of `reading` in order; none unless it is, or holds, a transcript.
pub(in crate::detect) fn turns(reading: &Reading<'_>) -> Vec<Turn> {
    let paragraphs = reading.paragraphs();
    let all = paragraphs.iter().enumerate();
    let found: Vec<Found> = all
        .filter_map(|(at, words)| Some((at, turn(reading, words.clone())?)))
        .collect();
    let named = names(reading, &found);
    if is_dense(&named) && come_back(reading, &named) {
        return going_on(reading, &paragraphs, named);
    }
    let is_upper = |turn: &Turn| {
        let mut name = turn.speaker.clone();
        let is_upper = name.all(|k| !reading.words[k].is_word() || is_in_capitals(reading, k));
        is_upper && !turn.is_letter
    };
    let in_capitals = found.into_iter().filter(|(_, turn)| is_upper(turn));
    let in_capitals: Vec<Found> = in_capitals.collect();
    if let ([(_, first), ..], 1) = (in_capitals.as_slice(), counts(reading, &in_capitals).len()) {
        return speech(reading, first).into_iter().collect();
    }
    match (come_back(reading, &in_capitals), is_dense(&in_capitals)) {
        (true, true) => going_on(reading, &paragraphs, in_capitals),
        (true, false) => in_capitals.into_iter().map(|(_, turn)| turn).collect(),
        (false, _) => Vec::new(),
    }
}

fn is_in_capitals(reading: &Reading<'_>, k: usize) -> bool {
    reading.words[k].shape == Shape::Upper
}

/// How often each name speaks, by its last word.
fn counts(reading: &Reading<'_>, found: &[Found]) -> FxHashMap<u32, usize> {
    let mut counts = FxHashMap::<u32, usize>::default();
    for (_, turn) in found {
        let last = reading.words[turn.speaker.end - 1].id;
        *counts.entry(last).or_default() += 1;
    }
    counts
}

/// Whether there are enough turns of several speakers, of whom one speaks again.
fn come_back(reading: &Reading<'_>, found: &[Found]) -> bool {
    let counts = counts(reading, found);
    let back = counts.values().any(|count| *count > 1);
    found.len() >= LEAST && counts.len() >= 2 && back
}

/// Whether a third of the paragraphs from the first label to the last begin with one.
fn is_dense(found: &[Found]) -> bool {
    match (found.first(), found.last()) {
        (Some((first, _)), Some((last, _))) => found.len() * 3 > last - first,
        _ => false,
    }
}

/// Labels that are names of speakers: of several words, in capitals, or of one who comes back.
fn names(reading: &Reading<'_>, found: &[Found]) -> Vec<Found> {
    let counts = counts(reading, found);
    let is_name = |turn: &Turn| {
        let last = turn.speaker.end - 1;
        let comes_back = counts[&reading.words[last].id] > 1;
        turn.speaker.len() > 1 || is_in_capitals(reading, last) || comes_back
    };
    let named = found.iter().filter(|(_, turn)| is_name(turn));
    named.cloned().collect()
}

/// Turns that go on over the paragraphs behind them, until the next one or another scene. The last
/// one goes on as long as somebody speaks of himself or to others.
fn going_on(reading: &Reading<'_>, paragraphs: &[Range<usize>], found: Vec<Found>) -> Vec<Turn> {
    let starts: Vec<usize> = found.iter().map(|(at, _)| *at).skip(1).collect();
    let nexts = starts.into_iter().map(Some).chain([None]);
    let mut turns = Vec::with_capacity(found.len());
    for ((at, mut turn), next) in found.into_iter().zip(nexts) {
        for words in &paragraphs[at + 1..next.unwrap_or(paragraphs.len())] {
            let goes_on = next.is_some() || is_spoken(reading, words.clone());
            if !goes_on || is_scene(reading, words.clone()) {
                break;
            }
            turn.words.end = words.end;
        }
        turns.push(turn);
    }
    turns
}

/// Whether a paragraph in brackets tells of another scene: "(BEGIN VIDEO CLIP)".
fn is_scene(reading: &Reading<'_>, mut words: Range<usize>) -> bool {
    let opens = !words.is_empty() && matches!(reading.word(words.start), "(" | "[");
    opens && words.any(|k| reading.lists.turns.scene.has(reading.word(k)))
}

/// Whether somebody speaks of himself or to others.
fn is_spoken(reading: &Reading<'_>, mut words: Range<usize>) -> bool {
    words.any(|k| {
        let word = &reading.words[k];
        word.tag == tag!("PRP") && reading.lists.pronouns.spoken.has(word.id)
    })
}

/// A text that begins with the one label it has and goes on in the first person is all that
/// speaker's.
fn speech(reading: &Reading<'_>, turn: &Turn) -> Option<Turn> {
    let all = turn.colon..reading.words.len();
    let spoken = turn.words.start == 0 && !turn.unnamed && is_spoken(reading, all.clone());
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
    let is_mark = |k: &usize| {
        matches!(reading.word(*k), "\"" | "“" | "”" | "``" | "''") || is_emphasis(reading, *k)
    };
    let start = words.start + words.clone().take_while(is_mark).count();
    let is_named = |k: usize| match reading.words[k].shape {
        Shape::Upper | Shape::Capital | Shape::Mixed => true,
        Shape::Number => k > start,
        _ => false,
    };
    let is_part = |k: &usize| is_named(*k) || matches!(reading.word(*k), "." | "-" | "’" | "'");
    let name = start..words.end.min(start + LONGEST);
    let speaker = start..start + name.take_while(is_part).count();
    if speaker.is_empty() || !is_named(speaker.end - 1) {
        return None;
    }
    let colon = colon(reading, speaker.end..words.end)?;
    let any = |list: &Spelt| {
        let upper = |k: usize| reading.word(k).to_uppercase();
        speaker.clone().any(|k| list.has(&upper(k)))
    };
    let said = (colon + 1..words.end).any(|k| reading.words[k].is_word());
    if any(&reading.lists.turns.nobody) || !said {
        return None;
    }
    let is_letter = speaker.len() == 1 && any(&reading.lists.turns.letters);
    Some(Turn {
        unnamed: is_letter || any(&reading.lists.turns.unnamed),
        words,
        colon,
        is_letter,
        speaker,
    })
}

/// Whether a token is a mark of emphasis in Markdown.
fn is_emphasis(reading: &Reading<'_>, k: usize) -> bool {
    reading
        .word(k)
        .bytes()
        .all(|byte| matches!(byte, b'*' | b'_'))
}

/// The colon behind a name, right there or behind what is told of the speaker: a party in brackets,
/// an office behind a comma.
fn colon(reading: &Reading<'_>, words: Range<usize>) -> Option<usize> {
    let mut at = words.start;
    if at == words.end {
        return None;
    }
    let most = words.end.min(at + LONGEST_ADDITION);
    let closing = match reading.word(at) {
        "(" => Some(")"),
        "[" => Some("]"),
        _ => None,
    };
    if let Some(closing) = closing {
        at = (at..most).find(|k| reading.word(*k) == closing)? + 1;
    } else if reading.word(at) == "," {
        let is_told =
            |k: &usize| is_in_capitals(reading, *k) || matches!(reading.word(*k), "," | "." | "-");
        at += (at..most).take_while(is_told).count();
    }
    at += (at..words.end)
        .take_while(|k| is_emphasis(reading, *k))
        .count();
    (at < words.end && reading.word(at) == ":").then_some(at)
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
            "Schools: The roof leaks.\n\nRoads: The bridge is shut.\n\nSchools in the north: Cold.",
            "Claim: The sea rose.\n\nFact: It fell.\n\nClaim: It fell.\n\nFact: It rose.",
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
    fn names_in_small_letters_and_with_additions_are_speakers() {
        let named = |name: &str| (name.to_owned(), false);
        let text =
            "Clara Orr: The wells ran dry.\n\nBen Tate: They did not.\n\nClara Orr: They did.";
        let three = [named("Clara Orr"), named("Ben Tate"), named("Clara Orr")];
        assert_eq!(speakers(text), three);
        let text =
            "SEN. HOLM (D-CA): It fell.\n\nJANE ORR, CNN ANCHOR: Did it?\n\nSEN. HOLM: It did.";
        let three = [named("SEN. HOLM"), named("JANE ORR"), named("SEN. HOLM")];
        assert_eq!(speakers(text), three);
        let text = "**Ana Novak:** It fell.\n\n**Speaker 2:** Did it?\n\n**Ana Novak:** It did.";
        let said: Vec<String> = speakers(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(said, ["Ana Novak", "Speaker 2", "Ana Novak"]);
        // A few labels in a long report are no transcript.
        let report = "The council met again on Friday.\n\n".repeat(9);
        let text =
            format!("Clara Orr: One.\n\n{report}Ben Tate: Two.\n\n{report}Clara Orr: Three.");
        assert_eq!(speakers(&text), []);
    }

    #[test]
    fn a_turn_goes_on_until_another_speaks() {
        let language = Language::compiled_in();
        let text = "ORR: The wells ran dry.\n\nNobody came to look.\n\nTATE: They did not.\n\n(BEGIN \
                    VIDEO CLIP)\n\nA voice in the clip.\n\nORR: They did.\n\nWe dug for a year.\n\nThe \
                    debate ended at nine.";
        let reading = Reading::new(text, &language);
        let words = |turn: &Turn| reading.span_of(turn.colon + 1..turn.words.end).of(text);
        let turns = turns(&reading);
        let found: Vec<&str> = turns.iter().map(words).collect();
        assert_eq!(
            found,
            [
                "The wells ran dry.\n\nNobody came to look.",
                "They did not.",
                "They did.\n\nWe dug for a year.",
            ]
        );
    }

    #[test]
    fn letters_for_who_asks_and_answers_are_nobodys_names() {
        let language = Language::compiled_in();
        let text = "Interview: The dam\n\nWe met on Friday.\n\nQ: Did it fall?\n\nA: It fell by half.\n\nQ: \
                    When?\n\nA: In May.";
        let reading = Reading::new(text, &language);
        let found = turns(&reading);
        assert_eq!(found.len(), 4);
        let is_nobodys = |turn: &Turn| turn.is_letter && turn.link().source.is_none();
        assert!(found.iter().all(is_nobodys));
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
