//! Signals: those that end or stop the program become wakes of the loop.
//!
//! The loop then saves, gives the terminal back and ends; nothing is done in a handler. A
//! second SIGTERM ends the program at once, for the case that the loop hangs, say in a write
//! to a terminal that takes nothing.
//!
//! While another program has the terminal ([`lend`]), its keys send signals to both: then
//! interrupting is that program's affair, and stopping stops both.

use std::io;
use std::sync::mpsc::Sender;

use super::wake::Wake;

#[cfg(unix)]
pub(super) use unix::{lend, stop, watch};

#[cfg(unix)]
mod unix {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use signal_hook::consts::{
        SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM,
        SIGTRAP, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    use signal_hook::iterator::{Handle, Signals};
    use signal_hook::{SigId, flag, low_level};

    use super::{Sender, Wake, io};

    /// Signals that end a program unless it listens, but for those of its own faults, after
    /// which nothing can be relied on.
    const ENDING: [i32; 15] = [
        SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
        SIGXFSZ, SIGIO, SIGABRT, SIGSYS, SIGTRAP,
    ];

    /// Those that only some systems have: of power and coprocessor, and the realtime ones, of which
    /// the C library keeps some and does not give them.
    #[cfg(target_os = "linux")]
    fn of_this_system() -> impl Iterator<Item = i32> {
        use rustix::process::Signal;
        let power = Signal::POWER.as_raw();
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        let coprocessor = Some(Signal::STKFLT.as_raw());
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let coprocessor = None;
        [power].into_iter().chain(coprocessor).chain(32..=64)
    }

    #[cfg(not(target_os = "linux"))]
    fn of_this_system() -> impl Iterator<Item = i32> {
        std::iter::empty()
    }

    /// Whether another program has the terminal.
    static LENT: AtomicBool = AtomicBool::new(false);

    /// Signals are wakes while it lives.
    pub(in crate::tui) struct Watch {
        handle: Handle,
        impatient: [SigId; 2],
    }

    /// Starts turning signals into wakes.
    pub(in crate::tui) fn watch(wakes: Sender<Wake>) -> io::Result<Watch> {
        // Not SIGHUP, which arrives twice by itself, from the shell and from the kernel; not
        // what keys send. In this order: the first signal finds the flag down and raises it.
        let seen = Arc::new(AtomicBool::new(false));
        let impatient = [
            flag::register_conditional_default(SIGTERM, Arc::clone(&seen))?,
            flag::register(SIGTERM, seen)?,
        ];
        let mut signals = Signals::new(ENDING.iter().chain(&[SIGTSTP, SIGCONT]))?;
        for signal in of_this_system() {
            // One that cannot be had is not sent by anybody either.
            let _ = signals.add_signal(signal);
        }
        let handle = signals.handle();
        let run = move || {
            for signal in signals.forever() {
                match answer(signal, LENT.load(Ordering::SeqCst)) {
                    Answer::Wake(wake) => {
                        if wakes.send(wake).is_err() {
                            return;
                        }
                    }
                    Answer::StopHere => {
                        if let Err(error) = stop() {
                            tracing::warn!("could not stop as a job: {error}");
                        }
                    }
                    Answer::Nothing => {}
                }
            }
        };
        thread::Builder::new().name("signals".into()).spawn(run)?;
        Ok(Watch { handle, impatient })
    }

    /// What a signal leads to.
    #[derive(Debug)]
    enum Answer {
        Wake(Wake),
        /// Stopped at once: the loop waits for the other program and cannot do it.
        StopHere,
        Nothing,
    }

    fn answer(signal: i32, is_lent: bool) -> Answer {
        match signal {
            SIGTSTP if is_lent => Answer::StopHere,
            SIGINT | SIGQUIT | SIGCONT if is_lent => Answer::Nothing,
            SIGTSTP => Answer::Wake(Wake::Stop),
            SIGCONT => Answer::Wake(Wake::Continued),
            ending => Answer::Wake(Wake::Signal(ending)),
        }
    }

    impl Drop for Watch {
        fn drop(&mut self) {
            self.handle.close();
            for id in self.impatient {
                low_level::unregister(id);
            }
        }
    }

    /// Runs `other` while another program has the terminal.
    pub(in crate::tui) fn lend<T>(other: impl FnOnce() -> T) -> T {
        LENT.store(true, Ordering::SeqCst);
        let result = other();
        LENT.store(false, Ordering::SeqCst);
        result
    }

    /// Stops this process as a job; returns when it is continued.
    pub(in crate::tui) fn stop() -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)
    }

    #[cfg(test)]
    mod tests {
        use std::sync::mpsc;

        use super::*;

        #[test]
        fn signals_become_wakes_and_stop_doing_so() {
            let (send, wakes) = mpsc::channel();
            let watch = watch(send).expect("signals can be watched");
            low_level::raise(SIGTERM).expect("a signal can be sent");
            assert!(matches!(wakes.recv(), Ok(Wake::Signal(SIGTERM))));
            low_level::raise(SIGCONT).expect("a signal can be sent");
            assert!(matches!(wakes.recv(), Ok(Wake::Continued)));
            low_level::raise(SIGTSTP).expect("a signal can be sent");
            assert!(matches!(wakes.recv(), Ok(Wake::Stop)));
            drop(watch);
            assert!(wakes.recv().is_err(), "the thread ends with the watch");
        }

        #[test]
        fn keys_for_another_program_do_not_end_the_desk() {
            for (signal, is_lent, expected) in [
                (SIGINT, false, "Wake(Signal(2))"),
                (SIGINT, true, "Nothing"),
                (SIGQUIT, true, "Nothing"),
                (SIGTSTP, false, "Wake(Stop)"),
                (SIGTSTP, true, "StopHere"),
                (SIGCONT, false, "Wake(Continued)"),
                (SIGCONT, true, "Nothing"),
                (SIGTERM, true, "Wake(Signal(15))"),
                (SIGHUP, true, "Wake(Signal(1))"),
            ] {
                assert_eq!(format!("{:?}", answer(signal, is_lent)), expected);
            }
        }
    }
}

#[cfg(not(unix))]
pub(super) use other::{lend, stop, watch};

/// Elsewhere keys alone end the program, and there are no jobs.
#[cfg(not(unix))]
mod other {
    use super::{Sender, Wake, io};

    pub(in crate::tui) struct Watch;

    pub(in crate::tui) fn watch(_: Sender<Wake>) -> io::Result<Watch> {
        Ok(Watch)
    }

    pub(in crate::tui) fn lend<T>(other: impl FnOnce() -> T) -> T {
        other()
    }

    pub(in crate::tui) fn stop() -> io::Result<()> {
        Ok(())
    }
}
