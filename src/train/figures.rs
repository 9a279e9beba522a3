//! The figures of a detector on the development set, as lines for the model's header.
//!
//! Counted by the same scorer as `score`, on the articles as they are and on copies damaged
//! by a fixed seed; and how far its scores can be believed.

use crate::detect::Detect;
use crate::text::{Article, Media};

use super::evaluate::{
    Block, FoundArticle, GoldArticle, PointAttribution, Scores, right_ones, score, to_points,
};
use super::{MarkedArticle, damage};

/// Seed of the damage; another one than that of the copies learned from.
const SEED: u64 = 77;
/// Steps of the table of reliability.
const STEPS: usize = 10;

/// Measures `detector` on `dev`, clean and damaged.
pub fn figures(dev: &[MarkedArticle], detector: &dyn Detect) -> Vec<String> {
    let damaged: Vec<MarkedArticle> = dev.iter().map(|article| damage(article, SEED)).collect();
    let mut lines = Vec::new();
    for (name, articles) in [
        ("clean".to_owned(), dev),
        (format!("damaged (seed {SEED})"), &damaged),
    ] {
        let measured = Measured::new(articles, detector);
        lines.push(format!("{name}: {}", attributions(&measured.scores)));
        lines.extend(measured.reliability().map(|line| format!("{name}: {line}")));
    }
    lines
}

/// The main figures on one line. Where no mark is left in any text, as in damaged ones, direct
/// and indirect cannot be told apart.
fn attributions(scores: &Scores) -> String {
    let figures = [
        (
            "content f1",
            "content",
            Block::f1 as fn(&Block) -> Option<f64>,
        ),
        ("with source", "content+source", Block::f1),
        ("exact source", "content+source=", Block::f1),
        ("direct content", "direct.content", Block::f1),
        ("direct with source", "direct.content+source", Block::f1),
        ("indirect recall", "indirect.content", |block| {
            Some(block.recall())
        }),
    ];
    let has_direct = scores.block("direct.content").is_some_and(|b| b.gold > 0);
    let told: Vec<String> = figures[..if has_direct { 6 } else { 3 }]
        .iter()
        .map(|(words, name, figure)| {
            let value = scores.block(name).and_then(figure).unwrap_or(0.0);
            format!("{words} {value:.4}")
        })
        .collect();
    told.join(", ")
}

/// One set of articles, scored.
struct Measured {
    scores: Scores,
    /// Score of every found attribution, and whether it is right.
    believed: Vec<(f32, bool)>,
}

impl Measured {
    fn new(articles: &[MarkedArticle], detector: &dyn Detect) -> Measured {
        let (mut gold, mut found) = (Vec::new(), Vec::new());
        let mut believed = Vec::new();
        for marked in articles {
            let article = Article::new(&marked.id, &marked.text, Media::Plain);
            let one = in_points(marked, &article);
            let findings = detector.detect(&article);
            let list: Vec<PointAttribution> = findings
                .attributions
                .iter()
                .map(|attribution| PointAttribution::of(&article, attribution))
                .collect();
            let scores = findings.attributions.iter().map(|a| a.score);
            believed.extend(scores.zip(right_ones(&one, &list)));
            gold.push(one);
            found.push(FoundArticle {
                id: marked.id.clone(),
                attributions: list,
            });
        }
        Measured {
            scores: score(&gold, &found),
            believed,
        }
    }

    /// Of the attributions with about the same score, how many are right.
    fn reliability(&self) -> impl Iterator<Item = String> {
        (0..STEPS).filter_map(|step| {
            let (from, to) = (step as f32 / STEPS as f32, (step + 1) as f32 / STEPS as f32);
            let within = |score: f32| score >= from && (score < to || step + 1 == STEPS);
            let these = || self.believed.iter().filter(|(score, _)| within(*score));
            let count = these().count();
            let right = these().filter(|(_, right)| *right).count();
            let sum: f64 = these().map(|(score, _)| f64::from(*score)).sum();
            (count > 0).then(|| {
                format!(
                    "score {from:.1}-{to:.1}: {count} found, mean score {:.3}, right {:.3}",
                    sum / count as f64,
                    right as f64 / count as f64
                )
            })
        })
    }
}

/// A marked article in code points.
fn in_points(marked: &MarkedArticle, article: &Article) -> GoldArticle {
    let attributions = marked.attributions.iter().map(|a| PointAttribution {
        source: to_points(article, &a.source),
        cue: to_points(article, &a.cue),
        content: to_points(article, &a.content),
    });
    GoldArticle {
        id: marked.id.clone(),
        text: marked.text.clone(),
        attributions: attributions.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detector;
    use crate::train::GoldAttribution;

    #[test]
    fn what_the_detector_itself_found_is_all_right() {
        let detector = Detector::new();
        let text = "“The café closes in May,” Mira Tolve said. “We are too few.”\n\n\
                    Rents rose by 9 percent last year, according to the town council.";
        let article = Article::new("x", text, Media::Plain);
        let attributions = detector.detect(&article).attributions;
        assert!(!attributions.is_empty());
        let pieces = |mark: &Option<crate::text::Mark>| {
            mark.as_ref()
                .map(|m| m.pieces().to_vec())
                .unwrap_or_default()
        };
        let marked = MarkedArticle {
            id: "x".into(),
            text: text.into(),
            attributions: attributions
                .iter()
                .map(|a| GoldAttribution {
                    source: pieces(&a.source),
                    cue: pieces(&a.cue),
                    content: a.content.pieces().to_vec(),
                })
                .collect(),
        };
        let lines = figures(std::slice::from_ref(&marked), &detector);
        assert!(
            lines[0].starts_with(
                "clean: content f1 1.0000, with source 1.0000, exact source 1.0000, direct"
            ),
            "{lines:?}"
        );
        assert!(lines[1].starts_with("clean: score "), "{lines:?}");
        assert!(lines[1].ends_with("right 1.000"), "{lines:?}");
        assert!(
            lines
                .iter()
                .any(|l| l.starts_with("damaged (seed 77): content f1 ") && !l.contains("direct"))
        );
        assert_eq!(lines, figures(&[marked], &detector));
    }

    #[test]
    fn every_score_has_its_step() {
        let measured = Measured {
            scores: score(&[], &[]),
            believed: vec![(0.0, false), (0.41, true), (0.49, false), (1.0, true)],
        };
        let lines: Vec<String> = measured.reliability().collect();
        assert_eq!(
            lines,
            [
                "score 0.0-0.1: 1 found, mean score 0.000, right 0.000",
                "score 0.4-0.5: 2 found, mean score 0.450, right 0.500",
                "score 0.9-1.0: 1 found, mean score 1.000, right 1.000",
            ]
        );
    }
}
