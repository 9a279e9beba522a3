//! The head of a sidecar: article, texts, runs, passes.
//!
//! A fault here cannot be set aside, because records lean on it: what can be read is used
//! and the whole file becomes read-only. No path in it is ever opened.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::field::{Fault, Fields, is_digest, is_id};
use super::record::entries;
use crate::annotations::{ArticleHead, Id, Pass, Run, TextVersion, hex, text_id};
use crate::text::Article;

/// The head as far as it could be read.
pub(in crate::store) struct Head {
    pub(in crate::store) article: ArticleHead,
    pub(in crate::store) texts: Vec<(Id, TextVersion)>,
    pub(in crate::store) runs: Vec<(Id, Run)>,
    pub(in crate::store) passes: Vec<(String, Pass)>,
    /// Faults that leave the file usable.
    pub(in crate::store) told: Vec<Fault>,
    /// Faults that make it read-only, because writing would lose what was not understood.
    pub(in crate::store) grave: Vec<Fault>,
}

pub(in crate::store) fn head(top: &Map<String, Value>, article: &Article) -> Head {
    let mut told = Vec::new();
    let mut grave = Vec::new();
    let part = |name: &str| top.get(name).unwrap_or(&Value::Null);

    let texts = entries(part("texts"), text_version)
        .map(ids)
        .and_then(|texts| {
            if texts.is_empty() {
                return Err(Fault::new("", "empty"));
            }
            Ok(texts)
        })
        .unwrap_or_else(|fault| {
            grave.push(fault.under("texts"));
            Vec::new()
        });
    let known: FxHashMap<&str, ()> = texts.iter().map(|(id, _)| (id.as_str(), ())).collect();
    let runs = entries(part("runs"), |key, value| {
        if !is_id(key, "r-", 8) {
            return Err(Fault::new("", "no id of the form r-00000000"));
        }
        run(value, &known)
    })
    .map(ids)
    .unwrap_or_else(|fault| {
        grave.push(fault.under("runs"));
        Vec::new()
    });
    let passes = entries(part("passes"), |_, value| pass(value, &known)).unwrap_or_else(|fault| {
        grave.push(fault.under("passes"));
        Vec::new()
    });
    let article_head = match article_head(part("article")) {
        Ok(head) => {
            if head.file.contains('/') || head.file.is_empty() {
                let message = format!("{:?} is no file name", head.file);
                told.push(Fault::new("article.file", message));
            } else if head.file != article.name() && !article.name().contains('\u{fffd}') {
                let message = format!("{:?}, but the article is {:?}", head.file, article.name());
                told.push(Fault::new("article.file", message));
            }
            if !known.contains_key(head.text.as_str()) {
                let message = format!("no text {} in this file", head.text);
                told.push(Fault::new("article.text", message));
            }
            head
        }
        Err(fault) => {
            grave.push(fault.under("article"));
            ArticleHead {
                file: article.name().to_owned(),
                media_type: article.media().media_type().to_owned(),
                bytes_sha256: hex(article.bytes_sha256()),
                text: texts
                    .last()
                    .map_or_else(|| text_id(article.text_sha256()), |(id, _)| id.clone()),
                more: Map::new(),
            }
        }
    };
    Head {
        article: article_head,
        texts,
        runs,
        passes,
        told,
        grave,
    }
}

fn ids<T>(entries: Vec<(String, T)>) -> Vec<(Id, T)> {
    entries
        .into_iter()
        .map(|(key, entry)| (Id::new(key), entry))
        .collect()
}

fn article_head(value: &Value) -> Result<ArticleHead, Fault> {
    let mut fields = Fields::of(value)?;
    Ok(ArticleHead {
        file: fields.string("file")?.to_owned(),
        media_type: fields.string("media_type")?.to_owned(),
        bytes_sha256: digest(&mut fields, "bytes_sha256")?,
        text: fields.id("text", "t-", 8)?,
        more: fields.unknown(),
    })
}

pub(in crate::store) fn text_version(key: &str, value: &Value) -> Result<TextVersion, Fault> {
    if !is_id(key, "t-", 8) {
        return Err(Fault::new("", "no id of the form t-00000000"));
    }
    let mut fields = Fields::of(value)?;
    Ok(TextVersion {
        sha256: digest(&mut fields, "sha256")?,
        length: fields.position("length")?,
        layer: fields.string("layer")?.to_owned(),
        more: fields.unknown(),
    })
}

fn run(value: &Value, texts: &FxHashMap<&str, ()>) -> Result<Run, Fault> {
    known_text(&mut Fields::of(value)?, texts)?;
    any_run(value)
}

/// A run without looking whether its text is known.
pub(in crate::store) fn any_run(value: &Value) -> Result<Run, Fault> {
    let mut fields = Fields::of(value)?;
    Ok(Run {
        text: fields.id("text", "t-", 8)?,
        tool: fields.string("tool")?.to_owned(),
        model: fields.string("model")?.to_owned(),
        at: fields.time("at")?,
        more: fields.unknown(),
    })
}

fn pass(value: &Value, texts: &FxHashMap<&str, ()>) -> Result<Pass, Fault> {
    let mut fields = Fields::of(value)?;
    let text = known_text(&mut fields, texts)?;
    pass_fields(fields, text)
}

/// A pass without looking whether its text is known.
pub(super) fn any_pass(value: &Value) -> Result<Pass, Fault> {
    let mut fields = Fields::of(value)?;
    let text = fields.id("text", "t-", 8)?;
    pass_fields(fields, text)
}

fn pass_fields(mut fields: Fields<'_>, text: Id) -> Result<Pass, Fault> {
    let finished = match fields.string("state")? {
        "finished" => true,
        "started" => false,
        other => {
            return Err(Fault::new(
                "state",
                format!("{other:?} is no state of a pass"),
            ));
        }
    };
    Ok(Pass {
        text,
        finished,
        at: fields.time("at")?,
        more: fields.unknown(),
    })
}

fn known_text(fields: &mut Fields<'_>, texts: &FxHashMap<&str, ()>) -> Result<Id, Fault> {
    let text = fields.id("text", "t-", 8)?;
    if texts.contains_key(text.as_str()) {
        Ok(text)
    } else {
        Err(Fault::new("text", format!("no text {text} in this file")))
    }
}

fn digest(fields: &mut Fields<'_>, name: &'static str) -> Result<String, Fault> {
    let text = fields.string(name)?;
    if is_digest(text) {
        Ok(text.to_owned())
    } else {
        Err(Fault::new(
            name,
            "no SHA-256 in lower-case hexadecimal digits",
        ))
    }
}
