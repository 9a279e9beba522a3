//! CSV: one row a claim, with its source, verdict and evidence; for spreadsheets.
//!
//! RFC 4180 in UTF-8: comma unless another separator is asked for, every cell in quotation marks, CRLF at line ends.
//!
//! **The formula rule.** Spreadsheets run a cell that starts with `=`, `+`, `-`, `@`, TAB or
//! CR (or a full-width twin, ＝ ＋ － ＠) as a formula. Such a cell gets an apostrophe in
//! front, which spreadsheets take for “this is text”. The same holds after a `;`, a TAB or a
//! line break inside a cell, because a program set to another separator would start a cell
//! there. Blanks and quotation marks before the sign do not hide it. A plain number, with a
//! unit in words or not, keeps its sign: `-5`, `+3.2 %`, `-5 percent`, `-1,200 jobs`.
//! To read the text back, drop one apostrophe that stands before one of those signs.
//!
//! Tables are read in terminals too, so a cell holds no control: what has no harmless shape is a
//! sign, as on the desk. Line breaks, each an LF, and tabs stay.

use std::io::{self, Write};

use super::entry::{Entry, Judged, Subject, Told};
use super::losses::{Losses, Part};
use super::writer::{Settings, Writer};
use crate::annotations::{Evidence, Id, Locator};
use crate::text::{Clusters, Signs, Word};

/// The first row.
pub const COLUMNS: [&str; 22] = [
    "article",
    "id",
    "status",
    "claim",
    "claim_in_own_words",
    "kinds",
    "voice",
    "source",
    "source_type",
    "source_role",
    "verdict",
    "all_verdicts",
    "evidence",
    "notes",
    "tags",
    "reviewers",
    "start",
    "end",
    "anchor",
    "open",
    "words_judged",
    "at",
];

/// What a row holds; the reviewers stand in it by name alone.
pub const HOLDS: &[Part] = &[
    Part::SourceFacts,
    Part::TakenFrom,
    Part::Gone,
    Part::Kinds,
    Part::Voice,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Tags,
    Part::Evidence,
    Part::OtherWords,
];

/// Begins a table with its first row.
///
/// # Errors
/// Those of `out`.
pub fn begin<'w>(out: &'w mut dyn Write, settings: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    if settings.byte_order_mark {
        out.write_all(BYTE_ORDER_MARK)?;
    }
    Ok(Box::new(Table::new(out, settings.separator)?))
}

impl<W: Write> Writer for Table<W> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        Table::write(self, subject)
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        Table::finish(*self)?;
        Ok(Losses::default())
    }
}

/// Rows in quotation marks, by the rules in the head of this file; `separator` between cells.
pub(super) fn rows<W: Write>(out: W, separator: u8) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .delimiter(separator)
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out)
}

/// A table being written.
pub struct Table<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Table<W> {
    /// Writes the first row. `separator` stands between cells: a comma, a semicolon, a TAB.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(out: W, separator: u8) -> io::Result<Table<W>> {
        let mut writer = rows(out, separator);
        writer.write_record(COLUMNS)?;
        Ok(Table { writer })
    }

    /// Writes the claims of one article.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        for entry in subject.entries() {
            if entry.annotation.is_claim() {
                let row = row(subject, &entry);
                self.writer
                    .write_record(row.iter().map(|cell| safe(&harmless(cell))))?;
            }
        }
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn row(subject: &Subject<'_>, entry: &Entry<'_>) -> [String; COLUMNS.len()] {
    let claim = entry.annotation;
    let source = entry.source();
    let of_source = |attribute| source.and_then(|s| s.attribute(attribute));
    let spans = entry.spans();
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let joined = |words: Vec<&str>| words.join(", ");
    [
        subject.name.to_owned(),
        claim.id.as_str().to_owned(),
        claim.status().as_str().to_owned(),
        entry.text(),
        owned(claim.attribute("claim_text")),
        joined(claim.kinds().iter().map(|kind| kind.as_str()).collect()),
        owned(entry.voice()),
        entry.source_name().unwrap_or_default(),
        owned(of_source("source_type")),
        owned(of_source("role")),
        owned(entry.verdict()),
        told(&entry.verdicts()),
        claim
            .evidence
            .iter()
            .map(evidence)
            .collect::<Vec<_>>()
            .join(" | "),
        told(&entry.notes()),
        joined(claim.tags().collect()),
        joined(
            claim
                .reviews
                .iter()
                .map(|(name, _)| name.as_str())
                .collect(),
        ),
        spans
            .first()
            .map(|span| span[0].to_string())
            .unwrap_or_default(),
        spans
            .last()
            .map(|span| span[1].to_string())
            .unwrap_or_default(),
        claim.target.anchor.to_string(),
        entry
            .open()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        entry
            .judged()
            .iter()
            .map(judged)
            .collect::<Vec<_>>()
            .join(" | "),
        subject
            .spot_of(claim)
            .map(|spot| spot.to_string())
            .unwrap_or_default(),
    ]
}

/// An answer given on other words: which, by whom, with what verdict.
fn judged(judged: &Judged<'_>) -> String {
    let words = match &judged.words {
        Some(words) => format!("“{words}”"),
        None => "other words".to_owned(),
    };
    let by = judged.by.unwrap_or("last word");
    match judged.verdict {
        Some(verdict) => format!("{words} ({by}: {verdict})"),
        None => format!("{words} ({by})"),
    }
}

