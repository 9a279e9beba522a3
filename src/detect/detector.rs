//! The detector: every stage, in order, over one article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Article, Mark, Span};

use super::attribution::ends::mend_ends;
use super::attribution::labelling::Labelling;
use super::attribution::labelling::label;
use super::attribution::link::{Judge, Link, link};
use super::attribution::passages::add_passages;
use super::attribution::pieces::pieces;
use super::attribution::plain_reports::{
    add_asides, add_plain_reports, add_reports_behind, mend_according_to,
};
use super::attribution::turns::{Turn, turn_at, turns};
use super::attribution::worth::worth_features;
use super::budget::Budget;
use super::claims::{CardModel, Ground, Running, cards, running};
use super::finding::{Attribution, Findings, SourceMention, Voice};
use super::furniture::{Furniture, furniture_of, furniture_words};
use super::language::Language;
use super::language::tags::tag;
use super::model::Model;
use super::numbers::file::Aligned;
use super::numbers::ranker::sigmoid;
use super::reading::Reading;
use super::reading::word::NONE;
use super::sources::sources;
use super::suggest::{Detect, Run};

/// How often a speaker's turn is right.
const TURN_SCORE: f32 = 0.9;

/// The compiled-in model, made by `proofmark train`.
static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("model/news-en.bin"));

/// What was learned of cards on top of it, made by `proofmark train --desk`.
static CARDS: &Aligned<[u8]> = &Aligned(*include_bytes!("model/cards-en.bin"));

/// The detector that is compiled in, run by `tool`: program and version.
pub fn compiled_in(tool: &str) -> Box<dyn Detect> {
    Box::new(Detector::run_by(tool))
}

/// The compiled-in judgement of cards.
pub(super) fn compiled_in_cards() -> CardModel<'static> {
    CardModel::parse(&CARDS.0).expect("what is compiled in of cards is whole; a test loads it")
}

/// What is known of an article before cards are looked for.
struct Stages {
    furniture: Vec<Option<Furniture>>,
    /// Whether each word is furniture.
    furniture_words: Vec<bool>,
    /// Running sums of what the tagger tells.
    told: Running,
    attributions: Vec<Attribution>,
    contents: Vec<Vec<Range<usize>>>,
    sources: Vec<SourceMention>,
}

/// What was found of an article that cards are learned from.
#[derive(Clone, Copy, Debug)]
pub struct Studied<'a> {
    /// Who says what; a ground's attributions are these.
    pub attributions: &'a [Attribution],
    /// The mentions of sources.
    pub sources: &'a [SourceMention],
}

/// Finds claims, sources and who said what. Loads in a few milliseconds; can be shared
/// between threads.
#[derive(Clone, Debug)]
pub struct Detector {
    language: Language<'static>,
    model: Model<'static>,
    /// Without it no card is found, only attributions and sources.
    cards: Option<CardModel<'static>>,
    run: Run,
}

impl Default for Detector {
    fn default() -> Detector {
        Detector::new()
    }
}

impl Detect for Detector {
    fn run(&self) -> &Run {
        &self.run
    }

    /// Any text will do. The findings are cut where the article takes more steps than one may.
    fn detect(&self, article: &Article) -> Findings {
        self.detect_within(Budget::of(article.text()), article).0
    }

    fn sentences(&self, article: &Article) -> Vec<Span> {
        Reading::sentences_of(article, &self.language)
    }
}

impl Detector {
    /// A detector with the compiled-in model.
    pub fn new() -> Detector {
        Detector::run_by("")
    }

    /// The same, run by `tool`: program and version.
    pub fn run_by(tool: &str) -> Detector {
        let mut detector = Detector::without_cards().with_cards(compiled_in_cards());
        tool.clone_into(&mut detector.run.tool);
        detector
    }

