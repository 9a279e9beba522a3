//! `train`: the detector's model from annotated corpora, with a header that says how.
//!
//! Reads and checks everything before the long work begins; the learning is `train`'s. The
//! day comes from here, so that the same day and corpora give the same bytes.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::args::TrainArgs;
use super::error::{Exit, hinted, say};
use super::output::Output;
use super::score::text;
use crate::detect::{Detector, Model, write_model};
use crate::train::{CORPORA, MODEL_NAME, TrainingSet, claim_figures, figures, learn};

pub(super) fn run(args: &TrainArgs) -> anyhow::Result<Exit> {
    if args.output.is_none() && io::stdout().is_terminal() {
        let hint = "name a file with -o, or send the output somewhere";
        return Err(hinted("a model is nothing to look at", hint));
    }
    let texts = read(&args.folder)?;
    let set = TrainingSet::read(&texts).with_context(|| args.folder.display().to_string())?;
    drop(texts);
    if let Some(path) = &args.output {
        spare_corpora(path, &args.folder)?;
        // Half an hour of work must not end at a folder that cannot be written.
        drop(Output::file(path)?);
    }
    let start = Instant::now();
    let mut report = |what: &str| say(&format!("{:>6} s  {what}", start.elapsed().as_secs()));
    let learned = learn(&set.corpora(), &mut report);
    report("figures");
    let write =
        |notes: &[String]| write_model(MODEL_NAME, &learned.numbers, notes, &learned.blocks);
    // A detector keeps its model as long as the program runs, which is not much longer.
    let bytes: &'static [u8] = Box::leak(write(&[]).into_boxed_slice());
    let model = Model::parse(bytes).context("the model that was learned is not whole")?;
    let claims = claim_figures(set.checkable_dev(), set.debates_dev(), &model);
    let mut figures = figures(set.dev(), &Detector::with_model(model));
    figures.extend(claims);
    let today = || Offset::UTC.to_datetime(Timestamp::now()).date();
    let date = args.date.unwrap_or_else(today).to_string();
    let mut out = match &args.output {
        None => Output::stdout(),
        Some(path) => Output::file(path)?,
    };
    out.write_all(&write(&set.notes(&date, &figures)))?;
    out.finish()?;
    figures.iter().for_each(|figure| say(figure));
    report("done");
    Ok(Exit::Fine)
}

/// The texts of the corpora; all that are missing are told at once.
fn read(folder: &Path) -> anyhow::Result<[String; CORPORA.len()]> {
    let missing: Vec<&str> = CORPORA
        .into_iter()
        .filter(|name| !folder.join(name).is_file())
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "{}: there is no {}",
            folder.display(),
            missing.join(", no ")
        );
        let hint = format!("training needs a folder with {}", CORPORA.join(", "));
        return Err(hinted(message, hint));
    }
    let mut texts: [String; CORPORA.len()] = Default::default();
    for (name, place) in CORPORA.iter().zip(&mut texts) {
        let path = folder.join(name);
        let told = path.display().to_string();
        let bytes = fs::read(&path).with_context(|| format!("{told}: cannot read"))?;
        *place = text(&told, &bytes)?.to_owned();
    }
    Ok(texts)
}

/// Refuses to write over a corpus.
fn spare_corpora(output: &Path, folder: &Path) -> anyhow::Result<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let taken = whole(output).is_some_and(|output| {
        CORPORA
            .iter()
            .any(|name| whole(&folder.join(name)).as_ref() == Some(&output))
    });
    if taken {
        let message = format!("{}: a corpus is not written over", output.display());
        return Err(hinted(message, "choose another name for the output"));
    }
    Ok(())
}
