//! The trained model: everything learned, borrowed from the bytes of its file.
//!
//! Nothing is copied but the small step tables, so loading costs next to nothing.

use super::attribution::chain::{StepTable, raise};
use super::attribution::labelling::Chained;
use super::attribution::network::{NETWORK_BLOCKS, Network};
use super::numbers::buckets::Weights;
use super::numbers::file::split;
use super::numbers::ranker::Ranker;

/// Names of the calibration's numbers in the header.
pub const CALIBRATION: [&str; 2] = ["score-offset", "score-slope"];

/// Everything learned, ready for use.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Name and version, as written into files: "news-en 1".
    pub name: String,
    /// Labels of words.
    pub tagger: Chained<'a>,
    /// Content to cue.
    pub cue: Ranker<'a>,
    /// Cue to source.
    pub source: Ranker<'a>,
    /// Where contents end.
    pub ends: Ranker<'a>,
    /// Whether a sentence can be checked at all.
    pub checkable: Ranker<'a>,
    /// How much a sentence deserves checking.
    pub priority: Ranker<'a>,
    /// Whether an attribution holds as a whole.
    pub worth: Ranker<'a>,
    /// From its score to how often such an attribution is right: offset and slope.
    pub calibration: [f32; 2],
    /// Added to the scores of cue and source labels: finds more, less surely.
    pub cue_bias: f32,
    /// Attributions below this score are not worth showing.
    pub threshold: f32,
}

impl<'a> Model<'a> {
    /// Reads a model file; `None` if it is none or lacks a block.
    pub fn parse(bytes: &'a [u8]) -> Option<Model<'a>> {
        let parts = split(bytes)?;
        let number = |name: &str| parts.number(name).unwrap_or(0.0);
        let chained = || -> Option<Chained<'a>> {
            let (scale, bytes) = parts.block("tagger")?;
            let steps = StepTable::from_bytes(parts.bytes("tagger-steps")?)?;
            let [words, inputs, rounds, floats] = NETWORK_BLOCKS.map(|name| parts.block(name));
            let (unit, inputs) = inputs?;
            Some(Chained {
                weights: Weights::new(bytes, scale)?,
                network: Network::new([words?.1, inputs, rounds?.1, floats?.1], unit)?,
                raised: raise(&steps),
                steps,
            })
        };
        let ranker = |name: &str| Ranker::of(&parts, name);
        Some(Model {
            tagger: chained()?,
            cue: ranker("cue")?,
            source: ranker("source")?,
            ends: ranker("ends")?,
            worth: ranker("worth")?,
            checkable: ranker("checkable")?,
            priority: ranker("priority")?,
            calibration: CALIBRATION.map(number),
            threshold: number("threshold"),
            cue_bias: number("cue-bias"),
            name: parts.name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::attribution::features::edge::EDGE_CLASSES;
    use crate::detect::attribution::label::LABELS;
    use crate::detect::attribution::network::inputs::INPUT_ROWS;
    use crate::detect::attribution::network::sight::ROUNDS;
    use crate::detect::attribution::network::{FLOATS, ROUND_ROWS};
    use crate::detect::numbers::arithmetic::WIDTH;
    use crate::detect::numbers::file::{Block, write_model};

    fn small() -> Vec<u8> {
        let floats = EDGE_CLASSES * LABELS * LABELS;
        let block = |name, bytes| Block {
            name,
            scale: 0.5,
            bytes,
        };
        let blocks = [
            block("tagger", vec![0; 64]),
            block("tagger-steps", vec![0; 4 * floats]),
            block("network-inputs", vec![0; INPUT_ROWS * WIDTH]),
            block("network-rounds", vec![0; ROUNDS * (ROUND_ROWS - 1) * WIDTH]),
            block("network-floats", vec![0; 4 * FLOATS]),
            block("network-words", Vec::new()),
            block("cue", vec![0; 4]),
            block("source", vec![0; 4]),
            block("ends", vec![0; 4]),
            block("worth", vec![0; 4]),
            block("checkable", vec![0; 4]),
            block("priority", vec![0; 4]),
        ];
        write_model(
            "test 1",
            &[("threshold", 0.25)],
            &["made by\nhand".into()],
            &blocks,
        )
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = small();
        let model = Model::parse(&bytes).expect("a whole model");
        assert_eq!(model.name, "test 1");
        assert_eq!(model.threshold, 0.25);
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let bytes = small();
        assert!(Model::parse(b"").is_none());
        assert!(Model::parse(b"something else\n\n").is_none());
        assert!(Model::parse(&bytes[..bytes.len() - 1]).is_none());
        let other = String::from_utf8_lossy(&bytes).replace("block cue", "block xyz");
        assert!(Model::parse(other.as_bytes()).is_none());
    }
}
