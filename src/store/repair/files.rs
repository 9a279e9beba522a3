//! Repaired copies beside damaged sidecars and journals; the originals are never touched.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Change, repair};
use crate::store::atomic::{folder_of, sync_file, sync_folder};
use crate::store::error::StoreError;
use crate::store::journal::{self, Leftover};
use crate::store::own::Access;
use crate::store::{article_file, paths, reading};

/// Copies beside one file before giving up on finding a name.
const COPIES: usize = 1000;

/// What came of repairing one file.
#[derive(Debug)]
pub struct RepairedFile {
    /// The damaged file, which stays as it is.
    pub original: PathBuf,
    /// The repaired copy, or why there is none.
    pub copy: Result<PathBuf, String>,
    /// What the copy lacks or has changed.
    pub changes: Vec<Change>,
    /// Annotations and links, or decisions, in the copy.
    pub kept: usize,
}

/// Writes repaired copies of an article's damaged sidecar and journals. Nothing is given back
/// where nothing is damaged.
///
/// # Errors
/// When the article or one of its files cannot be read, or a copy cannot be written.
pub fn repair_files(
    path: &Path,
    state_dir: Option<&Path>,
) -> Result<Vec<RepairedFile>, StoreError> {
    let path = reading::article_path(path)?;
    let article = article_file::read_article(&path)?;
    let mut done = Vec::new();
    let access = Access::of(&path);
    let sidecar = paths::sidecar_path(&path);
    if let Some(bytes) = reading::read_sidecar(&sidecar)? {
        match repair(&bytes, &article) {
            Ok(None) => {}
            Ok(Some(repaired)) => done.push(RepairedFile {
                copy: Ok(write_copy(
                    &sidecar,
                    (".repaired", ".json"),
                    &repaired.bytes,
                    access,
                )?),
                original: sidecar,
                changes: repaired.changes,
                kept: repaired.records,
            }),
            Err(why) => done.push(RepairedFile {
                original: sidecar,
                copy: Err(why),
                changes: Vec::new(),
                kept: 0,
            }),
        }
    }
    done.extend(repair_journal(paths::journal_path(&path), access)?);
    if let Some(journal) = reading::state_journal(&path, state_dir) {
        done.extend(repair_journal(journal, Access::OWNER)?);
    }
    Ok(done)
}

/// Writes a copy of a journal that holds its whole lines, if others are in it.
fn repair_journal(path: PathBuf, access: Access) -> Result<Option<RepairedFile>, StoreError> {
    let leftover = Leftover::read(&path);
    if let Some(why) = leftover.unusable {
        return Ok(Some(RepairedFile {
            original: path,
            copy: Err(why),
            changes: Vec::new(),
            kept: 0,
        }));
    }
    if !leftover.log.torn && leftover.log.garbled == 0 {
        return Ok(None);
    }
    let changes = leftover.log.faults.iter().map(|(line, what)| Change {
        place: format!("line {line}"),
        what: (*what).to_owned(),
    });
    let whole: String = leftover.log.entries.iter().map(journal::write).collect();
    let copy = match leftover.log.entries.is_empty() {
        true => Err("no line of it is whole".to_owned()),
        false => Ok(write_copy(
            &path,
            (".repaired", ""),
            whole.as_bytes(),
            access,
        )?),
    };
    Ok(Some(RepairedFile {
        changes: changes.collect(),
        kept: leftover.log.entries.len(),
        original: path,
        copy,
    }))
}

/// Writes a new file beside `original` under a name that nothing has yet, durably and with
/// the original's mode, unless the article gives less.
fn write_copy(
    original: &Path,
    (word, end): (&str, &str),
    bytes: &[u8],
    access: Access,
) -> Result<PathBuf, StoreError> {
    let metadata = fs::metadata(original).map_err(StoreError::io(original, "look at it"))?;
    let mut options = OpenOptions::new();
    Access::OWNER.made_by(options.write(true).create_new(true));
    for nth in 1..=COPIES {
        let number = if nth == 1 {
            String::new()
        } else {
            format!("-{nth}")
        };
        let mut name = original.file_name().unwrap_or_default().to_owned();
        name.push(format!("{word}{number}{end}"));
        let copy = original.with_file_name(name);
        let mut file = match options.open(&copy) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(StoreError::io(copy, "write the repaired copy")(error)),
        };
        let written = file
            .write_all(bytes)
            .and_then(|()| file.set_permissions(access.narrowed(&metadata)))
            .and_then(|()| sync_file(&file))
            .and_then(|_| sync_folder(&folder_of(&copy)));
        return match written {
            Ok(()) => Ok(copy),
            Err(error) => {
                // Half a copy would be taken for a whole one.
                let _ = fs::remove_file(&copy);
                Err(StoreError::io(copy, "write the repaired copy")(error))
            }
        };
    }
    let many = io::Error::other(format!("{COPIES} copies are there already"));
    Err(StoreError::io(
        original,
        "find a name for the repaired copy",
    )(many))
}
