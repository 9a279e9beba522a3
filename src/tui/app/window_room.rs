//! How much room there is in windows for lines: drawing needs it, and scrolling, which ends where
//! the last line is in sight.

use ratatui::layout::Rect;

use super::App;
use crate::tui::layout::{self, Framed};
use crate::tui::widget::{Field, Fields, Role};

/// Columns of windows, where there are as many.
pub(in crate::tui) const CARD: u16 = 96;
/// Of the tour, and of what has to be read before going on.
pub(in crate::tui) const TOLD: u16 = 72;

impl App {
    /// Where windows stand: not over the line that says how they are left.
    pub(in crate::tui) fn window_area(&self) -> Rect {
        let area = self.area();
        Rect {
            height: area.height - u16::from(area.height > 5),
            ..area
        }
    }

    /// The columns of a window's content: at most so many, and all there are where they are few.
    pub(in crate::tui) fn window_width(&self, widest: u16) -> u16 {
        let width = self.area().width;
        // Two of them are the frame's.
        let beside = if width < 60 { 2 } else { 4 };
        width.saturating_sub(beside).min(widest)
    }

    /// A window in the middle for lines, at most so wide.
    pub(in crate::tui) fn fields_window(&self, fields: &[Field], widest: u16) -> Framed {
        let rows = u16::try_from(self.rows_in_window(fields, widest)).unwrap_or(u16::MAX);
        layout::popup(self.window_area(), self.window_width(widest), rows)
    }

    /// Rows that lines take in a window at most so wide.
    pub(in crate::tui) fn rows_in_window(&self, fields: &[Field], widest: u16) -> usize {
        let columns = layout::within_margin(self.window_width(widest));
        Fields::new(fields, columns, self.options.theme).rows()
    }

    /// The first row in sight of lines scrolled to their end; 0 where all of them are in sight.
    pub(in crate::tui) fn last_top(&self, fields: &[Field], widest: u16) -> usize {
        let height = self.fields_window(fields, widest).inner.height;
        let rows = self.rows_in_window(fields, widest);
        rows.saturating_sub(height.into())
    }
}

/// The lines of a notice.
pub(in crate::tui) fn told_fields(lines: &[String]) -> Vec<Field> {
    let line = |text: &String| Field::new("", text.clone(), Role::Text);
    lines.iter().map(line).collect()
}
