//! The sidecar, version 1: bytes to a document and back, and nothing of it lost.
//!
//! Pure: bytes in, bytes out. A file that is no sidecar is refused with its place; a faulty
//! record is set aside and written back; what we do not know is carried along.

pub(in crate::store) mod context;
pub(in crate::store) mod field;
pub(in crate::store) mod form;
pub(in crate::store) mod head;
mod load;
mod loaded;
mod page;
pub(in crate::store) mod record;
mod records;
mod render;
pub(in crate::store) mod span;

pub use field::Fault;
pub(in crate::store) use load::load_value;
pub use load::{Unreadable, load, look};
pub use loaded::Loaded;
pub use render::render;

/// The word that says what the file is.
pub const FORMAT: &str = "proofmark-sidecar";

/// The field at the end that holds records which could not be used.
pub const SET_ASIDE: &str = "set_aside";

/// The version written; a higher one is opened read-only.
pub const VERSION: u64 = 1;
