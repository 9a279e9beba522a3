//! Articles that are copies of another beside them: left by a sync client where two machines had
//! changed one, or made by hand.
//!
//! A sync client's name says so by itself. Any other name ("story 2.txt", "Copy of story.txt",
//! "story-DESKTOP.txt") is only doubtful, and counts where the texts are alike: an article that is
//! merely called after another stays one of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::article_file::read_article;
use super::belongings::{is_named_after, may_be_named_after, original_article};
use crate::text::{Article, tokens};

/// Share of neighbouring words that two texts have in common where one is a copy of the other and
/// somebody went on writing. Two articles on one subject share a tenth.
const ALIKE: f64 = 0.6;

/// Names that are looked for beside an article, and articles of these that are read.
const NAMES: (usize, usize) = (32, 3);

/// How an article is known to be a copy of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// By the name that a sync client gave it.
    BySyncClient,
    /// By its name and by most of its text, which changed since.
    ByText,
}

impl Copied {
    /// In words that follow the name of the original.
    pub fn as_str(self) -> &'static str {
        match self {
            Copied::BySyncClient => "that a sync client left",
            Copied::ByText => "by its name and most of its text, which changed since",
        }
    }
}

/// The article beside this one of which it is a copy, and how that is known. Of an equal text
/// under a doubtful name nothing is said here: that is seen by its digest.
pub fn copy_of(path: &Path, article: &Article) -> Option<(PathBuf, Copied)> {
    let name = path.file_name()?.to_str()?;
    let left = original_article(name).map(|original| path.with_file_name(original));
    if let Some(original) = left.filter(|original| original.is_file()) {
        return Some((original, Copied::BySyncClient));
    }
    let names = may_be_named_after(name).into_iter().take(NAMES.0);
    let places = names.map(|original| path.with_file_name(original));
    let mut read = places.filter(|place| place.is_file()).take(NAMES.1);
    let original = read.find(|place| {
        // Whatever is in the other one, this one is looked at.
        let other = catch_unwind(AssertUnwindSafe(|| read_article(place)));
        other.is_ok_and(|other| other.is_ok_and(|other| is_changed_copy(article, &other)))
    })?;
    Some((original, Copied::ByText))
}

/// Whether an article of which this one may be a copy, by its name, stands beside it.
pub(super) fn is_beside_its_original(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let left = original_article(name).into_iter();
    let named = may_be_named_after(name).into_iter().take(NAMES.0);
    left.map(|original| path.with_file_name(original))
        .chain(named.map(|original| path.with_file_name(original)))
        .any(|original| original.is_file())
}

/// Whether the article at `path` is called as a copy of the one at `original`, beside it.
pub fn is_called_a_copy(path: &Path, original: &Path) -> bool {
    let names = [path, original].map(|path| path.file_name().and_then(|name| name.to_str()));
    let [Some(name), Some(original_name)] = names else {
        return false;
    };
    path.parent() == original.parent() && is_named_after(name, original_name)
}

fn is_changed_copy(article: &Article, other: &Article) -> bool {
    article.text_sha256() != other.text_sha256() && alike(article.text(), other.text()) >= ALIKE
}

/// The share of neighbouring words that two texts have in common, 0 to 1.
fn alike(one: &str, other: &str) -> f64 {
    let mut pairs: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let (mut ours, mut theirs, mut common) = (0, 0, 0);
    for pair in neighbours(one) {
        *pairs.entry(pair).or_default() += 1;
        ours += 1;
    }
    for pair in neighbours(other) {
        theirs += 1;
        if let Some(left) = pairs.get_mut(&pair).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    match ours + theirs {
        0 => 0.0,
        all => f64::from(2 * common) / f64::from(all),
    }
}

/// Every word of a text with the next.
fn neighbours(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = || tokens(text).map(|token| token.span.of(text));
    words().zip(words().skip(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Media;

    const TEXT: &str = "The council bought a crane for 4 million on Friday. It lifts ninety \
                        tonnes, the mayor said. Traffic grew by 7% in 2025, according to the port.";

    #[test]
    fn texts_are_alike_by_their_neighbouring_words() {
        assert_eq!(alike(TEXT, TEXT), 1.0);
        assert_eq!(alike(TEXT, ""), 0.0);
        assert_eq!(alike("", ""), 0.0);
        assert!(alike(TEXT, &TEXT.replace("ninety", "eighty")) > 0.9);
        assert!(alike(TEXT, &format!("{TEXT} The board will meet again in May.")) > 0.8);
        let other = "The council sold a ferry for 2 million on Monday. It carries ninety people, \
                     the owner said. Fares rose by 3% in 2024, according to the company.";
        assert!(alike(TEXT, other) < 0.4, "{}", alike(TEXT, other));
        // The same words again and again are no likeness.
        assert!(alike(TEXT, &"a crane ".repeat(40)) < 0.1);
    }

    #[test]
    fn a_name_alone_makes_no_copy_but_that_of_a_sync_client() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("story.txt"), TEXT).expect("written");
        let found = |name: &str, text: &str| {
            let article = Article::new(name, text, Media::Plain);
            let found = copy_of(&folder.path().join(name), &article);
            found.map(|(original, how)| {
                assert_eq!(original, folder.path().join("story.txt"));
                how
            })
        };
        let changed = TEXT.replace("4 million", "5 million");
        for name in [
            "story-DESKTOP-ABC.txt",
            "story 2.txt",
            "story (1).txt",
            "story - Copy.txt",
            "story - Kopie (2).txt",
            "Copy of story.txt",
            "Kopie von story.txt",
            "story copy.txt",
            "story_old.txt",
        ] {
            assert_eq!(found(name, &changed), Some(Copied::ByText), "{name}");
            assert_eq!(found(name, "Another article, about a lighthouse."), None);
            assert_eq!(found(name, TEXT), None, "an equal text is told as such");
        }
        for name in [
            "story.txt",
            "storys.txt",
            "story 2.md",
            "history.txt",
            "2.txt",
        ] {
            assert_eq!(found(name, &changed), None, "{name}");
        }
        let left = "story.sync-conflict-20260101-120000-ABCDEFG.txt";
        assert_eq!(found(left, "Other words."), Some(Copied::BySyncClient));
    }
}
