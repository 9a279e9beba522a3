//! What the loop needs of the desk and of the disk, so that both can be scripts in tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::Frame;

use crate::annotations::{Document, Edit};
use crate::config::{Change, Proposal};
use crate::review::{Act, Decide, Moment};
use crate::store::Offer;
use crate::text::Article;
use crate::tui::app::App;
use crate::tui::event::{Event, LetGo, Opened, Request};

/// What the loop needs of the desk: the app, or a script in tests.
pub(in crate::tui) trait Desk {
    /// What is asked for before the first event.
    fn start(&mut self) -> Vec<Request>;
    /// Takes an event and says what to do.
    fn update(&mut self, event: Event, moment: &Moment) -> Vec<Request>;
    /// Draws; changes nothing.
    fn draw(&self, frame: &mut Frame<'_>);
    /// What stands for the card shown, so that the time spent on it can be told.
    fn card(&self) -> Option<String>;
    /// The document of the open article, every decision in it; until [`Desk::closed`].
    fn document(&self) -> Option<Arc<Document>>;
    /// The open article.
    fn article(&self) -> Option<&Article>;
    /// The article that was left is on its way to the disk; gives back what is not shown any more.
    fn closed(&mut self) -> Option<LetGo>;
    /// The index of an article as listed, and its path as it is kept.
    fn listed(&self, path: &Path) -> Option<(usize, Arc<Path>)>;
}

impl Desk for App {
    fn start(&mut self) -> Vec<Request> {
        App::start(self)
    }

    fn update(&mut self, event: Event, moment: &Moment) -> Vec<Request> {
        let event = self.aimed(event);
        App::update(self, event, moment)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        App::draw(self, frame);
    }

    fn card(&self) -> Option<String> {
        let review = self.review()?;
        let selected = review.session.selected()?;
        Some(format!("{} {selected:?}", review.path.display()))
    }

    fn document(&self) -> Option<Arc<Document>> {
        App::document(self)
    }

    fn article(&self) -> Option<&Article> {
        Some(self.review()?.session.article())
    }

    fn listed(&self, path: &Path) -> Option<(usize, Arc<Path>)> {
        self.queue().found(path)
    }

    fn closed(&mut self) -> Option<LetGo> {
        self.let_go()
    }
}

/// What the loop needs of the disk. Reasons and notices are sentences for the reviewer.
pub(in crate::tui) trait Files {
    /// Opens an article for review. If that works, the one open before is let go, and the job
    /// saves it with its document; if not, it stays.
    fn open(
        &mut self,
        path: &Path,
        leaving: Option<Arc<Document>>,
        moment: &Moment,
    ) -> Result<(Opened, Option<Job>), String>;
    /// Whether a job that is not done yet has to do with that article.
    fn is_at_work_on(&self, path: &Path) -> bool;
    /// Whether decisions on the open article are in its journal alone.
    fn is_unsaved(&self) -> bool;
    /// Writes an edit of the open article, already in its document, to the journal and syncs
    /// it; gives back what is worth knowing of where that was.
    fn record(
        &mut self,
        document: &Document,
        edit: &Edit,
        moment: &Moment,
    ) -> Result<Option<String>, String>;
    /// Begins to save the sidecar of the open article; `None`: nothing can be saved now, or
    /// something is being saved.
    fn save(&mut self, document: Arc<Document>) -> Result<Option<Job>, String>;
    /// What became of the save begun, once it is done; `document` is the one shown by now.
    fn saved(&mut self, document: Option<&Arc<Document>>) -> Option<Result<Kept, String>>;
    /// Lets go of the open article, if there is one; the job saves what is unsaved.
    fn close(&mut self, document: Option<Arc<Document>>) -> Option<Job>;
    /// The articles that were let go since it was last asked without their sidecar being saved,
    /// and why.
    fn left(&mut self) -> Vec<(PathBuf, String)>;
    /// Decisions that lie beside an article just opened and that it did not open.
    fn offer(&self, path: &Path, article: &Article) -> Option<Offer>;
    /// Takes up decisions from such files for an article that is not open; gives back what is
    /// worth knowing.
    fn take_up(&mut self, path: &Path, strays: &[PathBuf]) -> Result<Vec<String>, String>;
    /// Takes a paragraph that was left out into an article that is not open, or out again.
    fn take_in(&mut self, path: &Path, words: &str, is_in: bool) -> Result<(), String>;
    /// Looks what changed outside since that was last done.
    fn look_outside(&mut self) -> Option<Job>;
    /// Keeps something in the undo log of an article.
    fn log(&mut self, path: &Path, entry: LogEntry<'_>) -> Result<(), String>;
    /// The undo log of an article that is not open: done and undone, latest last.
    fn earlier(&self, path: &Path) -> (Vec<Act>, Vec<Act>);
    /// Carries out a decision on an article that is not open, and saves it.
    fn act_closed(&mut self, path: &Path, decide: Decide, moment: &Moment) -> Job;
    /// Applies an edit to an article that is not open, and saves it.
    fn edit_closed(&mut self, path: &Path, act: Act, moment: &Moment) -> Job;
    /// What a change would do to the configuration file.
    fn propose(&self, change: &Change) -> Result<Proposal, String>;
    /// Writes a change to the configuration file, and gives back where that is.
    fn configure(&mut self, change: &Change) -> Result<PathBuf, String>;
}

/// Work on the disk that no key waits for. Jobs are done one after the other, in their order;
/// decisions on closed articles, which may have to be read by the detector, behind all others.
pub(in crate::tui) type Job = Box<dyn FnOnce() -> Outcome + Send>;

/// What a job came to.
#[derive(Debug)]
pub(in crate::tui) enum Outcome {
    /// Nothing that has to be told.
    Done,
    /// Something for the desk.
    Told(Event),
    /// The files of that article changed outside, and what to say of it where it is still open.
    Looked(PathBuf, String),
    /// That article is closed, saved or not.
    Closed(PathBuf),
}

/// What a save left on disk.
#[derive(Debug, Default)]
pub(in crate::tui) struct Kept {
    /// Whether something was decided since it was begun, which is not saved yet.
    pub(in crate::tui) is_behind: bool,
    /// What to show from now on, if the sidecar was merged with a change from outside.
    pub(in crate::tui) merged: Option<Document>,
    /// What the reviewer should know.
    pub(in crate::tui) notices: Vec<String>,
}

/// Something for the undo log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::tui) enum LogEntry<'a> {
    /// This was done.
    Act(&'a Act),
    /// The latest act was undone.
    Undo,
    /// The latest undone act was done again.
    Redo,
}
