//! Whose words a card is in: what speaks for the article itself, and for each attribution near.

use rustc_hash::FxHashSet;

use super::features::{Row, person};
use super::ground::{Count, Ground, Part};
use super::propositions::Proposition;
use crate::detect::finding::Voice;
use crate::detect::reading::word::NONE;

/// How far behind a source, and how far before one, a card may stand; bytes.
const REACH: [usize; 2] = [900, 250];
/// How many sources come into question.
const OPTIONS: usize = 7;
/// How far around a card somebody's words are looked for, in words.
const NEIGHBOURS: usize = 80;
/// How many words beside a card may be its cue.
const BESIDE: usize = 4;
/// How many words between a content and a card are looked at.
const BETWEEN: usize = 300;
/// Stands for "nowhere near".
const FAR: f32 = 99.0;

/// Attributions near the article's places, so that only those near a card are looked at.
#[derive(Debug)]
pub struct Nearby {
    /// By where their hull begins: (first word, end of the hull so far the farthest, attribution).
    by_start: Vec<(usize, usize, usize)>,
}

impl Nearby {
    /// Of an article.
    pub fn new(ground: &Ground<'_>) -> Nearby {
        let mut by_start: Vec<(usize, usize, usize)> = (0..ground.attributions.len())
            .filter(|k| !ground.sources[*k].is_empty())
            .map(|k| {
                let contents = &ground.contents[k];
                let source = &ground.sources[k];
                let start = contents[0].start.min(source.start);
                let end = contents[contents.len() - 1].end.max(source.end);
                (start, end, k)
            })
            .collect();
        by_start.sort_unstable();
        let mut farthest = 0;
        for entry in &mut by_start {
            farthest = farthest.max(entry.1);
            entry.1 = farthest;
        }
        Nearby { by_start }
    }

    /// The attributions a card may be taken from, nearest first; one of each mention.
    pub fn options(&self, ground: &Ground<'_>, proposition: &Proposition) -> Vec<usize> {
        let words = &ground.reading.words;
        let hull = proposition.hull();
        let (from, to) = (
            words[hull.start].span().start,
            words[hull.end - 1].span().end,
        );
        let byte = |word: usize| words[word].span().start;
        let last = self
            .by_start
            .partition_point(|(start, _, _)| byte(*start) <= to + REACH[1]);
        let near = self.by_start[..last]
            .iter()
            .rev()
            .take_while(|(_, end, _)| words[end - 1].span().end + REACH[0] >= from);
        let mut found: Vec<(usize, usize)> = near
            .filter_map(|(_, _, k)| {
                ground.reading.budget.spend(1);
                let source = byte(ground.sources[*k].start);
                let spans = ground.contents[*k]
                    .iter()
                    .map(|c| (byte(c.start), words[c.end - 1].span().end));
                let mut distance = from.abs_diff(source);
                if source >= from {
                    distance = source.saturating_sub(to);
                }
                for (start, end) in spans {
                    distance = distance.min(match () {
                        () if end <= from => from - end,
                        () => start.saturating_sub(to),
                    });
                }
                let reach = REACH[usize::from(source >= from)];
                (distance <= reach).then_some((distance, *k))
            })
            .collect();
        found.sort_unstable();
        let mut mentions = FxHashSet::default();
        found.retain(|(_, k)| mentions.insert(ground.sources[*k].start));
        found.truncate(OPTIONS);
        found.into_iter().map(|(_, k)| k).collect()
    }
}

/// The words that somebody says nearest before and behind a card.
fn neighbours(ground: &Ground<'_>, proposition: &Proposition) -> [Option<usize>; 2] {
    let hull = proposition.hull();
    let end = ground.reading.words.len().min(hull.end + NEIGHBOURS);
    let owned = |k: &usize| ground.owner(*k).is_some();
    [
        (hull.start.saturating_sub(NEIGHBOURS)..hull.start)
            .rev()
            .find(owned),
        (hull.end..end).find(owned),
    ]
}

/// Words right before and right behind a card.
fn beside(ground: &Ground<'_>, proposition: &Proposition) -> [std::ops::Range<usize>; 2] {
    let hull = proposition.hull();
    let end = ground.reading.words.len().min(hull.end + BESIDE);
    [
        hull.start.saturating_sub(BESIDE - 1)..hull.start,
        hull.end..end,
    ]
}

/// What speaks for the article's own voice: `base` are the card's features, `shares` how likely
/// it is a card.
pub fn own_features(
    ground: &Ground<'_>,
    proposition: &Proposition,
    base: &[f32],
    shares: &[f32],
    options: usize,
) -> Vec<f32> {
    let hull = proposition.hull();
    let mut row = Row(Vec::with_capacity(base.len() + shares.len() + 10));
    row.0.extend_from_slice(base);
    row.0.extend_from_slice(shares);
    row.number(options as f32);
    let [back, forth] = neighbours(ground, proposition);
    row.number(back.map_or(FAR, |k| (hull.start - k) as f32));
    row.number(forth.map_or(FAR, |k| (k - hull.end) as f32));
    let said = |k: Option<usize>| {
        k.and_then(|k| ground.owner(k))
            .map(|owner| &ground.attributions[owner as usize])
    };
    row.perhaps(said(back).map(|a| a.score));
    for near in [back, forth] {
        row.perhaps(said(near).map(|a| f32::from(u8::from(a.voice == Voice::Direct))));
    }
    row.number(ground.owned);
    for words in beside(ground, proposition).into_iter().rev() {
        row.yes(words.into_iter().any(|k| ground.part[k] != Part::Other));
    }
    row.0
}

