//! What carrying out an action asks of the world: data, for the runtime to do.

use std::fmt;

use super::List;
use crate::annotations::{Edit, Question};

/// One act of a reviewer: what undo takes back as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What was done, for the status line: "claim 3 confirmed".
    pub label: String,
    /// The change, already applied to the document.
    pub edit: Edit,
    /// The change that restores what was there.
    pub inverse: Edit,
}

impl Act {
    /// The act that takes this one back.
    pub fn turned(self) -> Act {
        Act {
            label: self.label,
            edit: self.inverse,
            inverse: self.edit,
        }
    }
}

/// What the runtime has to do after an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write the act to the journal, before anything is drawn, and into the history.
    Record(Box<Act>),
    /// Tell the reviewer.
    Say(Notice),
    /// Ask whether to finish with this left open.
    AskFinish(Left),
    /// The pass is finished: open the next article.
    OpenNext,
}

/// What is left open in an article, by what presses most about each item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Claims with an open question.
    pub claims: Vec<(Question, usize)>,
    /// Sources with one.
    pub sources: Vec<(Question, usize)>,
    /// How many items other reviewers answered differently: told, and asked of nobody.
    pub disputed: usize,
    /// How many claims stand below the fold and are not shown.
    pub folded: usize,
}

impl Left {
    /// How many claims.
    pub fn claim_count(&self) -> usize {
        self.claims.iter().map(|(_, count)| count).sum()
    }

    /// How many sources.
    pub fn source_count(&self) -> usize {
        self.sources.iter().map(|(_, count)| count).sum()
    }

    /// Whether nothing is left to answer.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty() && self.sources.is_empty()
    }
}

impl fmt::Display for Left {
    /// As in “2 claims undecided, 1 claim second look, 1 source undecided”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claims = self.claims.iter().map(|entry| (List::Claims, entry));
        let sources = self.sources.iter().map(|entry| (List::Sources, entry));
        for (at, (list, (question, count))) in claims.chain(sources).enumerate() {
            let joint = if at == 0 { "" } else { ", " };
            write!(f, "{joint}{count} {} {question}", list.noun(*count))?;
        }
        if self.disputed > 0 {
            write!(f, "; {} disputed with others", self.disputed)?;
        }
        if self.folded > 0 {
            write!(f, "; {} folded, not shown", self.folded)?;
        }
        Ok(())
    }
}

/// A line for the reviewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something was done or is worth knowing.
    Info(String),
    /// Something could not be done, and why.
    Refused(String),
}
