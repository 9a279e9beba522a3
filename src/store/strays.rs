//! Files with decisions that no article opens: a sidecar or journal whose article was renamed,
//! and copies of sidecars that sync clients left where two machines met or people made.
//!
//! Finds them in one listing of a folder, reads what they say of themselves, and
//! tells whose they are: by the digest of their text, then by the article their name names, then
//! by how many of the words they quote stand in an article. Changes nothing.

mod candidates;
mod likeness;
mod reused;

use std::ffi::OsStr;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::article_file::read_article;
use super::belongings::{self, Kind};
use super::journal::Leftover;
use super::paths::{self, is_same_file, sidecar_path};
use super::sidecar::FORMAT;
use super::{json, reading};
use crate::annotations::hex;
use crate::text::Article;
use candidates::{Candidate, candidates};
use likeness::Likeness;
pub(super) use reused::is_about;
pub use reused::is_reused;

/// Files read on opening one article; `check` reads all.
const ON_OPENING: usize = 200;

/// Files with names of their own that are looked into in one folder: on opening an article, and by
/// `check` and `queue`.
const FREE: (usize, usize) = (500, 10_000);

/// A file with decisions that no article opens.
#[derive(Clone, Debug)]
pub struct Stray {
    /// The file.
    pub path: PathBuf,
    /// The article that its name names; it may be gone.
    pub named: PathBuf,
    /// Whether it is a copy of a sidecar under another name.
    pub is_copy: bool,
    /// Answers in it.
    pub decisions: usize,
    /// Who gave them.
    pub reviewers: Vec<String>,
    /// Why it cannot be read, if so.
    pub unreadable: Option<String>,
    kind: Kind,
    /// The digest of the text that a sidecar is about, in hex.
    text: Option<String>,
    /// Digests of the texts it knows, in hex.
    texts: FxHashSet<String>,
    /// Words it quotes from its text.
    quotes: Vec<String>,
}

/// Whose a stray is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of these articles, which have exactly its text: one, or equal ones.
    SameText(Vec<PathBuf>),
    /// Of the article that its name names, whose text is another.
    Named(PathBuf),
    /// Perhaps of this article, in which some of the words it quotes stand.
    Alike {
        /// The article.
        article: PathBuf,
        /// Quotes found in it.
        found: usize,
        /// Quotes looked for.
        of: usize,
    },
    /// No article here.
    Nobody,
}

impl Whose {
    /// The one article it is of, if that is sure: nobody has to be asked.
    pub fn surely(&self) -> Option<&Path> {
        match self {
            Whose::SameText(articles) => match articles.as_slice() {
                [article] => Some(article),
                _ => None,
            },
            _ => None,
        }
    }

    /// The article it is or may be of.
    pub fn article(&self) -> Option<&Path> {
        match self {
            Whose::SameText(articles) => articles.first().map(PathBuf::as_path),
            Whose::Named(article) | Whose::Alike { article, .. } => Some(article),
            Whose::Nobody => None,
        }
    }
}

/// The strays in folders, each folder listed once, with whose each is of `articles`.
pub fn strays_of_folders<'a>(
    folders: impl IntoIterator<Item = &'a Path>,
    articles: &[impl AsRef<Path>],
) -> Vec<(Stray, Whose)> {
    let strays = strays_in(folders);
    let whose = whose(&strays, articles);
    let settled = strays.into_iter().zip(whose);
    settled
        .filter(|(stray, whose)| stray.matters(whose))
        .collect()
}

/// The sidecars of articles whose names were used again, each with whose it is of `articles`;
/// only those of which the right article is there. Reads the sidecars of the folders and the
/// articles beside them.
pub fn reused_names<'a>(
    folders: impl IntoIterator<Item = &'a Path>,
    articles: &[impl AsRef<Path>],
) -> Vec<(Stray, Whose)> {
    let mut strays = Vec::new();
    for folder in folders {
        strays.extend(reused::reused(folder, None, usize::MAX));
    }
    // Who has the very text of one of them; likeness to a text that is gone counts for nothing.
    for stray in &mut strays {
        stray.texts = stray.text.clone().into_iter().collect();
        stray.quotes.clear();
    }
    let whose = whose(&strays, articles);
    let settled = strays.into_iter().zip(whose);
    settled
        .filter(|(_, whose)| matches!(whose, Whose::SameText(_)))
        .collect()
}

