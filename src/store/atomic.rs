//! Replaces a file whole or not at all.
//!
//! Written beside under a random name, synced, renamed, and the folder synced; mode and
//! owner stay. A link is followed and stays a link; a link to nothing gets its target
//! created. Nothing but a regular file is ever replaced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// Links followed before giving up.
const LINKS: usize = 40;

/// The end of a temporary file's name, after 16 random hex digits.
const TEMPORARY: &str = ".tmp";

/// Puts `bytes` at `path`, durably.
///
/// # Errors
/// When something other than a regular file stands there or the system refuses; the old
/// file is then as it was, and nothing is left beside it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let target = resolve(path)?;
    let old = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(StoreError::io(path, "look at it")(error)),
    };
    if let Some(metadata) = &old {
        regular(path, metadata)?;
    }
    let folder = folder_of(&target);
    let (temporary, file) = create_beside(&target)?;
    let written = fill(file, bytes, old.as_ref())
        .and_then(|()| fs::rename(&temporary, &target))
        .map_err(StoreError::io(path, "save it"));
    if written.is_err() {
        // What went wrong is told; a file that cannot be taken away is swept later.
        let _ = fs::remove_file(&temporary);
    }
    written?;
    sync_folder(&folder).map_err(StoreError::io(path, "make its folder durable"))
}

/// Makes a file durable whose bytes are right already: whoever put it there may have died, or
/// been refused, before that was done.
///
/// # Errors
/// When the system refuses.
pub(super) fn settle(path: &Path) -> Result<(), StoreError> {
    let target = resolve(path)?;
    let bytes = if cfg!(unix) {
        File::open(&target).and_then(|file| sync_file(&file))
    } else {
        Ok(())
    };
    bytes
        .and_then(|()| sync_folder(&folder_of(&target)))
        .map_err(StoreError::io(path, "make it durable"))
}

/// Refuses whatever is not a regular file, by name.
pub(super) fn regular(path: &Path, metadata: &fs::Metadata) -> Result<(), StoreError> {
    let what = kind(metadata);
    if metadata.is_file() {
        return Ok(());
    }
    Err(StoreError::NotAFile {
        path: path.to_owned(),
        what,
    })
}

fn kind(metadata: &fs::Metadata) -> &'static str {
    if metadata.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return "a pipe (FIFO)";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    "something special"
}

/// The place a path leads to, its links followed; it need not exist.
fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => {
                let link =
                    fs::read_link(&place).map_err(StoreError::io(path, "follow the link"))?;
                place = folder_of(&place).join(link);
            }
            Ok(_) => return Ok(place),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(place),
            Err(error) => return Err(StoreError::io(path, "look at it")(error)),
        }
    }
    Err(StoreError::io(path, "follow the link")(io::Error::other(
        "links in a ring",
    )))
}

/// The folder a path is in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A new file beside `target`; a planted name is never opened.
fn create_beside(target: &Path) -> Result<(PathBuf, File), StoreError> {
    let folder = folder_of(target);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    loop {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}{TEMPORARY}", random_hex()?));
        if name.len() > 255 {
            name = format!(".proofmark.{}{TEMPORARY}", random_hex()?).into();
        }
        let place = folder.join(name);
        match options.open(&place) {
            Ok(file) => return Ok((place, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::io(target, "write beside it")(error)),
        }
    }
}

/// Sixteen random hexadecimal digits.
pub(super) fn random_hex() -> Result<String, StoreError> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes).map_err(|error| {
        StoreError::io("the system", "get random numbers")(io::Error::other(error.to_string()))
    })?;
    Ok(crate::annotations::hex(&bytes))
}

fn fill(mut file: File, bytes: &[u8], old: Option<&fs::Metadata>) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(old) = old {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
            // Only root may give files away; the group at least is kept where that is allowed.
            let kept = fchown(&file, Some(old.uid()), Some(old.gid()));
            if kept.is_err() {
                let _ = fchown(&file, None, Some(old.gid()));
            }
        }
    }
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    sync_file(&file)
}

