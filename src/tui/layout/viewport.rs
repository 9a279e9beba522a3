//! What part of an article or a list is on the screen.
//!
//! Two pure state machines: [`ArticleView`] scrolls rows of text, [`ListView`] keeps a
//! selected row in sight. They know sizes and positions, never what is drawn; sizes arrive
//! with a resize. [`ArticleView::perform`] and [`ListView::perform`] are the only ways in.

#[cfg(test)]
mod tests;

use crate::text::Span;

use super::wrap::{Row, Wrap};

/// Rows kept between the place looked at and the edge, where there is room.
const MARGIN: usize = 2;

/// A way to move the view of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    /// Rows down; up, if negative.
    Rows(isize),
    /// Half screens down; up, if negative.
    HalfPages(isize),
    /// Screens down, less a row to read on by; up, if negative.
    Pages(isize),
    /// To the first row.
    Start,
    /// To the last row, at the bottom.
    End,
    /// As little as brings the start of the span into sight, and its end if it fits.
    Show(Span),
    /// The pane has a new size: columns for text, rows.
    Resize(u16, u16),
}

/// The part of an article on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ArticleView {
    /// A byte of the top row; the row that holds it is the top row at any width.
    top: usize,
    width: u16,
    height: u16,
}

impl ArticleView {
    /// Columns for text and rows of the pane.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// The row at the top.
    pub fn top_row(&self, wrap: &Wrap) -> Row {
        wrap.row_at(self.top, self.width)
    }

    /// The rows on the screen, top to bottom.
    pub fn rows(&self, wrap: &Wrap) -> Vec<Row> {
        wrap.rows_from(self.top_row(wrap), self.width)
            .take(self.height.into())
            .collect()
    }

    /// The bytes on the screen.
    pub fn visible(&self, wrap: &Wrap) -> Span {
        let rows = self.rows(wrap);
        let end = rows.last().map_or(self.top, |row| row.span.end);
        Span::new(rows.first().map_or(self.top, |row| row.span.start), end)
    }

    /// The byte at a row and a column of the pane; `None` below the text.
    pub fn byte_at(&self, wrap: &Wrap, row: u16, column: u16) -> Option<usize> {
        let rows = self.rows(wrap);
        Some(wrap.byte_at(*rows.get(usize::from(row))?, column))
    }

    /// Row and column of the pane where `byte` is drawn; `None` if it is out of sight.
    pub fn place_of(&self, wrap: &Wrap, byte: usize) -> Option<(u16, u16)> {
        let rows = self.rows(wrap);
        let at_end = byte >= wrap.text().len();
        let index = rows.iter().position(|row| {
            row.span.contains(byte) || (at_end && row.span.end == wrap.text().len())
        })?;
        let column = wrap.column_of(rows[index], byte);
        Some((index as u16, column.min(self.width.saturating_sub(1))))
    }

    /// Moves the view over the text of `wrap`.
    pub fn perform(&mut self, scroll: Scroll, wrap: &Wrap) {
        let height = self.height.max(1) as isize;
        match scroll {
            Scroll::Rows(by) => self.move_by(by, wrap),
            Scroll::HalfPages(by) => self.move_by(by.saturating_mul((height / 2).max(1)), wrap),
            Scroll::Pages(by) => self.move_by(by.saturating_mul((height - 1).max(1)), wrap),
            Scroll::Start => self.top = 0,
            Scroll::End => self.top = self.last_top(wrap).span.start,
            Scroll::Show(span) => self.show(span, wrap),
            Scroll::Resize(width, height) => {
                (self.width, self.height) = (width, height);
                self.move_by(0, wrap);
            }
        }
    }

    fn move_by(&mut self, by: isize, wrap: &Wrap) {
        // No step is longer than the text has bytes.
        let by = by.clamp(
            -(wrap.text().len() as isize) - 1,
            wrap.text().len() as isize + 1,
        );
        let top = wrap.moved(self.top_row(wrap), by, self.width).span.start;
        let last = self.last_top(wrap).span.start;
        let kept = if by == 0 { self.top } else { top };
        self.top = if kept > last { last } else { kept };
    }

    /// The top row when the last row stands at the bottom.
    fn last_top(&self, wrap: &Wrap) -> Row {
        let last = wrap.row_at(wrap.text().len(), self.width);
        wrap.moved(last, 1 - self.height.max(1) as isize, self.width)
    }

