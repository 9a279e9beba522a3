//! Lists of links in plain text: a link a line, alone or with its title.
//!
//! An article that mentions links is no list: of the lines at least four in five must be a link and a
//! short title before or behind it. Bullets, numbers, headings and lines that begin with `#` may
//! stand between.

use super::words::one_line;
use super::{Entries, Entry, MOST, address, counted};

/// Endings of names of texts that may be lists. Empty for a name without any.
const ENDINGS: [&str; 9] = [
    "", "txt", "text", "md", "markdown", "list", "lst", "urls", "links",
];

/// Characters of a title on a line with a link; more is a paragraph that mentions one.
const TITLE: usize = 200;

/// Of so many lines one may be something else.
const OTHERS: usize = 5;

/// Addresses that one line may hold.
const ON_A_LINE: usize = 50;

/// The links of a list; `None` if the text is none.
pub(super) fn read(ending: &str, text: &str) -> Option<Entries> {
    let start = text.trim_start();
    if !ENDINGS.contains(&ending) || start.starts_with(['<', '{']) {
        return None;
    }
    let mut found = Entries::new("a list of links");
    let (mut lines, mut others, mut more) = (0usize, 0usize, 0usize);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("//") {
            continue;
        }
        lines += 1;
        match links(line) {
            Some(links) => {
                let room = MOST - found.list.len();
                more += links.len().saturating_sub(room);
                found.list.extend(links.into_iter().take(room));
            }
            None => others += 1,
        }
        // One of the first lines may be a heading without its sign.
        if others * OTHERS > lines && lines > 200 {
            return None;
        }
    }
    if found.list.is_empty() || others * OTHERS > lines {
        return None;
    }
    if others > 0 {
        let told = counted(others, "line", "lines");
        found
            .notices
            .push(format!("{told} without a link left out"));
    }
    found.tell_of_more(more);
    Some(found)
}

/// The links of one line; `None` if it is no line of a list.
fn links(line: &str) -> Option<Vec<Entry>> {
    let line = without_bullet(line);
    if let Some(entry) = of_markdown(line) {
        return Some(vec![entry]);
    }
    let first = Place::find(line, 0)?;
    let mut places = vec![first];
    while places.len() < ON_A_LINE
        && let Some(next) = places.last().and_then(|last| Place::find(line, last.end))
    {
        places.push(next);
    }
    let before = words(&line[..places[0].start]);
    let last = places.last().map_or(0, |last| last.end);
    let behind = words(&line[last..]);
    let between = places.windows(2).all(|pair| {
        let between = &line[pair[0].end..pair[1].start];
        words(between).is_empty()
    });
    // In a sentence the address stands in the middle, or a full stop behind it.
    let ends_sentence = !before.is_empty() && line.ends_with(['.', '?', '!']) && last < line.len();
    let is_sentence = !before.is_empty() && !behind.is_empty() || ends_sentence;
    let title = if before.is_empty() { behind } else { before };
    let is_title =
        title.chars().count() <= TITLE && !(title.ends_with('.') && title.contains(". "));
    if !between || is_sentence || !is_title {
        return None;
    }
    let mut title = Some(title).filter(|title| !title.is_empty());
    let mut entries = Vec::new();
    for place in places {
        entries.push(Entry {
            address: Some(address::absolute(place.address, None)?),
            title: title.take(),
            ..Entry::default()
        });
    }
    Some(entries)
}

/// A link of Markdown that the line begins with: `[title](address "more") words`.
fn of_markdown(line: &str) -> Option<Entry> {
    let (title, rest) = line.strip_prefix('[')?.split_once("](")?;
    let rest = rest.trim_start_matches('<');
    let end = rest.find([' ', '>', '\t']).unwrap_or(rest.len());
    let end = closing(&rest[..end]).unwrap_or(end);
    let behind = rest[end..].split_once(')').map_or("", |(_, behind)| behind);
    if behind.chars().count() > 2 * TITLE || behind.contains("](") {
        return None;
    }
    let summary = words(behind);
    Some(Entry {
        address: Some(address::absolute(&rest[..end], None)?),
        title: Some(one_line(title)).filter(|title| !title.is_empty()),
        summary: Some(summary).filter(|summary| !summary.is_empty()),
        ..Entry::default()
    })
}

/// Where the bracket closes that was open before the text.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// An address in a line: where it begins and ends, in bytes.
struct Place<'l> {
    start: usize,
    end: usize,
    address: &'l str,
}

impl<'l> Place<'l> {
    /// The next address at or behind `from`.
    fn find(line: &'l str, from: usize) -> Option<Place<'l>> {
        let starts = line[from..].match_indices("://").map(|(at, _)| from + at);
        let start = starts.into_iter().find_map(|at| {
            let before = &line[from..at];
            let scheme = ["https", "http"].iter().find(|scheme| {
                let start = before.len().checked_sub(scheme.len());
                start
                    .and_then(|start| before.get(start..))
                    .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
            });
            scheme.map(|scheme| at - scheme.len())
        })?;
        let rest = &line[start..];
        let is_end = |c: char| c.is_whitespace() || "<>\"“”«»".contains(c);
        let rest = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let rest = &rest[..closing(rest).unwrap_or(rest.len())];
        let address =
            rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '*', '|']);
        address::is_of_web(address).then_some(Place {
            start,
            end: start + address.len(),
            address,
        })
    }
}

/// Words around an address, without the signs that part them from it.
fn words(text: &str) -> String {
    let is_sign = |c: char| c.is_whitespace() || "-–—:;,.|<>()[]\"“”*_→=\u{a0}".contains(c);
    let ends_well =
        |text: &str| text.ends_with([')', '.', '"', '”']) && text.contains(char::is_alphanumeric);
    let start = text.trim_start_matches(is_sign);
    let bare = start.trim_end_matches(is_sign);
    // A bracket, a quotation or an abbreviation that the title ends with is its own.
    let tail = &start[bare.len()..];
    let kept = tail
        .chars()
        .next()
        .filter(|c| ends_well(&format!("{bare}{c}")));
    let opens = |c: char| match c {
        ')' => bare.contains('('),
        '"' => bare.contains('"'),
        '”' => bare.contains('“'),
        _ => true,
    };
    match kept.filter(|c| opens(*c)) {
        Some(c) => one_line(&format!("{bare}{c}")),
        None => one_line(bare),
    }
}

/// A line without a bullet or a number before it.
fn without_bullet(line: &str) -> &str {
    let bare = line
        .trim_start_matches(['-', '*', '•', '+', '–', '·', '>'])
        .trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &bare[digits..];
    match rest.strip_prefix(['.', ')', ':']) {
        Some(rest) if (1..=4).contains(&digits) => rest.trim_start(),
        _ => bare,
    }
}
