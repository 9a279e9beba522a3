//! Fits the tagger: a linear-chain conditional random field, by stochastic gradient with
//! step sizes of each weight's own (AdaGrad), dropping part of the features at random.
//!
//! Weights are kept for features seen often enough; the strongest are packed into the byte
//! rows the tagger reads.

use rustc_hash::FxHashMap;

use crate::detect::attribution::chain::{Lattice, StepTable, raise};
use crate::detect::attribution::features::edge::EDGE_CLASSES;
use crate::detect::attribution::label::{LABELS, Scores, may_follow};
use crate::detect::numbers::arithmetic::BUCKET;
use crate::detect::numbers::buckets::{bucket, check};

use super::Random;

/// Words that are labelled together: a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// Features of all words, one word after another.
    pub features: Vec<u32>,
    /// Where each word's features end in `features`.
    pub ends: Vec<u32>,
    /// The place before each word.
    pub classes: Vec<usize>,
    /// Right label of each word.
    pub labels: Vec<u8>,
}

/// How to fit.
#[derive(Clone, Debug)]
pub struct FitOptions {
    /// Rounds over all sequences with every feature.
    pub rounds: usize,
    /// Rounds more with the most useful features only.
    pub settle: usize,
    /// How many features are most useful.
    pub keep: usize,
    /// First step size.
    pub rate: f32,
    /// Pull of every weight towards zero.
    pub shrink: f32,
    /// Handicap of the right label while fitting, where it is not "outside": what is missed
    /// weighs heavier than what is found too much.
    pub handicap: f32,
    /// Share of features left out at each word.
    pub dropout: f64,
    /// How often a feature must occur to be kept.
    pub least: u8,
    /// Start of the pseudo-random numbers.
    pub seed: u64,
}

/// A fitted chain.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// Feature and its weights, strongest first.
    pub rows: Vec<(u32, [f32; LABELS])>,
    /// Steps in the order class, from, to.
    pub steps: Vec<f32>,
}

/// Weights of one feature beside the sums of their squared gradients.
#[repr(align(64))]
#[derive(Clone, Default)]
struct Row {
    weight: [f32; 8],
    square: [f32; 8],
    /// Sum of every change times the moment it was made, from which the average follows.
    late: [f32; 8],
    /// Pull towards zero each time the feature is met.
    pull: f32,
}

/// Numbers the features that occur at least `least` times, in the order they are met.
fn number(sequences: &[Sequence], least: u8) -> FxHashMap<u32, u32> {
    const SLOTS: usize = 1 << 26;
    let mut counts = vec![0u8; SLOTS];
    for feature in sequences.iter().flat_map(|s| &s.features) {
        let count = &mut counts[*feature as usize & (SLOTS - 1)];
        *count = count.saturating_add(1);
    }
    let mut numbers = FxHashMap::default();
    for feature in sequences.iter().flat_map(|s| &s.features) {
        if counts[*feature as usize & (SLOTS - 1)] >= least {
            let next = numbers.len() as u32;
            numbers.entry(*feature).or_insert(next);
        }
    }
    numbers
}

