//! `move`: an article with everything that belongs to it; or only that, where the article was
//! renamed by hand.

use super::args::MoveArgs;
use super::error::{Exit, say};
use super::{articles, reviewer};
use crate::config;
use crate::store::{self, OpenOptions};

pub(super) fn run(args: &MoveArgs) -> anyhow::Result<Exit> {
    let options = OpenOptions {
        state_dir: config::state_folder(),
        reviewer: String::new(),
        holder: reviewer::account(),
    };
    let moved = store::relocate(&args.old, &args.new, &options)
        .map_err(|error| articles::of_store(&error))?;
    for (from, to) in &moved.files {
        say(&format!("{} is {} now", from.display(), to.display()));
    }
    for notice in &moved.notices {
        say(notice);
    }
    Ok(if moved.notices.is_empty() {
        Exit::Fine
    } else {
        Exit::Fault
    })
}
