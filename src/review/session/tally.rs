//! How many items there are, and how many are open for which reason.

use crate::annotations::{Counted, Question};
use crate::text::Word;

/// Items counted, kept up as they change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    total: usize,
    disputed: usize,
    folded: usize,
    open: [usize; Question::ALL.len()],
}

impl Tally {
    /// Takes an item in.
    pub(super) fn add(&mut self, counted: Counted) {
        self.total += usize::from(counted.counts);
        self.disputed += usize::from(counted.disputed);
        self.folded += usize::from(counted.folded);
        if let Some(question) = counted.open {
            self.open[at(question)] += 1;
        }
    }

    /// Lets an item go that was taken in with the same count.
    pub(super) fn take(&mut self, counted: Counted) {
        self.total = self.total.saturating_sub(usize::from(counted.counts));
        self.disputed = self.disputed.saturating_sub(usize::from(counted.disputed));
        self.folded = self.folded.saturating_sub(usize::from(counted.folded));
        if let Some(question) = counted.open {
            let open = &mut self.open[at(question)];
            *open = open.saturating_sub(1);
        }
    }

    /// Items that count.
    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// Items on which others differ, and nothing is open.
    pub(super) fn disputed(&self) -> usize {
        self.disputed
    }

    /// Items below the fold.
    pub(super) fn folded(&self) -> usize {
        self.folded
    }

    /// Items with an open question.
    pub(super) fn open(&self) -> usize {
        self.open.iter().sum()
    }

    /// How many items are open for that reason above all.
    pub(super) fn of(&self, question: Question) -> usize {
        self.open[at(question)]
    }
}

fn at(question: Question) -> usize {
    let mut all = Question::ALL.iter();
    all.position(|known| *known == question)
        .expect("every question is in the list of all")
}
