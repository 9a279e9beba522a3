//! Two-letter hints on words: labels, and what typed letters pick.

/// Letters of hints, the handiest first. Without `s`, which adds a
/// source once a mark is made, so that it and the digits keep their meaning meanwhile.
const LETTERS: &[u8] = b"fjdkalghrueiwqptyvncmxzb";

/// How many hints there can be.
pub(in crate::tui) const MOST: usize = LETTERS.len() * LETTERS.len();

/// The hint of the `at`th word, `None` past [`MOST`].
pub(in crate::tui) fn label(at: usize) -> Option<[char; 2]> {
    let first = *LETTERS.get(at / LETTERS.len())?;
    Some([char::from(first), char::from(LETTERS[at % LETTERS.len()])])
}

/// Words with hints, and the first letter if it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tui) struct Hints {
    /// Byte offsets of the words, in text order; the index gives the label.
    pub words: Vec<usize>,
    /// The first letter.
    pub typed: Option<char>,
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
    pub(in crate::tui) fn new(mut words: Vec<usize>) -> Hints {
        words.truncate(MOST);
        Hints { words, typed: None }
    }

    /// Takes a letter.
    pub(in crate::tui) fn letter(&mut self, letter: char) -> Picked {
        let Some(first) = self.typed else {
            let starts = (0..self.words.len())
                .filter_map(label)
                .any(|hint| hint[0] == letter);
            if starts {
                self.typed = Some(letter);
                return Picked::Going;
            }
            return Picked::Nothing;
        };
        let at = (0..self.words.len()).find(|at| label(*at) == Some([first, letter]));
        self.typed = None;
        at.map_or(Picked::Nothing, |at| Picked::Word(self.words[at]))
    }

    /// The hints still possible: byte offset and letters, in text order.
    pub(in crate::tui) fn shown(&self) -> impl Iterator<Item = (usize, [char; 2])> {
        let typed = self.typed;
        self.words.iter().enumerate().filter_map(move |(at, byte)| {
            let hint = label(at)?;
            typed
                .is_none_or(|first| hint[0] == first)
                .then_some((*byte, hint))
        })
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
}
