//! What the desk looks like: each screen and window, drawn from `&App`.
//!
//! Drawing changes nothing and lays out only what is in view. The one return value is where
//! the hardware cursor belongs: on what the keys act on, for screen readers.

mod aim;
mod queue;
mod queue_rows;
mod review;
mod status_line;
mod tour;
mod windows;

use ratatui::Frame;
use ratatui::style::Color;

use crate::tui::app::{App, Screen};

impl App {
    /// Draws the screen.
    pub fn draw(&self, frame: &mut Frame) {
        let buffer = frame.buffer_mut();
        let on_screen = match self.screen() {
            Screen::Queue => self.draw_queue(buffer),
            Screen::Review => self.draw_review(buffer),
        };
        self.draw_lesson(buffer);
        let cursor = self.draw_window(buffer).or(on_screen);
        if self.paints()
            && let Some((ink, paper)) = self.options().theme.ink_and_paper()
        {
            for cell in &mut buffer.content {
                cell.fg = if cell.fg == Color::Reset {
                    ink
                } else {
                    cell.fg
                };
                cell.bg = if cell.bg == Color::Reset {
                    paper
                } else {
                    cell.bg
                };
            }
        }
        if let Some(position) = cursor {
            frame.set_cursor_position(position);
        }
    }
}
