//! What two sides come from, where one of them wrote the file in between.
//!
//! A desk that has saved compares with what it wrote. But the file found later need not descend
//! from that: a sync client puts another machine's file in its place, made without ours. Then
//! every decision of ours would look as if the other side had taken it back or changed it. So
//! each slot is looked at by itself: where the file found says what we wrote, that is the common
//! ground; where it says something else, what was there before we wrote anything is.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::super::{Annotation, Document, Id, Link, Parts};
use super::record::same_place;

/// The base of a merge with `theirs`, slot by slot: `written` where they say the same, else
/// `outside`, the last version that others wrote, if there is one.
pub fn common_ground(
    outside: Option<&Document>,
    written: &Document,
    theirs: &Document,
) -> Document {
    let before = outside.map(Document::parts);
    let (ours, found) = (written.parts(), theirs.parts());
    let mut head = ours.article.clone();
    head.more = fields(
        before.map(|parts| &parts.article.more),
        &ours.article.more,
        &found.article.more,
    );
    let records = |list: &'_ [Annotation]| list.iter().map(|a| a.id.clone()).collect::<Vec<_>>();
    let annotations = ids(
        records(written.annotations()),
        outside.map(|outside| records(outside.annotations())),
    );
    let ends = |list: &'_ [Link]| list.iter().map(|link| link.id.clone()).collect::<Vec<_>>();
    let links = ids(
        ends(written.links()),
        outside.map(|outside| ends(outside.links())),
    );
    Document::from_parts(Parts {
        article: head,
        texts: ours.texts.clone(),
        runs: ours.runs.clone(),
        passes: map(
            before.map_or(&[], |parts| &parts.passes),
            &ours.passes,
            &found.passes,
        ),
        annotations: annotations
            .iter()
            .filter_map(|id| {
                annotation(
                    outside.and_then(|outside| outside.annotation(id)),
                    written.annotation(id),
                    theirs.annotation(id),
                )
            })
            .collect(),
        links: links
            .iter()
            .filter_map(|id| {
                link(
                    outside.and_then(|outside| outside.link(id)),
                    written.link(id),
                    theirs.link(id),
                )
            })
            .collect(),
        aside: match before {
            _ if ours.aside == found.aside => ours.aside.clone(),
            Some(before) => before.aside.clone(),
            None => Vec::new(),
        },
        unknown: fields(
            before.map(|parts| &parts.unknown),
            &ours.unknown,
            &found.unknown,
        ),
    })
}

/// Ids of records, each once.
fn ids(mut written: Vec<Id>, outside: Option<Vec<Id>>) -> Vec<Id> {
    let known: rustc_hash::FxHashSet<Id> = written.iter().cloned().collect();
    let more = outside.into_iter().flatten();
    written.extend(more.filter(|id| !known.contains(id)));
    written
}

fn annotation(
    outside: Option<&Annotation>,
    written: Option<&Annotation>,
    theirs: Option<&Annotation>,
) -> Option<Annotation> {
    let (Some(written), Some(theirs)) = (written, theirs) else {
        return outside.cloned();
    };
    let slots = |part: fn(&Annotation) -> &Map<String, Value>| {
        fields(outside.map(part), part(written), part(theirs))
    };
    let before = outside.unwrap_or(written);
    Some(Annotation {
        target: match same_place(&written.target, &theirs.target) {
            true => written.target.clone(),
            false => before.target.clone(),
        },
        attributes: slots(|a| &a.attributes),
        suggestions: written.suggestions.clone(),
        reviews: map(
            outside.map_or(&[], |a| &a.reviews),
            &written.reviews,
            &theirs.reviews,
        ),
        adjudication: match written.adjudication == theirs.adjudication {
            true => written.adjudication.clone(),
            false => outside.and_then(|a| a.adjudication.clone()),
        },
        evidence: map(
            outside.map_or(&[], |a| &a.evidence),
            &written.evidence,
            &theirs.evidence,
        ),
        conflicts: slots(|a| &a.conflicts),
        unknown: slots(|a| &a.unknown),
        ..written.clone()
    })
}

fn link(outside: Option<&Link>, written: Option<&Link>, theirs: Option<&Link>) -> Option<Link> {
    let (Some(written), Some(theirs)) = (written, theirs) else {
        return outside.cloned();
    };
    let slots = |part: fn(&Link) -> &Map<String, Value>| {
        fields(outside.map(part), part(written), part(theirs))
    };
    Some(Link {
        reviews: map(
            outside.map_or(&[], |link| &link.reviews),
            &written.reviews,
            &theirs.reviews,
        ),
        conflicts: slots(|link| &link.conflicts),
        unknown: slots(|link| &link.unknown),
        ..written.clone()
    })
}

/// A map slot by slot.
fn map<K: Clone + Eq + Hash, V: Clone + PartialEq>(
    outside: &[(K, V)],
    written: &[(K, V)],
    theirs: &[(K, V)],
) -> Vec<(K, V)> {
    let [outside_at, written_at, theirs_at] = [outside, written, theirs].map(|map| {
        let entries = map.iter().map(|(key, value)| (key, value));
        entries.collect::<FxHashMap<&K, &V>>()
    });
    let new = outside
        .iter()
        .filter(|(key, _)| !written_at.contains_key(key));
    let keys = written.iter().chain(new).map(|(key, _)| key);
    keys.filter_map(|key| {
        let (ours, found) = (written_at.get(key), theirs_at.get(key));
        let value = if ours == found {
            ours
        } else {
            outside_at.get(key)
        };
        value.map(|value| (key.clone(), (*value).clone()))
    })
    .collect()
}

/// The same for fields.
fn fields(
    outside: Option<&Map<String, Value>>,
    written: &Map<String, Value>,
    theirs: &Map<String, Value>,
) -> Map<String, Value> {
    let empty = Map::new();
    let outside = outside.unwrap_or(&empty);
    let new = outside.keys().filter(|name| !written.contains_key(*name));
    let names = written.keys().chain(new);
    names
        .filter_map(|name| {
            let (ours, found) = (written.get(name), theirs.get(name));
            let value = if ours == found {
                ours
            } else {
                outside.get(name)
            };
            value.map(|value| (name.clone(), value.clone()))
        })
        .collect()
}
