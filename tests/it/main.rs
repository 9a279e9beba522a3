//! The integration tests, one binary.

mod detection;
mod journal;
mod merge;
mod places;
mod properties;
mod properties_store;
mod reanchor;
mod session;
mod sidecar;
mod store_support;