    /// What it knows of attributions.
    #[cfg(test)]
    pub(super) fn model(&self) -> &Model<'static> {
        &self.model
    }

    /// A detector with another model, that finds attributions and sources but no cards.
    pub fn with_model(model: Model<'static>) -> Detector {
        Detector {
            language: Language::compiled_in(),
            run: Run::new("", &model.name),
            model,
            cards: None,
        }
    }

    /// The same with another judgement of cards.
    #[must_use]
    pub fn with_cards(mut self, cards: CardModel<'static>) -> Detector {
        self.run.model = format!("{} + {}", self.model.name, cards.name);
        self.cards = Some(cards);
        self
    }

    /// The compiled-in model of attributions without its judgement of cards, for training one.
    pub fn without_cards() -> Detector {
        let model =
            Model::parse(&MODEL.0).expect("the compiled-in model is whole; a test loads it");
        Detector::with_model(model)
    }

    /// The findings within a budget, and the budget as it is left.
    fn detect_within(&self, budget: Budget, article: &Article) -> (Findings, Budget) {
        let reading = Reading::of_article(budget, article, &self.language);
        let stages = self.stages(&reading);
        let (claims, folded) = match &self.cards {
            Some(learned) => {
                let ground = self.ground(&stages, &reading);
                cards(&ground, &self.model, learned, &stages.sources)
            }
            None => Default::default(),
        };
        let findings = Findings {
            model: self.run.model.clone(),
            sentences: reading.sentences.iter().map(|s| s.span).collect(),
            attributions: stages.attributions,
            claims,
            folded,
            sources: stages.sources,
            cut: reading.budget.is_spent(),
        };
        (findings, reading.budget)
    }

    /// What cards are made from, for learning to make them; beside it what was found of
    /// attributions and sources.
    pub fn study<T>(
        &self,
        article: &Article,
        study: impl FnOnce(&Ground<'_>, &Studied<'_>) -> T,
    ) -> T {
        let reading = Reading::of_article(Budget::of(article.text()), article, &self.language);
        let stages = self.stages(&reading);
        let studied = Studied {
            attributions: &stages.attributions,
            sources: &stages.sources,
        };
        study(&self.ground(&stages, &reading), &studied)
    }

    /// Every stage before cards.
    fn stages(&self, reading: &Reading<'_>) -> Stages {
        let furniture = furniture_of(reading);
        let turns = turns(reading);
        let mut furniture_words = furniture_words(reading, &furniture);
        for turn in &turns {
            furniture_words[turn.label(reading)].fill(true);
        }
        let (links, labelling) = self.links(reading, &furniture_words, &turns);
        let told = running(labelling);
        let (attributions, contents, phrases) = self.attributions(reading, links);
        let sources = sources(reading, &furniture, &turns, &phrases);
        Stages {
            furniture,
            furniture_words,
            told,
            attributions,
            contents,
            sources,
        }
    }

    fn ground<'a>(&'a self, stages: &'a Stages, reading: &'a Reading<'a>) -> Ground<'a> {
        let entities: FxHashMap<&Mark, usize> = stages
            .sources
            .iter()
            .map(|mention| (&mention.mark, mention.entity))
            .collect();
        // A source that is no mention of anybody is like no other.
        let entity = |(k, attribution): (usize, &Attribution)| {
            let known = attribution
                .source
                .as_ref()
                .and_then(|mark| entities.get(mark));
            known.copied().unwrap_or(usize::MAX - k)
        };
        Ground::new(
            reading,
            &self.language.lists.cards,
            &stages.furniture,
            &stages.furniture_words,
            &stages.attributions,
            &stages.contents,
            stages.attributions.iter().enumerate().map(entity).collect(),
            &stages.told,
            &self.model,
        )
    }

    /// Labels and links, with the score of each link. A speaker's turn is one attribution,
    /// whatever the tagger sees inside it.
    fn links(
        &self,
        reading: &Reading<'_>,
        furniture: &[bool],
        turns: &[Turn],
    ) -> (Vec<(Link, f32)>, Labelling) {
        let mut labelling = label(reading, &self.model.tagger, self.model.cue_bias);
        mend_according_to(reading, &mut labelling);
        add_plain_reports(reading, &mut labelling);
        add_reports_behind(reading, &mut labelling);
        add_asides(reading, &mut labelling);
        let pieces = pieces(&labelling.labels);
        let mut judge = Judge {
            cue: self.model.cue,
            source: self.model.source,
        };
        let mut links = link(reading, &pieces, &mut judge);
        mend_ends(reading, &labelling, &mut links, &self.model.ends);
        let score = |which| {
            let worth = worth_features(reading, &labelling, &links, which);
            let [offset, slope] = self.model.calibration;
            sigmoid(offset + slope * self.model.worth.score(&worth))
        };
        let scores: Vec<f32> = (0..links.len())
            .take_while(|_| !reading.budget.is_spent())
            .map(score)
            .collect();
        let in_turn = |l: &Link| turn_at(turns, l.contents[0].start).is_some();
        let mut found: Vec<(Link, f32)> = links
            .into_iter()
            .zip(scores)
            .filter(|(_, score)| *score >= self.model.threshold)
            .filter(|(l, _)| !in_turn(l))
            .chain(turns.iter().map(|turn| (turn.link(), TURN_SCORE)))
            .collect();
        found.sort_by_key(|(l, _)| l.contents[0].start);
        add_passages(reading, &mut found);
        for (link, _) in &mut found {
            cut_off(furniture, link);
        }
        found.retain(|(link, _)| !link.contents.is_empty());
        (found, labelling)
    }

    /// Turns links into attributions; beside them the word ranges of their contents and the
    /// source phrases with scores.
    #[allow(clippy::type_complexity)] // Three parallel views of one list, used once above.
    fn attributions(
        &self,
        reading: &Reading<'_>,
        links: Vec<(Link, f32)>,
    ) -> (
        Vec<Attribution>,
        Vec<Vec<Range<usize>>>,
        Vec<(Range<usize>, f32)>,
    ) {
        let mut attributions = Vec::new();
        let mut contents = Vec::new();
        let mut phrases = Vec::new();
        let mark = |r: &Range<usize>| Mark::whole(reading.span_of(r.clone()));
        for (link, score) in links {
            let pieces = link.contents.iter().map(|c| reading.span_of(c.clone()));
            let Some(content) = Mark::new(pieces) else {
                continue;
            };
            attributions.push(Attribution {
                source: link.source.as_ref().and_then(mark),
                cue: link.cue.as_ref().and_then(mark),
                content,
                voice: match link.spoken {
                    true => Voice::Direct,
                    false => voice(reading, &link),
                },
                score,
            });
            if let Some(source) = link.source {
                phrases.push((source, score));
            }
            contents.push(link.contents);
        }
        (attributions, contents, phrases)
    }
}

