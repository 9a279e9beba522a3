//! One desk writes an article at a time: an advisory lock on a file beside it.
//!
//! The lock is the system's and dies with the program; what stands in the file only tells
//! people who holds it. Where locks are not supported we warn and go on.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::own::{self, Access};
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
    /// Whether a desk wrote it; another's file of this name is locked and left as it is.
    is_ours: bool,
}

/// Longest part of another's lock file that is read.
const SHOWN: usize = 1000;

/// What stands in a lock file behind the holder and before the number of the process.
const PROCESS: &str = " (process ";

/// What is written into the lock of a desk of this process.
pub(super) fn line_of(holder: &str) -> String {
    format!("{holder}{PROCESS}{})", std::process::id())
}

/// Whether a desk wrote that into a lock file, or died before it had written anything.
fn is_ours(text: &str) -> bool {
    let line = text.strip_suffix('\n').unwrap_or(text);
    let number = line
        .rsplit_once(PROCESS)
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    let is_line = number.is_some_and(|n| n.parse::<u32>().is_ok()) && !line.contains('\n');
    text.is_empty() || is_line
}

/// Asks for the lock at `path`; `line` is written into it, which gets this access.
pub(super) fn ask(path: &Path, line: &str, access: Access) -> Asked {
    // Another desk may take the file away between opening and locking: then ask again.
    for _ in 0..16 {
        let (mut file, stale) = match open(path, access) {
            Ok(opened) => opened,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound
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
                let is_ours = read_line(&mut file).is_ok_and(|text| is_ours(&text));
                if is_ours {
                    // Only for people to read; the lock holds without it.
                    let _ = file
                        .set_len(0)
                        .and_then(|()| file.rewind())
                        .and_then(|()| file.write_all(line.as_bytes()));
                }
                return Asked::Held(Lock {
                    file,
                    path: path.to_owned(),
                    stale,
                    is_ours,
                });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Asked::Taken(holder(&mut file)),
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

/// Opens the lock file, made if it is not there, and whether it was.
fn open(path: &Path, access: Access) -> io::Result<(File, bool)> {
    match own::open_or_make(path, access) {
        // Another account's: it can be locked, and read, without being written.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Ok((own::open_to_read(path)?, true))
        }
        answer => answer,
    }
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

fn read_line(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(SHOWN as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > SHOWN {
        return Err(io::Error::other("longer than any line of a desk"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn holder(file: &mut File) -> String {
    match read_line(file) {
        Ok(text) if !text.trim().is_empty() => text.trim().to_owned(),
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
    pub(super) fn release(self) {}
}

/// However work on an article ends, also where it broke off, its lock file goes with the lock.
impl Drop for Lock {
    fn drop(&mut self) {
        if self.is_ours && same_file(&self.file, &self.path) {
            // A lock file left behind is taken over by the next desk.
            let _ = fs::remove_file(&self.path);
        }
    }
}
