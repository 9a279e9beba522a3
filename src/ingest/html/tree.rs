//! The tree of a page, built within bounds: whatever a page holds, it is read or refused in a
//! bounded number of steps, the same ones on every machine.
//!
//! The parser is html5ever's and the tree that of `dom_query`. Between them stands a sink that
//! counts what the parser asks of the tree: those questions are its quadratic work. A page that
//! asks too much gets no more answers and is refused. Depth is bounded in `shape`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use dom_query::{Document, NodeId};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, QualName, TokenizerResult};
use rustc_hash::FxHashMap;

use super::shape::DEPTH;

/// Steps of work on one page. Real pages take at most 600 a kilobyte.
const STEPS: u64 = 100_000_000;

/// Elements, texts and comments of one page.
const NODES: usize = 2_000_000;

/// Elements open within each other beyond those the tree keeps apart.
const FLATTENED: u32 = 5_000;

/// Attributes written into one tag: each is compared with all before it.
const ATTRIBUTES: usize = 35_000;

/// Bytes the tokenizer is given at once; only between them can it be stopped.
const PIECE: usize = 4096;

/// Builds the tree of a page, or says what there is too much of.
pub(super) fn build(html: &str) -> Result<Document, &'static str> {
    // The tokenizer would take a mark off any piece, not off the page.
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let tokenizer = Tokenizer::new(
        Counting::default(),
        TokenizerOpts {
            discard_bom: false,
            ..TokenizerOpts::default()
        },
    );
    let whole = StrTendril::from(html);
    let input = BufferQueue::default();
    let mut tag = OpenTag::default();
    for (start, end) in pieces(html) {
        let counting = &tokenizer.sink;
        counting.came.set(Came::Nothing);
        input.push_back(whole.subtendril(start as u32, (end - start) as u32));
        // It also stops at scripts and at a named encoding, with the rest still to be read.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if tag.read(&html[start..end], counting.came.get()) > ATTRIBUTES {
            return Err("HTML with more than 35,000 attributes in one tag");
        }
        if let Some(why) = counting.excess() {
            return Err(why);
        }
    }
    tokenizer.end();
    match tokenizer.sink.excess() {
        Some(why) => Err(why),
        None => Ok(tokenizer.sink.builder.sink.finish()),
    }
}

/// The pieces a page is fed in: each begins where a tag may begin, so that it is known in which
/// one a tag was begun that no token ended.
fn pieces(html: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == html.len() {
            return None;
        }
        let mut most = (start + PIECE).min(html.len());
        while !html.is_char_boundary(most) {
            most -= 1;
        }
        // Behind a first byte, which may be a tag's own; it may begin a longer letter.
        let bytes = &html.as_bytes()[start + 1..most];
        let next = bytes.iter().position(|byte| *byte == b'<');
        let end = next.map_or(most, |at| start + 1 + at);
        let piece = (start, end);
        start = end;
        Some(piece)
    })
}

/// What a piece gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Came {
    /// No token: a tag or comment goes on.
    #[default]
    Nothing,
    /// Text without a `<`, that stood before a tag.
    Text,
    /// A tag, a comment, or text with a `<` in it, which begins no tag then.
    Whole,
}

/// A tag that began in one piece and goes on in the next.
#[derive(Debug, Default)]
struct OpenTag {
    /// Where in it the last piece ended; `None`: there is none.
    place: Option<Place>,
    attributes: usize,
}

/// A place in a tag, in the words of the tokenizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    /// In a value, up to this byte.
    Quoted(u8),
    Unquoted,
}

impl OpenTag {
    /// Attributes of the tag that is open behind `piece`; none if there is none.
    fn read(&mut self, piece: &str, came: Came) -> usize {
        let bytes = piece.as_bytes();
        let may_begin = came != Came::Whole && bytes[0] == b'<';
        if came != Came::Nothing {
            self.place = None;
        }
        let name = bytes.get(1).filter(|byte| **byte != b'/').or(bytes.get(2));
        if self.place.is_none() && may_begin && name.is_some_and(u8::is_ascii_alphabetic) {
            self.place = Some(Place::TagName);
            self.attributes = 0;
        }
        let Some(mut place) = self.place else {
            return 0;
        };
        let begun = usize::from(place == Place::TagName && bytes[0] == b'<') * 2;
        for byte in bytes.iter().skip(begun) {
            let next = place.next(*byte);
            let is_new = next == Place::Name && place != Place::Name;
            self.attributes += usize::from(is_new);
            place = next;
        }
        self.place = Some(place);
        self.attributes
    }
}

impl Place {
    fn next(self, byte: u8) -> Place {
        use Place::{AfterName, BeforeName, BeforeValue, Name, Quoted, TagName, Unquoted};
        match (self, byte) {
            (Quoted(mark), byte) if mark == byte => BeforeName,
            (Quoted(mark), _) => Quoted(mark),
            (Name, byte) if byte.is_ascii_whitespace() => AfterName,
            (AfterName | BeforeValue, byte) if byte.is_ascii_whitespace() => self,
            (_, byte) if byte.is_ascii_whitespace() => BeforeName,
            (BeforeValue, b'"' | b'\'') => Quoted(byte),
            (BeforeValue | Unquoted, _) => Unquoted,
            (_, b'/') => BeforeName,
            (Name | AfterName, b'=') => BeforeValue,
            (TagName, _) => TagName,
            (BeforeName | Name | AfterName, _) => Name,
        }
    }
}

/// The tree builder, given tokens for as long as the page keeps within its bounds.
struct Counting {
    builder: TreeBuilder<NodeId, Counted>,
    came: Cell<Came>,
    /// The most attributes a formatting tag had: the parser compares such tags with all that are
    /// open, attribute by attribute.
    formatting: Cell<usize>,
}

