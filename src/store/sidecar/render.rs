//! A document as the bytes of its sidecar: one merge unit a line.
//!
//! What changed is written in the schema's order; a line whose content is what was read
//! keeps its own order of keys, so that saving an unchanged document gives the same bytes.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use super::page::Page;
use super::span::without_bad_gaps;
use super::{FORMAT, SET_ASIDE, VERSION, form, record};
use crate::annotations::{
    Anchor, Annotation, Document, Link, Parts, Pass, Review, SetAside, Target,
};

/// The bytes of the sidecar of `document`; `previous` is the file as it was read, if any.
pub fn render(document: &Document, previous: Option<&Value>) -> String {
    let parts = document.sorted();
    let before = Before::of(previous);
    let mut page = Page::default();
    page.open("{");
    page.key("format");
    page.inline(&Value::from(FORMAT));
    page.key("version");
    page.inline(&Value::from(VERSION));
    page.key("article");
    page.spread(&form::head(&parts.article));
    page.key("texts");
    page.spread(&before.keep(
        "texts",
        form::map_of(&parts.texts, |id| id.as_str(), form::text_version),
    ));
    page.key("runs");
    page.spread(&before.keep(
        "runs",
        form::map_of(&parts.runs, |id| id.as_str(), form::run),
    ));
    page.key("passes");
    page.spread(&before.keep("passes", before.passes(&parts.passes)));

    let (aside, twins) = aside(&parts);
    let aside = |list: &'static str| {
        let records = aside.iter().filter(move |aside| aside.list == list);
        records.map(|aside| &aside.record)
    };
    page.key("annotations");
    page.open("[");
    for annotation in &parts.annotations {
        let old = before.annotations.get(annotation.id.as_str()).copied();
        page.item();
        page.record(&keep_annotation(annotation, old));
    }
    for record in aside("annotations") {
        page.item();
        page.any_record(record);
    }
    page.close("]");
    page.key("links");
    page.open("[");
    for link in &parts.links {
        let old = before.links.get(link.id.as_str()).copied();
        page.item();
        page.record(&keep_link(link, old));
    }
    for record in aside("links") {
        page.item();
        page.any_record(record);
    }
    page.close("]");
    let mut unknown = parts.unknown.clone();
    if !twins.is_empty() {
        let list = unknown
            .entry(SET_ASIDE)
            .or_insert_with(|| Value::Array(Vec::new()));
        match list.as_array_mut() {
            Some(list) => list.extend(twins),
            None => *list = [vec![list.clone()], twins].concat().into(),
        }
    }
    for (name, value) in &unknown {
        page.key(name);
        page.inline(value);
    }
    page.close("}");
    page.text.push('\n');
    page.text
}

/// Records set aside that go back to their list, and those that cannot: an id is never saved
/// twice, so a record whose id another one has goes where repaired copies keep what they cannot
/// use.
fn aside(parts: &Parts) -> (Vec<&SetAside>, Vec<Value>) {
    if parts.aside.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let annotations = parts.annotations.iter().map(|a| a.id.as_str());
    let mut ids: FxHashSet<&str> = annotations
        .chain(parts.links.iter().map(|link| link.id.as_str()))
        .collect();
    let (mut back, mut twins) = (Vec::new(), Vec::new());
    for aside in &parts.aside {
        let id = aside.record.get("id").and_then(Value::as_str);
        match id {
            Some(id) if !ids.insert(id) => twins.push(json!({
                "place": aside.list,
                "why": aside.reason,
                "record": aside.record,
            })),
            _ => back.push(aside),
        }
    }
    (back, twins)
}

/// The file as it was read, by id.
#[derive(Default)]
struct Before<'a> {
    top: Option<&'a Map<String, Value>>,
    annotations: FxHashMap<&'a str, &'a Map<String, Value>>,
    links: FxHashMap<&'a str, &'a Map<String, Value>>,
}

