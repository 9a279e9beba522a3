//! Merging the slots of one record: whose answer holds, and where two are kept.
//!
//! A slot holds a set of answers: one, or those between which nobody chose yet. What one side
//! left alone is the other side's to change. Where both changed it, or there is no base, every
//! answer that neither side did away with is kept, whatever its date: clocks differ, and the
//! later answer is not always the one that was meant. Dates only put the kept ones in order.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::super::conflict::{EVIDENCE, REVIEWS, SETTLES, digest, entry, settled_name, values};
use super::super::{Document, Edit, Evidence, Id, Review, Time, spelling};
use super::three_way::{Pick, Three, order, pick};

/// What a person put into a slot of a record.
pub(super) trait Answer: Clone + PartialEq {
    /// As files spell it.
    fn spelt(&self) -> Value;
    /// Out of that.
    fn read(value: &Value) -> Option<Self>;
    /// When it was given.
    fn at(&self) -> &str;
    /// Without when and how it came about.
    fn meaning(&self) -> Self;
    /// Its fields that are no part of the answer.
    fn more(&self) -> &Map<String, Value>;

    /// Whether it says that it was chosen over the answer of that name.
    fn settles(&self, name: &str) -> bool {
        let names = self.more().get(SETTLES).and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|known| known == name))
    }
}

impl Answer for Review {
    fn spelt(&self) -> Value {
        Value::Object(spelling::review(self))
    }

    fn read(value: &Value) -> Option<Review> {
        spelling::read_review(value)
    }

    fn at(&self) -> &str {
        self.at.as_str()
    }

    fn meaning(&self) -> Review {
        Review {
            at: Time::new(""),
            seconds: None,
            tool: None,
            unknown: without_settles(&self.unknown),
            ..self.clone()
        }
    }

    fn more(&self) -> &Map<String, Value> {
        &self.unknown
    }
}

impl Answer for Evidence {
    fn spelt(&self) -> Value {
        Value::Object(spelling::evidence(self))
    }

    fn read(value: &Value) -> Option<Evidence> {
        spelling::read_evidence(value)
    }

    fn at(&self) -> &str {
        self.at.as_str()
    }

    fn meaning(&self) -> Evidence {
        Evidence {
            at: Time::new(""),
            unknown: without_settles(&self.unknown),
            ..self.clone()
        }
    }

    fn more(&self) -> &Map<String, Value> {
        &self.unknown
    }
}

fn without_settles(fields: &Map<String, Value>) -> Map<String, Value> {
    let mut fields = fields.clone();
    fields.shift_remove(SETTLES);
    fields
}

impl Document {
    /// The edit that puts an answer beside the one the same reviewer has on a record, where
    /// nobody knows which was given knowing of the other. `None`: the record is not there.
    pub fn contest(&self, record: &Id, reviewer: &str, review: &Review) -> Option<Edit> {
        let field = format!("{REVIEWS}{reviewer}");
        let (standing, conflicts) = match (self.link(record), self.annotation(record)) {
            (Some(link), _) => (link.review_of(reviewer), &link.conflicts),
            (None, Some(annotation)) => (annotation.review_of(reviewer), &annotation.conflicts),
            (None, None) => return None,
        };
        let (in_use, entry) = beside(standing, conflicts.get(&field), review);
        let (reviewer, review) = (reviewer.to_owned(), Some(in_use));
        let answer = match self.link(record) {
            Some(_) => Edit::LinkReview {
                link: record.clone(),
                reviewer,
                review,
            },
            None => Edit::Review {
                annotation: record.clone(),
                reviewer,
                review,
            },
        };
        let record = record.clone();
        let conflict = Edit::Conflict {
            record,
            field,
            entry,
        };
        Some(Edit::All(vec![answer, conflict]))
    }
}

