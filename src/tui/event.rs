//! Everything that can wake the desk, and everything it can ask of the world: data.
//!
//! A worker's result is an event like a key, so tests send one; a request is carried out by
//! the runtime, which answers with events. `App` never touches a disk, clock or thread.

mod run_taking;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::crossterm::event::MouseEvent;
use rustc_hash::FxHashMap;

use crate::annotations::{Document, Edit, Id, QueueRow};
use crate::config::{Change, Proposal};
use crate::detect::Findings;
use crate::exchange::{Format, Publisher, Withheld};
use crate::outside::{Heard, NotHeard};
use crate::review::{Act, Decide, Effect, Turn};
use crate::store::Offer;
use crate::text::Article;
use crate::tui::command::Key;
use crate::tui::widget::Ground;
pub use run_taking::{LetGo, RunTaken, RunToTake};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// A key that was there at once behind Esc: it may belong to a chord, to a sequence
    /// broken off, or have been typed while the line was slow.
    KeyWithEscape(Key),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// The second click of a double click: it may open something, and decides nothing.
    SecondClick(MouseEvent),
    /// A click on something that stands for a key or a command; whether it was a second click.
    Meant(Meant, bool),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal has this background.
    Ground(Ground),
    /// An article was opened for review.
    Opened(Box<Opened>),
    /// An article could not be opened.
    NotOpened {
        /// Its path.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Decisions were found that belong to the article just opened.
    Offered(PathBuf, Offer),
    /// What became of decisions that were to be taken up.
    TakenUp(TakenUp),
    /// The detector has read an article.
    Detected {
        /// Its path.
        path: PathBuf,
        /// The SHA-256 of the text it read.
        text: [u8; 32],
        /// What it found.
        findings: Arc<Findings>,
    },
    /// A run is put into a copy of what was shown: to be shown from now on.
    RunTaken(Box<RunTaken>),
    /// The detector could not read an article to its end.
    NotDetected {
        /// Its path.
        path: PathBuf,
        /// Why, and what can be done.
        reason: String,
    },
    /// A detector of the house tells how far it is with an article.
    Asked {
        /// The article's path.
        path: PathBuf,
        /// What the house calls the detector.
        detector: String,
        /// How far it is.
        told: String,
    },
    /// What a detector of the house found in an article, or why it found nothing.
    Heard {
        /// The article's path.
        path: PathBuf,
        /// What the house calls the detector.
        detector: String,
        /// What it found.
        heard: Result<Box<Heard>, NotHeard>,
    },
    /// What became of a decision or a save.
    Saved(Saved),
    /// The folder walk found these articles, in order.
    Listed(Vec<Listed>),
    /// The folder walk is over.
    ListingDone,
    /// These stand in the folders now, some time after the first walk, in order.
    Walked(Vec<Listed>),
    /// That walk is over: what it did not tell is gone.
    WalkDone,
    /// These articles, or what is kept beside them, changed on the disk.
    Touched(Vec<PathBuf>),
    /// One article of the queue was looked at; the index counts listed articles.
    Looked(usize, Box<QueueRow>),
    /// What became of a decision on an article that is not open: it is on disk, with these
    /// effects, or why it is not.
    ActedClosed(PathBuf, Result<Vec<Effect>, String>),
    /// What became of an act carried out on an article that is not open: it is on disk, or why
    /// it is not.
    EditedClosed(PathBuf, Result<(), String>),
    /// The log of acts of an article that is not open, done and undone, latest last; and what
    /// it was asked for.
    Earlier(PathBuf, (Vec<Act>, Vec<Act>), Turn),
    /// `$EDITOR` came back with this text; `None`: it failed or was left.
    Edited(Option<String>),
    /// What a change does to the configuration file; or why it cannot be made.
    Proposed(Change, Result<Proposal, String>),
    /// A change is in this configuration file; or why it is not.
    Configured(Result<PathBuf, String>),
    /// An address could not be opened: it, and why.
    NotBrowsed(String, String),
    /// An export is written, or why it is not and what can be done.
    Exported(Result<Exported, String>),
    /// Where a pasted article is now, or why there is none.
    Added(Result<PathBuf, String>),
    /// The article or its sidecar changed on disk.
    ChangedOutside(String),
    /// The program was asked to end (signal, terminal gone).
    Terminate,
}

/// What a click stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// A key.
    Key(Key),
    /// A command, by its name in the table.
    Command(&'static str),
    /// The keys go to the article.
    Article,
    /// The keys go to the list of claims.
    Claims,
    /// The keys go to the list of sources.
    Sources,
    /// This row of the open list is taken.
    Row(usize),
    /// The open window is left.
    Leave,
}

