//! What the threads in the background do: detect, walk folders, look at articles.
//!
//! Reads the disk and writes nothing but exports. Of an article of the queue its row is kept and
//! nothing else, so ten thousand of them take little room.

use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHasher;

use super::clock;
use super::exporting;
use super::worker::{AskedOf, Work};
use crate::annotations::{Document, PackedRow, QueueRow, Rank, Time};
use crate::detect::{CUT, Detect, Findings, Run, compiled_in};
use crate::ingest;
use crate::outside::{Detectors, Heard, NotHeard};
use crate::store::{
    NewArticle, OpenOptions, ReadArticle, RowsCache, StoreError, add_article, copy_of, present,
    read_for_commands, sidecar_path, strays_of_folders, tell_articles_in,
};
use crate::text::Article;
use crate::tui::event::{Export, Exported, Listed, Pasted};

/// Articles told of at once, and those told first: as many as a screen shows.
const BATCH: usize = 500;
const FIRST_BATCH: usize = 60;
/// The form of rows that are kept; another one for rows made or spelt in another way.
const ROW: &str = "row 1";

/// Detector and reviewer for all threads.
pub(in crate::tui) struct Looking {
    reviewer: String,
    tool: String,
    state_dir: Option<PathBuf>,
    follow: bool,
    detector: OnceLock<Box<dyn Detect>>,
    detectors: Arc<Detectors>,
    rank: Rank,
    cache_dir: Option<PathBuf>,
    /// Rows of earlier starts, opened at the first look.
    rows: OnceLock<Option<RowsCache>>,
}

impl Looking {
    /// Rows are made for this reviewer.
    pub(in crate::tui) fn new(reviewer: &str, tool: &str, state_dir: Option<PathBuf>) -> Looking {
        Looking {
            reviewer: reviewer.to_owned(),
            tool: tool.to_owned(),
            state_dir,
            follow: false,
            detector: OnceLock::new(),
            detectors: Arc::default(),
            rank: Rank::unset(),
            cache_dir: None,
            rows: OnceLock::new(),
        }
    }

    /// Keeps rows of the queue below this folder from one start to the next.
    pub(in crate::tui) fn keeping_rows(self, cache_dir: Option<PathBuf>) -> Looking {
        Looking { cache_dir, ..self }
    }

    /// Whether links are followed out of the folders.
    pub(in crate::tui) fn following(self, follow: bool) -> Looking {
        Looking { follow, ..self }
    }

    /// Asks these detectors of the house as well.
    pub(in crate::tui) fn asking(self, detectors: Arc<Detectors>) -> Looking {
        Looking { detectors, ..self }
    }

    /// Sees suggestions in this rank.
    pub(in crate::tui) fn ranking(self, rank: Rank) -> Looking {
        Looking { rank, ..self }
    }

    /// Reads with a detector of its own instead of the one compiled in.
    pub(super) fn reading_with(self, detector: Box<dyn Detect>) -> Looking {
        let detector = OnceLock::from(detector);
        Looking { detector, ..self }
    }

    /// The detector, loaded at its first use, so not before the first screen.
    pub(super) fn detector(&self) -> &dyn Detect {
        &**self.detector.get_or_init(|| compiled_in(&self.tool))
    }

    fn rows(&self) -> Option<&RowsCache> {
        let open = || {
            let run = self.detector().run();
            // All that a row comes from besides its article.
            let made_by = format!(
                "{ROW} {} {} {} {} {:?}",
                run.tool, run.model, run.settings, self.reviewer, self.rank
            );
            let (cache, state) = (self.cache_dir.as_deref()?, self.state_dir.as_deref());
            Some(RowsCache::below(cache, state, &made_by))
        };
        self.rows.get_or_init(open).as_ref()
    }

    /// The row of an article that was read, made as if nothing were known of it.
    fn row_of(&self, path: &Path, read: ReadArticle) -> QueueRow {
        let mut document = read.document;
        document.set_rank(self.rank.clone());
        let mut cut = None;
        let detector = self.detector();
        if !document.has_run(&Document::run_key(&read.article, detector.run())) {
            let findings = detector.detect(&read.article);
            cut = findings.cut.then(|| CUT.to_owned());
            // For the row alone: when it was found is not written anywhere.
            document.adopt(&read.article, &findings, detector.run(), Time::latest());
        }
        let mut row = QueueRow::of(&document, &self.reviewer).with_text(read.article.text());
        row.written = written(path);
        let fault = read.faults.first().map(|fault| fault.to_string());
        row.trouble = read.read_only.or(fault).or(cut);
        if let Some((original, copied)) = copy_of(&read.path, &read.article) {
            row.note_copy(&name_below(&[], &original), copied.as_str());
        }
        row
    }
}

