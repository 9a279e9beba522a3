//! Paragraphs of an office document written out as a text: an empty line between paragraphs, none
//! between items of a list and rows of a table, cells of a row in one line, notes at the end.
//!
//! Readers say what begins and ends; what ends without a beginning is passed over, and what is
//! still open at the end is closed. Words are kept as they are, but for white space of the file's
//! own layout.

use super::Trouble;
use crate::ingest::quoted::quote;
use crate::text::{QuotedBlock, Span};

/// Most code points of a text: forty long novels. What is longer is no article, and the desk
/// would show it slowly.
const POINTS: usize = 5_000_000;

/// Most paragraphs, items and rows: of five characters each, a text has as many as it may have.
const BLOCKS: usize = 1_000_000;

/// Bytes of a row from which cells with several paragraphs are text set in columns, not figures.
const ROW: usize = 400;

/// White space of the file, which is no white space of the writer.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// What a paragraph belongs to; neighbours of one group have no empty line between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Group {
    #[default]
    None,
    /// A list.
    List(u64),
    /// A table.
    Table(u64),
}

/// What is inside something else and has paragraphs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inset {
    /// A box that hangs on a paragraph: it stands behind that paragraph.
    Box,
    Cell,
    /// It stands at the end of the text.
    Note,
    /// A paragraph within another, a box of its own.
    Paragraph,
}

/// A finished text.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) quotations: Vec<QuotedBlock>,
    /// How many notes stand at its end.
    pub(super) notes: usize,
}

/// A text under construction.
#[derive(Debug)]
pub(super) struct Layout {
    /// The body, and what is open within it.
    levels: Vec<Level>,
    notes: Vec<Vec<Block>>,
    groups: u64,
    /// How many bytes and blocks it has so far; what is past the bounds is not kept.
    bytes: usize,
    blocks: usize,
}

/// A note that was read apart from the text; never empty.
#[derive(Debug)]
pub(super) struct Note(Vec<Block>);

/// Paragraphs that follow each other.
#[derive(Debug, Default)]
struct Level {
    inset: Option<Inset>,
    blocks: Vec<Block>,
    open: Option<Open>,
    tables: Vec<Table>,
}

/// A finished paragraph, item or row.
#[derive(Debug)]
struct Block {
    words: String,
    group: Group,
    is_quoted: bool,
}

/// A paragraph that is not at its end.
#[derive(Debug, Default)]
struct Open {
    words: String,
    /// What the boxes in it hold.
    boxes: Vec<Block>,
    /// Whether the next paragraph goes on with it.
    goes_on: bool,
}

#[derive(Debug)]
struct Table {
    group: Group,
    /// What the cells of the row at hand hold, but for empty ones; how many there are with those.
    cells: Vec<Vec<Block>>,
    width: usize,
}

impl Default for Layout {
    fn default() -> Layout {
        Layout {
            levels: vec![Level::default()],
            notes: Vec::new(),
            groups: 0,
            bytes: 0,
            blocks: 0,
        }
    }
}

impl Layout {
    /// Adds words to the paragraph at hand as they are; line ends and tabs are blanks.
    pub(super) fn words(&mut self, words: &str) {
        let open = self.top().open.get_or_insert_default();
        if !words.contains(['\t', '\r', '\n']) {
            open.words.push_str(words);
            return;
        }
        let blanked = |c: char| if BLANKS.contains(&c) { ' ' } else { c };
        open.words.extend(words.chars().map(blanked));
    }

    /// Adds words whose white space is the file's: any run of it is one blank.
    pub(super) fn folded(&mut self, words: &str) {
        for (at, part) in words.split(BLANKS).enumerate() {
            if at > 0 {
                self.blank();
            }
            if !part.is_empty() {
                self.words(part);
            }
        }
    }

    /// Adds a blank for a tab or a soft line break; none at the start or behind another.
    pub(super) fn blank(&mut self) {
        if let Some(open) = &mut self.top().open
            && !open.words.is_empty()
            && !open.words.ends_with(' ')
        {
            open.words.push(' ');
        }
    }

