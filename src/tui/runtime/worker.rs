//! The threads that read and detect while the desk goes on: one for the open article, one that
//! looks what changes in the folders, one that exports, one that saves, the others for the queue.
//!
//! What they find becomes events, no more. The open article goes before: while it is read,
//! no further article of the queue is begun. A fault in one article fails that article
//! alone. Exports and what the files of articles need (`Job`) are written to the disk, and waited for at
//! the end; ending the program ends all else.

mod asking;
mod open_article;
mod watch;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::contained::contained;
use super::desk_and_files::{Job, Outcome};
use super::wake::Wake;
use crate::annotations::QueueRow;
use crate::detect::{Findings, Run};
use crate::outside::{Heard, NotHeard};
use crate::text::Article;
use crate::tui::event::{Event, Export, Exported, Listed, Pasted, RunToTake};

/// What the threads do; tests have work of their own.
pub(super) trait Work: Send + Sync + 'static {
    /// Reads an article; its sentences alone, where what a run finds is among those there already.
    fn detect(&self, article: &Article, known: &[Run]) -> Findings;
    /// The detectors of the house that are programs of their own, by name.
    fn detectors(&self) -> Vec<String> {
        Vec::new()
    }
    /// Asks one of them about an article. `told` hears how far it is; `is_wanted` says whether
    /// anybody still waits.
    fn ask(
        &self,
        detector: &str,
        _asked: &AskedOf,
        _told: &dyn Fn(&str),
        _is_wanted: &dyn Fn() -> bool,
    ) -> Result<Heard, NotHeard> {
        Err(NotHeard::NoSuch(detector.to_owned()))
    }
    /// Walks the paths and tells what it finds, bit by bit, until told to stop by `false`.
    fn list(&self, paths: &[PathBuf], tell: &mut dyn FnMut(Vec<Listed>) -> bool);
    /// Reads an article of the queue and its sidecar.
    fn look(&self, path: &Path) -> QueueRow;
    /// Nothing waits to be looked at.
    fn rest(&self) {}
    /// Writes an export.
    fn export(&self, export: &Export) -> Result<Exported, String>;
    /// Makes an article of a text; where it is.
    fn add(&self, pasted: &Pasted) -> Result<PathBuf, String>;
    /// Tells each article there is with something that is another when it, or what is kept beside it,
    /// was written; cheap.
    fn stamps(&self, paths: &[PathBuf], tell: &mut dyn FnMut(&Path, u64));
}

/// What detectors are asked about.
#[derive(Clone, Debug)]
pub(super) struct AskedOf {
    /// The article's path.
    pub(super) path: PathBuf,
    /// The article.
    pub(super) article: Article,
    /// Runs whose findings are there already.
    pub(super) known: Vec<Run>,
}

/// The threads and what they still have to do. Dropping it tells them to end and does not
/// wait.
pub(super) struct Workers {
    shared: Arc<Shared>,
}

/// Rows made and not taken up, from which on no more are made.
const MOST_ROWS: usize = 1000;

struct Shared {
    tasks: Mutex<Tasks>,
    changed: Condvar,
}

/// What is written to the disk.
enum Writing {
    Export(Export),
    Add(Pasted),
}

#[derive(Default)]
struct Tasks {
    /// The open article; a newer one takes its place.
    open: Option<AskedOf>,
    /// Runs to be put into a review.
    runs: VecDeque<RunToTake>,
    is_reading_open: bool,
    /// What the detectors of the house are asked about; a newer one takes its place.
    asked: Option<Arc<AskedOf>>,
    /// How often that changed.
    asks: usize,
    queue: VecDeque<Task>,
    /// Rows that are being made, or made and not taken up yet.
    rows: usize,
    writing: VecDeque<Writing>,
    is_writing: bool,
    jobs: VecDeque<Job>,
    /// Errands to articles that are closed, behind all jobs.
    errands: VecDeque<Job>,
    is_at_job: bool,
    /// What was walked for the queue.
    walked: Vec<PathBuf>,
    /// Whether to look now and then what changed there.
    is_watching: bool,
    /// Whether to walk there again now.
    walks_now: bool,
    closed: bool,
}

