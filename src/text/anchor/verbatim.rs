//! Where quoted words stand in a text that is at hand, to the letter but for how it is set.
//!
//! Whoever quotes from a text cannot be relied on to count in it: the words say where they stand.
//! A place is one only where the words read the same; which of several is meant is told by what
//! stands before and after, or by what else is known. All quotes are looked for in one pass, and the
//! places of each are bounded.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;

use super::super::{Span, reads_the_same};
use super::exact::Exact;
use super::letters::Letters;

/// Places looked at for one quote; where it stands more often it says nothing.
const PLACES: usize = 512;
/// Places looked at for all quotes of a text together, so that hostile ones end too.
const ALL_PLACES: usize = 400_000;
/// Letters of a context that are compared, from the quote outwards.
const CONTEXT: usize = 64;

/// Quotes looked for in a text.
pub struct Verbatim<'t> {
    text: &'t str,
    letters: Letters,
    exact: Exact,
    left: Cell<usize>,
}

/// Words quoted from a text, with what stands around them, as far as that is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// The words.
    pub words: &'a str,
    /// What stands before them; may be empty.
    pub before: &'a str,
    /// What stands after them; may be empty.
    pub after: &'a str,
}

impl<'t> Verbatim<'t> {
    /// Looks for all of these words in `text`. Only they can be asked for.
    pub fn new<'q>(text: &'t str, quotes: impl Iterator<Item = &'q str>) -> Verbatim<'t> {
        let letters = Letters::of(text, false);
        let quotes: Vec<Letters> = quotes.flat_map(|quote| spellings(bare(quote))).collect();
        let exact = Exact::new(letters.chars(), quotes.iter().map(Letters::chars));
        Verbatim {
            text,
            letters,
            exact,
            left: Cell::new(ALL_PLACES),
        }
    }

    /// Every place at which the words of a quote read the same and split no word, in order; of those
    /// the ones that stand behind `before` and in front of `after`, where these are told and stand
    /// there. Empty where there is none, or there are more than say anything.
    pub fn places(&self, quoted: Quoted<'_>) -> Vec<Span> {
        let words = bare(quoted.words);
        let mut places: Vec<Place> = Vec::new();
        for quote in spellings(words) {
            places.extend(self.spelt(&quote, words));
        }
        places.sort_by_key(|place| place.letters.0);
        places.dedup_by_key(|place| place.letters.0);
        let before = Letters::of(quoted.before, true);
        if before.len() > 0 {
            keep(&mut places, |place| {
                self.stands_before(place.letters.0, &before)
            });
        }
        let after = Letters::of(quoted.after, true);
        if after.len() > 0 {
            keep(&mut places, |place| {
                self.stands_after(place.letters.1, &after)
            });
        }
        places.into_iter().map(|place| place.span).collect()
    }

    /// The places of words in one spelling.
    fn spelt(&self, quote: &Letters, words: &str) -> Vec<Place> {
        let (chars, length) = (self.letters.chars(), quote.len());
        if length == 0 {
            return Vec::new();
        }
        let most = PLACES.min(self.left.get());
        let starts = self.exact.near(chars, quote.chars(), 0, 2 * most);
        self.left.set(self.left.get().saturating_sub(starts.len()));
        if starts.len() >= most {
            return Vec::new();
        }
        let place = |start: usize| {
            let end = start + length;
            let splits = self.letters.splits_word(start) || self.letters.splits_word(end);
            let span = self.letters.span(self.text, start, end)?;
            let is_one = !splits && reads_the_same(span.of(self.text), words);
            is_one.then_some(Place {
                letters: (start, end),
                span,
            })
        };
        starts.into_iter().filter_map(place).collect()
    }

    /// Whether `context` ends before letter `at`; blanks and marks between do not count.
    fn stands_before(&self, at: usize, context: &Letters) -> bool {
        let told = context.chars().iter().rev().filter(|c| c.is_alphanumeric());
        let text = self.letters.chars()[..at].iter().rev();
        let mut text = text.take(4 * CONTEXT).filter(|c| c.is_alphanumeric());
        told.take(CONTEXT).all(|letter| text.next() == Some(letter))
    }

    /// Whether `context` begins at or after letter `at`; blanks and marks between do not count.
    fn stands_after(&self, at: usize, context: &Letters) -> bool {
        let told = context.chars().iter().filter(|c| c.is_alphanumeric());
        let text = self.letters.chars()[at..].iter();
        let mut text = text.take(4 * CONTEXT).filter(|c| c.is_alphanumeric());
        told.take(CONTEXT).all(|letter| text.next() == Some(letter))
    }
}

