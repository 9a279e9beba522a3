//! `export`: what reviewers verified, in formats for programs, spreadsheets and people.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{ExportArgs, Format};
use super::articles::{self, Named};
use super::error::{Exit, complain, hinted, say};
use super::looking::Looking;
use super::output::Output;
use super::pipeline::contained;
use crate::annotations::Document;
use crate::config;
use crate::exchange::{Export, Selection, Withheld, csv};
use crate::store::{self, ReadArticle, article_of_sidecar, sidecar_path};

pub(super) fn run(args: &ExportArgs, follow: bool) -> anyhow::Result<Exit> {
    if args.bom && args.format != Format::Csv {
        return Err(hinted(
            "only a CSV table may begin with a byte order mark",
            "leave --bom out, or write --format csv",
        ));
    }
    let (articles, incomplete) = articles::list(&args.paths, follow)?;
    let mut out = match &args.output {
        None => Output::stdout(),
        Some(path) => {
            spare_sources(path, &articles)?;
            Output::file(path)?
        }
    };
    let selection = if args.all {
        Selection::All
    } else {
        Selection::Verified
    };
    let mut reading = Reading {
        selection,
        state: config::state_folder(),
        looking: Looking::default(),
        exit: if incomplete { Exit::Wrong } else { Exit::Fine },
    };
    if args.bom {
        out.write_all(csv::BYTE_ORDER_MARK)?;
    }
    let mut export = Export::begin(&mut out, args.format.into())?;
    for (name, read) in reading.of(&articles) {
        export.add(name, &read.document, selection)?;
    }
    export.finish()?;
    out.finish()?;
    Ok(reading.exit)
}

/// Reads articles one after the other, tells what is wrong and goes on.
struct Reading {
    selection: Selection,
    state: Option<PathBuf>,
    looking: Looking,
    exit: Exit,
}

impl Reading {
    fn of<'a>(&'a mut self, articles: &'a [Named]) -> impl Iterator<Item = (&'a str, ReadArticle)> {
        articles.iter().filter_map(|article| {
            let (state, looking) = (self.state.as_deref(), &self.looking);
            let read = contained(&article.name, || {
                let read = store::read_for_commands(&article.path, state);
                read.map(|read| looking.at(read))
                    .map_err(|e| articles::of_store(&e))
            });
            match read.unwrap_or_else(|broken| Err(broken.into())) {
                Ok(read) => {
                    for notice in &read.notices {
                        say(&format!("{}: {notice}", article.name));
                    }
                    for line in withheld(&read.document, self.selection) {
                        say(&format!("{}: {line}", article.name));
                    }
                    if !read.document.parts().aside.is_empty() {
                        self.exit = self.exit.max(Exit::Fault);
                    }
                    Some((article.name.as_str(), read))
                }
                Err(error) => {
                    complain(&error);
                    self.exit = Exit::Wrong;
                    None
                }
            }
        })
    }
}

/// What an export leaves out because reviewers differ.
fn withheld(document: &Document, selection: Selection) -> Vec<String> {
    let withheld = Withheld::of(document, selection);
    let told = [
        (
            withheld.claims,
            "left out: reviewers differ; --all takes them",
        ),
        (
            withheld.sources,
            "without their source: reviewers differ over it; --all gives it",
        ),
        (
            withheld.verdicts,
            "without a verdict: reviewers differ over it",
        ),
    ];
    let told = told.into_iter().filter(|(claims, _)| *claims > 0);
    told.map(|(claims, why)| format!("{claims} claim(s) {why}"))
        .collect()
}

/// Refuses to write over an article or a sidecar.
fn spare_sources(output: &Path, articles: &[Named]) -> anyhow::Result<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let taken = whole(output).is_some_and(|output| {
        articles.iter().any(|article| {
            let sidecar = sidecar_path(&article.path);
            [article.path.as_path(), &sidecar]
                .into_iter()
                .any(|path| whole(path).as_ref() == Some(&output))
        })
    });
    let is_own = output.file_name().is_some_and(store::is_own_file);
    if taken || is_own || article_of_sidecar(output).is_some() {
        let message = format!(
            "{}: an article, a sidecar or a file that belongs to one is not written over",
            output.display()
        );
        return Err(hinted(message, "choose another name for the output"));
    }
    Ok(())
}
