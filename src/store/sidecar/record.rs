//! Annotations and links, to and from JSON: the validation the schema asks for and the
//! checks it cannot make (spans within their text, words as they stand, known runs).
//!
//! Reading gives a whole record or the one fault that keeps it out; the journal uses the
//! same forms, without the checks against a text. What follows from other values (status,
//! context, offsets) is worked out; where the file says otherwise that is told, and is never a
//! reason to keep a record out.

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::field::{Fault, Fields, is_id, wrong};
use super::head::Head;
use super::span::{self, Stands, Within};
use crate::annotations::{
    Anchor, Annotation, Decision, Evidence, Id, Inserted, Link, Pass, Quote, Review, StandAlone,
    Status, Suggestion, Target,
};
use crate::text::{Article, Open, Word};

/// Bytes that are gone through in all for words at wrong places.
const SEARCHED: usize = 256 << 20;

/// What records are checked against.
pub(in crate::store) struct Context<'a> {
    /// The article at hand.
    pub(in crate::store) article: &'a Article,
    /// The text version targets count in.
    pub(in crate::store) target_text: Id,
    /// Every text version.
    pub(in crate::store) texts: FxHashSet<Id>,
    /// The text every run read.
    pub(in crate::store) runs: FxHashMap<Id, Id>,
    /// The id of the article's own text.
    pub(in crate::store) current: Id,
    /// Values that do not follow from what they should, by path; filled in reading.
    pub(in crate::store) told: RefCell<Vec<Fault>>,
    /// Bytes of text that may still be gone through for words at wrong places.
    pub(in crate::store) budget: Cell<usize>,
}

impl<'a> Context<'a> {
    /// What the records of a head are checked against.
    pub(in crate::store) fn of(head: &Head, article: &'a Article, current: Id) -> Context<'a> {
        let runs = head.runs.iter();
        Context {
            article,
            target_text: head.article.text.clone(),
            texts: head.texts.iter().map(|(id, _)| id.clone()).collect(),
            runs: runs
                .map(|(id, run)| (id.clone(), run.text.clone()))
                .collect(),
            current,
            told: RefCell::default(),
            budget: Cell::new(SEARCHED),
        }
    }

    /// What a span in that text version is checked against.
    fn within(&self, text: &Id) -> Within<'_> {
        if *text == self.current {
            Within::Article(self.article)
        } else {
            Within::Anything
        }
    }

    fn tell(&self, fault: Option<Fault>) {
        self.told.borrow_mut().extend(fault);
    }
}

/// Reads a part of a record: what goes wrong or is told in it has its place before its path.
fn part<T>(
    context: Option<&Context<'_>>,
    place: &str,
    read: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let before = context.map_or(0, |context| context.told.borrow().len());
    let part = read().map_err(|fault| fault.under(place));
    if let Some(context) = context {
        for told in context.told.borrow_mut().iter_mut().skip(before) {
            let fault = Fault::new(
                std::mem::take(&mut told.path),
                std::mem::take(&mut told.message),
            );
            *told = fault.under(place);
        }
    }
    part
}

/// Tells a status that the decisions do not bear out.
fn status(value: Option<&Value>, right: Status, context: Option<&Context<'_>>) {
    let (Some(context), false) = (
        context,
        value.and_then(Value::as_str) == Some(right.as_str()),
    ) else {
        return;
    };
    let found = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    let message = format!("{found}, where the decisions make it {:?}", right.as_str());
    context.tell(Some(Fault::new("status", message)));
}

