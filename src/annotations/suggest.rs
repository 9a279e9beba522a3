//! Findings of the detector become annotations and links.
//!
//! Ids are derived from kind, words and occurrence number, so two people who run the
//! detector apart get the same records and their sidecars merge by themselves.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

use super::same::Known;
use super::{
    Annotation, Document, Id, Link, Parts, Quote, RecordKind, Run, Suggestion, Target, Time, hex,
    text_id,
};
use crate::detect::{Findings, SourceMention, SourceType};
use crate::text::{Article, Mark, Open, Word};

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

/// The field, and the setting, of a run whose article took more steps than one may.
const CUT: &str = "cut";

impl Document {
    /// The key that a run of `tool` with `model` over the article's text has.
    pub fn run_key(article: &Article, tool: &str, model: &str) -> Id {
        run_id(&text_id(article.text_sha256()), tool, model, "")
    }

    /// Whether that run is in the document; others may stand beside it.
    pub fn has_run(&self, run: &Id) -> bool {
        self.parts().runs.iter().any(|(known, _)| known == run)
    }

    /// Takes up what a detector run found, as undecided annotations and links. What means
    /// the same as a record that is there keeps its place and decisions
    /// and gets one more suggestion; a run already in the document changes nothing. A run that
    /// was cut is another than the whole one, which is still to come. Gives back the run's key.
    pub fn adopt(&mut self, article: &Article, findings: &Findings, tool: &str, at: Time) -> Id {
        let text = text_id(article.text_sha256());
        let settings = if findings.cut { CUT } else { "" };
        let run = run_id(&text, tool, &findings.model, settings);
        if self.has_run(&run) {
            return run;
        }
        self.renew(|parts| {
            if !parts.texts.iter().any(|(known, _)| *known == text) {
                parts
                    .texts
                    .push((text.clone(), super::TextVersion::of(article)));
            }
            let cut = findings.cut.then(|| (CUT.to_owned(), Value::Bool(true)));
            let record = Run {
                text,
                tool: tool.to_owned(),
                model: findings.model.clone(),
                at,
                more: cut.into_iter().collect(),
            };
            parts.runs.push((run.clone(), record));
            take_up(parts, article, proposals(article, findings), &run);
        });
        run
    }
}

/// Puts what a run proposes among the records that are there.
fn take_up(parts: &mut Parts, article: &Article, proposals: Proposals, run: &Id) {
    let mut known = Known::of(parts, article);
    let mut ids: FxHashMap<Id, Id> = FxHashMap::default();
    // A record that could not be read keeps its id: a second one would be saved beside it.
    let aside: FxHashSet<String> = parts
        .aside
        .iter()
        .filter_map(|aside| Some(aside.record.get("id")?.as_str()?.to_owned()))
        .collect();
    for proposal in proposals.annotations {
        if aside.contains(proposal.id.as_str()) {
            continue;
        }
        let entry = (run.clone(), proposal.suggestion.clone());
        let id = match known.same(parts, &proposal, run) {
            Some(at) => {
                parts.annotations[at].suggestions.push(entry);
                parts.annotations[at].id.clone()
            }
            None => {
                let mut annotation = proposal.annotation(article, entry);
                annotation.id = known.free_id(&proposal);
                known.take(annotation.id.clone(), parts.annotations.len());
                parts.annotations.push(annotation);
                parts.annotations[parts.annotations.len() - 1].id.clone()
            }
        };
        ids.insert(proposal.id, id);
    }
    let mut links: FxHashMap<Id, usize> = parts
        .links
        .iter()
        .enumerate()
        .map(|(at, link)| (link.id.clone(), at))
        .collect();
    for (from, to, score) in proposals.links {
        let (Some(from), Some(to)) = (ids.get(&from), ids.get(&to)) else {
            continue;
        };
        let id = link_id(Link::ATTRIBUTED_TO, from, to);
        let mut suggestion = Map::new();
        suggestion.extend(score.map(|score| ("score".to_owned(), Value::Number(score))));
        let entry = (run.clone(), Value::Object(suggestion));
        match links.get(&id) {
            // Two cards of a run may have joined one record.
            Some(&at) if parts.links[at].suggestions.iter().any(|(of, _)| of == run) => {}
            Some(&at) => parts.links[at].suggestions.push(entry),
            None => {
                links.insert(id.clone(), parts.links.len());
                parts.links.push(Link {
                    id,
                    link_type: Link::ATTRIBUTED_TO.to_owned(),
                    from: from.clone(),
                    to: to.clone(),
                    suggestions: vec![entry],
                    reviews: Vec::new(),
                    conflicts: Map::new(),
                    unknown: Map::new(),
                });
            }
        }
    }
}

/// One annotation a run proposes.
pub(super) struct Proposal {
    pub(super) id: Id,
    pub(super) mark: Mark,
    pub(super) suggestion: Suggestion,
    attributes: Map<String, Value>,
}

impl Proposal {
    fn annotation(&self, article: &Article, entry: (Id, Suggestion)) -> Annotation {
        Annotation {
            id: self.id.clone(),
            kind: self.suggestion.kind.clone(),
            target: Target::at(article, self.mark.clone()),
            attributes: self.attributes.clone(),
            suggestions: vec![entry],
            reviews: Vec::new(),
            adjudication: None,
            evidence: Vec::new(),
            conflicts: Map::new(),
            unknown: Map::new(),
        }
    }
}

/// Everything a run proposes: annotations, and links as (claim, source, score).
struct Proposals {
    annotations: Vec<Proposal>,
    links: Vec<(Id, Id, Option<Number>)>,
}

fn proposals(article: &Article, findings: &Findings) -> Proposals {
    let mut counts: FxHashMap<(RecordKind, String), usize> = FxHashMap::default();
    let mut id = |kind: RecordKind, exact: &str| {
        let nth = counts.entry((kind, exact.to_owned())).or_default();
        *nth += 1;
        annotation_id(kind, *nth - 1, exact)
    };

    let entities = entities(findings);
    let mut annotations = Vec::with_capacity(findings.sources.len() + findings.claims.len());
    let mut source_at: FxHashMap<&Mark, Id> = FxHashMap::default();
    for source in &findings.sources {
        let quote = Quote::of(article, &source.mark);
        let id = id(RecordKind::Source, &quote.exact);
        source_at.entry(&source.mark).or_insert_with(|| id.clone());
        annotations.push(Proposal {
            id,
            mark: source.mark.clone(),
            attributes: source_attributes(&entities, source),
            suggestion: suggestion(quote, RecordKind::Source, source.score, &source.why),
        });
    }

    let mut links = Vec::new();
    for claim in &findings.claims {
        let quote = Quote::of(article, &claim.mark);
        let id = id(RecordKind::Claim, &quote.exact);
        let attribution = claim
            .attribution
            .and_then(|at| findings.attributions.get(at));
        let confidence = attribution.map_or(claim.checkable, |attribution| attribution.score);
        let mut proposal = suggestion(quote, RecordKind::Claim, confidence, &claim.why);
        proposal.kinds = claim.kinds.iter().copied().map(Open::Known).collect();
        proposal.voice = Some(Open::Known(claim.voice));
        proposal.checkable = score(claim.checkable);
        proposal.priority = score(claim.priority);
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
        why: (!why.is_empty()).then(|| why.to_owned()),
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
