//! What a detector answers about an article, as findings of the house.
//!
//! A detector may be a model, and an article may have talked it into anything: its answer is data that
//! says which words are claims and whose, and nothing of it reaches further. Only fields we know are
//! read, every text has a bound, and what is not in the article is left out and counted.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::one_line;
use super::place::{Ground, Place};
use crate::detect::{
    Attribution, Claim, Findings, Kind, SourceMention, SourceType, StandAlone, Voice,
};
use crate::exchange::reading::NotRead;
use crate::text::{Article, Mark, Span, Word};

/// Most claims, those below the fold among them, and most attributions and sources of one answer.
const MOST: usize = 10_000;
/// Longest reason, in code points.
const WHY: usize = 500;
/// Longest claim in words that stand alone.
const STAND_ALONE: usize = 2_000;
/// Longest name or role.
const NAME: usize = 200;
/// How sure, how checkable and how important something is of which nobody says it.
const HALF: f32 = 0.5;

/// An answer, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What was found, in byte spans of the article.
    pub findings: Findings,
    /// Claims and attributions that are left out: their words are not in the article, or it is not sure
    /// where.
    pub left_out: usize,
    /// Sources and cues of claims that are left out for the same reason.
    pub without_source: usize,
}

impl Answer {
    /// What is to be said of what is left out; `None`: nothing is.
    pub fn told(&self) -> Option<String> {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let parts = [
            counted(self.left_out, "suggestion", "suggestions"),
            counted(self.without_source, "source or cue", "sources or cues"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let are = match self.left_out + self.without_source {
            1 => "is",
            _ => "are",
        };
        (!parts.is_empty()).then(|| {
            format!(
                "{} {are} not in the article and left out",
                parts.join(" and ")
            )
        })
    }
}

/// Reads the line of an answer about `article`; `model` is what made it, as sidecars name it.
///
/// # Errors
/// When the line is no JSON object.
pub fn read_answer(line: &[u8], article: &Article, model: &str) -> Result<Answer, NotRead> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| NotRead::new(format!("the answer is no JSON: {error}")))?;
    let Value::Object(fields) = value else {
        return Err(NotRead::new("the answer is no JSON object"));
    };
    Ok(Told::of(&fields).findings(article, model))
}

/// What an answer says, not looked for yet.
struct Told<'v> {
    sources: Vec<(Place<'v>, &'v Map<String, Value>)>,
    attributions: Vec<Option<ToldAttribution<'v>>>,
    claims: Vec<ToldClaim<'v>>,
    /// Whether it tells claims at all, be it none.
    tells_claims: bool,
    /// Entries without any place, or more than are read.
    left_out: usize,
}

struct ToldAttribution<'v> {
    content: Place<'v>,
    source: Option<Place<'v>>,
    cue: Option<Place<'v>>,
    fields: &'v Map<String, Value>,
}

struct ToldClaim<'v> {
    place: Place<'v>,
    source: Option<Place<'v>>,
    cue: Option<Place<'v>>,
    fields: &'v Map<String, Value>,
    folded: bool,
}

impl<'v> Told<'v> {
    fn of(fields: &'v Map<String, Value>) -> Told<'v> {
        let mut left_out = 0;
        let mut list = |name: &str| {
            let all = fields.get(name).and_then(Value::as_array);
            let all = all.map_or(&[][..], Vec::as_slice);
            left_out += all.len().saturating_sub(MOST);
            all.iter().take(MOST)
        };
        let (sources, attributions) = (list("sources"), list("attributions"));
        let (above, below) = (list("claims"), list("folded"));
        let source = |value: &'v Value| Some((Place::of(value)?, value.as_object()?));
        let sources = sources.filter_map(source).collect();
        let place = |fields: &'v Map<String, Value>, name: &str| Place::of(fields.get(name)?);
        let attribution = |value: &'v Value| {
            let fields = value.as_object()?;
            Some(ToldAttribution {
                content: place(fields, "content")?,
                source: place(fields, "source"),
                cue: place(fields, "cue"),
                fields,
            })
        };
        let attributions: Vec<_> = attributions.map(attribution).collect();
        let above = above.map(|value| (value, false));
        let mut claims = Vec::new();
        for (value, is_below) in above.chain(below.map(|value| (value, true))).take(MOST) {
            let told = value.as_object().zip(Place::of(value));
            let Some((fields, own)) = told else {
                left_out += 1;
                continue;
            };
            claims.push(ToldClaim {
                place: own,
                source: place(fields, "source"),
                cue: place(fields, "cue"),
                folded: is_below || fields.get("folded") == Some(&Value::Bool(true)),
                fields,
            });
        }
        left_out += attributions.iter().filter(|told| told.is_none()).count();
        Told {
            sources,
            attributions,
            claims,
            tells_claims: fields.contains_key("claims") || fields.contains_key("folded"),
            left_out,
        }
    }