impl<'a> Before<'a> {
    fn of(previous: Option<&'a Value>) -> Before<'a> {
        let Some(top) = previous.and_then(Value::as_object) else {
            return Before::default();
        };
        let by_id = |list: &str| {
            let mut records = FxHashMap::default();
            for item in top
                .get(list)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                if let Some(record) = item.as_object()
                    && let Some(id) = record.get("id").and_then(Value::as_str)
                {
                    records.entry(id).or_insert(record);
                }
            }
            records
        };
        Before {
            top: Some(top),
            annotations: by_id("annotations"),
            links: by_id("links"),
        }
    }

    /// The passes worth a line: those that say something, each new one at its place in the
    /// alphabet. Two people who began to read the same article have nothing to merge here.
    fn passes(&self, passes: &[(String, Pass)]) -> Map<String, Value> {
        let old = self
            .top
            .and_then(|top| top.get("passes"))
            .and_then(Value::as_object);
        let is_old = |name: &str| old.is_some_and(|old| old.contains_key(name));
        let says_something =
            |(name, pass): &&(String, Pass)| pass.finished || !pass.more.is_empty() || is_old(name);
        let mut new: Vec<&(String, Pass)> = passes
            .iter()
            .filter(says_something)
            .filter(|(name, _)| !is_old(name))
            .collect();
        new.sort_by(|a, b| a.0.cmp(&b.0));
        let mut new = new.into_iter().peekable();
        let mut map = Map::new();
        let by_name: FxHashMap<&String, &Pass> =
            passes.iter().map(|(name, pass)| (name, pass)).collect();
        for name in old.into_iter().flat_map(Map::keys) {
            let Some(pass) = by_name.get(name) else {
                continue;
            };
            while let Some((new, pass)) = new.next_if(|(new, _)| new < name) {
                map.insert(new.clone(), form::pass(pass).into());
            }
            map.insert(name.clone(), form::pass(pass).into());
        }
        map.extend(new.map(|(name, pass)| (name.clone(), form::pass(pass).into())));
        map
    }

    /// The entries of a top-level map, unchanged ones as they were read.
    fn keep(&self, name: &str, mut new: Map<String, Value>) -> Map<String, Value> {
        let old = self
            .top
            .and_then(|top| top.get(name))
            .and_then(Value::as_object);
        keep_equal(&mut new, old);
        new
    }
}

/// Puts entries back as they were read where they say the same.
fn keep_equal(new: &mut Map<String, Value>, old: Option<&Map<String, Value>>) {
    let Some(old) = old else { return };
    for (key, value) in new.iter_mut() {
        if let Some(old) = old.get(key)
            && old == value
        {
            *value = old.clone();
        }
    }
}

/// Puts entries back as they were read where `same` finds the same record in them.
fn keep_where(
    form: &mut Map<String, Value>,
    name: &str,
    old: &Map<String, Value>,
    same: impl Fn(&str, &Value) -> bool,
) {
    let old = old.get(name).and_then(Value::as_object);
    let new = form.get_mut(name).and_then(Value::as_object_mut);
    let (Some(old), Some(new)) = (old, new) else {
        return;
    };
    for (key, value) in new.iter_mut() {
        if let Some(old) = old.get(key)
            && same(key, old)
        {
            *value = old.clone();
        }
    }
}

