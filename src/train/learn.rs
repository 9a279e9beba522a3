//! The whole of training: corpora in, model out.
//!
//! The linker and the judgement of whole attributions must learn from labels as they will meet
//! them, not from labels of articles the tagger was fitted to. So the articles are dealt into
//! parts; each part is labelled by a tagger that has not seen it.

use crate::detect::{
    Block, CALIBRATION, Chained, Labelling, Language, Reading, StepTable, Surroundings, Weights,
    edge_class, label, paragraphs, pieces, raise, word_features,
};

use super::heads::{fit_checkable, fit_priority};
use super::{
    Chain, FitOptions, LabelledSentence, LinkChoices, MarkedArticle, Sequence, damage, fit,
    fit_ranker, labels, link_choices, pack_ranker, pack_rows, pack_steps, weigh,
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
/// Rows of the tagger's table, as a power of two.
const TAGGER_BITS: u32 = 19;
/// Rows of a tagger that only serves training.
const WIDE_BITS: u32 = 22;
/// Added to the scores of cues and sources when detecting, found on the development set.
const CUE_BIAS: f32 = 0.15;
/// Score below which an attribution is not shown, found on the development set.
const THRESHOLD: f32 = 0.3;
/// Weights of the linear scorers, as a power of two.
const RANKER_BITS: u32 = 17;

/// How the taggers are fitted: first with every feature, then with those that fit the table.
fn options(bits: u32) -> FitOptions {
    FitOptions {
        rounds: 2,
        settle: 5,
        keep: (1usize << bits) * 4 / 5,
        rate: 0.02,
        shrink: 12.0,
        handicap: 0.6,
        dropout: 0.3,
        least: 3,
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

/// A model in parts, as [`write_model`](crate::detect::write_model) takes them.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// Named numbers.
    pub numbers: Vec<(&'static str, f32)>,
    /// Blocks of weights.
    pub blocks: Vec<Block>,
}

/// Learns a whole model. `report` hears what is being done.
pub fn learn(
    corpora: &Corpora<'_>,
    language: &Language<'_>,
    report: &mut dyn FnMut(&str),
) -> Learned {
    let copies = with_damage(corpora.articles);
    let (mut blocks, labelled) = learn_tagger(&copies, language, report);
    report("linker and worth");
    let mut learned = learn_linker(language, &copies, &labelled);
    report("claim scorers");
    blocks.append(&mut learned.blocks);
    blocks.extend(learn_heads(corpora, language));
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

/// Which part an article belongs to: both copies of it to the same, as one must not teach
/// about the other.
fn part_of(copies: &[MarkedArticle], article: usize) -> usize {
    article % (copies.len() / 2).max(1) % PARTS
}

/// Learns the tagger; beside its blocks the labelling of each article by a tagger that has not
/// seen it. `copies` are as [`with_damage`] gives them.
pub fn learn_tagger(
    copies: &[MarkedArticle],
    language: &Language<'_>,
    report: &mut dyn FnMut(&str),
) -> (Vec<Block>, Vec<Labelling>) {
    let mut labelled = vec![Labelling::default(); copies.len()];
    for part in 0..PARTS {
        report(&format!("tagger for part {} of {PARTS}", part + 1));
        let seen = (0..copies.len()).filter(|k| part_of(copies, *k) != part);
        let tagger = fit_to(seen.map(|k| &copies[k]), language, WIDE_BITS);
        let tagger = tagger.chained();
        for k in (0..copies.len()).filter(|k| part_of(copies, *k) == part) {
            let reading = Reading::new(&copies[k].text, language);
            labelled[k] = label(&reading, &tagger, CUE_BIAS);
        }
    }
    report("tagger");
    let tagger = fit_to(copies.iter(), language, TAGGER_BITS);
    (tagger.blocks("tagger", "tagger-steps").into(), labelled)
}

fn ranker_block(name: &'static str, weights: &[f32]) -> Block {
    let (bytes, scale) = pack_ranker(weights);
    Block { name, scale, bytes }
}

/// Learns the linker from the annotators' own pieces and from those in `labelled`, and the
/// calibration on the clean half.
pub fn learn_linker(
    language: &Language<'_>,
    copies: &[MarkedArticle],
    labelled: &[Labelling],
) -> Learned {
    let mut choices = LinkChoices::default();
    for (article, found) in copies.iter().zip(labelled) {
        let reading = Reading::new(&article.text, language);
        let gold = pieces(&labels(&reading, &article.attributions));
        for pieces in [gold, pieces(&found.labels)] {
            let found = link_choices(&reading, &pieces, &article.attributions);
            choices.cues.extend(found.cues);
            choices.sources.extend(found.sources);
        }
    }
    let cue = fit_ranker(&choices.cues, RANKER_BITS, 6, 0.05, 0.0);
    let source = fit_ranker(&choices.sources, RANKER_BITS, 6, 0.05, 0.0);
    let worth = weigh(language, copies, labelled, &cue, &source);
    let mut numbers: Vec<(&'static str, f32)> =
        CALIBRATION.into_iter().zip(worth.calibration).collect();
    numbers.push(("threshold", THRESHOLD));
    numbers.push(("cue-bias", CUE_BIAS));
    Learned {
        numbers,
        blocks: vec![
            ranker_block("cue", &cue),
            ranker_block("source", &source),
            ranker_block("worth", &worth.weights),
        ],
    }
}

/// Learns the two claim scorers.
pub fn learn_heads(corpora: &Corpora<'_>, language: &Language<'_>) -> Vec<Block> {
    let checkable = fit_checkable(corpora.checkable, corpora.silver, language, RANKER_BITS);
    let priority = fit_priority(corpora.debates, language, RANKER_BITS);
    vec![
        ranker_block("checkable", &checkable),
        ranker_block("priority", &priority),
    ]
}

/// Fits a tagger to `articles`.
fn fit_to<'a>(
    articles: impl Iterator<Item = &'a MarkedArticle>,
    language: &Language<'_>,
    bits: u32,
) -> Packed {
    let sequences: Vec<Sequence> = articles.flat_map(|a| sequences(a, language)).collect();
    Packed::new(&fit(&sequences, &options(bits)), bits)
}

/// The paragraphs of an article as sequences to fit a tagger to.
fn sequences(article: &MarkedArticle, language: &Language<'_>) -> Vec<Sequence> {
    let reading = Reading::new(&article.text, language);
    let near = Surroundings::new(&reading);
    let labels = labels(&reading, &article.attributions);
    let one = |words: std::ops::Range<usize>| {
        let mut sequence = Sequence::default();
        for k in words {
            word_features(&reading, &near, k, &mut sequence.features);
            sequence.ends.push(sequence.features.len() as u32);
            sequence.classes.push(edge_class(&reading, k));
            sequence.labels.push(labels[k] as u8);
        }
        sequence
    };
    paragraphs(&reading).into_iter().map(one).collect()
}
