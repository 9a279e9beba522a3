//! Sidecars and journals whose article's name was used again: `latest.txt` was renamed, and a new `latest.txt`
//! came. The sidecar stands beside an article, and is about the text of another one.
//!
//! A text that was edited is no other text: its decisions follow its name, also where somebody
//! kept a copy of the text as it was.

use std::fs;
use std::io::Read;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::Stray;
use super::candidates::Candidate;
use crate::annotations::hex;
use crate::store::article_file::read_article;
use crate::store::belongings::{Kind, belonging};
use crate::store::other_text::is_other;
use crate::store::{own, paths};
use crate::text::Article;

/// Bytes at the beginning of a sidecar in which its texts are named.
const HEAD: u64 = 4096;

/// Quotes of one sidecar that are looked for in the article it stands beside: the longest.
const MOST: usize = 64;

/// The sidecars and journals of a folder that stand beside an article and are about another
/// text; where an article and its path are given, about its text. At most `most` of them are
/// looked into, and none beside the article given: what lies there is no stray of its.
pub(super) fn reused(folder: &Path, of: Option<(&Path, &Article)>, most: usize) -> Vec<Stray> {
    let digest = of.map(|(_, article)| hex(article.text_sha256()));
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    let mut names: Vec<_> = names
        .filter_map(|name| {
            let (kind, article) = belonging(&name)?;
            let is_its_own = of.is_some_and(|(path, _)| folder.join(&article) == path);
            (!kind.is_copy() && !is_its_own).then_some((name, kind, article))
        })
        .collect();
    names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let candidates = names
        .into_iter()
        .take(most)
        .filter_map(|(name, kind, article)| {
            let path = folder.join(&name);
            let is_plain =
                |path: &Path| fs::symlink_metadata(path).is_ok_and(|file| file.is_file());
            let article_path = folder.join(&article);
            // A journal goes with its sidecar, which says what it is about.
            let is_its = kind == Kind::Sidecar || !paths::sidecar_path(&article_path).exists();
            let is_opened = is_its && is_plain(&path) && is_plain(&article_path);
            let names_it =
                |digest: &String| head_of(&path).is_some_and(|head| head.contains(digest));
            (is_opened && digest.as_ref().is_none_or(names_it)).then_some(Candidate {
                path,
                article,
                kind,
            })
        });
    let strays = candidates.filter_map(Candidate::read);
    strays
        .filter(|stray| digest.is_none() || stray.text == digest)
        .filter(is_of_another)
        .collect()
}

/// Whether the article beside a sidecar is another than the one it is about.
fn is_of_another(stray: &Stray) -> bool {
    let Some(text) = &stray.text else {
        return false;
    };
    let Ok(beside) = read_article(&stray.named) else {
        return false;
    };
    if hex(beside.text_sha256()) == *text || stray.unreadable.is_some() {
        return false;
    }
    let quotes: FxHashSet<&str> = stray.quotes.iter().map(String::as_str).collect();
    let mut quotes: Vec<&str> = quotes.into_iter().collect();
    quotes.sort_unstable_by_key(|quote| (std::cmp::Reverse(quote.len()), *quote));
    quotes.truncate(MOST);
    let stand = quotes
        .iter()
        .filter(|quote| beside.text().contains(**quote));
    is_other(stand.count(), quotes.len())
}

/// Whether what lies beside an article is about another one's text.
pub fn is_reused(article: &Path) -> bool {
    beside(article).is_some_and(|stray| is_of_another(&stray))
}

/// Whether what lies beside the article `old` is about the text of the article `new`, and not
/// about its own.
pub(in crate::store) fn is_about(old: &Path, new: &Path) -> bool {
    let Some(stray) = beside(old).filter(is_of_another) else {
        return false;
    };
    let new = read_article(new).map(|article| hex(article.text_sha256()));
    new.is_ok_and(|digest| stray.text == Some(digest))
}

/// The sidecar at the article's own place, or the journal where there is none.
fn beside(article: &Path) -> Option<Stray> {
    let places = [paths::sidecar_path(article), paths::journal_path(article)];
    let path = places.into_iter().find(|place| place.exists())?;
    let (kind, article) = belonging(path.file_name()?)?;
    let candidate = Candidate {
        path,
        article,
        kind,
    };
    candidate.read()
}

fn head_of(sidecar: &Path) -> Option<String> {
    let file = own::open_to_read(sidecar).ok()?;
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).ok()?;
    Some(String::from_utf8_lossy(&head).into_owned())
}
