//! Learns whether an attribution holds as a whole, and from its score how often such a one is
//! right.
//!
//! Works on articles labelled by taggers that have not seen them, linked by the fitted linker.
//! Weights that are to be calibrated must not have seen the attribution either: half of the
//! articles gives the weights by which the other half is scored.

use crate::detect::attribution::ends::mend_ends;
use crate::detect::attribution::labelling::Labelling;
use crate::detect::attribution::link::{Judge, Link, link};
use crate::detect::attribution::pieces::pieces;
use crate::detect::attribution::worth::worth_features;
use crate::detect::language::Language;
use crate::detect::numbers::ranker::{Ranker, sigmoid};
use crate::detect::reading::Reading;

use super::{Choice, MarkedArticle, RankOptions, fit_ranker, overlap};

/// How the weights are fitted; the pull was found on the development set.
const OPTIONS: RankOptions = RankOptions {
    bits: 16,
    rounds: 6,
    rate: 0.03,
    shrink: 200.0,
};

/// What was learned of whole attributions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// Weights of the features.
    pub weights: Vec<f32>,
    /// From score to odds: offset and slope.
    pub calibration: [f32; 2],
}

/// One attribution found.
struct Trial {
    features: Vec<u32>,
    right: bool,
    /// Half it belongs to.
    half: bool,
    /// Whether its article is undamaged.
    clean: bool,
}

/// Learns from `copies` (articles, and after them a damaged copy of each) with their unseen
/// `labellings`, the linker and what chooses ends.
pub fn weigh(
    language: &Language<'_>,
    copies: &[MarkedArticle],
    labellings: &[Labelling],
    judge: Judge<'_>,
    ends: Ranker<'_>,
) -> Worth {
    let articles = copies.len() / 2;
    let mut trials: Vec<Trial> = Vec::new();
    for (k, (article, labelling)) in copies.iter().zip(labellings).enumerate() {
        let reading = Reading::new(&article.text, language);
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
        let clean = k < articles;
        let found = judge_all(&reading, labelling, &gold, judge, &ends);
        trials.extend(found.into_iter().map(|(features, right)| Trial {
            features,
            right,
            half: (k % articles.max(1)).is_multiple_of(2),
            clean,
        }));
    }
    let fitted = |chosen: &dyn Fn(&Trial) -> bool| {
        let choices: Vec<Choice> = trials
            .iter()
            .filter(|t| chosen(t))
            .map(|t| Choice::yes_or_no(t.features.clone(), t.right))
            .collect();
        fit_ranker(&choices, &OPTIONS)
    };
    let halves = [fitted(&|t| t.half), fitted(&|t| !t.half)];
    let scored: Vec<(f32, bool)> = trials
        .iter()
        .filter(|t| t.clean)
        .map(|t| (raw(&halves[usize::from(t.half)], &t.features), t.right))
        .collect();
    let calibration = fit_calibration(&scored);
    Worth {
        weights: fitted(&|_| true),
        calibration,
    }
}

fn raw(weights: &[f32], features: &[u32]) -> f32 {
    let mask = weights.len() - 1;
    features.iter().map(|f| weights[*f as usize & mask]).sum()
}

/// The features of every attribution found, and whether it is right.
fn judge_all(
    reading: &Reading<'_>,
    labelling: &Labelling,
    gold: &[Vec<usize>],
    mut judge: Judge<'_>,
    ends: &Ranker<'_>,
) -> Vec<(Vec<u32>, bool)> {
    let mut links: Vec<Link> = link(reading, &pieces(&labelling.labels), &mut judge);
    mend_ends(reading, labelling, &mut links, ends);
    let mut taken = vec![false; gold.len()];
    let mut trials = Vec::with_capacity(links.len());
    for (which, one) in links.iter().enumerate() {
        let pick = (0..gold.len()).find(|g| !taken[*g] && overlap(&one.contents, &gold[*g]) >= 0.5);
        if let Some(g) = pick {
            taken[g] = true;
        }
        trials.push((
            worth_features(reading, labelling, &links, which),
            pick.is_some(),
        ));
    }
    trials
}

/// Offset and slope from scores to odds (Platt 1999), by gradient steps over all trials.
fn fit_calibration(scored: &[(f32, bool)]) -> [f32; 2] {
    let (mut offset, mut slope) = (0.0f32, 1.0f32);
    for _ in 0..600 {
        let mut gradient = [0.0f64; 2];
        for (score, right) in scored {
            let error = f64::from(f32::from(*right) - sigmoid(offset + slope * score));
            gradient[0] += error;
            gradient[1] += error * f64::from(*score);
        }
        offset += (0.5 * gradient[0] / scored.len().max(1) as f64) as f32;
        slope += (0.1 * gradient[1] / scored.len().max(1) as f64) as f32;
    }
    [offset, slope]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_turns_scores_into_shares() {
        // Of those scored 2 nine in ten are right, of those scored -1 two in ten.
        let scored: Vec<(f32, bool)> = (0..100)
            .map(|k| (2.0, k % 10 != 0))
            .chain((0..100).map(|k| (-1.0, k % 5 == 0)))
            .collect();
        let [offset, slope] = fit_calibration(&scored);
        assert!((sigmoid(offset + 2.0 * slope) - 0.9).abs() < 0.02);
        assert!((sigmoid(offset - slope) - 0.2).abs() < 0.02);
    }
}
