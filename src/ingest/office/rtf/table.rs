//! Tables of a rich text, which are paragraphs with marks for the ends of cells and rows.

use super::super::layout::Inset;
use super::Reader;

/// Where in a table the text at hand is.
#[derive(Clone, Copy, Default)]
pub(super) struct Flow {
    /// Whether a row has begun by its own word; some writers leave that of its paragraphs out.
    in_row: bool,
    in_table: bool,
    in_cell: bool,
}

impl Reader {
    pub(super) fn table(&mut self, word: &str) {
        if word == "nestcell" {
            // A table in a cell is read as paragraphs of that cell.
            return self.end_paragraph();
        }
        if word != "row" {
            self.flow().in_row = true;
        }
        match word {
            "cell" => {
                self.place_in_table();
                self.end_cell();
            }
            "row" => {
                self.end_cell();
                self.layout.end_row();
                self.flow().in_row = false;
            }
            _ => {}
        }
    }

    /// Begins the table and the cell that the next words stand in, or ends the one before them.
    pub(super) fn place_in_table(&mut self) {
        let in_table = self.state.in_table || self.flow().in_row;
        if !in_table {
            if self.flow().in_table {
                self.end_cell();
                self.layout.end_table();
                self.flow().in_table = false;
            }
            return;
        }
        if !self.flow().in_table {
            self.layout.begin_table();
            self.flow().in_table = true;
        }
        if !self.flow().in_cell {
            self.layout.begin(Inset::Cell);
            self.flow().in_cell = true;
        }
    }

    pub(super) fn end_cell(&mut self) {
        if std::mem::take(&mut self.flow().in_cell) {
            self.end_paragraph();
            self.layout.end(Inset::Cell);
        }
    }

    pub(super) fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        self.flows.last_mut().expect("one was just put in")
    }
}
