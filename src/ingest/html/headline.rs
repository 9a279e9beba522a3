//! The headline of a page, and the lead that stands under it.

use rustc_hash::FxHashSet;

use super::blocks::Blocks;
use super::chosen::{Choice, Headline};
use super::facts::Hints;
use super::names::Marks;
use super::words::{self, folded};

/// Words of a headline at most.
const LONGEST: usize = 60;

/// Worth from which a block is taken for the headline: agreeing with what the page states, or
/// being its first heading before the text.
const ENOUGH: f32 = 0.6;

/// Words of a lead at most, all its paragraphs together.
const LEAD: usize = 250;

/// Finds the headline: the heading that agrees best with what the page says of its title, else
/// what it says.
pub(super) fn find(blocks: &Blocks, choice: &Choice, hints: &Hints) -> Option<Headline> {
    let titles: Vec<Vec<String>> = hints.titles.iter().map(|title| folded(title)).collect();
    let sets: Vec<FxHashSet<&str>> = titles
        .iter()
        .map(|words| words.iter().map(String::as_str).collect())
        .collect();
    let outlet = hints.outlet.as_deref().map(folded).unwrap_or_default();
    let first = prose_begins(blocks, choice);
    let last = choice.places().last().unwrap_or(usize::MAX);
    let mut best: Option<(f32, usize)> = None;
    for (at, block) in blocks.list.iter().enumerate() {
        if at > last || block.words > LONGEST || !block.is_seen() {
            continue;
        }
        let words = folded(&block.text);
        let may_be = block.level > 0 || blocks.marks(at).any(Marks::HEADLINE);
        if words == outlet || !(may_be || titles.contains(&words)) {
            continue;
        }
        let agreement = sets.iter().map(|set| agreement(&words, set));
        let worth = worth(blocks, at, &words, agreement.fold(0.0, f32::max), first);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, at));
        }
    }
    match best {
        Some((worth, at)) if worth >= ENOUGH => Some(Headline::Block(at)),
        _ => hints.titles.first().cloned().map(Headline::Stated),
    }
}

/// How much a block speaks for being the headline: first of all how far it agrees with what the
/// page states, then what it is and where it stands. `first` is where the text begins.
fn worth(blocks: &Blocks, at: usize, words: &[String], agreement: f32, first: usize) -> f32 {
    let block = &blocks.list[at];
    let (is_first, is_second) = (block.level == 1, block.level == 2);
    let is_named = blocks.marks(at).any(Marks::HEADLINE);
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let says = [
        (is_first, 0.35),
        (is_second, 0.1),
        (block.level == 0, -0.1),
        (at < first, 0.15),
        (at >= first, -0.1),
        (is_first && words.len() >= 4, 0.1),
        (is_first && stands_with(blocks, at, first), 0.1),
        (is_named && (is_first || agreement > 0.3), 0.2),
        (block.links * 2 > block.words, -0.15),
        // A sign alone heads nothing.
        (agreement < 0.3 && letters < 3, -0.3),
    ];
    let said = says.iter().filter(|(holds, _)| *holds);
    agreement + said.map(|(_, worth)| worth).sum::<f32>()
}

/// Whether a heading stands in one article with the beginning of the text.
fn stands_with(blocks: &Blocks, heading: usize, first: usize) -> bool {
    let mut around = blocks.around(blocks.list[heading].element);
    let article = around.find(|at| blocks.elements[*at].marks.any(Marks::ARTICLE));
    article.is_some_and(|article| blocks.elements[article].blocks.contains(&first))
}

/// Where the witness's prose begins: what it keeps of notices before the text is little.
fn prose_begins(blocks: &Blocks, choice: &Choice) -> usize {
    let prose: Vec<usize> = choice
        .places()
        .filter(|at| blocks.list[*at].is_prose())
        .collect();
    let all: usize = prose.iter().map(|at| blocks.list[*at].words).sum();
    let mut seen = 0;
    let mut begins = prose.iter().filter(|at| {
        seen += blocks.list[**at].words;
        seen * 3 > all
    });
    begins.next().copied().unwrap_or(usize::MAX)
}

/// How far a heading has the words of a title.
fn agreement(words: &[String], title: &FxHashSet<&str>) -> f32 {
    if words.is_empty() || title.is_empty() {
        return 0.0;
    }
    let own: FxHashSet<&str> = words.iter().map(String::as_str).collect();
    let shared = own.intersection(title).count();
    2.0 * shared as f32 / (own.len() + title.len()) as f32
}

/// Adds the lead between headline and text.
pub(super) fn add_standfirst(blocks: &Blocks, choice: &mut Choice, hints: &Hints) {
    let Some(first) = choice.first_prose(blocks) else {
        return;
    };
    let Some(Headline::Block(headline)) = choice.headline else {
        return;
    };
    let descriptions: Vec<FxHashSet<String>> = hints
        .descriptions
        .iter()
        .map(|text| folded(text).into_iter().collect())
        .collect();
    let mut added = 0;
    for at in headline + 1..first {
        let block = &blocks.list[at];
        if choice.kept[at] || !block.is_seen() || choice.in_zone(blocks, at) || block.level == 1 {
            continue;
        }
        let around = blocks.around(block.element).take(3);
        let around = around.filter(|at| !blocks.stands_in(blocks.list[first].element, *at));
        let marks = around.fold(Marks::default(), |marks, at| {
            marks | blocks.elements[at].marks
        });
        let is_lead = (block.words >= 3
            && (marks.any(Marks::STANDFIRST) || is_described(&block.text, &descriptions)))
            || (block.is_prose() && !marks.any(Marks::CAPTION));
        if is_lead && added + block.words <= LEAD {
            choice.kept[at] = true;
            added += block.words;
        }
    }
}

/// Whether a text is what the page says it is about.
fn is_described(text: &str, descriptions: &[FxHashSet<String>]) -> bool {
    let words = folded(text);
    if words.len() < 5 {
        return false;
    }
    descriptions.iter().any(|description| {
        let shared = words.iter().filter(|word| description.contains(*word));
        shared.count() * 10 >= words.len().max(description.len()) * 7
    })
}

/// Blocks that say the headline again before the text, and the headline itself.
pub(super) fn said_again(blocks: &Blocks, choice: &Choice) -> FxHashSet<usize> {
    let words = match &choice.headline {
        Some(Headline::Block(at)) => folded(&blocks.list[*at].text),
        Some(Headline::Stated(title)) => folded(title),
        None => return FxHashSet::default(),
    };
    let first = choice.first_prose(blocks).unwrap_or(usize::MAX);
    let is_again = |at: &usize| {
        let block = &blocks.list[*at];
        (*at < first || block.level == 1)
            && block.words <= LONGEST
            && words::count(&block.text) > 0
            && folded(&block.text) == words
    };
    let mut again: FxHashSet<usize> = choice.places().filter(is_again).collect();
    if let Some(Headline::Block(at)) = choice.headline {
        again.insert(at);
    }
    again
}
