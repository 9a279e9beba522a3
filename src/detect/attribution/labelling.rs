//! The tagger: labels every word of an article paragraph by paragraph, and takes the labels apart into
//! pieces with a certainty each.

use super::chain::{Lattice, StepTable, best};
use super::features::around::Surroundings;
use super::features::edge::edge_class;
use super::features::word::word_features;
use super::label::{Label, Scores, Steps};
use super::network::Network;
use crate::detect::numbers::buckets::Weights;
use crate::detect::reading::Reading;

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

/// Labels of all words and how probable each was.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// Label of every word.
    pub labels: Vec<Label>,
    /// Probability of every label at every word.
    pub shares: Vec<Scores>,
}

/// Scores of the labels of every word by its features.
pub fn word_scores(
    reading: &Reading<'_>,
    near: &Surroundings,
    weights: &Weights<'_>,
) -> Vec<Scores> {
    let mut features = Vec::with_capacity(160);
    let score = |at| {
        features.clear();
        word_features(reading, near, at, &mut features);
        weights.scores(&features)
    };
    (0..reading.words.len()).map(score).collect()
}

/// The best labels for the scores, paragraph by paragraph, and the probability of each.
pub fn decode(reading: &Reading<'_>, scores: &[Scores], chained: &Chained<'_>) -> Labelling {
    let mut found = Labelling {
        labels: Vec::with_capacity(reading.words.len()),
        shares: Vec::with_capacity(reading.words.len()),
    };
    for words in reading.paragraphs() {
        let classes: Vec<usize> = words.clone().map(|at| edge_class(reading, at)).collect();
        let scores = &scores[words];
        let lattice = Lattice::with_raised(scores, &classes, &chained.raised);
        found
            .shares
            .extend((0..scores.len()).map(|k| lattice.node(k)));
        found.labels.extend(best(scores, &classes, &chained.steps));
    }
    found
}

/// Labels the words of `reading`. `bias` is added to the scores of cues and sources: it finds
/// more, less surely.
pub fn label(reading: &Reading<'_>, tagger: &Chained<'_>, bias: f32) -> Labelling {
    let near = Surroundings::new(reading);
    let mut scores = word_scores(reading, &near, &tagger.weights);
    tagger.network.add_scores(reading, &near, &mut scores);
    for score in &mut scores {
        score[3..].iter_mut().for_each(|s| *s += bias);
    }
    decode(reading, &scores, tagger)
}
