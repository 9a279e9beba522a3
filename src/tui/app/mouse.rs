//! The mouse: a click selects or does what it stands for, the wheel scrolls what is under it, a
//! drag marks words. What stands for a key on the screen, the screen itself knows.

use ratatui::crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::mode::{LineUse, MarkUse, Mode, Visual};
use super::open_review::Pane;
use super::{App, Screen, rows_of};
use crate::review::{List, Look, Moment};
use crate::tui::command::{Ask, Command, Key, by_name};
use crate::tui::event::{Meant, Request};
use crate::tui::layout;
use crate::tui::layout::{Framed, Scroll, Step};

/// Rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, event: MouseEvent, moment: &Moment) -> Vec<Request> {
        let at = Position::new(event.column, event.row);
        let can_select = matches!(self.mode, Mode::Normal | Mode::Visual(_));
        let is_filter = matches!(self.mode, Mode::Line(_, LineUse::Answer(Ask::Filter)));
        match (self.screen, event.kind) {
            (_, MouseEventKind::ScrollDown) => return self.wheel(at, 1, moment),
            (_, MouseEventKind::ScrollUp) => return self.wheel(at, -1, moment),
            (_, MouseEventKind::Down(MouseButton::Left)) if can_select || is_filter => {
                self.told();
                if is_filter {
                    // What was typed holds; the click goes on from there.
                    self.mode = Mode::Normal;
                }
                return match self.screen {
                    Screen::Queue => self.click_queue(at, moment),
                    Screen::Review => self.click_review(at, moment),
                };
            }
            (Screen::Review, MouseEventKind::Drag(MouseButton::Left)) if can_select => {
                self.drag_to(at);
            }
            (Screen::Review, MouseEventKind::Up(MouseButton::Left)) => {
                self.drag_from(None);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Does what a click stands for. The second one of a double click decides nothing: whoever
    /// clicks so from habit has not seen what the first one did.
    pub(super) fn meant(&mut self, meant: Meant, is_second: bool, moment: &Moment) -> Vec<Request> {
        self.told();
        let decides = match meant {
            Meant::Key(key) => self.would_change(key),
            Meant::Command(name) => by_name(name).is_some_and(|entry| entry.command.changes()),
            Meant::Row(_) => true,
            Meant::Article | Meant::Claims | Meant::Sources | Meant::Leave => false,
        };
        if is_second && decides {
            self.say("the second click of two decides nothing");
            return Vec::new();
        }
        match meant {
            Meant::Key(key) => self.key(key, moment),
            Meant::Command(name) => match by_name(name) {
                Some(entry) => self.command(&entry.command, moment),
                None => Vec::new(),
            },
            Meant::Article => self.focus_pane(Pane::Article, moment),
            Meant::Claims => self.focus_pane(Pane::Claims, moment),
            Meant::Sources => self.focus_pane(Pane::Sources, moment),
            Meant::Row(row) => match &mut self.mode {
                Mode::Choose(_) => self.choose(row, moment),
                Mode::Line(_, LineUse::Command { picked }) => {
                    *picked = Some(row);
                    self.key(Key::plain(KeyCode::Enter), moment)
                }
                _ => Vec::new(),
            },
            Meant::Leave => self.key(Key::ESC, moment),
        }
    }

    /// The part of the article pane that holds text.
    fn text_area(&self) -> Option<Rect> {
        let pane = self.review_layout().article?;
        Some(layout::article_columns(pane.inner).text)
    }

    fn list_area(&self) -> Option<Rect> {
        self.review_layout().list.map(|pane| pane.inner)
    }

    /// Scrolls what is under the wheel: an open window, a pane, a list.
    fn wheel(&mut self, at: Position, way: isize, moment: &Moment) -> Vec<Request> {
        let key = Key::plain(if way > 0 { KeyCode::Down } else { KeyCode::Up });
        let rows = way * WHEEL;
        match (&self.mode, self.screen) {
            (Mode::Choose(_), _) => self.key(key, moment),
            (
                Mode::Help { .. }
                | Mode::Card { .. }
                | Mode::Tour { .. }
                | Mode::Tell { .. }
                | Mode::Summary { .. },
                _,
            ) => {
                let turns = (0..WHEEL).flat_map(|_| self.key(key, moment));
                turns.collect()
            }
            (Mode::Normal | Mode::Line(..), Screen::Queue) => {
                let areas = layout::queue(self.area());
                let is_on = |pane: Option<Framed>| pane.is_some_and(|pane| pane.outer.contains(at));
                if is_on(areas.preview) {
                    self.scroll_preview_rows(rows);
                } else if is_on(Some(areas.list)) {
                    self.queue.list.perform(Step::Scroll(rows));
                    if let Some(row) = self.queue.list.selected() {
                        self.queue.select_row(row);
                    }
                }
                Vec::new()
            }
            (Mode::Line(..), Screen::Review) => Vec::new(),
            (_, Screen::Review) => self.wheel_in_review(at, rows, moment),
            _ => Vec::new(),
        }
    }

    fn wheel_in_review(&mut self, at: Position, rows: isize, moment: &Moment) -> Vec<Request> {
        let areas = self.review_layout();
        let is_on = |pane: Option<Framed>| pane.is_some_and(|pane| pane.outer.contains(at));
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        if is_on(areas.article) {
            review.article.scroll(Scroll::Rows(rows));
            return Vec::new();
        }
        if !is_on(areas.list) {
            return Vec::new();
        }
        // The selection goes along where it would leave the screen.
        let list = review.list();
        review.list_view_mut().perform(Step::Scroll(rows));
        let row = review.list_view(list).selected();
        match row.and_then(|row| review.item(list, row)) {
            Some(item) if Some(&item) != review.session.selected() => self.select(item, moment),
            _ => Vec::new(),
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
        let before = match &self.mode {
            Mode::Visual(visual) => visual.before,
            _ => self.focus(),
        };
        if let Some(review) = &mut self.review {
            review.pane = Pane::Article;
        }
        self.mode = Mode::Visual(Visual {
            anchor,
            cursor: byte,
            mark_use: MarkUse::Add,
            before,
        });
    }

    fn click_queue(&mut self, at: Position, moment: &Moment) -> Vec<Request> {
        let inner = layout::queue(self.area()).list.inner;
        // The heading of the columns takes a row.
        let row = at.y.checked_sub(inner.y + 1).filter(|_| inner.contains(at));
        let row = row.map(|row| row / self.queue_lines());
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
