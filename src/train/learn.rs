//! The whole of training: corpora in, model out.
//!
//! The second tagger and the linker must learn from labels as they will meet them, not from
//! labels of articles the first tagger was fitted to. So the articles are dealt into parts;
//! each part is labelled by a tagger that has not seen it.

use crate::detect::{
    Block, CALIBRATION, Chained, Echo, Labelling, Lexicon, Reading, StepTable, Surroundings,
    Weights, add_echo, decode, edge_class, paragraphs, pieces, raise, word_features, word_scores,
};

use super::heads::{fit_checkable, fit_priority};
use super::{
    Chain, FitOptions, LabelledSentence, LinkChoices, MarkedArticle, Sequence, calibrate, damage,
    fit, fit_ranker, labels, link_choices, pack_ranker, pack_rows, pack_steps,
};

/// What is learned from.
#[derive(Clone, Copy, Debug)]
pub struct Corpora<'a> {
    /// Articles with attributions.
    pub articles: &'a [MarkedArticle],
    /// Sentences labelled "0" or "1" by experts: can it be checked?
    pub checkable: &'a [LabelledSentence],
    /// The same from a weaker labeller.
    pub silver: &'a [LabelledSentence],
    /// Sentences labelled NFS, UFS, CFS: does it deserve checking?
    pub debates: &'a [LabelledSentence],
}

/// Parts the articles are dealt into.
const PARTS: usize = 3;
/// Rows of the taggers' tables, as a power of two.
const FIRST_BITS: u32 = 18;
const SECOND_BITS: u32 = 19;
/// Rows of a tagger that only serves training.
const WIDE_BITS: u32 = 22;
/// Added to the scores of cues and sources when detecting, found on the development set.
const CUE_BIAS: f32 = 0.15;
/// Weights of the linear scorers, as a power of two.
const RANKER_BITS: u32 = 17;

/// How the taggers are fitted: first with every feature, then with those that fit the table.
fn options(bits: u32) -> FitOptions {
    FitOptions {
        rounds: 2,
        settle: 3,
        keep: (1usize << bits) * 4 / 5,
        rate: 0.02,
        shrink: 15.0,
        handicap: 0.6,
        dropout: 0.1,
        least: 5,
        seed: 1,
    }
}

/// A fitted tagger in the form the detector uses.
struct Packed {
    rows: Vec<u8>,
    scale: f32,
    steps: Vec<u8>,
}

impl Packed {
    fn new(chain: &Chain, bits: u32) -> Packed {
        let (rows, scale) = pack_rows(chain, bits);
        Packed {
            rows,
            scale,
            steps: pack_steps(chain),
        }
    }

    fn chained(&self) -> Chained<'_> {
        let steps = StepTable::from_bytes(&self.steps).expect("steps were packed whole");
        let raised = raise(&steps);
        let weights = Weights::new(&self.rows, self.scale).expect("rows were packed whole");
        Chained {
            weights,
            steps,
            raised,
        }
    }

    fn blocks(self, rows: &'static str, steps: &'static str) -> [Block; 2] {
        [
            Block {
                name: rows,
                scale: self.scale,
                bytes: self.rows,
            },
            Block {
                name: steps,
                scale: 1.0,
                bytes: self.steps,
            },
        ]
    }
}

/// One article on its way through training.
struct Pupil<'a> {
    article: &'a MarkedArticle,
    part: usize,
    /// Labels by a tagger that has not seen it.
    first: Labelling,
    second: Labelling,
}

/// A model in parts, as [`write_model`](crate::detect::write_model) takes them.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// Named numbers.
    pub numbers: Vec<(&'static str, f32)>,
    /// Blocks of weights.
    pub blocks: Vec<Block>,
}

/// Learns a whole model. `report` hears what is being done.
pub fn learn(corpora: &Corpora<'_>, report: &mut dyn FnMut(&str)) -> Learned {
    let copies = with_damage(corpora.articles);
    let (mut blocks, labelled) = learn_taggers(&copies, report);
    report("linker");
    let mut learned = learn_linker(&copies, &labelled);
    report("claim scorers");
    blocks.append(&mut learned.blocks);
    blocks.extend(learn_heads(corpora));
    Learned {
        blocks,
        numbers: learned.numbers,
    }
}

/// The articles, and after them a damaged copy of each.
pub fn with_damage(articles: &[MarkedArticle]) -> Vec<MarkedArticle> {
    articles
        .iter()
        .cloned()
        .chain(articles.iter().map(|a| damage(a, 1)))
        .collect()
}

