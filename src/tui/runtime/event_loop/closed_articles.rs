//! Articles that are not open: decisions on them, one after the other, and looks at them.
//!
//! A decision on many articles must not keep a key waiting, so one is carried out between two
//! looks at what else happened. They keep their order; those still to be done at the end are
//! done before it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::contained::contained;
use super::super::desk_and_files::{Desk, Files};
use super::super::terminal::Screen;
use super::Runtime;
use crate::review::{Act, Decide};
use crate::tui::event::Event;

/// Something to be done to an article that is not open.
#[derive(Debug)]
pub(super) enum Errand {
    /// A decision.
    Act(PathBuf, Decide),
    /// An act, done or taken back.
    Edit(PathBuf, Box<Act>),
}

impl<D: Desk, S: Screen, F: Files> Runtime<D, S, F> {
    /// Does it now if it is alone, else in its turn.
    pub(super) fn at_its_turn(&mut self, errand: Errand, are_several: bool) {
        let is_alone = self.state.errands.is_empty() && !are_several;
        self.state.errands.push_back(errand);
        if is_alone {
            self.next_errand();
        }
    }

    /// Does what is to be done next; whether there was anything.
    pub(super) fn next_errand(&mut self) -> bool {
        let Some(errand) = self.state.errands.pop_front() else {
            return false;
        };
        match errand {
            Errand::Act(path, decide) => self.act_closed(&path, decide),
            Errand::Edit(path, act) => self.edit_closed(&path, &act),
        }
        self.frame_within(Duration::ZERO);
        true
    }

    fn act_closed(&mut self, path: &Path, decide: Decide) {
        let moment = self.clock.moment();
        let files = &mut self.files;
        let went = contained(|| files.act_closed(path, decide, &moment));
        if went.is_ok() {
            self.heed_left(path);
        }
        self.tell(Event::ActedClosed(path.to_owned(), went));
        self.look_again(path);
    }

    fn edit_closed(&mut self, path: &Path, act: &Act) {
        let moment = self.clock.moment();
        let files = &mut self.files;
        let went = contained(|| files.edit_closed(path, act, &moment));
        if went.is_ok() {
            self.heed_left(path);
        }
        self.tell(Event::EditedClosed(path.to_owned(), went));
        self.look_again(path);
    }

    /// Forgets that an article was left unsaved, because it was opened again, and takes up those
    /// that were left since.
    pub(super) fn heed_left(&mut self, path: &Path) {
        self.state.left.retain(|(left, _)| left != path);
        self.state.left.extend(self.files.left());
    }

    pub(super) fn look_again(&mut self, path: &Path) {
        if let Some(at) = self.state.listed.get(path) {
            self.workers.look(*at, path.to_owned());
        }
    }

    /// Looks at articles as the desk counts them.
    pub(super) fn look_at(&mut self, articles: Vec<(usize, PathBuf)>) {
        for (at, path) in &articles {
            self.state.listed.entry(path.clone()).or_insert(*at);
        }
        self.workers.look_in_order(articles);
    }
}
