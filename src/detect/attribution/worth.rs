//! Whether an attribution that was put together holds: what speaks for it as a whole.
//!
//! The tagger judges word by word and the linker piece by piece; only here are source, cue and
//! contents seen together, with how sure each was.

use std::ops::Range;

use super::labelling::Labelling;
use super::link::Link;
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::NONE;

/// How probable a label's kind is over some words.
struct Sureness {
    mean: u32,
    least: u32,
    first: u32,
    last: u32,
}

/// A probability in steps that are finer towards both ends.
pub(super) fn step(share: f32) -> u32 {
    let share = share.clamp(0.005, 0.995);
    (((share / (1.0 - share)).ln() + 5.5) * 1.5) as u32
}

fn sureness(labelling: &Labelling, words: &[Range<usize>], kind: usize) -> Sureness {
    let share = |k: usize| labelling.is_in(k, kind);
    let shares = || words.iter().flat_map(|r| r.clone()).map(share);
    let count = shares().count().max(1) as f32;
    Sureness {
        mean: step(shares().sum::<f32>() / count),
        least: step(shares().fold(1.0, f32::min)),
        first: step(shares().next().unwrap_or(0.0)),
        last: step(shares().next_back().unwrap_or(0.0)),
    }
}

/// Which parts an attribution has besides its contents.
fn parts(link: &Link) -> u32 {
    u32::from(link.cue.is_some()) << 1 | u32::from(link.source.is_some())
}

/// How an attribution stands to the one before or behind it.
fn beside(
    reading: &Reading<'_>,
    link: &Link,
    other: Option<&Link>,
    template: u32,
    add: &mut impl FnMut(u32, u32, u32),
) {
    let Some(other) = other else {
        add(template, 99, 0);
        return;
    };
    let ends = |l: &Link| (l.contents[0].start, l.contents[l.contents.len() - 1].end);
    let start = |l: &Link| {
        let others = l.cue.iter().chain(&l.source).map(|r| r.start);
        others.fold(l.contents[0].start, usize::min)
    };
    let ((from, to), (other_from, other_to)) = (ends(link), ends(other));
    let sentence = |k: usize| reading.words[k].sentence;
    let away = sentence(from).abs_diff(sentence(other_from)).min(3);
    let gap = bucket(from.abs_diff(other_to).min(other_from.abs_diff(to)));
    let same = u32::from(other.source.is_some() && other.source == link.source);
    let cue = other
        .cue
        .as_ref()
        .map_or(1, |c| reading.words[c.end - 1].id);
    let order = u32::from(start(other) < from);
    add(template, away << 4 | gap, parts(other));
    add(
        template + 1,
        away << 4 | same << 2 | parts(other),
        parts(link),
    );
    add(template + 2, away, mix(4, cue, order));
}

