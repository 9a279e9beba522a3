//! The queue screen's own state: the articles listed, which are shown and in what places, which
//! is selected, which are marked.
//!
//! No row changes its place or goes away by itself: what is found out of an article changes its
//! row where it stands, and what is new goes to the end. Rows are put in order when the reviewer
//! asks for it or comes to the queue, and once when all articles are read, unless a row was
//! selected by then. What is gone from the disk stays, and says so, until then.

mod selecting;

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::queue_item::{Counted, QueueItem, TextKey, text_key};
use super::queue_places::Places;
use super::queue_words::{Sought, Vocabulary};
use crate::annotations::{QueueOrder, QueueRow};
use crate::review::Filter;
use crate::tui::event::Listed;
use crate::tui::layout::ListView;

/// The queue screen's own state.
#[derive(Debug)]
pub(in crate::tui) struct QueueList {
    items: Vec<QueueItem>,
    /// Every word of their rows.
    vocabulary: Vocabulary,
    /// Those that the filter looks for.
    sought: Sought,
    /// How many of them are looked at, finished, marked.
    counted: Counted,
    /// Every article in its place; each knows its own.
    placed: Vec<u32>,
    /// Those of them that the filter shows, and behind them what came since; each knows its row.
    shown: Vec<u32>,
    selected: Option<usize>,
    /// What of the rows is in view.
    pub list: ListView,
    /// First row of the preview in view.
    pub preview_top: usize,
    order: QueueOrder,
    filter: Filter,
    /// Whether the folder walk is over.
    pub listing_done: bool,
    /// The first article of each path.
    by_path: FxHashMap<Arc<Path>, u32>,
    /// Others of the same path, by that one and what they are called.
    others: FxHashMap<u32, FxHashMap<Box<str>, u32>>,
    /// The first article looked at of each text.
    by_text: FxHashMap<TextKey, u32>,
    /// Whether rows are put in order once everything is read.
    orders_when_read: bool,
    /// Whether rows stand in order, as far as is known.
    is_in_order: bool,
    /// Whether the reviewer selected a row; until then the first one is.
    is_chosen: bool,
    /// How many articles were gone through or compared.
    #[cfg(test)]
    steps: std::cell::Cell<usize>,
}

impl Default for QueueList {
    fn default() -> QueueList {
        QueueList {
            items: Vec::new(),
            vocabulary: Vocabulary::default(),
            sought: Sought::default(),
            counted: Counted::default(),
            placed: Vec::new(),
            shown: Vec::new(),
            selected: None,
            list: ListView::default(),
            preview_top: 0,
            order: QueueOrder::default(),
            filter: Filter::default(),
            listing_done: false,
            by_path: FxHashMap::default(),
            others: FxHashMap::default(),
            by_text: FxHashMap::default(),
            orders_when_read: true,
            is_in_order: false,
            is_chosen: false,
            #[cfg(test)]
            steps: std::cell::Cell::default(),
        }
    }
}

impl QueueList {
    /// How many articles were ever listed.
    pub(in crate::tui) fn listed(&self) -> usize {
        self.items.len()
    }

    /// How many articles have a place: not those that were gone when rows were put in order.
    pub(in crate::tui) fn count(&self) -> usize {
        self.placed.len()
    }

    /// The articles shown, in order.
    pub(in crate::tui) fn shown(&self) -> impl ExactSizeIterator<Item = &QueueItem> {
        self.shown.iter().map(|&at| &self.items[at as usize])
    }

    /// The article on a row.
    pub(in crate::tui) fn on_row(&self, row: usize) -> Option<&QueueItem> {
        self.shown.get(row).map(|&at| &self.items[at as usize])
    }

    /// What is known of an article; `None` until it was looked at.
    pub(in crate::tui) fn row_of(&self, item: &QueueItem) -> Option<QueueRow> {
        item.row(&self.vocabulary)
    }

    /// How many articles are still to be looked at.
    pub(in crate::tui) fn unread(&self) -> usize {
        self.items.len() - self.counted.looked
    }

    /// How many articles are finished, without those that are gone.
    pub(in crate::tui) fn finished(&self) -> usize {
        self.counted.finished
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
        self.selected()?.shown_row()
    }

    /// The selected article.
    pub(in crate::tui) fn selected(&self) -> Option<&QueueItem> {
        self.selected.and_then(|at| self.items.get(at))
    }

