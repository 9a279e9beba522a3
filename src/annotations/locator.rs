//! Where in a piece of evidence it says so: page, paragraph, time code; read from what a person
//! types in one go, and written as people write it.
//!
//! Reading never fails and drops no word: what is none of the parts is the note. Of each part
//! there is one; a second page is a note as well. Linear in what is typed.

use std::fmt;
use std::ops::Range;

use serde_json::{Map, Value};

/// A page or a paragraph: a number, or what stands there instead (`14b`, `iv`, `14–16`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A plain number.
    Number(u64),
    /// Anything else.
    Words(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Number(number) => number.fmt(f),
            Place::Words(words) => f.write_str(words),
        }
    }
}

impl Place {
    /// Why there can be no such place: numbers begin at 1, and ranges go up.
    fn fault(&self) -> Option<NoPlace> {
        let words = self.to_string();
        let numbers: Vec<u64> = words
            .split(RANGE[0])
            .map_while(|n| n.parse().ok())
            .collect();
        match numbers[..] {
            [0, ..] | [_, 0] => Some(NoPlace::Zero),
            [from, to] if to < from => Some(NoPlace::Backwards),
            _ => None,
        }
    }
}

/// Why what was typed is no place that there can be; as text it asks for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// It is signs alone.
    Nothing,
    /// Pages and paragraphs are counted from 1.
    Zero,
    /// A range ends before it begins.
    Backwards,
}

/// Where in a document or recording. As text it is what can be typed for it:
/// `p. 14, ¶ 3, 00:41:07–00:42:10, left column`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator {
    /// The page.
    pub page: Option<Place>,
    /// The paragraph.
    pub paragraph: Option<Place>,
    /// The time code, as it is written: of what is typed `HH:MM:SS`.
    pub time: Option<String>,
    /// The time code at which it ends.
    pub end: Option<String>,
    /// What is none of these, in words.
    pub note: Option<String>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

impl Locator {
    /// What `typed` says; `None` where it says nothing.
    ///
    /// Commas and semicolons part what stands behind each other; each piece is read from its
    /// beginning as far as it is page, paragraph or time.
    pub fn read(typed: &str) -> Option<Locator> {
        let mut locator = Locator::default();
        let mut notes: Vec<Range<usize>> = Vec::new();
        let mut goes_on = false;
        for piece in pieces(typed) {
            let words = &typed[piece.clone()];
            let rest = locator.take(words);
            if rest.is_empty() {
                goes_on &= words.is_empty();
                continue;
            }
            // Pieces that were beside each other keep what stood between them.
            match notes.last_mut().filter(|_| goes_on && rest == words) {
                Some(note) => note.end = piece.end,
                None => notes.push(piece.end - rest.len()..piece.end),
            }
            goes_on = true;
        }
        let notes: Vec<&str> = notes.into_iter().map(|note| &typed[note]).collect();
        locator.note = (!notes.is_empty()).then(|| notes.join(", "));
        (locator != Locator::default()).then_some(locator)
    }

    /// What a person typed, read as [`Locator::read`] does; `None` where nothing was typed.
    ///
    /// # Errors
    /// When it names no place, or none that there can be.
    pub fn typed(typed: &str) -> Result<Option<Locator>, NoPlace> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        let locator = Locator::read(typed).ok_or(NoPlace::Nothing)?;
        let places = [&locator.page, &locator.paragraph];
        for place in places.into_iter().flatten() {
            if let Some(fault) = place.fault() {
                return Err(fault);
            }
        }
        match pieces(typed).any(|piece| ends_before_it_begins(&typed[piece])) {
            true => Err(NoPlace::Backwards),
            false => Ok(Some(locator)),
        }
    }

    /// It as text; `None` where nothing of it can be told.
    pub fn told(&self) -> Option<String> {
        Some(self.to_string()).filter(|told| !told.is_empty())
    }

    /// Takes the parts that a piece begins with; gives back what is left of it.
    fn take<'a>(&mut self, piece: &'a str) -> &'a str {
        let mut rest = piece;
        loop {
            let taken = if let Some(found) = page(rest).filter(|_| self.page.is_none()) {
                self.page = Some(found.0);
                found.1
            } else if let Some(found) = paragraph(rest).filter(|_| self.paragraph.is_none()) {
                self.paragraph = Some(found.0);
                found.1
            } else if let Some(found) = times(rest).filter(|_| self.time.is_none()) {
                (self.time, self.end) = (Some(found.0), found.1);
                found.2
            } else {
                return rest;
            };
            rest = taken.trim_start();
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = self.page.as_ref().map(|page| match page {
            Place::Words(words) if words.contains(RANGE) => format!("pp. {words}"),
            page => format!("p. {page}"),
        });
        let paragraph = self.paragraph.as_ref().map(|place| format!("¶ {place}"));
        let time = match (&self.time, &self.end) {
            (Some(time), Some(end)) => Some(format!("{time}–{end}")),
            (Some(time), None) => Some(time.clone()),
            (None, Some(end)) => Some(format!("to {end}")),
            (None, None) => None,
        };
        let parts = [page, paragraph, time, self.note.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// What may stand between the ends of a range; the first is how it is written.
const RANGE: [char; 3] = ['–', '-', '—'];

/// The pieces between commas and semicolons, where a blank or another such sign follows, without
/// blanks around them: `1,000` is one.
fn pieces(typed: &str) -> impl Iterator<Item = Range<usize>> {
    let parts = |sign: char| matches!(sign, ',' | ';');
    let may_follow = move |sign: char| sign.is_whitespace() || parts(sign);
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from.take()?;
        let text = &typed[start..];
        let mut signs = text.char_indices().filter(|(_, sign)| parts(*sign));
        let next = signs.find(|(at, _)| text[at + 1..].chars().next().is_none_or(may_follow));
        let piece = match next {
            Some((at, _)) => {
                from = Some(start + at + 1);
                &text[..at]
            }
            None => text,
        };
        let start = start + piece.len() - piece.trim_start().len();
        Some(start..start + piece.trim().len())
    })
}

