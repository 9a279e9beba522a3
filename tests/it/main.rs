//! The integration tests, one binary.

mod detection;
mod journal;
mod merge;
mod places;
mod properties;
mod properties_store;
mod reanchor;
mod screens;
mod session;
mod sidecar;
mod store_support;
