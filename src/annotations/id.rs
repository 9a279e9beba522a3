//! Identities: what every record of a sidecar is known by.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// An identity: of an annotation (`a-…`), link (`l-…`), run (`r-…`), text (`t-…`) or piece
/// of evidence (`e-…`). Cheap to clone; never changes, never used again.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

impl Id {
    /// The id with that spelling.
    pub fn new(id: impl Into<Arc<str>>) -> Id {
        Id(id.into())
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