/// An answer put beside the one that stands in a slot, whichever is the later: what is in use
/// then, and what stands in `conflicts`.
fn beside(
    standing: Option<&Review>,
    entry: Option<&Value>,
    other: &Review,
) -> (Review, Option<Value>) {
    let mut answers = set(standing, entry);
    for answer in in_force(vec![other.clone()], &answers) {
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    let entries = Three {
        base: None,
        ours: entry,
        theirs: None,
    };
    let merged = of_answers(answers, None, entries);
    (merged.value.unwrap_or_else(|| other.clone()), merged.entry)
}

/// What comes of three versions of a slot.
struct Merged<V> {
    /// What is in use.
    value: Option<V>,
    /// What stands beside it in `conflicts`.
    entry: Option<Value>,
}

/// Merges the slots of a map by key, notes in `conflicts` what stays open, and tells its names.
pub(super) fn slots<K, V>(
    maps: Three<&[(K, V)]>,
    entries: Three<Option<&Map<String, Value>>>,
    name: impl Fn(&K) -> String,
    conflicts: &mut Map<String, Value>,
    told: &mut Vec<String>,
) -> Vec<(K, V)>
where
    K: Clone + Eq + Hash + Ord,
    V: Answer,
{
    let found = maps.each(|map| {
        let entries = map.iter().map(|(key, value)| (key, value));
        entries.collect::<FxHashMap<&K, &V>>()
    });
    let mut merged = Vec::with_capacity(maps.ours.len().max(maps.theirs.len()));
    for key in order(maps.each(|map| map.iter().map(|(key, _)| key).collect())) {
        let three = Three {
            base: found.base.get(key).copied(),
            ours: found.ours.get(key).copied(),
            theirs: found.theirs.get(key).copied(),
        };
        let name = name(key);
        let slot = slot(three, entries, &name);
        note(conflicts, told, name, slot.entry);
        merged.extend(slot.value.map(|value| (key.clone(), value)));
    }
    merged
}

/// Merges one slot, notes in `conflicts` what stays open, and tells its name.
pub(super) fn one<V: Answer>(
    three: Three<Option<&V>>,
    entries: Three<Option<&Map<String, Value>>>,
    name: &str,
    conflicts: &mut Map<String, Value>,
    told: &mut Vec<String>,
) -> Option<V> {
    let slot = slot(three, entries, name);
    note(conflicts, told, name.to_owned(), slot.entry);
    slot.value
}

fn note(
    conflicts: &mut Map<String, Value>,
    told: &mut Vec<String>,
    name: String,
    entry: Option<Value>,
) {
    match entry {
        Some(entry) => {
            conflicts.insert(name.clone(), entry);
            told.push(name);
        }
        None => {
            conflicts.shift_remove(&name);
        }
    }
}

fn slot<V: Answer>(
    three: Three<Option<&V>>,
    entries: Three<Option<&Map<String, Value>>>,
    name: &str,
) -> Merged<V> {
    let entries = entries.each(|map| map.and_then(|map| map.get(name)));
    let none = entries.base.is_none() && entries.ours.is_none() && entries.theirs.is_none();
    let chose = |side: Option<&V>| side.is_some_and(|answer| answer.more().contains_key(SETTLES));
    if none && !chose(three.ours) && !chose(three.theirs) {
        match pick(three, |a, b| a == b) {
            Pick::Both(..) => {}
            Pick::Gone => {
                return Merged {
                    value: None,
                    entry: None,
                };
            }
            Pick::One(value) | Pick::Kept(value) => {
                return Merged {
                    value: Some(value.clone()),
                    entry: None,
                };
            }
        }
    }
    let mut sets = Three {
        base: set(three.base, entries.base),
        ours: set(three.ours, entries.ours),
        theirs: set(three.theirs, entries.theirs),
    };
    let theirs = in_force(sets.theirs, &sets.ours);
    sets.ours = in_force(sets.ours, &theirs);
    sets.theirs = theirs;
    if sets.base.is_empty() {
        // An answer given anew settled what its entry tells of: that is what it comes from.
        sets.base = settled(&sets.ours, entries.ours);
        sets.base.extend(settled(&sets.theirs, entries.theirs));
    }
    of_answers(kept(&sets), three.base, entries)
}

/// A slot of the answers that are left.
fn of_answers<V: Answer>(
    answers: Vec<V>,
    base: Option<&V>,
    entries: Three<Option<&Value>>,
) -> Merged<V> {
    let answers = in_order(answers);
    let sides = || answers.iter().map(V::spelt).collect();
    Merged {
        entry: (answers.len() > 1).then(|| entry(base_of(base, entries), sides())),
        value: answers.last().cloned(),
    }
}

/// The answers a side has in a slot: those between which nobody chose yet, else the one there is.
fn set<V: Answer>(slot: Option<&V>, entry: Option<&Value>) -> Vec<V> {
    let sides: Option<Vec<V>> = entry.map(|entry| {
        let sides = values(entry).into_iter();
        sides.filter_map(V::read).collect()
    });
    match sides {
        Some(sides) if !sides.is_empty() && slot.is_none_or(|slot| sides.contains(slot)) => sides,
        _ => slot.into_iter().cloned().collect(),
    }
}

/// The answers of a side, with those that one of the other side was chosen over given up for it.
fn in_force<V: Answer>(set: Vec<V>, other: &[V]) -> Vec<V> {
    if !other
        .iter()
        .any(|answer| answer.more().contains_key(SETTLES))
    {
        return set;
    }
    let mut left: Vec<V> = Vec::with_capacity(set.len());
    for answer in set {
        let name = settled_name(&answer.spelt());
        let chosen = other.iter().find(|chosen| chosen.settles(&name));
        let answer = chosen.cloned().unwrap_or(answer);
        if !left.contains(&answer) {
            left.push(answer);
        }
    }
    left
}

/// The answers between which a side chose none but gave another one.
fn settled<V: Answer>(set: &[V], entry: Option<&Value>) -> Vec<V> {
    let sides = entry.into_iter().flat_map(values);
    let mut sides: Vec<V> = sides.filter_map(V::read).collect();
    if set.is_empty() || sides.iter().any(|side| set.contains(side)) {
        sides.clear();
    }
    sides
}

/// The answers that are left of three sets.
fn kept<V: Answer>(sets: &Three<Vec<V>>) -> Vec<V> {
    let same = |a: &[V], b: &[V]| a.len() == b.len() && a.iter().all(|one| b.contains(one));
    if same(&sets.ours, &sets.theirs) || same(&sets.theirs, &sets.base) {
        return sets.ours.clone();
    }
    if same(&sets.ours, &sets.base) {
        return sets.theirs.clone();
    }
    let mut kept: Vec<V> = Vec::new();
    for (side, other) in [(&sets.ours, &sets.theirs), (&sets.theirs, &sets.ours)] {
        for answer in side {
            // The other side chose another one of those that were open; this side chose none.
            let is_done_away = sets.base.contains(answer) && !other.contains(answer);
            if (!is_done_away || side.len() == 1) && !kept.contains(answer) {
                kept.push(answer.clone());
            }
        }
    }
    kept
}

/// Answers by date, then digest; of those that mean the same the last.
fn in_order<V: Answer>(answers: Vec<V>) -> Vec<V> {
    let mut answers: Vec<(V, V)> = answers
        .into_iter()
        .map(|answer| (answer.meaning(), answer))
        .collect();
    answers.sort_by_cached_key(|(_, answer)| (answer.at().to_owned(), digest(&answer.spelt())));
    let mut left: Vec<(V, V)> = Vec::with_capacity(answers.len());
    for (meaning, answer) in answers {
        left.retain(|(known, _)| *known != meaning);
        left.push((meaning, answer));
    }
    left.into_iter().map(|(_, answer)| answer).collect()
}

/// What an entry says that its answers come from: as said before, else what stood there.
fn base_of<V: Answer>(base: Option<&V>, entries: Three<Option<&Value>>) -> Value {
    let said = [entries.base, entries.ours, entries.theirs];
    let said = said
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("base"));
    match said.min_by_key(|base| digest(base)) {
        Some(said) => said.clone(),
        None => base.map_or(Value::Null, V::spelt),
    }
}

/// The name of a reviewer's slot in `conflicts`.
pub(super) fn of_reviewer(reviewer: &String) -> String {
    format!("{REVIEWS}{reviewer}")
}

/// The name of a piece of evidence in `conflicts`.
pub(super) fn of_evidence(id: &Id) -> String {
    format!("{EVIDENCE}{id}")
}
