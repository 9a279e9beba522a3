//! Fitting on a language of two words.

use super::*;
use crate::detect::attribution::chain::best;
use crate::detect::numbers::buckets::Weights;

/// Sequences in which feature 10 starts a cue and feature 20 is nothing.
fn corpus() -> Vec<Sequence> {
    let one = |features: &[u32], labels: &[u8]| Sequence {
        features: features.to_vec(),
        ends: (1..=features.len() as u32).collect(),
        classes: vec![0; features.len()],
        labels: labels.to_vec(),
    };
    let a = one(&[10 << 16, 20 << 16, 20 << 16], &[5, 0, 0]);
    let b = one(&[20 << 16, 10 << 16, 20 << 16], &[0, 5, 0]);
    [a, b].into_iter().cycle().take(60).collect()
}

fn options() -> FitOptions {
    FitOptions {
        rounds: 4,
        settle: 2,
        keep: 10,
        rate: 0.1,
        shrink: 0.01,
        handicap: 0.0,
        dropout: 0.1,
        least: 2,
        seed: 3,
    }
}

#[test]
fn what_was_fitted_is_found_again() {
    let chain = fit(&corpus(), &options());
    let (rows, scale) = pack_rows(&chain, 4);
    let weights = Weights::new(&rows, scale).expect("sixteen rows");
    let steps = StepTable::from_bytes(&pack_steps(&chain)).expect("all steps");
    let scores: Vec<Scores> = [20u32 << 16, 10 << 16, 20 << 16]
        .iter()
        .map(|f| weights.scores(&[*f]))
        .collect();
    let labels: Vec<u8> = best(&scores, &[0; 3], &steps)
        .iter()
        .map(|l| *l as u8)
        .collect();
    assert_eq!(labels, [0, 5, 0]);
}

#[test]
fn fitting_twice_gives_the_same() {
    let (a, b) = (fit(&corpus(), &options()), fit(&corpus(), &options()));
    assert_eq!(pack_rows(&a, 4), pack_rows(&b, 4));
    assert_eq!(pack_steps(&a), pack_steps(&b));
}
