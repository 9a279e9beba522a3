//! The program's state folder: journals that cannot be kept beside their article.
//!
//! A journal is called by its article's path. A note in a folder called by the article's text
//! says which path that was, so that an article finds its own again when its folder was renamed
//! or came back elsewhere. All of it is its owner's alone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::own::{self, Access};
use super::{atomic, paths};
use crate::annotations::hex;
use crate::text::Article;

/// Notes of one text that are looked at.
const NOTES: usize = 64;

/// Largest note that is read, in bytes.
const LIMIT: u64 = 1 << 16;

/// Where an article's journal is kept when its own folder will not have it.
pub(super) fn journal(state_dir: &Path, article: &Path) -> PathBuf {
    journal_called(state_dir, &paths::state_name(article))
}

fn journal_called(state_dir: &Path, name: &str) -> PathBuf {
    let name = format!("{name}.proofmark.journal");
    state_dir.join("journals").join(name)
}

/// A folder in the state folder, made durably if it is not there; nobody else may look into
/// either from now on.
///
/// # Errors
/// When the system refuses.
pub(super) fn ready(state_dir: &Path, folder: &Path) -> io::Result<()> {
    atomic::make_folder(folder)?;
    for folder in folder.ancestors().take_while(|f| f.starts_with(state_dir)) {
        close_to_others(folder);
    }
    Ok(())
}

/// Takes a folder of an earlier version from others. One of another account stays as it is, and
/// nothing of ours is in it that anybody else may read.
fn close_to_others(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(metadata) = fs::metadata(folder) else {
            return;
        };
        let mode = metadata.permissions().mode();
        if mode & 0o077 != 0 {
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & 0o700));
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Opens a file of the state folder to be appended to, made if it is not there.
///
/// # Errors
/// When the system refuses, or something else stands in its place.
pub(super) fn open_to_append(state_dir: &Path, path: &Path) -> io::Result<fs::File> {
    ready(state_dir, &atomic::folder_of(path))?;
    let mut options = fs::OpenOptions::new();
    own::open(
        path,
        Access::OWNER.made_by(options.create(true).append(true)),
    )
}

/// Opens the program's log, `name` in the state folder.
///
/// # Errors
/// When the system refuses, or something else stands in its place.
pub fn open_log(state_dir: &Path, name: &str) -> io::Result<fs::File> {
    open_to_append(state_dir, &state_dir.join(name))
}

/// Whether the desk was never started with this state folder, which from now on remembers it.
///
/// One that cannot be written remembers nothing, so there every start is the first.
pub fn is_first_start(state_dir: &Path) -> bool {
    let seen = state_dir.join("tour-was-shown");
    if fs::symlink_metadata(&seen).is_ok() {
        return false;
    }
    let written = ready(state_dir, state_dir).and_then(|()| {
        let mut options = fs::OpenOptions::new();
        let made = Access::OWNER.made_by(options.write(true).create_new(true));
        own::open(&seen, made)
    });
    if let Err(error) = written {
        tracing::info!("the tour will be shown again: {error}");
    }
    true
}

/// Where the journal of one article is kept, and what is noted of it. Worked out while the article
/// is there: later there may be no telling which file it was.
#[derive(Debug)]
pub(super) struct Place {
    state_dir: PathBuf,
    notes: PathBuf,
    name: String,
    note: Vec<u8>,
}

impl Place {
    /// That of the article at `path`.
    pub(super) fn of(state_dir: &Path, path: &Path, article: &Article) -> Place {
        let mut note = number(path).unwrap_or_default().into_bytes();
        note.push(b'\n');
        note.extend(paths::whole(path).as_os_str().as_encoded_bytes());
        Place {
            state_dir: state_dir.to_owned(),
            notes: notes(state_dir, article),
            name: paths::state_name(path),
            note,
        }
    }

    /// The journal.
    pub(super) fn journal(&self) -> PathBuf {
        journal_called(&self.state_dir, &self.name)
    }

