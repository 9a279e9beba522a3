//! Where a content ends: chosen once more, with the whole of it in view.
//!
//! The tagger ends a content word by word and likes to run on over "but", "while" and commas.
//! Here every end it holds possible is a candidate, judged by what hangs together on either
//! side of it. The end taken is the one that leaves least to mend on average, were each
//! candidate right as often as its probability says (a choice by least expected loss). Only the
//! end of an attribution's last content is moved, and never over another piece.

use std::ops::Range;

use super::labelling::Labelling;
use super::link::Link;
use super::worth::step;
use crate::detect::language::syntax;
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::numbers::ranker::Ranker;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// Candidates beside the end that was found.
const MOST: usize = 8;
/// An end less probable than this is no candidate.
const LEAST: f32 = 0.02;
/// How many words are looked through for ends.
const REACH: usize = 80;
/// How many words behind an end are looked at; longer sentences are none.
const BEHIND: usize = 1000;

/// The ends to choose from, the one found first, with the features of each.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    /// Index of the first word behind the content.
    pub ends: Vec<usize>,
    /// Features of each.
    pub features: Vec<Vec<u32>>,
}

/// The ends the last content of `link` may have; `taken` are words of other pieces, sorted by
/// their start.
pub fn ends(reading: &Reading<'_>, labelling: &Labelling, link: &Link, taken: &[usize]) -> Ends {
    let Some(content) = link.contents.last() else {
        return Ends::default();
    };
    let sentence = reading.sentence_of(content.end - 1).words.end;
    let next = taken.partition_point(|t| *t < content.end);
    let limit = taken.get(next).map_or(sentence, |t| sentence.min(*t));
    let last = limit.max(content.end).min(content.start + REACH);
    let mut others: Vec<(f32, usize)> = (content.start + 1..=last)
        .filter(|end| *end != content.end)
        .map(|end| (ending(labelling, end), end))
        .filter(|(share, _)| *share >= LEAST)
        .collect();
    others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    others.truncate(MOST);
    let all = [content.end].into_iter().chain(others.iter().map(|o| o.1));
    let mut found = Ends::default();
    for end in all {
        let features = features(reading, labelling, link, content, end);
        found.ends.push(end);
        found.features.push(features);
    }
    found
}

/// Words that start pieces of any of `links`, sorted.
pub fn taken(links: &[Link]) -> Vec<usize> {
    let mut starts: Vec<usize> = links
        .iter()
        .flat_map(|l| l.contents.iter().chain(&l.source).chain(&l.cue))
        .map(|r| r.start)
        .collect();
    starts.sort_unstable();
    starts
}

/// Moves the ends of all `links` to where `ranker` wants them.
pub fn mend_ends(
    reading: &Reading<'_>,
    labelling: &Labelling,
    links: &mut [Link],
    ranker: &Ranker<'_>,
) {
    let taken = taken(links);
    for link in links {
        if reading.budget.is_spent() {
            return;
        }
        let found = ends(reading, labelling, link, &taken);
        if found.ends.len() < 2 {
            continue;
        }
        let shares = ranker.shares(&found.features);
        let others: usize = link.contents.iter().rev().skip(1).map(|c| c.len()).sum();
        if let Some(content) = link.contents.last_mut() {
            content.end =
                found.ends[fittest(&found.ends, &shares, content.start.saturating_sub(others))];
        }
    }
}

/// Index of the end whose contents share most with those of the others on average, each
/// counted by its share of the probability; all contents together would start at `start`,
/// were they one.
fn fittest(ends: &[usize], shares: &[f32], start: usize) -> usize {
    let fit = |one: usize| -> f32 {
        let shared = |other: usize| {
            let (one, other) = (ends[one] - start, ends[other] - start);
            one.min(other) as f32 / one.max(other) as f32
        };
        (0..ends.len()).map(|k| shares[k] * shared(k)).sum()
    };
    let fits: Vec<f32> = (0..ends.len()).map(fit).collect();
    (0..fits.len()).fold(0, |top, k| if fits[k] > fits[top] { k } else { top })
}

