//! What is said on standard error, and with which code the program ends.
//!
//! Every line goes through [`say`]: names and messages may hold anything, and nothing of
//! that may steer a terminal.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::text::Visible;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// All is well.
    Fine,
    /// Faults were found.
    Fault,
    /// Wrong usage, or input that could not be read.
    Wrong,
    /// A signal ended it, by its number.
    Signal(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Fine => ExitCode::SUCCESS,
            Exit::Fault => ExitCode::from(1),
            Exit::Wrong => ExitCode::from(2),
            Exit::Signal(number) => ExitCode::from(number.saturating_add(128)),
        }
    }
}

/// A message with a way out.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Hinted {
    /// What is wrong.
    pub(super) message: String,
    /// What can be done about it.
    pub(super) hint: String,
}

/// An error with a way out.
pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    let (message, hint) = (message.into(), hint.into());
    anyhow::Error::new(Hinted { message, hint })
}

/// Writes a line to standard error. If even that fails there is nobody left to tell.
pub(super) fn say(line: &str) {
    let line = Visible::new(line);
    let _ = writeln!(io::stderr().lock(), "{}", line.as_str());
}

/// Tells an error with its causes and its way out.
pub(super) fn complain(error: &anyhow::Error) {
    say(&format!("proofmark: {error:#}"));
    if let Some(hinted) = error.downcast_ref::<Hinted>() {
        say(&format!("hint: {}", hinted.hint));
    }
}

/// Whether somebody stopped reading our output, which is their right.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_closed_pipe_is_known_under_any_context() {
        let closed = || io::Error::from(io::ErrorKind::BrokenPipe);
        let wrapped = Err::<(), _>(closed())
            .context("writing")
            .expect_err("it is an error");
        assert!(is_closed_pipe(&anyhow::Error::new(closed())));
        assert!(is_closed_pipe(&wrapped));
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(!is_closed_pipe(&anyhow::Error::new(full)));
    }
}
