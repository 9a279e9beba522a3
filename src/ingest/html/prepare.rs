//! A page put right before its text is looked for: shadow roots back in their places, and prose
//! that is hidden from screen readers alone shown.

use dom_query::{Document, NodeData, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use super::names::{self, Marks};
use super::{shape, words};

/// Words from which something hidden from screen readers is prose.
const PROSE: usize = 8;

/// Puts what stands in declarative shadow roots where browsers show it: in the place of the
/// element's own children, and those where a `slot` asks for them. No word is lost: children
/// without a slot follow.
pub(super) fn open_shadows(page: &Document) {
    let mut roots = Vec::new();
    shape::each(page, |node| roots.extend(shadow_root(page, node)));
    while let Some((template, contents)) = roots.pop() {
        open_shadow(page, template, contents, &mut roots);
    }
}

/// A template that is a shadow root, and what holds its contents.
fn shadow_root(page: &Document, node: NodeId) -> Option<(NodeId, NodeId)> {
    let contents = page.tree.query_node(&node, |found| {
        let element = found.as_element()?;
        let mut attributes = element.attrs.iter();
        let is_root = attributes.any(|a| &*a.name.local == "shadowrootmode");
        element.template_contents.filter(|_| is_root)
    });
    Some((node, contents.flatten()?))
}

/// Opens a shadow root; those that stand in it are added to `roots`.
fn open_shadow(
    page: &Document,
    template: NodeId,
    contents: NodeId,
    roots: &mut Vec<(NodeId, NodeId)>,
) {
    let tree = &page.tree;
    let Some(host) = tree.parent_of(&template).map(|host| host.id) else {
        return;
    };
    let mut slots: FxHashMap<String, NodeId> = FxHashMap::default();
    shape::below(page, contents, |node| {
        roots.extend(shadow_root(page, node));
        if tree
            .get_name(&node)
            .is_some_and(|name| &*name.local == "slot")
        {
            let name = attribute(page, node, "name").unwrap_or_default();
            slots.entry(name).or_insert(node);
        }
        true
    });
    tree.remove_from_parent(&template);
    let own = tree.child_ids_of(&host);
    for child in tree.child_ids_of(&contents) {
        tree.append_child_of(&host, &child);
    }
    for child in own {
        let wanted = attribute(page, child, "slot").unwrap_or_default();
        let place = slots.get(&wanted).unwrap_or(&host);
        tree.append_child_of(place, &child);
    }
}

fn attribute(page: &Document, node: NodeId, name: &str) -> Option<String> {
    let value = NodeRef::new(node, &page.tree).attr(name)?;
    Some(value.trim().to_owned())
}

/// An element hidden from screen readers whose words are being counted.
struct Muted {
    node: NodeId,
    depth: usize,
    words: usize,
    links: usize,
}

/// Shows prose that is hidden from screen readers alone, as metered pages do with paragraphs, and
/// pages that are hidden as a whole. Icons, menus and dialogues stay hidden.
pub(super) fn show_muted(page: &Document) {
    let tree = &page.tree;
    let (mut words, mut links) = (0, 0);
    let mut open: Vec<Muted> = Vec::new();
    let mut link = None;
    let (mut shown, mut whole) = (Vec::new(), Vec::new());
    shape::each_but(page, |node, depth| {
        close(&mut open, depth, (words, links), &mut shown);
        if link.is_some_and(|at| depth <= at) {
            link = None;
        }
        tree.query_node_or(&node, true, |found| {
            match &found.data {
                NodeData::Text { contents } => {
                    let more = words::count(contents);
                    words += more;
                    links += if link.is_some() { more } else { 0 };
                }
                NodeData::Element(element) => {
                    let name = &*element.name.local;
                    if matches!(name, "script" | "style" | "template") {
                        return false;
                    }
                    if link.is_none() && matches!(name, "a" | "button") {
                        link = Some(depth);
                    }
                    if matches!(name, "html" | "body") {
                        whole.push(node);
                    }
                    if may_be_prose(name) && is_muted(element) {
                        open.push(Muted {
                            node,
                            depth,
                            words,
                            links,
                        });
                    }
                }
                _ => {}
            }
            true
        })
    });
    close(&mut open, 0, (words, links), &mut shown);
    for node in shown {
        NodeRef::new(node, tree).remove_attr("aria-hidden");
    }
    // Pages hide themselves until their scripts have run.
    for node in whole {
        NodeRef::new(node, tree).remove_attrs(&["aria-hidden", "hidden", "style"]);
    }
}

/// Takes leave of the elements that end before a node of this depth.
fn close(open: &mut Vec<Muted>, depth: usize, now: (usize, usize), shown: &mut Vec<NodeId>) {
    while let Some(muted) = open.pop_if(|muted| muted.depth >= depth) {
        let (words, links) = (now.0 - muted.words, now.1 - muted.links);
        if words >= PROSE && links * 2 < words {
            shown.push(muted.node);
        }
    }
}

fn may_be_prose(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "blockquote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
    )
}

fn is_muted(element: &dom_query::Element) -> bool {
    let mut attributes = element.attrs.iter();
    let is_muted = attributes.any(|attribute| {
        &*attribute.name.local == "aria-hidden" && attribute.value.trim() == "true"
    });
    let others = Marks::ZONES.but(Marks::OFFER);
    is_muted && !names::marks(element).any(others)
}