    /// Makes the folder of the journal, and notes down which path's it is.
    ///
    /// # Errors
    /// When the folder cannot be made. A note that cannot be written is no error: the journal is
    /// then found by its path alone.
    pub(super) fn ready(&self) -> io::Result<()> {
        ready(&self.state_dir, &atomic::folder_of(&self.journal()))?;
        let _ = self.write_note();
        Ok(())
    }

    fn write_note(&self) -> io::Result<()> {
        ready(&self.state_dir, &self.notes)?;
        let (mut file, _) = own::open_or_make(&self.notes.join(&self.name), Access::OWNER)?;
        file.set_len(0)?;
        file.write_all(&self.note)?;
        atomic::sync_file(&file)?;
        atomic::sync_folder(&self.notes)
    }

    /// Takes the note away, when there is no journal any more.
    pub(super) fn forget(&self) {
        // What is left speaks of a journal that is not there, which does no harm.
        let _ = fs::remove_file(self.notes.join(&self.name));
        let _ = fs::remove_dir(&self.notes);
    }
}

fn notes(state_dir: &Path, article: &Article) -> PathBuf {
    let text = &hex(article.text_sha256())[..24];
    all_notes(state_dir).join(text)
}

fn all_notes(state_dir: &Path) -> PathBuf {
    state_dir.join("journals").join("by-text")
}

/// Whether it is noted of any text that there is a journal for it.
pub(super) fn has_notes(state_dir: &Path) -> bool {
    fs::read_dir(all_notes(state_dir)).is_ok_and(|mut entries| entries.next().is_some())
}

/// What tells a file from others of the same text: where it is on which disk.
fn number(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::metadata(path).ok()?;
        Some(format!("{} {}", metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// A journal of an article of the same text that is no longer at its path.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// The journal.
    pub(super) journal: PathBuf,
    /// Where the article was, to be shown.
    pub(super) was: String,
    note: PathBuf,
    is_same_file: bool,
}

/// The journals kept for this text under paths where no article is any more.
pub(super) fn elsewhere(state_dir: &Path, path: &Path, article: &Article) -> Vec<Elsewhere> {
    let Ok(entries) = fs::read_dir(notes(state_dir, article)) else {
        return Vec::new();
    };
    let own = paths::state_name(path);
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| *name != own && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .take(NOTES)
        .collect();
    names.sort_unstable();
    let found = names.into_iter().filter_map(|name| {
        let note = notes(state_dir, article).join(&name);
        let bytes = own::read(&note, LIMIT).ok()?;
        let at = bytes.iter().position(|byte| *byte == b'\n')?;
        let (file, was) = (&bytes[..at], &bytes[at + 1..]);
        let journal = journal_called(state_dir, &name);
        let is_gone = !is_there(was);
        (is_gone && fs::symlink_metadata(&journal).is_ok()).then(|| Elsewhere {
            is_same_file: number(path).is_some_and(|own| own.as_bytes() == file),
            was: String::from_utf8_lossy(was).into_owned(),
            journal,
            note,
        })
    });
    found.collect()
}

/// Whether something may still stand at a path: only a plain no counts.
fn is_there(path: &[u8]) -> bool {
    #[cfg(unix)]
    let path = {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(path))
    };
    #[cfg(not(unix))]
    let path = PathBuf::from(String::from_utf8_lossy(path).into_owned());
    match fs::symlink_metadata(path) {
        Ok(_) => true,
        Err(error) => !matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
        ),
    }
}

impl Elsewhere {
    /// What was in it is saved with this article. The journal goes if the article is the same
    /// file under another name; a copy leaves it to the path where it was, should that come back.
    pub(super) fn settled(self) {
        // What is left is taken up once more, which changes nothing.
        if self.is_same_file {
            let _ = fs::remove_file(&self.journal);
        }
        let _ = fs::remove_file(&self.note);
        if let Some(folder) = self.note.parent() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_is_the_first_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let state_dir = folder.path().join("state");
        assert!(is_first_start(&state_dir));
        assert!(!is_first_start(&state_dir));
    }

    #[test]
    fn a_state_folder_that_cannot_be_written_remembers_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let state_dir = folder.path().join("state");
        fs::write(&state_dir, "no folder").expect("writing");
        assert!(is_first_start(&state_dir));
        assert!(is_first_start(&state_dir));
    }
}
