//! `tutor`: the desk on a practice article in a folder that is gone afterwards.

use std::fs;

use anyhow::Context;

use super::args::Settings;
use super::desk::{self, Use};
use super::error::{Exit, say};
use crate::tui::app::practice;

pub(super) fn run(settings: &Settings) -> anyhow::Result<Exit> {
    let folder = tempfile::Builder::new()
        .prefix("proofmark-tutor-")
        .tempdir()
        .context("cannot make a folder to practise in")?;
    let article = folder.path().join("practice.md");
    fs::write(&article, practice::TEXT).context("cannot write the practice article")?;
    let exit = desk::run(
        &[article],
        settings,
        Use::Practice(&folder.path().join("state")),
    )?;
    say("the practice article is thrown away; proofmark PATH opens yours");
    Ok(exit)
}
