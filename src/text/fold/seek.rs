//! Finding folded words in a long text without folding all of it.
//!
//! [`Folded::find`] says what is found. This finds the same and folds only where the words may
//! begin: a few bytes tell such places, in every spelling that folds to the beginning of the
//! words, and those are looked for many bytes at a time.

use aho_corasick::packed::Searcher;

use super::{Folded, Plain, fold, plain};
use crate::text::Span;

/// Bytes of words up to which each place is compared by itself; longer ones are found in the
/// text folded as a whole, so that no text costs more than so many steps a byte.
const LONGEST: usize = 64;

/// Spellings of a beginning that are looked for at once.
const MOST_SPELLINGS: usize = 64;

/// Characters of the words that a beginning has at most.
const BEGINNING: usize = 3;

/// Bytes that one character folds to at most.
const LONGEST_FOLD: usize = 16;

/// Where folded words stand in a text: spans of the text, in order, not overlapping.
#[derive(Debug)]
pub struct Seek<'t> {
    text: &'t str,
    words: String,
    searcher: Option<Searcher>,
    /// Where to go on: a character, and how many bytes of what it folds to are behind.
    at: usize,
    inside: usize,
    /// For long words, the whole text folded, and how far it was looked through.
    folded: Option<(Folded, usize)>,
}

impl<'t> Seek<'t> {
    /// Looks for words, folded as the text is; blanks around them do not count.
    pub fn new(text: &'t str, words: &str) -> Seek<'t> {
        let words = fold(words).text.trim().to_owned();
        let is_long = words.len() > LONGEST;
        let searcher = (!is_long).then(|| searcher(&words)).flatten();
        Seek {
            text,
            searcher,
            at: 0,
            inside: 0,
            folded: is_long.then(|| (fold(text), 0)),
            words,
        }
    }

    /// The next place where the words may begin.
    fn candidate(&self) -> Option<usize> {
        match &self.searcher {
            Some(searcher) => {
                let rest = self.at..self.text.len();
                let found = searcher.find_in(self.text, rest.into())?;
                Some(found.start())
            }
            None => (self.at < self.text.len()).then_some(self.at),
        }
    }

    /// Whether the words stand at a character, behind so many bytes of what it folds to: their
    /// end, and where to go on.
    fn matched(&self, start: usize, inside: usize) -> Option<(usize, (usize, usize))> {
        let mut rest = self.words.as_bytes();
        let mut skip = inside;
        let mut is_blank = false;
        // Most of most words is letters and digits that fold to one byte each; the last is left
        // to what comes next, which knows where they end.
        let here = self.text.as_bytes()[start..].iter().zip(rest);
        let plain = here.take_while(|(byte, _)| byte.is_ascii_alphanumeric());
        let mut common = 0;
        for (byte, wanted) in plain {
            if byte.to_ascii_lowercase() != *wanted {
                return None;
            }
            common += 1;
        }
        let common = common.min(rest.len().saturating_sub(1));
        rest = &rest[common..];
        let first = start + common;
        for (at, c) in self.text[first..].char_indices() {
            let (at, end) = (first + at, first + at + c.len_utf8());
            let mut bytes = [0; LONGEST_FOLD];
            let Some(length) = folds_to(c, &mut bytes) else {
                if at == start {
                    return None;
                }
                continue;
            };
            let blank = bytes[0] == b' ';
            if blank && is_blank {
                continue;
            }
            is_blank = blank;
            let folded = &bytes[skip.min(length)..length];
            skip = 0;
            let common = folded.len().min(rest.len());
            if folded[..common] != rest[..common] {
                return None;
            }
            rest = &rest[common..];
            if rest.is_empty() {
                return Some(match folded.len() - common {
                    0 => (self.stretched(end), (end, 0)),
                    left => (end, (at, length - left)),
                });
            }
        }
        None
    }

    /// An end with what shows nothing behind it.
    fn stretched(&self, end: usize) -> usize {
        let hidden = self.text[end..].chars();
        let hidden = hidden.take_while(|c| plain(*c) == Plain::Nothing);
        end + hidden.map(char::len_utf8).sum::<usize>()
    }
}

impl Iterator for Seek<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.words.is_empty() {
            return None;
        }
        if let Some((folded, at)) = &mut self.folded {
            let start = *at + folded.text.get(*at..)?.find(&self.words)?;
            *at = start + self.words.len();
            return Some(folded.source(Span::new(start, *at)));
        }
        loop {
            // The rest of a character that words ended in comes first.
            let start = match self.inside {
                0 => self.candidate()?,
                _ => self.at,
            };
            let c = self.text.get(start..)?.chars().next()?;
            let mut bytes = [0; LONGEST_FOLD];
            let length = folds_to(c, &mut bytes).unwrap_or(0);
            for inside in self.inside..length {
                if let Some((end, (at, inside))) = self.matched(start, inside) {
                    (self.at, self.inside) = (at, inside);
                    return Some(Span::new(start, end));
                }
            }
            (self.at, self.inside) = (start + c.len_utf8(), 0);
        }
    }
}

