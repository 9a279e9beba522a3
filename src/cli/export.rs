//! `export`: what reviewers verified, in formats for programs, spreadsheets and people.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{ExportArgs, Format};
use super::articles::{self, Named};
use super::error::{Exit, complain, hinted, say};
use super::looking::Looking;
use super::output::Output;
use super::pipeline::contained;
use crate::annotations::{Dispute, Document, Status};
use crate::config;
use crate::exchange::{Selection, csv, jsonl, markdown};
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
    match args.format {
        Format::Jsonl => {
            for (name, read) in reading.of(&articles) {
                jsonl::write(&mut out, name, &read.document, selection)?;
            }
        }
        Format::Csv => {
            if args.bom {
                out.write_all(csv::BYTE_ORDER_MARK)?;
            }
            let mut table = csv::Table::new(&mut out)?;
            for (name, read) in reading.of(&articles) {
                table.write(name, &read.document, selection)?;
            }
            table.finish()?;
        }
        Format::Markdown => {
            for (name, read) in reading.of(&articles) {
                markdown::write(&mut out, name, &read.document, selection)?;
            }
        }
    }
    out.flush()?;
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
    let claims = document.annotations().iter().filter(|a| a.is_claim());
    let (mut left_out, mut verdicts, mut sources) = (0, 0, 0);
    for claim in claims {
        if claim.status() == Status::Disputed {
            left_out += 1;
            continue;
        }
        let disputes = document.disputes(claim);
        verdicts += usize::from(disputes.contains(&Dispute::Verdict));
        sources += usize::from(disputes.contains(&Dispute::Source));
    }
    let mut lines = Vec::new();
    if selection == Selection::Verified {
        if left_out > 0 {
            let why = "left out: reviewers differ; --all takes them";
            lines.push(format!("{left_out} claim(s) {why}"));
        }
        if sources > 0 {
            let why = "without their source: reviewers differ over it; --all gives it";
            lines.push(format!("{sources} claim(s) {why}"));
        }
    }
    if verdicts > 0 {
        let why = "without a verdict: reviewers differ over it";
        lines.push(format!("{verdicts} claim(s) {why}"));
    }
    lines
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