    /// How many articles are marked.
    pub(in crate::tui) fn count_marked(&self) -> usize {
        self.counted.marked
    }

    /// The marked articles, in their places.
    pub(in crate::tui) fn marked(&self) -> impl Iterator<Item = &QueueItem> {
        let placed = match self.counted.marked {
            0 => &[],
            _ => self.placed.as_slice(),
        };
        let items = placed.iter().map(|&at| &self.items[at as usize]);
        items.filter(|item| item.is_marked)
    }

    /// Changes an article, and what is counted of it.
    fn change<R>(&mut self, at: usize, how: impl FnOnce(&mut QueueItem) -> R) -> Option<R> {
        let item = self.items.get_mut(at)?;
        let before = item.counted();
        let changed = how(item);
        self.counted.turn(before, item.counted());
        Some(changed)
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
        let item = QueueItem::new(listed);
        let first = *self.by_path.entry(item.shared_path()).or_insert(at as u32);
        if first as usize != at && self.items[first as usize].name() != item.name() {
            let others = self.others.entry(first).or_default();
            others.entry(item.name().into()).or_insert(at as u32);
        }
        self.counted.turn(Counted::default(), item.counted());
        self.items.push(item);
        self.give_place(at);
        self.show_if_held(at);
        at
    }

    /// Puts an article behind all others, if it has no place.
    fn give_place(&mut self, at: usize) {
        if self.items[at].place().is_none() {
            self.items[at].set_place(Some(self.placed.len()));
            self.placed.push(at as u32);
            self.is_in_order = false;
        }
    }

    /// The article that stands there and is called so.
    fn known(&self, listed: &Listed) -> Option<usize> {
        let first = *self.by_path.get(&listed.path)?;
        if self.items[first as usize].name() == &*listed.name {
            return Some(first as usize);
        }
        let other = self.others.get(&first)?.get(&*listed.name)?;
        Some(*other as usize)
    }

    /// Takes up what stands in the folders now: what is new goes to the end. Gives back the articles
    /// that have to be looked at.
    pub(in crate::tui) fn walked(&mut self, listed: Vec<Listed>) -> Vec<(usize, Arc<Path>)> {
        let mut to_look = Vec::new();
        for listed in listed {
            self.step(1);
            let at = match self.known(&listed) {
                Some(at) => {
                    let trouble = listed.trouble.map(String::into_boxed_str);
                    let was_away = self.items[at].unread().is_some();
                    self.change(at, |item| {
                        item.is_there = true;
                        item.is_gone = false;
                        item.unread = trouble;
                    });
                    self.give_place(at);
                    if !was_away {
                        continue;
                    }
                    at
                }
                None => self.take_in(listed),
            };
            self.items[at].is_there = true;
            if self.items[at].unread().is_none() {
                to_look.push((at, self.items[at].shared_path()));
            }
        }
        self.keep_selection();
        to_look
    }

    /// Takes up that a later walk is over: what it did not tell is gone, and says so.
    pub(in crate::tui) fn walk_done(&mut self) {
        for at in 0..self.items.len() {
            let item = &mut self.items[at];
            if !std::mem::take(&mut item.is_there) && !item.is_gone {
                self.change(at, QueueItem::go);
            }
        }
        self.keep_selection();
    }

    /// Forgets which articles were looked at; gives back those to be looked at again. Once they
    /// are, rows are put in order, unless one is selected by then.
    pub(in crate::tui) fn read_anew(&mut self) -> Vec<(usize, Arc<Path>)> {
        self.orders_when_read = true;
        let mut to_look = Vec::new();
        for at in 0..self.placed.len() {
            let at = self.placed[at] as usize;
            if self.items[at].unread().is_none() {
                self.change(at, |item| item.is_looked_at = false);
                to_look.push((at, self.items[at].shared_path()));
            }
        }
        self.order_when_read();
        to_look
    }

    /// Takes up what a look at an article found.
    pub(in crate::tui) fn look(&mut self, at: usize, row: QueueRow) {
        let text = text_key(&row.text);
        let mut vocabulary = std::mem::take(&mut self.vocabulary);
        let learnt = self.change(at, |item| item.learn(row, &mut vocabulary));
        self.vocabulary = vocabulary;
        if learnt.is_none() {
            return;
        }
        self.sought.compare(&self.vocabulary);
        if let Some(other) = text.and_then(|text| self.equal_to(at, text)) {
            self.note_equal(at, other);
            self.note_equal(other, at);
        }
        self.is_in_order = self.is_in_order && self.is_in_place(at);
        self.show_if_held(at);
        self.order_when_read();
    }

