//! What an article and its sidecar looked like when last read or written.
//!
//! Polled while the desk is open: times, sizes and numbers of files first, digests only if
//! those changed, because times alone prove nothing. The first look after reading or writing
//! always reads the bytes: somebody may have written in between.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::article_file::read_regular;
use super::reading::SIDECAR_LIMIT;
use crate::ingest;
use crate::text::Article;

/// Which of an open article's files changed on disk since they were read or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The article's bytes; or it is gone.
    pub article: bool,
    /// The sidecar's bytes; or it is gone.
    pub sidecar: bool,
}

/// The look of both files.
pub(super) struct Stamp {
    article: Look,
    sidecar: Look,
    told: Change,
}

/// The look of one file.
struct Look {
    /// The bytes as they were read or written; `None`: there was no file.
    known: Option<Bytes>,
    /// Bytes past which it is another file in any case.
    limit: u64,
    /// What the system told when it was last looked at, and whether the file was another.
    looked: Option<(Told, bool)>,
}

/// The bytes of a file: themselves where they are kept in any case, so that opening takes no
/// digest of them, else by their digest.
enum Bytes {
    Kept(Arc<Vec<u8>>),
    Digest([u8; 32]),
}

impl Bytes {
    fn are(&self, bytes: &[u8]) -> bool {
        match self {
            Bytes::Kept(kept) => kept.as_slice() == bytes,
            Bytes::Digest(known) => digest(bytes) == *known,
        }
    }
}

/// What the system tells of a file without reading it; `None`: nothing is there.
type Told = Option<Facts>;

/// What changes when a file is written or replaced.
#[derive(PartialEq, Eq)]
struct Facts {
    length: u64,
    modified: Option<SystemTime>,
    /// File number, and when the system last noted a change: times can be set, this cannot.
    #[cfg(unix)]
    noted: (u64, i64, i64),
}

impl Stamp {
    pub(super) fn of(article: &Article, sidecar: Option<Arc<Vec<u8>>>) -> Stamp {
        Stamp {
            article: Look {
                known: Some(Bytes::Digest(*article.bytes_sha256())),
                limit: ingest::LIMIT as u64,
                looked: None,
            },
            sidecar: Look {
                known: sidecar.map(Bytes::Kept),
                limit: SIDECAR_LIMIT,
                looked: None,
            },
            told: Change::default(),
        }
    }

    /// The sidecar was just written, and these are its bytes.
    pub(super) fn sidecar_is(&mut self, bytes: &[u8]) {
        self.sidecar.known = Some(Bytes::Digest(digest(bytes)));
        self.sidecar.looked = None;
        self.told.sidecar = false;
    }

    /// What changed since this was last asked and was not told yet.
    pub(super) fn news(&mut self, path: &Path, sidecar: &Path) -> Change {
        let now = self.look(path, sidecar);
        let before = std::mem::replace(&mut self.told, now);
        Change {
            article: now.article && !before.article,
            sidecar: now.sidecar && !before.sidecar,
        }
    }

    /// Compares with what stands there now.
    fn look(&mut self, path: &Path, sidecar: &Path) -> Change {
        Change {
            article: self.article.changed(path),
            sidecar: self.sidecar.changed(sidecar),
        }
    }
}

impl Look {
    fn changed(&mut self, path: &Path) -> bool {
        let now = told(path);
        if let Some((then, changed)) = &self.looked
            && *then == now
        {
            return *changed;
        }
        let bytes = read_regular(path, self.limit).ok();
        let changed = match (&bytes, &self.known) {
            (Some(bytes), Some(known)) => !known.are(bytes),
            (bytes, known) => bytes.is_some() != known.is_some(),
        };
        self.looked = Some((now, changed));
        changed
    }
}

