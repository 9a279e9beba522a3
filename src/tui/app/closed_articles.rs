//! Articles of the queue that are not open: decisions on them, and what became of those.

use std::path::PathBuf;

use super::asking::NOT_OPEN;
use super::mode::Mode;
use super::{App, name_of};
use crate::annotations::{QueueOrder, QueueState};
use crate::review::{Act, Decide, Effect, Moment, Notice};
use crate::text::Word;
use crate::tui::event::Request;

impl App {
    /// Makes a decision on the selected article of the queue.
    pub(super) fn decide_closed(&mut self, decide: Decide, moment: &Moment) -> Vec<Request> {
        match decide {
            Decide::Finish { .. } => self.finish_selected(moment),
            Decide::Later => self.act_closed(decide),
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
        if let Some(trouble) = &item.listed.trouble {
            let text = format!("{}: {trouble}", item.listed.name);
            self.refuse(text);
            return None;
        }
        Some(item.listed.path.clone())
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
        path.map(|path| Request::ActClosed(path, Decide::Finish { anyway: true }))
            .into_iter()
            .collect()
    }

    /// Adds a tag to the selected article, or takes it away.
    pub(super) fn tag_closed(&mut self, tag: String) -> Vec<Request> {
        self.act_closed(Decide::TagArticle(tag))
    }

    fn act_closed(&mut self, decide: Decide) -> Vec<Request> {
        let path = self.selected_path();
        path.map(|path| Request::ActClosed(path, decide))
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
