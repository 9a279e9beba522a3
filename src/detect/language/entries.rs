//! The lists of words, read: what they say of each, and the table that is compiled in.
//!
//! Read while the program is built; nothing of it runs in it.

use std::collections::BTreeMap;

use super::entry::{Entry, Noun, PLACE_BITS, lines, place};
use super::tags::{TAGS, position};
use crate::detect::numbers::hashing::word_hash;

const PARTS_OF_SPEECH: &str = include_str!("en/parts_of_speech.txt");
const CUES: &str = include_str!("en/cues.txt");
const NOUNS: &str = include_str!("en/nouns.txt");
const CLASSES: &str = include_str!("en/word_classes.txt");

/// What the lists say, by the hash of the word.
pub fn entries() -> BTreeMap<u32, Entry> {
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
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
    entries
}

/// The table of entries: where each place begins among them (one more than there are places),
/// then all hashes, smallest first, then what is known of each, in the same order; numbers of four
/// bytes, little end first.
pub fn table(entries: &BTreeMap<u32, Entry>) -> Vec<u8> {
    let mut begins = vec![0u32; (1 << PLACE_BITS) + 1];
    for hash in entries.keys() {
        begins[place(*hash) + 1] += 1;
    }
    for k in 1..begins.len() {
        begins[k] += begins[k - 1];
    }
    let numbers = begins.iter().chain(entries.keys());
    let mut table: Vec<u8> = numbers.flat_map(|n| n.to_le_bytes()).collect();
    table.extend(entries.values().flat_map(|entry| entry.to_bytes()));
    table
}
