//! Commands on the queue screen.

use std::path::PathBuf;

use super::mode::{Choice, LineUse, Mode};
use super::typed_lines::spellings;
use crate::annotations::{QueueOrder, QueueState};
use crate::review::{Act, Action, Effect, Moment, Notice};
use crate::text::Word;
use crate::tui::app::{App, name_of};
use crate::tui::command::Command;
use crate::tui::event::Request;

impl App {
    /// Carries out a command on the queue screen.
    pub(super) fn queue_command(&mut self, command: Command, moment: &Moment) -> Vec<Request> {
        let page = self.queue.list.visible().len().max(1) as isize;
        match command {
            Command::Next => self.queue.move_by(1),
            Command::Previous => self.queue.move_by(-1),
            Command::First => self.queue.select_row(0),
            Command::Last => self.queue.move_by(isize::MAX),
            Command::PageDown => self.queue.move_by(page),
            Command::PageUp => self.queue.move_by(-page),
            Command::HalfDown => self.queue.move_by((page / 2).max(1)),
            Command::HalfUp => self.queue.move_by(-(page / 2).max(1)),
            Command::NextOpen | Command::PreviousOpen => {
                if !self.queue.select_open(command == Command::PreviousOpen) {
                    self.say("nothing is left to review here");
                }
            }
            Command::OpenArticle => return self.open_selected(),
            Command::Finish => return self.finish_selected(moment),
            Command::Later => return self.later_selected(),
            Command::Tag => return self.open_tag(),
            Command::Search | Command::Filter => {
                let now = self.queue.filter().to_owned();
                self.open_line(LineUse::QueueFilter, &now);
            }
            Command::Order => {
                let now = self.queue.order();
                self.open_words(Choice::Order, QueueOrder::ALL, Some(now));
            }
            Command::Back => {
                if self.queue.filter().is_empty() {
                    let quit = self.options.keymap.hint(Command::Quit);
                    self.say(format!("this is the queue; {quit} quits"));
                } else {
                    self.queue.set_filter("");
                }
            }
            _ => self.refuse("that works on an open article; Enter opens one"),
        }
        Vec::new()
    }

    fn selected_path(&mut self) -> Option<PathBuf> {
        let Some(item) = self.queue.selected() else {
            self.refuse("no article is selected");
            return None;
        };
        if let Some(trouble) = &item.listed.trouble {
            let text = format!("{}: {trouble}", item.listed.name);
            self.refuse(text);
            return None;
        }
        Some(item.listed.path.clone())
    }

    fn open_selected(&mut self) -> Vec<Request> {
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

    /// Orders by a typed word.
    pub(super) fn queue_order_by_name(&mut self, name: &str) -> Vec<Request> {
        match QueueOrder::parse(name) {
            Some(order) => self.queue.set_order(order),
            None => self.refuse(format!(
                "cannot order by “{name}”: {}",
                spellings::<QueueOrder>()
            )),
        }
        Vec::new()
    }

    fn finish_selected(&mut self, moment: &Moment) -> Vec<Request> {
        let Some(item) = self.queue.selected() else {
            return Vec::new();
        };
        let undecided = item.row.as_ref().map_or(0, |row| row.total - row.decided);
        if item
            .row
            .as_ref()
            .is_some_and(|row| row.state == QueueState::Finished)
        {
            self.say("finished already");
            return Vec::new();
        }
        if undecided > 0 {
            let items = if undecided == 1 { "item" } else { "items" };
            self.mode = Mode::AskFinish(format!("{undecided} {items}"));
            return Vec::new();
        }
        self.finish_closed(moment)
    }

    /// Finishes the selected article of the queue.
    pub(super) fn finish_closed(&mut self, _moment: &Moment) -> Vec<Request> {
        let path = self.selected_path();
        self.queue.move_by(1);
        path.map(|path| Request::ActClosed(path, Action::Finish { anyway: true }))
            .into_iter()
            .collect()
    }

    fn later_selected(&mut self) -> Vec<Request> {
        let path = self.selected_path();
        path.map(|path| Request::ActClosed(path, Action::Later))
            .into_iter()
            .collect()
    }

    /// Adds a tag to the selected article, or takes it away.
    pub(super) fn tag_closed(&mut self, tag: String) -> Vec<Request> {
        let path = self.selected_path();
        path.map(|path| Request::ActClosed(path, Action::TagArticle(tag)))
            .into_iter()
            .collect()
    }

    /// Takes up what became of an act on an article that is not open.
    pub(super) fn acted_closed(&mut self, path: PathBuf, effects: Vec<Effect>) -> Vec<Request> {
        let mut requests = Vec::new();
        for effect in effects {
            match effect {
                Effect::Record(act) => {
                    let act: Act = *act;
                    self.did(&format!("{}: {}", name_of(&path), act.label));
                    self.history.push(&path.to_string_lossy(), act.clone());
                    requests.push(Request::LogAct(path.clone(), Box::new(act)));
                }
                Effect::Say(Notice::Refused(text)) => self.refuse(text),
                Effect::Say(Notice::Info(_)) | Effect::AskFinish(_) | Effect::OpenNext => {}
            }
        }
        requests
    }
}
