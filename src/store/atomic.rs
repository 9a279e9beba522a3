//! Replaces a file whole or not at all.
//!
//! Written beside under a random name, synced, renamed, and the folder synced; mode and
//! owner stay, unless the article gives less. A link stays a link and is followed within its own
//! folder or not at all. Nothing but a regular file is ever replaced, and only while it is what
//! the caller has seen.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::own::{self, Access};

/// Links followed before giving up.
const LINKS: usize = 40;

/// The end of a temporary file's name, after 16 random hex digits.
const TEMPORARY: &str = ".tmp";

/// What may be done to whatever stands in a file's place.
pub(super) struct Rules<'a> {
    /// Who may read and write the file at most.
    pub(super) access: Access,
    /// What becomes of a link in its place.
    pub(super) links: Links,
    /// Whether the file at this path, if there is any, may still be replaced: asked as late as
    /// possible, because others may have written since it was last looked at.
    pub(super) unchanged: &'a dyn Fn(&Path) -> Result<bool, StoreError>,
}

/// What becomes of a link in a file's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// It is refused.
    Refused,
    /// It is followed as long as it stays in its own folder.
    InTheirFolder,
}

/// What came of making something durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Synced {
    /// It is.
    Durably,
    /// The file system has no such call, as some on networks and in user space: what was
    /// written is there, and as durable as that file system makes it.
    Cannot,
}

/// What came of [`write`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// The bytes are in their place, and durable or not.
    There(Synced),
    /// Something else stands there than the caller has seen, and was left alone.
    Not,
}

/// Puts `bytes` at `path`, durably where the file system can.
///
/// # Errors
/// When something other than a regular file stands there or the system refuses; the old
/// file is then as it was, and nothing is left beside it.
pub(super) fn write(path: &Path, bytes: &[u8], rules: &Rules<'_>) -> Result<Written, StoreError> {
    let target = match rules.links {
        Links::InTheirFolder => resolve(path)?,
        Links::Refused => path.to_owned(),
    };
    let old = match fs::symlink_metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(StoreError::io(path, "look at it")(error)),
    };
    if let Some(metadata) = &old {
        own::regular(path, metadata)?;
    }
    let (temporary, file) = create_beside(&target, rules.access, old.is_some())?;
    let written = fill(file, bytes, rules.access, old.as_ref())
        .map_err(StoreError::io(path, "save it"))
        .and_then(|synced| {
            #[cfg(test)]
            trial::about_to_replace();
            if !(rules.unchanged)(&target)? {
                return Ok(Written::Not);
            }
            fs::rename(&temporary, &target).map_err(StoreError::io(path, "save it"))?;
            Ok(Written::There(synced))
        });
    if !matches!(written, Ok(Written::There(_))) {
        // What went wrong is told; a file that cannot be taken away is swept later.
        let _ = fs::remove_file(&temporary);
        return written;
    }
    sync_folder(&folder_of(&target)).map_err(StoreError::io(path, "make its folder durable"))?;
    written
}

/// Makes a file durable whose bytes are right already: whoever put it there may have died, or
/// been refused, before that was done.
///
/// # Errors
/// When the system refuses.
pub(super) fn settle(path: &Path) -> Result<Synced, StoreError> {
    let target = resolve(path)?;
    let bytes = if cfg!(unix) {
        own::open_to_read(&target).and_then(|file| sync_file(&file))
    } else {
        Ok(Synced::Durably)
    };
    bytes
        .and_then(|synced| sync_folder(&folder_of(&target)).map(|()| synced))
        .map_err(StoreError::io(path, "make it durable"))
}

/// The place a path leads to; it need not exist. A link is followed from name to name within its
/// own folder: anybody may plant one, and what stands elsewhere is not ours to write. To nothing
/// it leads only under a name that says what will be in it.
///
/// # Errors
/// When it is a link that leads elsewhere.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let mut place = path.to_owned();
    let whole = |folder: &Path| fs::canonicalize(folder);
    for _ in 0..LINKS {
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_symlink() => {
                let link =
                    fs::read_link(&place).map_err(StoreError::io(path, "follow the link"))?;
                place = folder_of(&place).join(link);
                let there = (whole(&folder_of(path)), whole(&folder_of(&place)));
                if !matches!(&there, (Ok(own), Ok(other)) if own == other) {
                    return Err(leads_out(path));
                }
            }
            Ok(_) => return Ok(place),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let is_json = place.extension().is_some_and(|end| end == "json");
                return match place == path || is_json {
                    true => Ok(place),
                    false => Err(leads_out(path)),
                };
            }
            Err(error) => return Err(StoreError::io(path, "look at it")(error)),
        }
    }
    Err(StoreError::io(path, "follow the link")(io::Error::other(
        "links in a ring",
    )))
}

