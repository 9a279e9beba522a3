//! XML read step by step: elements by their local names, words with their references resolved.
//!
//! Nothing that a document type declares is used and nothing outside is fetched. Elements may
//! stand within each other only so deep; the readers keep a level of their own for some of them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::name::LocalName;
use quick_xml::{Reader, XmlVersion};

use super::Trouble;

/// Most elements within each other.
const DEPTH: usize = 512;

/// Bytes at the start in which an encoding is declared.
const DECLARATION: usize = 200;

/// A place in an XML document.
pub(super) struct Cursor<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    is_strict: bool,
}

/// What comes next in a document.
pub(super) enum Step<'x> {
    Open(Element<'x>),
    Close(Name<'x>),
    Words(Cow<'x, str>),
    End,
}

/// An element that opens.
pub(super) struct Element<'x>(BytesStart<'x>);

/// The name of an element that closes.
pub(super) struct Name<'x>(BytesEnd<'x>);

impl<'x> Cursor<'x> {
    /// The start of a document, which has to be well formed.
    pub(super) fn new(text: &'x str) -> Cursor<'x> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Cursor {
            reader,
            depth: 0,
            is_strict: true,
        }
    }

    /// The start of a document whose ends may be missing or be those of other elements.
    pub(super) fn lenient(text: &'x str) -> Cursor<'x> {
        let mut cursor = Cursor::new(text);
        let config = cursor.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        cursor.is_strict = false;
        cursor
    }

    /// The next step.
    pub(super) fn step(&mut self) -> Result<Step<'x>, Trouble> {
        loop {
            return Ok(
                match self.reader.read_event().map_err(|_| Trouble::Damaged)? {
                    Event::Start(start) => {
                        self.depth += usize::from(!self.is_void(start.local_name()));
                        if self.depth > DEPTH {
                            return Err(Trouble::Depth);
                        }
                        Step::Open(Element(start))
                    }
                    Event::End(end) => {
                        let closes = usize::from(!self.is_void(end.local_name()));
                        self.depth = self.depth.saturating_sub(closes);
                        Step::Close(Name(end))
                    }
                    Event::Text(words) => Step::Words(words.into_inner()),
                    Event::CData(words) => Step::Words(words.into_inner()),
                    Event::GeneralRef(reference) => Step::Words(resolved(&reference)),
                    Event::Eof if self.is_strict && self.depth > 0 => return Err(Trouble::Damaged),
                    Event::Eof => Step::End,
                    Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                        continue;
                    }
                    // Not made by `expand_empty_elements`.
                    Event::Empty(_) => continue,
                },
            );
        }
    }

    /// Whether an element of that name has nothing in it and may have no end either.
    fn is_void(&self, name: LocalName<'_>) -> bool {
        const VOID: [&str; 8] = ["area", "br", "col", "hr", "img", "input", "link", "meta"];
        !self.is_strict && VOID.contains(&name.into_inner())
    }

    /// Goes behind the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Trouble> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.step()?, Step::End) {
                break;
            }
        }
        Ok(())
    }

    /// Goes behind the element that was opened last; gives its words as they stand.
    pub(super) fn text(&mut self) -> Result<String, Trouble> {
        let outside = self.depth.saturating_sub(1);
        let mut all = String::new();
        while self.depth > outside {
            match self.step()? {
                Step::Words(words) => all.push_str(&words),
                Step::End => break,
                Step::Open(_) | Step::Close(_) => {}
            }
        }
        Ok(all)
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its name as it is written.
    pub(super) fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// An attribute by its name without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.html_attributes();
        let attributes = attributes.with_checks(false).filter_map(Result::ok);
        let mut named = attributes.filter(|at| at.key.local_name().into_inner() == name);
        let attribute = named.next()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    }

    /// Whether a list of words in an attribute has one of them.
    pub(super) fn lists(&self, name: &str, words: &[&str]) -> bool {
        let listed = self.attribute(name).unwrap_or_default();
        listed
            .split_ascii_whitespace()
            .any(|word| words.contains(&word))
    }
}

