//! Decoding and sums over all sequences, on chains small enough to check by hand.

use super::*;

fn flat() -> StepTable {
    StepTable::new(std::iter::empty())
}

#[test]
fn a_further_label_needs_a_start_before_it() {
    // Word by word "further content" is best, but the first word cannot have it.
    let mut score = [0.0; LABELS];
    score[Label::Content as usize] = 2.0;
    score[Label::ContentStart as usize] = 1.0;
    let labels = best(&[score; 3], &[0; 3], &flat());
    assert_eq!(
        labels,
        [Label::ContentStart, Label::Content, Label::Content]
    );
    assert!(best(&[], &[], &flat()).is_empty());
}

#[test]
fn probabilities_of_a_word_sum_to_one() {
    let scores: Vec<Scores> = (0..5)
        .map(|k| std::array::from_fn(|l| ((k * 7 + l * 3) % 5) as f32 - 2.0))
        .collect();
    let classes = [0, 1, 2, 3, 4];
    let raised = raise(&flat());
    let lattice = Lattice::with_raised(&scores, &classes, &raised);
    for k in 0..scores.len() {
        let sum: f32 = lattice.node(k).iter().sum();
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    }
    let edges: f32 = lattice.edge(2, &raised[2]).iter().flatten().sum();
    assert!((edges - 1.0).abs() < 1e-4, "{edges}");
}

#[test]
fn extreme_scores_stay_finite() {
    let mut score = [-1.0e6; LABELS];
    score[2] = 1.0e6;
    let lattice = Lattice::with_raised(&[score; 4], &[0; 4], &raise(&flat()));
    assert!((0..4).all(|k| lattice.node(k).iter().all(|p| p.is_finite())));
}
