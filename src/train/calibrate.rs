//! Calibration: from how sure the tagger was to how often such an attribution is right.
//!
//! Works on articles labelled by taggers that have not seen them, linked by the fitted
//! linker. Also finds the score below which showing an attribution costs more than it gives.

use std::ops::Range;

use crate::detect::{
    Chooser, Judge, Labelling, Lexicon, Link, Ranker, Reading, doubts, link, pieces, sigmoid,
};

use super::{MarkedArticle, pack_ranker};

/// Numbers of the calibration, in the order of [`doubts`], and the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Weight of each doubt.
    pub weights: [f32; 4],
    /// Score below which an attribution is not shown.
    pub threshold: f32,
}

/// One attribution found: its doubts, and whether it was right.
type Trial = ([f32; 4], bool);

/// Calibrates on `articles` with their unseen `labellings` and the linker's weights.
pub fn calibrate(
    articles: &[MarkedArticle],
    labellings: &[Labelling],
    cue: &[f32],
    source: &[f32],
) -> Calibration {
    let lexicon = Lexicon::new();
    let (cue, cue_scale) = pack_ranker(cue);
    let (source, source_scale) = pack_ranker(source);
    let (Some(cue), Some(source)) = (
        Ranker::new(&cue, cue_scale),
        Ranker::new(&source, source_scale),
    ) else {
        return Calibration::default();
    };
    let mut trials: Vec<Trial> = Vec::new();
    let mut gold_count = 0;
    for (article, labelling) in articles.iter().zip(labellings) {
        let reading = Reading::new(&article.text, &lexicon);
        let gold: Vec<Vec<usize>> = article
            .attributions
            .iter()
            .map(|a| {
                a.content
                    .iter()
                    .flat_map(|s| reading.words_in(*s))
                    .collect()
            })
            .collect();
        gold_count += gold.iter().filter(|g| !g.is_empty()).count();
        let mut judge = Judge { cue, source };
        judge_all(&reading, labelling, &gold, &mut judge, &mut trials);
    }
    let weights = fit_logistic(&trials);
    let mut scored: Vec<(f32, bool)> = trials
        .iter()
        .map(|(d, right)| (score(&weights, d), *right))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    Calibration {
        weights,
        threshold: best_threshold(&scored, gold_count),
    }
}

fn judge_all(
    reading: &Reading<'_>,
    labelling: &Labelling,
    gold: &[Vec<usize>],
    judge: &mut impl Chooser,
    trials: &mut Vec<Trial>,
) {
    let links: Vec<Link> = link(reading, &pieces(&labelling.labels), judge);
    let mut taken = vec![false; gold.len()];
    for one in links {
        let pick = (0..gold.len()).find(|g| !taken[*g] && overlap(&one.contents, &gold[*g]) >= 0.5);
        if let Some(g) = pick {
            taken[g] = true;
        }
        trials.push((doubts(labelling, &one), pick.is_some()));
    }
}

/// Shared words as a part of all words.
fn overlap(contents: &[Range<usize>], gold: &[usize]) -> f32 {
    let both = gold
        .iter()
        .filter(|k| contents.iter().any(|c| c.contains(k)))
        .count();
    let found: usize = contents.iter().map(|c| c.len()).sum();
    both as f32 / (found + gold.len() - both).max(1) as f32
}

fn score(weights: &[f32; 4], doubts: &[f32; 4]) -> f32 {
    sigmoid(weights.iter().zip(doubts).map(|(w, d)| w * d).sum())
}

/// Logistic regression by gradient steps over all trials.
fn fit_logistic(trials: &[Trial]) -> [f32; 4] {
    let mut weights = [0.0f32; 4];
    for _ in 0..400 {
        let mut gradient = [0.0f32; 4];
        for (doubts, right) in trials {
            let error = f32::from(*right) - score(&weights, doubts);
            for (g, d) in gradient.iter_mut().zip(doubts) {
                *g += error * d;
            }
        }
        for (w, g) in weights.iter_mut().zip(gradient) {
            *w += 0.2 * g / trials.len().max(1) as f32;
        }
    }
    weights
}

/// The score at which precision and recall balance best.
fn best_threshold(scored: &[(f32, bool)], gold: usize) -> f32 {
    let mut best = (0.0f64, 0.0f32);
    let mut right = 0;
    for (k, (score, is_right)) in scored.iter().enumerate() {
        right += usize::from(*is_right);
        let f1 = 2.0 * right as f64 / (k + 1 + gold) as f64;
        if f1 > best.0 {
            best = (f1, *score);
        }
    }
    best.1
}