pub(in crate::store) fn annotation(
    value: &Value,
    context: Option<&Context<'_>>,
) -> Result<Annotation, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "a-", 12)?;
    let kind = Open::parse(fields.string("kind")?);
    let said = fields.optional("status");
    let place = fields.required("target")?;
    let target = part(context, "target", || target(place, context))?;
    let attributes = fields.optional_object("attributes")?;
    let mut suggestions = Vec::new();
    for (run, entry) in fields.object("suggestions")? {
        let suggestion = part(context, &format!("suggestions.{run}"), || {
            let within = match context {
                None => Within::Anything,
                Some(known) => match known.runs.get(&Id::new(run.as_str())) {
                    Some(text) => known.within(text),
                    None => return Err(Fault::new("", "no such run in this file")),
                },
            };
            suggestion_within(entry, within, context)
        })?;
        suggestions.push((Id::new(run.as_str()), suggestion));
    }
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")? {
        let review = part(context, &format!("reviews.{reviewer}"), || {
            let review = review(entry, context, true)?;
            match review.decision.known() {
                Some(Decision::Add) if !suggestions.is_empty() => Err(Fault::new(
                    "decision",
                    "\"add\" of something a run suggested",
                )),
                _ => Ok(review),
            }
        })?;
        reviews.push((reviewer.clone(), review));
    }
    let adjudication = fields
        .optional("adjudication")
        .map(|entry| part(context, "adjudication", || review(entry, context, true)))
        .transpose()?;
    let mut evidence = Vec::new();
    for (id, entry) in &fields.optional_object("evidence")? {
        let under = |fault: Fault| fault.under(id).under("evidence");
        if !is_id(id, "e-", 8) {
            return Err(under(Fault::new("", "no id of the form e-00000000")));
        }
        evidence.push((Id::new(id.as_str()), evidence_entry(entry).map_err(under)?));
    }
    let conflicts = fields.optional_object("conflicts")?;
    let annotation = Annotation {
        id,
        kind,
        target,
        attributes,
        suggestions,
        reviews,
        adjudication,
        evidence,
        conflicts,
        unknown: fields.unknown(),
    };
    status(said, annotation.status(), context);
    Ok(annotation)
}

pub(in crate::store) fn link(value: &Value, context: Option<&Context<'_>>) -> Result<Link, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "l-", 12)?;
    let link_type = fields.string("type")?.to_owned();
    let from = fields.id("from", "a-", 12)?;
    let to = fields.id("to", "a-", 12)?;
    let said = fields.optional("status");
    let suggestions = fields
        .object("suggestions")?
        .iter()
        .map(|(run, entry)| (Id::new(run.as_str()), entry.clone()))
        .collect();
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")? {
        let review = part(context, &format!("reviews.{reviewer}"), || {
            review(entry, context, false)
        })?;
        reviews.push((reviewer.clone(), review));
    }
    let conflicts = fields.optional_object("conflicts")?;
    let link = Link {
        id,
        link_type,
        from,
        to,
        suggestions,
        reviews,
        conflicts,
        unknown: fields.unknown(),
    };
    status(said, link.status(), context);
    Ok(link)
}

/// A target. Its mark is set only where its words stand in the article at hand; where they stand
/// elsewhere it is to be looked for, and a person is asked.
pub(in crate::store) fn target(
    value: &Value,
    context: Option<&Context<'_>>,
) -> Result<Target, Fault> {
    let mut fields = Fields::of(value)?;
    let read = span::quote(&mut fields)?;
    let around = [fields.optional("prefix"), fields.optional("suffix")];
    let anchor = fields.string("anchor")?;
    let anchor = Anchor::parse(anchor)
        .ok_or_else(|| Fault::new("anchor", format!("{anchor:?} is no anchor state")))?;
    let [prefix, suffix] = around.map(|text| text.and_then(Value::as_str).unwrap_or_default());
    let target = Target {
        quote: read.quote.clone(),
        mark: None,
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        anchor,
    };
    let Some(context) = context else {
        return match read.astray {
            Some(fault) => Err(fault),
            None => Ok(target),
        };
    };
    let stands = match anchor {
        Anchor::Lost => Stands::Unknown,
        _ => context.within(&context.target_text).look(&read),
    };
    Ok(match stands {
        Stands::Unknown => {
            context.tell(read.astray);
            for (name, text) in ["prefix", "suffix"].into_iter().zip(around) {
                if !text.is_some_and(Value::is_string) {
                    context.tell(Some(Fault::new(name, "no text; taken for empty")));
                }
            }
            target
        }
        Stands::There(mark) => {
            let right = Target::anchored(context.article, mark, anchor);
            let pairs = [("prefix", &right.prefix), ("suffix", &right.suffix)];
            for ((name, right), found) in pairs.into_iter().zip(around) {
                if found.and_then(Value::as_str) != Some(right) {
                    context.tell(Some(Fault::new(name, "not what stands around the words")));
                }
            }
            right
        }
        Stands::Elsewhere(fault) => {
            let message = format!("{}; looked for by its words", fault.message);
            context.tell(Some(Fault::new(fault.path, message)));
            Target {
                anchor: Anchor::Check,
                ..target
            }
        }
    })
}

