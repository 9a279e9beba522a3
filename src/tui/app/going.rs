//! Going about: rows, pages, panes, articles beside, the claim of a number.

use super::open_review::Pane;
use super::{App, Screen};
use crate::annotations::ClaimNumber;
use crate::review::{Item, Look, Moment};
use crate::tui::command::Way;
use crate::tui::event::Request;
use crate::tui::layout::Scroll;

impl App {
    /// Goes on in whatever has the keys.
    pub(super) fn go(&mut self, way: Way, moment: &Moment) -> Vec<Request> {
        match (self.screen, &self.review) {
            (Screen::Queue, _) => self.go_in_queue(way),
            (Screen::Review, Some(_)) => self.go_in_review(way, moment),
            (Screen::Review, None) => Vec::new(),
        }
    }

    fn go_in_review(&mut self, way: Way, moment: &Moment) -> Vec<Request> {
        let pane = self.focus();
        let is_searching = self.review.as_ref().is_some_and(|r| r.search.is_some());
        let list = pane.list();
        let look = match way {
            Way::Pages(by) => return self.scroll(Scroll::Pages(by)),
            Way::HalfPages(by) => return self.scroll(Scroll::HalfPages(by)),
            Way::Open(by) if is_searching => return self.go_to_match(by, moment),
            Way::Open(by) if by < 0 => Look::PreviousUndecided(list),
            Way::Open(_) => Look::NextUndecided(list),
            Way::Rows(by) if pane == Pane::Article => return self.scroll(Scroll::Rows(by)),
            Way::First if pane == Pane::Article => return self.scroll(Scroll::Start),
            Way::Last if pane == Pane::Article => return self.scroll(Scroll::End),
            Way::Rows(by) => Look::Move(list, by),
            Way::First => Look::First(list),
            Way::Last => Look::Last(list),
        };
        self.act(look, moment)
    }

    fn go_in_queue(&mut self, way: Way) -> Vec<Request> {
        let page = self.queue.list.visible().len().max(1) as isize;
        match way {
            Way::Rows(by) => self.queue.move_by(by),
            Way::First => self.queue.select_row(0),
            Way::Last => self.queue.move_by(isize::MAX),
            Way::Pages(by) => self.queue.move_by(page * by),
            Way::HalfPages(by) => self.queue.move_by((page / 2).max(1) * by),
            Way::Open(by) => {
                if !self.queue.select_open(by < 0) {
                    self.say("nothing is left to review here");
                }
            }
        }
        Vec::new()
    }

    fn scroll(&mut self, scroll: Scroll) -> Vec<Request> {
        if let Some(review) = &mut self.review {
            review.article.scroll(scroll);
        }
        Vec::new()
    }

    /// Gives the keys to the pane that way.
    pub(super) fn go_to_pane(&mut self, way: fn(Pane) -> Pane, moment: &Moment) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let pane = way(review.pane);
        self.focus_pane(pane, moment)
    }

    /// Gives a pane the keys; what decisions apply to follows.
    pub(super) fn focus_pane(&mut self, pane: Pane, moment: &Moment) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let before = review.pane.list();
        review.pane = pane;
        let list = pane.list();
        if list == before {
            return Vec::new();
        }
        let row = review.selected_row(list).unwrap_or(0);
        match review.item(list, row) {
            Some(item) => self.select(item, moment),
            None => Vec::new(),
        }
    }

    /// Opens the article so many rows on in the queue.
    pub(super) fn go_to_article(&mut self, by: isize) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        match self.queue.beside(&review.path, by).map(ToOwned::to_owned) {
            Some(path) => self.open(&path),
            None => {
                self.refuse(if by > 0 {
                    "this is the last article"
                } else {
                    "this is the first article"
                });
                Vec::new()
            }
        }
    }

    /// Goes to the claim of a number, or to that row of the queue.
    pub(super) fn go_to_number(&mut self, number: ClaimNumber, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            self.queue.select_row(number.number.saturating_sub(1));
            return Vec::new();
        }
        let claim = self.review.as_ref().and_then(|review| {
            let session = &review.session;
            session
                .claims()
                .iter()
                .find(|id| session.claim_number(id) == Some(number))
                .cloned()
        });
        match claim {
            Some(id) => self.select(Item::Claim(id), moment),
            None => {
                self.refuse(format!("there is no claim {number} in the list"));
                Vec::new()
            }
        }
    }
}
