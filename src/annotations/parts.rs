//! What a sidecar holds, as plain lists: the article's head, text versions, runs, passes, records.

use serde_json::{Map, Value};

use super::{Annotation, Id, Link, TextVersion, Time};
use crate::text::About;

/// The article's entry in the head.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleHead {
    /// File name, without folder.
    pub file: String,
    /// Media type.
    pub media_type: String,
    /// SHA-256 of the file as stored, lower-case hex.
    pub bytes_sha256: String,
    /// The current text version.
    pub text: Id,
    /// What the article at hand says of itself; never from the file.
    pub about: About,
    /// `url`, `title`, `author`, `outlet`, `published`, `language`, `about`, the desk's own
    /// `later` and `tags`, and fields we do not know.
    pub more: Map<String, Value>,
}

/// One detector run.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The text version it read.
    pub text: Id,
    /// Program and version.
    pub tool: String,
    /// Model and version.
    pub model: String,
    /// First time seen.
    pub at: Time,
    /// `settings_sha256`, and fields we do not know.
    pub more: Map<String, Value>,
}

/// One reviewer's reading of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    /// The text version read.
    pub text: Id,
    /// Whether it is finished; only then does silence count.
    pub finished: bool,
    /// When it came to that.
    pub at: Time,
    /// Fields we do not know.
    pub more: Map<String, Value>,
}

/// A record that could not be read: kept to the letter, written back, never used.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAside {
    /// `annotations` or `links`.
    pub list: &'static str,
    /// The record as read.
    pub record: Value,
    /// What is wrong with it, with the path of the fault.
    pub reason: String,
}

/// What a sidecar holds, as plain lists in no particular order.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The article.
    pub article: ArticleHead,
    /// Text versions by id, in the order read.
    pub texts: Vec<(Id, TextVersion)>,
    /// Runs by id, in the order read.
    pub runs: Vec<(Id, Run)>,
    /// Passes by reviewer, in the order read.
    pub passes: Vec<(String, Pass)>,
    /// The annotations.
    pub annotations: Vec<Annotation>,
    /// The links.
    pub links: Vec<Link>,
    /// Records that could not be read.
    pub aside: Vec<SetAside>,
    /// Top-level fields we do not know.
    pub unknown: Map<String, Value>,
}

impl Parts {
    /// One run.
    pub(super) fn run(&self, id: &Id) -> Option<&Run> {
        let mut runs = self.runs.iter();
        runs.find(|(known, _)| known == id).map(|(_, run)| run)
    }
}
