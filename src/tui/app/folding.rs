//! The line at the end of the claims: how many more there are, seldom worth checking.
//!
//! It is a row one can stand on, and no claim: keys that decide are refused there, and the key
//! that opens a card opens the fold, or closes it.

use super::App;
use super::open_review::{OpenReview, Pane};
use crate::review::{List, Look, Moment};
use crate::tui::command::{Command, Way};
use crate::tui::event::Request;

impl OpenReview {
    /// How many claims the line at the end of the claims speaks of; `None`: there is no line.
    pub(in crate::tui) fn fold_line(&self) -> Option<usize> {
        let count = self.session.folded_count();
        (count > 0 && self.session.filter().shows_all()).then_some(count)
    }

    /// Whether that line is selected.
    pub(in crate::tui) fn is_on_fold(&self) -> bool {
        self.on_fold && self.fold_line().is_some() && self.list() == List::Claims
    }

    /// Whether the row below the selected one is that line.
    fn is_before_fold(&self) -> bool {
        let claims = self.session.claims().len();
        let is_last = self
            .session
            .claim_row()
            .map_or(claims == 0, |row| row + 1 == claims);
        is_last && self.list() == List::Claims && self.fold_line().is_some()
    }
}

impl App {
    /// What a command does where the line at the end of the claims is selected, or would be;
    /// `None`: what it does anywhere.
    pub(super) fn fold_command(
        &mut self,
        command: &Command,
        moment: &Moment,
    ) -> Option<Vec<Request>> {
        let review = self.review.as_mut()?;
        let in_list = review.pane == Pane::Claims;
        match command {
            Command::Go(Way::Rows(1)) if in_list && review.is_before_fold() => {
                review.on_fold = true
            }
            Command::Go(Way::Rows(-1)) if review.is_on_fold() => review.on_fold = false,
            Command::OpenCard if review.is_on_fold() => return Some(self.turn_fold(moment)),
            command if review.is_on_fold() && command.is_about_item() => self.refuse_on_fold(),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Says why nothing is decided there.
    pub(super) fn refuse_on_fold(&mut self) {
        let key = self.options.keymap.hint(&Command::OpenCard);
        self.refuse(format!("this line is no claim: {key} shows those below it"));
    }

    /// Opens the fold, or closes it.
    pub(super) fn turn_fold(&mut self, moment: &Moment) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let count = review.session.folded_count();
        if count == 0 {
            self.say("no claim stands below a fold here");
            return Vec::new();
        }
        let shown = !review.session.shows_folded();
        let was_on_fold = review.is_on_fold();
        let requests = self.act(Look::ShowFolded(shown), moment);
        if let Some(review) = &mut self.review {
            review.on_fold = was_on_fold && !shown;
        }
        self.say(match (shown, count) {
            (true, 1) => "1 claim below the fold is shown".to_owned(),
            (true, many) => format!("{many} claims below the fold are shown"),
            (false, 1) => "1 claim below the fold is hidden".to_owned(),
            (false, many) => format!("{many} claims below the fold are hidden"),
        });
        requests
    }
}
