//! The rows an article is broken into, found on demand.
//!
//! An article is a list of **stretches**: its paragraphs, and paragraphs longer than
//! [`LONGEST_STRETCH`] cut at a blank. The list depends on the text alone, not on the width.
//! The rows of a stretch depend on the stretch and the width alone, so a row is found
//! without looking at anything before its stretch: a resize costs nothing, and a key costs the
//! same in a note and in a book. The price is that a paragraph longer than a stretch has a row
//! that ends early every few hundred rows. The stretches looked at last are kept laid out
//! ([`Laid`]), for one width: most keys stay among them.
//!
//! A row begins where a break opportunity of Unicode allows it; words without one are cut
//! between clusters. Blanks at the end of a row hang over its edge. Every position is a byte
//! of the text; the first byte of a row names the row, so a scroll position survives any
//! resize.

mod laid;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::sync::Arc;

use unicode_linebreak::linebreaks;

use crate::text::{Cluster, Clusters, Signs, Span};
use laid::Laid;

/// Bytes a stretch may have.
const LONGEST_STRETCH: usize = 4096;
/// Where to begin to look for a blank to cut a long paragraph at.
const SHORTEST_CUT: usize = LONGEST_STRETCH - 512;

/// A text that can be shown in rows of any width.
#[derive(Clone, Debug)]
pub struct Wrap {
    text: Arc<str>,
    /// First byte of every stretch, the first one 0.
    starts: Vec<u32>,
    signs: Signs,
    /// What was laid out last. Borrowed for a look or an entry only, never across a call.
    laid: RefCell<Laid>,
}

/// One row of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its bytes, with the blanks that hang over and the line break that ends it.
    pub span: Span,
    /// Whether the paragraph ends here.
    pub ends_paragraph: bool,
    /// Whether a hyphen is drawn at the end, for a word divided at a soft hyphen.
    pub hyphen: bool,
    stretch: usize,
}

/// A cluster and the column of the row where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<'t> {
    /// Column, counted from 0.
    pub column: u16,
    /// What stands there.
    pub cluster: Cluster<'t>,
}

impl Wrap {
    /// Finds the stretches of `text`: one pass, nothing is laid out.
    pub fn new(text: Arc<str>, signs: Signs) -> Wrap {
        let mut starts = vec![0];
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            let line_end = line_start + line.len();
            let mut start = line_start;
            while line_end - start > LONGEST_STRETCH {
                start = cut_before(&text, start, start + LONGEST_STRETCH);
                starts.push(start as u32);
            }
            if line_end < text.len() {
                starts.push(line_end as u32);
            }
            line_start = line_end;
        }
        Wrap {
            text,
            starts,
            signs,
            laid: RefCell::default(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signs the clusters are drawn with.
    pub fn signs(&self) -> Signs {
        self.signs
    }

    /// The row that holds `byte`; the last row for the end of the text and past it.
    pub fn row_at(&self, byte: usize, width: u16) -> Row {
        let stretch = self
            .starts
            .partition_point(|&s| s as usize <= byte)
            .saturating_sub(1);
        let rows = self.rows_of(stretch, width);
        let index = rows.partition_point(|row| row.span.end <= byte);
        rows[index.min(rows.len() - 1)]
    }

    /// The row after `row`.
    pub fn next(&self, row: Row, width: u16) -> Option<Row> {
        if row.span.end >= self.text.len() {
            return None;
        }
        let ends_stretch = row.span.end >= self.stretch_end(row.stretch);
        let (stretch, start) = (row.stretch + usize::from(ends_stretch), row.span.end);
        let rows = self.rows_of(stretch, width);
        // A row of another width may end where none of this width begins.
        let kept = rows.binary_search_by_key(&start, |row| row.span.start);
        Some(kept.map_or_else(|_| self.row_from(stretch, start, width), |at| rows[at]))
    }

    /// The row before `row`.
    pub fn previous(&self, row: Row, width: u16) -> Option<Row> {
        let start = row.span.start;
        (start > 0).then(|| self.row_at(start - 1, width))
    }

    /// The rows from `row` on.
    pub fn rows_from(&self, row: Row, width: u16) -> impl Iterator<Item = Row> + '_ {
        std::iter::successors(Some(row), move |row| self.next(*row, width))
    }

    /// All rows, laid out once and not kept: for short texts drawn once.
    pub fn all_rows(&self, width: u16) -> Vec<Row> {
        let stretches = 0..self.starts.len();
        stretches
            .flat_map(|stretch| self.lay_out(stretch, width))
            .collect()
    }

    /// The row `by` rows below `row` (above, if negative); stops at the ends of the text.
    pub fn moved(&self, row: Row, by: isize, width: u16) -> Row {
        if by >= 0 {
            return self
                .rows_from(row, width)
                .take(by as usize + 1)
                .last()
                .unwrap_or(row);
        }
        let mut left = by.unsigned_abs();
        let mut stretch = row.stretch;
        // Rows can only be counted from the start of a stretch, so whole stretches are laid
        // out, each once.
        let mut rows = self.rows_of(stretch, width);
        let mut before = rows.partition_point(|r| r.span.start < row.span.start);
        while left > before && stretch > 0 {
            left -= before;
            stretch -= 1;
            rows = self.rows_of(stretch, width);
            before = rows.len();
        }
        match before.saturating_sub(left) {
            index if index < before => rows[index],
            _ => self.row_at(0, width),
        }
    }

    /// Rows from `upper` down to `lower`, if they are at most `limit`.
    pub fn distance(&self, upper: Row, lower: Row, limit: usize, width: u16) -> Option<usize> {
        if lower.span.start < upper.span.start {
            return None;
        }
        self.rows_from(upper, width)
            .take(limit + 1)
            .position(|row| row.span == lower.span)
    }

    /// What `row` draws, left to right.
    pub fn clusters(&self, row: Row) -> impl Iterator<Item = Placed<'_>> {
        let source = row.span.of(&self.text);
        let source = source.strip_suffix('\n').unwrap_or(source);
        let mut column = 0;
        Clusters::new(source, row.span.start, self.signs).map(move |cluster| {
            let cluster = cluster.at_column(column);
            let placed = Placed { column, cluster };
            column = column.saturating_add(placed.cluster.cells);
            placed
        })
    }

