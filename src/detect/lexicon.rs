//! What the detector knows about single words: part of speech, cue class, kind of noun.
//!
//! The lists are text files compiled in, looked up by the hash of the folded word. Nothing
//! here sees context; `reading` does that.

use rustc_hash::FxHashMap;

const PARTS_OF_SPEECH: &str = include_str!("lexicon/parts_of_speech.txt");
const CUES: &str = include_str!("lexicon/cues.txt");
const NOUNS: &str = include_str!("lexicon/nouns.txt");
const CLASSES: &str = include_str!("lexicon/word_classes.txt");

/// Penn Treebank tags and a few for marks; the order is part of every trained model.
pub const TAGS: &[&str] = &[
    "NN", "NNS", "NNP", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "MD", "POS", "PRP",
    "PRP$", "RB", "RBR", "RBS", "RP", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT",
    "WP", "WP$", "WRB", ",", ".", ":", "\"", "(", ")", "-", "SYM",
];

/// Position of a tag in [`TAGS`], worked out while compiling: an unknown name does not compile.
macro_rules! tag {
    ($name:literal) => {
        const {
            match $crate::detect::lexicon::position($crate::detect::lexicon::TAGS, $name) {
                Some(place) => place as u8,
                None => panic!("no such tag"),
            }
        }
    };
}
pub(super) use tag;

/// Position of a name in a list of names.
pub(super) const fn position(list: &[&str], name: &str) -> Option<usize> {
    let mut k = 0;
    while k < list.len() {
        if same(list[k].as_bytes(), name.as_bytes()) {
            return Some(k);
        }
        k += 1;
    }
    None
}

/// Position of a tag in [`TAGS`] by its name, other spellings of it included; the last, a sign,
/// for an unknown one.
pub fn tag_number(name: &str) -> u8 {
    let name = match name {
        "NNPS" => "NNP",
        "PDT" => "DT",
        "``" | "''" => "\"",
        "HYPH" => "-",
        "-LRB-" => "(",
        "-RRB-" => ")",
        name => name,
    };
    position(TAGS, name).unwrap_or(TAGS.len() - 1) as u8
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut k = 0;
    while k < a.len() {
        if a[k] != b[k] {
            return false;
        }
        k += 1;
    }
    true
}

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
}

/// Hash of a word's folded bytes (FNV-1a): the identity of a word in every model.
pub fn word_hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811C_9DC5, |h, b| {
        (h ^ u32::from(*b)).wrapping_mul(0x0100_0193)
    })
}

fn lines(file: &str) -> impl Iterator<Item = (&str, std::str::SplitWhitespace<'_>)> {
    file.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
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
        Lexicon { entries }
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
        for (head, _) in lines(PARTS_OF_SPEECH) {
            assert!(TAGS.contains(&head), "{head}");
        }
    }
}
