//! Decisions since the last save: JSON Lines, each synced before the screen shows it.
//!
//! [`line`](mod@line) spells entries, [`edit`] the edits in them, [`file`](mod@file) is the
//! open journal, [`order`] says which entries count and in what order, [`replay`] puts them into a
//! document, [`slots`] tells answers that follow on each other from those that stand against each
//! other. Replaying twice changes nothing.

pub(super) mod edit;
mod file;
mod line;
mod order;
mod replay;
mod slots;

pub(super) use file::{Journal, Leftover};
pub(super) use line::{Entry, Log, SavedAs, read, text_of, write};
pub(super) use order::{digest, joined, unsaved};
pub(super) use replay::{bare_records, replay};
pub(super) use slots::{known, was};

#[cfg(test)]
mod tests;
