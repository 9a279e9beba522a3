//! Paragraphs of the file that are not in the article: what was not shown was not checked. A row
//! takes one in, or one that was taken in out again; that is written elsewhere.

use super::App;
use super::mode::{Choice, ChoiceRow, Choose, Mode};
use crate::text::LeftOut;
use crate::tui::event::Request;

impl App {
    /// Lists what was left out, and what of it was taken in.
    pub(super) fn open_left_out(&mut self) {
        let Some(review) = &self.review else {
            return;
        };
        let article = review.session.article();
        let taken = article.taken_in().iter().map(|paragraph| (paragraph, true));
        let left = article
            .left_out()
            .iter()
            .map(|paragraph| (paragraph, false));
        let mut all: Vec<(&LeftOut, bool)> = taken.chain(left).collect();
        all.sort_by_key(|(paragraph, _)| paragraph.before);
        if all.is_empty() {
            self.refuse("no paragraph of this file was left out");
            return;
        }
        let letters = ('a'..='z').filter(|c| !matches!(c, 'g' | 'j' | 'k' | 'q'));
        let keys = letters.map(Some).chain(std::iter::repeat(None));
        let rows = all.iter().zip(keys).map(|((paragraph, is_in), key)| {
            let words = paragraph.words.split_whitespace().count();
            let aside = match is_in {
                true => "in the article".to_owned(),
                false if words == 1 => "1 word".to_owned(),
                false => format!("{words} words"),
            };
            ChoiceRow {
                key,
                text: paragraph.words.clone(),
                aside,
            }
        });
        let rows = rows.collect();
        let paragraphs = all
            .iter()
            .map(|(paragraph, is_in)| (paragraph.words.clone(), !is_in));
        self.mode = Mode::Choose(Choose {
            what: Choice::LeftOut(paragraphs.collect()),
            rows,
            selected: 0,
        });
    }

    /// Has the paragraph of a row taken in, or out again.
    pub(super) fn take_in(&mut self, row: usize, paragraphs: Vec<(String, bool)>) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        if review.is_read_only() {
            self.refuse("nothing is taken in: the article is open for reading only");
            return Vec::new();
        }
        let path = review.path.clone();
        let chosen = paragraphs.into_iter().nth(row);
        chosen
            .map(|(words, is_in)| Request::TakeIn(path, words, is_in))
            .into_iter()
            .collect()
    }
}
