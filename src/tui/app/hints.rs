//! Hints on words: the letters that pick them, and what typed letters pick.
//!
//! The likeliest words have one letter, the others two; no letter that stands alone begins two,
//! so that every label is complete as soon as it is typed.

use crate::text::Span;

/// Letters of hints, the handiest first. Without `s`, which adds a
/// source once a mark is made, so that it and the digits keep their meaning meanwhile.
const LETTERS: &[u8] = b"fjdkalghrueiwqptyvncmxzb";

/// How many hints there can be.
const MOST: usize = LETTERS.len() * LETTERS.len();

/// How many of so many words can have a letter of their own, so that the letters left begin
/// labels enough for the others.
fn most_alone(words: usize) -> usize {
    (MOST.saturating_sub(words) / (LETTERS.len() - 1)).min(words)
}

/// A word and the letters that pick it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Labelled {
    word: Span,
    label: String,
}

/// Words with hints, and the letters typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Hints {
    /// In text order.
    words: Vec<Labelled>,
    /// The beginning of a label.
    typed: String,
}

/// What a letter picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Picked {
    /// The word at this byte.
    Word(usize),
    /// A second letter is wanted.
    Going,
    /// No word has this hint.
    Nothing,
}

impl Hints {
    /// Hints for words in text order, the shortest for those nearest one of the places (bytes);
    /// past [`MOST`] words the farthest have none.
    pub(in crate::tui) fn new(words: impl IntoIterator<Item = Span>, near: &[usize]) -> Hints {
        let words = words.into_iter().map(|word| (word, None)).collect();
        Hints::labelled(words, near)
    }

    /// Hints for the words that begin in a span, the shortest for those nearest its start. A
    /// letter that a word had alone stays with it: what was read once need not be looked for
    /// again.
    pub(in crate::tui) fn within(self, span: Span) -> Hints {
        let words = self.words.into_iter();
        let words = words.filter(|labelled| span.contains(labelled.word.start));
        let words = words.map(|Labelled { word, label }| {
            let alone = (label.len() == 1).then_some(label);
            (word, alone)
        });
        Hints::labelled(words.collect(), &[span.start])
    }

    /// Labels words, of which some keep a label of one letter.
    fn labelled(mut words: Vec<(Span, Option<String>)>, near: &[usize]) -> Hints {
        let far = |word: Span| near.iter().map(|at| word.start.abs_diff(*at)).min();
        words.sort_by_key(|(word, kept)| (kept.is_none(), far(*word), word.start));
        words.truncate(MOST);
        let taken = |letter: &char| {
            let mut kept = words.iter().filter_map(|(_, kept)| kept.as_deref());
            kept.any(|kept| kept.starts_with(*letter))
        };
        let letters = || LETTERS.iter().map(|letter| char::from(*letter));
        let free: Vec<char> = letters().filter(|letter| !taken(letter)).collect();
        let kept = words.iter().filter(|(_, kept)| kept.is_some()).count();
        let (alone, first) = free.split_at(most_alone(words.len()).saturating_sub(kept));
        let pairs = first
            .iter()
            .flat_map(|first| letters().map(move |second| String::from_iter([*first, second])));
        let mut labels = alone.iter().map(char::to_string).chain(pairs);
        let mut words: Vec<Labelled> = words
            .into_iter()
            .filter_map(|(word, kept)| {
                let label = kept.or_else(|| labels.next())?;
                Some(Labelled { word, label })
            })
            .collect();
        words.sort_by_key(|labelled| labelled.word.start);
        Hints {
            words,
            typed: String::new(),
        }
    }

    /// Whether no word has a hint.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Takes the last letter back; whether there was one.
    pub(in crate::tui) fn take_back(&mut self) -> bool {
        self.typed.pop().is_some()
    }

