//! All annotations of one article, with the head of its sidecar.
//!
//! Plain lists in [`Parts`], as a sidecar holds them, plus indexes by id. Reading is free;
//! changing goes through [`Document::apply`] alone, which keeps the indexes and gives back
//! the inverse. Knows nothing of files, clocks or screens.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::edit::{Edit, Refused};
use super::rank::{Rank, weigh};
use super::taken_run::{TakenRun, put_in, take_out};
use super::{Annotation, ArticleHead, Id, Link, Parts, Pass, Run, TextVersion, text_id};
use crate::text::Article;

/// All annotations of one article.
#[derive(Clone, Debug)]
pub struct Document {
    parts: Parts,
    annotation_at: FxHashMap<Id, usize>,
    link_at: FxHashMap<Id, usize>,
    links_of: FxHashMap<Id, Vec<usize>>,
    rank: Rank,
}

impl PartialEq for Document {
    /// Equal when they hold the same records and, in each, the same answers, in whatever
    /// order: taking an answer back and giving it again changes nothing.
    fn eq(&self, other: &Document) -> bool {
        self.in_one_order() == other.in_one_order()
    }
}

impl Document {
    /// A document without annotations.
    pub fn new(article: &Article) -> Document {
        let text = text_id(article.text_sha256());
        Document::from_parts(Parts {
            article: ArticleHead::of(article),
            texts: vec![(text, TextVersion::of(article))],
            runs: Vec::new(),
            passes: Vec::new(),
            annotations: Vec::new(),
            links: Vec::new(),
            aside: Vec::new(),
            unknown: Map::new(),
        })
    }

    /// A document of lists. Of two records with one id the first counts; callers who read
    /// files set doubles aside before.
    pub fn from_parts(parts: Parts) -> Document {
        let mut document = Document {
            parts,
            annotation_at: FxHashMap::default(),
            link_at: FxHashMap::default(),
            links_of: FxHashMap::default(),
            rank: Rank::default(),
        };
        document.renew(|_| ());
        document
    }

    /// The lists, to be read or written to a file.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The lists, taken apart: for merging and re-anchoring, which build a new document.
    pub fn into_parts(self) -> Parts {
        self.parts
    }

    /// The current text version.
    pub fn text(&self) -> &Id {
        &self.parts.article.text
    }

    /// Every annotation, in no particular order.
    pub fn annotations(&self) -> &[Annotation] {
        &self.parts.annotations
    }

    /// Every link, in no particular order.
    pub fn links(&self) -> &[Link] {
        &self.parts.links
    }

    /// One annotation.
    pub fn annotation(&self, id: &Id) -> Option<&Annotation> {
        self.annotation_at
            .get(id)
            .map(|&at| &self.parts.annotations[at])
    }

    /// One link.
    pub fn link(&self, id: &Id) -> Option<&Link> {
        self.link_at.get(id).map(|&at| &self.parts.links[at])
    }

    /// The links from or to an annotation.
    pub fn links_of(&self, id: &Id) -> impl Iterator<Item = &Link> {
        self.links_of
            .get(id)
            .into_iter()
            .flatten()
            .map(|&at| &self.parts.links[at])
    }

    /// One run.
    pub fn run(&self, id: &Id) -> Option<&Run> {
        self.parts.run(id)
    }

    /// Whether a run read that text.
    pub fn is_of(&self, run: &Id, text: &Id) -> bool {
        self.run(run).is_some_and(|run| run.text == *text)
    }

    /// One reviewer's pass.
    pub fn pass_of(&self, reviewer: &str) -> Option<&Pass> {
        self.parts
            .passes
            .iter()
            .find(|(name, _)| name == reviewer)
            .map(|(_, pass)| pass)
    }

    /// The one door for what comes from elsewhere and is no decision (findings, text
    /// versions, new places): changes the lists and makes the indexes anew. Merging and finding
    /// marks again make a document of new lists, which comes through here as well.
    pub(super) fn renew(&mut self, change: impl FnOnce(&mut Parts)) {
        change(&mut self.parts);
        weigh(&mut self.parts, &self.rank);
        self.index_annotations();
        self.index_links();
    }

    /// Sees the suggestions of several detectors in this rank from now on. A way of looking, which is
    /// kept nowhere: documents are equal whatever the rank they are seen in.
    pub fn set_rank(&mut self, rank: Rank) {
        if self.rank != rank {
            self.rank = rank;
            weigh(&mut self.parts, &self.rank);
        }
    }

    /// The rank the suggestions are seen in.
    pub fn rank(&self) -> &Rank {
        &self.rank
    }

    /// Takes up text versions that records or answers name.
    pub fn know_text(&mut self, id: Id, version: TextVersion) {
        if !self.parts.texts.iter().any(|(known, _)| *known == id) {
            self.parts.texts.push((id, version));
        }
    }

