//! Other programs: the one layer that starts a process or opens a socket.
//!
//! What is asked for and what came of it are plain data. No shell is started, and nothing is
//! expanded: a program, its arguments, an answer. Each answer is bounded in bytes, and in time
//! unless a person is at work in the program.

mod browser;
mod clipboard;
mod detector;
mod detectors;
mod editor;
#[cfg(feature = "web")]
mod fetch;
mod program;

pub use browser::{NotOpened, browse};
pub use clipboard::copy;
pub use detector::NotAnswered;
pub use detectors::{Detectors, Heard, Kept, Named as NamedDetector, NotHeard};
pub use editor::{EditorError, command as editor_command, edit, edit_file};
#[cfg(feature = "web")]
pub use fetch::{Bounds as FetchBounds, Fetched, NotFetched, Terms, Web};
pub use program::{Bounds, NoAnswer, Question, ask};
