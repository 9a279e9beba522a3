//! Claims: contents of attributions cut into sentences, and checkable sentences in the
//! article's own voice; scored, ranked within the article, each with its reason.
//!
//! Two small linear scorers look at the words: whether a sentence can be checked at all and
//! how much it deserves it. Nothing is cut at a fixed score; claims are ranked.

use std::ops::Range;

use crate::text::{Mark, Span};

use self::kinds::kinds;
use crate::detect::finding::{Attribution, Claim, Kind, Voice, shortened};
use crate::detect::furniture::Furniture;
use crate::detect::language::tags::tag;
use crate::detect::model::Model;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::numbers::ranker::sigmoid;
use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

mod kinds;

/// Features of a stretch of words for the claim scorers.
pub fn claim_features(reading: &Reading<'_>, pieces: &[Range<usize>]) -> Vec<u32> {
    let words = &reading.words;
    let mut out = Vec::with_capacity(100);
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 3000, a, b));
    let count: usize = pieces.iter().map(|p| p.len()).sum();
    let (mut names, mut numbers) = (0u32, 0u32);
    add(0, 0, 0);
    add(1, bucket(count / 3), 0);
    let mut before = [1u32; 2];
    let mut before_tag = 99u32;
    for k in pieces.iter().flat_map(|p| p.clone()) {
        let word = &words[k];
        // All amounts read the same; which digits they have tells nothing.
        let id = if word.shape == Shape::Number {
            mix(1, word.span.len().min(4) as u32, 0)
        } else {
            word.id
        };
        let pos = u32::from(word.tag);
        names += u32::from(word.tag == tag!("NNP"));
        numbers += u32::from(word.shape == Shape::Number);
        add(2, id, 0);
        add(3, before[1], id);
        add(4, before_tag, pos);
        add(5, before_tag << 8 | pos, before[1]);
        add(6, mix(2, before[0], before[1]), id);
        before = [before[1], id];
        before_tag = pos;
    }
    add(7, names.min(4), numbers.min(3));
    if let Some(first) = pieces.first() {
        add(8, words[first.start].id, 0);
        add(
            9,
            u32::from(words[first.start].tag),
            words.get(first.start + 1).map_or(99, |w| u32::from(w.tag)),
        );
    }
    if let Some(last) = pieces.last() {
        add(10, words[last.end - 1].id, bucket(count / 4));
    }
    out
}

/// A claim before it is ranked.
struct Draft {
    pieces: Vec<Range<usize>>,
    attribution: Option<usize>,
    voice: Voice,
}

/// Fewer words than this are a fragment, not a claim of their own.
const FRAGMENT: usize = 3;
/// Sentences in the article's own voice need this many words.
const SHORTEST: usize = 5;

/// Reported speech needs this many words to say something (“him directly” does not).
const SHORTEST_REPORTED: usize = 4;

/// An article with all that is known of it before claims are looked for.
struct Whole<'a> {
    reading: &'a Reading<'a>,
    furniture: &'a [Option<Furniture>],
    /// Whether a sentence ends with a question mark.
    asking: &'a [bool],
    attributions: &'a [Attribution],
    model: &'a Model<'a>,
}

/// Finds and ranks the claims. `contents` are the word ranges of each attribution's content.
pub(in crate::detect) fn claims(
    reading: &Reading<'_>,
    furniture: &[Option<Furniture>],
    attributions: &[Attribution],
    contents: &[Vec<Range<usize>>],
    model: &Model<'_>,
) -> Vec<Claim> {
    let asking: Vec<bool> = reading
        .sentences
        .iter()
        .map(|sentence| asks(reading, sentence.span))
        .collect();
    let article = Whole {
        reading,
        furniture,
        asking: &asking,
        attributions,
        model,
    };
    let mut covered = vec![false; reading.words.len()];
    let mut drafts = Vec::new();
    for (index, pieces) in contents.iter().enumerate() {
        for piece in pieces {
            covered[piece.clone()].fill(true);
        }
        let voice = attributions[index].voice;
        for pieces in by_sentence(reading, pieces) {
            drafts.push(Draft {
                pieces,
                attribution: Some(index),
                voice,
            });
        }
    }
    own_voice(&article, &covered, &mut drafts);
    drafts.sort_by_key(|d| d.pieces[0].start);
    let mut claims: Vec<Claim> = drafts
        .iter()
        .take_while(|_| !reading.budget.is_spent())
        .filter_map(|d| finish(&article, d))
        .collect();
    rank(&mut claims);
    claims
}

