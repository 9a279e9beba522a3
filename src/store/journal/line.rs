//! One entry of a journal as a line, and the lines of a journal as entries.
//!
//! A line says what was decided, when, by whom, in which text, and carries the bare records
//! it is about, so that a journal alone is enough when the sidecar is lost. It ends with a
//! checksum; a line is whole or it is nothing.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::edit;
use crate::annotations::{Annotation, Edit, Id, Link, Review, TextVersion, Time, hex, text_id};
use crate::store::json;
use crate::store::sidecar::field::is_digest;
use crate::store::sidecar::{form, record};
use crate::text::Article;

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) struct Entry {
    /// Counts up by one within a journal.
    pub(in crate::store) seq: u64,
    /// When it was recorded.
    pub(in crate::store) at: Time,
    /// Who decided.
    pub(in crate::store) reviewer: String,
    /// The text version the edit counts in.
    pub(in crate::store) text: (Id, TextVersion),
    /// The records the edit is about, without suggestions and reviews.
    pub(in crate::store) annotations: Vec<Annotation>,
    /// The links the edit is about, without suggestions and reviews.
    pub(in crate::store) links: Vec<Link>,
    /// The change.
    pub(in crate::store) edit: Edit,
    /// What stood in the slots of the edit's answers when the sidecar was last read or written;
    /// nothing in lines of older programs.
    pub(in crate::store) was: Vec<Was>,
    /// That everything before it was saved, where the journal had to be kept all the same.
    pub(in crate::store) saved: Option<SavedAs>,
}

/// A sidecar that was written and may not be durable, by digests of its bytes in hex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct SavedAs {
    /// What was written.
    pub(in crate::store) now: String,
    /// What stood there before; empty: nothing.
    pub(in crate::store) before: String,
}

/// What stood in one slot of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Was {
    /// The annotation or link.
    pub(in crate::store) record: Id,
    /// The reviewer.
    pub(in crate::store) reviewer: String,
    /// The answer's date and decision; `None`: there was none.
    pub(in crate::store) answer: Option<String>,
}

/// What tells an answer of a slot from the others: its date and decision.
pub(in crate::store) fn told_by(review: &Review) -> String {
    format!("{} {}", review.at.as_str(), review.decision.as_str())
}

/// What a journal holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::store) struct Log {
    /// Every whole line, in order.
    pub(in crate::store) entries: Vec<Entry>,
    /// Bytes up to which the journal is whole lines.
    pub(in crate::store) whole: u64,
    /// Whether the last line was cut off in writing.
    pub(in crate::store) torn: bool,
    /// Lines that are no entries of ours; they are kept.
    pub(in crate::store) garbled: usize,
    /// Numbers missing between the entries.
    pub(in crate::store) missing: u64,
    /// What is wrong with which line, from 1.
    pub(in crate::store) faults: Vec<(usize, &'static str)>,
}

/// What every line of ours begins with.
const START: &str = "{\"seq\":";

/// What stands before the checksum.
const SUM: &str = ",\"sum\":\"";

/// Hex digits of the checksum.
const DIGITS: usize = 16;

/// The line of an entry, with its line feed.
pub(in crate::store) fn write(entry: &Entry) -> String {
    let mut records: Vec<Value> = Vec::new();
    records.extend(
        entry
            .annotations
            .iter()
            .map(|a| Value::Object(form::annotation(a))),
    );
    records.extend(entry.links.iter().map(|l| Value::Object(form::link(l))));
    let mut map = Map::new();
    map.insert("seq".to_owned(), entry.seq.into());
    map.insert("at".to_owned(), entry.at.as_str().into());
    map.insert("reviewer".to_owned(), entry.reviewer.as_str().into());
    let text = json!({
        "sha256": entry.text.1.sha256,
        "length": entry.text.1.length,
        "layer": entry.text.1.layer,
    });
    map.insert("text".to_owned(), text);
    if !records.is_empty() {
        map.insert("records".to_owned(), records.into());
    }
    map.insert("edit".to_owned(), edit::to_json(&entry.edit));
    if !entry.was.is_empty() {
        let was = entry.was.iter().map(|was| {
            let answer = was.answer.as_deref().map_or(Value::Null, Value::from);
            json!([was.record.as_str(), was.reviewer, answer])
        });
        map.insert("was".to_owned(), was.collect::<Vec<_>>().into());
    }
    if let Some(saved) = &entry.saved {
        let digests = json!({"now": saved.now, "before": saved.before});
        map.insert("saved".to_owned(), digests);
    }
    let body = Value::Object(map).to_string();
    let sum = checksum(body.as_bytes());
    format!("{}{SUM}{sum}\"}}\n", &body[..body.len() - 1])
}

