//! A zip file that is an office document: its parts by their names, read within bounds.
//!
//! Nothing is written anywhere and no name is a path of this machine. Sizes that the file states
//! are not believed; what comes out is counted while it comes.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::Trouble;

/// Most bytes that come out of one file, all parts together: pictures are not unpacked, and the text
/// of a long book with all its marks is a tenth of it.
const UNPACKED: u64 = 100_000_000;

/// Most parts of one file.
const PARTS: usize = 10_000;

/// A zip file in memory.
pub(super) struct Package<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    parts: BTreeMap<String, Part>,
    /// Bytes that may still come out of it.
    left: Cell<u64>,
}

/// Where a part is and how it is packed.
struct Part {
    at: ZipArchiveEntryWayfinder,
    packed: CompressionMethod,
    is_encrypted: bool,
}

impl<'b> Package<'b> {
    /// Opens a zip file; reads names and nothing else.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Trouble> {
        Package::open_within(bytes, UNPACKED)
    }

    fn open_within(bytes: &'b [u8], bound: u64) -> Result<Package<'b>, Trouble> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| Trouble::Damaged)?;
        let mut parts = BTreeMap::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| Trouble::Damaged)? {
            if parts.len() == PARTS {
                return Err(Trouble::Parts);
            }
            let path = entry.file_path();
            let name = String::from_utf8_lossy(path.as_ref()).replace('\\', "/");
            let part = Part {
                at: entry.wayfinder(),
                packed: entry.compression_method(),
                is_encrypted: entry.flags().is_encrypted(),
            };
            // Of two parts with one name the last counts, as for other readers.
            parts.insert(name.trim_start_matches('/').to_owned(), part);
        }
        Ok(Package {
            archive,
            parts,
            left: Cell::new(bound),
        })
    }

    /// The names of its parts, in their order as words.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Whether it has a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The bytes of a part; `None` if there is none of that name.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(part) = self.parts.get(name) else {
            return Ok(None);
        };
        if part.is_encrypted {
            return Err(Trouble::Encrypted);
        }
        let entry = self.archive.get_entry(part.at);
        let entry = entry.map_err(|_| Trouble::Damaged)?;
        let bytes = match part.packed {
            CompressionMethod::STORE => self.taken(entry.verifying_reader(entry.data()))?,
            CompressionMethod::DEFLATE => {
                self.taken(entry.verifying_reader(DeflateDecoder::new(entry.data())))?
            }
            _ => return Err(Trouble::Damaged),
        };
        Ok(Some(bytes))
    }

    /// All that a reader has, if that is within the bound.
    fn taken(&self, reader: impl Read) -> Result<Vec<u8>, Trouble> {
        let left = self.left.get();
        let mut bytes = Vec::new();
        let read = reader.take(left + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > left {
            return Err(Trouble::Bomb);
        }
        // Also when its checksum is not that of what came out.
        read.map_err(|_| Trouble::Damaged)?;
        self.left.set(left - length);
        Ok(bytes)
    }
}

/// The name of the part that an address in a part of that folder means.
pub(super) fn within(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Packing, zip};
    use super::*;

    #[test]
    fn parts_come_out_as_they_went_in() {
        let bytes = zip(
            &[
                ("/a/one.xml", b"<a/>".to_vec()),
                ("b\\two", vec![7; 5000]),
                ("b/two", vec![8]),
            ],
            Packing::Deflate,
        );
        let package = Package::open(&bytes).expect("opened");
        assert_eq!(package.part("a/one.xml"), Ok(Some(b"<a/>".to_vec())));
        assert_eq!(package.part("b/two"), Ok(Some(vec![8])));
        assert_eq!(package.part("c"), Ok(None));
        assert!(package.has("b/two") && !package.has("b"));
    }

    #[test]
    fn no_more_comes_out_than_the_bound_all_parts_together() {
        for packing in [Packing::Deflate, Packing::Store] {
            let bytes = zip(&[("a", vec![0; 600]), ("b", vec![0; 401])], packing);
            let package = Package::open_within(&bytes, 1000).expect("opened");
            assert_eq!(
                package.part("a").map(|part| part.map(|part| part.len())),
                Ok(Some(600))
            );
            assert_eq!(package.part("b"), Err(Trouble::Bomb));
            let package = Package::open_within(&bytes, 1001).expect("opened");
            assert!(package.part("a").is_ok() && package.part("b").is_ok());
        }
    }

    #[test]
    fn so_many_parts_and_no_more() {
        let names: Vec<String> = (0..=PARTS).map(|at| at.to_string()).collect();
        let parts: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (&**name, vec![])).collect();
        let opened = |count: usize| Package::open(&zip(&parts[..count], Packing::Store)).err();
        assert_eq!(opened(PARTS), None);
        assert_eq!(opened(PARTS + 1), Some(Trouble::Parts));
    }

    #[test]
    fn encrypted_and_damaged_parts_are_told_apart() {
        let mut bytes = zip(&[("a", b"words words".to_vec())], Packing::Store);
        let at = bytes
            .windows(4)
            .position(|w| w == b"PK\x01\x02")
            .expect("a directory");
        bytes[at + 8] |= 1;
        let part = |bytes: &[u8]| Package::open(bytes).and_then(|package| package.part("a"));
        assert_eq!(part(&bytes), Err(Trouble::Encrypted));
        bytes[at + 8] &= !1;
        assert!(part(&bytes).is_ok());
        let at = bytes
            .windows(5)
            .position(|w| w == b"words")
            .expect("its words");
        bytes[at] = b'W';
        assert_eq!(part(&bytes), Err(Trouble::Damaged));
    }

    #[test]
    fn addresses_stay_inside() {
        assert_eq!(within("OPS/text", "../one.xhtml"), "OPS/one.xhtml");
        assert_eq!(within("word", "/word/endnotes.xml"), "word/endnotes.xml");
        assert_eq!(within("", "../../etc/passwd"), "etc/passwd");
    }
}
