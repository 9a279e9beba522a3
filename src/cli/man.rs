//! `man`: the manual page, of the program or of one command.

use std::io::Write;

use clap::CommandFactory;

use super::args::Args;
use super::error::{Exit, hinted};
use super::output::Output;

pub(super) fn run(command: Option<&str>) -> anyhow::Result<Exit> {
    let mut program = Args::command();
    program.build();
    let title = match command {
        None => "proofmark".to_owned(),
        Some(name) => format!("proofmark-{name}"),
    };
    let page = match command {
        None => program,
        Some(name) => {
            let Some(found) = program.find_subcommand(name) else {
                let names: Vec<&str> = program.get_subcommands().map(|c| c.get_name()).collect();
                let hint = format!("there are {}", names.join(", "));
                return Err(hinted(format!("there is no command {name}"), hint));
            };
            found.clone()
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).title(title).render(&mut text)?;
    let mut out = Output::stdout();
    out.write_all(&text)?;
    out.finish()?;
    Ok(Exit::Fine)
}
