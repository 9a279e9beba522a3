//! The article of a page in which the witness found none, or little of it.
//!
//! Looked for in turn: what calls itself the article, what holds most of the prose, what is
//! there for browsers without scripts, what the page hides, what it states in its head; at last
//! all text is taken. A line at the foot of a page is never taken for its article.

use super::blocks::{Block, Blocks};
use super::chosen::{Choice, From, Sums};
use super::facts::Hints;
use super::names::Marks;
use super::words::{self, Rows};

/// Kept words below which a page with three times as much prose is looked through again.
const FEW: usize = 80;

/// How many times the words that readers see must stand where they do not look.
const MUCH: usize = 5;

/// Which blocks are meant.
type IsOne = fn(&Block) -> bool;

/// Finds the article where the witness did not.
pub(super) fn find_article(blocks: &Blocks, choice: &mut Choice, hints: &Hints) {
    for at in 0..blocks.list.len() {
        choice.kept[at] &= !choice.zones[blocks.list[at].element].any(Marks::MARGIN);
    }
    let free_prose: Vec<bool> = (0..blocks.list.len())
        .map(|at| blocks.list[at].is_prose() && !choice.in_zone(blocks, at))
        .collect();
    let prose = Sums::of(blocks, |at| blocks.list[at].is_seen() && free_prose[at]);
    let kept = Sums::kept(blocks, &choice.kept);
    if take_unseen(blocks, choice, &free_prose, prose.all().max(kept.all())) {
        return;
    }
    let is_found = choice.first_prose(blocks).is_some();
    let is_little = kept.all() < FEW && prose.all() >= 3 * kept.all().max(1);
    if is_found && !is_little || prose.all() == 0 && kept.all() > 0 {
        return;
    }
    if prose.all() > 0 {
        let element = holder(blocks, &prose);
        for at in blocks.elements[element].blocks.clone() {
            choice.kept[at] |= blocks.list[at].is_seen() && free_prose[at];
        }
    } else if hints.body.as_deref().is_some_and(is_text) {
        choice.from = From::Stated;
    } else {
        take_all(blocks, choice);
    }
}

/// Takes prose that readers of the page do not see, if they see none, or little beside a whole
/// article: what is there for browsers without scripts, then what is hidden. `seen` are the words
/// of prose, or of what the witness kept, that they see. Whether it did.
fn take_unseen(blocks: &Blocks, choice: &mut Choice, prose: &[bool], seen: usize) -> bool {
    let is_noscript: IsOne = |block| block.is_noscript && !block.is_hidden;
    let is_hidden: IsOne = |block| block.is_hidden && !block.is_noscript;
    for (is_one, from) in [(is_noscript, From::Noscript), (is_hidden, From::Hidden)] {
        let is_prose = |at: usize| prose[at] && is_one(&blocks.list[at]);
        let words = Sums::of(blocks, is_prose).all();
        if words > 0 && (seen == 0 || (seen < FEW && words >= FEW && words >= MUCH * seen)) {
            choice.kept = (0..blocks.list.len()).map(is_prose).collect();
            choice.from = from;
            add_beside(blocks, choice, is_one);
            return true;
        }
    }
    false
}

/// Takes all text that readers of the page see, as it stands.
pub(super) fn take_all(blocks: &Blocks, choice: &mut Choice) {
    choice.kept = blocks.list.iter().map(|block| block.is_seen()).collect();
    choice.from = From::Everywhere;
    choice.headline = None;
    choice.second = None;
    choice.seems_two = false;
}

/// Adds headings and short sentences that stand among prose that readers do not see.
fn add_beside(blocks: &Blocks, choice: &mut Choice, is_one: IsOne) {
    let scope = Sums::kept(blocks, &choice.kept).lowest(blocks, 90);
    for at in blocks.elements[scope].blocks.clone() {
        let block = &blocks.list[at];
        let is_sentence = block.words >= 3 && block.ends && block.links * 2 < block.words;
        let is_heading = block.level > 0 && !block.is_bare_link();
        let is_part = (is_sentence || is_heading) && !choice.in_zone(blocks, at);
        choice.kept[at] |= is_part && is_one(block);
    }
}

/// The element that holds the article's prose: the best of those that call themselves the
/// article, or the lowest with two thirds of all prose if that holds twice as much.
fn holder(blocks: &Blocks, prose: &Sums) -> usize {
    let named = Marks::ARTICLE | Marks::MAIN;
    let all = 0..blocks.elements.len();
    let best = all
        .filter(|at| blocks.elements[*at].marks.any(named))
        .max_by_key(|at| prose.within(blocks, *at));
    let lowest = prose.lowest(blocks, 67);
    match best {
        Some(best) if prose.within(blocks, best) * 2 >= prose.within(blocks, lowest) => best,
        _ => lowest,
    }
}

/// Whether a stated body is the text of an article.
fn is_text(body: &str) -> bool {
    words::count(body) >= 10
}

/// Takes the stated text where the page shows less than half of it and little else: a stub.
pub(super) fn take_stated(blocks: &Blocks, choice: &mut Choice, hints: &Hints) {
    let Some(body) = hints.body.as_deref().filter(|body| is_text(body)) else {
        return;
    };
    let kept: usize = choice.places().map(|at| blocks.list[at].words).sum();
    if kept * 10 >= words::count(body) * 7 {
        return;
    }
    let mut shown = String::new();
    for block in blocks.list.iter().filter(|block| block.is_seen()) {
        shown.push_str(&block.text);
        shown.push(' ');
    }
    let share = Rows::of(&shown).share_of(body).unwrap_or(0.0);
    if share < 0.5 {
        choice.from = From::Stated;
    }
}
