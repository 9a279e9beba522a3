//! What a file of another tool says of an article: quotations, answers, links by its own ids; and
//! how that comes into a document.
//!
//! Readers of formats make a [`Brought`]. [`Document::bringing`] finds its words in the article at
//! hand ([`anchored`]) and makes one edit of it: a run's suggestions ([`as_run`]) or a reviewer's
//! answers ([`as_reviewer`]). What stands there already is never changed, and what is not surely
//! found is left out and told.

mod anchored;
mod as_reviewer;
mod as_run;
mod not_brought;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::{Map, Number, Value};

use super::proposal::{Ids, Proposal};
use super::{Document, Edit, Quote, RecordKind, Stance, Suggestion, Time};
use crate::detect::{Kind, Voice};
use crate::text::{Article, Mark, Offsets, Open};
pub use not_brought::{NotBrought, Why};

/// What a file says of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// What the file calls the article.
    pub name: Option<String>,
    /// The text that its places count in, where the file has it.
    pub text: Option<String>,
    /// What made the annotations, as the file says.
    pub tool: Option<String>,
    /// The claims and sources.
    pub marks: Vec<BroughtMark>,
    /// The links between them.
    pub links: Vec<BroughtLink>,
    /// Labels that are neither claim nor source, and how often each was met.
    pub strange: BTreeMap<String, usize>,
    /// Marks that have no place in the file's own text.
    pub outside: usize,
}

/// Code points of a file's text that are kept before and after a piece.
const CONTEXT: usize = 32;

impl Brought {
    /// Without its text: every piece is told what stood around it there.
    pub fn without_text(mut self) -> Brought {
        let Some(text) = self.text.take() else {
            return self;
        };
        let offsets = Offsets::new(&text);
        for piece in self.marks.iter_mut().flat_map(|mark| &mut mark.pieces) {
            let Some((start, end)) = piece.points.filter(|_| piece.is_bare()) else {
                continue;
            };
            (piece.prefix, piece.suffix) = around(&text, &offsets, start, end);
        }
        self
    }
}

/// What stands before and after a range of a text, in code points.
fn around(text: &str, offsets: &Offsets, start: u32, end: u32) -> (String, String) {
    let byte = |point: u32| offsets.byte_of(text, point as usize);
    let before = byte(start).map_or("", |at| &text[..at]);
    let after = byte(end).map_or("", |at| &text[at..]);
    let from = before.char_indices().rev().nth(CONTEXT - 1);
    let prefix = from.map_or(before, |(at, _)| &before[at..]);
    (prefix.to_owned(), after.chars().take(CONTEXT).collect())
}

/// A claim or a source.
#[derive(Clone, Debug, PartialEq)]
pub struct BroughtMark {
    /// Which of the two.
    pub kind: RecordKind,
    /// Its pieces, in order; at least one.
    pub pieces: Vec<Piece>,
    /// Whether the file calls it a suggestion, where it tells those from decisions.
    pub is_suggestion: bool,
    /// Kinds of the claim.
    pub kinds: Vec<Open<Kind>>,
    /// Whose words it is in.
    pub voice: Option<Open<Voice>>,
    /// `claim_text`, `name`, `source_type`, `role`; words only.
    pub attributes: Map<String, Value>,
    /// Tags.
    pub tags: Vec<String>,
    /// How sure the file's tool is, 0 to 1.
    pub score: Option<Number>,
    /// How much it deserves checking, 0 to 1.
    pub priority: Option<Number>,
    /// Whether it is seldom worth a person's time.
    pub folded: bool,
    /// The reason in words.
    pub why: Option<String>,
    /// What people said of it.
    pub answers: Vec<Answer>,
    /// Evidence.
    pub evidence: Vec<BroughtEvidence>,
}

impl BroughtMark {
    /// One of which nothing is known but its place.
    pub fn new(kind: RecordKind, pieces: Vec<Piece>) -> BroughtMark {
        BroughtMark {
            kind,
            pieces,
            is_suggestion: false,
            kinds: Vec::new(),
            voice: None,
            attributes: Map::new(),
            tags: Vec::new(),
            score: None,
            priority: None,
            folded: false,
            why: None,
            answers: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Takes in what another mark on the same words says.
    fn take_in(&mut self, other: &BroughtMark) {
        fn union<T: Clone + PartialEq>(known: &mut Vec<T>, more: &[T]) {
            for one in more {
                if !known.contains(one) {
                    known.push(one.clone());
                }
            }
        }
        union(&mut self.answers, &other.answers);
        union(&mut self.tags, &other.tags);
        union(&mut self.evidence, &other.evidence);
        if self.kinds.is_empty() {
            self.kinds.clone_from(&other.kinds);
        }
        for (name, value) in &other.attributes {
            self.attributes.entry(name).or_insert_with(|| value.clone());
        }
    }

    /// Its words, pieces joined by “ … ”.
    pub fn words(&self) -> String {
        let pieces: Vec<&str> = self.pieces.iter().map(|p| p.exact.as_str()).collect();
        pieces.join(" … ")
    }

    /// It as what a run proposes.
    fn proposal(&self, mark: &Mark, quote: Quote, ids: &mut Ids) -> Proposal {
        let mut attributes = self.attributes.clone();
        // A claim in a reviewer's own words is an answer, and no run gives one.
        attributes.remove(as_reviewer::OWN_WORDS);
        Proposal {
            id: ids.next(self.kind, &quote.exact),
            mark: mark.clone(),
            suggestion: self.suggestion(quote),
            attributes,
        }
    }

    fn suggestion(&self, quote: Quote) -> Suggestion {
        Suggestion {
            quote,
            kind: Open::Known(self.kind),
            kinds: self.kinds.clone(),
            voice: self.voice.clone(),
            cue: None,
            score: self.score.as_ref().and_then(score),
            checkable: None,
            priority: self.priority.as_ref().and_then(score),
            why: self.why.clone(),
            keep: None,
            folded: self.folded,
            stand_alone: None,
            unknown: Map::new(),
        }
    }
}

/// A piece of a mark, as the file tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Piece {
    /// Where it stands in the file's text, in code points: from, to.
    pub points: Option<(u32, u32)>,
    /// Its words.
    pub exact: String,
    /// What stood before it; not needed where the file has the text.
    pub prefix: String,
    /// What stood after it.
    pub suffix: String,
}

impl Piece {
    /// Whether nothing is known of what stood around it.
    fn is_bare(&self) -> bool {
        self.prefix.is_empty() && self.suffix.is_empty()
    }
}

/// What somebody said of a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Who; `None`: not told.
    pub by: Option<String>,
    /// The verdict.
    pub verdict: Option<String>,
    /// The note.
    pub note: Option<String>,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtEvidence {
    /// Its address.
    pub url: Option<String>,
    /// Its title, where it has no address.
    pub document: Option<String>,
    /// The words that matter.
    pub quote: Option<String>,
    /// How it bears on the claim.
    pub stance: Open<Stance>,
}

/// A link between two marks, by their place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtLink {
    /// The claim.
    pub from: usize,
    /// The source, or what else it leads to.
    pub to: usize,
    /// Its type, as sidecars spell it.
    pub link_type: String,
}