/// Fits a chain to `sequences`; `only` restricts it to the given features.
pub fn fit(sequences: &[Sequence], options: &FitOptions) -> Chain {
    let numbers = number(sequences, options.least);
    let mut rows = vec![Row::default(); numbers.len()];
    let mut steps = vec![0.0f32; EDGE_CLASSES * LABELS * LABELS];
    let mut step_squares = vec![0.0f32; steps.len()];
    let mut indices: Vec<Vec<u32>> = sequences
        .iter()
        .map(|s| {
            s.features
                .iter()
                .map(|f| numbers.get(f).copied().unwrap_or(u32::MAX))
                .collect()
        })
        .collect();
    for index in indices.iter().flatten().filter(|i| **i != u32::MAX) {
        rows[*index as usize].pull += 1.0;
    }
    for row in &mut rows {
        row.pull = options.shrink / row.pull.max(1.0);
    }
    let mut moment = 0.0f64;
    let moments = (sequences.len() * (options.rounds + options.settle)) as f64;
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut random = Random::new(options.seed);
    let mut kept: Vec<u32> = Vec::new();
    let mut kept_ends: Vec<u32> = Vec::new();
    let all_rounds = options.rounds + options.settle;
    for round in 0..all_rounds {
        if round == options.rounds {
            prune(&mut rows, &mut indices, options.keep);
        }
        random.shuffle(&mut order);
        let rate = options.rate * (1.0 - 0.8 * round as f32 / all_rounds as f32);
        for k in &order {
            let sequence = &sequences[*k];
            if sequence.ends.is_empty() {
                continue;
            }
            keep(
                sequence,
                &indices[*k],
                options.dropout,
                &mut random,
                &mut kept,
                &mut kept_ends,
            );
            let scale = if options.dropout > 0.0 {
                1.0 / (1.0 - options.dropout as f32)
            } else {
                1.0
            };
            let mut scores = scores(&rows, &kept, &kept_ends, scale);
            for (score, label) in scores.iter_mut().zip(&sequence.labels) {
                if *label >= 3 {
                    score[0] += options.handicap;
                }
            }
            let table = StepTable::new(steps.iter().copied());
            let raised = raise_used(&table, &sequence.classes);
            let lattice = Lattice::with_raised(&scores, &sequence.classes, &raised);
            update_rows(
                &mut rows,
                sequence,
                &lattice,
                &kept,
                &kept_ends,
                rate,
                (moment / moments) as f32,
                scale,
            );
            moment += 1.0;
            update_steps(
                &mut steps,
                &mut step_squares,
                sequence,
                &lattice,
                &raised,
                rate,
            );
        }
    }
    let mut features: Vec<(u32, u32)> = numbers.into_iter().collect();
    features.sort_unstable_by_key(|(_, n)| *n);
    let mut strongest: Vec<(u32, [f32; LABELS])> = features
        .into_iter()
        .map(|(feature, n)| {
            let row = &rows[n as usize];
            // The average over all moments of the training, which errs less than the last.
            (
                feature,
                std::array::from_fn(|l| row.weight[l] - row.late[l]),
            )
        })
        .collect();
    strongest.retain(|(_, w)| w.iter().any(|x| *x != 0.0));
    let strength = |w: &[f32; LABELS]| w.iter().map(|x| x * x).sum::<f32>();
    strongest.sort_by(|a, b| {
        strength(&b.1)
            .total_cmp(&strength(&a.1))
            .then(a.0.cmp(&b.0))
    });
    Chain {
        rows: strongest,
        steps,
    }
}

/// Leaves only the `keep` most useful features in `indices`: those that weigh much and often.
fn prune(rows: &mut [Row], indices: &mut [Vec<u32>], keep: usize) {
    if rows.len() <= keep {
        return;
    }
    let mut counts = vec![0u32; rows.len()];
    for index in indices.iter().flatten().filter(|i| **i != u32::MAX) {
        counts[*index as usize] += 1;
    }
    let mut use_of: Vec<(f32, u32)> = rows
        .iter()
        .zip(&counts)
        .zip(0u32..)
        .map(|((row, count), k)| {
            let square: f32 = row.weight.iter().map(|w| w * w).sum();
            (square * (*count as f32).powf(USE_POWER), k)
        })
        .collect();
    use_of.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept = vec![false; rows.len()];
    for (_, k) in &use_of[..keep] {
        kept[*k as usize] = true;
    }
    for (row, kept) in rows.iter_mut().zip(&kept) {
        if !kept {
            row.weight = [0.0; 8];
            row.late = [0.0; 8];
        }
    }
    for index in indices.iter_mut().flatten() {
        if *index != u32::MAX && !kept[*index as usize] {
            *index = u32::MAX;
        }
    }
}

/// How much it counts for a feature to be frequent.
const USE_POWER: f32 = 0.6;

/// The exponentials of the steps at the places a sequence has; the rest stays empty.
fn raise_used(table: &StepTable, classes: &[usize]) -> Vec<[[f32; LABELS]; LABELS]> {
    if classes.len() >= EDGE_CLASSES {
        return raise(table);
    }
    let mut raised = vec![[[0.0; LABELS]; LABELS]; EDGE_CLASSES];
    for class in classes {
        let steps = table.at(*class);
        raised[*class] = std::array::from_fn(|b| std::array::from_fn(|l| steps[b][l].exp()));
    }
    raised
}

fn keep(
    sequence: &Sequence,
    indices: &[u32],
    dropout: f64,
    random: &mut Random,
    kept: &mut Vec<u32>,
    ends: &mut Vec<u32>,
) {
    kept.clear();
    ends.clear();
    let limit = (dropout * 65536.0) as u64;
    let mut bits = 0u64;
    let mut left = 0;
    let mut at = 0;
    for end in &sequence.ends {
        for index in &indices[at..*end as usize] {
            if *index == u32::MAX {
                continue;
            }
            if limit > 0 {
                if left == 0 {
                    bits = random.bits();
                    left = 4;
                }
                let draw = bits & 0xFFFF;
                bits >>= 16;
                left -= 1;
                if draw < limit {
                    continue;
                }
            }
            kept.push(*index);
        }
        at = *end as usize;
        ends.push(kept.len() as u32);
    }
}

