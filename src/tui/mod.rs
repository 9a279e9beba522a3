//! The desk in the terminal: everything that talks to it.
//!
//! Keys become commands, commands actions of the review, and what comes of them is drawn.
//! Drawing takes plain values and changes nothing; text reaches a cell through
//! [`Visible`](crate::text::Visible) or [`Clusters`](crate::text::Clusters) alone.

pub mod app;
pub mod command;
mod contained;
mod deciding;
mod desk;
mod editor;
pub mod event;
mod folding;
mod help;
mod hints;
mod input;
pub mod keymap;
pub mod layout;
mod lines;
mod marking;
mod mode;
mod modes;
mod mouse;
mod offering;
mod opening;
mod palette;
mod queue_view;
mod queueing;
mod reading;
mod recording;
mod review_view;
mod reviewing;
mod runtime;
mod screen;
mod script;
mod signals;
mod status;
mod terminal;
pub mod theme;
pub mod viewport;
mod wake;
pub mod widget;
mod worker;
pub mod wrap;

pub use desk::{DeskOptions, NoDesk, run};
pub use runtime::Ended;
