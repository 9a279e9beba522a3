//! The queue screen's own state: the articles listed, which are shown and in what places, which
//! is selected, which are marked.
//!
//! No row changes its place or goes away by itself: what is found out of an article changes its
//! row where it stands, and what is new goes to the end. Rows are put in order when the reviewer
//! asks for it or comes to the queue, and once when all articles are read, unless a row was
//! selected by then. What is gone from the disk stays, and says so, until then.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::queue_item::QueueItem;
use crate::annotations::{QueueOrder, QueueRow};
use crate::review::Filter;
use crate::store::is_called_a_copy;
use crate::tui::event::Listed;
use crate::tui::layout::ListView;

/// The queue screen's own state.
#[derive(Debug)]
pub(in crate::tui) struct QueueList {
    items: Vec<QueueItem>,
    /// Every article in its place.
    placed: Vec<usize>,
    /// Those of them that the filter shows, and behind them what came since.
    shown: Vec<usize>,
    selected: Option<usize>,
    /// What of the rows is in view.
    pub list: ListView,
    /// First row of the preview in view.
    pub preview_top: usize,
    order: QueueOrder,
    filter: Filter,
    /// Whether the folder walk is over.
    pub listing_done: bool,
    looked: usize,
    /// Articles by where they stand and what they are called.
    known: FxHashMap<(PathBuf, String), usize>,
    /// The first article of each path.
    by_path: FxHashMap<PathBuf, usize>,
    /// The first article looked at of each text, by its digest.
    by_text: FxHashMap<String, usize>,
    /// Whether rows are put in order once everything is read.
    orders_when_read: bool,
    /// Whether rows stand in order, as far as is known.
    is_in_order: bool,
    /// Whether the reviewer selected a row; until then the first one is.
    is_chosen: bool,
}

impl Default for QueueList {
    fn default() -> QueueList {
        QueueList {
            items: Vec::new(),
            placed: Vec::new(),
            shown: Vec::new(),
            selected: None,
            list: ListView::default(),
            preview_top: 0,
            order: QueueOrder::default(),
            filter: Filter::default(),
            listing_done: false,
            looked: 0,
            known: FxHashMap::default(),
            by_path: FxHashMap::default(),
            by_text: FxHashMap::default(),
            orders_when_read: true,
            is_in_order: false,
            is_chosen: false,
        }
    }
}

impl QueueList {
    /// Every article, as listed.
    pub(in crate::tui) fn items(&self) -> &[QueueItem] {
        &self.items
    }

    /// How many articles have a place: not those that were gone when rows were put in order.
    pub(in crate::tui) fn count(&self) -> usize {
        self.placed.len()
    }

    /// The articles shown, in order.
    pub(in crate::tui) fn shown(&self) -> impl ExactSizeIterator<Item = &QueueItem> {
        self.shown.iter().map(|&at| &self.items[at])
    }

    /// The article on a row.
    pub(in crate::tui) fn on_row(&self, row: usize) -> Option<&QueueItem> {
        self.shown.get(row).map(|&at| &self.items[at])
    }

    /// How many articles are still to be looked at.
    pub(in crate::tui) fn unread(&self) -> usize {
        self.items.len() - self.looked
    }

    /// In what order they are shown.
    pub(in crate::tui) fn order(&self) -> QueueOrder {
        self.order
    }

    /// Whether every row stands where that order puts it.
    pub(in crate::tui) fn is_in_order(&self) -> bool {
        self.is_in_order
    }

