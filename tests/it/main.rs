//! The integration tests, one binary.

mod detection;
mod properties;
mod session;
