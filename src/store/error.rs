//! What can go wrong with files: every error names the file and says what is safe.

use std::io;
use std::path::PathBuf;

use crate::ingest::Unreadable;

/// Why an article or its files could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{}: cannot {what}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// The system's answer.
        source: io::Error,
    },
    /// Something else than a regular file stands there.
    #[error("{}: {what}, not a regular file", .path.display())]
    NotAFile {
        /// The place.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A file stands there that the program did not write, and it stays.
    #[error("{}: not proofmark's own: {what}", .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// How that is seen.
        what: &'static str,
    },
    /// The file is no article.
    #[error("{0}")]
    Article(#[from] Unreadable),
    /// The path belongs to one of the program's own files.
    #[error("{}: {what}", .path.display())]
    NotAnArticle {
        /// The file.
        path: PathBuf,
        /// What it is taken for.
        what: String,
    },
    /// The sidecar cannot be read; it stays as it is.
    #[error("{}: {reason}", .path.display())]
    Sidecar {
        /// The sidecar.
        path: PathBuf,
        /// What is wrong, with its place.
        reason: String,
    },
    /// Something stands where a file was to be moved to; it stays.
    #[error("{}: something stands there already", .path.display())]
    InTheWay {
        /// The place.
        path: PathBuf,
    },
    /// The article is open for reading only.
    #[error("{}: open read-only: {reason}", .path.display())]
    ReadOnly {
        /// The article.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The folder of an open article is gone, or another one stands in its place.
    #[error("{}: its folder is not there any more", .path.display())]
    Gone {
        /// The article.
        path: PathBuf,
    },
    /// The sidecar was not saved, and where the decisions are that are not in it.
    #[error("{source}; the decisions are in {}", .journal.display())]
    Unsaved {
        /// What went wrong.
        source: Box<StoreError>,
        /// The journal that holds them.
        journal: PathBuf,
    },
    /// The decision could be written neither beside the article nor in the state folder.
    #[error("decision not saved: {beside}; and in the state folder: {state}")]
    Journal {
        /// What went wrong beside the article.
        beside: String,
        /// What went wrong in the state folder.
        state: String,
    },
}

impl StoreError {
    /// What can be done about it.
    pub fn hint(&self) -> &'static str {
        match self {
            StoreError::Io {
                what: "make the folder",
                ..
            } => "name another folder",
            StoreError::Io { what, source, .. } => match source.kind() {
                io::ErrorKind::NotFound => "check the path",
                io::ErrorKind::PermissionDenied => "check the permissions of the file and folder",
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room on the disk; decisions stay in the journal"
                }
                io::ErrorKind::InvalidFilename => "give the file a shorter name",
                _ if *what == "read it" => "check where the path leads, and the disk",
                _ => "decisions stay in the journal and are taken up at the next start",
            },
            StoreError::NotAFile { .. } => "move it away or name another file",
            StoreError::NotOurs { .. } => "it is left as it is; move it away or rename it",
            StoreError::Article(unreadable) => unreadable.hint(),
            StoreError::NotAnArticle { .. } => "name the article itself",
            StoreError::Sidecar { .. } => {
                "the file is left as it is: proofmark check --repair writes a repaired copy, or \
                 move it away; decisions stay in the journal"
            }
            StoreError::InTheWay { .. } => "nothing is written over: choose another name",
            StoreError::ReadOnly { .. } => "nothing was changed",
            StoreError::Gone { .. } => {
                "put the folder back, or open the article where it is now: its decisions come back"
            }
            StoreError::Unsaved { source, .. } => source.hint(),
            StoreError::Journal { .. } => "make one of the two folders writable and decide again",
        }
    }

    /// An error of the system while doing `what` to `path`.
    pub(super) fn io(
        path: impl Into<PathBuf>,
        what: &'static str,
    ) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.into();
        move |source| StoreError::Io { path, what, source }
    }
}