fn written(path: &Path) -> String {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    written.map_or_else(|_| String::new(), clock::spelled)
}

impl Work for Looking {
    fn detect(&self, article: &Article, known: &[Run]) -> Findings {
        let detector = self.detector();
        match known.contains(detector.run()) {
            true => Findings {
                model: detector.run().model.clone(),
                sentences: detector.sentences(article),
                ..Findings::default()
            },
            false => detector.detect(article),
        }
    }

    fn detectors(&self) -> Vec<String> {
        self.detectors.names().map(str::to_owned).collect()
    }

    fn ask(
        &self,
        detector: &str,
        asked: &AskedOf,
        told: &dyn Fn(&str),
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Heard, NotHeard> {
        let is_known = |run: &Run| asked.known.contains(run);
        let article = &asked.article;
        self.detectors
            .ask(detector, article, &is_known, told, is_wanted)
    }

    fn list(&self, paths: &[PathBuf], tell: &mut dyn FnMut(Vec<Listed>) -> bool) {
        let mut batches = Batches::new(tell);
        // For decisions beside them: whose those are is known when the walk is over.
        let mut articles: Vec<Arc<Path>> = Vec::new();
        let listing = tell_articles_in(paths, self.follow, &mut |path| {
            let path: Arc<Path> = path.into();
            articles.push(Arc::clone(&path));
            batches.add(Listed {
                name: name_below(paths, &path),
                path,
                trouble: None,
            })
        });
        let left_out = listing.left_out();
        let left_out = listing
            .leading_out
            .first()
            .zip(left_out)
            .map(|(path, said)| Listed {
                name: name_below(paths, path),
                path: path.as_path().into(),
                trouble: Some(said),
            });
        let unreadable = listing.unreadable.iter().map(|error| Listed {
            name: name_below(paths, place(error)),
            path: place(error).into(),
            trouble: Some(error.to_string()),
        });
        for listed in unreadable.chain(left_out) {
            batches.add(listed);
        }
        if !batches.end() {
            return;
        }
        let folders = listing.folders.iter().map(PathBuf::as_path);
        for (stray, whose) in strays_of_folders(folders, &articles) {
            batches.add(Listed {
                name: name_below(paths, &stray.path),
                // Opening it opens the article, where its decisions are offered.
                path: whose.article().unwrap_or(&stray.path).into(),
                trouble: Some(stray.told(&whose)),
            });
        }
        batches.end();
    }

    fn look(&self, path: &Path) -> QueueRow {
        // How the files stand before they are read: one that changes meanwhile is not kept.
        let kept = self
            .rows()
            .and_then(|rows| Some((rows, rows.stamps(path)?)));
        let unpacked = |bytes: Vec<u8>| Some(PackedRow::of(&bytes)?.to_row());
        if let Some((rows, stamps)) = &kept
            && let Some(row) = rows.row(stamps).and_then(unpacked)
        {
            return row;
        }
        let read = match read_for_commands(path, self.state_dir.as_deref()) {
            Ok(read) => read,
            Err(error) => return QueueRow::with_trouble(error.to_string()),
        };
        let Some((rows, stamps)) = &kept else {
            return self.row_of(path, read);
        };
        // Decisions may have come from elsewhere to an article that seems to be alone.
        let is_bare = read.replayed == 0 && !read.has_sidecar;
        let bytes = *read.article.bytes_sha256();
        let known = is_bare.then(|| rows.row_of_bytes(stamps, &bytes)).flatten();
        let is_kept = is_bare || !stamps.is_alone();
        let row = match known.and_then(unpacked) {
            Some(row) => QueueRow {
                written: written(path),
                ..row
            },
            None => self.row_of(path, read),
        };
        if is_kept {
            rows.keep(stamps, &bytes, &row.packed());
        }
        row
    }

    fn rest(&self) {
        if let Some(Some(rows)) = self.rows.get() {
            rows.save();
        }
    }

    fn add(&self, pasted: &Pasted) -> Result<PathBuf, String> {
        let new = NewArticle {
            ending: "txt".to_owned(),
            bytes: pasted.text.replace('\r', "\n").into_bytes(),
            ..NewArticle::default()
        };
        let options = OpenOptions {
            state_dir: self.state_dir.clone(),
            reviewer: self.reviewer.clone(),
            ..OpenOptions::default()
        };
        let article = ingest::read("new.txt", &new.bytes);
        let article = article.map_err(|error| format!("not added: {error}: {}", error.hint()))?;
        let added = add_article(&pasted.folder, &new, &article, &present(), &options);
        added.map_err(|error| format!("not added: {error}: {}", error.hint()))
    }

    fn export(&self, export: &Export) -> Result<Exported, String> {
        let detector = || self.detector();
        exporting::export(export, self.state_dir.as_deref(), &detector, &self.rank)
    }

    fn stamps(&self, paths: &[PathBuf], tell: &mut dyn FnMut(&Path, u64)) {
        tell_articles_in(paths, self.follow, &mut |path| {
            let mut hasher = FxHasher::default();
            for file in [sidecar_path(path).as_path(), path] {
                let known = fs::metadata(file);
                let known = known.map(|known| (known.len(), known.modified().ok()));
                known.ok().hash(&mut hasher);
            }
            tell(path, hasher.finish());
            true
        });
    }
}

/// Articles told several at once: few at first, so that there is something to see.
struct Batches<'a> {
    waiting: Vec<Listed>,
    most: usize,
    tell: &'a mut dyn FnMut(Vec<Listed>) -> bool,
    is_wanted: bool,
}

