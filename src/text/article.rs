//! An article: one immutable text with its offsets and digests.
//!
//! Made by `ingest` from bytes, read by everything else. It holds the **text layer**: what
//! was decoded, with LF line ends and no byte order mark, and otherwise untouched.

use std::borrow::Cow;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::left_out::{self, LeftOut, Placed};
use super::markdown::{self, QuotedBlock};
use super::{About, Mark, Offsets, Span, Spot};

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
    /// A letter; the text layer is its subject and its body.
    Mail,
    /// A transcript with times; the text layer is what was said.
    Transcript,
    /// A print; the text layer is its paragraphs in reading order.
    Pdf,
    /// A document of Word.
    Docx,
    /// A document of LibreOffice and others.
    Odt,
    /// A document in Rich Text Format.
    Rtf,
    /// A book, its chapters one after the other.
    Epub,
}

impl Media {
    /// The media type written into the sidecar.
    pub fn media_type(self) -> &'static str {
        match self {
            Media::Plain => "text/plain",
            Media::Markdown => "text/markdown",
            Media::Html => "text/html",
            Media::Mail => "message/rfc822",
            Media::Transcript => "text/vtt",
            Media::Pdf => "application/pdf",
            Media::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Rtf => "application/rtf",
            Media::Epub => "application/epub+zip",
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
    about: Arc<About>,
    front_matter: Option<Span>,
    quoted_blocks: Arc<[QuotedBlock]>,
    spots: Arc<[(usize, Spot)]>,
    left_out: Arc<[LeftOut]>,
    taken_in: Arc<[LeftOut]>,
}

impl Article {
    /// An article of a text that is already a text layer.
    pub fn new(name: &str, text: &str, media: Media) -> Article {
        let digest = Sha256::digest(text.as_bytes()).into();
        let (front_matter, quoted_blocks) = match media {
            Media::Markdown => (markdown::front_matter(text), markdown::quoted_blocks(text)),
            _ => (None, Vec::new()),
        };
        Article {
            name: name.into(),
            text: text.into(),
            media,
            offsets: Arc::new(Offsets::new(text)),
            text_sha256: digest,
            bytes_sha256: digest,
            notices: Vec::new(),
            extractor: None,
            about: Arc::default(),
            front_matter,
            quoted_blocks: quoted_blocks.into(),
            spots: Arc::default(),
            left_out: Arc::default(),
            taken_in: Arc::default(),
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

    /// The same article, whose words stand at these places of the original: where words begin, in
    /// bytes, and the place; in order.
    pub fn with_spots(mut self, spots: Vec<(usize, Spot)>) -> Article {
        self.spots = spots.into();
        self
    }

    /// Where in the original the word at a byte stands; `None` where the original has neither pages
    /// nor times.
    pub fn spot_at(&self, byte: usize) -> Option<Spot> {
        let after = self.spots.partition_point(|(at, _)| *at <= byte);
        self.spots.get(after.max(1) - 1).map(|(_, spot)| *spot)
    }

    /// The same article with what is known of it.
    pub fn with_about(mut self, about: About) -> Article {
        self.about = about.into();
        self
    }

    /// What the article says of itself: headline, author, date and so on.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The front matter of a Markdown text with its fences: facts about the article and no words
    /// of it.
    pub fn front_matter(&self) -> Option<Span> {
        self.front_matter
    }

    /// The same article with the block quotations that its reader found, in order: each without
    /// marks, its paragraphs within it.
    pub fn with_quoted_blocks(mut self, quoted_blocks: Vec<QuotedBlock>) -> Article {
        self.quoted_blocks = quoted_blocks.into();
        self
    }

    /// The same article with the paragraphs that its reader left out of the text, in order.
    pub fn without(mut self, left_out: Vec<LeftOut>) -> Article {
        self.left_out = left_out.into();
        self
    }

    /// Paragraphs of a web page that could be text of the article and are not in it, in the page's
    /// order: what nobody saw was not checked.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Paragraphs that were left out and put in again, where they stand now.
    pub fn taken_in(&self) -> &[LeftOut] {
        &self.taken_in
    }

    /// The same article with those of the paragraphs that its reader left out that have these words
    /// put where they stood.
    pub fn taking_in(mut self, wanted: &[String]) -> Article {
        let is_wanted = |paragraph: &LeftOut| wanted.contains(&paragraph.words);
        if !self.left_out.iter().any(is_wanted) {
            return self;
        }
        let placed = Placed {
            quoted_blocks: self.quoted_blocks.to_vec(),
            spots: self.spots.to_vec(),
            left_out: self.left_out.to_vec(),
        };
        let (text, placed, taken) = left_out::taken_in(&self.text, &placed, wanted);
        self.text_sha256 = Sha256::digest(text.as_bytes()).into();
        self.offsets = Arc::new(Offsets::new(&text));
        self.text = text.into();
        self.quoted_blocks = placed.quoted_blocks.into();
        self.spots = placed.spots.into();
        self.left_out = placed.left_out.into();
        self.taken_in = taken.into();
        self
    }

    /// The block quotations of a Markdown text or a web page, in order.
    pub fn quoted_blocks(&self) -> &[QuotedBlock] {
        &self.quoted_blocks
    }

    /// The text layer with the marks and inner line ends of its block quotations blanked out:
    /// what is written on several lines there reads on. Offsets are those of the text layer.
    pub fn flowing_text(&self) -> Cow<'_, str> {
        if self.quoted_blocks.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let mut flowing = String::with_capacity(self.text.len());
        for block in self.quoted_blocks.iter() {
            for paragraph in &block.paragraphs {
                // Before a paragraph stands its mark, which is white space but for its line ends.
                let from = flowing.len().max(block.span.start);
                flowing.push_str(&self.text[flowing.len()..from]);
                let mark = &self.text[from..paragraph.span.start];
                flowing.extend(mark.chars().map(blanked));
                for joint in &paragraph.joints {
                    flowing.push_str(&self.text[flowing.len()..joint.start]);
                    flowing.extend(std::iter::repeat_n(' ', joint.len()));
                }
                flowing.push_str(&self.text[flowing.len()..paragraph.span.end]);
            }
        }
        flowing.push_str(&self.text[flowing.len()..]);
        Cow::Owned(flowing)
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

/// A mark as a blank, everything else as it is.
fn blanked(c: char) -> char {
    if c == '>' { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_recording_or_a_print_have_a_spot() {
        let article = Article::new("a.vtt", "Ana: yes. No.", Media::Transcript);
        assert_eq!(article.spot_at(3), None);
        let spots = [
            (0, Spot::Second(59)),
            (5, Spot::Second(2467)),
            (10, Spot::Page(12)),
        ];
        let article = article.with_spots(spots.to_vec());
        let spots =
            [0, 4, 5, 9, 10, 999].map(|at| article.spot_at(at).expect("a spot").to_string());
        let expected = [
            "00:00:59", "00:00:59", "00:41:07", "00:41:07", "p. 12", "p. 12",
        ];
        assert_eq!(spots, expected);
        assert_eq!(Spot::Second(36_001).to_string(), "10:00:01");
    }

    #[test]
    fn quotations_flow_and_offsets_stay() {
        let text = "Tolve wrote:\n\n> The gates have\n> lost a third.\n>\n> — Åse\n\nFares > 3.\n";
        let article = Article::new("a.md", text, Media::Markdown);
        let flowing = article.flowing_text();
        assert_eq!(
            flowing,
            "Tolve wrote:\n\n  The gates have   lost a third.\n \n  — Åse\n\nFares > 3.\n"
        );
        assert_eq!(article.text(), text);
        let plain = Article::new("a.txt", text, Media::Plain);
        assert!(plain.quoted_blocks().is_empty() && plain.flowing_text() == text);
    }

    #[test]
    fn marks_that_end_a_quotation_stay() {
        for text in [
            "> a\n> b\n>\n",
            "> ```\n> c\n> ```\n> d\n> e",
            "> a\nb\n> c\n\n\n> d",
        ] {
            let article = Article::new("a.md", text, Media::Markdown);
            assert_eq!(article.flowing_text().len(), text.len(), "{text:?}");
        }
    }
}
