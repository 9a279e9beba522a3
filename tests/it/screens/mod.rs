//! Screens driven by key strings, on a backend in memory: real state, real drawing.

mod flows;
mod keys;
mod palette;
mod sizes;
pub(crate) mod story;
pub(crate) mod world;
