//! What stands behind every suggestion: something that reads an article and tells what it found.
//!
//! The desk and the commands know a detector by this alone, so that another one, or another
//! language, is a folder of its own.

use super::finding::Findings;
use crate::text::{Article, Span};

/// What finds: the same run over the same text finds the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Run {
    /// Program and version that ran it, as written into sidecars.
    pub tool: String,
    /// Model and version.
    pub model: String,
    /// What was set otherwise than usual; empty if nothing was.
    pub settings: String,
}

impl Run {
    /// A run of `tool` with `model`, everything set as usual.
    pub fn new(tool: impl Into<String>, model: impl Into<String>) -> Run {
        Run {
            tool: tool.into(),
            model: model.into(),
            settings: String::new(),
        }
    }
}

/// Reads articles and tells what is in them. Takes any text, cannot fail, is shared between
/// threads.
pub trait Detect: Send + Sync {
    /// What finds.
    fn run(&self) -> &Run;

    /// Everything there is to say about `article`; the same text gives the same findings.
    fn detect(&self, article: &Article) -> Findings;

    /// The sentences alone, those of the findings: all that is needed where a run is there already.
    fn sentences(&self, article: &Article) -> Vec<Span> {
        self.detect(article).sentences
    }
}
