//! Annotations and links, to and from JSON: the validation the schema asks for and the
//! checks it cannot make (spans within their text, words as they stand, known runs).
//!
//! Reading gives a whole record or the one fault that keeps it out; the journal uses the
//! same forms, without the checks against a text.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::field::{Fault, Fields, is_id, wrong};
use super::span::{self, Within};
use crate::annotations::{
    Anchor, Annotation, Decision, Evidence, Id, Link, Pass, Quote, Review, Suggestion, Target,
};
use crate::text::{Article, Open, Word};

/// What records are checked against.
pub(in crate::store) struct Context<'a> {
    /// The article at hand.
    pub(in crate::store) article: &'a Article,
    /// The text version targets count in.
    pub(in crate::store) target_text: Id,
    /// Length of every text version.
    pub(in crate::store) texts: FxHashMap<Id, u32>,
    /// The text every run read.
    pub(in crate::store) runs: FxHashMap<Id, Id>,
    /// The id of the article's own text.
    pub(in crate::store) current: Id,
}

impl Context<'_> {
    /// What a span in that text version is checked against.
    fn within(&self, text: &Id) -> Within<'_> {
        match self.texts.get(text) {
            _ if *text == self.current => Within::Article(self.article),
            Some(length) => Within::Length(*length),
            None => Within::Anything,
        }
    }
}

pub(in crate::store) fn annotation(
    value: &Value,
    context: Option<&Context<'_>>,
) -> Result<Annotation, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "a-", 12)?;
    let kind = Open::parse(fields.string("kind")?);
    fields.string("status")?;
    let target = target(fields.required("target")?, context).map_err(|f| f.under("target"))?;
    let attributes = fields.optional_object("attributes")?;
    let mut suggestions = Vec::new();
    for (run, entry) in fields.object("suggestions")? {
        let under = |fault: Fault| fault.under(run).under("suggestions");
        let within = match context {
            None => Within::Anything,
            Some(known) => match known.runs.get(&Id::new(run.as_str())) {
                Some(text) => known.within(text),
                None => return Err(under(Fault::new("", "no such run in this file"))),
            },
        };
        suggestions.push((
            Id::new(run.as_str()),
            suggestion_within(entry, within).map_err(under)?,
        ));
    }
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")? {
        let review = review(entry, context, true)
            .and_then(|review| match review.decision.known() {
                Some(Decision::Add) if !suggestions.is_empty() => Err(Fault::new(
                    "decision",
                    "\"add\" of something a run suggested",
                )),
                _ => Ok(review),
            })
            .map_err(|fault| fault.under(reviewer).under("reviews"))?;
        reviews.push((reviewer.clone(), review));
    }
    let adjudication = fields
        .optional("adjudication")
        .map(|entry| review(entry, context, true).map_err(|f| f.under("adjudication")))
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
    Ok(Annotation {
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
    })
}

pub(in crate::store) fn link(value: &Value, context: Option<&Context<'_>>) -> Result<Link, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "l-", 12)?;
    let link_type = fields.string("type")?.to_owned();
    let from = fields.id("from", "a-", 12)?;
    let to = fields.id("to", "a-", 12)?;
    fields.string("status")?;
    let suggestions = fields
        .object("suggestions")?
        .iter()
        .map(|(run, entry)| (Id::new(run.as_str()), entry.clone()))
        .collect();
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")? {
        let review = review(entry, context, false)
            .map_err(|fault| fault.under(reviewer).under("reviews"))?;
        reviews.push((reviewer.clone(), review));
    }
    let conflicts = fields.optional_object("conflicts")?;
    Ok(Link {
        id,
        link_type,
        from,
        to,
        suggestions,
        reviews,
        conflicts,
        unknown: fields.unknown(),
    })
}

/// A target. Its mark is set only where its words stand in the article at hand.
pub(in crate::store) fn target(
    value: &Value,
    context: Option<&Context<'_>>,
) -> Result<Target, Fault> {
    let mut fields = Fields::of(value)?;
    let quote = span::quote(&mut fields)?;
    let prefix = fields.string("prefix")?.to_owned();
    let suffix = fields.string("suffix")?.to_owned();
    let anchor = fields.string("anchor")?;
    let anchor = Anchor::parse(anchor)
        .ok_or_else(|| Fault::new("anchor", format!("{anchor:?} is no anchor state")))?;
    let mut mark = None;
    if let Some(context) = context
        && anchor != Anchor::Lost
    {
        let within = context.within(&context.target_text);
        mark = within.check(&quote)?;
    }
    Ok(Target {
        quote,
        mark,
        prefix,
        suffix,
        anchor,
    })
}

/// A suggestion as it stands, without looking at a text.
pub(in crate::store) fn suggestion(value: &Value) -> Result<Suggestion, Fault> {
    suggestion_within(value, Within::Anything)
}

fn suggestion_within(value: &Value, within: Within<'_>) -> Result<Suggestion, Fault> {
    let mut fields = Fields::of(value)?;
    let quote = span::quote(&mut fields)?;
    within.check(&quote)?;
    let kind = Open::parse(fields.string("kind")?);
    let kinds = fields.words("kinds")?;
    let voice = fields.optional_string("voice")?;
    let cue = fields
        .optional("cue")
        .map(|cue| {
            let quote = span::quote(&mut Fields::of(cue)?)?;
            within.check(&quote)?;
            Ok(quote)
        })
        .transpose()
        .map_err(|fault: Fault| fault.under("cue"))?;
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
    if context.is_some_and(|known| !known.texts.contains_key(&text)) {
        return Err(Fault::new("text", format!("no text {text} in this file")));
    }
    let at = fields.time("at")?;
    let kind = fields.optional_string("kind")?;
    let has_span = ["start", "end"]
        .iter()
        .any(|name| value.get(name).is_some());
    let quote: Option<Quote> = if has_span {
        let quote = span::quote(&mut fields)?;
        if let Some(context) = context {
            context.within(&text).check(&quote)?;
        }
        Some(quote)
    } else {
        None
    };
    let firm = matches!(
        decision.known(),
        Some(Decision::Confirm | Decision::Correct | Decision::Add)
    );
    if of_annotation && firm && (kind.is_none() || quote.is_none()) {
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
        quote,
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
    read: impl Fn(&str, &Value) -> Result<T, Fault>,
) -> Result<Vec<(String, T)>, Fault> {
    let map: &Map<String, Value> = map.as_object().ok_or_else(|| wrong("", "an object", map))?;
    map.iter()
        .map(|(key, entry)| {
            let entry = read(key, entry).map_err(|fault| fault.under(key))?;
            Ok((key.clone(), entry))
        })
        .collect()
}
