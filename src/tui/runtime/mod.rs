//! The desk's side to the world: terminal, signals, threads, disk, clock, and the loop that
//! holds them together.
//!
//! [`Wake`](wake::Wake)s come in, the app says what it asks for, `event_loop` has it done.

mod clicks;
mod clock;
mod contained;
mod contexts;
mod desk_and_files;
mod disk;
mod event_loop;
mod exporting;
mod looking;
mod refused;
mod signals;
mod start;
mod terminal;
mod wake;
mod worker;

pub use event_loop::Ended;
pub use start::{DeskOptions, NoDesk, run};
