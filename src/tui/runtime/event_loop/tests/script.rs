//! Desk, disk, screen and workers that do as a script says and write down what happened.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use ratatui::backend::TestBackend;
use ratatui::text::Text;

use ratatui::Frame;

use super::super::*;
use crate::annotations::{Document, QueueRow};
use crate::config::{Change, Proposal};
use crate::detect::Findings;
use crate::review::{Act, Decide, Moment};
use crate::store::Offer;
use crate::text::{Article, Media};
use crate::tui::command::Key;
use crate::tui::event::{Export, Exported, LetGo, Listed, Opened, Pasted};
use crate::tui::runtime::desk_and_files::{Kept, Outcome};
use crate::tui::runtime::worker::Work;

/// What happened to desk, disk and screen, in order.
pub(super) type Log = Rc<RefCell<Vec<String>>>;

/// A desk that answers each key as its script says and writes down what it was told.
pub(super) struct Script {
    pub(super) log: Log,
    pub(super) document: Arc<Document>,
    pub(super) start: Vec<Request>,
    pub(super) answers: HashMap<&'static str, Vec<Request>>,
}

impl Desk for Script {
    fn start(&mut self) -> Vec<Request> {
        std::mem::take(&mut self.start)
    }

    fn update(&mut self, event: Event, moment: &Moment) -> Vec<Request> {
        assert_eq!(moment.now.as_str().len(), "2026-01-01T00:00:00Z".len());
        let told = match event {
            Event::Key(key) => format!("key {key}"),
            Event::Opened(opened) => format!("opened {}", opened.path.display()),
            Event::NotOpened { path, reason } => format!("not opened {}: {reason}", path.display()),
            Event::Detected { path, .. } => format!("detected {}", path.display()),
            Event::Saved(Saved::Yes) => "saved".into(),
            Event::Saved(Saved::No(reason)) => format!("not saved: {reason}"),
            Event::Saved(Saved::Merged(_, notices)) => format!("merged: {}", notices.join(" ")),
            Event::Resize(columns, rows) => format!("resize {columns}x{rows}"),
            Event::Terminate => "terminate".into(),
            Event::ChangedOutside(what) => what,
            Event::NotBrowsed(address, reason) => format!("not browsed {address}: {reason}"),
            Event::Looked(at, _) => format!("looked {at}"),
            Event::ActedClosed(path, _) => format!("acted on {}", path.display()),
            Event::EditedClosed(path, _) => format!("edited {}", path.display()),
            other => format!("{other:?}"),
        };
        let key = told.strip_prefix("key ").unwrap_or_default();
        let answer = self.answers.remove(key).unwrap_or_default();
        self.log.borrow_mut().push(told);
        answer
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.log.borrow_mut().push("draw".into());
        frame.render_widget(Text::raw("desk"), frame.area());
    }

    fn card(&self) -> Option<String> {
        None
    }

    fn listed(&self, path: &Path) -> Option<(usize, Arc<Path>)> {
        (path == Path::new("a.txt")).then(|| (0, path.into()))
    }

    fn article(&self) -> Option<&Article> {
        None
    }

    fn document(&self) -> Option<Arc<Document>> {
        Some(Arc::clone(&self.document))
    }

    fn closed(&mut self) -> Option<LetGo> {
        self.log.borrow_mut().push("closed".into());
        None
    }
}

/// A disk in memory; the calls named in `faults` fail.
#[derive(Default)]
pub(super) struct Disk {
    pub(super) log: Log,
    pub(super) faults: Vec<&'static str>,
    pub(super) changes: VecDeque<&'static str>,
    pub(super) merges: bool,
    pub(super) is_unsaved: bool,
    pub(super) left: Vec<(PathBuf, String)>,
    pub(super) busy: Vec<PathBuf>,
    open: Option<PathBuf>,
    saving: Option<(Arc<Document>, Result<(), String>)>,
}

pub(super) fn article() -> Article {
    Article::new("a", "Fares fell.", Media::Plain)
}

