//! `import`: what other tools say of an article, into its sidecar, as the desk would put it there.
//!
//! The article is opened as for review: its detector's run is taken up, the change is synced to
//! the journal before anything else, can be undone at the desk, and the sidecar is saved.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::args::{self, As, ImportArgs};
use super::error::{Exit, hinted, say};
use super::target::Target;
use super::{TOOL, articles, reviewer};
use crate::annotations::{Bringing, Brought, By, Document, LeftOut, Time, hex};
use crate::config;
use crate::detect::compiled_in;
use crate::exchange::{self, Format, Input, Losses};
use crate::store::{self, Done, History, OpenArticle, OpenOptions, Step};
use crate::text::{Fact, Word};

pub(super) fn run(
    args: &ImportArgs,
    own: &args::Settings,
    arguments: &[OsString],
) -> anyhow::Result<Exit> {
    let named = Named::of(args, arguments)?;
    let config = super::config::load(own)?.or_nothing()?.config;
    let verdicts: Vec<String> = config.verdicts.value.clone();
    let own_name = || reviewer::name(&config).value;
    let reviewer = named.reviewer.clone().unwrap_or_else(own_name);
    let read = read(args.format, &named.file, &verdicts)?;
    let options = OpenOptions {
        state_dir: config::state_folder(),
        reviewer: reviewer.clone(),
        holder: reviewer::account(),
    };
    let mut open =
        OpenArticle::open(&named.article, &options).map_err(|e| articles::of_path(&e))?;
    for notice in &open.notices {
        say(&format!("{}: {notice}", named.article.display()));
    }
    if let Some(reason) = &open.read_only {
        let message = format!(
            "{}: nothing can be decided: {reason}",
            named.article.display()
        );
        return Err(hinted(
            message,
            "close the other desk, or see proofmark check",
        ));
    }
    let brought = of_article(read.brought, &open, &named)?;
    let at = store::present();
    let mut document = open.take_document();
    adopt(&mut document, &open, &at);
    let model = file_name(&named.file);
    let by = match args.by {
        As::Run => By::Run {
            tool: brought.tool.as_deref().unwrap_or(args.format.as_str()),
            model: &model,
            digest: &read.digest,
        },
        As::Reviewer => By::Reviewer {
            name: &reviewer,
            tool: TOOL,
        },
    };
    let bringing = document.bringing(&open.article, &brought, by, &at);
    let told = told(args, &named, &reviewer, &bringing);
    keep(open, document, &bringing, &told, &at, &options)?;
    say(&told);
    tell_left_out(args, &named, &brought, &bringing, &options)
}

/// What the arguments name.
struct Named {
    file: PathBuf,
    article: PathBuf,
    reviewer: Option<String>,
}

impl Named {
    /// A reviewer's name is the word behind `--as reviewer`, and not one of the paths.
    fn of(args: &ImportArgs, arguments: &[OsString]) -> anyhow::Result<Named> {
        let mut paths = args.paths.clone();
        let mut reviewer = None;
        if paths.len() < 2 {
            let hint = "name the file to read first, then the article";
            return Err(hinted("a file and its article are asked for", hint));
        }
        if paths.len() > 2 {
            let behind = |pair: usize, words: &[&str]| {
                let is = |(given, word): (&OsString, &&str)| given == word;
                let found = arguments
                    .windows(pair + 1)
                    .find(|window| window.iter().zip(words).all(is));
                found.map(|window| window[pair].clone())
            };
            let name = behind(2, &["--as", "reviewer"]).or_else(|| behind(1, &["--as=reviewer"]));
            let at = name.and_then(|name| paths.iter().position(|path| *path == name));
            let at = at.ok_or_else(|| {
                hinted(
                    "three names, where a file and its article are asked for",
                    "a reviewer's name stands right behind --as reviewer",
                )
            })?;
            if paths.len() > 3 {
                let hint = "import once for each article";
                return Err(hinted("more names than one file and its article", hint));
            }
            let name = paths.remove(at).to_string_lossy().trim().to_owned();
            if name.is_empty() {
                return Err(hinted(
                    "the reviewer has no name",
                    "name her behind --as reviewer",
                ));
            }
            reviewer = Some(name);
        }
        let mut paths = paths.into_iter().map(PathBuf::from);
        Ok(Named {
            file: paths.next().unwrap_or_default(),
            article: paths.next().unwrap_or_default(),
            reviewer,
        })
    }
}

/// What a file says.
struct Contents {
    brought: Vec<Brought>,
    /// The digest of its bytes.
    digest: String,
}

fn read(format: Format, file: &Path, verdicts: &[String]) -> anyhow::Result<Contents> {
    let row = format.row();
    let read = row.read.context("a format that is not read")?;
    let bytes = bytes_of(file)?;
    let beside = match row.beside {
        Some(ending) => {
            let path = file.with_extension(ending);
            let is_there = path != file && std::fs::symlink_metadata(&path).is_ok();
            is_there.then(|| bytes_of(&path)).transpose()?
        }
        None => None,
    };
    let input = Input {
        bytes: &bytes,
        beside: beside.as_deref(),
        verdicts,
    };
    let brought = read(&input).map_err(|not_read| {
        let message = format!("{}: {not_read}", file.display());
        hinted(
            message,
            format!("is it {}? --format names others", row.about),
        )
    })?;
    Ok(Contents {
        brought,
        digest: hex(&Sha256::digest(&bytes)),
    })
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    store::read_input(file, exchange::LIMIT as u64).map_err(|error| articles::of_path(&error))
}

