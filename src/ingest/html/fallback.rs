//! The article of a page in which the witness found none, or little of it.
//!
//! Looked for in turn: what calls itself the article, what holds most of the prose, what is
//! there for browsers without scripts, what the page hides, what it states in its head; at last
//! all text is taken. A line at the foot of a page is never taken for its article.

use super::blocks::Blocks;
use super::chosen::{Choice, From, Sums};
use super::facts::Hints;
use super::names::Marks;
use super::words::{self, Rows};

/// Kept words below which a page with three times as much prose is looked through again.
const FEW: usize = 80;

/// Finds the article where the witness did not.
pub(super) fn find_article(blocks: &Blocks, choice: &mut Choice, hints: &Hints) {
    for at in 0..blocks.list.len() {
        choice.kept[at] &= !choice.zones[blocks.list[at].element].any(Marks::MARGIN);
    }
    let free_prose: Vec<bool> = (0..blocks.list.len())
        .map(|at| blocks.list[at].is_prose() && !choice.in_zone(blocks, at))
        .collect();
    let is_free_prose = |at: usize| free_prose[at];
    let prose = Sums::of(blocks, |at| blocks.list[at].is_seen() && is_free_prose(at));
    let kept = Sums::kept(blocks, &choice.kept);
    let is_found = choice.first_prose(blocks).is_some();
    let is_little = kept.all() < FEW && prose.all() >= 3 * kept.all().max(1);
    if (is_found || (prose.all() == 0 && kept.all() > 0)) && !is_little {
        return;
    }
    if prose.all() > 0 {
        let element = holder(blocks, &prose);
        for at in blocks.elements[element].blocks.clone() {
            choice.kept[at] |= blocks.list[at].is_seen() && is_free_prose(at);
        }
        return;
    }
    if kept.all() > 0 {
        return;
    }
    let unseen = |is_one: fn(&super::blocks::Block) -> bool| -> Vec<bool> {
        let blocks_kept = blocks.list.iter().enumerate();
        let kept = blocks_kept.map(|(at, block)| is_one(block) && is_free_prose(at));
        kept.collect()
    };
    let noscript = unseen(|block| block.is_noscript && !block.is_hidden);
    let hidden = unseen(|block| block.is_hidden && !block.is_noscript);
    let is_any = |kept: &[bool]| kept.contains(&true);
    if is_any(&noscript) {
        (choice.kept, choice.from) = (noscript, From::Noscript);
    } else if is_any(&hidden) {
        (choice.kept, choice.from) = (hidden, From::Hidden);
    } else if hints.body.as_deref().is_some_and(is_text) {
        choice.from = From::Stated;
    } else {
        take_all(blocks, choice);
    }
}

/// Takes all text that readers of the page see, as it stands.
pub(super) fn take_all(blocks: &Blocks, choice: &mut Choice) {
    choice.kept = blocks.list.iter().map(|block| block.is_seen()).collect();
    choice.from = From::Everywhere;
    choice.headline = None;
    choice.second = None;
    choice.seems_two = false;
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
