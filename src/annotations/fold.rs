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
        self.is_suggested_below() && self.status() == Status::Undecided && !is_touched()
    }

    /// Whether the run that the house ranks best put it below the fold, or else every run that
    /// suggested it, whatever was decided since.
    pub fn is_suggested_below(&self) -> bool {
        let counted = self.counts.folding().and_then(|_| self.suggestion());
        if let Some(suggestion) = counted {
            return self.is_claim() && suggestion.folded;
        }
        self.is_claim()
            && !self.suggestions.is_empty()
            && self
                .suggestions
                .iter()
                .all(|(_, suggested)| suggested.folded)
    }

    /// How much a claim deserves checking, from 0 to 1, by the latest suggestion; what a person
    /// added, by half.
    pub fn worth(&self) -> f64 {
        let suggested = self.suggestion().and_then(|s| s.priority.as_ref());
        suggested.and_then(|number| number.as_f64()).unwrap_or(0.5)
    }
}
