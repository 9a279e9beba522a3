//! Reads a sidecar: refuses what is none, sets faulty records aside, keeps the rest.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::context::Context;
use super::field::{Fault, wrong};
use super::{FORMAT, VERSION, head, record, render};
use crate::annotations::{
    Anchor, Annotation, Document, Id, Link, Parts, SetAside, hex, join, link_id, reanchor, text_id,
};
use crate::store::json::{self, JsonError};
use crate::text::Article;

/// A sidecar that was read.
#[derive(Debug)]
pub struct Loaded {
    /// What it holds, in the coordinates of its own text version; marks are set only if
    /// that is the article's.
    pub document: Document,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether the article's text is not the one the targets count in.
    pub text_changed: bool,
    /// Why it must not be written, if so.
    pub read_only: Option<String>,
    /// The file as JSON.
    pub value: Value,
}

impl Loaded {
    /// Whether saving would write other bytes than these, which were read.
    pub fn changes(&self, bytes: &[u8]) -> bool {
        render(&self.document, Some(&self.value)).as_bytes() != bytes
    }
}

/// Why bytes are no sidecar; the file is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON as we read it.
    #[error("the sidecar is damaged: {0}")]
    Json(JsonError),
    /// Not text at all.
    #[error("the sidecar is damaged: {0}")]
    Bytes(&'static str),
    /// Markers of an unfinished merge.
    #[error("git merge conflict in line {line}: resolve it or check out one side")]
    Conflict {
        /// Line of the first marker, from 1.
        line: usize,
    },
    /// JSON, but no sidecar.
    #[error("not a proofmark sidecar: {0}")]
    Format(Fault),
}

/// Reads the sidecar of `article`.
///
/// # Errors
/// When the bytes are damaged, hold merge conflicts, or are not a sidecar.
pub fn load(bytes: &[u8], article: &Article) -> Result<Loaded, Unreadable> {
    load_value(parse(bytes)?, article)
}

/// Reads the sidecar of `article` from JSON that was read already.
///
/// # Errors
/// When it is not a sidecar.
pub(in crate::store) fn load_value(value: Value, article: &Article) -> Result<Loaded, Unreadable> {
    let (version, lists) = top(&value)?;
    let top = lists.top;
    let mut head = head::head(top, article);
    let mut faults = std::mem::take(&mut head.told);
    let grave = std::mem::take(&mut head.grave);

    let current = text_id(article.text_sha256());
    let same_text = head.article.text == current && head.texts.iter().any(|(id, _)| *id == current);
    let current = if same_text {
        current
    } else {
        unique_text(&head.texts, article)
    };
    let context = Context::of(&head, article, current);
    let mut aside = Vec::new();
    let annotations = annotations(lists.annotations, &context, &mut aside);
    let links = links(lists.links, &annotations, &context, &mut aside);
    faults.extend(aside.iter().map(|(fault, _)| fault.clone()));
    faults.extend(context.told.take());
    if version > VERSION {
        let message = format!("{version}, newer than this program reads ({VERSION})");
        faults.push(Fault::new("version", message));
    }

    let read_only = match grave.first() {
        _ if version > VERSION => Some(format!(
            "the sidecar is of version {version}, newer than this program reads ({VERSION})"
        )),
        Some(first) if grave.len() == 1 => Some(format!("fault in the sidecar: {first}")),
        Some(first) => Some(format!(
            "faults in the sidecar: {first} and {} more",
            grave.len() - 1
        )),
        None => None,
    };
    faults.extend(grave);
    let mut parts = Parts {
        article: head.article,
        texts: head.texts,
        runs: head.runs,
        passes: head.passes,
        annotations,
        links,
        aside: aside.into_iter().map(|(_, record)| record).collect(),
        unknown: top
            .iter()
            .filter(|(name, _)| !KNOWN.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    };
    lengths(&mut parts, &text_id(article.text_sha256()), &mut faults);
    let astray = |a: &Annotation| a.target.mark.is_none() && a.target.anchor != Anchor::Lost;
    let document = if same_text && parts.annotations.iter().any(astray) {
        reanchor(parts, None, article).document
    } else {
        Document::from_parts(parts)
    };
    Ok(Loaded {
        document,
        faults,
        text_changed: !same_text,
        read_only,
        value,
    })
}

/// Fields of the top object.
const KNOWN: [&str; 8] = [
    "format",
    "version",
    "article",
    "texts",
    "runs",
    "passes",
    "annotations",
    "links",
];

/// The id of the article's text if the file knows exactly this text; else one no file has.
fn unique_text(texts: &[(Id, crate::annotations::TextVersion)], article: &Article) -> Id {
    let sha256 = hex(article.text_sha256());
    texts
        .iter()
        .find(|(_, text)| text.sha256 == sha256)
        .map_or_else(|| Id::new(""), |(id, _)| id.clone())
}

/// The bytes as JSON, with the commonest damage named.
fn parse(bytes: &[u8]) -> Result<Value, Unreadable> {
    let damaged = if bytes.iter().all(u8::is_ascii_whitespace) {
        Some("it is empty")
    } else if bytes.iter().all(|byte| *byte == 0) {
        Some("it holds nothing but zero bytes")
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"{\0") {
        Some("it is UTF-16LE, not UTF-8")
    } else if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\0{") {
        Some("it is UTF-16BE, not UTF-8")
    } else if bytes.starts_with(b"\x1f\x8b") {
        Some("it is gzip-compressed")
    } else {
        None
    };
    if let Some(damaged) = damaged {
        return Err(Unreadable::Bytes(damaged));
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    json::parse(body).map_err(|error| match conflict_marker(body) {
        Some(line) => Unreadable::Conflict { line },
        None => Unreadable::Json(error),
    })
}

/// The first line that git's merge wrote.
fn conflict_marker(bytes: &[u8]) -> Option<usize> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = lines.position(|line| line.starts_with(b"<<<<<<<"))?;
    lines
        .any(|line| line.starts_with(b">>>>>>>"))
        .then_some(first + 1)
}

/// The top object and its lists.
struct Top<'a> {
    top: &'a Map<String, Value>,
    annotations: &'a [Value],
    links: &'a [Value],
}

