//! One article as the network learns from it: forward through all rounds, and the gradient
//! back.

use std::ops::Range;

use crate::detect::attribution::chain::{Lattice, StepTable, raise};
use crate::detect::attribution::features::edge::EDGE_CLASSES;
use crate::detect::attribution::label::{LABELS, Scores, may_follow};
use crate::detect::attribution::network::inputs::{INPUT_ROWS, INPUTS, Inputs};
use crate::detect::attribution::network::sight::{ROUNDS, RoundWeights, SEEN, Sight, seen};
use crate::detect::attribution::network::{Held, ROUND_ROWS};
use crate::detect::numbers::arithmetic::WIDTH;

use super::{LearnedNetwork, NetworkOptions};
use crate::train::Random;

/// An article, or a window of it, as the network learns from it.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// What the network is given.
    pub inputs: Inputs,
    /// Words labelled together.
    pub paragraphs: Vec<Range<usize>>,
    /// The place before each word.
    pub classes: Vec<usize>,
    /// Right label of each word.
    pub labels: Vec<u8>,
}

/// Which way every weight is to go.
pub(super) struct Gradient {
    pub(super) inputs: Vec<Held>,
    /// Rows of `inputs` that are not empty.
    pub(super) met: Vec<u16>,
    pub(super) rounds: Vec<Vec<Held>>,
    pub(super) out: Vec<[f32; WIDTH + 1]>,
    pub(super) steps: Vec<f32>,
}

impl Gradient {
    pub(super) fn new(network: &LearnedNetwork) -> Gradient {
        Gradient {
            inputs: vec![[0.0; WIDTH]; INPUT_ROWS],
            met: Vec::new(),
            rounds: vec![vec![[0.0; WIDTH]; ROUND_ROWS]; ROUNDS],
            out: vec![[0.0; WIDTH + 1]; LABELS - 1],
            steps: vec![0.0; network.steps.len()],
        }
    }
}

/// What came out on the way forward.
pub(super) struct Trace {
    /// Which inputs of each word were kept.
    kept: Vec<[bool; INPUTS]>,
    /// What each word was held in before the first round and after each.
    held: Vec<Vec<Held>>,
    /// What a number was multiplied with: nothing where it was negative or left out. First
    /// those of the inputs, then those of each round.
    gates: Vec<Vec<Held>>,
    scores: Vec<Scores>,
    /// What each kept input was multiplied with.
    scale: f32,
}

/// Draws which of many things are left out.
struct Dropout<'r> {
    random: &'r mut Random,
    limit: u64,
    bits: u64,
    left: u32,
}

