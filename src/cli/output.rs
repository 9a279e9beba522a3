//! Standard output and files written by commands.
//!
//! To a pipe or a file goes exactly what was written. On a terminal every line goes through
//! the filter for terminals, so that an article cannot steer the terminal it is shown on. A
//! file appears whole or not at all.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::error::hinted;
use crate::text::Visible;

/// Where a command writes.
pub(super) enum Output {
    /// A pipe or a device.
    Plain(Box<dyn Write + Send>),
    /// A terminal, and the beginning of a line.
    Terminal(BufWriter<io::Stdout>, Vec<u8>),
    /// A file that is not in its place yet.
    File(BufWriter<tempfile::NamedTempFile>, PathBuf),
}

impl Output {
    /// Standard output.
    pub(super) fn stdout() -> Output {
        let stdout = io::stdout();
        if stdout.is_terminal() {
            Output::Terminal(BufWriter::new(stdout), Vec::new())
        } else {
            Output::Plain(Box::new(BufWriter::new(stdout)))
        }
    }

    /// A file, made anew or replaced when [`finish`](Output::finish) is called; devices and
    /// pipes are written to as they are.
    pub(super) fn file(path: &Path) -> anyhow::Result<Output> {
        let told = || format!("cannot write {}", path.display());
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&place).is_ok_and(|found| !found.is_file()) {
            let device = fs::OpenOptions::new().write(true).open(&place);
            return Ok(Output::Plain(Box::new(BufWriter::new(
                device.with_context(told)?,
            ))));
        }
        let folder = match place.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".proofmark-export-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let permissions = fs::metadata(&place).map(|found| found.permissions());
            builder.permissions(permissions.unwrap_or(fs::Permissions::from_mode(0o666)));
        }
        let file = builder.tempfile_in(folder).with_context(told)?;
        Ok(Output::File(BufWriter::new(file), place))
    }

    /// Writes what is held back and puts a file into its place.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        match self {
            Output::Terminal(mut out, line) if !line.is_empty() => {
                out.write_all(visible(&line).as_bytes())?;
                out.flush()?;
            }
            Output::File(out, place) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&place)
                    .map_err(|error| error.error)
                    .with_context(|| format!("cannot write {}", place.display()))?;
            }
            Output::Plain(_) | Output::Terminal(..) => {}
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Plain(out) => out.write(bytes),
            Output::File(out, _) => out.write(bytes),
            Output::Terminal(out, line) => {
                for part in bytes.split_inclusive(|byte| *byte == b'\n') {
                    line.extend_from_slice(part);
                    if let Some(whole) = line.strip_suffix(b"\n") {
                        writeln!(out, "{}", visible(whole))?;
                        line.clear();
                    }
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Plain(out) => out.flush(),
            Output::File(out, _) => out.flush(),
            Output::Terminal(out, _) => out.flush(),
        }
    }
}

fn visible(line: &[u8]) -> String {
    Visible::new(&String::from_utf8_lossy(line))
        .as_str()
        .to_owned()
}

/// Refuses to write over what is read: `what` says what `path` holds.
pub(super) fn spare(output: Option<&Path>, path: &Path, what: &str) -> anyhow::Result<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let taken = output.and_then(whole);
    if taken.is_some() && taken == whole(path) {
        let message = format!("{}: {what} not written over", path.display());
        return Err(hinted(message, "choose another name for the output"));
    }
    Ok(())
}

/// Writes all of a result to a file, or to standard output.
pub(super) fn write_to(output: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = match output {
        None => Output::stdout(),
        Some(path) => Output::file(path)?,
    };
    out.write_all(bytes)?;
    out.finish()
}
