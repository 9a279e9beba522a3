//! `detect`: what the detector finds, one JSON object an article, on all cores.
//!
//! Articles are read and detected by the workers and written in order. What cannot be read
//! is told and left out, the others go on, and the exit code says so.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use super::args::{DetectArgs, FindingsFormat, Settings};
use super::error::{Exit, complain, hinted, say};
use super::output::Output;
use super::progress::Progress;
use super::with::{self, With};
use super::{articles, findings_table, pipeline};
use crate::detect::{CUT, Findings};
use crate::exchange::findings;
use crate::ingest;
use crate::store;
use crate::text::{Article, Media};

/// One article to be read, wherever it comes from.
enum Job {
    File(articles::Named),
    StandardInput(Vec<u8>),
    Line {
        source: String,
        number: usize,
        text: anyhow::Result<Vec<u8>>,
    },
}

pub(super) fn run(args: &DetectArgs, settings: &Settings) -> anyhow::Result<Exit> {
    if args.protocol {
        return super::protocol::run();
    }
    let format = args.format;
    let with = With::named(args.with.as_deref(), settings)?;
    if args.jsonl {
        return detect(&with, lines(&args.paths)?, None, format);
    }
    if args.paths.is_empty() && io::stdin().is_terminal() {
        let hint = "name articles or folders, or - for one article on standard input";
        return Err(hinted("nothing to detect in", hint));
    }
    let is_standard_input = |path: &PathBuf| path.as_os_str() == "-";
    let only_input = args.paths.is_empty() || args.paths.iter().all(is_standard_input);
    if only_input {
        return detect(&with, std::iter::once(standard_input()?), Some(1), format);
    }
    if args.paths.iter().any(is_standard_input) {
        return Err(hinted(
            "- stands beside other paths",
            "give - alone, or ./- for a file",
        ));
    }
    let (named, incomplete) = articles::list(&args.paths, settings.follow)?;
    let total = named.len();
    let exit = detect(&with, named.into_iter().map(Job::File), Some(total), format)?;
    Ok(if incomplete { Exit::Wrong } else { exit })
}

fn detect(
    with: &With,
    jobs: impl Iterator<Item = Job>,
    total: Option<usize>,
    format: FindingsFormat,
) -> anyhow::Result<Exit> {
    let mut out = Output::stdout();
    let mut progress = Progress::new("articles", total);
    let mut exit = Exit::Fine;
    pipeline::in_order_weighing(
        jobs,
        Job::name,
        |job| looked(with, job, format),
        |found| found.as_ref().map_or(0, |(found, _)| found.weight()),
        |found| -> anyhow::Result<()> {
            match found.unwrap_or_else(|broken| Err(broken.into())) {
                Ok((found, notice)) => {
                    notice.iter().for_each(|notice| say(notice));
                    match found.write(format, &mut out) {
                        Ok(written) => written?,
                        Err(broken) => {
                            // What comes next has a line of its own.
                            out.write_all(b"\n")?;
                            complain(&broken.into());
                            exit = Exit::Wrong;
                        }
                    }
                    out.flush()?;
                }
                Err(error) => {
                    complain(&error);
                    exit = Exit::Wrong;
                }
            }
            progress.step();
            Ok(())
        },
    )?;
    out.finish()?;
    Ok(exit)
}

impl Job {
    /// What the reader knows it by.
    fn name(&self) -> String {
        match self {
            Job::File(named) => named.name.clone(),
            Job::StandardInput(_) => "standard input".to_owned(),
            Job::Line { source, number, .. } => format!("{source}, line {number}"),
        }
    }
}

/// Bytes of an article that is long: what is written of it is four times as much, and is written
/// when it is its turn, not before.
const LONG: usize = 1_000_000;
/// Bytes that the findings of a byte of text take, by and large.
const FOUND: usize = 5;

/// What was found in one article.
enum Looked {
    /// As it is written.
    Line(Vec<u8>),
    /// Of a long one, to be written.
    Found(Box<Found>),
}

/// Findings with all that is written of them.
struct Found {
    name: String,
    id: Value,
    article: Article,
    findings: Findings,
}

impl Looked {
    /// Bytes it takes while it waits.
    fn weight(&self) -> usize {
        match self {
            Looked::Line(line) => line.len(),
            Looked::Found(found) => found.article.text().len() * FOUND,
        }
    }

    /// Writes it; a fault of this program while a long one is written fails that article alone.
    fn write(
        &self,
        format: FindingsFormat,
        out: &mut impl Write,
    ) -> Result<io::Result<()>, pipeline::Broken> {
        match self {
            Looked::Line(line) => Ok(out.write_all(line)),
            Looked::Found(found) => pipeline::contained(&found.name, || found.write(format, out)),
        }
    }
}

