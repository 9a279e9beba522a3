//! What the detector knows about single words: part of speech, cue class, kind of noun.
//!
//! The lists are text files compiled in, looked up by the hash of the folded word. Nothing
//! here sees context; `reading` does that.

use std::str::SplitAsciiWhitespace;

use rustc_hash::FxHashMap;

use super::tags::{TAGS, position, tag};
use crate::detect::numbers::hashing::word_hash;

const PARTS_OF_SPEECH: &str = include_str!("en/parts_of_speech.txt");
const CUES: &str = include_str!("en/cues.txt");
const NOUNS: &str = include_str!("en/nouns.txt");
const ENDINGS: &str = include_str!("en/endings.txt");
const CLASSES: &str = include_str!("en/word_classes.txt");

/// What a noun says about a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Noun {
    /// Nothing known.
    #[default]
    None,
    /// A function one person has.
    Person,
    /// Several people.
    Group,
    /// A body.
    Organisation,
    /// A newspaper, agency, broadcaster.
    Media,
    /// Something written.
    Document,
    /// A title in front of a name.
    Title,
}

/// What is known about one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Most frequent tag as a position in [`TAGS`], plus one; 0 if unknown.
    pub tag: u8,
    /// How often it attributes: 4 nearly always, 1 sometimes, 0 never.
    pub cue: u8,
    /// Kind of noun.
    pub noun: Noun,
    /// Group of classes of words of like meaning, and class in all; 0 if in none.
    pub class: [u16; 2],
}

/// The word lists, ready to be asked.
#[derive(Clone, Debug)]
pub struct Lexicon {
    entries: FxHashMap<u32, Entry>,
    /// Endings of words with their tags.
    endings: Vec<(&'static str, u8)>,
}

fn lines(file: &str) -> impl Iterator<Item = (&str, SplitAsciiWhitespace<'_>)> {
    file.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            words.next().map(|head| (head, words))
        })
}

impl Lexicon {
    /// Reads the lists that are compiled in.
    pub fn new() -> Lexicon {
        let mut entries: FxHashMap<u32, Entry> = FxHashMap::default();
        entries.reserve(60_000);
        for (head, words) in lines(PARTS_OF_SPEECH) {
            let tag = position(TAGS, head).unwrap_or(0) as u8 + 1;
            for word in words {
                entries.entry(word_hash(word.as_bytes())).or_default().tag = tag;
            }
        }
        for (head, words) in lines(CUES) {
            let class = head.parse().unwrap_or(0);
            for word in words {
                entries.entry(word_hash(word.as_bytes())).or_default().cue = class;
            }
        }
        for (head, words) in lines(NOUNS) {
            let noun = match head {
                "person" => Noun::Person,
                "group" => Noun::Group,
                "organisation" => Noun::Organisation,
                "media" => Noun::Media,
                "document" => Noun::Document,
                _ => Noun::Title,
            };
            for word in words {
                let entry = entries.entry(word_hash(word.as_bytes())).or_default();
                // A word in two lists keeps its first, more telling class.
                if entry.noun == Noun::None {
                    entry.noun = noun;
                }
            }
        }
        let mut classes = 0;
        let mut last = "";
        for (head, words) in lines(CLASSES) {
            classes += u16::from(head != last);
            last = head;
            let group = head.split('.').next().and_then(|g| g.parse().ok());
            for word in words {
                entries.entry(word_hash(word.as_bytes())).or_default().class =
                    [group.map_or(0, |g: u16| g + 1), classes];
            }
        }
        let tagged = |(head, words): (&str, SplitAsciiWhitespace<'static>)| {
            let tag = position(TAGS, head).unwrap_or(0) as u8;
            words.map(move |ending| (ending, tag))
        };
        let endings = lines(ENDINGS).flat_map(tagged).collect();
        Lexicon { entries, endings }
    }

    /// The tag of a small word that is in no list, by its ending; a noun's if none fits.
    pub fn guess_tag(&self, word: &[u8]) -> u8 {
        let fits = |(ending, _): &&(&str, u8)| word.ends_with(ending.as_bytes());
        let found = self.endings.iter().find(fits);
        found.map_or(tag!("NN"), |(_, tag)| *tag)
    }

    /// What is known about the word with this hash.
    pub fn entry(&self, word: u32) -> Entry {
        self.entries.get(&word).copied().unwrap_or_default()
    }
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        Lexicon::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_found() {
        let lexicon = Lexicon::new();
        let entry = |w: &str| lexicon.entry(word_hash(w.as_bytes()));
        assert_eq!(TAGS[entry("said").tag as usize - 1], "VBD");
        assert_eq!(entry("said").cue, 4);
        assert_eq!(entry("spokeswoman").noun, Noun::Person);
        assert_eq!(entry("qqqq"), Entry::default());
    }

    #[test]
    fn every_tag_of_the_list_is_known() {
        for (head, _) in lines(PARTS_OF_SPEECH).chain(lines(ENDINGS)) {
            assert!(TAGS.contains(&head), "{head}");
        }
    }
}
