//! Screens driven by key strings, on a backend in memory: real state, real drawing.

mod clicks;
mod deciding;
mod detectors;
mod evidence;
mod flows;
mod folding;
mod hints;
mod keys;
mod modes;
mod newcomer;
mod outward;
mod palette;
mod put_right;
mod queue;
mod settings;
mod showing;
mod sizes;
pub(crate) mod story;
mod summary;
pub(crate) mod svg;
mod told;
mod tutor;
pub(crate) mod world;
