//! Figures as a picture: bars with a label and a count, and a line of small columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw::after;
use super::draw_visible;
use super::fields::plain;
use super::theme::{Role, Theme};
use crate::text::{Signs, Visible};

/// Cells of the longest bar.
const LONGEST: usize = 32;

/// A row of a chart.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) enum ChartRow {
    /// What the rows below are about; above it a row is left blank.
    Heading(String),
    /// Words.
    Line(String, Role),
    /// So many of at most so many.
    Bar {
        /// What is counted; not yet safe to draw.
        label: String,
        /// How many.
        count: usize,
        /// How many make the longest bar.
        most: usize,
        /// What stands behind the bar: the count, and what it is out of.
        told: String,
        /// How it looks.
        role: Role,
    },
    /// A column for each share, 0 to 1, left to right; where there are more than cells, each
    /// cell has the mean of some.
    Columns(Vec<f64>),
}

impl ChartRow {
    /// A bar with its count behind it.
    pub(in crate::tui) fn bar(label: &str, count: usize, most: usize, role: Role) -> ChartRow {
        ChartRow::Bar {
            label: label.to_owned(),
            count,
            most,
            told: count.to_string(),
            role,
        }
    }
}

/// Rows under one another.
pub(in crate::tui) struct Chart<'a> {
    /// Top to bottom.
    pub rows: &'a [ChartRow],
    /// How it looks.
    pub theme: Theme,
}

impl Chart<'_> {
    /// How many rows of the screen it takes.
    pub(in crate::tui) fn height(&self) -> usize {
        self.lines().count()
    }

    /// Its rows, with a blank before each heading but a first one.
    fn lines(&self) -> impl Iterator<Item = Option<&ChartRow>> {
        self.rows.iter().enumerate().flat_map(|(at, row)| {
            let is_apart = at > 0 && matches!(row, ChartRow::Heading(_));
            is_apart.then_some(None).into_iter().chain([Some(row)])
        })
    }

    /// Draws it from a row on.
    pub(in crate::tui) fn draw(&self, area: Rect, top: usize, buf: &mut Buffer) {
        let labels = self.rows.iter().filter_map(|row| match row {
            ChartRow::Bar { label, .. } => Some(self.safe(label).cells()),
            _ => None,
        });
        let told = self.rows.iter().filter_map(|row| match row {
            ChartRow::Bar { told, .. } => Some(self.safe(told).cells()),
            _ => None,
        });
        let told_cells = told.max().unwrap_or(0);
        let room = usize::from(area.width);
        let label_cells = labels.max().unwrap_or(0).min(room * 2 / 5);
        for (row, y) in self.lines().skip(top).zip(area.top()..area.bottom()) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            match row {
                None => {}
                Some(ChartRow::Heading(text)) => self.words(text, Role::Title, line, buf),
                Some(ChartRow::Line(text, role)) => self.words(text, *role, line, buf),
                Some(ChartRow::Columns(shares)) => {
                    let columns = self.columns(shares, room);
                    draw_visible(buf, line, &columns, self.theme.style(Role::Confirmed));
                }
                Some(ChartRow::Bar {
                    label,
                    count,
                    most,
                    told,
                    role,
                }) => {
                    let name = self.safe(label);
                    let name = name.shortened(label_cells, self.theme.signs);
                    draw_visible(buf, line, &name, self.theme.style(Role::Text));
                    let rest = after(line, label_cells as u16 + 1);
                    // What is told comes first: a bar without it says little. All bars have
                    // one measure.
                    let told = self.safe(told);
                    let cells = usize::from(rest.width).saturating_sub(told_cells + 1);
                    let bar = self.bar(*count, *most, cells.min(LONGEST));
                    let taken = draw_visible(buf, rest, &bar, self.theme.style(*role));
                    let gap = u16::from(taken > 0);
                    let told_at = after(rest, taken + gap);
                    draw_visible(buf, told_at, &told, self.theme.style(Role::Dim));
                }
            }
        }
    }

    fn words(&self, text: &str, role: Role, line: Rect, buf: &mut Buffer) {
        let text = self.safe(text);
        let text = text.shortened(line.width.into(), self.theme.signs);
        draw_visible(buf, line, &text, self.theme.style(role));
    }

    fn safe(&self, text: &str) -> Visible {
        Visible::with_signs(&plain(text, self.theme.signs), self.theme.signs)
    }

    /// At least a cell for anything, and all of them for the most alone.
    fn bar(&self, count: usize, most: usize, cells: usize) -> Visible {
        let filled = match count {
            0 => 0,
            _ if count >= most => cells,
            _ => (count * cells / most).clamp(1, cells.saturating_sub(1).max(1)),
        };
        let (full, _) = self.theme.progress();
        Visible::with_signs(&full.repeat(filled.min(cells)), Signs::Unicode)
    }

    fn columns(&self, shares: &[f64], cells: usize) -> Visible {
        let levels = self.theme.levels();
        let cells = cells.min(shares.len());
        let column = |cell: usize| {
            let (from, to) = (
                cell * shares.len() / cells,
                (cell + 1) * shares.len() / cells,
            );
            let some = &shares[from..to.max(from + 1)];
            let mean = some.iter().sum::<f64>() / some.len() as f64;
            let last = levels.len() - 1;
            // Nothing and everything are seen as such.
            let level = match mean {
                mean if mean <= 0.0 => 0,
                mean if mean >= 1.0 => last,
                mean => ((mean * last as f64) as usize).clamp(1, last - 1),
            };
            levels[level]
        };
        let columns: String = (0..cells).map(column).collect();
        Visible::with_signs(&columns, Signs::Unicode)
    }
}
