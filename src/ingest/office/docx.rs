//! Documents of Word (Office Open XML, `.docx`): the body in its order, then the notes.
//!
//! Parts are found by the relations that the file states, as Word finds them. The text is read from
//! the XML itself: every word that Word would show is in it or is told to be left out.

mod body;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use self::body::Body;
use self::styles::Styles;
use super::facts::Properties;
use super::layout::Note;
use super::package::{Package, within};
use super::told::{self, Counts};
use super::xml::{Cursor, Step, decoded};
use super::{Taken, Trouble};

/// What made the text layer of a Word document.
pub(in crate::ingest) const EXTRACTOR: &str = "proofmark docx 1";

/// Most notes of a document.
const NOTES: usize = 100_000;

/// The text of a Word document, or why there is none to be had.
pub(in crate::ingest) fn text_layer(bytes: &[u8]) -> Result<Taken, &'static str> {
    let said = |trouble: Trouble| {
        trouble.said("a damaged Word document", "a Word document with a password")
    };
    read(bytes).map_err(said)
}

fn read(bytes: &[u8]) -> Result<Taken, Trouble> {
    let package = Package::open(bytes)?;
    let of_file = Relations::of(&package, "")?;
    let main = of_file.one("officeDocument").unwrap_or("word/document.xml");
    let part = package.part(main)?.ok_or(Trouble::Damaged)?;
    let relations = Relations::of(&package, main)?;
    let styles = match relations.part(&package, "styles")? {
        Some(part) => Styles::of_part(&part)?,
        None => Styles::default(),
    };
    let mut body = Body::new(&styles);
    body.read(&mut Cursor::new(&decoded(&part)?))?;
    let (mut layout, mut counts, references) = body.finish();
    for kind in ["footnotes", "endnotes"] {
        let Some(part) = relations.part(&package, kind)? else {
            continue;
        };
        let mut notes = notes(&part, &styles, &mut counts)?;
        let of_kind = references.iter().filter(|(of, _)| *of == kind);
        for (_, id) in of_kind {
            if let Some(note) = notes.remove(id) {
                layout.add_note(note);
            }
        }
        // What no reference leads to may be words all the same.
        for note in notes.into_values() {
            layout.add_note(note);
        }
    }
    if let Some(part) = relations.part(&package, "comments")? {
        counts.comments = comments(&part)?;
    }
    counts.margins = margins(&package, &relations)?;
    let properties = match of_file.part(&package, "core-properties")? {
        Some(part) => Properties::of_part(&part)?,
        None => Properties::default(),
    };
    let written = layout.finish()?;
    counts.notes = written.notes;
    let notices = told::notices("the text of a Word document", counts);
    Ok(Taken::of(written, notices, properties.about()))
}

/// What a part says of others: what they are to it, and their names.
struct Relations(Vec<(String, String)>);

impl Relations {
    /// Those of a part; of the file itself for an empty name.
    fn of(package: &Package<'_>, name: &str) -> Result<Relations, Trouble> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let at = format!("{folder}/_rels/{file}.rels");
        let Some(part) = package.part(at.trim_start_matches('/'))? else {
            return Ok(Relations(Vec::new()));
        };
        let text = decoded(&part)?;
        let mut cursor = Cursor::new(&text);
        let mut all = Vec::new();
        loop {
            match cursor.step()? {
                Step::Open(element) if element.name() == "Relationship" => {
                    let is_outside = element.attribute("TargetMode").as_deref() == Some("External");
                    let kind = element.attribute("Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
                    if let Some(target) = element.attribute("Target").filter(|_| !is_outside) {
                        all.push((kind, within(folder, &target)));
                    }
                }
                Step::End => return Ok(Relations(all)),
                _ => {}
            }
        }
    }

    fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let of_kind = self.0.iter().filter(move |(of, _)| of == kind);
        of_kind.map(|(_, target)| target.as_str())
    }

    fn one<'a>(&'a self, kind: &'a str) -> Option<&'a str> {
        self.all(kind).next()
    }

    fn part(&self, package: &Package<'_>, kind: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.one(kind).map_or(Ok(None), |name| package.part(name))
    }
}

/// The notes of a part by their numbers; the lines that part them from the text are none.
fn notes(
    part: &[u8],
    styles: &Styles,
    counts: &mut Counts,
) -> Result<BTreeMap<i64, Note>, Trouble> {
    let text = decoded(part)?;
    let mut cursor = Cursor::new(&text);
    let mut notes = BTreeMap::new();
    loop {
        let element = match cursor.step()? {
            Step::Open(element) => element,
            Step::End => return Ok(notes),
            _ => continue,
        };
        if !["footnote", "endnote"].contains(&element.name()) {
            continue;
        }
        let id = element.attribute("id").and_then(|id| id.parse().ok());
        let is_note = element
            .attribute("type")
            .is_none_or(|kind| kind == "normal");
        let Some(id) = id.filter(|_| is_note) else {
            cursor.skip()?;
            continue;
        };
        let mut note = Body::new(styles);
        note.read(&mut cursor)?;
        let (layout, more, _) = note.finish();
        counts.add(more);
        if let Some(note) = layout.into_note() {
            notes.insert(id, note);
        }
        if notes.len() > NOTES {
            return Err(Trouble::Long);
        }
    }
}

fn comments(part: &[u8]) -> Result<usize, Trouble> {
    let text = decoded(part)?;
    let mut cursor = Cursor::new(&text);
    let mut count = 0;
    loop {
        match cursor.step()? {
            Step::Open(element) if element.name() == "comment" => count += 1,
            Step::End => return Ok(count),
            _ => {}
        }
    }
}

/// How many words the heads and feet of pages have; the same line on first and other pages counts
/// once.
fn margins(package: &Package<'_>, relations: &Relations) -> Result<usize, Trouble> {
    let mut lines = BTreeSet::new();
    for name in relations.all("header").chain(relations.all("footer")) {
        let Some(part) = package.part(name)? else {
            continue;
        };
        let text = decoded(&part)?;
        let mut cursor = Cursor::new(&text);
        let mut line = String::new();
        loop {
            match cursor.step()? {
                Step::Open(element) if element.name() == "t" => line.push_str(&cursor.text()?),
                Step::Close(name) if name.name() == "p" => line.push('\n'),
                Step::End => break,
                _ => {}
            }
        }
        lines.extend(line.lines().map(str::to_owned));
    }
    Ok(told::margin_words(&lines))
}
