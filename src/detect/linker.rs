//! Which content goes with which cue, and which source with which cue: what the linker sees
//! of each candidate.
//!
//! Pieces come from the tagger. Nearly every attribution has exactly one cue, so cues are
//! what attributions are built around. Features only; weights are in the model.

use std::ops::Range;

use super::features::{bucket, mix};
use super::lexicon::{Noun, tag};
use super::reading::{NONE, Reading, Shape};
use super::tagger::Label;

/// Helping words before a cue that are passed over; more in a row are no sentence.
const HELPING: usize = 60;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum PieceKind {
    /// What is said.
    Content = 1,
    /// Who says it.
    Source = 2,
    /// The words that attribute.
    Cue = 3,
}

/// A run of words with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its words, by index.
    pub words: Range<usize>,
}

/// Collects the pieces of a labelled article, in order.
pub fn pieces(labels: &[Label]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for (k, label) in labels.iter().enumerate() {
        let kind = match label.kind() {
            1 => PieceKind::Content,
            2 => PieceKind::Source,
            3 => PieceKind::Cue,
            _ => continue,
        };
        match found.last_mut() {
            Some(last) if !label.starts() && last.kind == kind && last.words.end == k => {
                last.words.end = k + 1;
            }
            _ => found.push(Piece {
                kind,
                words: k..k + 1,
            }),
        }
    }
    found
}

/// Indices of the pieces of `kind` near piece-place `at` (an index into `pieces`): up to
/// `left` before it and `right` behind it, nearest first on each side, no further than
/// `reach` words.
pub(super) fn near(
    pieces: &[Piece],
    at: usize,
    kind: PieceKind,
    (left, right): (usize, usize),
    reach: usize,
) -> Vec<usize> {
    let words = &pieces[at].words;
    let before = (0..at)
        .rev()
        .take_while(|k| words.start.saturating_sub(pieces[*k].words.end) <= reach)
        .filter(|k| pieces[*k].kind == kind)
        .take(left);
    let after = (at + 1..pieces.len())
        .take_while(|k| pieces[*k].words.start.saturating_sub(words.end) <= reach)
        .filter(|k| pieces[*k].kind == kind)
        .take(right);
    before.chain(after).collect()
}

/// How many pieces of each kind lie strictly between two pieces, each at most 3.
fn between(pieces: &[Piece], a: usize, b: usize) -> [u32; 4] {
    let mut counts = [0u32; 4];
    for piece in &pieces[a.min(b) + 1..a.max(b)] {
        let count = &mut counts[piece.kind as usize];
        *count = (*count + 1).min(3);
    }
    counts
}

/// The words between two ranges.
fn gap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    if a.end <= b.start {
        a.end..b.start
    } else {
        b.end.min(a.start)..a.start
    }
}

/// What lies between two ranges of words, in a few numbers.
fn gap_features(reading: &Reading<'_>, a: &Range<usize>, b: &Range<usize>) -> [u32; 4] {
    let words = &reading.words;
    let gap = gap(a, b);
    reading.budget.spend(gap.len());
    let distance = bucket(gap.len());
    let first = gap.clone().next().map_or(1, |k| words[k].id);
    let last = gap.clone().next_back().map_or(1, |k| words[k].id);
    let sentences = words[a.start]
        .sentence
        .abs_diff(words[b.start].sentence)
        .min(4);
    let paragraph = |k: usize| reading.sentence_of(k).paragraph;
    let paragraphs = paragraph(a.start).abs_diff(paragraph(b.start)).min(3);
    let commas = gap
        .clone()
        .filter(|k| words[*k].tag == tag!(","))
        .count()
        .min(3) as u32;
    let verbs = gap.filter(|k| words[*k].is_verb()).count().min(3) as u32;
    [
        distance,
        sentences << 4 | paragraphs,
        commas << 4 | verbs,
        mix(90, first, last),
    ]
}