impl<'r> Dropout<'r> {
    fn new(share: f64, random: &'r mut Random) -> Dropout<'r> {
        Dropout {
            random,
            limit: (share * 65536.0) as u64,
            bits: 0,
            left: 0,
        }
    }

    #[inline(always)]
    fn keeps(&mut self) -> bool {
        if self.left == 0 {
            self.bits = self.random.bits();
            self.left = 4;
        }
        let draw = self.bits & 0xFFFF;
        self.bits >>= 16;
        self.left -= 1;
        draw >= self.limit
    }

    /// What the numbers of a word are multiplied with.
    #[inline(always)]
    fn gate(&mut self, sums: &Held, scale: f32) -> Held {
        std::array::from_fn(|d| {
            if self.keeps() && sums[d] > 0.0 {
                scale
            } else {
                0.0
            }
        })
    }
}

impl Trace {
    /// Goes forward, leaving out what `options` say.
    #[inline(always)]
    pub(super) fn new(
        network: &LearnedNetwork,
        lesson: &Lesson,
        options: &NetworkOptions,
        random: &mut Random,
    ) -> Trace {
        let scale = 1.0 / (1.0 - options.input_dropout as f32);
        let mut dropout = Dropout::new(options.input_dropout, random);
        let mut kept = Vec::with_capacity(lesson.labels.len());
        let mut sums = Vec::with_capacity(lesson.labels.len());
        for rows in &lesson.inputs.rows {
            let here: [bool; INPUTS] = std::array::from_fn(|_| dropout.keeps());
            let mut sum = [0.0f32; WIDTH];
            for (row, _) in rows.iter().zip(here).filter(|(_, kept)| *kept) {
                for (sum, weight) in sum.iter_mut().zip(&network.inputs[usize::from(*row)]) {
                    *sum += weight * scale;
                }
            }
            kept.push(here);
            sums.push(sum);
        }
        let mut dropout = Dropout::new(options.dropout, random);
        let kept_scale = 1.0 / (1.0 - options.dropout as f32);
        let mut gates: Vec<Vec<Held>> = Vec::with_capacity(ROUNDS + 1);
        let mut held = vec![vec![[0.0; WIDTH]; sums.len()]];
        let mut sight = Sight::default();
        sight.turn_to(&lesson.inputs);
        for round in 0..=ROUNDS {
            if round > 0 {
                let weights = &network.rounds[round - 1];
                let (added, rows) = (weights[ROUND_ROWS - 1], Rows(weights));
                let seen = sight.look(&held[round - 1], round - 1, &rows, added);
                sums.copy_from_slice(seen);
                held.push(held[round - 1].clone());
            }
            let gate: Vec<Held> = sums.iter().map(|s| dropout.gate(s, kept_scale)).collect();
            for ((held, sums), gate) in held[round].iter_mut().zip(&sums).zip(&gate) {
                for d in 0..WIDTH {
                    held[d] += sums[d] * gate[d];
                }
            }
            gates.push(gate);
        }
        let mut scores = Vec::with_capacity(lesson.labels.len());
        for (at, held) in held[ROUNDS].iter().enumerate() {
            let mut here = [0.0; LABELS];
            if lesson.labels[at] >= 3 {
                here[0] = options.handicap;
            }
            for (score, weights) in here[1..].iter_mut().zip(&network.out) {
                *score = weights[WIDTH];
                for (x, weight) in held.iter().zip(weights) {
                    *score += x * weight;
                }
            }
            scores.push(here);
        }
        Trace {
            kept,
            held,
            gates,
            scores,
            scale,
        }
    }

    /// The scores of every word's labels.
    #[cfg(test)]
    pub(super) fn scores(&self) -> &[Scores] {
        &self.scores
    }

    /// Adds the way every weight is to go to `gradient`.
    #[inline(always)]
    pub(super) fn learn(&self, network: &LearnedNetwork, lesson: &Lesson, gradient: &mut Gradient) {
        let wanted = self.wanted(network, lesson, gradient);
        let mut above = vec![[0.0f32; WIDTH]; wanted.len()];
        let top = &self.held[ROUNDS];
        for (at, wanted) in wanted.iter().enumerate() {
            for (label, g) in wanted.iter().enumerate().skip(1) {
                // What is as good as right teaches nothing.
                if g.abs() < 1e-5 {
                    continue;
                }
                let change = &mut gradient.out[label - 1];
                let weights = &network.out[label - 1];
                for d in 0..WIDTH {
                    change[d] += g * top[at][d];
                    above[at][d] += g * weights[d];
                }
                change[WIDTH] += g;
            }
        }
        for round in (0..ROUNDS).rev() {
            above = self.back(round, above, network, lesson, &mut gradient.rounds[round]);
        }
        for (at, rows) in lesson.inputs.rows.iter().enumerate() {
            let gate = &self.gates[0][at];
            let wanted: Held = std::array::from_fn(|d| above[at][d] * gate[d]);
            for (row, _) in rows.iter().zip(self.kept[at]).filter(|(_, kept)| *kept) {
                gradient.met.push(*row);
                let change = &mut gradient.inputs[usize::from(*row)];
                for (change, g) in change.iter_mut().zip(&wanted) {
                    *change += g * self.scale;
                }
            }
        }
    }