/// Content pieces grouped by sentence; fragments join their neighbour.
fn by_sentence(reading: &Reading<'_>, pieces: &[Range<usize>]) -> Vec<Vec<Range<usize>>> {
    let mut groups: Vec<Vec<Range<usize>>> = Vec::new();
    let mut sentence = None;
    for piece in pieces {
        let mut start = piece.start;
        while start < piece.end {
            let here = reading.words[start].sentence;
            let end = reading.sentences[here as usize]
                .words
                .end
                .min(piece.end)
                .max(start + 1);
            match groups.last_mut() {
                Some(group) if sentence == Some(here) => group.push(start..end),
                _ => groups.push(std::iter::once(start..end).collect()),
            }
            sentence = Some(here);
            start = end;
        }
    }
    let size = |g: &[Range<usize>]| -> usize {
        g.iter()
            .flat_map(|r| r.clone())
            .filter(|k| reading.words[*k].is_word())
            .count()
    };
    let mut joined: Vec<Vec<Range<usize>>> = Vec::new();
    let mut small_before = false;
    let mut first_size = 0;
    for group in groups {
        let size = size(&group);
        let small = size < FRAGMENT;
        match joined.last_mut() {
            Some(last) if small || small_before => last.extend(group),
            _ => joined.push(group),
        }
        if joined.len() == 1 {
            first_size += size;
        }
        small_before = small && joined.len() == 1 && first_size < FRAGMENT;
    }
    joined
}

/// Adds sentences nobody is quoted for that can be checked.
fn own_voice(article: &Whole<'_>, covered: &[bool], drafts: &mut Vec<Draft>) {
    let Whole {
        reading,
        attributions,
        model,
        ..
    } = article;
    // Sentences whose main words are a source or cue belong to the attribution.
    let mut cues = vec![false; reading.sentences.len()];
    for cue in attributions.iter().filter_map(|a| a.cue.as_ref()) {
        for k in reading.words_in(cue.hull()) {
            cues[reading.words[k].sentence as usize] = true;
        }
    }
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let words = sentence.words.clone();
        let total = words
            .clone()
            .filter(|k| reading.words[*k].is_word())
            .count();
        let taken = words.clone().filter(|k| covered[*k]).count();
        if total < SHORTEST || taken * 4 > total || (taken > 0 && cues[index]) {
            continue;
        }
        let verbs = words.clone().any(|k| {
            let w = &reading.words[k];
            w.is_verb() || w.tag == tag!("MD")
        });
        if article.asking[index] || !verbs || article.furniture[index].is_some() {
            continue;
        }
        if sigmoid(
            model
                .checkable
                .score(&claim_features(reading, std::slice::from_ref(&words))),
        ) >= 0.5
        {
            drafts.push(Draft {
                pieces: vec![words],
                attribution: None,
                voice: Voice::Own,
            });
        }
    }
}

/// Whether a stretch of text ends with a question mark.
fn asks(reading: &Reading<'_>, span: Span) -> bool {
    let text = span.of(reading.text);
    reading.budget.spend(text.len());
    text.trim_end_matches(['"', '”', '\'', '’', ')', ' '])
        .ends_with('?')
}

fn finish(article: &Whole<'_>, draft: &Draft) -> Option<Claim> {
    let Whole {
        reading,
        attributions,
        model,
        ..
    } = article;
    let words = draft
        .pieces
        .iter()
        .flat_map(|p| p.clone())
        .filter(|k| reading.words[*k].is_word());
    if draft.voice == Voice::Indirect && words.count() < SHORTEST_REPORTED {
        return None;
    }
    // A question claims nothing, whoever asks.
    let question = |p: &Range<usize>| {
        let reported = draft.voice == Voice::Indirect;
        asks(reading, reading.span_of(p.clone()))
            || reported && article.asking[reading.words[p.end - 1].sentence as usize]
    };
    if draft.pieces.iter().all(question) {
        return None;
    }
    let mark = Mark::new(draft.pieces.iter().map(|p| reading.span_of(p.clone())))?;
    let features = claim_features(reading, &draft.pieces);
    let found = kinds(reading, &draft.pieces, draft.voice);
    let attribution = draft.attribution.map(|k| &attributions[k]);
    Some(Claim {
        why: why(reading, &found, attribution, draft.voice),
        mark,
        attribution: draft.attribution,
        voice: draft.voice,
        kinds: found.iter().map(|(kind, _)| *kind).collect(),
        checkable: sigmoid(model.checkable.score(&features)),
        keep: 0.0,
        stand_alone: None,
        priority: sigmoid(model.priority.score(&features)),
    })
}

