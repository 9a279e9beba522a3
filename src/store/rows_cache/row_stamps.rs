//! What the system tells of the files that a row of the queue is made from, without reading them.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::store::{copies, paths, reading, state};

/// Sixteen bytes of a digest.
pub(super) type Key = [u8; 16];

/// How long a file must have been left alone before its times prove anything: one that is written
/// twice within what a file system tells apart looks the same both times.
const SETTLED: Duration = Duration::from_secs(2);

/// How the files stood from which a row is made: the article, its sidecar, both its journals and
/// its text layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowStamps {
    /// Where the article stands, and what it is called.
    pub(super) place: PathBuf,
    /// The digest of all that was told.
    pub(super) told: Key,
    /// Whether equal stamps prove that nothing changed.
    pub(super) proves: bool,
    /// Whether there is nothing but the article.
    pub(super) is_alone: bool,
}

impl RowStamps {
    /// Whether nothing was beside the article.
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// How the files of an article stand now. `None`: it is not there, or its row says something
    /// of other articles beside it, and is to be made anew.
    pub(super) fn of(path: &Path, state_dir: Option<&Path>, now: SystemTime) -> Option<RowStamps> {
        let path = reading::article_path(path).ok()?;
        if copies::is_beside_its_original(&path) {
            return None;
        }
        let article = fs::metadata(&path).ok().filter(Metadata::is_file)?;
        let beside = [
            paths::sidecar_path(&path),
            paths::journal_path(&path),
            paths::snapshot_path(&path),
        ];
        let beside = beside
            .into_iter()
            .chain(reading::state_journal(&path, state_dir));
        let mut stamps = RowStamps {
            place: std::path::absolute(&path).ok()?,
            told: Key::default(),
            proves: cfg!(unix),
            is_alone: true,
        };
        let mut told = Sha256::new();
        stamps.take(&mut told, &article, now);
        for file in beside {
            // A link is a file too: what it leads to may change behind it.
            match fs::symlink_metadata(&file) {
                Ok(known) => {
                    stamps.is_alone = false;
                    stamps.proves &= known.is_file();
                    stamps.take(&mut told, &known, now);
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => told.update([0]),
                Err(_) => return None,
            }
        }
        // One of another place may be this article's by now, and is found by its text alone.
        stamps.proves &= !state_dir.is_some_and(state::has_notes);
        stamps.told = key(&told.finalize());
        Some(stamps)
    }

    fn take(&mut self, told: &mut Sha256, known: &Metadata, now: SystemTime) {
        told.update([1]);
        told.update(known.len().to_le_bytes());
        let modified = known.modified().ok();
        let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let is_settled = |time| now.duration_since(time).is_ok_and(|since| since > SETTLED);
        self.proves &= modified.is_some_and(is_settled);
        let nanoseconds = modified.and_then(since).map_or(0, |time| time.as_nanos());
        told.update(nanoseconds.to_le_bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            // Times can be set; when the system noted a change cannot.
            let noted = Duration::new(
                u64::try_from(known.ctime()).unwrap_or(0),
                u32::try_from(known.ctime_nsec()).unwrap_or(0),
            );
            self.proves &= SystemTime::UNIX_EPOCH
                .checked_add(noted)
                .is_some_and(is_settled);
            told.update(noted.as_nanos().to_le_bytes());
            told.update(known.ino().to_le_bytes());
            // Who may read and write it: a row says so.
            told.update(known.mode().to_le_bytes());
        }
    }
}

/// The first sixteen bytes of a digest.
pub(super) fn key(digest: &[u8]) -> Key {
    let mut key = Key::default();
    key.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = *from);
    key
}
