//! One row as it stands in a shard: a head of fixed length, then the row.

use sha2::{Digest, Sha256};

use super::row_stamps::{Key, key};

/// What every head begins with: the form of entries, and its version.
const MAGIC: [u8; 4] = *b"pmr1";
/// Bytes of a head.
pub(super) const HEAD: usize = 4 + 4 + 4 + 4 * 16 + 8;
/// Bytes of a row; a longer one is not kept.
pub(super) const LONGEST: usize = 1 << 20;

/// The head of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes of the row behind it.
    pub(super) length: u32,
    /// The day it was last of use, counted from 1970.
    pub(super) day: u32,
    /// Of the article's path, and of what made the row.
    pub(super) place: Key,
    /// Of the files as they stood; no file's if that proves nothing.
    pub(super) told: Key,
    /// Of the article's bytes and name, and of what made the row; of nothing if there is more.
    pub(super) bytes: Key,
    /// Of the row and all of the above but the day.
    check: Key,
}

impl Head {
    /// The head for a row.
    pub(super) fn new(day: u32, place: Key, told: Key, bytes: Key, row: &[u8]) -> Head {
        let mut head = Head {
            length: row.len() as u32,
            day,
            place,
            told,
            bytes,
            check: Key::default(),
        };
        head.check = head.check_of(row);
        head
    }

    /// The same, last of use on another day.
    pub(super) fn of_day(self, day: u32) -> Head {
        Head { day, ..self }
    }

    /// Bytes of the row behind it, whatever they are.
    #[cfg(test)]
    pub(super) fn of_length(self, length: u32) -> Head {
        Head { length, ..self }
    }

    /// Whether these bytes are the row it is the head of.
    pub(super) fn is_of(&self, row: &[u8]) -> bool {
        row.len() == self.length as usize && self.check == self.check_of(row)
    }

    fn check_of(&self, row: &[u8]) -> Key {
        let mut digest = Sha256::new();
        for part in [&self.place, &self.told, &self.bytes] {
            digest.update(part);
        }
        digest.update(row);
        key(&digest.finalize())
    }

    /// As it stands in a file.
    pub(super) fn written(&self) -> [u8; HEAD] {
        let mut written = [0; HEAD];
        let (length, day) = (self.length.to_le_bytes(), self.day.to_le_bytes());
        let parts: [&[u8]; 7] = [
            &MAGIC,
            &length,
            &day,
            &self.place,
            &self.told,
            &self.bytes,
            &self.check,
        ];
        let all = parts.into_iter().flatten();
        written
            .iter_mut()
            .zip(all)
            .for_each(|(to, from)| *to = *from);
        let sum = Sha256::digest(&written[..HEAD - 8]);
        written[HEAD - 8..].copy_from_slice(&sum[..8]);
        written
    }

    /// The head that these bytes are; `None` if they are none.
    pub(super) fn read(written: &[u8; HEAD]) -> Option<Head> {
        let number = |at: usize| {
            let bytes = written.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes))
        };
        let part = |at: usize| Some(key(written.get(at..at + 16)?));
        let head = Head {
            length: number(4)?,
            day: number(8)?,
            place: part(12)?,
            told: part(28)?,
            bytes: part(44)?,
            check: part(60)?,
        };
        let is_whole = head.length as usize <= LONGEST && head.written() == *written;
        is_whole.then_some(head)
    }
}