impl Disk {
    fn call(&self, call: String) -> Result<(), String> {
        let fails = self.faults.iter().any(|fault| call.starts_with(fault));
        self.log.borrow_mut().push(call);
        if fails {
            Err("the disk is full".into())
        } else {
            Ok(())
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
        self.call(format!("open {}", path.display()))?;
        let closing = self.open.is_some().then(|| self.close(leaving)).flatten();
        self.open = Some(path.to_owned());
        let opened = Opened {
            path: path.to_owned(),
            document: Document::new(&article()),
            article: article(),
            notices: Vec::new(),
            read_only: None,
            done: Vec::new(),
            undone: Vec::new(),
            contexts: Default::default(),
        };
        Ok((opened, closing))
    }

    fn is_at_work_on(&self, path: &Path) -> bool {
        self.busy.iter().any(|busy| busy == path)
    }

    fn is_unsaved(&self) -> bool {
        self.is_unsaved
    }

    fn record(&mut self, _: &Document, edit: &Edit, _: &Moment) -> Result<Option<String>, String> {
        let Edit::Article { name, .. } = edit else {
            return Err("unexpected".into());
        };
        self.call(format!("sync {name}"))?;
        self.is_unsaved = true;
        Ok((name == "elsewhere").then(|| "in the state folder".to_owned()))
    }

    fn save(&mut self, document: Arc<Document>) -> Result<Option<Job>, String> {
        if self.saving.is_some() {
            return Ok(None);
        }
        let went = self.call("save".into());
        self.is_unsaved = went.is_err();
        self.saving = Some((document, went));
        Ok(Some(Box::new(|| Outcome::Done)))
    }

    fn saved(&mut self, shown: Option<&Arc<Document>>) -> Option<Result<Kept, String>> {
        let (document, went) = self.saving.take()?;
        let is_behind = shown.is_some_and(|shown| !Arc::ptr_eq(shown, &document));
        self.is_unsaved |= is_behind;
        Some(went.map(|()| Kept {
            is_behind,
            merged: self.merges.then(|| Document::new(&article())),
            notices: vec!["2 of hers".into()],
        }))
    }

    fn close(&mut self, _: Option<Arc<Document>>) -> Option<Job> {
        let path = self.open.take()?;
        let kind = if self.is_unsaved {
            "save and close"
        } else {
            "close"
        };
        if let Err(reason) = self.call(kind.into()) {
            self.left.push((path.clone(), reason));
        }
        self.saving = None;
        Some(Box::new(move || Outcome::Closed(path)))
    }

    fn left(&mut self) -> Vec<(PathBuf, String)> {
        std::mem::take(&mut self.left)
    }

    fn offer(&self, _: &Path, _: &Article) -> Option<Offer> {
        None
    }

    fn take_in(&mut self, _: &Path, _: &str, _: bool) -> Result<(), String> {
        Ok(())
    }

    fn take_up(&mut self, path: &Path, _: &[PathBuf]) -> Result<Vec<String>, String> {
        self.call(format!("take up for {}", path.display()))?;
        Ok(vec!["moved".into()])
    }

    fn look_outside(&mut self) -> Option<Job> {
        let path = self.open.clone()?;
        let changed = self.changes.pop_front()?;
        Some(Box::new(|| Outcome::Looked(path, changed.to_owned())))
    }

    fn earlier(&self, _: &Path) -> (Vec<Act>, Vec<Act>) {
        (Vec::new(), Vec::new())
    }

    fn log(&mut self, _: &Path, entry: LogEntry<'_>) -> Result<(), String> {
        let entry = match entry {
            LogEntry::Act(act) => format!("log {}", act.label),
            LogEntry::Undo => "log undo".into(),
            LogEntry::Redo => "log redo".into(),
        };
        self.call(entry)
    }

    fn act_closed(&mut self, path: &Path, _: Decide, _: &Moment) -> Job {
        let went = self.call(format!("act on {}", path.display()));
        let event = Event::ActedClosed(path.to_owned(), went.map(|()| Vec::new()));
        Box::new(|| Outcome::Told(event))
    }

    fn propose(&self, change: &Change) -> Result<Proposal, String> {
        Ok(Proposal {
            path: PathBuf::from("config.toml"),
            removed: Vec::new(),
            added: change.lines(),
        })
    }

    fn configure(&mut self, change: &Change) -> Result<PathBuf, String> {
        self.call(format!("configure {}", change.lines().join(" ")))?;
        Ok(PathBuf::from("config.toml"))
    }

    fn edit_closed(&mut self, path: &Path, _: Act, _: &Moment) -> Job {
        let went = self.call(format!("edit {}", path.display()));
        let event = Event::EditedClosed(path.to_owned(), went);
        Box::new(|| Outcome::Told(event))
    }
}

pub(super) struct Page {
    pub(super) log: Log,
    pub(super) terminal: ratatui::Terminal<TestBackend>,
    pub(super) dies_after: usize,
}

impl Screen for Page {
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        if self.dies_after == 0 {
            return Err(io::Error::other("the terminal is gone"));
        }
        self.dies_after -= 1;
        self.terminal.draw(|frame| paint(frame)).expect("memory");
        Ok(())
    }

