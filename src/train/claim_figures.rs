//! How well the two claim scorers tell sentences apart on the development sets.
//!
//! Scores single sentences just as `detect` scores a claim, and measures the ranking that
//! comes of it. Read for figures only: nothing is fitted to these sentences. The measures are
//! those of the reference scorer for claims, number by number.

use crate::detect::claims::claim_features;
use crate::detect::language::Language;
use crate::detect::model::Model;
use crate::detect::numbers::ranker::{Ranker, sigmoid};
use crate::detect::reading::Reading;

use super::LabelledSentence;

/// Probability from which a sentence counts as checkable; the same at which the detector
/// makes a claim of a sentence in the article's own voice.
const CHECKABLE: f32 = 0.5;
/// Probability from which a debate sentence counts as one that deserves checking. Lower,
/// because only about one in four does; the detector itself never cuts here, it ranks.
const DESERVES: f32 = 0.3;

/// A sentence's probability, and whether annotators say yes.
pub type Scored = (f32, bool);

/// The two claim scorers on sentences they have not seen, as lines for the model's header:
/// `checkable` are labelled 0 and 1, `debates` NFS, UFS and CFS.
pub fn claim_figures(
    checkable: &[LabelledSentence],
    debates: &[LabelledSentence],
    model: &Model<'_>,
) -> Vec<String> {
    let language = Language::compiled_in();
    let can = scored(checkable, "1", &model.checkable, &language);
    let should = scored(debates, "CFS", &model.priority, &language);
    vec![
        line("checkable (policlaim_dev)", &can, CHECKABLE),
        line(
            "deserves checking (claimbuster3_dev, CFS)",
            &should,
            DESERVES,
        ),
    ]
}

/// Every sentence with its probability, and whether it is labelled `yes`. A sentence without
/// a word has probability 0.
pub fn scored(
    sentences: &[LabelledSentence],
    yes: &str,
    scorer: &Ranker<'_>,
    language: &Language<'_>,
) -> Vec<Scored> {
    let probability = |sentence: &LabelledSentence| {
        let reading = Reading::new(&sentence.text, language);
        let all = 0..reading.words.len();
        if all.is_empty() {
            return 0.0;
        }
        sigmoid(scorer.score(&claim_features(&reading, std::slice::from_ref(&all))))
    };
    sentences
        .iter()
        .map(|sentence| (probability(sentence), sentence.label == yes))
        .collect()
}

fn line(name: &str, scored: &[Scored], threshold: f32) -> String {
    let area = area_under_curve(scored).map_or("-".to_owned(), |area| format!("{area:.4}"));
    let precision = average_precision(scored);
    let mut line = format!("{name}: auc {area}, average precision {precision:.4}");
    let half = 0.5;
    for at in [threshold, half] {
        line.push_str(&format!(", f1 {:.4} at {at}", f1_at(scored, at)));
        if threshold == half {
            break;
        }
    }
    line
}

/// Area under the receiver operating characteristic: the probability that a yes drawn at
/// random scores above a no drawn at random, a tie counting half (the Mann-Whitney U
/// statistic over the number of pairs). `None` without both a yes and a no.
pub fn area_under_curve(scored: &[Scored]) -> Option<f64> {
    let yes = scored.iter().filter(|(_, yes)| *yes).count();
    let no = scored.len() - yes;
    if yes == 0 || no == 0 {
        return None;
    }
    let mut order: Vec<&Scored> = scored.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum) = (0, 0.0);
    for tied in order.chunk_by(|a, b| a.0 == b.0) {
        let yes_here = tied.iter().filter(|(_, yes)| *yes).count();
        let no_here = tied.len() - yes_here;
        sum += yes_here as f64 * (below as f64 + no_here as f64 / 2.0);
        below += no_here;
    }
    Some(sum / (yes as f64 * no as f64))
}

/// Average precision: the precision at the rank of every yes, highest score first, averaged
/// over the yeses; not interpolated. Ties keep the order given; 0 without a yes.
pub fn average_precision(scored: &[Scored]) -> f64 {
    let mut order: Vec<&Scored> = scored.iter().collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut sum) = (0, 0.0);
    for (rank, (_, yes)) in order.into_iter().enumerate() {
        if *yes {
            right += 1;
            sum += f64::from(right) / (rank + 1) as f64;
        }
    }
    if right == 0 {
        0.0
    } else {
        sum / f64::from(right)
    }
}

/// F1 of the yeses where every score from `threshold` on counts as one: twice the right ones
/// over those found and those there are; 0 if none is right.
pub fn f1_at(scored: &[Scored], threshold: f32) -> f64 {
    let found = scored.iter().filter(|(score, _)| *score >= threshold);
    let right = found.clone().filter(|(_, yes)| *yes).count();
    let yes = scored.iter().filter(|(_, yes)| *yes).count();
    if right == 0 {
        0.0
    } else {
        2.0 * right as f64 / (found.count() + yes) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By rank: yes, no, then a yes and a no that tie, then a no.
    const FIVE: [Scored; 5] = [
        (0.4, true),
        (0.9, true),
        (0.1, false),
        (0.4, false),
        (0.6, false),
    ];

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn measures_as_counted_by_hand() {
        // Pairs of a yes and a no: .9 wins all three; .4 wins one, ties one, loses one.
        assert!(near(area_under_curve(&FIVE).unwrap_or(0.0), 4.5 / 6.0));
        // Yeses at ranks 1 and 3.
        assert!(near(average_precision(&FIVE), (1.0 + 2.0 / 3.0) / 2.0));
        // Found .9, .6 and both .4; two of them right, two there are.
        assert!(near(f1_at(&FIVE, 0.4), 4.0 / 6.0));
        assert!(near(f1_at(&FIVE, 0.5), 2.0 / 4.0));
        assert_eq!(f1_at(&FIVE, 0.95), 0.0);
    }

    #[test]
    fn ties_keep_their_order_in_the_ranking_and_count_half_in_the_area() {
        let tied = [(0.5, false), (0.5, true)];
        assert_eq!(area_under_curve(&tied), Some(0.5));
        assert!(near(average_precision(&tied), 0.5));
        let turned = [tied[1], tied[0]];
        assert_eq!(area_under_curve(&turned), Some(0.5));
        assert!(near(average_precision(&turned), 1.0));
    }

    #[test]
    fn where_one_side_is_missing_there_is_no_area() {
        assert_eq!(area_under_curve(&[(0.5, true)]), None);
        assert_eq!(area_under_curve(&[]), None);
        assert_eq!(average_precision(&[(0.5, false)]), 0.0);
        assert_eq!(f1_at(&[], 0.5), 0.0);
    }

    #[test]
    fn a_line_tells_one_threshold_once() {
        assert_eq!(
            line("x", &FIVE, 0.5),
            "x: auc 0.7500, average precision 0.8333, f1 0.5000 at 0.5"
        );
        assert_eq!(
            line("x", &[(0.5, true)], 0.25),
            "x: auc -, average precision 1.0000, f1 1.0000 at 0.25, f1 1.0000 at 0.5"
        );
    }
}
