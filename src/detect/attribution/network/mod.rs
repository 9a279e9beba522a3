//! What the words around it say about a word, worked out by a small network of convolutions
//! over the text and the syntax.
//!
//! The linear weights judge a word by features written down beforehand; the network learns
//! itself what to look for, in a few rounds: in each a word is seen beside its neighbours, its
//! head, the cues and verbs around and above it, and what each of them saw in the round before
//! (dilated convolutions, Strubell et al. 2017, with words far away as further neighbours).
//! Its scores are added to those of the linear weights.
//!
//! The many products are of whole numbers, and the few sums of others run in one fixed order:
//! every machine gets the same numbers, however many it adds at once.

use std::ops::Range;

use self::inputs::{INPUT_ROWS, INPUTS, Inputs};
use self::sight::{ROUNDS, RoundWeights, SEEN, Sight};
use super::features::around::Surroundings;
use super::label::{LABELS, Scores};
use crate::detect::numbers::arithmetic::{Arithmetic, LIMIT, Pairs, Task, Told, WIDTH, with_best};
use crate::detect::reading::Reading;

pub mod inputs;
pub mod sight;

/// Units of one in the whole numbers a word is told in, before each round: what a word is held
/// in grows from round to round. Where [`LIMIT`] units are not enough they are made larger.
const UNITS: [f32; ROUNDS] = [2048.0, 1024.0, 512.0];
/// Rows of weights of one round; the last is added to every word.
pub const ROUND_ROWS: usize = SEEN * WIDTH + 1;
/// Words worked on at once; what is between two such windows does not see each other.
const WINDOW: usize = 4096;

const _: () = assert!(
    LIMIT as i64 * 128 * (WIDTH * SEEN) as i64 <= i32::MAX as i64,
    "sums of whole numbers stay inside 32 bits"
);

/// What a word is held in.
pub type Held = [f32; WIDTH];

/// A network ready for use.
#[derive(Clone, Debug)]
pub struct Network<'a> {
    /// Hashes of the words that have a row of their own, sorted; four bytes each.
    words: &'a [[u8; 4]],
    /// What every input adds, in bytes.
    inputs: &'a [[u8; WIDTH]],
    /// What one unit of `inputs` is worth.
    scale: f32,
    rounds: Vec<Round>,
    /// Weights of every label but "outside", which weighs nothing, by number a word is held in;
    /// the last row is added.
    out: [Scores; WIDTH + 1],
}

/// Weights of one round.
#[derive(Clone, Debug)]
struct Round {
    /// Rows of each place, two to a row.
    weights: Vec<Pairs>,
    /// What one unit of the sums is worth.
    units: Held,
    /// Added to every word.
    added: Held,
}

/// Floats of a network: units of the weights of each round by place, what a round adds, and
/// the weights of the labels.
pub const FLOATS: usize = ROUNDS * 2 * WIDTH + (LABELS - 1) * (WIDTH + 1);

/// Names of a network's blocks in a model file: words, inputs, rounds, floats.
pub const NETWORK_BLOCKS: [&str; 4] = [
    "network-words",
    "network-inputs",
    "network-rounds",
    "network-floats",
];

