//! Exports that the desk writes beside articles.
//!
//! A file is replaced only while it is, to the byte, what an export of ours put there: the state
//! folder remembers the digest of each. What anybody else wrote, or changed since, stays.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use super::atomic::{self, Links, Rules, Written, folder_of};
use super::belongings::is_taken;
use super::own::{self, Access};
use super::paths::{journal_path, lock_path, sidecar_path, state_name};
use super::{StoreError, state};
use crate::annotations::hex;

/// Why an export was not written. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// It would stand outside the folder.
    #[error(
        "{}: exports stay in {}; `proofmark export -o` writes elsewhere",
        .name.display(), .folder.display()
    )]
    Outside {
        /// As it was named.
        name: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// It is called like a file that belongs to an article.
    #[error("{}: so are files called that belong to an article; choose another name", .0.display())]
    OwnName(PathBuf),
    /// Something stands there that is not, or no longer, what an export wrote.
    #[error(
        "{}: there already, and not as an export left it: name another file",
        .0.display()
    )]
    NotOurs(PathBuf),
    /// Something stands there, and there is no state folder that would tell whether an export wrote
    /// it.
    #[error(
        "{}: there already, and without a state folder nothing tells whether an export wrote it: \
         name another file",
        .0.display()
    )]
    NotKnown(PathBuf),
    /// It is an article that somebody reviews.
    #[error("{}: an article with a review of its own; name another file", .0.display())]
    Article(PathBuf),
    /// The system refused.
    #[error("{0}; nothing was exported")]
    Refused(#[from] StoreError),
}

/// The file that an export called so goes to: in the folder or one below, and none that has to be
/// left alone.
///
/// # Errors
/// When it is none.
pub fn export_place(
    folder: &Path,
    name: impl AsRef<Path>,
    state_dir: Option<&Path>,
) -> Result<PathBuf, NotExported> {
    let name = name.as_ref();
    let outside = || NotExported::Outside {
        name: name.to_owned(),
        folder: folder_of(&folder.join("export")),
    };
    let parts = name.components();
    let is_below = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let place = folder.join(name);
    if !parts.into_iter().all(is_below) || place.file_name().is_none() {
        return Err(outside());
    }
    let whole = |folder: &Path| {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        fs::canonicalize(folder).map_err(StoreError::io(folder, "find the folder"))
    };
    if !whole(&folder_of(&place))?.starts_with(whole(folder)?) {
        return Err(outside());
    }
    if place.file_name().is_some_and(is_taken) {
        return Err(NotExported::OwnName(place));
    }
    if is_reviewed(&place) {
        return Err(NotExported::Article(place));
    }
    match may_be_replaced(&place, &[], state_dir)? {
        true => Ok(place),
        false => Err(not_ours(&place, state_dir)),
    }
}

/// Puts an export at a place that [`export_place`] gave, whole or not at all, open to nobody who
/// may not read the article. Says whether it took the place of an earlier one.
///
/// # Errors
/// When something else stands there by now, or the system refuses.
pub fn write_export(
    place: &Path,
    bytes: &[u8],
    article: &Path,
    state_dir: Option<&Path>,
) -> Result<bool, NotExported> {
    let is_there = fs::symlink_metadata(place).is_ok();
    let rules = Rules {
        access: Access::of(article),
        links: Links::Refused,
        unchanged: &|place| may_be_replaced(place, bytes, state_dir),
    };
    match atomic::write(place, bytes, &rules)? {
        Written::Not => return Err(not_ours(place, state_dir)),
        Written::There(_) => {}
    }
    if let Some(state_dir) = state_dir
        && let Err(error) = remember(place, bytes, state_dir)
    {
        // The next export will not replace this one: nothing is lost by that.
        tracing::warn!("{}: the export is not remembered: {error}", place.display());
    }
    Ok(is_there)
}

/// Why what stands at a place stays.
fn not_ours(place: &Path, state_dir: Option<&Path>) -> NotExported {
    match state_dir {
        _ if is_reviewed(place) => NotExported::Article(place.to_owned()),
        Some(_) => NotExported::NotOurs(place.to_owned()),
        None => NotExported::NotKnown(place.to_owned()),
    }
}

/// Whether a file is an article that is open, or was decided on: an export that was taken up for
/// review is one too.
fn is_reviewed(place: &Path) -> bool {
    let belongings = [sidecar_path(place), journal_path(place), lock_path(place)];
    let is_there = |path: &PathBuf| fs::symlink_metadata(path).is_ok();
    belongings.iter().any(is_there)
}

/// Whether nothing stands there, or what an export wrote, or these very bytes; never an article
/// that is reviewed.
fn may_be_replaced(
    place: &Path,
    bytes: &[u8],
    state_dir: Option<&Path>,
) -> Result<bool, StoreError> {
    if is_reviewed(place) {
        return Ok(false);
    }
    let found = match own::open_to_read(place).and_then(|mut file| digest_of(&mut file)) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(StoreError::io(place, "look at it")(error)),
    };
    let known = state_dir.and_then(|state_dir| {
        let note = own::open_to_read(&note(state_dir, place)).ok()?;
        io::read_to_string(io::Read::take(note, 100)).ok()
    });
    Ok(known.is_some_and(|known| known.trim_end() == found) || found == digest(bytes))
}

fn remember(place: &Path, bytes: &[u8], state_dir: &Path) -> Result<(), StoreError> {
    let note = note(state_dir, place);
    let folder = folder_of(&note);
    state::ready(state_dir, &folder).map_err(StoreError::io(&folder, "make it"))?;
    let rules = Rules {
        access: Access::OWNER,
        links: Links::Refused,
        unchanged: &|_| Ok(true),
    };
    atomic::write(&note, format!("{}\n", digest(bytes)).as_bytes(), &rules).map(drop)
}

/// Where the digest of the export at a place is kept.
fn note(state_dir: &Path, place: &Path) -> PathBuf {
    state_dir.join("exports").join(state_name(place))
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn digest_of(file: &mut fs::File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(file, &mut hasher)?;
    Ok(hex(&hasher.finalize()))
}

#[cfg(test)]
mod tests;
