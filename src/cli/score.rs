//! `score`: how well found attributions match what annotators marked, or what reviewers
//! decided, as a table or JSON.
//!
//! Reads both files whole, or the articles of finished passes; leaves the counting to
//! `train::evaluate`, and prints.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Context;

use super::args::ScoreArgs;
use super::error::{Exit, complain, hinted, say};
use super::output::Output;
use super::progress::Progress;
use super::{TOOL, articles, pipeline};
use crate::config::state_folder;
use crate::detect::compiled_in;
use crate::store;
use crate::text::Visible;
use crate::train::CorpusError;
use crate::train::evaluate::{ArticleScore, Block, FoundArticle, NotReviewed, Reviewed, Scores};
use crate::train::evaluate::{read_found, read_gold, score};

pub(super) fn run(args: &ScoreArgs, follow: bool) -> anyhow::Result<Exit> {
    match (&args.gold, &args.found) {
        (Some(gold), Some(found)) => files(gold, found, args),
        _ => passes(args, follow),
    }
}

/// Scores one file against another.
fn files(gold_path: &Path, found_path: &Path, args: &ScoreArgs) -> anyhow::Result<Exit> {
    if gold_path.as_os_str() == "-" {
        let hint = "give GOLD as a file; PRED may be -";
        return Err(hinted("what is marked does not come from -", hint));
    }
    let gold = parse(gold_path, read_gold)?;
    let found = parse(found_path, read_found)?;
    let scores = score(&gold, &found);
    show(&scores, args)?;
    if scores.unknown > 0 {
        say(&format!(
            "{} article(s) of {} are not in {}",
            scores.unknown,
            found_path.display(),
            gold_path.display()
        ));
    }
    Ok(Exit::Fine)
}

/// What came of one article with a sidecar.
enum Looked {
    /// What was decided, and what the detector finds.
    Reviewed(Reviewed, FoundArticle),
    /// Nothing to score against.
    Skipped(NotReviewed),
    /// It cannot be read.
    Unreadable(store::StoreError),
    /// Reading it broke off.
    Broken(pipeline::Broken),
}

/// Scores a detector run against the decisions of finished passes.
fn passes(args: &ScoreArgs, follow: bool) -> anyhow::Result<Exit> {
    let (listed, incomplete) = articles::list(&args.passes, follow)?;
    let detector = compiled_in(TOOL);
    let state = state_folder();
    let mut progress = Progress::new("articles", Some(listed.len()));
    let (mut gold, mut found) = (Vec::new(), Vec::new());
    let (mut unfinished, mut other_text, mut unsettled) = (0, 0, 0);
    let mut exit = if incomplete { Exit::Wrong } else { Exit::Fine };
    let look = |article: articles::Named| {
        let read = match store::read_for_commands(&article.path, state.as_deref()) {
            Ok(read) => read,
            Err(error) => return Looked::Unreadable(error),
        };
        let id = article.path.to_string_lossy();
        match Reviewed::new(&id, &read.article, &read.document) {
            Ok(reviewed) => {
                let findings = detector.detect(&read.article);
                let found = reviewed.found(&read.article, &findings);
                Looked::Reviewed(reviewed, found)
            }
            Err(reason) => Looked::Skipped(reason),
        }
    };
    let name = |article: &articles::Named| article.name.clone();
    pipeline::in_order(
        listed.into_iter(),
        name,
        look,
        |looked| -> anyhow::Result<()> {
            match looked.unwrap_or_else(Looked::Broken) {
                Looked::Reviewed(reviewed, pred) => {
                    unsettled += reviewed.unsettled();
                    gold.push(reviewed.gold().clone());
                    found.push(pred);
                }
                Looked::Skipped(NotReviewed::Unfinished) => unfinished += 1,
                Looked::Skipped(NotReviewed::OtherText) => other_text += 1,
                Looked::Unreadable(error) => {
                    complain(&articles::of_store(&error));
                    exit = Exit::Wrong;
                }
                Looked::Broken(broken) => {
                    complain(&broken.into());
                    exit = Exit::Wrong;
                }
            }
            progress.step();
            Ok(())
        },
    )?;
    drop(progress);
    for (count, what) in [
        (
            unfinished,
            "article(s) left out: the last pass is not finished",
        ),
        (
            other_text,
            "article(s) left out: the pass was over another text",
        ),
        (
            unsettled,
            "claim(s) left out: undecided, unsure or disputed",
        ),
    ] {
        if count > 0 {
            say(&format!("{count} {what}"));
        }
    }
    if gold.is_empty() {
        let hint = "finish a pass on the desk, or score two files: proofmark score GOLD PRED";
        return Err(hinted("there is no finished pass to score against", hint));
    }
    let mut scores = score(&gold, &found);
    // Nobody decides on cues; and a claim is a sentence of a quotation, mostly without a mark of
    // its own, so looking for one does not tell direct from indirect.
    let is_told = |name: &str| {
        let other = ["direct.", "indirect."];
        name != "tok.cue" && !other.iter().any(|prefix| name.starts_with(prefix))
    };
    scores.blocks.retain(|block| is_told(block.name));
    show(&scores, args)?;
    Ok(exit)
}

