//! The shape of a tree: how deep it may be, and how much work it makes for whoever reads it.
//!
//! Everything here walks the tree with a cursor, so that no depth can overflow a stack.

use dom_query::{Document, NodeData, NodeId, Tree};

/// Elements within each other that the tree keeps apart, as browsers do: what stands deeper
/// follows as a sibling, in the same order. Real pages have 17 in the median and 52 at most.
pub(super) const DEPTH: usize = 512;

/// Steps of work that looking for the article may take, by [`weight`].
pub(super) const WEIGHT: u64 = 4_000_000_000;

/// Bytes of text that weigh as much as an element.
const TEXT: u64 = 16;

/// A place in a walk in text order.
struct Cursor<'a> {
    tree: &'a Tree,
    at: NodeId,
    depth: usize,
}

impl Cursor<'_> {
    /// Goes on to the next node, its own children first. What it came out of on the way is
    /// handed to `leave`.
    fn next(&mut self, leave: impl FnMut()) -> bool {
        if let Some(child) = self.tree.first_child_of(&self.at) {
            self.at = child.id;
            self.depth += 1;
            return true;
        }
        self.out(leave)
    }

    /// Goes on to the first node behind all that stands in this one.
    fn pass(&mut self) -> bool {
        self.out(|| {})
    }

    fn out(&mut self, mut leave: impl FnMut()) -> bool {
        loop {
            leave();
            if let Some(sibling) = self.tree.next_sibling_of(&self.at) {
                self.at = sibling.id;
                return true;
            }
            let Some(parent) = self.tree.parent_of(&self.at) else {
                return false;
            };
            if self.depth == 0 {
                return false;
            }
            self.at = parent.id;
            self.depth -= 1;
        }
    }
}

fn cursor(page: &Document) -> Cursor<'_> {
    let tree = &page.tree;
    Cursor {
        tree,
        at: tree.root().id,
        depth: 0,
    }
}

/// Every node in the order of the text.
pub(super) fn each(page: &Document, mut see: impl FnMut(NodeId)) {
    let mut cursor = cursor(page);
    loop {
        see(cursor.at);
        if !cursor.next(|| {}) {
            return;
        }
    }
}

/// Every node in the order of the text, with its depth, but those below one that `see` passes over.
pub(super) fn each_but(page: &Document, mut see: impl FnMut(NodeId, usize) -> bool) {
    let mut cursor = cursor(page);
    loop {
        let goes_in = see(cursor.at, cursor.depth);
        let goes_on = if goes_in {
            cursor.next(|| {})
        } else {
            cursor.pass()
        };
        if !goes_on {
            return;
        }
    }
}

/// Every node below one, in the order of the text, until `see` says that it is enough.
pub(super) fn below(page: &Document, node: NodeId, mut see: impl FnMut(NodeId) -> bool) {
    let mut cursor = Cursor {
        tree: &page.tree,
        at: node,
        depth: 0,
    };
    while cursor.next(|| {}) && cursor.depth > 0 && see(cursor.at) {}
}

/// Hands what stands deeper than [`DEPTH`] up to the level of what it stands in. Text stays in
/// its order: with an element all that follows it in there goes along.
pub(super) fn flatten(page: &Document) {
    let mut cursor = cursor(page);
    loop {
        if cursor.depth == DEPTH {
            lift(cursor.tree, cursor.at);
        }
        if !cursor.next(|| {}) {
            return;
        }
    }
}

fn lift(tree: &Tree, parent: NodeId) {
    let children = tree.child_ids_of(&parent);
    let is_element = |id: &NodeId| tree.query_node_or(id, false, |node| node.is_element());
    let first = children
        .iter()
        .position(is_element)
        .unwrap_or(children.len());
    for child in children[first..].iter().rev() {
        tree.insert_after_of(&parent, child);
    }
}

/// Bytes that writing a page out looks through as fast as it takes one step: the first two bytes of
/// each sign that could have to be spelt otherwise send it through all that follows.
const LOOKED_THROUGH: u64 = 16;

/// How much work it is to write a text or value out again.
fn written(text: &str) -> u64 {
    let signs = text.bytes().filter(|byte| matches!(byte, b'&' | 0xC2));
    (signs.count() as u64).saturating_mul(text.len() as u64) / LOOKED_THROUGH
}

