//! A list of which only the rows in sight are asked for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::theme::{Role, Theme};
use crate::annotations::ClaimNumber;
use crate::text::Visible;
use crate::tui::layout::ListView;

use super::draw::{after, draw_label, draw_visible, tint};

/// Columns from which a row has its number and its right-hand column.
const ROOMY: u16 = 24;

/// What one row shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRow {
    /// The state; its sign stands before the text.
    pub state: Option<Role>,
    /// The number it goes by.
    pub number: Option<ClaimNumber>,
    /// The letters between number and words.
    pub mark: Visible,
    /// The words; at most as many cells as were asked for are drawn.
    pub text: Visible,
    /// What stands quietly behind the words.
    pub aside: Visible,
    /// What stands below the words, where rows have two lines.
    pub below: Visible,
    /// The words of the right-hand column.
    pub right: Visible,
    /// Whether it matters less (nothing left to do).
    pub is_dim: bool,
    /// Whether it is one of several that are meant together.
    pub is_marked: bool,
}

/// A list with a selected row.
pub struct ListPane<'a> {
    /// Which rows are in sight and which is selected.
    pub view: &'a ListView,
    /// Gives a row: its index and the cells there are for its text.
    pub row: &'a dyn Fn(usize, usize) -> ListRow,
    /// Cells of the right-hand column, 0 for none.
    pub right_cells: u16,
    /// Cells kept free for numbers, 0 for none.
    pub number_cells: u16,
    /// Cells kept free for the letters behind them, 0 for none.
    pub mark_cells: u16,
    /// Lines of a row.
    pub lines: u16,
    /// Whether the pane has the keys.
    pub is_focused: bool,
    /// What is said where there is no row.
    pub when_empty: &'static str,
    /// How it looks.
    pub theme: Theme,
}

impl ListPane<'_> {
    /// Draws the rows in sight; returns where the hardware cursor belongs.
    pub fn render(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        if self.view.length() == 0 {
            draw_label(
                buf,
                after(area, 1),
                self.when_empty,
                self.theme.style(Role::Dim),
            );
            return None;
        }
        let mut cursor = None;
        let tops = (area.top()..area.bottom()).step_by(self.lines.max(1).into());
        for (index, y) in self.view.visible().zip(tops) {
            let line = Rect {
                y,
                height: self.lines.max(1).min(area.bottom() - y),
                ..area
            };
            let is_selected = self.view.selected() == Some(index);
            let text_at = self.one_row(index, is_selected, line, buf);
            if is_selected {
                cursor = Some(Position::new(
                    text_at.min(line.right().saturating_sub(1)),
                    y,
                ));
            }
        }
        cursor
    }

    /// Draws a row; returns the column where its text begins.
    fn one_row(&self, index: usize, is_selected: bool, line: Rect, buf: &mut Buffer) -> u16 {
        let is_roomy = line.width >= ROOMY;
        let digits = if is_roomy { self.number_cells } else { 0 };
        let right_cells = if line.width >= self.right_cells + ROOMY {
            self.right_cells
        } else {
            0
        };
        // Blank, pointer, blank, sign, blank, number, blank, text; narrow lists do without
        // most of the blanks and the number.
        let (pointer_column, sign_column, number_column) =
            if is_roomy { (1, 3, 5) } else { (0, 1, 3) };
        let mark_cells = if is_roomy { self.mark_cells } else { 0 };
        let mark_column = number_column + if digits > 0 { digits + 1 } else { 0 };
        let text_column = mark_column + if mark_cells > 0 { mark_cells + 1 } else { 0 };
        let margin = 1 + u16::from(right_cells > 0);
        let room = line
            .width
            .saturating_sub(text_column + right_cells + margin);
        let row = (self.row)(index, room.into());
        // What has neither sign nor number is no item, and may use their columns.
        let (text_column, room) = match (row.state, row.number) {
            (None, None) => (sign_column, line.width.saturating_sub(sign_column + 1)),
            _ => (text_column, room),
        };
        let own = if row.is_dim && !is_selected {
            self.theme.style(Role::Dim)
        } else {
            self.theme.style(Role::Text)
        };

        let pointer = if is_selected {
            self.theme.pointer()
        } else {
            " "
        };
        draw_label(
            buf,
            after(line, pointer_column),
            pointer,
            self.theme.style(Role::Title),
        );
        if row.is_marked {
            // Beside the pointer, where there is a column for it.
            let column = if is_roomy { 0 } else { 2 };
            let style = self.theme.style(Role::Key);
            draw_label(buf, after(line, column), self.theme.marked(), style);
        }
        if let Some(state) = row.state {
            // A line beneath the sign would only smear it.
            let style = Style {
                add_modifier: Modifier::empty(),
                ..self.theme.style(state)
            };
            draw_label(buf, after(line, sign_column), self.theme.sign(state), style);
        }
        if let Some(number) = row.number.filter(|_| digits > 0) {
            let number = Visible::new(&format!("{number:>width$}", width = digits.into()));
            draw_visible(
                buf,
                after(line, number_column),
                &number,
                self.theme.style(Role::Dim),
            );
        }
        if mark_cells > 0 {
            let mark = row.mark.shortened(mark_cells.into(), self.theme.signs);
            let at = after(line, mark_column);
            draw_visible(buf, at, &mark, self.theme.style(Role::Dim));
        }
        let text_at = after(line, text_column);
        let text = row.text.shortened(room.into(), self.theme.signs);
        let taken = draw_visible(buf, text_at, &text, own);
        let aside = row
            .aside
            .shortened(usize::from(room.saturating_sub(taken)), self.theme.signs);
        draw_visible(
            buf,
            after(text_at, taken),
            &aside,
            self.theme.style(Role::Dim),
        );
        if right_cells > 0 {
            let right = row.right.shortened(right_cells.into(), self.theme.signs);
            let start = line.width.saturating_sub(right.cells() as u16 + 1);
            draw_visible(buf, after(line, start), &right, self.theme.style(Role::Dim));
        }
        if line.height > 1 {
            let below = Rect {
                y: line.y + 1,
                height: 1,
                ..text_at
            };
            let room = line.width.saturating_sub(text_column + 1);
            let text = row.below.shortened(room.into(), self.theme.signs);
            draw_visible(buf, below, &text, self.theme.style(Role::Dim));
        }
        if is_selected {
            for y in line.top()..line.bottom() {
                tint(
                    buf,
                    Rect { y, ..line },
                    self.theme.selected(self.is_focused),
                );
            }
        }
        text_at.x
    }
}
