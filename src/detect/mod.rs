//! Finds claims, sources and who said what: pure, total, linear in length.
//!
//! `Detector::detect(&Article) -> Findings` takes any text, cannot fail, needs no network
//! and no files: what it knows is compiled in.
//!
//! Every room imports those before it and none behind it: [`numbers`], [`language`],
//! [`reading`], `furniture`, [`attribution`], [`model`], then [`claims`] and `sources`, and the
//! detector that goes through all of them, known to others as one that can [`Detect`]. Training enters the rooms by their own doors;
//! everybody else needs only what stands here.

pub mod attribution;
mod budget;
pub mod claims;
mod detector;
mod finding;
mod furniture;
pub mod language;
pub mod model;
pub mod numbers;
pub mod reading;
mod sources;
mod suggest;

pub use detector::{Detector, Studied, compiled_in};
pub use finding::{
    Attribution, CUT, Claim, Findings, Kind, SourceMention, SourceType, StandAlone, Voice,
};
pub use suggest::{Detect, Run};
