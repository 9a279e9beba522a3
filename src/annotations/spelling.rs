//! Answers, evidence and places as the JSON that files spell them in.
//!
//! In one place, because two need it: the sidecar, and merging, which keeps two answers of one
//! slot side by side in a record's `conflicts`. Reading here says yes or no; the sidecar's own
//! reader is the one that names faults.

use serde_json::{Map, Number, Value};

use super::{Evidence, Id, Locator, Place, Primacy, Quote, Review, Target, Time};
use crate::text::{Day, Open, Word};

/// A JSON object built field by field; a field without a value is left out.
pub(crate) struct Object(pub(crate) Map<String, Value>);

impl Object {
    /// An empty one.
    pub(crate) fn new() -> Object {
        Object(Map::new())
    }

    /// A field that is always there.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A text, if there is one.
    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// A number, if there is one, as it was spelt.
    pub(crate) fn number(&mut self, name: &str, value: Option<&Number>) {
        if let Some(value) = value {
            self.set(name, Value::Number(value.clone()));
        }
    }

    /// A list of words, if it holds any.
    pub(crate) fn words<T: Word>(&mut self, name: &str, words: &[Open<T>]) {
        if !words.is_empty() {
            let list: Vec<Value> = words.iter().map(|word| word.as_str().into()).collect();
            self.set(name, list);
        }
    }

    /// `start`, `end`, `exact` and `gaps`.
    pub(crate) fn quote(&mut self, quote: &Quote) {
        self.set("start", quote.start);
        self.set("end", quote.end);
        self.set("exact", quote.exact.as_str());
        if !quote.gaps.is_empty() {
            let gaps: Vec<Value> = quote
                .gaps
                .iter()
                .map(|(start, end)| vec![*start, *end].into())
                .collect();
            self.set("gaps", gaps);
        }
    }

    /// Fields of `more` named in `first`, in that order, then the others as they stand.
    pub(crate) fn rest(mut self, more: &Map<String, Value>, first: &[&str]) -> Map<String, Value> {
        for name in first {
            if let Some(value) = more.get(*name) {
                self.set(name, value.clone());
            }
        }
        for (name, value) in more {
            if !self.0.contains_key(name) {
                self.set(name, value.clone());
            }
        }
        self.0
    }
}

/// A reviewer's answer.
pub(crate) fn review(review: &Review) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("decision", review.decision.as_str());
    object.set("text", review.text.as_str());
    object.set("at", review.at.as_str());
    object.text("kind", review.kind.as_ref().map(Open::as_str));
    if let Some(quote) = &review.quote {
        object.quote(quote);
    }
    object.words("kinds", &review.kinds);
    object.text("verdict", review.verdict.as_deref());
    object.text("note", review.note.as_deref());
    object.number("seconds", review.seconds.as_ref());
    object.text("tool", review.tool.as_deref());
    object.rest(&review.unknown, &[])
}

/// A piece of evidence.
pub(crate) fn evidence(evidence: &Evidence) -> Map<String, Value> {
    let mut object = Object::new();
    object.text("url", evidence.url.as_deref());
    object.text("document", evidence.document.as_deref());
    object.text("quote", evidence.quote.as_deref());
    object.set("stance", evidence.stance.as_str());
    object.text("archive", evidence.archive.as_deref());
    object.text("note", evidence.note.as_deref());
    object.set("by", evidence.by.as_str());
    object.set("at", evidence.at.as_str());
    if let Some(place) = &evidence.locator {
        object.set("locator", locator(place));
    }
    object.text("primacy", evidence.primacy.as_ref().map(Open::as_str));
    object.text("consulted", evidence.consulted.as_deref());
    object.rest(&evidence.unknown, &[])
}

/// Where in a piece of evidence.
pub(crate) fn locator(locator: &Locator) -> Map<String, Value> {
    let mut object = Object::new();
    for (name, place) in [("page", &locator.page), ("paragraph", &locator.paragraph)] {
        match place {
            Some(Place::Number(number)) => object.set(name, *number),
            Some(Place::Words(words)) => object.set(name, words.as_str()),
            None => {}
        }
    }
    object.text("time", locator.time.as_deref());
    object.text("end", locator.end.as_deref());
    object.text("note", locator.note.as_deref());
    object.rest(&locator.unknown, &[])
}

/// Where a mark stands.
pub(crate) fn target(target: &Target) -> Map<String, Value> {
    let mut object = Object::new();
    object.quote(&target.quote);
    object.set("prefix", target.prefix.as_str());
    object.set("suffix", target.suffix.as_str());
    object.set("anchor", target.anchor.as_str());
    object.0
}

/// Fields taken out of an object one by one; what is left is unknown.
struct Taken(Map<String, Value>);

