//! Fits the network: small steps along the gradient of whole articles, each weight's own by
//! Adam (Kingma and Ba 2015); what is kept is the mean over the later steps.

mod adam;
mod lesson;
mod pack;

use crate::detect::attribution::features::edge::EDGE_CLASSES;
use crate::detect::attribution::label::LABELS;
use crate::detect::attribution::network::inputs::INPUT_ROWS;
use crate::detect::attribution::network::sight::{ROUNDS, SEEN};
use crate::detect::attribution::network::{Held, ROUND_ROWS};
use crate::detect::numbers::arithmetic::WIDTH;

use super::Random;
use adam::Adam;
pub use lesson::Lesson;
use lesson::{Gradient, Trace};

/// How to fit.
#[derive(Clone, Debug)]
pub struct NetworkOptions {
    /// Rounds over all lessons.
    pub rounds: usize,
    /// First step size; it falls to nothing in the end.
    pub rate: f32,
    /// Pull of the weights towards zero.
    pub shrink: f32,
    /// Handicap of the right label where it is a source or a cue, as for the linear weights.
    pub handicap: f32,
    /// Share of what is told of a word that is left out.
    pub input_dropout: f64,
    /// Share of the numbers of a word that are left out after every round.
    pub dropout: f64,
    /// Share of all steps after which weights are averaged.
    pub settled: f32,
    /// Start of the pseudo-random numbers.
    pub seed: u64,
}

/// A network in training.
#[derive(Clone, Debug)]
pub struct LearnedNetwork {
    /// Hashes of the words with a row of their own, sorted.
    pub words: Vec<u32>,
    /// What every input adds.
    pub(super) inputs: Vec<Held>,
    /// Weights of each round.
    pub(super) rounds: Vec<Vec<Held>>,
    /// Weights of each label but "outside"; the last is added.
    pub(super) out: Vec<[f32; WIDTH + 1]>,
    /// Steps in the order class, from, to.
    pub steps: Vec<f32>,
}

/// Steps after which the step size has reached its first value.
const WARM_UP: f32 = 200.0;
/// How often the mean takes the weights in, in steps.
const MEAN_EVERY: usize = 10;

/// Fits a network to `lessons`, whose words were looked up in `words`.
pub fn fit_network(
    lessons: &[Lesson],
    words: Vec<u32>,
    options: &NetworkOptions,
) -> LearnedNetwork {
    let mut random = Random::new(options.seed);
    let mut network = LearnedNetwork::new(words, &mut random);
    let mut mean = network.clone();
    let mut counted = 0.0;
    let mut moments = Moments::new(&network);
    let mut gradient = Gradient::new(&network);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let total = (lessons.len() * options.rounds) as f32;
    let mut moment = 0usize;
    let arch = pulp::Arch::new();
    for _ in 0..options.rounds {
        random.shuffle(&mut order);
        for lesson in order.iter().map(|k| &lessons[*k]) {
            let warm = ((moment + 1) as f32 / WARM_UP).min(1.0);
            let rate = options.rate * warm * (1.0 - moment as f32 / total);
            moment += 1;
            arch.dispatch(Pass {
                network: &mut network,
                lesson,
                options,
                rate,
                random: &mut random,
                gradient: &mut gradient,
                moments: &mut moments,
            });
            if moment as f32 > total * options.settled && moment.is_multiple_of(MEAN_EVERY) {
                counted += 1.0;
                mean.move_towards(&network, 1.0 / counted);
            }
        }
    }
    if counted > 0.0 { mean } else { network }
}

/// One lesson, learned with whatever the machine can do at once.
struct Pass<'a> {
    network: &'a mut LearnedNetwork,
    lesson: &'a Lesson,
    options: &'a NetworkOptions,
    rate: f32,
    random: &'a mut Random,
    gradient: &'a mut Gradient,
    moments: &'a mut Moments,
}

