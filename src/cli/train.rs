//! `train`: the detector's model from annotated corpora, with a header that says how.
//!
//! Reads and checks everything before the long work begins; the learning is `train`'s. The
//! day comes from here, so that the same day and corpora give the same bytes.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::args::TrainArgs;
use super::error::{Exit, hinted, say};
use super::output::{Output, spare, write_to};
use super::score::text;
use super::train_desk;
use crate::detect::Detector;
use crate::detect::language::Language;
use crate::detect::model::Model;
use crate::detect::numbers::file::write_model;
use crate::train::{
    CORPORA, MODEL_NAME, SYNTAX_NAME, TrainingSet, claim_figures, figures, learn, learn_syntax,
    read_tagged, syntax_notes,
};

pub(super) fn run(args: &TrainArgs, follow: bool) -> anyhow::Result<Exit> {
    if args.output.is_none() && io::stdout().is_terminal() {
        let hint = "name a file with -o, or send the output somewhere";
        return Err(hinted("a model is nothing to look at", hint));
    }
    let today = || Offset::UTC.to_datetime(Timestamp::now()).date();
    let date = args.date.unwrap_or_else(today).to_string();
    if let Some(tagged) = &args.syntax {
        return run_syntax(tagged, args.output.as_deref(), &date);
    }
    if !args.desk.is_empty() {
        return train_desk::run(args, &date, follow);
    }
    let Some(folder) = &args.folder else {
        return Err(hinted(
            "nothing to learn from",
            "name the folder with the corpora",
        ));
    };
    let texts = read(folder)?;
    let set = TrainingSet::read(&texts).with_context(|| folder.display().to_string())?;
    drop(texts);
    if let Some(path) = &args.output {
        for corpus in CORPORA {
            spare(Some(path), &folder.join(corpus), "a corpus is")?;
        }
        // Half an hour of work must not end at a folder that cannot be written.
        drop(Output::file(path)?);
    }
    let start = Instant::now();
    let mut report = |what: &str| say(&format!("{:>6} s  {what}", start.elapsed().as_secs()));
    let learned = learn(&set.corpora(), &Language::compiled_in(), &mut report);
    report("figures");
    let write =
        |notes: &[String]| write_model(MODEL_NAME, &learned.numbers, notes, &learned.blocks);
    // A detector keeps its model as long as the program runs, which is not much longer.
    let bytes: &'static [u8] = Box::leak(write(&[]).into_boxed_slice());
    let model = Model::parse(bytes).context("the model that was learned is not whole")?;
    let claims = claim_figures(set.checkable_dev(), set.debates_dev(), &model);
    let mut figures = figures(set.dev(), &Detector::with_model(model));
    figures.extend(claims);
    write_to(args.output.as_deref(), &write(&set.notes(&date, &figures)))?;
    figures.iter().for_each(|figure| say(figure));
    report("done");
    Ok(Exit::Fine)
}

/// Learns the syntax from one file of tagged articles.
fn run_syntax(tagged: &Path, output: Option<&Path>, date: &str) -> anyhow::Result<Exit> {
    let told = tagged.display().to_string();
    let bytes = fs::read(tagged).with_context(|| format!("{told}: cannot read"))?;
    let articles = read_tagged(text(&told, &bytes)?).with_context(|| told.clone())?;
    if articles.is_empty() {
        return Err(hinted(
            format!("{told}: holds nothing"),
            "it must hold tagged articles",
        ));
    }
    spare(output, tagged, "tagged articles are")?;
    let start = Instant::now();
    let mut report = |what: &str| say(&format!("{:>6} s  {what}", start.elapsed().as_secs()));
    let blocks = learn_syntax(&articles, &mut report);
    let name = tagged.file_name().unwrap_or_default().display().to_string();
    let notes = syntax_notes(&articles, &name, &bytes, date);
    write_to(output, &write_model(SYNTAX_NAME, &[], &notes, &blocks))?;
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
