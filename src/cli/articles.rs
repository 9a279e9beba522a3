//! The articles that paths on the command line stand for, and what outputs call them.

use std::path::{Path, PathBuf};

use super::error::{complain, hinted, say};
use crate::ingest;
use crate::store::{self, StoreError};

/// An article to be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// What outputs call it: its file name, or its path below the folder given.
    pub(super) name: String,
}

/// The articles that `paths` stand for, those that links out of a folder lead to if they are
/// followed, and whether something could not be read, which is told here.
///
/// # Errors
/// When there is nothing to work on.
pub(super) fn list(paths: &[PathBuf], follow: bool) -> anyhow::Result<(Vec<Named>, bool)> {
    let (articles, incomplete, _) = list_with_folders(paths, follow);
    if articles.is_empty() && !incomplete {
        return Err(nothing_in(paths));
    }
    Ok((articles, incomplete))
}

/// The same, where nothing is no error, and the folders that were walked.
pub(super) fn list_with_folders(
    paths: &[PathBuf],
    follow: bool,
) -> (Vec<Named>, bool, Vec<PathBuf>) {
    let listing = match follow {
        true => store::articles_through_links_in(paths),
        false => store::articles_in(paths),
    };
    if let Some(left_out) = listing.left_out() {
        say(&left_out);
    }
    for error in &listing.unreadable {
        complain(&of_path(error));
    }
    let named = listing.articles.into_iter().map(|listed| Named {
        name: name(&listed.path, paths),
        path: listed.path,
    });
    let incomplete = !listing.unreadable.is_empty();
    (named.collect(), incomplete, listing.folders)
}

/// The error where there is nothing to work on.
pub(super) fn nothing_in(paths: &[PathBuf]) -> anyhow::Error {
    let folders: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let message = format!("{}: no article there", folders.join(", "));
    let endings: Vec<String> = ingest::endings()
        .map(|ending| format!(".{ending}"))
        .collect();
    let endings = endings.join(", ");
    let hint = format!("in folders articles are files called {endings}; name others one by one");
    hinted(message, hint)
}

/// What outputs call an article found by `paths`.
fn name(article: &Path, paths: &[PathBuf]) -> String {
    let below = paths
        .iter()
        .filter_map(|path| article.strip_prefix(path).ok())
        .find(|below| !below.as_os_str().is_empty());
    let name = below
        .or(article.file_name().map(Path::new))
        .unwrap_or(article);
    name.to_string_lossy().into_owned()
}

/// What outputs call a file beside an article.
pub(super) fn name_beside(article: &Named, other: &Path) -> String {
    let name = Path::new(&article.name);
    let beside = name.with_file_name(other.file_name().unwrap_or_default());
    beside.to_string_lossy().into_owned()
}

/// An error about a path as typed. A word that may have been meant for a command gets that
/// hint.
pub(super) fn of_path(error: &StoreError) -> anyhow::Error {
    let bare = |path: &Path| path.components().count() == 1 && path.extension().is_none();
    let is_address = |path: &Path| {
        let path = path.to_string_lossy();
        path.starts_with("http:/") || path.starts_with("https:/")
    };
    match error {
        StoreError::Io { path, .. } if is_address(path) => hinted(
            error.to_string(),
            "this is a web address: proofmark add --online ADDRESS makes an article of it",
        ),
        StoreError::Io { path, .. } if bare(path) && !path.exists() => hinted(
            error.to_string(),
            "check the path; proofmark --help lists the commands",
        ),
        _ => of_store(error),
    }
}

/// An error of the store with its way out.
pub(super) fn of_store(error: &StoreError) -> anyhow::Error {
    hinted(error.to_string(), error.hint())
}
