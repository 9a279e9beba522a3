//! What a command sees of an article whose text changed under answers: what the desk sees.
//!
//! Whether a claim is still taken from its source can be told only beside a run over the
//! current text, which the desk keeps in the sidecar once the article is opened. `check` and
//! `export` make that run themselves, in memory, and only where an answer was given in
//! another text: everything else asks for no detector and stays quick.

use std::sync::OnceLock;

use super::TOOL;
use crate::annotations::Rank;
use crate::detect::{Detect, compiled_in};
use crate::store::ReadArticle;

/// A detector, made when the first article asks for it.
#[derive(Default)]
pub(super) struct Looking {
    detector: OnceLock<Box<dyn Detect>>,
    rank: Rank,
}

impl Looking {
    /// The suggestions of several detectors seen in this rank.
    pub(super) fn ranked(rank: Rank) -> Looking {
        Looking {
            rank,
            ..Looking::default()
        }
    }

    /// The article with a run over its current text, where it has answers to another one.
    /// Nothing is kept: the run is dated to say so.
    pub(super) fn at(&self, read: ReadArticle) -> ReadArticle {
        let mut read = read.with_run(|| &**self.detector.get_or_init(|| compiled_in(TOOL)));
        read.document.set_rank(self.rank.clone());
        read
    }
}
