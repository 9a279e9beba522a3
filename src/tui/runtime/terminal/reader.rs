//! The thread that waits for keys, clicks and resizes.
//!
//! It owns the reading end of the terminal; while `$EDITOR` runs or the program is stopped
//! it has to let go of it, or it would eat half of what is typed there.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event;

use super::burst::Burst;
use crate::tui::runtime::wake::Wake;

/// The longest wait between two looks at whether to rest.
const WAIT: Duration = Duration::from_secs(1);

/// Reads the terminal in a thread of its own until the program ends.
pub(in crate::tui) struct Reader {
    gate: Arc<Gate>,
}

impl Reader {
    /// Starts the thread; what it reads goes to `wakes`.
    pub(in crate::tui) fn start(wakes: Sender<Wake>) -> io::Result<Reader> {
        let gate = Arc::new(Gate::default());
        let own = Arc::clone(&gate);
        let run = move || {
            // Also when unwinding: who waits for the thread to rest must not wait for ever,
            // and a desk that hears no key has to end.
            let _last = LastWord(&own, &wakes);
            read(&own, &wakes);
        };
        thread::Builder::new().name("keys".into()).spawn(run)?;
        Ok(Reader { gate })
    }

    /// Returns once the thread has let go of the terminal.
    pub(in crate::tui) fn pause(&self) {
        self.gate.close(wake_reader);
    }

    /// Lets it read again.
    pub(in crate::tui) fn resume(&self) {
        self.gate.open();
    }
}

/// The one thing that ends crossterm's waiting early is a change of size; the event it then
/// reports holds the size as it is, so it does no harm.
fn wake_reader() {
    #[cfg(unix)]
    if let Err(error) = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH) {
        tracing::warn!("could not wake the reading thread: {error}");
    }
}

struct LastWord<'a>(&'a Gate, &'a Sender<Wake>);

impl Drop for LastWord<'_> {
    fn drop(&mut self) {
        self.0.retire();
        let _ = self.1.send(Wake::TerminalGone);
    }
}

/// Reads until the terminal fails or nobody listens.
fn read(gate: &Gate, wakes: &Sender<Wake>) {
    let mut burst = Burst::default();
    loop {
        gate.pass();
        match event::poll(WAIT) {
            Ok(false) => continue,
            Ok(true) => {}
            Err(error) => return tracing::warn!("waiting for keys failed: {error}"),
        }
        let event = match event::read() {
            Ok(raw) => burst.take(raw),
            Err(error) => return tracing::warn!("reading keys failed: {error}"),
        };
        if let Some(event) = event
            && wakes.send(Wake::Event(event)).is_err()
        {
            return;
        }
        if let Some(wait) = burst.wait() {
            match event::poll(wait) {
                Ok(true) => {}
                Ok(false) => burst.ends(),
                Err(error) => return tracing::warn!("waiting for keys failed: {error}"),
            }
        }
    }
}

/// Where the reading thread rests while the terminal is someone else's.
#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    closed: bool,
    resting: bool,
    retired: bool,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The reader's side: rests here while the gate is closed.
    fn pass(&self) {
        let mut state = self.state();
        while state.closed {
            state.resting = true;
            self.changed.notify_all();
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.resting = false;
    }

    /// Closes the gate and returns once the reader rests; `wake` is called until it does.
    fn close(&self, wake: impl Fn()) {
        let mut state = self.state();
        state.closed = true;
        while !state.resting && !state.retired {
            wake();
            let waited = self.changed.wait_timeout(state, Duration::from_millis(20));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn open(&self) {
        self.state().closed = false;
        self.changed.notify_all();
    }

    fn retire(&self) {
        self.state().retired = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_closed_gate_is_not_passed_until_it_opens() {
        let gate = Arc::new(Gate::default());
        let passed = Arc::new(AtomicUsize::new(0));
        let (tell, told) = mpsc::channel();
        let reader = {
            let (gate, passed) = (Arc::clone(&gate), Arc::clone(&passed));
            thread::spawn(move || {
                for _ in 0..1000 {
                    gate.pass();
                    passed.fetch_add(1, Ordering::SeqCst);
                    let _ = tell.send(());
                    thread::yield_now();
                }
                gate.retire();
            })
        };
        told.recv().expect("the reader runs");
        gate.close(|| {});
        let before = passed.load(Ordering::SeqCst);
        for _ in 0..100 {
            thread::yield_now();
            assert_eq!(passed.load(Ordering::SeqCst), before);
        }
        gate.open();
        reader.join().expect("the reader ends");
        assert_eq!(passed.load(Ordering::SeqCst), 1000);
        // A reader that is gone is not waited for.
        gate.close(|| {});
    }
}
