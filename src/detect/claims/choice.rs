//! Which propositions of a sentence are cards: those that together are worth most and do not
//! overlap (weighted interval scheduling). A sentence with two claims parts by itself where two
//! parts are worth more than the whole.

use std::ops::Range;

use super::judge::worth;
use super::propositions::Proposition;

/// The places of those propositions of a sentence that are cards: `shares` are what the judge
/// gives each, `bar` is what a card must be worth more than.
pub fn cards_of<'a>(
    judged: impl Iterator<Item = (&'a Proposition, &'a [f32])>,
    bar: f32,
) -> Vec<usize> {
    let (hulls, values): (Vec<_>, Vec<_>) = judged
        .map(|(proposition, shares)| (proposition.hull(), worth(shares) - bar))
        .unzip();
    choose(&hulls, &values)
}

/// The places in `propositions`, hulls of words in any order, of those chosen, in text order.
/// `values` may be negative; such a one is never chosen.
fn choose(propositions: &[Range<usize>], values: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..propositions.len())
        .filter(|k| values[*k] > 0.0)
        .collect();
    order.sort_by_key(|k| (propositions[*k].end, propositions[*k].start));
    // The best sum of the first so many, and the way to it.
    let mut best = vec![0.0f32; order.len() + 1];
    let mut way: Vec<Option<usize>> = vec![None; order.len() + 1];
    for (at, k) in order.iter().enumerate() {
        let start = propositions[*k].start;
        let apart = order[..at].partition_point(|other| propositions[*other].end <= start);
        let sum = best[apart] + values[*k];
        best[at + 1] = best[at];
        if sum > best[at] {
            best[at + 1] = sum;
            way[at + 1] = Some(apart);
        }
    }
    let mut chosen = Vec::new();
    let mut at = order.len();
    while at > 0 {
        match way[at] {
            Some(apart) => {
                chosen.push(order[at - 1]);
                at = apart;
            }
            None => at -= 1,
        }
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_parts_are_chosen_where_they_are_worth_more_than_the_whole() {
        let propositions = [0..10, 0..5, 5..10, 2..7];
        assert_eq!(choose(&propositions, &[0.9, 0.5, 0.5, 0.8]), [1, 2]);
        assert_eq!(choose(&propositions, &[1.1, 0.5, 0.5, 0.8]), [0]);
        assert_eq!(choose(&propositions, &[-0.1, -0.5, 0.2, 0.0]), [2]);
        assert_eq!(choose(&[], &[]), [0usize; 0]);
    }

    proptest! {
        /// No choice of propositions that do not overlap is worth more.
        #[test]
        fn nothing_else_is_worth_more(
            drawn in prop::collection::vec((0usize..12, 1usize..6, -0.5f32..1.0), 0..9)
        ) {
            let ranges: Vec<Range<usize>> = drawn.iter().map(|(a, n, _)| *a..a + n).collect();
            let values: Vec<f32> = drawn.iter().map(|d| d.2).collect();
            let chosen = choose(&ranges, &values);
            prop_assert!(chosen.windows(2).all(|w| ranges[w[0]].end <= ranges[w[1]].start));
            let sum = |which: &[usize]| which.iter().map(|k| values[*k]).sum::<f32>();
            for subset in 0u32..1 << ranges.len() {
                let which: Vec<usize> = (0..ranges.len()).filter(|k| subset & 1 << k != 0).collect();
                let apart = which.iter().all(|a| which.iter().all(|b| {
                    a == b || ranges[*a].end <= ranges[*b].start || ranges[*b].end <= ranges[*a].start
                }));
                prop_assert!(!apart || sum(&which) <= sum(&chosen) + 1e-5);
            }
        }
    }
}