/// How probable it is that a content ends before word `end`.
fn ending(labelling: &Labelling, end: usize) -> f32 {
    labelling.is_content(end - 1) - labelling.goes_on(end).unwrap_or_default()
}

fn features(
    reading: &Reading<'_>,
    labelling: &Labelling,
    link: &Link,
    content: &Range<usize>,
    end: usize,
) -> Vec<u32> {
    let words = &reading.words;
    let get = |k: usize| words.get(k);
    let id = |k: usize| get(k).map_or(1, |w| w.id);
    let pos = |k: usize| get(k).map_or(98, |w| u32::from(w.tag));
    let group = |k: usize| get(k).map_or(9999, |w| u32::from(w.class[0]));
    let inside = content.start..end;
    let sentence = reading.sentence_of(end - 1).words.clone();
    let sentence_end = sentence.end;
    let way = match end.cmp(&content.end) {
        std::cmp::Ordering::Less => 1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 2,
    };
    let moved = way << 8 | bucket(end.abs_diff(content.end));
    let cue = link.cue.as_ref();
    let cue_id = cue.map_or(1, |c| id(c.end - 1));
    let before = u32::from(cue.is_some_and(|c| content.end <= c.start));
    // What stands behind the end, a comma aside.
    let behind = if pos(end) == u32::from(tag!(",")) {
        end + 1
    } else {
        end
    };
    let head_of = |k: usize| -> u32 {
        match get(k) {
            None => 9,
            Some(w) if w.head as usize == k => 8,
            Some(w) if inside.contains(&(w.head as usize)) => 1,
            Some(w) if cue.is_some_and(|c| c.contains(&(w.head as usize))) => 2,
            Some(w) if (w.head as usize) < content.start => 3,
            Some(w) if w.head as usize == k + 1 => 4,
            Some(_) => 5,
        }
    };
    let relation = |k: usize| get(k).map_or(98, |w| u32::from(w.relation));
    // How often the syntax is cut: words inside that hang behind, words behind that hang inside.
    let behind_range = end..sentence_end.max(end).min(end + BEHIND);
    reading.budget.spend(behind_range.len());
    let out = inside
        .clone()
        .skip(inside.len().saturating_sub(REACH))
        .filter(|k| behind_range.contains(&(words[*k].head as usize)))
        .count()
        .min(3) as u32;
    let first_in = behind_range
        .clone()
        .find(|k| inside.contains(&(words[*k].head as usize)) && words[*k].is_word());
    let cut = behind_range
        .clone()
        .filter(|k| inside.contains(&(words[*k].head as usize)) && words[*k].is_word())
        .count()
        .min(3) as u32;
    let cut_relation = first_in.map_or(97, relation);
    let hangs_on_verb = first_in.map_or(3, |k| u32::from(words[words[k].head as usize].is_verb()));
    let quotation = |k: usize| get(k).map_or(NONE, |w| w.quotation);
    let quoted = u32::from(quotation(end - 1) != NONE) << 1
        | u32::from(quotation(end) != NONE && quotation(end) == quotation(end - 1));
    let starts_quoted = u32::from(quotation(content.start) != NONE);
    let full_stop = u32::from(end >= sentence_end || behind >= sentence_end);
    let many = u32::from(reading.sentence_of(content.start).words.start != sentence.start);
    let sure = step(ending(labelling, end));
    let on = labelling.goes_on(end).map_or(0, step);
    let length = bucket(end - content.start);
    let mut found = Vec::with_capacity(40);
    let mut add = |t: u32, a: u32, b: u32| found.push(mix(t + 5000, a, b));
    add(0, way, 0);
    add(1, moved, 0);
    add(2, sure, 0);
    add(3, on, 0);
    add(4, sure, way);
    add(5, pos(end - 1), pos(end));
    add(6, id(end), way);
    add(7, id(end - 1), way);
    add(8, id(behind), pos(end));
    add(9, pos(end) << 8 | pos(behind), pos(behind + 1));
    add(10, head_of(behind), relation(behind));
    add(11, head_of(behind), pos(behind) << 8 | pos(end));
    add(12, out << 4 | cut, full_stop);
    add(13, cut_relation, hangs_on_verb);
    add(14, cut_relation, id(behind));
    add(15, quoted << 1 | starts_quoted, full_stop);
    add(16, quoted << 1 | starts_quoted, pos(end));
    add(17, length, full_stop);
    add(18, length, way);
    add(19, cue_id, length.min(4));
    add(20, cue_id, pos(behind));
    add(21, cue_id, id(behind));
    add(22, cue_id, cut_relation);
    add(23, before << 2 | full_stop << 1 | many, way);
    add(24, group(behind), way);
    add(25, group(end - 1), cut_relation);
    add(26, pos(content.start), pos(behind) << 4 | full_stop);
    add(27, head_of(end - 1), relation(end - 1));
    add(28, cut << 8 | cut_relation, sure / 3);

    // How what follows goes on.
    let left = bucket(behind_range.len());
    let hangs = cut_relation << 8 | head_of(behind);
    add(29, id(behind), pos(behind + 1));
    add(30, id(behind), id(behind + 1));
    add(31, left, way);
    add(32, left, pos(behind) << 4 | full_stop);
    add(33, left << 8 | length, cut_relation);
    // Whether it could be a sentence of its own, and in which tense.
    let subject = const { syntax::relation("nsubj") };
    let own =
        |k: usize| words[k].relation == subject && behind_range.contains(&(words[k].head as usize));
    let own = u32::from(behind_range.clone().take(REACH).any(own));
    let tense = |mut range: std::iter::Take<Range<usize>>| -> u32 {
        range.find(|k| is_finite(&words[*k])).map_or(97, pos)
    };
    let there = tense(behind_range.clone().take(REACH));
    let here = tense(inside.clone().take(REACH));
    add(34, own << 8 | id(behind), 0);
    add(35, own << 8 | there, here);
    add(36, mix(1, there, here), id(behind));
    add(37, own << 8 | cut_relation, head_of(behind));
    add(
        38,
        cue.map_or(97, |c| pos(c.end - 1)),
        mix(2, there, pos(behind)),
    );
    // What the tagger makes of the words on both sides.
    let content_at = |k: usize| labelling.is_content(k);
    let new_at = |k: usize| labelling.begins_other(k);
    let next = end..(end + 6).min(behind_range.end);
    let count = next.len().max(1) as f32;
    let next_mean = step(next.clone().map(content_at).sum::<f32>() / count);
    let last = inside.len().clamp(1, 4);
    let last_mean = inside.clone().rev().take(last).map(content_at).sum::<f32>() / last as f32;
    add(40, group(behind), group(end - 1));
    add(41, ((sure / 2) << 8) | (on / 2), full_stop);
    add(42, next_mean, way);
    add(43, next_mean, id(behind));
    add(44, step(next.map(new_at).fold(0.0, f32::max)), way);
    add(45, step(last_mean), way);
    // What this cue and this beginning lead one to expect.
    let cue_group = cue.map_or(9999, |c| group(c.end - 1));
    add(46, cue_group, id(behind));
    add(47, cue_group, pos(behind) << 8 | pos(end));
    add(48, cue_group, hangs);
    add(49, pos(content.start), hangs);
    add(50, id(content.start), id(behind));
    found
}

/// Whether a word is a verb that a sentence can stand on.
fn is_finite(word: &Word) -> bool {
    let bare = [tag!("VB"), tag!("VBG"), tag!("VBN")];
    word.tag == tag!("MD") || word.is_verb() && !bare.contains(&word.tag)
}

#[cfg(test)]
mod tests;
