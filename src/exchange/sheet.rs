//! The checker's sheet: every fact of an article in order, with what to tick in it, where it was
//! checked and how it stands; as a table for spreadsheets (`csv`) or for print (`html`).

use std::io::{self, Write};

use maud::{Markup, html};

use super::csv::{BYTE_ORDER_MARK, harmless, rows as table_rows, safe};
use super::entry::{Entry, Subject};
use super::losses::{Losses, Part};
use super::page::{page, shown};
use super::ticks::{Small, ticks};
use super::writer::{Publisher, Settings, Shape, Writer};
use crate::annotations::{Evidence, Locator};

/// Its shapes.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: "csv",
        ending: "csv",
    },
    Shape {
        name: HTML,
        ending: "html",
    },
];

const HTML: &str = "html";

/// What a row holds.
pub(super) const HOLDS: &[Part] = &[
    Part::TakenFrom,
    Part::Gone,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Evidence,
    Part::OtherWords,
];

/// The columns.
pub(super) const COLUMNS: [&str; 13] = [
    "article",
    "number",
    "fact",
    "in our words",
    "to tick",
    "source",
    "checked in",
    "primary or secondary",
    "where in it",
    "date",
    "checked by",
    "status",
    "note",
];

/// Columns that a checker writes into, if nothing stands there.
const TO_FILL: std::ops::Range<usize> = 6..13;

/// Begins a sheet.
///
/// # Errors
/// Those of `out`.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    if settings.shape.name == HTML {
        return Ok(Box::new(Printed {
            out,
            publisher: settings.publisher.clone(),
            articles: Vec::new(),
        }));
    }
    if settings.byte_order_mark {
        out.write_all(BYTE_ORDER_MARK)?;
    }
    let mut writer = table_rows(out, settings.separator);
    writer.write_record(COLUMNS)?;
    Ok(Box::new(Table {
        writer,
        publisher: settings.publisher.clone(),
    }))
}

/// A sheet for spreadsheets.
struct Table<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    publisher: Publisher,
}

impl Writer for Table<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        for row in rows(subject, &self.publisher) {
            self.writer
                .write_record(row.iter().map(|cell| safe(&harmless(cell))))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Losses> {
        self.writer.flush()?;
        Ok(Losses::default())
    }
}

/// A sheet for print.
struct Printed<'w> {
    out: &'w mut dyn Write,
    publisher: Publisher,
    articles: Vec<(String, Markup)>,
}

impl Writer for Printed<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let title = subject.title();
        let heading = format!("sheet-{}", self.articles.len() + 1);
        let rows = rows(subject, &self.publisher);
        let body = html! {
            section class="sheet" aria-label=(heading) {
                h2 id=(heading) { (shown(&title)) }
                @if title != subject.name { p class="meta" { "Article: " (shown(subject.name)) } }
                @if rows.is_empty() { p { "No facts to check." } } @else {
                div class="scroll facts" tabindex="0" role="region" aria-label=(format!("Facts, {heading}")) {
                    table {
                        thead { tr {
                            @for column in &COLUMNS[1..] { th scope="col" { (column) } }
                        } }
                        tbody { @for row in &rows { (printed(row)) } }
                    }
                } }
            }
        };
        self.articles.push((title, body));
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        let title = match self.articles.as_slice() {
            [(title, _)] => format!("Checker's sheet: {title}"),
            several => format!("Checker's sheets of {} articles", several.len()),
        };
        let body = html! {
            header { h1 { (shown(&title)) } }
            main { @for (_, body) in &self.articles { (body) } }
        };
        self.out
            .write_all(page(&title, "", &body).into_string().as_bytes())?;
        self.out.write_all(b"\n")?;
        self.out.flush()?;
        Ok(Losses::default())
    }
}

fn printed(row: &[String; COLUMNS.len()]) -> Markup {
    html! {
        tr {
            th scope="row" { (row[1]) }
            @for (column, cell) in row.iter().enumerate().skip(2) {
                @if column == 4 {
                    td data-label=(COLUMNS[column]) {
                        @for tick in cell.lines() { span class="tick" { (shown(tick)) } }
                    }
                } @else if cell.is_empty() && TO_FILL.contains(&column) {
                    td class="write" data-label=(COLUMNS[column]) {}
                } @else {
                    td data-label=(COLUMNS[column]) { (shown(cell)) }
                }
            }
        }
    }
}

/// The rows of an article's claims.
fn rows(subject: &Subject<'_>, publisher: &Publisher) -> Vec<[String; COLUMNS.len()]> {
    let numbers = subject.document.claim_numbers();
    let number = |entry: &Entry<'_>| numbers.get(&entry.annotation.id).map(ToString::to_string);
    let small = Small::of(subject.article.text());
    let row = |entry: &Entry<'_>| {
        let number = number(entry).unwrap_or_default();
        row(subject.name, number, entry, publisher, &small)
    };
    subject.claims().iter().map(row).collect()
}

fn row(
    article: &str,
    number: String,
    entry: &Entry<'_>,
    publisher: &Publisher,
    small: &Small<'_>,
) -> [String; COLUMNS.len()] {
    let record = entry.annotation;
    let words = entry.text();
    let evidence = || record.evidence.iter().map(|(_, piece)| piece);
    let each = |tell: &dyn Fn(&Evidence) -> Option<String>| {
        let told: Vec<String> = evidence()
            .map(|piece| tell(piece).unwrap_or_default())
            .collect();
        // As many lines as there are pieces, or nothing at all.
        match told.iter().all(String::is_empty) {
            true => String::new(),
            false => told.join("\n"),
        }
    };
    let people = record
        .reviews
        .iter()
        .map(|(name, _)| publisher.name_of(name));
    let people: Vec<&str> = people.collect();
    let notes: Vec<&str> = entry.notes().iter().map(|note| note.what).collect();
    let changed = entry.judged().into_iter().filter_map(|judged| judged.words);
    let changed: Vec<String> = changed.map(|words| format!("judged “{words}”")).collect();
    let mut status = match entry.verdict() {
        Some(verdict) => format!("{}: {verdict}", record.status()),
        None => record.status().to_string(),
    };
    if !changed.is_empty() {
        status.push_str(&format!(
            "; the words changed since: {}",
            changed.join(", ")
        ));
    }
    let ticks: Vec<String> = ticks(&words, small)
        .into_iter()
        .map(|tick| format!("☐ {tick}"))
        .collect();
    [
        article.to_owned(),
        number,
        words,
        record
            .attribute("claim_text")
            .unwrap_or_default()
            .to_owned(),
        ticks.join("\n"),
        entry.source_name().unwrap_or_default(),
        each(&|piece| piece.url.clone().or_else(|| piece.document.clone())),
        each(&|piece| piece.primacy.as_ref().map(ToString::to_string)),
        each(&|piece| piece.locator.as_ref().and_then(Locator::told)),
        each(&|piece| piece.consulted.clone()),
        people.join(", "),
        status,
        notes.join("\n"),
    ]
}
