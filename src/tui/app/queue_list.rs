//! The queue screen's own state: the articles listed, which are shown, which is selected.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;

use crate::annotations::{QueueOrder, QueueRow};
use crate::store::is_called_a_copy;
use crate::text::matches_folded;
use crate::tui::event::Listed;
use crate::tui::layout::ListView;

/// One article of the queue.
#[derive(Debug)]
pub(in crate::tui) struct QueueItem {
    /// Where it stands and what it is called.
    pub listed: Listed,
    /// What is known of it; `None` until it was looked at.
    pub row: Option<QueueRow>,
}

/// The queue screen's own state.
#[derive(Debug, Default)]
pub(in crate::tui) struct QueueList {
    items: Vec<QueueItem>,
    shown: Vec<usize>,
    selected: Option<usize>,
    /// What of the rows is in view.
    pub list: ListView,
    order: QueueOrder,
    filter: String,
    /// Whether the folder walk is over.
    pub listing_done: bool,
    looked: usize,
    /// The first article looked at of each text, by its digest.
    by_text: HashMap<String, usize>,
    /// Whether the order stays as it is while an article is under review, so that the next
    /// article is the one that was shown below.
    is_frozen: bool,
    /// Whether the reviewer selected a row; until then the first one is.
    is_chosen: bool,
}

impl QueueList {
    /// Every article, as listed.
    pub(in crate::tui) fn items(&self) -> &[QueueItem] {
        &self.items
    }

    /// The articles shown, in order.
    pub(in crate::tui) fn shown(&self) -> impl ExactSizeIterator<Item = &QueueItem> {
        self.shown.iter().map(|&at| &self.items[at])
    }

    /// The article on a row.
    pub(in crate::tui) fn on_row(&self, row: usize) -> Option<&QueueItem> {
        self.shown.get(row).map(|&at| &self.items[at])
    }

    /// How many articles were looked at.
    pub(in crate::tui) fn looked(&self) -> usize {
        self.looked
    }

    /// In what order they are shown.
    pub(in crate::tui) fn order(&self) -> QueueOrder {
        self.order
    }

    /// The words that rows must hold.
    pub(in crate::tui) fn filter(&self) -> &str {
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

    /// Takes up articles found by the folder walk.
    pub(in crate::tui) fn add(&mut self, listed: Vec<Listed>) {
        // What cannot be read is not waited for.
        let unread = listed.iter().filter(|listed| listed.trouble.is_some());
        self.looked += unread.count();
        self.items.extend(
            listed
                .into_iter()
                .map(|listed| QueueItem { listed, row: None }),
        );
        self.arrange();
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
        if let Some(item) = self.items.get_mut(at) {
            self.looked += usize::from(item.row.is_none());
            item.row = Some(row);
            if !self.is_frozen {
                self.place(at);
            }
        }
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
        self.items.iter().position(|item| item.listed.path == path)
    }

    /// Keeps the order as it is, while an article is under review, or lets it follow again.
    pub(crate) fn freeze(&mut self, is_frozen: bool) {
        self.is_frozen = is_frozen;
        if !is_frozen {
            self.arrange();
        }
    }

    /// Orders the rows anew.
    pub(in crate::tui) fn set_order(&mut self, order: QueueOrder) {
        self.order = order;
        self.arrange();
    }

    /// Shows only rows that hold the words; empty shows all.
    pub(in crate::tui) fn set_filter(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.arrange();
    }

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
            self.selected = Some(at);
            self.is_chosen = true;
        }
    }

    /// Selects an article by its path.
    pub(in crate::tui) fn select(&mut self, path: &Path) {
        if let Some(at) = self.index_of(path) {
            self.selected = Some(at);
            self.is_chosen = true;
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

    /// Orders and filters all rows.
    fn arrange(&mut self) {
        let mut shown: Vec<usize> = (0..self.items.len()).filter(|&at| self.holds(at)).collect();
        shown.sort_by(|&a, &b| self.compare(a, b));
        self.shown = shown;
        self.keep_selection();
    }

    /// Puts one row where it belongs now; cheap, for news that come by the thousand.
    fn place(&mut self, at: usize) {
        self.shown.retain(|&shown| shown != at);
        if self.holds(at) {
            let row = self
                .shown
                .partition_point(|&other| self.compare(other, at).is_lt());
            self.shown.insert(row, at);
        }
        self.keep_selection();
    }

    fn keep_selection(&mut self) {
        if !self.is_chosen || self.selected_row().is_none() {
            self.selected = self.shown.first().copied();
        }
    }

    fn holds(&self, at: usize) -> bool {
        self.filter
            .split_whitespace()
            .all(|word| self.items[at].holds(word))
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let (one, other) = (&self.items[a], &self.items[b]);
        let by = (&*one.listed.name, one.row.as_ref());
        self.order
            .compare(by, (&*other.listed.name, other.row.as_ref()))
            .then(a.cmp(&b))
    }
}

impl QueueItem {
    /// Whether somebody still has to review it.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.listed.trouble.is_none() && self.row.as_ref().is_none_or(QueueRow::is_open)
    }

    /// Whether its name, state, tags or trouble hold a word, or what is known of it.
    fn holds(&self, word: &str) -> bool {
        let found = |text: &str| {
            crate::text::fold(text).find(word).next().is_some() || matches_folded(text, word)
        };
        found(&self.listed.name)
            || self.listed.trouble.as_deref().is_some_and(found)
            || self.row.as_ref().is_some_and(|row| {
                found(crate::text::Word::as_str(row.state))
                    || row.tags.iter().any(|tag| found(tag))
                    || row.about.entries().any(|(_, words)| found(words))
                    || row.trouble.as_deref().is_some_and(found)
            })
    }
}
