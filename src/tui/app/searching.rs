//! Words looked for in the article: where they stand, and going from one to the next.

use super::open_review::Search;
use super::{App, Screen};
use crate::review::{Look, Moment};
use crate::text::{Seek, Span};
use crate::tui::event::Request;
use crate::tui::layout::Scroll;

/// Matches kept of one search; more are of no use to anybody.
const MOST_MATCHES: usize = 10_000;

impl App {
    /// Looks for words in the article, or in the rows of the queue; none end the search.
    pub(super) fn search(&mut self, words: &str, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            self.queue.set_filter(words);
            return Vec::new();
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        review.search = None;
        if words.is_empty() {
            return Vec::new();
        }
        let text = review.session.article().text();
        let matches: Vec<Span> = Seek::new(text, words).take(MOST_MATCHES).collect();
        if matches.is_empty() {
            self.refuse(format!("“{words}” is not in the article"));
            return Vec::new();
        }
        let view = review.article.view().visible(review.article.wrap());
        let at = matches
            .iter()
            .position(|m| m.start >= view.start)
            .unwrap_or(0);
        review.search = Some(Search {
            words: words.to_owned(),
            matches,
            at,
        });
        self.go_to_match(0, moment)
    }

    /// Goes on by so many matches, round and round, and shows the one there.
    pub(super) fn go_to_match(&mut self, by: isize, moment: &Moment) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let Some(search) = &mut review.search else {
            return Vec::new();
        };
        let count = search.matches.len() as isize;
        search.at = (search.at as isize + by).rem_euclid(count.max(1)) as usize;
        let Some(&span) = search.matches.get(search.at) else {
            return Vec::new();
        };
        let text = format!(
            "match {} of {count} for “{}”; Esc ends",
            search.at + 1,
            search.words
        );
        let requests = self.act(Look::SelectAt(span.start), moment);
        if let Some(review) = &mut self.review {
            review.article.scroll(Scroll::Show(span));
        }
        self.say(text);
        requests
    }
}
