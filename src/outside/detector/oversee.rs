//! The thread that oversees a process: starts it, looks whether it lives, kills it where it must,
//! and tells all who wait how it ended.
//!
//! Nobody else holds the process, so nobody signals one that is gone.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::find;
use super::pipes::AtPipe;
use super::process::{Pipes, Process, words};
use super::state::{Due, Ending, Shared};

/// Starts the thread, which starts the process; does not wait.
///
/// # Errors
/// The system's, where it has no thread left.
pub(super) fn start(shared: &Arc<Shared>, number: u64) -> io::Result<()> {
    let shared = Arc::clone(shared);
    let oversee = move || oversee(&shared, number);
    thread::Builder::new()
        .name("detector".into())
        .spawn(oversee)?;
    Ok(())
}

fn oversee(shared: &Arc<Shared>, number: u64) {
    let (mut process, pipes) = match started(shared) {
        Ok(started) => started,
        Err(why) => return shared.not_started(why),
    };
    if let Err(error) = attend(shared, number, pipes) {
        // It has been asked nothing yet, and how it ends tells nothing.
        let _ = process.end();
        return shared.not_started(error.to_string());
    }
    let ending = watch(shared, number, &mut process);
    // Where it has ended by itself, what it had started is still to go.
    let status = process.end();
    let noted = read_out(shared, number);
    // What it did may be found out only after its end; that says more than its exit code.
    let ending = ending.or(noted.filter(Ending::says_more_than_an_end));
    let how = ending
        .as_ref()
        .map_or_else(|| words(&status), Ending::words);
    shared.is_over(how, ending == Some(Ending::Flooded));
}

fn started(shared: &Shared) -> Result<(Process, Pipes), String> {
    let mut command = find::command(&shared.program.command)?;
    Process::start(&mut command).map_err(|error| error.to_string())
}

/// Puts a thread to each of its pipes.
fn attend(shared: &Arc<Shared>, number: u64, pipes: Pipes) -> io::Result<()> {
    let (input, output, errors) = pipes;
    let name = |which: &str| thread::Builder::new().name(format!("detector {which}"));
    let pipe = AtPipe::new(shared, number);
    name("writer").spawn(move || pipe.write(input))?;
    let pipe = AtPipe::new(shared, number);
    name("reader").spawn(move || pipe.read(output))?;
    let pipe = AtPipe::new(shared, number);
    name("log").spawn(move || pipe.log(errors))?;
    Ok(())
}

/// Waits until it has ended, or is to be killed and why.
fn watch(shared: &Shared, number: u64, process: &mut Process) -> Option<Ending> {
    loop {
        if process.has_ended() {
            return None;
        }
        let mut state = shared.lock();
        let is_waited_for = state.with_it() > 0;
        match state.run(number)?.due(&shared.bounds, is_waited_for) {
            Due::Kill(ending) => return Some(ending),
            Due::Wait(most) => drop(shared.wait(state, most)),
        }
    }
}

/// Lets what it said last be read, within bounds: somebody else may hold its pipes. What it was to
/// be killed for, if anything.
fn read_out(shared: &Shared, number: u64) -> Option<Ending> {
    let until = Instant::now() + shared.bounds.settling;
    let mut state = shared.lock();
    loop {
        let run = state.run(number)?;
        if !run.is_gone {
            run.is_gone = true;
            shared.tell();
        }
        let left = until.saturating_duration_since(Instant::now());
        if run.pipes == 0 || left == Duration::ZERO {
            return run.ending().cloned();
        }
        state = shared.wait(state, left);
    }
}
