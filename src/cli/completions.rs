//! `completions`: a script that teaches a shell the commands and options.

use std::io::Write;

use clap::CommandFactory;

use super::args::Args;
use super::error::Exit;
use super::output::Output;

pub(super) fn run(shell: clap_complete::Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "proofmark", &mut script);
    let mut out = Output::stdout();
    out.write_all(&script)?;
    out.finish()?;
    Ok(Exit::Fine)
}
