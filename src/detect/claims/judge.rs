//! What was learned of cards: which propositions make one, whose words they are in, and what
//! deserves checking first.
//!
//! A file of its own beside the model of attributions, learned on top of it (`proofmark train
//! --desk`): small linear scorers over words, and boosted trees over numbers.

use crate::detect::numbers::file::split;
use crate::detect::numbers::quick::Quick;
use crate::detect::numbers::ranker::{Ranker, sigmoid};
use crate::detect::numbers::trees::Forest;

/// Names of the linear scorers: is it half a card, is it a whole one, is it the article's own.
pub const SCORERS: [&str; 3] = ["words-half", "words-whole", "words-own"];
/// Names of the forests: card, own voice, attribution, rank.
pub const FORESTS: [&str; 4] = ["card", "own", "pair", "rank"];
/// Names of the numbers in the header: what a card must be worth to stand above the fold, what
/// to be told at all, how much better than the own voice an attribution must be, how likely
/// a card above the fold must be one to keep as it is, and what the scorer of whole cards must
/// give a proposition for it to be judged.
pub const BARS: [&str; 5] = ["above-fold", "told", "own-bias", "keep", "judged"];

/// Everything learned of cards, ready for use.
#[derive(Clone, Debug)]
pub struct CardModel<'a> {
    /// Name and version.
    pub name: String,
    /// As [`SCORERS`] says.
    pub scorers: [Ranker<'a>; 3],
    /// Shares: no card, the right claim with wrong ends, a card.
    pub card: Quick<3>,
    /// Whether a card is in the article's own voice: log odds.
    pub own: Quick<1>,
    /// Whether a card is taken from an attribution: log odds.
    pub pair: Quick<1>,
    /// The grade of check-worthiness, 0 to 3.
    pub rank: Quick<1>,
    /// As [`BARS`] says.
    pub bars: [f32; 5],
}

impl<'a> CardModel<'a> {
    /// Reads a file; `None` if it is none or lacks a part.
    pub fn parse(bytes: &'a [u8]) -> Option<CardModel<'a>> {
        let parts = split(bytes)?;
        let forest = |name: &str| Forest::from_bytes(parts.bytes(name)?);
        let scorers = SCORERS.map(|name| Ranker::of(&parts, name));
        let [card, own, pair, rank] = FORESTS.map(forest);
        let [half, whole, words_own] = scorers;
        let bars = BARS.map(|name| parts.number(name));
        let [above, told, bias, keep, judged] = bars;
        Some(CardModel {
            name: parts.name.clone(),
            scorers: [half?, whole?, words_own?],
            card: Quick::new(&card?)?,
            own: Quick::new(&own?)?,
            pair: Quick::new(&pair?)?,
            rank: Quick::new(&rank?)?,
            bars: [above?, told?, bias?, keep?, judged?],
        })
    }
}

/// What a proposition is worth: the chance of a card, and half that of the right claim with
/// wrong ends.
pub(super) fn worth(shares: &[f32]) -> f32 {
    shares[2] + 0.5 * shares[1]
}

/// The chances that a forest of one output tells of rows.
pub(super) fn chances(forest: &Quick<1>, rows: &[Vec<f32>]) -> impl Iterator<Item = f32> {
    forest
        .scores(rows)
        .into_iter()
        .map(|[score]| sigmoid(score))
}