    /// What the rows are filtered by.
    pub(in crate::tui) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The row of the selected article.
    pub(in crate::tui) fn selected_row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.shown.iter().position(|&at| at == selected)
    }

    /// The selected article.
    pub(in crate::tui) fn selected(&self) -> Option<&QueueItem> {
        self.selected.and_then(|at| self.items.get(at))
    }

    /// The marked articles, in their places.
    pub(in crate::tui) fn marked(&self) -> impl Iterator<Item = &QueueItem> {
        let items = self.placed.iter().map(|&at| &self.items[at]);
        items.filter(|item| item.is_marked)
    }

    // --- What is found

    /// Takes up articles found by the folder walk.
    pub(in crate::tui) fn add(&mut self, listed: Vec<Listed>) {
        for listed in listed {
            self.take_in(listed);
        }
        self.keep_selection();
    }

    /// Takes up that the folder walk is over.
    pub(in crate::tui) fn all_listed(&mut self) {
        self.listing_done = true;
        self.order_when_read();
    }

    fn take_in(&mut self, listed: Listed) -> usize {
        let at = self.items.len();
        self.by_path.entry(listed.path.clone()).or_insert(at);
        self.known
            .entry((listed.path.clone(), listed.name.clone()))
            .or_insert(at);
        // What cannot be read is not waited for.
        let is_unread = listed.trouble.is_some();
        self.looked += usize::from(is_unread);
        self.items.push(QueueItem::new(listed));
        self.placed.push(at);
        self.is_in_order = false;
        self.show_if_held(at);
        at
    }

    /// Takes up what stands in the folders now: what is new goes to the end, what is gone says
    /// so. Gives back the articles that have to be looked at.
    pub(in crate::tui) fn walked(&mut self, listed: Vec<Listed>) -> Vec<(usize, PathBuf)> {
        let mut is_there = vec![false; self.items.len()];
        let mut to_look = Vec::new();
        for listed in listed {
            let known = self.known.get(&(listed.path.clone(), listed.name.clone()));
            let at = match known.copied() {
                Some(at) => {
                    if let Some(is_there) = is_there.get_mut(at) {
                        *is_there = true;
                    }
                    let item = &mut self.items[at];
                    let was_away = item.listed.trouble.is_some();
                    item.is_gone = false;
                    item.listed.trouble = listed.trouble;
                    if !was_away || item.listed.trouble.is_some() {
                        continue;
                    }
                    at
                }
                None => self.take_in(listed),
            };
            if self.items[at].listed.trouble.is_none() {
                to_look.push((at, self.items[at].listed.path.clone()));
            }
        }
        for (item, is_there) in self.items.iter_mut().zip(is_there) {
            if !is_there && !item.is_gone {
                // It is not waited for.
                self.looked += usize::from(!std::mem::replace(&mut item.is_looked_at, true));
                item.go();
            }
        }
        self.keep_selection();
        to_look
    }

    /// Forgets which articles were looked at; gives back those to be looked at again. Once they
    /// are, rows are put in order, unless one is selected by then.
    pub(in crate::tui) fn read_anew(&mut self) -> Vec<(usize, PathBuf)> {
        self.orders_when_read = true;
        let mut to_look = Vec::new();
        for at in &self.placed {
            let item = &mut self.items[*at];
            if item.listed.trouble.is_none() {
                self.looked -= usize::from(std::mem::take(&mut item.is_looked_at));
                to_look.push((*at, item.listed.path.clone()));
            }
        }
        self.order_when_read();
        to_look
    }

    /// Takes up what a look at an article found.
    pub(in crate::tui) fn look(&mut self, at: usize, mut row: QueueRow) {
        if let Some(other) = self.equal_to(at, &row) {
            let name = self.items[at].listed.name.clone();
            let other_name = self.items[other].listed.name.clone();
            let is_copy = |of, by| is_called_a_copy(Path::new(of), Path::new(by));
            row.note_equal(&other_name, is_copy(&name, &other_name));
            if let Some(other) = &mut self.items[other].row {
                other.note_equal(&name, is_copy(&other_name, &name));
            }
        }
        let Some(item) = self.items.get_mut(at) else {
            return;
        };
        self.looked += usize::from(!std::mem::replace(&mut item.is_looked_at, true));
        item.learn(row);
        self.is_in_order = self.is_in_order && self.is_in_place(at);
        self.show_if_held(at);
        self.order_when_read();
    }

    /// An article looked at earlier that has exactly the same text.
    fn equal_to(&mut self, at: usize, row: &QueueRow) -> Option<usize> {
        if row.text.is_empty() || at >= self.items.len() {
            return None;
        }
        let first = *self.by_text.entry(row.text.clone()).or_insert(at);
        let is_so = |item: &QueueItem| {
            item.row
                .as_ref()
                .is_some_and(|known| known.text == row.text)
        };
        (first != at && is_so(&self.items[first])).then_some(first)
    }

    /// The index of an article as listed.
    pub(in crate::tui) fn index_of(&self, path: &Path) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    // --- Places

    /// Puts all rows in order.
    pub(in crate::tui) fn arrange(&mut self) {
        let mut placed: Vec<usize> = (0..self.items.len()).collect();
        placed.retain(|&at| !self.items[at].is_gone);
        placed.sort_by(|&a, &b| self.compare(a, b));
        self.placed = placed;
        self.is_in_order = true;
        self.filter_all();
    }

    /// Puts all rows in another order.
    pub(in crate::tui) fn set_order(&mut self, order: QueueOrder) {
        self.order = order;
        self.arrange();
    }

    /// Shows only rows that a filter shows, in the places they have.
    pub(in crate::tui) fn set_filter(&mut self, filter: &str) {
        let filter = Filter::of(filter);
        if filter != self.filter {
            self.filter = filter;
            self.orders_when_read = false;
            self.filter_all();
        }
    }

    fn filter_all(&mut self) {
        let shown: Vec<usize> = self
            .placed
            .iter()
            .copied()
            .filter(|&at| self.holds(at))
            .collect();
        for item in &mut self.items {
            item.is_shown = false;
        }
        for &at in &shown {
            self.items[at].is_shown = true;
        }
        self.shown = shown;
        self.keep_selection();
    }

    /// Shows an article behind the others, if the filter shows it and it is not shown yet.
    fn show_if_held(&mut self, at: usize) {
        if !self.items[at].is_shown && !self.items[at].is_gone && self.holds(at) {
            self.items[at].is_shown = true;
            self.shown.push(at);
            self.keep_selection();
        }
    }

    fn order_when_read(&mut self) {
        let is_read = self.listing_done && self.unread() == 0;
        if is_read && std::mem::take(&mut self.orders_when_read) {
            self.arrange();
        }
    }

    /// Whether an article stands between its neighbours as the order has it.
    fn is_in_place(&self, at: usize) -> bool {
        let Some(place) = self.placed.iter().position(|&placed| placed == at) else {
            return true;
        };
        let before = place.checked_sub(1).map(|before| self.placed[before]);
        let after = self.placed.get(place + 1).copied();
        before.is_none_or(|before| self.compare(before, at).is_lt())
            && after.is_none_or(|after| self.compare(at, after).is_lt())
    }

    fn keep_selection(&mut self) {
        let before = self.selected;
        if !self.is_chosen {
            self.selected = self.shown.first().copied();
        } else if self.selected.is_none_or(|at| !self.items[at].is_shown) {
            // The row that stands there now.
            let row = self.list.selected().unwrap_or(0);
            let row = row.min(self.shown.len().saturating_sub(1));
            self.selected = self.shown.get(row).copied();
        }
        if before != self.selected {
            self.preview_top = 0;
        }
    }

    fn holds(&self, at: usize) -> bool {
        self.filter.shows_all() || self.filter.shows_article(&self.items[at].facts())
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let (one, other) = (&self.items[a], &self.items[b]);
        let by = (&*one.listed.name, one.row.as_ref());
        self.order
            .compare(by, (&*other.listed.name, other.row.as_ref()))
            .then(a.cmp(&b))
    }

    // --- Which row

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
            self.select_at(at);
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
        let Some(item) = self.selected.and_then(|at| self.items.get_mut(at)) else {
            return false;
        };
        let can_be = item.listed.trouble.is_none();
        item.is_marked = can_be && !item.is_marked;
        can_be
    }

    /// Marks every article shown that can be; if all are, none any more.
    pub(in crate::tui) fn turn_marks(&mut self) {
        let can_be = |item: &QueueItem| item.listed.trouble.is_none();
        let marks = self.shown().any(|item| can_be(item) && !item.is_marked);
        for &at in &self.shown {
            let item = &mut self.items[at];
            item.is_marked = marks && can_be(item);
        }
    }

    /// Marks none any more.
    pub(in crate::tui) fn unmark_all(&mut self) {
        for item in &mut self.items {
            item.is_marked = false;
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
        let row = self
            .shown
            .iter()
            .position(|&at| self.items[at].listed.path == path)?;
        let beside = row.checked_add_signed(by)?;
        self.on_row(beside).map(|item| item.listed.path.as_path())
    }

    /// The next article somebody still has to review, after a path and going round.
    pub(in crate::tui) fn next_open(&self, path: &Path) -> Option<&Path> {
        let count = self.shown.len();
        let here = self
            .shown
            .iter()
            .position(|&at| self.items[at].listed.path == path);
        let start = here.map_or(0, |row| row + 1);
        let rows = (0..count).map(|step| (start + step) % count.max(1));
        let mut items = rows.filter_map(|row| self.on_row(row));
        items
            .find(|item| item.listed.path != path && item.is_open())
            .map(|item| item.listed.path.as_path())
    }
}
