//! brat's standoff files: for each article its text (`.txt`), its annotations (`.ann`), and one
//! `annotation.conf` for all, in a folder.
//!
//! Offsets are code points. A mark is a T line, whose fragments are its pieces; a fragment never
//! crosses what one of brat's readers takes for the end of a line. Links are R lines, kinds and verdicts A lines, notes and
//! tags # lines.

mod reading;

use std::collections::BTreeSet;

use super::entry::Subject;
use super::losses::Part;
use super::marks::{Labelled, labelled, relations};
use super::page::one_line;
use super::writer::{File, Settings};
use crate::detect::Kind;
use crate::text::{Article, Span, Word};

pub(super) use reading::read;

/// What the files hold.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
    Part::Kinds,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Tags,
];

/// What brat calls that a claim is taken from a source.
const TAKEN_FROM: &str = "Attributed_to";

/// What begins each part of a note.
const OWN_WORDS: &str = "In our words";
const NOTE: &str = "Note";
const TAG: &str = "Tag";

/// The files of some articles.
pub(super) fn files(subjects: &[Subject<'_>], _: &Settings) -> Vec<File> {
    let mut words = Words::default();
    let mut files = Vec::with_capacity(2 * subjects.len() + 1);
    let mut stems = BTreeSet::new();
    for subject in subjects {
        let stem = free_stem(&mut stems, subject.name);
        let annotations = annotations(subject, &mut words);
        files.push(File {
            name: format!("{stem}.txt"),
            bytes: subject.article.text().as_bytes().to_vec(),
        });
        files.push(File {
            name: format!("{stem}.ann"),
            bytes: annotations.into_bytes(),
        });
    }
    files.push(File {
        name: "annotation.conf".to_owned(),
        bytes: words.configuration().into_bytes(),
    });
    files
}

/// What the configuration has to name.
#[derive(Debug, Default)]
struct Words {
    verdicts: BTreeSet<String>,
    relations: BTreeSet<String>,
}

impl Words {
    fn configuration(&self) -> String {
        let mut conf = format!(
            "[entities]\nClaim\nSource\n\n[relations]\n{TAKEN_FROM}\tArg1:Claim, Arg2:Source\n"
        );
        for relation in &self.relations {
            conf.push_str(&format!("{relation}\tArg1:<ENTITY>, Arg2:<ENTITY>\n"));
        }
        // A source may stand inside a claim, and claims inside claims.
        conf.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
        conf.push_str("\n[events]\n\n[attributes]\n");
        for kind in Kind::ALL {
            conf.push_str(&format!("{}\tArg:Claim\n", name(kind.as_str())));
        }
        if !self.verdicts.is_empty() {
            let verdicts: Vec<&str> = self.verdicts.iter().map(String::as_str).collect();
            conf.push_str(&format!(
                "Verdict\tArg:Claim, Value:{}\n",
                verdicts.join("|")
            ));
        }
        conf
    }
}

/// The annotations of an article.
fn annotations(subject: &Subject<'_>, words: &mut Words) -> String {
    let marks = labelled(subject);
    let mut out = String::new();
    let (mut attributes, mut notes) = (0, 0);
    for (number, mark) in marks.iter().enumerate() {
        let id = number + 1;
        let entity = if mark.entry.annotation.is_source() {
            "Source"
        } else {
            "Claim"
        };
        let (places, text) = fragments(subject.article, mark);
        out.push_str(&format!("T{id}\t{entity} {places}\t{text}\n"));
        if mark.entry.annotation.is_claim() {
            for kind in mark.entry.annotation.kinds() {
                attributes += 1;
                out.push_str(&format!("A{attributes}\t{} T{id}\n", name(kind.as_str())));
            }
            if let Some(verdict) = mark.entry.verdict() {
                attributes += 1;
                let verdict = value(verdict);
                out.push_str(&format!("A{attributes}\tVerdict T{id} {verdict}\n"));
                words.verdicts.insert(verdict);
            }
        }
        let own = mark.entry.annotation.attribute("claim_text");
        let own = own.map(|words| (OWN_WORDS, words));
        let told = mark.entry.notes();
        let told = told.iter().map(|note| (NOTE, note.what));
        let tags = mark.entry.annotation.tags().map(|tag| (TAG, tag));
        let told = own.into_iter().chain(told).chain(tags);
        let told: Vec<String> = told
            .map(|(label, words)| format!("{label}: {}", one_line(words)))
            .collect();
        // One note a mark: of several the server's dialog shows the last alone.
        if !told.is_empty() {
            notes += 1;
            let told = told.join(" | ");
            out.push_str(&format!("#{notes}\tAnnotatorNotes T{id}\t{told}\n"));
        }
    }
    for (number, link) in relations(&marks).iter().enumerate() {
        let label = match link.label {
            super::marks::TAKEN_FROM => TAKEN_FROM.to_owned(),
            other => {
                let other = name(other);
                words.relations.insert(other.clone());
                other
            }
        };
        let (id, from, to) = (number + 1, link.from + 1, link.to + 1);
        out.push_str(&format!("R{id}\t{label} Arg1:T{from} Arg2:T{to}\n"));
    }
    out
}

/// Where a mark stands and what it says, as brat writes it: fragments parted by `;`, their words
/// by blanks.
fn fragments(article: &Article, mark: &Labelled<'_>) -> (String, String) {
    let text = article.text();
    let mut places = Vec::new();
    let mut words = Vec::new();
    for piece in &mark.pieces {
        let mut at = piece.span.start;
        for line in text[piece.span.start..piece.span.end].split_inclusive(ends_line) {
            let bare = line.trim_matches(|c: char| ends_line(c) || c == ' ');
            let before = line.find(bare).unwrap_or(0);
            if !bare.is_empty() {
                let span = Span::new(at + before, at + before + bare.len());
                let (from, to) = article.points(span);
                places.push(format!("{from} {to}"));
                words.push(bare);
            }
            at += line.len();
        }
    }
    (places.join(";"), words.join(" "))
}

/// What ends a line, or a cell of it, for one of brat's readers.
fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A name as brat's files have names: letters and digits of ASCII, `-` and `_`.
fn name(words: &str) -> String {
    spelt(words, |c| c.is_ascii_alphanumeric())
}

/// A value of an attribute, which may have the letters of any script.
fn value(words: &str) -> String {
    spelt(words, char::is_alphanumeric)
}

/// Words with `_` for what is neither `-` nor may stay, the first letter large.
fn spelt(words: &str, stays: impl Fn(char) -> bool) -> String {
    let sign = |c: char| if stays(c) || c == '-' { c } else { '_' };
    let name: String = words.trim().chars().map(sign).collect();
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "_".to_owned(),
    }
}

/// What an article's files are called: by its own name, never a path, and never twice.
fn free_stem(stems: &mut BTreeSet<String>, name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let sign = |c: char| if c.is_control() || c == ':' { '_' } else { c };
    let stem: String = stem.trim_start_matches('.').chars().map(sign).collect();
    let stem = if stem.is_empty() {
        "article".to_owned()
    } else {
        stem
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered);
    let mut free = free.skip_while(|stem| stems.contains(&stem.to_lowercase()));
    let stem = free.next().unwrap_or(stem);
    stems.insert(stem.to_lowercase());
    stem
}
