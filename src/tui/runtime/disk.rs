//! What the desk asks of the disk, carried out by the store.
//!
//! Says in sentences what went wrong; decides nothing about articles and holds no copy of
//! what is open.

mod jobs;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashSet;

use super::contained::contained;
use super::contexts;
use super::desk_and_files::{Files, Job, Kept, LogEntry, Outcome};
use super::looking::Looking;
use crate::annotations::{Document, Edit};
use crate::config::{self, Proposal};
use crate::review::{Act, Decide, Moment};
use crate::store::{self, Offer, OpenArticle, OpenOptions, Step, StoreError};
use crate::text::Article;
use crate::tui::app::name_of;
use crate::tui::event::Opened;
use jobs::{Begun, Hands, Jobs};

/// The open article's files, and what is needed to open others.
pub(in crate::tui) struct Disk {
    options: OpenOptions,
    tool: String,
    looking: Arc<Looking>,
    /// The open article, and the path that was asked for: a link may lead to it.
    open: Option<(PathBuf, OpenArticle)>,
    /// The save of it that was begun.
    begun: Option<Begun>,
    /// Whether somebody looks for changes outside.
    is_looking: Arc<AtomicBool>,
    jobs: Jobs,
    /// Folders of which it was said that they are another account's.
    told_folders: FxHashSet<PathBuf>,
    /// The configuration file, there or not; `None`: no place for one is known.
    settings: Option<PathBuf>,
}

impl Disk {
    /// For a reviewer; `tool` is written into sidecars.
    pub(in crate::tui) fn new(options: OpenOptions, tool: &str, looking: Arc<Looking>) -> Disk {
        Disk {
            options,
            tool: tool.to_owned(),
            looking,
            open: None,
            begun: None,
            is_looking: Arc::default(),
            jobs: Jobs::default(),
            told_folders: FxHashSet::default(),
            settings: None,
        }
    }

    /// With the configuration file that settings are written to.
    pub(in crate::tui) fn with_settings(self, settings: Option<PathBuf>) -> Disk {
        Disk { settings, ..self }
    }

    fn settings(&self) -> Result<&Path, String> {
        let none = || "no place for a configuration file is known".to_owned();
        self.settings.as_deref().ok_or_else(none)
    }

    /// What is said, once, of folders named for the queue that are another account's.
    pub(in crate::tui) fn folders_of_others(&mut self, paths: &[PathBuf]) -> Option<String> {
        let folders = paths.iter().filter(|path| path.is_dir());
        let theirs = folders.filter_map(|folder| store::of_another(folder));
        let mut theirs = theirs.filter(|theirs| self.told_folders.insert(theirs.folder.clone()));
        let first = theirs.next()?.said;
        Some(match theirs.count() {
            0 => first,
            more => format!("{first} (and {more} more)"),
        })
    }

    fn history(&self, path: &Path) -> Option<store::History> {
        let folder = self.options.state_dir.as_deref()?;
        Some(store::History::of(folder, path))
    }

    fn hands(&self) -> Hands {
        Hands {
            options: self.options.clone(),
            tool: self.tool.clone(),
            looking: Arc::clone(&self.looking),
        }
    }
}

impl Files for Disk {
    fn open(
        &mut self,
        path: &Path,
        leaving: Option<Arc<Document>>,
        _: &Moment,
    ) -> Result<(Opened, Option<Job>), String> {
        let mut open = OpenArticle::open(path, &self.options).map_err(told)?;
        let mut notices = std::mem::take(&mut open.notices);
        if let Some(theirs) = store::folder_of_another(path)
            && self.told_folders.insert(theirs.folder)
        {
            notices.push(theirs.said);
        }
        // Some of them are among the notices already, as what was taken up from the journal is.
        let untold: Vec<String> = open
            .faults
            .iter()
            .map(|fault| format!("in the sidecar: {fault}"))
            .filter(|fault| !notices.contains(fault))
            .collect();
        match untold.as_slice() {
            [] => {}
            [fault] => notices.push(fault.clone()),
            [fault, more @ ..] => notices.push(format!(
                "{fault}, and {} more; `check` names them all",
                more.len()
            )),
        }
        let (done, undone) = self.earlier(path);
        let document = open.take_document();
        let opened = Opened {
            path: path.to_owned(),
            article: open.article.clone(),
            contexts: contexts::of(&document, self.options.state_dir.as_deref()),
            document,
            notices,
            read_only: open.read_only.clone(),
            done,
            undone,
        };
        // Not before all of it worked: a desk that cannot go on still stands on something.
        let closing = self.close(leaving);
        self.open = Some((path.to_owned(), open));
        Ok((opened, closing))
    }

