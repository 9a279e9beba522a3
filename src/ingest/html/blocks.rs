//! A page cut into blocks of text, in its own order, each with where it stands.
//!
//! A run of inline content is a block: all of an element that holds no box, what stands between
//! two boxes, or between two line breaks in a row. Each block leaves its number in the page, so
//! that another reader of the page can say which blocks it took.

use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};
use html5ever::LocalName;

use super::names::{self, Marks};
use super::outline::{self, Node, Part};
use super::words;

/// The attribute that holds a block's number.
pub(super) const NUMBER: &str = "data-proofmark-block";

/// An element that stands on lines of its own.
#[derive(Debug)]
pub(super) struct Element {
    /// The element it stands in; the first one stands in itself.
    pub(super) parent: usize,
    /// The first element behind all that stand in it.
    pub(super) end: usize,
    pub(super) name: LocalName,
    pub(super) marks: Marks,
    /// Its name and classes, as a number; 0 if it has no class.
    pub(super) likeness: u64,
    /// The blocks in it.
    pub(super) blocks: Range<usize>,
}

/// A run of text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// The innermost element it stands in.
    pub(super) element: usize,
    pub(super) words: usize,
    /// Words of it that are links.
    pub(super) links: usize,
    /// Level of a heading, 0 if it is none.
    pub(super) level: u8,
    /// Whether it ends as a sentence does.
    pub(super) ends: bool,
    pub(super) is_hidden: bool,
    pub(super) is_noscript: bool,
}

impl Block {
    /// Whether readers of the page see it.
    pub(super) fn is_seen(&self) -> bool {
        !self.is_hidden && !self.is_noscript
    }

    /// Whether it is a link and no sentence.
    pub(super) fn is_bare_link(&self) -> bool {
        self.links * 10 >= self.words * 9 && (!self.ends || self.words < 8)
    }

    /// Whether it reads as a paragraph does: long enough, ended, and few links.
    pub(super) fn is_prose(&self) -> bool {
        self.words >= 10 && self.ends && self.links * 5 < self.words * 2
    }
}

/// All blocks of a page and what they stand in.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// In the order of the page; the first is the page itself.
    pub(super) elements: Vec<Element>,
    pub(super) list: Vec<Block>,
}

impl Blocks {
    /// Whether an element is another or stands in it.
    pub(super) fn stands_in(&self, inner: usize, outer: usize) -> bool {
        outer <= inner && inner < self.elements[outer].end
    }

    /// An element and all it stands in, innermost first.
    pub(super) fn around(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            next = (at != 0).then(|| self.elements[at].parent);
            Some(at)
        })
    }

    pub(super) fn name(&self, element: usize) -> &str {
        &self.elements[element].name
    }

    /// What a block's own element says it is.
    pub(super) fn marks(&self, block: usize) -> Marks {
        self.elements[self.list[block].element].marks
    }
}

/// Something open while the page is cut.
struct Open {
    end: usize,
    element: Option<usize>,
    in_link: bool,
    is_hidden: bool,
    is_noscript: bool,
}

/// A run while it grows.
#[derive(Default)]
struct Run {
    text: String,
    links: usize,
    /// What stands in its element itself, in order.
    nodes: Vec<NodeId>,
    /// Nodes that belong to it if more text comes.
    pending: Vec<NodeId>,
    breaks: usize,
}

struct Cutter<'a> {
    page: &'a Document,
    blocks: Blocks,
    runs: Vec<Vec<NodeId>>,
    ids: Vec<NodeId>,
    open: Vec<Open>,
    run: Run,
}

/// Cuts a page and leaves the numbers of the blocks in it.
pub(super) fn cut(page: &Document) -> Blocks {
    let nodes = outline::of(page);
    let mut cutter = Cutter {
        page,
        blocks: Blocks::default(),
        runs: Vec::new(),
        ids: Vec::new(),
        open: Vec::new(),
        run: Run::default(),
    };
    let mut at = 0;
    while at < nodes.len() {
        cutter.close_before(at);
        at = cutter.see(at, &nodes[at]);
    }
    cutter.close_before(nodes.len());
    cutter.number();
    cutter.blocks
}