impl Default for Counting {
    fn default() -> Counting {
        let options = TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        };
        Counting {
            builder: TreeBuilder::new(Counted::default(), options),
            came: Cell::default(),
            formatting: Cell::new(0),
        }
    }
}

impl Counting {
    /// What there is too much of, if anything.
    fn excess(&self) -> Option<&'static str> {
        let sink = &self.builder.sink;
        if sink.page.tree.len() > NODES {
            Some("HTML with more than 2 million elements")
        } else if sink.deepest.get() > DEPTH as u32 + FLATTENED {
            Some("HTML nested deeper than 5,512 elements")
        } else if sink.steps.get() > STEPS {
            Some("HTML so tangled that it takes more than 100 million steps")
        } else {
            None
        }
    }

    /// Counts what a tag costs apart from what the sink sees.
    fn weigh(&self, tag: &Tag) {
        let attributes = tag.attrs.len() as u64;
        let sink = &self.builder.sink;
        // Names are interned: comparing two is far less than any other step.
        sink.step(1 + attributes * attributes / 16);
        if tag.kind == TagKind::StartTag && is_formatting(&tag.name) {
            self.formatting
                .set(self.formatting.get().max(tag.attrs.len()));
            let compared = 1 + attributes + self.formatting.get() as u64;
            sink.step(8 * compared * u64::from(sink.formatting_here.get()));
        }
    }
}

/// Elements that the parser opens again where they were closed crosswise.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

impl TokenSink for Counting {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CharacterTokens(text) if !text.contains('<') => {
                if self.came.get() == Came::Nothing {
                    self.came.set(Came::Text);
                }
            }
            Token::NullCharacterToken => {}
            _ => self.came.set(Came::Whole),
        }
        if self.excess().is_some() {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token {
            self.weigh(tag);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// A tree whose questions are counted.
#[derive(Default)]
struct Counted {
    page: Document,
    steps: Cell<u64>,
    /// Levels of the nodes, and formatting elements among those they stand in.
    levels: RefCell<FxHashMap<NodeId, (u32, u32)>>,
    deepest: Cell<u32>,
    /// Formatting elements that the latest element stands in.
    formatting_here: Cell<u32>,
}

impl Counted {
    fn step(&self, steps: u64) {
        self.steps.set(self.steps.get().saturating_add(steps));
    }

    /// Notes that a node stands in another. What stood in it before keeps its old level: it is
    /// the number of open elements that has to be bounded here, not the tree.
    fn stands_in(&self, child: NodeId, parent: &NodeId) {
        let mut levels = self.levels.borrow_mut();
        let (level, mut formatting) = levels.get(parent).copied().unwrap_or_default();
        let name = self.page.tree.get_name(&child);
        formatting += u32::from(name.is_some_and(|name| is_formatting(&name.local)));
        levels.insert(child, (level + 1, formatting));
        self.formatting_here.set(formatting);
        self.deepest.set(self.deepest.get().max(level + 1));
    }

    fn note(&self, child: &NodeOrText<NodeId>, parent: Option<NodeId>) {
        if let (NodeOrText::AppendNode(child), Some(parent)) = (child, parent) {
            self.stands_in(*child, &parent);
        }
    }

    fn parent_of(&self, node: &NodeId) -> Option<NodeId> {
        self.page.tree.parent_of(node).map(|parent| parent.id)
    }
}

impl TreeSink for Counted {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Document {
        self.page
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.page.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.step(1);
        self.page.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.step(1 + attributes.len() as u64);
        self.page.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.step(1);
        self.page.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.step(1);
        self.page.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note(&child, Some(*parent));
        self.page.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        before: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.note(&child, self.parent_of(element).or(Some(*before)));
        self.page
            .append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.page.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.step(1);
        let contents = self.page.get_template_contents(target);
        self.stands_in(contents, target);
        contents
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.step(1);
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.page.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.note(&child, self.parent_of(sibling));
        self.page.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let there = self.page.tree.query_node_or(target, 0, |node| {
            node.as_element().map_or(0, |element| element.attrs.len())
        });
        self.step((1 + there as u64) * attributes.len() as u64);
        self.page.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.page.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.step(self.page.tree.child_ids_of_it(node, false).count() as u64);
        self.page.reparent_children(node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.step(1);
        self.page.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_the_tokenizer_tells_them_apart() {
        for (tag, count) in [
            ("<p a b c", 3),
            ("<p a=\"b c d\" e='f g'h i", 4),
            ("<p ='a b' c", 3),
            ("<p a\"b c d\" e", 4),
            ("<p a = b c=d/e f", 3),
            ("<p/a/b", 2),
            ("</p a b", 2),
            ("<!-- a b", 0),
            ("<5 a b", 0),
        ] {
            let mut open = OpenTag::default();
            assert_eq!(open.read(tag, Came::Nothing), count, "{tag}");
            let more = if count == 0 { 0 } else { count + 2 };
            assert_eq!(open.read(" x y", Came::Nothing), more, "{tag}");
            assert_eq!(open.read("> x y", Came::Whole), 0);
            assert_eq!(open.read("x y", Came::Text), 0);
        }
    }

    #[test]
    fn pieces_begin_where_tags_do() {
        let html = format!("<p>é<b x>{}</b>", "é".repeat(3000));
        let all: Vec<&str> = pieces(&html)
            .map(|(start, end)| &html[start..end])
            .collect();
        assert_eq!(all.concat(), html);
        assert_eq!((all[0], all.len()), ("<p>é", 4));
        assert!(all[1].starts_with("<b x>é") && all[3] == "</b>");
        assert!(all.iter().all(|piece| piece.len() <= PIECE));
    }
}
