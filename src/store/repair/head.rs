//! Mends the head of a sidecar: article, texts, runs and passes.
//!
//! What the article at hand says itself is put in from there; a damaged entry of another
//! text or run is set aside, and what leans on it with it.

use serde_json::{Map, Value, json};

use super::{Log, object};
use crate::annotations::{TextVersion, hex, text_id};
use crate::store::sidecar::field::{is_digest, is_id};
use crate::store::sidecar::{FORMAT, VERSION, form, head};
use crate::text::Article;

/// Puts the head in order.
pub(super) fn mend(top: &mut Map<String, Value>, article: &Article, log: &mut Log) {
    for (name, right) in [
        ("format", Value::from(FORMAT)),
        ("version", Value::from(VERSION)),
    ] {
        if top.get(name) != Some(&right) {
            log.say(name, format!("missing or damaged: {right} is put in"));
            top.insert(name.to_owned(), right);
        }
    }
    let current = text_id(article.text_sha256());
    let texts = object(top, "texts", "", log);
    keep(texts, "texts", log, |key, value| {
        head::text_version(key, value)
            .map(drop)
            .map_err(|fault| fault.to_string())
    });
    let told_text = top
        .get("article")
        .and_then(|head| head.get("text"))
        .and_then(Value::as_str);
    let told_text = told_text.map(str::to_owned);
    let texts = object(top, "texts", "", log);
    // Without its own text's entry a file means nothing; with it, words decide every place.
    let known = told_text.filter(|text| texts.contains_key(text));
    let text = match known {
        Some(text) => text,
        None => {
            if !texts.contains_key(current.as_str()) {
                let entry = form::text_version(&TextVersion::of(article));
                texts.insert(current.as_str().to_owned(), Value::Object(entry));
                log.say(
                    "texts",
                    format!("the entry of the article's text, {current}, is put in"),
                );
            }
            current.as_str().to_owned()
        }
    };
    let runs = object(top, "runs", "", log);
    keep(runs, "runs", log, |key, value| {
        if !is_id(key, "r-", 8) {
            return Err("no id of a run".to_owned());
        }
        head::run(value)
            .map(drop)
            .map_err(|fault| fault.to_string())
    });
    let passes = object(top, "passes", "", log);
    keep(passes, "passes", log, |_, value| {
        head::pass(value)
            .map(drop)
            .map_err(|fault| fault.to_string())
    });
    article_head(object(top, "article", "", log), article, &text, log);
}

/// The article's entry: every damaged field is the article's own.
fn article_head(fields: &mut Map<String, Value>, article: &Article, text: &str, log: &mut Log) {
    let digest = hex(article.bytes_sha256());
    let name = article.name();
    // A name that is not UTF-8 cannot stand in the file as it is.
    let any_name = name.contains('\u{fffd}');
    let right = [
        ("file", name.to_owned()),
        ("media_type", article.media().media_type().to_owned()),
        ("bytes_sha256", digest),
        ("text", text.to_owned()),
    ];
    for (field, right) in right {
        let old = fields.get(field).and_then(Value::as_str);
        let fits = old.is_some_and(|old| match field {
            "file" => any_name || old == right,
            "bytes_sha256" => is_digest(old),
            "text" => old == right,
            _ => true,
        });
        if !fits {
            let old = old.map_or("missing or of a wrong type".to_owned(), |old| {
                format!("{old:?}")
            });
            log.say(
                format!("article.{field}"),
                format!("{old}: {right:?} is put in"),
            );
            fields.insert(field.to_owned(), json!(right));
        }
    }
}

/// Sets the entries aside that `read` refuses.
fn keep(
    map: &mut Map<String, Value>,
    place: &str,
    log: &mut Log,
    read: impl Fn(&str, &Value) -> Result<(), String>,
) {
    let faulty: Vec<(String, String)> = map
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), read(key, value).err()?)))
        .collect();
    for (key, why) in faulty {
        if let Some(value) = map.shift_remove(&key) {
            log.aside(format!("{place}.{key}"), &why, value);
        }
    }
}
