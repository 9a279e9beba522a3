//! The loop: wait for something to happen, tell the desk, do what it asks, draw.
//!
//! All that wakes it comes through one channel, so nothing is polled and nothing spins.
//! Everything waiting is dealt with before the next frame, so a held key never lags. What a
//! decision asks of the disk is done, and synced, before the frame that shows it.

mod opening;
mod programs;
mod ran;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::signals;
use super::terminal::{Reader, Screen};
use super::wake::Wake;
use super::worker::Workers;
use crate::annotations::Edit;
use crate::outside::Detectors;
use crate::review::Turn;
use crate::tui::event::{Event, LetGo, Request, Saved};

use super::clicks::Clicks;
use super::clock::Clock;
use super::desk_and_files::{Desk, Files, Job, LogEntry, Outcome};
use super::refused::Refused;

/// How long after the last decision the sidecar is written, if nothing else happens.
const SAVE_AFTER: Duration = Duration::from_secs(2);
/// How often the disk and the terminal are looked at while nothing happens.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// The longest that waiting events are dealt with before a frame shows them.
const FRAME_WITHIN: Duration = Duration::from_millis(30);
/// How long the end may wait for the disk before it is said why.
const TOLD_AFTER: Duration = Duration::from_millis(200);
/// The shortest time between frames that show only what workers found.
const QUIET_FRAME: Duration = Duration::from_millis(60);

/// How the desk came to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// The signal that ended it; `None`: the reviewer, or the terminal's end.
    pub signal: Option<i32>,
    /// What the reviewer should know and the screen can no longer show.
    pub notices: Vec<String>,
    /// Whether there are decisions that are in no sidecar, or that could not be written at all.
    pub unsaved: bool,
}

/// Everything the loop works with.
pub(super) struct Runtime<D, S, F> {
    /// The desk.
    pub(super) desk: D,
    /// The terminal.
    pub(super) screen: S,
    /// The disk.
    pub(super) files: F,
    /// The threads in the background.
    pub(super) workers: Workers,
    /// The thread that reads keys; tests have none.
    pub(super) reader: Option<Reader>,
    /// What wakes the loop.
    pub(super) wakes: Receiver<Wake>,
    /// The detectors of the house, for what they may.
    pub(super) allowing: Arc<Detectors>,
    /// Times and chance.
    pub(super) clock: Clock,
    /// State of the loop itself.
    pub(super) state: State,
}

/// What the loop has to remember.
#[derive(Debug, Default)]
pub(super) struct State {
    open: Option<PathBuf>,
    /// Whether an article was listed.
    has_rows: bool,
    /// When the sidecar is due; `None`: it holds everything, or waits for a decision.
    save_at: Option<Instant>,
    /// When the next frame is due; `None`: nothing changed.
    frame_at: Option<Instant>,
    /// Articles that were left without their sidecar being saved, and why.
    left: Vec<(PathBuf, String)>,
    /// What came while jobs were waited for.
    waiting: VecDeque<Wake>,
    refused: Refused,
    clicks: Clicks,
    ended: Option<Ended>,
    /// Whether nothing is read any more.
    is_ending: bool,
}

impl<D: Desk, S: Screen, F: Files> Runtime<D, S, F> {
    /// Runs the desk until it ends. The terminal stays taken: its owner gives it back.
    pub(super) fn run(&mut self) -> Ended {
        let requests = self.desk.start();
        self.carry_out(requests);
        self.draw();
        let mut look_at = Instant::now() + LOOK_EVERY;
        while self.state.ended.is_none() {
            let due = [Some(look_at), self.state.save_at, self.state.frame_at];
            let due = due.into_iter().flatten().min().unwrap_or(look_at);
            let within = due.saturating_duration_since(Instant::now());
            match self.next_within(within) {
                Ok(wake) => self.take_all(wake),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.end(None),
            }
            let now = Instant::now();
            if self.state.save_at.is_some_and(|at| at <= now) {
                self.save();
            }
            if look_at <= now {
                look_at = now + LOOK_EVERY;
                self.look_around();
            }
            let is_due = |at: Instant| at <= Instant::now();
            if self.state.ended.is_none() && self.state.frame_at.is_some_and(is_due) {
                self.draw();
            }
        }
        self.finish()
    }

    /// Deals with a wake and all that wait behind it.
    fn take_all(&mut self, first: Wake) {
        let until = Instant::now() + FRAME_WITHIN;
        let mut next = Some(first);
        while let Some(wake) = next {
            self.take(wake);
            if self.state.ended.is_some() || Instant::now() >= until {
                return;
            }
            next = self.next_within(Duration::ZERO).ok();
        }
    }

