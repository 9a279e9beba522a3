//! The integration tests, one binary.

mod claim_scoring;
mod cli;
mod config;
mod detection;
mod exports;
mod journal;
mod layering;
mod merge;
mod places;
mod properties;
mod properties_store;
mod pty;
mod quality;
mod readme;
mod reanchor;
mod score_passes;
mod scoring;
mod screens;
mod session;
mod sidecar;
mod store_support;
