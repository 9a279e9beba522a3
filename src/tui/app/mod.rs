//! The desk: all state of the screens, changed by events alone.
//!
//! [`App::update`] takes an event and gives back requests for the runtime; drawing reads
//! the result. Nothing in here touches a disk, a clock or the terminal.

mod asking;
mod card;
mod choosing;
mod closed_articles;
mod colours;
mod command_line;
mod commands;
mod detectors;
mod evidence;
mod exporting;
mod folding;
mod going;
mod help;
mod hint_lines;
mod hints;
mod input;
mod key_guard;
mod left_out;
mod marking;
mod mode;
mod mode_keys;
mod mouse;
mod offering;
mod open_review;
mod opening;
mod options;
mod outward;
mod pasting;
pub mod practice;
mod preview;
mod putting_right;
mod queue_item;
mod queue_list;
mod queue_places;
mod queue_words;
mod recording;
mod searching;
mod seen;
mod settings;
mod showing;
mod summary;
mod tour;
mod tutor;
mod typed_lines;
mod window_room;

pub use colours::Colours;
pub use options::{AppOptions, Screen};

pub(in crate::tui) use card::{NO_SOURCE, small_card, words_of};
pub(in crate::tui) use hint_lines::{HintLine, HintLines};
pub(in crate::tui) use input::Input;
pub(in crate::tui) use mode::{Choose, HintUse, LineUse, MarkUse, Mode};
pub(in crate::tui) use open_review::{OpenReview, Pane, SaveState};
pub(in crate::tui) use queue_item::QueueItem;
pub(in crate::tui) use settings::change_lines;
pub(in crate::tui) use window_room::{CARD, TOLD, told_fields};

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crate::annotations::{Edit, Time};
use crate::review::{Act, History, Item, List, Look, Moment, Notice, Session, Turn};
use crate::tui::command::{Command, Key, Match, foreign};
use crate::tui::event::{Event, Request};
use crate::tui::layout;
use crate::tui::layout::{ListView, Step};
use closed_articles::Errand;
use detectors::Housed;
use mode_keys::is_control_c;
use preview::look_at;
use queue_list::QueueList;
use ratatui::crossterm::event::KeyModifiers;
use ratatui::layout::Rect;
use recording::Done;
use settings::Tried;
use tutor::Lessons;

/// An act on its way to the journal: how to take it back if it does not get there.
#[derive(Debug)]
struct Awaiting {
    rollback: Edit,
    what: Awaited,
}

#[derive(Clone, Copy, Debug)]
enum Awaited {
    Act,
    Turn(Turn),
}

/// All state of the desk.
#[derive(Debug)]
pub struct App {
    options: AppOptions,
    size: (u16, u16),
    /// When what happened last happened.
    now: Time,
    screen: Screen,
    queue: QueueList,
    review: Option<OpenReview>,
    /// The article just left, until the runtime has saved it.
    leaving: Option<OpenReview>,
    mode: Mode,
    pending: Vec<Key>,
    /// Whether keys were typed for claims that were not there yet.
    typed_ahead: bool,
    /// Whether evidence was recorded by the key before.
    form_closed: Option<Vec<Key>>,
    message: Option<Notice>,
    done: Option<Done>,
    /// Keys dropped because they came with Esc, until the next key by itself.
    dropped: Vec<Key>,
    history: History,
    awaiting: Option<Awaiting>,
    /// What was in force before a setting that is not written yet.
    tried: Option<Tried>,
    opening: Option<PathBuf>,
    /// What is turned as soon as its article is open.
    turn_when_open: Option<(Turn, Act)>,
    /// Acts on articles that are not open, on their way to the disk, oldest first.
    errands: VecDeque<Errand>,
    drag: Option<usize>,
    hint_lines: HintLines,
    /// Where the parts of the review screen stand, as they were laid out last.
    areas: Option<layout::Review>,
    lessons: Option<Lessons>,
    /// The detectors of the house.
    detectors: Vec<Housed>,
    /// What a detector is to be allowed, until it is known whether that is written.
    allowing: Option<(String, String)>,
}

impl App {
    /// The desk at its start; the runtime lists or opens the articles.
    pub fn new(options: AppOptions, size: (u16, u16)) -> App {
        let told = match options.keymap.displaced() {
            [] => None,
            [one] => Some(one.to_string()),
            [first, more @ ..] => Some(format!("{first}; and {} more, see `config`", more.len())),
        };
        App {
            screen: if options.article.is_some() {
                Screen::Review
            } else {
                Screen::Queue
            },
            opening: options.article.clone(),
            mode: match (options.tour, options.problems.as_slice()) {
                (true, _) => Mode::Tour { top: 0 },
                (false, []) => Mode::Normal,
                (false, problems) => Mode::tell(problems.to_vec()),
            },
            lessons: options.tutor.then(Lessons::default),
            detectors: options
                .detectors
                .iter()
                .map(|name| Housed::new(name))
                .collect(),
            allowing: None,
            options,
            size,
            now: Time::new(""),
            queue: QueueList::default(),
            review: None,
            leaving: None,
            pending: Vec::new(),
            typed_ahead: false,
            form_closed: None,
            message: told.map(Notice::Info),
            done: None,
            dropped: Vec::new(),
            history: History::default(),
            awaiting: None,
            tried: None,
            turn_when_open: None,
            errands: VecDeque::new(),
            drag: None,
            hint_lines: HintLines::default(),
            areas: None,
        }
    }

