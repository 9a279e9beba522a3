//! The open journal: append and sync, empty after a save, take away on quitting.
//!
//! Never follows a link and never writes into anything but a file of its own: what holds no line
//! of a journal, whole or damaged, is somebody's and stays as it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::{Log, line, read};
use crate::annotations::Id;
use crate::store::atomic::{
    self, Links, Rules, Written, folder_of, random_hex, sync_file, sync_folder,
};
use crate::store::error::StoreError;
use crate::store::lock::same_file;
use crate::store::own::{self, Access};

/// Largest journal that is read, in bytes.
const LIMIT: u64 = 256 << 20;

/// A journal, beside the article or in the state folder.
pub(in crate::store) struct Journal {
    path: PathBuf,
    access: Access,
    file: Option<File>,
    /// Bytes of whole lines in the file.
    length: u64,
    next: u64,
    /// Records described since the journal was last empty.
    pub(in crate::store) described: FxHashSet<Id>,
}

/// What stood in a journal's place at the start.
pub(in crate::store) struct Leftover {
    /// Its entries.
    pub(in crate::store) log: Log,
    /// Why no journal can be kept there, if so.
    pub(in crate::store) unusable: Option<String>,
    /// Its bytes, where some of them are no entries.
    garbled: Option<Vec<u8>>,
}

impl Leftover {
    /// Nothing: there is no such place.
    pub(in crate::store) fn none() -> Leftover {
        Leftover {
            log: Log::default(),
            unusable: None,
            garbled: None,
        }
    }

    /// Reads what stands at `path`, changing nothing.
    pub(in crate::store) fn read(path: &Path) -> Leftover {
        let mut leftover = Leftover::none();
        let bytes = match own::read(path, LIMIT) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return leftover,
            Err(error) => Err(error.to_string()),
            Ok(bytes) if bytes.len() as u64 > LIMIT => Err("it is too large".to_owned()),
            Ok(bytes) if !line::may_be_journal(&bytes) => {
                Err("it holds no line of a journal, so it is not proofmark's".to_owned())
            }
            Ok(bytes) => Ok(bytes),
        };
        match bytes {
            Ok(bytes) => {
                leftover.log = read(&bytes);
                if leftover.log.garbled > 0 {
                    leftover.garbled = Some(bytes);
                }
            }
            Err(reason) => {
                leftover.unusable = Some(format!(
                    "the journal {} cannot be used: {reason}",
                    path.display()
                ));
            }
        }
        leftover
    }
}

impl Journal {
    /// The journal at `path`, with what was left there; opened at the first append.
    pub(in crate::store) fn new(path: PathBuf, leftover: &Leftover, access: Access) -> Journal {
        Journal {
            path,
            access,
            file: None,
            length: leftover.log.whole,
            next: leftover
                .log
                .entries
                .iter()
                .map(|e| e.seq)
                .max()
                .unwrap_or(0)
                + 1,
            described: FxHashSet::default(),
        }
    }

    /// Where it is.
    pub(in crate::store) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it was opened, so that its name is durable.
    pub(in crate::store) fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// Whether there are lines in it.
    pub(in crate::store) fn has_lines(&self) -> bool {
        self.length > 0
    }

    /// The number of the next entry.
    pub(in crate::store) fn next(&self) -> u64 {
        self.next
    }

    /// Leaves only whole lines in the file, before anything is appended. What is no entry of
    /// ours goes into a file of its own, whose path is given back.
    pub(in crate::store) fn tidy(
        &mut self,
        leftover: &Leftover,
    ) -> Result<Option<PathBuf>, StoreError> {
        let log = &leftover.log;
        if leftover.unusable.is_some() {
            return Ok(None);
        }
        let aside = match &leftover.garbled {
            Some(bytes) => Some(self.set_aside(bytes)?),
            None => None,
        };
        let size = fs::metadata(&self.path).map_or(0, |metadata| metadata.len());
        if size == log.whole {
            return Ok(aside);
        }
        let whole: String = log.entries.iter().map(line::write).collect();
        let rules = Rules {
            access: self.access,
            links: Links::Refused,
            unchanged: &|_| Ok(true),
        };
        match atomic::write(&self.path, whole.as_bytes(), &rules)? {
            Written::Durably | Written::Not => {}
        }
        self.length = whole.len() as u64;
        Ok(aside)
    }