    /// Begins a paragraph; within another one it is a box.
    pub(super) fn begin_paragraph(&mut self) {
        match &mut self.top().open {
            Some(open) if open.goes_on => open.goes_on = false,
            Some(_) => {
                self.begin(Inset::Paragraph);
                self.top().open = Some(Open::default());
            }
            open => *open = Some(Open::default()),
        }
    }

    /// Ends the paragraph at hand.
    pub(super) fn end_paragraph(&mut self, group: Group, is_quoted: bool) {
        self.close_paragraph(group, is_quoted);
        self.end(Inset::Paragraph);
    }

    /// Ends the paragraph at hand where the next one goes on with it: what parted them is deleted.
    pub(super) fn join_paragraph(&mut self) {
        if let Some(open) = &mut self.top().open {
            open.goes_on = true;
        }
    }

    /// Whether the paragraph at hand has words.
    pub(super) fn has_words(&self) -> bool {
        let open = self.levels.last().and_then(|level| level.open.as_ref());
        open.is_some_and(|open| !open.words.is_empty())
    }

    /// Begins something with paragraphs of its own.
    pub(super) fn begin(&mut self, inset: Inset) {
        self.levels.push(Level {
            inset: Some(inset),
            ..Level::default()
        });
    }

    /// Ends it.
    pub(super) fn end(&mut self, inset: Inset) {
        if self.top().inset == Some(inset) {
            self.end_level();
        }
    }

    /// Ends all that is open but the body.
    pub(super) fn close_insets(&mut self) {
        while self.levels.len() > 1 {
            self.end_level();
        }
        self.close_paragraph(Group::None, false);
        while !self.top().tables.is_empty() {
            self.end_table();
        }
    }

    /// A list or table that is none of those before.
    pub(super) fn new_group(&mut self) -> u64 {
        self.groups += 1;
        self.groups
    }

    /// Begins a table, which is no part of a paragraph.
    pub(super) fn begin_table(&mut self) {
        self.close_paragraph(Group::None, false);
        let group = Group::Table(self.new_group());
        self.top().tables.push(Table {
            group,
            cells: Vec::new(),
            width: 0,
        });
    }

    /// Ends a row of the innermost table.
    pub(super) fn end_row(&mut self) {
        let level = self.top();
        let Some(table) = level.tables.last_mut() else {
            return;
        };
        let cells = std::mem::take(&mut table.cells);
        let width = std::mem::take(&mut table.width);
        let group = table.group;
        level.blocks.extend(row(cells, width, group));
    }

    /// Ends the innermost table.
    pub(super) fn end_table(&mut self) {
        self.end_row();
        self.top().tables.pop();
    }

    /// Adds a note that was read apart.
    pub(super) fn add_note(&mut self, note: Note) {
        self.notes.push(note.0);
    }

    /// The whole text as a note of another; `None` if it has no words.
    pub(super) fn into_note(mut self) -> Option<Note> {
        let mut blocks = self.take_closed();
        blocks.extend(self.notes.into_iter().flatten());
        (!blocks.is_empty()).then_some(Note(blocks))
    }

    /// Refuses what is too long already.
    pub(super) fn check(&self) -> Result<(), Trouble> {
        match self.blocks > BLOCKS || self.bytes > POINTS * 4 {
            true => Err(Trouble::Long),
            false => Ok(()),
        }
    }

    /// The text; refused if it is too long.
    pub(super) fn finish(mut self) -> Result<Written, Trouble> {
        let notes = std::mem::take(&mut self.notes);
        let body = self.take_closed();
        self.check()?;
        let mut paper = Paper::default();
        paper.add(body, false);
        // Those that were still open.
        let notes: Vec<_> = notes.into_iter().chain(self.notes).collect();
        let count = notes.len();
        for note in notes {
            paper.add(note, true);
        }
        paper.doubt_quotations();
        if !paper.text.is_empty() {
            paper.text.push('\n');
        }
        if paper.text.len() > POINTS && paper.text.chars().count() > POINTS {
            return Err(Trouble::Long);
        }
        Ok(Written {
            text: paper.text,
            quotations: paper.quotations,
            notes: count,
        })
    }

