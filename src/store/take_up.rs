//! Takes decisions up that no article opened: moves them to their article where it has none, and
//! merges them into what it has where it has some.
//!
//! What was merged is kept under a name that ends in `.merged`, so that it is not offered again;
//! nothing is deleted. Done twice, or broken off and done again, it comes to the same.

use std::fs;
use std::path::{Path, PathBuf};

use super::belongings::{Kind, belonging};
use super::error::StoreError;
use super::relocate::{hand_over, relocate, rename};
use super::strays::{Stray, Whose, has_own_files, is_reused, strays_of};
use super::{OpenArticle, OpenOptions, reading};
use crate::annotations::{Document, merge};
use crate::text::Article;

/// Files with decisions about an article that it does not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The files.
    pub strays: Vec<PathBuf>,
    /// What is said of them, a sentence a line.
    pub said: Vec<String>,
}

/// What came of taking decisions up.
#[derive(Debug, Default)]
pub struct TakenUp {
    /// Files that were moved to the article.
    pub moved: Vec<PathBuf>,
    /// Files that were merged, and what they are called now.
    pub merged: Vec<(PathBuf, PathBuf)>,
    /// Fields and answers in which they differ; they stand in the document.
    pub conflicts: usize,
    /// What the reader should know.
    pub notices: Vec<String>,
}

/// What is there to be taken up for an article that was opened at `path`; looks through its
/// folder and changes nothing.
pub fn offer(path: &Path, article: &Article) -> Option<Offer> {
    let place = reading::article_path(path).ok()?;
    let has_decisions = has_own_files(&place);
    let strays = strays_of(path, &place, article, has_decisions);
    if strays.is_empty() {
        return None;
    }
    Some(Offer {
        said: strays
            .iter()
            .map(|(stray, whose)| said(stray, whose))
            .collect(),
        strays: strays.into_iter().map(|(stray, _)| stray.path).collect(),
    })
}

/// A stray and why it is offered, in a sentence.
fn said(stray: &Stray, whose: &Whose) -> String {
    let name = name_of(&stray.path);
    let holds = stray.holds();
    let named = name_of(&stray.named);
    let why = match whose {
        Whose::Alike { found, of, .. } => {
            format!("{named} is gone; {found} of {of} passages it quotes stand in this article")
        }
        Whose::SameText(_) if stray.is_copy => "a copy of this article's sidecar".to_owned(),
        Whose::SameText(_) if stray.named_article().is_some() => {
            format!("beside the link {named}, which leads here")
        }
        Whose::SameText(_) if stray.is_of_reused_name() => {
            format!("{named} is another article now, and they are about this one's text")
        }
        Whose::SameText(_) => format!("{named} is gone, and this is its text"),
        Whose::Named(_) | Whose::Nobody => {
            "a copy of this article's sidecar, of another text".to_owned()
        }
    };
    format!("{name} holds {holds}: {why}")
}

impl Stray {
    /// What is said of it where it is found by itself: what it is, whose it is, what to do.
    pub fn told(&self, whose: &Whose) -> String {
        if let Some(reason) = &self.unreadable {
            return format!("decisions that no article opens, and unreadable: {reason}");
        }
        let named = name_of(&self.named);
        let what = match (self.is_copy, self.named_article()) {
            (true, _) => format!("a copy of the sidecar of {named}"),
            (false, Some(_)) => format!("beside {named}, which is a link"),
            (false, None) if self.is_of_reused_name() => format!("{named} is another article now"),
            (false, None) => format!("{named} is gone"),
        };
        let holds = self.holds();
        let merge = "opening that merges it with one key";
        let way = match whose {
            Whose::SameText(articles) if self.is_copy => format!(
                "{merge} into that of {}, and so does `check --repair`",
                places(articles)
            ),
            Whose::SameText(articles) if articles.len() == 1 => format!(
                "its text is that of {0}: `proofmark move {1} {0}` or `check --repair` gives it \
                 its decisions, and so does opening it",
                places(articles),
                self.named.display()
            ),
            Whose::SameText(articles) => format!(
                "{} have its text: `proofmark move {} …` says which is meant",
                places(articles),
                self.named.display()
            ),
            Whose::Named(article) => {
                format!("of another text than {}; {merge}", article.display())
            }
            Whose::Alike { article, found, of } => format!(
                "{found} of {of} passages it quotes stand in {0}: opening that asks whether it is \
                 meant, and `proofmark move {1} {0}` says so",
                article.display(),
                self.named.display()
            ),
            Whose::Nobody => "no article here has its text: put it back, or name the one that \
                              is meant by `proofmark move OLD NEW`"
                .to_owned(),
        };
        format!("{what}; {holds}; {way}")
    }