/// Whether a piece is two times of which the second is the earlier.
fn ends_before_it_begins(piece: &str) -> bool {
    let text = named(piece, &["at", "t", "time"]).unwrap_or(piece);
    let Some((from, _, rest)) = clock(text) else {
        return false;
    };
    let to = range(rest).or_else(|| named(rest.trim_start(), &["to"]));
    to.and_then(clock).is_some_and(|(to, ..)| to < from)
}

fn page(text: &str) -> Option<(Place, &str)> {
    let rest = named(text, &["p", "pp", "pg", "page", "pages"])?;
    place(rest)
}

fn paragraph(text: &str) -> Option<(Place, &str)> {
    let names = ["par", "pars", "para", "paras", "paragraph", "paragraphs"];
    let signs = text.trim_start_matches('¶');
    let rest = match signs.len() < text.len() {
        true => signs.trim_start(),
        false => named(text, &names)?,
    };
    place(rest)
}

/// What stands behind one of the names, with a full stop or without.
fn named<'a>(text: &'a str, names: &[&str]) -> Option<&'a str> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let is_one = names.iter().any(|known| known.eq_ignore_ascii_case(name));
    is_one.then(|| rest.strip_prefix('.').unwrap_or(rest).trim_start())
}

/// A number or what stands for one, or a range of them, up to a blank.
fn place(text: &str) -> Option<(Place, &str)> {
    let (from, rest) = figure(text)?;
    if let Some((to, rest)) = range(rest).and_then(figure)
        && let Some(rest) = ends(rest)
    {
        return Some((Place::Words(format!("{from}–{to}")), rest));
    }
    let rest = ends(rest)?;
    let number = from.parse().ok().filter(|n: &u64| n.to_string() == from);
    Some((
        number.map_or_else(|| Place::Words(from.to_owned()), Place::Number),
        rest,
    ))
}

/// What stands behind the dash of a range.
fn range(text: &str) -> Option<&str> {
    let text = text.trim_start();
    Some(text.strip_prefix(RANGE)?.trim_start())
}

/// A number in figures, with letters or without, or in small Roman ones.
fn figure(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric());
    let (figure, rest) = text.split_at(end.unwrap_or(text.len()));
    let is_roman = |figure: &str| figure.bytes().all(|byte| b"ivxlIVXL".contains(&byte));
    let is_one = figure.bytes().any(|byte| byte.is_ascii_digit()) || is_roman(figure);
    (is_one && (1..=8).contains(&figure.len())).then_some((figure, rest))
}

/// The text, where a part can end before it: at a blank, or the full stop of a sentence.
fn ends(text: &str) -> Option<&str> {
    let text = text.strip_prefix('.').unwrap_or(text);
    let ends = text.chars().next().is_none_or(char::is_whitespace);
    ends.then_some(text)
}

/// A time code, or from one to another that is not before it.
fn times(text: &str) -> Option<(String, Option<String>, &str)> {
    let text = named(text, &["at", "t", "time"]).unwrap_or(text);
    let (from, time, rest) = clock(text)?;
    let to = range(rest).or_else(|| named(rest.trim_start(), &["to"]));
    if let Some((to, end, rest)) = to.and_then(clock)
        && let Some(rest) = ends(rest).filter(|_| to >= from)
    {
        return Some((time, Some(end), rest));
    }
    Some((time, None, ends(rest)?))
}

/// `M:SS` or `H:MM:SS`, with a fraction of the second or without: in thousandths of a second, as
/// `HH:MM:SS`, and what stands behind it.
fn clock(text: &str) -> Option<(u64, String, &str)> {
    let (first, mut rest) = digits(text, 1..=3)?;
    let mut numbers = vec![first];
    while let Some((number, behind)) = rest.strip_prefix(':').and_then(|rest| digits(rest, 2..=2)) {
        numbers.push(number);
        rest = behind;
    }
    let seconds = match numbers[..] {
        [minutes, seconds] if seconds < 60 => minutes * 60 + seconds,
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
            (hours * 60 + minutes) * 60 + seconds
        }
        _ => return None,
    };
    let mut time = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    let mut thousandths = 0;
    if let Some((_, behind)) = rest.strip_prefix('.').and_then(|rest| digits(rest, 1..=3)) {
        let fraction = &rest[1..rest.len() - behind.len()];
        time.push('.');
        time.push_str(fraction);
        thousandths = format!("{fraction:0<3}").parse().unwrap_or(0);
        rest = behind;
    }
    Some((seconds * 1000 + thousandths, time, rest))
}

/// So many digits, and no more.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let fits = count.contains(&digits.len());
    Some((digits.parse().ok().filter(|_| fits)?, rest))
}

#[cfg(test)]
mod tests;
