//! The mouse: a click selects, the wheel scrolls, a drag marks words.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::mode::{MarkUse, Mode, Visual};
use super::open_review::Pane;
use super::{App, Screen, rows_of};
use crate::review::{List, Look, Moment};
use crate::tui::command::Command;
use crate::tui::event::Request;
use crate::tui::layout;
use crate::tui::layout::{Scroll, Step};

/// Rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, event: MouseEvent, moment: &Moment) -> Vec<Request> {
        let at = Position::new(event.column, event.row);
        let by = match event.kind {
            MouseEventKind::ScrollDown => Some(WHEEL),
            MouseEventKind::ScrollUp => Some(-WHEEL),
            _ => None,
        };
        let can_select = matches!(self.mode, Mode::Normal | Mode::Visual(_));
        match (self.screen, by, event.kind) {
            (Screen::Queue, Some(by), _) => self.queue.list.perform(Step::Scroll(by)),
            (Screen::Review, Some(by), _) => self.wheel(at, by),
            (_, _, MouseEventKind::Down(MouseButton::Left)) if can_select => {
                self.message = None;
                return match self.screen {
                    Screen::Queue => self.click_queue(at, moment),
                    Screen::Review => self.click_review(at, moment),
                };
            }
            (Screen::Review, _, MouseEventKind::Drag(MouseButton::Left)) if can_select => {
                self.drag_to(at);
            }
            (Screen::Review, _, MouseEventKind::Up(MouseButton::Left)) => {
                self.drag_from(None);
            }
            _ => {}
        }
        Vec::new()
    }

    /// The part of the article pane that holds text.
    fn text_area(&self) -> Option<Rect> {
        let pane = self.review_layout().article?;
        Some(layout::article_columns(pane.inner).text)
    }

    fn list_area(&self) -> Option<Rect> {
        self.review_layout().list.map(|pane| pane.inner)
    }

    fn wheel(&mut self, at: Position, by: isize) {
        let on_list = self.list_area().is_some_and(|area| area.contains(at));
        let Some(review) = &mut self.review else {
            return;
        };
        if on_list {
            review.list_view_mut().perform(Step::Scroll(by));
        } else {
            review.article.scroll(Scroll::Rows(by));
        }
    }

    fn byte_under(&self, at: Position) -> Option<usize> {
        let area = self.text_area().filter(|area| area.contains(at))?;
        self.review
            .as_ref()?
            .article
            .byte_at(at.y - area.y, at.x - area.x)
    }

    fn click_review(&mut self, at: Position, moment: &Moment) -> Vec<Request> {
        if let Some(byte) = self.byte_under(at) {
            self.mode = Mode::Normal;
            self.drag_from(Some(byte));
            let requests = self.act(Look::SelectAt(byte), moment);
            if let Some(review) = &mut self.review
                && review.pane == Pane::Sources
            {
                review.pane = Pane::Claims;
            }
            return requests;
        }
        let row = self
            .list_area()
            .filter(|area| area.contains(at))
            .map(|area| (at.y - area.y, area));
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let list = review.list();
        let row = row.and_then(|(row, area)| {
            let row = row / rows_of(list, area);
            review.list_view(list).row_at(row)
        });
        let on_fold = list == List::Claims && row == Some(review.session.claims().len());
        if review.pane == Pane::Article {
            review.pane = Pane::Claims;
        }
        if on_fold && review.fold_line().is_some() {
            // As in the queue: a click on what is selected already opens it.
            if review.is_on_fold() {
                return self.command(&Command::OpenCard, moment);
            }
            review.on_fold = true;
            return Vec::new();
        }
        match row.and_then(|row| review.item(list, row)) {
            Some(item) => self.select(item, moment),
            None => Vec::new(),
        }
    }

    fn drag_to(&mut self, at: Position) {
        let (Some(anchor), Some(byte)) = (self.dragging(), self.byte_under(at)) else {
            return;
        };
        if anchor == byte && !matches!(self.mode, Mode::Visual(_)) {
            return;
        }
        if let Some(review) = &mut self.review {
            review.pane = Pane::Article;
        }
        self.mode = Mode::Visual(Visual {
            anchor,
            cursor: byte,
            mark_use: MarkUse::Add,
        });
    }

    fn click_queue(&mut self, at: Position, moment: &Moment) -> Vec<Request> {
        let inner = layout::queue(self.area()).list.inner;
        // The heading of the columns takes a row.
        let row = at.y.checked_sub(inner.y + 1).filter(|_| inner.contains(at));
        let Some(row) = row.and_then(|row| self.queue.list.row_at(row)) else {
            return Vec::new();
        };
        if self.queue.selected_row() == Some(row) {
            return self.command(&Command::OpenArticle, moment);
        }
        self.queue.select_row(row);
        Vec::new()
    }
}
