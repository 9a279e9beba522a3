//! What is seen of a source as the one a cue takes its content from.

use std::ops::Range;

use super::gap::{gap, gap_features};
use crate::detect::language::entry::Noun;
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::NONE;

/// Helping words before a cue that are passed over; more in a row are no sentence.
const HELPING: usize = 60;

/// What is known when a cue looks for its source.
#[derive(Clone, Debug)]
pub(crate) struct SourceQuestion<'a> {
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
pub(crate) fn source_features(
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
pub(crate) fn untagged_sources(reading: &Reading<'_>, cue: &Range<usize>) -> Vec<Range<usize>> {
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