fn leads_out(path: &Path) -> StoreError {
    StoreError::NotAFile {
        path: path.to_owned(),
        what: "a link that leads out of its folder or to no sidecar",
    }
}

/// The folder a path is in.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A new file beside `target`; a planted name is never opened. Where it replaces a file it is
/// its owner's alone until it has that one's group.
fn create_beside(
    target: &Path,
    access: Access,
    replaces: bool,
) -> Result<(PathBuf, File), StoreError> {
    let folder = folder_of(target);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if replaces {
        Access::OWNER.made_by(&mut options);
    } else {
        access.made_by(&mut options);
    }
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

fn fill(
    mut file: File,
    bytes: &[u8],
    access: Access,
    old: Option<&fs::Metadata>,
) -> io::Result<Synced> {
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
        file.set_permissions(access.narrowed(old))?;
    }
    sync_file(&file)
}

/// Makes what was written to a file durable, where the file system can. A disk that fails, is
/// full or may not be written is an error.
pub(super) fn sync_file(file: &File) -> io::Result<Synced> {
    match ask_to_sync_file(file) {
        Ok(()) => Ok(Synced::Durably),
        Err(error) if has_no_sync(&error) => Ok(Synced::Cannot),
        Err(error) => Err(error),
    }
}

fn ask_to_sync_file(file: &File) -> io::Result<()> {
    #[cfg(test)]
    trial::asked_for_a_file(file)?;
    let answer = file.sync_all();
    // There it asks the disk itself, which shares do not know; the plain call they may.
    #[cfg(target_vendor = "apple")]
    if answer.as_ref().is_err_and(has_no_sync) {
        return rustix::fs::fsync(file).map_err(io::Error::from);
    }
    answer
}

/// Whether that is what a file system says that has no call to sync.
fn has_no_sync(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let none = [
            Errno::INVAL,
            Errno::NOTSUP,
            Errno::OPNOTSUPP,
            Errno::NOSYS,
            Errno::NOTTY,
        ];
        if error
            .raw_os_error()
            .is_some_and(|code| none.iter().any(|errno| errno.raw_os_error() == code))
        {
            return true;
        }
    }
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
    )
}

/// Makes names in a folder durable, where the file system can: some on networks or in user
/// space have no such call, and say so. Any other answer is a failure.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match ask_to_sync(folder) {
        Err(error) if has_no_sync(&error) => Ok(()),
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

/// Makes a folder and those above it, where they are missing, their owner's alone, and their
/// names durable. Whoever
/// made one of them earlier did not necessarily sync it, so that all are, up to the file
/// system's root or a folder that may not be read and was therefore not made by us.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
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
        static REFUSES_BELOW: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
        static REFUSES_LOCKS: Cell<bool> = const { Cell::new(false) };
        static SYNCED: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
        static BEFORE: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
    }

    /// What folders answer when they are synced from now on; `None`: they are.
    pub(in crate::store) fn refuse(answer: Option<io::ErrorKind>) {
        REFUSES.set(answer);
    }

    /// What files answer when they are synced from now on; `None`: they are.
    pub(in crate::store) fn refuse_files(answer: Option<io::ErrorKind>) {
        REFUSES_FILES.set(answer);
    }

    /// The only folder below which files cannot be synced from now on; `None`: there is none.
    pub(in crate::store) fn refuse_files_below(folder: Option<&Path>) {
        REFUSES_BELOW.set(folder.map(Path::to_owned));
    }

    /// Whether an open file stands below that folder, as Linux tells it.
    fn is_below(file: &std::fs::File) -> bool {
        #[cfg(target_os = "linux")]
        {
            use std::os::fd::AsRawFd;
            let place = std::fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd()));
            REFUSES_BELOW.with_borrow(|below| match (below, place) {
                (Some(below), Ok(place)) => place.starts_with(below),
                _ => false,
            })
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = file;
            false
        }
    }

    /// What somebody else does just before a file is replaced.
    pub(in crate::store) fn meanwhile(other: Option<Box<dyn FnMut()>>) {
        BEFORE.set(other);
    }

    pub(super) fn about_to_replace() {
        let other = BEFORE.take();
        if let Some(mut other) = other {
            other();
            BEFORE.set(Some(other));
        }
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

    pub(super) fn asked_for_a_file(file: &std::fs::File) -> io::Result<()> {
        if is_below(file) {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
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
