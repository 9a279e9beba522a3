//! What has to be known of a language to find where its sentences end.

use rustc_hash::FxHashSet;

use crate::text::sections;

/// A set of words.
type Words = FxHashSet<Box<str>>;

/// Words that tell whether a full stop or a line end ends a sentence; small letters, where
/// nothing else is said.
#[derive(Clone, Debug, Default)]
pub struct Stops {
    /// Abbreviations a sentence never ends with: a name or number follows.
    pub(super) titles: Words,
    /// Abbreviations a sentence may end with; what follows decides.
    pub(super) perhaps: Words,
    /// Titles that are an answer where no number follows.
    pub(super) answers: Words,
    /// Words that begin a sentence and hardly ever a name.
    pub(super) starters: Words,
    /// Words no line of its own stops at, as they are written.
    pub(super) running_on: Words,
    /// Words behind a speaker's name, as they are written.
    pub(super) speaking: Words,
}

impl Stops {
    /// Takes them from data files, by the names of their sections.
    pub fn read(files: &[&str]) -> Stops {
        let mut stops = Stops::default();
        for (name, entries) in files.iter().flat_map(|file| sections(file)) {
            let words = match name {
                "titles" => &mut stops.titles,
                "perhaps" => &mut stops.perhaps,
                "answers" => &mut stops.answers,
                "starters" => &mut stops.starters,
                "running on" => &mut stops.running_on,
                "speaking" => &mut stops.speaking,
                _ => continue,
            };
            words.extend(entries.into_iter().map(Box::from));
        }
        stops
    }
}
