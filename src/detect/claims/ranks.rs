//! What deserves checking first: what the order of an article's cards is made from.

use rustc_hash::{FxHashMap, FxHashSet};

use super::features::Row;
use super::ground::{Count, Ground};
use super::propositions::Proposition;

/// Cards at the start of an article that the others repeat.
const LEAD: usize = 2;
/// Shorter words, in bytes, tell nothing.
const TELLING: usize = 4;
/// More cards than this are many.
const MANY: f32 = 40.0;

/// The numbers of every card: its own, and what it is among the others. `base` are the cards'
/// features, `shares` how likely each is a card.
pub fn rank_features(
    ground: &Ground<'_>,
    cards: &[&Proposition],
    base: &[&[f32]],
    shares: &[&[f32]],
) -> Vec<Vec<f32>> {
    let among = Among::new(ground, cards);
    let rows = base.iter().zip(shares).enumerate();
    rows.map(|(k, (base, shares))| among.row(ground, (cards[k], k), base, shares))
        .collect()
}

/// The words of a card that tell something.
fn telling(ground: &Ground<'_>, card: &Proposition) -> Vec<u32> {
    let words = &ground.reading.words;
    let all = card.pieces.iter().flat_map(Clone::clone);
    all.filter(|k| words[*k].is_word() && words[*k].span().len() >= TELLING)
        .map(|k| words[k].id)
        .collect()
}

/// The cards of an article, to see what each is among the others.
pub(super) struct Among {
    cards_with: FxHashMap<u32, u32>,
    lead: FxHashSet<u32>,
    lengths: Vec<f32>,
    /// The lengths, the greatest first.
    falling: Vec<f32>,
}

impl Among {
    /// Of all cards.
    pub(super) fn new(ground: &Ground<'_>, cards: &[&Proposition]) -> Among {
        let mut cards_with: FxHashMap<u32, u32> = FxHashMap::default();
        for card in cards {
            let once: FxHashSet<u32> = telling(ground, card).into_iter().collect();
            for id in once {
                *cards_with.entry(id).or_default() += 1;
            }
        }
        let lead = cards.iter().take(LEAD);
        let lead: FxHashSet<u32> = lead.flat_map(|card| telling(ground, card)).collect();
        let length = |card: &&Proposition| ground.sum(Count::Words, &card.pieces);
        let lengths: Vec<f32> = cards.iter().map(length).collect();
        let mut falling = lengths.clone();
        falling.sort_unstable_by(|a, b| b.total_cmp(a));
        Among {
            cards_with,
            lead,
            lengths,
            falling,
        }
    }

    /// The numbers of a card, the `k`th of all.
    pub(super) fn row(
        &self,
        ground: &Ground<'_>,
        (card, k): (&Proposition, usize),
        base: &[f32],
        shares: &[f32],
    ) -> Vec<f32> {
        let own = telling(ground, card);
        let count = self.lengths.len().max(1) as f32;
        let mut row = Row(Vec::with_capacity(base.len() + shares.len() + 8));
        row.0.extend_from_slice(base);
        row.0.extend_from_slice(shares);
        row.number(k as f32);
        row.number(k as f32 / count);
        let longer = |other: &f32| *other > self.lengths[k];
        let longer = self.falling.partition_point(longer) as f32;
        row.number(longer / count);
        row.number(longer);
        let share = |is: &dyn Fn(&u32) -> bool| {
            own.iter().filter(|id| is(id)).count() as f32 / own.len().max(1) as f32
        };
        row.number(share(&|id| self.cards_with[id] > 1));
        row.number(share(&|id| self.lead.contains(id)));
        row.number(count.min(MANY));
        row.0
    }
}