/// A place of a quote.
struct Place {
    letters: (usize, usize),
    span: Span,
}

/// Keeps the places for which `is_meant` holds, or all where it holds for none: what is told of
/// the surroundings tells equal places apart, and takes away none that is alone.
fn keep(places: &mut Vec<Place>, is_meant: impl Fn(&Place) -> bool) {
    if places.iter().any(&is_meant) {
        places.retain(is_meant);
    }
}

/// Words as a text may spell them: with accents of their own, or on the letters.
fn spellings(words: &str) -> [Letters; 2] {
    let composed: String = words.nfc().collect();
    let apart: String = words.nfd().collect();
    [composed, apart].map(|words| Letters::of(&words, true))
}

/// Words without the blanks, quotation marks and points that whoever quotes sets around them.
fn bare(words: &str) -> &str {
    const MARKS: &str = "\"“”„‟«»‹›‘’‚'`´.,;:…";
    let is_around = |c: char| c.is_whitespace() || MARKS.contains(c);
    let inner = words.trim_matches(is_around);
    match inner.is_empty() {
        true => words.trim(),
        false => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“It’s done,” said Zoë Frø – twice. Fares rose 5 per cent.\nFares rose 5 per \
                        cent, said the minister; fares rose 50 per cent, said Frøya. It is not done.";

    fn found<'a>(quoted: Quoted<'a>) -> Vec<&'static str> {
        let search = Verbatim::new(TEXT, [quoted.words].into_iter());
        search.places(quoted).iter().map(|s| s.of(TEXT)).collect()
    }

    fn words(words: &str) -> Vec<&'static str> {
        found(Quoted {
            words,
            ..Quoted::default()
        })
    }

    #[test]
    fn words_stand_where_they_read_the_same() {
        assert_eq!(words("It's done"), ["It’s done"]);
        assert_eq!(
            words("\"It's done,\""),
            ["It’s done"],
            "marks around do not count"
        );
        assert_eq!(words("Zoe\u{308} Frø"), ["Zoë Frø"], "canonically equal");
        assert_eq!(words("Zoë Frø - twice."), ["Zoë Frø – twice"]);
        assert_eq!(words("5 per cent,\n said"), ["5 per cent, said"]);
        for other in [
            "zoë frø",
            "Zoe Frø",
            "It is done",
            "rose 5 per cents",
            "",
            "…",
            "5 per\tcent said",
        ] {
            assert!(words(other).is_empty(), "{other}: {:?}", words(other));
        }
    }

    #[test]
    fn accents_on_their_own_and_on_their_letters_are_one_spelling() {
        let text = "Zoe\u{308} Frø stayed; Zoé left.";
        for (words, found) in [
            ("Zoë Frø", "Zoe\u{308} Frø"),
            ("Zoe\u{301} left", "Zoé left"),
        ] {
            let search = Verbatim::new(text, [words].into_iter());
            let quoted = Quoted {
                words,
                ..Quoted::default()
            };
            let places = search.places(quoted);
            let places: Vec<&str> = places.iter().map(|span| span.of(text)).collect();
            assert_eq!(places, [found]);
        }
    }

    #[test]
    fn no_word_is_split() {
        assert_eq!(words("Frø").len(), 1);
        assert_eq!(words("rose 5").len(), 2);
        assert!(words("ares rose").is_empty());
    }

    #[test]
    fn surroundings_tell_equal_places_apart() {
        let at = |before, after| {
            let words = "Fares rose 5 per cent";
            let quoted = Quoted {
                words,
                before,
                after,
            };
            let search = Verbatim::new(TEXT, [words].into_iter());
            let places = search.places(quoted);
            places.iter().map(|span| span.start).collect::<Vec<_>>()
        };
        let [first, second] = at("", "")[..] else {
            panic!("two places");
        };
        assert!(first < second);
        assert_eq!(
            at("said Zoe Frø, “twice", ""),
            [first, second],
            "another letter"
        );
        assert_eq!(at("said Zoë Frø, “twice”", ""), [first]);
        assert_eq!(at("", "said the"), [second]);
        assert_eq!(at("cent", ""), [second]);
        assert_eq!(at("nothing of it", "no"), [first, second]);
    }

    #[test]
    fn what_stands_everywhere_says_nothing_and_ends() {
        let text = "no ".repeat(100_000);
        let search = Verbatim::new(&text, ["no"].into_iter());
        let quoted = Quoted {
            words: "no",
            ..Quoted::default()
        };
        assert!(search.places(quoted).is_empty());
    }
}
