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

/// Labels of all words and how probable each was; of the probabilities, what later stages ask for.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// Label of every word.
    pub labels: Vec<Label>,
    /// How probable it is that each word is in a content, a source, a cue.
    kinds: Vec<[f32; KINDS]>,
    /// How probable it is that each goes on with a content, and that it begins a source or a cue.
    edges: Vec<[f32; 2]>,
}

/// Kinds of pieces.
pub const KINDS: usize = 3;

impl Labelling {
    /// Of some labels and the probability of every label at every word.
    pub fn new(labels: Vec<Label>, shares: impl IntoIterator<Item = Scores>) -> Labelling {
        let mut labelling = Labelling {
            labels,
            ..Labelling::default()
        };
        shares.into_iter().for_each(|share| labelling.push(&share));
        labelling
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.kinds.len()
    }

    fn push(&mut self, share: &Scores) {
        let (kinds, edges) = told(share);
        self.kinds.push(kinds);
        self.edges.push(edges);
    }

    /// Puts another label on a word, with the probability of every label.
    pub fn put(&mut self, word: usize, label: Label, share: &Scores) {
        self.labels[word] = label;
        (self.kinds[word], self.edges[word]) = told(share);
    }

    /// How probable it is that a word is in a piece of this [kind](Label::kind), which is not 0.
    pub fn is_in(&self, word: usize, kind: usize) -> f32 {
        self.kinds[word][kind - 1]
    }

    /// How probable it is that a word is in a content; 0 behind the last.
    pub fn is_content(&self, word: usize) -> f32 {
        self.kinds.get(word).map_or(0.0, |kinds| kinds[0])
    }

    /// How probable it is that a content goes on with a word, if there is such a word.
    pub fn goes_on(&self, word: usize) -> Option<f32> {
        self.edges.get(word).map(|edges| edges[0])
    }

    /// How probable it is that a source or a cue begins with a word; 0 behind the last.
    pub fn begins_other(&self, word: usize) -> f32 {
        self.edges.get(word).map_or(0.0, |edges| edges[1])
    }

    /// How probable it is that each word is in a content, a source, a cue, and nothing else of it.
    pub fn into_kinds(self) -> Vec<[f32; KINDS]> {
        self.kinds
    }
}

/// What is kept of the probabilities of labels.
fn told(share: &Scores) -> ([f32; KINDS], [f32; 2]) {
    // Both labels of a kind: its first word, and those behind.
    let kinds = std::array::from_fn(|kind| share[2 * kind + 1] + share[2 * kind + 2]);
    let [_, _, content, source_start, _, cue_start, _] = *share;
    (kinds, [content, source_start + cue_start])
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
    (0..scores.len()).for_each(|k| found.push(&lattice.node(k)));
    found.labels.extend(best(scores, &classes, &chained.steps));
}

/// Labels the words of `reading`. `bias` is added to the scores of cues and sources: it finds
/// more, less surely.
pub fn label(reading: &Reading<'_>, tagger: &Chained<'_>, bias: f32) -> Labelling {
    let count = reading.words.len();
    let mut found = Labelling {
        labels: Vec::with_capacity(count),
        // Running sums of them are one more.
        kinds: Vec::with_capacity(count + 1),
        edges: Vec::with_capacity(count),
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
