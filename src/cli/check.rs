//! `check`: sidecars against their format, their articles and their digests.
//!
//! One line a finding on standard output, `path: place: what`, warnings marked as such; 1 if
//! there is a fault. [`findings`] knows which is which, and [`texts`] what articles have to do with
//! each other. Changes nothing; with `--repair` repaired copies appear beside damaged files, and
//! what they leave out or change is told in the same way.

mod findings;
mod texts;

use std::io::Write;
use std::path::Path;

use super::args::CheckArgs;
use super::articles;
use super::error::{Exit, complain, say};
use super::looking::Looking;
use super::output::Output;
use super::{pipeline, strays};
use crate::config;
use crate::store::repair::{RepairedFile, repair_files};
use crate::store::{self, ReadArticle, StoreError};
use crate::text::Visible;
use findings::Findings;
use texts::Text;

/// What came of checking one article.
enum Checked {
    /// There is no sidecar to check.
    Nothing,
    /// What is found.
    Found(Findings),
    /// The article cannot be read.
    Unreadable(StoreError),
}

pub(super) fn run(args: &CheckArgs, follow: bool) -> anyhow::Result<Exit> {
    let (articles, incomplete, folders) = articles::list_with_folders(&args.paths, follow);
    let strays = strays::concerning(&articles, &folders, &args.paths);
    strays::or_nothing(&strays, &articles, incomplete, &args.paths)?;
    let state = config::state_folder();
    let looking = Looking::default();
    let mut out = Output::stdout();
    let mut exit = if incomplete { Exit::Wrong } else { Exit::Fine };
    let (mut sidecars, mut faults, mut warnings) = (0, 0, 0);
    let mut texts: Vec<Text> = Vec::new();
    pipeline::in_order(
        articles.iter(),
        |article| article.name.clone(),
        |article| {
            let read = store::read_for_commands(&article.path, state.as_deref());
            let text = read.as_ref().ok().and_then(Text::of);
            (article, text, check(read.map(|read| looking.at(read))))
        },
        |checked| -> anyhow::Result<()> {
            let (article, text, checked) = match checked {
                Ok(checked) => checked,
                Err(broken) => {
                    complain(&broken.into());
                    exit = Exit::Wrong;
                    return Ok(());
                }
            };
            texts.extend(text);
            match checked {
                Checked::Nothing => {}
                Checked::Found(found) => {
                    sidecars += 1;
                    faults += found.faults();
                    warnings += found.warnings();
                    for finding in found.iter() {
                        let line = format!("{}: {finding}", article.path.display());
                        writeln!(out, "{}", Visible::new(&line).as_str())?;
                    }
                    if found.faults() > 0 {
                        exit = exit.max(Exit::Fault);
                    }
                }
                Checked::Unreadable(error) => {
                    complain(&articles::of_store(&error));
                    exit = Exit::Wrong;
                }
            }
            Ok(())
        },
    )?;
    for (path, found) in texts::findings(&texts) {
        warnings += found.warnings();
        for finding in found.iter() {
            let line = format!("{}: {finding}", path.display());
            writeln!(out, "{}", Visible::new(&line).as_str())?;
        }
    }
    for (stray, whose) in &strays {
        faults += 1;
        exit = exit.max(Exit::Fault);
        let line = strays::line(stray, whose);
        writeln!(out, "{}", Visible::new(&line).as_str())?;
    }
    if args.repair {
        for line in strays::repair(&strays, &articles, &folders, state.as_deref()) {
            match line {
                Ok(line) => writeln!(out, "{}", Visible::new(&line).as_str())?,
                Err(error) => {
                    complain(&articles::of_store(&error));
                    exit = Exit::Wrong;
                }
            }
        }
        for article in &articles {
            let repaired = pipeline::contained(&article.name, || {
                repair_files(&article.path, state.as_deref()).map_err(|e| articles::of_store(&e))
            });
            match repaired.unwrap_or_else(|broken| Err(broken.into())) {
                Ok(files) if files.is_empty() => {}
                Ok(files) => {
                    exit = exit.max(Exit::Fault);
                    for line in files.iter().flat_map(repair_lines) {
                        let line = format!("{}: {line}", article.path.display());
                        writeln!(out, "{}", Visible::new(&line).as_str())?;
                    }
                }
                Err(error) => {
                    complain(&error);
                    exit = Exit::Wrong;
                }
            }
        }
    }
    out.finish()?;
    let warned = match warnings {
        0 => String::new(),
        some => format!(", {some} warning(s)"),
    };
    say(&format!(
        "{sidecars} sidecar(s) checked, {faults} fault(s){warned}"
    ));
    Ok(exit)
}

/// What was repaired, line by line, and where the copy is.
fn repair_lines(file: &RepairedFile) -> Vec<String> {
    let name = |path: &Path| path.file_name().unwrap_or_default().display().to_string();
    let original = name(&file.original);
    let mut lines: Vec<String> = file
        .changes
        .iter()
        .map(|change| format!("repair of {original}: {change}"))
        .collect();
    lines.push(match &file.copy {
        Ok(copy) => format!(
            "repaired copy {} holds {} record(s); {original} is left as it is",
            name(copy),
            file.kept
        ),
        Err(why) => format!("{original} cannot be repaired: {why}; it is left as it is"),
    });
    lines
}

fn check(read: Result<ReadArticle, StoreError>) -> Checked {
    match read {
        Ok(read) if !read.has_sidecar && read.faults.is_empty() => Checked::Nothing,
        Ok(read) => {
            let mut found = Findings::of(&read);
            let sidecar = store::sidecar_path(&read.path);
            if std::fs::symlink_metadata(&sidecar).is_ok_and(|entry| entry.is_symlink()) {
                found.warn("", "the sidecar is a link to elsewhere");
            }
            Checked::Found(found)
        }
        Err(StoreError::Sidecar { reason, .. }) => {
            let mut found = Findings::default();
            found.fault("", reason);
            Checked::Found(found)
        }
        Err(error) => Checked::Unreadable(error),
    }
}
