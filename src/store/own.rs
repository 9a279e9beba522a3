//! Opens files by what they are, not by what they are called.
//!
//! Names in a folder are anybody's: a link, a pipe or a file of somebody else may have been put
//! where one of ours belongs. So our own files are opened without following links, and what was
//! opened is looked at before a byte of it is read or written. What is made gets the access that
//! the article gives, from its first byte.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::error::StoreError;

/// Who may read and write a file of ours: nobody who may not read and write the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Access(u32);

impl Access {
    /// Its owner alone: what is kept in the state folder.
    pub(super) const OWNER: Access = Access(0o600);

    /// Everybody to whom the account's own mask leaves it: an article that is new.
    pub(super) const SHARED: Access = Access(0o666);

    /// That of the article at `path`; its owner may always write, because we have to.
    pub(super) fn of(path: &Path) -> Access {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
            Access((mode & 0o066) | 0o600)
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            Access::OWNER
        }
    }

    /// Makes files that `options` create no more open than this; the account's own mask may
    /// take away more.
    pub(super) fn made_by(self, options: &mut OpenOptions) -> &mut OpenOptions {
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(self.0);
        }
        options
    }

    /// Takes from a file what this does not give. Another account's stays as that one has it.
    fn tighten(self, file: &File) -> io::Result<()> {
        let metadata = file.metadata()?;
        let narrowed = self.narrowed(&metadata);
        if narrowed != metadata.permissions() {
            let _ = file.set_permissions(narrowed);
        }
        Ok(())
    }

    /// The permissions of a file of ours that was there, without what this does not give.
    pub(super) fn narrowed(self, metadata: &Metadata) -> fs::Permissions {
        let mut permissions = metadata.permissions();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            permissions.set_mode(permissions.mode() & self.0);
        }
        #[cfg(not(unix))]
        let _ = &mut permissions;
        permissions
    }
}

/// Opens one of our own files to be written. A link is not followed, a pipe is not waited for,
/// and a file that has a second name is refused: that one would be written to as well.
///
/// # Errors
/// When the system refuses, or something else than our own file stands there.
pub(super) fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = open_itself(path, options)?;
    alone(&file.metadata()?)?;
    Ok(file)
}

/// Opens one of our own files to be read and written, made where it is not there, and says
/// whether it was. One that gives more access than it should gives no more from now on.
///
/// # Errors
/// As [`open`].
pub(super) fn open_or_make(path: &Path, access: Access) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    match open(path, options.read(true).write(true)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let made = open(path, access.made_by(options.create_new(true)))?;
            Ok((made, false))
        }
        answer => {
            let file = answer?;
            access.tighten(&file)?;
            Ok((file, true))
        }
    }
}

/// Opens one of our own files to be read.
///
/// # Errors
/// When the system refuses, or something else than a regular file stands there.
pub(super) fn open_to_read(path: &Path) -> io::Result<File> {
    open_itself(path, OpenOptions::new().read(true))
}

fn open_itself(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    // By name first: opening a device is an act of its own, and a file must not be cut before it
    // is known to be one.
    if let Ok(metadata) = fs::symlink_metadata(path) {
        a_file(&metadata)?;
    }
    let file = not_following(options).open(path)?;
    a_file(&file.metadata()?)?;
    Ok(file)
}

/// Reads one of our own files; past `limit` reading stops a byte later.
///
/// # Errors
/// As [`open_to_read`].
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open_to_read(path)?;
    let mut bytes = Vec::with_capacity(file.metadata()?.len().min(limit) as usize);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file to be read, through whatever link leads to it.
///
/// # Errors
/// When it is no regular file, or the system refuses.
pub(super) fn open_regular(path: &Path) -> Result<(File, Metadata), StoreError> {
    let fault = || StoreError::io(path, "read it");
    regular(path, &fs::metadata(path).map_err(fault())?)?;
    let mut options = OpenOptions::new();
    let file = not_waiting(options.read(true))
        .open(path)
        .map_err(fault())?;
    let metadata = file.metadata().map_err(fault())?;
    regular(path, &metadata)?;
    Ok((file, metadata))
}

/// Refuses whatever is not a regular file, by name.
pub(super) fn regular(path: &Path, metadata: &Metadata) -> Result<(), StoreError> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(StoreError::NotAFile {
        path: path.to_owned(),
        what: kind(metadata),
    })
}

fn a_file(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "it is {}, not a regular file",
        kind(metadata)
    )))
}

/// Refuses a file that has another name.
fn alone(metadata: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if metadata.nlink() > 1 {
            return Err(io::Error::other("it has another name too (a hard link)"));
        }
    }
    #[cfg(not(unix))]
    let _ = metadata;
    Ok(())
}

fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_symlink() {
        return "a link";
    }
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

fn not_following(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(flags(OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY));
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // FILE_FLAG_OPEN_REPARSE_POINT: the link itself is opened, and refused as one.
        options.custom_flags(0x0020_0000);
    }
    options
}

fn not_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(flags(OFlags::NONBLOCK | OFlags::NOCTTY));
    }
    options
}

#[cfg(unix)]
fn flags(flags: rustix::fs::OFlags) -> i32 {
    flags.bits().cast_signed()
}

#[cfg(all(test, unix))]
mod tests;
