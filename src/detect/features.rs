//! What the tagger sees of a word: its surroundings turned into numbers.
//!
//! The same code serves training and detection, so the two can never disagree. A feature is
//! the hash of a template and the values in it; nothing here knows weights.

use super::lexicon::{TAGS, tag, word_hash};
use super::reading::{NONE, Reading, Shape, Word};
use super::tree::Tree;

/// Words that matter to a word wherever they stand.
pub const FAR: usize = 12;

/// Turns a template number and two values into a feature.
pub fn mix(template: u32, a: u32, b: u32) -> u32 {
    let mut h = template.wrapping_mul(0x9E37_79B1) ^ a.wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 15)).wrapping_mul(0xC2B2_AE35) ^ b.wrapping_mul(0x27D4_EB2F);
    h = (h ^ (h >> 13)).wrapping_mul(0x1656_67B1);
    h ^ (h >> 16)
}

/// Distances told apart: each of 0 to 4, then coarser.
pub(super) fn bucket(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        _ => 9,
    }
}

/// Neighbours of every word inside its sentence, worked out once for an article.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Nearest cue word before and behind each word.
    left_cue: Vec<u32>,
    right_cue: Vec<u32>,
    /// Nearest verb before and behind each word.
    left_verb: Vec<u32>,
    right_verb: Vec<u32>,
    /// Nearest comma or conjunction before and behind each word.
    left_joint: Vec<u32>,
    right_joint: Vec<u32>,
    /// Per sentence: summary of its cues, first word and quotations.
    summaries: Vec<u32>,
    /// The part of speech of the words around, as one number.
    contexts: Vec<[u32; 3]>,
    tree: Tree,
}