impl<'a> Batches<'a> {
    fn new(tell: &'a mut dyn FnMut(Vec<Listed>) -> bool) -> Batches<'a> {
        Batches {
            waiting: Vec::new(),
            most: FIRST_BATCH,
            tell,
            is_wanted: true,
        }
    }

    /// Adds an article; whether more are wanted.
    fn add(&mut self, listed: Listed) -> bool {
        self.waiting.push(listed);
        if self.waiting.len() >= self.most {
            self.most = BATCH;
            return self.end();
        }
        self.is_wanted
    }

    /// Tells what waits; whether more is wanted.
    fn end(&mut self) -> bool {
        let waiting = std::mem::take(&mut self.waiting);
        self.is_wanted = self.is_wanted && (waiting.is_empty() || (self.tell)(waiting));
        self.is_wanted
    }
}

/// The file an error is about.
fn place(error: &StoreError) -> &Path {
    match error {
        StoreError::Io { path, .. }
        | StoreError::NotAFile { path, .. }
        | StoreError::NotOurs { path, .. }
        | StoreError::NotAnArticle { path, .. }
        | StoreError::InTheWay { path }
        | StoreError::Sidecar { path, .. }
        | StoreError::Gone { path }
        | StoreError::ReadOnly { path, .. } => path,
        StoreError::Unsaved { source, .. } => place(source),
        // Their texts name what they are about.
        StoreError::Article(_) | StoreError::Journal { .. } => Path::new("?"),
    }
}

/// The path below the folder that was named, or the file's name.
fn name_below(paths: &[PathBuf], path: &Path) -> String {
    let below = paths
        .iter()
        .filter_map(|folder| path.strip_prefix(folder).ok())
        .find(|below| !below.as_os_str().is_empty());
    let name = below
        .or_else(|| path.file_name().map(Path::new))
        .unwrap_or(path);
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::OpenArticle;

    #[test]
    fn names_are_told_from_below_the_folder_named() {
        let paths = ["news".into(), "other/b.txt".into()];
        let cases = [
            ("news/2026/a.txt", "2026/a.txt"),
            ("other/b.txt", "b.txt"),
            ("elsewhere/c.txt", "c.txt"),
        ];
        for (path, name) in cases {
            assert_eq!(name_below(&paths, Path::new(path)), name);
        }
    }

    #[test]
    fn a_folder_is_told_in_batches_and_each_article_looked_at() {
        let folder = tempfile::tempdir().expect("a folder");
        for number in 0..FIRST_BATCH + BATCH {
            let path = folder.path().join(format!("{number:04}.txt"));
            fs::write(path, "Fares fell 12 percent, the agency said.").expect("written");
        }
        let looking = Looking::new("ana", "proofmark 0", None);
        let paths = [folder.path().to_owned(), folder.path().join("gone")];
        let mut batches = Vec::new();
        looking.list(&paths, &mut |batch| {
            batches.push(batch);
            true
        });
        let sizes: Vec<usize> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [FIRST_BATCH, BATCH, 1]);
        assert_eq!(batches[0][0].name, "0000.txt");
        let last = batches[2].last().expect("the one that is gone");
        assert!(last.name == "gone" && last.trouble.is_some(), "{last:?}");
        let row = looking.look(&batches[0][0].path);
        assert!(row.claims > 0 && row.trouble.is_none(), "{row:?}");
        let row = looking.look(&paths[1]);
        assert!(row.trouble.is_some());

        #[cfg(unix)]
        {
            let outside = tempfile::tempdir().expect("a folder");
            fs::write(outside.path().join("a.txt"), "Fares fell.").expect("written");
            std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).expect("linked");
            let mut last = None;
            looking.list(&paths[..1], &mut |mut batch| {
                last = batch.pop();
                true
            });
            let link = last.take().expect("the link");
            assert!(link.trouble.is_some_and(|said| said.contains("--follow")));
            let looking = Looking::new("ana", "proofmark 0", None).following(true);
            looking.list(&paths[..1], &mut |mut batch| {
                last = batch.pop();
                true
            });
            let last = last.expect("the article");
            assert_eq!((last.name.as_str(), last.trouble), ("out/a.txt", None));
        }

