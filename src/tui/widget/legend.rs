//! The legend: what each sign and look says, for the tour and the help window.

use super::theme::Role;

/// The looks that mean something in lists and in the article, in words.
pub(in crate::tui) const LEGEND: &[(Role, &str)] = &[
    (Role::Undecided, "a claim or source nobody has decided"),
    (Role::Confirmed, "confirmed as it was suggested"),
    (Role::Corrected, "confirmed with a correction"),
    (Role::Rejected, "rejected"),
    (Role::Added, "added by a person"),
    (
        Role::Unsure,
        "unsure, or open still: a second look, a note, a source",
    ),
    (
        Role::Disputed,
        "open again: answers differ, or words changed",
    ),
    (Role::Source, "in the article: who says it"),
    (Role::Cue, "in the article: the words that say who"),
];
