//! The network's gradient against differences, and whether it learns at all.

use super::*;
use crate::detect::attribution::chain::{Lattice, StepTable};
use crate::detect::attribution::features::around::Surroundings;
use crate::detect::attribution::features::edge::edge_class;
use crate::detect::attribution::label::Scores;
use crate::detect::attribution::network::inputs::Inputs;
use crate::detect::attribution::network::{Network, Room, windows};
use crate::detect::language::Language;
use crate::detect::reading::Reading;

const TEXT: &str = "Wells ran dry in May, the mayor of Orle said. “We warned them,” she added.\n\n\
                    The council denied that it had been told.";

fn options(rounds: usize) -> NetworkOptions {
    NetworkOptions {
        rounds,
        rate: 0.01,
        shrink: 0.0,
        handicap: 0.0,
        input_dropout: 0.0,
        dropout: 0.0,
        settled: 0.5,
        seed: 5,
    }
}

/// The text with every word that hangs on a verb labelled as content, verbs as cues.
fn lesson(words: &[u32]) -> Lesson {
    let language = Language::compiled_in();
    let reading = Reading::new(TEXT, &language);
    let near = Surroundings::new(&reading);
    let number = |id: u32| words.binary_search(&id).ok();
    let all = 0..reading.words.len();
    let label = |k: usize| {
        let word = &reading.words[k];
        if word.is_verb() {
            5
        } else {
            u8::from(reading.words[word.head as usize].is_verb())
        }
    };
    Lesson {
        inputs: Inputs::new(&reading, &near, all.clone(), &number),
        paragraphs: reading.paragraphs(),
        classes: all.clone().map(|k| edge_class(&reading, k)).collect(),
        labels: all.map(label).collect(),
    }
}

/// How probable the right labels are, as a logarithm.
fn likelihood(network: &LearnedNetwork, lesson: &Lesson) -> f32 {
    let trace = Trace::new(network, lesson, &options(1), &mut Random::new(1));
    let steps = StepTable::new(network.steps.iter().copied());
    let one = |range: &std::ops::Range<usize>| {
        let scores: Vec<Scores> = trace.scores()[range.clone()].to_vec();
        let classes = &lesson.classes[range.clone()];
        let labels = &lesson.labels[range.clone()];
        let words: f32 = (0..labels.len())
            .map(|k| scores[k][usize::from(labels[k])])
            .sum();
        let between: f32 = (1..labels.len())
            .map(|k| steps.at(classes[k])[usize::from(labels[k - 1])][usize::from(labels[k])])
            .sum();
        words + between - Lattice::new(&scores, classes, &steps).log_sum
    };
    lesson.paragraphs.iter().map(one).sum()
}

#[test]
fn the_gradient_is_what_differences_say() {
    let lesson = lesson(&[]);
    let mut network = LearnedNetwork::new(Vec::new(), &mut Random::new(3));
    let mut random = Random::new(4);
    for row in &mut network.out {
        for weight in row {
            *weight = (random.bits() % 2001) as f32 / 1000.0 - 1.0;
        }
    }
    let mut gradient = Gradient::new(&network);
    let trace = Trace::new(&network, &lesson, &options(1), &mut Random::new(1));
    trace.learn(&network, &lesson, &mut gradient);
    let told = [gradient.inputs.as_flattened()]
        .into_iter()
        .chain(gradient.rounds.iter().map(|r| r.as_flattened()))
        .chain([gradient.out.as_flattened(), &gradient.steps]);
    let told: Vec<Vec<f32>> = told.map(<[f32]>::to_vec).collect();
    for (slice, told) in told.iter().enumerate() {
        // The weights that matter most in each part of the network.
        let mut order: Vec<usize> = (0..told.len()).collect();
        order.sort_by(|a, b| told[*b].abs().total_cmp(&told[*a].abs()));
        for k in order.into_iter().take(12) {
            let moved = |by: f32| {
                let mut other = network.clone();
                if let Some(weights) = other.slices_mut().nth(slice) {
                    weights[k] += by;
                }
                f64::from(likelihood(&other, &lesson))
            };
            let step = 0.002;
            let found = (moved(step) - moved(-step)) / f64::from(2.0 * step);
            let error = (found - f64::from(told[k])).abs();
            assert!(
                error < 0.03 * found.abs() + 0.02,
                "slice {slice}, weight {k}: {found} by differences, {} told",
                told[k]
            );
        }
    }
}

#[test]
fn a_network_learns_what_the_syntax_says_and_says_it_when_packed() {
    let language = Language::compiled_in();
    let reading = Reading::new(TEXT, &language);
    let mut words: Vec<u32> = reading.words.iter().map(|w| w.id).collect();
    words.sort_unstable();
    words.dedup();
    let lesson = lesson(&words);
    let lessons = vec![lesson.clone(); 20];
    let network = fit_network(&lessons, words.clone(), &options(20));
    assert!(likelihood(&network, &lesson) > -1.0);
    let again = fit_network(&lessons, words, &options(20));
    assert!(network.slices().eq(again.slices()));

    let blocks = network.pack(1.0);
    let bytes = blocks.each_ref().map(|b| b.bytes.as_slice());
    let packed = Network::new(bytes, blocks[1].scale).expect("packed whole");
    let near = Surroundings::new(&reading);
    let mut scores = vec![[0.0; LABELS]; reading.words.len()];
    let (all, mut room) = (0..reading.words.len(), Room::default());
    packed.add_scores(&reading, &near, all, &mut scores, &mut room);
    let best = |scores: &Scores| {
        (0..LABELS).fold(0, |top, k| if scores[k] > scores[top] { k } else { top })
    };
    let right = scores
        .iter()
        .zip(&lesson.labels)
        .filter(|(s, label)| best(s) == usize::from(**label))
        .count();
    assert!(
        right * 10 >= scores.len() * 9,
        "{right} of {}",
        scores.len()
    );
}

#[test]
fn blocks_of_another_length_are_no_network() {
    let network = LearnedNetwork::new(vec![7], &mut Random::new(3));
    let blocks = network.pack(1.0);
    let whole = blocks.each_ref().map(|b| b.bytes.as_slice());
    assert!(Network::new(whole, 1.0).is_some());
    for k in 0..4 {
        let mut cut = whole;
        cut[k] = &cut[k][1..];
        assert!(Network::new(cut, 1.0).is_none(), "block {k}");
    }
    assert!(windows(&Reading::new("", &Language::compiled_in())).is_empty());
}
