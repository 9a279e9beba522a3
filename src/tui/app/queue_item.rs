//! One article of the queue: where it stands, what is known of it, whether it is marked.

use crate::annotations::{QueueRow, folded};
use crate::review::ArticleFacts;
use crate::text::Word;
use crate::tui::event::Listed;

/// What is said of an article that is no longer where it was listed.
const GONE: &str = "gone from the folder";

/// One article of the queue.
#[derive(Debug)]
pub(in crate::tui) struct QueueItem {
    /// Where it stands and what it is called.
    pub listed: Listed,
    /// What is known of it; `None` until it was looked at.
    pub row: Option<QueueRow>,
    /// Whether it is among those that the next decision is about.
    pub is_marked: bool,
    /// Whether it has a row of the list.
    pub(super) is_shown: bool,
    /// Whether it is no longer where it was listed.
    pub is_gone: bool,
    /// Whether it was looked at since it was last asked for.
    pub(super) is_looked_at: bool,
    /// Its name and what is known of it, as filters compare words.
    about: String,
}

impl QueueItem {
    /// An article nobody has looked at.
    pub(super) fn new(listed: Listed) -> QueueItem {
        QueueItem {
            about: folded(&listed.name),
            // What cannot be read is not waited for.
            is_looked_at: listed.trouble.is_some(),
            listed,
            row: None,
            is_marked: false,
            is_shown: false,
            is_gone: false,
        }
    }

    /// Takes up what a look at it found.
    pub(super) fn learn(&mut self, row: QueueRow) {
        let known = row.about.entries().map(|(_, words)| words);
        let known: Vec<&str> = std::iter::once(&*self.listed.name).chain(known).collect();
        self.about = folded(&known.join(" "));
        self.row = Some(row);
    }

    /// Takes up that it is no longer where it was listed.
    pub(super) fn go(&mut self) {
        self.is_gone = true;
        self.is_marked = false;
        self.listed.trouble = Some(GONE.to_owned());
    }

    /// Whether somebody still has to review it.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.listed.trouble.is_none() && self.row.as_ref().is_none_or(QueueRow::is_open)
    }

    /// What has to be known before opening it.
    pub(in crate::tui) fn trouble(&self) -> Option<&str> {
        let known = || self.row.as_ref()?.trouble.as_deref();
        self.listed.trouble.as_deref().or_else(known)
    }

    /// What a filter is told of it.
    pub(super) fn facts(&self) -> ArticleFacts<'_> {
        let row = self.row.as_ref();
        let mut words = vec![self.about.as_str()];
        words.extend(row.map(|row| row.words.as_str()));
        words.extend(self.trouble());
        ArticleFacts {
            words,
            sources: row.map_or_else(Vec::new, |row| {
                row.sources.iter().map(|(name, _)| name.as_str()).collect()
            }),
            states: row.map(|row| row.state.as_str()).into_iter().collect(),
            tags: row.map_or_else(Vec::new, |row| {
                row.tags.iter().map(String::as_str).collect()
            }),
            worth: row.map(|row| row.priority),
        }
    }
}