/// As what annotations are brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By<'a> {
    /// As the suggestions of a run.
    Run {
        /// What made them.
        tool: &'a str,
        /// The file they come from.
        model: &'a str,
        /// The digest of that file's bytes.
        digest: &'a str,
    },
    /// As the decisions of a reviewer.
    Reviewer {
        /// Her name, as sidecars hold it.
        name: &'a str,
        /// The program that brings them in.
        tool: &'a str,
    },
}

/// How something brought comes into a document.
#[derive(Clone, Debug)]
pub struct Bringing {
    /// The change; empty if there is nothing new.
    pub edit: Edit,
    /// Marks that come in.
    pub marks: usize,
    /// Links that come in.
    pub links: usize,
    /// Marks that are there already, with the same answer.
    pub known: usize,
    /// What is left out.
    pub left: Vec<NotBrought>,
}

impl Document {
    /// The edit by which what a file says of the article comes into this document. It changes no
    /// answer, attribute or place that is there.
    pub fn bringing(
        &self,
        article: &Article,
        brought: &Brought,
        by: By<'_>,
        at: &Time,
    ) -> Bringing {
        let decides = matches!(by, By::Reviewer { .. });
        let has_suggestions = brought.marks.iter().any(|mark| mark.is_suggestion);
        let is_taken = |mark: &BroughtMark| match decides {
            true => !mark.is_suggestion,
            false => mark.is_suggestion || !has_suggestions,
        };
        let placed = Placed::of(article, brought, is_taken);
        match by {
            By::Run {
                tool,
                model,
                digest,
            } => as_run::bringing(self, article, placed, (tool, model, digest), at),
            By::Reviewer { name, tool } => {
                as_reviewer::Reviewing::new(self, article, name, tool, at).bringing(&placed)
            }
        }
    }
}

/// The marks whose words are in the article, and the links between them.
struct Placed<'b> {
    /// Each with its place, no two of a kind at the same: what is said of those is said of one.
    marks: Vec<(BroughtMark, Mark)>,
    /// Links by place in that list, without doubles.
    links: Vec<(usize, usize, &'b str)>,
    left: Vec<NotBrought>,
}

impl<'b> Placed<'b> {
    fn of(
        article: &Article,
        brought: &'b Brought,
        is_taken: impl Fn(&BroughtMark) -> bool,
    ) -> Placed<'b> {
        let mut placed = Placed {
            marks: Vec::new(),
            links: Vec::new(),
            left: Vec::new(),
        };
        let mut at: FxHashMap<usize, usize> = FxHashMap::default();
        let mut known: FxHashMap<(RecordKind, Mark), usize> = FxHashMap::default();
        let found = anchored::marks(article, brought);
        for (number, (mark, found)) in brought.marks.iter().zip(found).enumerate() {
            if !is_taken(mark) {
                continue;
            }
            match found {
                Ok(found) => {
                    let next = placed.marks.len();
                    let place = *known.entry((mark.kind, found.clone())).or_insert(next);
                    if place == next {
                        placed.marks.push((mark.clone(), found));
                    } else {
                        placed.marks[place].0.take_in(mark);
                    }
                    at.insert(number, place);
                }
                Err(why) => placed.left.push(NotBrought::mark(mark, why)),
            }
        }
        let mut links = std::collections::BTreeSet::new();
        for link in &brought.links {
            let ends = (at.get(&link.from), at.get(&link.to));
            if let (Some(&from), Some(&to)) = ends
                && from != to
                && links.insert((from, to, link.link_type.as_str()))
            {
                placed.links.push((from, to, &link.link_type));
            }
        }
        placed
    }
}

/// A score as sidecars may hold it: 0 to 1; anything else is none.
fn score(number: &Number) -> Option<Number> {
    let value = number
        .as_f64()
        .filter(|value| (0.0..=1.0).contains(value))?;
    Number::from_f64((value * 10_000.0).round() / 10_000.0)
}
