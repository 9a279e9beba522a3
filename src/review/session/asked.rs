//! What is decided and what is still asked: counts and questions, as lists and the finish gate
//! tell them.

use super::super::{Item, Left};
use super::Session;
use super::tally::Tally;
use crate::annotations::{Counted, Id, Progress, Question};
use crate::text::Word;

impl Session {
    /// How much is decided.
    pub fn progress(&self) -> Progress {
        self.index.progress()
    }

    /// How an item counts, and what presses most of what is open about it.
    pub fn counted(&self, item: &Item) -> Counted {
        match item {
            Item::Claim(id) => self.index.counted(id),
            Item::Source(id) => self.index.source_counted(id),
        }
    }

    /// Everything that is open about a record, what presses most first.
    pub fn questions(&self, id: &Id) -> Vec<Question> {
        let record = self.document.annotation(id);
        record.map_or(Vec::new(), |record| {
            self.document.questions(record, &self.reviewer)
        })
    }

    /// What is left: claims and sources with an open question, and which.
    pub fn left(&self) -> Left {
        let [claims, sources] = self.index.tallies();
        let questions = |tally: &Tally| {
            let counts = Question::ALL.iter().map(|q| (*q, tally.of(*q)));
            counts.filter(|(_, count)| *count > 0).collect()
        };
        Left {
            claims: questions(claims),
            sources: questions(sources),
            disputed: self.index.progress().disputed,
            folded: if self.shows_folded {
                0
            } else {
                self.folded_count()
            },
        }
    }
}