fn strays_in<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Vec<Stray> {
    let mut seen = FxHashSet::default();
    let mut strays = Vec::new();
    for folder in folders {
        let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if seen.insert(whole) {
            let found = candidates(folder, FREE.1);
            strays.extend(found.into_iter().filter_map(Candidate::read));
        }
    }
    strays
}

/// Whose each of the strays is, of `articles`. Reads articles only if there is a stray, and those
/// with a sidecar of their own only if there is no other way.
fn whose(strays: &[Stray], articles: &[impl AsRef<Path>]) -> Vec<Whose> {
    if strays.is_empty() {
        return Vec::new();
    }
    let articles: Vec<PathBuf> = articles
        .iter()
        .map(|path| paths::real_file(path.as_ref()))
        .collect();
    let mut found = Finding::of(strays);
    let named: FxHashSet<PathBuf> = strays.iter().filter_map(Stray::named_article).collect();
    let (first, second): (Vec<&PathBuf>, Vec<&PathBuf>) = articles
        .iter()
        .partition(|path| named.contains(*path) || !sidecar_path(path).exists());
    for path in &first {
        found.look(path, !sidecar_path(path).exists());
    }
    let listed: FxHashSet<&PathBuf> = articles.iter().collect();
    for path in named.iter().filter(|path| !listed.contains(path)) {
        found.look(path, false);
    }
    if found.same.iter().any(Vec::is_empty) {
        for path in second {
            found.look(path, false);
        }
    }
    found.whose()
}

/// The strays about the article at `path`, which was read; `named` is how it was named, which may
/// be a link to it. Likeness counts only if it has no decisions of its own.
pub(super) fn strays_of(
    named: &Path,
    path: &Path,
    article: &Article,
    has_decisions: bool,
) -> Vec<(Stray, Whose)> {
    let mut folders = vec![super::atomic::folder_of(path)];
    let beside_link = super::atomic::folder_of(named);
    if beside_link != folders[0] {
        folders.push(beside_link);
    }
    let mut candidates: Vec<Candidate> =
        folders.iter().flat_map(|f| candidates(f, FREE.0)).collect();
    // Those of its own name are read whatever else lies there.
    let is_named = |candidate: &Candidate| {
        let name = path.file_name().unwrap_or_default();
        candidate
            .article
            .as_encoded_bytes()
            .ends_with(name.as_encoded_bytes())
    };
    candidates.sort_by_key(|candidate| !is_named(candidate));
    let mut strays: Vec<Stray> = candidates
        .into_iter()
        .take(ON_OPENING)
        .filter_map(Candidate::read)
        .collect();
    for folder in &folders {
        strays.extend(reused::reused(folder, Some((path, article)), FREE.0));
    }
    let mut found = Finding::of(&strays);
    found.compare(path, article, !has_decisions);
    let whose = found.whose();
    let is_its = |whose: &Whose| whose.article() == Some(path);
    strays
        .into_iter()
        .zip(whose)
        .filter(|(stray, whose)| {
            stray.unreadable.is_none() && is_its(whose) && stray.matters(whose)
        })
        .collect()
}