/// Writes what a character folds to, a blank for any white space, and gives the length; `None`:
/// nothing.
fn folds_to(c: char, bytes: &mut [u8; LONGEST_FOLD]) -> Option<usize> {
    if c.is_ascii_alphanumeric() {
        bytes[0] = c.to_ascii_lowercase() as u8;
        return Some(1);
    }
    let mut length = 0;
    let push = |c: char| {
        let end = length + c.len_utf8();
        if end <= LONGEST_FOLD {
            c.encode_utf8(&mut bytes[length..end]);
            length = end;
        }
    };
    match plain(c) {
        Plain::Nothing => return None,
        shown => shown.each(c, push),
    }
    Some(length)
}

/// What looks for every spelling that folds to the beginning of words; `None` where the machine
/// has nothing that does so many at once.
fn searcher(words: &str) -> Option<Searcher> {
    let spellings = spellings(words);
    (!spellings.is_empty())
        .then(|| Searcher::builder().extend(spellings).build())
        .flatten()
}

/// Bytes with which any text begins that folds to these words: one or more characters whole, and
/// at the end perhaps the first byte of one.
fn spellings(words: &str) -> Vec<Vec<u8>> {
    let beginning: Vec<char> = words.chars().take(BEGINNING).collect();
    let Some(start) = beginning.first() else {
        return Vec::new();
    };
    // What can stand for each character: whole ones for the first, first bytes for the others,
    // and what shows nothing between any two.
    let mut spellings: Vec<(Vec<u8>, bool)> = Vec::new();
    let mut next = vec![Vec::<u8>::new(); beginning.len()];
    let mut hidden = Vec::new();
    for c in folding_characters().chain(beginning.iter().copied()) {
        let (mut bytes, mut source) = ([0; LONGEST_FOLD], [0; 4]);
        let source = c.encode_utf8(&mut source).as_bytes();
        let Some(length) = folds_to(c, &mut bytes) else {
            hidden.push(source[0]);
            continue;
        };
        let folded = std::str::from_utf8(&bytes[..length]).unwrap_or_default();
        if folded.contains(*start) {
            // Behind one that folds to several, anything may follow.
            spellings.push((source.to_vec(), folded.chars().count() == 1));
        }
        for (wanted, next) in beginning.iter().zip(&mut next) {
            if folded.starts_with(*wanted) {
                next.push(source[0]);
            }
        }
    }
    hidden.sort_unstable();
    hidden.dedup();
    for (wanted, next) in beginning.iter().zip(&mut next).skip(1) {
        next.extend(&hidden);
        next.sort_unstable();
        next.dedup();
        let mut longer = Vec::new();
        for (spelling, goes_on) in &spellings {
            if !goes_on {
                longer.push((spelling.clone(), false));
                continue;
            }
            for byte in &*next {
                // Of one begun, and behind blanks, which may be many, nothing more is known.
                let goes_on = byte.is_ascii() && *wanted != ' ';
                longer.push(([spelling, [*byte].as_slice()].concat(), goes_on));
            }
        }
        longer.sort();
        longer.dedup();
        if longer.len() > MOST_SPELLINGS {
            break;
        }
        spellings = longer;
    }
    spellings
        .into_iter()
        .map(|(spelling, _)| spelling)
        .collect()
}

