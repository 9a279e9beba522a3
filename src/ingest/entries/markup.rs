//! The pieces of a feed's markup, however broken it is: tags, texts, in their order.
//!
//! The reader is quick-xml's, told to check nothing. What it cannot read at all, a `<` that opens no
//! tag, is repaired before. Declared entities are not followed, so nothing grows; tags need not
//! match, so nothing is nested: who reads the pieces decides what belongs together.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::references::{character, is_control, resolved};

/// A piece of markup. Names are in small letters, with the prefix that is usual for their
/// namespace.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// A tag that opens, or is all of an element.
    Open(Tag<'t>),
    /// A tag that closes.
    Close(String),
    /// Words, references resolved.
    Text(Cow<'t, str>),
}

/// A tag with its attributes.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    pub(super) name: String,
    /// Whether nothing is in the element.
    pub(super) is_empty: bool,
    start: BytesStart<'t>,
}

/// Namespaces and the prefix by which this reader knows them.
const NAMESPACES: [(&str, &str); 12] = [
    ("http://www.w3.org/2005/Atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
];

/// Prefixes that one file may bind; more are nobody's.
const PREFIXES: usize = 64;

/// The pieces of a text that [`repaired`] gave.
pub(super) struct Pieces<'t> {
    reader: Reader<&'t [u8]>,
    /// Prefixes of this file that are not the usual ones.
    prefixes: Vec<(String, &'static str)>,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(text: &'t str) -> Pieces<'t> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.check_comments = false;
        Pieces {
            reader,
            prefixes: Vec::new(),
        }
    }

    fn tag(&mut self, start: BytesStart<'t>, is_empty: bool) -> Tag<'t> {
        self.learn(&start);
        Tag {
            name: self.usual(start.name().as_ref()),
            is_empty,
            start,
        }
    }

    /// Takes up the prefixes that a tag binds.
    fn learn(&mut self, start: &BytesStart<'_>) {
        if !start.attributes_raw().contains("xmlns:") {
            return;
        }
        for attribute in start.html_attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else {
                continue;
            };
            let is_it = |(address, _): &&(&str, &str)| *address == attribute.value.as_ref();
            let found = NAMESPACES.iter().find(is_it);
            let is_new = self.prefixes.iter().all(|(known, _)| known != prefix);
            if let Some((_, usual)) = found
                && *usual != prefix
                && is_new
                && self.prefixes.len() < PREFIXES
            {
                self.prefixes.push((prefix.to_owned(), usual));
            }
        }
    }

    /// A name in small letters with the usual prefix.
    fn usual(&self, name: &str) -> String {
        let Some((prefix, local)) = name.split_once(':') else {
            return name.to_ascii_lowercase();
        };
        let known = self.prefixes.iter().find(|(known, _)| known == prefix);
        match known.map_or(prefix, |(_, usual)| usual) {
            "" => local.to_ascii_lowercase(),
            prefix => format!("{prefix}:{local}").to_ascii_lowercase(),
        }
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let before = self.reader.buffer_position();
            match self.reader.read_event() {
                Ok(Event::Start(start)) => return Some(Piece::Open(self.tag(start, false))),
                Ok(Event::Empty(start)) => return Some(Piece::Open(self.tag(start, true))),
                Ok(Event::End(end)) => {
                    return Some(Piece::Close(self.usual(end.name().as_ref())));
                }
                Ok(Event::Text(text)) => return Some(Piece::Text(clean(text.into_inner()))),
                Ok(Event::CData(text)) => return Some(Piece::Text(clean(text.into_inner()))),
                Ok(Event::GeneralRef(name)) => {
                    let name: &str = &name;
                    let text = character(name);
                    let text = text.unwrap_or_else(|| Cow::Owned(format!("&{name};")));
                    return Some(Piece::Text(clean(text)));
                }
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                // Most mistakes are behind the reader when it tells of them.
                Err(_) if self.reader.buffer_position() > before => {}
                Err(_) => return None,
            }
        }
    }
}

impl Tag<'_> {
    /// The value of an attribute, named in small letters.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.start.html_attributes();
        let all = all.with_checks(false).flatten();
        let is_it = |key: &str| key.eq_ignore_ascii_case(name);
        let found = all.into_iter().find(|one| is_it(one.key.as_ref()))?;
        Some(resolved(&found.value).replace(is_control, ""))
    }

    /// The tag as HTML writes it: without a prefix.
    pub(super) fn as_html(&self) -> String {
        let local = local(&self.name);
        format!(
            "<{local}{}>",
            self.start.attributes_raw().trim_end_matches('/')
        )
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Text without controls.
fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains(is_control) {
        true => Cow::Owned(text.replace(is_control, "")),
        false => text,
    }
}

/// A text whose every `<` opens something: others are written as references.
pub(super) fn repaired(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    // Looked for once, from the end.
    let last = text.rfind("?>");
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        all.push_str(before);
        let closed = [("<![CDATA[", "]]>"), ("<!--", "-->")];
        let closed = closed.iter().find(|(open, _)| tag.starts_with(open));
        if let Some((open, close)) = closed {
            let length = tag[open.len()..].find(close);
            let length = length.map_or(tag.len(), |at| open.len() + at + close.len());
            all.push_str(&tag[..length]);
            rest = &tag[length..];
            continue;
        }
        let here = text.len() - tag.len();
        let opens = opens(&tag[1..], last.is_some_and(|last| here < last));
        all.push_str(if opens { "<" } else { "&lt;" });
        rest = &tag[1..];
    }
    all.push_str(rest);
    all
}

/// Whether what stands behind a `<` makes it open something.
fn opens(behind: &str, has_instructions: bool) -> bool {
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let is_doctype = |text: &str| {
        let word = text.as_bytes().get(..7);
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"doctype"))
    };
    match behind.as_bytes().first() {
        Some(b'/') => is_name(&behind[1..]),
        Some(b'!') => is_doctype(&behind[1..]),
        Some(b'?') => has_instructions && is_name(&behind[1..]),
        _ => is_name(behind),
    }
}
