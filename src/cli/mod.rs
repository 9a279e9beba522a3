//! The command line: arguments, standard output, exit codes. The top of the house.
//!
//! Talks to the user and decides nothing about articles. Data goes to standard output and
//! nothing else does; everything said goes to standard error through [`error::say`]. Exit
//! codes: 0 fine, 1 faults found, 2 wrong usage or input. A closed pipe is no error.

mod add;
mod args;
mod articles;
mod check;
mod completions;
mod config;
mod desk;
mod detect;
mod error;
mod examples;
mod export;
mod findings_table;
mod import;
mod log;
mod looking;
mod man;
mod output;
mod pipeline;
mod progress;
mod protocol;
mod queue;
mod relocate;
mod reviewer;
mod schema;
mod score;
mod strays;
mod target;
mod text;
mod train;
mod train_desk;
mod tutor;
mod with;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use error::Exit;
use output::Output;

/// Program and version, as written into sidecars.
pub const TOOL: &str = concat!("proofmark ", env!("CARGO_PKG_VERSION"));

/// Runs the program with its arguments, its own name first.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    tell_faults();
    let arguments: Vec<OsString> = arguments.collect();
    let outcome = match Args::try_parse_from(&arguments) {
        Ok(args) => carry_out(args, &arguments),
        Err(usage) => tell_usage(&usage),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) if error::is_closed_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            error::complain(&error);
            Exit::Wrong.into()
        }
    }
}

fn carry_out(args: Args, arguments: &[OsString]) -> anyhow::Result<Exit> {
    let follow = args.settings.follow;
    let settings = args.settings.clone();
    match args.command {
        None => desk::run(&args.paths, &args.settings, desk::Use::Review),
        Some(Command::Detect(args)) => detect::run(&args, &settings),
        Some(Command::Export(args)) => export::run(&args, &settings),
        Some(Command::Import(args)) => import::run(&args, &settings, arguments),
        Some(Command::Add(args)) => add::run(&args, &settings),
        Some(Command::FetchFeed(args)) => add::run_feeds(&args, &settings),
        Some(Command::Text(args)) => text::run(&args, follow),
        Some(Command::Queue(command)) => queue::run(&command, &args.settings),
        Some(Command::Check(args)) => check::run(&args, follow),
        Some(Command::Move(args)) => relocate::run(&args),
        Some(Command::Tutor) => tutor::run(&args.settings),
        Some(Command::Score(args)) => score::run(&args, &settings),
        Some(Command::Train(args)) => train::run(&args, follow),
        Some(Command::Config(command)) => config::run(&command, &args.settings),
        Some(Command::Schema { of }) => schema::run(of),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { command }) => man::run(command.as_deref()),
    }
}

/// Faults of the program are told like everything else: their words may quote an article.
fn tell_faults() {
    std::panic::set_hook(Box::new(|fault| {
        for line in format!("proofmark: {fault}").lines() {
            error::say(line);
        }
    }));
}

/// Help and version are answers; everything else is wrong usage. What was typed may hold
/// anything, so all of it goes through the filter.
fn tell_usage(usage: &clap::Error) -> anyhow::Result<Exit> {
    let text = usage.render().to_string();
    if usage.use_stderr() {
        text.lines().for_each(error::say);
        return Ok(Exit::Wrong);
    }
    let mut out = Output::stdout();
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(Exit::Fine)
}

/// Whether standard input, standard output and a terminal that can do more than print lines
/// are there; otherwise what is missing.
fn missing_terminal() -> Option<&'static str> {
    use io::IsTerminal;
    if !io::stdin().is_terminal() {
        Some("standard input is not a terminal")
    } else if !io::stdout().is_terminal() {
        Some("standard output is not a terminal")
    } else if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        Some("TERM is dumb: this terminal only prints lines")
    } else {
        None
    }
}
