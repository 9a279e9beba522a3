//! Annotations and links, to and from JSON: the validation the schema asks for and the
//! checks it cannot make (spans within their text, words as they stand, known runs).
//!
//! Reading gives a whole record or the one fault that keeps it out; the journal uses the
//! same forms, without the checks against a text. What follows from other values (status,
//! context, offsets) is worked out; where the file says otherwise that is told, and is never a
//! reason to keep a record out.

use super::context::{Context, part};
use super::field::{Fault, Fields, is_id, position};
use super::span::{self, Stands, Within};
use crate::annotations::{
    Anchor, Annotation, Counts, Decision, Evidence, Id, Inserted, Link, Quote, Review, StandAlone,
    Status, Suggestion, Target, link_id, spelling,
};
use crate::store::json::{Members, Tree};
use crate::text::{Open, Word};

/// Tells a status that the decisions do not bear out.
fn status(value: Option<&impl Tree>, right: Status, context: Option<&Context<'_>>) {
    let (Some(context), false) = (context, value.and_then(Tree::text) == Some(right.as_str()))
    else {
        return;
    };
    let found = value.map_or_else(|| "nothing".to_owned(), |found| found.value().to_string());
    let message = format!("{found}, where the decisions make it {:?}", right.as_str());
    context.tell(Some(Fault::new("status", message)));
}

pub(in crate::store) fn annotation(
    value: &impl Tree,
    context: Option<&Context<'_>>,
) -> Result<Annotation, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "a-", 12)?;
    let kind = Open::parse(fields.string("kind")?);
    let said = fields.optional("status");
    let place = fields.required("target")?;
    let target = part(context, "target", || target(place, context))?;
    let attributes = fields.kept_object("attributes")?;
    let mut suggestions = Vec::new();
    for (run, entry) in fields.object("suggestions")?.fields() {
        let known_run = context.and_then(|known| known.runs.get_key_value(run));
        let suggestion = part(context, format_args!("suggestions.{run}"), || {
            let of_run = known_run.map(|(_, text)| text);
            let within = match (context, of_run) {
                (Some(known), Some(text)) => known.within(text),
                _ => Within::Anything,
            };
            let suggestion = suggestion_within(entry, within, context)?;
            if let Some(context) = context {
                if of_run.is_none() {
                    context.tell(Some(Fault::kept("", "no such run in this file")));
                }
                if suggestion.kind != kind {
                    let message =
                        format!("{:?}, but the record is a {kind}", suggestion.kind.as_str());
                    context.tell(Some(Fault::kept("kind", message)));
                }
            }
            Ok(suggestion)
        })?;
        let run = known_run.map_or_else(|| Id::new(run), |(run, _)| run.clone());
        suggestions.push((run, suggestion));
    }
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")?.fields() {
        let review = part(context, format_args!("reviews.{reviewer}"), || {
            let review = review(entry, context, true)?;
            // A later run may suggest what somebody added.
            let is_before = |known: &Context<'_>| {
                let mut runs = suggestions
                    .iter()
                    .filter_map(|(run, _)| known.seen.get(run));
                runs.any(|seen| *seen < review.at)
            };
            if let Some(context) = context
                && review.decision.known() == Some(Decision::Add)
                && is_before(context)
            {
                let message = "\"add\" of something a run had suggested";
                context.tell(Some(Fault::kept("decision", message)));
            }
            Ok(review)
        })?;
        reviews.push((reviewer.to_owned(), review));
    }
    let adjudication = fields
        .optional("adjudication")
        .map(|entry| part(context, "adjudication", || review(entry, context, true)))
        .transpose()?;
    let mut evidence = Vec::new();
    let entries = fields.optional_object("evidence")?;
    for (id, entry) in entries.into_iter().flat_map(Members::fields) {
        let under = |fault: Fault| fault.under(id).under("evidence");
        if !is_id(id, "e-", 8) {
            return Err(under(Fault::new("", "no id of the form e-00000000")));
        }
        evidence.push((Id::new(id), evidence_entry(entry).map_err(under)?));
    }
    let conflicts = fields.kept_object("conflicts")?;
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
        counts: Counts::default(),
    };
    status(said, annotation.status(), context);
    if let Some(context) = context {
        context.tell(other_words(&annotation, &context.target_text));
    }
    Ok(annotation)
}