    fn show(&mut self, span: Span, wrap: &Wrap) {
        let height = usize::from(self.height.max(1));
        let margin = MARGIN.min((height - 1) / 2);
        let top = self.top_row(wrap);
        let first = wrap.row_at(span.start, self.width);
        let last = wrap.row_at(span.end.saturating_sub(1).max(span.start), self.width);
        // A span longer than the pane is shown from its start.
        let room = height - 2 * margin;
        let span_rows = wrap
            .distance(first, last, room, self.width)
            .filter(|&d| d < room);
        let last = if span_rows.is_some() { last } else { first };
        let is_above = wrap
            .distance(top, first, height, self.width)
            .is_none_or(|d| d < margin);
        let from_top = wrap.distance(top, last, height, self.width);
        let new_top = if first.span.start < top.span.start || (is_above && from_top.is_some()) {
            wrap.moved(first, -(margin as isize), self.width)
        } else if from_top.is_none_or(|d| d + margin >= height) {
            wrap.moved(last, 1 + margin as isize - height as isize, self.width)
        } else {
            return;
        };
        self.top = new_top.span.start.min(self.last_top(wrap).span.start);
    }
}

/// A way to move through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows down; up, if negative. Stops at the ends.
    Rows(isize),
    /// Half screens down; up, if negative.
    HalfPages(isize),
    /// Screens down; up, if negative.
    Pages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To the row with that index.
    Select(usize),
    /// Moves the view and takes the selection along only where it would leave the screen.
    Scroll(isize),
    /// The list has that many rows now.
    Length(usize),
    /// The pane has that many rows now.
    Resize(u16),
}

/// The selected row of a list and the part of it on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ListView {
    selected: usize,
    top: usize,
    length: usize,
    height: u16,
}

impl ListView {
    /// The selected row; `None` if the list is empty.
    pub fn selected(&self) -> Option<usize> {
        (self.length > 0).then_some(self.selected)
    }

    /// The row at the top.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Rows of the list.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The rows on the screen.
    pub fn visible(&self) -> std::ops::Range<usize> {
        self.top..self.length.min(self.top + usize::from(self.height))
    }

    /// The row of the list at a row of the pane; `None` below the last.
    pub fn row_at(&self, row: u16) -> Option<usize> {
        let index = self.top + usize::from(row);
        (row < self.height && index < self.length).then_some(index)
    }

    /// Moves the selection or the view.
    pub fn perform(&mut self, step: Step) {
        let height = self.height.max(1) as isize;
        match step {
            Step::Rows(by) => self.select_by(by),
            Step::HalfPages(by) => self.select_by(by.saturating_mul((height / 2).max(1))),
            Step::Pages(by) => self.select_by(by.saturating_mul(height)),
            Step::First => self.select(0),
            Step::Last => self.select(usize::MAX),
            Step::Select(row) => self.select(row),
            Step::Scroll(by) => self.scroll(by),
            Step::Length(length) => {
                self.length = length;
                self.select(self.selected);
            }
            Step::Resize(height) => {
                self.height = height;
                self.select(self.selected);
            }
        }
    }

    fn select_by(&mut self, by: isize) {
        self.select(self.selected.saturating_add_signed(by));
    }

    fn select(&mut self, row: usize) {
        self.selected = row.min(self.length.saturating_sub(1));
        let margin = self.margin();
        let lowest_top = self.selected.saturating_sub(margin);
        let highest_top = (self.selected + margin + 1).saturating_sub(self.height.max(1).into());
        self.top = self
            .top
            .clamp(highest_top.min(lowest_top), lowest_top)
            .min(self.last_top());
    }

    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.last_top());
        let margin = self.margin();
        let first = if self.top == 0 { 0 } else { self.top + margin };
        let bottom = self.top + usize::from(self.height.max(1)) - 1;
        let last = if self.top == self.last_top() {
            bottom
        } else {
            bottom - margin
        };
        self.selected = self
            .selected
            .clamp(first.min(last), last)
            .min(self.length.saturating_sub(1));
    }

    fn margin(&self) -> usize {
        MARGIN.min(usize::from(self.height.saturating_sub(1)) / 2)
    }

    fn last_top(&self) -> usize {
        self.length.saturating_sub(self.height.max(1).into())
    }
}
