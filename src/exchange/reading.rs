//! What every format is read through: the bytes of a file go in, what it says of articles comes out.
//!
//! Bounds are counts, never clocks: a file of too many bytes or parts is refused before it is read,
//! and serde_json refuses what is nested too deep.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::annotations::{Brought, BroughtLink, BroughtMark, Link, RecordKind};
use crate::text::Word;

/// Largest file that is read, in bytes.
pub const LIMIT: usize = 64_000_000;
/// Most lists and objects that a file may have.
const PARTS: usize = 2_000_000;

/// How a format is read.
pub type Read = fn(&Input<'_>) -> Result<Vec<Brought>, NotRead>;

/// What is read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file.
    pub bytes: &'a [u8],
    /// The file of the same name that the format has beside it, where that is there.
    pub beside: Option<&'a [u8]>,
    /// The verdicts of the house: a format that spells them in its own way is read by them.
    pub verdicts: &'a [String],
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// The line, from 1, where that is known.
    pub line: Option<usize>,
    /// What is wrong there.
    pub what: String,
}

impl NotRead {
    pub(super) fn new(what: impl Into<String>) -> NotRead {
        NotRead {
            line: None,
            what: what.into(),
        }
    }

    pub(super) fn at(line: usize, what: impl Into<String>) -> NotRead {
        NotRead {
            line: Some(line),
            what: what.into(),
        }
    }
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// The text of a file, within bounds.
pub(super) fn text(bytes: &[u8]) -> Result<&str, NotRead> {
    if bytes.len() > LIMIT {
        let (are, may) = (bytes.len().div_ceil(1_000_000), LIMIT / 1_000_000);
        return Err(NotRead::new(format!(
            "{are} MB, more than the limit of {may} MB"
        )));
    }
    let parts = bytes.iter().filter(|byte| matches!(byte, b'{' | b'['));
    if parts.count() > PARTS {
        return Err(NotRead::new(format!("more than {PARTS} lists and objects")));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NotRead::new("not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A file that is one JSON value.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, NotRead> {
    serde_json::from_str(text(bytes)?).map_err(|e| not_json(&e, 0))
}

/// The values of a file of JSON Lines. Blank lines are none.
pub(super) fn json_lines<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<T>, NotRead> {
    let lines = text(bytes)?.split('\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| serde_json::from_str(line).map_err(|e| not_json(&e, at)))
        .collect()
}

fn not_json(error: &serde_json::Error, before: usize) -> NotRead {
    let told = error.to_string();
    // The place is told by us, in lines of the file.
    let what = told
        .rsplit_once(" at line ")
        .map_or(&*told, |(what, _)| what);
    NotRead::at(before + error.line().max(1), what)
}

/// What a label marks: claims and sources have these words in any letters.
pub(super) fn kind_of(label: &str) -> Option<RecordKind> {
    RecordKind::parse(&label.trim().to_lowercase())
}

/// The type of a link, as sidecars spell it, by what a file calls it.
pub(super) fn link_type(label: &str) -> String {
    match label.eq_ignore_ascii_case(Link::ATTRIBUTED_TO) {
        true => Link::ATTRIBUTED_TO.to_owned(),
        false => label.to_owned(),
    }
}

/// A link between two marks of a list. That a claim is taken from a source is told from the claim
/// to the source, whichever way the file has it.
pub(super) fn link(marks: &[BroughtMark], from: usize, to: usize, label: &str) -> BroughtLink {
    let link_type = link_type(label);
    let is_turned = link_type == Link::ATTRIBUTED_TO
        && marks[from].kind == RecordKind::Source
        && marks[to].kind == RecordKind::Claim;
    let (from, to) = if is_turned { (to, from) } else { (from, to) };
    BroughtLink {
        from,
        to,
        link_type,
    }
}

/// Counts a label that is neither claim nor source.
pub(super) fn strange(labels: &mut BTreeMap<String, usize>, label: &str) {
    // A file may have a label of its own for every mark; so many need no telling.
    const MOST: usize = 100;
    if labels.len() < MOST || labels.contains_key(label) {
        *labels.entry(label.to_owned()).or_default() += 1;
    }
}

/// Bytes of a text that tell of which article it is a part.
const PART: usize = 20;

/// What a file says of the article called `name` with the text `text` and the address `url`:
/// of several the ones of its text, else those of its name or address, else those of which the text is
/// a part of it.
///
/// # Errors
/// The names in the file, if none or several could be meant.
pub fn of_article(
    all: Vec<Brought>,
    name: &str,
    url: Option<&str>,
    text: &str,
) -> Result<Brought, Vec<String>> {
    let is_of_text = |one: &Brought| one.text.as_deref() == Some(text);
    let is_of_name = |one: &Brought| {
        one.name.as_deref().is_some_and(|known| {
            let file = known.rsplit(['/', ':', '\\']).next().unwrap_or_default();
            Some(known) == url || known == name || super::page::percent_decoded(file) == name
        })
    };
    let names = all.iter().map(|one| one.name.clone().unwrap_or_default());
    let names: Vec<String> = names.collect();
    if all.len() > 1 {
        let (of_text, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_of_text);
        if !of_text.is_empty() {
            return Ok(joined(of_text));
        }
        let (of_name, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_of_name);
        if !of_name.is_empty() {
            return Ok(joined(of_name));
        }
        // A task a sentence or paragraph, as such files often are.
        let is_part = |one: &Brought| {
            let words = one.text.as_deref().unwrap_or_default().trim();
            words.len() >= PART && text.contains(words)
        };
        let parts: Vec<Brought> = others.into_iter().filter(is_part).collect();
        return match parts.is_empty() {
            true => Err(names),
            false => Ok(joined(parts)),
        };
    }
    all.into_iter().next().ok_or(names)
}

/// Several accounts of one article as one. Where their texts are several, each is a part of the
/// article with places of its own.
fn joined(all: Vec<Brought>) -> Brought {
    let is_one_text = all.windows(2).all(|pair| pair[0].text == pair[1].text);
    let mut all = all.into_iter().map(|one| match is_one_text {
        true => one,
        false => one.without_text(),
    });
    let mut whole = all.next().unwrap_or_default();
    for next in all {
        whole.outside += next.outside;
        let before = whole.marks.len();
        whole.marks.extend(next.marks);
        whole
            .links
            .extend(next.links.into_iter().map(|link| BroughtLink {
                from: link.from + before,
                to: link.to + before,
                ..link
            }));
        for (label, count) in next.strange {
            *whole.strange.entry(label).or_default() += count;
        }
    }
    whole
}