/// Cuts furniture off a link's contents; what stands behind it is nobody's words.
fn cut_off(furniture: &[bool], link: &mut Link) {
    for content in &mut link.contents {
        let words = content.clone();
        content.start = words.clone().find(|k| !furniture[*k]).unwrap_or(words.end);
        let rest = content.start..words.end;
        content.end = rest.clone().find(|k| furniture[*k]).unwrap_or(rest.end);
    }
    link.contents.retain(|c| !c.is_empty());
}

/// Direct if most of the content stands in quotation marks. Where the text has lost its marks
/// altogether, speech in the first or second person before its cue is taken for direct too.
fn voice(reading: &Reading<'_>, link: &Link) -> Voice {
    let words = || {
        link.contents
            .iter()
            .flat_map(|c| c.clone())
            .filter(|k| reading.words[*k].is_word())
    };
    let quoted = words()
        .filter(|k| reading.words[*k].quotation != NONE)
        .count();
    if quoted * 2 > words().count() {
        return Voice::Direct;
    }
    let before = link
        .cue
        .as_ref()
        .is_some_and(|c| link.contents[0].end <= c.start);
    let spoken = || {
        words().any(|k| {
            let word = &reading.words[k];
            word.tag == tag!("PRP") && reading.lists.pronouns.spoken.has(word.id)
        })
    };
    if !reading.quoted && before && spoken() {
        Voice::Direct
    } else {
        Voice::Indirect
    }
}

#[cfg(test)]
mod tests;
