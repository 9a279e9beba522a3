//! What the learned scorers see: places in a text turned into numbers, a file for what is looked
//! at.
//!
//! The same code serves training and detection, so the two can never disagree. A feature is the
//! hash of a template and the values in it; nothing here knows weights.

pub mod around;
pub mod cue;
pub mod edge;
mod gap;
mod quotation;
pub mod source;
mod tree;
pub mod word;
