//! The trained model: a readable header and named blocks of weights, borrowed from bytes.
//!
//! The header is plain text and says how to make the file again. After a blank line come the
//! blocks its `block` lines announce, one after another. Nothing is copied but the small step
//! tables, so loading costs next to nothing.

use super::network::{NETWORK_BLOCKS, Network};
use super::ranker::Ranker;
use super::tagger::{StepTable, Steps, raise};
use super::weights::Weights;

/// First line of every model file.
const MAGIC: &str = "proofmark model 1";

/// Bytes that memory is fetched by; the first block of a file starts at a multiple of it.
const LINE: usize = 64;

/// A file compiled in so that its multiples of 64 bytes are multiples in memory.
#[repr(C, align(64))]
pub(super) struct Aligned<T: ?Sized>(pub(super) T);

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

/// A tagger's weights.
#[derive(Clone, Debug)]
pub struct Chained<'a> {
    /// Of words.
    pub weights: Weights<'a>,
    /// Of words by those around them.
    pub network: Network<'a>,
    /// Of steps between labels.
    pub steps: StepTable,
    /// The exponentials of the steps.
    pub raised: Vec<Steps>,
}

/// A block of a model in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its name in the header.
    pub name: &'static str,
    /// What one unit of its whole numbers is worth.
    pub scale: f32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Writes a model file. `notes` are header lines for people: command, corpora, figures.
pub fn write_model(
    name: &str,
    numbers: &[(&str, f32)],
    notes: &[String],
    blocks: &[Block],
) -> Vec<u8> {
    let mut header = format!("{MAGIC}\nname {name}\n");
    for note in notes {
        header.push_str(&format!("note {}\n", note.replace('\n', " ")));
    }
    for (key, value) in numbers {
        header.push_str(&format!("number {key} {value:?}\n"));
    }
    for block in blocks {
        header.push_str(&format!(
            "block {} {} {:?}\n",
            block.name,
            block.bytes.len(),
            block.scale
        ));
    }
    // A block of whole rows then never has a row in two lines of the cache.
    let length = header.len() + "fill \n\n".len();
    let fill = length.next_multiple_of(LINE) - length;
    header.push_str(&format!("fill {}\n\n", ".".repeat(fill)));
    let mut bytes = header.into_bytes();
    for block in blocks {
        bytes.extend_from_slice(&block.bytes);
    }
    bytes
}

/// The header and blocks of a model file.
pub(super) struct Parts<'a> {
    name: String,
    numbers: Vec<(&'a str, f32)>,
    blocks: Vec<(&'a str, f32, &'a [u8])>,
}

impl<'a> Parts<'a> {
    /// The bytes of a block.
    pub(super) fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        self.blocks.iter().find(|b| b.0 == name).map(|b| b.2)
    }
}

/// Takes a model file apart; `None` if it is none or ends too early.
pub(super) fn split(bytes: &[u8]) -> Option<Parts<'_>> {
    let end = bytes.windows(2).position(|w| w == b"\n\n")? + 2;
    let header = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = header.lines();
    if lines.next()? != MAGIC {
        return None;
    }
    let mut parts = Parts {
        name: String::new(),
        numbers: Vec::new(),
        blocks: Vec::new(),
    };
    let mut at = end;
    for line in lines {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut words = rest.split(' ');
        match kind {
            "name" => parts.name = rest.to_owned(),
            "number" => parts
                .numbers
                .push((words.next()?, words.next()?.parse().ok()?)),
            "block" => {
                let name = words.next()?;
                let length: usize = words.next()?.parse().ok()?;
                let scale = words.next()?.parse().ok()?;
                parts
                    .blocks
                    .push((name, scale, bytes.get(at..at.checked_add(length)?)?));
                at += length;
            }
            _ => {}
        }
    }
    Some(parts)
}

impl<'a> Model<'a> {
    /// Reads a model file; `None` if it is none or lacks a block.
    pub fn parse(bytes: &'a [u8]) -> Option<Model<'a>> {
        let parts = split(bytes)?;
        let block = |name: &str| parts.blocks.iter().find(|b| b.0 == name);
        let number = |name: &str| parts.numbers.iter().find(|n| n.0 == name).map(|n| n.1);
        let chained = || -> Option<Chained<'a>> {
            let (_, scale, bytes) = block("tagger")?;
            let steps = StepTable::from_bytes(block("tagger-steps")?.2)?;
            let [words, inputs, rounds, floats] = NETWORK_BLOCKS.map(block);
            let (inputs, unit) = inputs.map(|b| (b.2, b.1))?;
            Some(Chained {
                weights: Weights::new(bytes, *scale)?,
                network: Network::new([words?.2, inputs, rounds?.2, floats?.2], unit)?,
                raised: raise(&steps),
                steps,
            })
        };
        let ranker = |name: &str| block(name).and_then(|b| Ranker::new(b.2, b.1));
        Some(Model {
            tagger: chained()?,
            cue: ranker("cue")?,
            source: ranker("source")?,
            ends: ranker("ends")?,
            worth: ranker("worth")?,
            checkable: ranker("checkable")?,
            priority: ranker("priority")?,
            calibration: CALIBRATION.map(|name| number(name).unwrap_or(0.0)),
            threshold: number("threshold").unwrap_or(0.0),
            cue_bias: number("cue-bias").unwrap_or(0.0),
            name: parts.name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::network::FLOATS;
    use super::super::{EDGE_CLASSES, INPUT_ROWS, LABELS, ROUND_ROWS, ROUNDS, WIDTH};
    use super::*;

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