fn checksum(body: &[u8]) -> String {
    hex(&Sha256::digest(body))[..DIGITS].to_owned()
}

/// Reads a whole journal.
pub(in crate::store) fn read(bytes: &[u8]) -> Log {
    let mut log = Log::default();
    let mut at = 0;
    let mut last: Option<u64> = None;
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        at += line.len();
        let ended = line.last() == Some(&b'\n');
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        if body.is_empty() {
            continue;
        }
        match entry(body) {
            Some(entry) => {
                if let Some(last) = last {
                    let missing = entry.seq.saturating_sub(last + 1);
                    log.missing += missing;
                    if missing > 0 {
                        log.faults.push((number, "lines are missing before it"));
                    }
                }
                last = Some(entry.seq);
                log.entries.push(entry);
            }
            None if cut_off(body) => {
                log.faults.push((number, "cut off in writing; left out"));
                log.torn = true;
                continue;
            }
            None => {
                let why = "no entry with a right checksum; left out";
                log.faults.push((number, why));
                log.garbled += 1;
                continue;
            }
        }
        if ended && !log.torn && log.garbled == 0 {
            log.whole = at as u64;
        }
    }
    log
}

/// Whether bytes can be what became of a journal: some line of them is ours, or begins as ours
/// do, or a power cut left nothing but zeros.
pub(super) fn may_be_journal(bytes: &[u8]) -> bool {
    let start = START.as_bytes();
    let begins = |line: &[u8]| line.starts_with(start);
    start.starts_with(bytes)
        || bytes.iter().all(|byte| *byte == 0)
        || bytes.split(|byte| *byte == b'\n').any(begins)
}

/// Whether a line is the beginning of one of ours: cut off in writing, never acknowledged.
fn cut_off(body: &[u8]) -> bool {
    let start = START.as_bytes();
    let begins = body.starts_with(start) || start.starts_with(body);
    begins && !body.contains(&0) && json::parse(body).is_err()
}

/// The entry a line holds, if it is whole.
fn entry(line: &[u8]) -> Option<Entry> {
    let line = std::str::from_utf8(line).ok()?;
    let rest = line.strip_suffix("\"}")?;
    let (body, sum) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
    let body = format!("{}}}", body.strip_suffix(SUM)?);
    if checksum(body.as_bytes()) != sum {
        return None;
    }
    let value = json::parse(body.as_bytes()).ok()?;
    let text = value.get("text")?;
    // The head of a sidecar leans on it: one bad digest there would close the whole file.
    let sha256 = text.get("sha256")?.as_str().filter(|d| is_digest(d))?;
    let version = TextVersion {
        sha256: sha256.to_owned(),
        length: u32::try_from(text.get("length")?.as_u64()?).ok()?,
        layer: text.get("layer")?.as_str()?.to_owned(),
        more: Map::new(),
    };
    let mut annotations = Vec::new();
    let mut links = Vec::new();
    for record in value
        .get("records")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if record.get("from").is_some() {
            links.push(record::link(record, None).ok()?);
        } else {
            annotations.push(record::annotation(record, None).ok()?);
        }
    }
    let saved = value.get("saved").and_then(|saved| {
        let digest = |name: &str| Some(saved.get(name)?.as_str()?.to_owned());
        Some(SavedAs {
            now: digest("now")?,
            before: digest("before")?,
        })
    });
    Some(Entry {
        saved,
        seq: value.get("seq")?.as_u64()?,
        at: Time::new(value.get("at")?.as_str()?),
        reviewer: value.get("reviewer")?.as_str()?.to_owned(),
        text: (Id::new(format!("t-{}", sha256.get(..8)?)), version),
        annotations,
        links,
        edit: edit::from_json(value.get("edit")?).ok()?,
        was: value.get("was").map_or(Some(Vec::new()), was)?,
    })
}

fn was(list: &Value) -> Option<Vec<Was>> {
    let was = |slot: &Value| match slot.as_array()?.as_slice() {
        [record, reviewer, answer] => Some(Was {
            record: Id::new(record.as_str()?),
            reviewer: reviewer.as_str()?.to_owned(),
            answer: match answer {
                Value::Null => None,
                answer => Some(answer.as_str()?.to_owned()),
            },
        }),
        _ => None,
    };
    list.as_array()?.iter().map(was).collect()
}

/// The text version an entry about `article` counts in.
pub(in crate::store) fn text_of(article: &Article) -> (Id, TextVersion) {
    (text_id(article.text_sha256()), TextVersion::of(article))
}