impl Taken {
    fn string(&mut self, name: &str) -> Option<Option<String>> {
        match self.0.shift_remove(name) {
            None => Some(None),
            Some(Value::String(text)) => Some(Some(text)),
            Some(_) => None,
        }
    }

    /// A field that came to have a meaning after files could have it in another form: what
    /// cannot be read so stays with the unknown ones.
    fn known<T>(&mut self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.0.get(name).and_then(read)?;
        self.0.shift_remove(name);
        Some(value)
    }

    fn number(&mut self, name: &str) -> Option<Option<Number>> {
        match self.0.shift_remove(name) {
            None => Some(None),
            Some(Value::Number(number)) => Some(Some(number)),
            Some(_) => None,
        }
    }

    fn words<T: Word>(&mut self, name: &str) -> Option<Vec<Open<T>>> {
        let Some(list) = self.0.shift_remove(name) else {
            return Some(Vec::new());
        };
        let words = list.as_array()?.iter();
        words
            .map(|word| Some(Open::parse(word.as_str()?)))
            .collect()
    }

    fn position(&mut self, name: &str) -> Option<Option<u32>> {
        match self.0.shift_remove(name) {
            None => Some(None),
            Some(value) => Some(Some(u32::try_from(value.as_u64()?).ok()?)),
        }
    }

    fn gaps(&mut self) -> Option<Vec<(u32, u32)>> {
        let Some(list) = self.0.shift_remove("gaps") else {
            return Some(Vec::new());
        };
        let point = |value: &Value| u32::try_from(value.as_u64()?).ok();
        let pairs = list.as_array()?.iter();
        pairs
            .map(|pair| match pair.as_array()?.as_slice() {
                [start, end] => Some((point(start)?, point(end)?)),
                _ => None,
            })
            .collect()
    }
}

/// The answer that JSON spells; `None`: it spells none.
pub(crate) fn read_review(value: &Value) -> Option<Review> {
    let mut fields = Taken(value.as_object()?.clone());
    let decision = Open::parse(&fields.string("decision")??);
    let text = Id::new(fields.string("text")??);
    let at = Time::new(fields.string("at")??);
    let kind = fields.string("kind")?.map(|kind| Open::parse(&kind));
    let (start, end) = (fields.position("start")?, fields.position("end")?);
    let quote = match (start, end) {
        (Some(start), Some(end)) => Some(Quote {
            start,
            end,
            exact: fields.string("exact")??,
            gaps: fields.gaps()?,
        }),
        _ => None,
    };
    Some(Review {
        decision,
        text,
        at,
        kind,
        quote,
        kinds: fields.words("kinds")?,
        verdict: fields.string("verdict")?,
        note: fields.string("note")?,
        seconds: fields.number("seconds")?,
        tool: fields.string("tool")?,
        unknown: fields.0,
    })
}

/// The piece of evidence that JSON spells; `None`: it spells none.
pub(crate) fn read_evidence(value: &Value) -> Option<Evidence> {
    let mut fields = Taken(value.as_object()?.clone());
    Some(Evidence {
        url: fields.string("url")?,
        document: fields.string("document")?,
        quote: fields.string("quote")?,
        stance: Open::parse(&fields.string("stance")??),
        archive: fields.string("archive")?,
        note: fields.string("note")?,
        by: fields.string("by")??,
        at: Time::new(fields.string("at")??),
        locator: fields.known("locator", read_locator),
        primacy: fields.known("primacy", read_primacy),
        consulted: fields.known("consulted", read_consulted),
        unknown: fields.0,
    })
}

/// The place in a piece of evidence that JSON spells; `None`: it spells none.
pub(crate) fn read_locator(value: &Value) -> Option<Locator> {
    let mut fields = Taken(value.as_object()?.clone());
    let words = |value: &Value| value.as_str().map(str::to_owned);
    let place = |value: &Value| match value {
        Value::String(words) => Some(Place::Words(words.clone())),
        value => value.as_u64().map(Place::Number),
    };
    Some(Locator {
        page: fields.known("page", place),
        paragraph: fields.known("paragraph", place),
        time: fields.known("time", words),
        end: fields.known("end", words),
        note: fields.known("note", words),
        unknown: fields.0,
    })
}

/// Whether a piece of evidence saw for itself; `None`: no word says so.
pub(crate) fn read_primacy(value: &Value) -> Option<Open<Primacy>> {
    value.as_str().map(Open::parse)
}

/// The day on which a piece of evidence was looked at; `None`: no day is spelt.
pub(crate) fn read_consulted(value: &Value) -> Option<String> {
    let day = value.as_str()?;
    let is_day = day.get(..10).is_some_and(|day| Day::of(day).is_some());
    is_day.then(|| day.to_owned())
}
