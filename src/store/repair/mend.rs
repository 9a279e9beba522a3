//! Mends annotations and links, part by part: a fault costs the smallest part that holds it.
//!
//! A person's answer is never changed but for a place that the record itself or the article
//! shows to be wrong; an answer that cannot be read is set aside whole.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Log, head, object, span};
use crate::annotations::{Id, hex, text_id};
use crate::store::sidecar::context::Context;
use crate::store::sidecar::field::{Fault, is_id};
use crate::store::sidecar::head as read_head;
use crate::store::sidecar::record;
use crate::store::sidecar::span::LEFT;
use crate::text::Article;

/// Puts every part of a value in order. Further annotations of one id go to `second`; given
/// back are the ids whose words have to be looked for.
pub(super) fn mend(
    value: &mut Value,
    article: &Article,
    second: &mut Vec<Vec<Value>>,
    log: &mut Log,
) -> Result<Vec<Id>, String> {
    let Some(top) = value.as_object_mut() else {
        return Err("it is not a sidecar: there is no object at the top".to_owned());
    };
    if !is_ours(top) {
        return Err("it is not a sidecar, and nothing in it is an annotation".to_owned());
    }
    head::mend(top, article, log);
    let lists = ["annotations", "links"].map(|name| list(top, name, log));
    let mut mending = Mending {
        context: context(top, article),
        article,
        ids: FxHashMap::default(),
        astray: Vec::new(),
    };
    let [annotations, links] = lists;
    let mut kept: Vec<Value> = Vec::new();
    let mut layers: FxHashMap<String, usize> = FxHashMap::default();
    for (at, mut entry) in annotations.into_iter().enumerate() {
        let place = format!("annotations[{at}]");
        if let Err(why) = mending.annotation(&mut entry, &place, log) {
            log.aside(place, &why, entry);
            continue;
        }
        let id = entry["id"].as_str().unwrap_or_default().to_owned();
        let layer = layers.entry(id.clone()).or_insert(0);
        *layer += 1;
        match *layer {
            1 => kept.push(entry),
            nth => {
                log.say(
                    place,
                    format!("a second annotation with the id {id}: joined with the first"),
                );
                second.resize(second.len().max(nth - 1), Vec::new());
                second[nth - 2].push(entry);
            }
        }
    }
    let known: FxHashSet<String> = layers.into_keys().collect();
    let mut kept_links: Vec<Value> = Vec::new();
    let mut seen = FxHashSet::default();
    for (at, mut entry) in links.into_iter().enumerate() {
        let place = format!("links[{at}]");
        let mended = mending.link(&mut entry, &known, &place, log);
        match mended {
            Ok(()) if seen.insert(entry["id"].clone()) => kept_links.push(entry),
            Ok(()) if kept_links.contains(&entry) => {
                log.say(place, "the same link twice: one stays")
            }
            Ok(()) => log.aside(place, "a second link with this id", entry),
            Err(why) => log.aside(place, &why, entry),
        }
    }
    top.insert("annotations".to_owned(), Value::Array(kept));
    top.insert("links".to_owned(), Value::Array(kept_links));
    Ok(mending.astray)
}

/// Whether the file is, or was, a sidecar.
fn is_ours(top: &Map<String, Value>) -> bool {
    let named = top.get("format").and_then(Value::as_str) == Some(super::sidecar::FORMAT);
    let mut lists = top.values().filter_map(Value::as_array);
    named
        || lists.any(|list| {
            list.iter()
                .any(|entry| record::annotation(entry, None).is_ok())
        })
}

/// A list of records taken out of the top; one whose name is damaged is known by what is
/// in it.
fn list(top: &mut Map<String, Value>, name: &str, log: &mut Log) -> Vec<Value> {
    let reads = |entry: &Value| match name {
        "links" => record::link(entry, None).is_ok(),
        _ => record::annotation(entry, None).is_ok(),
    };
    found(top, name, "", log, |value| {
        value.as_array().is_some_and(|list| list.iter().any(reads))
    });
    match top.shift_remove(name) {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => {
            log.say(name, "missing: an empty list is put in");
            Vec::new()
        }
        Some(other) => {
            log.aside(name, "not a list", other);
            Vec::new()
        }
    }
}

