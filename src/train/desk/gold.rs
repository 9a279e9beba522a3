//! Articles on which it is marked what a fact-checker wants as a card: lines of JSON, or made
//! from anything that has the same.
//!
//! A line is `{"id", "origin", "text", "claims": [{"spans", "alt", "grade", "voice",
//! "sources"}]}`; spans are lists of `[start, end]` in code points, `alt` are equally good
//! spans, `sources` lists who may be named as the source: `{"own": true}`, or `{"text", "span",
//! "entity"}`.

use serde_json::Value;

use crate::text::{Offsets, Span};
use crate::train::corpus::{CorpusError, values};

/// An article with the cards it should have.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskArticle {
    /// Its name in the corpus.
    pub id: String,
    /// The corpus and name it is from, if told.
    pub origin: String,
    /// Its text.
    pub text: String,
    /// What a desk would keep.
    pub claims: Vec<DeskClaim>,
}

/// A claim that deserves a card.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskClaim {
    /// Its own spans and others as good, each in pieces, in bytes.
    pub spans: Vec<Vec<Span>>,
    /// How much it deserves checking: 1 to 3.
    pub grade: u8,
    /// Whether the article's own voice is an answer.
    pub own: bool,
    /// Who may be named as its source.
    pub sources: Vec<DeskSource>,
}

/// A source that may be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSource {
    /// The phrase.
    pub text: String,
    /// Where it stands, in bytes.
    pub span: Span,
    /// Whom it stands for.
    pub entity: String,
}

/// Reads articles; lines without anything are passed over.
///
/// # Errors
/// The first line that cannot be used.
pub fn read_desk(lines: &str) -> Result<Vec<DeskArticle>, CorpusError> {
    values(lines)
        .map(|item| {
            let (line, value) = item?;
            article(&value).map_err(|what| CorpusError::Shape { line, what })
        })
        .collect()
}

fn article(value: &Value) -> Result<DeskArticle, &'static str> {
    let string = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let text = value["text"].as_str().ok_or("no \"text\"")?.to_owned();
    let offsets = Places {
        text: &text,
        offsets: Offsets::new(&text),
    };
    let claims = value["claims"].as_array().ok_or("no \"claims\"")?;
    let claims = claims.iter().map(|claim| read_claim(claim, &offsets));
    let claims = claims.collect::<Result<Vec<_>, _>>()?;
    Ok(DeskArticle {
        id: string("id"),
        origin: string("origin"),
        claims,
        text,
    })
}

/// A text and the way from its code points to its bytes.
struct Places<'a> {
    text: &'a str,
    offsets: Offsets,
}

fn read_claim(value: &Value, offsets: &Places<'_>) -> Result<DeskClaim, &'static str> {
    let mut spans = vec![pieces(&value["spans"], offsets)?];
    for other in value["alt"].as_array().into_iter().flatten() {
        spans.push(pieces(other, offsets)?);
    }
    let grade = value["grade"].as_u64().and_then(|g| u8::try_from(g).ok());
    let all = value["sources"]
        .as_array()
        .ok_or("a claim without \"sources\"")?;
    let is_own = |source: &&Value| source["own"] == Value::Bool(true);
    let sources = all.iter().filter(|source| !is_own(source)).map(|source| {
        let said = |key: &str| source[key].as_str().unwrap_or_default().to_owned();
        Ok(DeskSource {
            text: said("text"),
            span: span(&source["span"], offsets)?,
            entity: said("entity"),
        })
    });
    let sources = sources.collect::<Result<Vec<_>, &'static str>>()?;
    Ok(DeskClaim {
        spans,
        grade: grade
            .filter(|g| (1..=3).contains(g))
            .ok_or("a grade that is none")?,
        own: all.iter().any(|source| is_own(&source)),
        sources,
    })
}

fn pieces(value: &Value, offsets: &Places<'_>) -> Result<Vec<Span>, &'static str> {
    let all = value.as_array().filter(|all| !all.is_empty());
    let all = all.ok_or("a claim without spans")?;
    all.iter().map(|piece| span(piece, offsets)).collect()
}

fn span(value: &Value, offsets: &Places<'_>) -> Result<Span, &'static str> {
    let point = |k: usize| value.get(k)?.as_u64().map(|p| p as usize);
    let byte = |k: usize| point(k).and_then(|p| offsets.offsets.byte_of(offsets.text, p));
    match (byte(0), byte(1)) {
        (Some(start), Some(end)) if start < end => Ok(Span::new(start, end)),
        _ => Err("a span outside of the text"),
    }
}

/// How many characters that are no blanks begin before each byte of a text: overlap is measured
/// in them.
#[derive(Debug)]
pub struct Letters(Vec<u32>);

impl Letters {
    /// Of a text.
    pub fn of(text: &str) -> Letters {
        let mut counts = vec![0u32; text.len() + 1];
        for (at, c) in text.char_indices() {
            counts[at + 1] = u32::from(!c.is_whitespace());
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        Letters(counts)
    }

    fn count(&self, start: usize, end: usize) -> u32 {
        self.0[end.max(start)] - self.0[start]
    }

    /// Letters that two marks share, of all that are in either (Jaccard 1912).
    pub fn likeness(&self, a: &[Span], b: &[Span]) -> f32 {
        let shared = self.shared(a, b);
        let all = self.size(a) + self.size(b) - shared;
        shared as f32 / all.max(1) as f32
    }

    /// The letters of a mark.
    pub fn size(&self, mark: &[Span]) -> u32 {
        mark.iter().map(|s| self.count(s.start, s.end)).sum()
    }

    /// The letters that two marks share.
    pub fn shared(&self, a: &[Span], b: &[Span]) -> u32 {
        let both = |x: &Span, y: &Span| {
            let start = x.start.max(y.start);
            self.count(start, x.end.min(y.end).max(start))
        };
        a.iter()
            .map(|x| b.iter().map(|y| both(x, y)).sum::<u32>())
            .sum()
    }
}

impl DeskClaim {
    /// How like it a mark is, by the best of its spans.
    pub fn likeness(&self, letters: &Letters, mark: &[Span]) -> f32 {
        let of = self.spans.iter().map(|spans| letters.likeness(spans, mark));
        of.fold(0.0, f32::max)
    }
}