    fn findings(&self, article: &Article, model: &str) -> Answer {
        let sources = self.sources.iter().map(|(place, _)| place);
        let attributions = self.attributions.iter().flatten();
        let attributions = attributions.flat_map(|told| {
            let beside = [&told.source, &told.cue].into_iter().flatten();
            std::iter::once(&told.content).chain(beside)
        });
        let claims = self.claims.iter().flat_map(|told| {
            let beside = [&told.source, &told.cue].into_iter().flatten();
            std::iter::once(&told.place).chain(beside)
        });
        let places = sources.chain(attributions).chain(claims);
        let ground = Ground::new(article, places.flat_map(Place::sought));
        let mut found = Found {
            known: Sources::default(),
            answer: Answer {
                left_out: self.left_out,
                ..Answer::default()
            },
            ground,
        };
        found.answer.findings.model = model.to_owned();
        found.sources(&self.sources);
        let attributions = found.attributions(&self.attributions);
        found.claims(&self.claims, &attributions);
        if !self.tells_claims {
            found.claims_of_attributions();
        }
        found.in_order()
    }
}

/// What is told of sources: by place, and by their words.
#[derive(Default)]
struct Sources<'v> {
    at: FxHashMap<Mark, usize>,
    facts: FxHashMap<String, &'v Map<String, Value>>,
    entities: FxHashMap<String, usize>,
}

/// Findings in the making.
struct Found<'a, 'v> {
    ground: Ground<'a>,
    known: Sources<'v>,
    answer: Answer,
}

