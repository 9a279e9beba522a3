//! What holds for any text and any sequence of changes.

mod edits;
pub(crate) mod places;
mod restarts;
mod reviewing;