/// What is known when a content looks for its cue.
#[derive(Clone, Debug)]
pub(super) struct CueQuestion<'a> {
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
pub(super) fn cue_features(question: &CueQuestion<'_>, cue: usize, rank: usize) -> Vec<u32> {
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
pub(super) fn alone_features(question: &CueQuestion<'_>, cues: &[usize]) -> Vec<u32> {
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

/// What is known when a cue looks for its source.
#[derive(Clone, Debug)]
pub(super) struct SourceQuestion<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// Words of the cue; of the content where it stands alone.
    pub cue: Range<usize>,
    /// Whether the content stands alone.
    pub alone: bool,
    /// Words of the contents the cue was given.
    pub contents: &'a [Range<usize>],
    /// Source of the attribution before this one.
    pub previous: Option<Range<usize>>,
    /// Words of every cue of the article, in order.
    pub cues: &'a [Range<usize>],
    /// Words of every tagged source, in order.
    pub sources: &'a [Range<usize>],
}

/// Features of `source` as the one the cue takes its content from; `None` stands for "the
/// article does not tell". `tagged` says that the tagger found it, `rank` counts from the cue
/// outwards on its side.
pub(super) fn source_features(
    question: &SourceQuestion<'_>,
    source: Option<&Range<usize>>,
    tagged: bool,
    rank: usize,
) -> Vec<u32> {
    let SourceQuestion {
        reading,
        cue,
        alone,
        contents,
        previous,
        cues,
        sources,
    } = question;
    let words = &reading.words;
    let id = |k: usize| words.get(k).map_or(1, |w| w.id);
    let pos = |k: usize| words.get(k).map_or(99, |w| u32::from(w.tag));
    let before_cue = cue.start.checked_sub(1);
    let first = contents.first().cloned().unwrap_or_else(|| cue.clone());
    let last = contents.last().cloned().unwrap_or_else(|| cue.clone());
    let order = u32::from(first.start > cue.start) << 1 | u32::from(last.start > cue.start);
    let quoted = u32::from(words[first.start].quotation != NONE);
    let cue_tag = pos(cue.start);
    let mut out = Vec::with_capacity(40);
    let first_template = if *alone { 2500 } else { 2000 };
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + first_template, a, b));
    let Some(s) = source else {
        let here = reading.sentence_of(cue.start).words.clone();
        let there = sources
            .iter()
            .filter(|s| here.contains(&s.start))
            .count()
            .min(3) as u32;
        add(0, cue_tag, order);
        add(1, id(cue.start), 0);
        add(2, id(cue.end - 1), 0);
        add(3, there, order << 1 | quoted);
        add(4, there, cue_tag << 8 | before_cue.map_or(99, &pos));
        add(5, there, before_cue.map_or(1, &id));
        add(6, pos(cue.end), pos(cue.end - 1));
        add(7, there << 4 | order, bucket(cue.start - here.start));
        add(8, there, id(cue.end));
        return out;
    };
    let after = u32::from(s.start >= cue.end);
    let [distance, lines, marks, edges] = gap_features(reading, s, cue);
    let range = gap(s, cue);
    let cues_between = cues
        .iter()
        .filter(|q| range.contains(&q.start) && q.start != cue.start)
        .count()
        .min(3);
    let sources_between = sources
        .iter()
        .filter(|o| range.contains(&o.start))
        .count()
        .min(3);
    let contents_between = contents
        .iter()
        .filter(|c| range.contains(&c.start))
        .count()
        .min(2);
    let inside = contents
        .iter()
        .any(|c| c.start <= s.start && s.end <= c.end);
    let beyond = u32::from(s.end <= first.start) << 1 | u32::from(s.start >= last.end);
    let between = (cues_between << 8 | sources_between << 4 | contents_between) as u32;
    let same_as_previous = u32::from(previous.as_ref() == Some(s));
    let head = s
        .clone()
        .rev()
        .find(|k| words[*k].noun != Noun::None)
        .unwrap_or(s.end - 1);
    let kind = words[head].noun as u32;
    let base = after << 12
        | (rank as u32).min(3) << 8
        | u32::from(tagged) << 4
        | u32::from(inside) << 1
        | same_as_previous;
    add(20, base, 0);
    add(21, base, distance);
    add(22, base, between);
    add(23, base, lines);
    add(24, base, order << 4 | beyond << 1 | quoted);
    add(25, after, edges);
    add(26, base, mix(101, id(cue.start), distance));
    add(27, after, mix(102, id(cue.end - 1), between));
    add(28, base, cue_tag << 8 | pos(s.start));
    add(
        29,
        base,
        mix(103, pos(s.start) << 8 | pos(s.end - 1), order),
    );
    add(30, base, mix(104, between, lines));
    add(31, base, mix(105, pos(s.end), before_cue.map_or(99, &pos)));
    add(32, base, mix(106, pos(cue.end), cue_tag));
    add(33, base, id(s.start));
    add(34, base, mix(107, marks, cue_tag));
    add(35, base, kind << 8 | u32::from(words[s.start].shape as u8));
    add(36, after, mix(108, id(cue.start), order));
    add(
        37,
        after << 4 | cues_between as u32,
        mix(109, distance, marks),
    );
    add(38, u32::from(tagged), mix(110, id(s.end - 1), kind));
    add(
        39,
        base,
        bucket(s.len()) << 8 | s.start.checked_sub(1).map_or(99, &pos),
    );
    add(40, base, mix(111, order << 4 | beyond, between));
    out
}

