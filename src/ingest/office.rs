//! Documents of office programs and book readers: what each reader takes from one, which of them
//! reads a zip file, and what all of them share.
//!
//! A document is read as if every tracked change were accepted, as its writer would print it.
//! Pictures, charts and things of other programs are no text. What else is left out is told.

pub(super) mod docx;
pub(super) mod epub;
mod facts;
mod layout;
pub(super) mod odt;
mod package;
pub(super) mod rtf;
mod told;
mod xml;

use self::layout::Written;
use self::package::Package;
use crate::text::{About, LeftOut, QuotedBlock};

/// What was taken from a document.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) text: String,
    pub(super) notices: Vec<String>,
    /// What the document says of itself.
    pub(super) about: About,
    /// Block quotations in the text.
    pub(super) quotations: Vec<QuotedBlock>,
    /// Paragraphs of the document that are not in the text.
    pub(super) left_out: Vec<LeftOut>,
}

/// The documents that are zip files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZipKind {
    /// Word's, whatever its name ends with.
    Docx,
    /// OpenDocument text.
    Odt,
    Epub,
}

/// Why a document is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// Cut off, or with damaged bytes.
    Damaged,
    Encrypted,
    /// More comes out of it than any document holds.
    Bomb,
    /// Too many parts in one file.
    Parts,
    /// Elements nested too deep.
    Depth,
    /// Too much text.
    Long,
}

impl Trouble {
    /// In words, to stand before “is not read”; the first two as the kind of document calls them.
    fn said(self, damaged: &'static str, encrypted: &'static str) -> &'static str {
        match self {
            Trouble::Damaged => damaged,
            Trouble::Encrypted => encrypted,
            Trouble::Bomb => "a file that unpacks to more than 100 MB (a zip bomb)",
            Trouble::Parts => "a zip file of more than 10000 parts",
            Trouble::Depth => "a document nested deeper than 512 levels",
            Trouble::Long => "a text of more than 5 million characters",
        }
    }
}

/// The kind of document a zip file is, by its parts; `None` if it is none that is read.
pub(super) fn kind_of_zip(bytes: &[u8]) -> Option<ZipKind> {
    let package = Package::open(bytes).ok()?;
    let kind = package.part("mimetype").ok().flatten();
    let kind = kind.unwrap_or_default();
    let kind = kind.trim_ascii();
    const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";
    if kind == b"application/epub+zip"
        || package.has("META-INF/container.xml") && !kind.starts_with(b"application/vnd")
    {
        return Some(ZipKind::Epub);
    }
    if kind.starts_with(ODT) {
        return Some(ZipKind::Odt);
    }
    let is_office = package.has("[Content_Types].xml");
    (is_office && package.names().any(|name| name.starts_with("word/"))).then_some(ZipKind::Docx)
}

/// What a zip file is that is no document of a kind that is read, in words.
pub(super) fn other_zip(bytes: &[u8]) -> &'static str {
    let package = match Package::open(bytes) {
        Ok(package) => package,
        Err(trouble) => return trouble.said("a damaged zip archive", "an encrypted zip archive"),
    };
    let kind = package.part("mimetype").ok().flatten();
    let kind = String::from_utf8_lossy(&kind.unwrap_or_default()).into_owned();
    let has = |start: &str| package.names().any(|name| name.starts_with(start));
    if has("xl/") || kind.contains("opendocument.spreadsheet") {
        "a spreadsheet"
    } else if has("ppt/") || kind.contains("opendocument.presentation") {
        "a presentation"
    } else if has("visio/") || kind.contains("opendocument.graphics") {
        "a drawing"
    } else if has("Index/") && has("Metadata/") {
        "a document of Apple's Pages, Numbers or Keynote"
    } else if has("META-INF/MANIFEST.MF") {
        "a Java archive"
    } else {
        "a zip archive"
    }
}

/// Whether a file in the container of old Office programs is a newer document with a password:
/// such a container names its one stream so, in UTF-16.
pub(super) fn is_encrypted_package(bytes: &[u8]) -> bool {
    const CONTAINER: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(CONTAINER) && bytes.windows(name.len()).any(|window| window == name)
}

impl Taken {
    fn of(written: Written, notices: Vec<String>, about: About) -> Taken {
        Taken {
            text: written.text,
            notices,
            about,
            quotations: written.quotations,
            left_out: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
