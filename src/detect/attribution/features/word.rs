//! What the tagger sees of a word: its surroundings turned into numbers.
//!
//! A feature is the hash of a template and the values in it; nothing here knows weights.

use super::around::{Surroundings, id_of};
use super::quotation::quotation_features;
use super::{Group, Told};
use crate::detect::numbers::hashing::bucket;
use crate::detect::reading::Reading;
use crate::detect::reading::word::NONE;

/// Tells `out` the features of word `at` of `reading`.
#[inline(always)]
pub fn word_features(reading: &Reading<'_>, near: &Surroundings, at: usize, out: &mut impl Told) {
    let words = &reading.words;
    let get = |by: isize| at.checked_add_signed(by).and_then(|n| words.get(n));
    let id = |by: isize| get(by).map_or(1, |w| w.id);
    let pos = |by: isize| get(by).map_or(99, |w| u32::from(w.tag));
    let shape = |by: isize| get(by).map_or(99, |w| w.shape as u32);
    let (word, here) = (&words[at], at - near.from);
    let sentence = &reading.sentences[word.sentence as usize];

    // The word and its neighbours.
    out.add(1, id(0), 0);
    out.add(2, id(-1), 0);
    out.add(3, id(1), 0);
    out.add(4, id(-2), 0);
    out.add(5, id(2), 0);
    out.add(6, id(-1), id(0));
    out.add(7, id(0), id(1));
    out.add(8, id(-1), id(1));
    out.add(9, id(-2), id(-1));
    out.add(10, id(1), id(2));
    out.add(11, word.suffix, 0);
    out.add(12, word.suffix, pos(-1));
    out.add(13, shape(0), u32::from(reading.quoted));
    out.add(14, shape(-1) << 8 | shape(0), shape(1));

    // Parts of speech.
    let [before, after, around] = near.contexts[here];
    out.add(15, pos(0), 0);
    out.add(16, before, 0);
    out.add(17, after, 0);
    out.add(18, before, pos(1));
    out.add(19, before, pos(-2));
    out.add(20, after, pos(2));
    out.add(21, around, id(0));
    out.add(22, pos(-1), id(0));
    out.add(23, pos(1), id(0));
    out.add(24, pos(0), id(-1));
    out.add(25, pos(0), id(1));
    out.add(26, before << 16 | after, pos(2));
    out.add(27, after, pos(2) << 8 | pos(3));
    out.add(28, before, pos(-2) << 8 | pos(-3));
    out.add(29, u32::from(word.cue) << 8 | word.noun as u32, pos(0));
    out.add(30, u32::from(word.cue) << 8 | pos(-1), pos(1));
    let noun = |by: isize| get(by).map_or(9, |w| w.noun as u32);
    let cue = |by: isize| get(by).map_or(9, |w| u32::from(w.cue));
    out.add(31, noun(-1) << 8 | noun(0), noun(1));
    out.add(
        32,
        cue(-1) << 16 | cue(0) << 8 | cue(1),
        cue(-2) << 8 | cue(2),
    );
    out.add(33, cue(1) << 8 | pos(0), id(1));
    out.add(34, cue(-1) << 8 | pos(0), id(-1));

    // Place in the sentence and what kind of sentence it is.
    let from_start = bucket(at - sentence.words.start);
    let to_end = bucket(sentence.words.end - 1 - at);
    let summary = near.summary(word.sentence);
    let other = |by: i64| {
        let k = i64::from(word.sentence) + by;
        let known = u32::try_from(k).ok().and_then(|k| near.known_summary(k));
        known.unwrap_or(99)
    };
    out.share(Group::Sentence, [word.sentence, 0, 0, 0]);
    out.add(35, from_start, pos(0));
    out.add(36, to_end, pos(0));
    out.add_to(Group::Sentence, 37, summary, bucket(sentence.words.len()));
    out.add_to(Group::Sentence, 38, summary, other(-1));
    out.add_to(Group::Sentence, 39, summary, other(1));
    out.add(40, id_of(words, sentence.words.start), from_start.min(5));
    out.add_to(
        Group::Sentence,
        41,
        id_of(words, sentence.words.start),
        id_of(words, sentence.words.start + 1),
    );
    out.add(
        42,
        u32::from(word.sentence == 0) << 8 | sentence.paragraph.min(2),
        pos(0),
    );

    // Cues, verbs and joints to both sides.
    let left = near.left_cue[here];
    let right = near.right_cue[here];
    let left_joint = near.left_joint[here];
    let right_joint = near.right_joint[here];
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
    out.share(Group::Left, [left, left_joint, joints, 0]);
    // Where no cue follows, the sentence alone tells what does.
    let rest = word.sentence << 2 | joints;
    out.share(Group::Right, [left, right, right_joint, rest]);
    out.share(Group::Verb, [near.left_verb[here], left_joint, 0, 0]);
    out.add(43, wid(left), far(left));
    out.add(44, wid(left), pos(0));
    out.add_to(Group::Left, 45, wid(left), joints << 8 | next(left, 1));
    out.add(46, wid(right), far(right));
    out.add(47, wid(right), pos(0));
    out.add_to(
        Group::Right,
        48,
        wid(right),
        joints << 16 | next(right, -1) << 8 | next(right, 1),
    );
    out.add_to(Group::Right, 49, wid(left), wid(right));
    out.add(
        50,
        next(left, -1) << 8 | next(left, 1),
        far(left) << 8 | joints,
    );
    out.add(
        51,
        next(right, -1) << 8 | next(right, 1),
        far(right) << 8 | joints,
    );
    out.add(52, wid(left_joint), far(left_joint));
    out.add_to(Group::Left, 53, wid(left_joint), wid(left));
    out.add(54, wid(right_joint), far(right_joint));
    out.add_to(Group::Right, 55, wid(right_joint), wid(right));
    out.add(56, wid(near.left_verb[here]), far(near.left_verb[here]));
    out.add(57, wid(near.right_verb[here]), far(near.right_verb[here]));
    out.add(58, wid(near.left_verb[here]), pos(0) << 8 | joints);
    out.add(59, wid(near.right_verb[here]), pos(0) << 8 | joints);
    out.add_to(Group::Verb, 60, wid(near.left_verb[here]), wid(left_joint));
    out.add_to(
        Group::Left,
        61,
        wid(left_joint),
        next(left_joint, 1) << 8 | next(left_joint, -1),
    );
    out.add_to(
        Group::Right,
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
    out.add_to(
        Group::Left,
        65,
        wid(left_joint),
        class(left_joint, 1) << 8 | next(left_joint, 1),
    );
    out.add_to(
        Group::Right,
        66,
        wid(right_joint),
        class(right_joint, 1) << 8 | next(right_joint, 1),
    );
    out.add(67, wid(left), id(0));
    let subject = |verb: u32| {
        if verb == NONE {
            1
        } else {
            id_of(words, (verb as usize).wrapping_sub(1))
        }
    };
    out.add_to(Group::Left, 68, subject(left), wid(left));
    out.add_to(
        Group::Verb,
        69,
        subject(near.left_verb[here]),
        wid(near.left_verb[here]),
    );
    // How the sentence ends: “…, said Ann Smith.”
    let tail = if right == NONE {
        15
    } else {
        bucket(sentence.words.end - right as usize)
    };
    out.add_to(
        Group::Right,
        63,
        tail << 8 | joints,
        next(right, -1) << 8 | next(right, 1),
    );
    out.add_to(Group::Right, 64, tail << 8 | summary, wid(right));

    quotation_features(reading, word, at, out);
    near.tree.features(reading, at, out);
}