    /// Takes a letter; one that goes on to no label is not kept.
    pub(in crate::tui) fn letter(&mut self, letter: char) -> Picked {
        self.typed.push(letter);
        let mut left = self.shown();
        let picked = match left.next() {
            Some((word, "")) => Picked::Word(word.start),
            Some(_) => return Picked::Going,
            None => Picked::Nothing,
        };
        drop(left);
        self.typed.pop();
        picked
    }

    /// The words that can still be picked, in text order, each with the letters left to type.
    pub(in crate::tui) fn shown(&self) -> impl Iterator<Item = (Span, &str)> {
        let words = self.words.iter();
        words.filter_map(|Labelled { word, label }| {
            Some((*word, label.strip_prefix(self.typed.as_str())?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many words of three letters.
    fn words(count: usize) -> Vec<Span> {
        let word = |at| Span::new(at * 4, at * 4 + 3);
        (0..count).map(word).collect()
    }

    fn labels(hints: &Hints) -> Vec<String> {
        hints.shown().map(|(_, label)| label.to_owned()).collect()
    }

    #[test]
    fn every_label_is_complete_as_soon_as_it_is_typed() {
        for count in [1, 24, 25, 47, 100, 300, 575, MOST, MOST + 40] {
            let labels = labels(&Hints::new(words(count), &[800]));
            assert_eq!(labels.len(), count.min(MOST), "{count}");
            for (at, label) in labels.iter().enumerate() {
                assert!(label.chars().all(|c| c.is_ascii_lowercase() && c != 's'));
                let others = labels.iter().enumerate().filter(|(other, _)| *other != at);
                let mut begun = others.filter(|(_, other)| other.starts_with(label));
                assert_eq!(begun.next(), None, "{count}: {label}");
            }
        }
    }

    #[test]
    fn as_many_as_the_letters_allow_have_one_and_the_nearest_first() {
        for (count, alone) in [(24, 24), (25, 23), (47, 23), (48, 22), (200, 16), (575, 0)] {
            let hints = Hints::new(words(count), &[40]);
            let short = hints.shown().filter(|(_, label)| label.len() == 1);
            assert_eq!(short.count(), alone, "{count}");
        }
        let hints = Hints::new(words(200), &[402, 602]);
        let short: Vec<usize> = hints
            .shown()
            .filter(|(_, label)| label.len() == 1)
            .map(|(word, _)| word.start / 4)
            .collect();
        let near = [97, 98, 99, 100, 101, 102, 103, 104];
        assert_eq!(short[..8], near);
        assert_eq!(short[8..], near.map(|at| at + 50));
    }

    #[test]
    fn letters_pick_a_word_and_are_taken_back() {
        let mut hints = Hints::new(words(48), &[0]);
        assert_eq!(hints.letter('s'), Picked::Nothing);
        assert_eq!(hints.letter('j'), Picked::Word(4));
        assert_eq!(hints.letter('z'), Picked::Going);
        assert_eq!(hints.letter('s'), Picked::Nothing);
        assert_eq!(hints.shown().count(), 24);
        assert_eq!(hints.shown().next(), Some((Span::new(88, 91), "f")));
        assert_eq!(hints.letter('f'), Picked::Word(88));
        assert!(hints.take_back());
        assert!(!hints.take_back());
        assert_eq!(hints.shown().count(), 48);
    }

    #[test]
    fn fewer_words_have_shorter_labels_and_keep_a_letter_of_their_own() {
        let hints = Hints::new(words(200), &[400]);
        let before: Vec<(Span, String)> = hints.shown().map(|(w, l)| (w, l.to_owned())).collect();
        let hints = hints.within(Span::new(408, 600));
        let after: Vec<(Span, String)> = hints.shown().map(|(w, l)| (w, l.to_owned())).collect();
        assert_eq!(after.len(), 48);
        assert!(after[..22].iter().all(|(_, label)| label.len() == 1));
        let alone = before.iter().filter(|(_, label)| label.len() == 1);
        let kept: Vec<_> = alone.filter(|(word, _)| word.start >= 408).collect();
        assert_eq!(kept.len(), 6);
        assert!(kept.into_iter().all(|kept| after.contains(kept)));
    }
}
