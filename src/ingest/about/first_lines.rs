//! The first lines of a text: headline, byline, date, dateline and lines with a label.
//!
//! Each is taken for what it is only where its shape leaves no doubt; the first line that is
//! prose ends the search.

use super::names::{is_agency, is_outlet, is_person};
use crate::text::{About, Fact, day_of, month_of};

/// Lines with words that are looked at.
const LINES: usize = 12;

/// Bytes within which they stand.
const REACH: usize = 16 << 10;

/// Bytes of the longest line whose marks are taken out; a longer one is prose.
const MARKED: usize = 2000;

/// Characters of the longest headline, and of the longest byline.
const HEADLINE: usize = 160;

/// A line with words.
struct Line<'t> {
    words: String,
    /// As it is written.
    raw: &'t str,
    /// Whether a blank line follows.
    is_apart: bool,
}

/// Reads the facts in the first lines of a text.
pub(super) fn read(text: &str, is_markdown: bool, about: &mut About) {
    let lines = lines(text, is_markdown);
    let (mut is_titled, mut unknown) = (false, 0);
    for (at, line) in lines.iter().enumerate() {
        let words = &*line.words;
        if is_markdown && line.raw.starts_with("# ") && !is_titled {
            about.learn(Fact::Title, words);
            is_titled = true;
            continue;
        }
        if labelled(words, about) || byline(words, about) {
            continue;
        }
        if dateline(words, about) {
            return;
        }
        if !is_titled {
            is_titled = true;
            let next = lines.get(at + 1);
            let is_followed = next.is_some_and(|next| {
                line.is_apart
                    || labelled(&next.words, &mut about.clone())
                    || byline(&next.words, &mut about.clone())
            });
            let speaks = |words: &str| speaker(words).is_some();
            let is_spoken = speaker(words).is_some_and(|who| {
                who.contains('.') || next.is_some_and(|next| speaks(&next.words))
            });
            if !is_followed || is_spoken || !is_headline(words) {
                return;
            }
            about.learn(Fact::Title, words);
            continue;
        }
        // Between headline and byline one more line may stand.
        unknown += 1;
        if unknown > 1 {
            return;
        }
    }
}

fn lines(text: &str, is_markdown: bool) -> Vec<Line<'_>> {
    let mut reach = REACH.min(text.len());
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    for raw in text[..reach].lines() {
        let raw = raw.trim();
        if raw.is_empty() || (is_markdown && is_rule(raw)) {
            if let Some(last) = lines.last_mut() {
                last.is_apart = true;
            }
            continue;
        }
        if lines.len() == LINES {
            break;
        }
        let words = if is_markdown && raw.len() <= MARKED {
            unmarked(raw)
        } else {
            raw.to_owned()
        };
        lines.push(Line {
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            raw,
            is_apart: false,
        });
    }
    lines
}

/// A rule of Markdown, or the line beneath a heading.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| b"-=*_".contains(&byte))
}

/// The words of a line of Markdown without the marks of headings, emphasis and links.
fn unmarked(line: &str) -> String {
    let line = line.trim_start_matches('#').trim_end_matches('#').trim();
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['*', '[']) {
        words.push_str(&rest[..at]);
        let link = rest[at..].strip_prefix('[').and_then(|link| {
            let (name, after) = link.split_once("](")?;
            let (_, after) = after.split_once(')')?;
            (!name.contains(']')).then_some((name, after))
        });
        match link {
            Some((name, after)) => {
                words.push_str(name);
                rest = after;
            }
            None => {
                words.push_str(rest[at..].strip_prefix('[').map_or("", |_| "["));
                rest = &rest[at + 1..];
            }
        }
    }
    words.push_str(rest);
    words.trim_matches('_').to_owned()
}

/// Who speaks in a line of a transcript: capitals before a colon.
fn speaker(words: &str) -> Option<&str> {
    let (who, _) = words.split_once(": ")?;
    let is_loud = who.contains(char::is_uppercase) && !who.contains(char::is_lowercase);
    (is_loud && who.split(' ').count() <= 4).then_some(who)
}

/// Whether a line can be nothing but a headline.
fn is_headline(words: &str) -> bool {
    let begins = words.trim_start_matches(['“', '"', '\'', '‘', '«', '„']);
    let begins = begins.chars().next();
    let begins = begins.is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_caseless(c));
    // A stop within the last mark ends a sentence too.
    let ends = words.trim_end_matches(['”', '"', '\'', '’', '»', '“']);
    let count = |mark: char| words.matches(mark).count();
    let is_whole = count('“') == count('”') && count('"') % 2 == 0;
    begins
        && is_whole
        && words.chars().count() <= HEADLINE
        && words.split(' ').count() >= 3
        && !ends.ends_with(['.', ',', ';', ':', '…', '-', '|'])
        && !words.contains("://")
        && !words.starts_with(['>', '|', '!'])
        // A byline that is not understood.
        && !words.to_lowercase().starts_with("by ")
}