        let mut told = 0;
        looking.list(&paths, &mut |_| {
            told += 1;
            false
        });
        assert_eq!(told, 1, "told to stop");
    }

    #[test]
    fn a_row_kept_is_the_one_made_and_goes_when_the_article_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, "Fares fell 12 percent, the agency said.").expect("written");
        let looking = |reviewer: &str| {
            let looking = Looking::new(reviewer, "proofmark 0", None);
            looking.keeping_rows(Some(cache.path().to_owned()))
        };
        let first = looking("ana");
        let row = first.look(&path);
        first.rest();
        assert!(cache.path().join("rows").is_dir());
        let second = looking("ana");
        let stamps = second.rows().and_then(|rows| rows.stamps(&path));
        let bytes = *read_for_commands(&path, None)
            .expect("reads")
            .article
            .bytes_sha256();
        let rows = second.rows().expect("rows");
        assert!(
            rows.row_of_bytes(&stamps.expect("stamps"), &bytes)
                .is_some()
        );
        assert_eq!(second.look(&path), row);
        // Another reviewer's rows are others.
        let other = looking("bob");
        let stamps = other.rows().and_then(|rows| rows.stamps(&path));
        let rows = other.rows().expect("rows");
        assert!(
            rows.row_of_bytes(&stamps.expect("stamps"), &bytes)
                .is_none()
        );
        fs::write(&path, "Fares rose. Nobody said so.").expect("written");
        let third = looking("ana");
        let plain = Looking::new("ana", "proofmark 0", None);
        assert_eq!(third.look(&path), plain.look(&path));
        assert_ne!(third.look(&path), row);
        // A sidecar beside it is heeded as well.
        let mut open = OpenArticle::open(&path, &OpenOptions::default()).expect("opens");
        let mut document = open.take_document();
        let later = crate::annotations::Edit::Article {
            name: "later".to_owned(),
            value: Some(true.into()),
        };
        document.apply(later.clone()).expect("applies");
        open.record(&document, &later, &Time::new("2026-01-01T00:00:00Z"))
            .expect("recorded");
        open.close(&document).expect("saved");
        assert_eq!(third.look(&path), plain.look(&path));
        assert_eq!(
            third.look(&path).state,
            crate::annotations::QueueState::Later
        );
    }

    #[test]
    fn what_a_run_found_is_not_looked_for_twice() {
        let text = "Fares to rise\n\nFares will rise by 9 percent, the board said.In May “they” rose \
                    too.\n\nIt is so.";
        let article = ingest::read("a.txt", text.as_bytes()).expect("an article");
        let looking = Looking::new("ana", "proofmark 0", None);
        let whole = looking.detect(&article, &[Run::new("house", "rules 1")]);
        assert!(!whole.claims.is_empty() && whole.sentences.len() > 3);
        let own = Run::new("proofmark 0", &whole.model);
        let known = looking.detect(&article, &[own]);
        assert_eq!(known.sentences, whole.sentences);
        assert!(known.claims.is_empty() && known.sources.is_empty());
    }
}