fn told(path: &Path) -> Told {
    let metadata = fs::metadata(path).ok()?;
    Some(Facts {
        length: metadata.len(),
        modified: metadata.modified().ok(),
        #[cfg(unix)]
        noted: {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        },
    })
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Media;

    /// A folder, an article's and its sidecar's places in it, and what the article says.
    fn files() -> (
        tempfile::TempDir,
        std::path::PathBuf,
        std::path::PathBuf,
        Article,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let [path, sidecar] = ["a.txt", "a.json"].map(|name| folder.path().join(name));
        let article = Article::new("a.txt", "Fares rose.\n", Media::Plain);
        (folder, path, sidecar, article)
    }

    #[test]
    fn what_changed_while_it_was_read_is_noticed() {
        let (_folder, path, sidecar, article) = files();
        // Read, and then written by somebody before the desk took its look.
        fs::write(&path, "Fares fell.\n").expect("written");
        fs::write(&sidecar, "{}").expect("written");
        let mut stamp = Stamp::of(&article, Some(Arc::new(b"[]".to_vec())));
        let both = Change {
            article: true,
            sidecar: true,
        };
        assert_eq!(stamp.look(&path, &sidecar), both);
        assert_eq!(stamp.look(&path, &sidecar), both);
        fs::write(&path, "Fares rose.\n").expect("written");
        fs::write(&sidecar, "[]").expect("written");
        assert_eq!(stamp.look(&path, &sidecar), Change::default());
        fs::remove_file(&path).expect("taken away");
        assert!(stamp.look(&path, &sidecar).article);
    }

    #[test]
    fn a_change_is_news_once_and_again_after_a_save() {
        let (_folder, path, sidecar, article) = files();
        fs::write(&path, "Fares rose.\n").expect("written");
        fs::write(&sidecar, "{}").expect("written");
        let mut stamp = Stamp::of(&article, Some(Arc::new(b"[]".to_vec())));
        let of_sidecar = Change {
            article: false,
            sidecar: true,
        };
        assert_eq!(stamp.news(&path, &sidecar), of_sidecar);
        assert_eq!(stamp.news(&path, &sidecar), Change::default());
        stamp.sidecar_is(b"[1]");
        assert_eq!(stamp.news(&path, &sidecar), of_sidecar);
        stamp.sidecar_is(b"{}");
        assert_eq!(stamp.news(&path, &sidecar), Change::default());
        fs::write(&path, "Fares fell.\n").expect("written");
        assert!(stamp.news(&path, &sidecar).article);
        assert!(!stamp.news(&path, &sidecar).article);
    }

    #[test]
    fn a_large_sidecar_that_was_touched_is_no_other_one() {
        let (_folder, path, sidecar, article) = files();
        fs::write(&path, "Fares rose.\n").expect("written");
        let large = vec![b' '; ingest::LIMIT + 2];
        fs::write(&sidecar, &large).expect("written");
        let mut stamp = Stamp::of(&article, Some(Arc::new(large)));
        assert_eq!(stamp.look(&path, &sidecar), Change::default());
        let touched = fs::File::open(&sidecar).expect("opens");
        touched
            .set_modified(SystemTime::UNIX_EPOCH)
            .expect("touched");
        assert_eq!(stamp.look(&path, &sidecar), Change::default());
    }

    #[cfg(unix)]
    #[test]
    fn an_edit_of_equal_length_that_keeps_the_time_is_noticed() {
        let (_folder, path, sidecar, article) = files();
        fs::write(&path, "Fares rose.\n").expect("written");
        let mut stamp = Stamp::of(&article, None);
        assert_eq!(stamp.look(&path, &sidecar), Change::default());
        let time = fs::metadata(&path)
            .expect("there")
            .modified()
            .expect("a time");
        let other = path.with_file_name("other.txt");
        fs::write(&other, "Fares fell.\n").expect("written");
        let file = fs::File::options().write(true).open(&other).expect("opens");
        file.set_modified(time).expect("set");
        fs::rename(&other, &path).expect("put in its place");
        assert!(stamp.look(&path, &sidecar).article);
    }
}
