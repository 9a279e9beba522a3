//! Reads a sidecar: refuses what is none, sets faulty records aside, keeps the rest.

use serde_json::{Map, Value};

use super::FORMAT;
use super::field::{Fault, wrong};
use super::loaded::Loaded;
use super::records::Records;
use crate::store::json::{self, Field, JsonError, Members, Node, Tree};
use crate::text::Article;

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

/// Reads the sidecar of `article`, with all that writing it again takes.
///
/// # Errors
/// When the bytes are damaged, hold merge conflicts, or are not a sidecar.
pub fn load(bytes: &[u8], article: &Article) -> Result<Loaded, Unreadable> {
    load_value(parse(bytes, json::parse)?, article)
}

/// Reads the sidecar of `article` for what it says alone: record by record, none of which is
/// kept as JSON.
///
/// # Errors
/// As [`load`].
pub fn look(bytes: &[u8], article: &Article) -> Result<Loaded<()>, Unreadable> {
    let mut records: Option<Records<'_>> = None;
    let whole = parse(bytes, |body| {
        json::parse_by(body, |reader, name, before| {
            match name {
                "annotations" if records.is_none() && is_headed(before) && reader.is_at_list() => {
                    let records = records.insert(Records::of(before, article));
                    reader.list(1, |record| records.annotation(&record))?;
                    records.end_of_annotations();
                }
                "links" if records.is_some() && reader.is_at_list() => {
                    if let Some(records) = &mut records {
                        reader.list(1, |record| records.link(&record))?;
                        records.end_of_links();
                    }
                }
                _ => return reader.value(1),
            }
            Ok(Node::List(Vec::new()))
        })
    })?;
    let (version, lists) = top(&whole)?;
    let mut records = match records {
        Some(records) => records,
        None => {
            let mut records = Records::of(lists.top, article);
            records.annotations(lists.annotations);
            records
        }
    };
    if !records.has_links() {
        records.links(lists.links);
    }
    Ok(records.finished(version, unknown(lists.top)))
}

/// Whether the fields read so far are those of a sidecar's head: then its records can be read as
/// they come.
fn is_headed(fields: &[Field<'_>]) -> bool {
    let is = |name: &str| fields.field(name).is_some();
    HEAD.into_iter().all(is)
        && fields.field("format").and_then(Tree::text) == Some(FORMAT)
        && is("version")
}

/// Reads the sidecar of `article` from JSON that was read already.
///
/// # Errors
/// When it is not a sidecar.
pub(in crate::store) fn load_value(value: Value, article: &Article) -> Result<Loaded, Unreadable> {
    let (version, lists) = top(&value)?;
    let mut records = Records::of(lists.top, article);
    records.annotations(lists.annotations);
    records.links(lists.links);
    let loaded = records.finished(version, unknown(lists.top));
    Ok(Loaded {
        document: loaded.document,
        faults: loaded.faults,
        text_changed: loaded.text_changed,
        read_only: loaded.read_only,
        value,
    })
}

/// Fields that records are read by; what else stands before them is no matter.
const HEAD: [&str; 4] = ["article", "texts", "runs", "passes"];

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

/// The fields of the top object that we do not know.
fn unknown<T: Tree>(top: &(impl Members<T> + ?Sized)) -> Map<String, Value> {
    top.fields()
        .filter(|(name, _)| !KNOWN.contains(name))
        .map(|(name, value)| (name.to_owned(), value.value()))
        .collect()
}

/// The bytes as JSON, with the commonest damage named.
fn parse<'a, T>(
    bytes: &'a [u8],
    read: impl FnOnce(&'a [u8]) -> Result<T, JsonError>,
) -> Result<T, Unreadable> {
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
    read(body).map_err(|error| match conflict_marker(body) {
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
struct Top<'a, T: Tree> {
    top: &'a T::Object,
    annotations: &'a [T],
    links: &'a [T],
}

/// Checks that the value is a sidecar; gives its version and lists.
fn top<T: Tree>(value: &T) -> Result<(u64, Top<'_, T>), Unreadable> {
    let fault = Unreadable::Format;
    let top = value
        .object()
        .ok_or_else(|| fault(wrong("the top", "an object", value)))?;
    let field = |name: &str| {
        top.field(name)
            .ok_or_else(|| fault(Fault::new(name, "missing")))
    };
    let format = field("format")?;
    if format.text() != Some(FORMAT) {
        return Err(fault(Fault::new("format", format!("not {FORMAT:?}"))));
    }
    let version = field("version")?;
    let version = version
        .whole()
        .filter(|version| *version >= 1)
        .ok_or_else(|| {
            let message = format!("{} is no version number", version.value());
            fault(Fault::new("version", message))
        })?;
    for name in HEAD {
        field(name)?;
    }
    let list = |name: &str| {
        let list = field(name)?;
        list.list()
            .ok_or_else(|| fault(wrong(name, "a list", list)))
    };
    let lists = Top {
        top,
        annotations: list("annotations")?,
        links: list("links")?,
    };
    Ok((version, lists))
}
