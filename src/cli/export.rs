//! `export`: what reviewers verified, in formats for programs, spreadsheets and people.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::{self, ExportArgs};
use super::articles::{self, Named};
use super::error::{Exit, complain, hinted, say};
use super::looking::Looking;
use super::output::Output;
use super::pipeline::contained;
use super::target::Target;
use crate::annotations::Document;
use crate::annotations::Rank;
use crate::config;
use crate::exchange::{
    Export, Losses, Publisher, Row, Selection, Settings, Subject, Withheld, Written,
};
use crate::store::{self, ReadArticle, article_of_sidecar, sidecar_path};

pub(super) fn run(args: &ExportArgs, own: &args::Settings) -> anyhow::Result<Exit> {
    let row = args.format.row();
    let settled = super::config::load(own)?.or_nothing()?;
    // A setting that was refused is as good as none: whoever publishes has to know.
    settled.problems.iter().for_each(|problem| say(problem));
    let config = settled.config;
    let reviewer = super::reviewer::name(&config).value;
    let publisher = super::config::publisher(&config, &reviewer);
    let settings = settings(args, row, publisher)?;
    let follow = own.follow;
    let (articles, incomplete) = articles::list(&args.paths, follow)?;
    for path in args.output.iter().chain(&args.report) {
        spare_sources(path, &articles)?;
    }
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    if args.report.is_some() && args.report.as_ref().map(whole) == args.output.as_ref().map(whole) {
        let hint = "give them two names";
        return Err(hinted("the export and its report are one file", hint));
    }
    let selection = if args.all {
        Selection::All
    } else {
        Selection::Verified
    };
    let mut reading = Reading {
        selection,
        state: config::state_folder(),
        looking: Looking::ranked(Rank::of_house(&config.rank.value)),
        read: 0,
        exit: if incomplete { Exit::Wrong } else { Exit::Fine },
    };
    let mut report = Report {
        row,
        lines: Vec::new(),
    };
    let target = Target {
        article: articles.first().map(|article| article.path.clone()),
        state: config::state_folder(),
        force: args.force,
    };
    let written = row.written.context("a format that is not written")?;
    let losses = match written {
        Written::OneFile(begin) => {
            // A file is written at once when everything is known to be well.
            let mut held = Vec::new();
            let mut stdout = Output::stdout();
            let out: &mut dyn Write = match &args.output {
                None => &mut stdout,
                Some(_) => &mut held,
            };
            let mut export = Export::begin(out, row, begin, &settings)?;
            for (name, read) in reading.of(&articles) {
                let subject = subject(name, &read, selection);
                report.add(&subject, &export.add(&subject)?)?;
            }
            let losses = export.finish()?;
            match &args.output {
                None => stdout.finish()?,
                // An export of nothing takes the place of none.
                Some(path) if reading.read > 0 => target.write(path, &held)?,
                Some(path) => say(&format!(
                    "nothing was read; {} is as it was",
                    path.display()
                )),
            }
            losses
        }
        Written::Folder(files) => {
            let Some(folder) = &args.output else {
                return Err(hinted(
                    format!("{} is a folder of files", args.format),
                    "name the folder with -o",
                ));
            };
            let read: Vec<(&str, ReadArticle)> = reading.of(&articles).collect();
            let subjects = read
                .iter()
                .map(|(name, read)| subject(name, read, selection));
            let subjects: Vec<Subject<'_>> = subjects.collect();
            let mut losses = Losses::default();
            for subject in &subjects {
                let lost = Losses::of(subject, row.holds);
                report.add(subject, &lost)?;
                losses = losses.and(&lost);
            }
            let files = files(&subjects, &settings);
            for file in &files {
                spare_sources(&folder.join(&file.name), &articles)?;
            }
            if !subjects.is_empty() {
                target.write_folder(folder, &files)?;
            }
            losses
        }
    };
    if !losses.is_empty() {
        say(&format!("{} does not hold: {losses}", args.format));
    }
    if let Some(path) = &args.report {
        target.write(path, &report.lines)?;
    }
    Ok(reading.exit)
}

/// How the format is to be written.
fn settings(args: &ExportArgs, row: &Row, publisher: Publisher) -> anyhow::Result<Settings> {
    let usual = args.format.settings();
    let shape = match &args.shape {
        None => usual.shape,
        Some(name) => {
            let found = row.shapes.iter().find(|shape| shape.name == name);
            let known: Vec<&str> = row.shapes.iter().map(|shape| shape.name).collect();
            found.ok_or_else(|| {
                hinted(
                    format!("{} has no shape {name}", args.format),
                    format!("it has: {}", known.join(", ")),
                )
            })?
        }
    };
    // One table of another format would be no table.
    let is_table = shape.ending == "csv";
    for (option, is_asked) in [
        ("--bom", args.bom),
        ("--separator", args.separator.is_some()),
    ] {
        if is_asked && !is_table {
            return Err(hinted(
                format!("{option} is for tables alone, and {} is none", args.format),
                format!("leave {option} out, or write --format csv"),
            ));
        }
    }
    let separator = match args.separator.as_deref() {
        Some(";") => b';',
        Some("tab") => b'\t',
        _ => usual.separator,
    };
    Ok(Settings {
        shape,
        byte_order_mark: args.bom,
        separator,
        publisher,
    })
}

fn subject<'a>(name: &'a str, read: &'a ReadArticle, selection: Selection) -> Subject<'a> {
    Subject {
        name,
        article: &read.article,
        document: &read.document,
        selection,
    }
}

/// What each article lost, a line each.
struct Report {
    row: &'static Row,
    lines: Vec<u8>,
}

impl Report {
    fn add(&mut self, subject: &Subject<'_>, losses: &Losses) -> io::Result<()> {
        let withheld = Withheld::of(subject.document, subject.selection);
        losses.write_line(&mut self.lines, subject.name, self.row.format, withheld)
    }
}

/// Reads articles one after the other, tells what is wrong and goes on.
struct Reading {
    selection: Selection,
    state: Option<PathBuf>,
    looking: Looking,
    /// Articles that were read.
    read: usize,
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
                    self.read += 1;
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
