//! The cards of an article, above the fold and below it.

use super::choice::cards_of;
use super::features::{features, numbers};
use super::ground::Ground;
use super::hashed::Weighed;
use super::judge::{CardModel, chances, worth};
use super::kinds::kinds;
use super::owners::{Nearby, own_features, pair_features};
use super::propositions::{Proposition, propositions};
use super::ranks::Among;
use super::stand_alone::Mentions;
use super::why::why;
use super::wording::claim_features;
use crate::detect::finding::{Claim, SourceMention, Voice};
use crate::detect::model::Model;
use crate::detect::numbers::ranker::{sigmoid, softmax};
use crate::text::Mark;

/// Grades go from 0 to this.
const TOP_GRADE: f32 = 3.0;

/// Cards that are finished together.
const TOGETHER: usize = 32;
/// Propositions that are judged together, with the rest of the last one's sentence.
const JUDGED_TOGETHER: usize = 120;

/// A proposition that was judged.
struct Judged {
    proposition: Proposition,
    /// What the scorers of words gave it.
    scores: [f32; 3],
    shares: [f32; 3],
}

impl Judged {
    /// The row the judge saw of it. Worked out again for those that are cards: kept until all are
    /// chosen it would be most of what a long article takes.
    fn row(&self, ground: &Ground<'_>) -> Vec<f32> {
        let mut row = numbers(ground, &self.proposition);
        row.extend(self.scores);
        row
    }
}

/// A proposition that may be a card, and what the scorers of words give it.
type Found = (Proposition, [f32; 3]);

/// Whose words a card is in: an attribution or nobody's, and how sure.
struct Owner {
    attribution: Option<usize>,
    sure: f32,
}

/// Finds the cards: those above the fold and those below, each in text order.
pub(in crate::detect) fn cards(
    ground: &Ground<'_>,
    model: &Model<'_>,
    learned: &CardModel<'_>,
    sources: &[SourceMention],
) -> (Vec<Claim>, Vec<Claim>) {
    let mentions = Mentions::new(ground.reading, sources);
    let [_, _, _, keep, _] = learned.bars;
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let (mut found, mut rows) = (Vec::new(), Vec::new());
    for sentence in 0..ground.reading.sentences.len() {
        if ground.reading.budget.is_spent() {
            break;
        }
        look(ground, learned, sentence, &mut found, &mut rows);
        if rows.len() >= JUDGED_TOGETHER {
            let judged = judged(learned, &mut found, &mut rows);
            choose(ground, learned, judged, [&mut above, &mut below]);
        }
    }
    let judged = judged(learned, &mut found, &mut rows);
    choose(ground, learned, judged, [&mut above, &mut below]);
    let nearby = Nearby::new(ground);
    let finished = |cards| finished(ground, model, learned, &mentions, &nearby, cards);
    let (mut above, mut below) = (finished(above), finished(below));
    // A card whose words or whose voice are surely wrong is not worth a person's time either.
    let is_sure = |claim: &Claim| claim.keep >= keep;
    below.extend(above.extract_if(.., |claim| !is_sure(claim)));
    below.sort_by_key(|claim| claim.mark.hull().start);
    (above, below)
}

/// Adds the propositions of a sentence that may be cards, and what the judge sees of each. Four in
/// ten are none by their words alone, and are not looked at closely.
fn look(
    ground: &Ground<'_>,
    learned: &CardModel<'_>,
    sentence: usize,
    found: &mut Vec<Found>,
    rows: &mut Vec<Vec<f32>>,
) {
    let [.., bar] = learned.bars;
    let weighed = Weighed::new(ground, &learned.scorers, sentence);
    for proposition in propositions(ground, sentence) {
        let scores = weighed.scores(&proposition);
        let [_, whole, _] = scores;
        if whole >= bar {
            let mut row = features(ground, &proposition);
            row.extend(scores);
            rows.push(row);
            found.push((proposition, scores));
        }
    }
}

/// The propositions found, with the chance that each is a card.
fn judged(
    learned: &CardModel<'_>,
    found: &mut Vec<Found>,
    rows: &mut Vec<Vec<f32>>,
) -> Vec<Judged> {
    let shares = learned.card.scores(rows);
    rows.clear();
    let judged = found.drain(..).zip(shares);
    judged
        .map(|((proposition, scores), shares)| Judged {
            proposition,
            scores,
            shares: softmax(shares),
        })
        .collect()
}