    /// Whether anyone decided anything, or put the article off or tagged it: only then is
    /// there something to save.
    pub fn has_decisions(&self) -> bool {
        let head = &self.parts.article.more;
        !self.parts.passes.is_empty()
            || head.contains_key("later")
            || head.contains_key("tags")
            || self
                .parts
                .annotations
                .iter()
                .any(|a| !a.reviews.is_empty() || !a.evidence.is_empty())
            || self.parts.links.iter().any(|link| !link.reviews.is_empty())
    }

    /// Whether any answer was given in another text than the current one.
    pub fn has_answers_to_another_text(&self) -> bool {
        let current = self.text();
        let annotations = self.annotations().iter();
        let mut answers = annotations
            .flat_map(|a| a.reviews.iter().map(|(_, r)| r).chain(&a.adjudication))
            .chain(
                self.links()
                    .iter()
                    .flat_map(|l| l.reviews.iter().map(|(_, r)| r)),
            );
        answers.any(|answer| answer.text != *current)
    }

    /// Changes the document and gives back the edit that restores it; refused, it changes
    /// nothing.
    ///
    /// # Errors
    /// When the edit names a record that is not there, or puts one under another's id.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, Refused> {
        Ok(match edit {
            Edit::Review {
                annotation,
                reviewer,
                review,
            } => {
                let record = self.annotation_mut(&annotation)?;
                let review = set(&mut record.reviews, &reviewer, review);
                Edit::Review {
                    annotation,
                    reviewer,
                    review,
                }
            }
            Edit::LinkReview {
                link,
                reviewer,
                review,
            } => {
                let at = *self
                    .link_at
                    .get(&link)
                    .ok_or_else(|| Refused::NoLink(link.clone()))?;
                let review = set(&mut self.parts.links[at].reviews, &reviewer, review);
                Edit::LinkReview {
                    link,
                    reviewer,
                    review,
                }
            }
            Edit::Target { annotation, target } => {
                let record = self.annotation_mut(&annotation)?;
                let target = std::mem::replace(&mut record.target, target);
                Edit::Target { annotation, target }
            }
            Edit::Attribute {
                annotation,
                name,
                value,
            } => {
                let record = self.annotation_mut(&annotation)?;
                let value = set_field(&mut record.attributes, &name, value);
                Edit::Attribute {
                    annotation,
                    name,
                    value,
                }
            }
            Edit::Field {
                annotation,
                name,
                value,
            } => {
                let record = self.annotation_mut(&annotation)?;
                let value = set_field(&mut record.unknown, &name, value);
                Edit::Field {
                    annotation,
                    name,
                    value,
                }
            }
            Edit::Evidence {
                annotation,
                id,
                evidence,
            } => {
                let record = self.annotation_mut(&annotation)?;
                let evidence = set(&mut record.evidence, &id, evidence);
                Edit::Evidence {
                    annotation,
                    id,
                    evidence,
                }
            }
            Edit::Adjudication { annotation, review } => {
                let record = self.annotation_mut(&annotation)?;
                let review = std::mem::replace(&mut record.adjudication, review);
                Edit::Adjudication { annotation, review }
            }
            Edit::Conflict {
                record,
                field,
                entry,
            } => {
                let entry = set_field(self.conflicts_mut(&record)?, &field, entry);
                Edit::Conflict {
                    record,
                    field,
                    entry,
                }
            }
            Edit::Annotation { id, annotation } => {
                let annotation = self.set_annotation(&id, annotation)?;
                Edit::Annotation { id, annotation }
            }
            Edit::Link { id, link } => {
                let link = self.set_link(&id, link)?;
                Edit::Link { id, link }
            }
            Edit::Pass { reviewer, pass } => {
                let pass = set(&mut self.parts.passes, &reviewer, pass);
                Edit::Pass { reviewer, pass }
            }
            Edit::Article { name, value } => {
                let value = set_field(&mut self.parts.article.more, &name, value);
                Edit::Article { name, value }
            }
            Edit::Run { run, taken } => self.set_run(&run, taken),
            Edit::All(edits) => self.apply_all(edits)?,
        })
    }

    /// Applies all or none.
    fn apply_all(&mut self, edits: Vec<Edit>) -> Result<Edit, Refused> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(refused) => {
                    for inverse in inverses.into_iter().rev() {
                        self.apply(inverse)
                            .expect("what was just applied can be taken back");
                    }
                    return Err(refused);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::All(inverses))
    }

    /// Puts a run in, or takes it out; what is so already is left so.
    fn set_run(&mut self, id: &Id, taken: Option<Box<TakenRun>>) -> Edit {
        if taken.is_some() == self.run(id).is_some() {
            return Edit::All(Vec::new());
        }
        let mut inverse = None;
        match taken {
            Some(taken) => self.renew(|parts| put_in(parts, id, *taken)),
            None => self.renew(|parts| inverse = take_out(parts, id)),
        }
        Edit::Run {
            run: id.clone(),
            taken: inverse.map(Box::new),
        }
    }

    fn annotation_mut(&mut self, id: &Id) -> Result<&mut Annotation, Refused> {
        match self.annotation_at.get(id) {
            Some(&at) => Ok(&mut self.parts.annotations[at]),
            None => Err(Refused::NoAnnotation(id.clone())),
        }
    }

    fn conflicts_mut(&mut self, id: &Id) -> Result<&mut Map<String, Value>, Refused> {
        match self.link_at.get(id) {
            Some(&at) => Ok(&mut self.parts.links[at].conflicts),
            None => Ok(&mut self.annotation_mut(id)?.conflicts),
        }
    }

    fn set_annotation(
        &mut self,
        id: &Id,
        annotation: Option<Box<Annotation>>,
    ) -> Result<Option<Box<Annotation>>, Refused> {
        if let Some(record) = annotation.as_ref().filter(|record| record.id != *id) {
            return Err(Refused::WrongId {
                id: id.clone(),
                record: record.id.clone(),
            });
        }
        let old = match (self.annotation_at.get(id).copied(), annotation) {
            (Some(at), Some(new)) => Some(std::mem::replace(&mut self.parts.annotations[at], *new)),
            (Some(at), None) => {
                let old = self.parts.annotations.remove(at);
                self.index_annotations();
                Some(old)
            }
            (None, Some(new)) => {
                self.annotation_at
                    .insert(id.clone(), self.parts.annotations.len());
                self.parts.annotations.push(*new);
                None
            }
            (None, None) => None,
        };
        Ok(old.map(Box::new))
    }

    fn set_link(&mut self, id: &Id, link: Option<Box<Link>>) -> Result<Option<Box<Link>>, Refused> {
        if let Some(record) = link.as_ref().filter(|record| record.id != *id) {
            return Err(Refused::WrongId {
                id: id.clone(),
                record: record.id.clone(),
            });
        }
        let old = match (self.link_at.get(id).copied(), link) {
            (Some(at), Some(new)) => Some(std::mem::replace(&mut self.parts.links[at], *new)),
            (Some(at), None) => Some(self.parts.links.remove(at)),
            (None, Some(new)) => {
                self.parts.links.push(*new);
                self.index_link(self.parts.links.len() - 1);
                return Ok(None);
            }
            (None, None) => return Ok(None),
        };
        self.index_links();
        Ok(old.map(Box::new))
    }

    fn index_annotations(&mut self) {
        self.annotation_at.clear();
        for (at, annotation) in self.parts.annotations.iter().enumerate() {
            self.annotation_at
                .entry(annotation.id.clone())
                .or_insert(at);
        }
    }

    fn index_links(&mut self) {
        self.link_at.clear();
        self.links_of.clear();
        for at in 0..self.parts.links.len() {
            self.index_link(at);
        }
    }

    fn index_link(&mut self, at: usize) {
        let link = &self.parts.links[at];
        self.link_at.entry(link.id.clone()).or_insert(at);
        self.links_of.entry(link.from.clone()).or_default().push(at);
        if link.to != link.from {
            self.links_of.entry(link.to.clone()).or_default().push(at);
        }
    }

    /// The sorted parts with their maps by key.
    fn in_one_order(&self) -> Parts {
        let mut parts = self.sorted();
        parts.passes.sort_by(|a, b| a.0.cmp(&b.0));
        for annotation in &mut parts.annotations {
            annotation.reviews.sort_by(|a, b| a.0.cmp(&b.0));
            annotation.evidence.sort_by(|a, b| a.0.cmp(&b.0));
        }
        for link in &mut parts.links {
            link.reviews.sort_by(|a, b| a.0.cmp(&b.0));
        }
        parts
    }

    /// The parts with records in the order of the file; for comparing and saving.
    pub fn sorted(&self) -> Parts {
        let mut parts = self.parts.clone();
        parts
            .annotations
            .sort_by(|a, b| a.file_order().cmp(&b.file_order()));
        parts.links.sort_by(|a, b| a.id.cmp(&b.id));
        parts
    }
}

/// Sets or clears a slot of an ordered map and gives back what was there. A slot set anew
/// goes to the end, as files want it.
fn set<K: PartialEq + Clone, V>(map: &mut Vec<(K, V)>, key: &K, value: Option<V>) -> Option<V> {
    let at = map.iter().position(|(known, _)| known == key);
    match (at, value) {
        (Some(at), Some(value)) => Some(std::mem::replace(&mut map[at].1, value)),
        (Some(at), None) => Some(map.remove(at).1),
        (None, Some(value)) => {
            map.push((key.clone(), value));
            None
        }
        (None, None) => None,
    }
}

/// The same for a JSON map.
pub(super) fn set_field(
    map: &mut Map<String, Value>,
    name: &str,
    value: Option<Value>,
) -> Option<Value> {
    match value {
        Some(value) => map.insert(name.to_owned(), value),
        None => map.shift_remove(name),
    }
}