/// A letter of a script without capitals.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// What stands before a colon.
const LABELS: [(&str, Fact); 25] = [
    ("title", Fact::Title),
    ("headline", Fact::Title),
    ("author", Fact::Author),
    ("authors", Fact::Author),
    ("by", Fact::Author),
    ("byline", Fact::Author),
    ("written by", Fact::Author),
    ("outlet", Fact::Outlet),
    ("publication", Fact::Outlet),
    ("publisher", Fact::Outlet),
    ("newspaper", Fact::Outlet),
    ("published", Fact::Published),
    ("published on", Fact::Published),
    ("first published", Fact::Published),
    ("publication date", Fact::Published),
    ("posted", Fact::Published),
    ("posted on", Fact::Published),
    ("date", Fact::Published),
    ("url", Fact::Url),
    ("link", Fact::Url),
    ("source", Fact::Url),
    ("address", Fact::Url),
    ("permalink", Fact::Url),
    ("language", Fact::Language),
    ("lang", Fact::Language),
];

/// Reads a line with a label, or an address alone; whether it is one.
fn labelled(words: &str, about: &mut About) -> bool {
    if words.len() > 2100 {
        return false;
    }
    let is_address = |words: &str| About::default().learn(Fact::Url, words);
    if is_address(words) {
        about.learn(Fact::Url, words);
        return true;
    }
    let Some((label, value)) = words.split_once(':') else {
        return false;
    };
    let (label, value) = (label.trim().to_lowercase(), value.trim());
    let Some((_, fact)) = LABELS.iter().find(|(known, _)| *known == label) else {
        return false;
    };
    let is_so = match fact {
        Fact::Title => !value.is_empty(),
        Fact::Author => return names(value.strip_prefix("By ").unwrap_or(value), about),
        Fact::Outlet => !value.is_empty() && value.chars().count() <= 60 && !value.ends_with('.'),
        Fact::Published => is_date(value) || day_of(value).is_some(),
        Fact::Url if !is_address(value) => {
            // “Source: Reuters” tells the outlet.
            let is_told = is_outlet(value);
            if is_told {
                about.learn(Fact::Outlet, value);
            }
            return is_told;
        }
        Fact::Url => true,
        Fact::Language => About::default().learn(Fact::Language, value),
    };
    if is_so {
        about.learn(*fact, value);
    }
    is_so
}

/// What stands before the names of who wrote it.
const BY: [&str; 6] = [
    "by ",
    "words by ",
    "written by ",
    "story by ",
    "text by ",
    "reported by ",
];

/// What stands before the day it appeared; of a later change nothing is kept.
const ON: [&str; 8] = [
    "first published on ",
    "first published ",
    "published on ",
    "published: ",
    "published ",
    "posted on ",
    "posted: ",
    "posted ",
];

