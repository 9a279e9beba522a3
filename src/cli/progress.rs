//! How far long work is, on standard error, and only if that is a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// Time between two lines.
const EVERY: Duration = Duration::from_millis(100);

/// A line that is written over and over, and gone in the end.
pub(super) struct Progress {
    what: &'static str,
    total: Option<usize>,
    done: usize,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Progress over `total` things called `what`; `None`: nobody knows how many.
    pub(super) fn new(what: &'static str, total: Option<usize>) -> Progress {
        // Where results appear on the same terminal they are progress enough.
        let wanted = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress {
            what,
            total,
            done: 0,
            next: wanted.then(|| Instant::now() + PATIENCE),
            shown: false,
        }
    }

    /// One more is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.next.is_none_or(|next| now < next) {
            return;
        }
        self.next = Some(now + EVERY);
        self.shown = true;
        let of = self
            .total
            .map(|total| format!("/{total}"))
            .unwrap_or_default();
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r{}{of} {}", self.done, self.what).and_then(|()| err.flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r{:40}\r", "");
        }
    }
}
