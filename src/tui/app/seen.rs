//! What drawing and the loop see of the desk: everything to be read, nothing to be changed.

use std::sync::Arc;

use super::queue_list::QueueList;
use super::{App, AppOptions, HintLines, Mode, OpenReview, Screen};
use crate::annotations::{Document, Time};
use crate::review::Notice;
use crate::tui::command::Key;
use crate::tui::event::LetGo;
use crate::tui::layout;

impl App {
    /// What the desk was started with.
    pub(in crate::tui) fn options(&self) -> &AppOptions {
        &self.options
    }

    /// Which screen is shown.
    pub(in crate::tui) fn screen(&self) -> Screen {
        self.screen
    }

    /// The articles listed.
    pub(in crate::tui) fn queue(&self) -> &QueueList {
        &self.queue
    }

    /// When what happened last happened.
    pub(in crate::tui) fn now(&self) -> &Time {
        &self.now
    }

    /// The article under review.
    pub(in crate::tui) fn review(&self) -> Option<&OpenReview> {
        self.review.as_ref()
    }

    /// What keys mean at the moment.
    pub(in crate::tui) fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Keys of a sequence begun.
    pub(in crate::tui) fn pending(&self) -> &[Key] {
        &self.pending
    }

    /// The lines that tell what keys do, as far as they were shown.
    pub(in crate::tui) fn hint_lines(&self) -> &HintLines {
        &self.hint_lines
    }

    /// Where the parts of the review screen stand.
    pub(in crate::tui) fn review_areas(&self) -> layout::Review {
        self.areas.unwrap_or_else(|| self.review_layout())
    }

    /// What there is to be told.
    pub(in crate::tui) fn message(&self) -> Option<&Notice> {
        self.message.as_ref()
    }

    /// What the latest change did, and the key that takes it back; not beside a newer message,
    /// of which it would seem to speak.
    pub(in crate::tui) fn done(&self) -> Option<(&str, &str)> {
        let done = self.done.as_ref();
        let done = done.filter(|done| done.is_fresh || self.message.is_none())?;
        Some((&done.what, &done.key))
    }

    /// The document to be written: of the open article, else of the one just left.
    pub(in crate::tui) fn document(&self) -> Option<Arc<Document>> {
        let review = self.review.as_ref().or(self.leaving.as_ref())?;
        Some(review.session.shared_document())
    }

    /// The article that was left, once it is on its way to the disk: to be let go of where no key
    /// waits for that.
    pub(in crate::tui) fn let_go(&mut self) -> Option<LetGo> {
        self.leaving.take().map(LetGo::of)
    }
}
