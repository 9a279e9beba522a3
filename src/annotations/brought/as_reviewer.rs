//! Brought marks as the answers of a reviewer: what is there is confirmed or corrected, what is not
//! is added. Nothing that anybody decided is changed, her own answers least of all.

use rustc_hash::FxHashSet;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Answer, Bringing, BroughtEvidence, BroughtMark, NotBrought, Placed, Why};
use crate::annotations::proposal::{Ids, Proposal, link_id};
use crate::annotations::same::Known;
use crate::annotations::{
    ADDED, Annotation, Decision, Document, Edit, Evidence, Id, Link, Quote, Review, Target, Time,
    hex, run_id,
};
use crate::text::{Article, Mark, Open};

/// The attribute that holds a claim in a reviewer's own words.
pub(super) const OWN_WORDS: &str = "claim_text";

/// A reviewer's answers being made.
pub(super) struct Reviewing<'a> {
    document: &'a Document,
    article: &'a Article,
    reviewer: &'a str,
    tool: &'a str,
    at: &'a Time,
    known: Known,
    /// Records that a mark of the file means already.
    meant: FxHashSet<Id>,
    ids: Ids,
    edits: Vec<Edit>,
    /// New records, which come before everything that is said of them.
    added: Vec<Annotation>,
    marks: usize,
    links: usize,
    there: usize,
    left: Vec<NotBrought>,
}

