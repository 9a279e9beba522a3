//! Reviewing one article: pure.
//!
//! [`Action`] in, [`Effect`]s out, [`Session`] between: no key, screen, clock or disk.

mod action;
mod adjust;
mod effect;
mod filter;
mod history;
mod session;

pub use action::{
    Action, Cut, Decide, EitherEnd, End, Item, List, Look, NewEvidence, NewSource, SourceFact, Step,
};
pub use effect::{Act, Effect, Left, Notice};
pub use filter::{ArticleFacts, Filter, FilterField, Order, TextWords};
pub use history::{History, Part, Turn};
pub use session::{
    MarkChange, MarkKind, MarkedRange, MarksSeen, Moment, Session, SourceRow, Summary,
};
