//! Decisions that belong to the open article and that it did not open: asked about once, when it
//! is opened, and taken up by one key that nothing else has.

use super::App;
use super::mode::Mode;
use crate::review::Moment;
use crate::store::Offer;
use crate::tui::command::{Command, Key, Match, Scope};
use crate::tui::event::{Request, TakenUp};
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::path::Path;

impl App {
    /// Asks about decisions found beside the article just opened.
    pub(super) fn offered(&mut self, path: &Path, offer: Offer) {
        // Also where nothing can be decided: others' decisions lie in the place of its own.
        if self
            .review
            .as_ref()
            .is_none_or(|review| review.path != path)
        {
            return;
        }
        // What had to be told is told in the same window.
        let told = match std::mem::take(&mut self.mode) {
            Mode::Tell { lines, .. } => lines,
            _ => Vec::new(),
        };
        self.mode = Mode::Offer { offer, told };
    }

    pub(super) fn key_in_offer(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Offer { offer, .. } = &self.mode else {
            return Vec::new();
        };
        let is_plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        match key.code {
            KeyCode::Char('T') if is_plain => {
                let strays = offer.strays.clone();
                self.mode = Mode::Normal;
                let Some(review) = &self.review else {
                    return Vec::new();
                };
                vec![Request::TakeUp(review.path.clone(), strays)]
            }
            KeyCode::Char('n') if is_plain => {
                self.mode = Mode::Normal;
                self.say("left where they are; opening the article asks again");
                Vec::new()
            }
            _ => {
                let leaves = self.options.keymap.find(Scope::Review, &[key]);
                if let Match::Command(Command::Quit | Command::Back) = leaves {
                    self.mode = Mode::Normal;
                    return self.key(key, moment);
                }
                self.refuse("T takes the decisions up, n leaves them where they are");
                Vec::new()
            }
        }
    }

    /// Tells what became of decisions that were to be taken up.
    pub(super) fn taken_up(&mut self, taken: TakenUp) {
        match taken {
            TakenUp::Yes(notices) => self.say(notices.join("; ")),
            TakenUp::No(reason) => self.refuse(reason),
        }
    }
}