/// Gives a missing part back its name, if exactly one part of another name can be nothing
/// else.
fn found(
    map: &mut Map<String, Value>,
    name: &str,
    place: &str,
    log: &mut Log,
    is_it: impl Fn(&Value) -> bool,
) {
    let known = [
        "annotations",
        "links",
        "suggestions",
        "reviews",
        "evidence",
        "adjudication",
    ];
    if map.contains_key(name) {
        return;
    }
    let mut fits = map
        .iter()
        .filter(|(key, value)| !known.contains(&key.as_str()) && is_it(value));
    if let (Some((key, _)), None) = (fits.next(), fits.next()) {
        let key = key.clone();
        if let Some(value) = map.shift_remove(&key) {
            log.say(
                format!("{place}{key}"),
                format!("can only be {name}, and is called so now"),
            );
            map.insert(name.to_owned(), value);
        }
    }
}

/// What records are checked against, from a head in order.
fn context<'a>(top: &Map<String, Value>, article: &'a Article) -> Context<'a> {
    let head = read_head::head(top, article);
    let current = text_id(article.text_sha256());
    let whole = head
        .texts
        .iter()
        .any(|(id, text)| *id == current && text.sha256 == hex(article.text_sha256()));
    Context::of(&head, article, if whole { current } else { Id::new("") })
}

struct Mending<'a> {
    context: Context<'a>,
    article: &'a Article,
    /// Ids that were damaged, as they stood, and what stands for them.
    ids: FxHashMap<String, String>,
    astray: Vec<Id>,
}

