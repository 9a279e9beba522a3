//! What `detect` writes, read back: the findings of another machine, or of another detector that
//! writes the same lines.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Number, Value};

use crate::annotations::{Brought, BroughtLink, BroughtMark, Link, Piece, RecordKind};
use crate::exchange::entry::JOINT;
use crate::exchange::reading::{Input, NotRead, json_lines};
use crate::text::Open;

type Pairs = Vec<(u32, u32)>;

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    model: Option<String>,
    #[serde(default)]
    attributions: Vec<Attributed>,
    #[serde(default)]
    claims: Vec<Claim>,
    #[serde(default)]
    folded: Vec<Claim>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Deserialize)]
struct Attributed {
    #[serde(default)]
    source: Pairs,
}

#[derive(Deserialize)]
struct Claim {
    spans: Pairs,
    text: String,
    attribution: Option<usize>,
    voice: Option<String>,
    #[serde(default)]
    kinds: Vec<String>,
    checkable: Option<Number>,
    priority: Option<Number>,
    why: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    spans: Pairs,
    text: String,
    name: Option<String>,
    source_type: Option<String>,
    role: Option<String>,
    score: Option<Number>,
    why: Option<String>,
}

/// Reads lines, one an article.
///
/// # Errors
/// When one is no line of `detect`.
pub(in crate::exchange) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let lines: Vec<Line> = json_lines(input.bytes)?;
    Ok(lines.into_iter().map(brought).collect())
}

fn brought(line: Line) -> Brought {
    let mut brought = Brought {
        name: line.id.map(|id| match id {
            Value::String(name) => name,
            other => other.to_string(),
        }),
        tool: line.model,
        ..Brought::default()
    };
    let mut at: FxHashMap<Pairs, usize> = FxHashMap::default();
    for source in line.sources {
        let mut mark = BroughtMark::new(RecordKind::Source, pieces(&source.spans, &source.text));
        let told = [
            ("name", source.name),
            ("source_type", source.source_type),
            ("role", source.role),
        ];
        mark.attributes = told
            .into_iter()
            .filter_map(|(name, words)| Some((name.to_owned(), words?.into())))
            .collect::<Map<String, Value>>();
        mark.score = source.score;
        mark.why = source.why;
        at.entry(source.spans).or_insert(brought.marks.len());
        brought.marks.push(mark);
    }
    let above = line.claims.into_iter().map(|claim| (claim, false));
    let below = line.folded.into_iter().map(|claim| (claim, true));
    for (claim, folded) in above.chain(below) {
        let mut mark = BroughtMark::new(RecordKind::Claim, pieces(&claim.spans, &claim.text));
        mark.kinds = claim.kinds.iter().map(|kind| Open::parse(kind)).collect();
        mark.voice = claim.voice.as_deref().map(Open::parse);
        mark.score = claim.checkable;
        mark.priority = claim.priority;
        mark.why = claim.why;
        mark.folded = folded;
        let attribution = claim.attribution.and_then(|at| line.attributions.get(at));
        let source = attribution.and_then(|attribution| at.get(&attribution.source));
        brought.links.extend(source.map(|&to| BroughtLink {
            from: brought.marks.len(),
            to,
            link_type: Link::ATTRIBUTED_TO.to_owned(),
        }));
        brought.marks.push(mark);
    }
    brought
}

/// The pieces of a mark by its spans and its words, which stand joined.
fn pieces(spans: &[(u32, u32)], words: &str) -> Vec<Piece> {
    let mut rest = words;
    let mut pieces = Vec::with_capacity(spans.len());
    for (number, &(from, to)) in spans.iter().enumerate() {
        let length = to.saturating_sub(from) as usize;
        let end = rest
            .char_indices()
            .nth(length)
            .map_or(rest.len(), |(at, _)| at);
        let (own, after) = rest.split_at(end);
        let is_joined = number + 1 == spans.len() || after.starts_with(JOINT);
        if own.is_empty() || !is_joined {
            // The spans are not those of the words: the words alone tell.
            return words.split(JOINT).map(piece_of).collect();
        }
        rest = after.strip_prefix(JOINT).unwrap_or(after);
        pieces.push(Piece {
            points: Some((from, to)),
            ..piece_of(own)
        });
    }
    if !rest.is_empty() {
        return words.split(JOINT).map(piece_of).collect();
    }
    pieces
}

fn piece_of(words: &str) -> Piece {
    Piece {
        exact: words.to_owned(),
        ..Piece::default()
    }
}
