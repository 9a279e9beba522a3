//! Finds claims, sources and who said what: pure, total, linear in length.
//!
//! `Detector::detect(&Article) -> Findings` takes any text, cannot fail, needs no network
//! and no files: what it knows is compiled in.

mod attribution;
mod claims;
mod credits;
mod detector;
mod echo;
mod features;
mod finding;
mod kinds;
mod labelling;
mod lexicon;
mod linker;
mod model;
mod naming;
mod plain_reports;
mod ranker;
mod reading;
mod sources;
mod tagger;

pub use attribution::{Chooser, Judge, Link, doubts, link};
pub use claims::claim_features;
pub use detector::Detector;
pub use echo::Echo;
pub use features::{EDGE_CLASSES, Surroundings, edge_class, mix, word_features};
pub use finding::{Attribution, Claim, Findings, Kind, SourceMention, SourceType, Voice};
pub use labelling::{Labelling, add_echo, decode, label, paragraphs, word_scores};
pub use lexicon::{Entry, Lexicon, Noun, word_hash};
pub use linker::{Piece, PieceKind, pieces};
pub use model::{Block, CALIBRATION, Chained, Model, write_model};
pub use ranker::{Ranker, sigmoid};
pub use reading::{NONE, Reading, Shape, Stretch, Word};
pub use tagger::{LABELS, Label, Lattice, PROBES, Scores, StepTable, Steps, Weights};
pub use tagger::{best, check, marginals, may_follow, raise};
