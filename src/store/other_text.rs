//! Whether what lies beside an article is about it, or about another one that had its name.
//!
//! An edit leaves most of what was marked; in another text hardly a name stands as well. Where
//! little is left, the article that has the text of then is looked for beside this one.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::article_file::read_article;
use super::atomic::folder_of;
use crate::annotations::{Anchor, Document, hex};
use crate::ingest::is_article_name;

/// Articles beside one that are read to find whose text it was.
const LOOKED_AT: usize = 200;

/// Another text than the article's.
#[derive(Debug)]
pub(super) struct OtherText {
    /// The article that has it, if it is there.
    pub(super) its: Option<PathBuf>,
    found: usize,
    of: usize,
}

impl OtherText {
    /// How much of it stands in the article of that name.
    pub(super) fn found_in(&self, name: &str) -> String {
        match self.found {
            0 => format!("none of its {} marks is in {name}", self.of),
            found => format!("{found} of its {} marks are in {name}", self.of),
        }
    }

    /// What can be done.
    pub(super) fn way_out(&self) -> String {
        match self.its.as_ref().and_then(|its| its.file_name()) {
            Some(its) => format!("open {}, which takes it over", its.to_string_lossy()),
            None => "open the article it is about, which takes it over".to_owned(),
        }
    }
}

/// Whether so few of so many passages stand in a text that it is another one.
pub(super) fn is_other(found: usize, of: usize) -> bool {
    found * 4 < of
}

/// The other text that a document, anchored in the article beside `file`, is about; `was`: the
/// digest of the text it comes from. Where some of its marks are found, it takes an article that
/// has that very text to say so.
pub(super) fn other_text(document: &Document, was: Option<&str>, file: &Path) -> Option<OtherText> {
    let records = document.annotations();
    let lost = records
        .iter()
        .filter(|record| record.target.anchor == Anchor::Lost);
    let found = records.len() - lost.count();
    if !is_other(found, records.len()) {
        return None;
    }
    let its = was.and_then(|was| having(was, file));
    (found == 0 || its.is_some()).then_some(OtherText {
        its,
        found,
        of: records.len(),
    })
}

/// The article in the folder of `file` whose text has that digest.
fn having(digest: &str, file: &Path) -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = fs::read_dir(folder_of(file))
        .ok()?
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_article_name))
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    places.sort_unstable();
    // Whatever is in one article, the others are looked at.
    let read = |path: &PathBuf| catch_unwind(AssertUnwindSafe(|| read_article(path)));
    places
        .into_iter()
        .take(LOOKED_AT)
        .find(|path| matches!(read(path), Ok(Ok(article)) if hex(article.text_sha256()) == digest))
}