/// A suggestion as it stands, without looking at a text.
pub(in crate::store) fn suggestion(value: &Value) -> Result<Suggestion, Fault> {
    suggestion_within(value, Within::Anything, None)
}

/// A quote of an answer or suggestion, put right by its words where the article is at hand.
fn quote(
    fields: &mut Fields<'_>,
    within: Within<'_>,
    context: Option<&Context<'_>>,
) -> Result<Quote, Fault> {
    let budget = context.map(|known| &known.budget);
    told(within.settle(span::quote(fields)?, budget), context)
}

/// A quote whose fault is told; where nobody listens it is refused.
fn told(
    (quote, fault): (Quote, Option<Fault>),
    context: Option<&Context<'_>>,
) -> Result<Quote, Fault> {
    match (context, fault) {
        (None, Some(fault)) => return Err(fault),
        (Some(context), fault) => context.tell(fault),
        (None, None) => {}
    }
    Ok(quote)
}

fn suggestion_within(
    value: &Value,
    within: Within<'_>,
    context: Option<&Context<'_>>,
) -> Result<Suggestion, Fault> {
    let mut fields = Fields::of(value)?;
    let quote = quote(&mut fields, within, context)?;
    let kind = Open::parse(fields.string("kind")?);
    let kinds = fields.words("kinds")?;
    let voice = fields.optional_string("voice")?;
    let cue = fields
        .optional("cue")
        .map(|cue| {
            part(context, "cue", || {
                let read = span::quote(&mut Fields::of(cue)?)?;
                // A cue that runs backwards is nobody's count of anything.
                if read.raw.start >= read.raw.end {
                    return told(within.leave(read), context);
                }
                let budget = context.map(|known| &known.budget);
                told(within.settle(read, budget), context)
            })
        })
        .transpose()?;
    let keep = fields.known("keep", |value| {
        let number = value.as_number()?;
        let size = number.as_f64()?;
        (0.0..=1.0).contains(&size).then(|| number.clone())
    });
    let folded = fields.known("folded", Value::as_bool).unwrap_or(false);
    let stand_alone = fields.known("stand_alone", stand_alone);
    Ok(Suggestion {
        quote,
        kind,
        kinds: kinds.into_iter().map(Open::parse).collect(),
        voice: voice.as_deref().map(Open::parse),
        cue,
        score: fields.number("score", 1.0)?,
        checkable: fields.number("checkable", 1.0)?,
        priority: fields.number("priority", 1.0)?,
        why: fields.optional_string("why")?,
        keep,
        folded,
        stand_alone,
        unknown: fields.unknown(),
    })
}

