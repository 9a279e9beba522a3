//! `queue`: the articles to review as a table or JSON Lines.
//!
//! What nobody has reviewed yet is detected on the way, on all cores; nothing is written
//! beside the articles.

use std::collections::BTreeMap;
use std::io::Write;

use rustc_hash::FxHashMap;
use serde_json::json;

use super::args::{QueueArgs, Settings};
use super::articles::{self, Named};
use super::error::{Exit, say};
use super::output::Output;
use super::progress::Progress;
use super::with::With;
use super::{config, pipeline, reviewer, strays};
use crate::annotations::{Document, QueueRow, Rank, Time};
use crate::config::state_folder;
use crate::detect::CUT;
use crate::store;
use crate::text::{Article, Signs, Visible, Word};

/// Cells for the trouble of an article in the table.
const TROUBLE: usize = 60;

pub(super) fn run(args: &QueueArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let settled = config::load(settings)?.or_nothing()?;
    settled.problems.iter().for_each(|problem| say(problem));
    let reviewer = reviewer::name(&settled.config).value;
    let (articles, incomplete, folders) = articles::list_with_folders(&args.paths, settings.follow);
    let strays = strays::concerning(&articles, &folders, &args.paths);
    strays::or_nothing(&strays, &articles, incomplete, &args.paths)?;
    for (stray, whose) in &strays {
        say(&strays::line(stray, whose));
    }
    let with = With::named(args.with.as_deref(), settings)?;
    let rank = Rank::of_house(&settled.config.rank.value);
    let state = state_folder();
    let mut progress = Progress::new("articles", Some(articles.len()));
    let mut rows: Vec<(Named, QueueRow)> = Vec::with_capacity(articles.len());
    let mut exit = if incomplete { Exit::Wrong } else { Exit::Fine };
    let look = |article: Named| {
        let look = || match store::read_for_commands(&article.path, state.as_deref()) {
            Ok(mut read) => {
                read.document.set_rank(rank.clone());
                let cut = suggested(&with, &read.article, &mut read.document);
                let told = read.read_only.or_else(|| read.notices.into_iter().next());
                let trouble = told.or(cut);
                let mut row = QueueRow {
                    trouble,
                    ..QueueRow::of(&read.document, &reviewer)
                };
                if let Some((original, copied)) = store::copy_of(&read.path, &read.article) {
                    let name = articles::name_beside(&article, &original);
                    row.note_copy(&name, copied.as_str());
                }
                row
            }
            Err(error) => QueueRow::with_trouble(error.to_string()),
        };
        let row = pipeline::contained(&article.name, look);
        (article, row)
    };
    let name = |article: &Named| article.name.clone();
    pipeline::in_order(
        articles.into_iter(),
        name,
        look,
        |row| -> anyhow::Result<()> {
            let (article, row) = row?;
            // What broke off has its row too.
            let row = row.unwrap_or_else(|broken| {
                exit = Exit::Wrong;
                QueueRow::with_trouble(broken.to_string())
            });
            rows.push((article, row));
            progress.step();
            Ok(())
        },
    )?;
    drop(progress);
    note_equal_texts(&mut rows);
    rows.sort_by(|(a, x), (b, y)| args.order.compare((&a.name, Some(x)), (&b.name, Some(y))));
    let mut out = Output::stdout();
    if args.json {
        for (article, row) in &rows {
            writeln!(out, "{}", line(article, row))?;
        }
    } else {
        table(&mut out, &rows)?;
    }
    out.finish()?;
    Ok(exit)
}

/// Takes up what the detector finds, where it is not there already; what is to be said of it.
fn suggested(with: &With, article: &Article, document: &mut Document) -> Option<String> {
    if let With::Own(detector) = with
        && document.has_run(&Document::run_key(article, detector.run()))
    {
        return None;
    }
    if let With::Housed { name, .. } = with {
        document.set_rank(Rank::new([name.clone()]));
    }
    match with.find(article) {
        Ok(found) => {
            // The row does not tell the time of the run, and nothing is saved.
            document.adopt(article, &found.findings, &found.run, Time::latest());
            found.findings.cut.then(|| CUT.to_owned())
        }
        Err(error) => Some(error.to_string()),
    }
}

/// Tells rows of one text of each other.
fn note_equal_texts(rows: &mut [(Named, QueueRow)]) {
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    for at in 0..rows.len() {
        if rows[at].1.text.is_empty() {
            continue;
        }
        let other = *first.entry(rows[at].1.text.clone()).or_insert(at);
        if other == at {
            continue;
        }
        let [name, other_name] = [at, other].map(|at| rows[at].0.name.clone());
        let is_copy = |row: usize, of: usize| {
            let (row, of) = (&rows[row].0.path, &rows[of].0.path);
            store::is_called_a_copy(row, of)
        };
        let copies = [is_copy(at, other), is_copy(other, at)];
        rows[at].1.note_equal(&other_name, copies[0]);
        rows[other].1.note_equal(&name, copies[1]);
    }
}

fn line(article: &Named, row: &QueueRow) -> serde_json::Value {
    let decimals = |value: f64| (value * 10_000.0).round() / 10_000.0;
    json!({
        "article": article.name,
        "path": article.path.to_string_lossy(),
        "about": row.about.entries().collect::<BTreeMap<_, _>>(),
        "state": row.state.as_str(),
        "decided": row.decided,
        "total": row.total,
        "disputed": row.disputed,
        "claims": row.claims,
        "share_without_source": decimals(row.share_without_source),
        "priority": decimals(row.priority),
        "trouble": row.trouble,
        "tags": row.tags,
        "latest": (!row.latest.is_empty()).then_some(&row.latest),
        "top": row.top.iter().map(|claim| json!({
            "text": claim.text,
            "kinds": claim.kinds,
            "source": claim.source,
            "priority": decimals(claim.priority),
        })).collect::<Vec<_>>(),
    })
}

fn table(out: &mut Output, rows: &[(Named, QueueRow)]) -> anyhow::Result<()> {
    writeln!(
        out,
        "priority  state     decided  claims  no source  article"
    )?;
    for (article, row) in rows {
        let progress = format!("{}/{}", row.decided, row.total);
        write!(
            out,
            "{:8.2}  {:8}  {progress:>7}  {:6}  {:8.0}%  {}",
            row.priority,
            row.state,
            row.claims,
            row.share_without_source * 100.0,
            Visible::new(&article.name).as_str(),
        )?;
        for tag in &row.tags {
            write!(out, " #{}", Visible::new(tag).as_str())?;
        }
        if row.disputed > 0 {
            write!(out, "  {} disputed with others", row.disputed)?;
        }
        if let Some(trouble) = &row.trouble {
            let trouble = Visible::fitting(trouble, TROUBLE, Signs::Unicode);
            write!(out, "  ! {}", trouble.as_str())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
