//! What stands in or beside an article and is none of it: readers' comments, an article that
//! follows, zones that name themselves, lists of links, lines that sell.

use rustc_hash::FxHashMap;

use super::blocks::Blocks;
use super::chosen::{Choice, Headline, Sums};
use super::names::Marks;
use super::words::Rows;

/// Cards of one kind from which they may be readers' comments.
const CARDS: usize = 4;

/// Paragraphs of an article beside which cards are comments.
const PARAGRAPHS: usize = 3;

/// Words of the name that begins a comment.
const NAME: usize = 4;

/// Headings over comments begin with one of these, or have it as a word.
const VOICES: [&str; 8] = [
    "comment",
    "comments",
    "voices",
    "reactions",
    "responses",
    "replies",
    "discussion",
    "conversation",
];

/// Leaves out readers' comments, if there is an article beside them, and what is bought.
pub(super) fn leave_out_readers(blocks: &Blocks, choice: &mut Choice) {
    let headline = match choice.headline {
        Some(Headline::Block(at)) => Some(at),
        _ => None,
    };
    let is_prose = |at: usize| blocks.list[at].is_seen() && blocks.list[at].is_prose();
    let paragraphs = Sums::counting(blocks, |at| usize::from(is_prose(at)));
    let prose = Sums::of(blocks, is_prose);
    let hard = Marks::COMMENTS | Marks::BOUGHT;
    let mut readers = match headline {
        Some(headline) => rows_of_cards(blocks, headline, &paragraphs),
        None => Vec::new(),
    };
    readers.extend((0..blocks.elements.len()).filter(|at| {
        let element = &blocks.elements[*at];
        let is_outermost = !choice.zones[element.parent].any(hard);
        let is_article = match headline {
            Some(headline) => element.blocks.contains(&headline),
            // Nothing tells where the article is: it is not less than a few words beside these.
            None => prose.within(blocks, *at) * 5 >= prose.all() * 4,
        };
        element.marks.any(hard) && is_outermost && !is_article
    }));
    readers.retain(|at| prose.within(blocks, *at) < prose.all());
    for zone in &readers {
        choice.kept[blocks.elements[*zone].blocks.clone()].fill(false);
    }
    mark_readers(blocks, choice, readers);
}

/// Marks all that stands in these elements as words of readers.
pub(super) fn mark_readers(blocks: &Blocks, choice: &mut Choice, readers: Vec<usize>) {
    for zone in &readers {
        for element in *zone..blocks.elements[*zone].end {
            choice.zones[element] |= Marks::COMMENTS;
        }
    }
    choice.readers = readers;
}

/// Drops what stands before the headline, if most of the article follows it: breadcrumbs, kickers
/// and notices; prose alone stays that stands in the article.
pub(super) fn drop_before_headline(blocks: &Blocks, choice: &mut Choice) {
    let Some(Headline::Block(headline)) = choice.headline else {
        return;
    };
    let kept = Sums::kept(blocks, &choice.kept);
    let behind = Sums::of(blocks, |at| at > headline && choice.kept[at]);
    if behind.all() * 2 < kept.all() {
        return;
    }
    let scope = behind.lowest(blocks, 90);
    let around = blocks.around(blocks.list[headline].element).nth(2);
    for at in 0..headline {
        let block = &blocks.list[at];
        let stands_in = |outer: usize| blocks.stands_in(block.element, outer);
        let is_article = block.is_prose() && (stands_in(scope) || around.is_some_and(stands_in));
        choice.kept[at] &= is_article && !choice.in_zone(blocks, at);
    }
}

