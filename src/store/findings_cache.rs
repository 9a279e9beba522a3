//! What detectors answered about texts, kept so that nobody waits for it twice.
//!
//! One file an answer, called by the digest of what was asked: the text, the detector, its version.
//! Safe to delete at any time. An entry says what it answers and has a digest of its own, so that one
//! that is torn, foreign or of another question is none; and what it holds is looked for in the article
//! as if it had just been said. The folder has a bound: the entries longest unused go first.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::annotations::hex;

/// Bytes that all entries have together at most.
const MOST: u64 = 256_000_000;
/// Bytes of an entry; what is longer is not kept.
const LONGEST: u64 = 32_000_000;
/// New entries between two looks at how much there is.
const LOOK_EVERY: usize = 200;
/// The ending of an entry's name.
const ENDING: &str = "json";

/// Answers of detectors in a folder.
#[derive(Debug)]
pub struct FindingsCache {
    folder: PathBuf,
    most: u64,
    written: AtomicUsize,
}

impl FindingsCache {
    /// The answers in a folder below that of the program's cache, there or not.
    pub fn below(cache_dir: &Path) -> FindingsCache {
        FindingsCache {
            folder: cache_dir.join("findings"),
            most: MOST,
            written: AtomicUsize::new(0),
        }
    }

    /// What was answered about the text with this digest by a detector, `name version`.
    pub fn read(&self, text_sha256: &[u8; 32], detector: &str) -> Option<Vec<u8>> {
        let (path, head) = self.entry(text_sha256, detector);
        let mut file = File::open(&path).ok()?;
        let known = file.metadata().ok()?;
        if !known.is_file() || known.len() > LONGEST {
            return None;
        }
        let mut bytes = Vec::new();
        Read::by_ref(&mut file)
            .take(LONGEST)
            .read_to_end(&mut bytes)
            .ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let answer = bytes.split_off(end + 1);
        let told: Value = serde_json::from_slice(&bytes).ok()?;
        if told != head(&answer) {
            return None;
        }
        // So that what is used is not the first to go; where that fails it goes earlier.
        if let Ok(file) = File::options().append(true).open(&path) {
            let _ = file.set_modified(SystemTime::now());
        }
        Some(answer)
    }

    /// Keeps an answer. One that cannot be kept is asked for again, and nothing else follows.
    pub fn write(&self, text_sha256: &[u8; 32], detector: &str, answer: &[u8]) {
        let (path, head) = self.entry(text_sha256, detector);
        if answer.len() as u64 + 1_000 > LONGEST {
            return;
        }
        let kept = self.put(&path, &head(answer), answer);
        if let Err(error) = kept {
            tracing::info!("{}: an answer was not kept: {error}", path.display());
        }
        let written = self.written.fetch_add(1, Ordering::Relaxed);
        if written.is_multiple_of(LOOK_EVERY) {
            self.prune();
        }
    }