/// The features of attribution `which` of `links`.
pub fn worth_features(
    reading: &Reading<'_>,
    labelling: &Labelling,
    links: &[Link],
    which: usize,
) -> Vec<u32> {
    let words = &reading.words;
    let link = &links[which];
    let id = |k: usize| words.get(k).map_or(1, |w| w.id);
    let pos = |k: usize| words.get(k).map_or(98, |w| u32::from(w.tag));
    let contents = &link.contents;
    let start = contents[0].start;
    let end = contents[contents.len() - 1].end;
    let count: usize = contents.iter().map(|c| c.len()).sum();
    let length = bucket(count);
    let inside = || contents.iter().flat_map(|c| c.clone());
    let quoted = inside().filter(|k| words[*k].quotation != NONE).count();
    let quoted = (quoted * 4 / count.max(1)) as u32;
    let sure = sureness(labelling, contents, 1);
    let mut out = Vec::with_capacity(64);
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 4000, a, b));
    add(0, 0, 0);
    add(1, sure.mean, 0);
    add(2, sure.least, 0);
    add(3, sure.first, sure.last);
    add(4, length, contents.len().min(3) as u32);
    add(5, id(start), 0);
    add(6, pos(start) << 8 | pos(start + 1), 0);
    add(7, id(end - 1), 0);
    add(8, pos(end - 1) << 8 | pos(end), 0);
    add(9, id(start.wrapping_sub(1)), 0);
    add(10, id(end), 0);
    add(11, pos(start.wrapping_sub(1)) << 8 | pos(start), 0);
    add(12, quoted, length);
    let verbs = inside().filter(|k| words[*k].is_verb() || words[*k].tag == tag!("MD"));
    let verbs = verbs.count().min(4) as u32;
    add(13, verbs, length);
    let sentence = reading.sentence_of(start);
    add(
        14,
        u32::from(words[start].sentence == 0),
        bucket(sentence.words.len()),
    );

    // Where speech has its marks, less speaks for a content without them.
    let marked = u32::from(reading.quoted);
    add(60, marked, sure.mean);
    add(61, marked, quoted);
    add(62, marked, parts(link));
    let before = which.checked_sub(1).map(|k| &links[k]);
    beside(reading, link, before, 63, &mut add);
    beside(reading, link, links.get(which + 1), 66, &mut add);

    // The word of the content that hangs outside it, and how.
    let hanging = |range: &Range<usize>, on: &dyn Fn(usize) -> bool| -> (u32, usize) {
        let outside = |k: &usize| on(words[*k].head as usize);
        let found = range.clone().find(outside);
        found.map_or((99, range.start), |k| (u32::from(words[k].relation), k))
    };
    let source = link.source.as_ref().map(|s| {
        let sure = sureness(labelling, std::slice::from_ref(s), 2);
        (s.clone(), sure.mean)
    });
    let source_sure = source.as_ref().map_or(40, |s| s.1);
    match &source {
        Some((s, sure)) => {
            let last = s.end - 1;
            add(20, *sure, 0);
            add(21, step(link.certainty), 0);
            add(22, id(last), 0);
            add(23, id(s.start), 0);
            add(24, pos(last) << 8 | words[last].noun as u32, 0);
            add(25, u32::from(words[last].class[0]), pos(s.start));
            add(26, bucket(s.len()), pos(s.start));
        }
        None => add(27, sure.mean, length),
    }
    let source_tag = link.source.as_ref().map_or(97, |s| pos(s.end - 1));
    let Some(cue) = &link.cue else {
        add(28, sure.mean, source_tag);
        add(29, quoted, length);
        return out;
    };
    let last = cue.end - 1;
    let before = u32::from(start < cue.start);
    let cue_sure = sureness(labelling, std::slice::from_ref(cue), 3);
    let whole = cue.clone().fold(7, |h, k| mix(h, id(k), 3));
    let tags = cue.clone().fold(9, |h, k| mix(h, pos(k), 5));
    add(30, cue_sure.mean, 0);
    add(31, cue_sure.least, 0);
    add(32, cue_sure.first, cue_sure.last);
    add(33, cue_sure.mean / 2, sure.mean / 2);
    add(34, cue_sure.mean / 2, source_sure / 2);
    add(35, whole, 0);
    add(36, id(last), 0);
    add(37, id(cue.start), 0);
    add(38, tags, before);
    for k in cue.clone() {
        let word = &words[k];
        add(39, word.id, 0);
        if word.is_verb() || word.tag <= tag!("NNS") || word.tag == tag!("JJ") {
            add(40, u32::from(word.class[0]), 0);
            add(41, u32::from(word.class[1]), 0);
            add(42, u32::from(word.class[0]), pos(start));
        }
    }
    add(43, source_tag, id(last));
    add(44, pos(start), id(last));
    add(45, id(start), id(last));
    add(46, length, id(last));
    add(47, u32::from(words[last].cue) << 8 | before, length);
    add(48, u32::from(words[last].cue), cue_sure.mean);
    let gap = if before == 1 {
        cue.start.saturating_sub(end)
    } else {
        start.saturating_sub(cue.end)
    };
    add(49, before << 8 | bucket(gap), quoted);
    let in_cue = |k: usize| cue.contains(&k);
    let (relation, _) = hanging(&(start..end), &in_cue);
    let by = link.source.as_ref().map_or(98, |s| hanging(s, &in_cue).0);
    add(50, relation, by);
    add(51, relation, id(last));
    add(52, relation, tags);
    add(53, relation, mix(1, pos(start), length));
    add(54, by, mix(2, source_tag, tags));
    add(55, relation, u32::from(words[last].class[0]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::attribution::label::LABELS;
    use crate::detect::language::Language;

    /// Features of “Wells ran dry, Ann Orr said.” with every word as sure as told.
    fn features(share: f32, cue: bool) -> Vec<u32> {
        let language = Language::compiled_in();
        let reading = Reading::new("Wells ran dry, Ann Orr said.", &language);
        let shares = vec![[share / 2.0; LABELS]; reading.words.len()];
        let labelling = Labelling::new(Vec::new(), shares);
        let one = 0..3;
        let link = Link {
            source: Some(4..6),
            cue: cue.then_some(6..7),
            contents: vec![one],
            certainty: 0.9,
            spoken: false,
        };
        worth_features(&reading, &labelling, &[link], 0)
    }

    #[test]
    fn sureness_and_the_parts_of_an_attribution_tell() {
        assert_eq!(features(0.9, true), features(0.9, true));
        assert_ne!(features(0.9, true), features(0.3, true));
        assert!(features(0.9, false).len() < features(0.9, true).len());
    }

    #[test]
    fn an_attribution_is_seen_beside_its_neighbours() {
        let language = Language::compiled_in();
        let text = "Wells ran dry, Ann Orr said. Nobody came, Ann Orr said.";
        let reading = Reading::new(text, &language);
        let shares = vec![[0.1; LABELS]; reading.words.len()];
        let labelling = Labelling::new(Vec::new(), shares);
        let link = |start: usize, end: usize| Link {
            source: Some(end + 1..end + 3),
            cue: Some(end + 3..end + 4),
            contents: std::iter::once(start..end).collect(),
            certainty: 0.9,
            spoken: false,
        };
        let links = [link(0, 3), link(8, 10)];
        let alone = worth_features(&reading, &labelling, &links[1..], 0);
        let behind = worth_features(&reading, &labelling, &links, 1);
        let new = behind.iter().filter(|f| !alone.contains(f)).count();
        assert_eq!(new, 3, "one neighbour tells three things");
    }

    #[test]
    fn steps_grow_with_the_share_and_take_both_ends() {
        let steps: Vec<u32> = [0.0, 0.02, 0.2, 0.5, 0.8, 0.98, 1.0].map(step).to_vec();
        assert!(steps.is_sorted() && steps[0] == 0, "{steps:?}");
        assert!(steps[6] > steps[3], "{steps:?}");
    }
}
