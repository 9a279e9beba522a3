//! Detectors of the house: programs that say what an article claims, beside the one compiled in.

/// A detector that is a program of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detector {
    /// What it is called in the file, on the command line and on the screen.
    pub name: String,
    /// The program and its arguments, as they are; at least one word.
    pub command: Vec<String>,
    /// Seconds it may take for an article.
    pub deadline: u64,
    /// The host to which it may send texts; `None`: to none.
    pub sends: Option<String>,
    /// The line in the file, counted from 1.
    pub line: usize,
}

impl Detector {
    /// What the detector compiled in is called, so that no other may be.
    pub const OWN: &str = "proofmark";

    /// Seconds for an article where the file says nothing.
    pub const DEADLINE: u64 = 120;

    /// The fields of the table of one.
    pub const FIELDS: [&str; 3] = ["command", "deadline", "sends"];
}
