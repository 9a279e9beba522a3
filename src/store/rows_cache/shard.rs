//! The files of the cache: each written by one run of the program and by no other.
//!
//! So two programs never write into one file, and what a program that was killed left half written
//! is the end of its own. A file may be taken away while another program reads it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::entry::{HEAD, Head};
use crate::store::atomic::random_hex;
use crate::store::own::{self, Access};

/// How the names of shards begin and end.
const NAME: (&str, &str) = ("rows-", ".bin");
/// The ending while one is written that takes the place of others.
pub(super) const UNFINISHED: &str = "part";
/// Files that are read; more are not ours.
const MOST: usize = 64;

/// One file of the cache.
#[derive(Debug)]
pub(super) struct Shard {
    pub(super) path: PathBuf,
    file: Mutex<File>,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) shard: u16,
    pub(super) offset: u32,
}

impl Shard {
    /// All in a folder, the earliest first.
    pub(super) fn all_in(folder: &Path) -> Vec<Shard> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            if name.starts_with(NAME.0)
                && name.ends_with(NAME.1)
                && let Ok(known) = entry.metadata()
                && known.is_file()
            {
                let written = known.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                found.push((written, entry.path()));
            }
        }
        found.sort();
        let found = found.split_off(found.len().saturating_sub(MOST));
        let opened = found.into_iter().filter_map(|(_, path)| {
            let file = Mutex::new(own::open_to_read(&path).ok()?);
            Some(Shard { path, file })
        });
        opened.collect()
    }

    /// Bytes it has.
    pub(super) fn length(&self) -> u64 {
        self.lock().metadata().map_or(0, |known| known.len())
    }

    /// Goes through its entries up to the first that is none, or past `most` bytes.
    pub(super) fn scan(&self, most: u64, tell: &mut dyn FnMut(u32, Head)) {
        let length = self.length().min(most).min(u32::MAX.into());
        let mut file = self.lock();
        if file.seek(SeekFrom::Start(0)).is_err() {
            return;
        }
        let mut reader = BufReader::with_capacity(1 << 16, &mut *file);
        let mut offset = 0;
        let mut written = [0; HEAD];
        while reader.read_exact(&mut written).is_ok() {
            let Some(head) = Head::read(&written) else {
                return;
            };
            let end = offset + HEAD as u64 + u64::from(head.length);
            if end > length || reader.seek_relative(i64::from(head.length)).is_err() {
                return;
            }
            tell(offset as u32, head);
            offset = end;
        }
    }

    /// The entry at a place, if it stands there whole.
    pub(super) fn entry(&self, offset: u32, length: u32) -> Option<(Head, Vec<u8>)> {
        let mut bytes = vec![0; HEAD + length as usize];
        {
            let mut file = self.lock();
            file.seek(SeekFrom::Start(offset.into())).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        let (written, _) = bytes.split_first_chunk::<HEAD>()?;
        let head = Head::read(written)?;
        let row = bytes.split_off(HEAD);
        head.is_of(&row).then_some((head, row))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A new file in the folder, made where it is not there: under its own name, or under one that
/// is not read yet.
///
/// # Errors
/// When the system refuses.
pub(super) fn new_in(folder: &Path, is_finished: bool) -> io::Result<(PathBuf, File)> {
    let mut made = fs::DirBuilder::new();
    made.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        made.mode(0o700);
    }
    made.create(folder)?;
    let digits = random_hex().map_err(|error| io::Error::other(error.to_string()))?;
    let mut path = folder.join(format!("{}{digits}{}", NAME.0, NAME.1));
    if !is_finished {
        path.set_extension(UNFINISHED);
    }
    // Its owner's alone: rows quote articles.
    let mut options = OpenOptions::new();
    let options = Access::OWNER.made_by(options.write(true).create_new(true));
    let file = own::open(&path, options)?;
    Ok((path, file))
}

/// The name under which an unfinished file is read.
pub(super) fn finished(unfinished: &Path) -> PathBuf {
    unfinished.with_extension(NAME.1.trim_start_matches('.'))
}
