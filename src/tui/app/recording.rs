//! Decisions on their way to the disk, and back: acts, undo, redo, what became of them.
//!
//! A decision is shown only once it is written; one that could not be is taken back.

use std::path::{Path, PathBuf};

use super::mode::Mode;
use super::open_review::SaveState;
use super::{App, Awaited, Awaiting, Screen, name_of};
use crate::review::{Act, Action, Decide, Effect, Moment, Notice};
use crate::tui::command::Command;
use crate::tui::event::{Request, Saved};

impl App {
    /// Applies an action to the open article.
    pub(super) fn act(&mut self, action: impl Into<Action>, moment: &Moment) -> Vec<Request> {
        let action = action.into();
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let decides = matches!(action, Action::Decide(_));
        if let SaveState::ReadOnly(reason) = &review.saved
            && decides
        {
            let text = format!("read-only: {reason}");
            self.refuse(text);
            return Vec::new();
        }
        let is_about_article = matches!(
            action,
            Action::Decide(Decide::Finish { .. } | Decide::Later | Decide::TagArticle(_))
        );
        if review.is_on_fold() && decides && !is_about_article {
            self.refuse_on_fold();
            return Vec::new();
        }
        let effects = review.session.apply(action, moment);
        review.follow();
        let mut requests = Vec::new();
        for effect in effects {
            match effect {
                Effect::Record(act) => requests.extend(self.record(*act)),
                Effect::Say(notice) => self.message = Some(notice),
                Effect::AskFinish(left) => self.mode = Mode::AskFinish(left.to_string()),
                Effect::OpenNext => requests.extend(self.open_next()),
            }
        }
        requests
    }

