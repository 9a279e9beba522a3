//! Decisions on their way to the disk, and back: acts, undo, redo, what became of them.
//!
//! A decision is shown only once it is written; one that could not be is taken back.

use std::path::Path;

use super::mode::Mode;
use super::open_review::SaveState;
use super::{App, Awaited, Awaiting, Screen, name_of};
use crate::review::{Act, Action, Decide, Effect, Moment, Notice, Part, Turn};
use crate::tui::command::Command;
use crate::tui::event::{Request, Saved};

/// What the latest change did; shown, beside what keys do, until the next change or Esc.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) what: String,
    /// The key that takes it back, and that it does.
    pub(super) key: String,
    /// Whether no key was pressed since: what is told now may be about it.
    pub(super) is_fresh: bool,
}

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
        self.tell_done(what.to_owned(), &Command::Undo, "undoes");
    }

    fn tell_done(&mut self, what: String, command: &Command, does: &str) {
        let key = match self.options.keymap.hint(command) {
            key if key.is_empty() => key,
            key => format!(" · {key} {does}"),
        };
        self.done = Some(Done {
            what,
            key,
            is_fresh: true,
        });
    }

    /// Tells what was turned, in `place` if that is not in sight, and which key turns it back.
    pub(super) fn turned(&mut self, turn: Turn, place: &str, what: &str) {
        let (done, command, does) = match turn {
            Turn::Undo => ("undone", Command::Redo, "does it again"),
            Turn::Redo => ("done again", Command::Undo, "undoes"),
        };
        self.tell_done(format!("{done}{place}: {what}"), &command, does);
    }

    pub(super) fn open_next(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        match self.queue.next_open(&review.path).map(Path::to_owned) {
            Some(path) => self.open(&path),
            None if self.queue.listed() > 1 => {
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

    /// Undoes, or does again: what was done last in this run, whatever its article; else what
    /// was done last in an earlier one to the article in hand, which in the queue is the
    /// selected one.
    pub(super) fn turn(&mut self, turn: Turn) -> Vec<Request> {
        if let Some(told) = self.errands_told() {
            self.refuse(told);
            return Vec::new();
        }
        let open = self.review.as_ref().map(|review| review.path.clone());
        let selected = self
            .queue
            .selected()
            .filter(|_| self.screen == Screen::Queue);
        let selected = selected.map(|item| item.path().to_owned());
        let in_hand = selected.as_ref().or(open.as_ref());
        let key = in_hand.map(|path| key_of(path)).unwrap_or_default();
        match (self.history.turn(turn, &key), selected) {
            (Some(parts), _) => self.turn_parts(turn, parts),
            (None, Some(path)) if !self.history.knows(&key) => vec![Request::Earlier(path, turn)],
            (None, Some(path)) => self.nothing_to(turn, &format!(" in {}", name_of(&path))),
            (None, None) => self.nothing_to(turn, ""),
        }
    }

    /// Turns what was done last in an earlier run to an article of the queue.
    pub(super) fn turn_earlier(
        &mut self,
        path: &Path,
        (done, undone): (Vec<Act>, Vec<Act>),
        turn: Turn,
    ) -> Vec<Request> {
        self.history.load_earlier(&key_of(path), done, undone);
        match self.history.turn(turn, &key_of(path)) {
            Some(parts) => self.turn_parts(turn, parts),
            None => self.nothing_to(turn, &format!(" in {}", name_of(path))),
        }
    }

    fn nothing_to(&mut self, turn: Turn, place: &str) -> Vec<Request> {
        self.refuse(format!("nothing to {}{place}", turn.as_str()));
        Vec::new()
    }

    /// Turns acts: those of the open article there, those of others where they lie. A single
    /// act on another one is turned in sight: that article is opened for it.
    fn turn_parts(&mut self, turn: Turn, parts: Vec<Part>) -> Vec<Request> {
        let here = self.review.as_ref().map(|review| key_of(&review.path));
        let is_here = |article: &String| Some(article) == here.as_ref();
        if let [(article, act)] = parts.as_slice()
            && self.screen == Screen::Review
            && !is_here(article)
        {
            self.turn_when_open = Some((turn, act.clone()));
            return self.open(Path::new(article));
        }
        let (open, closed): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|(article, _)| is_here(article));
        let mut requests = self.turn_closed(turn, closed);
        for (_, act) in open {
            requests.extend(self.turn_here(turn, act));
        }
        requests
    }

    /// Turns an act of the open article.
    pub(super) fn turn_here(&mut self, turn: Turn, act: Act) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let label = act.label.clone();
        let turned = match turn {
            Turn::Undo => act.turned(),
            Turn::Redo => act,
        };
        match review
            .session
            .take_back(&turned.inverse, turned.edit.clone())
        {
            Ok(rollback) => {
                review.follow();
                let path = review.path.clone();
                self.awaiting = Some(Awaiting {
                    rollback,
                    what: Awaited::Turn(turn),
                });
                self.turned(turn, "", &label);
                vec![
                    Request::Journal(Box::new(turned.edit)),
                    Request::LogTurn(path, turn),
                ]
            }
            Err(refused) => {
                let key = key_of(&review.path);
                let verb = turn.as_str();
                let is_past = self.history.refused(turn, &key);
                self.refuse(match is_past {
                    true => format!("nothing to {verb}: what was done before is no longer here"),
                    false => format!("cannot {verb} “{label}”: {refused}"),
                });
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
                    Awaited::Act => drop(self.history.turn(Turn::Undo, &key)),
                    Awaited::Turn(turn) => self.history.put_back(turn, &[key]),
                }
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