impl Tasks {
    fn has_jobs(&self) -> bool {
        self.is_at_job || !self.jobs.is_empty() || !self.errands.is_empty()
    }

    fn has_writing(&self) -> bool {
        self.is_writing || !self.writing.is_empty()
    }
}

enum Task {
    List(Vec<PathBuf>),
    Look(usize, Arc<Path>),
}

impl Workers {
    /// Starts the threads: one each for the open article, what changes, exports and jobs, and `others`
    /// for the queue, at least one.
    pub(super) fn start<W: Work>(
        work: Arc<W>,
        others: usize,
        wakes: &Sender<Wake>,
    ) -> io::Result<Workers> {
        let workers = Workers {
            shared: Arc::new(Shared {
                tasks: Mutex::default(),
                changed: Condvar::new(),
            }),
        };
        let (shared, own, tell) = (
            Arc::clone(&workers.shared),
            Arc::clone(&work),
            wakes.clone(),
        );
        let open = move || open_article::work(&shared, &*own, &tell);
        thread::Builder::new().name("open".into()).spawn(open)?;
        let (shared, own, tell) = (
            Arc::clone(&workers.shared),
            Arc::clone(&work),
            wakes.clone(),
        );
        let watch = move || watch::watch(&shared, &*own, &tell);
        thread::Builder::new().name("watch".into()).spawn(watch)?;
        let (shared, own, tell) = (
            Arc::clone(&workers.shared),
            Arc::clone(&work),
            wakes.clone(),
        );
        let writing = move || write_all(&shared, &*own, &tell);
        thread::Builder::new().name("write".into()).spawn(writing)?;
        let (shared, tell) = (Arc::clone(&workers.shared), wakes.clone());
        let jobs = move || do_jobs(&shared, &tell);
        thread::Builder::new().name("disk".into()).spawn(jobs)?;
        for detector in work.detectors() {
            let (shared, own, tell) = (
                Arc::clone(&workers.shared),
                Arc::clone(&work),
                wakes.clone(),
            );
            let name = format!("detector {detector}");
            let asking = move || asking::ask(&shared, &*own, &tell, &detector);
            thread::Builder::new().name(name).spawn(asking)?;
        }
        for number in 0..others.max(1) {
            let (shared, own, tell) = (
                Arc::clone(&workers.shared),
                Arc::clone(&work),
                wakes.clone(),
            );
            let queue = move || read_queue(&shared, &*own, &tell);
            let thread = thread::Builder::new().name(format!("queue {number}"));
            thread.spawn(queue)?;
        }
        Ok(workers)
    }

    /// Reads the open article, before everything else; one still waiting is dropped.
    pub(super) fn detect(&self, asked: AskedOf) {
        self.shared.change(|tasks| tasks.open = Some(asked));
    }

    /// Puts a run into a review, when the open article is read.
    pub(super) fn take_run(&self, run: RunToTake) {
        self.shared.change(|tasks| tasks.runs.push_back(run));
    }

    /// Asks the detectors of the house about an article; what they were asked before is not waited for
    /// any more. `None`: they are asked nothing.
    pub(super) fn ask(&self, asked: Option<AskedOf>) {
        self.shared.change(|tasks| {
            tasks.asked = asked.map(Arc::new);
            tasks.asks += 1;
        });
    }

    /// Walks the paths, then looks at each article.
    pub(super) fn list(&self, paths: Vec<PathBuf>) {
        self.shared.change(|tasks| {
            tasks.walked.clone_from(&paths);
            tasks.queue.push_back(Task::List(paths));
        });
    }

