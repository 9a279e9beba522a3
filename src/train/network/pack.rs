//! Packs a network into the blocks of a model file, most of its weights as bytes.

use crate::detect::attribution::network::{Held, NETWORK_BLOCKS, ROUND_ROWS};
use crate::detect::numbers::arithmetic::WIDTH;
use crate::detect::numbers::file::Block;

use super::LearnedNetwork;

impl LearnedNetwork {
    /// The blocks of the network, its scores times `share`.
    pub fn pack(&self, share: f32) -> [Block; 4] {
        let top = largest(self.inputs.as_flattened());
        let unit = (top / 127.0).max(f32::MIN_POSITIVE);
        let inputs = self.inputs.as_flattened().iter().map(|w| byte(*w, unit));
        let mut rounds = Vec::new();
        let mut floats: Vec<f32> = Vec::new();
        for weights in &self.rounds {
            let (added, rows) = (&weights[ROUND_ROWS - 1], &weights[..ROUND_ROWS - 1]);
            let units: Held = std::array::from_fn(|d| {
                let top = rows.iter().fold(0.0f32, |top, row| top.max(row[d].abs()));
                (top / 127.0).max(f32::MIN_POSITIVE)
            });
            for row in rows {
                rounds.extend(row.iter().zip(units).map(|(w, unit)| byte(*w, unit)));
            }
            floats.extend(units);
            floats.extend(added);
        }
        floats.extend(self.out.as_flattened().iter().map(|w| w * share));
        let words = self.words.iter().flat_map(|w| w.to_le_bytes()).collect();
        let [words_name, inputs_name, rounds_name, floats_name] = NETWORK_BLOCKS;
        let block = |name, scale, bytes| Block { name, scale, bytes };
        [
            block(words_name, 1.0, words),
            block(inputs_name, unit, inputs.collect()),
            block(rounds_name, 1.0, rounds),
            block(
                floats_name,
                1.0,
                floats.iter().flat_map(|f| f.to_le_bytes()).collect(),
            ),
        ]
    }
}

fn largest(weights: &[f32]) -> f32 {
    weights.iter().fold(0.0, |top, w| top.max(w.abs()))
}

fn byte(weight: f32, unit: f32) -> u8 {
    (weight / unit).round() as i8 as u8
}

const _: () = assert!(WIDTH.is_multiple_of(16));
