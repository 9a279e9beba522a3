//! Who said what: words get labels, pieces of one label are linked to attributions, and each is
//! weighed as a whole.

pub mod chain;
pub mod ends;
pub mod features;
pub mod label;
pub mod labelling;
pub mod link;
pub mod network;
pub(super) mod passages;
pub mod pieces;
pub(super) mod plain_reports;
pub(super) mod turns;
pub mod worth;
