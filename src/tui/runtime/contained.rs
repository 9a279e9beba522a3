//! A fault of this program while one article is read fails that article alone.
//!
//! What breaks off is caught where the article is read, on any thread. The panic hook asks
//! whether it will be: then the terminal stays taken, because the desk goes on.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// What is told of an article whose reading broke off.
pub(super) const BROKEN: &str = "reading it failed through a fault of this program";

/// Does what reads one article; a fault becomes its error.
///
/// # Errors
/// Those of `work`, and [`BROKEN`].
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = CONTAINED.replace(true);
    // What was half done goes with the article, so nothing broken is seen again.
    let done = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(before);
    done.unwrap_or_else(|_| Err(BROKEN.to_owned()))
}

/// Whether a fault of this thread would be caught.
pub(super) fn is_contained() -> bool {
    CONTAINED.get()
}
