//! What can wake the loop: events of the desk, signals, the end of the terminal.

use super::desk_and_files::Outcome;
use crate::tui::event::Event;

/// Everything that can wake the loop.
// Elsewhere there are no signals, and nobody makes one.
#[cfg_attr(not(unix), allow(dead_code))]
#[derive(Debug)]
pub(super) enum Wake {
    /// Something for the desk.
    Event(Event),
    /// A job on the disk is done.
    Ran(Outcome),
    /// A signal that ends the program.
    Signal(i32),
    /// The signal that stops a job, from outside.
    Stop,
    /// The program goes on after a stop.
    Continued,
    /// There is no terminal any more.
    TerminalGone,
}