    fn take_closed(&mut self) -> Vec<Block> {
        self.close_insets();
        std::mem::take(&mut self.top().blocks)
    }

    fn top(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        self.levels.last_mut().expect("the body is never taken")
    }

    fn close_paragraph(&mut self, group: Group, is_quoted: bool) {
        let Some(open) = self.top().open.take() else {
            return;
        };
        let words = open.words.trim_matches(BLANKS);
        if !words.is_empty() {
            self.blocks += 1;
            self.bytes += words.len();
            if self.check().is_ok() {
                self.top().blocks.push(Block {
                    words: words.to_owned(),
                    group,
                    is_quoted,
                });
            }
        }
        self.top().blocks.extend(open.boxes);
    }

    fn end_level(&mut self) {
        self.close_paragraph(Group::None, false);
        self.end_table();
        let Some(level) = self.levels.pop() else {
            return;
        };
        let blocks = level.blocks;
        let outer = self.top();
        match (level.inset, outer.tables.last_mut()) {
            (Some(Inset::Note), _) if blocks.is_empty() => {}
            (Some(Inset::Note), _) => self.notes.push(blocks),
            (Some(Inset::Cell), Some(table)) => {
                table.width += 1;
                if !blocks.is_empty() {
                    table.cells.push(blocks);
                }
            }
            _ => match &mut outer.open {
                Some(open) => open.boxes.extend(blocks),
                None => outer.blocks.extend(blocks),
            },
        }
    }
}

/// A row as one line; as paragraphs, cell by cell, where it is text set in columns or in a frame.
fn row(cells: Vec<Vec<Block>>, width: usize, group: Group) -> Vec<Block> {
    let has_rows = |cell: &Vec<Block>| cell.iter().any(|block| block.group != Group::None);
    let length: usize = cells.iter().flatten().map(|block| block.words.len()).sum();
    let has_several = cells.iter().any(|cell| cell.len() > 1);
    let is_text = has_several && (width == 1 || length >= ROW || cells.iter().any(has_rows));
    let blocks = cells.into_iter().flatten();
    if is_text {
        return blocks.collect();
    }
    let words: Vec<String> = blocks.map(|block| block.words).collect();
    let line = Block {
        words: words.join(" "),
        group,
        is_quoted: false,
    };
    match line.words.is_empty() {
        true => Vec::new(),
        false => vec![line],
    }
}

/// Blocks as a text.
#[derive(Default)]
struct Paper {
    text: String,
    quotations: Vec<QuotedBlock>,
}

impl Paper {
    fn add(&mut self, blocks: Vec<Block>, is_note: bool) {
        let mut before: Option<(Group, bool)> = None;
        for block in blocks {
            let is_beside = |group: Group| group != Group::None && group == block.group;
            match before {
                Some((group, _)) if is_beside(group) => self.text.push('\n'),
                _ if self.text.is_empty() => {}
                _ => self.text.push_str("\n\n"),
            }
            let start = self.text.len();
            self.text.push_str(&block.words);
            if block.is_quoted && !is_note {
                let goes_on = before.is_some_and(|(_, is_quoted)| is_quoted);
                quote(
                    &mut self.quotations,
                    Span::new(start, self.text.len()),
                    goes_on,
                );
            }
            before = Some((block.group, block.is_quoted));
        }
    }

    /// Forgets the quotations of a text that is quoted for the most part: its style is another use
    /// of the same name.
    fn doubt_quotations(&mut self) {
        let quoted: usize = self.quotations.iter().map(|block| block.span.len()).sum();
        if quoted * 2 > self.text.len() {
            self.quotations.clear();
        }
    }
}

#[cfg(test)]
mod tests;