/// Checks that the value is a sidecar; gives its version and lists.
fn top(value: &Value) -> Result<(u64, Top<'_>), Unreadable> {
    let fault = Unreadable::Format;
    let top = value
        .as_object()
        .ok_or_else(|| fault(wrong("the top", "an object", value)))?;
    let field = |name: &str| {
        top.get(name)
            .ok_or_else(|| fault(Fault::new(name, "missing")))
    };
    let format = field("format")?;
    if format.as_str() != Some(FORMAT) {
        return Err(fault(Fault::new("format", format!("not {FORMAT:?}"))));
    }
    let version = field("version")?;
    let version = version
        .as_u64()
        .filter(|version| *version >= 1)
        .ok_or_else(|| {
            fault(Fault::new(
                "version",
                format!("{version} is no version number"),
            ))
        })?;
    for name in ["article", "texts", "runs", "passes"] {
        field(name)?;
    }
    let list = |name: &str| {
        let list = field(name)?;
        list.as_array()
            .map(Vec::as_slice)
            .ok_or_else(|| fault(wrong(name, "a list", list)))
    };
    let lists = Top {
        top,
        annotations: list("annotations")?,
        links: list("links")?,
    };
    Ok((version, lists))
}

/// Texts that are no longer at hand are at least as long as what is marked in them.
fn lengths(parts: &mut Parts, own: &Id, faults: &mut Vec<Fault>) {
    let mut ends: FxHashMap<&Id, u32> = FxHashMap::default();
    let runs: FxHashMap<&Id, &Id> = parts.runs.iter().map(|(id, run)| (id, &run.text)).collect();
    for annotation in &parts.annotations {
        let reviews = annotation.reviews.iter().map(|(_, review)| review);
        let answers = reviews.chain(&annotation.adjudication);
        let answers = answers.filter_map(|r| Some((&r.text, r.quote.as_ref()?.end)));
        let suggested = annotation.suggestions.iter();
        let suggested = suggested.filter_map(|(run, s)| Some((*runs.get(run)?, s.quote.end)));
        for (text, end) in answers.chain(suggested) {
            let known = ends.entry(text).or_insert(end);
            *known = end.max(*known);
        }
    }
    for (id, text) in &mut parts.texts {
        // Of the article's own text the length is known, and words at wrong places are told.
        if let Some(&end) = ends.get(id)
            && id != own
            && end > text.length
        {
            let message = format!("{}, but marks in it reach to {end}", text.length);
            faults.push(Fault::new(format!("texts.{id}.length"), message));
            text.length = end;
        }
    }
}

