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

/// Fits weights, `1 << bits` of them, in `rounds` rounds with steps of `rate`.
pub fn fit_ranker(
    choices: &[Choice],
    bits: u32,
    rounds: usize,
    rate: f32,
    shrink: f32,
) -> Vec<f32> {
    let mask = (1usize << bits) - 1;
    let mut weights = vec![0.0f32; mask + 1];
    let mut squares = vec![1e-4f32; mask + 1];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut random = Random::new(11);
    for round in 0..rounds {
        random.shuffle(&mut order);
        let rate = rate * (1.0 - 0.8 * round as f32 / rounds as f32);
        for k in &order {
            let choice = &choices[*k];
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
                    let g = gradient - shrink * weights[at];
                    squares[at] += g * g;
                    weights[at] += rate * g / squares[at].sqrt();
                }
            }
        }
    }
    weights
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
    use crate::detect::Ranker;

    #[test]
    fn the_right_candidate_wins() {
        let choice = |right: u32, wrong: u32| Choice {
            candidates: vec![vec![wrong, 9], vec![right, 9]],
            right: vec![false, true],
        };
        let choices: Vec<Choice> = (0..50).map(|k| choice(1, 2 + k % 3)).collect();
        let (bytes, scale) = pack_ranker(&fit_ranker(&choices, 4, 3, 0.1, 0.0));
        let ranker = Ranker::new(&bytes, scale).expect("sixteen weights");
        let best = ranker.best(&[vec![3, 9], vec![1, 9]]).map(|b| b.0);
        assert_eq!(best, Some(1));
        assert_eq!(ranker.best(&[]), None);
    }
}
