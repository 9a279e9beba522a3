//! What is said of a page's text: how much was left out, and what was taken from where readers of
//! the page would not look.

use super::blocks::Blocks;
use super::chosen::{Choice, From, Headline};
use super::names::Marks;

/// What was left out of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Paragraphs that read like text of an article, and their words.
    pub(super) paragraphs: usize,
    pub(super) prose: usize,
    /// Words of menus, teasers, offers and the like.
    pub(super) menus: usize,
    /// Words of readers' comments.
    pub(super) comments: usize,
    /// Words of an article that follows.
    pub(super) second: usize,
    /// Paragraphs of the article's part of the page that it hides.
    pub(super) hidden: usize,
}

impl LeftOut {
    /// Counts what was left out; `shown` are the blocks of the text.
    pub(super) fn of(blocks: &Blocks, choice: &Choice, shown: &[bool], scope: usize) -> LeftOut {
        let mut left = LeftOut::default();
        let scope = blocks
            .elements
            .get(scope)
            .map_or(0..0, |e| e.blocks.clone());
        for (at, block) in blocks.list.iter().enumerate() {
            if shown[at] {
                continue;
            }
            let zone = choice.zones[block.element];
            if !block.is_seen() {
                let is_hidden = block.is_hidden && !block.is_noscript && block.is_prose();
                let is_here = scope.contains(&at) && !zone.any(Marks::ZONES);
                left.hidden += usize::from(is_hidden && is_here);
            } else if choice
                .second
                .as_ref()
                .is_some_and(|second| second.contains(&at))
            {
                left.second += block.words;
            } else if zone.any(Marks::COMMENTS) {
                left.comments += block.words;
            } else if block.is_prose() && !zone.any(Marks::ZONES) {
                left.paragraphs += 1;
                left.prose += block.words;
            } else {
                left.menus += block.words;
            }
        }
        left
    }

    /// All words left out.
    pub(super) fn words(&self) -> usize {
        self.prose + self.menus + self.comments + self.second
    }
}

/// What is said of a page's text.
pub(super) fn notice(choice: &Choice, left: LeftOut, is_tangled: bool) -> String {
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

fn left_out(left: LeftOut) -> String {
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