impl<'a> Reviewing<'a> {
    pub(super) fn new(
        document: &'a Document,
        article: &'a Article,
        reviewer: &'a str,
        tool: &'a str,
        at: &'a Time,
    ) -> Reviewing<'a> {
        Reviewing {
            known: Known::of(document.parts(), article),
            document,
            article,
            reviewer,
            tool,
            at,
            meant: FxHashSet::default(),
            ids: Ids::default(),
            edits: Vec::new(),
            added: Vec::new(),
            marks: 0,
            links: 0,
            there: 0,
            left: Vec::new(),
        }
    }

    pub(super) fn bringing(mut self, placed: &Placed<'_>) -> Bringing {
        self.left.clone_from(&placed.left);
        let ids: Vec<Id> = placed
            .marks
            .iter()
            .map(|(brought, mark)| self.mark(brought, mark))
            .collect();
        for (from, to, link_type) in &placed.links {
            self.link(&ids[*from], &ids[*to], link_type, &placed.marks[*from].0);
        }
        let added = self.added.into_iter().map(|record| Edit::Annotation {
            id: record.id.clone(),
            annotation: Some(Box::new(record)),
        });
        Bringing {
            edit: Edit::all(added.chain(self.edits).collect()),
            marks: self.marks,
            links: self.links,
            known: self.there,
            left: self.left,
        }
    }

    /// Takes up one mark; gives back the record that it is.
    fn mark(&mut self, brought: &BroughtMark, mark: &Mark) -> Id {
        let quote = Quote::of(self.article, mark);
        let proposal = brought.proposal(mark, quote.clone(), &mut self.ids);
        let parts = self.document.parts();
        // No run suggests it, so none of those that are there is meant twice.
        let no_run = run_id(self.document.text(), "", "", "");
        let found = self.known.same(parts, self.article, &proposal, &no_run);
        let found = found.map(|at| &parts.annotations[at]);
        let found = found.filter(|record| !self.meant.contains(&record.id));
        match found {
            Some(record) => {
                self.meant.insert(record.id.clone());
                self.answer(brought, record, quote, mark);
                record.id.clone()
            }
            None => self.add(brought, proposal, quote, mark),
        }
    }

    /// A record of her own.
    fn add(&mut self, brought: &BroughtMark, proposal: Proposal, quote: Quote, mark: &Mark) -> Id {
        let id = self.known.free_id(&proposal);
        self.known.take(id.clone(), usize::MAX);
        let review = self.review(brought, Decision::Add, quote, brought.kinds.clone());
        let mut attributes = brought.attributes.clone();
        if !brought.tags.is_empty() {
            attributes.insert(TAGS.to_owned(), brought.tags.clone().into());
        }
        let evidence = brought.evidence.iter();
        let evidence = evidence.map(|piece| self.evidence(&id, piece)).collect();
        let target = Target::at(self.article, mark.clone());
        let mut record = Annotation {
            attributes,
            reviews: vec![(self.reviewer.to_owned(), review)],
            evidence,
            unknown: [(ADDED.to_owned(), self.at.as_str().into())]
                .into_iter()
                .collect(),
            ..Annotation::new(id.clone(), Open::Known(brought.kind), target)
        };
        record.put_beside(self.document);
        self.marks += 1;
        self.added.push(record);
        id
    }

    /// Her answer on a record that is there.
    fn answer(&mut self, brought: &BroughtMark, record: &Annotation, quote: Quote, mark: &Mark) {
        let kinds = match brought.kinds.is_empty() {
            true => record.kinds().to_vec(),
            false => brought.kinds.clone(),
        };
        let same_kinds = |known: &[Open<crate::detect::Kind>]| {
            known.len() == kinds.len() && known.iter().all(|kind| kinds.contains(kind))
        };
        if let Some(mine) = record.review_of(self.reviewer) {
            let (verdict, note) = self.said(brought);
            let is_said =
                |said: &Option<String>, mine: &Option<String>| said.is_none() || said == mine;
            let is_same = mine.stands_behind()
                && mine.quote.as_ref() == Some(&quote)
                && (brought.kinds.is_empty() || same_kinds(&mine.kinds))
                && is_said(&verdict, &mine.verdict)
                && is_said(&note, &mine.note);
            match is_same {
                true => self.there += 1,
                false => self.left.push(NotBrought::mark(brought, Why::Answered)),
            }
            return;
        }
        let suggested = record.suggestion();
        let is_as_suggested = suggested.is_none_or(|suggested| {
            suggested.quote.same_words(&quote) && same_kinds(&suggested.kinds)
        });
        let is_in_place = record.target.mark.as_ref() == Some(mark);
        let decision = match is_as_suggested && is_in_place {
            true => Decision::Confirm,
            false => Decision::Correct,
        };
        let review = self.review(brought, decision, quote, kinds);
        self.marks += 1;
        self.edits.push(Edit::Review {
            annotation: record.id.clone(),
            reviewer: self.reviewer.to_owned(),
            review: Some(review),
        });
        // Where others answered, the place is theirs: hers is told in her answer.
        let is_free = record.reviews.is_empty() && record.adjudication.is_none();
        if !is_in_place && is_free {
            self.edits.push(Edit::Target {
                annotation: record.id.clone(),
                target: Target::at(self.article, mark.clone()),
            });
            self.edits.extend(self.document.putting_beside(record));
        }
        self.attributes(brought, record);
        for piece in &brought.evidence {
            let (id, evidence) = self.evidence(&record.id, piece);
            let is_there = |known: &Evidence| {
                (&known.url, &known.document, &known.quote)
                    == (&evidence.url, &evidence.document, &evidence.quote)
            };
            if !record
                .evidence
                .iter()
                .any(|(known, piece)| *known == id || is_there(piece))
            {
                self.edits.push(Edit::Evidence {
                    annotation: record.id.clone(),
                    id,
                    evidence: Some(evidence),
                });
            }
        }
    }

    /// What is told of a record beside its answer, where nothing else stands.
    fn attributes(&mut self, brought: &BroughtMark, record: &Annotation) {
        for (name, value) in &brought.attributes {
            match record.attributes.get(name) {
                Some(known) if known == value => {}
                Some(_) => {
                    let why = Why::Other(name.replace('_', " "));
                    self.left.push(NotBrought::part(brought, why));
                }
                None => self.edits.push(attribute(record, name, value.clone())),
            }
        }
        let mut tags: Vec<&str> = record.tags().collect();
        let known = tags.len();
        for tag in &brought.tags {
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        if tags.len() > known {
            self.edits.push(attribute(record, TAGS, tags.into()));
        }
    }

    fn review(
        &mut self,
        brought: &BroughtMark,
        decision: Decision,
        quote: Quote,
        kinds: Vec<Open<crate::detect::Kind>>,
    ) -> Review {
        let (verdict, note) = self.said(brought);
        let verdicts = brought
            .answers
            .iter()
            .any(|answer| answer.verdict.is_some());
        let notes = brought.answers.iter().any(|answer| answer.note.is_some());
        for (what, is_lost) in [
            ("verdicts", verdicts && verdict.is_none()),
            ("notes", notes && note.is_none()),
        ] {
            if is_lost {
                self.left
                    .push(NotBrought::part(brought, Why::ManyAnswers(what)));
            }
        }
        Review {
            verdict,
            note,
            kind: Some(Open::Known(brought.kind)),
            quote: Some(quote),
            kinds,
            ..self.bare_review(decision)
        }
    }

    fn bare_review(&self, decision: Decision) -> Review {
        Review {
            decision: Open::Known(decision),
            text: self.document.text().clone(),
            at: self.at.clone(),
            kind: None,
            quote: None,
            kinds: Vec::new(),
            verdict: None,
            note: None,
            seconds: None,
            tool: Some(self.tool.to_owned()),
            unknown: Map::new(),
        }
    }

    /// Verdict and note that are hers: told as hers, or the only ones.
    fn said(&self, brought: &BroughtMark) -> (Option<String>, Option<String>) {
        let one = |what: fn(&Answer) -> &Option<String>| {
            let said = || {
                let answers = brought.answers.iter();
                answers.filter_map(move |answer| Some((answer, what(answer).as_ref()?)))
            };
            let hers = said().find(|(answer, _)| answer.by.as_deref() == Some(self.reviewer));
            let first = said().next();
            let is_only = first.is_some_and(|(_, first)| said().all(|(_, other)| other == first));
            let told = hers.or(first.filter(|_| is_only));
            told.map(|(_, words)| words.clone())
        };
        (one(|answer| &answer.verdict), one(|answer| &answer.note))
    }

    /// A piece of evidence under an id that follows from it: the same file gives the same.
    fn evidence(&self, record: &Id, piece: &BroughtEvidence) -> (Id, Evidence) {
        let none = String::new();
        let words = [&piece.url, &piece.document, &piece.quote];
        let words = words.map(|words| words.as_ref().unwrap_or(&none).as_str());
        let digest = Sha256::digest([&[record.as_str()], &words[..]].concat().join("\n"));
        let id = Id::new(format!("e-{}", &hex(&digest)[..8]));
        let evidence = Evidence {
            url: piece.url.clone(),
            document: piece.document.clone(),
            quote: piece.quote.clone(),
            stance: piece.stance.clone(),
            archive: None,
            note: None,
            locator: None,
            primacy: None,
            consulted: None,
            by: self.reviewer.to_owned(),
            at: self.at.clone(),
            unknown: Map::new(),
        };
        (id, evidence)
    }

    /// Her answer that one record leads to another.
    fn link(&mut self, from: &Id, to: &Id, link_type: &str, brought: &BroughtMark) {
        let id = link_id(link_type, from, to);
        let known = self
            .document
            .links_of(from)
            .find(|link| link.from == *from && link.to == *to && link.link_type == link_type);
        let stands_behind = |link: &Link| {
            let mine = link.review_of(self.reviewer);
            let mine = mine.and_then(|mine| mine.decision.known());
            mine.is_some_and(|mine| !mine.refuses() && mine != Decision::Unsure)
        };
        if let Some(mine) = known.filter(|link| link.review_of(self.reviewer).is_some()) {
            match stands_behind(mine) {
                true => self.there += 1,
                false => self.left.push(NotBrought::part(brought, Why::Answered)),
            }
            return;
        }
        if link_type == Link::ATTRIBUTED_TO {
            let mut others = self.document.source_links(from);
            if others.any(|link| link.to != *to && stands_behind(link)) {
                self.left.push(NotBrought::part(brought, Why::OtherSource));
                return;
            }
        }
        self.links += 1;
        self.edits.push(match known {
            Some(link) => Edit::LinkReview {
                link: link.id.clone(),
                reviewer: self.reviewer.to_owned(),
                review: Some(self.bare_review(Decision::Confirm)),
            },
            None => Edit::Link {
                id: id.clone(),
                link: Some(Box::new(Link {
                    id,
                    link_type: link_type.to_owned(),
                    from: from.clone(),
                    to: to.clone(),
                    suggestions: Vec::new(),
                    reviews: vec![(self.reviewer.to_owned(), self.bare_review(Decision::Add))],
                    conflicts: Map::new(),
                    unknown: Map::new(),
                })),
            },
        });
    }
}

/// The attribute that holds tags.
const TAGS: &str = "tags";

fn attribute(record: &Annotation, name: &str, value: Value) -> Edit {
    Edit::Attribute {
        annotation: record.id.clone(),
        name: name.to_owned(),
        value: Some(value),
    }
}
