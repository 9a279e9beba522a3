//! Opening an article: its files, what belongs to it, and the detectors that are asked about it.

use std::path::PathBuf;
use std::time::Instant;

use super::{Runtime, SAVE_AFTER};
use crate::detect::Run;
use crate::text::Article;
use crate::tui::event::{Event, TakenUp};
use crate::tui::runtime::contained::contained;
use crate::tui::runtime::desk_and_files::{Desk, Files};
use crate::tui::runtime::terminal::Screen;
use crate::tui::runtime::worker::AskedOf;

impl<D: Desk, S: Screen, F: Files> Runtime<D, S, F> {
    /// Opens an article. The one open before is let go only once that worked, so that a
    /// desk that cannot go on still stands on something.
    pub(super) fn open(&mut self, path: PathBuf) {
        if self.state.open.as_ref() == Some(&path) {
            self.close();
        }
        // One that is still being saved is opened when that is done.
        self.settle_on(&path);
        let moment = self.clock.moment();
        let (files, leaving) = (&mut self.files, self.desk.document());
        match contained(|| files.open(&path, leaving, &moment)) {
            Ok((opened, closing)) => {
                let article = opened.article.clone();
                self.left_behind(closing);
                self.heed_left(&path);
                self.state.open = Some(path.clone());
                // Decisions that an earlier run left in the journal.
                if self.files.is_unsaved() {
                    self.state.save_at = Some(Instant::now() + SAVE_AFTER);
                }
                self.tell(Event::Opened(Box::new(opened)));
                if let Some(offer) = self.files.offer(&path, &article) {
                    self.tell(Event::Offered(path.clone(), offer));
                }
                if let Some(asked) = self.asked_of(path, article) {
                    self.workers.detect(asked.clone());
                    self.workers.ask(Some(asked));
                }
            }
            Err(reason) => self.tell(Event::NotOpened { path, reason }),
        }
    }

    /// Asks the detectors of the house about the open article anew, or nothing where none is open.
    pub(super) fn ask_detectors(&self) {
        let open = self.state.open.clone().zip(self.desk.article().cloned());
        let asked = open.and_then(|(path, article)| self.asked_of(path, article));
        self.workers.ask(asked);
    }

    /// The article with the runs over its text that are there already, and are not cut.
    fn asked_of(&self, path: PathBuf, article: Article) -> Option<AskedOf> {
        let document = self.desk.document()?;
        let runs = document.parts().runs.iter().map(|(_, run)| run);
        let runs = runs.filter(|run| run.text == *document.text() && run.more.is_empty());
        let known = runs.map(|run| Run::new(&run.tool, &run.model));
        Some(AskedOf {
            path,
            article,
            known: known.collect(),
        })
    }

    /// Takes up decisions for the open article, which is let go for it and opened again.
    pub(super) fn take_up(&mut self, path: PathBuf, strays: &[PathBuf]) {
        self.close();
        self.settle_on(&path);
        let taken = match self.files.take_up(&path, strays) {
            Ok(notices) => TakenUp::Yes(notices),
            Err(reason) => TakenUp::No(reason),
        };
        self.open(path);
        self.tell(Event::TakenUp(taken));
    }

    pub(super) fn take_in(&mut self, path: PathBuf, words: &str, is_in: bool) {
        self.close();
        self.settle_on(&path);
        let taken = match self.files.take_in(&path, words, is_in) {
            Ok(()) if is_in => TakenUp::Yes(vec!["the paragraph is in the article".to_owned()]),
            Ok(()) => TakenUp::Yes(vec!["the paragraph is out of the article".to_owned()]),
            Err(reason) => TakenUp::No(reason),
        };
        self.open(path);
        self.tell(Event::TakenUp(taken));
    }
}
