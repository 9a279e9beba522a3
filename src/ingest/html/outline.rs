//! The nodes of a page in the order of its text, and what part each plays in it.
//!
//! One walk with a cursor, no recursion. What is no text for readers is not listed, with all in it.

use dom_query::{Document, Element, NodeData, NodeId, Tree};

use super::shape;

/// What a node is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Words.
    Text,
    /// White space alone.
    Blank,
    /// A line break.
    Break,
    /// Stands within a line.
    Inline,
    /// Stands on lines of its own.
    Box,
}

/// A node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) part: Part,
    /// A link or a button: its words lead elsewhere.
    pub(super) is_link: bool,
    /// The page hides it.
    pub(super) is_hidden: bool,
    /// It is for browsers that run no scripts.
    pub(super) is_noscript: bool,
    /// The first node behind all that stands in it, as a place in the list.
    pub(super) end: usize,
}

/// The nodes of a page that have text for readers in them, or could have.
pub(super) fn of(page: &Document) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut parents: Vec<usize> = Vec::new();
    // Places in the list of all that is open, and whether a line break came last in it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let tree = &page.tree;
    shape::each_but(page, |id, depth| {
        while open.len() > depth {
            close(&mut nodes, &mut open);
        }
        let Some(node) = node(tree, id) else {
            return false;
        };
        if let Some((parent, after_break)) = open.last_mut() {
            match node.part {
                Part::Break if *after_break && nodes[*parent].part == Part::Inline => {
                    // Two breaks part paragraphs, wherever they stand.
                    nodes[*parent].part = Part::Box;
                }
                Part::Break => *after_break = true,
                Part::Blank => {}
                Part::Text | Part::Inline | Part::Box => *after_break = false,
            }
        }
        parents.push(open.last().map_or(0, |(parent, _)| *parent));
        open.push((nodes.len(), false));
        nodes.push(node);
        true
    });
    while !open.is_empty() {
        close(&mut nodes, &mut open);
    }
    // What holds a box is one.
    for at in (1..nodes.len()).rev() {
        let parent = parents[at];
        if nodes[at].part == Part::Box && nodes[parent].part == Part::Inline {
            nodes[parent].part = Part::Box;
        }
    }
    nodes
}

fn close(nodes: &mut [Node], open: &mut Vec<(usize, bool)>) {
    if let Some((at, _)) = open.pop() {
        nodes[at].end = nodes.len();
    }
}

/// A node as it is listed; `None` if it is no text for readers.
fn node(tree: &Tree, id: NodeId) -> Option<Node> {
    let mut node = Node {
        id,
        part: Part::Inline,
        is_link: false,
        is_hidden: false,
        is_noscript: false,
        end: 0,
    };
    tree.query_node_or(&id, None, |found| {
        match &found.data {
            NodeData::Document | NodeData::Fragment => node.part = Part::Box,
            NodeData::Text { contents } => {
                let is_blank = contents.bytes().all(|byte| byte.is_ascii_whitespace());
                node.part = if is_blank { Part::Blank } else { Part::Text };
            }
            NodeData::Element(element) => {
                let name = &*element.name.local;
                if is_unread(name) {
                    return None;
                }
                node.part = match name {
                    "br" => Part::Break,
                    _ if is_box(name) => Part::Box,
                    _ => Part::Inline,
                };
                node.is_link = matches!(name, "a" | "button" | "label");
                node.is_noscript = name == "noscript";
                node.is_hidden = is_hidden(element);
            }
            _ => return None,
        }
        Some(node)
    })
}

/// Elements that hold no text for readers.
fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "iframe"
            | "object"
            | "svg"
            | "canvas"
            | "video"
            | "audio"
            | "select"
            | "textarea"
            | "input"
            | "annotation"
            | "annotation-xml"
    )
}

/// Elements that stand on lines of their own.
fn is_box(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Whether a page hides an element, as far as the element itself tells.
pub(super) fn is_hidden(element: &Element) -> bool {
    let mut is_open = false;
    let mut is_hidden = false;
    for attribute in &element.attrs {
        let value = attribute.value.trim();
        match &*attribute.name.local {
            "hidden" => is_hidden = true,
            "aria-hidden" => is_hidden |= value.eq_ignore_ascii_case("true"),
            "style" => is_hidden |= hides(value),
            "open" => is_open = true,
            _ => {}
        }
    }
    is_hidden || (&*element.name.local == "dialog" && !is_open)
}

/// Whether a `style` hides.
fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        let Some((name, value)) = rule.split_once(':') else {
            return false;
        };
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is = |property: &str, hidden: &str| {
            name.trim().eq_ignore_ascii_case(property) && value.eq_ignore_ascii_case(hidden)
        };
        is("display", "none") || is("visibility", "hidden")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_by_display_and_visibility_alone() {
        for (style, hidden) in [
            ("display:none", true),
            ("color: red; DISPLAY : NONE !important", true),
            ("visibility:hidden", true),
            ("display:block", false),
            ("content:'display:none'", false),
            ("", false),
        ] {
            assert_eq!(hides(style), hidden, "{style}");
        }
    }

    #[test]
    fn what_holds_a_box_or_two_breaks_is_a_box() {
        let page = Document::from("<body><i>a<br>b</i><i>a<br> <br>b</i><a><p>c</p></a>");
        let boxes = |page: &Document| {
            let nodes = of(page);
            nodes.iter().filter(|node| node.part == Part::Box).count()
        };
        // The document, html, body, the second of the two, the link and its paragraph.
        assert_eq!(boxes(&page), 6);
    }
}
