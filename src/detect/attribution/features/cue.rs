//! What is seen of a cue as the one that attributes a content.
//!
//! Nearly every attribution has exactly one cue, so cues are what attributions are built around.

use super::gap::{between, gap_features};
use crate::detect::attribution::pieces::Piece;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Shape};

/// What is known when a content looks for its cue.
#[derive(Clone, Debug)]
pub(crate) struct CueQuestion<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// All pieces.
    pub pieces: &'a [Piece],
    /// The content, an index into `pieces`.
    pub content: usize,
    /// The content before this one and the cue it was given.
    pub previous: Option<(usize, Option<usize>)>,
    /// How many contents each piece, being a cue, has already.
    pub taken: &'a [u32],
}

/// Features of cue piece `cue` as the one that attributes the content.
pub(crate) fn cue_features(question: &CueQuestion<'_>, cue: usize, rank: usize) -> Vec<u32> {
    let CueQuestion {
        reading,
        pieces,
        content,
        previous,
        taken,
    } = question;
    let words = &reading.words;
    let (c, q) = (&pieces[*content].words, &pieces[cue].words);
    let after = u32::from(cue > *content);
    let [contents, sources, cues] = {
        let counts = between(pieces, *content, cue);
        [counts[1], counts[2], counts[3]]
    };
    let [distance, lines, marks, edges] = gap_features(reading, c, q);
    let same_as_previous = u32::from(previous.is_some_and(|p| p.1 == Some(cue)));
    let taken = taken[cue].min(3);
    let id = |k: usize| words.get(k).map_or(1, |w| w.id);
    let pos = |k: usize| words.get(k).map_or(99, |w| u32::from(w.tag));
    let before_content = c.start.checked_sub(1).map_or(99, &pos);
    let quoted = u32::from(words[c.start].quotation != NONE) << 1
        | u32::from(words[c.end - 1].quotation != NONE);
    let base = after << 12 | (rank as u32).min(3) << 8 | taken << 4 | same_as_previous;
    let previous_gap =
        previous.map_or(9, |p| bucket(c.start.saturating_sub(pieces[p.0].words.end)));
    let lower = u32::from(words[c.start].shape == Shape::Lower);
    let mut out = Vec::with_capacity(40);
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 1000, a, b));
    add(0, base, 0);
    add(1, base, distance);
    add(2, base, contents << 8 | sources << 4 | cues);
    add(3, base, lines);
    add(4, base, lines << 8 | quoted << 4 | contents << 2 | cues);
    add(5, after << 4 | cues, edges);
    add(6, after, mix(91, id(q.start), distance));
    add(7, after, mix(92, id(q.end - 1), taken));
    add(8, after << 8 | taken, mix(93, id(q.end - 1), quoted));
    add(9, base, pos(c.start) << 8 | before_content);
    add(10, base, pos(c.end - 1) << 8 | pos(c.end));
    add(
        11,
        base,
        pos(q.end) << 8 | q.start.checked_sub(1).map_or(99, &pos),
    );
    add(12, base, pos(q.start) << 8 | pos(q.end - 1));
    add(13, base << 8 | lower, mix(94, pos(c.start), marks));
    add(14, base, previous_gap << 8 | quoted);
    add(15, base, mix(95, lines, previous_gap << 8 | quoted));
    add(16, after << 8 | marks, contents << 8 | sources << 4 | cues);
    add(17, base, id(c.start));
    add(18, after << 4 | taken, mix(96, id(c.start), id(q.end - 1)));
    add(
        19,
        base,
        u32::from(reading.quoted) << 4 | quoted << 8 | bucket(c.len()),
    );
    add(20, after << 4 | sources, mix(97, pos(q.start), pos(q.end)));
    let sentence = reading.sentence_of(q.start);
    add(
        21,
        after << 4 | taken,
        bucket(sentence.words.end - q.end) << 8 | bucket(q.start - sentence.words.start),
    );
    add(
        22,
        base,
        mix(
            98,
            lines << 8 | contents << 4 | cues,
            before_content << 8 | pos(c.end - 1),
        ),
    );
    out
}

/// Features of "none of these cues": the content stands alone, its own cue unseen.
pub(crate) fn alone_features(question: &CueQuestion<'_>, cues: &[usize]) -> Vec<u32> {
    let CueQuestion {
        reading,
        pieces,
        content,
        previous,
        taken,
    } = question;
    let words = &reading.words;
    let c = &pieces[*content].words;
    let id = |k: usize| words.get(k).map_or(1, |w| w.id);
    let pos = |k: usize| words.get(k).map_or(99, |w| u32::from(w.tag));
    let quoted = u32::from(words[c.start].quotation != NONE) << 1
        | u32::from(words[c.end - 1].quotation != NONE);
    let side = |after: bool| {
        let cue = cues.iter().find(|q| (**q > *content) == after);
        cue.map_or(0xFFF, |q| {
            let [distance, lines, _, _] = gap_features(reading, c, &pieces[*q].words);
            distance << 8 | lines.min(15) << 4 | taken[*q].min(3)
        })
    };
    let (left, right) = (side(false), side(true));
    let previous_gap =
        previous.map_or(9, |p| bucket(c.start.saturating_sub(pieces[p.0].words.end)));
    let neighbour = |by: isize| {
        content
            .checked_add_signed(by)
            .and_then(|k| pieces.get(k))
            .map_or(0, |p| p.kind as u32)
    };
    let before = c.start.checked_sub(1);
    let around = neighbour(-1) << 2 | neighbour(1);
    let mut out = Vec::with_capacity(16);
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 1500, a, b));
    add(0, 0, 0);
    add(1, left, 0);
    add(2, right, 0);
    add(3, left, right);
    add(4, around, quoted);
    add(5, around, left >> 4);
    add(6, around, right >> 4);
    add(7, id(c.start), around);
    add(8, before.map_or(1, &id), around);
    add(9, before.map_or(99, &pos) << 8 | pos(c.start), around);
    add(10, bucket(c.len()), quoted << 4 | u32::from(reading.quoted));
    add(11, previous_gap, around << 4 | quoted);
    add(12, pos(c.end - 1) << 8 | pos(c.end), around);
    add(13, before.map_or(1, &id), pos(c.start));
    out
}
