//! Formats in and out: pure. Values in, text out, no disk and no terminal.
//!
//! One file a format. All of them read an annotated article through [`Entry`] and
//! [`Selection`], so that they agree on what counts as verified, on who is whose source and
//! on what stands where; offsets are Unicode code points, as in every file.

pub mod about;
pub mod csv;
mod entry;
mod export;
pub mod findings;
mod json;
pub mod jsonl;
pub mod markdown;

pub use entry::{Entry, Selection, Told, entries};
pub use export::{Export, Format, Withheld};
