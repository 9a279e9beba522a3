//! The integration tests, one binary.

mod both_sides;
mod bounds;
mod check;
mod claim_scoring;
mod cli;
mod config;
mod config_schema;
mod detection;
mod exports;
mod files_that_move;
mod fold;
mod git_merge;
mod hostile;
mod journal;
mod layering;
mod merge;
mod pages;
mod places;
#[cfg(unix)]
mod planted;
mod properties;
mod properties_store;
mod pty;
mod quality;
mod questions;
mod readme;
mod reanchor;
mod repair;
mod score_passes;
mod scoring;
mod screens;
mod session;
mod sidecar;
mod store_support;
mod supply;
mod text_layer;