    pub(super) fn record(&mut self, act: Act) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let path = review.path.clone();
        self.awaiting = Some(Awaiting {
            rollback: act.inverse.clone(),
            what: Awaited::Act,
        });
        self.history.push(&key_of(&path), act.clone());
        self.did(&act.label);
        vec![
            Request::Journal(Box::new(act.edit.clone())),
            Request::LogAct(path, Box::new(act)),
        ]
    }

    /// Tells what a change did and which key takes it back. It stays in sight while the
    /// reviewer goes on, so that a key that was not meant for that is noticed.
    pub(super) fn did(&mut self, what: &str) {
        self.done = Some(self.with_key(what, &Command::Undo, "undoes"));
    }

    fn with_key(&self, what: &str, command: &Command, does: &str) -> (String, String) {
        let hint = match self.options.keymap.hint(command) {
            key if key.is_empty() => key,
            key => format!(" · {key} {does}"),
        };
        (what.to_owned(), hint)
    }

    /// Tells what was taken back, and which key does it again.
    fn undid(&mut self, what: &str) {
        let what = format!("undone: {what}");
        self.done = Some(self.with_key(&what, &Command::Redo, "does it again"));
    }

    /// The same on an article that is not open.
    fn undid_in(&mut self, path: &Path, what: &str) {
        let what = format!("undone in {}: {what}", name_of(path));
        self.done = Some(self.with_key(&what, &Command::Redo, "does it again"));
    }

    pub(super) fn open_next(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        match self.queue.next_open(&review.path).map(Path::to_owned) {
            Some(path) => self.open(&path),
            None if self.queue.items().len() > 1 => {
                self.say("finished; nothing is left to review here");
                self.close_review()
            }
            None => {
                let quit = self.options.keymap.hint(&Command::Quit);
                self.say(format!("finished; {quit} quits"));
                Vec::new()
            }
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Request> {
        let here = self
            .review
            .as_ref()
            .map(|review| key_of(&review.path))
            .unwrap_or_default();
        let Some((article, act)) = self.history.undo(&here) else {
            // In the queue, acts of earlier runs are those of the selected article.
            if self.screen == Screen::Queue
                && let Some(item) = self.queue.selected()
            {
                return vec![Request::Earlier(item.listed.path.clone())];
            }
            self.refuse("nothing to undo");
            return Vec::new();
        };
        if article == here {
            return self.take_back(act);
        }
        let path = PathBuf::from(&article);
        if self.screen == Screen::Queue {
            self.undid_in(&path, &act.label);
            return vec![
                Request::EditClosed(path.clone(), Box::new(act.turned())),
                Request::LogUndo(path),
            ];
        }
        self.undo_when_open = Some(act);
        self.open(&path)
    }

    /// Takes back the latest act of an earlier run on an article of the queue.
    pub(super) fn undo_earlier(
        &mut self,
        path: &Path,
        done: Vec<Act>,
        undone: Vec<Act>,
    ) -> Vec<Request> {
        self.history.load_earlier(&key_of(path), done, undone);
        let Some((_, act)) = self.history.undo(&key_of(path)) else {
            self.refuse(format!("nothing to undo in {}", name_of(path)));
            return Vec::new();
        };
        self.undid_in(path, &act.label);
        vec![
            Request::EditClosed(path.to_owned(), Box::new(act.turned())),
            Request::LogUndo(path.to_owned()),
        ]
    }

    /// Takes back an act of the open article.
    pub(super) fn take_back(&mut self, act: Act) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        match review.session.take_back(&act.edit, act.inverse.clone()) {
            Ok(rollback) => {
                review.follow();
                let path = review.path.clone();
                self.awaiting = Some(Awaiting {
                    rollback,
                    what: Awaited::Undo,
                });
                self.undid(&act.label);
                vec![
                    Request::Journal(Box::new(act.inverse)),
                    Request::LogUndo(path),
                ]
            }
            Err(refused) => {
                self.refuse(format!("cannot undo “{}”: {refused}", act.label));
                Vec::new()
            }
        }
    }

    pub(super) fn redo(&mut self) -> Vec<Request> {
        let here = self
            .review
            .as_ref()
            .map(|review| key_of(&review.path))
            .unwrap_or_default();
        let Some((article, act)) = self.history.redo(&here) else {
            self.refuse("nothing to redo");
            return Vec::new();
        };
        if article != here {
            let path = PathBuf::from(&article);
            self.did(&format!("done again in {}: {}", name_of(&path), act.label));
            return vec![
                Request::EditClosed(path.clone(), Box::new(act)),
                Request::LogRedo(path),
            ];
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        match review.session.take_back(&act.inverse, act.edit.clone()) {
            Ok(rollback) => {
                review.follow();
                let path = review.path.clone();
                self.awaiting = Some(Awaiting {
                    rollback,
                    what: Awaited::Redo,
                });
                self.did(&format!("done again: {}", act.label));
                vec![Request::Journal(Box::new(act.edit)), Request::LogRedo(path)]
            }
            Err(refused) => {
                self.refuse(format!("cannot redo “{}”: {refused}", act.label));
                Vec::new()
            }
        }
    }

    /// What became of the last decision or save. A decision that did not reach the disk is
    /// taken back, so that the screen never shows what could be lost.
    pub(super) fn saved(&mut self, saved: Saved) {
        let awaiting = self.awaiting.take();
        let Some(review) = &mut self.review else {
            return;
        };
        match (saved, awaiting) {
            (Saved::Yes, _) => {
                if !review.is_read_only() {
                    review.saved = SaveState::Saved;
                }
            }
            (Saved::Merged(document, notices), _) => {
                review.session.replace_document(*document);
                review.saved = SaveState::Saved;
                if let Some(notice) = notices.first() {
                    self.message = Some(Notice::Info(notice.clone()));
                }
            }
            (Saved::No(reason), Some(awaiting)) => {
                let undone = review.session.apply_edit(awaiting.rollback);
                debug_assert!(undone.is_ok(), "what was just applied can be taken back");
                review.saved = SaveState::Failed(reason.clone());
                self.done = None;
                let key = key_of(&review.path);
                match awaiting.what {
                    Awaited::Act | Awaited::Redo => self.history.undo(&key),
                    Awaited::Undo => self.history.redo(&key),
                };
                self.refuse(format!("not written, so taken back: {reason}"));
            }
            (Saved::No(reason), None) => {
                review.saved = SaveState::InJournal(reason.clone());
                self.refuse(reason);
            }
        }
    }
}

/// The name an article goes by in the history.
pub(super) fn key_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
