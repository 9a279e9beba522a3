//! The one place where a command of the table is carried out.
//!
//! What the review does by itself goes on as the action it is; the rest opens something,
//! goes somewhere or is asked of the world.

use super::mode::{HintUse, MarkUse, Mode};
use super::open_review::{Pane, SaveState};
use super::{App, Screen};
use crate::review::{Action, Decide, Moment, Turn};
use crate::tui::command::Command;
use crate::tui::event::Request;

impl App {
    /// Carries out a command on the screen shown.
    pub(super) fn command(&mut self, command: &Command, moment: &Moment) -> Vec<Request> {
        self.note_command(command);
        if let Some(requests) = self.fold_command(command, moment) {
            return requests;
        }
        match command {
            Command::Act(action) => return self.act_here(action.clone(), moment),
            Command::Go(way) => return self.go(*way, moment),
            Command::Ask(ask) => return self.ask(*ask),
            Command::JumpEnd => return self.open_hints(HintUse::JumpEnd),
            Command::Split => return self.open_cuts(),
            Command::Add => return self.open_hints(HintUse::Start(MarkUse::Add)),
            Command::AddPiece => return self.open_hints(HintUse::Start(MarkUse::Piece)),
            Command::Visual => return self.open_visual(None, MarkUse::Add),
            Command::PaneNext => return self.go_to_pane(Pane::next, moment),
            Command::PaneRight => return self.go_to_pane(Pane::right, moment),
            Command::PaneLeft => return self.go_to_pane(Pane::left, moment),
            Command::Article(by) => return self.go_to_article(*by),
            Command::OpenCard => self.open_card(),
            Command::Copy { all } => return self.copy(*all),
            Command::OpenAddress => return self.open_address(),
            Command::SearchWeb => return self.search_web(),
            Command::Archive => return self.archive(),
            Command::Folded => return self.turn_fold(moment),
            Command::TurnOrder => return self.turn_order(moment),
            Command::AskShown(decide) => self.ask_shown(decide),
            Command::OpenArticle => return self.open_selected(),
            Command::Mark => self.turn_mark(),
            Command::MarkShown => self.turn_marks(),
            Command::Reload => return self.reload(),
            Command::Paste => self.ask_for_paste(),
            Command::Preview(by) => self.scroll_preview(*by),
            Command::Notices => self.open_notices(),
            Command::LeftOut => self.open_left_out(),
            Command::Detectors => self.open_detectors(),
            Command::Undo => return self.turn(Turn::Undo),
            Command::Redo => return self.turn(Turn::Redo),
            Command::CommandLine => self.open_command_line(""),
            Command::Help => {
                self.mode = Mode::Help {
                    filter: Default::default(),
                    top: 0,
                };
            }
            Command::Summary => self.open_summary(),
            Command::Tour => self.mode = Mode::Tour { top: 0 },
            Command::Back => return self.back(moment),
            Command::Quit => return vec![Request::Quit],
            Command::Write => return self.write(),
        }
        Vec::new()
    }

    /// Carries out an action: on the open article, or on the one selected in the queue.
    fn act_here(&mut self, action: Action, moment: &Moment) -> Vec<Request> {
        match (self.screen, action) {
            // The key of both: where no answer is asked about, there is nothing to hold on to.
            (Screen::Review, Action::Decide(Decide::StillHolds))
                if !self.asks_about_an_answer() =>
            {
                self.copy(false)
            }
            (Screen::Review, Action::Decide(Decide::JudgeAgain))
                if !self.asks_about_an_answer() =>
            {
                self.copy(true)
            }
            (Screen::Review, action) => self.act(action, moment),
            (Screen::Queue, Action::Decide(decide)) => self.decide_closed(decide),
            (Screen::Queue, Action::Look(_)) => Vec::new(),
        }
    }

    fn open_card(&mut self) {
        let session = self.session();
        if session.is_some_and(|session| session.selected().is_some()) {
            self.mode = Mode::Card { top: 0 };
        }
    }

    fn open_notices(&mut self) {
        let notices = self.review.as_ref().map(|review| &review.notices);
        match notices.filter(|notices| !notices.is_empty()) {
            Some(notices) => self.mode = Mode::tell(notices.clone()),
            None => self.say("opening the article had nothing to say"),
        }
    }

    /// Ends what was begun, a search or a filter, else goes back to the queue.
    fn back(&mut self, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Review {
            return match self.shows_less() {
                true => self.show_all(moment),
                false => self.close_review(),
            };
        }
        if self.queue.filter().line().is_empty() && self.queue.count_marked() == 0 {
            let quit = self.options.keymap.hint(&Command::Quit);
            self.say(format!("this is the queue; {quit} quits"));
            return Vec::new();
        }
        self.show_all(moment)
    }

    fn write(&mut self) -> Vec<Request> {
        let text = match self.review.as_ref().map(|review| &review.saved) {
            Some(SaveState::Failed(reason) | SaveState::InJournal(reason)) => reason.clone(),
            _ if self.is_practice() => "this is practice: nothing of it is kept".to_owned(),
            _ => "already saved: every decision is on disk before you see it".to_owned(),
        };
        self.say(text);
        // The journal holds everything; this writes the sidecar now as well.
        let writes = |review: &super::OpenReview| !review.is_read_only();
        match self.review.as_ref().is_some_and(writes) {
            true => vec![Request::Save],
            false => Vec::new(),
        }
    }
}
