//! What a format cannot carry: told at every export, so that nobody takes a file for the whole.
//!
//! Every format says in the table of formats which parts of an annotated article it holds. What it
//! does not hold is counted here, in the same way for all of them.

use std::fmt;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::entry::{Entry, Selection, Subject};
use super::format::Format;
use super::json;
use crate::annotations::{Anchor, Brought, Dispute, Document, Link, Status};
use crate::text::{Word, words};

words! {
    /// A part of an annotated article that a format holds or loses.
    Part {
        /// Claims that have no place in the format at all.
        Claims = "claims",
        /// Claims longer than readers of the format show.
        Long = "long",
        /// Marks of sources as annotations of their own.
        Sources = "sources",
        /// Names, types and roles of sources.
        SourceFacts = "source-facts",
        /// Which source a claim is taken from.
        TakenFrom = "taken-from",
        /// Links between annotations that say something else.
        OtherLinks = "other-links",
        /// Marks in several pieces, piece by piece.
        Pieces = "pieces",
        /// Marks that share words with others.
        Overlaps = "overlaps",
        /// Annotations whose words are not in the text at hand.
        Gone = "gone",
        /// Kinds of claims.
        Kinds = "kinds",
        /// Whose words a claim is in.
        Voice = "voice",
        /// Claims in a reviewer's own words.
        OwnWords = "own-words",
        /// Verdicts.
        Verdicts = "verdicts",
        /// Notes.
        Notes = "notes",
        /// Tags.
        Tags = "tags",
        /// Evidence.
        Evidence = "evidence",
        /// Who decided what, and when.
        Answers = "answers",
        /// Answers that were given on other words.
        OtherWords = "other-words",
        /// What detectors suggested, with their reasons and scores.
        Suggestions = "suggestions",
    }
}

impl Part {
    /// What is counted, in the plural.
    pub fn told(self) -> &'static str {
        match self {
            Part::Claims => "whole claims",
            Part::Long => "claims past 75 characters in full",
            Part::Sources => "sources of their own",
            Part::SourceFacts => "names, types or roles of sources",
            Part::TakenFrom => "claims' sources",
            Part::OtherLinks => "other links",
            Part::Pieces => "marks in several pieces",
            Part::Overlaps => "marks that share words with longer ones",
            Part::Gone => "annotations that are not in the text at hand",
            Part::Kinds => "claims' kinds",
            Part::Voice => "claims' voices",
            Part::OwnWords => "claims in our own words",
            Part::Verdicts => "verdicts",
            Part::Notes => "notes",
            Part::Tags => "tags",
            Part::Evidence => "pieces of evidence",
            Part::Answers => "answers with who and when",
            Part::OtherWords => "answers given on other words",
            Part::Suggestions => "suggestions of detectors",
        }
    }

    /// How often an annotation has it.
    fn count(self, entry: &Entry<'_>) -> usize {
        let annotation = entry.annotation;
        let is = usize::from;
        let of_claim = |count: usize| if annotation.is_claim() { count } else { 0 };
        let has = |field| {
            annotation
                .attribute(field)
                .is_some_and(|w| !w.trim().is_empty())
        };
        match self {
            Part::Sources => is(annotation.is_source()),
            Part::SourceFacts => is(["name", "source_name", "source_type", "role"]
                .into_iter()
                .any(has)),
            Part::TakenFrom => of_claim(is(entry.source().is_some())),
            Part::OtherLinks => {
                // Each stands at both of its ends.
                let from_here = |link: &&Link| link.from == annotation.id && !link.is_attribution();
                entry.links().filter(from_here).count()
            }
            Part::Pieces => is(entry.spans().len() > 1),
            // A writer that loses some counts them: it depends on which are taken.
            Part::Claims | Part::Long | Part::Overlaps => 0,
            Part::Gone => is(annotation.target.anchor == Anchor::Lost),
            Part::Kinds => of_claim(is(!annotation.kinds().is_empty())),
            Part::Voice => of_claim(is(entry.voice().is_some())),
            Part::OwnWords => is(has("claim_text")),
            Part::Verdicts => entry.verdicts().len(),
            Part::Notes => entry.notes().len(),
            Part::Tags => annotation.tags().count(),
            Part::Evidence => annotation.evidence.len(),
            Part::Answers => annotation.reviews.len() + is(annotation.adjudication.is_some()),
            Part::OtherWords => entry.judged().len(),
            Part::Suggestions => annotation.suggestions.len(),
        }
    }
}