/// Words that stand alone; `None` where they are spelt in another way, which is kept.
fn stand_alone(value: &Value) -> Option<StandAlone> {
    let mut fields = Fields::of(value).ok()?;
    let text = fields.string("text").ok().filter(|text| !text.is_empty())?;
    let spans = match fields.optional("spans") {
        None => &[][..],
        Some(list) => list.as_array()?.as_slice(),
    };
    let spans = spans.iter().map(|span| {
        let [at, to, start, end] = span.as_array()?.as_slice() else {
            return None;
        };
        let point = |value: &Value| value.as_u64().and_then(|point| u32::try_from(point).ok());
        let from = match (start, end) {
            (Value::Null, Value::Null) => None,
            (start, end) => Some((point(start)?, point(end)?)),
        };
        let at = (point(at)?, point(to)?);
        Some(Inserted { at, from })
    });
    Some(StandAlone {
        text: text.to_owned(),
        spans: spans.collect::<Option<Vec<_>>>()?,
        unknown: fields.unknown(),
    })
}

/// A review; of an annotation, confirm, correct and add need kind and span.
pub(in crate::store) fn review(
    value: &Value,
    context: Option<&Context<'_>>,
    of_annotation: bool,
) -> Result<Review, Fault> {
    let mut fields = Fields::of(value)?;
    let decision: Open<Decision> = Open::parse(fields.string("decision")?);
    let text = fields.id("text", "t-", 8)?;
    if context.is_some_and(|known| !known.texts.contains(&text)) {
        return Err(Fault::new("text", format!("no text {text} in this file")));
    }
    let at = fields.time("at")?;
    let kind = fields.optional_string("kind")?;
    let has_span = ["start", "end"]
        .iter()
        .any(|name| value.get(name).is_some());
    let span: Option<Quote> = if has_span {
        let within = context.map_or(Within::Anything, |context| context.within(&text));
        Some(quote(&mut fields, within, context)?)
    } else {
        None
    };
    let firm = matches!(
        decision.known(),
        Some(Decision::Confirm | Decision::Correct | Decision::Add)
    );
    if of_annotation && firm && (kind.is_none() || span.is_none()) {
        let missing = if kind.is_none() { "kind" } else { "start" };
        return Err(Fault::new(missing, format!("missing with {decision}")));
    }
    let kinds = fields.words("kinds")?;
    let verdict = fields.optional_string("verdict")?;
    if verdict.as_deref() == Some("") {
        return Err(Fault::new("verdict", "empty"));
    }
    Ok(Review {
        decision,
        text,
        at,
        kind: kind.as_deref().map(Open::parse),
        quote: span,
        kinds: kinds.into_iter().map(Open::parse).collect(),
        verdict,
        note: fields.optional_string("note")?,
        seconds: fields.number("seconds", f64::MAX)?,
        tool: fields.optional_string("tool")?,
        unknown: fields.unknown(),
    })
}

pub(in crate::store) fn evidence_entry(value: &Value) -> Result<Evidence, Fault> {
    let mut fields = Fields::of(value)?;
    let url = fields.optional_string("url")?;
    let document = fields.optional_string("document")?;
    if url.is_none() && document.is_none() {
        return Err(Fault::new("", "neither url nor document"));
    }
    Ok(Evidence {
        url,
        document,
        quote: fields.optional_string("quote")?,
        stance: Open::parse(fields.string("stance")?),
        archive: fields.optional_string("archive")?,
        note: fields.optional_string("note")?,
        by: fields.string("by")?.to_owned(),
        at: fields.time("at")?,
        unknown: fields.unknown(),
    })
}

/// A reviewer's pass as it stands.
pub(in crate::store) fn pass(value: &Value) -> Result<Pass, Fault> {
    super::head::any_pass(value)
}

/// The entries of a map whose keys name something: `passes`, `runs`, `texts`.
pub(in crate::store) fn entries<T>(
    map: &Value,
    mut read: impl FnMut(&str, &Value) -> Result<T, Fault>,
) -> Result<Vec<(String, T)>, Fault> {
    let map: &Map<String, Value> = map.as_object().ok_or_else(|| wrong("", "an object", map))?;
    map.iter()
        .map(|(key, entry)| {
            let entry = read(key, entry).map_err(|fault| fault.under(key))?;
            Ok((key.clone(), entry))
        })
        .collect()
}