    /// What is asked for before the first event.
    pub fn start(&mut self) -> Vec<Request> {
        self.opening
            .clone()
            .map(Request::Open)
            .into_iter()
            .collect()
    }

    /// The review on the screen, if an article is open.
    pub fn session(&self) -> Option<&Session> {
        self.review.as_ref().map(|review| &review.session)
    }

    /// Takes an event and says what the world has to do for it.
    pub fn update(&mut self, event: Event, moment: &Moment) -> Vec<Request> {
        self.now = moment.now.clone();
        // There may be a hundred thousand of these, and nothing else is laid out by them.
        let is_of_queue = matches!(event, Event::Listed(_) | Event::Looked(..));
        let requests = match event {
            Event::Key(key) => {
                self.told();
                self.dropped.clear();
                self.key(key, moment)
            }
            Event::KeyWithEscape(key) => {
                if self.dropped.is_empty() {
                    self.told();
                }
                self.key_with_escape(key, moment)
            }
            Event::Mouse(mouse) | Event::SecondClick(mouse) => self.mouse(mouse, moment),
            Event::Meant(meant, is_second) => self.meant(meant, is_second, moment),
            Event::Paste(text) => self.paste(&text, moment),
            Event::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Event::Ground(ground) => {
                self.take_ground(ground);
                Vec::new()
            }
            Event::Proposed(change, proposed) => self.proposed(change, proposed),
            Event::Configured(configured) => {
                self.configured(configured);
                Vec::new()
            }
            Event::Opened(opened) => {
                self.pending.clear();
                self.opened(*opened)
            }
            Event::NotOpened { path, reason } => self.not_opened(&path, reason),
            Event::Offered(path, offer) => {
                self.offered(&path, offer);
                Vec::new()
            }
            Event::TakenUp(taken) => {
                self.taken_up(taken);
                Vec::new()
            }
            Event::Detected {
                path,
                text,
                findings,
            } => self.detected(&path, &text, findings, moment),
            Event::RunTaken(taken) => self.run_taken(*taken, moment),
            Event::NotDetected { path, reason } => self.not_detected(&path, reason, moment),
            Event::Asked { detector, told, .. } => {
                self.asked(&detector, told);
                Vec::new()
            }
            Event::Heard {
                path,
                detector,
                heard,
            } => self.heard(&path, &detector, heard, moment),
            Event::Saved(saved) => {
                self.saved(saved);
                Vec::new()
            }
            Event::Listed(listed) => {
                self.queue.add(listed);
                if let Some(path) = self.review.as_ref().map(|review| &review.path) {
                    self.queue.select(path);
                }
                Vec::new()
            }
            Event::ListingDone => {
                self.queue.all_listed();
                Vec::new()
            }
            Event::Walked(listed) => look_at(self.queue.walked(listed)),
            Event::WalkDone => {
                self.queue.walk_done();
                Vec::new()
            }
            Event::Touched(paths) => {
                // The open one is looked at when it is left.
                let open = self.review.as_ref().map(|review| review.path.as_path());
                let others = paths.iter().filter(|path| Some(path.as_path()) != open);
                let at = |path: &PathBuf| self.queue.found(path);
                look_at(others.filter_map(at).collect())
            }
            Event::Looked(at, row) => {
                self.queue.look(at, *row);
                Vec::new()
            }
            Event::ActedClosed(path, went) => self.acted_closed(path, went),
            Event::EditedClosed(path, went) => self.edited_closed(path, went),
            Event::Earlier(path, acts, turn) => self.turn_earlier(&path, acts, turn),
            Event::Edited(text) => self.edited(text, moment),
            Event::NotBrowsed(address, reason) => {
                self.mode = Mode::tell(vec![reason, address]);
                Vec::new()
            }
            Event::Added(went) => self.added(went),
            Event::Exported(went) => {
                self.exported(went);
                Vec::new()
            }
            Event::ChangedOutside(what) => {
                self.message = Some(Notice::Info(what));
                Vec::new()
            }
            Event::Terminate => vec![Request::Quit],
        };
        if is_of_queue {
            self.fit_queue();
        } else {
            self.heed_lesson(moment);
            self.fit();
        }
        requests
    }

    /// The whole screen, less what a lesson takes at the top.
    pub(super) fn area(&self) -> Rect {
        let taken = self.lesson_area().height;
        Rect::new(0, taken, self.size.0, self.size.1 - taken)
    }

    /// Where the parts of the review screen stand.
    pub(super) fn review_layout(&self) -> layout::Review {
        let focus = match self.focus() {
            _ if self.mode.is_in_article() => layout::Pane::Article,
            Pane::Article => layout::Pane::Article,
            Pane::Claims | Pane::Sources => layout::Pane::List,
        };
        self.layout_with(focus)
    }

