//! What holds for any text and any sequence of changes.

mod edits;
mod places;
mod restarts;
mod reviewing;
