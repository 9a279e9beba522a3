//! Articles tagged by another program, as values: what the syntax is learned from.
//!
//! A line of JSON is an article: `{"by", "text", "tokens": [[start, end, tag, relation, head],
//! …]}`, as `tagging/tag_articles.py` writes it: offsets in code points, tags of the Penn Treebank, relations of the ClearNLP guidelines,
//! `head` the number of a token (its own for a root).

use serde_json::Value;

use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag_number;
use crate::text::{Offsets, Span};

use super::{CorpusError, GoldAttribution, MarkedArticle, damage};

/// One token with its answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaggedToken {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its part of speech.
    pub tag: u8,
    /// Its relation to its head.
    pub relation: u8,
    /// The number of its head; its own for a root.
    pub head: usize,
}

/// A tagged article.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedArticle {
    /// What tagged it.
    pub by: String,
    /// Its text.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<TaggedToken>,
}

impl TaggedArticle {
    /// The article with the damage a web export does; tokens that are gone are empty.
    pub fn damaged(&self, seed: u64) -> TaggedArticle {
        // Each token travels as an attribution of its own.
        let attributions = self.tokens.iter().map(|token| GoldAttribution {
            content: vec![token.span],
            ..GoldAttribution::default()
        });
        let article = MarkedArticle {
            id: self.text.chars().take(40).collect(),
            text: self.text.clone(),
            attributions: attributions.collect(),
        };
        let damaged = damage(&article, seed);
        let mut end = 0;
        let moved = damaged.attributions.iter().zip(&self.tokens).map(|(a, t)| {
            let span = a.content.first().copied().unwrap_or(Span::new(end, end));
            end = span.end;
            TaggedToken { span, ..*t }
        });
        TaggedArticle {
            by: self.by.clone(),
            tokens: moved.collect(),
            text: damaged.text,
        }
    }
}

/// Reads tagged articles from JSON Lines.
///
/// # Errors
/// The first line that cannot be used.
pub fn read_tagged(text: &str) -> Result<Vec<TaggedArticle>, CorpusError> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(k, line)| read_line(line, k + 1)).collect()
}

fn read_line(line: &str, number: usize) -> Result<TaggedArticle, CorpusError> {
    let shape = |what| CorpusError::Shape { line: number, what };
    let value: Value = serde_json::from_str(line).map_err(|source| CorpusError::Json {
        line: number,
        source,
    })?;
    let text = value["text"].as_str().ok_or(shape("no \"text\""))?;
    let tokens = value["tokens"].as_array().ok_or(shape("no \"tokens\""))?;
    let offsets = Offsets::new(text);
    let token = |token: &Value| -> Option<TaggedToken> {
        let number = |k: usize| token.get(k)?.as_u64()?.try_into().ok();
        let (start, end): (usize, usize) = (number(0)?, number(1)?);
        let span = Span::new(offsets.byte_of(text, start)?, offsets.byte_of(text, end)?);
        Some(TaggedToken {
            span,
            tag: tag_number(token.get(2)?.as_str()?),
            relation: relation(token.get(3)?.as_str()?),
            head: number(4)?,
        })
    };
    let tokens: Option<Vec<TaggedToken>> = tokens.iter().map(token).collect();
    Ok(TaggedArticle {
        by: value["by"]
            .as_str()
            .unwrap_or("an unnamed tagger")
            .to_owned(),
        text: text.to_owned(),
        tokens: tokens.ok_or(shape("a token that is none"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"by": "hand", "text": "É fell, “Bo” said.", "tokens": [
        [0, 1, "NNP", "nsubj", 1], [2, 6, "VBD", "ccomp", 5], [6, 7, ",", "punct", 1],
        [8, 9, "``", "punct", 4], [9, 11, "NNP", "nsubj", 5], [13, 17, "VBD", "ROOT", 5]]}"#;

    fn article() -> TaggedArticle {
        let line = LINE.replace('\n', " ");
        read_tagged(&line).expect("one line").remove(0)
    }

    #[test]
    fn a_line_is_an_article() {
        let article = article();
        assert_eq!(article.by, "hand");
        let fell = article.tokens[1];
        assert_eq!(fell.span.of(&article.text), "fell");
        assert_eq!(
            (fell.tag, fell.relation),
            (tag_number("VBD"), relation("ccomp"))
        );
        assert_eq!(fell.head, 5);
    }

    #[test]
    fn tokens_move_with_the_damage() {
        let damaged = article().damaged(1);
        let words: Vec<&str> = damaged
            .tokens
            .iter()
            .map(|t| t.span.of(&damaged.text))
            .collect();
        assert_eq!(words, ["É", "fell", ",", "", "Bo", "said"]);
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = read_tagged("\n{\"text\": \"a\"}").expect_err("no tokens");
        assert_eq!(error.to_string(), "line 2: no \"tokens\"");
        let odd = r#"{"text": "a", "tokens": [[0, 9, "NN", "dep", 0]]}"#;
        assert!(read_tagged(odd).is_err());
    }
}
