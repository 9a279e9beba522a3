//! A program that is asked something and answers on its standard output.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How often it is looked whether a program that closed its output has ended.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// How long a program may take, and how much of what it says is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// From its start to its end.
    pub time: Duration,
    /// Bytes of its standard output; more are an error.
    pub bytes: u64,
}

impl Bounds {
    /// For a line or two from a program that has nothing to wait for.
    pub const SHORT: Bounds = Bounds {
        time: Duration::from_secs(5),
        bytes: 1 << 16,
    };
}

/// What a program is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The program, looked for where programs are.
    pub program: &'a str,
    /// Its arguments, as they are.
    pub arguments: &'a [&'a str],
    /// The folder it is started in; `None`: the working folder.
    pub folder: Option<&'a Path>,
    /// Variables of the environment that it is not to see.
    pub without: &'a [&'a str],
    /// How long and how much.
    pub bounds: Bounds,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It could not be started, or its answer not be read.
    #[error("{program} could not be asked: {error}")]
    Failed {
        /// The program.
        program: String,
        /// Why.
        error: io::Error,
    },
    /// It ended with a fault.
    #[error("{0} ended with a fault")]
    Fault(String),
    /// It took too long and was ended.
    #[error("{program} did not answer within {seconds} s")]
    TooLate {
        /// The program.
        program: String,
        /// How long it had.
        seconds: u64,
    },
    /// It said more than is taken, and was ended.
    #[error("{0} said more than was asked for")]
    TooMuch(String),
}

/// Asks a program and waits, no longer than its bounds; what it wrote to standard output. It
/// gets no input, and what it says on standard error is not taken.
///
/// # Errors
/// As [`NoAnswer`]. Nothing it started itself is ended with it.
pub fn ask(question: &Question<'_>) -> Result<Vec<u8>, NoAnswer> {
    let until = Instant::now() + question.bounds.time;
    let failed = |error| NoAnswer::Failed {
        program: question.program.to_owned(),
        error,
    };
    let mut child = start(question).map_err(failed)?;
    let answer = answer_of(&mut child, question.bounds, until);
    let answer = answer.and_then(|bytes| Ok((bytes, ended(&mut child, until)?)));
    if !matches!(answer, Ok((_, Some(_)))) {
        // It may have ended by itself meanwhile.
        let _ = child.kill();
        let _ = child.wait();
    }
    let program = question.program.to_owned();
    match answer {
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(NoAnswer::TooLate {
            program,
            seconds: question.bounds.time.as_secs(),
        }),
        Err(error) => Err(failed(error)),
        Ok((bytes, _)) if bytes.len() as u64 > question.bounds.bytes => {
            Err(NoAnswer::TooMuch(program))
        }
        Ok((_, None)) => Err(NoAnswer::TooLate {
            program,
            seconds: question.bounds.time.as_secs(),
        }),
        Ok((_, Some(false))) => Err(NoAnswer::Fault(program)),
        Ok((bytes, Some(true))) => Ok(bytes),
    }
}

fn start(question: &Question<'_>) -> io::Result<Child> {
    let mut command = Command::new(OsStr::new(question.program));
    if let Some(folder) = question.folder {
        command.current_dir(folder);
    }
    for name in question.without {
        command.env_remove(name);
    }
    command
        .args(question.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// What it writes until it closes its output, one byte more than is taken at most.
fn answer_of(child: &mut Child, bounds: Bounds, until: Instant) -> io::Result<Vec<u8>> {
    let Some(output) = child.stdout.take() else {
        return Ok(Vec::new());
    };
    let (send, receive) = mpsc::channel();
    let read = move || {
        // Nobody listens any more where the time was up.
        let _ = send.send(read_up_to(output, bounds.bytes));
    };
    thread::Builder::new().name("answer".into()).spawn(read)?;
    match receive.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(bytes) => bytes,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(io::ErrorKind::TimedOut.into())
        }
    }
}

fn read_up_to(output: ChildStdout, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    output
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether it ended well; `None`: it goes on although the time is up.
pub(super) fn ended(child: &mut Child, until: Instant) -> io::Result<Option<bool>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        thread::sleep(LOOK_EVERY);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str, bounds: Bounds) -> Result<Vec<u8>, NoAnswer> {
        ask(&Question {
            program: "sh",
            arguments: &["-c", script],
            folder: None,
            without: &[],
            bounds,
        })
    }

    #[test]
    fn a_program_answers_on_its_output_and_hears_nothing() {
        let said = sh("cat; printf 'two\nlines'; echo no >&2", Bounds::SHORT);
        assert_eq!(said.expect("it answers"), b"two\nlines");
    }

    #[test]
    fn folder_and_environment_are_as_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().canonicalize().expect("it is there");
        let said = ask(&Question {
            program: "sh",
            arguments: &["-c", "pwd -P; printf %s \"${CARGO_MANIFEST_DIR-none}\""],
            folder: Some(&place),
            without: &["CARGO_MANIFEST_DIR"],
            bounds: Bounds::SHORT,
        });
        let said = String::from_utf8(said.expect("it answers")).expect("UTF-8");
        assert_eq!(said.lines().next(), place.to_str(), "{said}");
        assert_eq!(said.lines().nth(1), Some("none"), "{said}");
    }

    #[test]
    fn no_answer_says_why() {
        let told = |script, bounds| sh(script, bounds).expect_err("none").to_string();
        assert!(told("exit 3", Bounds::SHORT).contains("with a fault"));
        let few = Bounds {
            bytes: 3,
            ..Bounds::SHORT
        };
        assert_eq!(sh("printf abc", few).expect("it fits"), b"abc");
        assert!(told("printf abcd", few).contains("more than"));
        assert!(told("yes", few).contains("more than"));
        let brief = Bounds {
            time: Duration::from_millis(50),
            ..Bounds::SHORT
        };
        assert!(told("exec sleep 60", brief).contains("did not answer"));
        // Its output closed, and still there.
        assert!(told("exec sleep 60 >&-", brief).contains("did not answer"));
        let missing = ask(&Question {
            program: "/no/such/program",
            arguments: &[],
            folder: None,
            without: &[],
            bounds: Bounds::SHORT,
        });
        let missing = missing.expect_err("it is not there").to_string();
        assert!(missing.contains("/no/such/program"), "{missing}");
    }
}
