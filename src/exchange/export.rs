//! Several articles in one of the formats, one after the other, and what that leaves out.

use std::io::{self, Write};

use super::{Selection, csv, jsonl, markdown};
use crate::annotations::{Dispute, Document, Status};
use crate::text::words;

words! {
    /// A format that annotated articles are written in.
    Format {
        /// One annotation a line, with everything known about it.
        Jsonl = "jsonl",
        /// A table with a row a claim.
        Csv = "csv",
        /// A report for people.
        Markdown = "markdown",
    }
}

impl Format {
    /// How names of its files end, without the full stop.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "md",
        }
    }
}

/// An export being written.
pub enum Export<W: Write> {
    /// JSON Lines.
    Lines(W),
    /// A table.
    Table(Box<csv::Table<W>>),
    /// A report.
    Report(W),
}

impl<W: Write> Export<W> {
    /// Begins one.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(out: W, format: Format) -> io::Result<Export<W>> {
        Ok(match format {
            Format::Jsonl => Export::Lines(out),
            Format::Csv => Export::Table(Box::new(csv::Table::new(out)?)),
            Format::Markdown => Export::Report(out),
        })
    }

    /// Writes one article, known to the reader as `name`.
    ///
    /// # Errors
    /// Those of the output.
    pub fn add(&mut self, name: &str, document: &Document, selection: Selection) -> io::Result<()> {
        match self {
            Export::Lines(out) => jsonl::write(out, name, document, selection),
            Export::Table(table) => table.write(name, document, selection),
            Export::Report(out) => markdown::write(out, name, document, selection),
        }
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Export::Lines(mut out) | Export::Report(mut out) => out.flush(),
            Export::Table(table) => table.finish(),
        }
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
