//! What drawing and the loop see of the desk: everything to be read, nothing to be changed.

use std::sync::Arc;

use super::queue_list::QueueList;
use super::{App, AppOptions, Mode, OpenReview, Screen};
use crate::annotations::{Document, Time};
use crate::review::Notice;
use crate::tui::command::Key;

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

    /// Lets go of the article that was left, once it is written.
    pub(in crate::tui) fn let_go(&mut self) {
        self.leaving = None;
    }
}
