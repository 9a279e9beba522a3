//! Makes a whole sidecar of a damaged one, bytes in and bytes out; [`files`] alone writes.
//!
//! Everything that can be read is kept; what cannot stands, with its place and the reason,
//! under `set_aside` at the end of the copy, so nothing is thrown away and nothing is made
//! up. A value is only put in where another place of the same file, or the article itself,
//! says what it has to be; marks are only set where their words stand.

mod files;
mod head;
mod lines;
mod mend;
mod salvage;
mod span;

use serde_json::{Map, Value};

pub use files::{RepairedFile, repair_files};

use super::json;
use super::sidecar::{self, Fault, Loaded, Unreadable, VERSION};
use crate::annotations::{Anchor, Document, Id, merge, reanchor};
use crate::text::Article;
use salvage::Salvaged;

/// What was changed or left out, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// A line of the file or the path of a field.
    pub place: String,
    /// What is wrong there and what was done.
    pub what: String,
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// A repaired sidecar.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The bytes of the copy.
    pub bytes: Vec<u8>,
    /// Everything in which it differs in meaning from the damaged one.
    pub changes: Vec<Change>,
    /// Annotations and links in it.
    pub records: usize,
}

pub use super::sidecar::SET_ASIDE;

/// Nesting up to which what is set aside is kept as JSON; deeper it is kept as text.
const DEEPEST: usize = 64;

/// Repairs the sidecar of `article`; `None`: there is nothing to repair.
///
/// # Errors
/// When nothing in it can be kept, or it is of a newer version; in words.
pub fn repair(bytes: &[u8], article: &Article) -> Result<Option<Repaired>, String> {
    match sidecar::load(bytes, article) {
        Ok(loaded) if is_whole(&loaded) => return Ok(None),
        Ok(loaded) => {
            if let Some(version) = loaded.value.get("version").and_then(Value::as_u64)
                && version > VERSION
            {
                return Err(loaded.read_only.unwrap_or_default());
            }
        }
        Err(Unreadable::Json(_) | Unreadable::Bytes(_) | Unreadable::Conflict { .. }) => {}
        Err(Unreadable::Format(_)) => {}
    }
    let mut log = Log::default();
    let (document, value) = match salvage::read(bytes, &mut log)? {
        Salvaged::One(value) => mended(value, article, &mut log)?,
        Salvaged::Sides { base, ours, theirs } => {
            let base = base.and_then(|base| mended(base, article, &mut Log::default()).ok());
            let (ours, value) = mended(ours, article, &mut log)?;
            let (theirs, _) = mended(theirs, article, &mut log)?;
            (
                joined(base.map(|b| b.0).as_ref(), &ours, &theirs, &mut log),
                value,
            )
        }
    };
    let records = document.annotations().len() + document.links().len();
    let bytes = finished(document, &value, &mut log);
    if log.changes.is_empty() {
        // Nothing of it is missing but brackets at the end.
        log.say("the end", "what was left open is closed");
    }
    match sidecar::load(&bytes, article) {
        Ok(again) if is_whole(&again) => Ok(Some(Repaired {
            bytes,
            changes: log.changes,
            records,
        })),
        Ok(again) => Err(match again.faults.iter().find(|fault| !fault.is_kept()) {
            Some(fault) => format!("it could not be made whole: {fault}"),
            None => again.read_only.unwrap_or_default(),
        }),
        Err(error) => Err(format!("it could not be made whole: {error}")),
    }
}

/// Whether nothing is left that could be put right.
fn is_whole(loaded: &Loaded) -> bool {
    loaded.read_only.is_none() && loaded.faults.iter().all(Fault::is_kept)
}

/// A document of a value in which faults are mended, and the mended value.
fn mended(mut value: Value, article: &Article, log: &mut Log) -> Result<(Document, Value), String> {
    let mut second = Vec::new();
    let astray = mend::mend(&mut value, article, &mut second, log)?;
    let mut document = document_of(&value, article, &astray, log)?;
    for twins in second {
        let mut twin = value.clone();
        twin["annotations"] = Value::Array(twins);
        twin["links"] = Value::Array(Vec::new());
        let twin = document_of(&twin, article, &astray, log)?;
        document = joined(None, &document, &twin, log);
    }
    Ok((document, value))
}