/// Learns both taggers; beside their blocks the labelling of each article by a tagger that has
/// not seen it. `copies` are as [`with_damage`] gives them.
pub fn learn_taggers(
    copies: &[MarkedArticle],
    report: &mut dyn FnMut(&str),
) -> (Vec<Block>, Vec<Labelling>) {
    let lexicon = Lexicon::new();
    let half = copies.len() / 2;
    let mut pupils: Vec<Pupil<'_>> = copies
        .iter()
        .enumerate()
        .map(|(k, article)| Pupil {
            article,
            // Both copies of an article in the same part: one must not teach about the other.
            part: k % half.max(1) % PARTS,
            first: Labelling::default(),
            second: Labelling::default(),
        })
        .collect();
    let wide = options(WIDE_BITS);
    for part in 0..PARTS {
        report(&format!("first tagger, part {} of {PARTS}", part + 1));
        let tagger = fit_to(&pupils, &lexicon, false, Some(part), &wide, WIDE_BITS);
        label_part(&mut pupils, &lexicon, false, part, &tagger);
    }
    report("first tagger");
    let first = fit_to(
        &pupils,
        &lexicon,
        false,
        None,
        &options(FIRST_BITS),
        FIRST_BITS,
    );
    for part in 0..PARTS {
        report(&format!("second tagger, part {} of {PARTS}", part + 1));
        let tagger = fit_to(&pupils, &lexicon, true, Some(part), &wide, WIDE_BITS);
        label_part(&mut pupils, &lexicon, true, part, &tagger);
    }
    report("second tagger");
    let second = fit_to(
        &pupils,
        &lexicon,
        true,
        None,
        &options(SECOND_BITS),
        SECOND_BITS,
    );
    let mut blocks = Vec::new();
    blocks.extend(first.blocks("first", "first-steps"));
    blocks.extend(second.blocks("second", "second-steps"));
    (blocks, pupils.into_iter().map(|p| p.second).collect())
}

fn ranker_block(name: &'static str, weights: &[f32]) -> Block {
    let (bytes, scale) = pack_ranker(weights);
    Block { name, scale, bytes }
}

/// Learns the linker from the annotators' own pieces and from those in `labelled`, and the
/// calibration on the clean half.
pub fn learn_linker(copies: &[MarkedArticle], labelled: &[Labelling]) -> Learned {
    let lexicon = Lexicon::new();
    let mut choices = LinkChoices::default();
    for (article, found) in copies.iter().zip(labelled) {
        let reading = Reading::new(&article.text, &lexicon);
        let gold = pieces(&labels(&reading, &article.attributions));
        for pieces in [gold, pieces(&found.labels)] {
            let found = link_choices(&reading, &pieces, &article.attributions);
            choices.cues.extend(found.cues);
            choices.sources.extend(found.sources);
        }
    }
    let cue = fit_ranker(&choices.cues, RANKER_BITS, 6, 0.05, 0.0);
    let source = fit_ranker(&choices.sources, RANKER_BITS, 6, 0.05, 0.0);
    let found = calibrate(&copies[..copies.len() / 2], labelled, &cue, &source);
    let mut numbers: Vec<(&'static str, f32)> =
        CALIBRATION.into_iter().zip(found.weights).collect();
    numbers.push(("threshold", found.threshold));
    numbers.push(("cue-bias", CUE_BIAS));
    Learned {
        numbers,
        blocks: vec![ranker_block("cue", &cue), ranker_block("source", &source)],
    }
}

/// Learns the two claim scorers.
pub fn learn_heads(corpora: &Corpora<'_>) -> Vec<Block> {
    let lexicon = Lexicon::new();
    let checkable = fit_checkable(corpora.checkable, corpora.silver, &lexicon, RANKER_BITS);
    let priority = fit_priority(corpora.debates, &lexicon, RANKER_BITS);
    vec![
        ranker_block("checkable", &checkable),
        ranker_block("priority", &priority),
    ]
}

/// Fits a tagger to all pupils but those of part `but`.
fn fit_to(
    pupils: &[Pupil<'_>],
    lexicon: &Lexicon,
    second: bool,
    but: Option<usize>,
    options: &FitOptions,
    bits: u32,
) -> Packed {
    let chosen = pupils.iter().filter(|p| Some(p.part) != but);
    let sequences: Vec<Sequence> = chosen.flat_map(|p| sequences(p, lexicon, second)).collect();
    Packed::new(&fit(&sequences, options), bits)
}

/// Labels the pupils of one part.
fn label_part(
    pupils: &mut [Pupil<'_>],
    lexicon: &Lexicon,
    second: bool,
    part: usize,
    tagger: &Packed,
) {
    let chained = tagger.chained();
    for pupil in pupils.iter_mut().filter(|p| p.part == part) {
        let reading = Reading::new(&pupil.article.text, lexicon);
        let near = Surroundings::new(&reading);
        let [mut scores] = word_scores(&reading, &near, [&chained.weights]);
        if second {
            let echo = Echo::new(&reading, &pupil.first);
            add_echo(&reading, &echo, &chained.weights, &mut scores);
            pupil.second = decode(&reading, &scores, &chained);
        } else {
            pupil.first = decode(&reading, &scores, &chained);
        }
    }
}

/// The paragraphs of an article as sequences to fit a tagger to.
fn sequences(pupil: &Pupil<'_>, lexicon: &Lexicon, second: bool) -> Vec<Sequence> {
    let reading = Reading::new(&pupil.article.text, lexicon);
    let near = Surroundings::new(&reading);
    let echo = second.then(|| Echo::new(&reading, &pupil.first));
    let labels = labels(&reading, &pupil.article.attributions);
    let one = |words: std::ops::Range<usize>| {
        let mut sequence = Sequence::default();
        for k in words {
            word_features(&reading, &near, k, &mut sequence.features);
            if let Some(echo) = &echo {
                echo.features(&reading, k, &mut sequence.features);
            }
            sequence.ends.push(sequence.features.len() as u32);
            sequence.classes.push(edge_class(&reading, k));
            sequence.labels.push(labels[k] as u8);
        }
        sequence
    };
    paragraphs(&reading).into_iter().map(one).collect()
}
