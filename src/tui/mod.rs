//! The desk in the terminal: everything that talks to it.
//!
//! Keys become commands, commands actions of the review, and what comes of them is drawn.
//! Drawing takes plain values and changes nothing; text reaches a cell through
//! [`Visible`](crate::text::Visible) or [`Clusters`](crate::text::Clusters) alone.
//!
//! Each room leans on those before it: `layout` (what stands where), `widget` (how things
//! look), `command` (keys and what they ask for), `event` (what can happen and what can be
//! asked of the world), `app` (all state, changed by events alone), `screen` (drawing),
//! `runtime` (terminal, threads, disk).

pub mod app;
pub mod command;
pub mod event;
pub mod layout;
mod runtime;
mod screen;
pub mod widget;

pub use runtime::{DeskOptions, Ended, NoDesk, run};