/// Reads a mended value; the marks named in `astray` are looked for by their words.
fn document_of(
    value: &Value,
    article: &Article,
    astray: &[Id],
    log: &mut Log,
) -> Result<Document, String> {
    let loaded = sidecar::load_value(value.clone(), article).map_err(|error| error.to_string())?;
    let aside: Vec<&str> = loaded
        .document
        .parts()
        .aside
        .iter()
        .map(|a| &*a.reason)
        .collect();
    for fault in &loaded.faults {
        // What is worked out from other values; what is set aside is told by itself, and what is
        // kept is no change.
        if !fault.is_kept() && !aside.contains(&fault.to_string().as_str()) {
            log.say(fault.path.clone(), format!("{}: worked out", fault.message));
        }
    }
    if astray.is_empty() || loaded.text_changed {
        return Ok(loaded.document);
    }
    let mut parts = loaded.document.into_parts();
    for annotation in &mut parts.annotations {
        if astray.contains(&annotation.id) {
            annotation.target.anchor = Anchor::Check;
            annotation.target.mark = None;
        }
    }
    Ok(reanchor(parts, None, article).document)
}

fn joined(base: Option<&Document>, ours: &Document, theirs: &Document, log: &mut Log) -> Document {
    let merged = merge(base, ours, theirs);
    for conflict in merged.conflicts {
        let place = conflict
            .annotation
            .map_or_else(|| "links".to_owned(), |id| id.to_string());
        log.say(
            place,
            format!(
                "{} differs; one value is in use, both are kept",
                conflict.field
            ),
        );
    }
    merged.document
}

/// The copy's bytes, what was set aside in it.
fn finished(document: Document, value: &Value, log: &mut Log) -> Vec<u8> {
    let mut parts = document.into_parts();
    for aside in std::mem::take(&mut parts.aside) {
        log.aside(aside.list, &aside.reason, aside.record);
    }
    if !log.aside.is_empty() {
        let mut list = match parts.unknown.shift_remove(SET_ASIDE) {
            Some(Value::Array(list)) => list,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        list.append(&mut log.aside);
        parts
            .unknown
            .insert(SET_ASIDE.to_owned(), Value::Array(list));
    }
    sidecar::render(&Document::from_parts(parts), Some(value)).into_bytes()
}

/// What was done, for the reader and for the copy.
#[derive(Default)]
struct Log {
    changes: Vec<Change>,
    aside: Vec<Value>,
}

impl Log {
    /// Tells a change.
    fn say(&mut self, place: impl Into<String>, what: impl Into<String>) {
        let (place, what) = (place.into(), what.into());
        self.changes.push(Change { place, what });
    }

    /// Tells what cannot be used and keeps it.
    fn aside(&mut self, place: impl Into<String>, why: &str, record: impl Into<Value>) {
        let (place, record) = (place.into(), record.into());
        let record = match depth(&record) {
            0..=DEEPEST => record,
            _ => Value::from(record.to_string()),
        };
        self.aside
            .push(serde_json::json!({"place": place, "why": why, "record": record}));
        self.say(place, format!("{why}; set aside"));
    }

    /// Tells what a rescue met; `line` counts the lines before its text.
    fn met(&mut self, rescue: &json::Rescue, line: usize) {
        let place = |fault: &json::JsonError| {
            format!("line {}, column {}", line + fault.line, fault.column)
        };
        for fault in &rescue.separators {
            self.say(place(fault), format!("{}: read as one", fault.message));
        }
        for (fault, key, value) in &rescue.doubles {
            self.aside(
                place(fault),
                &fault.message,
                Map::from_iter([(key.clone(), value.clone())]),
            );
        }
        if let Some(fault) = &rescue.stopped {
            let message = format!("{}: what comes after is not in the copy", fault.message);
            self.say(place(fault), message);
        }
    }

    /// Takes over another's entries.
    fn take(&mut self, other: Log) {
        self.changes.extend(other.changes);
        self.aside.extend(other.aside);
    }
}

/// Levels of nesting, without recursion: damaged files may be deep.
fn depth(value: &Value) -> usize {
    let mut deepest = 0;
    let mut open = vec![(value, 0)];
    while let Some((value, depth)) = open.pop() {
        deepest = deepest.max(depth);
        match value {
            Value::Array(list) => open.extend(list.iter().map(|item| (item, depth + 1))),
            Value::Object(map) => open.extend(map.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    deepest
}

/// The object in a value that has to be one; an empty one is put in its place otherwise.
fn object<'a>(
    map: &'a mut Map<String, Value>,
    name: &str,
    place: &str,
    log: &mut Log,
) -> &'a mut Map<String, Value> {
    let value = map.entry(name).or_insert(Value::Null);
    if !value.is_object() {
        let old = std::mem::replace(value, Value::Object(Map::new()));
        match old {
            Value::Null => log.say(format!("{place}{name}"), "missing: an empty one is put in"),
            old => log.aside(format!("{place}{name}"), "not an object", old),
        }
    }
    value.as_object_mut().expect("made one above")
}
