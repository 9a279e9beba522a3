//! Corpora as values: annotated articles and labelled sentences, read from JSON Lines.
//!
//! Offsets in the files are code points; here they become byte spans. A line that cannot be
//! used is an error with its number, never skipped in silence.

use serde_json::Value;
use thiserror::Error;

use crate::detect::attribution::label::Label;
use crate::detect::reading::Reading;
use crate::text::{Offsets, Span};

/// A line of a corpus that cannot be used.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// No JSON.
    #[error("line {line}: no JSON")]
    Json {
        /// Line number, from 1.
        line: usize,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// JSON without what is needed.
    #[error("line {line}: {what}")]
    Shape {
        /// Line number, from 1.
        line: usize,
        /// What is missing or wrong.
        what: &'static str,
    },
}

/// One act of attribution as annotated; spans in bytes, in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoldAttribution {
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// An annotated article.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedArticle {
    /// Its name in the corpus.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What the annotators found.
    pub attributions: Vec<GoldAttribution>,
}

/// A sentence with a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledSentence {
    /// Its name in the corpus.
    pub id: String,
    /// Its text.
    pub text: String,
    /// "1", "CFS", "C3" and the like.
    pub label: String,
}

/// The JSON of every line that is not empty, with its number.
pub(super) fn values(
    jsonl: &str,
) -> impl Iterator<Item = Result<(usize, Value), CorpusError>> + '_ {
    jsonl
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
        .map(|(k, line)| {
            let parsed = serde_json::from_str(line);
            parsed
                .map(|v| (k + 1, v))
                .map_err(|source| CorpusError::Json {
                    line: k + 1,
                    source,
                })
        })
}

/// A field that must be text.
pub(super) fn text_of(
    value: &Value,
    key: &str,
    line: usize,
    what: &'static str,
) -> Result<String, CorpusError> {
    value[key]
        .as_str()
        .map(str::to_owned)
        .ok_or(CorpusError::Shape { line, what })
}

/// Reads annotated articles: `{"id","text","attributions":[{"source","cue","content"}]}`.
pub fn read_marked(jsonl: &str) -> Result<Vec<MarkedArticle>, CorpusError> {
    values(jsonl)
        .map(|item| {
            let (line, value) = item?;
            let id = text_of(&value, "id", line, "no \"id\"")?;
            let text = text_of(&value, "text", line, "no \"text\"")?;
            let offsets = Offsets::new(&text);
            let list = value["attributions"].as_array();
            let list = list.ok_or(CorpusError::Shape {
                line,
                what: "no \"attributions\"",
            })?;
            let attributions = list
                .iter()
                .map(|a| {
                    Some(GoldAttribution {
                        source: spans(&a["source"], &text, &offsets)?,
                        cue: spans(&a["cue"], &text, &offsets)?,
                        content: spans(&a["content"], &text, &offsets)?,
                    })
                })
                .collect::<Option<Vec<_>>>();
            let what = "a span that does not fit the text";
            let attributions = attributions.ok_or(CorpusError::Shape { line, what })?;
            Ok(MarkedArticle {
                id,
                text,
                attributions,
            })
        })
        .collect()
}

fn spans(value: &Value, text: &str, offsets: &Offsets) -> Option<Vec<Span>> {
    let mut found = Vec::new();
    for pair in value.as_array().map(Vec::as_slice).unwrap_or_default() {
        let start = usize::try_from(pair.get(0)?.as_u64()?).ok()?;
        let end = usize::try_from(pair.get(1)?.as_u64()?).ok()?;
        found.push(Span::new(
            offsets.byte_of(text, start)?,
            offsets.byte_of(text, end)?,
        ));
    }
    found.retain(|s| !s.is_empty());
    found.sort_unstable();
    Some(found)
}

/// Reads labelled sentences: `{"id","text","label"}`; a number as label becomes its digits.
pub fn read_sentences(jsonl: &str) -> Result<Vec<LabelledSentence>, CorpusError> {
    values(jsonl)
        .map(|item| {
            let (line, value) = item?;
            let id = text_of(&value, "id", line, "no \"id\"")?;
            let text = text_of(&value, "text", line, "no \"text\"")?;
            let label = match &value["label"] {
                Value::String(word) => word.clone(),
                Value::Number(number) => number.to_string(),
                _ => {
                    return Err(CorpusError::Shape {
                        line,
                        what: "no \"label\"",
                    });
                }
            };
            Ok(LabelledSentence { id, text, label })
        })
        .collect()
}

/// The label of every word of an annotated article.
pub fn labels(reading: &Reading<'_>, attributions: &[GoldAttribution]) -> Vec<Label> {
    let mut labels = vec![Label::Outside; reading.words.len()];
    let mut put = |spans: &[Span], start: Label, rest: Label| {
        for span in spans {
            let mut fresh = true;
            for k in reading.words_in(*span) {
                // Sources can be shared or nested; the first one stays.
                if labels[k] == Label::Outside {
                    labels[k] = if fresh { start } else { rest };
                    fresh = false;
                } else {
                    fresh = true;
                }
            }
        }
    };
    for a in attributions {
        put(&a.content, Label::ContentStart, Label::Content);
        put(&a.cue, Label::CueStart, Label::Cue);
    }
    for a in attributions {
        put(&a.source, Label::SourceStart, Label::Source);
    }
    labels
}