    fn put(&self, path: &Path, head: &Value, answer: &[u8]) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        // Its owner's alone, as temporary files are: an answer quotes the article.
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(format!("{head}\n").as_bytes())?;
        beside.write_all(answer)?;
        beside.persist(path)?;
        Ok(())
    }

    /// Where an answer is, and what stands at its head.
    fn entry<'a>(
        &self,
        text_sha256: &[u8; 32],
        detector: &'a str,
    ) -> (PathBuf, impl Fn(&[u8]) -> Value + 'a) {
        let text = hex(text_sha256);
        let name = hex(&Sha256::digest(format!("{text}\n{detector}").as_bytes()));
        let path = self
            .folder
            .join(&name[..2])
            .join(format!("{name}.{ENDING}"));
        let head = move |answer: &[u8]| {
            json!({
                "text_sha256": text,
                "detector": detector,
                "answer_sha256": hex(&Sha256::digest(answer)),
            })
        };
        (path, head)
    }

    /// Takes the entries longest unused away, until the rest is well within the bound.
    fn prune(&self) {
        let Ok(folders) = fs::read_dir(&self.folder) else {
            return;
        };
        let folders = folders
            .flatten()
            .filter_map(|f| fs::read_dir(f.path()).ok());
        let mut entries: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in folders.flatten().flatten() {
            let path = entry.path();
            let is_ours = path.extension().is_some_and(|ending| ending == ENDING);
            if let (true, Ok(known)) = (is_ours, entry.metadata())
                && known.is_file()
            {
                let used = known.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                entries.push((used, known.len(), path));
            }
        }
        let mut all: u64 = entries.iter().map(|(_, size, _)| size).sum();
        if all <= self.most {
            return;
        }
        entries.sort();
        for (_, size, path) in entries {
            if all <= self.most / 10 * 9 {
                return;
            }
            if fs::remove_file(path).is_ok() {
                all -= size;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: [u8; 32] = [7; 32];

    fn cache() -> (tempfile::TempDir, FindingsCache) {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = FindingsCache::below(folder.path());
        (folder, cache)
    }

    fn files(cache: &FindingsCache) -> Vec<PathBuf> {
        let folders = fs::read_dir(&cache.folder).into_iter().flatten().flatten();
        let files = folders.filter_map(|f| fs::read_dir(f.path()).ok());
        files.flatten().flatten().map(|f| f.path()).collect()
    }

    #[test]
    fn an_answer_is_kept_for_its_text_and_detector_alone() {
        let (_folder, cache) = cache();
        assert_eq!(cache.read(&TEXT, "house 1"), None);
        cache.write(&TEXT, "house 1", b"{\"claims\": []}\n");
        cache.write(&TEXT, "house 2", b"other");
        assert_eq!(
            cache.read(&TEXT, "house 1").as_deref(),
            Some(&b"{\"claims\": []}\n"[..])
        );
        assert_eq!(cache.read(&TEXT, "house 2").as_deref(), Some(&b"other"[..]));
        assert_eq!(cache.read(&[8; 32], "house 1"), None);
        cache.write(&TEXT, "house 1", b"new");
        assert_eq!(cache.read(&TEXT, "house 1").as_deref(), Some(&b"new"[..]));
    }

    #[test]
    fn what_is_torn_or_of_another_question_is_none() {
        let (_folder, cache) = cache();
        cache.write(&TEXT, "house 1", b"{\"claims\": []}");
        let [path] = &files(&cache)[..] else {
            panic!("one file");
        };
        let whole = fs::read(path).expect("there");
        for cut in [0, 10, whole.len() - 1] {
            fs::write(path, &whole[..cut]).expect("written");
            assert_eq!(cache.read(&TEXT, "house 1"), None, "cut at {cut}");
        }
        cache.write(&TEXT, "house 2", b"{\"claims\": []}");
        let other = files(&cache).into_iter().find(|file| file != path);
        fs::copy(other.expect("a second"), path).expect("copied");
        assert_eq!(
            cache.read(&TEXT, "house 1"),
            None,
            "another detector's answer"
        );
        fs::write(path, whole).expect("written");
        assert!(cache.read(&TEXT, "house 1").is_some());
    }

    #[test]
    fn the_longest_unused_go_first_and_nothing_that_is_not_ours() {
        let (_folder, mut cache) = cache();
        for number in 0..10u8 {
            cache.write(&[number; 32], "house 1", &[b'x'; 1_000]);
        }
        let files = files(&cache);
        let sizes = files
            .iter()
            .map(|file| fs::metadata(file).expect("there").len());
        let all: u64 = sizes.sum();
        let foreign = cache.folder.join("00").join("mine.txt");
        fs::create_dir_all(foreign.parent().expect("a folder")).expect("made");
        fs::write(&foreign, [b'x'; 50_000]).expect("written");
        for (at, number) in [3u8, 0, 9, 5, 1, 2, 4, 6, 7, 8].into_iter().enumerate() {
            let (path, _) = cache.entry(&[number; 32], "house 1");
            let file = File::options().append(true).open(path).expect("there");
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
            file.set_modified(time).expect("set");
        }
        cache.most = all - 1;
        cache.prune();
        assert!(foreign.exists());
        let is_there =
            |cache: &FindingsCache, number: u8| cache.read(&[number; 32], "house 1").is_some();
        assert_eq!(
            [3, 0, 9, 5].map(|n| is_there(&cache, n)),
            [false, false, true, true]
        );
        // Read just now, so the next to go are others.
        cache.most = all / 2;
        cache.prune();
        assert_eq!([9, 5, 8].map(|n| is_there(&cache, n)), [true; 3]);
        assert_eq!([1, 2, 4, 6].map(|n| is_there(&cache, n)), [false; 4]);
    }
}
