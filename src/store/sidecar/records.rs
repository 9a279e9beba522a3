//! The records of a sidecar, read one after the other: faulty ones set aside, the rest kept.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::context::Context;
use super::field::Fault;
use super::head::{self, Head};
use super::loaded::Loaded;
use super::{VERSION, record};
use crate::annotations::{
    Anchor, Annotation, Document, Id, Link, Parts, SetAside, TextVersion, hex, join, link_id,
    reanchor, text_id,
};
use crate::store::json::{Members, Tree};
use crate::text::Article;

/// What was read of a sidecar: its head, and the records met so far. Annotations come first.
pub(super) struct Records<'a> {
    head: Head,
    /// Whether the article's text is the one the targets count in.
    same_text: bool,
    context: Context<'a>,
    annotations: Vec<Annotation>,
    /// Places of the annotations by id.
    places: FxHashMap<Id, usize>,
    /// Annotations met, those set aside included.
    met: usize,
    links: Vec<Link>,
    /// Ids of the links.
    linked: FxHashSet<Id>,
    /// Links met, those set aside included; `None`: none were asked for yet.
    links_met: Option<usize>,
    /// Faults with the record they keep out.
    aside: Vec<(Fault, SetAside)>,
}

impl<'a> Records<'a> {
    /// Nothing but the head, out of the fields of the top object.
    pub(super) fn of<T: Tree>(
        top: &(impl Members<T> + ?Sized),
        article: &'a Article,
    ) -> Records<'a> {
        let head = head::head(top, article);
        let current = text_id(article.text_sha256());
        let same_text =
            head.article.text == current && head.texts.iter().any(|(id, _)| *id == current);
        let current = if same_text {
            current
        } else {
            unique_text(&head.texts, article)
        };
        Records {
            context: Context::of(&head, article, current),
            head,
            same_text,
            annotations: Vec::new(),
            places: FxHashMap::default(),
            met: 0,
            links: Vec::new(),
            linked: FxHashSet::default(),
            links_met: None,
            aside: Vec::new(),
        }
    }

    /// Reads all annotations.
    pub(super) fn annotations<T: Tree>(&mut self, list: &[T]) {
        self.annotations.reserve(list.len());
        for record in list {
            self.annotation(record);
        }
        self.end_of_annotations();
    }

    /// Reads the next annotation.
    pub(super) fn annotation(&mut self, value: &impl Tree) {
        let place = Place("annotations", self.met);
        self.met += 1;
        let context = &self.context;
        match one(context, place, || record::annotation(value, Some(context))) {
            Ok(record) => match self.places.get(&record.id) {
                None => {
                    self.places
                        .insert(record.id.clone(), self.annotations.len());
                    self.annotations.push(record);
                }
                Some(&first) => {
                    let message = format!("a second annotation with the id {}", record.id);
                    match twins(&self.annotations[first], &record) {
                        Some(joined) => {
                            self.annotations[first] = joined;
                            let message = format!("{message}: joined with the first");
                            let fault = Fault::new("id", message).under(&place.told());
                            self.context.tell(Some(fault));
                        }
                        None => self.set_aside(place, Fault::new("id", message), value),
                    }
                }
            },
            Err(fault) => self.set_aside(place, fault, value),
        }
    }

    /// No annotation comes any more.
    pub(super) fn end_of_annotations(&mut self) {
        let records = self.annotations.iter();
        let in_order = records.is_sorted_by(|a, b| a.file_order() <= b.file_order());
        self.out_of_order("annotations", in_order);
    }

    /// Whether the links were read.
    pub(super) fn has_links(&self) -> bool {
        self.links_met.is_some()
    }

    /// Reads all links.
    pub(super) fn links<T: Tree>(&mut self, list: &[T]) {
        self.links.reserve(list.len());
        for record in list {
            self.link(record);
        }
        self.end_of_links();
    }

    /// Reads the next link.
    pub(super) fn link(&mut self, value: &impl Tree) {
        let met = self.links_met.get_or_insert(0);
        let place = Place("links", *met);
        *met += 1;
        let (context, annotations, linked) = (&self.context, &self.places, &mut self.linked);
        let read = one(context, place, || {
            let mut link = record::link(value, Some(context))?;
            for (name, end) in [("from", &mut link.from), ("to", &mut link.to)] {
                // Both records have one copy of the id.
                match annotations.get_key_value(end) {
                    Some((id, _)) => *end = id.clone(),
                    None => return Err(Fault::new(name, format!("no annotation {end}"))),
                }
            }
            if linked.insert(link.id.clone()) {
                return Ok(link);
            }
            let message = format!("a second link with the id {}", link.id);
            let right = link_id(&link.link_type, &link.from, &link.to);
            if !linked.insert(right.clone()) {
                return Err(Fault::new("id", message));
            }
            let message = format!("{message}; it is {right} now");
            context.tell(Some(Fault::new("id", message)));
            Ok(Link { id: right, ..link })
        });
        match read {
            Ok(link) => self.links.push(link),
            Err(fault) => self.set_aside(place, fault, value),
        }
    }

    /// No link comes any more.
    pub(super) fn end_of_links(&mut self) {
        self.links_met.get_or_insert(0);
        let in_order = self.links.is_sorted_by(|a, b| a.id <= b.id);
        self.out_of_order("links", in_order);
    }

    fn out_of_order(&self, list: &str, in_order: bool) {
        if !in_order {
            let fault = Fault::new(list, "not in the order that records stand in");
            self.context.tell(Some(fault));
        }
    }

    fn set_aside(&mut self, place: Place, fault: Fault, record: &impl Tree) {
        let fault = fault.under(&place.told());
        let record = SetAside {
            list: place.0,
            record: record.value(),
            reason: fault.to_string(),
        };
        self.aside.push((fault, record));
    }

    /// What the file of that version says, with the fields of its top that we do not know.
    pub(super) fn finished(self, version: u64, unknown: Map<String, Value>) -> Loaded<()> {
        let Records {
            mut head,
            same_text,
            context,
            aside,
            ..
        } = self;
        let mut faults = std::mem::take(&mut head.told);
        let grave = std::mem::take(&mut head.grave);
        faults.extend(aside.iter().map(|(fault, _)| fault.clone()));
        faults.extend(context.told.take());
        if version > VERSION {
            let message = format!("{version}, newer than this program reads ({VERSION})");
            faults.push(Fault::new("version", message));
        }
        let read_only = read_only(version, &grave);
        faults.extend(grave);
        let mut parts = Parts {
            article: head.article,
            texts: head.texts,
            runs: head.runs,
            passes: head.passes,
            annotations: self.annotations,
            links: self.links,
            aside: aside.into_iter().map(|(_, record)| record).collect(),
            unknown,
        };
        let article = context.article;
        lengths(&mut parts, &text_id(article.text_sha256()), &mut faults);
        let astray = |a: &Annotation| a.target.mark.is_none() && a.target.anchor != Anchor::Lost;
        let document = if same_text && parts.annotations.iter().any(astray) {
            reanchor(parts, None, article).document
        } else {
            Document::from_parts(parts)
        };
        Loaded {
            document,
            faults,
            text_changed: !same_text,
            read_only,
            value: (),
        }
    }
}

