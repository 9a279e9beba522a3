//! Marks on an article and the only way to change them: pure.
//!
//! A [`Document`] holds everything a sidecar holds; an [`Edit`] changes it and gives back
//! its inverse. Knows nothing of files, clocks, screens or reviewers' habits.

mod about;
mod annotation;
mod attribution;
mod brought;
mod conflict;
mod dispute;
mod document;
mod edit;
mod evidence;
mod fold;
mod id;
mod locator;
mod mention;
mod merge;
mod numbering;
mod parts;
mod progress;
mod proposal;
mod put_right;
mod questions;
mod queue;
mod quote;
mod rank;
mod reanchor;
mod same;
pub(crate) mod spelling;
mod stand_alone;
mod suggest;
mod taken_run;
mod text_version;
mod time;

pub use annotation::{
    Annotation, Counts, Decision, Link, RecordKind, Review, SECOND_LOOK, Status, Suggestion,
};
pub use brought::{
    Answer, Bringing, Brought, BroughtEvidence, BroughtLink, BroughtMark, By, NotBrought, Piece,
    Why,
};
pub use conflict::{Ahead, OpenConflict, Side, Slot};
pub use dispute::Dispute;
pub use document::Document;
pub use edit::{Edit, Refused};
pub use evidence::{Evidence, Primacy, Stance};
pub use id::Id;
pub use locator::{Locator, NoPlace, Place};
pub use mention::{folded, is_bare_pronoun, is_credit, source_key, source_name};
pub use merge::{Conflict, Merged, common_ground, join, merge};
pub use numbering::{ADDED, ClaimNumber};
pub use parts::{ArticleHead, Parts, Pass, Run, SetAside};
pub use progress::{Counted, Progress, group_sources, source_status};
pub use proposal::{annotation_id, link_id, run_id};
pub use put_right::{JOINED_FROM, SPLIT_FROM, SUGGESTED, VOICE, put_right};
pub use questions::{JUDGED_BEFORE, Question};
pub use queue::{
    PackedRow, QueueOrder, QueueRow, QueueState, Standing, TopClaim, by_frequency, put_count,
    take_count,
};
pub use quote::{Anchor, Quote, Target};
pub use rank::Rank;
pub use reanchor::{Reanchored, reanchor};
pub use stand_alone::{Inserted, StandAlone};
pub use taken_run::TakenRun;
pub use text_version::{TextVersion, hex, text_id};
pub use time::Time;