impl Found {
    fn write(&self, format: FindingsFormat, out: &mut impl Write) -> io::Result<()> {
        let (article, findings) = (&self.article, &self.findings);
        match format {
            FindingsFormat::Jsonl => findings::write(out, &self.id, article, findings),
            FindingsFormat::Table => findings_table::write(out, &self.name, article, findings),
        }
    }
}

/// What is found in one article, and what is to be said of it.
fn looked(
    with: &With,
    job: Job,
    format: FindingsFormat,
) -> anyhow::Result<(Looked, Option<String>)> {
    let name = job.name();
    let (id, article) = match job {
        Job::File(named) => {
            let article =
                store::read_article(&named.path).map_err(|error| articles::of_store(&error))?;
            (Value::String(named.name), article)
        }
        Job::StandardInput(bytes) => {
            let article = ingest::read("standard input", &bytes)
                .map_err(|error| hinted(error.to_string(), error.hint()))?;
            (Value::String("-".to_owned()), article)
        }
        Job::Line {
            source,
            number,
            text,
        } => parse(number, &text?).with_context(|| format!("{source}, line {number}"))?,
    };
    let with::Found { findings, told, .. } = with
        .find(&article)
        .map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
    let cut = findings.cut.then(|| CUT.to_owned());
    let notice = told
        .or(cut)
        .map(|told| format!("proofmark: {name}: {told}"));
    let found = Found {
        name,
        id,
        article,
        findings,
    };
    if found.article.text().len() >= LONG {
        return Ok((Looked::Found(Box::new(found)), notice));
    }
    let mut line = Vec::new();
    found.write(format, &mut line)?;
    Ok((Looked::Line(line), notice))
}

fn standard_input() -> anyhow::Result<Job> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that the article is refused by its size.
    let most = ingest::LIMIT as u64 + 1;
    io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    Ok(Job::StandardInput(bytes))
}

/// A line of the input of `--jsonl`.
#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    text: String,
}

/// The article of a line. Its text is taken to the letter: offsets count in it.
fn parse(number: usize, line: &[u8]) -> anyhow::Result<(Value, Article)> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    // A list would be read as the fields in their order.
    if line.trim_ascii_start().first() != Some(&b'{') {
        anyhow::bail!("no JSON object of {{\"id\", \"text\"}}");
    }
    let line: Line = serde_json::from_slice(line).map_err(|error| {
        let told = error.to_string();
        let what = told
            .rsplit_once(" at line ")
            .map_or(&*told, |(what, _)| what);
        anyhow::anyhow!("no JSON object of {{\"id\", \"text\"}}: {what}")
    })?;
    if line.text.len() > ingest::LIMIT {
        let most = ingest::LIMIT / 1_000_000;
        anyhow::bail!("the text is longer than {most} MB, the limit of an article");
    }
    let id = line.id.unwrap_or_else(|| Value::from(number));
    let name = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let article = Article::new(&name, &line.text, Media::Plain);
    Ok((id, article))
}

/// The lines of JSON Lines files, or of standard input.
fn lines(paths: &[PathBuf]) -> anyhow::Result<impl Iterator<Item = Job>> {
    let mut inputs: Vec<(String, Box<dyn BufRead>)> = Vec::new();
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() {
        &standard_input
    } else {
        paths
    };
    for path in paths {
        inputs.push(if path.as_os_str() == "-" {
            ("standard input".to_owned(), Box::new(io::stdin().lock()))
        } else {
            (path.display().to_string(), open(path)?)
        });
    }
    Ok(inputs.into_iter().flat_map(|(source, input)| {
        let mut input = Some(input);
        (1..)
            .map_while(move |number| {
                let text = next_line(input.as_mut()?)?;
                if text.is_err() {
                    input = None;
                }
                Some((number, text))
            })
            .filter(|(_, text)| !text.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()))
            .map(move |(number, text)| Job::Line {
                source: source.clone(),
                number,
                text,
            })
    }))
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let told = || format!("{}: cannot read", path.display());
    Ok(Box::new(BufReader::new(
        File::open(path).with_context(told)?,
    )))
}

/// The next line; `None` at the end.
fn next_line(input: &mut dyn BufRead) -> Option<anyhow::Result<Vec<u8>>> {
    let mut line = Vec::new();
    match input.read_until(b'\n', &mut line) {
        Ok(0) => None,
        Ok(_) => Some(Ok(line)),
        Err(error) => Some(Err(anyhow::Error::new(error).context("cannot read"))),
    }
}
