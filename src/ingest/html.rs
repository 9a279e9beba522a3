//! The text layer of a web page: its article as `dom_smoothie` finds it, block by block.
//!
//! Nothing is run or fetched. Scripts, styles, comments and what the page hides (`hidden`,
//! `display: none`, `aria-hidden`) are left out; navigation, banners and footers are too, and
//! a notice says how much. Where no article is found, all text of the page is taken. The text
//! is that of character references decoded once; it may hold controls, as any text may.
//!
//! A page is read or refused in a bounded number of steps: `tree` bounds the parser, `shape`
//! what is done with its tree.

mod facts;
mod linked_data;
mod shape;
mod tree;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use crate::text::About;

/// What made the text layer, as the sidecar says it; another text needs another number.
pub(super) const EXTRACTOR: &str = "proofmark html 1";

/// Bytes at the start in which a page names its encoding.
const PRESCAN: usize = 1024;

/// Everything that is no text for readers, wherever it stands.
const UNREAD: &str = "head, script, style, noscript, template, iframe, object, svg, math, \
                      canvas, [hidden], [aria-hidden=true]";

/// What was taken from a page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) notice: String,
    /// What the page says of its article.
    pub(super) about: About,
}

/// The text of a page, or why there is none to be had.
pub(super) fn text_layer(html: &str) -> Result<Page, &'static str> {
    let page = tree::build(html)?;
    shape::flatten(&page);
    let about = facts::of_page(&page);
    let is_tangled = shape::weight(&page) > shape::WEIGHT;
    let whole = whole_text(page.clone());
    let article = if is_tangled {
        String::new()
    } else {
        article_text(page)
    };
    let (all, kept) = (words(&whole), words(&article));
    if all == 0 && kept == 0 {
        return Ok(Page {
            text: String::new(),
            notice: "no text was found in this web page".to_owned(),
            about,
        });
    }
    // A page that is little more than its article has nothing that could be left out.
    if kept == 0 {
        let notice = if is_tangled {
            "this web page is too tangled to look for its article in it: all its text is shown"
        } else {
            "no article was found in this web page: all its text is shown"
        };
        return Ok(Page {
            text: ended(&whole),
            notice: notice.to_owned(),
            about,
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
        about,
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
fn article_text(document: Document) -> String {
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        ..Config::default()
    };
    // Addresses are of no use here, and a long one would be put before each of them.
    document.select("noscript, template, base").remove();
    Readability::with_document(document, None, Some(config))
        .and_then(|mut page| page.parse())
        .map_or_else(
            |_| String::new(),
            |article| article.text_content.to_string(),
        )
}

/// All text that readers could see.
fn whole_text(document: Document) -> String {
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

#[cfg(test)]
mod tests;
