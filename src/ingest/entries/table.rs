//! Tables of links: CSV and TSV, with a head or without.
//!
//! The column of addresses is found by its cells, the others by their names in the head. Columns
//! that nobody knows are left out and told.

use csv::{ReaderBuilder, StringRecord};

use super::draft::sound_tag;
use super::words::one_line;
use super::{Entries, Entry, MOST, address, counted, dates};

/// Rows in which the column of addresses is looked for.
const SAMPLE: usize = 200;

/// Columns of a table; those behind them are not looked at.
const COLUMNS: usize = 200;

/// Names of columns, in small letters.
const TITLES: [&str; 6] = ["title", "headline", "name", "article", "subject", "label"];
const DATES: [&str; 8] = [
    "date",
    "published",
    "publication date",
    "pubdate",
    "published_at",
    "date published",
    "day",
    "date_published",
];
const AUTHORS: [&str; 6] = ["author", "authors", "byline", "by", "writer", "creator"];
const LANGUAGES: [&str; 3] = ["language", "lang", "locale"];
const SUMMARIES: [&str; 4] = ["summary", "description", "abstract", "teaser"];

/// The links of a table; `None` if the text is none.
pub(super) fn read(ending: &str, text: &str) -> Option<Entries> {
    let delimiters: &[u8] = match ending {
        "csv" => b",;\t|",
        "tsv" | "tab" => b"\t",
        _ => return None,
    };
    let (text, told) = without_delimiter_line(text);
    let found = delimiters
        .iter()
        .filter(|one| told.is_none_or(|told| told == **one));
    let found = found.filter_map(|delimiter| Some((*delimiter, column(text, *delimiter)?)));
    // Of delimiters the one that makes more columns of the same links.
    let (delimiter, column) = found.max_by_key(|(_, column)| (column.links, column.width))?;
    Some(of_rows(text, delimiter, &column))
}

/// The line by which Excel tells its delimiter.
fn without_delimiter_line(text: &str) -> (&str, Option<u8>) {
    let Some((line, rest)) = text.split_once('\n') else {
        return (text, None);
    };
    let line = line.trim();
    let sign = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="));
    match sign.and_then(|_| line.as_bytes().get(4)) {
        Some(sign) if line.len() == 5 => (rest, Some(*sign)),
        _ => (text, None),
    }
}

/// Where the addresses of a table stand.
struct Column {
    at: usize,
    /// How many rows of the sample have one there.
    links: usize,
    /// Columns of the table.
    width: usize,
}

/// The rows of a table.
fn rows(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let mut builder = ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter);
    let rows = builder.trim(csv::Trim::All).from_reader(text.as_bytes());
    let rows = rows.into_records().map_while(Result::ok);
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty()))
}

/// The column with most addresses, if at least half of the rows have one there.
fn column(text: &str, delimiter: u8) -> Option<Column> {
    let mut links = vec![0usize; COLUMNS];
    let (mut width, mut count) = (0, 0usize);
    for row in rows(text, delimiter).take(SAMPLE) {
        count += 1;
        width = width.max(row.len());
        for (cell, links) in row.iter().zip(&mut links) {
            *links += usize::from(address::is_of_web(cell) && !cell.contains(char::is_whitespace));
        }
    }
    // The first of those that have most: an article stands before its sources.
    let most = links.iter().copied().max().filter(|most| *most > 0)?;
    let at = links.iter().position(|links| *links == most)?;
    // The head is a row without.
    (most * 2 + 1 >= count).then_some(Column {
        at,
        links: most,
        width,
    })
}

fn of_rows(text: &str, delimiter: u8, column: &Column) -> Entries {
    let mut rows = rows(text, delimiter).peekable();
    let is_head = |row: &StringRecord| !row.iter().any(address::is_of_web);
    let head = rows.next_if(is_head).unwrap_or_default();
    let names: Vec<String> = head
        .iter()
        .map(|name| one_line(name).to_lowercase())
        .collect();
    let known = |known: &[&str]| {
        let at = known
            .iter()
            .find_map(|known| names.iter().position(|name| name == known));
        at.filter(|at| *at != column.at)
    };
    let title = known(&TITLES).or_else(|| the_other(&head, column));
    let (date, author) = (known(&DATES), known(&AUTHORS));
    let (language, summary) = (known(&LANGUAGES), known(&SUMMARIES));
    let mut found = Entries::new("a list of links");
    let (mut more, mut without) = (0usize, 0usize);
    for row in rows {
        let cell = |at: Option<usize>| {
            let cell = one_line(row.get(at?)?);
            (!cell.is_empty()).then_some(cell)
        };
        let address = cell(Some(column.at)).and_then(|at| address::absolute(&at, None));
        if address.is_none() {
            without += 1;
        } else if found.list.len() == MOST {
            more += 1;
        } else {
            found.list.push(Entry {
                address,
                title: cell(title),
                published: cell(date).and_then(|date| dates::published(&date)),
                author: cell(author),
                language: cell(language).and_then(|tag| sound_tag(&tag)),
                summary: cell(summary),
                ..Entry::default()
            });
        }
    }
    let taken = [Some(column.at), title, date, author, language, summary];
    let left = (0..column.width).filter(|at| !taken.contains(&Some(*at)));
    let left = left.count();
    if left > 0 {
        let told = counted(left, "column", "columns");
        found.notices.push(format!("{told} left out"));
    }
    if without > 0 {
        let told = counted(without, "row", "rows");
        found
            .notices
            .push(format!("{told} without an address left out"));
    }
    found.tell_of_more(more);
    found
}

/// Without a head, the one other column of a table of two has the titles.
fn the_other(head: &StringRecord, column: &Column) -> Option<usize> {
    (head.is_empty() && column.width == 2).then_some(1 - column.at.min(1))
}
