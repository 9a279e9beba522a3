//! An article with its propositions, what each looks like, and what it should be.

use super::gold::{DeskArticle, Letters};
use super::source::is_right;
use crate::detect::Detector;
use crate::detect::claims::{
    Nearby, Proposition, cards_of, features, hashed, own_features, pair_features, propositions,
    rank_features,
};
use crate::text::{Article, Mark, Media};

/// A proposition is a claim's from this likeness, and a whole card from the second.
pub(super) const LIKE: [f32; 2] = [0.5, 0.8];
/// Owners are learned from propositions at least this like a claim, chosen or not.
const TELLING: f32 = 0.75;

/// An article with its propositions.
pub(super) struct Study<'a> {
    pub(super) gold: &'a DeskArticle,
    pub(super) article: Article,
    pub(super) propositions: Vec<Proposition>,
    pub(super) features: Vec<Vec<f32>>,
    pub(super) hashed: Vec<Vec<u32>>,
    /// The claim each is likest, and how like.
    pub(super) likest: Vec<Option<(usize, f32)>>,
}

/// What owners and ranks are learned from.
#[derive(Default)]
pub(super) struct Lessons {
    pub(super) pairs: (Vec<Vec<f32>>, Vec<f32>),
    pub(super) own: (Vec<Vec<f32>>, Vec<f32>),
    pub(super) ranks: (Vec<Vec<f32>>, Vec<f32>),
}

impl<'a> Study<'a> {
    pub(super) fn new(gold: &'a DeskArticle, detector: &Detector) -> Study<'a> {
        let article = Article::new(&gold.id, &gold.text, Media::Plain);
        let letters = Letters::of(article.text());
        let (propositions, features, hashed, likest) = detector.study(&article, |ground, _| {
            let sentences = 0..ground.sentences();
            let found: Vec<Proposition> = sentences.flat_map(|k| propositions(ground, k)).collect();
            let likest = |proposition: &Proposition| {
                let mark = proposition.spans(ground);
                let claims = gold.claims.iter().enumerate();
                let like = claims.map(|(k, claim)| (k, claim.likeness(&letters, &mark)));
                // Of equals the one that deserves checking more.
                like.max_by(|a, b| {
                    let grade = |k: usize| gold.claims[k].grade;
                    a.1.total_cmp(&b.1).then(grade(a.0).cmp(&grade(b.0)))
                })
            };
            let features = found.iter().map(|p| features(ground, p)).collect();
            let hashed = found.iter().map(|p| hashed(ground, p)).collect();
            let likest = found.iter().map(likest).collect();
            (found, features, hashed, likest)
        });
        Study {
            gold,
            article,
            propositions,
            features,
            hashed,
            likest,
        }
    }

    /// How like its claim a proposition is.
    pub(super) fn likeness(&self, proposition: usize) -> f32 {
        self.likest[proposition].map_or(0.0, |l| l.1)
    }

    /// The claim a proposition is found to be.
    fn claim(&self, proposition: usize) -> Option<usize> {
        let (claim, like) = self.likest[proposition]?;
        (like >= LIKE[0]).then_some(claim)
    }

    /// Which propositions are cards, by the shares of each.
    pub(super) fn chosen(&self, shares: &[Vec<f32>], bar: f32) -> Vec<usize> {
        let mut chosen = Vec::new();
        let mut start = 0;
        while start < self.propositions.len() {
            let sentence = self.propositions[start].sentence;
            let count = self.propositions[start..]
                .iter()
                .take_while(|p| p.sentence == sentence)
                .count();
            let range = start..start + count;
            let here = self.propositions[range.clone()].iter();
            let judged = here.zip(shares[range].iter().map(Vec::as_slice));
            chosen.extend(cards_of(judged, bar).into_iter().map(|k| start + k));
            start += count;
        }
        chosen
    }

    /// Adds what this article teaches of owners and ranks, with shares by one who has not seen
    /// it, and the bar above which a proposition is a card.
    pub(super) fn teach(
        &self,
        detector: &Detector,
        shares: &[Vec<f32>],
        bar: f32,
        lessons: &mut Lessons,
    ) {
        let letters = Letters::of(self.article.text());
        let chosen = self.chosen(shares, bar);
        detector.study(&self.article, |ground, studied| {
            let cards: Vec<&Proposition> = chosen.iter().map(|k| &self.propositions[*k]).collect();
            let base: Vec<&[f32]> = chosen.iter().map(|k| &*self.features[*k]).collect();
            let sure: Vec<&[f32]> = chosen.iter().map(|k| &*shares[*k]).collect();
            let ranks = rank_features(ground, &cards, &base, &sure);
            for (k, row) in chosen.iter().zip(ranks) {
                let grade = self
                    .claim(*k)
                    .map_or(0, |claim| self.gold.claims[claim].grade);
                lessons.ranks.0.push(row);
                lessons.ranks.1.push(f32::from(grade));
            }
            let nearby = Nearby::new(ground);
            for (k, proposition) in self.propositions.iter().enumerate() {
                let Some(claim) = self.claim(k) else { continue };
                if self.likeness(k) < TELLING && chosen.binary_search(&k).is_err() {
                    continue;
                }
                let claim = &self.gold.claims[claim];
                let options = nearby.options(ground, proposition);
                let base = &self.features[k];
                let own = own_features(ground, proposition, base, &shares[k], options.len());
                lessons.own.0.push(own);
                lessons.own.1.push(f32::from(u8::from(claim.own)));
                for (rank, attribution) in options.into_iter().enumerate() {
                    let source = studied.attributions[attribution].source.as_ref();
                    let name = |mark: &Mark| {
                        let mention = studied.sources.iter().find(|s| s.mark == *mark);
                        mention.map(|s| s.name.as_str())
                    };
                    let right = source.is_some_and(|mark| {
                        let text = self.article.text();
                        is_right(text, &letters, claim, mark.pieces(), name(mark))
                    });
                    let row = pair_features(ground, proposition, attribution, rank, base);
                    lessons.pairs.0.push(row);
                    lessons.pairs.1.push(f32::from(u8::from(right)));
                }
            }
        });
    }
}
