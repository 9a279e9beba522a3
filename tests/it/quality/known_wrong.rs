//! What detection is known to get wrong, case by case: the one place to change after a new
//! model.

/// Cases by construction and name, each with what goes wrong.
pub(super) const KNOWN_WRONG: &[(&str, &str)] = &[];

/// Constructions of which no case is right yet.
pub(super) const WHOLLY_WRONG: &[&str] = &[];
