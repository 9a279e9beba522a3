//! Whether an article's folder is still the one it was opened in.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ingest;
use crate::store::article_file::read_regular;
use crate::store::atomic;
use crate::text::Article;

/// What tells a folder from another in its place.
type FolderNumber = (u64, u64);

/// Where an article was opened.
#[derive(Clone, Debug)]
pub(super) struct Home {
    path: PathBuf,
    folder: PathBuf,
    number: Option<FolderNumber>,
    bytes_sha256: [u8; 32],
}

impl Home {
    /// Of an article just read, and its sidecar.
    pub(super) fn of(path: &Path, sidecar: &Path, article: &Article) -> Home {
        let folder = atomic::folder_of(sidecar);
        Home {
            path: path.to_owned(),
            number: number_of(&folder),
            folder,
            bytes_sha256: *article.bytes_sha256(),
        }
    }

    /// Whether the folder is still there, with the article or without: an empty one in its place
    /// is where a disk is to be mounted again, and in another one of its name an article of this
    /// name may be another.
    pub(super) fn is_here(&self) -> bool {
        let now = number_of(&self.folder);
        (now.is_some() && now == self.number)
            || (self.folder.is_dir() && self.number.is_none())
            || read_regular(&self.path, ingest::LIMIT as u64)
                .is_ok_and(|bytes| Sha256::digest(bytes)[..] == self.bytes_sha256[..])
    }
}

fn number_of(folder: &Path) -> Option<FolderNumber> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let metadata = std::fs::metadata(folder).ok()?;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}