fn show(scores: &Scores, args: &ScoreArgs) -> anyhow::Result<()> {
    let mut out = Output::stdout();
    if args.per_article {
        by_article(&mut out, scores, args.json)?;
    }
    if args.json {
        writeln!(out, "{}", scores.json())?;
    } else {
        table(&mut out, scores)?;
    }
    out.finish()?;
    Ok(())
}

/// Reads a file, or standard input for `-`; errors name it and the line.
fn parse<T>(path: &Path, read: fn(&str) -> Result<T, CorpusError>) -> anyhow::Result<T> {
    let (name, bytes) = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let name = "standard input".to_owned();
        let all = io::stdin().lock().read_to_end(&mut bytes);
        all.with_context(|| format!("{name}: cannot read"))?;
        (name, bytes)
    } else {
        let name = path.display().to_string();
        let bytes = fs::read(path).with_context(|| format!("{name}: cannot read"))?;
        (name, bytes)
    };
    read(text(&name, &bytes)?).context(name)
}

/// The text of a corpus file; what is no UTF-8 is told with its line.
pub(super) fn text<'a>(name: &str, bytes: &'a [u8]) -> anyhow::Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        anyhow::anyhow!("{name}: line {line}: no UTF-8")
    })
}

/// One line an article.
fn by_article(out: &mut Output, scores: &Scores, json: bool) -> io::Result<()> {
    if json {
        for article in &scores.articles {
            writeln!(out, "{}", article.json())?;
        }
        return Ok(());
    }
    writeln!(
        out,
        "{:>6} {:>6} {:>8} {:>8} {:>8}  article",
        "gold", "found", "content", "+source", "+source="
    )?;
    for ArticleScore {
        id,
        gold,
        found,
        right: [content, source, exact],
    } in &scores.articles
    {
        let id = Visible::new(id);
        writeln!(
            out,
            "{gold:>6} {found:>6} {content:>8} {source:>8} {exact:>8}  {}",
            id.as_str()
        )?;
    }
    writeln!(out)
}

fn table(out: &mut Output, scores: &Scores) -> io::Result<()> {
    writeln!(
        out,
        "{} article(s), {} with predictions",
        scores.articles.len(),
        scores.with_found
    )?;
    writeln!(
        out,
        "{:<26} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "", "precision", "recall", "f1", "right", "found", "gold"
    )?;
    for block in &scores.blocks {
        let Block {
            name, right, gold, ..
        } = block;
        let share =
            |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.4}"));
        let (precision, f1) = (share(block.precision()), share(block.f1()));
        let found = block.found.map_or("-".to_owned(), |n| n.to_string());
        writeln!(
            out,
            "{name:<26} {precision:>9} {:>7.4} {f1:>7} {right:>7} {found:>7} {gold:>7}",
            block.recall()
        )?;
    }
    Ok(())
}