/// A record's place: its list, and how many stand before it.
#[derive(Clone, Copy)]
struct Place(&'static str, usize);

impl Place {
    fn told(self) -> String {
        format!("{}[{}]", self.0, self.1)
    }
}

/// Why a file of that version with those faults in its head must not be written.
fn read_only(version: u64, grave: &[Fault]) -> Option<String> {
    match grave.first() {
        _ if version > VERSION => Some(format!(
            "the sidecar is of version {version}, newer than this program reads ({VERSION})"
        )),
        Some(first) if grave.len() == 1 => Some(format!("fault in the sidecar: {first}")),
        Some(first) => Some(format!(
            "faults in the sidecar: {first} and {} more",
            grave.len() - 1
        )),
        None => None,
    }
}

/// The id of the article's text if the file knows exactly this text; else one no file has.
fn unique_text(texts: &[(Id, TextVersion)], article: &Article) -> Id {
    let sha256 = hex(article.text_sha256());
    texts
        .iter()
        .find(|(_, text)| text.sha256 == sha256)
        .map_or_else(|| Id::new(""), |(id, _)| id.clone())
}

/// Texts that are no longer at hand are at least as long as what is marked in them.
fn lengths(parts: &mut Parts, own: &Id, faults: &mut Vec<Fault>) {
    // Of the article's own text the length is known, and words at wrong places are told.
    if parts.texts.iter().all(|(id, _)| id == own) {
        return;
    }
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

/// Reads one record: what is told in it gets its place, or is dropped with it.
fn one<T>(
    context: &Context<'_>,
    place: Place,
    read: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let before = context.told.borrow().len();
    let record = read();
    let mut told = context.told.borrow_mut();
    if told.len() > before {
        let new = told.split_off(before);
        if record.is_ok() {
            let place = place.told();
            told.extend(new.into_iter().map(|fault| fault.under(&place)));
        }
    }
    record
}

/// Two records of one id as one, where they are about the same words. An id is saved once.
fn twins(first: &Annotation, second: &Annotation) -> Option<Annotation> {
    let same = first.kind == second.kind && first.target.quote.same_words(&second.target.quote);
    same.then(|| join(first, second))
}
