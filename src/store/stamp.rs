//! What an article and its sidecar looked like when last read or written.
//!
//! Polled while the desk is open: times and sizes first, digests only if those changed,
//! because times alone prove nothing.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::reading::read_regular;
use crate::ingest;
use crate::text::Article;

/// Which of an open article's files changed on disk since they were read or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The article's bytes; or it is gone.
    pub article: bool,
    /// The sidecar's bytes; or it is gone.
    pub sidecar: bool,
}

/// The look of both files.
pub(super) struct Stamp {
    article: Look,
    sidecar: Look,
}

/// The look of one file.
struct Look {
    seen: Option<(u64, Option<SystemTime>)>,
    digest: Option<[u8; 32]>,
}

impl Stamp {
    pub(super) fn of(
        path: &Path,
        sidecar: &Path,
        article: &Article,
        bytes: Option<&[u8]>,
    ) -> Stamp {
        Stamp {
            article: Look {
                seen: seen(path),
                digest: Some(*article.bytes_sha256()),
            },
            sidecar: Look {
                seen: seen(sidecar),
                digest: bytes.map(digest),
            },
        }
    }

    /// The sidecar was just written.
    pub(super) fn sidecar_is(&mut self, path: &Path, bytes: Option<&[u8]>) {
        self.sidecar = Look {
            seen: seen(path),
            digest: bytes.map(digest),
        };
    }

    /// Compares with what stands there now.
    pub(super) fn look(&mut self, path: &Path, sidecar: &Path) -> Change {
        Change {
            article: self.article.changed(path),
            sidecar: self.sidecar.changed(sidecar),
        }
    }
}

impl Look {
    fn changed(&mut self, path: &Path) -> bool {
        let now = seen(path);
        if now == self.seen {
            return false;
        }
        let bytes = read_regular(path, ingest::LIMIT as u64).ok();
        let changed = bytes.as_deref().map(digest) != self.digest;
        if !changed {
            self.seen = now;
        }
        changed
    }
}

fn seen(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
