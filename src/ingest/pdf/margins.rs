//! What stands at the head and the foot of every page: running heads, page numbers, what a browser
//! prints around a page. It is no text of the article.

use std::collections::{HashMap, HashSet};

use super::lines::{Row, rows};
use super::page::{Page, Piece};

/// What was taken off the margins of all pages.
#[derive(Debug, Default)]
pub(super) struct Margins {
    /// Running heads and feet, each once, with the number of the page where it came first.
    pub(super) running: Vec<(u32, String)>,
    /// Pages from which something was taken.
    pub(super) pages: usize,
    /// The address that a browser printed at the foot.
    pub(super) address: Option<String>,
}

/// The share of a page's height at either end in which margins are.
const MARGIN: f32 = 0.15;

/// Rows at either end that may be running heads.
const DEEP: usize = 2;

/// Letters of a heading are so much larger than those of the text.
const HEADING: f32 = 1.15;

/// The size of most letters.
fn usual_size(pages: &[Page]) -> f32 {
    let pieces = pages.iter().flat_map(|page| &page.pieces);
    let mut sizes: Vec<(f32, usize)> = pieces.map(|piece| (piece.size, piece.text.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut sum = 0;
    let middle = sizes.iter().find(|(_, letters)| {
        sum += letters;
        sum > half
    });
    middle.map_or(f32::INFINITY, |(size, _)| *size)
}

/// Takes what runs along the margins off the pages.
pub(super) fn take_off(pages: &mut [Page]) -> Margins {
    let ends: Vec<Vec<(bool, Row)>> = pages.iter().map(ends).collect();
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    let usual = usual_size(pages);
    for ends in &ends {
        // Once a page: a line that stands twice on one is text.
        let shapes = ends
            .iter()
            .map(|(is_top, row)| (*is_top, shape(&row.text())));
        for shape in shapes.collect::<HashSet<_>>() {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let often = if pages.len() > 4 { 3 } else { 2 };
    let mut margins = Margins::default();
    for (page, ends) in pages.iter_mut().zip(&ends) {
        let printed = ends.iter().find_map(|(_, row)| printed_foot(&row.text()));
        let mut off: Vec<f32> = Vec::new();
        let mut running: Vec<(u32, String)> = Vec::new();
        for (is_top, row) in ends {
            let text = row.text();
            let shape = shape(&text);
            let runs = seen.get(&(*is_top, shape.clone())).copied().unwrap_or(0) >= often;
            // “Chapter 2” in large letters is a heading, however many there are.
            let is_heading = row.size > usual * HEADING && text.chars().any(char::is_numeric);
            let runs = runs && !is_heading;
            let is_number = is_page_number(&text);
            let is_printed =
                printed.is_some() && (printed_foot(&text).is_some() || is_printed_head(&text));
            if !(runs || is_number || is_printed) {
                continue;
            }
            off.push(row.base);
            if !is_number
                && !margins
                    .running
                    .iter()
                    .any(|(_, held)| self::shape(held) == shape)
            {
                margins.running.push((page.number, text));
            }
        }
        if margins.address.is_none() {
            margins.address = printed;
        }
        if off.is_empty() {
            continue;
        }
        let kept = rows(page.pieces.clone()).into_iter();
        let kept = kept.filter(|row| !off.contains(&row.base));
        let kept: Vec<Piece> = kept.flat_map(|row| row.pieces).collect();
        // A page of nothing else is no page with margins.
        if kept.is_empty() {
            continue;
        }
        margins.pages += 1;
        margins.running.append(&mut running);
        page.pieces = kept;
    }
    margins
}

/// The rows at the head and the foot of a page; whether at the head.
fn ends(page: &Page) -> Vec<(bool, Row)> {
    let height = (page.top - page.bottom) * MARGIN;
    let rows = rows(page.pieces.clone());
    let count = rows.len();
    let mut ends = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        if at < DEEP && row.base > page.top - height {
            ends.push((true, row));
        } else if at + DEEP >= count && row.base < page.bottom + height {
            ends.push((false, row));
        }
    }
    ends
}

/// A text with its numbers made alike.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for sign in text.chars() {
        if !sign.is_numeric() {
            shape.extend(sign.to_lowercase());
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// Whether a row is a page number and nothing else.
fn is_page_number(text: &str) -> bool {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let number = |word: &str| word.len() <= 4 && word.chars().all(|sign| sign.is_ascii_digit());
    let roman = |word: &str| word.len() <= 6 && word.chars().all(|sign| "ivxlc".contains(sign));
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [one] => number(one) || roman(one),
        ["page" | "p" | "pg" | "seite", one] => number(one),
        [one, other] => number(one) && number(other) && text.contains('/'),
        [one, "of" | "von" | "de", other] => number(one) && number(other),
        ["page" | "p" | "seite", one, "of" | "von" | "de", other] => number(one) && number(other),
        _ => false,
    }
}

/// The address in a foot as browsers print it: the address, then the page of all pages.
fn printed_foot(text: &str) -> Option<String> {
    let (address, page) = text.rsplit_once(' ')?;
    let (one, all) = page.split_once('/')?;
    let number = |word: &str| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit());
    let is_address = address.contains("://") && !address.contains(' ');
    (is_address && number(one) && number(all)).then(|| address.to_owned())
}

/// Whether a row is the head that browsers print: the day and the time, then the title.
fn is_printed_head(text: &str) -> bool {
    let mut words = text.split(' ');
    let day = words.next().unwrap_or_default();
    let time = words.next().unwrap_or_default();
    let digits = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
    digits(day) && day.ends_with(',') && digits(time) && time.contains(':')
}
