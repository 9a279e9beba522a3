//! The table of formats: what each is called, can do and carries.
//!
//! A new format is a file of its own and a row here; nobody else names one.

use std::io::{self, Write};

use super::entry::Subject;
use super::losses::{Losses, Part};
use super::reading::Read;
use super::writer::{File, Publisher, Settings, Shape, Writer};
use super::{
    Format, brat, calls, claimreview, conll, csv, doccano, findings, html, jsonl, labelstudio,
    markdown, prodigy, sheet, w3c,
};
use crate::text::Word;

/// How a format is written.
#[derive(Clone, Copy, Debug)]
pub enum Written {
    /// One article after the other, into one file.
    OneFile(Begin),
    /// Into files of a folder, all at once.
    Folder(fn(&[Subject<'_>], &Settings) -> Vec<File>),
}

/// Begins to write one file.
pub type Begin = for<'w> fn(&'w mut dyn Write, &Settings) -> io::Result<Box<dyn Writer + 'w>>;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The format.
    pub format: Format,
    /// What it is, in one line for people.
    pub about: &'static str,
    /// Its shapes, the usual one first.
    pub shapes: &'static [Shape],
    /// What it holds of an annotated article.
    pub holds: &'static [Part],
    /// How it is written, if `export` writes it.
    pub written: Option<Written>,
    /// How it is read, if `import` reads it.
    pub read: Option<Read>,
    /// How the name of the file ends that lies beside one that is read.
    pub beside: Option<&'static str>,
}

/// Every format, in the order of its names.
static ROWS: [Row; 14] = [
    Row {
        format: Format::Jsonl,
        about: "JSON Lines: one annotation a line, with everything known about it",
        shapes: &[Shape {
            name: "lines",
            ending: "jsonl",
        }],
        holds: jsonl::HOLDS,
        written: Some(Written::OneFile(jsonl::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Csv,
        about: "CSV: one row a claim, for spreadsheets",
        shapes: &[Shape {
            name: "table",
            ending: "csv",
        }],
        holds: csv::HOLDS,
        written: Some(Written::OneFile(csv::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Markdown,
        about: "Markdown: a report for people",
        shapes: &[Shape {
            name: "report",
            ending: "md",
        }],
        holds: markdown::HOLDS,
        written: Some(Written::OneFile(markdown::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Html,
        about: "HTML: a report with the marked article, for readers and print",
        shapes: &[Shape {
            name: "report",
            ending: "html",
        }],
        holds: html::HOLDS,
        written: Some(Written::OneFile(html::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Claimreview,
        about: "ClaimReview of schema.org in JSON-LD, one a claim with a verdict",
        shapes: claimreview::SHAPES,
        holds: claimreview::HOLDS,
        written: Some(Written::OneFile(claimreview::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Sheet,
        about: "The checker's sheet: every fact with what to tick, where and by whom checked",
        shapes: sheet::SHAPES,
        holds: sheet::HOLDS,
        written: Some(Written::OneFile(sheet::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Calls,
        about: "Call sheets: what to put to each source, with room for the answer",
        shapes: calls::SHAPES,
        holds: calls::HOLDS,
        written: Some(Written::OneFile(calls::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::W3c,
        about: "W3C Web Annotations in JSON-LD",
        shapes: &[Shape {
            name: "collection",
            ending: "jsonld",
        }],
        holds: w3c::HOLDS,
        written: Some(Written::OneFile(w3c::begin)),
        read: Some(w3c::read),
        beside: None,
    },
    Row {
        format: Format::Brat,
        about: "brat standoff files, in a folder",
        shapes: &[Shape {
            name: "folder",
            ending: "ann",
        }],
        holds: brat::HOLDS,
        written: Some(Written::Folder(brat::files)),
        read: Some(brat::read),
        beside: Some("txt"),
    },
    Row {
        format: Format::Prodigy,
        about: "Prodigy and spaCy: JSON Lines with tokens, spans and relations",
        shapes: &[Shape {
            name: "tasks",
            ending: "jsonl",
        }],
        holds: prodigy::HOLDS,
        written: Some(Written::OneFile(prodigy::begin)),
        read: Some(prodigy::read),
        beside: None,
    },
    Row {
        format: Format::Doccano,
        about: "doccano: JSON Lines with marks, and with relations or without",
        shapes: doccano::SHAPES,
        holds: doccano::HOLDS,
        written: Some(Written::OneFile(doccano::begin)),
        read: Some(doccano::read),
        beside: None,
    },
    Row {
        format: Format::Labelstudio,
        about: "Label Studio: tasks with predictions and annotations",
        shapes: labelstudio::SHAPES,
        holds: labelstudio::HOLDS,
        written: Some(Written::OneFile(labelstudio::begin)),
        read: Some(labelstudio::read),
        beside: None,
    },
    Row {
        format: Format::Conll,
        about: "CoNLL columns with BIO labels",
        shapes: &[Shape {
            name: "columns",
            ending: "conll",
        }],
        holds: conll::HOLDS,
        written: Some(Written::OneFile(conll::begin)),
        read: None,
        beside: None,
    },
    Row {
        format: Format::Findings,
        about: "What detect writes: the findings of another machine or detector",
        shapes: &[Shape {
            name: "lines",
            ending: "jsonl",
        }],
        holds: findings::HOLDS,
        written: None,
        read: Some(findings::read),
        beside: None,
    },
];

impl Format {
    /// Its row in the table.
    pub fn row(self) -> &'static Row {
        // The table is in the order of the words; a test holds it to that.
        &ROWS[self as usize]
    }

    /// The formats that `export` writes, in the order of the table.
    pub fn written() -> impl Iterator<Item = Format> {
        let rows = ROWS.iter().filter(|row| row.written.is_some());
        rows.map(|row| row.format)
    }

    /// The formats that `import` reads, in the order of the table.
    pub fn read() -> impl Iterator<Item = Format> {
        let rows = ROWS.iter().filter(|row| row.read.is_some());
        rows.map(|row| row.format)
    }

    /// How it is written where nothing else is asked for.
    pub fn settings(self) -> Settings {
        Settings {
            shape: &self.row().shapes[0],
            byte_order_mark: false,
            separator: b',',
            publisher: Publisher::default(),
        }
    }

    /// How names of its files end that stand beside an article: no two formats share one.
    pub fn own_ending(self) -> String {
        let ending = self.ending();
        match self {
            Format::Jsonl | Format::Csv | Format::Markdown | Format::Html => ending.to_owned(),
            _ if self.as_str() == ending => ending.to_owned(),
            _ => format!("{self}.{ending}"),
        }
    }

    /// Whether it is one file.
    pub fn is_one_file(self) -> bool {
        matches!(self.row().written, Some(Written::OneFile(_)))
    }

    /// How names of its files usually end, without the full stop.
    pub fn ending(self) -> &'static str {
        self.row().shapes[0].ending
    }
}

/// An export being written.
pub struct Export<'w> {
    row: &'static Row,
    writer: Box<dyn Writer + 'w>,
    losses: Losses,
}

impl<'w> Export<'w> {
    /// Begins one, of a format that is one file.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(
        out: &'w mut dyn Write,
        row: &'static Row,
        begin: Begin,
        settings: &Settings,
    ) -> io::Result<Export<'w>> {
        Ok(Export {
            row,
            writer: begin(out, settings)?,
            losses: Losses::default(),
        })
    }

    /// Writes one article; gives what the format does not hold of it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn add(&mut self, subject: &Subject<'_>) -> io::Result<Losses> {
        self.writer.article(subject)?;
        let losses = Losses::of(subject, self.row.holds);
        self.losses = std::mem::take(&mut self.losses).and(&losses);
        Ok(losses)
    }

    /// Writes what is still held back; gives what was lost of all articles.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(self) -> io::Result<Losses> {
        let more = self.writer.finish()?;
        Ok(self.losses.and(&more))
    }
}