/// Takes the cards out of what was judged of some sentences: those above the fold, those below.
fn choose(
    ground: &Ground<'_>,
    learned: &CardModel<'_>,
    judged: Vec<Judged>,
    [above, below]: [&mut Vec<Judged>; 2],
) {
    let [above_fold, told, ..] = learned.bars;
    let mut is_card = Vec::with_capacity(judged.len());
    for judged in judged.chunk_by(|a, b| a.proposition.sentence == b.proposition.sentence) {
        let chosen = |bar: f32| {
            let judged = judged.iter().map(|j| (&j.proposition, &j.shares[..]));
            cards_of(judged, bar)
        };
        let from = is_card.len();
        is_card.resize(from + judged.len(), None);
        let cards = chosen(above_fold);
        if cards.is_empty() && ground.sentences[judged[0].proposition.sentence].furniture == 0 {
            // One at most: what is seldom worth a person's time is not told in parts.
            let best = chosen(told)
                .into_iter()
                .max_by(|a, b| worth(&judged[*a].shares).total_cmp(&worth(&judged[*b].shares)));
            best.into_iter()
                .for_each(|k| is_card[from + k] = Some(false));
        }
        cards
            .into_iter()
            .for_each(|k| is_card[from + k] = Some(true));
    }
    for (judged, is_card) in judged.into_iter().zip(is_card) {
        match is_card {
            Some(true) => above.push(judged),
            Some(false) => below.push(judged),
            None => {}
        }
    }
}

/// Gives cards their owner, rank and reason.
fn finished(
    ground: &Ground<'_>,
    model: &Model<'_>,
    learned: &CardModel<'_>,
    mentions: &Mentions<'_>,
    nearby: &Nearby,
    cards: Vec<Judged>,
) -> Vec<Claim> {
    let propositions: Vec<&Proposition> = cards.iter().map(|c| &c.proposition).collect();
    let among = Among::new(ground, &propositions);
    let finish = |((card, owner), [grade]): ((&Judged, Owner), [f32; 1])| {
        let pieces = &card.proposition.pieces;
        let spans = pieces.iter().map(|p| ground.reading.span_of(p.clone()));
        let attribution = owner.attribution.map(|k| &ground.attributions[k]);
        let voice = attribution.map_or(Voice::Own, |a| a.voice);
        let found = kinds(ground.reading, pieces, voice);
        let features = claim_features(ground.reading, pieces);
        Some(Claim {
            mark: Mark::new(spans)?,
            attribution: owner.attribution,
            voice,
            why: why(ground.reading, &found, attribution, voice),
            kinds: found.iter().map(|(kind, _)| *kind).collect(),
            checkable: sigmoid(model.checkable.score(&features)),
            priority: (grade / TOP_GRADE).clamp(0.0, 1.0),
            keep: card.shares[2] * owner.sure,
            stand_alone: mentions.stand_alone(ground.reading, pieces, attribution, voice),
        })
    };
    let mut found = Vec::with_capacity(cards.len());
    let mut cards = cards.into_iter();
    let mut number = 0;
    // Some at a time: each has long rows of numbers, and another one for every attribution near.
    while !cards.as_slice().is_empty() {
        let some: Vec<Judged> = cards.by_ref().take(TOGETHER).collect();
        let bases: Vec<Vec<f32>> = some.iter().map(|card| card.row(ground)).collect();
        let numbered = some.iter().zip(&bases).enumerate();
        let rows: Vec<Vec<f32>> = numbered
            .map(|(k, (card, base))| {
                let card_and_number = (&card.proposition, number + k);
                among.row(ground, card_and_number, base, &card.shares)
            })
            .collect();
        number += some.len();
        let owners = owners(ground, learned, nearby, &some, &bases);
        let all = some.iter().zip(owners).zip(learned.rank.scores(&rows));
        found.extend(all.filter_map(&finish));
    }
    found
}

/// Whose words each card is in: the article's own, unless an attribution near is better by more
/// than the bias.
fn owners(
    ground: &Ground<'_>,
    learned: &CardModel<'_>,
    nearby: &Nearby,
    cards: &[Judged],
    bases: &[Vec<f32>],
) -> Vec<Owner> {
    let options: Vec<Vec<usize>> = cards
        .iter()
        .map(|card| nearby.options(ground, &card.proposition))
        .collect();
    let all = || cards.iter().zip(bases).zip(&options);
    let own_rows: Vec<Vec<f32>> = all()
        .map(|((card, base), options)| {
            own_features(ground, &card.proposition, base, &card.shares, options.len())
        })
        .collect();
    let pair_rows: Vec<Vec<f32>> = all()
        .flat_map(|((card, base), options)| {
            let options = options.iter().enumerate();
            options.map(move |(rank, attribution)| {
                pair_features(ground, &card.proposition, *attribution, rank, base)
            })
        })
        .collect();
    let mut pairs = chances(&learned.pair, &pair_rows);
    let [_, _, bias, ..] = learned.bars;
    chances(&learned.own, &own_rows)
        .zip(&options)
        .map(|(own, options)| {
            let found = options.iter().zip(pairs.by_ref());
            let best = found.reduce(|a, b| if b.1 > a.1 { b } else { a });
            match best {
                Some((attribution, sure)) if sure - own > bias => Owner {
                    attribution: Some(*attribution),
                    sure,
                },
                _ => Owner {
                    attribution: None,
                    sure: own,
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