impl Mending<'_> {
    /// Mends an annotation, or says why it cannot be one.
    fn annotation(&mut self, value: &mut Value, place: &str, log: &mut Log) -> Result<(), String> {
        if whole(&self.context, |context| {
            record::annotation(value, Some(context))
        })
        .is_ok()
        {
            return Ok(());
        }
        let digest = hex(&Sha256::digest(value.to_string()));
        let Some(entry) = value.as_object_mut() else {
            return Err("not an object".to_owned());
        };
        let under = format!("{place}.");
        let old = entry.get("id").cloned().unwrap_or_default();
        if !old.as_str().is_some_and(|id| is_id(id, "a-", 12)) {
            let id = format!("a-{}", &digest[..12]);
            log.say(
                format!("{under}id"),
                format!("{old} is no id: it is {id} now"),
            );
            if let Some(old) = old.as_str() {
                self.ids.insert(old.to_owned(), id.clone());
            }
            entry.insert("id".to_owned(), json!(id));
        }
        let context = &self.context;
        let is_review = |value: &Value| record::review(value, Some(context), true).is_ok();
        let is_suggestion = |value: &Value| record::suggestion(value).is_ok();
        let all = |value: &Value, is: &dyn Fn(&Value) -> bool| {
            value
                .as_object()
                .is_some_and(|map| !map.is_empty() && map.values().all(is))
        };
        found(entry, "reviews", &under, log, |value| {
            all(value, &is_review)
        });
        found(entry, "suggestions", &under, log, |value| {
            all(value, &is_suggestion)
        });
        found(entry, "target", &under, log, |value| {
            record::target(value, Some(context)).is_ok()
        });
        object(entry, "reviews", &under, log);
        object(entry, "suggestions", &under, log);
        kind(entry, &under, log)?;
        if !entry.get("status").is_some_and(Value::is_string) {
            log.say(
                format!("{under}status"),
                "missing or damaged: computed from the answers",
            );
            entry.insert("status".to_owned(), json!("undecided"));
        }
        let astray = span::target(entry, context, place, log)
            .ok_or("there is no place for it in the text")?;
        let target = entry["target"].clone();
        self.suggestions(entry, &target, &under, log);
        let reviews = object(entry, "reviews", &under, log);
        self.reviews(reviews, Some(&target), &format!("{under}reviews"), log);
        if let Some(evidence) = entry.get_mut("evidence").and_then(Value::as_object_mut) {
            part(evidence, &format!("{under}evidence"), log, |key, value| {
                if !is_id(key, "e-", 8) {
                    return Err(Fault::new("", "no id of a piece of evidence"));
                }
                record::evidence_entry(value).map(drop)
            });
        }
        let id = Id::new(entry["id"].as_str().unwrap_or_default());
        let optional = ["attributes", "evidence", "conflicts", "adjudication"];
        let read =
            |value: &Value| whole(context, |context| record::annotation(value, Some(context)));
        without(value, place, &optional, log, read).map_err(|fault| fault.to_string())?;
        if astray {
            self.astray.push(id);
        }
        Ok(())
    }

    fn suggestions(
        &self,
        entry: &mut Map<String, Value>,
        target: &Value,
        under: &str,
        log: &mut Log,
    ) {
        let context = &self.context;
        // A suggestion is checked as part of a record that holds nothing else.
        let bare = |run: &str, value: &Value| {
            let record = json!({"id": "a-000000000000", "kind": "claim", "status": "undecided",
                "target": {"start": 0, "end": 1, "exact": "x", "prefix": "", "suffix": "", "anchor": "lost"},
                "suggestions": {run: value}, "reviews": {}});
            whole(context, |context| {
                record::annotation(&record, Some(context))
            })
            .map_err(|fault| {
                let path = fault
                    .path
                    .strip_prefix("suggestions.")
                    .unwrap_or(&fault.path);
                let path = path
                    .strip_prefix(run)
                    .unwrap_or(path)
                    .trim_start_matches('.');
                Fault::new(path, fault.message)
            })
        };
        let optional = [
            "score",
            "checkable",
            "priority",
            "cue",
            "kinds",
            "voice",
            "why",
        ];
        let suggestions = object(entry, "suggestions", under, log);
        for (run, mut value) in std::mem::take(suggestions) {
            let place = format!("{under}suggestions.{run}");
            let read = |value: &Value| bare(&run, value);
            let mut kept = without(&mut value, &place, &optional, log, read);
            if kept.is_err()
                && span::settle(&mut value, target, self.article, |value| {
                    read(value).is_ok()
                })
            {
                log.say(&place, "its place is put right by its words");
                kept = Ok(());
            }
            match kept {
                Ok(()) => {
                    suggestions.insert(run, value);
                }
                Err(fault) => log.aside(place, &fault.to_string(), value),
            }
        }
    }

    fn reviews(
        &self,
        reviews: &mut Map<String, Value>,
        target: Option<&Value>,
        place: &str,
        log: &mut Log,
    ) {
        let read = |value: &Value| {
            whole(&self.context, |context| {
                record::review(value, Some(context), target.is_some())
            })
        };
        for (reviewer, mut value) in std::mem::take(reviews) {
            let place = format!("{place}.{reviewer}");
            let optional = ["kinds", "verdict", "note", "seconds", "tool"];
            let mut kept = without(&mut value, &place, &optional, log, read);
            if kept.is_err()
                && target.is_some_and(|target| {
                    span::settle(&mut value, target, self.article, |value| {
                        read(value).is_ok()
                    })
                })
            {
                log.say(&place, "its place is put right by its words");
                kept = Ok(());
            }
            match kept {
                Ok(()) => {
                    reviews.insert(reviewer, value);
                }
                Err(fault) => log.aside(place, &fault.to_string(), value),
            }
        }
    }

    /// Mends a link, or says why it cannot be one.
    fn link(
        &self,
        value: &mut Value,
        known: &FxHashSet<String>,
        place: &str,
        log: &mut Log,
    ) -> Result<(), String> {
        let under = format!("{place}.");
        let entry = value.as_object_mut().ok_or("not an object")?;
        for name in ["from", "to"] {
            let end = entry.get(name).and_then(Value::as_str).unwrap_or_default();
            let end = self.ids.get(end).map_or(end, String::as_str).to_owned();
            if !known.contains(&end) {
                return Err(format!("{name}: no annotation {end:?}"));
            }
            entry.insert(name.to_owned(), json!(end));
        }
        let text = |name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(kind), Some(from), Some(to)) = (text("type"), text("from"), text("to")) else {
            return Err("type: missing or not a string".to_owned());
        };
        if !text("id").is_some_and(|id| is_id(&id, "l-", 12)) {
            let digest = hex(&Sha256::digest(format!("{kind}\n{from}\n{to}")));
            log.say(
                format!("{under}id"),
                "damaged: derived again from type and ends",
            );
            entry.insert("id".to_owned(), json!(format!("l-{}", &digest[..12])));
        }
        if !text_is(entry, "status") {
            log.say(
                format!("{under}status"),
                "missing or damaged: computed from the answers",
            );
            entry.insert("status".to_owned(), json!("undecided"));
        }
        object(entry, "suggestions", &under, log);
        let reviews = object(entry, "reviews", &under, log);
        self.reviews(reviews, None, &format!("{under}reviews"), log);
        let read = record::link(value, Some(&self.context));
        read.map(drop).map_err(|fault| fault.to_string())
    }
}