impl Cutter<'_> {
    /// Takes up a node; gives the place of the next.
    fn see(&mut self, at: usize, node: &Node) -> usize {
        let around = self.open.last();
        let in_link = node.is_link || around.is_some_and(|open| open.in_link);
        let is_hidden = node.is_hidden || around.is_some_and(|open| open.is_hidden);
        let is_noscript = node.is_noscript || around.is_some_and(|open| open.is_noscript);
        if node.part != Part::Box && around.is_some_and(|open| open.element.is_some()) {
            self.run.pending.push(node.id);
        }
        match node.part {
            Part::Text => self.words_of(node.id, in_link),
            Part::Blank => self.run.blank(),
            Part::Break => {
                self.run.breaks += 1;
                // Within a line's own elements a run cannot be parted.
                let in_box = self.open.last().is_some_and(|open| open.element.is_some());
                if self.run.breaks > 1 && in_box {
                    self.end_run();
                } else {
                    self.run.line_end();
                }
            }
            // What is hidden within a line is no part of it.
            Part::Inline if node.is_hidden => return node.end,
            Part::Inline | Part::Box => {
                let element = (node.part == Part::Box).then(|| self.enter(node));
                self.open.push(Open {
                    end: node.end,
                    element,
                    in_link,
                    is_hidden,
                    is_noscript,
                });
            }
        }
        at + 1
    }

    fn enter(&mut self, node: &Node) -> usize {
        self.end_run();
        let parent = self.element().unwrap_or(0);
        let made = self.page.tree.query_node(&node.id, |found| {
            let element = found.as_element()?;
            let name = element.name.local.clone();
            let class = element.attrs.iter().find(|a| &*a.name.local == "class");
            let class = class.map_or("", |class| class.value.trim());
            let likeness = match class {
                "" => 0,
                class => words::digest([&*name, class]) | 1,
            };
            Some((name, names::marks(element), likeness))
        });
        let (name, marks, likeness) = made.flatten().unwrap_or_default();
        let here = self.blocks.list.len();
        self.ids.push(node.id);
        self.blocks.elements.push(Element {
            parent,
            end: 0,
            name,
            marks,
            likeness,
            blocks: here..here,
        });
        self.blocks.elements.len() - 1
    }

    /// The innermost open element.
    fn element(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|open| open.element)
    }

    fn close_before(&mut self, at: usize) {
        while self.open.last().is_some_and(|open| open.end <= at) {
            if self.open.last().is_some_and(|open| open.element.is_some()) {
                self.end_run();
            }
            let Some(element) = self.open.pop().and_then(|open| open.element) else {
                continue;
            };
            let end = self.blocks.elements.len();
            let element = &mut self.blocks.elements[element];
            element.end = end;
            element.blocks.end = self.blocks.list.len();
        }
    }

    fn words_of(&mut self, node: NodeId, in_link: bool) {
        let element = self.element().unwrap_or(0);
        let is_set = self.blocks.elements[element].name == *"pre";
        let run = &mut self.run;
        self.page.tree.query_node(&node, |found| {
            if let dom_query::NodeData::Text { contents } = &found.data {
                if in_link {
                    run.links += words::count(contents);
                }
                run.push(contents, is_set);
            }
        });
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let text = run.text.trim_matches(['\n', ' ']);
        let (Some(element), false) = (self.element(), text.is_empty()) else {
            return;
        };
        let open = self.open.last();
        let words = words::count(text);
        let name = &*self.blocks.elements[element].name;
        let level = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => 0,
        };
        self.blocks.list.push(Block {
            text: text.replace('\r', "\n"),
            element,
            words,
            links: run.links.min(words),
            level,
            ends: words::ends_sentence(text),
            is_hidden: open.is_some_and(|open| open.is_hidden),
            is_noscript: open.is_some_and(|open| open.is_noscript),
        });
        self.runs.push(run.nodes);
    }

    /// Writes the numbers into the page: on the element that is all of a block, or on one put
    /// around it.
    fn number(&self) {
        let tree = &self.page.tree;
        for (number, (block, run)) in self.blocks.list.iter().zip(&self.runs).enumerate() {
            let element = &self.blocks.elements[block.element];
            let number = number.to_string();
            if element.blocks.len() == 1 && is_marked_itself(&element.name) {
                NodeRef::new(self.ids[block.element], tree).set_attr(NUMBER, &number);
            } else if let Some(first) = run.first().filter(|_| block.is_seen()) {
                let around = tree.new_element("span");
                around.set_attr(NUMBER, &number);
                tree.insert_before_of(first, &around.id);
                for node in run {
                    tree.append_child_of(&around.id, node);
                }
            }
        }
    }
}

/// Elements that keep a mark whatever is made of them.
fn is_marked_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "td"
            | "th"
            | "dd"
            | "dt"
            | "pre"
            | "figcaption"
    )
}

impl Run {
    fn push(&mut self, words: &str, is_set: bool) {
        self.nodes.append(&mut self.pending);
        self.breaks = 0;
        if is_set {
            self.text.push_str(words);
            return;
        }
        if words.starts_with(char::is_whitespace) {
            self.blank();
        }
        let mut parts = words.split_whitespace();
        if let Some(first) = parts.next() {
            self.text.push_str(first);
        }
        for part in parts {
            self.text.push(' ');
            self.text.push_str(part);
        }
        if words.ends_with(char::is_whitespace) {
            self.blank();
        }
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn line_end(&mut self) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}