    /// Keeps the bytes under a new name beside the journal.
    fn set_aside(&self, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix(".proofmark.journal").unwrap_or(&name);
        let aside = self
            .path
            .with_file_name(format!("{stem}.{}.proofmark.journal", &random_hex()?[..8]));
        let mut options = OpenOptions::new();
        self.access.made_by(options.write(true).create_new(true));
        let kept = options.open(&aside).and_then(|mut file| {
            file.write_all(bytes)?;
            sync_file(&file)
        });
        kept.map_err(StoreError::io(&aside, "keep what was in the journal"))?;
        Ok(aside)
    }

    /// Appends a line and syncs it; after an error the line is not there.
    pub(in crate::store) fn append(&mut self, line: &str) -> Result<(), StoreError> {
        let fault = |error| StoreError::io(&self.path, "write the journal")(error);
        if self.file.is_none() {
            self.file = Some(open(&self.path, self.access).map_err(fault)?);
        }
        let file = self
            .file
            .as_mut()
            .ok_or_else(|| fault(io::Error::other("not open")))?;
        let in_place = still_there(file, &self.path, self.access, &mut self.length);
        let written = in_place
            .and_then(|()| file.seek(SeekFrom::Start(self.length)))
            .and_then(|_| file.write_all(line.as_bytes()))
            .and_then(|()| sync_file(file));
        match written {
            Ok(()) => {
                self.length += line.len() as u64;
                self.next += 1;
                Ok(())
            }
            Err(error) => {
                // If this fails too, the rest of a line is dropped when the journal is read,
                // or written over by the next one.
                let _ = file.set_len(self.length);
                let fault = fault(error);
                self.file = None;
                Err(fault)
            }
        }
    }

    /// Empties it, when everything in it is in the sidecar.
    pub(in crate::store) fn empty(&mut self) -> Result<(), StoreError> {
        self.described.clear();
        if self.length == 0 {
            return Ok(());
        }
        let emptied = match &self.file {
            Some(file) => file.set_len(0),
            None => open(&self.path, self.access).and_then(|file| file.set_len(0)),
        };
        emptied.map_err(StoreError::io(&self.path, "empty the journal"))?;
        self.length = 0;
        Ok(())
    }

    /// Takes the file away, if it is empty.
    pub(in crate::store) fn remove(mut self) -> Result<(), StoreError> {
        self.file = None;
        if self.length > 0 {
            return Ok(());
        }
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if metadata.is_file() && metadata.len() == 0 => {
                fs::remove_file(&self.path)
                    .map_err(StoreError::io(&self.path, "take the empty journal away"))
            }
            _ => Ok(()),
        }
    }
}

/// Makes sure that what is appended can be found again: somebody may have taken the journal
/// away or cut it while it was open. One taken away is put back with what was in it.
fn still_there(file: &mut File, path: &Path, access: Access, length: &mut u64) -> io::Result<()> {
    *length = file.metadata()?.len().min(*length);
    if same_file(file, path) {
        return Ok(());
    }
    let mut bytes = Vec::new();
    file.rewind()?;
    Read::by_ref(file).take(*length).read_to_end(&mut bytes)?;
    let mut again = open(path, access)?;
    again.set_len(0)?;
    again.write_all(&bytes)?;
    *file = again;
    Ok(())
}

/// Opens a journal to be written, its name made durable; a link is refused. The folder is
/// synced for a file that was there as well: whoever made it may have died, or been refused,
/// before that was done.
fn open(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = match own::open(path, options.read(true).write(true)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            own::open(path, access.made_by(options.create_new(true)))?
        }
        answer => answer?,
    };
    sync_folder(&folder_of(path))?;
    Ok(file)
}

#[cfg(test)]
mod tests;
