//! When something was said: a moment, as text.

use std::sync::Arc;

/// A moment as files spell it: RFC 3339, UTC, whole seconds, `Z`. Ordered in time because
/// that spelling is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time(Arc<str>);

impl Time {
    /// The moment with that spelling.
    pub fn new(time: impl Into<Arc<str>>) -> Time {
        Time(time.into())
    }

    /// Later than any other: of a run that is looked at and not kept.
    pub fn latest() -> Time {
        Time::new("9999-12-31T23:59:59Z")
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
