//! Finds claims, sources and who said what: pure, total, linear in length.
//!
//! `Detector::detect(&Article) -> Findings` takes any text, cannot fail, needs no network
//! and no files: what it knows is compiled in.

mod arithmetic;
mod attribution;
mod budget;
mod claims;
mod credits;
mod detector;
mod ends;
mod features;
mod finding;
mod grid;
mod inputs;
mod kinds;
mod labelling;
mod language;
mod lexicon;
mod linker;
mod model;
mod naming;
mod network;
mod plain_reports;
mod ranker;
mod reading;
mod sight;
mod sources;
mod syntax;
mod tagger;
mod tree;
mod turns;
mod weights;
mod worth;

pub use arithmetic::{BUCKET, WIDTH};
pub use attribution::{Chooser, Judge, Link, link};
pub use claims::claim_features;
pub use detector::Detector;
pub use ends::{Ends, ends, mend_ends, taken};
pub use features::{EDGE_CLASSES, FAR, Surroundings, edge_class, mix, word_features};
pub use finding::{
    Attribution, CUT, Claim, Findings, Kind, SourceMention, SourceType, StandAlone, Voice,
};
pub use grid::{Grid, ROW as GRID_ROW, Weighing, place as grid_place};
pub use inputs::{INPUT_ROWS, INPUTS, Inputs, VOCABULARY};
pub use labelling::{Labelling, decode, label, word_scores};
pub use language::{Language, syntax, syntax_file};
pub use lexicon::{Entry, Lexicon, Noun, TAGS, tag_number, word_hash};
pub use linker::{Piece, PieceKind, pieces};
pub use model::{Block, CALIBRATION, Chained, Model, write_model};
pub use network::{Held, NETWORK_BLOCKS, Network, ROUND_ROWS, windows};
pub use ranker::{Ranker, sigmoid};
pub use reading::{NONE, Reading, Shape, Stretch, Word};
pub use sight::{ROUNDS, RoundWeights, SEEN, Sight, seen};
pub use syntax::{
    RELATION_KEYS, RELATIONS, State as SyntaxState, Step, Syntax, TAG_KEYS, is_headline, relation,
    relation_key, tag_features, tag_key,
};
pub use tagger::{LABELS, Label, Lattice, Scores, StepTable, Steps};
pub use tagger::{best, marginals, may_follow, raise};
pub use weights::{Weights, bucket, check};
pub use worth::worth_features;
