//! Mailboxes: many letters in one file (mbox, RFC 4155).
//!
//! A letter begins at a line `From ` with a date, behind which a head stands; lengths that letters
//! tell are not trusted, and a sentence that begins with “From” ends no letter. In bodies one `>` is
//! taken from `>From ` (mboxrd), whose older form (mboxo) escapes the same lines.

use mail_parser::{Address, MessageParser};

use super::draft::joined;
use super::words::one_line;
use super::{Entries, Entry, File, MOST, dates};

/// Endings of names of mailboxes: their first line is one of a mailbox whatever it says.
const ENDINGS: [&str; 2] = ["mbox", "mbx"];

/// Bytes at the end of a line `From ` in which its date stands.
const DATE: usize = 80;

/// The letters of a mailbox; `None` if the bytes are none.
pub(super) fn read(ending: &str, bytes: &[u8]) -> Option<Entries> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace());
    let bytes = &bytes[blank.count()..];
    let first = bytes.split_inclusive(|byte| *byte == b'\n').next()?;
    let is_named = ENDINGS.contains(&ending) && first.starts_with(b"From ");
    if !(is_named || is_separator(first)) || !is_head(&bytes[first.len()..]) {
        return None;
    }
    let mut found = Entries::new("a mailbox");
    let mut more = 0;
    for letter in letters(bytes) {
        if found.list.len() == MOST {
            more += 1;
            continue;
        }
        found.list.push(entry(letter));
    }
    found.tell_of_more(more);
    Some(found)
}

/// The letters of a mailbox as they were before they were put into it.
fn letters(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let mut is_body = false;
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|byte| *byte == b'\n');
        let end = end.map_or(bytes.len(), |end| at + end + 1);
        let line = &bytes[at..end];
        let is_first = at == 0;
        at = end;
        if is_first || is_separator(line) && is_head(&bytes[at..]) {
            all.push(Vec::new());
            is_body = false;
            continue;
        }
        let Some(letter) = all.last_mut() else {
            continue;
        };
        is_body |= line.iter().all(u8::is_ascii_whitespace);
        letter.extend_from_slice(match is_body && is_escaped(line) {
            true => &line[1..],
            false => line,
        });
    }
    for letter in &mut all {
        without_last_blank(letter);
    }
    all
}

/// Whether a line is `From `, a sender and a date with a time and a year.
fn is_separator(line: &[u8]) -> bool {
    if !line.starts_with(b"From ") {
        return false;
    }
    let date = &line[line.len().saturating_sub(DATE)..];
    let figures = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let parts = || date.split(u8::is_ascii_whitespace);
    let has_year = parts().any(|part| part.len() == 4 && figures(part));
    let has_time = parts().any(|part| {
        let mut figures_of = part.split(|byte| *byte == b':');
        let count = part.iter().filter(|byte| **byte == b':').count();
        (1..=2).contains(&count)
            && figures_of.all(|part| (1..=2).contains(&part.len()) && figures(part))
    });
    has_year && has_time
}

/// Whether a head begins here: a line with a name and a colon.
fn is_head(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b">From ").map_or(bytes, |rest| {
        // Old systems put the line of the system before theirs below, escaped.
        let end = rest.iter().position(|byte| *byte == b'\n');
        end.map_or(rest, |end| &rest[end + 1..])
    });
    let name = bytes.iter().take(80);
    let name = name.take_while(|byte| byte.is_ascii_graphic() && **byte != b':');
    let length = name.count();
    length > 0 && bytes.get(length) == Some(&b':')
}

/// Whether a line was escaped: any number of `>` before `From `.
fn is_escaped(line: &[u8]) -> bool {
    let signs = line.iter().take_while(|byte| **byte == b'>').count();
    signs > 0 && line[signs..].starts_with(b"From ")
}

/// Takes off the empty line that ends each letter of a mailbox.
fn without_last_blank(letter: &mut Vec<u8>) {
    for ending in [&b"\r\n"[..], b"\n"] {
        let before = letter.strip_suffix(ending).map(<[u8]>::len);
        if let Some(length) = before.filter(|length| letter[..*length].ends_with(b"\n")) {
            letter.truncate(length);
            return;
        }
    }
}

/// The entry of a letter, which is a file of its own.
fn entry(letter: Vec<u8>) -> Entry {
    let head = MessageParser::default().parse_headers(&letter[..]);
    let mut entry = Entry::default();
    if let Some(head) = head {
        let title = head.subject().map(one_line);
        entry.title = title.filter(|title| !title.is_empty());
        let names = head.from().map(senders).unwrap_or_default();
        entry.author = joined(&names);
        let date = head.date().filter(|date| date.is_valid());
        entry.published = date.and_then(|date| dates::published(&date.to_rfc3339()));
    }
    entry.whole = Some(File {
        ending: "eml",
        bytes: letter,
    });
    entry
}

/// Who a letter is from, those with a name.
fn senders(from: &Address<'_>) -> Vec<String> {
    let named = from.iter().take(50).filter_map(|one| one.name());
    named.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
