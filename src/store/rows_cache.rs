//! Rows of the queue, kept from one start to the next, so that nobody waits for the detector twice.
//!
//! Safe to delete at any time, and never trusted over the article: a row holds for what made it and
//! for files that stand exactly as they stood, or for an article with the same bytes and nothing
//! beside it. An entry has a digest of its own; one that is torn or foreign is none. A run writes
//! into a file of its own; a later one makes one of all, without the rows longest unused where all
//! take too much room.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

mod entry;
mod row_stamps;
mod shard;

use entry::{HEAD, Head, LONGEST};
pub use row_stamps::RowStamps;
use row_stamps::{Key, key};
use shard::{Shard, Spot};

/// Bytes that all entries have together at most.
const MOST: u64 = 600_000_000;
/// Bytes of new entries that wait to be written.
const WAITING: usize = 1 << 18;
/// Files from which on one is made of all.
const SHARDS: usize = 4;
/// Days after which it is noted that a row is still of use.
const NOTED_EVERY: u32 = 7;

/// Rows of the queue in a folder.
#[derive(Debug)]
pub struct RowsCache {
    folder: PathBuf,
    state_dir: Option<PathBuf>,
    made_by: String,
    most: u64,
    today: u32,
    shards: Vec<Shard>,
    known: Vec<Known>,
    /// Entries by the beginning of the article's place, and of its bytes.
    by_place: FxHashMap<u64, u32>,
    by_bytes: FxHashMap<u64, u32>,
    /// Entries that another one of the same article has the place of.
    stale: usize,
    /// Whether this run has made one file of all: what it found at its start is dealt with then.
    is_made: AtomicBool,
    new: Mutex<New>,
}

/// An entry in a file.
#[derive(Debug)]
struct Known {
    place: Key,
    spot: Spot,
    length: u32,
    day: u32,
    is_used: AtomicBool,
}

/// What this run adds.
#[derive(Debug, Default)]
struct New {
    waiting: Vec<u8>,
    file: Option<File>,
    /// Whether writing failed: then nothing more is kept.
    is_broken: bool,
}

impl RowsCache {
    /// The rows in a folder below that of the program's cache, there or not. They hold for what
    /// `made_by` names: everything besides the article that a row comes from, and the version of
    /// its form.
    pub fn below(cache_dir: &Path, state_dir: Option<&Path>, made_by: &str) -> RowsCache {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let days = since.unwrap_or_default().as_secs() / 86_400;
        RowsCache::of(cache_dir, state_dir, made_by, MOST, days as u32)
    }

    fn of(cache: &Path, state: Option<&Path>, made_by: &str, most: u64, today: u32) -> RowsCache {
        let folder = cache.join("rows");
        let mut cache = RowsCache {
            shards: Shard::all_in(&folder),
            folder,
            state_dir: state.map(Path::to_owned),
            made_by: made_by.to_owned(),
            most,
            today,
            known: Vec::new(),
            by_place: FxHashMap::default(),
            by_bytes: FxHashMap::default(),
            stale: 0,
            is_made: AtomicBool::new(false),
            new: Mutex::default(),
        };
        let RowsCache {
            shards,
            known,
            by_place,
            by_bytes,
            stale,
            ..
        } = &mut cache;
        for (number, shard) in shards.iter().enumerate() {
            shard.scan(2 * most, &mut |offset, head| {
                let at = known.len() as u32;
                let place = by_place.insert(short(&head.place), at);
                *stale += usize::from(place.is_some());
                if head.bytes != Key::default() {
                    by_bytes.insert(short(&head.bytes), at);
                }
                known.push(Known {
                    place: head.place,
                    spot: Spot {
                        shard: number as u16,
                        offset,
                    },
                    length: head.length,
                    day: head.day,
                    is_used: AtomicBool::new(false),
                });
            });
        }
        cache
    }

    /// How the files of an article stand now: to be asked for before they are read. `None`: no
    /// row is kept of it.
    pub fn stamps(&self, path: &Path) -> Option<RowStamps> {
        RowStamps::of(path, self.state_dir.as_deref(), SystemTime::now())
    }

    /// The row of an article whose files stand as they stood.
    pub fn row(&self, stamps: &RowStamps) -> Option<Vec<u8>> {
        if !stamps.proves {
            return None;
        }
        let place = self.place(stamps);
        let at = *self.by_place.get(&short(&place))?;
        let (head, row) = self.entry(at)?;
        (head.place == place && head.told == stamps.told).then_some(row)
    }

    /// The row of an article with these bytes, by their digest, and nothing beside it. What it
    /// says of the file's times may be another's.
    pub fn row_of_bytes(&self, stamps: &RowStamps, bytes_sha256: &[u8; 32]) -> Option<Vec<u8>> {
        let bytes = self.bytes(stamps, bytes_sha256)?;
        let at = *self.by_bytes.get(&short(&bytes))?;
        let (head, row) = self.entry(at)?;
        (head.bytes == bytes).then_some(row)
    }

    /// Keeps the row that was made of an article whose files stood so before they were read. One
    /// whose files changed meanwhile is not kept.
    pub fn keep(&self, before: &RowStamps, bytes_sha256: &[u8; 32], row: &[u8]) {
        let after = self.stamps(&before.place);
        let stands = after
            .is_some_and(|after| (after.told, after.is_alone) == (before.told, before.is_alone));
        let bytes = self.bytes(before, bytes_sha256).unwrap_or_default();
        if !stands || row.len() > LONGEST || !(before.proves || before.is_alone) {
            return;
        }
        let told = match before.proves {
            true => before.told,
            false => Key::default(),
        };
        let head = Head::new(self.today, self.place(before), told, bytes, row);
        let mut new = self.lock();
        if new.is_broken {
            return;
        }
        new.waiting.extend_from_slice(&head.written());
        new.waiting.extend_from_slice(row);
        if new.waiting.len() >= WAITING {
            self.write(&mut new);
        }
    }

