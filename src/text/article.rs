//! An article: one immutable text with its offsets and digests.
//!
//! Made by `ingest` from bytes, read by everything else. It holds the **text layer**: what
//! was decoded, with LF line ends and no byte order mark, and otherwise untouched.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Mark, Offsets, Span};

/// What kind of file the text came from; it decides which lines are headings or links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Media {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown; its marks are part of the text layer.
    Markdown,
    /// A web page; the text layer is what was extracted from it.
    Html,
}

impl Media {
    /// The media type written into the sidecar.
    pub fn media_type(self) -> &'static str {
        match self {
            Media::Plain => "text/plain",
            Media::Markdown => "text/markdown",
            Media::Html => "text/html",
        }
    }
}

/// One document, immutable for us.
///
/// Cheap to clone: the text is shared.
#[derive(Clone, Debug)]
pub struct Article {
    name: Arc<str>,
    text: Arc<str>,
    media: Media,
    offsets: Arc<Offsets>,
    text_sha256: [u8; 32],
    bytes_sha256: [u8; 32],
    notices: Vec<String>,
    extractor: Option<&'static str>,
}

impl Article {
    /// An article of a text that is already a text layer.
    pub fn new(name: &str, text: &str, media: Media) -> Article {
        let digest = Sha256::digest(text.as_bytes()).into();
        Article {
            name: name.into(),
            text: text.into(),
            media,
            offsets: Arc::new(Offsets::new(text)),
            text_sha256: digest,
            bytes_sha256: digest,
            notices: Vec::new(),
            extractor: None,
        }
    }

    /// The same article with the digest of the stored bytes and what decoding had to say.
    pub fn with_origin(mut self, bytes_sha256: [u8; 32], notices: Vec<String>) -> Article {
        self.bytes_sha256 = bytes_sha256;
        self.notices = notices;
        self
    }

    /// The same article, its text layer made by an extractor of that name.
    pub fn extracted_by(mut self, extractor: &'static str) -> Article {
        self.extractor = Some(extractor);
        self
    }

    /// What made the text layer, where it is not the file's own text.
    pub fn extractor(&self) -> Option<&'static str> {
        self.extractor
    }

    /// File name without its folder; for display only, and not yet safe for a terminal.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text layer.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text layer, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// What kind of file it came from.
    pub fn media(&self) -> Media {
        self.media
    }

    /// Offsets of the text layer.
    pub fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// Length in code points.
    pub fn length(&self) -> usize {
        self.offsets.length()
    }

    /// SHA-256 of the text layer as UTF-8.
    pub fn text_sha256(&self) -> &[u8; 32] {
        &self.text_sha256
    }

    /// SHA-256 of the file as stored.
    pub fn bytes_sha256(&self) -> &[u8; 32] {
        &self.bytes_sha256
    }

    /// What decoding had to say (“read as windows-1252”), for the reader.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// A span in code points: `(start, end)`.
    pub fn points(&self, span: Span) -> (usize, usize) {
        let start = self.offsets.point_of(&self.text, span.start);
        (
            start,
            start + self.text[span.start..span.end].chars().count(),
        )
    }

    /// The span of a range in code points; `None` if it is reversed or past the end.
    pub fn span_of_points(&self, start: usize, end: usize) -> Option<Span> {
        if start > end {
            return None;
        }
        let from = self.offsets.byte_of(&self.text, start)?;
        let to = self.offsets.byte_of(&self.text, end)?;
        Some(Span::new(from, to))
    }

    /// The words under a mark, pieces joined by “ … ”.
    pub fn words(&self, mark: &Mark) -> String {
        mark.words(&self.text, " … ")
    }
}
