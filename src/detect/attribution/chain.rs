//! The best sequence of labels for the scores of words, and the probability of each, in a
//! linear-chain model.
//!
//! Finding the best labels takes time linear in the number of words.

use super::features::edge::EDGE_CLASSES;
use super::label::{LABELS, Label, Scores, Steps, may_follow};

/// Weight of what may not be.
const NEVER: f32 = -1.0e9;

/// Step weights of every kind of place, read from the model.
#[derive(Clone, Debug)]
pub struct StepTable {
    steps: Vec<Steps>,
}

impl StepTable {
    /// Reads little-endian floats; `None` if there are too few.
    pub fn from_bytes(bytes: &[u8]) -> Option<StepTable> {
        let (floats, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() || floats.len() != EDGE_CLASSES * LABELS * LABELS {
            return None;
        }
        Some(StepTable::new(
            floats.iter().map(|f| f32::from_le_bytes(*f)),
        ))
    }

    /// A table of the given weights, in the order class, from, to; steps that may not be are
    /// closed.
    pub fn new(weights: impl IntoIterator<Item = f32>) -> StepTable {
        let mut weights = weights.into_iter();
        let mut steps = vec![[[0.0; LABELS]; LABELS]; EDGE_CLASSES];
        for class in &mut steps {
            for (from, row) in class.iter_mut().enumerate() {
                for (to, cell) in row.iter_mut().enumerate() {
                    let weight = weights.next().unwrap_or(0.0);
                    *cell = if may_follow(Some(from), to) {
                        weight
                    } else {
                        NEVER
                    };
                }
            }
        }
        StepTable { steps }
    }

    /// The steps at a kind of place.
    pub fn at(&self, class: usize) -> &Steps {
        &self.steps[class]
    }
}

/// The best sequence of labels for `scores`, with `classes` naming the place before each word.
pub fn best(scores: &[Scores], classes: &[usize], steps: &StepTable) -> Vec<Label> {
    let Some(first) = scores.first() else {
        return Vec::new();
    };
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut best: Scores =
        std::array::from_fn(|k| if may_follow(None, k) { first[k] } else { NEVER });
    for (score, class) in scores.iter().zip(classes).skip(1) {
        let table = steps.at(*class);
        let mut now = [NEVER; LABELS];
        let mut from = [0u8; LABELS];
        for (b, row) in table.iter().enumerate() {
            for k in 0..LABELS {
                let path = best[b] + row[k];
                if path > now[k] {
                    now[k] = path;
                    from[k] = b as u8;
                }
            }
        }
        best = std::array::from_fn(|k| now[k] + score[k]);
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |top, k| if best[k] > best[top] { k } else { top });
    let mut labels = vec![Label::ALL[label]];
    for from in back.iter().rev() {
        label = from[label] as usize;
        labels.push(Label::ALL[label]);
    }
    labels.reverse();
    labels
}

/// The probability of every label at every word, and the logarithm of the sum over all
/// sequences.
pub fn marginals(scores: &[Scores], classes: &[usize], steps: &StepTable) -> (Vec<Scores>, f32) {
    if scores.is_empty() {
        return (Vec::new(), 0.0);
    }
    let lattice = Lattice::new(scores, classes, steps);
    let all = (0..scores.len()).map(|k| lattice.node(k)).collect();
    (all, lattice.log_sum)
}

/// Scaled forward and backward sums over all sequences of labels.
#[derive(Clone, Debug)]
pub struct Lattice {
    emit: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    norms: Vec<f32>,
    /// Logarithm of the sum over all sequences.
    pub log_sum: f32,
}

fn exponentials(table: &Steps) -> Steps {
    std::array::from_fn(|b| std::array::from_fn(|k| table[b][k].exp()))
}

impl StepTable {
    /// The exponential of every step.
    fn raised(&self) -> Vec<Steps> {
        self.steps.iter().map(exponentials).collect()
    }
}

impl Lattice {
    /// Sums over all sequences for `scores`, which must not be empty.
    pub fn new(scores: &[Scores], classes: &[usize], steps: &StepTable) -> Lattice {
        Lattice::with_raised(scores, classes, &steps.raised())
    }

    /// As [`Lattice::new`] with the exponentials of the steps at hand.
    pub fn with_raised(scores: &[Scores], classes: &[usize], raised: &[Steps]) -> Lattice {
        let n = scores.len();
        let mut log_sum = 0.0;
        let emit: Vec<Scores> = scores
            .iter()
            .map(|s| {
                let top = s.iter().copied().fold(f32::MIN, f32::max);
                log_sum += top;
                // The floor keeps products of many words inside what a float can hold.
                std::array::from_fn(|k| (s[k] - top).max(-30.0).exp())
            })
            .collect();
        let mut forward = Vec::with_capacity(n);
        let mut norms = Vec::with_capacity(n);
        let mut now: Scores =
            std::array::from_fn(|k| if may_follow(None, k) { emit[0][k] } else { 0.0 });
        for k in 0..n {
            if k > 0 {
                let table = &raised[classes[k]];
                let before: Scores = now;
                now = [0.0; LABELS];
                for (b, row) in table.iter().enumerate() {
                    for (cell, weight) in now.iter_mut().zip(row) {
                        *cell += before[b] * weight;
                    }
                }
                for (cell, e) in now.iter_mut().zip(emit[k]) {
                    *cell *= e;
                }
            }
            let norm: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            now.iter_mut().for_each(|c| *c /= norm);
            log_sum += norm.ln();
            norms.push(norm);
            forward.push(now);
        }
        let mut backward = vec![[1.0; LABELS]; n];
        for k in (1..n).rev() {
            let table = &raised[classes[k]];
            let pull: Scores = std::array::from_fn(|l| backward[k][l] * emit[k][l] / norms[k]);
            backward[k - 1] = std::array::from_fn(|b| {
                table[b]
                    .iter()
                    .zip(pull)
                    .map(|(weight, p)| weight * p)
                    .sum()
            });
        }
        Lattice {
            emit,
            forward,
            backward,
            norms,
            log_sum,
        }
    }

    /// Probability of every label at word `k`.
    pub fn node(&self, k: usize) -> Scores {
        std::array::from_fn(|l| self.forward[k][l] * self.backward[k][l])
    }

    /// Probability of every step from word `k - 1` to word `k`, `raised` being the
    /// exponentials of the steps there.
    pub fn edge(&self, k: usize, raised: &Steps) -> Steps {
        let pull: Scores =
            std::array::from_fn(|l| self.backward[k][l] * self.emit[k][l] / self.norms[k]);
        std::array::from_fn(|b| {
            std::array::from_fn(|l| self.forward[k - 1][b] * raised[b][l] * pull[l])
        })
    }
}

/// The exponentials of every step of a table, for [`Lattice::with_raised`].
pub fn raise(steps: &StepTable) -> Vec<Steps> {
    steps.raised()
}

#[cfg(test)]
mod tests;