impl<'a> Network<'a> {
    /// A network over the bytes of its blocks, named by [`NETWORK_BLOCKS`], `scale` being the
    /// unit of the second; `None` if one has another length.
    pub fn new(blocks: [&'a [u8]; 4], scale: f32) -> Option<Network<'a>> {
        let [words, inputs, rounds, floats] = blocks;
        let (words, rest) = words.as_chunks::<4>();
        let (inputs, more) = inputs.as_chunks::<WIDTH>();
        let (rows, last) = rounds.as_chunks::<WIDTH>();
        let (floats, end) = floats.as_chunks::<4>();
        let whole = rest.is_empty() && more.is_empty() && last.is_empty() && end.is_empty();
        let counts = inputs.len() == INPUT_ROWS
            && rows.len() == ROUNDS * (ROUND_ROWS - 1)
            && floats.len() == FLOATS;
        if !whole || !counts {
            return None;
        }
        let floats: Vec<f32> = floats.iter().map(|f| f32::from_le_bytes(*f)).collect();
        let (units, out) = floats.split_at(ROUNDS * 2 * WIDTH);
        let rounds = rows
            .chunks(ROUND_ROWS - 1)
            .zip(units.as_chunks::<{ 2 * WIDTH }>().0)
            .map(|(rows, units)| Round {
                weights: rows.as_chunks().0.iter().map(pairs).collect(),
                units: std::array::from_fn(|d| units[d]),
                added: std::array::from_fn(|d| units[WIDTH + d]),
            })
            .collect();
        let (out_rows, _) = out.as_chunks::<{ WIDTH + 1 }>();
        let out = std::array::from_fn(|k| {
            std::array::from_fn(|label| match label {
                0 => 0.0,
                label => out_rows[label - 1][k],
            })
        });
        Some(Network {
            words,
            inputs,
            scale,
            rounds,
            out,
        })
    }

    /// Adds the network's scores to those of some words that were taken [`together`].
    pub fn add_scores(
        &self,
        reading: &Reading<'_>,
        near: &Surroundings,
        words: Range<usize>,
        scores: &mut [Scores],
        room: &mut Room,
    ) {
        let number = |id: u32| {
            let found = self
                .words
                .binary_search_by_key(&id, |w| u32::from_le_bytes(*w));
            found.ok()
        };
        let from = words.start;
        for window in cut(words) {
            let own = window.start - from..window.end - from;
            let inputs = Inputs::new(reading, near, window, &number);
            with_best(Pass {
                network: self,
                inputs: &inputs,
                scores: &mut scores[own],
                room,
            });
        }
    }

    #[inline(always)]
    fn add_to<A: Arithmetic>(
        &self,
        inputs: &Inputs,
        scores: &mut [Scores],
        room: &mut Room,
        arithmetic: A,
    ) {
        let Room { held, told, sight } = room;
        held.clear();
        for rows in &inputs.rows {
            held.push(self.start(rows));
        }
        sight.turn_to(inputs);
        for (round, (weights, units)) in self.rounds.iter().zip(UNITS).enumerate() {
            let units = fitting(held, units);
            told.clear();
            told.extend(held.iter().map(|held| tell(held, units)));
            let places = Places {
                weights: &weights.weights,
                arithmetic,
            };
            let unit = 1.0 / units;
            let sums = sight.look(told, round, &places, [0; WIDTH]);
            for (held, sums) in held.iter_mut().zip(sums) {
                for d in 0..WIDTH {
                    let sum = sums[d] as f32 * unit * weights.units[d] + weights.added[d];
                    held[d] += sum.max(0.0);
                }
            }
        }
        for (scores, held) in scores.iter_mut().zip(&*held) {
            let mut sums = self.out[WIDTH];
            for (x, weights) in held.iter().zip(&self.out) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score += sum;
            }
        }
    }

    #[inline(always)]
    fn start(&self, rows: &[u16; INPUTS]) -> Held {
        // A dozen rows of at most 128 stay far inside 16 bits.
        let mut sum = [0i16; WIDTH];
        for row in rows {
            for (sum, byte) in sum.iter_mut().zip(&self.inputs[usize::from(*row)]) {
                *sum = sum.wrapping_add(i16::from(*byte as i8));
            }
        }
        sum.map(|x| f32::from(x.max(0)) * self.scale)
    }
}

/// Two rows of weights, number beside number.
fn pairs(rows: &[[u8; WIDTH]; 2]) -> Pairs {
    std::array::from_fn(|d| [0, 1].map(|k| i16::from(rows[k][d] as i8)))
}

/// Units of one that keep all numbers below [`LIMIT`]; a power of two, as `most` is.
#[inline(always)]
fn fitting(held: &[Held], most: f32) -> f32 {
    let mut top = [0.0f32; WIDTH];
    for held in held {
        for (top, x) in top.iter_mut().zip(held) {
            *top = top.max(*x);
        }
    }
    let top = top.into_iter().fold(0.0, f32::max);
    let mut units = most;
    while top * units > f32::from(LIMIT) {
        units /= 2.0;
    }
    units
}

/// What a word is held in as whole numbers.
#[inline(always)]
fn tell(held: &Held, units: f32) -> Told {
    // Added to 2^23, a float's last bits are the number itself, rounded to the nearest.
    const BASE: f32 = (1 << 23) as f32;
    std::array::from_fn(|k| {
        [0, 1].map(|p| {
            let number = (held[2 * k + p] * units).min(f32::from(LIMIT));
            (number + BASE).to_bits() as i16
        })
    })
}

/// The weights of a round, place by place.
struct Places<'r, A> {
    weights: &'r [Pairs],
    arithmetic: A,
}

impl<A: Arithmetic> RoundWeights for Places<'_, A> {
    type Held = Told;
    type Number = i32;

    #[inline(always)]
    fn weighed(&self, place: usize, told: [&Told; 2]) -> [[i32; WIDTH]; 2] {
        let rows = &self.weights[place * (WIDTH / 2)..(place + 1) * (WIDTH / 2)];
        self.arithmetic.products(told, rows)
    }
}

/// Room to work in, kept from window to window.
#[derive(Debug, Default)]
pub struct Room {
    held: Vec<Held>,
    told: Vec<Told>,
    sight: Sight<i32>,
}

/// One window, worked on with whatever the machine can do at once.
struct Pass<'p, 'm> {
    network: &'p Network<'m>,
    inputs: &'p Inputs,
    scores: &'p mut [Scores],
    room: &'p mut Room,
}

impl Task for Pass<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<A: Arithmetic>(self, arithmetic: A) {
        self.network
            .add_to(self.inputs, self.scores, self.room, arithmetic);
    }
}

/// Ranges of words worked on at once: whole paragraphs, as long as they are not endless.
pub fn windows(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let all = together(reading).into_iter();
    all.flat_map(|(words, _)| cut(words)).collect()
}

/// Words and their paragraphs, as many as fit into a window; an endless one alone.
pub fn together(reading: &Reading<'_>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let mut found: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    for paragraph in reading.paragraphs() {
        match found.last_mut() {
            Some((words, paragraphs)) if paragraph.end - words.start <= WINDOW => {
                words.end = paragraph.end;
                paragraphs.push(paragraph);
            }
            _ => found.push((paragraph.clone(), vec![paragraph])),
        }
    }
    found
}

/// The windows of words that were taken together.
fn cut(words: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = words.end;
    words
        .step_by(WINDOW)
        .map(move |from| from..end.min(from + WINDOW))
}
