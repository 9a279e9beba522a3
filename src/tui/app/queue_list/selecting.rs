//! Which row of the queue is selected, which are marked, and which comes after which.

use std::path::Path;

use super::{QueueItem, QueueList};

impl QueueList {
    /// Selects the row this many on, stopping at the ends.
    pub(in crate::tui) fn move_by(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        let row = self
            .selected_row()
            .unwrap_or(0)
            .saturating_add_signed(by)
            .min(last);
        self.select_row(row);
    }

    /// Selects a row.
    pub(in crate::tui) fn select_row(&mut self, row: usize) {
        if let Some(&at) = self.shown.get(row) {
            self.select_at(at as usize);
        }
    }

    /// Selects an article by its path.
    pub(in crate::tui) fn select(&mut self, path: &Path) {
        if let Some(at) = self.index_of(path) {
            self.select_at(at);
        }
    }

    fn select_at(&mut self, at: usize) {
        if self.selected != Some(at) {
            self.preview_top = 0;
        }
        self.selected = Some(at);
        self.is_chosen = true;
        self.orders_when_read = false;
    }

    /// Stays with the selected article, because the reviewer did something to it.
    pub(in crate::tui) fn stay(&mut self) {
        self.is_chosen = self.selected.is_some();
        self.orders_when_read = false;
    }

    /// Marks the selected article, or no longer; whether it can be marked.
    pub(in crate::tui) fn turn_mark(&mut self) -> bool {
        let turned = self.selected.and_then(|at| {
            self.change(at, |item| {
                let can_be = item.unread().is_none();
                item.is_marked = can_be && !item.is_marked;
                can_be
            })
        });
        turned.unwrap_or(false)
    }

    /// Marks every article shown that can be; if all are, none any more.
    pub(in crate::tui) fn turn_marks(&mut self) {
        let can_be = |item: &QueueItem| item.unread().is_none();
        let marks = self.shown().any(|item| can_be(item) && !item.is_marked);
        for row in 0..self.shown.len() {
            let at = self.shown[row] as usize;
            self.change(at, |item| item.is_marked = marks && can_be(item));
        }
    }

    /// Marks none any more.
    pub(in crate::tui) fn unmark_all(&mut self) {
        if self.counted.marked > 0 {
            for at in 0..self.items.len() {
                self.change(at, |item| item.is_marked = false);
            }
        }
    }

    /// Selects the next (or previous) article somebody still has to review, going round.
    pub(in crate::tui) fn select_open(&mut self, back: bool) -> bool {
        let count = self.shown.len();
        let here = self.selected_row().unwrap_or(0);
        let rows = (1..=count).map(|step| {
            if back {
                (here + count - step) % count
            } else {
                (here + step) % count
            }
        });
        let open = rows
            .into_iter()
            .find(|&row| self.on_row(row).is_some_and(QueueItem::is_open));
        if let Some(row) = open {
            self.select_row(row);
        }
        open.is_some()
    }

    /// The article after (or before) a path in the order shown.
    pub(in crate::tui) fn beside(&self, path: &Path, by: isize) -> Option<&Path> {
        let beside = self.row_at(path)?.checked_add_signed(by)?;
        self.on_row(beside).map(QueueItem::path)
    }

    /// The next article somebody still has to review, after a path and going round.
    pub(in crate::tui) fn next_open(&self, path: &Path) -> Option<&Path> {
        let count = self.shown.len();
        let start = self.row_at(path).map_or(0, |row| row + 1);
        let rows = (0..count).map(|step| (start + step) % count.max(1));
        let mut items = rows.filter_map(|row| self.on_row(row));
        items
            .find(|item| item.is_open() && item.path() != path)
            .map(QueueItem::path)
    }
}
