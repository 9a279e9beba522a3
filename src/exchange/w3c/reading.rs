//! Web Annotations read: a collection with its page, a page, a list, or one annotation.
//!
//! What our own exports write comes back as it was; of others a text that is marked is a claim,
//! unless it is classified as something else, and what is said of it is a note.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

use crate::annotations::{
    Answer, Brought, BroughtEvidence, BroughtMark, Piece, RecordKind, Stance,
};
use crate::exchange::page::iri;
use crate::exchange::reading::{Input, NotRead, json, kind_of, link, strange};
use crate::text::Open;

/// A value of which there may be several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Several<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> Several<T> {
    fn each(self) -> Vec<T> {
        match self {
            Several::Many(all) => all,
            Several::One(one) => vec![one],
        }
    }
}

fn each<T>(some: Option<Several<T>>) -> Vec<T> {
    some.map(Several::each).unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Annotations(Vec<Annotated>),
    Holder(Box<Holder>),
}

/// A collection, a page, or an annotation by itself.
#[derive(Deserialize)]
struct Holder {
    first: Option<Page>,
    items: Option<Vec<Annotated>>,
    /// As Hypothesis lists what it found.
    rows: Option<Vec<Annotated>>,
    #[serde(rename = "@graph")]
    graph: Option<Vec<Annotated>>,
    #[serde(flatten)]
    itself: Annotated,
}

/// The page of a collection: inside it, or only its address, which is never opened.
#[derive(Deserialize)]
#[serde(untagged)]
enum Page {
    Inside {
        #[serde(default)]
        items: Vec<Annotated>,
    },
    Elsewhere(String),
}

#[derive(Deserialize)]
struct Annotated {
    id: Option<Value>,
    body: Option<Several<Body>>,
    /// A note in short, and the same with tags and its writer as Hypothesis has them.
    #[serde(rename = "bodyValue", alias = "text")]
    note: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    user: Option<String>,
    target: Option<Several<Target>>,
    creator: Option<Several<Named>>,
    generator: Option<Several<Named>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Agent { name: Option<Several<String>> },
    Address(String),
}