/// The reason in a journalist's words: who it is taken from by which cue, and what in it can
/// be checked.
fn why(
    reading: &Reading<'_>,
    kinds: &[(Kind, &str)],
    attribution: Option<&Attribution>,
    voice: Voice,
) -> String {
    let cue = attribution
        .and_then(|a| a.cue.as_ref())
        .map(|cue| shortened(&cue.words(reading.text, " … ")));
    let reasons = &reading.lists.reasons;
    let texts = &reasons.claim;
    let mut reason = match (voice, cue.as_deref()) {
        (Voice::Own, _) => texts.own.plain(),
        (_, Some(":")) => texts.behind_name.plain(),
        (Voice::Direct, Some(cue)) => texts.quoted_with_cue.with(&[("cue", cue)]),
        (Voice::Direct, None) => texts.quoted.plain(),
        (Voice::Indirect, Some(cue)) => texts.reported_with_cue.with(&[("cue", cue)]),
        (Voice::Indirect, None) => texts.reported.plain(),
    };
    if attribution.is_some_and(|a| a.source.is_none()) {
        reason.push_str(&texts.no_source.plain());
    }
    for (kind, word) in kinds.iter().filter(|k| k.0 != Kind::Quotation).take(2) {
        let told = match kind {
            Kind::Quantity => &reasons.kind.quantity,
            Kind::Comparison => &reasons.kind.comparison,
            Kind::Event => &reasons.kind.event,
            Kind::Prediction => &reasons.kind.prediction,
            Kind::Causation => &reasons.kind.causation,
            Kind::Law => &reasons.kind.law,
            Kind::Position => &reasons.kind.position,
            Kind::Quotation => &reasons.kind.quotation,
            Kind::Opinion => &reasons.kind.opinion,
        };
        reason.push_str(&texts.more.with(&[("what", &told.plain())]));
        if !word.is_empty() {
            reason.push_str(&texts.by_word.with(&[("word", &shortened(word))]));
        }
    }
    reason
}

/// Turns raw scores into the rank within the article: half place, half score.
fn rank(claims: &mut [Claim]) {
    let raw: Vec<f32> = claims
        .iter()
        .map(|c| 0.65 * c.priority + 0.35 * c.checkable)
        .collect();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|a, b| raw[*a].total_cmp(&raw[*b]).then(b.cmp(a)));
    let last = claims.len().saturating_sub(1).max(1) as f32;
    for (place, index) in order.into_iter().enumerate() {
        claims[index].priority = 0.5 * raw[index] + 0.5 * place as f32 / last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_rank_by_their_scores_and_equal_ones_in_text_order() {
        let claim = |(at, (priority, checkable)): (usize, &(f32, f32))| Claim {
            mark: Mark::whole(Span::new(at, at + 1)).expect("a letter"),
            attribution: None,
            voice: Voice::Own,
            kinds: vec![Kind::Event],
            checkable: *checkable,
            keep: 0.0,
            stand_alone: None,
            priority: *priority,
            why: String::new(),
        };
        let scores = [(0.2, 0.9), (0.9, 0.9), (0.2, 0.1), (0.9, 0.2), (0.2, 0.9)];
        let mut claims: Vec<Claim> = scores.iter().enumerate().map(claim).collect();
        rank(&mut claims);
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by(|a, b| claims[*b].priority.total_cmp(&claims[*a].priority));
        assert_eq!(order, [1, 3, 0, 4, 2]);
        assert!(
            claims
                .iter()
                .all(|claim| (0.0..=1.0).contains(&claim.priority))
        );
        // The best of an article stands high whatever its score is, alone or not.
        assert!(claims[1].priority > 0.9 && claims[2].priority < 0.2);
    }
}
