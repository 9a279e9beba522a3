//! The detector: every stage, in order, over one article.

use std::ops::Range;

use crate::text::{Article, Mark};

use super::attribution::ends::mend_ends;
use super::attribution::labelling::label;
use super::attribution::link::{Judge, Link, link};
use super::attribution::passages::add_passages;
use super::attribution::pieces::pieces;
use super::attribution::plain_reports::{add_plain_reports, add_reports_behind, mend_according_to};
use super::attribution::turns::{Turn, turn_at, turns};
use super::attribution::worth::worth_features;
use super::budget::Budget;
use super::claims::claims;
use super::finding::{Attribution, Findings, Voice};
use super::furniture::{furniture_of, furniture_words};
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

/// The detector that is compiled in, run by `tool`: program and version.
pub fn compiled_in(tool: &str) -> Box<dyn Detect> {
    Box::new(Detector::run_by(tool))
}

/// Finds claims, sources and who said what. Loads in a few milliseconds; can be shared
/// between threads.
#[derive(Clone, Debug)]
pub struct Detector {
    language: Language<'static>,
    model: Model<'static>,
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
}

impl Detector {
    /// A detector with the compiled-in model.
    pub fn new() -> Detector {
        Detector::run_by("")
    }

    /// The same, run by `tool`: program and version.
    pub fn run_by(tool: &str) -> Detector {
        let model =
            Model::parse(&MODEL.0).expect("the compiled-in model is whole; a test loads it");
        let mut detector = Detector::with_model(model);
        tool.clone_into(&mut detector.run.tool);
        detector
    }

    /// A detector with another model.
    pub fn with_model(model: Model<'static>) -> Detector {
        Detector {
            language: Language::compiled_in(),
            run: Run::new("", &model.name),
            model,
        }
    }

    /// The findings within a budget, and the budget as it is left.
    fn detect_within(&self, budget: Budget, article: &Article) -> (Findings, Budget) {
        let reading = Reading::of_article(budget, article, &self.language);
        let furniture = furniture_of(&reading);
        let turns = turns(&reading);
        let links = self.links(&reading, &furniture_words(&reading, &furniture), &turns);
        let (attributions, contents, phrases) = self.attributions(&reading, links);
        let claims = claims(&reading, &furniture, &attributions, &contents, &self.model);
        let sources = sources(&reading, &furniture, &turns, &phrases);
        let findings = Findings {
            model: self.model.name.clone(),
            sentences: reading.sentences.iter().map(|s| s.span).collect(),
            attributions,
            claims,
            folded: Vec::new(),
            sources,
            cut: reading.budget.is_spent(),
        };
        (findings, reading.budget)
    }

    /// Labels and links, with the score of each link. A speaker's turn is one attribution,
    /// whatever the tagger sees inside it.
    fn links(&self, reading: &Reading<'_>, furniture: &[bool], turns: &[Turn]) -> Vec<(Link, f32)> {
        let mut labelling = label(reading, &self.model.tagger, self.model.cue_bias);
        mend_according_to(reading, &mut labelling);
        add_plain_reports(reading, &mut labelling);
        add_reports_behind(reading, &mut labelling);
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
        found
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
