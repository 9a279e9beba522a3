//! The queue screen: the articles, and what deserves checking in the selected one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::queue_rows::Columns;
use crate::text::Visible;
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::layout;
use crate::tui::widget::{
    Fields, Frame, Heading, ListPane, Role, Segment, draw_visible, scrollbar,
};

impl App {
    /// Draws the queue screen; returns where the hardware cursor belongs.
    pub(super) fn draw_queue(&self, buf: &mut Buffer) -> Option<Position> {
        let areas = layout::queue(self.area());
        let theme = self.options().theme;
        self.draw_queue_title(areas.title, buf);

        let all = self.queue().count();
        let headings = [self.queue_heading()];
        self.pane_frame(&headings, true).render(areas.list, buf);
        let inner = areas.list.inner;
        let columns = Columns::for_width(inner.width);
        if columns.cells() > 0 && inner.height > 0 {
            let left = inner.right().saturating_sub(columns.cells() + 1);
            let left = left.max(inner.x);
            let line = Rect {
                x: left,
                y: inner.y,
                width: inner.right() - left,
                height: 1,
            };
            let text = self.shown(&columns.headings());
            draw_visible(buf, line, &text, theme.style(Role::Dim));
        }
        let below = Rect {
            y: inner.y + inner.height.min(1),
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let when_empty = if !self.queue().listing_done {
            "looking for articles"
        } else if all == 0 {
            // Told in full below.
            ""
        } else {
            "nothing with this filter; Esc shows all"
        };
        let lines = self.queue_lines();
        let row = |row: usize, cells: usize| self.queue_row(row, cells, lines, &columns);
        let cursor = ListPane {
            view: &self.queue().list,
            row: &row,
            right_cells: columns.cells(),
            number_cells: 0,
            mark_cells: 0,
            lines,
            is_focused: true,
            when_empty,
            theme,
        }
        .render(below, buf);

        if all == 0 && self.queue().listing_done {
            self.draw_empty_queue(below, buf);
        }
        if let Some(preview) = areas.preview {
            let headings = [Heading::only(Visible::new("most worth checking"))];
            Frame {
                headings: &headings,
                is_focused: false,
                joins_above: false,
                theme,
            }
            .render(preview, buf);
            let fields = self.preview();
            if let Some(inside) = self.preview_area() {
                let laid = Fields::new(&fields, inside.width, theme);
                let (top, all) = (self.queue().preview_top, laid.rows().max(1) as f64);
                let bottom = top + usize::from(inside.height);
                laid.draw(inside, top, buf);
                let bar = Rect {
                    x: preview.outer.right() - 1,
                    width: 1,
                    ..preview.inner
                };
                scrollbar(buf, bar, (top as f64 / all, bottom as f64 / all), theme);
            }
        }
        self.draw_status(areas.status, buf).or(cursor)
    }

    /// What stands in the frame of the list.
    pub(super) fn queue_heading(&self) -> Heading {
        let shown = self.queue().shown().len();
        let all = self.queue().count();
        let mut heading = if shown == all {
            format!("articles {all}")
        } else {
            format!("articles {shown} of {all}")
        };
        if !self.queue().filter().line().is_empty() {
            heading = format!("{heading} · “{}”", self.queue().filter());
        }
        let marked = self.queue().count_marked();
        if marked > 0 {
            heading = format!("{heading} · {marked} marked");
        }
        let heading = format!("{heading} · {}", self.queue_order_told());
        Heading::only(self.shown(&heading))
    }

    /// In what order the rows stand, and the key that puts them in it.
    fn queue_order_told(&self) -> String {
        let (order, keymap) = (self.queue().order(), &self.options().keymap);
        let key = keymap.hint(&Command::Reload);
        match self.queue().is_in_order() {
            true => format!("by {order}"),
            false if self.queue().unread() > 0 => "as found".to_owned(),
            false => format!("by {order} before news: {key} sorts"),
        }
    }

    fn draw_queue_title(&self, area: Option<Rect>, buf: &mut Buffer) {
        let Some(area) = area else { return };
        let (left, right) = self.queue_title_segments();
        self.draw_title_line(&left, &right, area, buf);
    }

    /// What stands in the title line: what is open at the left, how far it is at the right.
    pub(super) fn queue_title_segments(&self) -> (Vec<Segment>, Vec<Segment>) {
        let left = vec![
            Segment::new(Visible::new("proofmark"), Role::Title, 5),
            Segment::new(self.shown(&self.options().title), Role::Text, 6),
        ];
        let (unread, all) = (self.queue().unread(), self.queue().count());
        let mut right = Vec::new();
        if !self.queue().listing_done || unread > 0 {
            let text = format!("reading {}/{all}", all.saturating_sub(unread));
            right.push(Segment::new(self.shown(&text), Role::Dim, 4));
        }
        let text = format!("{}/{all} finished", self.queue().finished());
        right.push(Segment::new(self.shown(&text), Role::Text, 7).runs("summary"));
        right.push(Segment::new(
            self.shown(&self.options().reviewer),
            Role::Dim,
            3,
        ));
        (left, right)
    }
}