    /// What is in it: `3 decisions of ana and bo`.
    pub fn holds(&self) -> String {
        let count = match self.decisions {
            0 => return "no decision".to_owned(),
            1 => "1 decision".to_owned(),
            many => format!("{many} decisions"),
        };
        format!("{count} of {}", self.reviewers.join(" and "))
    }
}

/// Takes the decisions in `strays` up for the article at `path`.
///
/// # Errors
/// When the article, its sidecar or a stray cannot be read or written. Strays not yet taken up
/// are then as they were.
pub fn take_up(
    path: &Path,
    strays: &[PathBuf],
    options: &OpenOptions,
) -> Result<TakenUp, StoreError> {
    let place = reading::article_path(path)?;
    let mut done = TakenUp::default();
    let mut left: Vec<&PathBuf> = Vec::new();
    for stray in strays {
        let Some((kind, named)) = stray.file_name().and_then(belonging) else {
            left.push(stray);
            continue;
        };
        let old = stray.with_file_name(named);
        let is_gone = fs::symlink_metadata(&old).is_err();
        // Its article has another text by now, and so may the one its decisions belong to.
        let is_free = || !has_own_files(&place) || is_reused(&place);
        let is_there = fs::symlink_metadata(&old).is_ok_and(|old| old.is_file());
        if !kind.is_copy() && is_there && old != place && is_free() {
            let exchanged = hand_over(&old, &place, options)?;
            done.moved
                .extend(exchanged.files.into_iter().map(|(from, _)| from));
            done.notices.extend(exchanged.notices);
            continue;
        }
        if kind.is_copy() || !is_gone || has_own_files(&place) {
            left.push(stray);
            continue;
        }
        // The journal goes with its sidecar.
        let relocated = relocate(&old, &place, options)?;
        done.moved
            .extend(relocated.files.into_iter().map(|(from, _)| from));
        done.notices.extend(relocated.notices);
    }
    left.retain(|stray| stray.exists());
    if !left.is_empty() {
        merge_all(&place, &left, options, &mut done)?;
    }
    Ok(done)
}

fn merge_all(
    place: &Path,
    strays: &[&PathBuf],
    options: &OpenOptions,
    done: &mut TakenUp,
) -> Result<(), StoreError> {
    let mut open = OpenArticle::open(place, options)?;
    if let Some(reason) = open.read_only.clone() {
        return Err(StoreError::ReadOnly {
            path: place.to_owned(),
            reason,
        });
    }
    let mut document = open.take_document();
    for stray in strays {
        let theirs = document_of(stray, &open.article)?;
        let merged = merge(None, &document, &theirs);
        done.conflicts += merged.conflicts.len();
        document = merged.document;
    }
    let saved = open.save(&document)?;
    done.notices.extend(saved.notices);
    open.close(&saved.merged.unwrap_or(document))?;
    for stray in strays {
        let kept = set_aside(stray)?;
        done.merged.push(((*stray).clone(), kept));
    }
    Ok(())
}

/// What a stray says, in the article's text.
fn document_of(stray: &Path, article: &Article) -> Result<Document, StoreError> {
    if let Some((Kind::Journal, named)) = stray.file_name().and_then(belonging) {
        // Read as if the article were there, without what is in the state folder.
        let found = reading::read(stray.with_file_name(named), article.clone(), None);
        return match found.unreadable {
            Some(error) => Err(error),
            None => Ok(found.document),
        };
    }
    let bytes = reading::read_sidecar(stray)?.unwrap_or_default();
    let (loaded, _) = reading::look(stray, &bytes, article)?;
    match loaded.read_only {
        Some(reason) => Err(StoreError::Sidecar {
            path: stray.to_owned(),
            reason,
        }),
        None => Ok(loaded.document),
    }
}

/// Gives a stray that was merged a name under which it is not offered again.
fn set_aside(stray: &Path) -> Result<PathBuf, StoreError> {
    let mut nth = 1;
    loop {
        let mut name = stray.file_name().unwrap_or_default().to_owned();
        name.push(match nth {
            1 => ".merged".to_owned(),
            _ => format!(".{nth}.merged"),
        });
        let kept = stray.with_file_name(name);
        match rename(stray, &kept) {
            Ok(()) => return Ok(kept),
            Err(StoreError::InTheWay { .. }) if nth < 1000 => nth += 1,
            Err(error) => return Err(error),
        }
    }
}

fn places(articles: &[PathBuf]) -> String {
    let places: Vec<String> = articles
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    places.join(" and ")
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
