//! Cards below the fold: suggestions that are seldom worth a person's time.
//!
//! They are suggestions as any, but nobody is asked about them: they stand below the others
//! and are shown when somebody wants to see them. What nobody was shown counts for nothing,
//! neither as decided nor as open, and finishing says nothing about it.

use super::{Annotation, Status};

impl Annotation {
    /// Whether it stands below the fold: every run that suggested it put it there, and nobody
    /// decided about it or worked with it.
    pub fn is_folded(&self) -> bool {
        let is_touched = || {
            !self.evidence.is_empty()
                || self.attribute("claim_text").is_some()
                || self.tags().next().is_some()
                || self.wants_second_look()
                || self.attributes.contains_key("source_name")
        };
        self.is_claim()
            && !self.suggestions.is_empty()
            && self
                .suggestions
                .iter()
                .all(|(_, suggested)| suggested.folded)
            && self.status() == Status::Undecided
            && !is_touched()
    }
}