    fn next_within(&mut self, time: Duration) -> Result<Wake, RecvTimeoutError> {
        match self.state.waiting.pop_front() {
            Some(wake) => Ok(wake),
            None => self.wakes.recv_timeout(time),
        }
    }

    fn take(&mut self, wake: Wake) {
        match wake {
            Wake::Event(event) => {
                let quiet = match event {
                    // The first rows are waited for.
                    Event::Listed(_) => std::mem::replace(&mut self.state.has_rows, true),
                    Event::ListingDone
                    | Event::Looked(..)
                    | Event::Walked(_)
                    | Event::WalkDone
                    | Event::Touched(_) => true,
                    _ => false,
                };
                if matches!(event, Event::Looked(..)) {
                    self.workers.row_taken();
                }
                let event = self.state.clicks.told(event, Instant::now());
                self.tell(event);
                self.frame_within(if quiet { QUIET_FRAME } else { Duration::ZERO });
            }
            Wake::Ran(came) => {
                if self.came(came) {
                    self.frame_within(Duration::ZERO);
                }
            }
            Wake::Signal(signal) => {
                self.tell(Event::Terminate);
                self.end(Some(signal));
            }
            Wake::TerminalGone => {
                self.tell(Event::Terminate);
                self.end(None);
            }
            Wake::Stop => self.suspend(),
            Wake::Continued => {
                // Whoever stopped the program may have changed the terminal's modes since.
                let _ = self.screen.leave();
                self.take_screen();
            }
        }
    }

    /// Tells the desk and does what it asks.
    fn tell(&mut self, event: Event) {
        match &event {
            Event::ListingDone => self.workers.watch(),
            // An article left before it was read.
            Event::Detected { path, .. }
            | Event::NotDetected { path, .. }
            | Event::Asked { path, .. }
            | Event::Heard { path, .. }
                if self.state.open.as_ref() != Some(path) =>
            {
                return;
            }
            _ => {}
        }
        let moment = self.clock.moment();
        let requests = self.desk.update(event, &moment);
        self.carry_out(requests);
    }

    /// Does what the desk asks, in order.
    fn carry_out(&mut self, requests: Vec<Request>) {
        // What was not written is no act to be undone: the desk takes it back itself.
        let mut written = true;
        for request in requests {
            match request {
                Request::Journal(edit) => written = self.journal(&edit),
                Request::LogAct(path, act) if written => self.log(&path, LogEntry::Act(&act)),
                Request::LogTurn(path, Turn::Undo) if written => self.log(&path, LogEntry::Undo),
                Request::LogTurn(path, Turn::Redo) if written => self.log(&path, LogEntry::Redo),
                Request::LogAct(..) | Request::LogTurn(..) => {}
                Request::Open(path) => self.open(path),
                Request::Close => self.close(),
                Request::TakeUp(path, strays) => self.take_up(path, &strays),
                Request::TakeIn(path, words, is_in) => self.take_in(path, &words, is_in),
                Request::Allow(detector, host) => {
                    self.allowing.allow(&detector, &host);
                    self.ask_detectors();
                }
                Request::Save => self.save(),
                Request::ActClosed(path, decide) => {
                    let moment = self.clock.moment();
                    self.workers
                        .run(self.files.act_closed(&path, decide, &moment));
                }
                Request::EditClosed(path, act) => {
                    let moment = self.clock.moment();
                    self.workers
                        .run(self.files.edit_closed(&path, *act, &moment));
                }
                Request::Earlier(path, turn) => {
                    let acts = self.files.earlier(&path);
                    self.tell(Event::Earlier(path, acts, turn));
                }
                Request::Look(articles) => self.workers.look_in_order(articles),
                Request::TakeRun(run) => self.workers.take_run(*run),
                Request::LetGo(gone) => self.let_go(gone),
                Request::Walk => self.workers.walk(),
                Request::Export(export) => self.workers.export(*export),
                Request::Add(pasted) => self.workers.add(pasted),
                Request::Editor(text) => self.edit(&text),
                Request::Propose(change) => {
                    let proposed = self.files.propose(&change);
                    self.tell(Event::Proposed(change, proposed));
                }
                Request::Configure(change) => {
                    let configured = self.files.configure(&change);
                    self.tell(Event::Configured(configured));
                }
                Request::Copy(text) => self.copy(text),
                Request::Browse(address) => self.browse(address),
                Request::Suspend => self.suspend(),
                Request::Quit => self.end(None),
            }
        }
    }