    /// The column of `byte` in `row`; the column after the last cluster if it lies behind.
    pub fn column_of(&self, row: Row, byte: usize) -> u16 {
        let mut end = 0;
        for placed in self.clusters(row) {
            if placed.cluster.span.end > byte {
                return placed.column;
            }
            end = placed.column.saturating_add(placed.cluster.cells);
        }
        end
    }

    /// The first byte of what stands at `column` of `row`; the end of the drawn row, before
    /// its line break, if nothing does.
    pub fn byte_at(&self, row: Row, column: u16) -> usize {
        let mut end = row.span.start;
        for placed in self.clusters(row) {
            if placed.column.saturating_add(placed.cluster.cells) > column {
                return placed.cluster.span.start;
            }
            end = placed.cluster.span.end;
        }
        end
    }

    /// Which part of the whole lies before `byte`, 0 to 1: for a scroll bar, by bytes,
    /// because counting rows would mean to lay all of them out.
    pub fn share(&self, byte: usize) -> f64 {
        if self.text.is_empty() {
            0.0
        } else {
            byte as f64 / self.text.len() as f64
        }
    }

    fn stretch_end(&self, stretch: usize) -> usize {
        self.starts
            .get(stretch + 1)
            .map_or(self.text.len(), |&start| start as usize)
    }

    /// The rows of a stretch, at least one; laid out if they are not kept.
    fn rows_of(&self, stretch: usize, width: u16) -> Arc<[Row]> {
        if let Some(rows) = self.laid.borrow().rows(stretch, width) {
            return rows;
        }
        let rows: Arc<[Row]> = self.lay_out(stretch, width).into();
        self.laid.borrow_mut().keep(stretch, width, rows.clone());
        rows
    }

    fn lay_out(&self, stretch: usize, width: u16) -> Vec<Row> {
        let end = self.stretch_end(stretch);
        let mut rows = vec![self.row_from(stretch, self.starts[stretch] as usize, width)];
        while let Some(row) = rows.last().filter(|row| row.span.end < end) {
            rows.push(self.row_from(stretch, row.span.end, width));
        }
        rows
    }

    /// Lays out the row of `stretch` that begins at `start`.
    fn row_from(&self, stretch: usize, start: usize, width: u16) -> Row {
        let end = self.stretch_end(stretch);
        let source = &self.text[start..end];
        let line = source.strip_suffix('\n').unwrap_or(source);
        let (length, hyphen) = fit(line, width.max(1), self.signs);
        if length < line.len() {
            let span = Span::new(start, start + length);
            return Row {
                span,
                ends_paragraph: false,
                hyphen,
                stretch,
            };
        }
        let ends_paragraph = line.len() < source.len() || end == self.text.len();
        Row {
            span: Span::new(start, end),
            ends_paragraph,
            hyphen: false,
            stretch,
        }
    }
}

/// Bytes of `line` that make its first row, and whether a hyphen ends it.
fn fit(line: &str, width: u16, signs: Signs) -> (usize, bool) {
    // What takes no cell must not make a row endless.
    let most_clusters = usize::from(width) * 4 + 64;
    let mut breaks = linebreaks(line).map(|(at, _)| at).peekable();
    let mut best = (0, false);
    let mut column = 0u16;
    let mut after_soft_hyphen = false;
    for (count, cluster) in Clusters::new(line, 0, signs).enumerate() {
        let cluster = cluster.at_column(column);
        let at = cluster.span.start;
        while breaks.next_if(|&b| b < at).is_some() {}
        if breaks.peek() == Some(&at) && at > 0 && (!after_soft_hyphen || column < width) {
            best = (at, after_soft_hyphen && column > 0);
        }
        if count == most_clusters {
            return (at, false);
        }
        let hangs = cluster.is_blank() && cluster.cells > 0;
        if column.saturating_add(cluster.cells) > width && column > 0 && !hangs {
            return if best.0 > 0 { best } else { (at, false) };
        }
        after_soft_hyphen = cluster.is_soft_hyphen();
        column = column
            .saturating_add(cluster.cells)
            .min(if hangs { width } else { u16::MAX });
    }
    (line.len(), false)
}

/// The best place at or before `limit` to cut the paragraph that goes on there: after a
/// blank, else between two clusters.
fn cut_before(text: &str, start: usize, limit: usize) -> usize {
    let floor = |mut byte: usize| {
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let limit = floor(limit);
    let from = floor(start + SHORTEST_CUT);
    if let Some(blank) = text[from..limit].rfind(' ') {
        return from + blank + 1;
    }
    Clusters::new(&text[from..limit], from, Signs::Unicode)
        .map(|cluster| cluster.span.start)
        .last()
        .filter(|&cut| cut > start)
        .unwrap_or(limit)
}
