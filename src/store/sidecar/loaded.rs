//! What came of reading a sidecar.

use serde_json::Value;

use super::field::Fault;
use super::render;
use crate::annotations::Document;

/// A sidecar that was read, with the file as JSON or without: only saving needs that, and it
/// weighs more than all else.
#[derive(Debug)]
pub struct Loaded<V = Value> {
    /// What it holds, in the coordinates of its own text version; marks are set only if
    /// that is the article's.
    pub document: Document,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether the article's text is not the one the targets count in.
    pub text_changed: bool,
    /// Why it must not be written, if so.
    pub read_only: Option<String>,
    /// The file as JSON, where that is wanted.
    pub value: V,
}

impl Loaded {
    /// Whether saving would write other bytes than these, which were read.
    pub fn changes(&self, bytes: &[u8]) -> bool {
        render(&self.document, Some(&self.value)).as_bytes() != bytes
    }
}
