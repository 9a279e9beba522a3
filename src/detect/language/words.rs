//! Forms of lists: what the words of a section are kept as, and how they are asked for.

use rustc_hash::{FxHashMap, FxHashSet};

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

/// Stretches of text in small letters, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Phrases(Vec<Box<str>>);

impl Phrases {
    /// The first of them that `text` begins with.
    pub fn beginning(&self, text: &str) -> Option<&str> {
        let mut phrases = self.0.iter();
        phrases
            .find(|phrase| text.starts_with(&***phrase))
            .map(|phrase| &**phrase)
    }

    /// The first of them that `text` begins with, no letter or digit right behind it.
    pub fn whole_beginning(&self, text: &str) -> Option<&str> {
        let whole = |p: &&str| text.strip_prefix(*p).is_some_and(starts_anew);
        self.0.iter().map(|phrase| &**phrase).find(whole)
    }

    /// Whether one of them stands in `text` as whole words.
    pub fn whole_within(&self, text: &str) -> bool {
        let whole = |phrase: &str| {
            text.match_indices(phrase).any(|(at, _)| {
                let letter = text[..at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphanumeric);
                !letter && starts_anew(&text[at + phrase.len()..])
            })
        };
        self.0.iter().any(|phrase| whole(phrase))
    }

    /// Whether one of them stands in `text` next to a slash.
    pub fn beside_slash(&self, text: &str) -> bool {
        let before = |p: &str| text.strip_prefix(p).is_some_and(|t| t.starts_with('/'));
        let behind = |p: &str| {
            text.match_indices(p)
                .any(|(at, _)| text[..at].ends_with('/'))
        };
        self.0.iter().any(|p| before(p) || behind(p))
    }

    /// Whether one of them stands in `text`.
    pub fn within(&self, text: &str) -> bool {
        self.0.iter().any(|phrase| text.contains(&**phrase))
    }
}

/// Whether no word goes on at the start of `rest`.
fn starts_anew(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
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
        self.0.push(entry.into());
    }
}
