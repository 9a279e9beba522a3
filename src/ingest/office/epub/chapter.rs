//! A chapter of a book (XHTML): what its elements make of the text.
//!
//! Books have no menus around their text, so everything in a chapter's body is text, but for
//! scripts, numbers of printed pages and the marks that lead to notes and back. Programs write
//! chapters that are not well formed; those are read as far as they can be understood.

use super::super::Trouble;
use super::super::layout::{Group, Inset, Layout};
use super::super::told::Counts;
use super::super::xml::{Cursor, Element, Step};

/// Elements that are paragraphs or hold some.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that hold no text of the book, whatever stands in them.
const NO_TEXT: [&str; 8] = [
    "annotation",
    "annotation-xml",
    "desc",
    "metadata",
    "script",
    "style",
    "template",
    "title",
];

/// What a note is called.
const NOTES: [&str; 3] = ["endnote", "footnote", "rearnote"];
const NOTE_ROLES: [&str; 2] = ["doc-endnote", "doc-footnote"];

/// Most characters of the mark of a note.
const MARK: usize = 5;

/// A chapter that is being read.
pub(super) struct Chapter<'l> {
    layout: &'l mut Layout,
    counts: &'l mut Counts,
    /// Whether the body has begun.
    is_inside: bool,
    /// How many quotations are open.
    quotations: usize,
    /// The lists that are open, and the number of the outermost.
    lists: usize,
    list: u64,
    begins_item: bool,
    /// How many elements are open where a note begins that is open.
    note: Option<usize>,
}

impl<'l> Chapter<'l> {
    /// A chapter behind those that were read before.
    pub(super) fn new(layout: &'l mut Layout, counts: &'l mut Counts) -> Chapter<'l> {
        Chapter {
            layout,
            counts,
            is_inside: false,
            quotations: 0,
            lists: 0,
            list: 0,
            begins_item: false,
            note: None,
        }
    }

    /// Reads all of it.
    pub(super) fn read(mut self, text: &str) -> Result<(), Trouble> {
        let mut cursor = Cursor::lenient(text);
        loop {
            self.layout.check()?;
            match cursor.step()? {
                Step::Open(element) => self.open(&element, &mut cursor)?,
                Step::Close(name) if self.is_inside => {
                    self.close(name.name());
                    if self.note.is_some_and(|note| cursor.depth() < note) {
                        self.note = None;
                        self.end_block();
                        self.layout.end(Inset::Note);
                    }
                }
                Step::Words(words) if self.is_inside => self.layout.folded(&words),
                Step::Close(_) | Step::Words(_) => {}
                Step::End => break,
            }
        }
        self.end_block();
        self.layout.close_insets();
        Ok(())
    }

    fn open(&mut self, element: &Element<'_>, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let name = element.name();
        if name == "body" {
            self.is_inside = true;
        }
        if !self.is_inside {
            return Ok(());
        }
        if NO_TEXT.contains(&name) {
            return cursor.skip();
        }
        let is_a = |kinds: &[&str], roles: &[&str]| {
            element.lists("type", kinds) || element.lists("role", roles)
        };
        match name {
            "nav"
                if is_a(
                    &["toc", "landmarks", "page-list"],
                    &["doc-toc", "doc-pagelist"],
                ) =>
            {
                self.counts.contents += 1;
                return cursor.skip();
            }
            "rt" | "rp" => {
                self.counts.glosses += usize::from(name == "rt");
                return cursor.skip();
            }
            "a" if is_a(&["noteref", "backlink"], &["doc-noteref", "doc-backlink"]) => {
                return cursor.skip();
            }
            // The mark before a note, which leads back to its place.
            "a" if self.note.is_some() && !self.layout.has_words() => {
                let words = cursor.text()?;
                if words.trim().chars().count() > MARK {
                    self.layout.folded(&words);
                }
                return Ok(());
            }
            "aside" | "div" | "p" | "section"
                if self.note.is_none() && is_a(&NOTES, &NOTE_ROLES) =>
            {
                // Within the paragraph that it belongs to, or behind.
                self.note = Some(cursor.depth());
                self.layout.begin(Inset::Note);
                return Ok(());
            }
            // Parts of formulas: a half is not 12.
            "mi" | "mn" | "mo" | "mtext" => {
                self.layout.blank();
                return Ok(());
            }
            _ if is_a(&["pagebreak"], &["doc-pagebreak"]) => {
                self.counts.pages += usize::from(!cursor.text()?.trim().is_empty());
                return Ok(());
            }
            "br" | "img" | "wbr" => {
                if name == "br" {
                    self.layout.blank();
                }
                return Ok(());
            }
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        match name {
            "blockquote" => self.quotations += 1,
            "ul" | "ol" | "dl" | "menu" | "dir" => {
                if self.lists == 0 {
                    self.list = self.layout.new_group();
                }
                self.lists += 1;
            }
            "li" | "dt" | "dd" => self.begins_item = true,
            "table" => self.layout.begin_table(),
            "tr" => self.end_block(),
            "td" | "th" => {
                self.end_block();
                self.layout.begin(Inset::Cell);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        match name {
            "blockquote" => self.quotations = self.quotations.saturating_sub(1),
            "ul" | "ol" | "dl" | "menu" | "dir" => self.lists = self.lists.saturating_sub(1),
            "td" | "th" => {
                self.end_block();
                self.layout.end(Inset::Cell);
            }
            "tr" => self.layout.end_row(),
            "table" => self.layout.end_table(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        if !self.layout.has_words() {
            return;
        }
        let is_item = self.lists > 0 && std::mem::take(&mut self.begins_item);
        let group = match is_item {
            true => Group::List(self.list),
            false => Group::None,
        };
        self.layout.end_paragraph(group, self.quotations > 0);
    }
}