/// Faults with the record they keep out.
type Aside = Vec<(Fault, SetAside)>;

fn set_aside(aside: &mut Aside, list: &'static str, at: usize, fault: Fault, record: &Value) {
    let fault = fault.under(&format!("{list}[{at}]"));
    let record = SetAside {
        list,
        record: record.clone(),
        reason: fault.to_string(),
    };
    aside.push((fault, record));
}

/// Reads one record: what is told in it gets its place, or is dropped with it.
fn one<T>(
    context: &Context<'_>,
    place: &str,
    read: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let before = context.told.borrow().len();
    let record = read();
    let mut told = context.told.borrow_mut();
    let new = told.split_off(before);
    if record.is_ok() {
        told.extend(new.into_iter().map(|fault| fault.under(place)));
    }
    record
}

fn annotations(list: &[Value], context: &Context<'_>, aside: &mut Aside) -> Vec<Annotation> {
    let mut seen: FxHashMap<Id, usize> = FxHashMap::default();
    let mut records: Vec<Annotation> = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let place = format!("annotations[{at}]");
        match one(context, &place, || record::annotation(value, Some(context))) {
            Ok(record) => match seen.get(&record.id) {
                None => {
                    seen.insert(record.id.clone(), records.len());
                    records.push(record);
                }
                Some(&first) => {
                    let message = format!("a second annotation with the id {}", record.id);
                    match twins(&records[first], &record) {
                        Some(joined) => {
                            records[first] = joined;
                            let message = format!("{message}: joined with the first");
                            context
                                .told
                                .borrow_mut()
                                .push(Fault::new("id", message).under(&place));
                        }
                        None => {
                            set_aside(aside, "annotations", at, Fault::new("id", message), value);
                        }
                    }
                }
            },
            Err(fault) => set_aside(aside, "annotations", at, fault, value),
        }
    }
    let in_order = records.is_sorted_by(|a, b| a.file_order() <= b.file_order());
    out_of_order(context, "annotations", in_order);
    records
}

/// Two records of one id as one, where they are about the same words. An id is saved once.
fn twins(first: &Annotation, second: &Annotation) -> Option<Annotation> {
    let same = first.kind == second.kind && first.target.quote.same_words(&second.target.quote);
    same.then(|| join(first, second))
}

fn out_of_order(context: &Context<'_>, list: &str, in_order: bool) {
    if !in_order {
        let fault = Fault::new(list, "not in the order that records stand in");
        context.told.borrow_mut().push(fault);
    }
}

fn links(
    list: &[Value],
    annotations: &[Annotation],
    context: &Context<'_>,
    aside: &mut Aside,
) -> Vec<Link> {
    let ends: FxHashMap<&Id, ()> = annotations.iter().map(|a| (&a.id, ())).collect();
    let mut seen: FxHashSet<Id> = FxHashSet::default();
    let mut records: Vec<Link> = Vec::with_capacity(list.len());
    for (at, value) in list.iter().enumerate() {
        let place = format!("links[{at}]");
        let read = one(context, &place, || {
            let link = record::link(value, Some(context))?;
            for (name, end) in [("from", &link.from), ("to", &link.to)] {
                if !ends.contains_key(end) {
                    return Err(Fault::new(name, format!("no annotation {end}")));
                }
            }
            if seen.insert(link.id.clone()) {
                return Ok(link);
            }
            let message = format!("a second link with the id {}", link.id);
            let right = link_id(&link.link_type, &link.from, &link.to);
            if !seen.insert(right.clone()) {
                return Err(Fault::new("id", message));
            }
            let message = format!("{message}; it is {right} now");
            context.told.borrow_mut().push(Fault::new("id", message));
            Ok(Link { id: right, ..link })
        });
        match read {
            Ok(link) => records.push(link),
            Err(fault) => set_aside(aside, "links", at, fault, value),
        }
    }
    out_of_order(context, "links", records.is_sorted_by(|a, b| a.id <= b.id));
    records
}