    /// Writes what waits; then, where that is due, makes one file of all, once. What cannot be kept is
    /// looked for again, and nothing else follows.
    pub fn save(&self) {
        let mut new = self.lock();
        self.write(&mut new);
        if self.is_made.load(Ordering::Relaxed) {
            return;
        }
        let is_old = |known: &Known| {
            known.is_used.load(Ordering::Relaxed) && known.day + NOTED_EVERY <= self.today
        };
        let shards = Shard::all_in(&self.folder);
        let length: u64 = shards.iter().map(Shard::length).sum();
        let is_due = length > self.most
            || shards.len() > SHARDS
            || self.stale > self.known.len() / 2
            || self.known.iter().any(is_old);
        if !is_due || self.is_made.swap(true, Ordering::Relaxed) {
            return;
        }
        // What comes meanwhile goes into a file of its own, and nobody waits.
        new.file = None;
        drop(new);
        if let Err(error) = self.make_one(&shards) {
            tracing::info!(
                "{}: rows were not put together: {error}",
                self.folder.display()
            );
        }
    }

    /// Makes one file of all entries in these, which this run does not write into any more, as
    /// far as there is room: those of use last first.
    fn make_one(&self, shards: &[Shard]) -> io::Result<()> {
        let mut latest: FxHashMap<Key, (u32, u32, Spot)> = FxHashMap::default();
        for (number, shard) in shards.iter().enumerate() {
            shard.scan(2 * self.most, &mut |offset, head| {
                let shard = number as u16;
                let spot = Spot { shard, offset };
                latest.insert(head.place, (head.day, head.length, spot));
            });
        }
        for known in &self.known {
            if known.is_used.load(Ordering::Relaxed)
                && let Some((day, ..)) = latest.get_mut(&known.place)
            {
                *day = self.today;
            }
        }
        let mut entries: Vec<(u32, u32, Spot)> = latest.into_values().collect();
        entries.sort_unstable_by_key(|(day, _, spot)| {
            (std::cmp::Reverse(*day), spot.shard, spot.offset)
        });
        let (unfinished, file) = shard::new_in(&self.folder, false)?;
        let written = self.copy(shards, &entries, BufWriter::new(file));
        if let Err(error) =
            written.and_then(|()| fs::rename(&unfinished, shard::finished(&unfinished)))
        {
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        for shard in shards {
            let _ = fs::remove_file(&shard.path);
        }
        self.sweep();
        Ok(())
    }

    fn copy(
        &self,
        shards: &[Shard],
        entries: &[(u32, u32, Spot)],
        mut to: impl Write,
    ) -> io::Result<()> {
        let mut all = 0;
        for (day, length, spot) in entries {
            all += HEAD as u64 + u64::from(*length);
            if all > self.most / 10 * 9 {
                break;
            }
            let shard = shards.get(usize::from(spot.shard));
            let entry = shard.and_then(|shard| shard.entry(spot.offset, *length));
            if let Some((head, row)) = entry {
                to.write_all(&head.of_day(*day).written())?;
                to.write_all(&row)?;
            }
        }
        to.flush()
    }

    /// Takes away what others left unfinished a day ago.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let path = entry.path();
            let written = entry.metadata().and_then(|known| known.modified()).ok();
            let is_left = written
                .and_then(|written| written.elapsed().ok())
                .is_some_and(|since| since > Duration::from_secs(86_400));
            if is_left
                && path
                    .extension()
                    .is_some_and(|ending| ending == shard::UNFINISHED)
            {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn write(&self, new: &mut New) {
        let waiting = std::mem::take(&mut new.waiting);
        if waiting.is_empty() || new.is_broken {
            return;
        }
        let mut put = || {
            if new.file.is_none() {
                new.file = Some(shard::new_in(&self.folder, true)?.1);
            }
            new.file
                .as_mut()
                .map_or(Ok(()), |file| file.write_all(&waiting))
        };
        if let Err(error) = put() {
            tracing::info!("{}: rows were not kept: {error}", self.folder.display());
            new.is_broken = true;
        }
    }

    fn entry(&self, at: u32) -> Option<(Head, Vec<u8>)> {
        let known = self.known.get(at as usize)?;
        let shard = self.shards.get(usize::from(known.spot.shard))?;
        let entry = shard.entry(known.spot.offset, known.length)?;
        known.is_used.store(true, Ordering::Relaxed);
        Some(entry)
    }

    fn place(&self, stamps: &RowStamps) -> Key {
        self.key_of(b"place", stamps.place.as_os_str().as_encoded_bytes())
    }

    /// Of the article's name too: it says how its bytes are read.
    fn bytes(&self, stamps: &RowStamps, bytes_sha256: &[u8; 32]) -> Option<Key> {
        let name = stamps.place.file_name()?.as_encoded_bytes();
        let both = [bytes_sha256.as_slice(), name].concat();
        stamps.is_alone.then(|| self.key_of(b"bytes", &both))
    }

    fn key_of(&self, what: &[u8], of: &[u8]) -> Key {
        let mut digest = Sha256::new();
        // Lengths, so that no two questions have the same bytes.
        for part in [what, self.made_by.as_bytes(), of] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        key(&digest.finalize())
    }

    fn lock(&self) -> MutexGuard<'_, New> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The beginning of a key: enough to find an entry, which then says whose it is.
fn short(key: &Key) -> u64 {
    let (first, _) = key.split_at(8);
    first
        .iter()
        .fold(0, |all, byte| all << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests;
