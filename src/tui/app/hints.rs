//! Two-letter hints on words: labels, and what typed letters pick.

use crate::text::Span;

/// Letters of hints, the handiest first. Without `s`, which adds a
/// source once a mark is made, so that it and the digits keep their meaning meanwhile.
const LETTERS: &[u8] = b"fjdkalghrueiwqptyvncmxzb";

/// How many hints there can be.
const MOST: usize = LETTERS.len() * LETTERS.len();

/// The hint of the `at`th word, `None` past [`MOST`].
fn label(at: usize) -> Option<[char; 2]> {
    let first = *LETTERS.get(at / LETTERS.len())?;
    Some([char::from(first), char::from(LETTERS[at % LETTERS.len()])])
}

/// Words with hints, and the first letter if it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Hints {
    /// Byte offset and hint of each word, in text order.
    words: Vec<(usize, [char; 2])>,
    /// The first letter.
    typed: Option<char>,
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
    /// Hints for words in text order; past [`MOST`] words have none.
    pub(in crate::tui) fn new(words: impl IntoIterator<Item = usize>) -> Hints {
        let words = words.into_iter().zip((0..MOST).filter_map(label));
        Hints {
            words: words.collect(),
            typed: None,
        }
    }

    /// The hints of the words that begin in a span, each with the letters it had: what was read
    /// once need not be looked for again.
    pub(in crate::tui) fn within(mut self, span: Span) -> Hints {
        self.words.retain(|(byte, _)| span.contains(*byte));
        self.typed = None;
        self
    }

    /// Whether no word has a hint.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Takes the first letter back.
    pub(in crate::tui) fn take_back(&mut self) {
        self.typed = None;
    }

    /// Takes a letter.
    pub(in crate::tui) fn letter(&mut self, letter: char) -> Picked {
        let Some(first) = self.typed else {
            if self.words.iter().any(|(_, hint)| hint[0] == letter) {
                self.typed = Some(letter);
                return Picked::Going;
            }
            return Picked::Nothing;
        };
        self.typed = None;
        let word = self.words.iter().find(|(_, hint)| *hint == [first, letter]);
        word.map_or(Picked::Nothing, |(byte, _)| Picked::Word(*byte))
    }

    /// The hints still possible: byte offset and letters, in text order.
    pub(in crate::tui) fn shown(&self) -> impl Iterator<Item = (usize, [char; 2])> {
        let typed = self.typed;
        let words = self.words.iter().copied();
        words.filter(move |(_, hint)| typed.is_none_or(|first| hint[0] == first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_unique_and_leave_s_and_digits_alone() {
        let labels: Vec<_> = (0..MOST).filter_map(label).collect();
        let mut unique = labels.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), MOST);
        assert_eq!(label(MOST), None);
        assert!(
            labels
                .iter()
                .flatten()
                .all(|c| c.is_ascii_lowercase() && *c != 's')
        );
    }

    #[test]
    fn two_letters_pick_a_word() {
        let mut hints = Hints::new(vec![0, 10, 20]);
        assert_eq!(hints.letter('s'), Picked::Nothing);
        assert_eq!(hints.letter('f'), Picked::Going);
        assert_eq!(hints.shown().count(), 3);
        assert_eq!(hints.letter('j'), Picked::Word(10));
        hints.letter('f');
        assert_eq!(hints.letter('z'), Picked::Nothing);
        assert_eq!(hints.typed, None);
    }

    #[test]
    fn fewer_words_keep_their_letters() {
        let mut hints = Hints::new(vec![0, 10, 20, 30]);
        hints.letter('f');
        let mut hints = hints.within(Span::new(10, 30));
        let shown: Vec<_> = hints.shown().collect();
        assert_eq!(shown, [(10, ['f', 'j']), (20, ['f', 'd'])]);
        hints.letter('f');
        assert_eq!(hints.letter('f'), Picked::Nothing);
        hints.letter('f');
        assert_eq!(hints.letter('d'), Picked::Word(20));
    }
}
