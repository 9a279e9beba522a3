//! A claim in words that can be read without the article, as a run suggests them.
//!
//! They are nobody's words: what a person writes or takes over is the attribute `claim_text`,
//! and only that is told as the claim.

use serde_json::{Map, Value};

/// A suggestion for a claim in words that stand alone: nobody's words until somebody takes them
/// over.
#[derive(Clone, Debug, PartialEq)]
pub struct StandAlone {
    /// The whole claim in these words.
    pub text: String,
    /// The words that are not the claim's own, in the order of the text.
    pub spans: Vec<Inserted>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

/// Where words are from that stand-alone words have and the claim has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inserted {
    /// Code points of the stand-alone text: from, to.
    pub at: (u32, u32),
    /// Code points of the run's text; `None`: a gap, which the article does not tell.
    pub from: Option<(u32, u32)>,
}
