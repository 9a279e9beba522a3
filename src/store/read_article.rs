//! Reads an article for a command: nothing locked, nothing changed.

use std::path::{Path, PathBuf};

use super::article_file::read_article;
use super::error::StoreError;
use super::reading;
use super::sidecar::Fault;
use crate::annotations::Document;
use crate::text::Article;

/// An article read for a command: nothing locked, nothing changed.
#[derive(Debug)]
pub struct ReadArticle {
    /// Its path, even if its sidecar was named.
    pub path: PathBuf,
    /// The article.
    pub article: Article,
    /// What is known about it, decisions in the journal included.
    pub document: Document,
    /// What is wrong with the sidecar.
    pub faults: Vec<Fault>,
    /// What the reader should know.
    pub notices: Vec<String>,
    /// Why the desk would not change it, if so.
    pub read_only: Option<String>,
    /// Whether there is a sidecar.
    pub has_sidecar: bool,
    /// Decisions in the journal that are not in the sidecar file yet.
    pub replayed: usize,
}

/// Reads an article and what is known about it. `path` is the article's or its sidecar's.
///
/// # Errors
/// When the article or its sidecar cannot be read.
pub fn read_for_commands(path: &Path, state_dir: Option<&Path>) -> Result<ReadArticle, StoreError> {
    let path = reading::article_path(path)?;
    let article = read_article(&path)?;
    let found = reading::read(path, article, state_dir);
    if let Some(error) = found.unreadable {
        return Err(error);
    }
    Ok(ReadArticle {
        path: found.path,
        article: found.article,
        document: found.document,
        faults: found.faults,
        notices: found.notices,
        read_only: found.read_only,
        has_sidecar: found.sidecar.is_some(),
        replayed: found.replayed,
    })
}
