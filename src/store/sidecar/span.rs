//! Spans in files: code points, the words themselves and gaps, checked against a text.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;

use super::field::{Fault, Fields, position};
use crate::annotations::Quote;
use crate::store::json::Tree;
use crate::text::{Article, Mark, Span};

/// What a span is checked against.
#[derive(Clone, Copy)]
pub(super) enum Within<'a> {
    /// The article at hand: range and words.
    Article(&'a Article),
    /// Nothing: a text that is no longer at hand.
    Anything,
}

/// How it is told that a place cannot be put right: what a person or a run said is kept.
pub(in crate::store) const LEFT: &str = "; left as it is";

/// Where the words of a span stand.
pub(super) enum Stands {
    /// Nobody can say.
    Unknown,
    /// Where the span says.
    There(Mark),
    /// Not where it says, and why.
    Elsewhere(Fault),
}

impl Within<'_> {
    /// Whether the words of a quote stand where it says.
    pub(super) fn look(self, read: &Read) -> Stands {
        let Within::Article(article) = self else {
            return Stands::Unknown;
        };
        if let Some(astray) = &read.astray {
            return Stands::Elsewhere(astray.clone());
        }
        let quote = &read.quote;
        if quote.end as usize > article.length() {
            let length = article.length();
            let message = format!("{} is past the end of the text ({length})", quote.end);
            return Stands::Elsewhere(Fault::new("end", message));
        }
        match quote.mark_in(article) {
            Some(mark) => Stands::There(mark),
            None => Stands::Elsewhere(Fault::new("exact", "other words stand at that place")),
        }
    }

    /// A quote as it stands in the article: at its place, or at that of its words nearest to it,
    /// which is told. Words that are nowhere are told and left as they are.
    pub(super) fn settle(self, read: Read, budget: Option<&Cell<usize>>) -> (Quote, Option<Fault>) {
        let (Within::Article(article), Stands::Elsewhere(fault)) = (self, self.look(&read)) else {
            return read.left_as_it_is();
        };
        match nearest(article, &read.quote, budget) {
            Some(start) => {
                let mut quote = read.quote;
                quote.end = start + (quote.end - quote.start);
                quote.start = start;
                let message = format!("{}; found again at {start}", fault.message);
                (quote, Some(Fault::new(fault.path, message)))
            }
            None => {
                let message = format!("{}{LEFT}", fault.message);
                (
                    read.left_as_it_is().0,
                    Some(Fault::new(fault.path, message)),
                )
            }
        }
    }

    /// A quote that is not looked for: as it was read, and what is wrong with its place.
    pub(super) fn leave(self, read: Read) -> (Quote, Option<Fault>) {
        let fault = match self.look(&read) {
            Stands::Elsewhere(fault) => Some(fault),
            Stands::There(_) | Stands::Unknown => read.astray.clone(),
        };
        let fault = fault.map(|fault| Fault::new(fault.path, format!("{}{LEFT}", fault.message)));
        (read.left_as_it_is().0, fault)
    }
}

/// Code points before and after a wrong place in which words are looked for first.
const NEAR: usize = 4096;

/// The code point at which the words of a quote stand nearest to where it says. A whole text is
/// only gone through while the budget, in bytes, lasts: a file may hold any number of wrong
/// places.
fn nearest(article: &Article, quote: &Quote, budget: Option<&Cell<usize>>) -> Option<u32> {
    let text = article.text();
    let length = article.length();
    let from = (quote.start as usize).min(length).saturating_sub(NEAR);
    let to = (quote.end as usize).saturating_add(NEAR).min(length);
    let find = |area: Span| {
        let places = area.of(text).match_indices(quote.exact.as_str());
        let points = places.map(|(at, _)| article.offsets().point_of(text, area.start + at) as u32);
        points.min_by_key(|point| point.abs_diff(quote.start))
    };
    let close = article.span_of_points(from, to).and_then(find);
    if close.is_some() {
        return close;
    }
    if let Some(budget) = budget {
        budget.set(budget.get().checked_sub(text.len())?);
    }
    find(Span::new(0, text.len()))
}

/// A quote as an object spells it.
pub(super) struct Read {
    /// The quote; as long as its words are.
    pub(super) quote: Quote,
    /// Its offsets as they stand.
    pub(super) raw: (u32, u32),
    /// What is wrong with its offsets by themselves.
    pub(super) astray: Option<Fault>,
    /// What is wrong with its gaps; it is read without them then.
    pub(super) gaps: Option<Fault>,
}

