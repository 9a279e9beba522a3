//! What is known of a single word, and how lists and table have it.

use std::str::SplitAsciiWhitespace;

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

impl Noun {
    /// All kinds, each at its number.
    const ALL: [Noun; 7] = [
        Noun::None,
        Noun::Person,
        Noun::Group,
        Noun::Organisation,
        Noun::Media,
        Noun::Document,
        Noun::Title,
    ];
}

/// What is known about one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Most frequent tag as a position in [`TAGS`](super::tags::TAGS), plus one; 0 if unknown.
    pub tag: u8,
    /// How often it attributes: 4 nearly always, 1 sometimes, 0 never.
    pub cue: u8,
    /// Kind of noun.
    pub noun: Noun,
    /// Group of classes of words of like meaning, and class in all; 0 if in none.
    pub class: [u16; 2],
}

/// Bytes of an entry in the table: tag, cue, noun, an empty one, both numbers of its class.
pub const ENTRY: usize = 8;

impl Entry {
    /// As it stands in the table.
    pub fn to_bytes(self) -> [u8; ENTRY] {
        let [group, class] = self.class.map(u16::to_le_bytes);
        [
            self.tag,
            self.cue,
            self.noun as u8,
            0,
            group[0],
            group[1],
            class[0],
            class[1],
        ]
    }

    /// Of what stands in the table.
    pub fn from_bytes(bytes: [u8; ENTRY]) -> Entry {
        let [tag, cue, noun, _, a, b, c, d] = bytes;
        Entry {
            tag,
            cue,
            noun: Noun::ALL
                .get(usize::from(noun))
                .copied()
                .unwrap_or_default(),
            class: [u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])],
        }
    }
}

/// The lines of a list that say something: their first word, and those behind it.
pub fn lines(file: &str) -> impl Iterator<Item = (&str, SplitAsciiWhitespace<'_>)> {
    file.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            words.next().map(|head| (head, words))
        })
}

/// How many places a table tells apart by the first bits of a word's hash, as a power of two.
pub const PLACE_BITS: u32 = 14;

/// The place of a word's hash.
pub fn place(word: u32) -> usize {
    (word >> (u32::BITS - PLACE_BITS)) as usize
}
