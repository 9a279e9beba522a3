//! Decisions that no article opens, where commands tell of them and `check --repair` takes them
//! up. What is sure is done, what takes a person's word is told.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::articles::Named;
use super::{articles, reviewer};
use crate::store::{self, OpenOptions, StoreError, Stray, Whose};

/// The strays that concern paths on the command line, each with whose it is: all in folders that
/// were walked, those that were named, and beside articles named one by one those about them.
pub(super) fn concerning(
    articles: &[Named],
    folders: &[PathBuf],
    named: &[PathBuf],
) -> Vec<(Stray, Whose)> {
    let paths: Vec<PathBuf> = articles
        .iter()
        .map(|article| article.path.clone())
        .collect();
    let mut all = store::strays_of_folders(folders.iter().map(PathBuf::as_path), &paths);
    let mut places: Vec<PathBuf> = paths.clone();
    places.extend(paths.iter().map(|path| store::real_file(path)));
    places.extend(named.iter().filter(|path| path.is_file()).cloned());
    let beside = places.iter().map(|path| folder_of(path));
    let walked: FxHashSet<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let beside: FxHashSet<&Path> = beside.filter(|place| !walked.contains(place)).collect();
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let named: FxHashSet<PathBuf> = named.iter().map(|path| whole(path)).collect();
    let known: FxHashSet<PathBuf> = all.iter().map(|(stray, _)| whole(&stray.path)).collect();
    let others = store::strays_of_folders(beside, &paths)
        .into_iter()
        .filter(|(stray, whose)| {
            let path = whole(&stray.path);
            !known.contains(&path) && (!matches!(whose, Whose::Nobody) || named.contains(&path))
        });
    all.extend(others);
    all.extend(reused(articles, folders));
    all
}

/// What lies beside articles whose names were used again, in folders that were walked and beside
/// articles named one by one.
fn reused(articles: &[Named], folders: &[PathBuf]) -> Vec<(Stray, Whose)> {
    let paths: Vec<PathBuf> = articles.iter().map(|named| named.path.clone()).collect();
    let beside = paths.iter().map(|path| folder_of(path));
    let mut places: Vec<&Path> = beside.chain(folders.iter().map(PathBuf::as_path)).collect();
    places.sort_unstable();
    places.dedup();
    store::reused_names(places, &paths)
}

/// The folder in which a file lies; the working folder where its path names none.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// What is said of a stray, its path before it.
pub(super) fn line(stray: &Stray, whose: &Whose) -> String {
    format!("{}: {}", stray.path.display(), stray.told(whose))
}

/// Takes up what is surely about one article, and says what became of it, a line each.
pub(super) fn repair(
    strays: &[(Stray, Whose)],
    articles: &[Named],
    folders: &[PathBuf],
    state: Option<&Path>,
) -> Vec<Result<String, StoreError>> {
    let options = OpenOptions {
        state_dir: state.map(Path::to_owned),
        reviewer: String::new(),
        holder: reviewer::account(),
    };
    let mut lines = Vec::new();
    let (again, others): (Vec<_>, Vec<_>) = strays
        .iter()
        .partition(|(stray, _)| stray.is_of_reused_name());
    for (stray, whose) in others {
        lines.extend(take_up(stray, whose, &options));
    }
    // Each that is given back changes what lies beside the next one, so they are looked for anew.
    for _ in &again {
        let found = reused(articles, folders);
        let next = found.iter().find(|(_, whose)| whose.surely().is_some());
        let Some((stray, whose)) = next else { break };
        let told = take_up(stray, whose, &options);
        let is_done = told.iter().all(Result::is_ok);
        lines.extend(told);
        if !is_done {
            break;
        }
    }
    lines
}

/// Takes up one stray that is surely about one article.
fn take_up(stray: &Stray, whose: &Whose, options: &OpenOptions) -> Vec<Result<String, StoreError>> {
    let mut lines = Vec::new();
    let Some(article) = whose.surely().filter(|_| stray.unreadable.is_none()) else {
        return lines;
    };
    if !stray.path.exists() {
        // It went with its sidecar.
        return lines;
    }
    match store::take_up(article, std::slice::from_ref(&stray.path), options) {
        Ok(taken) => {
            let place = stray.path.display();
            let article = article.display();
            lines.extend(taken.moved.iter().map(|from| {
                Ok(format!(
                    "{}: moved, it belongs to {article} now",
                    from.display()
                ))
            }));
            lines.extend(taken.merged.iter().map(|(_, kept)| {
                let kept = kept.file_name().unwrap_or_default().display().to_string();
                Ok(format!(
                    "{place}: merged into the sidecar of {article}; kept as {kept}"
                ))
            }));
            if taken.conflicts > 0 {
                let many = taken.conflicts;
                lines.push(Ok(format!(
                    "{article}: {many} answer(s) or field(s) differ; both are kept, look at \
                         their cards"
                )));
            }
            lines.extend(
                taken
                    .notices
                    .into_iter()
                    .map(|notice| Ok(format!("{article}: {notice}"))),
            );
        }
        Err(error) => lines.push(Err(error)),
    }
    lines
}

/// The error of an empty search, unless strays were found.
pub(super) fn or_nothing(
    found: &[(Stray, Whose)],
    articles: &[Named],
    incomplete: bool,
    paths: &[PathBuf],
) -> anyhow::Result<()> {
    if found.is_empty() && articles.is_empty() && !incomplete {
        return Err(articles::nothing_in(paths));
    }
    Ok(())
}
