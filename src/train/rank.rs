//! Fits linear scorers: the right candidates of each group against the wrong ones.
//!
//! A yes-or-no question is a group of two, the case and nothing; its score is then the
//! logarithm of the odds.

use super::Random;

/// One choice: the features of every candidate, and which of them are right.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Features of each candidate.
    pub candidates: Vec<Vec<u32>>,
    /// Whether each is right; at least one must be.
    pub right: Vec<bool>,
}

impl Choice {
    /// A yes-or-no question.
    pub fn yes_or_no(features: Vec<u32>, yes: bool) -> Choice {
        Choice {
            candidates: vec![features, Vec::new()],
            right: vec![yes, !yes],
        }
    }
}

/// How to fit a scorer.
#[derive(Clone, Copy, Debug)]
pub struct RankOptions {
    /// Number of weights, as a power of two.
    pub bits: u32,
    /// Rounds over all choices.
    pub rounds: usize,
    /// First step size.
    pub rate: f32,
    /// Pull of every weight towards zero in a round, whether its feature is frequent or rare:
    /// what a few cases say is hardly believed.
    pub shrink: f32,
}

/// Share of all steps after which the mean of the weights is taken.
const SETTLED: f32 = 0.5;

/// Fits the weights of a scorer to `choices`: their mean over the later steps.
pub fn fit_ranker(choices: &[Choice], options: &RankOptions) -> Vec<f32> {
    let RankOptions { bits, rounds, .. } = *options;
    let mask = (1usize << bits) - 1;
    let pull = pull(choices, mask, options.shrink);
    let mut weights = vec![0.0f32; mask + 1];
    let mut mean = vec![0.0f32; mask + 1];
    let mut squares = vec![1e-4f32; mask + 1];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut random = Random::new(11);
    let steps = (rounds * choices.len()) as f32;
    let mut step = 0.0f32;
    for round in 0..rounds {
        random.shuffle(&mut order);
        let rate = options.rate * (1.0 - 0.8 * round as f32 / rounds as f32);
        for k in &order {
            let choice = &choices[*k];
            step += 1.0;
            // The share of the settled steps that a change made now is there for.
            let lasts = ((1.0 - step / steps) / (1.0 - SETTLED)).min(1.0);
            let scores: Vec<f32> = choice
                .candidates
                .iter()
                .map(|c| c.iter().map(|f| weights[*f as usize & mask]).sum())
                .collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let raised: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
            let all: f32 = raised.iter().sum();
            let good: f32 = raised
                .iter()
                .zip(&choice.right)
                .filter(|(_, r)| **r)
                .map(|(e, _)| e)
                .sum();
            if good <= 0.0 {
                continue;
            }
            for ((features, e), right) in choice.candidates.iter().zip(&raised).zip(&choice.right) {
                let gradient = if *right { e / good } else { 0.0 } - e / all;
                if gradient.abs() < 1e-4 {
                    continue;
                }
                for f in features {
                    let at = *f as usize & mask;
                    let g = gradient - pull[at] * weights[at];
                    squares[at] += g * g;
                    let change = rate * g / squares[at].sqrt();
                    weights[at] += change;
                    mean[at] += change * lasts;
                }
            }
        }
    }
    mean
}

/// The pull of each weight towards zero whenever its feature is met.
fn pull(choices: &[Choice], mask: usize, shrink: f32) -> Vec<f32> {
    let mut met = vec![0.0f32; mask + 1];
    for feature in choices.iter().flat_map(|c| c.candidates.iter().flatten()) {
        met[*feature as usize & mask] += 1.0;
    }
    met.into_iter().map(|met| shrink / met.max(1.0)).collect()
}

/// Packs weights into 16-bit numbers; gives the bytes and the scale.
pub fn pack_ranker(weights: &[f32]) -> (Vec<u8>, f32) {
    let top = weights.iter().fold(0.0f32, |m, w| m.max(w.abs()));
    let scale = (top / 32_000.0).max(f32::MIN_POSITIVE);
    let bytes = weights
        .iter()
        .flat_map(|w| ((w / scale).round() as i16).to_le_bytes())
        .collect();
    (bytes, scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::numbers::ranker::Ranker;

    const OPTIONS: RankOptions = RankOptions {
        bits: 4,
        rounds: 3,
        rate: 0.1,
        shrink: 0.0,
    };

    #[test]
    fn what_few_cases_say_is_believed_less() {
        // Feature 1 is right in every choice, feature 2 in the one that it occurs in.
        let mut choices = vec![Choice::yes_or_no(vec![1], true); 60];
        choices.push(Choice::yes_or_no(vec![2], true));
        let shrink = 20.0;
        let free = fit_ranker(&choices, &OPTIONS);
        let held = fit_ranker(&choices, &RankOptions { shrink, ..OPTIONS });
        let kept = |feature: usize| held[feature] / free[feature];
        assert!(kept(1) > 2.0 * kept(2), "{} {}", kept(1), kept(2));
    }

    #[test]
    fn the_right_candidate_wins() {
        let choice = |right: u32, wrong: u32| Choice {
            candidates: vec![vec![wrong, 9], vec![right, 9]],
            right: vec![false, true],
        };
        let choices: Vec<Choice> = (0..50).map(|k| choice(1, 2 + k % 3)).collect();
        let (bytes, scale) = pack_ranker(&fit_ranker(&choices, &OPTIONS));
        let ranker = Ranker::new(&bytes, scale).expect("sixteen weights");
        let best = ranker.best(&[vec![3, 9], vec![1, 9]]).map(|b| b.0);
        assert_eq!(best, Some(1));
        assert_eq!(ranker.best(&[]), None);
    }
}