/// What the file says of the article that is open.
fn of_article(all: Vec<Brought>, open: &OpenArticle, named: &Named) -> anyhow::Result<Brought> {
    let known = open.document.parts().article.known();
    let article = &open.article;
    let found = exchange::of_article(all, article.name(), known.get(Fact::Url), article.text());
    found.map_err(|names| {
        let file = named.file.display();
        match names.is_empty() {
            true => hinted(format!("{file}: nothing is in it"), "is it the right file?"),
            false => {
                let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
                let more = if names.len() > shown.len() {
                    ", …"
                } else {
                    ""
                };
                hinted(
                    format!(
                        "{file}: {} articles, and none is {}",
                        names.len(),
                        article.name()
                    ),
                    format!("it has {}{more}", shown.join(", ")),
                )
            }
        }
    })
}

/// Takes up what the detector finds, as the desk does when it opens an article.
fn adopt(document: &mut Document, open: &OpenArticle, at: &Time) {
    let detector = compiled_in(TOOL);
    let run = Document::run_key(&open.article, detector.run());
    if !document.has_run(&run) {
        let findings = detector.detect(&open.article);
        document.adopt(&open.article, &findings, detector.run(), at.clone());
    }
}

/// Puts the change on disk: journal, history, sidecar.
fn keep(
    mut open: OpenArticle,
    mut document: Document,
    bringing: &Bringing,
    label: &str,
    at: &Time,
    options: &OpenOptions,
) -> anyhow::Result<()> {
    let of_store = |error: store::StoreError| articles::of_store(&error);
    let edit = bringing.edit.clone();
    if edit.is_empty() {
        open.close(&document).map_err(of_store)?;
        return Ok(());
    }
    let inverse = document.apply(edit.clone())?;
    if let Some(notice) = open.record(&document, &edit, at).map_err(of_store)? {
        say(&notice);
    }
    if let Some(state) = &options.state_dir {
        let done = Done {
            label: label.to_owned(),
            edit,
            inverse,
        };
        let kept = History::of(state, open.path()).append(&Step::Act(Box::new(done)));
        if let Err(error) = kept {
            say(&format!("the desk cannot undo it: {error}"));
        }
    }
    let saved = open.save(&document).map_err(of_store)?;
    for notice in saved.notices {
        say(&notice);
    }
    let document = saved.merged.unwrap_or(document);
    open.close(&document).map_err(of_store)?;
    Ok(())
}

/// What an import did, in words: for the reader and for the desk's undo.
fn told(args: &ImportArgs, named: &Named, reviewer: &str, bringing: &Bringing) -> String {
    let file = file_name(&named.file);
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let what = format!(
        "{} and {}",
        counted(bringing.marks, "annotation"),
        counted(bringing.links, "link")
    );
    let by = match args.by {
        As::Run => "suggestions".to_owned(),
        As::Reviewer => format!("decisions of {reviewer}"),
    };
    let known = match bringing.known {
        0 => String::new(),
        known => format!("; {known} there already"),
    };
    format!("{what} of {file} brought in as {by}{known}")
}

/// Tells what did not come in, and writes it to the report.
fn tell_left_out(
    args: &ImportArgs,
    named: &Named,
    brought: &Brought,
    bringing: &Bringing,
    options: &OpenOptions,
) -> anyhow::Result<Exit> {
    let file = file_name(&named.file);
    for left in &bringing.left {
        say(&format!("{file}: {left}"));
    }
    for (label, count) in &brought.strange {
        say(&format!(
            "{file}: “{label}” is neither claim nor source ({count}); left out"
        ));
    }
    let losses = match args.by {
        As::Run => Losses::of_run(brought),
        As::Reviewer => Losses::default(),
    };
    if !losses.is_empty() {
        say(&format!(
            "a run does not hold: {losses}; --as reviewer brings them in"
        ));
    }
    if let Some(path) = &args.report {
        let left = |left: &LeftOut| json!({"words": left.words, "why": left.why.to_string(), "whole": left.is_whole});
        let report = json!({
            "file": file,
            "article": file_name(&named.article),
            "format": args.format.as_str(),
            "annotations": bringing.marks,
            "links": bringing.links,
            "there_already": bringing.known,
            "left_out": bringing.left.iter().map(left).collect::<Vec<_>>(),
            "labels_not_known": brought.strange,
            "not_held": losses.by_name(),
        });
        let target = Target {
            article: Some(named.article.clone()),
            state: options.state_dir.clone(),
            force: false,
        };
        target.write(path, format!("{report}\n").as_bytes())?;
    }
    let is_whole = bringing.left.is_empty() && brought.strange.is_empty();
    Ok(if is_whole { Exit::Fine } else { Exit::Fault })
}

/// The name of a file, without its folder.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
