//! Articles of the queue that are not open: decisions on the selected one or on all that are
//! marked, and what became of those.
//!
//! A decision on several articles goes to the disk one article after the other, as an
//! [`Errand`]; it is told, and can be undone, as one.

use std::path::{Path, PathBuf};

use super::asking::NOT_OPEN;
use super::mode::Mode;
use super::recording::key_of;
use super::{App, QueueItem, QueueList, name_of};
use crate::annotations::{QueueOrder, QueueRow, QueueState, Standing};
use crate::review::{Act, Decide, Effect, Notice, Part, Turn};
use crate::text::Word;
use crate::tui::event::Request;

/// An act on articles that are not open, on its way to the disk.
#[derive(Debug)]
pub(super) struct Errand {
    /// Which way it goes in the history; `None`: it is new.
    turn: Option<Turn>,
    /// How many articles it is about, and of how many it is not known yet what became.
    all: usize,
    waiting: usize,
    /// What was done, or is to be turned, to each article.
    parts: Vec<Part>,
    /// Where it could not be done, and why.
    failed: Vec<(String, String)>,
}

/// What a decision in the queue is about: the marked articles, else the selected one.
fn in_hand(queue: &QueueList) -> Vec<&QueueItem> {
    match queue.count_marked() {
        1.. => queue.marked().collect(),
        0 => queue.selected().into_iter().collect(),
    }
}

impl App {
    /// Makes a decision on the marked articles of the queue, else on the selected one.
    pub(super) fn decide_closed(&mut self, decide: Decide) -> Vec<Request> {
        match decide {
            Decide::Finish { .. } => self.ask_finish_closed(),
            Decide::Later => self.act_closed(decide, |row| row.state == QueueState::Later),
            _ => {
                self.refuse(NOT_OPEN);
                Vec::new()
            }
        }
    }

    fn selected_path(&mut self) -> Option<PathBuf> {
        let Some(item) = self.queue.selected() else {
            self.refuse("no article is selected");
            return None;
        };
        if let Some(trouble) = item.unread() {
            let text = format!("{}: {trouble}", item.name());
            self.refuse(text);
            return None;
        }
        Some(item.path().to_owned())
    }

    /// Opens the selected article.
    pub(super) fn open_selected(&mut self) -> Vec<Request> {
        match self.selected_path() {
            Some(path) => self.open(&path),
            None => Vec::new(),
        }
    }

    /// Takes the row of the order list.
    pub(super) fn choose_queue_order(&mut self, row: usize) -> Vec<Request> {
        if let Some(order) = QueueOrder::ALL.get(row) {
            self.queue.set_order(*order);
        }
        Vec::new()
    }

    /// Whether a decision in the queue is about anything; says why it is not.
    fn has_in_hand(&mut self) -> bool {
        self.queue.count_marked() > 0 || self.selected_path().is_some()
    }

    fn ask_finish_closed(&mut self) -> Vec<Request> {
        let items = match self.has_in_hand() {
            true => in_hand(&self.queue),
            false => Vec::new(),
        };
        let rows: Vec<Standing> = items.iter().filter_map(|item| item.standing()).collect();
        let is_finished = |row: &Standing| row.state == QueueState::Finished;
        let articles = items.len();
        if articles > 0 && rows.len() == articles && rows.iter().all(is_finished) {
            self.say("finished already");
            return Vec::new();
        }
        let left = rows.iter().filter(|row| !is_finished(row));
        let undecided: usize = left.map(|row| row.total - row.decided).sum();
        if undecided == 0 {
            return self.finish_closed();
        }
        let nouns = if undecided == 1 { "item" } else { "items" };
        self.mode = Mode::AskFinish(match articles {
            1 => format!("{undecided} {nouns}"),
            many => format!("{undecided} {nouns} in {many} articles"),
        });
        Vec::new()
    }

    /// Finishes the marked articles of the queue, or the selected one, and goes on from that.
    pub(super) fn finish_closed(&mut self) -> Vec<Request> {
        let goes_on = self.queue.count_marked() == 0;
        let finish = Decide::Finish { anyway: true };
        let requests = self.act_closed(finish, |row| row.state == QueueState::Finished);
        if goes_on {
            self.queue.move_by(1);
        }
        requests
    }

    /// Adds a tag to the marked articles or the selected one; takes it away where all have it.
    pub(super) fn tag_closed(&mut self, tag: String) -> Vec<Request> {
        let decide = Decide::TagArticle(tag.clone());
        self.act_closed(decide, move |row| row.tags.contains(&tag))
    }

    /// Makes a decision that turns something round: where some of several articles have it
    /// already, only the others are given it.
    fn act_closed(&mut self, decide: Decide, has: impl Fn(&QueueRow) -> bool) -> Vec<Request> {
        let items = match self.has_in_hand() {
            true => in_hand(&self.queue),
            false => Vec::new(),
        };
        let has = |item: &QueueItem| self.queue.row_of(item).is_some_and(|row| has(&row));
        let items = items.into_iter().map(|item| (item, has(item)));
        let items: Vec<(&QueueItem, bool)> = items.collect();
        let all_have = items.iter().all(|(_, has)| *has);
        let about = items.into_iter().filter(|(_, has)| all_have || !has);
        let paths: Vec<PathBuf> = about.map(|(item, _)| item.path().to_owned()).collect();
        self.queue.stay();
        self.queue.unmark_all();
        self.send(None, Vec::new(), paths.len());
        let request = |path: PathBuf| Request::ActClosed(path, decide.clone());
        paths.into_iter().map(request).collect()
    }