/// Whether a part reads, and its words are in the text it speaks of.
fn whole<T>(
    context: &Context<'_>,
    read: impl FnOnce(&Context<'_>) -> Result<T, Fault>,
) -> Result<(), Fault> {
    let before = context.told.borrow().len();
    read(context)?;
    let told = context.told.borrow_mut().split_off(before);
    match told.into_iter().find(|fault| fault.message.ends_with(LEFT)) {
        Some(fault) => Err(fault),
        None => Ok(()),
    }
}

fn text_is(entry: &Map<String, Value>, name: &str) -> bool {
    entry.get(name).is_some_and(Value::is_string)
}

/// The kind of a record, which its answers and suggestions know as well.
fn kind(entry: &mut Map<String, Value>, under: &str, log: &mut Log) -> Result<(), String> {
    if text_is(entry, "kind") {
        return Ok(());
    }
    let entries = ["reviews", "suggestions"].map(|name| entry[name].as_object());
    let kinds: FxHashSet<&str> = entries
        .into_iter()
        .flatten()
        .flat_map(Map::values)
        .filter_map(|value| value.get("kind")?.as_str())
        .collect();
    let mut kinds = kinds.into_iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else {
        return Err("kind: missing, and nothing tells which".to_owned());
    };
    log.say(
        format!("{under}kind"),
        format!("damaged: {kind:?}, as its answers and suggestions say"),
    );
    let kind = json!(kind);
    entry.insert("kind".to_owned(), kind);
    Ok(())
}

/// Sets single fields aside until the entry reads, or gives the fault that no field explains.
fn without(
    entry: &mut Value,
    place: &str,
    optional: &[&str],
    log: &mut Log,
    read: impl Fn(&Value) -> Result<(), Fault>,
) -> Result<(), Fault> {
    loop {
        let Err(fault) = read(entry) else {
            return Ok(());
        };
        let field = fault
            .path
            .split(['.', '['])
            .next()
            .unwrap_or_default()
            .to_owned();
        let removed = match entry.as_object_mut() {
            Some(map) if optional.contains(&field.as_str()) => map.shift_remove(&field),
            _ => None,
        };
        match removed {
            Some(value) => log.aside(format!("{place}.{field}"), &fault.message, value),
            None => return Err(fault),
        }
    }
}

/// Sets the entries of a map aside that `read` refuses.
fn part(
    map: &mut Map<String, Value>,
    place: &str,
    log: &mut Log,
    read: impl Fn(&str, &Value) -> Result<(), Fault>,
) {
    for (key, mut value) in std::mem::take(map) {
        let place = format!("{place}.{key}");
        let optional = ["quote", "archive", "note", "url", "document"];
        match without(&mut value, &place, &optional, log, |value| {
            read(&key, value)
        }) {
            Ok(()) => {
                map.insert(key, value);
            }
            Err(fault) => log.aside(place, &fault.to_string(), value),
        }
    }
}
