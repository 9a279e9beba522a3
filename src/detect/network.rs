//! What the words around it say about a word, worked out by a small network of convolutions
//! over the text and the syntax.
//!
//! The linear weights judge a word by features written down beforehand; the network learns
//! itself what to look for, in a few rounds: in each a word is seen beside its neighbours, its
//! head, the cues and verbs around and above it, and what each of them saw in the round before
//! (dilated convolutions, Strubell et al. 2017, with words far away as further neighbours).
//! Its scores are added to those of the linear weights.
//!
//! Sums run in one fixed order with every product rounded once, so that every machine gets the
//! same numbers, however many it adds at once.

use std::ops::Range;

use super::features::Surroundings;
use super::inputs::{FAR, INPUT_ROWS, INPUTS, Inputs};
use super::labelling::paragraphs;
use super::reading::Reading;
use super::tagger::{LABELS, Scores};

/// Numbers a word is held in.
pub const WIDTH: usize = 48;
/// Rounds.
pub const ROUNDS: usize = 3;
/// How far away the neighbours seen in each round are, in words.
const REACH: [usize; ROUNDS] = [1, 2, 4];
/// Words seen in a round: one before, the word itself, one after, and those far away.
pub const SEEN: usize = 3 + FAR;
/// Rows of weights of one round; the last is added to every word.
pub const ROUND_ROWS: usize = SEEN * WIDTH + 1;
/// Words worked on at once; what is between two such windows does not see each other.
const WINDOW: usize = 4096;

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
    rounds: Vec<Vec<Held>>,
    /// Weights of every label but "outside", which weighs nothing; the last is added.
    out: Vec<[f32; WIDTH + 1]>,
}

/// Floats of a network: units of the weights of each round by place, what a round adds, and
/// the weights of the labels.
pub(super) const FLOATS: usize = ROUNDS * 2 * WIDTH + (LABELS - 1) * (WIDTH + 1);

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
            .zip(units.chunks(2 * WIDTH))
            .map(|(rows, units)| {
                let weigh = |row: &[u8; WIDTH]| -> Held {
                    std::array::from_fn(|d| f32::from(row[d] as i8) * units[d])
                };
                let added = std::array::from_fn(|d| units[WIDTH + d]);
                rows.iter().map(weigh).chain([added]).collect()
            })
            .collect();
        let out = out.as_chunks::<{ WIDTH + 1 }>().0.to_vec();
        Some(Network {
            words,
            inputs,
            scale,
            rounds,
            out,
        })
    }

    /// Adds the network's scores to those of every word.
    pub fn add_scores(&self, reading: &Reading<'_>, near: &Surroundings, scores: &mut [Scores]) {
        let number = |id: u32| {
            let found = self
                .words
                .binary_search_by_key(&id, |w| u32::from_le_bytes(*w));
            found.ok()
        };
        let arch = pulp::Arch::new();
        let (mut held, mut sight) = (Vec::new(), Sight::default());
        for window in windows(reading) {
            let inputs = Inputs::new(reading, near, window.clone(), &number);
            let scores = &mut scores[window];
            arch.dispatch(Pass {
                network: self,
                inputs: &inputs,
                scores,
                held: &mut held,
                sight: &mut sight,
            });
        }
    }

    #[inline(always)]
    fn add_to(
        &self,
        inputs: &Inputs,
        scores: &mut [Scores],
        held: &mut Vec<Held>,
        sight: &mut Sight,
    ) {
        held.clear();
        for rows in &inputs.rows {
            held.push(self.start(rows));
        }
        for (round, weights) in self.rounds.iter().enumerate() {
            let sums = sight.look(held, inputs, round, weights);
            for (held, sums) in held.iter_mut().zip(sums) {
                for (held, sum) in held.iter_mut().zip(sums) {
                    *held += sum.max(0.0);
                }
            }
        }
        for (scores, held) in scores.iter_mut().zip(&*held) {
            for (score, weights) in scores[1..].iter_mut().zip(&self.out) {
                let mut sum = weights[WIDTH];
                for (x, weight) in held.iter().zip(weights) {
                    sum += x * weight;
                }
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

/// One window, worked on with whatever the machine can do at once.
struct Pass<'p, 'm> {
    network: &'p Network<'m>,
    inputs: &'p Inputs,
    scores: &'p mut [Scores],
    held: &'p mut Vec<Held>,
    sight: &'p mut Sight,
}

impl pulp::NullaryFnOnce for Pass<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.network
            .add_to(self.inputs, self.scores, self.held, self.sight);
    }
}

/// Ranges of words worked on at once: whole paragraphs, as long as they are not endless.
pub fn windows(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for paragraph in paragraphs(reading) {
        match found.last_mut() {
            Some(last) if paragraph.end - last.start <= WINDOW => last.end = paragraph.end,
            _ => found.push(paragraph),
        }
    }
    let cut = |range: Range<usize>| {
        let end = range.end;
        range
            .step_by(WINDOW)
            .map(move |from| from..end.min(from + WINDOW))
    };
    found.into_iter().flat_map(cut).collect()
}

/// Index of the word seen from word `at` in the given place; the number of words for none.
#[inline(always)]
pub fn seen(inputs: &Inputs, at: usize, round: usize, place: usize) -> usize {
    let count = inputs.rows.len();
    match place {
        0 => at.checked_sub(REACH[round]).unwrap_or(count),
        1 => at,
        2 => (at + REACH[round]).min(count),
        far => inputs.far[at][far - 3] as usize,
    }
}

/// Looks at the words around; keeps its room from round to round.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    sums: Vec<Held>,
    weighed: Vec<Held>,
    /// The place a word was last seen in.
    met_in: Vec<usize>,
    met: Vec<usize>,
}