impl Name<'_> {
    /// The name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// The text of a part, by its byte order mark or the encoding it declares.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Trouble> {
    let start = &bytes[..bytes.len().min(DECLARATION)];
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (declared(start).unwrap_or(UTF_8), 0),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    text.ok_or(Trouble::Damaged)
}

fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(start);
    let declaration = start.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// What a reference stands for; one that nobody knows stays as it is written.
fn resolved<'x>(reference: &BytesRef<'x>) -> Cow<'x, str> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    match resolve_html5_entity(reference) {
        Some(words) => Cow::Borrowed(words),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_words(mut cursor: Cursor<'_>) -> Result<String, Trouble> {
        let mut all = String::new();
        loop {
            match cursor.step()? {
                Step::Words(words) => all.push_str(&words),
                Step::End => return Ok(all),
                Step::Open(_) | Step::Close(_) => {}
            }
        }
    }

    #[test]
    fn references_stand_for_characters_and_entities_for_nothing() {
        let text = "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y SYSTEM \"file:///etc/passwd\">]>\
                    <a>1 &lt; 2 &amp; &#229;&#x1F600; &nbsp;<![CDATA[<b>]]> &x;&y; R&D <!-- no --></a>";
        let expected = "1 < 2 & å😀 \u{A0}<b> &x;&y; R&D ";
        assert_eq!(all_words(Cursor::new(text)).as_deref(), Ok(expected));
    }

    #[test]
    fn depth_has_a_bound() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(all_words(Cursor::new(&nested(DEPTH))).is_ok());
        let deep = all_words(Cursor::new(&nested(DEPTH + 1)));
        assert_eq!(deep, Err(Trouble::Depth));
        // Elements that close themselves are not within each other.
        let breaks = format!("<a>{}</a>", "<br>".repeat(2 * DEPTH));
        assert!(all_words(Cursor::lenient(&breaks)).is_ok());
    }

    #[test]
    fn what_is_cut_off_is_damaged_but_for_lenient_readers() {
        for text in [
            "<a><b>words",
            "<a>words</b></a>",
            "<a><b></a>",
            "<a",
            "</a>",
        ] {
            assert_eq!(
                all_words(Cursor::new(text)),
                Err(Trouble::Damaged),
                "{text}"
            );
        }
        for text in ["<a><b>words", "<a>words</b></a>", "<b>words</a>"] {
            assert_eq!(
                all_words(Cursor::lenient(text)).as_deref(),
                Ok("words"),
                "{text}"
            );
        }
    }

    #[test]
    fn skipping_ends_behind_the_element() {
        let mut cursor = Cursor::new("<a><b>1<c>2</c><d/></b>3<e>4</e></a>");
        for _ in 0..2 {
            assert!(matches!(cursor.step(), Ok(Step::Open(_))));
        }
        assert_eq!(cursor.skip(), Ok(()));
        assert!(matches!(cursor.step(), Ok(Step::Words(words)) if words == "3"));
        assert!(matches!(cursor.step(), Ok(Step::Open(_))));
        assert_eq!(cursor.text().as_deref(), Ok("4"));
        assert_eq!(cursor.depth(), 1);
    }

    #[test]
    fn parts_in_any_encoding_that_they_declare() {
        let declared = b"<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>";
        assert!(decoded(declared).expect("decoded").ends_with("<a>café</a>"));
        let wide: Vec<u8> = "\u{FEFF}<a>å</a>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&wide).as_deref(), Ok("<a>å</a>"));
        assert_eq!(decoded(b"\xef\xbb\xbf<a/>").as_deref(), Ok("<a/>"));
        assert_eq!(decoded(b"<a>\xe9</a>"), Err(Trouble::Damaged));
    }

    #[test]
    fn attributes_by_their_local_names() {
        let mut cursor = Cursor::new("<w:p w:val=\"a &amp; b\" epub:type='x  noteref' bare>");
        let Ok(Step::Open(element)) = cursor.step() else {
            panic!("no element");
        };
        assert_eq!((element.name(), element.full_name()), ("p", "w:p"));
        assert_eq!(element.attribute("val").as_deref(), Some("a & b"));
        assert!(element.lists("type", &["noteref"]) && !element.lists("type", &["note"]));
        assert_eq!(element.attribute("other"), None);
    }
}
