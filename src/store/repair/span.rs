//! Spans that do not hold: put right from another place of the same record that says the
//! same, never from likeness.

use serde_json::{Map, Value, json};

use super::Log;
use crate::annotations::{Anchor, Target};
use crate::store::sidecar::context::Context;
use crate::store::sidecar::field::Fault;
use crate::store::sidecar::record;
use crate::text::Article;

/// The fields of a span.
pub(super) const SPAN: [&str; 4] = ["start", "end", "exact", "gaps"];

/// Whether the target of a record holds; it is put right where the record itself says how.
/// `None`: there is no target to be had. `Some(true)`: its words have to be looked for.
pub(super) fn target(
    entry: &mut Map<String, Value>,
    context: &Context<'_>,
    place: &str,
    log: &mut Log,
) -> Option<bool> {
    let siblings = siblings(entry, context);
    let target = entry.entry("target").or_insert(Value::Null);
    let Err(fault) = read(target, context) else {
        return Some(false);
    };
    let place = format!("{place}.target");
    let old = target.as_object().cloned().unwrap_or_default();
    let agrees = |(_, sibling): &&(bool, Map<String, Value>)| {
        sibling.get("exact") == old.get("exact")
            || ["start", "end"]
                .iter()
                .all(|name| sibling.get(*name) == old.get(*name))
    };
    let exact = old
        .get("exact")
        .and_then(Value::as_str)
        .filter(|exact| !exact.is_empty());
    let mut new = old.clone();
    for name in ["prefix", "suffix"] {
        if !new.get(name).is_some_and(Value::is_string) {
            new.insert(name.to_owned(), json!(""));
        }
    }
    new.insert("anchor".to_owned(), json!("check"));
    let twin = siblings.iter().find(agrees);
    if let Some((is_answer, span)) = twin.or(siblings.first().filter(|_| exact.is_none())) {
        // A person said that these are the words, and they stand there.
        if *is_answer {
            new.insert("anchor".to_owned(), json!("ok"));
        }
        for name in SPAN {
            new.shift_remove(name);
            if let Some(value) = span.get(name) {
                new.insert(name.to_owned(), value.clone());
            }
        }
        log.say(
            &place,
            format!("{fault}: its place is taken from an answer or suggestion of it"),
        );
        *target = Value::Object(new);
        return read(target, context).is_ok().then_some(false);
    }
    let exact = exact?.to_owned();
    let length = exact.chars().count() as u64;
    let start = old
        .get("start")
        .and_then(Value::as_u64)
        .filter(|start| *start < 1 << 31);
    let start = start.unwrap_or(0);
    new.insert("start".to_owned(), json!(start));
    new.insert("end".to_owned(), json!(start + length));
    new.shift_remove("gaps");
    if let Some(gaps) = old.get("gaps") {
        new.insert("gaps".to_owned(), gaps.clone());
        if record::target(&Value::Object(new.clone()), None).is_err() {
            new.shift_remove("gaps");
            log.aside(
                format!("{place}.gaps"),
                "not gaps of this span",
                gaps.clone(),
            );
        }
    }
    new.insert("anchor".to_owned(), json!("lost"));
    log.say(&place, format!("{fault}: looked for by its words"));
    *target = Value::Object(new);
    read(target, context).is_ok().then_some(true)
}

/// Reads a target; gaps and a word for its state that cannot be are faults here.
fn read(target: &Value, context: &Context<'_>) -> Result<Target, Fault> {
    let before = context.told.borrow().len();
    let read = record::target(target, Some(context));
    let told = context.told.borrow_mut().split_off(before);
    let mut told = told.into_iter();
    let fault = told.find(|fault| ["gaps", "anchor"].contains(&&*fault.path));
    match fault {
        Some(fault) => Err(fault),
        None => read,
    }
}

/// Spans of answers and suggestions that hold in the target's text, answers first, and whether
/// it is an answer.
fn siblings(entry: &Map<String, Value>, context: &Context<'_>) -> Vec<(bool, Map<String, Value>)> {
    let mut spans = Vec::new();
    for (name, is_review) in [("reviews", true), ("suggestions", false)] {
        let Some(entries) = entry.get(name).and_then(Value::as_object) else {
            continue;
        };
        for (key, value) in entries {
            let text = match is_review {
                true => value.get("text").and_then(Value::as_str),
                false => context
                    .runs
                    .get(&crate::annotations::Id::new(key.as_str()))
                    .map(|id| id.as_str()),
            };
            let mut probe = span_of(value);
            probe.extend(
                [("prefix", ""), ("suffix", ""), ("anchor", "ok")]
                    .map(|(k, v)| (k.to_owned(), json!(v))),
            );
            let probe = read(&Value::Object(probe), context);
            let holds = probe.is_ok_and(|target| target.anchor == Anchor::Ok);
            if holds && text == Some(context.target_text.as_str()) {
                spans.push((is_review, span_of(value)));
            }
        }
    }
    spans
}

fn span_of(value: &Value) -> Map<String, Value> {
    let field = |name: &&str| Some(((*name).to_owned(), value.get(*name)?.clone()));
    SPAN.iter().filter_map(field).collect()
}

/// Puts the span of an answer or suggestion right: the target's, where it means the same
/// words or the same place, or the one place in the article where its words stand.
pub(super) fn settle(
    entry: &mut Value,
    target: &Value,
    article: &Article,
    read: impl Fn(&Value) -> bool,
) -> bool {
    let Some(fields) = entry.as_object() else {
        return false;
    };
    let same = |names: &[&str]| {
        let both =
            |name: &&str| fields.contains_key(*name) && fields.get(*name) == target.get(*name);
        names.iter().all(both)
    };
    let mut tries = Vec::new();
    if same(&["exact"]) || same(&["start", "end"]) {
        tries.push(span_of(target));
    }
    if let Some(exact) = fields.get("exact").and_then(Value::as_str)
        && let Some(at) = only_place(article.text(), exact)
    {
        let start = article.offsets().point_of(article.text(), at);
        let mut span = span_of(entry);
        span.insert("start".to_owned(), json!(start));
        span.insert("end".to_owned(), json!(start + exact.chars().count()));
        tries.push(span);
    }
    for span in tries {
        let mut new = fields.clone();
        new.retain(|name, _| name != "gaps");
        new.extend(span);
        let new = Value::Object(new);
        if read(&new) {
            *entry = new;
            return true;
        }
    }
    false
}

/// Where the words stand, if they stand in one place only.
fn only_place(text: &str, words: &str) -> Option<usize> {
    let first = text.find(words).filter(|_| !words.is_empty())?;
    (text.rfind(words) == Some(first)).then_some(first)
}