    fn is_at_work_on(&self, path: &Path) -> bool {
        self.jobs.are_about(path)
    }

    fn is_unsaved(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|(_, open)| open.read_only.is_none() && open.unsaved())
    }

    fn record(
        &mut self,
        document: &Document,
        edit: &Edit,
        moment: &Moment,
    ) -> Result<Option<String>, String> {
        let (_, open) = self.open.as_mut().ok_or("no article is open")?;
        open.record(document, edit, &moment.now).map_err(told)
    }

    fn save(&mut self, document: Arc<Document>) -> Result<Option<Job>, String> {
        let (path, open) = self.open.as_ref().ok_or("no article is open")?;
        if self.begun.is_some() {
            return Ok(None);
        }
        let (job, begun) = self.jobs.save(path, open, document).map_err(told)?;
        self.begun = Some(begun);
        Ok(Some(job))
    }

    fn saved(&mut self, document: Option<&Arc<Document>>) -> Option<Result<Kept, String>> {
        let (_, open) = self.open.as_mut()?;
        let saved = self.begun.as_ref()?.taken_up(open, document)?;
        self.begun = None;
        Some(saved)
    }

    fn close(&mut self, document: Option<Arc<Document>>) -> Option<Job> {
        let (path, open) = self.open.take()?;
        Some(self.jobs.close(path, open, self.begun.take(), document))
    }

    fn left(&mut self) -> Vec<(PathBuf, String)> {
        self.jobs.left()
    }

    fn offer(&self, path: &Path, article: &Article) -> Option<Offer> {
        // One that cannot be changed has no use for decisions, unless others lie in their place.
        let (_, open) = self.open.as_ref()?;
        let takes_them = open.read_only.is_none() || store::is_reused(path);
        takes_them.then(|| store::offer(path, article))?
    }

    fn take_up(&mut self, path: &Path, strays: &[PathBuf]) -> Result<Vec<String>, String> {
        let taken = store::take_up(path, strays, &self.options).map_err(told)?;
        let names = |paths: &mut dyn Iterator<Item = &PathBuf>| {
            let names: Vec<_> = paths.map(|path| name_of(path)).collect();
            names.join(", ")
        };
        let mut said = Vec::new();
        if !taken.moved.is_empty() {
            let names = names(&mut taken.moved.iter());
            said.push(format!("{names} moved to {}", name_of(path)));
        }
        if !taken.merged.is_empty() {
            let names = names(&mut taken.merged.iter().map(|(_, kept)| kept));
            said.push(format!("merged; what was merged is kept as {names}"));
        }
        if taken.conflicts > 0 {
            let many = taken.conflicts;
            said.push(format!("{many} differ: both are kept, look at their cards"));
        }
        said.extend(taken.notices);
        Ok(said)
    }

    fn take_in(&mut self, path: &Path, words: &str, is_in: bool) -> Result<(), String> {
        store::take_in(path, words, is_in, &self.options).map_err(told)
    }

    fn look_outside(&mut self) -> Option<Job> {
        let (path, open) = self.open.as_ref()?;
        let (path, watched) = (path.clone(), open.watched());
        let is_looking = Arc::clone(&self.is_looking);
        // A disk that answers late is not asked once more for that.
        if is_looking.swap(true, Ordering::Relaxed) {
            return None;
        }
        Some(Box::new(move || {
            let changed = contained(|| Ok(watched.news())).unwrap_or_default();
            is_looking.store(false, Ordering::Relaxed);
            let said = if changed.article {
                "the article was changed outside: shown is what was opened; leave it and open \
                 it again to see the change"
            } else if changed.sidecar {
                "the sidecar was changed outside; the next save keeps both sides"
            } else {
                return Outcome::Done;
            };
            Outcome::Looked(path, said.to_owned())
        }))
    }

    fn earlier(&self, path: &Path) -> (Vec<Act>, Vec<Act>) {
        let acts = self.history(path).map(|history| history.load());
        let acts = acts.unwrap_or_default();
        let all = |acts: Vec<store::Done>| acts.into_iter().map(act_of).collect();
        (all(acts.done), all(acts.undone))
    }

    fn log(&mut self, path: &Path, entry: LogEntry<'_>) -> Result<(), String> {
        let Some(history) = self.history(path) else {
            return Ok(());
        };
        let step = match entry {
            LogEntry::Act(act) => Step::Act(Box::new(done_of(act))),
            LogEntry::Undo => Step::Undo,
            LogEntry::Redo => Step::Redo,
        };
        history.append(&step).map_err(told)
    }

    fn act_closed(&mut self, path: &Path, decide: Decide, moment: &Moment) -> Job {
        self.jobs.act(self.hands(), path, decide, moment.clone())
    }

    fn edit_closed(&mut self, path: &Path, act: Act, moment: &Moment) -> Job {
        self.jobs.edit(self.hands(), path, act, moment.clone())
    }

    fn propose(&self, change: &config::Change) -> Result<Proposal, String> {
        let proposed = change.proposed(self.settings()?);
        proposed.map_err(|error| error.to_string())
    }

    fn configure(&mut self, change: &config::Change) -> Result<PathBuf, String> {
        let path = self.settings()?;
        let written = change.write(path).map_err(|error| error.to_string());
        written.map(|()| path.to_owned())
    }
}

