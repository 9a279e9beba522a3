//! Closed lists of words, and words that may come from outside the list.
//!
//! Files of other tools and later versions hold words we do not know (a kind, a decision);
//! they must survive a round trip, so whatever is read from a file is an [`Open`] word.

use std::fmt;

/// A word of a closed list: what it is called in files and on the screen.
pub trait Word: Copy + Eq + 'static {
    /// Every word, in the order shown to people.
    const ALL: &'static [Self];

    /// The spelling in files and on the screen.
    fn as_str(self) -> &'static str;

    /// The word with that spelling, if it is a known one.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == word)
    }
}

/// Declares a closed list of words with the spelling used in files and on the screen.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $crate::text::Word for $name {
            const ALL: &'static [$name] = &[$($name::$variant),+];

            fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::text::Word::as_str(*self))
            }
        }
    };
}
pub(crate) use words;

/// A word read from a file: of the list, or kept as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Open<T> {
    /// A word of the list.
    Known(T),
    /// Another tool's word, kept to the letter.
    Other(String),
}

impl<T: Word> Open<T> {
    /// Reads a word.
    pub fn parse(word: &str) -> Open<T> {
        T::parse(word).map_or_else(|| Open::Other(word.to_owned()), Open::Known)
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Open::Known(word) => word.as_str(),
            Open::Other(word) => word,
        }
    }

    /// The word, if it is of the list.
    pub fn known(&self) -> Option<T> {
        match self {
            Open::Known(word) => Some(*word),
            Open::Other(_) => None,
        }
    }
}

impl<T> From<T> for Open<T> {
    fn from(word: T) -> Open<T> {
        Open::Known(word)
    }
}

impl<T: Word> fmt::Display for Open<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
