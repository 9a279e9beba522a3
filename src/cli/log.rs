//! The log: a file in the state folder, never the screen.
//!
//! A log that cannot be written stops nobody from working. The file is put aside once it is
//! large, so that two of them are kept at most.

use std::fs;
use std::path::{Path, PathBuf};

use tracing_subscriber::fmt::writer::MakeWriterExt;

/// Above this many bytes the log is put aside when the program starts.
const LARGE: u64 = 1_000_000;

/// What the log is called.
const NAME: &str = "proofmark.log";

/// Where the log is kept.
pub(super) fn path() -> Option<PathBuf> {
    crate::config::state_folder().map(|folder| folder.join(NAME))
}

/// Begins to log; without a place to write nothing is logged.
pub(super) fn begin() {
    let Some(file) = path().and_then(|path| open(&path)) else {
        return;
    };
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(file.with_max_level(tracing::Level::INFO))
        .finish();
    // Only the first of a process counts; a second one keeps the first.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

fn open(path: &Path) -> Option<fs::File> {
    if fs::metadata(path).is_ok_and(|log| log.len() > LARGE) {
        fs::rename(path, path.with_extension("log.old")).ok()?;
    }
    // It may hold names of articles: nobody else's to read.
    crate::store::open_log(path.parent()?, NAME).ok()
}
