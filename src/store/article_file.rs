//! Reads an article's file, and no more of it than may be.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::error::StoreError;
use super::own;
use super::taken_in::with_taken_in;
use crate::ingest;
use crate::text::Article;

/// Reads an article alone, refusing what is not a regular file before opening it.
///
/// # Errors
/// When it cannot be read or is no article.
pub fn read_article(path: &Path) -> Result<Article, StoreError> {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy())
        .into_owned();
    // What is too large is told by its size and not read at all.
    if let Ok(metadata) = fs::metadata(path)
        && metadata.is_file()
        && metadata.len() > ingest::LIMIT as u64
    {
        let bytes = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
        return Err(StoreError::Article(ingest::Unreadable::TooLarge {
            name,
            bytes,
        }));
    }
    let bytes = read_regular(path, ingest::LIMIT as u64)?;
    Ok(with_taken_in(path, ingest::read(&name, &bytes)?))
}

/// The bytes of a file that is no article and no sidecar: an input of a command.
///
/// # Errors
/// When it is no regular file, cannot be read, or has more than `limit` bytes.
pub fn read_input(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let bytes = read_regular(path, limit)?;
    if bytes.len() as u64 > limit {
        let told = format!("more than the limit of {} MB", limit / 1_000_000);
        let too_large = std::io::Error::new(std::io::ErrorKind::FileTooLarge, told);
        return Err(StoreError::io(path, "read it")(too_large));
    }
    Ok(bytes)
}

/// The bytes of a regular file; past `limit` reading stops a byte later.
pub(super) fn read_regular(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let (file, metadata) = own::open_regular(path)?;
    let mut bytes = Vec::with_capacity(metadata.len().min(limit) as usize);
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(StoreError::io(path, "read it"))?;
    Ok(bytes)
}
