//! Decisions since the last save: JSON Lines, each synced before the screen shows it.
//!
//! [`line`](mod@line) spells entries, [`edit`] the edits in them, [`file`](mod@file) is the
//! open journal, [`order`] says which entries count and in what order, [`replay`] puts them into a
//! document. Replaying twice changes nothing.

pub(super) mod edit;
mod file;
mod line;
mod order;
mod replay;

pub(super) use file::{Journal, Leftover};
pub(super) use line::{Entry, Log, SavedAs, read, text_of, write};
pub(super) use order::{digest, joined, unsaved};
pub(super) use replay::{bare_records, replay};

#[cfg(test)]
mod tests;