    /// Looks from now on at what changes in the folders walked.
    pub(super) fn watch(&self) {
        self.shared.change(|tasks| tasks.is_watching = true);
    }

    /// Writes an export, after those that wait.
    pub(super) fn export(&self, export: Export) {
        self.write(Writing::Export(export));
    }

    /// Makes an article of a text, after what waits to be written.
    pub(super) fn add(&self, pasted: Pasted) {
        self.write(Writing::Add(pasted));
    }

    fn write(&self, writing: Writing) {
        self.shared.change(|tasks| tasks.writing.push_back(writing));
    }

    /// Does a job on the disk, after those that wait.
    pub(super) fn begin(&self, job: Job) {
        self.shared.change(|tasks| tasks.jobs.push_back(job));
    }

    /// Runs an errand to an article that is closed, when no job waits.
    pub(super) fn run(&self, errand: Job) {
        self.shared.change(|tasks| tasks.errands.push_back(errand));
    }

    /// Waits until jobs have come so far; it is asked after each of them.
    pub(super) fn finish(&self, is_done: &dyn Fn() -> bool) {
        self.shared
            .wait(|tasks| (is_done() || !tasks.has_jobs()).then_some(()));
    }

    /// Waits for that so long at most; whether they have.
    pub(super) fn is_done_within(&self, time: Duration, is_done: &dyn Fn() -> bool) -> bool {
        let is_waiting = |tasks: &mut Tasks| tasks.has_jobs() && !is_done();
        let (tasks, changed) = (self.shared.lock(), &self.shared.changed);
        let waited = changed.wait_timeout_while(tasks, time, is_waiting);
        let (tasks, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        drop(tasks);
        !waited.timed_out()
    }

    /// Waits until every job is done.
    pub(super) fn finish_jobs(&self) {
        self.shared.wait(|tasks| (!tasks.has_jobs()).then_some(()));
    }

    /// Waits so long at most until every job is done; whether it is.
    pub(super) fn are_jobs_done_within(&self, time: Duration) -> bool {
        self.is_done_within(time, &|| false)
    }

    /// Waits until every export and every new article is written.
    pub(super) fn finish_writing(&self) {
        self.shared
            .wait(|tasks| (!tasks.has_writing()).then_some(()));
    }

    /// Walks the folders again, now.
    pub(super) fn walk(&self) {
        self.shared.change(|tasks| tasks.walks_now = true);
    }

    /// Looks at articles after all that wait.
    pub(super) fn look_in_order(&self, articles: Vec<(usize, Arc<Path>)>) {
        let tasks = articles.into_iter().map(|(at, path)| Task::Look(at, path));
        self.shared.change(|waiting| waiting.queue.extend(tasks));
    }

    /// A row was taken up by the desk: another one may be made.
    pub(super) fn row_taken(&self) {
        let mut tasks = self.shared.lock();
        tasks.rows = tasks.rows.saturating_sub(1);
        // Not for each: there may be a hundred thousand.
        if tasks.rows == MOST_ROWS / 2 {
            drop(tasks);
            self.shared.changed.notify_all();
        }
    }

    /// Looks at a listed article again, soon.
    pub(super) fn look(&self, at: usize, path: Arc<Path>) {
        let task = Task::Look(at, path);
        self.shared.change(|tasks| tasks.queue.push_front(task));
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.change(|tasks| tasks.closed = true);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Tasks> {
        // A thread that panicked did so in an article, never while holding this.
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Tasks)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Waits for `take` to find something to do; `None` when all is over.
    fn wait<T>(&self, mut take: impl FnMut(&mut Tasks) -> Option<T>) -> Option<T> {
        let mut tasks = self.lock();
        loop {
            if tasks.closed {
                return None;
            }
            if let Some(task) = take(&mut tasks) {
                return Some(task);
            }
            tasks = self
                .changed
                .wait(tasks)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn write_all(shared: &Shared, work: &impl Work, wakes: &Sender<Wake>) {
    let next = |tasks: &mut Tasks| {
        let task = tasks.writing.pop_front();
        tasks.is_writing = task.is_some();
        task
    };
    while let Some(writing) = shared.wait(next) {
        let event = match writing {
            Writing::Export(export) => Event::Exported(contained(|| work.export(&export))),
            Writing::Add(pasted) => Event::Added(contained(|| work.add(&pasted))),
        };
        let sent = wakes.send(Wake::Event(event));
        shared.change(|tasks| tasks.is_writing = false);
        if sent.is_err() {
            return;
        }
    }
}

fn do_jobs(shared: &Shared, wakes: &Sender<Wake>) {
    let next = |tasks: &mut Tasks| {
        let job = tasks.jobs.pop_front().or_else(|| tasks.errands.pop_front());
        tasks.is_at_job = job.is_some();
        job
    };
    while let Some(job) = shared.wait(next) {
        let came = contained(|| Ok(job())).unwrap_or_else(|reason| {
            tracing::error!("a job on the disk broke off: {reason}");
            Outcome::Done
        });
        let sent = wakes.send(Wake::Ran(came));
        shared.change(|tasks| tasks.is_at_job = false);
        if sent.is_err() {
            return;
        }
    }
}

fn read_queue(shared: &Shared, work: &impl Work, wakes: &Sender<Wake>) {
    let next = |tasks: &mut Tasks| {
        let open_waits = tasks.open.is_some() || !tasks.runs.is_empty() || tasks.is_reading_open;
        // A row is large before it is packed: those that wait for the desk would outweigh the rest.
        let is_full = tasks.rows >= MOST_ROWS;
        if open_waits || is_full {
            return None;
        }
        let task = tasks.queue.pop_front();
        tasks.rows += usize::from(matches!(task, Some(Task::Look(..))));
        task
    };
    while let Some(task) = shared.wait(next) {
        let sent = match task {
            Task::List(paths) => list(shared, work, wakes, &paths),
            Task::Look(at, path) => {
                let looked = contained(|| Ok(work.look(&path)));
                let row = looked.unwrap_or_else(QueueRow::with_trouble);
                wakes.send(Wake::Event(Event::Looked(at, Box::new(row))))
            }
        };
        if sent.is_err() {
            return;
        }
        let is_done = {
            let queue = &mut shared.lock().queue;
            if queue.is_empty() {
                // Room for a hundred thousand is not kept for the one that comes next.
                queue.shrink_to_fit();
            }
            queue.is_empty()
        };
        if is_done {
            let rested = contained(|| {
                work.rest();
                Ok(())
            });
            if rested.is_err() {
                tracing::error!("what was kept of the queue was not written");
            }
        }
    }
}

fn list(
    shared: &Shared,
    work: &impl Work,
    wakes: &Sender<Wake>,
    paths: &[PathBuf],
) -> Result<(), std::sync::mpsc::SendError<Wake>> {
    let mut sent = Ok(());
    let mut listed = 0;
    let mut tell = |found: Vec<Listed>| {
        if found.is_empty() {
            return !shared.lock().closed;
        }
        let readable: Vec<Task> = found
            .iter()
            .zip(listed..)
            .filter(|(article, _)| article.trouble.is_none())
            .map(|(article, at)| Task::Look(at, Arc::clone(&article.path)))
            .collect();
        listed += found.len();
        // The list first, so that no row arrives before its article.
        sent = wakes.send(Wake::Event(Event::Listed(found)));
        shared.change(|tasks| tasks.queue.extend(readable));
        sent.is_ok() && !shared.lock().closed
    };
    let walked = contained(|| {
        work.list(paths, &mut tell);
        Ok(())
    });
    if walked.is_err() {
        tracing::error!("the walk through the folders broke off");
    }
    sent.and_then(|()| wakes.send(Wake::Event(Event::ListingDone)))
}

#[cfg(test)]
mod tests;
