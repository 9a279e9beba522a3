//! Puts articles of the queue in order.
//!
//! A hundred thousand of them lie far apart, so most comparisons look at short keys that lie side by
//! side: what the order goes by, then some letters of the name. Only equal ones are looked up.

use std::cmp::Ordering;

use super::queue_item::QueueItem;
use crate::annotations::QueueOrder;

/// Articles that can be put in order.
pub(super) struct Places<'a> {
    pub(super) items: &'a [QueueItem],
    pub(super) order: QueueOrder,
    #[cfg(test)]
    pub(super) steps: &'a std::cell::Cell<usize>,
}

/// What tells most articles apart; those whose keys are equal may be in any order.
type Key = (u8, u64, u64);

impl Places<'_> {
    /// These articles in order.
    pub(super) fn in_order(&self, articles: Vec<u32>) -> Vec<u32> {
        let alike = self.letters_alike(&articles);
        let keyed = articles.into_iter().map(|at| (self.key(at, alike), at));
        let mut keyed: Vec<(Key, u32)> = keyed.collect();
        keyed.sort_unstable_by(|a, b| {
            self.step();
            a.0.cmp(&b.0).then_with(|| self.compare(a.1, b.1))
        });
        keyed.into_iter().map(|(_, at)| at).collect()
    }

    /// Compares two articles; no two are equal.
    pub(super) fn compare(&self, a: u32, b: u32) -> Ordering {
        self.step();
        let (one, other) = (&self.items[a as usize], &self.items[b as usize]);
        self.order
            .compare_standing(one.standing(), other.standing())
            .then_with(|| one.name().cmp(other.name()))
            .then(a.cmp(&b))
    }

    fn key(&self, at: u32, alike: usize) -> Key {
        let item = &self.items[at as usize];
        let (turn, value) = match (self.order, item.standing()) {
            (QueueOrder::Name, _) => (0, 0),
            (_, None) => (u8::MAX, 0),
            (QueueOrder::Priority, Some(row)) => (row.state.turn(), !ordered(row.priority)),
            (QueueOrder::Progress, Some(row)) => (0, ordered(row.share_decided())),
            // Times are texts; the latest come first.
            (QueueOrder::Time, Some(row)) => (u8::from(row.latest.is_empty()), 0),
        };
        // Times are not told apart by the key, so the name must not be before they are.
        let is_by_time = self.order == QueueOrder::Time && turn == 0;
        let letters = match is_by_time {
            true => 0,
            false => letters(item.name(), alike),
        };
        (turn, value, letters)
    }

    /// Bytes with which all names begin.
    fn letters_alike(&self, articles: &[u32]) -> usize {
        let mut names = articles.iter().map(|&at| self.items[at as usize].name());
        let Some(first) = names.next() else {
            return 0;
        };
        names.fold(first.len(), |alike, name| {
            let pairs = first.bytes().zip(name.bytes()).take(alike);
            pairs.take_while(|(a, b)| a == b).count()
        })
    }

    fn step(&self) {
        #[cfg(test)]
        self.steps.set(self.steps.get() + 1);
    }
}

/// Eight bytes of a name as a number that is in the order of the bytes.
fn letters(name: &str, from: usize) -> u64 {
    let mut letters = [0; 8];
    let rest = name.as_bytes().get(from..).unwrap_or_default();
    for (letter, byte) in letters.iter_mut().zip(rest) {
        *letter = *byte;
    }
    u64::from_be_bytes(letters)
}

/// A number as one without a sign that is in the order of [`f64::total_cmp`].
fn ordered(number: f64) -> u64 {
    let bits = number.to_bits();
    match bits >> 63 {
        0 => bits | 1 << 63,
        _ => !bits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_letters_keep_their_order() {
        let numbers = [f64::NEG_INFINITY, -1.5, -0.0, 0.0, 0.25, 1.0, f64::NAN];
        assert!(numbers.map(ordered).is_sorted());
        let names = ["", "a", "ab", "abcdefgh", "abcdefghi", "b", "ä"];
        assert!(names.map(|name| letters(name, 0)).is_sorted());
        assert_eq!(letters("x", 5), 0);
    }
}