    fn journal(&mut self, edit: &Edit) -> bool {
        let moment = self.clock.moment();
        let recorded = match self.desk.document() {
            Some(document) => self.files.record(&document, edit, &moment),
            None => Err("no article is open".to_owned()),
        };
        match recorded {
            Ok(notice) => {
                if let Some(path) = &self.state.open {
                    self.state.refused.written(path);
                }
                self.state.save_at = Some(Instant::now() + SAVE_AFTER);
                self.tell(Event::Saved(Saved::Yes));
                if let Some(notice) = notice {
                    self.tell(Event::ChangedOutside(notice));
                }
                true
            }
            Err(reason) => {
                if let Some(path) = &self.state.open {
                    self.state.refused.one(path, &reason);
                }
                self.tell(Event::Saved(Saved::No(reason)));
                false
            }
        }
    }

    fn log(&mut self, path: &Path, entry: LogEntry<'_>) {
        if let Err(reason) = self.files.log(path, entry) {
            // The decision is safe; only undoing it in a later run is not.
            tracing::warn!(
                "the undo log of {} was not written: {reason}",
                path.display()
            );
        }
    }

    /// Lets go of the open article, which is saved while keys are read.
    fn close(&mut self) {
        let closing = self.files.close(self.desk.document());
        self.left_behind(closing);
    }

    fn left_behind(&mut self, closing: Option<Job>) {
        if let Some(gone) = self.desk.closed() {
            match self.state.is_ending {
                // The end does not wait for what the system takes back at once.
                true => std::mem::forget(gone),
                false => self.let_go(gone),
            }
        }
        self.workers.ask(None);
        self.state.save_at = None;
        self.state.open = None;
        if let Some(job) = closing {
            self.workers.begin(job);
        }
    }

    fn let_go(&self, gone: LetGo) {
        self.workers.begin(Box::new(move || {
            drop(gone);
            Outcome::Done
        }));
    }

    fn suspend(&mut self) {
        self.give_screen();
        if let Err(error) = signals::stop() {
            tracing::warn!("could not stop as a job: {error}");
        }
        self.take_screen();
    }

    /// Lets someone else have keys and screen.
    fn give_screen(&mut self) {
        if let Some(reader) = &self.reader {
            reader.pause();
        }
        if let Err(error) = self.screen.leave() {
            tracing::warn!("could not give the terminal back: {error}");
        }
    }

    /// Takes keys and screen back, whatever their size is now.
    fn take_screen(&mut self) {
        let taken = self.screen.enter();
        if let Some(reader) = &self.reader {
            reader.resume();
        }
        match taken {
            Ok(()) => {
                let (columns, rows) = self.screen.size();
                self.tell(Event::Resize(columns, rows));
                self.frame_within(Duration::ZERO);
            }
            Err(error) => {
                tracing::error!("could not take the terminal back: {error}");
                self.end(None);
            }
        }
    }

    /// What is done now and then while nothing happens.
    fn look_around(&mut self) {
        if !self.screen.is_alive() {
            self.tell(Event::Terminate);
            self.end(None);
        } else if let Some(job) = self.files.look_outside() {
            self.workers.begin(job);
        }
    }

    fn frame_within(&mut self, time: Duration) {
        let at = Instant::now() + time;
        self.state.frame_at = Some(self.state.frame_at.map_or(at, |due| due.min(at)));
    }

    fn draw(&mut self) {
        self.state.frame_at = None;
        let desk = &self.desk;
        if let Err(error) = self.screen.draw(&mut |frame| desk.draw(frame)) {
            tracing::error!("drawing failed: {error}");
            self.end(None);
        }
        self.clock.shown(self.desk.card());
    }

    fn end(&mut self, signal: Option<i32>) {
        self.state.ended.get_or_insert_with(Ended::default).signal = signal;
    }

    /// Saves what is left to save. A save that fails loses nothing: the journal holds it.
    fn finish(&mut self) -> Ended {
        let mut ended = self.state.ended.take().unwrap_or_default();
        self.state.is_ending = true;
        self.close();
        if !self.workers.are_jobs_done_within(TOLD_AFTER) {
            let told = "what was decided is being written; then the desk ends";
            self.tell(Event::ChangedOutside(told.to_owned()));
            self.draw();
        }
        ended.notices.extend(self.late());
        ended.unsaved = !self.state.left.is_empty();
        for (path, reason) in self.state.left.drain(..) {
            let notice = format!("{}: {}", path.display(), not_saved(&reason));
            ended.notices.push(notice);
        }
        let refused = std::mem::take(&mut self.state.refused).said();
        ended.unsaved |= !refused.is_empty();
        ended.notices.extend(refused);
        ended
    }
}

pub(super) fn not_saved(reason: &str) -> String {
    format!(
        "the sidecar was not saved: {reason}; the decisions are in the journal and come back on \
         opening"
    )
}

#[cfg(test)]
mod tests;
