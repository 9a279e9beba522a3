//! The neighbours of every word inside its sentence: cues, verbs and joints to both sides, and
//! the words that matter to it wherever they stand.

use std::ops::Range;

use super::tree::Tree;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// Words that matter to a word wherever they stand.
pub const FAR: usize = 12;

/// Neighbours of every word inside its sentence, worked out once for some whole sentences.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The first of the words.
    pub(super) from: usize,
    /// The first sentence there is a summary of.
    first: u32,
    /// Nearest cue word before and behind each word.
    pub(super) left_cue: Vec<u32>,
    pub(super) right_cue: Vec<u32>,
    /// Nearest verb before and behind each word.
    pub(super) left_verb: Vec<u32>,
    pub(super) right_verb: Vec<u32>,
    /// Nearest comma or conjunction before and behind each word.
    pub(super) left_joint: Vec<u32>,
    pub(super) right_joint: Vec<u32>,
    /// Per sentence, one before and one behind them too: summary of its cues, first word and
    /// quotations.
    summaries: Vec<u32>,
    /// The part of speech of the words around, as one number.
    pub(super) contexts: Vec<[u32; 3]>,
    pub(super) tree: Tree,
}

impl Surroundings {
    /// Looks around every word of `reading`.
    pub fn new(reading: &Reading<'_>) -> Surroundings {
        Surroundings::of(reading, 0..reading.words.len())
    }

    /// Looks around some words of `reading`, which are whole sentences.
    pub fn of(reading: &Reading<'_>, range: Range<usize>) -> Surroundings {
        let all = &reading.words;
        let words = &all[range.clone()];
        let from = range.start;
        let sentence = |word: Option<&Word>| word.map_or(0, |w| w.sentence as usize);
        let first = sentence(words.first()).saturating_sub(1);
        let end = (sentence(words.last()) + 2).min(reading.sentences.len());
        let that = &reading.lists.reports.that;
        let cue = |w: &Word| w.cue >= 2;
        let verb = |w: &Word| w.is_verb() || w.tag == tag!("MD");
        let joint = |w: &Word| {
            w.tag == tag!(",")
                || w.tag == tag!(":")
                || w.tag == tag!("-")
                || w.tag == tag!("CC")
                || that.has(w.id)
                || (tag!("WDT")..=tag!("WRB")).contains(&w.tag)
        };
        let summaries = reading.sentences[first..end]
            .iter()
            .map(|s| summary(&all[s.words.clone()]))
            .collect();
        let at = |k: usize, by: isize| -> u32 {
            k.checked_add_signed(by)
                .and_then(|n| all.get(n))
                .map_or(99, |w| u32::from(w.tag))
        };
        let contexts = range
            .clone()
            .map(|k| {
                [
                    at(k, -1) << 8 | at(k, 0),
                    at(k, 0) << 8 | at(k, 1),
                    at(k, -1) << 8 | at(k, 1),
                ]
            })
            .collect();
        Surroundings {
            from,
            first: first as u32,
            tree: Tree::of(reading, range),
            left_cue: nearest_left(words, from, cue),
            right_cue: nearest_right(words, from, cue),
            left_verb: nearest_left(words, from, verb),
            right_verb: nearest_right(words, from, verb),
            left_joint: nearest_left(words, from, joint),
            right_joint: nearest_right(words, from, joint),
            summaries,
            contexts,
        }
    }

    /// Nearest cue word before and behind a word, in its sentence.
    pub(crate) fn cues_beside(&self, at: usize) -> [u32; 2] {
        let here = at - self.from;
        [self.left_cue[here], self.right_cue[here]]
    }

    /// Words that matter to a word wherever they stand; [`NONE`] for those there are not.
    pub(crate) fn far(&self, reading: &Reading<'_>, at: usize) -> [u32; FAR] {
        let words = &reading.words;
        let (word, here) = (&words[at], at - self.from);
        let (head, cue, verb, over, subject, clause) = self.tree.far(words, at);
        let (before, after) = if word.quotation == NONE {
            (NONE, NONE)
        } else {
            let (quotation, inner) = &reading.quotations[word.quotation as usize];
            let past = inner.end + usize::from(quotation.closed);
            let before = inner.start.saturating_sub(1).checked_sub(1);
            (
                before.map_or(NONE, |k| k as u32),
                if past < words.len() {
                    past as u32
                } else {
                    NONE
                },
            )
        };
        [
            head,
            cue,
            self.left_cue[here],
            self.right_cue[here],
            verb,
            over,
            before,
            after,
            self.left_joint[here],
            self.right_joint[here],
            subject,
            clause,
        ]
    }

    /// A sentence in one number.
    pub(crate) fn summary(&self, sentence: u32) -> u32 {
        self.known_summary(sentence).unwrap_or_default()
    }

    /// The same; `None` for a sentence there is not, or that stands further away.
    pub(super) fn known_summary(&self, sentence: u32) -> Option<u32> {
        let at = sentence.checked_sub(self.first)?;
        self.summaries.get(at as usize).copied()
    }
}

/// For each word the index of the nearest one before it, in its sentence, that `is` it; `from` is
/// the index of the first.
fn nearest_left(words: &[Word], from: usize, is: impl Fn(&Word) -> bool) -> Vec<u32> {
    let mut last = NONE;
    let mut sentence = NONE;
    words
        .iter()
        .enumerate()
        .map(|(k, word)| {
            if word.sentence != sentence {
                sentence = word.sentence;
                last = NONE;
            }
            let found = last;
            if is(word) {
                last = (from + k) as u32;
            }
            found
        })
        .collect()
}

/// As [`nearest_left`], behind it.
fn nearest_right(words: &[Word], from: usize, is: impl Fn(&Word) -> bool) -> Vec<u32> {
    let mut found = vec![NONE; words.len()];
    let mut last = NONE;
    let mut sentence = NONE;
    for (k, word) in words.iter().enumerate().rev() {
        if word.sentence != sentence {
            sentence = word.sentence;
            last = NONE;
        }
        found[k] = last;
        if is(word) {
            last = (from + k) as u32;
        }
    }
    found
}

/// A sentence in one number: how many cues, whether it holds and starts with a quotation.
fn summary(words: &[Word]) -> u32 {
    let cues = words.iter().filter(|w| w.cue >= 3).count().min(3) as u32;
    let quoted = words.iter().any(|w| w.quotation != NONE);
    let starts = words.first().is_some_and(|w| w.quotation != NONE);
    let ends = words.iter().rev().take(2).any(|w| w.quotation != NONE);
    cues << 3 | u32::from(quoted) << 2 | u32::from(starts) << 1 | u32::from(ends)
}

/// Hash of a word; 1 past the ends of the text.
pub(super) fn id_of(words: &[Word], at: usize) -> u32 {
    words.get(at).map_or(1, |w| w.id)
}
