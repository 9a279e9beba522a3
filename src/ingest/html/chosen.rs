//! What was chosen of a page so far, and sums over it: data that the rules of the choice share.

use super::blocks::Blocks;
use super::names::Marks;

/// Where the text of a page was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum From {
    /// In blocks that readers of the page see.
    #[default]
    Page,
    /// In what is there for browsers without scripts.
    Noscript,
    /// In blocks that the page hides.
    Hidden,
    /// In the page's structured data.
    Stated,
    /// Nowhere in particular: all text is taken.
    Everywhere,
}

/// The headline of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Headline {
    /// This block.
    Block(usize),
    /// Said in the page's head alone.
    Stated(String),
}

/// What was chosen of a page.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) headline: Option<Headline>,
    /// For every block whether it is kept.
    pub(super) kept: Vec<bool>,
    pub(super) from: From,
    /// For every element what zones it stands in.
    pub(super) zones: Vec<Marks>,
    /// Elements that hold what readers wrote or what is bought.
    pub(super) readers: Vec<usize>,
    /// The blocks of an article below the first that were left out.
    pub(super) second: Option<std::ops::Range<usize>>,
    /// Another article seems to follow, and is kept.
    pub(super) seems_two: bool,
}

impl Choice {
    /// Whether a block stands in a zone.
    pub(super) fn in_zone(&self, blocks: &Blocks, block: usize) -> bool {
        self.zones[blocks.list[block].element].any(Marks::ZONES)
    }

    /// Places of the kept blocks, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let kept = self.kept.iter().enumerate();
        kept.filter(|(_, is_kept)| **is_kept).map(|(at, _)| at)
    }

    /// The first kept block that is prose: behind the headline, if there is any.
    pub(super) fn first_prose(&self, blocks: &Blocks) -> Option<usize> {
        let start = match self.headline {
            Some(Headline::Block(at)) => at,
            _ => 0,
        };
        let is_one = |at: &usize| blocks.list[*at].is_prose();
        let behind = self.places().filter(|at| *at > start).find(is_one);
        behind.or_else(|| self.places().find(is_one))
    }
}

/// Kept words up to each block, so that those of any element are a difference.
pub(super) struct Sums(Vec<usize>);

impl Sums {
    /// The words of the blocks that count.
    pub(super) fn of(blocks: &Blocks, counts: impl Fn(usize) -> bool) -> Sums {
        let words = |at: usize| blocks.list[at].words * usize::from(counts(at));
        Sums::counting(blocks, words)
    }

    /// What each block counts for.
    pub(super) fn counting(blocks: &Blocks, count: impl Fn(usize) -> usize) -> Sums {
        let mut sums = Vec::with_capacity(blocks.list.len() + 1);
        let mut sum = 0;
        sums.push(0);
        for at in 0..blocks.list.len() {
            sum += count(at);
            sums.push(sum);
        }
        Sums(sums)
    }

    pub(super) fn kept(blocks: &Blocks, kept: &[bool]) -> Sums {
        Sums::of(blocks, |at| kept[at])
    }

    pub(super) fn all(&self) -> usize {
        self.0.last().copied().unwrap_or(0)
    }

    /// Words within an element.
    pub(super) fn within(&self, blocks: &Blocks, element: usize) -> usize {
        self.between(&blocks.elements[element].blocks)
    }

    pub(super) fn between(&self, range: &std::ops::Range<usize>) -> usize {
        self.0[range.end] - self.0[range.start]
    }

    /// The lowest element that holds this share of the words, in parts of a hundred.
    pub(super) fn lowest(&self, blocks: &Blocks, share: usize) -> usize {
        let enough = |element: usize| self.within(blocks, element) * 100 >= self.all() * share;
        let mut lowest = 0;
        for element in 1..blocks.elements.len() {
            if blocks.elements[element].parent == lowest && enough(element) {
                lowest = element;
            }
        }
        lowest
    }
}
