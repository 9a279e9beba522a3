//! What a detector run proposes, as annotations and links with their ids.
//!
//! Ids are derived from kind, words and occurrence number, so two people who run the
//! detector apart get the same records and their sidecars merge by themselves.

use rustc_hash::FxHashMap;
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

use super::{Annotation, Id, Inserted, Quote, RecordKind, StandAlone, Suggestion, Target, hex};
use crate::detect::{self, Findings, SourceMention, SourceType};
use crate::text::{Article, Mark, Offsets, Open, Word};

/// The first `digits` hex digits of the SHA-256 of the parts joined by line feeds.
fn derived(prefix: &str, parts: &[&str], digits: usize) -> Id {
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    Id::new(format!("{prefix}{}", &hex(&digest)[..digits]))
}

/// The id of a suggested annotation; `nth` counts equal (kind, exact) pairs from 0.
pub fn annotation_id(kind: RecordKind, nth: usize, exact: &str) -> Id {
    derived("a-", &[kind.as_str(), &nth.to_string(), exact], 12)
}

/// The id of a link.
pub fn link_id(link_type: &str, from: &Id, to: &Id) -> Id {
    derived("l-", &[link_type, from.as_str(), to.as_str()], 12)
}

/// The key of a run: the same text, tool, model and settings give the same key anywhere.
pub fn run_id(text: &Id, tool: &str, model: &str, settings: &str) -> Id {
    derived("r-", &[text.as_str(), tool, model, settings], 8)
}

/// A score as files hold it: at most 4 decimals.
fn score(value: f32) -> Option<Number> {
    let rounded = (f64::from(value.clamp(0.0, 1.0)) * 10_000.0).round() / 10_000.0;
    Number::from_f64(rounded)
}

/// One annotation a run proposes.
pub(super) struct Proposal {
    pub(super) id: Id,
    pub(super) mark: Mark,
    pub(super) suggestion: Suggestion,
    /// What is told of it beside, where it is a record of its own.
    pub(super) attributes: Map<String, Value>,
}

impl Proposal {
    pub(super) fn annotation(&self, article: &Article, entry: (Id, Suggestion)) -> Annotation {
        let target = Target::at(article, self.mark.clone());
        Annotation {
            attributes: self.attributes.clone(),
            suggestions: vec![entry],
            ..Annotation::new(self.id.clone(), self.suggestion.kind.clone(), target)
        }
    }
}

/// Ids for proposals in order: the same words of a kind are counted.
#[derive(Default)]
pub(super) struct Ids(FxHashMap<(RecordKind, String), usize>);

impl Ids {
    /// The next id of such words.
    pub(super) fn next(&mut self, kind: RecordKind, exact: &str) -> Id {
        let nth = self.0.entry((kind, exact.to_owned())).or_default();
        *nth += 1;
        annotation_id(kind, *nth - 1, exact)
    }
}

/// Everything a run proposes: annotations, and links as (claim, source, score).
pub(super) struct Proposals {
    pub(super) annotations: Vec<Proposal>,
    pub(super) links: Vec<(Id, Id, Option<Number>)>,
}

