//! Screens driven by key strings, on a backend in memory: real state, real drawing.

mod deciding;
mod flows;
mod folding;
mod keys;
mod modes;
mod newcomer;
mod outward;
mod palette;
mod put_right;
mod showing;
mod sizes;
pub(crate) mod story;
pub(crate) mod svg;
mod told;
pub(crate) mod world;
