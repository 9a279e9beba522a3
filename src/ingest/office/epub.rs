//! Books and magazines as EPUB (versions 2 and 3): all chapters in the order in which they are read.

mod chapter;
mod contents;

use self::chapter::Chapter;
use self::contents::Contents;
use super::layout::Layout;
use super::package::Package;
use super::told::{self, Counts};
use super::xml::{Cursor, Step, decoded};
use super::{Taken, Trouble};
use crate::text::Fact;

/// What made the text layer of a book.
pub(in crate::ingest) const EXTRACTOR: &str = "proofmark epub 1";

/// Ways in which fonts are made useless elsewhere; they are no encryption of the text.
const OF_FONTS: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// The text of a book, or why there is none to be had.
pub(in crate::ingest) fn text_layer(bytes: &[u8]) -> Result<Taken, &'static str> {
    let said =
        |trouble: Trouble| trouble.said("a damaged EPUB book", "an EPUB book with copy protection");
    read(bytes).map_err(said)
}

fn read(bytes: &[u8]) -> Result<Taken, Trouble> {
    let package = Package::open(bytes)?;
    if is_protected(&package)? {
        return Err(Trouble::Encrypted);
    }
    let at = contents_file(&package)?.ok_or(Trouble::Damaged)?;
    let part = package.part(&at)?.ok_or(Trouble::Damaged)?;
    let contents = Contents::of_part(&at, &part)?;
    let mut layout = Layout::default();
    let mut counts = Counts::default();
    for chapter in &contents.chapters {
        if chapter.is_contents {
            counts.contents += 1;
            continue;
        }
        let Some(part) = package.part(&chapter.at)? else {
            counts.missing += 1;
            continue;
        };
        Chapter::new(&mut layout, &mut counts).read(&decoded(&part)?)?;
    }
    let mut about = contents.properties.about();
    about.learn_if_said(Fact::Published, contents.properties.day.as_deref());
    let written = layout.finish()?;
    counts.notes = written.notes;
    let notices = told::notices("the text of an EPUB book", counts);
    Ok(Taken::of(written, notices, about))
}

/// Whether anything but fonts is encrypted.
fn is_protected(package: &Package<'_>) -> Result<bool, Trouble> {
    let Some(part) = package.part("META-INF/encryption.xml")? else {
        return Ok(false);
    };
    let text = decoded(&part)?;
    let mut cursor = Cursor::new(&text);
    let mut is_inside = false;
    loop {
        match cursor.step()? {
            Step::Open(element) => match element.name() {
                "EncryptedData" => is_inside = true,
                "EncryptionMethod" if is_inside => {
                    let method = element.attribute("Algorithm").unwrap_or_default();
                    if !OF_FONTS.contains(&&*method) {
                        return Ok(true);
                    }
                }
                _ => {}
            },
            Step::Close(name) if name.name() == "EncryptedData" => is_inside = false,
            Step::End => return Ok(false),
            Step::Close(_) | Step::Words(_) => {}
        }
    }
}

/// The name of the part that lists all others.
fn contents_file(package: &Package<'_>) -> Result<Option<String>, Trouble> {
    let Some(part) = package.part("META-INF/container.xml")? else {
        return Ok(None);
    };
    let text = decoded(&part)?;
    let mut cursor = Cursor::new(&text);
    loop {
        match cursor.step()? {
            Step::Open(element) if element.name() == "rootfile" => {
                return Ok(element.attribute("full-path"));
            }
            Step::End => return Ok(None),
            _ => {}
        }
    }
}