impl Read {
    /// The quote with the offsets as they stand, and what is wrong with them.
    fn left_as_it_is(self) -> (Quote, Option<Fault>) {
        let (start, end) = self.raw;
        let quote = Quote {
            start,
            end,
            ..self.quote
        };
        (quote, self.astray)
    }

    /// Whether it cannot be told which of its words are meant.
    pub(super) fn is_doubtful(&self, value: &impl Tree) -> bool {
        let gaps = value.field("gaps").and_then(Tree::list);
        self.gaps.is_some() && !gaps.is_some_and(<[_]>::is_empty)
    }
}

/// An object without gaps that cannot be those of its span.
pub(super) fn without_bad_gaps(value: &Value) -> Cow<'_, Value> {
    let Some(map) = value.as_object() else {
        return Cow::Borrowed(value);
    };
    let cue = map.get("cue").map(without_bad_gaps);
    let cue = cue.filter(|cue| matches!(cue, Cow::Owned(_)));
    let length = |exact: &str| exact.chars().count() as u32;
    let exact = map.get("exact").and_then(Value::as_str).map(length);
    let is_bad = |list: &Value| exact.is_some_and(|length| gaps(list, length).is_err());
    let is_bad = map.get("gaps").is_some_and(is_bad);
    if cue.is_none() && !is_bad {
        return Cow::Borrowed(value);
    }
    let mut map = map.clone();
    if is_bad {
        map.shift_remove("gaps");
    }
    if let Some(cue) = cue {
        map.insert("cue".to_owned(), cue.into_owned());
    }
    Cow::Owned(Value::Object(map))
}

/// The quote in an object's `start`, `end`, `exact` and `gaps`. Offsets follow from the words
/// and the text, and gaps from nothing that is at hand: those that cannot be are told and no reason
/// to refuse the quote.
pub(super) fn quote<'a, T: Tree + 'a>(fields: &mut Fields<'a, T>) -> Result<Read, Fault> {
    let (start, start_fault) = fields.offset("start");
    let (end, end_fault) = fields.offset("end");
    let exact = fields.string("exact")?.to_owned();
    if exact.is_empty() {
        return Err(Fault::new("exact", "empty"));
    }
    let length = exact.chars().count() as u32;
    let start = start.or_else(|| end.map(|end| end.saturating_sub(length)));
    let start = start.unwrap_or_default();
    let end = end.unwrap_or_else(|| start.saturating_add(length));
    let mut astray = start_fault.or(end_fault);
    if astray.is_none() && start >= end {
        let message = format!("{end} is not after the start, {start}");
        astray = Some(Fault::new("end", message));
    }
    if astray.is_none() && length != end - start {
        let message = format!("{length} code points for a span of {}", end - start);
        astray = Some(Fault::new("exact", message));
    }
    let (gaps, gaps_fault) = match fields.optional("gaps").map(|value| gaps(value, length)) {
        None => (Vec::new(), None),
        Some(Ok(gaps)) => (gaps, None),
        Some(Err(fault)) => (Vec::new(), Some(fault)),
    };
    let raw = (start, end);
    let start = start.min(u32::MAX - length);
    Ok(Read {
        quote: Quote {
            start,
            end: start + length,
            exact,
            gaps,
        },
        raw,
        astray,
        gaps: gaps_fault,
    })
}

/// Gaps inside the span, in order, none empty, none touching an end or each other.
fn gaps(value: &impl Tree, length: u32) -> Result<Vec<(u32, u32)>, Fault> {
    let fault = |message: &str| Fault::new("gaps", message);
    let list = value.list().ok_or_else(|| fault("not a list"))?;
    if list.is_empty() {
        return Err(fault("an empty list"));
    }
    let mut from = 0;
    let mut gaps = Vec::with_capacity(list.len());
    for pair in list {
        let pair = pair.list().unwrap_or_default();
        let [start, end] = pair else {
            return Err(fault("not a pair of numbers"));
        };
        let (Some(start), Some(end)) = (position(start), position(end)) else {
            return Err(fault("not a pair of whole numbers"));
        };
        if start <= from || end <= start || end >= length {
            return Err(fault("not inside the span and in order"));
        }
        gaps.push((start, end));
        from = end;
    }
    Ok(gaps)
}
