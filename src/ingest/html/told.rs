//! What is said of a page's text: how much was left out, and what was taken from where readers of
//! the page would not look.

use std::ops::Range;

use super::blocks::Blocks;
use super::chosen::{Choice, From, Headline};
use super::names::Marks;

/// What a block that is not shown is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// A paragraph that could be text of the article.
    Prose,
    /// What readers wrote.
    Comment,
    /// Of an article that follows.
    Second,
    /// Of a menu, a teaser, an offer, a notice of the site.
    Menu,
    /// A paragraph in the article's part of the page, which hides it.
    Hidden,
    /// Hidden elsewhere, or said for browsers without scripts.
    Unseen,
}

impl Left {
    /// What a block is; `scope` are the blocks of the article's part of the page.
    pub(super) fn of(blocks: &Blocks, choice: &Choice, at: usize, scope: &Range<usize>) -> Left {
        let block = &blocks.list[at];
        let zone = choice.zones[block.element];
        let is_free = block.is_prose() && !zone.any(Marks::ZONES) && !is_notice(&block.text);
        let second = choice.second.as_ref();
        if !block.is_seen() {
            let is_hidden = block.is_hidden && !block.is_noscript && scope.contains(&at);
            return if is_hidden && is_free {
                Left::Hidden
            } else {
                Left::Unseen
            };
        }
        if second.is_some_and(|second| second.contains(&at)) {
            Left::Second
        } else if zone.any(Marks::COMMENTS) {
            Left::Comment
        } else if is_free {
            Left::Prose
        } else {
            Left::Menu
        }
    }
}

/// How much was left out of a page, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Paragraphs of prose, and their words.
    paragraphs: usize,
    prose: usize,
    menus: usize,
    comments: usize,
    second: usize,
    /// Paragraphs that the page hides.
    hidden: usize,
}

impl Counts {
    /// Counts one more block.
    pub(super) fn add(&mut self, left: Left, words: usize) {
        match left {
            Left::Prose => {
                self.paragraphs += 1;
                self.prose += words;
            }
            Left::Comment => self.comments += words,
            Left::Second => self.second += words,
            Left::Menu => self.menus += words,
            Left::Hidden => self.hidden += 1,
            Left::Unseen => {}
        }
    }

    /// All words left out that readers of the page see.
    fn words(&self) -> usize {
        self.prose + self.menus + self.comments + self.second
    }
}

/// Words of the notices that stand on all pages of a site.
const NOTICES: [&str; 7] = [
    "all rights reserved",
    "cookie policy",
    "cookies",
    "privacy policy",
    "terms of service",
    "terms of use",
    "your browser",
];

/// Whether a text is a notice of the site: on rights, cookies, terms.
fn is_notice(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins = text.starts_with('©') || text.starts_with("copyright");
    begins || NOTICES.iter().any(|words| text.contains(words))
}

/// What is said of a page's text.
pub(super) fn notice(choice: &Choice, left: Counts, is_tangled: bool) -> String {
    let mut said = Vec::new();
    match choice.from {
        From::Page if left.words() == 0 => said.push("the text of a web page".to_owned()),
        From::Page | From::Noscript | From::Hidden => {
            said.push(format!("the article of a web page{}", left_out(left)));
        }
        From::Stated => said.push(format!(
            "the article as the data of this web page state it (JSON-LD), more than it shows{}",
            left_out(left)
        )),
        From::Everywhere if is_tangled => said.push(
            "this web page is too tangled to look for its article in it: all its text is shown"
                .to_owned(),
        ),
        From::Everywhere => {
            said.push("no article was found in this web page: all its text is shown".to_owned())
        }
    }
    match choice.from {
        From::Noscript => said.push("text for browsers without scripts is shown".to_owned()),
        From::Hidden => said.push("text that the page hides is shown".to_owned()),
        From::Page | From::Stated | From::Everywhere => {}
    }
    if let Some(Headline::Stated(_)) = choice.headline {
        said.push("the headline stands in the page's head alone".to_owned());
    }
    if left.second > 0 {
        let words = counted(left.second, "word", "words");
        said.push(format!("a second article below ({words}) is left out"));
    }
    if choice.seems_two {
        said.push("the page seems to hold two articles".to_owned());
    }
    if left.comments > 0 {
        let words = counted(left.comments, "word", "words");
        said.push(format!("comments of readers ({words}) are left out"));
    }
    if left.hidden > 0 {
        let hidden = counted(left.hidden, "paragraph", "paragraphs");
        said.push(format!("{hidden} that the page hides left out"));
    }
    said.join("; ")
}

fn left_out(left: Counts) -> String {
    let mut parts = Vec::new();
    if left.paragraphs > 0 {
        let paragraphs = counted(left.paragraphs, "paragraph", "paragraphs");
        let words = counted(left.prose, "word", "words");
        parts.push(format!("{paragraphs} of prose ({words})"));
    }
    if left.menus > 0 {
        let words = counted(left.menus, "word", "words");
        parts.push(format!("{words} of menus and the like"));
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!(": {} left out", parts.join(" and ")),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