impl<'v> Found<'_, 'v> {
    fn sources(&mut self, all: &[(Place<'v>, &'v Map<String, Value>)]) {
        for (place, fields) in all {
            if let Some(words) = place.told() {
                let words = words.trim().to_lowercase();
                self.known.facts.entry(words).or_insert(fields);
            }
            if let Some(mark) = self.ground.sure(place) {
                self.mention(mark, Some(fields));
            }
        }
    }

    /// Takes a mention in, if it is not there.
    fn mention(&mut self, mark: Mark, fields: Option<&'v Map<String, Value>>) {
        let sources = &mut self.answer.findings.sources;
        if self.known.at.contains_key(&mark) || sources.len() >= 2 * MOST {
            return;
        }
        let words = self.ground.article().words(&mark);
        let fields = fields.or_else(|| self.known.facts.get(&words.to_lowercase()).copied());
        let text = |name: &str| {
            let text = fields.and_then(|fields| fields.get(name)?.as_str());
            text.map(|text| one_line(text, NAME))
                .filter(|text| !text.is_empty())
        };
        let name = text("name").unwrap_or_else(|| one_line(&words, NAME));
        let entity = text("entity")
            .unwrap_or_else(|| name.clone())
            .to_lowercase();
        let next = self.known.entities.len();
        let entity = *self.known.entities.entry(entity).or_insert(next);
        self.known.at.insert(mark.clone(), sources.len());
        sources.push(SourceMention {
            mark,
            entity,
            name,
            source_type: text("source_type")
                .and_then(|word| SourceType::parse(&word))
                .unwrap_or(SourceType::Unknown),
            role: text("role"),
            score: fields
                .and_then(|fields| share(fields, "score"))
                .unwrap_or(HALF),
            why: text("why").unwrap_or_default(),
        });
    }

    /// Whom and by which words something is taken; what is told and not there is counted.
    fn taken_from(
        &mut self,
        source: Option<&Place<'v>>,
        cue: Option<&Place<'v>>,
        near: Span,
    ) -> (Option<Mark>, Option<Mark>) {
        let found = source.map(|place| self.ground.nearest(place, near));
        let source = found.clone().flatten();
        if let Some(mark) = &source {
            self.mention(mark.clone(), None);
        }
        let told_cue = cue.map(|place| {
            let cue = self.ground.nearest(place, near);
            // The same word elsewhere attributes something else.
            cue.filter(|cue| self.ground.is_beside(cue, near))
        });
        let missing = [&found, &told_cue].into_iter().flatten();
        self.answer.without_source += missing.filter(|mark| mark.is_none()).count();
        (source, told_cue.flatten())
    }

    /// The attributions that are in the article, and where each of those told is among them.
    fn attributions(&mut self, all: &[Option<ToldAttribution<'v>>]) -> Vec<Option<usize>> {
        let mut at = Vec::with_capacity(all.len());
        for told in all {
            let content = told
                .as_ref()
                .and_then(|told| Some((told, self.ground.sure(&told.content)?)));
            let Some((told, content)) = content else {
                self.answer.left_out += usize::from(told.is_some());
                at.push(None);
                continue;
            };
            let near = content.hull();
            let (source, cue) = self.taken_from(told.source.as_ref(), told.cue.as_ref(), near);
            at.push(Some(self.answer.findings.attributions.len()));
            self.answer.findings.attributions.push(Attribution {
                voice: self.voice(told.fields, &content, true),
                score: share(told.fields, "score").unwrap_or(HALF),
                source,
                cue,
                content,
            });
        }
        at
    }

    fn claims(&mut self, all: &[ToldClaim<'v>], attributions: &[Option<usize>]) {
        let mut known: FxHashMap<Mark, ()> = FxHashMap::default();
        for told in all {
            let Some(mark) = self.ground.sure(&told.place) else {
                self.answer.left_out += 1;
                continue;
            };
            if known.insert(mark.clone(), ()).is_some() {
                continue;
            }
            let attribution = self.attribution_of(told, &mark, attributions);
            let fields = told.fields;
            let stand_alone = fields.get("stand_alone").and_then(|told| match told {
                Value::Object(fields) => fields.get("text")?.as_str(),
                told => told.as_str(),
            });
            let stand_alone = stand_alone.map(|words| one_line(words, STAND_ALONE));
            let is_other =
                |words: &String| !words.is_empty() && *words != self.ground.article().words(&mark);
            let claim = Claim {
                attribution,
                voice: self.voice(fields, &mark, attribution.is_some()),
                kinds: kinds(fields),
                checkable: share(fields, "checkable").unwrap_or(HALF),
                priority: share(fields, "priority").unwrap_or(HALF),
                keep: share(fields, "keep").unwrap_or_default(),
                stand_alone: stand_alone.filter(is_other).map(|text| StandAlone {
                    text,
                    inserted: Vec::new(),
                }),
                why: fields
                    .get("why")
                    .and_then(Value::as_str)
                    .map_or_else(String::new, |why| one_line(why, WHY)),
                mark,
            };
            match told.folded {
                true => self.answer.findings.folded.push(claim),
                false => self.answer.findings.claims.push(claim),
            }
        }
    }

    /// The attribution of a claim: the one it names, or one of its own where it tells a source.
    fn attribution_of(
        &mut self,
        told: &ToldClaim<'v>,
        mark: &Mark,
        attributions: &[Option<usize>],
    ) -> Option<usize> {
        let named = told.fields.get("attribution").and_then(Value::as_u64);
        let named = named.and_then(|at| *attributions.get(usize::try_from(at).ok()?)?);
        if named.is_some() || told.source.is_none() && told.cue.is_none() {
            return named;
        }
        let near = mark.hull();
        let (source, cue) = self.taken_from(told.source.as_ref(), told.cue.as_ref(), near);
        if source.is_none() && cue.is_none() {
            return None;
        }
        let all = &mut self.answer.findings.attributions;
        let attribution = Attribution {
            source,
            cue,
            content: mark.clone(),
            voice: Voice::Indirect,
            score: share(told.fields, "score").unwrap_or(HALF),
        };
        all.push(attribution);
        let at = all.len() - 1;
        self.answer.findings.attributions[at].voice = self.voice(told.fields, mark, true);
        Some(at)
    }

    /// Whose words something is in: as told, else by the mark before it; the article's own where nobody
    /// says it.
    fn voice(&self, fields: &Map<String, Value>, mark: &Mark, is_attributed: bool) -> Voice {
        let told = fields.get("voice").and_then(Value::as_str);
        match told.and_then(Voice::parse) {
            Some(Voice::Own) if is_attributed => {}
            Some(voice) => return voice,
            None => {}
        }
        let before = &self.ground.article().text()[..mark.start()];
        let opens = |c: char| matches!(c, '“' | '„' | '«' | '»' | '"' | '‘');
        match is_attributed {
            false => Voice::Own,
            true if before.chars().next_back().is_some_and(opens) => Voice::Direct,
            true => Voice::Indirect,
        }
    }

    /// Where nobody tells claims, what somebody says is one.
    fn claims_of_attributions(&mut self) {
        let findings = &mut self.answer.findings;
        let mut known: FxHashMap<&Mark, ()> = FxHashMap::default();
        let all = findings.attributions.iter().enumerate();
        let claims = all.filter(|(_, one)| known.insert(&one.content, ()).is_none());
        let claim = |(at, one): (usize, &Attribution)| Claim {
            mark: one.content.clone(),
            attribution: Some(at),
            voice: one.voice,
            kinds: Vec::new(),
            checkable: HALF,
            priority: HALF,
            keep: 0.0,
            stand_alone: None,
            why: String::new(),
        };
        findings.claims = claims.map(claim).collect();
    }

    /// The answer with everything in the order of the text, as findings are.
    fn in_order(self) -> Answer {
        let mut answer = self.answer;
        let findings = &mut answer.findings;
        let all = std::mem::take(&mut findings.attributions);
        let mut order: Vec<(usize, Attribution)> = all.into_iter().enumerate().collect();
        order.sort_by_key(|(_, one)| (one.content.start(), one.content.end()));
        let places = order.iter().enumerate().map(|(new, (old, _))| (*old, new));
        let places: FxHashMap<usize, usize> = places.collect();
        findings.attributions = order.into_iter().map(|(_, one)| one).collect();
        for claim in findings.claims.iter_mut().chain(&mut findings.folded) {
            claim.attribution = claim.attribution.and_then(|old| places.get(&old).copied());
        }
        let place = |claim: &Claim| (claim.mark.start(), claim.mark.end());
        findings.claims.sort_by_key(place);
        findings.folded.sort_by_key(place);
        let place = |source: &SourceMention| (source.mark.start(), source.mark.end());
        findings.sources.sort_by_key(place);
        answer
    }
}

/// A number from 0 to 1; anything else is none.
fn share(fields: &Map<String, Value>, name: &str) -> Option<f32> {
    let value = fields.get(name)?.as_f64()?;
    (0.0..=1.0).contains(&value).then_some(value as f32)
}

/// The kinds we know, each once.
fn kinds(fields: &Map<String, Value>) -> Vec<Kind> {
    let all = fields.get("kinds").and_then(Value::as_array);
    let mut kinds = Vec::new();
    for kind in all.into_iter().flatten().take(2 * Kind::ALL.len()) {
        let kind = kind.as_str().and_then(Kind::parse);
        kinds.extend(kind.filter(|kind| !kinds.contains(kind)));
    }
    kinds
}

#[cfg(test)]
mod tests;
