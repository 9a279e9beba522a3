//! Without a command: the desk. Puts together what it is started with.
//!
//! Says what to do instead where there is no terminal, and refuses what cannot be read
//! while there still is an ordinary screen to say it on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Settings;
use super::error::{Exit, hinted, say};
use super::pipeline::contained;
use super::{TOOL, articles, config, log, missing_terminal, reviewer, with};
use crate::config::{cache_folder, state_folder};
use crate::store::{self, Listed};
use crate::text::Signs;
use crate::tui::app::{AppOptions, Colours};
use crate::tui::widget::Theme;
use crate::tui::{DeskOptions, run as open};

/// What the desk is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use<'a> {
    /// To review.
    Review,
    /// To practise: lessons stand above the screen, and the state is kept in this folder.
    Practice(&'a Path),
}

pub(super) fn run(
    paths: &[PathBuf],
    settings: &Settings,
    desk_use: Use<'_>,
) -> anyhow::Result<Exit> {
    if let Some(missing) = missing_terminal() {
        let hint = "without a terminal, `proofmark detect PATH` writes what is found and \
                    `proofmark export --format markdown PATH` what was reviewed";
        return Err(hinted(
            format!("the desk needs a terminal: {missing}"),
            hint,
        ));
    }
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let article = article(paths)?;
    let settled = config::load(settings)?.or_nothing()?;
    let config::Settled {
        config,
        keymap,
        mut problems,
        ..
    } = settled;
    if !problems.is_empty() {
        problems.push("What is right in it counts. `proofmark config --edit` opens it.".to_owned());
    }
    log::begin();
    // Which colours they come to is known once the terminal is.
    let theme = Theme {
        signs: match config.ascii.value {
            true => Signs::Ascii,
            false => Signs::Unicode,
        },
        ..Theme::default()
    };
    let reviewer = reviewer::name(&config).value;
    let publisher = config::publisher(&config, &reviewer);
    let detectors = Arc::new(with::detectors(&config));
    let ended = open(DeskOptions {
        app: AppOptions {
            article,
            folder: folder(paths),
            title: title(paths),
            reviewer,
            tool: TOOL.to_owned(),
            detectors: detectors.names().map(str::to_owned).collect(),
            rank: config.rank.value,
            verdicts: config.verdicts.value,
            sites: config.sites,
            fetch: config.fetch.value,
            publisher,
            keymap,
            theme,
            // The state folder remembers it; looked at when the terminal is taken.
            tour: false,
            tutor: desk_use != Use::Review,
            house: config.keys,
            choice: config.theme.value,
            colours: Colours::default(),
            problems,
        },
        paths: paths.to_vec(),
        settings: config::file(settings),
        state_dir: match desk_use {
            Use::Review => state_folder(),
            Use::Practice(folder) => Some(folder.to_owned()),
        },
        cache_dir: cache_folder(),
        follow: settings.follow,
        detectors: Arc::clone(&detectors),
        holder: reviewer::account(),
    })?;
    detectors.end();
    for notice in &ended.notices {
        say(notice);
    }
    Ok(match ended.signal {
        // As a shell tells it: 128 and the number of the signal.
        Some(signal) => Exit::Signal(u8::try_from(signal).unwrap_or_default()),
        // Decisions are in a journal or nowhere; a script has to know that the sidecar lacks them.
        None if ended.unsaved => Exit::Fault,
        None => Exit::Fine,
    })
}

/// The one article to begin with; `None` for a queue.
///
/// # Errors
/// When a path leads nowhere, or the one article cannot be read.
fn article(paths: &[PathBuf]) -> anyhow::Result<Option<PathBuf>> {
    let files: Vec<PathBuf> = paths
        .iter()
        .filter(|path| !path.is_dir())
        .cloned()
        .collect();
    let listing = store::articles_in(&files);
    if let Some(error) = listing.unreadable.first() {
        return Err(articles::of_path(error));
    }
    match (paths, listing.articles.as_slice()) {
        ([_], [Listed { path, .. }]) => {
            let name = path.display().to_string();
            contained(&name, || store::read_article(path))
                .map_err(anyhow::Error::from)?
                .map_err(|error| articles::of_store(&error))?;
            Ok(Some(path.clone()))
        }
        _ => Ok(None),
    }
}

/// What the queue is called.
fn title(paths: &[PathBuf]) -> String {
    match paths {
        [path] => {
            let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
            let name = whole.file_name().unwrap_or(whole.as_os_str());
            name.to_string_lossy().into_owned()
        }
        several => format!("{} paths", several.len()),
    }
}

/// The folder into which new articles go: the first that is reviewed.
fn folder(paths: &[PathBuf]) -> PathBuf {
    match paths.first() {
        Some(path) if path.is_dir() => path.clone(),
        Some(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
        None => PathBuf::new(),
    }
}
