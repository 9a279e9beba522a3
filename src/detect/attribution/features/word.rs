//! What the tagger sees of a word: its surroundings turned into numbers.
//!
//! A feature is the hash of a template and the values in it; nothing here knows weights.

use super::around::{Surroundings, id_of};
use super::quotation::quotation_features;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::NONE;

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
