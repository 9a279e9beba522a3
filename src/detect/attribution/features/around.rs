//! The neighbours of every word inside its sentence: cues, verbs and joints to both sides, and
//! the words that matter to it wherever they stand.

use super::tree::Tree;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// Words that matter to a word wherever they stand.
pub const FAR: usize = 12;

/// Neighbours of every word inside its sentence, worked out once for an article.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Nearest cue word before and behind each word.
    pub(super) left_cue: Vec<u32>,
    pub(super) right_cue: Vec<u32>,
    /// Nearest verb before and behind each word.
    pub(super) left_verb: Vec<u32>,
    pub(super) right_verb: Vec<u32>,
    /// Nearest comma or conjunction before and behind each word.
    pub(super) left_joint: Vec<u32>,
    pub(super) right_joint: Vec<u32>,
    /// Per sentence: summary of its cues, first word and quotations.
    pub(super) summaries: Vec<u32>,
    /// The part of speech of the words around, as one number.
    pub(super) contexts: Vec<[u32; 3]>,
    pub(super) tree: Tree,
}

impl Surroundings {
    /// Looks around every word of `reading`.
    pub fn new(reading: &Reading<'_>) -> Surroundings {
        let words = &reading.words;
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
        let summaries = reading
            .sentences
            .iter()
            .map(|s| summary(&words[s.words.clone()]))
            .collect();
        let at = |k: usize, by: isize| -> u32 {
            k.checked_add_signed(by)
                .and_then(|n| words.get(n))
                .map_or(99, |w| u32::from(w.tag))
        };
        let contexts = (0..words.len())
            .map(|k| {
                [
                    at(k, -1) << 8 | at(k, 0),
                    at(k, 0) << 8 | at(k, 1),
                    at(k, -1) << 8 | at(k, 1),
                ]
            })
            .collect();
        Surroundings {
            tree: Tree::new(reading),
            left_cue: nearest_left(words, cue),
            right_cue: nearest_right(words, cue),
            left_verb: nearest_left(words, verb),
            right_verb: nearest_right(words, verb),
            left_joint: nearest_left(words, joint),
            right_joint: nearest_right(words, joint),
            summaries,
            contexts,
        }
    }

    /// Nearest cue word before and behind a word, in its sentence.
    pub(crate) fn cues_beside(&self, at: usize) -> [u32; 2] {
        [self.left_cue[at], self.right_cue[at]]
    }

    /// Words that matter to a word wherever they stand; [`NONE`] for those there are not.
    pub(crate) fn far(&self, reading: &Reading<'_>, at: usize) -> [u32; FAR] {
        let words = &reading.words;
        let word = &words[at];
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
            self.left_cue[at],
            self.right_cue[at],
            verb,
            over,
            before,
            after,
            self.left_joint[at],
            self.right_joint[at],
            subject,
            clause,
        ]
    }

    /// A sentence in one number.
    pub(crate) fn summary(&self, sentence: u32) -> u32 {
        self.summaries[sentence as usize]
    }
}

/// For each word the index of the nearest one before it, in its sentence, that `is` it.
fn nearest_left(words: &[Word], is: impl Fn(&Word) -> bool) -> Vec<u32> {
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
                last = k as u32;
            }
            found
        })
        .collect()
}

/// As [`nearest_left`], behind it.
fn nearest_right(words: &[Word], is: impl Fn(&Word) -> bool) -> Vec<u32> {
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
            last = k as u32;
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