impl Surroundings {
    /// Looks around every word of `reading`.
    pub fn new(reading: &Reading<'_>) -> Surroundings {
        let words = &reading.words;
        let that = word_hash(b"that");
        let cue = |w: &Word| w.cue >= 2;
        let verb = |w: &Word| w.is_verb() || w.tag == tag!("MD");
        let joint = |w: &Word| {
            w.tag == tag!(",")
                || w.tag == tag!(":")
                || w.tag == tag!("-")
                || w.tag == tag!("CC")
                || w.id == that
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
    pub(super) fn cues_beside(&self, at: usize) -> [u32; 2] {
        [self.left_cue[at], self.right_cue[at]]
    }

    /// Words that matter to a word wherever they stand; [`NONE`] for those there are not.
    pub(super) fn far(&self, reading: &Reading<'_>, at: usize) -> [u32; FAR] {
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
    pub(super) fn summary(&self, sentence: u32) -> u32 {
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

/// Pushes the features of word `at` of `reading` onto `out`.
pub fn word_features(reading: &Reading<'_>, near: &Surroundings, at: usize, out: &mut Vec<u32>) {
    let words = &reading.words;
    let get = |by: isize| at.checked_add_signed(by).and_then(|n| words.get(n));
    let id = |by: isize| get(by).map_or(1, |w| w.id);
    let pos = |by: isize| get(by).map_or(99, |w| u32::from(w.tag));
    let shape = |by: isize| get(by).map_or(99, |w| w.shape as u32);
    let word = &words[at];
    let sentence = &reading.sentences[word.sentence as usize];
    let mut add = |template: u32, a: u32, b: u32| out.push(mix(template, a, b));

    // The word and its neighbours.
    add(1, id(0), 0);
    add(2, id(-1), 0);
    add(3, id(1), 0);
    add(4, id(-2), 0);
    add(5, id(2), 0);
    add(6, id(-1), id(0));
    add(7, id(0), id(1));
    add(8, id(-1), id(1));
    add(9, id(-2), id(-1));
    add(10, id(1), id(2));
    add(11, word.suffix, 0);
    add(12, word.suffix, pos(-1));
    add(13, shape(0), u32::from(reading.quoted));
    add(14, shape(-1) << 8 | shape(0), shape(1));

    // Parts of speech.
    let [before, after, around] = near.contexts[at];
    add(15, pos(0), 0);
    add(16, before, 0);
    add(17, after, 0);
    add(18, before, pos(1));
    add(19, before, pos(-2));
    add(20, after, pos(2));
    add(21, around, id(0));
    add(22, pos(-1), id(0));
    add(23, pos(1), id(0));
    add(24, pos(0), id(-1));
    add(25, pos(0), id(1));
    add(26, before << 16 | after, pos(2));
    add(27, after, pos(2) << 8 | pos(3));
    add(28, before, pos(-2) << 8 | pos(-3));
    add(29, u32::from(word.cue) << 8 | word.noun as u32, pos(0));
    add(30, u32::from(word.cue) << 8 | pos(-1), pos(1));
    let noun = |by: isize| get(by).map_or(9, |w| w.noun as u32);
    let cue = |by: isize| get(by).map_or(9, |w| u32::from(w.cue));
    add(31, noun(-1) << 8 | noun(0), noun(1));
    add(
        32,
        cue(-1) << 16 | cue(0) << 8 | cue(1),
        cue(-2) << 8 | cue(2),
    );
    add(33, cue(1) << 8 | pos(0), id(1));
    add(34, cue(-1) << 8 | pos(0), id(-1));

    // Place in the sentence and what kind of sentence it is.
    let from_start = bucket(at - sentence.words.start);
    let to_end = bucket(sentence.words.end - 1 - at);
    let summary = near.summaries[word.sentence as usize];
    let other = |by: i64| {
        let k = i64::from(word.sentence) + by;
        usize::try_from(k)
            .ok()
            .and_then(|k| near.summaries.get(k))
            .copied()
            .unwrap_or(99)
    };
    add(35, from_start, pos(0));
    add(36, to_end, pos(0));
    add(37, summary, bucket(sentence.words.len()));
    add(38, summary, other(-1));
    add(39, summary, other(1));
    add(40, id_of(words, sentence.words.start), from_start.min(5));
    add(
        41,
        id_of(words, sentence.words.start),
        id_of(words, sentence.words.start + 1),
    );
    add(
        42,
        u32::from(word.sentence == 0) << 8 | sentence.paragraph.min(2),
        pos(0),
    );

    // Cues, verbs and joints to both sides.
    let left = near.left_cue[at];
    let right = near.right_cue[at];
    let left_joint = near.left_joint[at];
    let right_joint = near.right_joint[at];
    let far = |other: u32| {
        if other == NONE {
            15
        } else {
            bucket((other as usize).abs_diff(at))
        }
    };
    let wid = |other: u32| {
        if other == NONE {
            1
        } else {
            words[other as usize].id
        }
    };
    let next = |other: u32, by: isize| -> u32 {
        let k = (other as usize)
            .checked_add_signed(by)
            .and_then(|n| words.get(n));
        if other == NONE {
            98
        } else {
            k.map_or(99, |w| u32::from(w.tag))
        }
    };
    let joint_since_left = left_joint != NONE && (left == NONE || left_joint > left);
    let joint_until_right = right_joint != NONE && (right == NONE || right_joint < right);
    let joints = u32::from(joint_since_left) << 1 | u32::from(joint_until_right);
    add(43, wid(left), far(left));
    add(44, wid(left), pos(0));
    add(45, wid(left), joints << 8 | next(left, 1));
    add(46, wid(right), far(right));
    add(47, wid(right), pos(0));
    add(
        48,
        wid(right),
        joints << 16 | next(right, -1) << 8 | next(right, 1),
    );
    add(49, wid(left), wid(right));
    add(
        50,
        next(left, -1) << 8 | next(left, 1),
        far(left) << 8 | joints,
    );
    add(
        51,
        next(right, -1) << 8 | next(right, 1),
        far(right) << 8 | joints,
    );
    add(52, wid(left_joint), far(left_joint));
    add(53, wid(left_joint), wid(left));
    add(54, wid(right_joint), far(right_joint));
    add(55, wid(right_joint), wid(right));
    add(56, wid(near.left_verb[at]), far(near.left_verb[at]));
    add(57, wid(near.right_verb[at]), far(near.right_verb[at]));
    add(58, wid(near.left_verb[at]), pos(0) << 8 | joints);
    add(59, wid(near.right_verb[at]), pos(0) << 8 | joints);
    add(60, wid(near.left_verb[at]), wid(left_joint));
    add(
        61,
        wid(left_joint),
        next(left_joint, 1) << 8 | next(left_joint, -1),
    );
    add(
        62,
        wid(right_joint),
        next(right_joint, 1) << 8 | next(right_joint, 2),
    );
    // What a joint leads into: “and warned against” is another cue, “and the crane” is not.
    let class = |other: u32, by: usize| -> u32 {
        let k = (other as usize).wrapping_add(by);
        if other == NONE {
            8
        } else {
            words.get(k).map_or(9, |w| u32::from(w.cue))
        }
    };
    add(
        65,
        wid(left_joint),
        class(left_joint, 1) << 8 | next(left_joint, 1),
    );
    add(
        66,
        wid(right_joint),
        class(right_joint, 1) << 8 | next(right_joint, 1),
    );
    add(67, wid(left), id(0));
    let subject = |verb: u32| {
        if verb == NONE {
            1
        } else {
            id_of(words, (verb as usize).wrapping_sub(1))
        }
    };
    add(68, subject(left), wid(left));
    add(69, subject(near.left_verb[at]), wid(near.left_verb[at]));
    // How the sentence ends: “…, said Ann Smith.”
    let tail = if right == NONE {
        15
    } else {
        bucket(sentence.words.end - right as usize)
    };
    add(
        63,
        tail << 8 | joints,
        next(right, -1) << 8 | next(right, 1),
    );
    add(64, tail << 8 | summary, wid(right));

    quotation_features(reading, word, at, &mut add);
    near.tree.features(reading, at, &mut add);
}

fn id_of(words: &[Word], at: usize) -> u32 {
    words.get(at).map_or(1, |w| w.id)
}

/// Where the word stands in its quotation, and what surrounds the quotation.
fn quotation_features(
    reading: &Reading<'_>,
    word: &Word,
    at: usize,
    add: &mut impl FnMut(u32, u32, u32),
) {
    let words = &reading.words;
    let pos = u32::from(word.tag);
    if word.quotation == NONE {
        let before = at.checked_sub(1).map_or(NONE, |k| words[k].quotation);
        let after = words.get(at + 1).map_or(NONE, |w| w.quotation);
        let sides = u32::from(before != NONE) << 1 | u32::from(after != NONE);
        add(70, sides << 1 | u32::from(reading.quoted), pos);
        add(71, sides, word.id);
        return;
    }
    let (quotation, inner) = &reading.quotations[word.quotation as usize];
    let length = bucket(inner.len()) << 1 | u32::from(quotation.closed);
    let first = inner.start;
    let past = (inner.end + usize::from(quotation.closed)).min(words.len());
    let opening = first.saturating_sub(1);
    let before = opening.checked_sub(1).map_or(1, |k| id_of(words, k));
    let before_tag = opening
        .checked_sub(1)
        .map_or(99, |k| u32::from(words[k].tag));
    let last = inner
        .end
        .checked_sub(1)
        .map_or(99, |k| u32::from(words[k].tag));
    let after_tag = |by: usize| words.get(past + by).map_or(99, |w| u32::from(w.tag));
    let place = if at < inner.start {
        0
    } else if at == inner.start {
        1
    } else if at + 1 < inner.end {
        2
    } else if at < inner.end {
        3
    } else {
        4
    };
    let same_sentence = u32::from(
        words
            .get(past)
            .is_some_and(|w| w.sentence == words[first.min(words.len() - 1)].sentence),
    );
    add(72, length, place);
    add(73, length << 8 | last, place);
    add(74, before, place << 8 | length);
    add(75, before_tag << 8 | length, place << 8 | last);
    add(76, id_of(words, past), place << 8 | last);
    add(77, after_tag(0) << 8 | after_tag(1), place << 8 | length);
    add(78, id_of(words, past + 1), place << 8 | length);
    add(
        79,
        before_tag << 16 | after_tag(0) << 8 | last,
        place << 8 | same_sentence,
    );
    add(80, length << 8 | place, pos);
}

/// How many kinds of places transitions are told apart by.
pub const EDGE_CLASSES: usize = 32;

/// The kind of place between word `at - 1` and word `at`, below [`EDGE_CLASSES`].
pub fn edge_class(reading: &Reading<'_>, at: usize) -> usize {
    let words = &reading.words;
    let word = &words[at];
    let inside = word.quotation != NONE;
    let before = at.checked_sub(1).map(|k| &words[k]);
    let class = match before {
        None => 0,
        Some(b) if b.sentence != word.sentence => 1,
        Some(b) if b.quotation != word.quotation => 2 + usize::from(inside),
        Some(b) if b.tag == tag!(",") => 4,
        Some(b) if b.shape == Shape::Mark => 5,
        Some(_) if word.tag == tag!(",") => 6,
        Some(_) if word.tag == tag!(".") => 7,
        Some(_) if word.shape == Shape::Mark => 8,
        Some(_) if word.id == word_hash(b"that") => 9,
        Some(_) if (tag!("WDT")..=tag!("WRB")).contains(&word.tag) => 10,
        Some(_) if word.is_verb() || word.tag == tag!("MD") => 11,
        Some(b) if b.is_verb() => 12,
        Some(_) if word.tag == tag!("PRP") => 13,
        Some(_) if word.tag == tag!("NNP") => 14,
        Some(_) => 15,
    };
    class + 16 * usize::from(inside)
}

const _: () = assert!(TAGS.len() < 64);
