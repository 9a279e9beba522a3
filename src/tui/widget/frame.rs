//! Frames with headings, and scroll bars on them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::theme::{Role, Theme};
use crate::text::Visible;
use crate::tui::layout::Framed;

use super::draw::{after, draw_label, draw_repeated, draw_visible};

/// A heading in the upper line of a frame; several make tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The words.
    pub text: Visible,
    /// Whether it is the tab that is open.
    pub is_open: bool,
}

impl Heading {
    /// The heading of a frame that has but one.
    pub fn only(text: Visible) -> Heading {
        Heading {
            text,
            is_open: true,
        }
    }
}

/// A frame around a pane.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Headings, left to right.
    pub headings: &'a [Heading],
    /// Whether the pane has the keys.
    pub is_focused: bool,
    /// Whether the pane above shares the upper line.
    pub joins_above: bool,
    /// How it looks.
    pub theme: Theme,
}

impl Frame<'_> {
    /// Draws the lines around `pane`; nothing if it has no frame.
    pub fn render(&self, pane: Framed, buf: &mut Buffer) {
        let outer = pane.outer.intersection(buf.area);
        if !pane.has_frame() || outer.is_empty() {
            return;
        }
        let signs = self.theme.frame();
        let role = if self.is_focused {
            Role::BorderFocused
        } else {
            Role::Border
        };
        let style = self.theme.style(role);
        let (left, right) = (outer.left(), outer.right() - 1);
        let top_ends = if self.joins_above {
            signs.joints
        } else {
            [signs.corners[0], signs.corners[1]]
        };
        let middle = outer.width.saturating_sub(2);
        let sides = [(left, 1), (left + 1, middle), (right, 1)];
        let part = |(x, width): (u16, u16), y: u16, height: u16| Rect {
            x,
            y,
            width,
            height,
        };
        let mut across = |y: u16, ends: [&'static str; 2]| {
            let signs = [ends[0], signs.horizontal, ends[1]];
            for (side, sign) in sides.into_iter().zip(signs) {
                draw_repeated(buf, part(side, y, 1), sign, style);
            }
        };
        let has_bottom = outer.height > 1 && pane.inner.bottom() < pane.outer.bottom();
        across(outer.y, top_ends);
        if has_bottom {
            across(outer.bottom() - 1, [signs.corners[2], signs.corners[3]]);
        }
        let height = outer.height - 1 - u16::from(has_bottom);
        for side in [sides[0], sides[2]] {
            draw_repeated(buf, part(side, outer.y + 1, height), signs.vertical, style);
        }
        let top = Rect {
            x: left + 1,
            width: outer.width.saturating_sub(2),
            height: 1,
            ..outer
        };
        self.headings(top, style, buf);
    }

    /// Which heading is drawn at a cell; `None` between them.
    pub fn heading_at(&self, pane: Framed, at: Position) -> Option<usize> {
        let outer = pane.outer;
        if !pane.has_frame() || at.y != outer.y {
            return None;
        }
        let mut x = usize::from(outer.x) + 1;
        let end = usize::from(outer.right()).saturating_sub(1);
        for (index, heading) in self.headings.iter().enumerate() {
            // A line of two cells between two of them, and a blank on each side of the words.
            x += if index > 0 { 2 } else { 0 };
            let right = (x + heading.text.cells() + 2).min(end);
            if (x..right).contains(&usize::from(at.x)) {
                return Some(index);
            }
            x = right;
        }
        None
    }

    fn headings(&self, area: Rect, line_style: Style, buf: &mut Buffer) {
        let mut area = area;
        for (index, heading) in self.headings.iter().enumerate() {
            if index > 0 {
                area = after(area, 2);
            }
            if area.width < 4 {
                return;
            }
            area = after(area, draw_label(buf, area, " ", line_style));
            let role = if heading.is_open {
                Role::Title
            } else {
                Role::Dim
            };
            let text = heading
                .text
                .shortened((area.width - 1).into(), self.theme.signs);
            area = after(area, draw_visible(buf, area, &text, self.theme.style(role)));
            area = after(area, draw_label(buf, area, " ", line_style));
        }
    }
}

/// Draws a scroll bar down `column`, for what lies between two shares (0 to 1) of the whole;
/// nothing if everything is in sight.
pub fn scrollbar(buf: &mut Buffer, column: Rect, (from, to): (f64, f64), theme: Theme) {
    let column = column.intersection(buf.area);
    if column.is_empty() || (from <= 0.0 && to >= 1.0) {
        return;
    }
    let height = f64::from(column.height);
    let length = ((to - from) * height).round().clamp(1.0, height);
    // The slider reaches an end only where the text does.
    let first = (from * height).floor().min(height - length);
    let (slider, rail) = theme.scrollbar();
    for row in 0..column.height {
        let is_slider = (first..first + length).contains(&f64::from(row));
        let (sign, role) = if is_slider {
            (slider, Role::Dim)
        } else {
            (rail, Role::Border)
        };
        let cell = Rect {
            y: column.y + row,
            height: 1,
            width: 1,
            ..column
        };
        draw_label(buf, cell, sign, theme.style(role));
    }
}