    fn layout_with(&self, focus: layout::Pane) -> layout::Review {
        let listed = self.review.as_ref().map_or(0, OpenReview::most_rows);
        let words = |columns: u16| self.rows_of_selected(columns);
        layout::review(self.area(), focus, listed, &words)
    }

    /// Lays the panes out for the size at hand and keeps what is selected in view.
    fn fit(&mut self) {
        let areas = self.review_layout();
        self.areas = Some(areas);
        // One that makes way for the list is laid out too: it comes forward when words are picked.
        let forward = || self.layout_with(layout::Pane::Article).article;
        let article = areas.article.or_else(forward);
        if let Some(review) = &mut self.review {
            review.mark();
            if let Some(article) = article {
                let text = layout::article_columns(article.inner).text;
                review.article.resize(text.width, text.height);
            }
            let inner = areas.list.map_or(Rect::default(), |list| list.inner);
            for list in [List::Claims, List::Sources] {
                let (rows, selected) = (review.rows(list), review.selected_row(list));
                let height = inner.height / rows_of(list, inner);
                let view = match list {
                    List::Claims => &mut review.claims,
                    List::Sources => &mut review.sources,
                };
                fit_list(view, rows, selected, height);
            }
        }
        self.fit_queue();
    }

    /// Lines of a row of the queue: two while all of them fit.
    pub(in crate::tui) fn queue_lines(&self) -> u16 {
        let inner = layout::queue(self.area()).list.inner;
        layout::queue_lines(inner, self.queue.count())
    }

    /// The pane with the keys.
    pub(super) fn focus(&self) -> Pane {
        self.review
            .as_ref()
            .map_or(Pane::Claims, |review| review.pane)
    }

    /// Takes a key.
    fn key(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        if key == Key::CTRL_Z {
            return vec![Request::Suspend];
        }
        if key.modifiers.contains(KeyModifiers::ALT) && !self.takes_alt(key) {
            let mut requests = self.key(Key::ESC, moment);
            requests.extend(self.key_with_escape(key.without_alt(), moment));
            return requests;
        }
        if !matches!(self.mode, Mode::Normal) {
            return self.key_in_mode(key, moment);
        }
        if self.is_typed_ahead(key) || self.is_meant_for_form(key) {
            return Vec::new();
        }
        if key == Key::ESC {
            return self.leave(moment);
        }
        self.pending.push(key);
        match self.options.keymap.find(self.scope(), &self.pending) {
            Match::Command(command) => {
                self.pending.clear();
                self.command(command, moment)
            }
            Match::Pending => Vec::new(),
            Match::None if is_control_c(key) => {
                self.pending.clear();
                self.mode = Mode::AskQuit;
                Vec::new()
            }
            Match::None => {
                // Nothing of a sequence acts by itself: its last key was not meant alone.
                let keys: Vec<String> = self.pending.drain(..).map(|k| k.to_string()).collect();
                self.refuse_key(key, &keys.join(" "));
                Vec::new()
            }
        }
    }

    /// Says that a key, written as `keys` with those before it, has no meaning here.
    fn refuse_key(&mut self, key: Key, keys: &str) {
        let help = self.options.keymap.hint(&Command::Help);
        self.refuse(match key.character().and_then(foreign) {
            Some(layout) => layout,
            None => format!("{keys} does nothing here; {help} shows all keys"),
        });
    }

    /// Esc: leaves what was begun (keys of a sequence, a search, a filter) and never more.
    fn leave(&mut self, moment: &Moment) -> Vec<Request> {
        self.pending.clear();
        self.done = None;
        self.show_all(moment)
    }

    /// What was told was read: the next key or click is there.
    fn told(&mut self) {
        self.message = None;
        self.done.iter_mut().for_each(|done| done.is_fresh = false);
    }

    /// Tells the reviewer something.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Notice::Info(text.into()));
    }

    /// Tells the reviewer why something was not done.
    fn refuse(&mut self, text: impl Into<String>) {
        self.message = Some(Notice::Refused(text.into()));
    }

    /// Selects an item of the open article and shows it.
    fn select(&mut self, item: Item, moment: &Moment) -> Vec<Request> {
        self.act(Look::Select(item), moment)
    }

    fn drag_from(&mut self, byte: Option<usize>) -> Option<usize> {
        std::mem::replace(&mut self.drag, byte)
    }

    fn dragging(&self) -> Option<usize> {
        self.drag
    }
}

/// Rows of the screen that an item has in a list with that content.
pub(super) fn rows_of(list: List, inner: Rect) -> u16 {
    match list {
        List::Claims => layout::claim_rows(inner),
        List::Sources => 1,
    }
}

/// Tells a list its size; the selected row is brought into view where anything changed.
fn fit_list(view: &mut ListView, rows: usize, selected: Option<usize>, height: u16) {
    view.perform(Step::Length(rows));
    view.perform(Step::Resize(height));
    if let Some(row) = selected.filter(|row| view.selected() != Some(*row)) {
        view.perform(Step::Select(row));
    }
}

/// The file's name alone.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
