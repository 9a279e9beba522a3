//! `train --desk`: the judgement of cards, from articles on which cards are marked: files of JSON
//! Lines, and articles with a finished pass.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::args::TrainArgs;
use super::articles;
use super::error::{Exit, complain, hinted, say};
use super::output::{spare, write_to};
use super::score::text;
use crate::annotations::hex;
use crate::config::state_folder;
use crate::detect::Detector;
use crate::exchange::findings;
use crate::store;
use crate::train::{DeskArticle, cards_notes, from_pass, learn_cards, read_desk, unseen_findings};

/// Articles to learn from, and the name and digest of what each file holds.
#[derive(Default)]
struct Read {
    articles: Vec<DeskArticle>,
    corpora: Vec<(String, String)>,
}

/// Learns the judgement of cards, or shows what those who have not seen an article find in it.
pub(super) fn run(args: &TrainArgs, date: &str, follow: bool) -> anyhow::Result<Exit> {
    let mut read = Read::default();
    let mut exit = Exit::Fine;
    for path in &args.desk {
        if path.extension().is_some_and(|ends| ends == "jsonl") {
            corpus(path, args.output.as_deref(), &mut read)?;
        } else if !passes(path, follow, &mut read)? {
            exit = Exit::Wrong;
        }
    }
    let Read { articles, corpora } = read;
    if articles.is_empty() {
        return Err(hinted(
            "no article to learn from",
            "name files with articles on which cards are marked, or articles with a finished pass",
        ));
    }
    let start = Instant::now();
    let mut report = |what: &str| say(&format!("{:>6} s  {what}", start.elapsed().as_secs()));
    let detector = Detector::without_cards();
    let output = if args.unseen {
        let mut lines = Vec::new();
        let found = unseen_findings(&articles, &detector, &mut report);
        for (gold, (article, found)) in articles.iter().zip(found) {
            findings::write(&mut lines, &gold.id.clone().into(), &article, &found)?;
        }
        lines
    } else {
        let notes = cards_notes(date, &corpora, articles.len());
        learn_cards(&articles, &detector, &mut report).file(&notes)
    };
    write_to(args.output.as_deref(), &output)?;
    report("done");
    Ok(exit)
}

/// Reads a file of articles on which cards are marked.
fn corpus(path: &Path, output: Option<&Path>, read: &mut Read) -> anyhow::Result<()> {
    let told = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("{told}: cannot read"))?;
    let found = read_desk(text(&told, &bytes)?).with_context(|| told.clone())?;
    spare(output, path, "a corpus is")?;
    read.articles.extend(found);
    let name = path.file_name().unwrap_or_default().display().to_string();
    read.corpora.push((name, hex(&Sha256::digest(&bytes))));
    Ok(())
}

/// Reads what was decided on articles; false if one of them cannot be read. Those without a
/// finished pass are told and left out.
fn passes(path: &Path, follow: bool, read: &mut Read) -> anyhow::Result<bool> {
    let (listed, incomplete) = articles::list(&[path.to_owned()], follow)?;
    let state = state_folder();
    let (mut fine, mut left_out) = (!incomplete, 0);
    for article in listed {
        match store::read_for_commands(&article.path, state.as_deref()) {
            Ok(found) => match from_pass(&found.article, &found.document) {
                Ok(pass) => {
                    let digest = hex(found.article.text_sha256());
                    read.corpora.push((pass.id.clone(), digest));
                    read.articles.push(pass);
                }
                Err(_) => left_out += 1,
            },
            Err(error) => {
                complain(&articles::of_store(&error));
                fine = false;
            }
        }
    }
    if left_out > 0 {
        say(&format!(
            "{left_out} article(s) left out: the last pass is not finished over this text"
        ));
    }
    Ok(fine)
}
