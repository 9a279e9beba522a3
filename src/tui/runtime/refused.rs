//! Decisions that a disk refused and that were therefore taken back: whoever gave them was told,
//! but a script that started the desk was not.

use std::path::{Path, PathBuf};

/// By article: how many since the last that was written, and why the latest was not.
#[derive(Debug, Default)]
pub(super) struct Refused(Vec<(PathBuf, usize, String)>);

impl Refused {
    /// One was refused.
    pub(super) fn one(&mut self, path: &Path, reason: &str) {
        match self.0.iter_mut().find(|(known, ..)| known == path) {
            Some((_, count, why)) => {
                *count += 1;
                reason.clone_into(why);
            }
            None => self.0.push((path.to_owned(), 1, reason.to_owned())),
        }
    }

    /// One was written: that disk can be relied on again.
    pub(super) fn written(&mut self, path: &Path) {
        self.0.retain(|(known, ..)| known != path);
    }

    /// What is to be said at the end, a sentence an article.
    pub(super) fn said(self) -> Vec<String> {
        let told = self.0.into_iter().map(|(path, count, reason)| {
            let path = path.display();
            let what = match count {
                1 => "1 decision was".to_owned(),
                many => format!("{many} decisions were"),
            };
            format!("{path}: {what} not written and taken back: {reason}")
        });
        told.collect()
    }
}
