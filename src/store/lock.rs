//! One desk writes an article at a time: an advisory lock on a file beside it.
//!
//! The lock is the system's and dies with the program; what stands in the file only tells
//! people who holds it. Where locks are not supported we warn and go on.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::standing::owner;

/// What came of asking for the lock.
pub(super) enum Asked {
    /// Ours, until it is dropped or taken away.
    Held(Lock),
    /// Somebody else's; who, as far as known.
    Taken(String),
    /// There is none to be had, and why; we go on without.
    Unsupported(String),
}

/// The lock, held.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Whether the file was there before: the last desk did not quit in order.
    pub(super) stale: bool,
}

/// Longest part of another's lock file that is shown.
const SHOWN: usize = 200;

/// Asks for the lock at `path`; `holder` is written into it.
pub(super) fn ask(path: &Path, holder: &str) -> Asked {
    // Another desk may take the file away between opening and locking: then ask again.
    for _ in 0..16 {
        let stale = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => true,
            Ok(_) => {
                return Asked::Unsupported(format!(
                    "{} is not a regular file; working without a lock",
                    path.display()
                ));
            }
            Err(_) => false,
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        if stale {
            options.create(false);
        } else {
            options.create_new(true);
        }
        let mut file = match options.open(path) {
            Ok(file) => file,
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotFound
                ) && path
                    .parent()
                    .is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir()) =>
            {
                continue;
            }
            Err(error) => {
                return Asked::Unsupported(format!(
                    "{}: {error}; working without a lock",
                    path.display()
                ));
            }
        };
        match try_lock(&file) {
            Ok(()) if same_file(&file, path) => {
                // Only for people to read; the lock holds without it.
                let _ = file.set_len(0);
                let _ = file.write_all(holder.as_bytes());
                return Asked::Held(Lock {
                    file,
                    path: path.to_owned(),
                    stale,
                });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Asked::Taken(read_holder(&mut file)),
            Err(TryLockError::Error(error)) => {
                return Asked::Unsupported(format!(
                    "files cannot be locked here ({error}); do not open this article twice"
                ));
            }
        }
    }
    Asked::Unsupported(format!(
        "{} comes and goes; working without a lock",
        path.display()
    ))
}

fn try_lock(file: &File) -> Result<(), TryLockError> {
    #[cfg(test)]
    super::atomic::trial::asked_for_a_lock()?;
    file.try_lock()
}

/// Whether the open file is the one that stands at `path` now.
pub(super) fn same_file(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (file.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        (open.dev(), open.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        open.is_file() && there.is_file()
    }
}

fn read_holder(file: &mut File) -> String {
    let mut bytes = Vec::new();
    let read = file
        .rewind()
        .and_then(|()| file.take(SHOWN as u64).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    match (read, text.trim()) {
        (Ok(_), holder) if !holder.is_empty() => holder.to_owned(),
        _ => "another program".to_owned(),
    }
}

impl Lock {
    /// The account that files made here belong to.
    pub(super) fn account(&self) -> Option<u32> {
        // One left by another account stays that account's.
        let made_here = !self.stale;
        made_here
            .then(|| owner(&self.file.metadata().ok()?))
            .flatten()
    }

    /// Gives the lock back and takes its file away.
    pub(super) fn release(self) {
        if same_file(&self.file, &self.path) {
            // A lock file left behind is taken over by the next desk.
            let _ = fs::remove_file(&self.path);
        }
    }
}