    /// Turns acts on articles that are not open.
    pub(super) fn turn_closed(&mut self, turn: Turn, parts: Vec<Part>) -> Vec<Request> {
        let request = |(article, act): &Part| {
            let act = match turn {
                Turn::Undo => act.clone().turned(),
                Turn::Redo => act.clone(),
            };
            Request::EditClosed(PathBuf::from(article), Box::new(act))
        };
        let requests = parts.iter().map(request).collect();
        let all = parts.len();
        self.send(Some(turn), parts, all);
        requests
    }

    fn send(&mut self, turn: Option<Turn>, parts: Vec<Part>, all: usize) {
        if all > 0 {
            self.errands.push_back(Errand {
                turn,
                all,
                waiting: all,
                parts,
                failed: Vec::new(),
            });
        }
    }

    /// Why nothing can be undone now: what it would be is not on the disk yet.
    pub(super) fn errands_told(&self) -> Option<String> {
        let errand = self.errands.front()?;
        let (done, all) = (errand.all - errand.waiting, errand.all);
        Some(format!("{done} of {all} articles are written; then again"))
    }

    /// Takes up what became of a decision on an article that is not open.
    pub(super) fn acted_closed(
        &mut self,
        path: PathBuf,
        went: Result<Vec<Effect>, String>,
    ) -> Vec<Request> {
        let mut requests = Vec::new();
        let Some(errand) = self.errands.front_mut() else {
            return requests;
        };
        for effect in went.unwrap_or_else(|why| vec![Effect::Say(Notice::Refused(why))]) {
            match effect {
                Effect::Record(act) => {
                    let act: Act = *act;
                    errand.parts.push((key_of(&path), act.clone()));
                    requests.push(Request::LogAct(path.clone(), Box::new(act)));
                }
                Effect::Say(Notice::Refused(why)) => errand.failed.push((key_of(&path), why)),
                Effect::Say(Notice::Info(_)) | Effect::AskFinish(_) | Effect::OpenNext => {}
            }
        }
        self.came_back();
        requests
    }

    /// Takes up what became of an act turned on an article that is not open.
    pub(super) fn edited_closed(
        &mut self,
        path: PathBuf,
        went: Result<(), String>,
    ) -> Vec<Request> {
        let Some(errand) = self.errands.front_mut() else {
            return Vec::new();
        };
        let turn = errand.turn;
        let requests = match went {
            Ok(()) => turn.map(|turn| Request::LogTurn(path, turn)).into_iter(),
            Err(why) => {
                errand.failed.push((key_of(&path), why));
                None.into_iter()
            }
        };
        let requests = requests.collect();
        self.came_back();
        requests
    }

    /// One more article of the errand is written, or could not be.
    fn came_back(&mut self) {
        let Some(errand) = self.errands.front_mut() else {
            return;
        };
        errand.waiting = errand.waiting.saturating_sub(1);
        let (done, all) = (errand.all - errand.waiting, errand.all);
        if errand.waiting > 0 {
            return self.say(format!("{done} of {all} articles"));
        }
        if all > 1 {
            self.message = None;
        }
        if let Some(errand) = self.errands.pop_front() {
            self.conclude(errand);
        }
    }

    /// Tells what became of an errand, and makes one act of it for the history.
    fn conclude(&mut self, errand: Errand) {
        let failed: Vec<String> = errand.failed.iter().map(|(at, _)| at.clone()).collect();
        let is_done = |(article, _): &Part| !failed.contains(article);
        let done: Vec<Part> = errand.parts.into_iter().filter(is_done).collect();
        let (place, label) = match done.as_slice() {
            [] => (String::new(), String::new()),
            [(article, act)] => (name_of(Path::new(article)), act.label.clone()),
            // “article put off”, of each of them.
            [(_, act), ..] => {
                let label = act.label.split(", ").next().unwrap_or_default();
                let label = label.strip_prefix("article").unwrap_or(label);
                (
                    format!("{} articles", done.len()),
                    label.trim_start_matches(": ").trim().to_owned(),
                )
            }
        };
        match errand.turn {
            _ if done.is_empty() => {}
            Some(turn) => self.turned(turn, &format!(" in {place}"), &label),
            None => self.did(&format!("{place}: {label}")),
        }
        match errand.turn {
            Some(turn) => self.history.put_back(turn, &failed),
            None => self.history.push_all(done),
        }
        match errand.failed.as_slice() {
            [] => {}
            [(_, why)] => self.refuse(why.clone()),
            [(_, why), more @ ..] => self.refuse(format!("{why} (and {} more)", more.len())),
        }
    }
}