/// What speaks for taking a card from an attribution, the `rank`th of its options.
pub fn pair_features(
    ground: &Ground<'_>,
    proposition: &Proposition,
    attribution: usize,
    rank: usize,
    base: &[f32],
) -> Vec<f32> {
    let (reading, words) = (ground.reading, &ground.reading.words);
    let found = &ground.attributions[attribution];
    let (source, cue) = (&ground.sources[attribution], &ground.cues[attribution]);
    let contents = &ground.contents[attribution];
    let hull = proposition.hull();
    let (first, last) = (contents[0].start, contents[contents.len() - 1].end);
    let sentence = |k: usize| words[k].sentence as f32;
    let paragraph = |k: usize| reading.sentence_of(k).paragraph as f32;
    // Before the card distances are negative.
    let way = |range: &std::ops::Range<usize>| match range {
        r if r.start < hull.start => -((hull.start - r.end.min(hull.start)) as f32),
        r => r.start.saturating_sub(hull.end) as f32,
    };
    let mut row = Row(Vec::with_capacity(base.len() + 50));
    let shared = ground.shared(&proposition.pieces, attribution);
    row.number(shared / ground.sum(Count::Words, &proposition.pieces).max(1.0));
    row.number(shared / ground.spoken[attribution].max(1.0));
    row.number(rank as f32);
    row.number(match source.start {
        s if s < hull.start => -((hull.start - s) as f32),
        s => s.saturating_sub(hull.end) as f32,
    });
    row.number(if cue.is_empty() { 500.0 } else { way(cue) });
    row.number(sentence(hull.start) - sentence(source.start));
    row.number(paragraph(hull.start) - paragraph(source.start));
    row.yes(words[hull.start].sentence == words[source.start].sentence);
    row.number(found.score);
    row.yes(found.voice == Voice::Direct);
    let last_cue = cue.clone().next_back().map(|k| &words[k]);
    row.perhaps(last_cue.map(|w| f32::from(w.cue)));
    row.perhaps(
        cue.clone()
            .map(|k| f32::from(words[k].cue))
            .reduce(f32::max),
    );
    row.yes(cue.clone().any(|k| ground.lists.report.has(words[k].id)));
    row.perhaps(last_cue.map(|w| f32::from(w.tag)));
    row.perhaps(last_cue.map(|w| f32::from(w.class[0])));
    row.number(cue.len() as f32);
    row.yes(cue.clone().any(|k| reading.word(k) == ":"));
    let head = &words[source.end - 1];
    row.number(f32::from(head.tag));
    row.number(f32::from(head.noun as u8));
    row.number(person(ground, head.id));
    row.number(source.len() as f32);
    let entity = ground.entities[attribution];
    row.number(match () {
        () if last <= hull.start => (hull.start - last) as f32,
        () if first >= hull.end => -((first - hull.end) as f32),
        () => 0.0,
    });
    let (quoted, quoted_content) = (words[hull.start].quotation, words[last - 1].quotation);
    row.yes(quoted != NONE);
    row.yes(quoted != NONE && quoted == quoted_content);
    row.yes(first == hull.start);
    row.yes(last == hull.end);
    row.yes(source.start >= hull.start && source.end <= hull.end);
    row.yes(!cue.is_empty() && cue.start >= hull.start && cue.end <= hull.end);
    row.number(ground.spoken[attribution]);
    row.number(sentence(hull.start) - sentence(first));
    row.number(paragraph(hull.start) - paragraph(last - 1));
    let near = neighbours(ground, proposition);
    for other in near {
        row.number(match other.and_then(|k| ground.owner(k)) {
            None => -1.0,
            Some(k) if k as usize == attribution => 2.0,
            Some(k) if ground.sources[k as usize].is_empty() => -2.0,
            Some(k) => f32::from(u8::from(ground.entities[k as usize] == entity)),
        });
    }
    row.number(near[0].map_or(FAR, |k| (hull.start - k) as f32));
    row.number(near[1].map_or(FAR, |k| (k - hull.end) as f32));
    row.number(ground.said.get(&entity).copied().unwrap_or(0) as f32);
    let from = hull.start.saturating_sub(BETWEEN).max(last.min(hull.start));
    let between = from..hull.start;
    row.number(ground.others_between(&between, entity));
    row.number(ground.sum(Count::Names, std::slice::from_ref(&between)));
    let quoted = ground.sum(Count::Quoted, std::slice::from_ref(&between));
    row.number(quoted / between.len().max(1) as f32);
    let own = &reading.sentences[proposition.sentence].words;
    row.number(ground.parts_in(own));
    for words in beside(ground, proposition) {
        let is_part = |k: usize| cue.contains(&k) || source.contains(&k);
        row.yes(words.into_iter().any(is_part));
    }
    row.0.extend_from_slice(base);
    row.0
}