    fn enter(&mut self) -> io::Result<()> {
        self.log.borrow_mut().push("enter".into());
        Ok(())
    }

    fn leave(&mut self) -> io::Result<()> {
        self.log.borrow_mut().push("leave".into());
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.log.borrow_mut().push(format!("copy {text}"));
        Ok(())
    }

    fn size(&self) -> (u16, u16) {
        (20, 5)
    }

    fn is_alive(&self) -> bool {
        self.dies_after > 0
    }
}

/// Reads nothing, finds nothing, and never comes to the end of an article: what it found would be
/// told whenever its thread had its turn.
pub(super) struct Idle;

impl Work for Idle {
    fn detect(&self, _: &Article, _: &[crate::detect::Run]) -> Findings {
        loop {
            std::thread::park();
        }
    }

    fn list(&self, _: &[PathBuf], _: &mut dyn FnMut(Vec<Listed>) -> bool) {}

    fn look(&self, _: &Path) -> QueueRow {
        QueueRow::with_trouble(String::new())
    }

    fn export(&self, _: &Export) -> Result<Exported, String> {
        Err("the disk is full".to_owned())
    }

    fn add(&self, _: &Pasted) -> Result<PathBuf, String> {
        Err("the disk is full".to_owned())
    }

    fn stamps(&self, _: &[PathBuf], _: &mut dyn FnMut(&Path, u64)) {}
}

pub(super) type Desktop = Runtime<Script, Page, Disk>;

pub(super) fn desk(answers: Vec<(&'static str, Vec<Request>)>) -> (Desktop, Sender<Wake>, Log) {
    let log = Log::default();
    let (send, wakes) = mpsc::channel();
    let terminal = ratatui::Terminal::new(TestBackend::new(20, 5)).expect("memory");
    let runtime = Runtime {
        desk: Script {
            log: Rc::clone(&log),
            document: Arc::new(Document::new(&article())),
            start: Vec::new(),
            answers: answers.into_iter().collect(),
        },
        screen: Page {
            log: Rc::clone(&log),
            terminal,
            dies_after: usize::MAX,
        },
        files: Disk {
            log: Rc::clone(&log),
            ..Disk::default()
        },
        workers: Workers::start(Arc::new(Idle), 1, &send).expect("threads"),
        reader: None,
        wakes,
        allowing: Arc::default(),
        clock: Clock::default(),
        state: State::default(),
    };
    (runtime, send, log)
}

pub(super) fn press(send: &Sender<Wake>, keys: &[&str]) {
    for key in keys {
        let key = Key::parse(key).expect("a key");
        send.send(Wake::Event(Event::Key(key))).expect("it listens");
    }
}

pub(super) fn edit(name: &str) -> Edit {
    Edit::Article {
        name: name.to_owned(),
        value: None,
    }
}

pub(super) fn act(name: &str) -> Act {
    Act {
        label: name.to_owned(),
        edit: edit(name),
        inverse: edit(name),
    }
}

pub(super) fn journal(name: &str) -> Request {
    Request::Journal(Box::new(edit(name)))
}

pub(super) fn log_act(label: &str) -> Request {
    let act = Act {
        label: label.to_owned(),
        edit: edit(label),
        inverse: edit(label),
    };
    Request::LogAct("a.txt".into(), Box::new(act))
}

/// What happened so far.
pub(super) fn told(log: &Log) -> Vec<String> {
    log.borrow().clone()
}

/// What happened since the last article was opened.
pub(super) fn told_since_open(log: &Log) -> Vec<String> {
    let log = log.borrow();
    let at = log.iter().rposition(|told| told.starts_with("opened"));
    log[at.map_or(0, |at| at + 1)..].to_vec()
}