/// An article opened for review.
#[derive(Debug)]
pub struct Opened {
    /// Where it stands.
    pub path: PathBuf,
    /// The article.
    pub article: Article,
    /// Its annotations: from the sidecar and journal, or none yet.
    pub document: Document,
    /// What opening had to say.
    pub notices: Vec<String>,
    /// Why nothing can be decided here, if so.
    pub read_only: Option<String>,
    /// Acts of earlier runs, oldest first, to be undone.
    pub done: Vec<Act>,
    /// Acts of earlier runs, to be redone.
    pub undone: Vec<Act>,
    /// What stood around words that were judged in earlier versions.
    pub contexts: Contexts,
}

/// Words judged in an earlier version of the article with what stood around them, by record and
/// reviewer.
pub type Contexts = FxHashMap<(Id, String), String>;

/// How it went to take up decisions that belong to an article.
#[derive(Debug)]
pub enum TakenUp {
    /// They are taken up; what is worth knowing.
    Yes(Vec<String>),
    /// They are where they were; why.
    No(String),
}

/// How a decision or save went.
#[derive(Debug)]
pub enum Saved {
    /// It is on disk.
    Yes,
    /// It is on disk, merged with a change from outside: the document to show.
    Merged(Box<Document>, Vec<String>),
    /// It is not on disk; the text says why and what was kept.
    No(String),
}

/// An article of the queue, before it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where it stands; all who keep it share it.
    pub path: Arc<Path>,
    /// Its name as shown: the path below the folder opened.
    pub name: String,
    /// Why it cannot be read, if so.
    pub trouble: Option<String>,
}

/// What is to be exported, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The articles in order, each with the name it has in the export.
    pub articles: Vec<(PathBuf, String)>,
    /// The format.
    pub format: Format,
    /// The file's name, or its path below the folder that all of the articles stand in.
    pub file: PathBuf,
    /// Who publishes.
    pub publisher: Publisher,
}

/// The text of a new article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The folder it goes into.
    pub folder: PathBuf,
    /// The text, as the terminal gave it.
    pub text: String,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Where it stands.
    pub place: PathBuf,
    /// Whether an earlier export stood there.
    pub replaced: bool,
    /// Claims in it.
    pub claims: usize,
    /// Articles in it.
    pub articles: usize,
    /// What was left out because reviewers differ.
    pub withheld: Withheld,
    /// What could not be read, or only in part, and why.
    pub missing: Vec<String>,
}

/// Something the desk asks for.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// Write this edit of the open article to the journal and sync it, before drawing.
    Journal(Box<Edit>),
    /// Keep this act in the undo log of the article.
    LogAct(PathBuf, Box<Act>),
    /// Keep in the undo log that the latest act was undone, or the latest undone one done again.
    LogTurn(PathBuf, Turn),
    /// Save and close the open article, and open this one for review.
    Open(PathBuf),
    /// Save and close the open article.
    Close,
    /// Save and close the open article, take up the decisions in these files for it, and open it
    /// again; answered with `Opened` and `TakenUp`.
    TakeUp(PathBuf, Vec<PathBuf>),
    /// Save and close the open article, take a paragraph that was left out into it, or out again
    /// (`false`), and open it again; answered with `Opened` and `TakenUp`.
    TakeIn(PathBuf, String, bool),
    /// Let a detector send texts to a host from now on, and ask it about the open article.
    Allow(String, String),
    /// Save the open article now.
    Save,
    /// Carry out a decision on an article that is not open (queue: finish, later, tag): open
    /// it, apply, journal, save, close; answered with `ActedClosed` and `Looked`. Several are
    /// carried out in their order, one between two looks at what else happened.
    ActClosed(PathBuf, Decide),
    /// Carry out an act on an article that is not open (undo and redo from the queue), if what it
    /// goes out from still stands there; answered with `EditedClosed` and `Looked`.
    EditClosed(PathBuf, Box<Act>),
    /// Read the undo log of an article that is not open; answered with `Earlier`.
    Earlier(PathBuf, Turn),
    /// Put a run into a copy of the review; answered with `RunTaken`.
    TakeRun(Box<RunToTake>),
    /// Let go of what is not shown any more, where no key waits for that.
    LetGo(LetGo),
    /// Look at these articles of the queue; the index counts them as they were listed. Each is
    /// answered with `Looked`.
    Look(Vec<(usize, Arc<Path>)>),
    /// Walk the folders again, now; answered with `Walked` and `WalkDone`.
    Walk,
    /// Open `$EDITOR` on this text.
    Editor(String),
    /// Say what this change would do to the configuration file; answered with `Proposed`.
    Propose(Change),
    /// Write this change to the configuration file; answered with `Configured`.
    Configure(Change),
    /// Put this text on the clipboard, by the terminal and by the system's command.
    Copy(String),
    /// Open this address in the browser; answered with `NotBrowsed` where it cannot be.
    Browse(String),
    /// Write what was verified in these articles to a file; answered with `Exported`.
    Export(Box<Export>),
    /// Make an article of this text; answered with `Added`.
    Add(Pasted),
    /// Stop as a job (Ctrl-z).
    Suspend,
    /// Leave the desk.
    Quit,
}
