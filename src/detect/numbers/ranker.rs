//! A linear scorer over hashed features: how well a candidate fits.
//!
//! Serves the linker (which cue, which source) and the claim heads (checkable or not). Its
//! weights are two-byte numbers borrowed from the compiled-in model.

use super::file::Parts;

/// A linear scorer.
#[derive(Clone, Copy, Debug)]
pub struct Ranker<'a> {
    weights: &'a [[u8; 2]],
    scale: f32,
}

impl<'a> Ranker<'a> {
    /// A scorer over little-endian 16-bit weights; `None` unless their number is a power of
    /// two.
    pub fn new(bytes: &'a [u8], scale: f32) -> Option<Ranker<'a>> {
        let (weights, rest) = bytes.as_chunks::<2>();
        (rest.is_empty() && weights.len().is_power_of_two()).then_some(Ranker { weights, scale })
    }

    /// The scorer in a block of a model file; `None` if it is not there or none.
    pub fn of(parts: &Parts<'a>, name: &str) -> Option<Ranker<'a>> {
        let (scale, bytes) = parts.block(name)?;
        Ranker::new(bytes, scale)
    }

    /// The sum of the weights of `features`.
    pub fn score(&self, features: &[u32]) -> f32 {
        self.scaled(features.iter().map(|f| i64::from(self.weight(*f))).sum())
    }

    /// The weight of a feature; sums of them are exact.
    pub fn weight(&self, feature: u32) -> i16 {
        let mask = self.weights.len() - 1;
        i16::from_le_bytes(self.weights[feature as usize & mask])
    }

    /// The score that a sum of weights stands for.
    pub fn scaled(&self, sum: i64) -> f32 {
        sum as f32 * self.scale
    }

    /// The share of the probability that each of several candidates has.
    pub fn shares(&self, candidates: &[Vec<u32>]) -> Vec<f32> {
        softmax(candidates.iter().map(|c| self.score(c)).collect())
    }

    /// The best of several candidates and its share of the probability; `None` for none.
    pub fn best(&self, candidates: &[Vec<u32>]) -> Option<(usize, f32)> {
        let shares = self.shares(candidates);
        let top = (0..shares.len()).reduce(|a, b| if shares[b] > shares[a] { b } else { a })?;
        Some((top, shares[top]))
    }
}

/// Scores as shares of the probability.
pub fn softmax<S: AsMut<[f32]>>(mut scores: S) -> S {
    let some = scores.as_mut();
    let top = some.iter().copied().fold(f32::MIN, f32::max);
    some.iter_mut().for_each(|s| *s = (*s - top).exp());
    let all: f32 = some.iter().sum();
    some.iter_mut().for_each(|s| *s /= all);
    scores
}

/// The probability a score stands for.
pub fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