/// An error with its way out.
fn told(error: StoreError) -> String {
    format!("{error}; {}", error.hint())
}

fn kept(saved: store::Saved) -> Kept {
    let mut notices = saved.notices;
    match saved.conflicts.len() {
        0 => {}
        1 => notices.push("1 field was changed on both sides: look at its card".to_owned()),
        many => notices.push(format!(
            "{many} fields were changed on both sides: look at their cards"
        )),
    }
    Kept {
        is_behind: false,
        merged: saved.merged,
        notices,
    }
}

fn act_of(done: store::Done) -> Act {
    Act {
        label: done.label,
        edit: done.edit,
        inverse: done.inverse,
    }
}

fn done_of(act: &Act) -> store::Done {
    store::Done {
        label: act.label.clone(),
        edit: act.edit.clone(),
        inverse: act.inverse.clone(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn disk() -> Disk {
        let options = OpenOptions {
            state_dir: None,
            reviewer: "ana".to_owned(),
            holder: "ana on desk".to_owned(),
        };
        let looking = Arc::new(Looking::new("ana", "test", None));
        Disk::new(options, "test", looking)
    }

    #[test]
    fn an_article_behind_a_link_is_told_of_by_the_path_that_was_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let (article, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
        std::fs::write(&article, "Fares fell.").expect("written");
        std::os::unix::fs::symlink(&article, &link).expect("linked");
        let mut disk = disk();
        let moment = super::super::clock::Clock::default().moment();
        let (opened, _) = disk.open(&link, None, &moment).expect("opens");
        std::fs::write(&article, "Fares rose a lot.").expect("written");
        let look = disk.look_outside().expect("a job");
        assert!(disk.look_outside().is_none(), "somebody looks already");
        assert!(matches!(look(), Outcome::Looked(path, _) if path == link));
        assert!(disk.look_outside().is_some(), "and again later");
        let close = disk.close(Some(Arc::new(opened.document))).expect("a job");
        assert!(disk.is_at_work_on(&article) && disk.is_at_work_on(&link));
        assert!(matches!(close(), Outcome::Closed(path) if path == link));
        assert!(!disk.is_at_work_on(&article));
    }

    #[test]
    fn a_folder_of_another_account_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = [folder.path().to_owned()];
        let article = folder.path().join("a.txt");
        std::fs::write(&article, "Fares fell.").expect("written");
        assert_eq!(disk().folders_of_others(&paths), None);
        // Only root can give a folder away.
        if std::os::unix::fs::chown(folder.path(), Some(12_345), None).is_err() {
            return;
        }
        let mut disk = disk();
        let said = disk.folders_of_others(&paths).expect("said");
        assert!(said.contains("another account (12345)"), "{said}");
        assert_eq!(disk.folders_of_others(&paths), None);
        let moment = super::super::clock::Clock::default().moment();
        let (opened, _) = disk.open(&article, None, &moment).expect("opens");
        assert!(!opened.notices.contains(&said), "{:?}", opened.notices);
    }
}
