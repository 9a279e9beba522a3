//! What a book says of itself (the package document, `.opf`): its properties and its chapters.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Trouble;
use super::super::facts::Properties;
use super::super::package::within;
use super::super::xml::{Cursor, Element, Step, decoded};

/// A book's properties and chapters.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) properties: Properties,
    /// The chapters in the order in which they are read.
    pub(super) chapters: Vec<Place>,
}

/// A chapter.
pub(super) struct Place {
    /// The name of its part.
    pub(super) at: String,
    /// Whether it is a table of contents.
    pub(super) is_contents: bool,
}

/// Parts by the names the list gives them, and what the lists say of them.
#[derive(Default)]
struct Lists {
    parts: BTreeMap<String, Place>,
    order: Vec<String>,
    /// Tables of contents as the guide of older books names them.
    guide: BTreeSet<String>,
}

impl Contents {
    /// Reads the package document of that name.
    pub(super) fn of_part(name: &str, part: &[u8]) -> Result<Contents, Trouble> {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = decoded(part)?;
        let mut cursor = Cursor::new(&text);
        let mut contents = Contents::default();
        let mut lists = Lists::default();
        loop {
            match cursor.step()? {
                Step::Open(element) => {
                    let name = element.full_name();
                    contents.properties.take(name, &mut cursor)?;
                    lists.take(folder, &element);
                }
                Step::End => break,
                _ => {}
            }
        }
        for id in &lists.order {
            // A chapter that stands in the order twice is read once.
            if let Some(mut place) = lists.parts.remove(id) {
                place.is_contents |= lists.guide.contains(&place.at);
                contents.chapters.push(place);
            }
        }
        Ok(contents)
    }
}

impl Lists {
    fn take(&mut self, folder: &str, element: &Element<'_>) {
        let address = || {
            let address = element.attribute("href")?;
            let address = address.split('#').next().unwrap_or("");
            Some(within(folder, &percent_decoded(address)))
        };
        match element.name() {
            "item" => {
                if let (Some(id), Some(at)) = (element.attribute("id"), address()) {
                    let is_contents = element.lists("properties", &["nav"]);
                    self.parts.insert(id, Place { at, is_contents });
                }
            }
            "itemref" => self.order.extend(element.attribute("idref")),
            "reference" if element.attribute("type").as_deref() == Some("toc") => {
                self.guide.extend(address());
            }
            _ => {}
        }
    }
}

/// An address with its escaped bytes as they are.
fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        let code = code.filter(|_| *first == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
