//! OpenDocument texts (ISO/IEC 26300), as LibreOffice writes them: packed (`.odt`) or flat
//! (`.fodt`), the body in its order, then the notes.

mod body;

use std::collections::BTreeSet;

use self::body::Body;
use super::facts::Properties;
use super::package::Package;
use super::told::{self, Counts};
use super::xml::{Cursor, Element, Step, decoded};
use super::{Taken, Trouble};

/// What made the text layer of an OpenDocument text.
pub(in crate::ingest) const EXTRACTOR: &str = "proofmark odt 1";

/// Whether bytes begin as a document in one flat file does.
pub(in crate::ingest) fn is_flat(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    const ROOT: &[u8] = b"<office:document";
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.starts_with(b"<") && head.windows(ROOT.len()).any(|window| window == ROOT)
}

/// The text of an OpenDocument text, or why there is none to be had. One that is flat begins with
/// `<`.
pub(in crate::ingest) fn text_layer(bytes: &[u8]) -> Result<Taken, &'static str> {
    let said = |trouble: Trouble| {
        trouble.said(
            "a damaged OpenDocument text",
            "an OpenDocument text with a password",
        )
    };
    let document = match bytes.starts_with(b"PK") {
        true => packed(bytes),
        false => flat(bytes),
    };
    document.and_then(Document::finish).map_err(said)
}

fn packed(bytes: &[u8]) -> Result<Document, Trouble> {
    let package = Package::open(bytes)?;
    if let Some(manifest) = package.part("META-INF/manifest.xml")?
        && is_encrypted(&manifest)?
    {
        return Err(Trouble::Encrypted);
    }
    let mut document = Document::default();
    for part in ["meta.xml", "styles.xml"] {
        if let Some(part) = package.part(part)? {
            document.read(&part)?;
        }
    }
    let content = package.part("content.xml")?.ok_or(Trouble::Damaged)?;
    document.read(&content)?;
    Ok(document)
}

fn flat(bytes: &[u8]) -> Result<Document, Trouble> {
    let mut document = Document::default();
    document.read(bytes)?;
    Ok(document)
}

fn is_encrypted(manifest: &[u8]) -> Result<bool, Trouble> {
    let text = decoded(manifest)?;
    let mut cursor = Cursor::new(&text);
    loop {
        match cursor.step()? {
            Step::Open(element) if element.name() == "encryption-data" => return Ok(true),
            Step::End => return Ok(false),
            _ => {}
        }
    }
}

/// What was read of a document.
#[derive(Default)]
struct Document {
    properties: Properties,
    /// Styles of quotations.
    quotations: BTreeSet<String>,
    /// Lines of the heads and feet of pages, each once.
    margins: BTreeSet<String>,
    body: Option<Body>,
}

impl Document {
    /// Reads a part of a document, or all of it.
    fn read(&mut self, part: &[u8]) -> Result<(), Trouble> {
        let text = decoded(part)?;
        let mut cursor = Cursor::new(&text);
        loop {
            match cursor.step()? {
                Step::Open(element) => self.open(&element, &mut cursor)?,
                Step::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, element: &Element<'_>, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        match element.full_name() {
            "style:style" => self.style(element),
            "style:header" | "style:footer" | "style:header-left" | "style:footer-left"
            | "style:header-first" | "style:footer-first" => self.margin(cursor)?,
            "office:text" => {
                let quotations = std::mem::take(&mut self.quotations);
                let mut body = Body::new(quotations);
                body.read(cursor)?;
                self.body = Some(body);
            }
            name => self.properties.take(name, cursor)?,
        }
        Ok(())
    }

    fn style(&mut self, element: &Element<'_>) {
        let name = element.attribute("name").unwrap_or_default();
        let parent = element.attribute("parent-style-name").unwrap_or_default();
        let is_quotation = |name: &str| ["Quotations", "Quote"].contains(&name);
        if is_quotation(&name) || is_quotation(&parent) {
            self.quotations.insert(name);
        }
    }

    fn margin(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let inside = cursor.depth();
        let mut line = String::new();
        while cursor.depth() >= inside {
            match cursor.step()? {
                Step::Words(words) => line.push_str(&words),
                Step::Open(element) if ["s", "tab", "line-break"].contains(&element.name()) => {
                    line.push(' ');
                }
                Step::Close(name) if ["p", "h"].contains(&name.name()) => line.push('\n'),
                Step::End => break,
                _ => {}
            }
        }
        self.margins.extend(line.lines().map(str::to_owned));
        Ok(())
    }

    fn finish(self) -> Result<Taken, Trouble> {
        let (layout, mut counts) = self.body.ok_or(Trouble::Damaged)?.finish();
        let written = layout.finish()?;
        counts.add(Counts {
            margins: told::margin_words(&self.margins),
            notes: written.notes,
            ..Counts::default()
        });
        let notices = told::notices("the text of an OpenDocument text", counts);
        Ok(Taken::of(written, notices, self.properties.about()))
    }
}
