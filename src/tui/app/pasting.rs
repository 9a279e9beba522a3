//! A new article that is pasted into the queue: its text, and what became of it. The file is written
//! elsewhere.

use std::path::PathBuf;

use super::mode::Mode;
use super::{App, name_of};
use crate::tui::event::{Pasted, Request};

impl App {
    /// Waits for the text of a new article.
    pub(super) fn ask_for_paste(&mut self) {
        if self.options.tutor {
            self.refuse("what is added here would go with the practice article at the end");
            return;
        }
        self.mode = Mode::Paste;
    }

    /// Has the text that was pasted made an article.
    pub(super) fn add_pasted(&mut self, text: &str) -> Vec<Request> {
        if text.trim().is_empty() {
            self.refuse("nothing was pasted: copy the text of the article first");
            return Vec::new();
        }
        self.mode = Mode::Normal;
        self.say("adding the article");
        vec![Request::Add(Pasted {
            folder: self.options.folder.clone(),
            text: text.to_owned(),
        })]
    }

    /// Tells where a new article is, or why there is none; the queue is walked for it.
    pub(super) fn added(&mut self, went: Result<PathBuf, String>) -> Vec<Request> {
        match went {
            Ok(path) => {
                self.say(format!("added: {}", name_of(&path)));
                vec![Request::Walk]
            }
            Err(why) => {
                self.refuse(why);
                Vec::new()
            }
        }
    }
}