/// What was lost, part by part, in the order of [`Part`]; never a part of which nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(Vec<(Part, usize)>);

impl Losses {
    /// What is lost of an article in a format that holds no more than `held`.
    pub fn of(subject: &Subject<'_>, held: &[Part]) -> Losses {
        let entries = subject.entries();
        let lost = Part::ALL.iter().filter(|part| !held.contains(part));
        let mut losses = Losses::default();
        for part in lost {
            losses.add(*part, entries.iter().map(|entry| part.count(entry)).sum());
        }
        losses
    }

    /// With so many of a part more.
    pub fn add(&mut self, part: Part, count: usize) {
        if count == 0 {
            return;
        }
        match self.0.binary_search_by_key(&part, |(part, _)| *part) {
            Ok(at) => self.0[at].1 += count,
            Err(at) => self.0.insert(at, (part, count)),
        }
    }

    /// With what was lost elsewhere.
    pub fn and(mut self, other: &Losses) -> Losses {
        other
            .parts()
            .for_each(|(part, count)| self.add(part, count));
        self
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts, each with its count.
    pub fn parts(&self) -> impl Iterator<Item = (Part, usize)> {
        self.0.iter().copied()
    }
}

impl Losses {
    /// What is lost of what a file says where it comes in as the suggestions of a run.
    pub fn of_run(brought: &Brought) -> Losses {
        let mut losses = Losses::default();
        for mark in &brought.marks {
            let answers = || mark.answers.iter();
            let verdicts = answers().filter(|answer| answer.verdict.is_some());
            losses.add(Part::Verdicts, verdicts.count());
            losses.add(Part::Notes, answers().filter(|a| a.note.is_some()).count());
            losses.add(Part::Tags, mark.tags.len());
            losses.add(Part::Evidence, mark.evidence.len());
            let own = mark.attributes.contains_key("claim_text");
            losses.add(Part::OwnWords, usize::from(own));
        }
        let links = brought.links.iter();
        let others = links.filter(|link| link.link_type != Link::ATTRIBUTED_TO);
        losses.add(Part::OtherLinks, others.count());
        losses
    }

    /// The counts by the names of their parts.
    pub fn by_name(&self) -> Map<String, Value> {
        let counts = self.parts();
        counts
            .map(|(part, count)| (part.as_str().to_owned(), count.into()))
            .collect()
    }

    /// Writes what was lost and withheld of one article, known to the reader as `name`, as a line
    /// of JSON.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_line(
        &self,
        out: &mut impl Write,
        name: &str,
        format: Format,
        withheld: Withheld,
    ) -> io::Result<()> {
        let line = json!({
            "article": name,
            "format": format.as_str(),
            "not_held": self.by_name(),
            "withheld": {
                "claims": withheld.claims,
                "sources": withheld.sources,
                "verdicts": withheld.verdicts,
            },
        });
        json::write_line(out, &line)
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (part, count)) in self.parts().enumerate() {
            let joint = if number == 0 { "" } else { ", " };
            write!(f, "{joint}{} ({count})", part.told())?;
        }
        Ok(())
    }
}

/// What an export leaves out because reviewers differ: numbers of claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Left out whole.
    pub claims: usize,
    /// Without their source.
    pub sources: usize,
    /// Without a verdict.
    pub verdicts: usize,
}

impl Withheld {
    /// Of one article.
    pub fn of(document: &Document, selection: Selection) -> Withheld {
        let mut withheld = Withheld::default();
        for claim in document.annotations().iter().filter(|a| a.is_claim()) {
            if claim.status() == Status::Disputed {
                withheld.claims += 1;
                continue;
            }
            let disputes = document.disputes(claim);
            withheld.verdicts += usize::from(disputes.contains(&Dispute::Verdict));
            withheld.sources += usize::from(disputes.contains(&Dispute::Source));
        }
        if selection == Selection::All {
            (withheld.claims, withheld.sources) = (0, 0);
        }
        withheld
    }

    /// With what another article leaves out.
    pub fn and(self, other: Withheld) -> Withheld {
        Withheld {
            claims: self.claims + other.claims,
            sources: self.sources + other.sources,
            verdicts: self.verdicts + other.verdicts,
        }
    }
}
