//! Writes into the head of a sidecar which paragraphs a reviewer took into the article.

use std::path::Path;

use super::error::StoreError;
use super::library::{OpenArticle, OpenOptions};
use super::taken_in::{FIELD, words_of};
use crate::annotations::Document;

/// Takes a paragraph that was left out into an article, or out of it again; nothing decided is lost:
/// the marks are found again in the new text when it is opened.
///
/// # Errors
/// When the article or its sidecar cannot be read or written.
pub fn take_in(
    path: &Path,
    words: &str,
    is_in: bool,
    options: &OpenOptions,
) -> Result<(), StoreError> {
    let mut open = OpenArticle::open(path, options)?;
    if let Some(reason) = open.read_only.clone() {
        let path = open.path().to_owned();
        return Err(StoreError::ReadOnly { path, reason });
    }
    let mut parts = open.take_document().into_parts();
    let more = &mut parts.article.more;
    let mut taken = more.get(FIELD).map(words_of).unwrap_or_default();
    taken.retain(|known| known != words);
    if is_in {
        taken.push(words.to_owned());
    }
    match taken.is_empty() {
        true => more.shift_remove(FIELD),
        false => more.insert(FIELD.to_owned(), taken.into()),
    };
    let document = Document::from_parts(parts);
    open.save(&document)?;
    open.close(&document)?;
    Ok(())
}
