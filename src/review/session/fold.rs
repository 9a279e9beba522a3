//! Whether claims below the fold are listed, and how many there are.
//!
//! Nothing of this is kept: an article opens with the fold closed.

use std::sync::Arc;

use super::Session;
use super::index::Index;
use crate::annotations::Rank;

impl Session {
    /// Sees the suggestions of several detectors in another rank from now on, which may put other
    /// claims below the fold.
    pub fn set_rank(&mut self, rank: Rank) {
        Arc::make_mut(&mut self.document).set_rank(rank);
        self.rebuild(false);
    }

    /// Whether claims below the fold are listed.
    pub fn shows_folded(&self) -> bool {
        self.shows_folded
    }

    /// How many claims stand below the fold, listed or not.
    pub fn folded_count(&self) -> usize {
        self.index.progress().folded
    }

    /// How many claims there are, shown or not; without those below a closed fold.
    pub fn claim_count(&self) -> usize {
        let folded = if self.shows_folded {
            0
        } else {
            self.folded_count()
        };
        let above = self.index.claim_count().saturating_sub(folded);
        above.max(self.claims().len())
    }

    /// Lists the claims below the fold in their places, or hides them again. What is selected
    /// stays so where it is still listed.
    pub(super) fn show_folded(&mut self, shown: bool) {
        if self.shows_folded == shown {
            return;
        }
        self.shows_folded = shown;
        let mut index = Index::build(&self.document, &self.article, &self.view(true), None);
        index.count_marks_on(&self.index);
        self.index = Arc::new(index);
        self.show_selection();
    }
}
