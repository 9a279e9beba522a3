//! Forms of lists: what the words of a section are kept as, and how they are asked for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrases::Phrases;
use crate::detect::numbers::hashing::word_hash;

/// Single words, known by their identity in a reading: small letters, signs aside.
#[derive(Clone, Debug, Default)]
pub struct Words(FxHashSet<u32>);

impl Words {
    /// Whether the word with this identity is one of them.
    pub fn has(&self, id: u32) -> bool {
        self.0.contains(&id)
    }
}

/// Words and signs exactly as they are written.
#[derive(Clone, Debug, Default)]
pub struct Spelt(FxHashSet<Box<str>>);

impl Spelt {
    /// Whether these letters are one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Single words, known by their identity, each with another behind a blank: "am is".
#[derive(Clone, Debug, Default)]
pub struct Pairs(FxHashMap<u32, Box<str>>);

impl Pairs {
    /// What stands behind the word with this identity.
    pub fn of(&self, id: u32) -> Option<&str> {
        self.0.get(&id).map(|other| &**other)
    }
}

/// Something a section of a file becomes.
pub(super) trait Section {
    /// Takes an entry in.
    fn take(&mut self, entry: &str);
}

/// What stands for something that is not told: "who?" as "[who?]".
#[derive(Clone, Debug, Default)]
pub struct Gap(Box<str>);

impl Gap {
    /// With its brackets.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Section for Gap {
    fn take(&mut self, entry: &str) {
        self.0 = format!("[{entry}]").into();
    }
}

impl Section for Words {
    fn take(&mut self, entry: &str) {
        self.0.insert(word_hash(entry.as_bytes()));
    }
}

impl Section for Pairs {
    fn take(&mut self, entry: &str) {
        if let Some((word, other)) = entry.split_once(' ') {
            self.0.insert(word_hash(word.as_bytes()), other.into());
        }
    }
}

impl Section for Spelt {
    fn take(&mut self, entry: &str) {
        self.0.insert(entry.into());
    }
}

impl Section for Phrases {
    fn take(&mut self, entry: &str) {
        self.add(entry);
    }
}
