//! The words of the queue's rows: each once for all rows, so that a row is a list of numbers.
//!
//! A hundred thousand articles have most of their words in common. A row keeps which words stand in
//! it, in a byte or two for each, for filters, and its texts as the words they are made of. A filter is
//! compared with every word once, not with every article.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use crate::annotations::{put_count, take_count};
use crate::review::TextWords;

/// Longest word, in bytes, that is kept for all: a longer one is hardly met twice.
const LONGEST: usize = 24;
/// The same of one with a figure in it: times and numbers are seldom met twice.
const LONGEST_FIGURE: usize = 8;

/// Every word of the queue's rows.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: String,
    ends: Vec<usize>,
    /// Words by their digest, or the next free number behind it.
    by_digest: FxHashMap<u64, u32>,
}

impl Vocabulary {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn word(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(number)?)
    }

    /// The number of a word; `None`: it is not kept for all.
    fn number(&mut self, word: &str) -> Option<u32> {
        let most = match word.bytes().any(|byte| byte.is_ascii_digit()) {
            true => LONGEST_FIGURE,
            false => LONGEST,
        };
        if word.len() > most {
            return None;
        }
        let mut hasher = FxHasher::default();
        word.hash(&mut hasher);
        let mut digest = hasher.finish();
        while let Some(&number) = self.by_digest.get(&digest) {
            if self.word(number as usize) == Some(word) {
                return Some(number);
            }
            digest = digest.wrapping_add(1);
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.by_digest.insert(digest, number);
        Some(number)
    }

    /// Which words stand in texts that have one blank between two words, whatever their order.
    pub(super) fn set<'t>(&mut self, texts: impl Iterator<Item = &'t str>, to: &mut Vec<u8>) {
        let (mut numbers, mut others) = (Vec::new(), Vec::new());
        for word in texts.flat_map(|text| text.split(' ')) {
            match self.number(word) {
                Some(number) => numbers.push(number),
                None => others.push(word),
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        put_count(numbers.len(), to);
        let mut next = 0;
        for number in numbers {
            put_count((number - next) as usize, to);
            next = number + 1;
        }
        to.extend_from_slice(others.join(" ").as_bytes());
    }

    /// A text by the numbers of its words.
    pub(super) fn spelled(&mut self, text: &str, to: &mut Vec<u8>) {
        for word in text.split(' ') {
            match self.number(word) {
                Some(number) => put_count(number as usize + 1, to),
                None => {
                    put_count(0, to);
                    put_count(word.len(), to);
                    to.extend_from_slice(word.as_bytes());
                }
            }
        }
    }

    /// The text that was spelled so.
    pub(super) fn read(&self, mut spelled: &[u8]) -> String {
        let mut text = String::with_capacity(spelled.len() * 4);
        let mut is_first = true;
        while let Some(number) = take_count(&mut spelled) {
            if !std::mem::take(&mut is_first) {
                text.push(' ');
            }
            let word = match number.checked_sub(1) {
                Some(number) => self.word(number),
                None => {
                    let length = take_count(&mut spelled).unwrap_or_default();
                    let (word, rest) = spelled.split_at(length.min(spelled.len()));
                    spelled = rest;
                    str::from_utf8(word).ok()
                }
            };
            text.push_str(word.unwrap_or_default());
        }
        text
    }
}

/// The words that a filter looks for, each compared with every word there is.
#[derive(Debug, Default)]
pub(super) struct Sought {
    parts: Vec<(String, Vec<u64>)>,
    /// Words compared.
    compared: usize,
}

impl Sought {
    /// Looks for these parts of words.
    pub(super) fn of<'p>(parts: impl Iterator<Item = &'p str>) -> Sought {
        let mut parts: Vec<(String, Vec<u64>)> =
            parts.map(|part| (part.to_owned(), Vec::new())).collect();
        parts.sort();
        parts.dedup();
        Sought { parts, compared: 0 }
    }

    /// Compares the words that came since.
    pub(super) fn compare(&mut self, vocabulary: &Vocabulary) {
        let new = self.compared..vocabulary.len();
        self.compared = vocabulary.len();
        for (part, has) in &mut self.parts {
            has.resize(vocabulary.len().div_ceil(64), 0);
            for number in new.clone() {
                let word = vocabulary.word(number).unwrap_or_default();
                has[number / 64] |= u64::from(word.contains(part.as_str())) << (number % 64);
            }
        }
    }

    /// Words that stand in a row.
    pub(super) fn in_set<'a>(&'a self, set: &'a [u8]) -> WordsOfRow<'a> {
        WordsOfRow { sought: self, set }
    }
}

/// Which of the words sought stand in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordsOfRow<'a> {
    sought: &'a Sought,
    set: &'a [u8],
}

impl TextWords for WordsOfRow<'_> {
    fn has(&self, part: &str) -> bool {
        let parts = &self.sought.parts;
        let Ok(at) = parts.binary_search_by(|(known, _)| known.as_str().cmp(part)) else {
            return false;
        };
        let (has, mut set) = (&parts[at].1, self.set);
        let count = take_count(&mut set).unwrap_or_default();
        let mut next = 0;
        for _ in 0..count {
            let number = next + take_count(&mut set).unwrap_or_default();
            next = number + 1;
            if has
                .get(number / 64)
                .is_some_and(|bits| bits >> (number % 64) & 1 == 1)
            {
                return true;
            }
        }
        str::from_utf8(set).is_ok_and(|others| others.contains(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 6] = [
        "",
        "fares rose by 9 percent",
        " a  blank before and after ",
        "2026-01-01T00:00:00Z and averyveryverylongwordthatnobodysays",
        "“ein Wort” ünd 東京都 fares",
        "naïve\u{1}\n\t control",
    ];

    #[test]
    fn texts_come_back_as_they_were() {
        let mut vocabulary = Vocabulary::default();
        for text in TEXTS.iter().chain(&TEXTS) {
            let mut spelled = Vec::new();
            vocabulary.spelled(text, &mut spelled);
            assert_eq!(vocabulary.read(&spelled), *text);
        }
        let words = vocabulary.len();
        for number in 0..words {
            let word = vocabulary.word(number).expect("a word").to_owned();
            assert_eq!(vocabulary.number(&word), Some(number as u32));
        }
        assert_eq!(vocabulary.len(), words, "each once");
    }

    #[test]
    fn parts_of_words_are_found_as_in_the_text() {
        let mut vocabulary = Vocabulary::default();
        let parts = [
            "rose", "a", "verylong", "00:00", "ünd", "fares", "none", "9", "京",
        ];
        let mut sought = Sought::of(parts.into_iter());
        for text in TEXTS {
            let mut set = Vec::new();
            vocabulary.set([text, "besides"].into_iter(), &mut set);
            sought.compare(&vocabulary);
            for part in parts {
                let is_there = text.contains(part) || "besides".contains(part);
                assert_eq!(sought.in_set(&set).has(part), is_there, "{part} in {text}");
            }
        }
    }

    #[test]
    fn what_is_no_row_is_read_to_its_end() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.number("word");
        let sought = Sought::of(["w"].into_iter());
        for bytes in [
            &[0xff; 20][..],
            &[0, 200],
            &[0x80],
            &[9, 9, 9],
            &[0, 2, 0xff],
        ] {
            vocabulary.read(bytes);
            sought.in_set(bytes).has("w");
        }
    }
}
