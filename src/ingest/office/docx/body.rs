//! The body of a Word document, or one of its notes: what its elements make of the text.
//!
//! Elements that only group others (links, fields, content controls, smart tags, insertions) need no
//! word here: what is within them is read as if they were not there.

use super::super::Trouble;
use super::super::layout::{Group, Inset, Layout};
use super::super::told::{self, Counts};
use super::super::xml::{Cursor, Element, Step};
use super::styles::Styles;

/// Signs of symbol fonts: their letters are pictures that have no code point of their own.
const SYMBOLS: std::ops::RangeInclusive<u32> = 0xF000..=0xF0FF;

/// What notes the text refers to, in its order: the kind of their part and their number.
pub(super) type References = Vec<(&'static str, i64)>;

/// A body that is being read.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    layout: Layout,
    counts: Counts,
    references: References,
    /// The paragraphs that are open, the innermost last.
    paragraphs: Vec<Paragraph>,
    /// How many deletions and places that something was moved away from are open.
    gone: usize,
    /// For each set of alternatives that is open, whether one was taken.
    alternatives: Vec<bool>,
}

#[derive(Default)]
struct Paragraph {
    group: Group,
    is_quoted: bool,
    /// Whether its end is deleted, so that the next one goes on with it.
    goes_on: bool,
    /// Whether the run at hand is hidden.
    is_hidden: bool,
}

impl<'s> Body<'s> {
    pub(super) fn new(styles: &'s Styles) -> Body<'s> {
        Body {
            styles,
            layout: Layout::default(),
            counts: Counts::default(),
            references: Vec::new(),
            paragraphs: Vec::new(),
            gone: 0,
            alternatives: Vec::new(),
        }
    }

    /// Reads to the end of the document or of the element that was opened last.
    pub(super) fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let outside = cursor.depth().saturating_sub(1);
        loop {
            self.layout.check()?;
            match cursor.step()? {
                Step::Open(element) => self.open(&element, cursor)?,
                Step::Close(name) => self.close(name.name()),
                Step::Words(_) => {}
                Step::End => return Ok(()),
            }
            if cursor.depth() <= outside && outside > 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn finish(self) -> (Layout, Counts, References) {
        (self.layout, self.counts, self.references)
    }

    fn open(&mut self, element: &Element<'_>, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        match element.name() {
            "p" => {
                self.layout.begin_paragraph();
                self.paragraphs.push(Paragraph::default());
            }
            "pPr" => return self.paragraph_properties(cursor),
            "r" => self.run_is_hidden(false),
            "rPr" => return self.run_properties(cursor),
            "t" => {
                let words = cursor.text()?;
                self.words(&words);
            }
            "tab" | "ptab" | "br" | "cr" | "num" | "den" | "sup" | "sub" if self.gone == 0 => {
                // Parts of formulas too: 10 to the sixth is not 106.
                self.layout.blank();
            }
            "noBreakHyphen" => self.words("\u{2011}"),
            "softHyphen" => self.words("\u{AD}"),
            "sym" => self.symbol(element),
            "tbl" => self.layout.begin_table(),
            "tc" => self.layout.begin(Inset::Cell),
            "txbxContent" => self.layout.begin(Inset::Box),
            "del" | "moveFrom" => {
                match element.name() {
                    "del" => self.counts.deleted += 1,
                    _ => self.counts.moved += 1,
                }
                self.gone += 1;
            }
            "ins" => self.counts.inserted += 1,
            "footnoteReference" => self.refer("footnotes", element),
            "endnoteReference" => self.refer("endnotes", element),
            "AlternateContent" => self.alternatives.push(false),
            // The same in words that older programs know.
            "Choice" | "Fallback" => match self.alternatives.last_mut() {
                Some(taken @ false) => *taken = true,
                Some(true) => return cursor.skip(),
                None => {}
            },
            "rt" => {
                self.counts.glosses += 1;
                return cursor.skip();
            }
            "chart" | "relIds" | "OLEObject" | "altChunk" | "contentPart" => {
                self.counts.objects += 1;
                return cursor.skip();
            }
            "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tblGrid" | "tblPrEx" | "trPr" | "tcPr"
            | "rubyPr" | "ctrlPr" | "fldData" => return cursor.skip(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                let paragraph = self.paragraphs.pop().unwrap_or_default();
                match paragraph.goes_on {
                    true => self.layout.join_paragraph(),
                    false => self
                        .layout
                        .end_paragraph(paragraph.group, paragraph.is_quoted),
                }
            }
            "tc" => self.layout.end(Inset::Cell),
            "tr" => self.layout.end_row(),
            "tbl" => self.layout.end_table(),
            "txbxContent" => self.layout.end(Inset::Box),
            "del" | "moveFrom" => self.gone = self.gone.saturating_sub(1),
            "AlternateContent" => {
                self.alternatives.pop();
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.gone > 0 {
            return;
        }
        if self
            .paragraphs
            .last()
            .is_some_and(|paragraph| paragraph.is_hidden)
        {
            self.counts.hidden += told::words(words);
            return;
        }
        self.layout.words(words);
    }

    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char");
        let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
        match code
            .filter(|code| !SYMBOLS.contains(code))
            .and_then(char::from_u32)
        {
            Some(c) => self.words(c.encode_utf8(&mut [0; 4])),
            None if self.gone == 0 => self.counts.symbols += 1,
            None => {}
        }
    }

    fn refer(&mut self, kind: &'static str, element: &Element<'_>) {
        let id = element.attribute("id").and_then(|id| id.parse().ok());
        if let Some(id) = id.filter(|_| self.gone == 0) {
            self.references.push((kind, id));
        }
    }

    fn run_is_hidden(&mut self, is_hidden: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.is_hidden = is_hidden;
        }
    }

    fn run_properties(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let inside = cursor.depth();
        while cursor.depth() >= inside {
            match cursor.step()? {
                Step::Open(element) => match element.name() {
                    "vanish" => self.run_is_hidden(is_on(&element)),
                    "rPrChange" => cursor.skip()?,
                    _ => {}
                },
                Step::End => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph_properties(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let inside = cursor.depth();
        let (mut style, mut list, mut is_heading) = (None, None, false);
        let mut goes_on = false;
        while cursor.depth() >= inside {
            match cursor.step()? {
                Step::Open(element) => match element.name() {
                    "pStyle" => style = element.attribute("val"),
                    "numId" => list = element.attribute("val").and_then(|id| id.parse().ok()),
                    "outlineLvl" => is_heading = element.attribute("val").as_deref() != Some("9"),
                    "del" | "moveFrom" => goes_on = true,
                    "pPrChange" | "rPrChange" | "sectPr" => cursor.skip()?,
                    _ => {}
                },
                Step::End => break,
                _ => {}
            }
        }
        let shape = self.styles.shape(&style.unwrap_or_default());
        // A number of zero takes a paragraph out of the list of its style.
        let list: Option<u64> = list.or(shape.list).filter(|list| *list > 0);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.goes_on = goes_on;
            paragraph.is_quoted = shape.is_quoted;
            paragraph.group = match list.filter(|_| !is_heading && !shape.is_heading) {
                Some(list) => Group::List(list),
                None => Group::None,
            };
        }
        Ok(())
    }
}

/// Whether an element that switches something switches it on.
fn is_on(element: &Element<'_>) -> bool {
    let value = element.attribute("val");
    !matches!(value.as_deref(), Some("0" | "false" | "off"))
}