/// Tells a target on words that nobody's answer in the same text is about. Which of several
/// answers counts is no matter here, nor what a merge left open.
fn other_words(annotation: &Annotation, text: &Id) -> Option<Fault> {
    let target = &annotation.target;
    if !matches!(target.anchor, Anchor::Ok | Anchor::Moved) || !annotation.conflicts.is_empty() {
        return None;
    }
    let reviews = annotation.reviews.iter().map(|(_, review)| review);
    let answers = reviews.chain(&annotation.adjudication);
    let in_text = answers.filter(|review| review.text == *text);
    let answers: Vec<&Review> = in_text.filter(|review| review.quote.is_some()).collect();
    let mut quotes = answers.iter().filter_map(|review| review.quote.as_ref());
    if !answers.iter().any(|review| review.stands_behind())
        || quotes.clone().any(|quote| quote.same_words(&target.quote))
    {
        return None;
    }
    let is_whole = quotes.any(|quote| quote.exact == target.quote.exact);
    let place = if is_whole {
        "target.gaps"
    } else {
        "target.exact"
    };
    Some(Fault::kept(
        place,
        "other words than those of the answers given in this text",
    ))
}

pub(in crate::store) fn link(
    value: &impl Tree,
    context: Option<&Context<'_>>,
) -> Result<Link, Fault> {
    let mut fields = Fields::of(value)?;
    let id = fields.id("id", "l-", 12);
    let link_type = fields.string("type")?.to_owned();
    let from = fields.id("from", "a-", 12)?;
    let to = fields.id("to", "a-", 12)?;
    let right = link_id(&link_type, &from, &to);
    let id = match (context, id) {
        (None, id) => id?,
        // Other tools name their links as they like.
        (Some(_), Ok(id)) if id == right || link_type != Link::ATTRIBUTED_TO => id,
        // Journals and other copies of the file may name it, so it stays.
        (Some(context), Ok(id)) => {
            let message = format!("by its type and ends it is {right}");
            context.tell(Some(Fault::kept("id", message)));
            id
        }
        (Some(context), Err(fault)) => {
            let message = format!("{}; it is {right} now", fault.message);
            context.tell(Some(Fault::new("id", message)));
            right
        }
    };
    let said = fields.optional("status");
    let suggestions = fields
        .object("suggestions")?
        .fields()
        .map(|(run, entry)| {
            let known = context.and_then(|known| known.runs.get_key_value(run));
            let run = known.map_or_else(|| Id::new(run), |(run, _)| run.clone());
            (run, entry.value())
        })
        .collect();
    let mut reviews = Vec::new();
    for (reviewer, entry) in fields.object("reviews")?.fields() {
        let review = part(context, format_args!("reviews.{reviewer}"), || {
            review(entry, context, false)
        })?;
        reviews.push((reviewer.to_owned(), review));
    }
    let conflicts = fields.kept_object("conflicts")?;
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
    value: &impl Tree,
    context: Option<&Context<'_>>,
) -> Result<Target, Fault> {
    let mut fields = Fields::of(value)?;
    let read = span::quote(&mut fields)?;
    let around = [fields.optional("prefix"), fields.optional("suffix")];
    let anchor = match anchor(&mut fields) {
        Ok(anchor) => anchor,
        Err(fault) => {
            let message = format!("{}; taken for {:?}", fault.message, Anchor::Check.as_str());
            told(((), Some(Fault::new("anchor", message))), context)?;
            Anchor::Check
        }
    };
    bad_gaps(&read, context)?;
    let anchor = match anchor {
        Anchor::Ok | Anchor::Moved if read.is_doubtful(value) => Anchor::Check,
        anchor => anchor,
    };
    let [prefix, suffix] = around.map(|text| text.and_then(Tree::text).unwrap_or_default());
    let unmarked = |quote: Quote, anchor: Anchor| Target {
        quote,
        mark: None,
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        anchor,
    };
    let Some(context) = context else {
        return match read.astray {
            Some(fault) => Err(fault),
            None => Ok(unmarked(read.quote, anchor)),
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
                if text.and_then(Tree::text).is_none() {
                    context.tell(Some(Fault::new(name, "no text; taken for empty")));
                }
            }
            unmarked(read.quote, anchor)
        }
        Stands::There(mark) => {
            // Its words stand at its offsets.
            let right = Target::quoted(context.article, mark, read.quote, anchor);
            let pairs = [("prefix", &right.prefix), ("suffix", &right.suffix)];
            for ((name, right), found) in pairs.into_iter().zip(around) {
                if found.and_then(Tree::text) != Some(right) {
                    context.tell(Some(Fault::new(name, "not what stands around the words")));
                }
            }
            right
        }
        Stands::Elsewhere(fault) => {
            let message = format!("{}; looked for by its words", fault.message);
            context.tell(Some(Fault::new(fault.path, message)));
            unmarked(read.quote, Anchor::Check)
        }
    })
}

