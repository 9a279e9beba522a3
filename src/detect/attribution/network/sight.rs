//! What is seen from a word: its neighbours, and the words that matter to it wherever they
//! stand.

use std::ops::Add;

use super::inputs::Inputs;
use crate::detect::attribution::features::around::FAR;
use crate::detect::numbers::arithmetic::WIDTH;

/// Rounds.
pub const ROUNDS: usize = 3;
/// Words seen next to a word: one before, the word itself, one after.
const NEAR: usize = 3;
/// Words seen in a round: those next to it, and those far away.
pub const SEEN: usize = NEAR + FAR;
/// How far away the neighbours seen in each round are, in words.
const REACH: [usize; ROUNDS] = [1, 2, 4];

/// Index of the word seen from word `at` in the given place; the number of words for none.
#[inline(always)]
pub fn seen(inputs: &Inputs, at: usize, round: usize, place: usize) -> usize {
    let count = inputs.rows.len();
    match place {
        0 => at.checked_sub(REACH[round]).unwrap_or(count),
        1 => at,
        2 => (at + REACH[round]).min(count),
        far => inputs.far[at][far - NEAR] as usize,
    }
}

/// The weights of a round.
pub trait RoundWeights {
    /// What a word is held in.
    type Held;
    /// What weighed words are summed in.
    type Number: Copy + Default + Add<Output = Self::Number>;

    /// Two words as they are seen in a place; both are weighed at once.
    fn weighed(&self, place: usize, held: [&Self::Held; 2]) -> [[Self::Number; WIDTH]; 2];
}

/// Looks at the words around every word; keeps its room from window to window.
#[derive(Clone, Debug, Default)]
pub struct Sight<N> {
    /// For each far place the words that are seen there, each once.
    met: [Vec<u32>; FAR],
    /// For each word where the words it sees far away are in `weighed`; the first row is empty
    /// and stands for none.
    rows: Vec<[u32; FAR]>,
    weighed: Vec<[N; WIDTH]>,
    sums: Vec<[N; WIDTH]>,
}

impl<N: Copy + Default + Add<Output = N>> Sight<N> {
    /// Turns to other words.
    pub fn turn_to(&mut self, inputs: &Inputs) {
        let count = inputs.rows.len();
        self.rows.clear();
        self.rows.resize(count, [0; FAR]);
        // Behind the empty row and those of the places next to a word.
        let mut next = 1 + NEAR * count;
        let mut row_of = vec![0u32; count];
        for (place, met) in self.met.iter_mut().enumerate() {
            met.clear();
            for (rows, far) in self.rows.iter_mut().zip(&inputs.far) {
                let other = far[place];
                let Some(row) = row_of.get_mut(other as usize) else {
                    continue;
                };
                if *row == 0 {
                    *row = next as u32;
                    next += 1;
                    met.push(other);
                }
                rows[place] = *row;
            }
            for other in met.iter() {
                row_of[*other as usize] = 0;
            }
        }
        // What is left of other words is written over by each look; the first row stays empty.
        self.weighed.resize(next, [N::default(); WIDTH]);
    }

    /// What every word sees in a round, weighed and summed, `added` to each. A word is weighed
    /// once for each place, however many see it there.
    #[inline(always)]
    pub fn look<W: RoundWeights<Number = N>>(
        &mut self,
        held: &[W::Held],
        round: usize,
        weights: &W,
        added: [N; WIDTH],
    ) -> &[[N; WIDTH]] {
        let count = held.len();
        let (_, rows) = self.weighed.split_at_mut(1);
        let mut rows = rows.iter_mut();
        for place in 0..NEAR {
            weigh(weights, place, held.iter(), &mut rows);
        }
        for (place, met) in self.met.iter().enumerate() {
            let met = met.iter().map(|at| &held[*at as usize]);
            weigh(weights, NEAR + place, met, &mut rows);
        }
        let reach = REACH[round];
        self.sums.clear();
        for (at, far) in self.rows.iter().enumerate() {
            let before = at.checked_sub(reach).map_or(0, |k| 1 + k);
            let after = at + reach;
            let after = if after < count {
                1 + 2 * count + after
            } else {
                0
            };
            let mut sum = added;
            for row in [before, 1 + count + at, after] {
                add(&mut sum, &self.weighed[row]);
            }
            for row in far {
                add(&mut sum, &self.weighed[*row as usize]);
            }
            self.sums.push(sum);
        }
        &self.sums
    }
}

/// Weighs words as they are seen in a place, two at once, into the next rows.
#[inline(always)]
fn weigh<'a, W: RoundWeights>(
    weights: &W,
    place: usize,
    mut held: impl Iterator<Item = &'a W::Held>,
    rows: &mut std::slice::IterMut<'_, [W::Number; WIDTH]>,
) where
    W::Held: 'a,
{
    while let Some(one) = held.next() {
        let two = held.next();
        let weighed = weights.weighed(place, [one, two.unwrap_or(one)]);
        for (weighed, row) in weighed
            .into_iter()
            .zip(rows.by_ref().take(1 + usize::from(two.is_some())))
        {
            *row = weighed;
        }
    }
}

#[inline(always)]
fn add<N: Copy + Add<Output = N>>(sum: &mut [N; WIDTH], more: &[N; WIDTH]) {
    for (sum, x) in sum.iter_mut().zip(more) {
        *sum = *sum + *x;
    }
}
