//! What the lists show: filters as they are typed, the order, and decisions on all that is shown.

use super::mode::{LineUse, Mode};
use super::{App, Screen};
use crate::review::{Decide, Filter, List, Look, Moment, Order};
use crate::tui::command::Ask;
use crate::tui::event::Request;

impl App {
    /// The filter in force, as it was typed.
    pub(super) fn filter_line(&self) -> &str {
        match (self.screen, &self.review) {
            (Screen::Queue, _) => self.queue.filter().line(),
            (Screen::Review, Some(review)) => review.session.filter().line(),
            (Screen::Review, None) => "",
        }
    }

    /// Filters the list on the screen.
    pub(super) fn filter(&mut self, line: &str, moment: &Moment) -> Vec<Request> {
        match self.screen {
            Screen::Queue => {
                self.queue.set_filter(line);
                Vec::new()
            }
            Screen::Review => self.act(Look::Filter(Filter::of(line)), moment),
        }
    }

    /// Filters by the line being typed, if that is what it is for.
    pub(super) fn filter_as_typed(&mut self, moment: &Moment) -> Vec<Request> {
        match &self.mode {
            Mode::Line(input, LineUse::Answer(Ask::Filter)) => {
                let line = input.text().trim().to_owned();
                self.filter(&line, moment)
            }
            _ => Vec::new(),
        }
    }

    /// Whether a search or a filter holds anything back on the review screen.
    pub(super) fn shows_less(&self) -> bool {
        let review = self.review.as_ref();
        review.is_some_and(|r| r.search.is_some() || !r.session.filter().line().is_empty())
    }

    /// Ends a search, else a filter; in the queue, takes the marks away first.
    pub(super) fn show_all(&mut self, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue && self.queue.count_marked() > 0 {
            self.queue.unmark_all();
            return Vec::new();
        }
        let is_review = self.screen == Screen::Review;
        if let Some(review) = self.review.as_mut().filter(|_| is_review) {
            let search = review.search.take();
            if search.is_some() || review.session.filter().line().is_empty() {
                return Vec::new();
            }
        }
        self.filter("", moment)
    }

    /// Lists the claims by worth, or as in the text if they are; in the queue, asks.
    pub(super) fn turn_order(&mut self, moment: &Moment) -> Vec<Request> {
        let session = self.session().filter(|_| self.screen == Screen::Review);
        let Some(order) = session.map(|session| session.order()) else {
            return self.ask(Ask::Order);
        };
        let (order, said) = match order {
            Order::Worth => (Order::Text, "claims as they stand in the text"),
            _ => (Order::Worth, "what deserves checking first"),
        };
        let requests = self.act(Look::Order(order), moment);
        self.say(said);
        requests
    }

    /// Asks whether to decide so on everything shown that is undecided.
    pub(super) fn ask_shown(&mut self, decide: &Decide) {
        let Some(session) = self.session() else {
            return;
        };
        let (list, count) = session.undecided_shown();
        let all = match list {
            List::Claims => session.claims().len(),
            List::Sources => session.sources().len(),
        };
        if count == 0 {
            self.refuse("nothing shown is undecided");
            return;
        }
        let verb = match decide {
            Decide::ConfirmShown => "Confirm",
            _ => "Reject",
        };
        let filter = match session.filter().line() {
            "" => String::new(),
            line => format!(" with “{line}”"),
        };
        let what = list.noun(count);
        let question = format!("{verb} {count} undecided {what}, of {all} shown{filter}");
        self.mode = Mode::AskShown {
            decide: decide.clone(),
            question,
        };
    }
}
