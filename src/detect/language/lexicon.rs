//! What the detector knows about single words: part of speech, cue class, kind of noun.
//!
//! The lists are text files, made into a table while the program is built (`entries.rs`) and
//! looked up by the hash of the folded word. Nothing here sees context; `reading` does that.

use super::entry::{ENTRY, Entry, PLACE_BITS, lines, place};
use super::tags::{TAGS, position, tag};

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
const ENDINGS: &str = include_str!("en/endings.txt");

/// The word lists, ready to be asked.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Where each place begins in both others; one more than there are places.
    begins: &'static [[u8; 4]],
    /// Hashes of the words, smallest first.
    hashes: &'static [[u8; 4]],
    entries: &'static [[u8; ENTRY]],
    /// Endings of words with their tags.
    endings: Vec<(&'static str, u8)>,
}

impl Lexicon {
    /// The lists that are compiled in.
    pub fn new() -> Lexicon {
        let (begins, words) = TABLE.split_at(4 * ((1 << PLACE_BITS) + 1));
        let count = words.len() / (4 + ENTRY);
        let (hashes, entries) = words.split_at(4 * count);
        Lexicon {
            begins: begins.as_chunks().0,
            hashes: hashes.as_chunks().0,
            entries: entries.as_chunks().0,
            endings: endings().collect(),
        }
    }

    /// The tag of a small word that is in no list, by its ending; a noun's if none fits.
    pub fn guess_tag(&self, word: &[u8]) -> u8 {
        let fits = |(ending, _): &&(&str, u8)| word.ends_with(ending.as_bytes());
        let found = self.endings.iter().find(fits);
        found.map_or(tag!("NN"), |(_, tag)| *tag)
    }

    /// What is known about the word with this hash.
    pub fn entry(&self, word: u32) -> Entry {
        let begin = |place: usize| u32::from_le_bytes(self.begins[place]) as usize;
        let place = place(word);
        let (from, to) = (begin(place), begin(place + 1));
        let hash = word.to_le_bytes();
        let found = self.hashes[from..to].iter().position(|h| *h == hash);
        found.map_or_else(Entry::default, |k| {
            Entry::from_bytes(self.entries[from + k])
        })
    }
}

/// The list of endings, each with its tag.
fn endings() -> impl Iterator<Item = (&'static str, u8)> {
    lines(ENDINGS).flat_map(|(head, endings)| {
        let tag = position(TAGS, head).unwrap_or(0) as u8;
        endings.map(move |ending| (ending, tag))
    })
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        Lexicon::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::language::entries::{entries, table};
    use crate::detect::language::entry::Noun;
    use crate::detect::numbers::hashing::word_hash;

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
    fn every_word_of_the_lists_is_found_and_no_other() {
        let (lexicon, lists) = (Lexicon::new(), entries());
        assert!(lists.len() > 50_000);
        assert!(
            TABLE == table(&lists),
            "it was made from the lists as they are"
        );
        for (hash, expected) in &lists {
            assert_eq!(lexicon.entry(*hash), *expected, "{hash:#x}");
            let beside = hash.wrapping_add(1);
            if !lists.contains_key(&beside) {
                assert_eq!(lexicon.entry(beside), Entry::default(), "{beside:#x}");
            }
        }
        for edge in [0, u32::MAX] {
            let expected = lists.get(&edge).copied().unwrap_or_default();
            assert_eq!(lexicon.entry(edge), expected);
        }
    }

    #[test]
    fn every_tag_of_the_lists_is_known() {
        let parts = include_str!("en/parts_of_speech.txt");
        for (head, _) in lines(parts).chain(lines(ENDINGS)) {
            assert!(TAGS.contains(&head), "{head}");
        }
    }
}
