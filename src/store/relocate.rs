//! Moves an article with everything that belongs to it, or only what belongs to it where the
//! article was renamed by hand.
//!
//! Nothing is ever replaced. The article goes first, so that a move that was interrupted is
//! finished by asking for the same move again.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic::{folder_of, sync_file, sync_folder};
use super::error::StoreError;
use super::lock::{self, Asked, Lock};
use super::own::{self, Access};
use super::paths::{self, is_same_file, sidecar_path};
use super::strays::is_about;
use super::{OpenArticle, OpenOptions};
use crate::annotations::Document;

/// What was moved.
#[derive(Debug, Default)]
pub struct Relocated {
    /// Where each file was and where it is, the article first if it was moved; those in the
    /// state folder went along.
    pub files: Vec<(PathBuf, PathBuf)>,
    /// What the reader should know.
    pub notices: Vec<String>,
}

/// Moves the article `old` to `new`, or into the folder `new`, with its sidecar, text layer,
/// journals and undo log. Where `old` is gone and `new` is there, only these are moved; so they
/// are where `old` is another article by now and they are about the text of `new`.
///
/// # Errors
/// When something stands in the way, the article is open at a desk, or the system refuses. What
/// was moved by then is complete in itself; asking again moves the rest.
pub fn relocate(old: &Path, new: &Path, options: &OpenOptions) -> Result<Relocated, StoreError> {
    let old = paths::article_of_sidecar(old).unwrap_or_else(|| old.to_owned());
    let new = match new.is_dir() {
        true => new.join(old.file_name().unwrap_or_default()),
        false => paths::article_of_sidecar(new).unwrap_or_else(|| new.to_owned()),
    };
    let (was, is) = (fs::symlink_metadata(&old), fs::symlink_metadata(&new));
    let same = is_same_file(&old, &new);
    let moves_article = match (&was, &is) {
        (Ok(was), _) if !was.is_file() => {
            return Err(StoreError::NotAnArticle {
                path: old,
                what: "no regular file; name the article itself".to_owned(),
            });
        }
        (Ok(_), Err(_)) => true,
        (Ok(_), Ok(_)) if same => old != new,
        (Ok(_), Ok(is)) if is.is_file() && is_about(&old, &new) => {
            return hand_over(&old, &new, options);
        }
        (Ok(_), Ok(_)) => return Err(StoreError::InTheWay { path: new }),
        (Err(_), Ok(is)) if is.is_file() => false,
        (Err(_), Ok(_)) => {
            return Err(StoreError::NotAnArticle {
                path: new,
                what: "no regular file; name the article itself".to_owned(),
            });
        }
        (Err(_), Err(_)) => {
            let gone = io::Error::from(io::ErrorKind::NotFound);
            return Err(StoreError::io(old, "move it")(gone));
        }
    };
    let belongings = belongings(&old, &new)?;
    if !moves_article && belongings.is_empty() {
        return Err(StoreError::NotAnArticle {
            path: old,
            what: format!("nothing of it is there to be moved to {}", new.display()),
        });
    }
    for (_, to) in &belongings {
        if fs::symlink_metadata(to).is_ok() && !same {
            return Err(StoreError::InTheWay { path: to.clone() });
        }
    }
    if !paths::fits(&sidecar_path(&new)) {
        let long = io::Error::from(io::ErrorKind::InvalidFilename);
        return Err(StoreError::io(new, "keep a sidecar beside it")(long));
    }
    let locks = [lock_of(&old, options)?, lock_of(&new, options)?];
    let states = [state_files(&old, options), state_files(&new, options)];
    let mut done = Relocated::default();
    let article = moves_article.then(|| (old.clone(), new.clone()));
    for (from, to) in article.into_iter().chain(belongings) {
        rename(&from, &to)?;
        done.files.push((from, to));
    }
    let [were, are] = states;
    for (from, to) in were.into_iter().zip(are) {
        if from == to || fs::symlink_metadata(&from).is_err() {
            continue;
        }
        // Where somebody works with is nobody's business: only what stays behind is told.
        if let Err(error) = rename(&from, &to) {
            done.notices.push(error.to_string());
        }
    }
    drop(locks);
    if let Err(error) = name_anew(&new, options) {
        done.notices.push(format!("{error}; {}", error.hint()));
    }
    Ok(done)
}

/// Gives the article `new` what lies beside the article `old` and is about its text; both stay
/// where they are. What lay beside `new`, which is about another text, lies beside `old` then:
/// of two articles that swapped their names each has its own again.
///
/// # Errors
/// When one of them is open at a desk, or the system refuses; what was moved by then is complete
/// in itself.
pub(super) fn hand_over(
    old: &Path,
    new: &Path,
    options: &OpenOptions,
) -> Result<Relocated, StoreError> {
    let locks = [lock_of(old, options)?, lock_of(new, options)?];
    // A name that is looked into as well: what broke off here is offered again.
    let mut between = name_of(new);
    between.push(".between");
    let between = new.with_file_name(between);
    let mut done = Relocated::default();
    for (from, to) in [(new, &*between), (old, new), (&*between, old)] {
        let states = state_files(from, options)
            .into_iter()
            .zip(state_files(to, options));
        let is_told = to == new;
        for (from, to) in belongings(from, to)? {
            rename(&from, &to)?;
            done.files.extend(is_told.then_some((from, to)));
        }
        for (from, to) in states {
            if fs::symlink_metadata(&from).is_ok()
                && let Err(error) = rename(&from, &to)
            {
                done.notices.push(error.to_string());
            }
        }
    }
    drop(locks);
    for article in [old, new] {
        if let Err(error) = name_anew(article, options) {
            done.notices.push(format!("{error}; {}", error.hint()));
        }
    }
    Ok(done)
}

