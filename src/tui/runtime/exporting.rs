//! Exports from the desk: the articles are read as a command reads them, decisions in the journal
//! included, and written by the same formats.

use std::path::Path;

use super::contained::contained;
use crate::detect::Detect;
use crate::exchange::{self, Selection, Subject, Withheld, Written};
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
) -> Result<Exported, String> {
    // Asked before anything is read: a folder takes a while.
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let place = export_place(&export.folder, &export.file, state_dir).map_err(|e| told(&e))?;
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
    let settings = export.format.settings();
    let row = export.format.row();
    let Written::OneFile(begin) = row.written else {
        let hint = "`proofmark export` writes one";
        return Err(format!("{} is a folder of files: {hint}", export.format));
    };
    let begun = exchange::Export::begin(&mut bytes, row, begin, &settings);
    let mut out = begun.map_err(|e| told(&e))?;
    for (path, name) in &export.articles {
        let read = contained(|| {
            let read = read_for_commands(path, state_dir).map_err(|error| error.to_string())?;
            Ok(read.with_run(detector))
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

#[cfg(test)]
mod tests;
