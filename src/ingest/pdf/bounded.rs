//! The library's door to a file, with bounds that it has not: how deep things are nested, and how
//! much is drawn on one page by forms that draw forms.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use unpdf::parser::backend::{
    BackendFontInfo, ContentOp, DecodedRun, DecodedText, DocumentIntegrity, ExtGState,
    GlyphAdvance, PageBox, PageContent, PageId, PaintedXObject, PdfBackend, PdfMetadataRaw,
    RawBackend, RawOutlineItem, RawXObject, ResourceScope,
};
use unpdf::{Error, Result};

/// Arrays and dictionaries in each other: a reader that calls itself for each needs a bound.
const DEPTH: usize = 200;

/// Bytes that forms draw on one page, each counted as often as it is drawn.
const DRAWN: usize = 50_000_000;

/// Forms drawn on one page.
const FORMS: usize = 20_000;

/// A file that is read within bounds.
pub(super) struct Bounded {
    file: RawBackend,
    /// What is left of [`DRAWN`] and [`FORMS`] for the page at hand.
    bytes: AtomicUsize,
    forms: AtomicUsize,
}

impl Bounded {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is damaged, encrypted, or nested too deep.
    pub(super) fn load(bytes: &[u8]) -> Result<Bounded> {
        if depth_outside_streams(bytes) > DEPTH {
            return Err(too_deep());
        }
        Ok(Bounded {
            file: RawBackend::load_bytes(bytes)?,
            bytes: AtomicUsize::new(DRAWN),
            forms: AtomicUsize::new(FORMS),
        })
    }

    /// Begins another page, with all that may be drawn on one.
    pub(super) fn begin_page(&self) {
        self.bytes.store(DRAWN, Ordering::Relaxed);
        self.forms.store(FORMS, Ordering::Relaxed);
    }

    /// Whether more was drawn on the page at hand than is looked at.
    pub(super) fn is_spent(&self) -> bool {
        self.forms.load(Ordering::Relaxed) == 0
    }
}

fn too_deep() -> Error {
    Error::PdfParse("nested too deep".to_owned())
}

/// How deep arrays and dictionaries are nested in the file itself; what is packed in streams is not
/// looked at.
fn depth_outside_streams(bytes: &[u8]) -> usize {
    let mut deepest = 0;
    let mut from = 0;
    while from < bytes.len() {
        let rest = &bytes[from..];
        let stream = find(rest, b"stream").unwrap_or(rest.len());
        deepest = deepest.max(depth(&rest[..stream]));
        let Some(end) = find(&rest[stream..], b"endstream") else {
            break;
        };
        from += stream + end + b"endstream".len();
    }
    deepest
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes
        .windows(words.len())
        .position(|window| window == words)
}

/// How deep arrays and dictionaries are nested; signs in strings count as well, which only makes the
/// bound a little narrower.
fn depth(bytes: &[u8]) -> usize {
    let (mut now, mut deepest) = (0usize, 0);
    for byte in bytes {
        match byte {
            b'[' | b'<' => {
                now += 1;
                deepest = deepest.max(now);
            }
            b']' | b'>' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

impl PdfBackend for Bounded {
    fn pages(&self) -> BTreeMap<u32, PageId> {
        self.file.pages()
    }

    fn integrity(&self) -> DocumentIntegrity {
        self.file.integrity()
    }

    fn page_fonts(&self, scope: ResourceScope) -> Result<Vec<BackendFontInfo>> {
        self.file.page_fonts(scope)
    }

    fn page_content(&self, page: PageId) -> Result<Vec<u8>> {
        self.file.page_content(page)
    }

    fn page_content_with_losses(&self, page: PageId) -> Result<PageContent> {
        self.file.page_content_with_losses(page)
    }

    fn decode_content(&self, data: &[u8]) -> Result<Vec<ContentOp>> {
        match depth(data) > DEPTH {
            true => Err(too_deep()),
            false => self.file.decode_content(data),
        }
    }

    fn decode_text(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedText {
        self.file.decode_text(scope, font, bytes)
    }

    fn decode_run(&self, scope: ResourceScope, font: &[u8], bytes: &[u8]) -> DecodedRun {
        self.file.decode_run(scope, font, bytes)
    }

    fn glyph_advances(
        &self,
        scope: ResourceScope,
        font: &[u8],
        bytes: &[u8],
    ) -> Option<Vec<GlyphAdvance>> {
        self.file.glyph_advances(scope, font, bytes)
    }

    fn is_vertical_font(&self, scope: ResourceScope, font: &[u8]) -> bool {
        self.file.is_vertical_font(scope, font)
    }

    fn metadata(&self) -> PdfMetadataRaw {
        self.file.metadata()
    }

    fn page_box(&self, page: PageId) -> PageBox {
        self.file.page_box(page)
    }

    fn crop_box(&self, page: PageId) -> PageBox {
        self.file.crop_box(page)
    }

    fn page_rotation(&self, page: PageId) -> u16 {
        self.file.page_rotation(page)
    }

    fn outline(&self) -> Result<Vec<RawOutlineItem>> {
        self.file.outline()
    }

    fn page_xobjects(&self, page: PageId) -> Result<Vec<RawXObject>> {
        self.file.page_xobjects(page)
    }

    fn xobject(&self, scope: ResourceScope, name: &[u8]) -> Option<PaintedXObject> {
        if self.is_spent() {
            return None;
        }
        let found = self.file.xobject(scope, name)?;
        if let PaintedXObject::Form(form) = &found {
            let drawn = form.content.as_ref().map_or(0, Vec::len);
            let left = self.bytes.load(Ordering::Relaxed).checked_sub(drawn);
            let forms = self.forms.load(Ordering::Relaxed) - 1;
            self.bytes.store(left.unwrap_or(0), Ordering::Relaxed);
            self.forms
                .store(left.map_or(0, |_| forms), Ordering::Relaxed);
        }
        Some(found)
    }

    fn ext_gstate(&self, scope: ResourceScope, name: &[u8]) -> Option<ExtGState> {
        self.file.ext_gstate(scope, name)
    }

    fn font_bounds(&self, scope: ResourceScope, font: &[u8]) -> Option<PageBox> {
        self.file.font_bounds(scope, font)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_streams() {
        let file = format!("{}stream{}endstream[<<>>]", "[".repeat(3), "[".repeat(900));
        assert_eq!(depth_outside_streams(file.as_bytes()), 3);
        let deep = format!("<<{}", "[".repeat(DEPTH));
        assert!(matches!(
            Bounded::load(deep.as_bytes()),
            Err(Error::PdfParse(_))
        ));
        assert_eq!(depth_outside_streams(b"[ ( stream [ [ [ [ ["), 1);
    }
}