/// Stretches near the cue that could be its source although the tagger did not say so:
/// a name, pronoun or noun group right before it, right behind it, or at the start of its
/// sentence.
pub(super) fn untagged_sources(reading: &Reading<'_>, cue: &Range<usize>) -> Vec<Range<usize>> {
    let words = &reading.words;
    let sentence = &reading.sentence_of(cue.start).words;
    let mut found = Vec::new();
    let nominal = |k: usize| {
        let w = &words[k];
        w.tag <= tag!("NNP")
            || matches!(w.tag, t if t == tag!("PRP") || t == tag!("CD")
            || t == tag!("DT") || t == tag!("JJ") || t == tag!("PRP$") || t == tag!("POS")
            || t == tag!("WP") || t == tag!("WDT") || t == tag!("JJR") || t == tag!("JJS"))
    };
    let named = |r: &Range<usize>| {
        r.clone().any(|k| {
            words[k].tag <= tag!("NNP") || words[k].tag == tag!("PRP") || words[k].tag == tag!("WP")
        })
    };
    let mut push = |r: Range<usize>| {
        if !r.is_empty() && named(&r) && !found.contains(&r) {
            found.push(r);
        }
    };
    // Right before the cue, helping words skipped.
    let mut end = cue.start;
    while end > sentence.start
        && cue.start - end < HELPING
        && matches!(words[end - 1].tag, t if t == tag!("RB") || t == tag!("MD") || (tag!("VB")..=tag!("VBZ")).contains(&t))
    {
        end -= 1;
    }
    reading.budget.spend(cue.start - end);
    let mut start = end;
    while start > sentence.start && nominal(start - 1) && end - start < 8 {
        start -= 1;
    }
    push(start..end);
    // Right behind it.
    let mut end = cue.end;
    while end < sentence.end && nominal(end) && end - cue.end < 8 {
        end += 1;
    }
    push(cue.end..end);
    // At the start of the sentence.
    let start = sentence
        .clone()
        .take(40)
        .find(|k| nominal(*k))
        .unwrap_or(sentence.end);
    let mut end = start;
    while end < sentence.end.min(cue.start) && nominal(end) && end - start < 8 {
        end += 1;
    }
    push(start..end);
    found
}
