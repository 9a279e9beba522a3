//! Transcripts of recordings, WebVTT (W3C, 2019) and SubRip: cues become turns of speakers, and every
//! word keeps the time at which it was said.
//!
//! A paragraph is a turn: it begins where another speaks, or after a pause at the end of a sentence.
//! A speaker's name stands before her words, as in a printed transcript.

mod cues;
mod lines;

use std::collections::{HashMap, HashSet};

use self::cues::{Cue, blocks, cue};
use self::lines::{Line, is_name, is_sound, line_of, told_by_name};
use crate::text::Spot;

/// What the text layer of a transcript was made by.
pub(super) const EXTRACTOR: &str = "proofmark transcript 1";

/// A pause, in thousandths of a second, after which a paragraph begins at the end of a sentence.
const PAUSE: u64 = 1_500;
/// Bytes of a paragraph after which it ends with a sentence, pause or no pause.
const LONG: usize = 700;

/// Most lines of captions that roll that are on the screen at once.
const SHOWN: usize = 8;

/// A transcript as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transcript {
    /// Its turns, a paragraph each.
    pub(super) text: String,
    /// Where in the text words begin that were said at a time: byte, seconds; in order.
    pub(super) spots: Vec<(usize, Spot)>,
    /// What was left out.
    pub(super) notice: String,
}

/// The text of a transcript; `None` if there is no cue in it.
pub(super) fn text_layer(text: &str) -> Option<Transcript> {
    let cues: Vec<Cue<'_>> = blocks(text).filter_map(cue).collect();
    let mut turns = Turns {
        names: names(&cues),
        ..Turns::default()
    };
    for cue in &cues {
        turns.take(cue);
    }
    (!cues.is_empty()).then(|| turns.finish(cues.len()))
}

/// Names that stand before a colon at the start of cues and come back: some programs tell so who
/// speaks, with no other sign. One that does not come back is none: “Source: the ministry”.
fn names(cues: &[Cue<'_>]) -> HashSet<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in cues.iter().filter_map(|cue| cue.lines.first()) {
        if let Some((name, _)) = line
            .trim()
            .split_once(": ")
            .filter(|(name, _)| is_name(name))
        {
            *counts.entry(name).or_default() += 1;
        }
    }
    let several = counts.len() > 1;
    let back = counts
        .into_iter()
        .filter(|(_, count)| several && *count > 1);
    back.map(|(name, _)| name.to_owned()).collect()
}

/// The text being put together.
#[derive(Default)]
struct Turns {
    text: String,
    spots: Vec<(usize, Spot)>,
    /// Where the paragraph at hand begins.
    paragraph: usize,
    /// Who speaks, where that was told.
    speaker: Option<String>,
    /// When the last cue ended.
    ended: u64,
    /// The lines of the last cue, which captions that roll repeat.
    last: Vec<String>,
    /// Cues that tell of a sound and of no word.
    sounds: usize,
    /// Who speaks where a cue begins with the name and a colon.
    names: HashSet<String>,
}

impl Turns {
    fn take(&mut self, cue: &Cue<'_>) {
        let told = |line: Line| told_by_name(line, &self.names);
        let lines = cue.lines.iter().flat_map(|line| line_of(line));
        let lines: Vec<Line> = lines.map(told).collect();
        let pause = cue.start.saturating_sub(self.ended);
        self.ended = cue.end.max(cue.start);
        let said: Vec<String> = lines.iter().map(|line| line.words.clone()).collect();
        // Captions that roll show each line until the next but one has come.
        let known = (0..=self.last.len().min(said.len()).min(SHOWN)).rev();
        let again = known
            .into_iter()
            .find(|count| self.last.ends_with(&said[..*count]));
        let again = again.filter(|_| pause < PAUSE).unwrap_or(0);
        let mut is_first = true;
        for line in lines.into_iter().skip(again) {
            if is_sound(&line.words) {
                self.sounds += 1;
                continue;
            }
            let has_paused = is_first && pause >= PAUSE;
            is_first = false;
            self.say(line, cue.start, has_paused);
        }
        self.last = said;
    }

    fn say(&mut self, line: Line, start: u64, has_paused: bool) {
        let is_other = match (&line.speaker, &self.speaker) {
            (Some(now), before) => Some(now) != before.as_ref(),
            (None, _) => false,
        };
        let length = self.text.len() - self.paragraph;
        let is_at_end = ends_sentence(&self.text);
        let begins = line.is_turn || is_other || is_at_end && (has_paused || length > LONG);
        if self.text.is_empty() || begins {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.paragraph = self.text.len();
            if line.is_turn && line.speaker.is_none() {
                self.speaker = None;
            }
            if let Some(name) = line.speaker.or(self.speaker.take()) {
                self.spots
                    .push((self.text.len(), Spot::Second(seconds(start))));
                self.text.push_str(&name);
                self.text.push_str(": ");
                self.speaker = Some(name);
            }
        } else {
            self.text.push(' ');
        }
        self.spots
            .push((self.text.len(), Spot::Second(seconds(start))));
        self.text.push_str(&line.words);
    }

    fn finish(mut self, cues: usize) -> Transcript {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let cues = match cues {
            1 => "1 cue".to_owned(),
            many => format!("{many} cues"),
        };
        let sounds = match self.sounds {
            0 => String::new(),
            1 => "; 1 sound is left out".to_owned(),
            many => format!("; {many} sounds are left out"),
        };
        Transcript {
            notice: format!("the words of {cues} of a transcript{sounds}"),
            text: self.text,
            spots: self.spots,
        }
    }
}

/// Whether a sentence ends where the text does.
fn ends_sentence(text: &str) -> bool {
    let closes = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']');
    text.trim_end_matches(closes)
        .ends_with(['.', '!', '?', '…'])
}

fn seconds(thousandths: u64) -> u32 {
    u32::try_from(thousandths / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
