//! `add` and `fetch-feed`: articles from the web, from files and from a paste into a folder.
//!
//! What comes in is kept as it came, under a name with its day and its title; the text layer and
//! where it comes from go beside it. Nothing is fetched unless the configuration or a flag says so.
//! The place of every new article goes to standard output, a line each, all else to standard error.

mod known;
mod taking;
mod web;

use std::io::Read;
use std::path::Path;

use anyhow::Context;

use self::taking::Taking;
use super::args::{self, AddArgs, FetchArgs};
use super::error::{Exit, complain, hinted};
use super::{articles, reviewer};
use crate::config::{self, Fetch};
use crate::ingest;
use crate::store::{self, OpenOptions};

pub(super) fn run(args: &AddArgs, own: &args::Settings) -> anyhow::Result<Exit> {
    let mut taking = begin(&args.common, own)?;
    for what in &args.what {
        let taken = match what.to_str() {
            Some("-") => paste(&mut taking),
            Some(address) if is_address(address) => taking.address(address),
            _ => file(&mut taking, what.as_ref()),
        };
        tell(&mut taking, taken);
    }
    taking.finish()
}

pub(super) fn run_feeds(args: &FetchArgs, own: &args::Settings) -> anyhow::Result<Exit> {
    let mut taking = begin(&args.common, own)?;
    taking.follow_feeds();
    for what in &args.what {
        let taken = match what.to_str() {
            Some(address) if is_address(address) => taking.address(address),
            _ => file(&mut taking, what.as_ref()),
        };
        tell(&mut taking, taken);
    }
    taking.finish()
}

fn begin(common: &args::Common, own: &args::Settings) -> anyhow::Result<Taking> {
    let config = super::config::load(own)?.or_nothing()?.config;
    let options = OpenOptions {
        state_dir: config::state_folder(),
        reviewer: reviewer::name(&config).value,
        holder: reviewer::account(),
    };
    let folder = common.into.clone().unwrap_or_else(|| ".".into());
    let fetch = match (common.private, common.online) {
        (true, _) => Fetch::Anywhere,
        (false, true) => config.fetch.value.max(Fetch::Public),
        (false, false) => config.fetch.value,
    };
    Ok(Taking::new(folder, fetch, common.most, options))
}

fn tell(taking: &mut Taking, taken: anyhow::Result<()>) {
    if let Err(error) = taken {
        complain(&error);
        taking.fail();
    }
}

/// An article, or several, on standard input.
fn paste(taking: &mut Taking) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    let most = ingest::LIMIT as u64 + 1;
    let input = std::io::stdin().lock();
    let read = input.take(most).read_to_end(&mut bytes);
    read.context("cannot read standard input")?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let hint = "paste the text and end it with Ctrl-d on a line of its own";
        return Err(hinted("nothing came on standard input".to_owned(), hint));
    }
    taking.file("standard input", bytes)
}

fn file(taking: &mut Taking, path: &Path) -> anyhow::Result<()> {
    let bytes = store::read_input(path, ingest::LIMIT as u64).map_err(|e| articles::of_path(&e))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    taking.file(&name.to_string_lossy(), bytes)
}

/// Whether a word is a web address.
fn is_address(word: &str) -> bool {
    let begins = |with: &str| {
        let head = word.get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    };
    begins("http://") || begins("https://")
}
