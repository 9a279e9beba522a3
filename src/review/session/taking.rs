//! What comes to a session from elsewhere: a detector's run, another document, the sentences.

use std::sync::Arc;

use super::Session;
use crate::annotations::{Document, Time};
use crate::detect::{Findings, Run};
use crate::text::Span;

impl Session {
    /// Takes another document of the same article, as after a merge or a detector run;
    /// selection and filter are kept by id.
    pub fn replace_document(&mut self, mut document: Document) {
        document.set_rank(self.document.rank().clone());
        self.document = Arc::new(document);
        self.rebuild(false);
    }

    /// Puts what a detector run found among the records, as [`Document::adopt`]. Takes time by the
    /// length of the article: another thread does it to a copy, and
    /// [`Session::take_over`] brings what came of it back.
    pub fn take_run(&mut self, findings: &Findings, run: &Run, at: Time) {
        let mut document = (*self.document).clone();
        document.adopt(&self.article, findings, run, at);
        self.replace_document(document);
    }

    /// Shows another session of the article from now on, which was made of a copy of this one:
    /// its document and lists. What is selected stays so. `false`: this one is not as `from` any
    /// more, the copy it was made of, and stays as it is.
    pub fn take_over(&mut self, other: &Session, from: &Session) -> bool {
        // Another way of looking makes other lists.
        let is_same =
            Arc::ptr_eq(&self.document, &from.document) && Arc::ptr_eq(&self.index, &from.index);
        if is_same {
            self.document = Arc::clone(&other.document);
            self.index = Arc::clone(&other.index);
            self.keep_selection();
        }
        is_same
    }

    /// Takes the sentences, when they become known after the session was opened.
    pub fn set_sentences(&mut self, sentences: Vec<Span>) {
        self.sentences = Arc::new(sentences);
    }
}
