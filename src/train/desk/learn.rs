//! The whole of learning cards: articles in, the blocks of a model file out.

use super::gold::DeskArticle;
use super::study::{LIKE, Lessons, Study};
use crate::detect::claims::{BARS, CardModel, FORESTS, SCORERS};
use crate::detect::numbers::file::{Block, write_model};
use crate::detect::numbers::trees::Forest;
use crate::detect::{Detect, Detector, Findings};
use crate::text::Article;
use crate::train::boost::{BoostOptions, Target, boost};
use crate::train::learn::ranker;
use crate::train::{Choice, RankOptions, fit_ranker, pack_ranker};

/// Name and version of what is learned, as written into files.
pub const CARDS_NAME: &str = "cards-en 1";

/// Parts of the articles, each judged by what was learned of the others.
const PARTS: usize = 5;
/// What a card must be worth to stand above the fold, and to be told at all; how much better
/// than the own voice an attribution must be; how likely a card above the fold must be one to
/// keep; what its words must give for it to be judged. Found by cross-validation.
const BAR_VALUES: [f32; 5] = [0.42, 0.15, -0.25, 0.08, -2.6];
/// Ranks and owners learn from a few more cards than are shown.
const LOWER: f32 = 0.1;

const WORDS: RankOptions = RankOptions {
    bits: 15,
    rounds: 8,
    rate: 0.05,
    shrink: 20.0,
};
const CARD: BoostOptions = BoostOptions {
    rounds: 70,
    leaves: 15,
    rate: 0.12,
};
const OWNER: BoostOptions = BoostOptions {
    rounds: 60,
    leaves: 10,
    rate: 0.11,
};
const RANK: BoostOptions = BoostOptions {
    rounds: 60,
    leaves: 8,
    rate: 0.09,
};

/// What was learned of cards, in the parts of a model file.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnedCards {
    words: [(Vec<u8>, f32); 3],
    forests: [Forest; 4],
}

impl LearnedCards {
    /// The file; `notes` are its lines for people.
    pub fn file(&self, notes: &[String]) -> Vec<u8> {
        let numbers: Vec<(&str, f32)> = BARS.into_iter().zip(BAR_VALUES).collect();
        let words = SCORERS.iter().zip(&self.words).map(|(name, packed)| Block {
            name,
            scale: packed.1,
            bytes: packed.0.clone(),
        });
        let forests = FORESTS
            .iter()
            .zip(&self.forests)
            .map(|(name, forest)| Block {
                name,
                scale: 1.0,
                bytes: forest.to_bytes(),
            });
        let blocks: Vec<Block> = words.chain(forests).collect();
        write_model(CARDS_NAME, &numbers, notes, &blocks)
    }
}

/// The lines for people: `corpora` are names and digests.
pub fn cards_notes(date: &str, corpora: &[(String, String)], articles: usize) -> Vec<String> {
    let mut notes = vec![
        format!("command proofmark train --desk PATH --date {date}"),
        format!("made {date}"),
        format!("articles {articles}"),
        "labels of a language model that followed guidelines, one pass an article; a second pass \
         over others agreed with the first in F .97, of cards kept unchanged in F .93"
            .to_owned(),
    ];
    let corpus = |(name, digest): &(String, String)| format!("corpus {name} sha256 {digest}");
    notes.extend(corpora.iter().map(corpus));
    notes
}

/// What is being learned from: studies, and for each the numbers with the linear scores added.
struct Course<'a> {
    studies: Vec<Study<'a>>,
}

/// Learns from articles. `report` hears what is being done.
pub fn learn_cards(
    articles: &[DeskArticle],
    detector: &Detector,
    report: &mut dyn FnMut(&str),
) -> LearnedCards {
    let course = Course::new(articles, detector, report);
    report("cards");
    let all = |_: usize| true;
    let words = course.words(&all);
    let card = course.card(&all);
    report("cards by those who have not seen them");
    let shares = course.unseen(report);
    report("owners and ranks");
    let [own, pair, rank] = course.owners(detector, &shares, &all);
    LearnedCards {
        words,
        forests: [card, own, pair, rank],
    }
}