impl pulp::NullaryFnOnce for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let trace = Trace::new(self.network, self.lesson, self.options, self.random);
        trace.learn(self.network, self.lesson, self.gradient);
        let shrink = self.options.shrink;
        self.moments
            .step(self.network, self.gradient, self.rate, shrink);
    }
}

impl LearnedNetwork {
    fn new(words: Vec<u32>, random: &mut Random) -> LearnedNetwork {
        let mut held = |size: f32| -> Held {
            std::array::from_fn(|_| {
                let share = (random.bits() >> 40) as f32 / (1u64 << 24) as f32;
                (2.0 * share - 1.0) * size
            })
        };
        // Neighbours, head and cue are always there; the rest of what is seen mostly is not.
        let size = (3.0 / (SEEN * WIDTH) as f32).sqrt();
        LearnedNetwork {
            words,
            inputs: (0..INPUT_ROWS).map(|_| held(0.15)).collect(),
            rounds: (0..ROUNDS)
                .map(|_| {
                    let mut rows: Vec<Held> = (1..ROUND_ROWS).map(|_| held(size)).collect();
                    rows.push([0.0; WIDTH]);
                    rows
                })
                .collect(),
            out: vec![[0.0; WIDTH + 1]; LABELS - 1],
            steps: vec![0.0; EDGE_CLASSES * LABELS * LABELS],
        }
    }

    /// Every weight, in one fixed order of slices.
    fn slices(&self) -> impl Iterator<Item = &[f32]> {
        let rounds = self.rounds.iter().map(|r| r.as_flattened());
        [self.inputs.as_flattened()]
            .into_iter()
            .chain(rounds)
            .chain([self.out.as_flattened(), &self.steps])
    }

    fn slices_mut(&mut self) -> impl Iterator<Item = &mut [f32]> {
        let rounds = self.rounds.iter_mut().map(|r| r.as_flattened_mut());
        [self.inputs.as_flattened_mut()]
            .into_iter()
            .chain(rounds)
            .chain([self.out.as_flattened_mut(), &mut self.steps])
    }

    fn move_towards(&mut self, other: &LearnedNetwork, share: f32) {
        for (mine, theirs) in self.slices_mut().zip(other.slices()) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine += (theirs - *mine) * share;
            }
        }
    }
}

/// What Adam remembers of every weight.
struct Moments {
    inputs: Adam,
    rounds: Vec<Adam>,
    out: Adam,
    steps: Adam,
}

impl Moments {
    fn new(network: &LearnedNetwork) -> Moments {
        Moments {
            inputs: Adam::new(network.inputs.as_flattened().len()),
            rounds: (0..ROUNDS).map(|_| Adam::new(ROUND_ROWS * WIDTH)).collect(),
            out: Adam::new(network.out.as_flattened().len()),
            steps: Adam::new(network.steps.len()),
        }
    }

    /// Moves the weights along `gradient` and empties it. Rows of inputs that did not occur
    /// stay as they are.
    #[inline(always)]
    fn step(
        &mut self,
        network: &mut LearnedNetwork,
        gradient: &mut Gradient,
        rate: f32,
        shrink: f32,
    ) {
        gradient.met.sort_unstable();
        gradient.met.dedup();
        for row in gradient.met.drain(..) {
            let row = usize::from(row);
            let change = &mut gradient.inputs[row];
            self.inputs
                .step(row * WIDTH, &mut network.inputs[row], change, rate, shrink);
            change.fill(0.0);
        }
        for ((adam, weights), change) in self
            .rounds
            .iter_mut()
            .zip(&mut network.rounds)
            .zip(&mut gradient.rounds)
        {
            let change = change.as_flattened_mut();
            adam.step(0, weights.as_flattened_mut(), change, rate, shrink);
            change.fill(0.0);
        }
        let out = gradient.out.as_flattened_mut();
        self.out
            .step(0, network.out.as_flattened_mut(), out, rate, shrink);
        out.fill(0.0);
        self.steps
            .step(0, &mut network.steps, &gradient.steps, rate, 0.0);
        gradient.steps.fill(0.0);
    }
}

#[cfg(test)]
mod tests;
