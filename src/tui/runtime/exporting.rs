//! Exports from the desk: the articles are read as a command reads them, decisions in the journal
//! included, and written by the same formats.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::contained::contained;
use crate::annotations::Rank;
use crate::detect::Detect;
use crate::exchange::{self, Selection, Settings, Subject, Withheld, Written};
use crate::store::{export_place, read_for_commands, write_export};
use crate::tui::event::{Export, Exported};

/// Reads the articles and writes the file, whole or not at all. An article that cannot be read is
/// told and left out.
///
/// # Errors
/// When the file may not be written there, nothing could be read, or the system refuses.
pub(super) fn export<'a>(
    export: &Export,
    state_dir: Option<&Path>,
    detector: &dyn Fn() -> &'a dyn Detect,
    rank: &Rank,
) -> Result<Exported, String> {
    // Asked before anything is read: a folder takes a while.
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let folder = common_folder(&export.articles).map_err(|e| told(&e))?;
    let place = export_place(&folder, &export.file, state_dir).map_err(|e| told(&e))?;
    let mut exported = Exported {
        place,
        replaced: false,
        claims: 0,
        articles: 0,
        withheld: Withheld::default(),
        missing: Vec::new(),
    };
    let mut bytes = Vec::new();
    let selection = Selection::Verified;
    let settings = Settings {
        publisher: export.publisher.clone(),
        ..export.format.settings()
    };
    let row = export.format.row();
    let Some(Written::OneFile(begin)) = row.written else {
        let hint = "`proofmark export` writes one";
        return Err(format!("{} is a folder of files: {hint}", export.format));
    };
    let begun = exchange::Export::begin(&mut bytes, row, begin, &settings);
    let mut out = begun.map_err(|e| told(&e))?;
    for (path, name) in &export.articles {
        let read = contained(|| {
            let read = read_for_commands(path, state_dir).map_err(|error| error.to_string())?;
            let mut read = read.with_run(detector);
            read.document.set_rank(rank.clone());
            Ok(read)
        });
        let read = match read {
            Ok(read) => read,
            Err(why) => {
                exported.missing.push(format!("{name} is not in it: {why}"));
                continue;
            }
        };
        let document = &read.document;
        let subject = Subject {
            name,
            article: &read.article,
            document,
            selection,
        };
        out.add(&subject).map_err(|e| told(&e))?;
        exported.claims += subject.claims().len();
        exported.articles += 1;
        exported.withheld = exported.withheld.and(Withheld::of(document, selection));
        if !document.parts().aside.is_empty() {
            let what = "something of its sidecar could not be used";
            exported
                .missing
                .push(format!("{name}: {what}; `check` tells it"));
        }
    }
    out.finish().map_err(|error| told(&error))?;
    let article = export.articles.iter().map(|(path, _)| path).next();
    let (Some(article), 1..) = (article, exported.articles) else {
        let why = exported.missing.first().cloned();
        return Err(why.unwrap_or_else(|| "there is no article to export".to_owned()));
    };
    exported.replaced =
        write_export(&exported.place, &bytes, article, state_dir).map_err(|e| told(&e))?;
    Ok(exported)
}

/// The lowest folder that has all of these articles in it: as it is named where all name the same,
/// else as the system knows it, for names may lead up and through links.
///
/// # Errors
/// When there is no article, or a folder is not found.
fn common_folder(articles: &[(PathBuf, String)]) -> io::Result<PathBuf> {
    let named: BTreeSet<&Path> = articles
        .iter()
        .filter_map(|(path, _)| path.parent())
        .collect();
    if let [one] = Vec::from_iter(&named)[..] {
        return Ok(one.to_path_buf());
    }
    let mut folders = named
        .into_iter()
        .map(|folder| match folder.as_os_str().is_empty() {
            true => fs::canonicalize("."),
            false => fs::canonicalize(folder),
        });
    let none = || Err(io::Error::other("there is no article to export"));
    let mut common = folders.next().unwrap_or_else(none)?;
    for folder in folders {
        let folder = folder?;
        while !folder.starts_with(&common) {
            common.pop();
        }
    }
    Ok(common)
}

#[cfg(test)]
mod tests;