fn keep_annotation(
    annotation: &Annotation,
    old: Option<&Map<String, Value>>,
) -> Map<String, Value> {
    let mut form = form::annotation(annotation);
    let Some(old) = old else { return form };
    if let Some(target) = old.get("target") {
        let readable = without_bad_gaps(target);
        let read = record::target(&*readable, None);
        if read.is_ok_and(|read| same_target(&read, &annotation.target)) {
            form.insert("target".to_owned(), target.clone());
        } else if annotation.target.anchor == Anchor::Check
            && let (Cow::Owned(_), Some(new)) = (readable, form.get_mut("target"))
        {
            keep_gaps(new, target);
        }
    }
    keep_where(&mut form, "suggestions", old, |run, value| {
        let now = annotation
            .suggestions
            .iter()
            .find(|(id, _)| id.as_str() == run);
        now.is_some_and(|(_, now)| {
            record::suggestion(&*without_bad_gaps(value)).is_ok_and(|old| old == *now)
        })
    });
    keep_where(&mut form, "reviews", old, |reviewer, value| {
        let now = annotation.review_of(reviewer);
        now.is_some_and(|now| same_review(value, now, true))
    });
    keep_where(&mut form, "evidence", old, |id, value| {
        let now = annotation
            .evidence
            .iter()
            .find(|(known, _)| known.as_str() == id);
        now.is_some_and(|(_, now)| record::evidence_entry(value).is_ok_and(|old| old == *now))
    });
    if let (Some(now), Some(value)) = (&annotation.adjudication, old.get("adjudication"))
        && same_review(value, now, true)
    {
        form.insert("adjudication".to_owned(), value.clone());
    }
    keep_empty(
        form,
        old,
        &["attributes", "evidence", "conflicts"],
        &ANNOTATION_FIELDS,
    )
}

/// An empty map that was written out stays written out, at its place in the order.
fn keep_empty(
    form: Map<String, Value>,
    old: &Map<String, Value>,
    names: &[&str],
    order: &[&str],
) -> Map<String, Value> {
    let missing = |name: &&str| old.contains_key(*name) && !form.contains_key(*name);
    if !names.iter().any(missing) {
        return form;
    }
    let mut whole = Map::new();
    for &name in order {
        if let Some(value) = form.get(name) {
            whole.insert(name.to_owned(), value.clone());
        } else if names.contains(&name) && old.contains_key(name) {
            whole.insert(name.to_owned(), Value::Object(Map::new()));
        }
    }
    for (name, value) in form {
        whole.entry(name).or_insert(value);
    }
    whole
}

/// Fields of an annotation in the schema's order.
const ANNOTATION_FIELDS: [&str; 10] = [
    "id",
    "kind",
    "status",
    "target",
    "attributes",
    "suggestions",
    "reviews",
    "adjudication",
    "evidence",
    "conflicts",
];

/// Fields of a link in the schema's order.
const LINK_FIELDS: [&str; 8] = [
    "id",
    "type",
    "from",
    "to",
    "status",
    "suggestions",
    "reviews",
    "conflicts",
];

fn same_target(a: &Target, b: &Target) -> bool {
    a.quote == b.quote && a.prefix == b.prefix && a.suffix == b.suffix && a.anchor == b.anchor
}

/// Whether an answer as it was read is this one; gaps that could not be read are no part of it.
fn same_review(value: &Value, now: &Review, of_annotation: bool) -> bool {
    let read = record::review(&*without_bad_gaps(value), None, of_annotation);
    read.is_ok_and(|read| read == *now)
}

/// Writes gaps that could not be read back to the same words, as long as nobody has looked.
fn keep_gaps(new: &mut Value, old: &Value) {
    let (Some(map), Some(gaps)) = (new.as_object_mut(), old.get("gaps")) else {
        return;
    };
    if map.contains_key("gaps") || map.get("exact") != old.get("exact") {
        return;
    }
    let mut whole = Map::new();
    for (name, value) in std::mem::take(map) {
        let is_last = name == "exact";
        whole.insert(name, value);
        if is_last {
            whole.insert("gaps".to_owned(), gaps.clone());
        }
    }
    *map = whole;
}

fn keep_link(link: &Link, old: Option<&Map<String, Value>>) -> Map<String, Value> {
    let mut form = form::link(link);
    let Some(old) = old else { return form };
    keep_where(&mut form, "reviews", old, |reviewer, value| {
        let now = link.review_of(reviewer);
        now.is_some_and(|now| same_review(value, now, false))
    });
    keep_empty(form, old, &["conflicts"], &LINK_FIELDS)
}
