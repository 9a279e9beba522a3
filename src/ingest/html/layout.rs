//! Blocks written out as a text: paragraphs with an empty line between them, items of a list and
//! rows of a table with none, cells of a row in one line. Says where in it quotations stand.

use super::blocks::Blocks;
use super::names::Marks;
use crate::ingest::quoted::quote;
use crate::text::{QuotedBlock, Span};

/// A text under construction.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// Its block quotations, in order.
    pub(super) quotations: Vec<QuotedBlock>,
    /// The quotation that was written last, and the block.
    quoting: Option<usize>,
    before: Option<usize>,
}

impl Text {
    /// Adds a paragraph that is no block of the page.
    pub(super) fn paragraph(&mut self, words: &str) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(words);
        (self.before, self.quoting) = (None, None);
    }

    /// Adds a block; gives where it stands, in bytes.
    pub(super) fn block(&mut self, blocks: &Blocks, block: usize) -> usize {
        if !self.text.is_empty() {
            let parted = self.before.map(|before| between(blocks, before, block));
            self.text.push_str(parted.unwrap_or("\n\n"));
        }
        let start = self.text.len();
        self.text.push_str(&blocks.list[block].text);
        self.before = Some(block);
        let quotation = quotation(blocks, block);
        if let Some(element) = quotation {
            let span = Span::new(start, self.text.len());
            quote(&mut self.quotations, span, self.quoting == Some(element));
        }
        self.quoting = quotation;
        start
    }

    /// Forgets the quotations of a text that is quoted for the most part: pages set their text in
    /// from the margin that way.
    pub(super) fn doubt_quotations(&mut self) {
        let quoted: usize = self.quotations.iter().map(|block| block.span.len()).sum();
        if quoted * 2 > self.text.len() {
            self.quotations.clear();
        }
    }
}

/// The outermost quotation that a block stands in.
fn quotation(blocks: &Blocks, block: usize) -> Option<usize> {
    let around = blocks.around(blocks.list[block].element);
    around
        .filter(|at| blocks.elements[*at].marks.any(Marks::QUOTATION))
        .last()
}

/// What stands between two blocks.
fn between(blocks: &Blocks, one: usize, other: usize) -> &'static str {
    let (one, other) = (blocks.list[one].element, blocks.list[other].element);
    let parent = |element: usize| blocks.elements[element].parent;
    let is = |element: usize, names: &[&str]| names.contains(&blocks.name(element));
    let both = |names: &[&str]| is(one, names) && is(other, names);
    if both(&["td", "th"]) {
        let (row, next) = (parent(one), parent(other));
        return match row == next {
            true => " ",
            false if within_one_table(blocks, row, next) => "\n",
            false => "\n\n",
        };
    }
    let beside = parent(one) == parent(other) && one != other;
    if beside && both(&["li", "dt", "dd"]) {
        return "\n";
    }
    "\n\n"
}

fn within_one_table(blocks: &Blocks, row: usize, next: usize) -> bool {
    let mut around = blocks.around(row).take(3);
    let table = around.find(|at| blocks.name(*at) == "table");
    table.is_some_and(|table| blocks.stands_in(next, table))
}