/// What holds cards of one kind that each begin with a name, and is called what comments are
/// called; the headline stands elsewhere, with some paragraphs.
fn rows_of_cards(blocks: &Blocks, headline: usize, paragraphs: &Sums) -> Vec<usize> {
    let mut cards: FxHashMap<(usize, u64), usize> = FxHashMap::default();
    for (at, element) in blocks.elements.iter().enumerate() {
        if element.likeness != 0 && is_card(blocks, at) {
            *cards.entry((element.parent, element.likeness)).or_default() += 1;
        }
    }
    let mut rows: Vec<usize> = cards
        .into_iter()
        .filter(|((row, _), count)| *count >= CARDS && is_called_voices(blocks, *row))
        .map(|((row, _), _)| row)
        .filter(|row| {
            let around = blocks.around(blocks.list[headline].element);
            let room = around.take_while(|at| !blocks.stands_in(*row, *at)).last();
            room.is_some_and(|room| paragraphs.within(blocks, room) >= PARAGRAPHS)
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Whether an element is a short name and something said.
fn is_card(blocks: &Blocks, element: usize) -> bool {
    let inside = blocks.elements[element].blocks.clone();
    let mut words = inside.map(|at| &blocks.list[at]);
    let name = words.next();
    name.is_some_and(|name| name.words <= NAME && !name.ends)
        && words.next().is_some_and(|said| said.words >= 5)
}

fn is_called_voices(blocks: &Blocks, row: usize) -> bool {
    let around = blocks.around(row).take(2);
    let marks = around.fold(Marks::default(), |marks, at| {
        marks | blocks.elements[at].marks
    });
    if marks.any(Marks::VOICES | Marks::COMMENTS) {
        return true;
    }
    let start = blocks.elements[row].blocks.start;
    let heads = start.saturating_sub(1)..(start + 1).min(blocks.list.len());
    heads.into_iter().any(|at| {
        let heading = &blocks.list[at];
        heading.words <= 6 && {
            let words = super::words::folded(&heading.text);
            words.iter().any(|word| VOICES.contains(&&**word))
        }
    })
}

/// Leaves out an article that follows the first one: one that begins with a heading like the
/// first's, calls itself an article or the next one, and stands beside the first.
pub(super) fn leave_out_second(blocks: &Blocks, choice: &mut Choice) {
    let Some(Headline::Block(headline)) = choice.headline else {
        return;
    };
    let level = blocks.list[headline].level;
    let Some(first) = choice.first_prose(blocks) else {
        return;
    };
    if level == 0 {
        return;
    }
    let is_prose = |at: usize| blocks.list[at].is_prose() && blocks.list[at].is_seen();
    let prose = Sums::counting(blocks, |at| usize::from(is_prose(at)));
    let kept = Sums::counting(blocks, |at| usize::from(choice.kept[at] && is_prose(at)));
    for at in first + 1..blocks.list.len() {
        let block = &blocks.list[at];
        if block.level != level || !block.is_seen() {
            continue;
        }
        // The part of the page that holds this heading and not the first one.
        let around = blocks.around(block.element);
        let apart = around
            .take_while(|element| !blocks.elements[*element].blocks.contains(&headline))
            .last();
        let Some(apart) = apart.filter(|apart| *apart != block.element) else {
            continue;
        };
        let inside = blocks.elements[apart].blocks.clone();
        if prose.between(&inside) < 3 {
            continue;
        }
        let is_kept = kept.between(&inside) > 0;
        let element = &blocks.elements[apart];
        if element.marks.any(Marks::ARTICLE | Marks::NEXT) && !inside.contains(&first) {
            // Where one follows and was taken for part of the first, more may.
            let end = if is_kept {
                blocks.list.len()
            } else {
                inside.end
            };
            choice.kept[inside.start..end].fill(false);
            choice.second = Some(inside.start..end);
            return;
        }
        // Below a headline of the second level, others of it head its own parts.
        choice.seems_two |= level == 1 && kept.between(&inside) >= 3;
    }
}

/// Drops what is no part of the article, whatever the witness says; never what the page states
/// to be its text.
pub(super) fn drop_others(blocks: &Blocks, choice: &mut Choice, stated: &Rows) {
    let kept = Sums::kept(blocks, &choice.kept);
    let first = choice.first_prose(blocks);
    let mut dropped = vec![false; blocks.list.len()];
    drop_zones(blocks, choice, &kept, &mut dropped);
    drop_links(blocks, choice, &mut dropped);
    for at in choice.places() {
        let block = &blocks.list[at];
        dropped[at] |= is_pointer(&block.text, block.links, block.words) && !block.ends;
        dropped[at] |= is_sale(block) || is_teaser(blocks, at);
    }
    for (at, dropped) in dropped.iter().enumerate() {
        if *dropped && Some(at) != first && !stated.hold(&blocks.list[at].text) {
            choice.kept[at] = false;
        }
    }
}

/// Zones that hold little of the kept words; offers and what is bought, whatever they hold.
fn drop_zones(blocks: &Blocks, choice: &Choice, kept: &Sums, dropped: &mut [bool]) {
    let selling = Sums::counting(blocks, |at| usize::from(sells(&blocks.list[at])));
    let calling = Sums::counting(blocks, |at| {
        let block = &blocks.list[at];
        usize::from(block.words <= LONGEST_OFFER && calls(&block.text))
    });
    let first = choice.first_prose(blocks);
    for (at, element) in blocks.elements.iter().enumerate() {
        let inside = element.blocks.clone();
        let zone = choice.zones[at];
        let is_little = kept.within(blocks, at) * 3 < kept.all();
        let sold = selling.within(blocks, at);
        let is_offer = sold > 0 && sold * 2 >= inside.len();
        let is_first = first.is_some_and(|first| inside.contains(&first));
        let is_named = zone.any(Marks::OFFER) && is_offer;
        let is_other = zone.any(Marks::ZONES.but(Marks::OFFER)) && is_little;
        // Without a name it has to ask its readers for something, and more than once.
        let called = calling.within(blocks, at);
        let is_much = kept.within(blocks, at) * 2 >= kept.all();
        let is_unnamed = called > 1 && called * 2 >= inside.len() && !is_first && !is_much;
        if is_named || is_other || is_unnamed || zone.any(Marks::BOUGHT) {
            dropped[inside].fill(true);
        }
    }
}

/// Lists of bare links, with the short heading over them.
fn drop_links(blocks: &Blocks, choice: &Choice, dropped: &mut [bool]) {
    let places: Vec<usize> = choice.places().collect();
    let mut at = 0;
    while at < places.len() {
        let is_link = |place: &usize| {
            let block = &blocks.list[*place];
            // A list of addresses is one of sources.
            let is_address = block.text.starts_with("http");
            block.links > 0 && block.level != 1 && !is_address && block.is_bare_link()
        };
        let run = places[at..]
            .iter()
            .take_while(|place| is_link(place))
            .count();
        if run >= 2 {
            for place in &places[at..at + run] {
                dropped[*place] = true;
            }
            if let Some(over) = at.checked_sub(1).map(|over| places[over]) {
                let heading = &blocks.list[over];
                dropped[over] |= heading.words <= 6 && !heading.ends && heading.level != 1;
            }
        }
        at += run.max(1);
    }
}

/// Whether a line is a label and a link: “Read also: …”.
fn is_pointer(text: &str, links: usize, words: usize) -> bool {
    let Some((label, _)) = text.split_once(':') else {
        return false;
    };
    let label = label.split_whitespace().count();
    links > 0 && label <= 4 && words <= 40 && links + label >= words
}

/// Whether a block is a link that stands alone in a box of its own.
fn is_teaser(blocks: &Blocks, at: usize) -> bool {
    let block = &blocks.list[at];
    let parent = blocks.elements[block.element].parent;
    let is_post = blocks.elements[parent]
        .marks
        .any(Marks::POST | Marks::QUOTATION);
    let is_alone = parent != 0 && !is_post && blocks.elements[parent].blocks.len() == 1;
    is_alone && block.level != 1 && block.words >= 3 && !block.ends && block.is_bare_link()
}

/// Whether a line sells or asks for something and says nothing: short, without a figure, with a
/// link or without an end.
fn is_sale(block: &super::blocks::Block) -> bool {
    block.words <= 25
        && block.level != 1
        && (block.links > 0 || !block.ends)
        && !block.text.contains(|sign: char| sign.is_ascii_digit())
        && calls(&block.text)
}

/// What readers are asked to do at the beginning of a sentence.
const CALLS: [&str; 21] = [
    "already a",
    "become a member",
    "click here",
    "continue reading",
    "create a free",
    "create an account",
    "donate",
    "download our",
    "follow us",
    "get our",
    "join our",
    "keep reading",
    "like us",
    "log in",
    "read more",
    "register now",
    "sign in",
    "sign up",
    "subscribe",
    "support us",
    "want more",
];

/// Whether a sentence of a text asks readers to do something.
fn calls(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut sentences = text.split(['.', '!', '?', ':', '\n', '|']);
    sentences.any(|sentence| {
        let sentence = sentence.trim_start();
        CALLS.iter().any(|call| sentence.starts_with(call))
    })
}

/// Words of a paragraph that offers something, at most.
const LONGEST_OFFER: usize = 80;

/// Words of offers.
const SALES: [&str; 17] = [
    "already a member",
    "cancel any",
    "continue reading",
    "create a free account",
    "free account",
    "free articles",
    "free trial",
    "full access",
    "keep reading",
    "log in",
    "read on",
    "sign in",
    "sign up",
    "subscribe",
    "subscription",
    "unlimited access",
    "unlock",
];

/// Whether a block offers something to its reader.
fn sells(block: &super::blocks::Block) -> bool {
    if block.words > LONGEST_OFFER {
        return false;
    }
    let text = block.text.to_lowercase();
    SALES.iter().any(|words| text.contains(words))
}