/// Elements that may be the page's title, and those that are compared with it.
const TITLES: [&str; 2] = ["title", "h1"];
const HEADINGS: [&str; 2] = ["h1", "h2"];

/// Weight of a byte of the title for each heading: it is cut into words anew.
const COMPARED: u64 = 16;

/// What a node stands in.
#[derive(Clone, Copy, Default)]
struct Around {
    /// Attributes of all elements around it, its own among them.
    attributes: u64,
    is_title: bool,
}

/// How much work a page makes for code that, for every element, looks at all that stands in it
/// and at all it stands in, hands attributes from one to the next, compares every heading with the
/// title, and writes parts of the page out.
pub(super) fn weight(page: &Document) -> u64 {
    let mut cursor = cursor(page);
    let mut open = vec![Around::default()];
    let (mut weight, mut headings, mut title_text) = (0u64, 0u64, 0u64);
    loop {
        let mut around = open.last().copied().unwrap_or_default();
        let mut own = 1;
        cursor.tree.query_node(&cursor.at, |node| match &node.data {
            NodeData::Element(element) => {
                let name = &*element.name.local;
                if name == "meta" {
                    let values = element.attrs.iter().map(|a| a.value.len() as u64);
                    title_text += values.sum::<u64>();
                }
                headings += u64::from(HEADINGS.contains(&name));
                around.is_title |= TITLES.contains(&name);
                let attributes = element.attrs.len() as u64;
                around.attributes += attributes;
                weight = weight.saturating_add(attributes * around.attributes);
                let values = element.attrs.iter().map(|a| written(&a.value));
                weight = values.fold(weight, u64::saturating_add);
            }
            NodeData::Text { contents } => {
                let length = contents.len() as u64;
                own += length / TEXT;
                weight = weight.saturating_add(written(contents));
                title_text += length * u64::from(around.is_title);
            }
            _ => {}
        });
        let depth = cursor.depth as u64;
        weight = weight.saturating_add(own * depth * depth);
        open.push(around);
        if !cursor.next(|| {
            open.pop();
        }) {
            return weight.saturating_add(headings.saturating_mul(title_text * COMPARED));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The depth of the deepest element.
    fn depth(page: &Document) -> usize {
        let mut cursor = cursor(page);
        let mut deepest = 0;
        loop {
            let is_element = |node: &dom_query::TreeNode| node.is_element();
            if cursor.tree.query_node_or(&cursor.at, false, is_element) {
                deepest = deepest.max(cursor.depth);
            }
            if !cursor.next(|| {}) {
                return deepest;
            }
        }
    }

    #[test]
    fn what_is_too_deep_follows_in_its_order() {
        let inside: String = (0..1000).map(|at| format!("<div>{at} ")).collect();
        let after: String = (0..1000).map(|at| format!("</div>{at} ")).collect();
        let page = Document::from(format!("{inside}<b>in</b>{after}"));
        let before = page.text();
        assert!(depth(&page) > 1000);
        flatten(&page);
        assert_eq!(depth(&page), DEPTH);
        assert_eq!(page.text(), before);
        assert!(page.tree.validate().is_ok());
    }

    #[test]
    fn a_tree_that_is_not_too_deep_stays_as_it_is() {
        let inside = "<div>a".repeat(DEPTH - 2);
        let page = Document::from(format!("{inside}<!-- c -->b"));
        let before = page.html();
        flatten(&page);
        assert_eq!(page.html(), before);
    }

    #[test]
    fn depth_text_and_attributes_weigh() {
        let weigh = |html: String| weight(&Document::from(html));
        let plain = weigh("<p>word".repeat(1000));
        assert!(plain < 30_000, "{plain}");
        let deep = weigh(format!(
            "{}{}",
            "<div>".repeat(500),
            "word ".repeat(100_000)
        ));
        assert!(deep > 5_000_000_000, "{deep}");
        let attributes: String = (0..500).map(|at| format!(" a{at}")).collect();
        let many = weigh(format!("<div{attributes}>").repeat(300));
        assert!(many > 10_000_000_000, "{many}");
        let titles = weigh(format!(
            "<title>{}</title>{}",
            "long ".repeat(100_000),
            "<h2>a</h2>".repeat(100_000)
        ));
        assert!(titles > 3_000_000_000, "{titles}");
    }
}
