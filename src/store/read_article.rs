//! Reads an article for a command: nothing locked, nothing changed.

use std::path::{Path, PathBuf};

use super::article_file::read_article;
use super::error::StoreError;
use super::reading;
use super::sidecar::Fault;
use crate::annotations::{Document, Time};
use crate::detect::Detect;
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

impl ReadArticle {
    /// With a run over the current text, where it has answers to another one: whether a claim is
    /// still taken from its source can be told only beside such a run, which the desk keeps once
    /// the article is opened. It is in memory alone, and dated to say so. The detector is asked for
    /// only then.
    pub fn with_run<'a>(mut self, detector: impl FnOnce() -> &'a dyn Detect) -> ReadArticle {
        if !self.document.has_answers_to_another_text() {
            return self;
        }
        let detector = detector();
        let run = Document::run_key(&self.article, detector.run());
        if !self.document.has_run(&run) {
            let findings = detector.detect(&self.article);
            self.document
                .adopt(&self.article, &findings, detector.run(), Time::latest());
        }
        self
    }
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
