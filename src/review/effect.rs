//! What carrying out an action asks of the world: data, for the runtime to do.

use crate::annotations::Edit;

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

/// What the runtime has to do after an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write the act to the journal, before anything is drawn, and into the history.
    Record(Box<Act>),
    /// Tell the reviewer.
    Say(Notice),
    /// Ask whether to finish with this many items undecided.
    AskFinish {
        /// Undecided claims.
        claims: usize,
        /// Undecided sources without a claim.
        sources: usize,
    },
    /// The pass is finished: open the next article.
    OpenNext,
}

/// A line for the reviewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something was done or is worth knowing.
    Info(String),
    /// Something could not be done, and why.
    Refused(String),
}
