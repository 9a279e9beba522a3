//! Files attached to a letter that may be articles themselves.

use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};
use rustc_hash::FxHashSet;

/// Files of one letter that are taken.
const FILES: usize = 100;

/// Bytes of one file.
const BYTES: usize = 20_000_000;

/// Parts of one letter that are looked at, and letters within letters.
const PARTS: usize = 10_000;
const DEPTH: usize = 32;

/// Characters of a name.
const NAME: usize = 120;

/// A file that was attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name: no folder, no sign that a file's name cannot have, with an ending.
    pub name: String,
    /// Its bytes, decoded.
    pub bytes: Vec<u8>,
}

/// Types of parts whose name does not say what they are, and the ending for them.
const TYPES: [(&str, &str); 22] = [
    ("application/pdf", "pdf"),
    ("application/msword", "doc"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/rtf", "rtf"),
    ("text/rtf", "rtf"),
    ("application/epub+zip", "epub"),
    ("application/xhtml+xml", "xhtml"),
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/feed+json", "json"),
    ("application/mbox", "mbox"),
    ("application/x-subrip", "srt"),
    ("message/rfc822", "eml"),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("text/vtt", "vtt"),
    ("text/csv", "csv"),
    ("text/x-opml", "opml"),
];

/// The attached files of a letter, and of letters attached to it, whose ending `may_be_article`
/// takes. Pictures and the letter's own text are none. At most 100 files of 20 MB each.
pub fn attachments(bytes: &[u8], may_be_article: &dyn Fn(&str) -> bool) -> Vec<Attached> {
    let mut found = Vec::new();
    let Some(message) = MessageParser::default().parse(bytes) else {
        return found;
    };
    let mut open = vec![(&message, 0)];
    let mut seen = 0;
    while let Some((message, depth)) = open.pop() {
        let mut inner = Vec::new();
        let attached: FxHashSet<u32> = message.attachments.iter().copied().collect();
        for (at, part) in message.parts.iter().enumerate() {
            seen += 1;
            if seen > PARTS || found.len() == FILES {
                return found;
            }
            if let PartType::Message(nested) = &part.body
                && depth < DEPTH
            {
                inner.push((nested, depth + 1));
            }
            let is_attached = u32::try_from(at).is_ok_and(|at| attached.contains(&at));
            found.extend(file(is_attached, part, may_be_article));
        }
        // In the order of the letter: the first is taken from the end.
        open.extend(inner.into_iter().rev());
    }
    found
}

/// A part as a file, if it is one and may be an article.
fn file(
    is_attached: bool,
    part: &MessagePart<'_>,
    may_be_article: &dyn Fn(&str) -> bool,
) -> Option<Attached> {
    let media = media(part);
    let is_named = part.attachment_name().is_some();
    let is_container = matches!(part.body, PartType::Multipart(_));
    if is_container || !(is_attached || is_named) || media.starts_with("image/") {
        return None;
    }
    let mut name = bare(part.attachment_name().unwrap_or_default());
    let mut ending = ending(&name);
    if ending.is_empty() {
        let of_type = TYPES.iter().find(|(one, _)| *one == media);
        ending = of_type.map_or("", |(_, ending)| ending).to_owned();
        if name.is_empty() {
            name = match &part.body {
                PartType::Message(letter) => bare(letter.subject().unwrap_or_default()),
                _ => String::new(),
            };
        }
        if name.is_empty() {
            name = "attachment".to_owned();
        }
        name = format!("{name}.{ending}");
    }
    if ending.is_empty() || !may_be_article(&ending) {
        return None;
    }
    let bytes = match &part.body {
        PartType::Message(letter) if letter.parts.is_empty() => return None,
        PartType::Message(letter) => letter.raw_message().to_vec(),
        _ => part.contents().to_vec(),
    };
    (!bytes.is_empty() && bytes.len() <= BYTES).then_some(Attached { name, bytes })
}

/// The type of a part in small letters.
fn media(part: &MessagePart<'_>) -> String {
    let Some(kind) = part.content_type() else {
        return String::new();
    };
    let main = kind.ctype().to_ascii_lowercase();
    let sub = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    format!("{main}/{sub}")
}

/// A name without folders and signs that names of files cannot have on some system.
fn bare(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_bad = |c: char| c.is_control() || "<>:\"|?*".contains(c) || is_direction(c);
    let name: String = name
        .chars()
        .map(|c| if is_bad(c) { '_' } else { c })
        .collect();
    // Neither hidden nor a way up; a full stop at the end is none for Windows.
    let name = name.trim_matches([' ', '.']);
    match name.chars().count() > NAME {
        true => shortened(name),
        false => name.to_owned(),
    }
}

/// Signs that turn the order of letters, by which an ending can be made to look like another.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A long name with its ending kept.
fn shortened(name: &str) -> String {
    let ending = ending(name);
    let start: String = name
        .chars()
        .take(NAME - ending.chars().count() - 1)
        .collect();
    match ending.is_empty() {
        true => start,
        false => format!("{}.{ending}", start.trim_end_matches([' ', '.'])),
    }
}

/// The ending of a name in small letters; empty where there is none.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_one =
        (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    match is_one {
        true => ending.to_ascii_lowercase(),
        false => String::new(),
    }
}

#[cfg(test)]
mod tests;
