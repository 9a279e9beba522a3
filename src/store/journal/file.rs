//! The open journal: append and sync, empty after a save, take away on quitting.
//!
//! Never follows a link and never writes into anything but a file of its own: what holds no line
//! of a journal, whole or damaged, is somebody's and stays as it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{Entry, Log, line, read};
use crate::store::atomic::{
    self, Links, Rules, Synced, Written, folder_of, random_hex, sync_file, sync_folder,
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
    /// How many of the decisions that are not saved yet stand in it, from the first one on.
    pub(in crate::store) holds: usize,
    /// Whether somebody else's lines were found in it: another desk's, where there are no locks.
    is_shared: bool,
    /// Whether a line that was refused may still stand behind the others.
    is_untidy: bool,
}

/// What stood in a journal's place at the start.
pub(in crate::store) struct Leftover {
    /// Its entries.
    pub(in crate::store) log: Log,
    /// Why no journal can be kept there, if so.
    pub(in crate::store) unusable: Option<String>,
    /// Its bytes, where some of them are no entries.
    garbled: Option<Vec<u8>>,
    /// How many bytes were read.
    size: u64,
}

impl Leftover {
    /// Nothing: there is no such place.
    pub(in crate::store) fn none() -> Leftover {
        Leftover {
            log: Log::default(),
            unusable: None,
            garbled: None,
            size: 0,
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
                leftover.size = bytes.len() as u64;
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
            holds: 0,
            is_shared: false,
            is_untidy: false,
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

    /// Whether the file that was opened is the one that stands there now.
    pub(in crate::store) fn is_in_place(&self) -> bool {
        self.file
            .as_ref()
            .is_some_and(|file| same_file(file, &self.path))
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
            unchanged: &|place| {
                let size = fs::symlink_metadata(place).map_or(0, |metadata| metadata.len());
                Ok(size == leftover.size)
            },
        };
        if atomic::write(&self.path, whole.as_bytes(), &rules)? == Written::Not {
            let busy = io::Error::other("somebody else is writing it");
            return Err(StoreError::io(&self.path, "put the journal in order")(busy));
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

    /// Appends decisions and syncs them, all or none; after an error none is there.
    pub(in crate::store) fn append(&mut self, entries: &[Entry]) -> Result<Synced, StoreError> {
        self.try_append(entries).map_err(|error| {
            if let Some(file) = self.file.take() {
                // If this fails too, the rest of a line is dropped when the journal is read, or
                // written over by the next one.
                self.is_untidy = file.set_len(self.length).is_err();
            }
            StoreError::io(&self.path, "write the journal")(error)
        })
    }

    fn try_append(&mut self, entries: &[Entry]) -> io::Result<Synced> {
        if self.file.is_none() {
            self.file = Some(open(&self.path, self.access)?);
        }
        self.still_there()?;
        self.heed_others()?;
        let numbered = entries.iter().zip(self.next..);
        let lines: String = numbered
            .map(|(entry, seq)| {
                line::write(&Entry {
                    seq,
                    ..entry.clone()
                })
            })
            .collect();
        let file = self.opened()?;
        file.seek(SeekFrom::End(0))?;
        file.write_all(lines.as_bytes())?;
        let synced = sync_file(file)?;
        self.length += lines.len() as u64;
        self.next += entries.len() as u64;
        Ok(synced)
    }

    /// Empties it, when everything in it is in the sidecar; whether it is empty now. Lines of
    /// somebody else stay: nobody here knows whether those are saved.
    pub(in crate::store) fn empty(&mut self) -> Result<bool, StoreError> {
        self.holds = 0;
        if self.length == 0 && !self.is_shared {
            return Ok(true);
        }
        self.try_empty()
            .map_err(StoreError::io(&self.path, "empty the journal"))
    }

    fn try_empty(&mut self) -> io::Result<bool> {
        if !self.is_in_place() {
            let was_open = self.file.take().is_some();
            match own::open(&self.path, OpenOptions::new().read(true).write(true)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.length = 0;
                    self.is_shared = false;
                    return Ok(true);
                }
                answer => self.file = Some(answer?),
            }
            // Another file than the one that was written: its folder came back, or went.
            self.is_shared |= was_open;
        }
        self.heed_others()?;
        if self.is_shared {
            return Ok(false);
        }
        self.opened()?.set_len(0)?;
        self.length = 0;
        Ok(true)
    }

    /// Keeps what somebody else appended since it was last written, and cuts off what is no
    /// whole line.
    fn heed_others(&mut self) -> io::Result<()> {
        let (length, is_untidy) = (self.length, self.is_untidy);
        let file = self.opened()?;
        let size = file.metadata()?.len();
        if size <= length {
            self.length = size;
            return Ok(());
        }
        if !is_untidy {
            let mut tail = Vec::new();
            file.seek(SeekFrom::Start(length))?;
            Read::by_ref(file).take(LIMIT).read_to_end(&mut tail)?;
            let log = read(&tail);
            let lines = match tail.iter().rposition(|byte| *byte == b'\n') {
                Some(last) if log.garbled > 0 => last as u64 + 1,
                _ => log.whole,
            };
            if lines > 0 {
                self.is_shared = true;
                self.length += lines;
                let last = log.entries.iter().map(|entry| entry.seq).max();
                self.next = self.next.max(last.unwrap_or(0) + 1);
            }
        }
        let length = self.length;
        self.opened()?.set_len(length)?;
        self.is_untidy = false;
        Ok(())
    }

    fn opened(&mut self) -> io::Result<&mut File> {
        self.file
            .as_mut()
            .ok_or_else(|| io::Error::other("not open"))
    }

    /// Makes sure that what is appended can be found again: somebody may have taken the journal
    /// away while it was open. One taken away is put back with what was in it.
    fn still_there(&mut self) -> io::Result<()> {
        if self.is_in_place() {
            return Ok(());
        }
        let length = self.length;
        let mut bytes = Vec::new();
        let file = self.opened()?;
        file.rewind()?;
        Read::by_ref(file).take(length).read_to_end(&mut bytes)?;
        let mut again = open(&self.path, self.access)?;
        // Another one may stand there by now; what is in it stays.
        let size = again.seek(SeekFrom::End(0))?;
        self.is_shared |= size > 0;
        again.write_all(&bytes)?;
        self.length = size + bytes.len() as u64;
        self.file = Some(again);
        Ok(())
    }

    /// Takes the file away, if it is empty; whether nothing is there any more.
    pub(in crate::store) fn remove(mut self) -> Result<bool, StoreError> {
        self.file = None;
        if self.length > 0 {
            return Ok(false);
        }
        match fs::symlink_metadata(&self.path) {
            Ok(metadata) if metadata.is_file() && metadata.len() == 0 => {
                fs::remove_file(&self.path)
                    .map_err(StoreError::io(&self.path, "take the empty journal away"))?;
                Ok(true)
            }
            Ok(_) => Ok(false),
            Err(error) => Ok(error.kind() == io::ErrorKind::NotFound),
        }
    }
}

/// Opens a journal to be written, its name made durable; a link is refused. The folder is
/// synced for a file that was there as well: whoever made it may have died, or been refused,
/// before that was done.
fn open(path: &Path, access: Access) -> io::Result<File> {
    let (file, _) = own::open_or_make(path, access)?;
    sync_folder(&folder_of(path))?;
    Ok(file)
}

#[cfg(test)]
mod tests;
