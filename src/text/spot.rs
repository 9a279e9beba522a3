//! Where in the original a word of the text layer stands: the page of a print, the second of a
//! recording.

use std::fmt;

/// A place in the original, as a person looks it up; written as locators of evidence are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The second of a recording: `00:41:07`.
    Second(u32),
    /// The page of a print, counted from 1: `p. 3`.
    Page(u32),
}

impl fmt::Display for Spot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Spot::Second(seconds) => {
                let (minutes, seconds) = (seconds / 60, seconds % 60);
                let (hours, minutes) = (minutes / 60, minutes % 60);
                write!(out, "{hours:02}:{minutes:02}:{seconds:02}")
            }
            Spot::Page(page) => write!(out, "p. {page}"),
        }
    }
}