impl Candidate {
    /// What it says; nothing if it is no file of ours.
    fn read(self) -> Option<Stray> {
        let mut stray = Stray {
            named: self.path.with_file_name(&self.article),
            path: self.path,
            is_copy: self.kind.is_copy(),
            decisions: 0,
            reviewers: Vec::new(),
            unreadable: None,
            kind: self.kind,
            text: None,
            texts: FxHashSet::default(),
            quotes: Vec::new(),
        };
        let is_ours = match self.kind {
            Kind::Journal => stray.read_journal(),
            Kind::Sidecar | Kind::Copy => stray.read_sidecar(),
            Kind::Free => stray.read_sidecar() && stray.is_apart(),
        };
        stray.reviewers.sort();
        stray.reviewers.dedup();
        is_ours.then_some(stray)
    }
}

impl Stray {
    /// Whether it is a sidecar whose article is gone or a link to another.
    pub fn is_orphan(&self) -> bool {
        !self.is_copy
    }

    /// The article that its name names, if that is there: links are followed.
    pub(super) fn named_article(&self) -> Option<PathBuf> {
        let name = self.named.file_name()?;
        if self.kind == Kind::Free {
            let is_there = self.named.is_file();
            return is_there
                .then(|| reading::article_path(&self.named).ok())
                .flatten();
        }
        if self.kind != Kind::Copy {
            return fs::symlink_metadata(&self.named)
                .is_ok_and(|named| named.is_symlink())
                .then(|| reading::article_path(&self.named).ok())
                .flatten();
        }
        let names: Vec<String> = match name.to_str() {
            Some(name) => belongings::originals(name).map(str::to_owned).collect(),
            None => Vec::new(),
        };
        let mut places = names.iter().map(|name| self.named.with_file_name(name));
        let place = places.find(|place| place.is_file())?;
        reading::article_path(&place).ok()
    }

    /// Whether it is told: JSON that only says that it is a sidecar, of no article here, may be
    /// there for whatever reason.
    fn matters(&self, whose: &Whose) -> bool {
        let is_of_one = matches!(whose, Whose::SameText(_) | Whose::Named(_));
        self.kind != Kind::Free || is_of_one
    }

    /// Whether it is of an article that is there, and about another one's text.
    pub fn is_of_reused_name(&self) -> bool {
        !self.kind.is_copy() && self.named.is_file() && self.named_article().is_none()
    }

    /// Whether it can be read, and is not the very sidecar that an article opens, under another
    /// case or form of its name.
    fn is_apart(&self) -> bool {
        let opened = sidecar_path(&self.named);
        self.unreadable.is_none() && !is_same_file(&opened, &self.path)
    }

    fn read_journal(&mut self) -> bool {
        let leftover = Leftover::read(&self.path);
        self.unreadable = leftover.unusable;
        for entry in &leftover.log.entries {
            self.texts.insert(entry.text.1.sha256.clone());
            self.text = Some(entry.text.1.sha256.clone());
            self.reviewers.push(entry.reviewer.clone());
            let quotes = entry
                .annotations
                .iter()
                .map(|a| a.target.quote.exact.clone());
            self.quotes.extend(quotes);
            self.decisions += 1;
        }
        self.decisions > 0 || self.unreadable.is_some()
    }

    fn read_sidecar(&mut self) -> bool {
        let value = reading::read_sidecar(&self.path)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                let bytes = bytes.unwrap_or_default();
                let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                json::parse(body).map_err(|error| error.to_string())
            });
        let value = match value {
            Ok(value) => value,
            Err(reason) => {
                self.unreadable = Some(reason);
                return true;
            }
        };
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return false;
        }
        if self.kind == Kind::Free
            && let Some(file) = value.pointer("/article/file").and_then(Value::as_str)
            && Path::new(file).file_name() == Some(OsStr::new(file))
        {
            self.named = self.path.with_file_name(file);
        }
        let map = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
        let texts: Map<String, Value> = map(value.get("texts")).unwrap_or_default();
        let digests = texts
            .values()
            .filter_map(|text| text.get("sha256")?.as_str());
        self.texts.extend(digests.map(str::to_owned));
        let text = value.pointer("/article/text").and_then(Value::as_str);
        let text = text.and_then(|id| texts.get(id)?.get("sha256")?.as_str());
        self.text = text.map(str::to_owned);
        for record in ["annotations", "links"]
            .iter()
            .flat_map(|list| value.get(list).and_then(Value::as_array))
            .flatten()
        {
            let reviews = record.get("reviews").and_then(Value::as_object);
            for reviewer in reviews.into_iter().flat_map(Map::keys) {
                self.reviewers.push(reviewer.clone());
                self.decisions += 1;
            }
            let exact = record
                .get("target")
                .and_then(|target| target.get("exact")?.as_str());
            self.quotes.extend(exact.map(str::to_owned));
        }
        true
    }
}

