//! A line that is being typed, scrolled so that its cursor is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::theme::{Role, Theme};
use crate::text::Visible;

use super::draw::{after, draw_clusters, draw_label, draw_visible};
use super::line_edit::LineEdit;

/// A prompt and what is typed behind it.
#[derive(Clone, Copy, Debug)]
pub struct InputLine<'a> {
    /// What is asked for.
    pub prompt: &'a Visible,
    /// What was typed.
    pub edit: &'a LineEdit,
    /// How it looks.
    pub theme: Theme,
}

impl InputLine<'_> {
    /// Draws the line; returns where the hardware cursor belongs.
    pub fn render(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        // The prompt never takes more than half.
        let prompt = self
            .prompt
            .shortened((area.width / 2).into(), self.theme.signs);
        let field = after(
            area,
            draw_visible(buf, area, &prompt, self.theme.style(Role::Key)),
        );
        let width = usize::from(field.width.max(1));
        let typed = Visible::with_signs(self.edit.text(), self.theme.signs);
        let column = typed.column_of(self.edit.cursor());
        // A cell is kept free for the cursor behind the last character.
        let most = (typed.cells() + 1).saturating_sub(width);
        let from = if typed.cells() < width {
            0
        } else {
            column.saturating_sub(width / 2).min(most)
        };
        let mut skipped = 0;
        let rest = typed.clusters().skip_while(|cluster| {
            let skip = skipped < from;
            skipped += if skip { cluster.cells as usize } else { 0 };
            skip
        });
        let rest: Vec<_> = rest.collect();
        let style = self.theme.style(Role::Text);
        draw_clusters(buf, field, rest.into_iter(), style);
        if skipped > 0 && field.width > 2 && column > skipped {
            draw_label(buf, field, "<", self.theme.style(Role::Dim));
        }
        let x =
            field.x + (column.saturating_sub(skipped) as u16).min(field.width.saturating_sub(1));
        Some(Position::new(x.min(area.right() - 1), area.y))
    }
}
