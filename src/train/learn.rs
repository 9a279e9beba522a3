//! The whole of training: corpora in, model out.
//!
//! The linker and the judgement of whole attributions must learn from labels as they will meet
//! them, not from labels of articles the tagger was fitted to. So the articles are dealt into
//! parts; each part is labelled by a tagger that has not seen it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::detect::attribution::chain::{StepTable, raise};
use crate::detect::attribution::features::around::Surroundings;
use crate::detect::attribution::features::edge::edge_class;
use crate::detect::attribution::features::word::word_features;
use crate::detect::attribution::label::Label;
use crate::detect::attribution::labelling::{Chained, Labelling, label};
use crate::detect::attribution::link::{Judge, link};
use crate::detect::attribution::network::inputs::{Inputs, VOCABULARY};
use crate::detect::attribution::network::{Network, windows};
use crate::detect::attribution::pieces::pieces;
use crate::detect::language::Language;
use crate::detect::model::CALIBRATION;
use crate::detect::numbers::buckets::Weights;
use crate::detect::numbers::file::Block;
use crate::detect::numbers::ranker::Ranker;
use crate::detect::reading::Reading;

use super::heads::{fit_checkable, fit_priority};
use super::{
    Chain, FitOptions, LabelledSentence, LearnedNetwork, Lesson, LinkChoices, MarkedArticle,
    NetworkOptions, RankOptions, Sequence, damage, end_choices, fit, fit_network, fit_ranker,
    labels, link_choices, pack_ranker, pack_rows, pack_steps, weigh,
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
const CUE_BIAS: f32 = 0.08;
/// The same for the labels that the linker and the judgement learn from: what is found too
/// much teaches them what to leave out.
const LEARNING_BIAS: f32 = 0.15;
/// Score below which an attribution is not shown, found on the development set.
const THRESHOLD: f32 = 0.3;
/// What the linear weights and the network count for, found on the development set.
const LINEAR_SHARE: f32 = 0.6;
const NETWORK_SHARE: f32 = 0.7;
/// Weights of the linear scorers, as a power of two.
const RANKER_BITS: u32 = 16;
/// Weights of what chooses ends, as a power of two.
const ENDS_BITS: u32 = 17;
/// Weights of the claim scorers, as a power of two.
const HEAD_BITS: u32 = 16;

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

/// How the network is fitted beside the linear weights.
fn network_options() -> NetworkOptions {
    NetworkOptions {
        rounds: 6,
        rate: 0.002,
        shrink: 0.01,
        handicap: 0.6,
        input_dropout: 0.15,
        dropout: 0.2,
        settled: 0.4,
        seed: 1,
    }
}

/// How the linker and what chooses ends are fitted; the pulls were found on the development
/// set.
fn rank_options(bits: u32, shrink: f32) -> RankOptions {
    RankOptions {
        bits,
        rounds: 6,
        rate: 0.05,
        shrink,
    }
}

/// A fitted tagger in the form the detector uses.
struct Packed {
    rows: Vec<u8>,
    scale: f32,
    steps: Vec<u8>,
    network: [Block; 4],
}

impl Packed {
    fn new(mut chain: Chain, network: &LearnedNetwork, bits: u32) -> Packed {
        for (step, other) in chain.steps.iter_mut().zip(&network.steps) {
            *step = LINEAR_SHARE * *step + NETWORK_SHARE * other;
        }
        let (rows, scale) = pack_rows(&chain, bits);
        Packed {
            rows,
            scale: scale * LINEAR_SHARE,
            steps: pack_steps(&chain),
            network: network.pack(NETWORK_SHARE),
        }
    }

    fn chained(&self) -> Chained<'_> {
        let steps = StepTable::from_bytes(&self.steps).expect("steps were packed whole");
        let raised = raise(&steps);
        let weights = Weights::new(&self.rows, self.scale).expect("rows were packed whole");
        let blocks = self.network.each_ref().map(|block| block.bytes.as_slice());
        let network =
            Network::new(blocks, self.network[1].scale).expect("the network was packed whole");
        Chained {
            weights,
            network,
            steps,
            raised,
        }
    }

    fn blocks(self, rows: &'static str, steps: &'static str) -> Vec<Block> {
        let mut blocks = vec![
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
        ];
        blocks.extend(self.network);
        blocks
    }
}

/// A model in parts, as [`write_model`](crate::detect::numbers::file::write_model) takes them.
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
            labelled[k] = label(&reading, &tagger, LEARNING_BIAS);
        }
    }
    report("tagger");
    let tagger = fit_to(copies.iter(), language, TAGGER_BITS);
    (tagger.blocks("tagger", "tagger-steps"), labelled)
}

fn ranker_block(name: &'static str, weights: &[f32]) -> Block {
    let (bytes, scale) = pack_ranker(weights);
    Block { name, scale, bytes }
}