/// What a search through articles has found.
struct Finding<'a> {
    strays: &'a [Stray],
    /// Strays by the digests of their texts.
    by_text: FxHashMap<&'a str, Vec<usize>>,
    likeness: Likeness,
    /// Articles with exactly its text, for each stray.
    same: Vec<Vec<PathBuf>>,
    /// The article most like it, for each stray.
    alike: Vec<Option<(usize, PathBuf)>>,
}

impl<'a> Finding<'a> {
    fn of(strays: &'a [Stray]) -> Finding<'a> {
        let mut by_text: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, stray) in strays.iter().enumerate() {
            for text in &stray.texts {
                by_text.entry(text).or_default().push(at);
            }
        }
        Finding {
            strays,
            by_text,
            likeness: Likeness::of(strays.iter().map(|stray| stray.quotes.as_slice())),
            same: vec![Vec::new(); strays.len()],
            alike: vec![None; strays.len()],
        }
    }

    /// Reads an article and compares it; one that cannot be read is nobody's.
    fn look(&mut self, path: &Path, by_likeness: bool) {
        // Whatever is in one article, the others are looked at.
        let read = catch_unwind(AssertUnwindSafe(|| read_article(path)));
        if let Ok(Ok(article)) = read {
            self.compare(path, &article, by_likeness);
        }
    }

    fn compare(&mut self, path: &Path, article: &Article, by_likeness: bool) {
        let digest = hex(article.text_sha256());
        for &at in self.by_text.get(digest.as_str()).into_iter().flatten() {
            self.same[at].push(path.to_owned());
        }
        if !by_likeness {
            return;
        }
        for (at, found) in self.likeness.in_text(article.text()) {
            if self.alike[at]
                .as_ref()
                .is_none_or(|(best, _)| found > *best)
            {
                self.alike[at] = Some((found, path.to_owned()));
            }
        }
    }

    fn whose(self) -> Vec<Whose> {
        let (mut same, mut alike) = (self.same, self.alike);
        let strays = self.strays.iter().enumerate();
        let whose = strays.map(|(at, stray)| {
            let mut articles = std::mem::take(&mut same[at]);
            let named = stray.named_article();
            if let Some(named) = named.as_ref().filter(|named| articles.contains(named)) {
                return Whose::SameText(vec![named.clone()]);
            }
            // What a file with a name of its own says of its article is old perhaps.
            if let Some(named) = named.filter(|_| stray.kind != Kind::Free || articles.is_empty()) {
                return Whose::Named(named);
            }
            if !articles.is_empty() {
                // A renamed article has no sidecar yet: equal ones that have are others.
                let without = articles.iter().filter(|path| !sidecar_path(path).exists());
                let without: Vec<PathBuf> = without.cloned().collect();
                if !without.is_empty() {
                    articles = without;
                }
                return Whose::SameText(articles);
            }
            let of = self.likeness.quotes_of(at);
            match alike[at].take() {
                Some((found, article)) if found * 2 >= of => Whose::Alike { article, found, of },
                _ => Whose::Nobody,
            }
        });
        whose.collect()
    }
}

/// Whether anything is decided about an article that is not in a sidecar beside it yet.
pub(super) fn has_own_files(article: &Path) -> bool {
    let journal = paths::journal_path(article);
    sidecar_path(article).exists() || fs::metadata(journal).is_ok_and(|file| file.len() > 0)
}
