//! Articles of one text under several names, and copies of articles: told where nothing is wrong,
//! because decisions on the one are missing from the other.

use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::findings::Findings;
use crate::store::{Copied, ReadArticle, copy_of};

/// What tells an article from the others.
pub(super) struct Text {
    path: PathBuf,
    sha256: [u8; 32],
    copy: Option<(PathBuf, Copied)>,
}

impl Text {
    /// Of an article with words in it.
    pub(super) fn of(read: &ReadArticle) -> Option<Text> {
        let article = &read.article;
        let is_empty = article.text().trim().is_empty();
        (!is_empty).then(|| Text {
            path: read.path.clone(),
            sha256: *article.text_sha256(),
            copy: copy_of(&read.path, article),
        })
    }
}

/// What is told of articles, by path.
pub(super) fn findings(texts: &[Text]) -> Vec<(&PathBuf, Findings)> {
    let mut first: FxHashMap<&[u8; 32], &PathBuf> = FxHashMap::default();
    let mut found = Vec::new();
    for text in texts {
        let mut findings = Findings::default();
        let equal = *first.entry(&text.sha256).or_insert(&text.path);
        if *equal != text.path {
            let equal = equal.display();
            let message = format!("the same text as {equal}; each has decisions of its own");
            findings.warn("", message);
        }
        if let Some((original, how)) = &text.copy {
            let original = original.display();
            findings.warn("", format!("a copy of {original} {}", how.as_str()));
        }
        if findings.warnings() > 0 {
            found.push((&text.path, findings));
        }
    }
    found
}
