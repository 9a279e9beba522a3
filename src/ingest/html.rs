//! The text layer of a web page: its article as `dom_smoothie` finds it, block by block.
//!
//! Nothing is run or fetched. Scripts, styles, comments and what the page hides (`hidden`,
//! `display: none`, `aria-hidden`) are left out; navigation, banners and footers are too, and
//! a notice says how much. Where no article is found, all text of the page is taken. The text
//! is that of character references decoded once; it may hold controls, as any text may.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

/// What made the text layer, as the sidecar says it; another text needs another number.
pub(super) const EXTRACTOR: &str = "proofmark html 1";

/// Elements within each other that are read: the parser takes quadratic time in the depth.
const DEPTH: usize = 256;

/// Attributes of one element that are read, for the same reason.
const ATTRIBUTES: usize = 40_000;

/// Bytes at the start in which a page names its encoding.
const PRESCAN: usize = 1024;

/// Elements that hold no others, and those that a later one of their kind closes.
const FLAT: [&str; 36] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame", "keygen", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody",
    "tfoot", "option", "optgroup", "colgroup", "rb", "rt", "rtc", "rp", "html", "head", "body",
];

/// Everything that is no text for readers, wherever it stands.
const UNREAD: &str = "head, script, style, noscript, template, iframe, object, svg, math, \
                      canvas, [hidden], [aria-hidden=true]";

/// What was taken from a page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) notice: String,
}

/// The text of a page, or why there is none to be had.
pub(super) fn text_layer(html: &str) -> Result<Page, &'static str> {
    let (depth, attributes) = extent(html);
    if depth > DEPTH {
        return Err("HTML nested deeper than 256 elements");
    }
    if attributes > ATTRIBUTES {
        return Err("HTML with more than 40,000 attributes on one element");
    }
    let whole = whole_text(html);
    let article = article_text(html);
    let (all, kept) = (words(&whole), words(&article));
    if all == 0 && kept == 0 {
        return Ok(Page {
            text: String::new(),
            notice: "no text was found in this web page".to_owned(),
        });
    }
    // A page that is little more than its article has nothing that could be left out.
    if kept == 0 {
        let notice = "no article was found in this web page: all its text is shown";
        return Ok(Page {
            text: ended(&whole),
            notice: notice.to_owned(),
        });
    }
    let left = all.saturating_sub(kept);
    let notice = match left {
        0 => "the text of a web page".to_owned(),
        _ => format!("the article of a web page: {left} of {all} words around it are left out"),
    };
    Ok(Page {
        text: ended(&article),
        notice,
    })
}

/// The encoding a page names in its first bytes.
pub(super) fn named_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let after = |word: &[u8]| {
        let at = start
            .windows(word.len())
            .position(|window| window == word)?;
        let rest = &start[at + word.len()..];
        let rest = rest
            .trim_ascii_start()
            .strip_prefix(b"=")?
            .trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or(rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let end = rest
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte))
            .unwrap_or(rest.len());
        Encoding::for_label(&rest[..end])
    };
    after(b"charset").or_else(|| after(b"encoding"))
}

/// The page's main text; empty if none is found.
fn article_text(html: &str) -> String {
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        ..Config::default()
    };
    let document = Document::from(html);
    document.select("noscript, template").remove();
    Readability::with_document(document, None, Some(config))
        .and_then(|mut page| page.parse())
        .map_or_else(
            |_| String::new(),
            |article| article.text_content.to_string(),
        )
}

/// All text that readers could see.
fn whole_text(html: &str) -> String {
    let document = Document::from(html);
    document.select(UNREAD).remove();
    document.formatted_text().to_string()
}

/// A text with LF line ends and one at its end.
fn ended(text: &str) -> String {
    let text = super::plain::text_layer(text);
    format!("{}\n", text.trim_matches(['\n', ' ']))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// How deep elements stand within each other, and how many attributes one has at most:
/// counted before the parser sees them. End tags that may be left out do not count.
fn extent(html: &str) -> (usize, usize) {
    let (mut depth, mut deepest, mut most) = (0usize, 0, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let closes = rest.starts_with('/');
        let tag = rest.trim_start_matches('/');
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = tag_end(tag);
        let (tag, after) = tag.split_at(end);
        rest = after;
        let name_end = tag
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(tag.len());
        let name = tag[..name_end].to_ascii_lowercase();
        most = most.max(
            tag.bytes()
                .filter(|byte| byte.is_ascii_whitespace())
                .count(),
        );
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") && !closes {
            let close = format!("</{name}");
            rest = find_ignoring_case(rest, &close).map_or("", |at| &rest[at..]);
            depth += 1;
        } else if closes {
            depth = depth.saturating_sub(usize::from(!FLAT.contains(&name.as_str())));
        } else if !tag.ends_with('/') && !FLAT.contains(&name.as_str()) {
            depth += 1;
        }
        deepest = deepest.max(depth);
    }
    (deepest, most)
}

/// Where a tag ends: the first `>` outside of quotation marks.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if tag[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_here = |at: &usize| {
        bytes[*at..].len() >= word.len()
            && bytes[*at..*at + word.len()].eq_ignore_ascii_case(word.as_bytes())
    };
    text.match_indices('<').map(|(at, _)| at).find(is_here)
}

#[cfg(test)]
mod tests;