/// Reads a line that tells who wrote it or when it appeared; whether it is one.
fn byline(words: &str, about: &mut About) -> bool {
    if words.chars().count() > HEADLINE {
        return false;
    }
    let parted = words.replace(" — ", "|").replace(" – ", "|");
    let mut pieces = parted
        .split(['|', '•', '·'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty());
    let Some(first) = pieces.next() else {
        return false;
    };
    if !tells(first, about) {
        return false;
    }
    for piece in pieces {
        if !tells(piece, about) && is_outlet(piece) {
            about.learn(Fact::Outlet, piece);
        }
    }
    true
}

/// Reads one piece of a byline; whether it is one.
fn tells(piece: &str, about: &mut About) -> bool {
    let lower = piece.to_lowercase();
    // Lower case may be of another length; words that begin a line are ASCII.
    let behind = |beginning: &str| {
        lower
            .starts_with(beginning)
            .then(|| piece.get(beginning.len()..))
            .flatten()
    };
    if let Some(rest) = BY.iter().find_map(|by| behind(by)) {
        return names(rest.trim(), about);
    }
    let date = ON.iter().find_map(|on| behind(on)).map(str::trim);
    if date.is_some_and(|date| is_date(date) || day_of(date).is_some()) || is_date(piece) {
        about.learn(Fact::Published, date.unwrap_or(piece));
        return true;
    }
    // A name and an outlet need no “by”.
    let parts: Vec<&str> = piece.split(", ").collect();
    if let [people @ .., outlet] = &parts[..]
        && !people.is_empty()
        && is_outlet(outlet)
        && people.iter().all(|name| is_person(name))
    {
        return names(piece, about);
    }
    false
}

/// Reads names behind “by”, and the outlet behind them; whether there is a name first.
fn names(words: &str, about: &mut About) -> bool {
    let is_prose = words.ends_with('.') && words.split(' ').count() > 16;
    if is_prose {
        return false;
    }
    let parts = words
        .replace(" and ", ", ")
        .replace(" & ", ", ")
        .replace(",,", ",");
    let mut found: Vec<&str> = Vec::new();
    let mut outlet = None;
    for part in parts.split(", ").map(str::trim) {
        let (name, rest) = shortened(part);
        if is_person(name) {
            found.push(name);
        } else if found.is_empty() {
            // An agency may be who wrote it.
            if !is_outlet(name) {
                return false;
            }
        }
        outlet = outlet.or([name, rest].into_iter().find(|words| is_outlet(words)));
        if !rest.is_empty() || !is_person(name) {
            break;
        }
    }
    if let Some(outlet) = outlet {
        about.learn(Fact::Outlet, outlet);
    }
    about.learn(Fact::Author, &super::names::joined(found.iter().copied()));
    true
}

/// A name without what is told after it: “in Kyiv”, “for The Courier”, a full stop and more.
fn shortened(part: &str) -> (&str, &str) {
    for word in [" in ", " for ", " of ", " at ", " (", " @"] {
        if let Some((name, rest)) = part.split_once(word)
            && is_person(name)
        {
            return (name, rest.trim_end_matches(')'));
        }
    }
    for (at, _) in part.match_indices(". ") {
        // Not behind an initial.
        let name = &part[..at];
        if is_person(name) && name.rsplit(' ').next().is_some_and(|last| last.len() > 3) {
            return (name, &part[at + 2..]);
        }
    }
    (part.trim_end_matches(['.', ',', ';']), "")
}

/// Words of dates and times beside figures, lower case and without stops.
const DATE_WORDS: [&str; 26] = [
    "at",
    "on",
    "of",
    "the",
    "am",
    "pm",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "st",
    "nd",
    "rd",
    "th",
    "h",
    "noon",
];

/// Whether the words are a date and a time at most.
fn is_date(words: &str) -> bool {
    if words.chars().count() > 60 {
        return false;
    }
    let (mut figures, mut months) = (0, 0);
    for part in words.split([' ', ',']).filter(|part| !part.is_empty()) {
        let letters: String = part
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        let has_figures = part.contains(|c: char| c.is_ascii_digit());
        let is_month = month_of(&letters).is_some();
        let is_zone = (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
        let is_moment = has_figures && ["t", "tz", "z"].contains(&&*letters);
        figures += usize::from(has_figures);
        months += usize::from(is_month);
        let is_known = letters.is_empty()
            || is_month
            || is_moment
            || is_zone && figures > 0
            || DATE_WORDS.contains(&&*letters);
        if !is_known {
            return false;
        }
    }
    figures > 0 && (months == 1 || day_of(words).is_some())
}

/// Reads the place, day and agency before the first sentence; whether there is anything to keep.
fn dateline(words: &str, about: &mut About) -> bool {
    let reach = words
        .char_indices()
        .nth(80)
        .map_or(words.len(), |(at, _)| at);
    let dashes = [" — ", " – ", " - ", " -- ", "— ", "—", "--"];
    let dash = dashes.iter().filter_map(|dash| {
        let at = words[..reach].find(dash)?;
        Some((at, at + dash.len()))
    });
    let Some((end, _)) = dash.min_by_key(|(at, end)| (*at, usize::MAX - end)) else {
        return false;
    };
    let head = words[..end].trim();
    let (place, agency) = match head
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once('('))
    {
        Some((place, agency)) => (place.trim(), Some(agency.trim())),
        None => (head, None),
    };
    let mut parts = place.split(',').map(str::trim);
    let city = parts.next().unwrap_or("");
    let is_capital = city.chars().any(char::is_alphabetic) && !city.contains(char::is_lowercase);
    let is_known = agency.is_some_and(|agency| is_agency(agency) || is_outlet(agency));
    let is_place = |place: &str| place.split(' ').count() <= 4;
    if !is_place(city) || !(is_capital && city.chars().count() >= 3 || is_known) {
        return false;
    }
    let is_single =
        |words: &&str| !words.contains(' ') && words.chars().next().is_some_and(char::is_uppercase);
    let agency = agency.filter(|agency| is_known || is_single(agency));
    let day = parts.find(|part| is_date(part));
    let learnt = agency.is_some_and(|agency| about.learn(Fact::Outlet, agency));
    let dated = day.is_some_and(|day| about.learn(Fact::Published, day));
    learnt || dated
}
