//! What the witness lost of an article it found: paragraphs between those it kept, parts of the
//! body that stand apart, the article's own notes at its end, and headings over all of these.

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::{Block, Blocks};
use super::chosen::{Choice, Headline, Sums};
use super::names::Marks;
use super::words::Rows;

/// Words left out in a row between kept blocks that may be part of the article.
const GAP: usize = 250;

/// Share of the kept words, in parts of a hundred, from which an element is a body of the article.
const BODY: usize = 20;

/// Elements of one kind up to which they are parts of a body.
const PARTS: usize = 6;

/// Elements around a block that say what it is.
const NEAR: usize = 12;

/// Adds what was lost.
pub(super) fn add(blocks: &Blocks, choice: &mut Choice, stated: &Rows) {
    let Some(adding) = Adding::of(blocks, choice) else {
        return;
    };
    let mut found: Vec<usize> = Vec::new();
    let first = choice.places().next().unwrap_or(0);
    let last = choice.places().last().unwrap_or(0);
    adding.gaps(&mut found, first, last);
    adding.like_bodies(&mut found);
    adding.behind(&mut found, last);
    for (at, block) in blocks.list.iter().enumerate() {
        if !choice.kept[at] && block.is_seen() && block.words >= 8 && stated.hold(&block.text) {
            found.push(at);
        }
    }
    let mut texts: FxHashSet<&str> = choice.places().map(|at| &*blocks.list[at].text).collect();
    if let Some(Headline::Block(at)) = choice.headline {
        texts.insert(&blocks.list[at].text);
    }
    found.sort_unstable();
    let found: Vec<usize> = found
        .into_iter()
        .filter(|at| {
            // Short ones may be equal and stand for different things, as figures do.
            let block = &blocks.list[*at];
            block.words < 8 || texts.insert(&*block.text)
        })
        .collect();
    for at in found {
        choice.kept[at] = true;
        let over = at
            .checked_sub(1)
            .filter(|over| is_over(blocks, choice, *over, at));
        if let Some(over) = over {
            choice.kept[over] = true;
        }
    }
}

/// Whether a heading stands over a block that was added.
fn is_over(blocks: &Blocks, choice: &Choice, over: usize, at: usize) -> bool {
    let heading = &blocks.list[over];
    let parent = blocks.elements[heading.element].parent;
    heading.level > 1
        && heading.is_seen()
        && !choice.in_zone(blocks, over)
        && choice.headline != Some(Headline::Block(over))
        && blocks.stands_in(blocks.list[at].element, parent)
}

struct Adding<'a> {
    blocks: &'a Blocks,
    choice: &'a Choice,
    kept: Sums,
    /// The lowest element that holds nearly all of the kept words.
    scope: usize,
    room: usize,
    /// All words that readers of the page see, and those of links.
    words: Sums,
    links: Sums,
}

