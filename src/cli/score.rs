//! `score`: how well found attributions match what annotators marked, as a table or JSON.
//!
//! Reads both files whole, leaves the counting to `train::evaluate`, and prints.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Context;

use super::args::ScoreArgs;
use super::error::{Exit, hinted, say};
use super::output::Output;
use crate::text::Visible;
use crate::train::CorpusError;
use crate::train::evaluate::{ArticleScore, Block, Scores, read_found, read_gold, score};

pub(super) fn run(args: &ScoreArgs) -> anyhow::Result<Exit> {
    if args.gold.as_os_str() == "-" {
        let hint = "give GOLD as a file; PRED may be -";
        return Err(hinted("what is marked does not come from -", hint));
    }
    let gold = parse(&args.gold, read_gold)?;
    let found = parse(&args.found, read_found)?;
    let scores = score(&gold, &found);
    let mut out = Output::stdout();
    if args.per_article {
        articles(&mut out, &scores, args.json)?;
    }
    if args.json {
        writeln!(out, "{}", scores.json())?;
    } else {
        table(&mut out, &scores)?;
    }
    out.finish()?;
    if scores.unknown > 0 {
        say(&format!(
            "{} article(s) of {} are not in {}",
            scores.unknown,
            args.found.display(),
            args.gold.display()
        ));
    }
    Ok(Exit::Fine)
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
fn articles(out: &mut Output, scores: &Scores, json: bool) -> io::Result<()> {
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
