//! Markup as plain words: for summaries and titles, and to judge whether a text is whole. No text of
//! an article is made here; that is for the reader of pages.

use super::references::{is_control, resolved};

/// Bytes in which the end of a tag is looked for between quotes; behind them any `>` ends it.
/// Without a bound, tags without an end would be looked through again and again.
const TAG: usize = 1_024;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "img",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "video",
];

/// Elements whose content is no text.
const CODE: [&str; 3] = ["script", "style", "template"];

/// The words of a piece of HTML: tags off, references resolved once, a paragraph a line.
pub(super) fn plain(html: &str) -> String {
    let mut all = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..];
        all.push_str(&resolved(&rest[..at]).replace('\n', " "));
        rest = tag;
        let Some(end) = end_of_tag(tag) else {
            all.push('<');
            rest = &tag[1..];
            continue;
        };
        if end == tag.len() && !tag.ends_with('>') {
            // Nothing ends it: words may stand behind the sign.
            break;
        }
        let name = name_of(tag);
        if BLOCKS.contains(&name.as_str()) {
            all.push('\n');
        }
        rest = &tag[end..];
        if CODE.contains(&name.as_str()) && !tag.starts_with("</") {
            rest = behind_code(rest, &name);
        }
    }
    all.push_str(&resolved(rest).replace('\n', " "));
    tidy(&all)
}

/// Plain text with each paragraph on a line, and blanks between words single.
pub(super) fn tidy(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let line = one_line(line);
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// Words on one line, without controls.
pub(super) fn one_line(text: &str) -> String {
    let text = text.replace(is_control, "");
    let words: Vec<&str> = text.split([' ', '\t', '\r', '\n']).collect();
    let words = words.into_iter().filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text looks like markup: a tag or a reference is in it.
pub(super) fn is_markup(text: &str) -> bool {
    let has_tag = text.split('<').skip(1).any(|after| {
        let name = after.trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && after.contains('>')
    });
    has_tag || matches!(resolved(text), std::borrow::Cow::Owned(other) if other != text)
}

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Where the tag that the text begins with ends, in bytes; `None` if it is no tag.
fn end_of_tag(tag: &str) -> Option<usize> {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(tag.len(), |at| at + 7));
    }
    let name = tag[1..].trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate().take(TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(tag.find('>').map_or(tag.len(), |at| at + 1))
}

/// The name of a tag in small letters.
fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    name[..end].to_ascii_lowercase()
}

/// What stands behind the end of an element that holds code.
fn behind_code<'t>(text: &'t str, name: &str) -> &'t str {
    let ends = |(at, _): &(usize, &str)| {
        let found = text.as_bytes().get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = text.match_indices("</").find(ends);
    end.map_or("", |(at, _)| &text[at..])
}
