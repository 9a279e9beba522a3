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
use crate::annotations::{Bringing, Brought, By, Document, NotBrought, Time, hex};
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
    let target = report_target(args, &named)?;
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
        let hint = "`proofmark check` tells what is wrong with a sidecar; a desk that has it open is \
                    to be closed";
        return Err(hinted(message, hint));
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
    tell_left_out(args, &named, &brought, &bringing, &target)
}

/// Most annotations and links that one import brings in.
const MOST: usize = 100_000;
/// Lines of what is left out that are told; a report has them all.
const TOLD: usize = 20;
/// Longest name of a reviewer, in characters; the configuration has the same.
const LONGEST_NAME: usize = 200;

/// Where the report goes, known to be writable before anything is brought in.
fn report_target(args: &ImportArgs, named: &Named) -> anyhow::Result<Target> {
    let target = Target {
        article: Some(named.article.clone()),
        state: config::state_folder(),
        force: args.force,
    };
    if let Some(report) = &args.report {
        let whole = |path: &Path| path.canonicalize().ok();
        let beside = args
            .format
            .row()
            .beside
            .map(|ending| named.file.with_extension(ending));
        let sidecar = store::sidecar_path(&named.article);
        let spared = [
            Some(named.file.clone()),
            beside,
            Some(named.article.clone()),
            Some(sidecar),
        ];
        let is_it = |path: &PathBuf| whole(path).is_some_and(|path| Some(path) == whole(report));
        if spared.iter().flatten().any(is_it) {
            let message = format!("{}: read here, and not written over", report.display());
            return Err(hinted(message, "choose another name for the report"));
        }
        target.may_write(report)?;
    }
    Ok(target)
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
            let is_long = name.chars().nth(LONGEST_NAME).is_some();
            if is_long || name.contains(char::is_control) {
                let what = format!("one line of at most {LONGEST_NAME} characters");
                return Err(hinted(
                    "that is no name of a reviewer",
                    format!("a name is {what}"),
                ));
            }
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
    let file = named.file.display();
    let known = open.document.parts().article.known();
    let article = &open.article;
    let found = exchange::of_article(all, article.name(), known.get(Fact::Url), article.text());
    let found = found.map_err(|names| {
        let count = names.len();
        let mut named: Vec<&str> = names.iter().map(String::as_str).collect();
        named.retain(|name| !name.is_empty());
        let shown = named[..named.len().min(5)].join(", ");
        let hint = match (count, named.len()) {
            (0, _) => RIGHT_FILE.to_owned(),
            (_, 0) => "none has a name, and none is a text of this article".to_owned(),
            (_, 1..=5) => format!("it has {shown}"),
            _ => format!("it has {shown}, …"),
        };
        let message = match count {
            0 => format!("{file}: no annotation was found in it"),
            _ => format!("{file}: {count} articles, and none is {}", article.name()),
        };
        hinted(message, hint)
    })?;
    if found.marks.is_empty() && found.strange.is_empty() && found.outside == 0 {
        let message = format!("{file}: no annotation was found in it");
        return Err(hinted(message, RIGHT_FILE));
    }
    if found.marks.len() > MOST || found.links.len() > MOST {
        let message = format!("{file}: more than {MOST} annotations or links");
        return Err(hinted(message, "split the file"));
    }
    Ok(found)
}

/// The way out where nothing was found.
const RIGHT_FILE: &str = "is it the right file, and the right --format?";

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
    // Closing saves what is in the journal alone.
    let saved = open.close(&document).map_err(of_store)?;
    saved.notices.iter().for_each(|notice| say(notice));
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
    target: &Target,
) -> anyhow::Result<Exit> {
    let file = file_name(&named.file);
    for left in bringing.left.iter().take(TOLD) {
        say(&format!("{file}: {left}"));
    }
    if let Some(more @ 1..) = bringing.left.len().checked_sub(TOLD) {
        say(&format!(
            "{file}: … and {more} more; --report FILE lists them"
        ));
    }
    if brought.outside > 0 {
        let count = brought.outside;
        say(&format!(
            "{file}: {count} without words in the file's text; left out"
        ));
    }
    for (label, count) in &brought.strange {
        say(&format!(
            "{file}: “{label}” is neither claim nor source nor known here ({count}); left out"
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
        let left = |left: &NotBrought| json!({"words": left.words, "why": left.why.to_string(), "whole": left.is_whole});
        let report = json!({
            "file": file,
            "article": file_name(&named.article),
            "format": args.format.as_str(),
            "annotations": bringing.marks,
            "links": bringing.links,
            "there_already": bringing.known,
            "left_out": bringing.left.iter().map(left).collect::<Vec<_>>(),
            "labels_not_known": brought.strange,
            "without_words": brought.outside,
            "not_held": losses.by_name(),
        });
        target.write(path, format!("{report}\n").as_bytes())?;
    }
    let is_whole = bringing.left.is_empty() && brought.strange.is_empty() && brought.outside == 0;
    Ok(if is_whole { Exit::Fine } else { Exit::Fault })
}

/// The name of a file, without its folder.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