    /// An article looked at earlier that has exactly the same text.
    fn equal_to(&mut self, at: usize, text: TextKey) -> Option<usize> {
        let first = *self.by_text.entry(text).or_insert(at as u32) as usize;
        (first != at && self.items[first].text() == Some(text)).then_some(first)
    }

    fn note_equal(&mut self, at: usize, other: usize) {
        let name = self.items[other].name().to_owned();
        self.change(at, |item| item.note_equal(&name));
    }

    /// The index of an article as listed.
    pub(in crate::tui) fn index_of(&self, path: &Path) -> Option<usize> {
        self.by_path.get(path).map(|&at| at as usize)
    }

    /// The same, with its path as it is kept.
    pub(in crate::tui) fn found(&self, path: &Path) -> Option<(usize, Arc<Path>)> {
        let at = self.index_of(path)?;
        Some((at, self.items[at].shared_path()))
    }

    /// The row of an article by its path: the first one, where it has several.
    fn row_at(&self, path: &Path) -> Option<usize> {
        let first = *self.by_path.get(path)?;
        let others = self.others.get(&first).into_iter().flatten();
        let all = std::iter::once(first).chain(others.map(|(_, &at)| at));
        all.filter_map(|at| self.items[at as usize].shown_row())
            .min()
    }

    // --- Places

    /// Puts all rows in order.
    pub(in crate::tui) fn arrange(&mut self) {
        for &at in &self.placed {
            self.items[at as usize].set_place(None);
        }
        let there = (0..self.items.len() as u32).filter(|&at| !self.items[at as usize].is_gone);
        let placed = self.places().in_order(there.collect());
        for (place, &at) in placed.iter().enumerate() {
            self.items[at as usize].set_place(Some(place));
        }
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
            self.sought = Sought::of(filter.sought());
            self.sought.compare(&self.vocabulary);
            self.filter = filter;
            self.orders_when_read = false;
            self.filter_all();
        }
    }

    fn filter_all(&mut self) {
        let shown = self.placed.iter().copied();
        let shown: Vec<u32> = shown.filter(|&at| self.holds(at as usize)).collect();
        for &at in &self.shown {
            self.items[at as usize].set_shown_row(None);
        }
        for (row, &at) in shown.iter().enumerate() {
            self.items[at as usize].set_shown_row(Some(row));
        }
        self.shown = shown;
        self.keep_selection();
    }

    /// Shows an article behind the others, if the filter shows it and it is not shown yet.
    fn show_if_held(&mut self, at: usize) {
        let item = &self.items[at];
        if item.shown_row().is_none() && !item.is_gone && self.holds(at) {
            self.items[at].set_shown_row(Some(self.shown.len()));
            self.shown.push(at as u32);
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
        let Some(place) = self.items[at].place() else {
            return true;
        };
        let before = place.checked_sub(1).map(|before| self.placed[before]);
        let after = self.placed.get(place + 1).copied();
        let (places, at) = (self.places(), at as u32);
        before.is_none_or(|before| places.compare(before, at).is_lt())
            && after.is_none_or(|after| places.compare(at, after).is_lt())
    }

    fn places(&self) -> Places<'_> {
        Places {
            items: &self.items,
            order: self.order,
            #[cfg(test)]
            steps: &self.steps,
        }
    }

    /// So many articles were gone through.
    fn step(&self, _steps: usize) {
        #[cfg(test)]
        self.steps.set(self.steps.get() + _steps);
    }

    fn keep_selection(&mut self) {
        let before = self.selected;
        if !self.is_chosen {
            self.selected = self.shown.first().map(|&at| at as usize);
        } else if self.selected_row().is_none() {
            // The row that stands there now.
            let row = self.list.selected().unwrap_or(0);
            let row = row.min(self.shown.len().saturating_sub(1));
            self.selected = self.shown.get(row).map(|&at| at as usize);
        }
        if before != self.selected {
            self.preview_top = 0;
        }
    }

    fn holds(&self, at: usize) -> bool {
        self.step(1);
        self.items[at].is_shown_by(&self.filter, &self.sought, &self.vocabulary)
    }
}

#[cfg(test)]
mod tests;