impl Sight {
    /// What every word sees in a round, weighed and summed. A word is weighed once for each
    /// place, however many see it there.
    #[inline(always)]
    pub fn look(
        &mut self,
        held: &[Held],
        inputs: &Inputs,
        round: usize,
        weights: &[Held],
    ) -> &[Held] {
        let count = inputs.rows.len();
        self.sums.clear();
        self.sums.resize(count, weights[ROUND_ROWS - 1]);
        self.weighed.resize(count, [0.0; WIDTH]);
        self.met_in.clear();
        self.met_in.resize(count, SEEN);
        for (place, weights) in weights[..SEEN * WIDTH].chunks_exact(WIDTH).enumerate() {
            self.met.clear();
            for at in 0..count {
                let other = seen(inputs, at, round, place);
                if other < count && self.met_in[other] != place {
                    self.met_in[other] = place;
                    self.met.push(other);
                }
            }
            let (pairs, rest) = self.met.as_chunks::<2>();
            for [one, two] in pairs {
                let both = products([&held[*one], &held[*two]], weights);
                [self.weighed[*one], self.weighed[*two]] = both;
            }
            for one in rest {
                self.weighed[*one] = product(&held[*one], weights);
            }
            for (at, sum) in self.sums.iter_mut().enumerate() {
                if let Some(weighed) = self.weighed.get(seen(inputs, at, round, place)) {
                    for (sum, x) in sum.iter_mut().zip(weighed) {
                        *sum += x;
                    }
                }
            }
        }
        &self.sums
    }
}

/// As [`product`] for two words, whose weights are then fetched once.
#[inline(always)]
fn products(held: [&Held; 2], weights: &[Held]) -> [Held; 2] {
    let mut sums = [[0.0f32; WIDTH]; 2];
    for ((one, two), row) in held[0].iter().zip(held[1]).zip(weights) {
        for d in 0..WIDTH {
            sums[0][d] = one.mul_add(row[d], sums[0][d]);
            sums[1][d] = two.mul_add(row[d], sums[1][d]);
        }
    }
    sums
}

/// A word's numbers times the rows of `weights`.
#[inline(always)]
pub fn product(held: &Held, weights: &[Held]) -> Held {
    let mut sum = [0.0f32; WIDTH];
    for (x, row) in held.iter().zip(weights) {
        for (sum, weight) in sum.iter_mut().zip(row) {
            *sum = x.mul_add(*weight, *sum);
        }
    }
    sum
}