/// Makes what was written to a file durable.
pub(super) fn sync_file(file: &File) -> io::Result<()> {
    #[cfg(test)]
    trial::asked_for_a_file()?;
    file.sync_all()
}

/// Makes names in a folder durable, where the file system can: some on networks or in user
/// space have no such call, and say so. Any other answer is a failure.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match ask_to_sync(folder) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        answer => answer,
    }
}

fn ask_to_sync(folder: &Path) -> io::Result<()> {
    #[cfg(test)]
    trial::asked(folder)?;
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Makes a folder and those above it, where they are missing, and their names durable. Whoever
/// made one of them earlier did not necessarily sync it, so that all are, up to the file
/// system's root or a folder that may not be read and was therefore not made by us.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let place = fs::canonicalize(folder)?;
    for above in place.ancestors().skip(1) {
        if !on_one_disk(above, &place) {
            break;
        }
        match sync_folder(above) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => break,
            answer => answer?,
        }
    }
    Ok(())
}

fn on_one_disk(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let disk = |path| fs::metadata(path).map(|metadata| metadata.dev());
        matches!((disk(one), disk(other)), (Ok(one), Ok(other)) if one == other)
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

/// Takes away what an interrupted [`write`] of `target` left beside it. Only for whoever
/// holds the lock: another's unfinished file looks the same.
pub(super) fn sweep(target: &Path) {
    let Ok(target) = resolve(target) else { return };
    let Some(name) = target.file_name() else {
        return;
    };
    let Ok(entries) = fs::read_dir(folder_of(&target)) else {
        return;
    };
    let mut start = b".".to_vec();
    start.extend(name.as_encoded_bytes());
    start.push(b'.');
    for entry in entries.flatten() {
        let found = entry.file_name();
        let left = found
            .as_encoded_bytes()
            .strip_prefix(start.as_slice())
            .and_then(|rest| rest.strip_suffix(TEMPORARY.as_bytes()))
            .is_some_and(|digits| digits.len() == 16 && digits.iter().all(u8::is_ascii_hexdigit));
        if left && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // It is in nobody's way if it stays.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What tests do to the disk of their own thread: no file system refuses to sync on demand.
#[cfg(test)]
pub(super) mod trial {
    use std::cell::{Cell, RefCell};
    use std::io;
    use std::path::{Path, PathBuf};

    thread_local! {
        static REFUSES: Cell<Option<io::ErrorKind>> = const { Cell::new(None) };
        static REFUSES_FILES: Cell<Option<io::ErrorKind>> = const { Cell::new(None) };
        static REFUSES_LOCKS: Cell<bool> = const { Cell::new(false) };
        static SYNCED: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
    }

    /// What folders answer when they are synced from now on; `None`: they are.
    pub(in crate::store) fn refuse(answer: Option<io::ErrorKind>) {
        REFUSES.set(answer);
    }

    /// What files answer when they are synced from now on; `None`: they are.
    pub(in crate::store) fn refuse_files(answer: Option<io::ErrorKind>) {
        REFUSES_FILES.set(answer);
    }

    /// Whether files cannot be locked from now on.
    pub(in crate::store) fn refuse_locks(refuses: bool) {
        REFUSES_LOCKS.set(refuses);
    }

    pub(in crate::store) fn asked_for_a_lock() -> Result<(), std::fs::TryLockError> {
        if REFUSES_LOCKS.get() {
            let none = io::Error::from(io::ErrorKind::Unsupported);
            return Err(std::fs::TryLockError::Error(none));
        }
        Ok(())
    }

    /// The folders synced since it was last asked.
    pub(in crate::store) fn synced() -> Vec<PathBuf> {
        SYNCED.take()
    }

    pub(super) fn asked_for_a_file() -> io::Result<()> {
        if let Some(answer) = REFUSES_FILES.get() {
            return Err(io::Error::new(answer, "the disk says no"));
        }
        Ok(())
    }

    pub(super) fn asked(folder: &Path) -> io::Result<()> {
        if let Some(answer) = REFUSES.get() {
            return Err(io::Error::new(answer, "the disk says no"));
        }
        SYNCED.with_borrow_mut(|synced| synced.push(folder.to_owned()));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
