//! Reads what is scored: JSON Lines of marked articles and of what was found in them.
//!
//! Offsets stay code points here, as both files have them; a span past the end of the text
//! ends with the text. A line that cannot be used is an error with its number.

use serde_json::Value;

use crate::text::{Article, Mark, Span};

use super::super::corpus::{CorpusError, text_of, values};

/// A span in code points: start, and the end that is no longer part of it.
pub type Points = (usize, usize);

/// An attribution in code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PointAttribution {
    /// Who says it; empty if nobody is named.
    pub source: Vec<Points>,
    /// The words that attribute.
    pub cue: Vec<Points>,
    /// What is said.
    pub content: Vec<Points>,
}

/// An article with what annotators marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldArticle {
    /// Its name; what is found in it bears the same.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What is marked.
    pub attributions: Vec<PointAttribution>,
}

/// What was found in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundArticle {
    /// The article's name.
    pub id: String,
    /// What was found.
    pub attributions: Vec<PointAttribution>,
}

/// Reads marked articles: `{"id","text","attributions":[{"source","cue","content"}]}`.
///
/// # Errors
/// A line that is no JSON or lacks what is needed.
pub fn read_gold(jsonl: &str) -> Result<Vec<GoldArticle>, CorpusError> {
    values(jsonl)
        .map(|item| {
            let (line, value) = item?;
            Ok(GoldArticle {
                id: id(&value, line)?,
                text: text_of(&value, "text", line, "no \"text\"")?,
                attributions: attributions(&value, line)?.ok_or(CorpusError::Shape {
                    line,
                    what: "no \"attributions\"",
                })?,
            })
        })
        .collect()
}

/// Reads what was found: `{"id","attributions":[…]}`, as `detect` writes it; other fields do
/// not matter, and an article without `attributions` has none.
///
/// # Errors
/// A line that is no JSON or lacks what is needed.
pub fn read_found(jsonl: &str) -> Result<Vec<FoundArticle>, CorpusError> {
    values(jsonl)
        .map(|item| {
            let (line, value) = item?;
            Ok(FoundArticle {
                id: id(&value, line)?,
                attributions: attributions(&value, line)?.unwrap_or_default(),
            })
        })
        .collect()
}

/// A string, or a number as its digits: `detect` numbers articles without a name.
fn id(value: &Value, line: usize) -> Result<String, CorpusError> {
    match &value["id"] {
        Value::String(name) => Ok(name.clone()),
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(CorpusError::Shape {
            line,
            what: "no \"id\"",
        }),
    }
}

/// The attributions of a line; `None` if it has no such field.
fn attributions(value: &Value, line: usize) -> Result<Option<Vec<PointAttribution>>, CorpusError> {
    let wrong = |what| CorpusError::Shape { line, what };
    let Some(list) = value.get("attributions") else {
        return Ok(None);
    };
    let list = list
        .as_array()
        .ok_or(wrong("\"attributions\" is no list"))?;
    list.iter()
        .map(|one| {
            let one = one
                .as_object()
                .ok_or(wrong("an attribution is no object"))?;
            let part = |name| {
                points(one.get(name)).ok_or(wrong(
                    "a span that is no [start, end] of whole numbers in order",
                ))
            };
            Ok(PointAttribution {
                source: part("source")?,
                cue: part("cue")?,
                content: part("content")?,
            })
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

fn points(value: Option<&Value>) -> Option<Vec<Points>> {
    let list = match value {
        None | Some(Value::Null) => return Some(Vec::new()),
        Some(value) => value.as_array()?,
    };
    let pair = |pair: &Value| {
        let [start, end] = pair.as_array()?.as_slice() else {
            return None;
        };
        // Where numbers are wider than memory any of them is past the end.
        let offset = |value: &Value| {
            value
                .as_u64()
                .map(|n| usize::try_from(n).unwrap_or(usize::MAX))
        };
        let (start, end) = (offset(start)?, offset(end)?);
        (start <= end).then_some((start, end))
    };
    list.iter().map(pair).collect()
}

/// Spans of an article in code points.
pub fn to_points<'a>(article: &Article, spans: impl IntoIterator<Item = &'a Span>) -> Vec<Points> {
    spans
        .into_iter()
        .map(|span| article.points(*span))
        .collect()
}

impl PointAttribution {
    /// What the detector found, in code points of the article.
    pub fn of(article: &Article, found: &crate::detect::Attribution) -> PointAttribution {
        let points = |mark: &Mark| to_points(article, mark.pieces());
        let perhaps = |mark: &Option<Mark>| mark.as_ref().map(points).unwrap_or_default();
        PointAttribution {
            source: perhaps(&found.source),
            cue: perhaps(&found.cue),
            content: points(&found.content),
        }
    }
}
