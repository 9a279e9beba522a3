//! Another reader's word on which blocks of a page are its article: `dom_smoothie`, a port of
//! Mozilla's Readability.
//!
//! It takes the page apart and leaves what it holds for the article, in which the numbers of the
//! blocks still stand. Only those are looked at: text and order come from the page itself.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::blocks::NUMBER;
use super::shape;

/// What the witness puts around the article.
const CONTENT: &str = "#readability-page-1";

/// Which of the page's blocks, `count` of them, it keeps; none of a page it finds no article in.
pub(super) fn kept(page: Document, count: usize) -> Vec<bool> {
    let config = Config {
        text_mode: TextMode::Raw,
        disable_json_ld: true,
        ..Config::default()
    };
    // Addresses are of no use here, and a long one would be put before each of them.
    page.select("noscript, template, base").remove();
    let mut kept = vec![false; count];
    let Ok(mut reader) = Readability::with_document(page, None, Some(config)) else {
        return kept;
    };
    if reader.parse().is_err() {
        return kept;
    }
    // What was taken out stands beside what was kept.
    let page = &reader.doc;
    let Some(content) = page.select(CONTENT).nodes().first().map(|node| node.id) else {
        return kept;
    };
    shape::below(page, content, |node| {
        let number = page.tree.query_node(&node, |found| {
            let element = found.as_element()?;
            let number = element.attrs.iter().find(|a| &*a.name.local == NUMBER)?;
            number.value.parse::<usize>().ok()
        });
        if let Some(slot) = number.flatten().and_then(|number| kept.get_mut(number)) {
            *slot = true;
        }
        true
    });
    kept
}
