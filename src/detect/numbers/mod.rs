//! Numbers that know nothing of language: hashing, weights and how they are summed, the form of
//! model files.

pub mod arithmetic;
pub mod asked;
pub mod buckets;
pub mod file;
pub mod grid;
pub mod hashing;
pub mod quick;
pub mod ranker;
pub mod shared;
pub mod trees;
