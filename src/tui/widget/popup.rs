//! A window with a table, filtered by what is typed: help, palette, lists to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::theme::{Role, Theme};
use crate::text::Visible;
use crate::tui::layout::{Framed, ListView};

use super::draw::{after, clear, draw_label, draw_visible, tint};
use super::frame::{Frame, Heading};
use super::input_line::InputLine;

/// What one row of the table shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// The first column: a key, a letter.
    pub key: Visible,
    /// The second.
    pub text: Visible,
    /// Whether it is a heading between rows.
    pub is_heading: bool,
    /// How both are drawn, where not as a key and what it does.
    pub look: Option<Role>,
}

/// A window with a table.
pub struct TablePopup<'a> {
    /// The words in its frame.
    pub title: &'a Visible,
    /// The line that filters the rows; none where they cannot be filtered.
    pub filter: Option<InputLine<'a>>,
    /// Which rows are in sight and which is selected. Its height is that of the content,
    /// less one for the filter.
    pub view: &'a ListView,
    /// Gives a row: its index and the cells there are for the second column.
    pub row: &'a dyn Fn(usize, usize) -> TableRow,
    /// Cells of the first column.
    pub key_cells: u16,
    /// Whether a row can be chosen; else the rows are there to be read.
    pub is_choice: bool,
    /// What is said where there is no row.
    pub when_empty: &'static str,
    /// How it looks.
    pub theme: Theme,
}

impl TablePopup<'_> {
    /// Draws the window over what is there; returns where the hardware cursor belongs.
    pub fn render(&self, window: Framed, buf: &mut Buffer) -> Option<Position> {
        clear(buf, window.outer);
        let headings = [Heading::only(self.title.clone())];
        let frame = Frame {
            headings: &headings,
            is_focused: true,
            joins_above: false,
            theme: self.theme,
        };
        frame.render(window, buf);
        let mut area = window.inner.intersection(buf.area);
        let mut cursor = None;
        if let Some(filter) = &self.filter {
            cursor = filter.render(
                Rect {
                    height: area.height.min(1),
                    ..area
                },
                buf,
            );
            let taken = area.height.min(1);
            area = Rect {
                y: area.y + taken,
                height: area.height - taken,
                ..area
            };
        }
        if self.view.length() == 0 && !area.is_empty() {
            draw_label(
                buf,
                after(area, 1),
                self.when_empty,
                self.theme.style(Role::Dim),
            );
        }
        for (index, y) in self.view.visible().zip(area.top()..area.bottom()) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            let is_selected = self.is_choice && self.view.selected() == Some(index);
            self.one_row(index, is_selected, line, buf);
            if is_selected && cursor.is_none() {
                cursor = Some(Position::new(line.x, y));
            }
        }
        cursor
    }

    fn one_row(&self, index: usize, is_selected: bool, line: Rect, buf: &mut Buffer) {
        let margin = u16::from(line.width >= 24);
        let content = after(line, margin);
        let key_cells = self.key_cells.min(content.width / 2);
        let gap = if key_cells > 0 {
            2.min(content.width - key_cells)
        } else {
            0
        };
        let text_at = after(content, key_cells + gap);
        let room = usize::from(text_at.width.saturating_sub(margin));
        let row = (self.row)(index, room);
        let signs = self.theme.signs;
        if row.is_heading {
            let text = row.text.shortened(content.width.into(), signs);
            draw_visible(buf, content, &text, self.theme.style(Role::Title));
        } else {
            let key = row.key.shortened(key_cells.into(), signs);
            let [key_look, text_look] = match row.look {
                Some(look) => [self.theme.style(look), self.theme.mark(look)],
                None => [Role::Key, Role::Text].map(|role| self.theme.style(role)),
            };
            draw_visible(buf, content, &key, key_look);
            let text = row.text.shortened(room, signs);
            draw_visible(buf, text_at, &text, text_look);
        }
        if is_selected {
            tint(buf, line, self.theme.selected(true));
        }
    }
}
