//! Spans in files: code points, the words themselves and gaps, checked against a text.

use serde_json::Value;

use super::field::{Fault, Fields, position};
use crate::annotations::Quote;
use crate::text::{Article, Mark};

/// What a span is checked against.
#[derive(Clone, Copy)]
pub(super) enum Within<'a> {
    /// The article at hand: range and words.
    Article(&'a Article),
    /// A text that is no longer at hand: its length in code points.
    Length(u32),
    /// Nothing.
    Anything,
}

impl Within<'_> {
    /// The mark the quote points at, where the article is at hand.
    pub(super) fn check(self, quote: &Quote) -> Result<Option<Mark>, Fault> {
        match self {
            Within::Anything => Ok(None),
            Within::Length(length) if quote.end <= length => Ok(None),
            Within::Length(length) => Err(past(quote, length as usize)),
            Within::Article(article) => {
                if quote.end as usize > article.length() {
                    return Err(past(quote, article.length()));
                }
                match quote.mark_in(article) {
                    Some(mark) => Ok(Some(mark)),
                    None => Err(Fault::new("exact", "other words stand at that place")),
                }
            }
        }
    }
}

fn past(quote: &Quote, length: usize) -> Fault {
    let message = format!("{} is past the end of the text ({length})", quote.end);
    Fault::new("end", message)
}

/// The quote in an object's `start`, `end`, `exact` and `gaps`.
pub(super) fn quote(fields: &mut Fields<'_>) -> Result<Quote, Fault> {
    let start = fields.position("start")?;
    let end = fields.position("end")?;
    let exact = fields.string("exact")?.to_owned();
    if start >= end {
        let message = format!("{end} is not after the start, {start}");
        return Err(Fault::new("end", message));
    }
    if exact.is_empty() {
        return Err(Fault::new("exact", "empty"));
    }
    let length = exact.chars().count();
    if length != (end - start) as usize {
        let message = format!("{length} code points for a span of {}", end - start);
        return Err(Fault::new("exact", message));
    }
    let gaps = match fields.optional("gaps") {
        None => Vec::new(),
        Some(value) => gaps(value, end - start)?,
    };
    Ok(Quote {
        start,
        end,
        exact,
        gaps,
    })
}

/// Gaps inside the span, in order, none empty, none touching an end or each other.
fn gaps(value: &Value, length: u32) -> Result<Vec<(u32, u32)>, Fault> {
    let fault = |message: &str| Fault::new("gaps", message);
    let list = value.as_array().ok_or_else(|| fault("not a list"))?;
    if list.is_empty() {
        return Err(fault("an empty list"));
    }
    let mut from = 0;
    let mut gaps = Vec::with_capacity(list.len());
    for pair in list {
        let pair = pair.as_array().map_or(&[][..], Vec::as_slice);
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