fn scores(rows: &[Row], kept: &[u32], ends: &[u32], scale: f32) -> Vec<Scores> {
    let mut at = 0;
    ends.iter()
        .map(|end| {
            let mut sum = [0.0f32; 8];
            for index in &kept[at..*end as usize] {
                for (total, weight) in sum.iter_mut().zip(&rows[*index as usize].weight) {
                    *total += weight;
                }
            }
            at = *end as usize;
            std::array::from_fn(|l| sum[l] * scale)
        })
        .collect()
}

#[allow(clippy::too_many_arguments)] // One hot loop, called from one place.
fn update_rows(
    rows: &mut [Row],
    sequence: &Sequence,
    lattice: &Lattice,
    kept: &[u32],
    ends: &[u32],
    rate: f32,
    moment: f32,
    scale: f32,
) {
    let mut at = 0;
    for (k, end) in ends.iter().enumerate() {
        let node = lattice.node(k);
        let mut gradient = [0.0f32; 8];
        for l in 0..LABELS {
            gradient[l] = -node[l] * scale;
        }
        gradient[sequence.labels[k] as usize] += scale;
        // Words the model is sure of teach nothing and cost most of the time.
        if gradient.iter().all(|g| g.abs() < 0.01) {
            at = *end as usize;
            continue;
        }
        for index in &kept[at..*end as usize] {
            let row = &mut rows[*index as usize];
            for (l, wanted) in gradient.iter().enumerate() {
                let g = wanted - row.pull * row.weight[l];
                row.square[l] += g * g;
                let change = rate * g / (row.square[l] + 1e-6).sqrt();
                row.weight[l] += change;
                row.late[l] += moment * change;
            }
        }
        at = *end as usize;
    }
}

fn update_steps(
    steps: &mut [f32],
    squares: &mut [f32],
    sequence: &Sequence,
    lattice: &Lattice,
    raised: &[[[f32; LABELS]; LABELS]],
    rate: f32,
) {
    for k in 1..sequence.labels.len() {
        let class = sequence.classes[k];
        let edge = lattice.edge(k, &raised[class]);
        let gold = (sequence.labels[k - 1] as usize, sequence.labels[k] as usize);
        for (from, row) in edge.iter().enumerate() {
            for (to, share) in row.iter().enumerate() {
                if !may_follow(Some(from), to) {
                    continue;
                }
                let g = f32::from((from, to) == gold) - share;
                let cell = (class * LABELS + from) * LABELS + to;
                squares[cell] += g * g;
                steps[cell] += 0.5 * rate * g / (squares[cell] + 1e-6).sqrt();
            }
        }
    }
}

/// Packs the strongest rows into a table of `1 << bits` rows; gives the bytes and the scale.
/// A row that finds its bucket full is left out.
pub fn pack_rows(chain: &Chain, bits: u32) -> (Vec<u8>, f32) {
    let size = 1usize << bits;
    let mut table = vec![[[0u8; 8]; BUCKET]; size / BUCKET];
    let buckets = table.len();
    // Relative to "outside", which then needs no room.
    let rows = || {
        chain
            .rows
            .iter()
            .take(size)
            .map(|(f, w)| (*f, w.map(|x| x - w[0])))
    };
    let top = rows()
        .flat_map(|(_, w)| w)
        .fold(0.0f32, |m, w| m.max(w.abs()));
    let scale = (top / 127.0).max(f32::MIN_POSITIVE);
    for (feature, weights) in rows() {
        let bytes = weights.map(|w| (w / scale).round() as i8 as u8);
        if bytes.iter().all(|b| *b == 0) {
            continue;
        }
        let check = check(feature);
        for row in &mut table[bucket(feature, buckets)] {
            let held = [row[6], row[7]];
            if held == check {
                break;
            }
            if held == [0, 0] {
                row[..LABELS - 1].copy_from_slice(&bytes[1..]);
                row[LABELS - 1..].copy_from_slice(&check);
                break;
            }
        }
    }
    (table.concat().concat(), scale)
}

/// The steps as little-endian floats.
pub fn pack_steps(chain: &Chain) -> Vec<u8> {
    chain.steps.iter().flat_map(|s| s.to_le_bytes()).collect()
}

#[cfg(test)]
mod tests;
