//! Which blocks of a page are its article.
//!
//! The witness says which it would keep. What it lost of the article is added, what it took from
//! elsewhere is dropped, by where blocks stand, what their elements say they are, and what the
//! page states of its text. Every block is either kept or stays to be told of.

use super::blocks::Blocks;
use super::chosen::{Choice, From, Headline, Sums};
use super::facts::Hints;
use super::names::Marks;
use super::words::Rows;
use super::{additions, drops, fallback, headline};

/// Chooses the article's blocks; `kept` are those the witness keeps.
pub(super) fn choose(blocks: &Blocks, mut kept: Vec<bool>, hints: &Hints) -> Choice {
    for (kept, block) in kept.iter_mut().zip(&blocks.list) {
        *kept &= block.is_seen();
    }
    let mut choice = Choice {
        kept,
        ..Choice::default()
    };
    let stated = hints.body.as_deref().map(Rows::of).unwrap_or_default();
    choice.headline = headline::find(blocks, &choice, hints);
    choice.zones = zones(blocks, &choice);
    drops::leave_out_readers(blocks, &mut choice);
    fallback::find_article(blocks, &mut choice, hints);
    if choice.from != From::Page {
        return choice;
    }
    let readers = std::mem::take(&mut choice.readers);
    choice.zones = zones(blocks, &choice);
    drops::mark_readers(blocks, &mut choice, readers);
    drops::leave_out_second(blocks, &mut choice);
    drops::drop_before_headline(blocks, &mut choice);
    headline::add_standfirst(blocks, &mut choice, hints);
    additions::add(blocks, &mut choice, &stated);
    drops::drop_others(blocks, &mut choice, &stated);
    fallback::take_stated(blocks, &mut choice, hints);
    if choice.places().next().is_none() && choice.from == From::Page {
        fallback::take_all(blocks, &mut choice);
    }
    choice
}

/// All blocks of a page in which the witness cannot look for the article.
pub(super) fn choose_all(blocks: &Blocks) -> Choice {
    let mut choice = Choice {
        zones: vec![Marks::default(); blocks.elements.len()],
        ..Choice::default()
    };
    fallback::take_all(blocks, &mut choice);
    choice
}

/// Kept words from which an element that holds a third of them is no zone: fewer may be the
/// line at the foot of a page.
const ENOUGH: usize = 80;

/// The element that calls itself an article, holds the first words and a good part of them all.
fn own_article(blocks: &Blocks, kept: &Sums, first: usize) -> Option<usize> {
    let mut around = blocks.around(blocks.list[first].element);
    around.find(|at| {
        let is_article = blocks.elements[*at].marks.any(Marks::ARTICLE);
        is_article && kept.within(blocks, *at) * 10 >= kept.all() * 3
    })
}

/// Whether an element beside the article is one that leads to another: its heading is a link.
fn is_teaser(blocks: &Blocks, element: usize, article: usize) -> bool {
    let is_beside = !blocks.stands_in(element, article) && !blocks.stands_in(article, element);
    if !is_beside || !blocks.elements[element].marks.any(Marks::ARTICLE) {
        return false;
    }
    let mut first = blocks.elements[element].blocks.clone().take(4);
    first.any(|at| {
        let block = &blocks.list[at];
        block.level > 0 && block.links * 10 >= block.words * 9
    })
}

/// What zones each element stands in. What holds the headline, the first words of the article or
/// a good part of them is no zone, whatever it is called.
fn zones(blocks: &Blocks, choice: &Choice) -> Vec<Marks> {
    let headline = match choice.headline {
        Some(Headline::Block(at)) => Some(at),
        _ => None,
    };
    let first = choice.first_prose(blocks);
    let kept = Sums::kept(blocks, &choice.kept);
    let article = first.and_then(|first| own_article(blocks, &kept, first));
    let mut zones: Vec<Marks> = Vec::with_capacity(blocks.elements.len());
    // Whether an element stands in the article or what the page is there for.
    let mut in_article: Vec<bool> = Vec::with_capacity(blocks.elements.len());
    for (at, element) in blocks.elements.iter().enumerate() {
        let (around, inside) = match at {
            0 => (Marks::default(), false),
            _ => (zones[element.parent], in_article[element.parent]),
        };
        let marks = element.marks;
        let mut own = marks.only(Marks::ZONES);
        if !inside && (marks.any(Marks::FOOTER) || element.name == *"aside") {
            own |= Marks::MARGIN;
        }
        if marks.any(Marks::POST | Marks::QUOTATION) {
            own = own.but(Marks::SERVICE);
        }
        if article.is_some_and(|article| is_teaser(blocks, at, article)) {
            own |= Marks::RELATED;
        }
        let holds = |block: Option<usize>| block.is_some_and(|at| element.blocks.contains(&at));
        let is_much = kept.all() >= ENOUGH && kept.within(blocks, at) * 3 >= kept.all();
        if (holds(first) && kept.all() >= ENOUGH) || (holds(headline) && !marks.any(Marks::MENU)) {
            own = Marks::default();
        } else if is_much {
            // An offer may hold more words than what is free to read.
            own = own.only(Marks::OFFER);
        }
        zones.push(around | own);
        in_article.push(inside || marks.any(Marks::ARTICLE | Marks::MAIN));
    }
    zones
}
