//! What comes to a session from elsewhere: another document, the sentences.

use std::sync::Arc;

use super::Session;
use crate::annotations::Document;
use crate::text::Span;

impl Session {
    /// Takes another document of the same article, as after a merge or a detector run;
    /// selection and filter are kept by id.
    pub fn replace_document(&mut self, mut document: Document) {
        document.set_rank(self.document.rank().clone());
        self.document = Arc::new(document);
        self.rebuild(false);
    }

    /// Takes the sentences, when they become known after the session was opened.
    pub fn set_sentences(&mut self, sentences: Vec<Span>) {
        self.sentences = sentences;
    }
}