/// What would be found in each article by one who has learned from the others only.
pub fn unseen_findings(
    articles: &[DeskArticle],
    detector: &Detector,
    report: &mut dyn FnMut(&str),
) -> Vec<(Article, Findings)> {
    let course = Course::new(articles, detector, report);
    let shares = course.unseen(report);
    let mut found: Vec<Option<(Article, Findings)>> = articles.iter().map(|_| None).collect();
    for part in 0..PARTS {
        report(&format!("findings of part {} of {PARTS}", part + 1));
        let others = move |k: usize| k % PARTS != part;
        let [own, pair, rank] = course.owners(detector, &shares, &others);
        let learned = LearnedCards {
            words: course.words(&others),
            forests: [course.card(&others), own, pair, rank],
        };
        // Kept as long as the program runs, which is not much longer.
        let bytes: &'static [u8] = Box::leak(learned.file(&[]).into_boxed_slice());
        let cards = CardModel::parse(bytes).expect("what was learned is whole");
        let judge = detector.clone().with_cards(cards);
        for k in (0..articles.len()).filter(|k| !others(*k)) {
            let article = course.studies[k].article.clone();
            let findings = judge.detect(&article);
            found[k] = Some((article, findings));
        }
    }
    found.into_iter().flatten().collect()
}

impl<'a> Course<'a> {
    fn new(
        articles: &'a [DeskArticle],
        detector: &Detector,
        report: &mut dyn FnMut(&str),
    ) -> Course<'a> {
        report("propositions");
        let studies = articles.iter().map(|gold| Study::new(gold, detector));
        let mut course = Course {
            studies: studies.collect(),
        };
        report("words by those who have not seen them");
        for part in 0..PARTS {
            let words = course.words(&|k| k % PARTS != part);
            let scorers = words.each_ref().map(ranker);
            let own = course.studies.iter_mut().skip(part).step_by(PARTS);
            for study in own {
                for (features, hashed) in study.features.iter_mut().zip(&study.hashed) {
                    features.extend(scorers.each_ref().map(|s| s.score(hashed)));
                }
            }
        }
        course
    }

    /// The studies of some articles.
    fn of<'s>(&'s self, which: &'s dyn Fn(usize) -> bool) -> impl Iterator<Item = &'s Study<'a>> {
        let numbered = self.studies.iter().enumerate();
        numbered.filter(|(k, _)| which(*k)).map(|(_, study)| study)
    }

    /// The linear scorers of words, learned from some articles.
    fn words(&self, which: &dyn Fn(usize) -> bool) -> [(Vec<u8>, f32); 3] {
        let mut choices: [Vec<Choice>; 3] = Default::default();
        for study in self.of(which) {
            for (k, hashed) in study.hashed.iter().enumerate() {
                let like = study.likeness(k);
                for (choices, bar) in choices.iter_mut().zip(LIKE) {
                    choices.push(Choice::yes_or_no(hashed.clone(), like >= bar));
                }
                if let Some((claim, _)) = study.likest[k].filter(|_| like >= LIKE[1]) {
                    let own = study.gold.claims[claim].own;
                    choices[2].push(Choice::yes_or_no(hashed.clone(), own));
                }
            }
        }
        choices.map(|choices| pack_ranker(&fit_ranker(&choices, &WORDS)))
    }

    /// The judge of propositions, learned from some articles.
    fn card(&self, which: &dyn Fn(usize) -> bool) -> Forest {
        let (mut rows, mut classes) = (Vec::new(), Vec::new());
        for study in self.of(which) {
            for (k, features) in study.features.iter().enumerate() {
                let like = study.likeness(k);
                rows.push(features.clone());
                classes.push(LIKE.iter().filter(|bar| like >= **bar).count() as f32);
            }
        }
        boost(&rows, &classes, Target::Classes(LIKE.len() + 1), &CARD)
    }

    /// The shares of every proposition, by a judge that has not seen its article.
    fn unseen(&self, report: &mut dyn FnMut(&str)) -> Vec<Vec<Vec<f32>>> {
        let mut shares = vec![Vec::new(); self.studies.len()];
        for part in 0..PARTS {
            report(&format!("judge of part {} of {PARTS}", part + 1));
            let judge = self.card(&|k| k % PARTS != part);
            for k in (part..self.studies.len()).step_by(PARTS) {
                let rows = self.studies[k].features.iter();
                shares[k] = rows.map(|row| judge.shares(row)).collect();
            }
        }
        shares
    }

    /// Own voice, attribution and rank, learned from some articles with the shares of all.
    fn owners(
        &self,
        detector: &Detector,
        shares: &[Vec<Vec<f32>>],
        which: &dyn Fn(usize) -> bool,
    ) -> [Forest; 3] {
        let mut lessons = Lessons::default();
        for (k, study) in self.studies.iter().enumerate().filter(|(k, _)| which(*k)) {
            study.teach(detector, &shares[k], BAR_VALUES[0] - LOWER, &mut lessons);
        }
        let Lessons { own, pairs, ranks } = lessons;
        [
            boost(&own.0, &own.1, Target::Chance, &OWNER),
            boost(&pairs.0, &pairs.1, Target::Chance, &OWNER),
            boost(&ranks.0, &ranks.1, Target::Value, &RANK),
        ]
    }
}