    /// What is wanted of the score of every label, and of the steps.
    fn wanted(
        &self,
        network: &LearnedNetwork,
        lesson: &Lesson,
        gradient: &mut Gradient,
    ) -> Vec<Scores> {
        let raised = raise(&StepTable::new(network.steps.iter().copied()));
        debug_assert_eq!(raised.len(), EDGE_CLASSES);
        let mut wanted = vec![[0.0f32; LABELS]; lesson.labels.len()];
        for range in lesson.paragraphs.iter().filter(|r| !r.is_empty()) {
            let lattice = Lattice::with_raised(
                &self.scores[range.clone()],
                &lesson.classes[range.clone()],
                &raised,
            );
            for (k, at) in range.clone().enumerate() {
                wanted[at] = lattice.node(k).map(|share| -share);
                let right = usize::from(lesson.labels[at]);
                wanted[at][right] += 1.0;
                if k == 0 {
                    continue;
                }
                let class = lesson.classes[at];
                let before = usize::from(lesson.labels[at - 1]);
                let edge = lattice.edge(k, &raised[class]);
                for (from, row) in edge.iter().enumerate() {
                    for (to, share) in row.iter().enumerate() {
                        if may_follow(Some(from), to) {
                            gradient.steps[(class * LABELS + from) * LABELS + to] +=
                                f32::from((from, to) == (before, right)) - share;
                        }
                    }
                }
            }
        }
        wanted
    }

    /// Back through a round: from what is wanted of each word after it to what is wanted of
    /// each before it.
    #[inline(always)]
    fn back(
        &self,
        round: usize,
        above: Vec<Held>,
        network: &LearnedNetwork,
        lesson: &Lesson,
        change: &mut [Held],
    ) -> Vec<Held> {
        let before = &self.held[round];
        let wanted: Vec<Held> = above
            .iter()
            .zip(&self.gates[round + 1])
            .map(|(above, gate)| std::array::from_fn(|d| above[d] * gate[d]))
            .collect();
        for wanted in &wanted {
            for (change, g) in change[ROUND_ROWS - 1].iter_mut().zip(wanted) {
                *change += g;
            }
        }
        let mut below = above;
        // What all that see a word want of it is summed before it is weighed.
        let mut together = vec![[0.0f32; WIDTH]; wanted.len()];
        for place in 0..SEEN {
            let rows = place * WIDTH..(place + 1) * WIDTH;
            let turned = turned(&network.rounds[round][rows.clone()]);
            let change = &mut change[rows];
            for (at, wanted) in wanted.iter().enumerate() {
                let other = seen(&lesson.inputs, at, round, place);
                if let Some(sum) = together.get_mut(other) {
                    for (sum, g) in sum.iter_mut().zip(wanted) {
                        *sum += g;
                    }
                }
            }
            for (other, sum) in together.iter_mut().enumerate() {
                if *sum == [0.0; WIDTH] {
                    continue;
                }
                let passed = product(sum, &turned);
                for (below, x) in below[other].iter_mut().zip(passed) {
                    *below += x;
                }
                for (x, change) in before[other].iter().zip(change.iter_mut()) {
                    if *x != 0.0 {
                        for (change, g) in change.iter_mut().zip(sum.iter()) {
                            *change = x.mul_add(*g, *change);
                        }
                    }
                }
                *sum = [0.0; WIDTH];
            }
        }
        below
    }
}

/// Weights of a round, place by place.
struct Rows<'n>(&'n [Held]);

impl RoundWeights for Rows<'_> {
    type Held = Held;
    type Number = f32;

    #[inline(always)]
    fn weighed(&self, place: usize, held: [&Held; 2]) -> [Held; 2] {
        let rows = &self.0[place * WIDTH..(place + 1) * WIDTH];
        let mut sums = [[0.0f32; WIDTH]; 2];
        for ((one, two), row) in held[0].iter().zip(held[1]).zip(rows) {
            for d in 0..WIDTH {
                sums[0][d] = one.mul_add(row[d], sums[0][d]);
                sums[1][d] = two.mul_add(row[d], sums[1][d]);
            }
        }
        sums
    }
}

/// A word's numbers times the rows of `weights`.
#[inline(always)]
fn product(held: &Held, weights: &[Held]) -> Held {
    let mut sum = [0.0f32; WIDTH];
    for (x, row) in held.iter().zip(weights) {
        for (sum, weight) in sum.iter_mut().zip(row) {
            *sum = x.mul_add(*weight, *sum);
        }
    }
    sum
}

/// Rows as columns.
fn turned(rows: &[Held]) -> [Held; WIDTH] {
    std::array::from_fn(|n| std::array::from_fn(|k| rows[k][n]))
}
