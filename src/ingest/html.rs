//! The text layer of a web page: its headline and its article, block by block.
//!
//! Nothing is run or fetched. The page is cut into `blocks`; `witness` says which it would keep,
//! `choice` which are the article, and `told` what was left out. Scripts, styles and comments of
//! the code are no text; what the page hides is none either, unless there is nothing else. Where
//! no article is found, all text of the page is taken. Character references are decoded once;
//! the text may hold controls, as any text may.
//!
//! A page is read or refused in a bounded number of steps: `tree` bounds the parser, `shape`
//! what is done with its tree.

mod additions;
mod blocks;
mod choice;
mod chosen;
mod drops;
mod facts;
mod fallback;
mod headline;
mod layout;
mod linked_data;
mod names;
mod outline;
mod prepare;
mod shape;
mod told;
mod tree;
mod witness;
mod words;

use encoding_rs::Encoding;

use self::blocks::Blocks;
use self::chosen::{Choice, From, Headline, Sums};
use self::facts::Hints;
use self::layout::Text;
use self::told::{Counts, Left};
use crate::text::{About, LeftOut, QuotedBlock};

/// What made the text layer, as the sidecar says it; another text needs another number.
pub(super) const EXTRACTOR: &str = "proofmark html 2";

/// Bytes at the start in which a page names its encoding.
const PRESCAN: usize = 1024;

/// Whether bytes begin as pages do that say so.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = head.trim_ascii_start();
    let begins = |with: &[u8]| {
        head.get(..with.len())
            .is_some_and(|h| h.eq_ignore_ascii_case(with))
    };
    begins(b"<!doctype html") || begins(b"<html")
}

/// What was taken from a page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    /// Block quotations in it.
    pub(super) quotations: Vec<QuotedBlock>,
    /// Paragraphs of the page that are not in it.
    pub(super) left_out: Vec<LeftOut>,
    pub(super) notice: String,
    /// What the page says of its article.
    pub(super) about: About,
}

/// The text of a page, or why there is none to be had.
pub(super) fn text_layer(html: &str) -> Result<Page, &'static str> {
    let page = tree::build(html)?;
    prepare::open_shadows(&page);
    shape::flatten(&page);
    prepare::show_muted(&page);
    let (about, hints) = facts::of_page(&page);
    let blocks = blocks::cut(&page);
    let is_tangled = shape::weight(&page) > shape::WEIGHT;
    let choice = if is_tangled {
        choice::choose_all(&blocks)
    } else {
        let kept = witness::kept(page, blocks.list.len());
        choice::choose(&blocks, kept, &hints)
    };
    let (text, shown) = written(&blocks, &choice, &hints);
    if text.text.is_empty() {
        return Ok(Page {
            text: String::new(),
            quotations: Vec::new(),
            left_out: Vec::new(),
            notice: "no text was found in this web page".to_owned(),
            about,
        });
    }
    let text_end = text.text.len();
    let (counts, left_out) = left_out(&blocks, &choice, &shown, text_end);
    Ok(Page {
        text: text.text + "\n",
        quotations: text.quotations,
        left_out,
        notice: told::notice(&choice, counts, is_tangled),
        about,
    })
}

/// Where each block stands in the text, in bytes; `None` if it does not.
type Shown = Vec<Option<usize>>;

/// The text of what was chosen, headline first, and which blocks stand in it.
fn written(blocks: &Blocks, choice: &Choice, hints: &Hints) -> (Text, Shown) {
    let mut shown = vec![None; blocks.list.len()];
    let mut text = Text::default();
    if choice.from == From::Everywhere {
        // As it stands.
        for at in choice.places() {
            shown[at] = Some(text.block(blocks, at));
        }
        return (text, shown);
    }
    match &choice.headline {
        Some(Headline::Block(at)) => text.paragraph(&blocks.list[*at].text.replace('\n', " ")),
        Some(Headline::Stated(title)) => text.paragraph(title),
        None => {}
    }
    let said = headline::said_again(blocks, choice);
    let body = hints.body.as_deref();
    match body.filter(|_| choice.from == From::Stated) {
        Some(body) => {
            let start = text.text.len();
            for paragraph in stated_text(body).split("\n\n") {
                text.paragraph(paragraph);
            }
            let rows = words::Rows::of(body);
            for (shown, block) in shown.iter_mut().zip(&blocks.list) {
                *shown = rows.hold(&block.text).then_some(start);
            }
        }
        None => {
            for at in choice.places().filter(|at| !said.contains(at)) {
                shown[at] = Some(text.block(blocks, at));
            }
        }
    }
    for at in said {
        shown[at] = Some(0);
    }
    text.doubt_quotations();
    (text, shown)
}

/// How much was left out, and the paragraphs of it in the order of the page.
fn left_out(
    blocks: &Blocks,
    choice: &Choice,
    shown: &Shown,
    text_end: usize,
) -> (Counts, Vec<LeftOut>) {
    let scope = Sums::kept(blocks, &choice.kept).lowest(blocks, 90);
    let scope = blocks
        .elements
        .get(scope)
        .map_or(0..0, |e| e.blocks.clone());
    let (mut counts, mut paragraphs) = (Counts::default(), Vec::new());
    // From behind, so that it is known what follows.
    let mut before = text_end;
    for (at, block) in blocks.list.iter().enumerate().rev() {
        if let Some(start) = shown[at] {
            before = start;
            continue;
        }
        let left = Left::of(blocks, choice, at, &scope);
        counts.add(left, block.words);
        let is_paragraph = block.is_prose() || matches!(left, Left::Second);
        if is_paragraph && !matches!(left, Left::Menu | Left::Unseen) {
            paragraphs.push(LeftOut {
                before,
                words: block.text.clone(),
            });
        }
    }
    paragraphs.reverse();
    (counts, paragraphs)
}

/// A text stated in a page's data: plain, or marked up as a page is.
fn stated_text(body: &str) -> String {
    let is_marked_up = ["<p", "<br", "<div", "</"]
        .iter()
        .any(|mark| body.contains(mark));
    if is_marked_up && let Ok(page) = tree::build(body) {
        shape::flatten(&page);
        let blocks = blocks::cut(&page);
        let mut text = Text::default();
        for at in 0..blocks.list.len() {
            text.block(&blocks, at);
        }
        return text.text;
    }
    let words = body
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>());
    let lines = words
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "));
    lines.collect::<Vec<_>>().join("\n\n")
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

#[cfg(test)]
mod tests;
