//! The tagger: labels every word of an article paragraph by paragraph, and takes the labels apart into
//! pieces with a certainty each.

use std::ops::Range;

use super::chain::{Lattice, StepTable, best};
use super::features::GROUPS;
use super::features::around::Surroundings;
use super::features::edge::edge_class;
use super::features::word::word_features;
use super::label::{Label, Scores, Steps};
use super::network::{Network, Room, together};
use crate::detect::numbers::buckets::Weights;
use crate::detect::numbers::shared::Shared;
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

/// Scores of the labels of some words by their features; `near` has to know them.
pub fn word_scores(
    reading: &Reading<'_>,
    near: &Surroundings,
    words: Range<usize>,
    weights: &Weights<'_>,
) -> Vec<Scores> {
    let mut features = Shared::<GROUPS>::default();
    let score = |at| {
        features.clear();
        word_features(reading, near, at, &mut features);
        weights.scores_of(&mut features)
    };
    words.map(score).collect()
}

/// Adds the best labels of a paragraph's words for their scores, and the probability of each.
fn decode(
    reading: &Reading<'_>,
    words: Range<usize>,
    scores: &[Scores],
    chained: &Chained<'_>,
    found: &mut Labelling,
) {
    let classes: Vec<usize> = words.map(|at| edge_class(reading, at)).collect();
    let lattice = Lattice::with_raised(scores, &classes, &chained.raised);
    found
        .shares
        .extend((0..scores.len()).map(|k| lattice.node(k)));
    found.labels.extend(best(scores, &classes, &chained.steps));
}

/// Labels the words of `reading`. `bias` is added to the scores of cues and sources: it finds
/// more, less surely.
pub fn label(reading: &Reading<'_>, tagger: &Chained<'_>, bias: f32) -> Labelling {
    let mut found = Labelling {
        labels: Vec::with_capacity(reading.words.len()),
        shares: Vec::with_capacity(reading.words.len()),
    };
    let mut room = Room::default();
    // Some paragraphs at a time: what is known of words on the way is much.
    for (words, paragraphs) in together(reading) {
        let near = Surroundings::of(reading, words.clone());
        let mut scores = word_scores(reading, &near, words.clone(), &tagger.weights);
        let network = &tagger.network;
        network.add_scores(reading, &near, words.clone(), &mut scores, &mut room);
        for score in &mut scores {
            score[3..].iter_mut().for_each(|s| *s += bias);
        }
        for paragraph in paragraphs {
            let own = paragraph.start - words.start..paragraph.end - words.start;
            decode(reading, paragraph, &scores[own], tagger, &mut found);
        }
    }
    found
}