/// Files that belong to `old`, and their places beside `new`: the sidecar first.
fn belongings(old: &Path, new: &Path) -> Result<Vec<(PathBuf, PathBuf)>, StoreError> {
    let (from, to) = (folder_of(old), folder_of(new));
    let (was, is) = (name_of(old), name_of(new));
    let entries = match fs::read_dir(&from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io(&from, "list it")(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(StoreError::io(&from, "list it"))?.file_name();
        if let Some(renamed) = renamed(&name, &was, &is) {
            found.push((from.join(&name), to.join(renamed)));
        }
    }
    // In whatever order a folder tells its names: the sidecar before what only leans on it.
    let sidecar = sidecar_path(old);
    found.sort_by(|a, b| (a.0 != sidecar).cmp(&(b.0 != sidecar)).then(a.0.cmp(&b.0)));
    Ok(found)
}

fn name_of(path: &Path) -> OsString {
    path.file_name().unwrap_or_default().to_owned()
}

/// The name of a file that belongs to the article `was`, once that is called `is`; nothing if it
/// does not belong to it, or only as long as a desk is open.
fn renamed(name: &OsStr, was: &OsStr, is: &OsStr) -> Option<OsString> {
    const OURS: &[u8] = b".proofmark";
    let bytes = name.as_encoded_bytes();
    let (hidden, rest) = match bytes.strip_prefix(b".") {
        Some(rest) if rest.starts_with(was.as_encoded_bytes()) => (true, rest),
        _ => (false, bytes),
    };
    let end = rest.strip_prefix(was.as_encoded_bytes())?;
    let belongs = match hidden {
        // Also what could not be read of a journal: .story.txt.0a1b2c3d.proofmark.journal
        true => end.starts_with(b".") && end.ends_with(b".proofmark.journal"),
        false => end.starts_with(OURS),
    };
    let end = std::str::from_utf8(end).ok().filter(|_| belongs)?;
    let mut renamed = OsString::from(if hidden { "." } else { "" });
    renamed.push(is);
    renamed.push(end);
    Some(renamed)
}

/// Files of an article in the state folder: its journal, its undo log.
fn state_files(article: &Path, options: &OpenOptions) -> Vec<PathBuf> {
    let Some(folder) = &options.state_dir else {
        return Vec::new();
    };
    let journal = super::reading::state_journal(article, Some(folder));
    let history = super::History::of(folder, article);
    journal
        .into_iter()
        .chain([history.path().to_owned()])
        .collect()
}

fn lock_of(article: &Path, options: &OpenOptions) -> Result<Option<Lock>, StoreError> {
    let line = lock::line_of(&options.holder);
    match lock::ask(&paths::lock_path(article), &line, Access::of(article)) {
        Asked::Held(lock) => Ok(Some(lock)),
        Asked::Taken(by) => Err(StoreError::ReadOnly {
            path: article.to_owned(),
            reason: format!("it is open elsewhere: {by}"),
        }),
        // Where there are no locks the desk goes on without as well.
        Asked::Unsupported(_) => Ok(None),
    }
}

/// Writes the article's new name into its sidecar.
fn name_anew(article: &Path, options: &OpenOptions) -> Result<(), StoreError> {
    if !sidecar_path(article).exists() {
        return Ok(());
    }
    let mut open = OpenArticle::open(article, options)?;
    let mut parts = open.take_document().into_parts();
    let name = open.article.name().to_owned();
    if open.read_only.is_some() || parts.article.file == name {
        let document = Document::from_parts(parts);
        return open.close(&document).map(drop);
    }
    parts.article.file = name;
    let document = Document::from_parts(parts);
    open.save(&document)?;
    open.close(&document).map(drop)
}

/// Renames a file; what stands at the new name stays, whoever put it there and whenever.
///
/// # Errors
/// When something is there, or the system refuses.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    let fault = StoreError::io(from, "move it");
    if is_same_file(from, to) {
        // Another case or form of one name, or the second half of a move that broke off.
        return match has_other_names(from) {
            true => fs::remove_file(from),
            false => fs::rename(from, to),
        }
        .and_then(|()| sync_folder(&folder_of(to)))
        .map_err(fault);
    }
    // A second name can be made only where nothing stands; a rename would replace.
    let linked = match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => copy(from, to),
        // File systems without second names.
        Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    };
    let synced = linked
        .and_then(|()| sync_folder(&folder_of(to)))
        .and_then(|()| sync_folder(&folder_of(from)));
    synced.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::InTheWay {
            path: to.to_owned(),
        },
        _ => fault(error),
    })
}

/// Moves a file to another disk: a whole copy is there before the file is taken away.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = own::open_to_read(from)?;
    let mut options = fs::OpenOptions::new();
    let new = Access::OWNER.made_by(options.write(true).create_new(true));
    let mut target = new.open(to)?;
    let copied = io::copy(&mut source, &mut target)
        .and_then(|_| target.set_permissions(source.metadata()?.permissions()))
        .and_then(|()| sync_file(&target))
        .and_then(|_| sync_folder(&folder_of(to)));
    if let Err(error) = copied {
        // Half a copy would stand in the way of the next try.
        let _ = fs::remove_file(to);
        return Err(error);
    }
    fs::remove_file(from)
}

/// Whether a file has a second name, so that taking this one away loses nothing.
fn has_other_names(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.nlink() > 1)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