impl Named {
    fn name(self) -> Option<String> {
        match self {
            Named::Agent { name } => each(name).into_iter().next(),
            Named::Address(address) => Some(address),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Told(Box<ToldBody>),
    Address(String),
}

#[derive(Deserialize)]
struct ToldBody {
    purpose: Option<Several<String>>,
    value: Option<String>,
    source: Option<Value>,
    selector: Option<Several<Selector>>,
    creator: Option<Several<Named>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Target {
    Part(Box<PartOf>),
    Whole(String),
}

#[derive(Deserialize)]
struct PartOf {
    source: Option<Value>,
    selector: Option<Several<Selector>>,
}

/// What of a resource is meant; other kinds of selectors say nothing of a text.
#[derive(Default, Deserialize)]
struct Selector {
    start: Option<Value>,
    end: Option<Value>,
    exact: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
}

/// Reads annotations, by the articles that they are on.
///
/// # Errors
/// When the file is none of annotations, or its page is elsewhere.
pub(in crate::exchange) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let mut reading = Reading::default();
    let items = match json(input.bytes)? {
        File::Annotations(items) => items,
        File::Holder(holder) => match (holder.first, holder.items.or(holder.rows).or(holder.graph))
        {
            (_, Some(items)) => items,
            (Some(Page::Inside { items }), _) => items,
            (Some(Page::Elsewhere(page)), _) => {
                let what = format!("the annotations stand elsewhere, in {page}; give that file");
                return Err(NotRead::new(what));
            }
            (None, None) => vec![holder.itself],
        },
    };
    items.into_iter().for_each(|item| reading.take_in(item));
    Ok(reading.articles())
}

/// A link by the ids of its ends: from, to, what it is called.
type Linked = (String, String, String);

#[derive(Default)]
struct Reading {
    /// By the resource they are on.
    articles: BTreeMap<String, Brought>,
    /// Where an annotation's mark is.
    marks: FxHashMap<String, (String, usize)>,
    links: Vec<Linked>,
    /// Annotations that quote nothing.
    without_words: usize,
}

impl Reading {
    fn take_in(&mut self, item: Annotated) {
        let bodies = each(item.body);
        let mut source = None;
        let mut pieces = Vec::new();
        let mut whole = None;
        for target in each(item.target) {
            match target {
                Target::Part(part) => {
                    pieces.extend(piece(each(part.selector)));
                    source = source.or(part.source.and_then(address));
                }
                Target::Whole(id) => whole = whole.or(Some(id)),
            }
        }
        if pieces.is_empty() {
            // About another annotation: that this one leads to a third.
            match whole.and_then(|from| linked(from, bodies)) {
                Some(link) => self.links.push(link),
                None => self.without_words += 1,
            }
            return;
        }
        let source = source.or(whole).unwrap_or_default();
        let tool = each(item.generator).into_iter().find_map(Named::name);
        let is_ours = tool
            .as_deref()
            .is_some_and(|tool| tool.starts_with("proofmark"));
        let by = each(item.creator).into_iter().find_map(Named::name);
        let by = by.or(item.user);
        let brought = self.articles.entry(source.clone()).or_default();
        brought.tool = tool.or(brought.tool.take());
        let mut mark = BroughtMark::new(RecordKind::Claim, pieces);
        if !describe(&mut mark, bodies, is_ours, by.as_deref(), brought) {
            return;
        }
        mark.tags.extend(item.tags);
        let note = item.note.filter(|note| !note.trim().is_empty());
        mark.answers.extend(note.map(|note| Answer {
            by,
            verdict: None,
            note: Some(note),
        }));
        if let Some(id) = item.id.and_then(address) {
            self.marks.insert(id, (source, brought.marks.len()));
        }
        brought.marks.push(mark);
    }

    fn articles(mut self) -> Vec<Brought> {
        for (from, to, label) in &self.links {
            if let (Some((of, from)), Some((other, to))) =
                (self.marks.get(from), self.marks.get(to))
                && of == other
                && let Some(brought) = self.articles.get_mut(of)
            {
                let link = link(&brought.marks, *from, *to, label);
                brought.links.push(link);
            }
        }
        if self.without_words > 0 && self.articles.is_empty() {
            self.articles.entry(String::new()).or_default();
        }
        let without_words = self.without_words;
        let named = |(name, brought)| Brought {
            name: Some(name),
            outside: without_words,
            ..brought
        };
        self.articles.into_iter().map(named).collect()
    }
}

/// What names a resource: its address, or that inside its description.
fn address(value: Value) -> Option<String> {
    match value {
        Value::String(address) => Some(address),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(mut fields) => fields.remove("id").and_then(address),
        _ => None,
    }
}

/// The piece that selectors of one target mean: by its words, and by its place where that is told.
fn piece(selectors: Vec<Selector>) -> Option<Piece> {
    let mut piece = Piece::default();
    for selector in selectors {
        let point = |value: Option<Value>| u32::try_from(value?.as_u64()?).ok();
        if let (Some(start), Some(end)) = (point(selector.start), point(selector.end)) {
            piece.points = Some((start, end));
        }
        if let Some(exact) = selector.exact.filter(|_| piece.exact.is_empty()) {
            piece.exact = exact;
            piece.prefix = selector.prefix.unwrap_or_default();
            piece.suffix = selector.suffix.unwrap_or_default();
        }
    }
    (!piece.exact.is_empty()).then_some(piece)
}

/// Takes in what is said of a mark; whether it is a claim or source at all.
fn describe(
    mark: &mut BroughtMark,
    bodies: Vec<Body>,
    is_ours: bool,
    by: Option<&str>,
    brought: &mut Brought,
) -> bool {
    let mut classes = Vec::new();
    // The resource that the words after it are about.
    let mut resource = None;
    for body in bodies {
        let told = match body {
            Body::Told(told) => told,
            // The address of something that says no more.
            Body::Address(_) => continue,
        };
        let purpose = each(told.purpose).into_iter().next().unwrap_or_default();
        let by = each(told.creator)
            .into_iter()
            .find_map(Named::name)
            .or(by.map(str::to_owned));
        let answer = |verdict, note| Answer { by, verdict, note };
        match (purpose.as_str(), told.value, told.source.and_then(address)) {
            ("classifying", Some(class), _) => classes.push(class),
            ("tagging", Some(tag), _) => mark.tags.push(tag),
            ("assessing", Some(verdict), _) => {
                mark.answers.push(answer(Some(verdict), None));
            }
            ("linking", _, Some(url)) => {
                let quote = each(told.selector).into_iter().find_map(|one| one.exact);
                let of_it = BroughtEvidence {
                    url: Some(url),
                    document: None,
                    quote,
                    stance: Open::Known(Stance::Context),
                };
                mark.evidence.extend(resource.replace(of_it));
            }
            ("describing", Some(words), _) if is_ours => {
                match words.strip_prefix(super::EVIDENCE) {
                    Some(told) => {
                        let of_it = resource.take();
                        mark.evidence.extend(evidence(told, of_it));
                    }
                    None => {
                        let own = words.into();
                        mark.attributes.insert("claim_text".to_owned(), own);
                    }
                }
            }
            (_, Some(note), _) => mark.answers.push(answer(None, Some(note))),
            _ => {}
        }
    }
    mark.evidence.extend(resource);
    let kind = classes.iter().find_map(|class| kind_of(class));
    if kind.is_none() && !classes.is_empty() {
        strange(&mut brought.strange, &classes[0]);
        return false;
    }
    mark.kind = kind.unwrap_or(mark.kind);
    let kinds = classes.iter().filter(|class| kind_of(class).is_none());
    mark.kinds = kinds.map(|class| Open::parse(class)).collect();
    true
}

/// Evidence as our exports tell it in words, after the resource itself where it has an address.
fn evidence(told: &str, resource: Option<BroughtEvidence>) -> Option<BroughtEvidence> {
    let mut parts = told.split("; ");
    let stance = Open::parse(parts.next()?);
    let reference = parts.next().map(str::to_owned);
    let Some(resource) = resource else {
        // An address that is none of the web's is told in words alone.
        let reference = reference?;
        let is_address = reference.contains("://");
        return Some(BroughtEvidence {
            url: is_address.then(|| reference.clone()),
            document: (!is_address).then_some(reference),
            quote: parts.find_map(|part| {
                let words = part.strip_prefix('“')?;
                words.strip_suffix('”').map(str::to_owned)
            }),
            stance,
        });
    };
    // The words have the address as it was written.
    let url = resource.url.as_deref().unwrap_or_default();
    let written = reference.filter(|written| iri(written) == url);
    Some(BroughtEvidence {
        url: written.or(resource.url),
        stance,
        ..resource
    })
}

/// That the annotation `from` leads to another.
fn linked(from: String, bodies: Vec<Body>) -> Option<Linked> {
    let mut label = None;
    let mut to = None;
    for body in bodies {
        match body {
            Body::Told(told) => {
                label = label.or(told.value);
                to = to.or(told.source.and_then(address));
            }
            Body::Address(id) => to = to.or(Some(id)),
        }
    }
    Some((from, to?, label.unwrap_or_else(|| "linking".to_owned())))
}