impl<'a> Adding<'a> {
    fn of(blocks: &'a Blocks, choice: &'a Choice) -> Option<Adding<'a>> {
        let kept = Sums::kept(blocks, &choice.kept);
        let scope = kept.lowest(blocks, 90);
        (kept.all() > 0).then(|| Adding {
            blocks,
            choice,
            kept,
            scope,
            room: room(blocks, scope),
            words: Sums::of(blocks, |at| blocks.list[at].is_seen()),
            links: Sums::counting(blocks, |at| blocks.list[at].links),
        })
    }

    /// Whether a block could be part of the article at all.
    fn may_be(&self, at: usize) -> bool {
        let is_headline = self.choice.headline == Some(Headline::Block(at));
        let second = self.choice.second.as_ref();
        !self.choice.kept[at]
            && !is_headline
            && second.is_none_or(|second| !second.contains(&at))
            && self.blocks.list[at].is_seen()
            && !self.choice.in_zone(self.blocks, at)
    }

    /// Whether an element holds so much of the kept words that it is a body of the article.
    fn is_body(&self, element: usize) -> bool {
        self.blocks.stands_in(element, self.scope) && self.holds_much(element)
    }

    fn holds_much(&self, element: usize) -> bool {
        self.kept.within(self.blocks, element) * 100 >= self.kept.all() * BODY
    }

    /// Whether a block stands among the paragraphs of a body.
    fn is_among(&self, at: usize) -> bool {
        let block = &self.blocks.list[at];
        let own = matches!(
            self.blocks.name(block.element),
            "p" | "li" | "blockquote" | "pre"
        );
        let around = self.blocks.around(block.element).skip(usize::from(own));
        around.take(2).any(|element| self.is_body(element))
    }

    /// Whether a block stands in a box of the article: facts, figures, an explanation; and is no
    /// link. What leads elsewhere is no box.
    fn is_in_box(&self, at: usize) -> bool {
        let block = &self.blocks.list[at];
        let mut around = self.blocks.around(block.element).take(6);
        let is_box = |element: &usize| self.blocks.elements[*element].marks.any(Marks::BOX);
        let Some(fact_box) = around
            .find(is_box)
            .filter(|_| block.links * 2 < block.words)
        else {
            return false;
        };
        let (words, links) = (
            self.words.within(self.blocks, fact_box),
            self.links.within(self.blocks, fact_box),
        );
        let mut around = self.blocks.around(fact_box).skip(1).take(2);
        (8..=GAP).contains(&words)
            && links * 10 < words * 3
            && around.any(|element| {
                self.holds_much(element) && self.blocks.stands_in(element, self.room)
            })
    }

    fn is_post(&self, at: usize) -> bool {
        let mut around = self.blocks.around(self.blocks.list[at].element).take(3);
        around.any(|element| self.blocks.elements[element].marks.any(Marks::POST))
    }

    /// What was left out between the first and the last kept block.
    fn gaps(&self, found: &mut Vec<usize>, first: usize, last: usize) {
        let list = &self.blocks.list;
        let mut at = first;
        while at < last {
            if self.choice.kept[at] {
                at += 1;
                continue;
            }
            let end = (at..last)
                .find(|end| self.choice.kept[*end])
                .unwrap_or(last);
            let (mut words, mut links) = (0, 0);
            for block in list[at..end].iter().filter(|block| block.is_seen()) {
                words += block.words;
                links += block.links;
            }
            let is_small = words <= GAP && words * 3 <= self.kept.all() && links * 5 < words * 2;
            for block in at..end {
                if self.may_be(block) && self.is_lost(block, is_small) {
                    found.push(block);
                }
            }
            at = end;
        }
    }

    fn is_lost(&self, at: usize, in_small_gap: bool) -> bool {
        let block = &self.blocks.list[at];
        if self.is_in_box(at) {
            return true;
        }
        if self.is_among(at) {
            let is_linked = block.words >= 8 && block.ends;
            return is_sentence(block) || is_linked || (block.level > 1 && !block.is_bare_link());
        }
        let is_prose = block.words >= 10 && block.ends && block.links * 2 < block.words;
        let is_post = self.is_post(at) && block.words >= 3;
        in_small_gap && (is_prose || is_post)
    }

    /// Prose of elements that are like a body: advertisements part what was one.
    fn like_bodies(&self, found: &mut Vec<usize>) {
        let elements = &self.blocks.elements;
        let mut alike: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (at, element) in elements.iter().enumerate() {
            if element.likeness != 0 {
                alike.entry(element.likeness).or_default().push(at);
            }
        }
        for like in alike.into_values() {
            if like.len() > PARTS || !like.iter().any(|at| self.is_body(*at)) {
                continue;
            }
            for element in like {
                if !self.blocks.stands_in(element, self.room) {
                    continue;
                }
                let is_apart = self.kept.within(self.blocks, element) == 0;
                let inside = elements[element].blocks.clone();
                found.extend(inside.filter(|at| {
                    let block = &self.blocks.list[*at];
                    let is_part = block.words >= 10 || is_apart;
                    self.may_be(*at) && is_part && is_sentence(block)
                }));
            }
        }
    }

    /// The article's own notes behind its last block: corrections, boxes, its footer.
    fn behind(&self, found: &mut Vec<usize>, last: usize) {
        let elements = &self.blocks.elements;
        let mut around = self.blocks.around(self.scope);
        let article = around
            .find(|element| elements[*element].marks.any(Marks::ARTICLE))
            .unwrap_or(self.scope);
        let end = elements[article].blocks.end;
        // A correction may stand below the article.
        let room = elements[elements[article].parent].blocks.end;
        for at in last + 1..room {
            let block = &self.blocks.list[at];
            if !self.may_be(at) {
                continue;
            }
            let around = self.blocks.around(block.element).take(NEAR);
            let marks = around
                .take_while(|element| !self.blocks.stands_in(article, *element))
                .fold(Marks::default(), |marks, at| marks | elements[at].marks);
            let is_correction = block.ends
                && block.links * 2 < block.words
                && (corrects(&block.text) || (marks.any(Marks::NOTE) && at < end));
            let is_prose = block.words >= 8 && block.ends && block.links * 2 < block.words;
            let is_foot = is_prose && marks.any(Marks::FOOTER);
            let is_among = self.is_in_box(at) || (is_prose && self.is_among(at));
            if is_correction || (at < end && (is_foot || is_among)) {
                found.push(at);
            }
        }
    }
}

/// The article that the kept words stand in, or the main part of the page, or what is around them.
fn room(blocks: &Blocks, scope: usize) -> usize {
    let marked = |marks: Marks| {
        let mut around = blocks.around(scope);
        around.find(|element| blocks.elements[*element].marks.any(marks))
    };
    marked(Marks::ARTICLE)
        .or_else(|| marked(Marks::MAIN))
        .unwrap_or(blocks.elements[scope].parent)
}

/// Whether a text says of itself that it puts something right.
fn corrects(text: &str) -> bool {
    let start: String = text.chars().take(40).collect::<String>().to_lowercase();
    let first = start
        .split(|sign: char| !sign.is_alphabetic())
        .next()
        .unwrap_or("");
    let is_named = matches!(
        first,
        "correction" | "corrections" | "clarification" | "erratum"
    );
    let subject = [
        "this article was",
        "this story was",
        "this story has",
        "this article has",
    ];
    let subject = subject
        .iter()
        .find_map(|subject| start.strip_prefix(subject));
    let verbs = ["amended", "corrected", "updated", "changed", "edited"];
    is_named || subject.is_some_and(|rest| verbs.iter().any(|verb| rest.contains(verb)))
}

/// Whether a block is a sentence at least, and more words than links.
fn is_sentence(block: &Block) -> bool {
    block.words >= 3 && block.ends && block.links * 2 < block.words
}
