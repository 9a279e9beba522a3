//! Labels every word of an article with a model's taggers, and takes the labels apart into
//! pieces with a certainty each.

use super::echo::Echo;
use super::features::{Surroundings, edge_class, word_features};
use super::model::{Chained, Model};
use super::reading::Reading;
use super::tagger::{Label, Lattice, Scores, Weights, best};

/// Labels of all words and how probable each was.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// Label of every word.
    pub labels: Vec<Label>,
    /// Probability of every label at every word.
    pub shares: Vec<Scores>,
}

/// Ranges of words labelled together: the paragraphs.
pub fn paragraphs(reading: &Reading<'_>) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut last = None;
    for sentence in reading.sentences.iter().filter(|s| !s.words.is_empty()) {
        match found.last_mut() {
            Some(range) if last == Some(sentence.paragraph) => range.end = sentence.words.end,
            _ => found.push(sentence.words.clone()),
        }
        last = Some(sentence.paragraph);
    }
    found
}

/// Scores of the labels of every word under each of several weights, by the word's features
/// alone, which are worked out once.
pub fn word_scores<const N: usize>(
    reading: &Reading<'_>,
    near: &Surroundings,
    weights: [&Weights<'_>; N],
) -> [Vec<Scores>; N] {
    let mut found = std::array::from_fn(|_| Vec::with_capacity(reading.words.len()));
    let mut features = Vec::with_capacity(96);
    for at in 0..reading.words.len() {
        features.clear();
        word_features(reading, near, at, &mut features);
        for (scores, weights) in found.iter_mut().zip(weights) {
            scores.push(weights.scores(&features));
        }
    }
    found
}

/// Adds to the scores of every word what the first labelling says about it.
pub fn add_echo(
    reading: &Reading<'_>,
    echo: &Echo<'_>,
    weights: &Weights<'_>,
    scores: &mut [Scores],
) {
    let mut features = Vec::with_capacity(32);
    for (at, score) in scores.iter_mut().enumerate() {
        features.clear();
        echo.features(reading, at, &mut features);
        for (total, more) in score.iter_mut().zip(weights.scores(&features)) {
            *total += more;
        }
    }
}

/// The best labels for the scores, paragraph by paragraph, and the probability of each.
pub fn decode(reading: &Reading<'_>, scores: &[Scores], chained: &Chained<'_>) -> Labelling {
    let mut found = Labelling {
        labels: Vec::with_capacity(reading.words.len()),
        shares: Vec::with_capacity(reading.words.len()),
    };
    for words in paragraphs(reading) {
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

/// Labels the words of `reading` with a model's taggers.
pub fn label(reading: &Reading<'_>, model: &Model<'_>) -> Labelling {
    let near = Surroundings::new(reading);
    let first = &model.first;
    let Some(second) = &model.second else {
        let [scores] = word_scores(reading, &near, [&first.weights]);
        return decode(reading, &scores, first);
    };
    let [scores, mut again] = word_scores(reading, &near, [&first.weights, &second.weights]);
    let labelling = decode(reading, &scores, first);
    add_echo(
        reading,
        &Echo::new(reading, &labelling),
        &second.weights,
        &mut again,
    );
    for score in &mut again {
        score[3..].iter_mut().for_each(|s| *s += model.cue_bias);
    }
    decode(reading, &again, second)
}