/// How sure a target is, in a word of ours.
fn anchor<'a, T: Tree + 'a>(fields: &mut Fields<'a, T>) -> Result<Anchor, Fault> {
    let word = fields.string("anchor")?;
    let fault = || Fault::new("anchor", format!("{word:?} is no anchor state"));
    Anchor::parse(word).ok_or_else(fault)
}

/// Tells gaps that cannot be those of their span: the words are taken for one piece.
fn bad_gaps(read: &span::Read, context: Option<&Context<'_>>) -> Result<(), Fault> {
    let left = |fault: &Fault| {
        let message = format!("{}, taken for one piece{}", fault.message, span::LEFT);
        Fault::new(fault.path.clone(), message)
    };
    told(((), read.gaps.as_ref().map(left)), context)
}

/// A suggestion as it stands, without looking at a text.
pub(in crate::store) fn suggestion(value: &impl Tree) -> Result<Suggestion, Fault> {
    suggestion_within(value, Within::Anything, None)
}

/// A quote of an answer or suggestion, put right by its words where the article is at hand.
fn quote<'a, T: Tree + 'a>(
    fields: &mut Fields<'a, T>,
    within: Within<'_>,
    context: Option<&Context<'_>>,
) -> Result<Quote, Fault> {
    let budget = context.map(|known| &known.budget);
    let read = span::quote(fields)?;
    bad_gaps(&read, context)?;
    told(within.settle(read, budget), context)
}

/// A part whose fault is told; where nobody listens it is refused.
fn told<T>((part, fault): (T, Option<Fault>), context: Option<&Context<'_>>) -> Result<T, Fault> {
    match (context, fault) {
        (None, Some(fault)) => return Err(fault),
        (Some(context), fault) => context.tell(fault),
        (None, None) => {}
    }
    Ok(part)
}

fn suggestion_within(
    value: &impl Tree,
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
                bad_gaps(&read, context)?;
                // A cue that runs backwards is nobody's count of anything.
                if read.raw.0 >= read.raw.1 {
                    return told(within.leave(read), context);
                }
                let budget = context.map(|known| &known.budget);
                told(within.settle(read, budget), context)
            })
        })
        .transpose()?;
    let keep = fields.known("keep", |value| {
        let size = value.size()?;
        (0.0..=1.0).contains(&size).then(|| value.number())?
    });
    let folded = fields.known("folded", Tree::truth).unwrap_or(false);
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
fn stand_alone(value: &impl Tree) -> Option<StandAlone> {
    let mut fields = Fields::of(value).ok()?;
    let text = fields.string("text").ok().filter(|text| !text.is_empty())?;
    let spans = match fields.optional("spans") {
        None => &[][..],
        Some(list) => list.list()?,
    };
    let spans = spans.iter().map(|span| {
        let [at, to, start, end] = span.list()? else {
            return None;
        };
        let from = match start.is_null() && end.is_null() {
            true => None,
            false => Some((position(start)?, position(end)?)),
        };
        let at = (position(at)?, position(to)?);
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
    value: &impl Tree,
    context: Option<&Context<'_>>,
    of_annotation: bool,
) -> Result<Review, Fault> {
    let mut fields = Fields::of(value)?;
    let decision: Open<Decision> = Open::parse(fields.string("decision")?);
    let mut text = fields.id("text", "t-", 8)?;
    match context.map(|known| (known, known.texts.get(&text))) {
        // One copy of it serves all answers.
        Some((_, Some(known))) => text = known.clone(),
        Some((context, None)) => {
            let message = format!("no text {text} in this file");
            context.tell(Some(Fault::kept("text", message)));
        }
        None => {}
    }
    let at = fields.time("at")?;
    let kind = fields.optional_string("kind")?;
    let has_span = ["start", "end", "exact"]
        .iter()
        .any(|name| value.field(name).is_some());
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

pub(in crate::store) fn evidence_entry(value: &impl Tree) -> Result<Evidence, Fault> {
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
        locator: fields.known("locator", |value| spelling::read_locator(&value.value())),
        primacy: fields.known("primacy", |value| spelling::read_primacy(&value.value())),
        consulted: fields.known("consulted", |value| {
            spelling::read_consulted(&value.value())
        }),
        unknown: fields.unknown(),
    })
}
