//! Formats in and out: pure. Values in, text out, no disk and no terminal.
//!
//! One file a format and one row of the table of formats. All of them read an annotated article
//! through [`Entry`] and [`Selection`], so that they agree on what counts as verified, on who is
//! whose source and on what stands where; offsets are Unicode code points, as in every file,
//! unless a format says otherwise.

pub mod about;
mod brat;
mod calls;
mod claimreview;
mod conll;
pub mod csv;
mod doccano;
mod entry;
pub mod findings;
mod format;
mod html;
mod json;
pub mod jsonl;
mod labelstudio;
mod losses;
pub mod markdown;
mod marks;
mod page;
mod prodigy;
pub mod protocol;
mod reading;
mod sheet;
mod stretches;
mod table;
mod ticks;
mod w3c;
mod writer;

pub use entry::{Entry, Selection, Subject, Told, entries};
pub use format::Format;
pub use losses::{Losses, Part, Withheld};
pub use reading::{Input, LIMIT, NotRead, Read, of_article};
pub use table::{Begin, Export, Row, Written};
pub use writer::{File, Publisher, Settings, Shape, Writer};
