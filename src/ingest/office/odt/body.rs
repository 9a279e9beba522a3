//! The body of an OpenDocument text: what its elements make of the text.
//!
//! What tracked changes took out is kept apart at the start of the body and not looked at.

use std::collections::BTreeSet;

use super::super::Trouble;
use super::super::layout::{Group, Inset, Layout};
use super::super::told::{self, Counts};
use super::super::xml::{Cursor, Element, Step};

/// Most blanks that one element stands for: more is a layout by blanks.
const BLANKS: usize = 100;

/// A body that is being read.
pub(super) struct Body {
    /// Styles of quotations.
    quotations: BTreeSet<String>,
    layout: Layout,
    counts: Counts,
    /// The paragraphs that are open, the innermost last.
    paragraphs: Vec<Paragraph>,
    /// How many lists are open, and the number of the outermost.
    lists: usize,
    list: u64,
    /// Whether the next paragraph is the first of an item.
    begins_item: bool,
}

struct Paragraph {
    group: Group,
    is_quoted: bool,
}

impl Body {
    pub(super) fn new(quotations: BTreeSet<String>) -> Body {
        Body {
            quotations,
            layout: Layout::default(),
            counts: Counts::default(),
            paragraphs: Vec::new(),
            lists: 0,
            list: 0,
            begins_item: false,
        }
    }

    /// Reads to the end of the element that was opened last.
    pub(super) fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let inside = cursor.depth();
        while cursor.depth() >= inside {
            self.layout.check()?;
            match cursor.step()? {
                Step::Open(element) => self.open(&element, cursor)?,
                Step::Close(name) => self.close(name.name()),
                // Elsewhere it is white space between elements.
                Step::Words(words) if !self.paragraphs.is_empty() => self.layout.folded(&words),
                Step::Words(_) => {}
                Step::End => break,
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> (Layout, Counts) {
        (self.layout, self.counts)
    }

    fn open(&mut self, element: &Element<'_>, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        match element.name() {
            name @ ("p" | "h") => self.paragraph(name, element),
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok());
                let count: usize = count.unwrap_or(1);
                self.layout.words(&" ".repeat(count.min(BLANKS)));
            }
            "tab" | "line-break" => self.layout.blank(),
            "list" => {
                if self.lists == 0 {
                    self.list = self.layout.new_group();
                }
                self.lists += 1;
            }
            "list-item" | "list-header" => self.begins_item = true,
            "table" => self.layout.begin_table(),
            "table-cell" | "covered-table-cell" => self.layout.begin(Inset::Cell),
            "text-box" => self.layout.begin(Inset::Box),
            "note-body" => {
                self.begins_item = false;
                self.layout.begin(Inset::Note);
            }
            "tracked-changes" => self.changes(cursor)?,
            "annotation" => {
                self.counts.comments += 1;
                cursor.skip()?;
            }
            "ruby-text" => {
                self.counts.glosses += 1;
                cursor.skip()?;
            }
            "object" | "object-ole" => {
                self.counts.objects += 1;
                cursor.skip()?;
            }
            "section" if element.attribute("display").as_deref() == Some("none") => {
                self.hide(cursor)?;
            }
            "hidden-text" if element.attribute("is-hidden").as_deref() == Some("true") => {
                self.hide(cursor)?;
            }
            "note-citation" | "forms" | "binary-data" | "title" | "desc" | "script"
            | "event-listeners" => cursor.skip()?,
            // Patterns by which tables of contents are made.
            name if name.ends_with("-source") => cursor.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.layout
                        .end_paragraph(paragraph.group, paragraph.is_quoted);
                }
            }
            "list" => self.lists = self.lists.saturating_sub(1),
            "table" => self.layout.end_table(),
            "table-row" => self.layout.end_row(),
            "table-cell" | "covered-table-cell" => self.layout.end(Inset::Cell),
            "text-box" => self.layout.end(Inset::Box),
            "note-body" => self.layout.end(Inset::Note),
            _ => {}
        }
    }

    fn paragraph(&mut self, name: &str, element: &Element<'_>) {
        let is_item = self.lists > 0 && std::mem::take(&mut self.begins_item) && name == "p";
        let style = element.attribute("style-name").unwrap_or_default();
        let group = match is_item {
            true => Group::List(self.list),
            false => Group::None,
        };
        self.layout.begin_paragraph();
        self.paragraphs.push(Paragraph {
            group,
            is_quoted: self.quotations.contains(&style),
        });
    }

    fn hide(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        self.counts.hidden += told::words(&cursor.text()?);
        Ok(())
    }

    fn changes(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Trouble> {
        let inside = cursor.depth();
        while cursor.depth() >= inside {
            match cursor.step()? {
                Step::Open(element) => match element.name() {
                    "deletion" => self.counts.deleted += 1,
                    "insertion" => self.counts.inserted += 1,
                    _ => {}
                },
                Step::End => break,
                _ => {}
            }
        }
        Ok(())
    }
}