/// Everything the findings of a run propose.
pub(super) fn proposals(article: &Article, findings: &Findings) -> Proposals {
    let mut ids = Ids::default();
    let entities = entities(findings);
    let mut annotations = Vec::with_capacity(findings.sources.len() + findings.claims.len());
    let mut source_at: FxHashMap<&Mark, Id> = FxHashMap::default();
    for source in &findings.sources {
        let quote = Quote::of(article, &source.mark);
        let id = ids.next(RecordKind::Source, &quote.exact);
        source_at.entry(&source.mark).or_insert_with(|| id.clone());
        annotations.push(Proposal {
            id,
            mark: source.mark.clone(),
            attributes: source_attributes(&entities, source),
            suggestion: suggestion(quote, RecordKind::Source, source.score, &source.why),
        });
    }

    let mut links = Vec::new();
    // Those above the fold first: of two with the same words they have the lower numbers.
    let above = findings.claims.iter().map(|claim| (claim, false));
    let below = findings.folded.iter().map(|claim| (claim, true));
    for (claim, folded) in above.chain(below) {
        let quote = Quote::of(article, &claim.mark);
        let id = ids.next(RecordKind::Claim, &quote.exact);
        let attribution = claim
            .attribution
            .and_then(|at| findings.attributions.get(at));
        let confidence = attribution.map_or(claim.checkable, |attribution| attribution.score);
        let mut proposal = suggestion(quote, RecordKind::Claim, confidence, &claim.why);
        proposal.kinds = claim.kinds.iter().copied().map(Open::Known).collect();
        proposal.voice = Some(Open::Known(claim.voice));
        proposal.checkable = score(claim.checkable);
        proposal.priority = score(claim.priority);
        proposal.keep = score(claim.keep).filter(|_| claim.keep > 0.0);
        proposal.folded = folded;
        proposal.stand_alone = claim
            .stand_alone
            .as_ref()
            .map(|words| stand_alone(article, words));
        proposal.cue = attribution
            .and_then(|a| a.cue.as_ref())
            .map(|cue| Quote::of(article, cue));
        if let Some(attribution) = attribution
            && let Some(source) = attribution
                .source
                .as_ref()
                .and_then(|mark| source_at.get(mark))
        {
            links.push((id.clone(), source.clone(), score(attribution.score)));
        }
        annotations.push(Proposal {
            id,
            mark: claim.mark.clone(),
            suggestion: proposal,
            attributes: Map::new(),
        });
    }
    Proposals { annotations, links }
}

fn suggestion(quote: Quote, kind: RecordKind, confidence: f32, why: &str) -> Suggestion {
    Suggestion {
        quote,
        kind: Open::Known(kind),
        kinds: Vec::new(),
        voice: None,
        cue: None,
        score: score(confidence),
        checkable: None,
        priority: None,
        keep: None,
        folded: false,
        stand_alone: None,
        why: (!why.is_empty()).then(|| why.to_owned()),
        unknown: Map::new(),
    }
}

/// Words that stand alone, as files hold them: bytes become code points.
fn stand_alone(article: &Article, words: &detect::StandAlone) -> StandAlone {
    let own = Offsets::new(&words.text);
    let span = |offsets: &Offsets, text: &str, start: usize, end: usize| {
        let point = |byte| u32::try_from(offsets.point_of(text, byte)).unwrap_or(u32::MAX);
        (point(start), point(end))
    };
    let inserted = words.inserted.iter().map(|(at, from)| Inserted {
        at: span(&own, &words.text, at.start, at.end),
        from: from.map(|from| span(article.offsets(), article.text(), from.start, from.end)),
    });
    StandAlone {
        text: words.text.clone(),
        spans: inserted.collect(),
        unknown: Map::new(),
    }
}

/// Mentions and first name of every entity.
fn entities(findings: &Findings) -> FxHashMap<usize, (usize, &str)> {
    let mut entities = FxHashMap::default();
    for source in &findings.sources {
        entities
            .entry(source.entity)
            .or_insert((0, source.name.as_str()))
            .0 += 1;
    }
    entities
}

/// `name`, `source_type`, `role`, and `entity` where several mentions share one.
fn source_attributes(
    entities: &FxHashMap<usize, (usize, &str)>,
    source: &SourceMention,
) -> Map<String, Value> {
    let mut attributes = Map::new();
    attributes.insert("name".to_owned(), source.name.clone().into());
    if source.source_type != SourceType::Unknown {
        attributes.insert("source_type".to_owned(), source.source_type.as_str().into());
    }
    if let Some((count, name)) = entities.get(&source.entity)
        && *count > 1
    {
        attributes.insert("entity".to_owned(), (*name).into());
    }
    if let Some(role) = &source.role {
        attributes.insert("role".to_owned(), role.clone().into());
    }
    attributes
}
