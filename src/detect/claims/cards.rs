//! The cards of an article, above the fold and below it.

use super::choice::cards_of;
use super::features::features;
use super::ground::Ground;
use super::hashed::hashed;
use super::judge::{CardModel, chance, worth};
use super::kinds::kinds;
use super::owners::{Nearby, own_features, pair_features};
use super::propositions::{Proposition, propositions};
use super::ranks::rank_features;
use super::stand_alone::Mentions;
use super::why::why;
use super::wording::claim_features;
use crate::detect::finding::{Claim, SourceMention, Voice};
use crate::detect::model::Model;
use crate::detect::numbers::ranker::{sigmoid, softmax};
use crate::text::Mark;

/// Grades go from 0 to this.
const TOP_GRADE: f32 = 3.0;

/// A proposition that was judged.
struct Judged {
    proposition: Proposition,
    features: Vec<f32>,
    shares: Vec<f32>,
}

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
    let [above_fold, told, _] = learned.bars;
    let (mut above, mut below) = (Vec::new(), Vec::new());
    let mut scratch = Vec::new();
    for sentence in 0..ground.reading.sentences.len() {
        if ground.reading.budget.is_spent() {
            break;
        }
        let judged = judge(ground, learned, sentence, &mut scratch);
        let chosen = |bar: f32| {
            let judged = judged.iter().map(|j| (&j.proposition, &*j.shares));
            cards_of(judged, bar)
        };
        let mut is_card = vec![None; judged.len()];
        let cards = chosen(above_fold);
        if cards.is_empty() && ground.sentences[sentence].furniture == 0 {
            // One at most: what is seldom worth a person's time is not told in parts.
            let best = chosen(told)
                .into_iter()
                .max_by(|a, b| worth(&judged[*a].shares).total_cmp(&worth(&judged[*b].shares)));
            best.into_iter().for_each(|k| is_card[k] = Some(false));
        }
        cards.into_iter().for_each(|k| is_card[k] = Some(true));
        for (judged, is_card) in judged.into_iter().zip(is_card) {
            match is_card {
                Some(true) => above.push(judged),
                Some(false) => below.push(judged),
                None => {}
            }
        }
    }
    (
        finished(ground, model, learned, &mentions, &above),
        finished(ground, model, learned, &mentions, &below),
    )
}

/// Every proposition of a sentence with the chance that it is a card.
fn judge(
    ground: &Ground<'_>,
    learned: &CardModel<'_>,
    sentence: usize,
    scratch: &mut Vec<u32>,
) -> Vec<Judged> {
    let found = propositions(ground, sentence).into_iter();
    found
        .map(|proposition| {
            let mut features = features(ground, &proposition);
            features.extend(learned.words(&hashed(ground, &proposition)));
            let shares = softmax(learned.card.scores(&features, scratch));
            Judged {
                proposition,
                features,
                shares,
            }
        })
        .collect()
}

/// Gives cards their owner, rank and reason.
fn finished(
    ground: &Ground<'_>,
    model: &Model<'_>,
    learned: &CardModel<'_>,
    mentions: &Mentions<'_>,
    cards: &[Judged],
) -> Vec<Claim> {
    let nearby = Nearby::new(ground);
    let propositions: Vec<&Proposition> = cards.iter().map(|c| &c.proposition).collect();
    let base: Vec<&[f32]> = cards.iter().map(|c| c.features.as_slice()).collect();
    let shares: Vec<&[f32]> = cards.iter().map(|c| c.shares.as_slice()).collect();
    let ranks = rank_features(ground, &propositions, &base, &shares);
    let mut scratch = Vec::new();
    let finish = |(card, rank): (&Judged, Vec<f32>)| {
        let owner = owner(ground, learned, &nearby, card, &mut scratch);
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
            priority: (learned.rank.scores(&rank, &mut scratch)[0] / TOP_GRADE).clamp(0.0, 1.0),
            keep: card.shares[2] * owner.sure,
            stand_alone: mentions.stand_alone(ground.reading, pieces, attribution, voice),
        })
    };
    cards.iter().zip(ranks).filter_map(finish).collect()
}

/// Whose words a card is in: the article's own, unless an attribution near is better by more
/// than the bias.
fn owner(
    ground: &Ground<'_>,
    learned: &CardModel<'_>,
    nearby: &Nearby,
    card: &Judged,
    scratch: &mut Vec<u32>,
) -> Owner {
    let options = nearby.options(ground, &card.proposition);
    let features = own_features(
        ground,
        &card.proposition,
        &card.features,
        &card.shares,
        options.len(),
    );
    let own = chance(&learned.own, &features, scratch);
    let pair = |(rank, attribution): (usize, &usize)| {
        let row = pair_features(
            ground,
            &card.proposition,
            *attribution,
            rank,
            &card.features,
        );
        (chance(&learned.pair, &row, scratch), *attribution)
    };
    let best = options
        .iter()
        .enumerate()
        .map(pair)
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    let [_, _, bias] = learned.bars;
    match best {
        Some((sure, attribution)) if sure - own > bias => Owner {
            attribution: Some(attribution),
            sure,
        },
        _ => Owner {
            attribution: None,
            sure: own,
        },
    }
}
