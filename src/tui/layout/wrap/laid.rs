//! Stretches of a text laid out lately, so that a key that stays among them lays out nothing.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Row;

/// Rows kept at most; with one more all of them go. Several screens and the end of the text.
const MOST_ROWS: usize = 4096;

/// The rows of some stretches at one width.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    width: u16,
    stretches: FxHashMap<usize, Arc<[Row]>>,
    rows: usize,
}

impl Laid {
    /// The rows of a stretch, if they are kept.
    pub(super) fn rows(&self, stretch: usize, width: u16) -> Option<Arc<[Row]>> {
        let rows = self.stretches.get(&stretch);
        rows.filter(|_| self.width == width).cloned()
    }

    /// Keeps the rows of a stretch; those of another width go.
    pub(super) fn keep(&mut self, stretch: usize, width: u16, rows: Arc<[Row]>) {
        if self.width != width || self.rows + rows.len() > MOST_ROWS {
            self.stretches.clear();
            (self.width, self.rows) = (width, 0);
        }
        self.rows += rows.len();
        self.stretches.insert(stretch, rows);
    }
}
