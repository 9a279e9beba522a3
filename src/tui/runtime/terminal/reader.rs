//! The thread that waits for keys, clicks and resizes.
//!
//! It owns the reading end of the terminal; while `$EDITOR` runs or the program is stopped
//! it has to let go of it, or it would eat half of what is typed there.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Raw};

use super::answer::Answer;
use super::background::Asked;
use super::burst::Burst;
use crate::tui::event::Event;
use crate::tui::runtime::wake::Wake;

/// The longest wait between two looks at whether to rest.
const WAIT: Duration = Duration::from_secs(1);

/// Reads the terminal in a thread of its own until the program ends.
pub(in crate::tui) struct Reader {
    gate: Arc<Gate>,
}

impl Reader {
    /// Starts the thread; what it reads goes to `wakes`, and so does the answer to what the
    /// terminal was asked.
    pub(in crate::tui) fn start(
        wakes: Sender<Wake>,
        asked: Option<Arc<Asked>>,
    ) -> io::Result<Reader> {
        let gate = Arc::new(Gate::default());
        let own = Arc::clone(&gate);
        let run = move || {
            // Also when unwinding: who waits for the thread to rest must not wait for ever,
            // and a desk that hears no key has to end.
            let _last = LastWord(&own, &wakes);
            let ears = Ears {
                answer: Answer::to(asked),
                burst: Burst::default(),
                wakes: &wakes,
            };
            ears.read(&own);
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

/// What is between the terminal and the desk.
struct Ears<'a> {
    answer: Answer,
    burst: Burst,
    wakes: &'a Sender<Wake>,
}

/// Nobody listens any more.
struct Alone;

impl Ears<'_> {
    /// Reads until the terminal fails or nobody listens.
    fn read(mut self, gate: &Gate) {
        loop {
            gate.pass();
            let wait = self.answer.wait().or(self.burst.wait());
            let heard = match event::poll(wait.unwrap_or(WAIT)) {
                Ok(true) => match event::read() {
                    Ok(raw) => self.hear(raw),
                    Err(error) => return tracing::warn!("reading keys failed: {error}"),
                },
                Ok(false) => self.quiet(),
                Err(error) => return tracing::warn!("waiting for keys failed: {error}"),
            };
            if heard.is_err() {
                return;
            }
        }
    }

    /// Passes an event of the terminal on.
    fn hear(&mut self, raw: Raw) -> Result<(), Alone> {
        let told = self.answer.take(raw);
        self.pass_on(told.events)?;
        match told.ground {
            Some(ground) => self.tell(Event::Ground(ground)),
            None => Ok(()),
        }
    }

    /// Nothing came for as long as was waited.
    fn quiet(&mut self) -> Result<(), Alone> {
        if self.answer.wait().is_none() {
            self.burst.ends();
            return Ok(());
        }
        let events = self.answer.ends();
        self.pass_on(events)
    }

    fn pass_on(&mut self, events: Vec<Raw>) -> Result<(), Alone> {
        for raw in events {
            if let Some(event) = self.burst.take(raw) {
                self.tell(event)?;
            }
        }
        Ok(())
    }

    fn tell(&self, event: Event) -> Result<(), Alone> {
        self.wakes.send(Wake::Event(event)).map_err(|_| Alone)
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
