//! `score`: how well found attributions match what annotators marked, or what reviewers
//! decided, as a table or JSON.
//!
//! Reads both files whole, or the articles of finished passes; leaves the counting to
//! `train::evaluate`, and prints.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Context;

use super::args::{ScoreArgs, Settings};
use super::error::{Exit, complain, hinted, say};
use super::output::Output;
use super::progress::Progress;
use super::with::With;
use super::{articles, pipeline};
use crate::config::state_folder;
use crate::store;
use crate::text::{Article, Media, Signs, Visible};
use crate::train::CorpusError;
use crate::train::evaluate::{
    ArticleScore, Block, FoundArticle, GoldArticle, NotReviewed, PointAttribution, Reviewed, Scores,
};
use crate::train::evaluate::{read_found, read_gold, score};

pub(super) fn run(args: &ScoreArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let named = args
        .with
        .iter()
        .map(|name| With::named(Some(name), settings));
    let mut with: Vec<With> = named.collect::<Result<_, _>>()?;
    match (&args.gold, &args.found) {
        (Some(gold), Some(found)) => files(gold, found, args),
        (Some(gold), None) => marked(gold, &with, args),
        (None, _) => {
            if with.is_empty() {
                with.push(With::named(None, settings)?);
            }
            passes(&with, args, settings.follow)
        }
    }
}

/// Scores what detectors find now against one file.
fn marked(gold_path: &Path, with: &[With], args: &ScoreArgs) -> anyhow::Result<Exit> {
    let gold = parse(gold_path, read_gold)?;
    let mut exit = Exit::Fine;
    let mut all = Vec::new();
    for with in with {
        let mut progress = Progress::new("articles", Some(gold.len()));
        let mut found = Vec::new();
        let find = |marked: &GoldArticle| {
            let article = Article::new(&marked.id, &marked.text, Media::Plain);
            with.find(&article).map(|found| {
                let attributions = found.findings.attributions.iter();
                FoundArticle {
                    id: marked.id.clone(),
                    attributions: attributions
                        .map(|one| PointAttribution::of(&article, one))
                        .collect(),
                }
            })
        };
        let name = |marked: &&GoldArticle| marked.id.clone();
        pipeline::in_order(gold.iter(), name, find, |one| -> anyhow::Result<()> {
            match one.unwrap_or_else(|broken| Err(broken.into())) {
                Ok(one) => found.push(one),
                Err(error) => {
                    complain(&error);
                    exit = Exit::Wrong;
                }
            }
            progress.step();
            Ok(())
        })?;
        drop(progress);
        all.push((with.name(), score(&gold, &found)));
    }
    show(&all, args)?;
    Ok(exit)
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
    show(&[("", scores.clone())], args)?;
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
    /// What was decided, and what each detector finds, or why one finds nothing.
    Reviewed(Reviewed, Vec<anyhow::Result<FoundArticle>>),
    /// Nothing to score against.
    Skipped(NotReviewed),
    /// It cannot be read.
    Unreadable(store::StoreError),
    /// Reading it broke off.
    Broken(pipeline::Broken),
}

/// Scores a detector run against the decisions of finished passes.
fn passes(with: &[With], args: &ScoreArgs, follow: bool) -> anyhow::Result<Exit> {
    let (listed, incomplete) = articles::list(&args.passes, follow)?;
    let state = state_folder();
    let mut progress = Progress::new("articles", Some(listed.len()));
    let mut gold = Vec::new();
    let mut found: Vec<Vec<FoundArticle>> = with.iter().map(|_| Vec::new()).collect();
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
                let article = &read.article;
                let find = |with: &With| {
                    let found = with.find(article)?;
                    Ok(reviewed.found(article, &found.findings))
                };
                let found = with.iter().map(find).collect();
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
                    for (all, one) in found.iter_mut().zip(pred) {
                        match one {
                            Ok(one) => all.push(one),
                            Err(error) => {
                                complain(&error);
                                exit = Exit::Wrong;
                            }
                        }
                    }
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
    // Nobody decides on cues; and a claim is a sentence of a quotation, mostly without a mark of
    // its own, so looking for one does not tell direct from indirect.
    let is_told = |name: &str| {
        let other = ["direct.", "indirect."];
        name != "tok.cue" && !other.iter().any(|prefix| name.starts_with(prefix))
    };
    let scores = found.iter().map(|found| {
        let mut scores = score(&gold, found);
        scores.blocks.retain(|block| is_told(block.name));
        scores
    });
    let all: Vec<(&str, Scores)> = with.iter().map(With::name).zip(scores).collect();
    show(&all, args)?;
    Ok(exit)
}

/// Shows the scores of detectors: of one as a table of its own, of several side by side.
fn show(all: &[(&str, Scores)], args: &ScoreArgs) -> anyhow::Result<()> {
    let mut out = Output::stdout();
    let are_several = all.len() > 1;
    for (name, scores) in all {
        if args.per_article {
            if are_several && !args.json {
                writeln!(out, "{}", Visible::new(name).as_str())?;
            }
            by_article(&mut out, scores, args.json)?;
        }
        if args.json {
            let line = scores.json();
            match are_several {
                false => writeln!(out, "{line}")?,
                true => {
                    let name = serde_json::Value::from(*name);
                    let rest = line.strip_prefix('{').unwrap_or(&line);
                    writeln!(out, "{{\"detector\": {name}, {rest}")?;
                }
            }
        }
    }
    match all {
        _ if args.json => {}
        [(_, scores)] => table(&mut out, scores)?,
        several => side_by_side(&mut out, several)?,
    }
    out.finish()?;
    Ok(())
}

/// Precision, recall and F1 of several detectors, a column each.
fn side_by_side(out: &mut Output, all: &[(&str, Scores)]) -> io::Result<()> {
    /// Cells of a column: three figures.
    const COLUMN: usize = 23;
    /// Cells of the names of what is counted.
    const NAMES: usize = 22;
    let Some((_, first)) = all.first() else {
        return Ok(());
    };
    let least = all.iter().map(|(_, scores)| scores.with_found).min();
    let (articles, found) = (first.articles.len(), least.unwrap_or_default());
    writeln!(out, "{articles} article(s), {found} with predictions")?;
    let mut heading = format!("{:<NAMES$}", "");
    for (name, _) in all {
        let name = Visible::fitting(name, COLUMN, Signs::Unicode);
        heading.push_str(&format!("   {:<COLUMN$}", name.as_str()));
    }
    write!(out, "{}\n{:<NAMES$}", heading.trim_end(), "")?;
    for _ in all {
        write!(out, "   {:>7} {:>7} {:>7}", "prec.", "recall", "f1")?;
    }
    writeln!(out)?;
    for (at, block) in first.blocks.iter().enumerate() {
        write!(out, "{:<NAMES$}", block.name)?;
        for block in all.iter().filter_map(|(_, scores)| scores.blocks.get(at)) {
            let (precision, f1) = (share(block.precision()), share(block.f1()));
            write!(out, "   {precision:>7} {:>7.4} {f1:>7}", block.recall())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A share in figures; a dash where there is none.
fn share(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.4}"))
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