/// What several people said: names only where there are several.
fn told(told: &[Told<'_>]) -> String {
    if let [one] = told {
        return one.what.to_owned();
    }
    let told = told.iter().map(|told| match told.by {
        Some(by) => format!("{by}: {}", told.what),
        None => format!("last word: {}", told.what),
    });
    told.collect::<Vec<_>>().join(" | ")
}

fn evidence((_, evidence): &(Id, Evidence)) -> String {
    let place = evidence.url.as_deref().or(evidence.document.as_deref());
    let mut cell = evidence.stance.to_string();
    if let Some(primacy) = &evidence.primacy {
        cell.push_str(&format!(" ({primacy})"));
    }
    cell.push_str(&format!(": {}", place.unwrap_or_default()));
    if let Some(locator) = evidence.locator.as_ref().and_then(Locator::told) {
        cell.push_str(&format!(", {locator}"));
    }
    if let Some(quote) = &evidence.quote {
        cell.push_str(&format!(" “{quote}”"));
    }
    if let Some(archive) = &evidence.archive {
        cell.push_str(&format!(" (archived: {archive})"));
    }
    if let Some(day) = &evidence.consulted {
        cell.push_str(&format!(" (consulted: {day})"));
    }
    cell
}

/// What programs for spreadsheets take for a word that the text behind it is UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The cell with signs for what a terminal would obey or nobody could see.
pub fn harmless(cell: &str) -> String {
    let mut shown = String::with_capacity(cell.len());
    let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
    for part in cell.split_inclusive(['\n', '\t']) {
        let words = part.trim_end_matches(['\n', '\t']);
        for cluster in Clusters::new(words, 0, Signs::Unicode) {
            shown.push_str(cluster.drawn());
        }
        shown.push_str(&part[words.len()..]);
    }
    shown
}

/// The cell by the formula rule.
pub fn safe(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    let mut from = 0;
    while from < cell.len() {
        let rest = &cell[from..];
        let next = rest
            .char_indices()
            .skip(1)
            .find(|(at, _)| rest[..*at].ends_with([';', '\t', '\r', '\n']))
            .map_or(rest.len(), |(at, _)| at);
        let part = &rest[..next];
        if is_formula(part) {
            safe.push('\'');
        }
        safe.push_str(part);
        from += next;
    }
    safe
}

/// Whether a program could take what starts here for a formula.
fn is_formula(part: &str) -> bool {
    if part.starts_with(['\t', '\r']) {
        return true;
    }
    let bare = part.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
    bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_amount(bare)
}

/// Whether it is a signed number, with words after it or not: `-5`, `+3.2 %`, `-5 percent`.
fn is_amount(text: &str) -> bool {
    let text = text.trim_end_matches([';', '\t', '\r', '\n']);
    let Some(number) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let digits = number
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(number.len());
    let (number, unit) = number.split_at(digits);
    let unit = unit.trim_matches(' ');
    number.starts_with(|c: char| c.is_ascii_digit())
        && (unit == "%" || unit.chars().all(|c| c.is_alphabetic() || c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_could_run_get_an_apostrophe() {
        for cell in [
            "=1+1",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "=cmd|' /C calc'!A0",
            "-cmd",
            "- 5",
            "+",
            "  =1",
            "\"=1",
            "\u{a0}=1",
            "-5(A1)",
            "-5 percent+A1",
            "-A1",
            "-5!x",
            "--5",
        ] {
            assert_eq!(safe(cell), format!("'{cell}"), "{cell:?}");
        }
    }

    #[test]
    fn nothing_in_a_cell_is_obeyed_or_unseen() {
        for (cell, shown) in [
            ("\u{1b}]52;c;eA==\u{7}", "␛]52;c;eA==␇"),
            ("a\u{9b}2Jb\u{85}", "a\u{fffd}2Jb\u{fffd}"),
            ("a\u{202e}b\u{200b}c\u{feff}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("a\u{2028}b\u{8}\0\u{7f}", "a\u{fffd}b␈␀␡"),
            ("a\r\nb\rc\n\td\t\t", "a\nb\nc\n\td\t\t"),
            ("“Zoë” 👩‍👩‍👧 नि 9%", "“Zoë” 👩‍👩‍👧 नि 9%"),
        ] {
            assert_eq!(harmless(cell), shown, "{cell:?}");
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for cell in [
            "",
            "5",
            "-5",
            "+3.2 %",
            "-5 percent",
            "-1,200 jobs",
            "-5%",
            "a = b",
            "x-1",
            "say; then go",
            "me@example.org",
            "'quoted'",
            "’twas",
            "a, =b",
        ] {
            assert_eq!(safe(cell), cell);
        }
    }

    #[test]
    fn a_separator_inside_a_cell_starts_no_formula() {
        assert_eq!(safe("a;=1"), "a;'=1");
        assert_eq!(safe("a; \"=1"), "a;' \"=1");
        assert_eq!(safe("a\t@x\nb\r\n-x"), "a\t'@x\nb\r\n'-x");
        assert_eq!(safe("a;-5;b"), "a;-5;b");
    }
}