/// Every character that folds to another than itself; the scripts between have no letter case.
fn folding_characters() -> impl Iterator<Item = char> {
    const RANGES: [(char, char); 25] = [
        ('\0', '\u{24e}'),
        ('\u{2bc}', '\u{2bc}'),
        ('\u{370}', '\u{556}'),
        ('\u{10a0}', '\u{10cd}'),
        ('\u{13a0}', '\u{13f5}'),
        ('\u{1680}', '\u{1680}'),
        ('\u{1c89}', '\u{1cbf}'),
        ('\u{1e00}', '\u{206f}'),
        ('\u{2126}', '\u{2183}'),
        ('\u{2212}', '\u{2212}'),
        ('\u{24b6}', '\u{24cf}'),
        ('\u{2c00}', '\u{2cf2}'),
        ('\u{3000}', '\u{3000}'),
        ('\u{a640}', '\u{a69a}'),
        ('\u{a722}', '\u{a7f5}'),
        ('\u{fe00}', '\u{fe0f}'),
        ('\u{feff}', '\u{ff3a}'),
        ('\u{10400}', '\u{10427}'),
        ('\u{104b0}', '\u{104d3}'),
        ('\u{10570}', '\u{10595}'),
        ('\u{10c80}', '\u{10cb2}'),
        ('\u{10d50}', '\u{10d65}'),
        ('\u{118a0}', '\u{118bf}'),
        ('\u{16e40}', '\u{16eb8}'),
        ('\u{1e900}', '\u{1e921}'),
    ];
    RANGES.into_iter().flat_map(|(first, last)| first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rustc_hash::FxHashSet;

    #[test]
    fn no_other_character_folds_to_anything_but_itself() {
        let known: FxHashSet<char> = folding_characters().collect();
        for c in ('\0'..=char::MAX).filter(|c| !known.contains(c)) {
            let mut bytes = [0; LONGEST_FOLD];
            let length = folds_to(c, &mut bytes).unwrap_or(0);
            assert_eq!(&bytes[..length], c.to_string().as_bytes(), "{c:?}");
        }
    }

    #[test]
    fn steps_double_with_the_text() {
        // Places looked at, not time.
        let places = |text: &str| {
            let mut seek = Seek::new(text, "houses");
            let mut count = 0;
            while let Some(at) = seek.candidate() {
                (seek.at, count) = (at + 1, count + 1);
            }
            count
        };
        let text = "The town had houses, and of them said nothing. ".repeat(64);
        let (once, twice) = (places(&text), places(&text.repeat(2)));
        assert!(once >= 64);
        assert_eq!(twice, 2 * once);
    }

    #[test]
    fn long_words_are_found_too() {
        let words = "a very long sentence, ".repeat(8);
        let text = format!("It was {}and {}.", words.to_uppercase(), words);
        let found: Vec<Span> = Seek::new(&text, &words).collect();
        let folded: Vec<Span> = fold(&text).find(&words).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found, folded);
    }

    const PIECE: &str =
        "[aAsSkK\u{212a}ßẞſiIİıΣσς.…\"“' \t\n\u{a0}\u{ad}\u{200b}\u{301}漢\u{2014}`é-]";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn the_same_is_found_as_in_the_folded_text(
            text in prop::collection::vec(PIECE, 0..40),
            words in prop::collection::vec(PIECE, 0..4),
        ) {
            let (text, words) = (text.concat(), words.concat());
            let folded: Vec<Span> = fold(&text).find(&words).collect();
            let found: Vec<Span> = Seek::new(&text, &words).collect();
            prop_assert_eq!(found, folded);
        }
    }
}
