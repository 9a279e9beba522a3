//! A process and all that it started: begun in a group of its own, and killed with it.
//!
//! Whether it has ended is looked at without taking note of it, so that its number stays its own
//! until the group has been killed: no stranger gets the signal.

use std::io;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

/// A process that was started.
pub(super) struct Process {
    child: Child,
}

/// Its standard input, output and error.
pub(super) type Pipes = (ChildStdin, ChildStdout, ChildStderr);

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn start(command: &mut Command) -> io::Result<(Process, Pipes)> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut process = Process { child };
        let child = &mut process.child;
        match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
            (Some(input), Some(output), Some(errors)) => Ok((process, (input, output, errors))),
            _ => {
                let _ = process.end();
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        #[cfg(unix)]
        if let Some(group) = self.group() {
            use rustix::io::Errno;
            use rustix::process::{WaitId, WaitIdOptions, waitid};
            let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            match waitid(WaitId::Pid(group), look) {
                Ok(ended) => return ended.is_some(),
                Err(Errno::INTR) => return false,
                // Somebody else took note of it.
                Err(_) => {}
            }
        }
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills what is left of it and of its group; how it ended.
    ///
    /// # Errors
    /// Where somebody else took note of its end.
    pub(super) fn end(&mut self) -> io::Result<ExitStatus> {
        // There may be nobody left in either case.
        #[cfg(unix)]
        if let Some(group) = self.group() {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        self.child.wait()
    }

    #[cfg(unix)]
    fn group(&self) -> Option<rustix::process::Pid> {
        i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
    }
}

/// How a process ended by itself, as a clause.
pub(super) fn words(status: &io::Result<ExitStatus>) -> String {
    let Ok(status) = status else {
        return "it ended".to_owned();
    };
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(status) {
        return format!("it was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("it ended with exit code {code}"),
        None => "it ended".to_owned(),
    }
}