/// The scorer of packed weights.
pub(super) fn ranker(packed: &(Vec<u8>, f32)) -> Ranker<'_> {
    Ranker::new(&packed.0, packed.1).expect("weights were packed whole")
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
    let cue = fit_ranker(&choices.cues, &rank_options(RANKER_BITS, 3.0));
    let source = fit_ranker(&choices.sources, &rank_options(RANKER_BITS, 3.0));
    let packed = [pack_ranker(&cue), pack_ranker(&source)];
    let rankers = packed.each_ref().map(ranker);
    let judge = Judge {
        cue: rankers[0],
        source: rankers[1],
    };
    let mut choices = Vec::new();
    for (article, labelling) in copies.iter().zip(labelled) {
        let reading = Reading::new(&article.text, language);
        let links = link(&reading, &pieces(&labelling.labels), &mut judge.clone());
        let gold = &article.attributions;
        choices.extend(end_choices(&reading, labelling, &links, gold));
    }
    let ends = fit_ranker(&choices, &rank_options(ENDS_BITS, 300.0));
    let packed = pack_ranker(&ends);
    let worth = weigh(language, copies, labelled, judge, ranker(&packed));
    let mut numbers: Vec<(&'static str, f32)> =
        CALIBRATION.into_iter().zip(worth.calibration).collect();
    numbers.push(("threshold", THRESHOLD));
    numbers.push(("cue-bias", CUE_BIAS));
    Learned {
        numbers,
        blocks: vec![
            ranker_block("cue", &cue),
            ranker_block("source", &source),
            ranker_block("ends", &ends),
            ranker_block("worth", &worth.weights),
        ],
    }
}

/// Learns the two claim scorers.
pub fn learn_heads(corpora: &Corpora<'_>, language: &Language<'_>) -> Vec<Block> {
    let checkable = fit_checkable(corpora.checkable, corpora.silver, language, HEAD_BITS);
    let priority = fit_priority(corpora.debates, language, HEAD_BITS);
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
    let studies: Vec<Study<'_>> = articles.map(|a| Study::new(a, language)).collect();
    let sequences: Vec<Sequence> = studies.iter().flat_map(Study::sequences).collect();
    let chain = fit(&sequences, &options(bits));
    drop(sequences);
    let words = frequent(studies.iter().flat_map(|s| &s.reading.words).map(|w| w.id));
    let lessons: Vec<Lesson> = studies.iter().flat_map(|s| s.lessons(&words)).collect();
    let network = fit_network(&lessons, words, &network_options());
    Packed::new(chain, &network, bits)
}

/// The most frequent of some words, sorted by their hash.
fn frequent(words: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut counts = FxHashMap::<u32, usize>::default();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts.truncate(VOCABULARY);
    let mut words: Vec<u32> = counts.into_iter().map(|(word, _)| word).collect();
    words.sort_unstable();
    words
}

/// An article a tagger is fitted to.
struct Study<'a> {
    reading: Reading<'a>,
    near: Surroundings,
    labels: Vec<Label>,
}

impl<'a> Study<'a> {
    fn new(article: &'a MarkedArticle, language: &Language<'_>) -> Study<'a> {
        let reading = Reading::new(&article.text, language);
        Study {
            near: Surroundings::new(&reading),
            labels: labels(&reading, &article.attributions),
            reading,
        }
    }

    /// Its paragraphs, for the linear weights.
    fn sequences(&self) -> Vec<Sequence> {
        let one = |words: Range<usize>| {
            let mut sequence = Sequence::default();
            for k in words {
                word_features(&self.reading, &self.near, k, &mut sequence.features);
                sequence.ends.push(sequence.features.len() as u32);
                sequence.classes.push(edge_class(&self.reading, k));
                sequence.labels.push(self.labels[k] as u8);
            }
            sequence
        };
        self.reading.paragraphs().into_iter().map(one).collect()
    }

    /// Its windows, for the network; `words` are those with a row of their own.
    fn lessons(&self, words: &[u32]) -> Vec<Lesson> {
        let number = |id: u32| words.binary_search(&id).ok();
        let one = |window: Range<usize>| Lesson {
            inputs: Inputs::new(&self.reading, &self.near, window.clone(), &number),
            paragraphs: self
                .reading
                .paragraphs()
                .into_iter()
                .filter(|p| window.start < p.end && p.start < window.end)
                .map(|p| {
                    p.start.max(window.start) - window.start..p.end.min(window.end) - window.start
                })
                .collect(),
            classes: window
                .clone()
                .map(|k| edge_class(&self.reading, k))
                .collect(),
            labels: self.labels[window].iter().map(|l| *l as u8).collect(),
        };
        windows(&self.reading).into_iter().map(one).collect()
    }
}
