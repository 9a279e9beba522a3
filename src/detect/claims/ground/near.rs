//! What is known of some sentences' words: what hangs on each, and how many of a kind there are.
//!
//! Everything a card is judged by stands in its sentence or a little before it. An article has many
//! words, so this is worked out for some thousands of them at once and not kept.

use std::ops::Range;

use super::counts::Counts;
use crate::detect::language::lists::CardWords;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// How far up a word's head is followed.
const DEPTH: usize = 64;
/// Words looked at together, with the rest of the last one's sentence.
const TOGETHER: usize = 8192;
/// Words before those asked for that are asked for with them.
const BEFORE: usize = 512;

/// What is known of the words of some whole sentences.
#[derive(Debug, Default)]
pub(super) struct Near {
    first: usize,
    /// First and last word of what hangs on each word.
    left: Vec<u32>,
    right: Vec<u32>,
    /// The first subject before each word that hangs on it, or [`NONE`].
    subjects: Vec<u32>,
    pub(super) counts: Counts,
}

impl Near {
    /// Of the sentences that `words` are in, and of those around.
    pub(super) fn around(reading: &Reading<'_>, lists: &CardWords, words: &Range<usize>) -> Near {
        let sentence = |word: usize| -> Range<usize> {
            let known = reading.words.get(word).map(|word| word.sentence as usize);
            let found = known.and_then(|sentence| reading.sentences.get(sentence));
            found.map_or(word..word, |sentence| sentence.words.clone())
        };
        let first = sentence(words.start.saturating_sub(BEFORE)).start;
        // Counted from what is asked for: the sentence before it may be longer than all of this, and
        // would be looked at again for each that follows.
        let last = words.end.max(words.start + TOGETHER);
        let last = last.min(reading.words.len());
        let end = sentence(last.saturating_sub(1)).end.max(last);
        let all = &reading.words[first..end];
        let (left, right) = extents(all, first);
        Near {
            first,
            left,
            right,
            subjects: subjects(all, first),
            counts: Counts::new(all, first, lists),
        }
    }

    /// Whether these words are among them.
    pub(super) fn holds(&self, words: &Range<usize>) -> bool {
        self.first <= words.start && words.end <= self.first + self.left.len()
    }

    /// From the first word that hangs on a word to behind the last.
    pub(super) fn extent(&self, word: usize) -> (usize, usize) {
        let here = word - self.first;
        (self.left[here] as usize, self.right[here] as usize + 1)
    }

    /// The subject of a word, before it, or [`NONE`].
    pub(super) fn subject(&self, word: usize) -> u32 {
        self.subjects[word - self.first]
    }
}

fn subjects(words: &[Word], first: usize) -> Vec<u32> {
    let mut subjects = vec![NONE; words.len()];
    for (k, word) in words.iter().enumerate().filter(|(_, w)| w.is_subject()) {
        // A word hangs on one of its own sentence.
        let head = (word.head as usize).wrapping_sub(first);
        if k < head && subjects.get(head) == Some(&NONE) {
            subjects[head] = (first + k) as u32;
        }
    }
    subjects
}

fn extents(words: &[Word], first: usize) -> (Vec<u32>, Vec<u32>) {
    let mut left: Vec<u32> = (first as u32..(first + words.len()) as u32).collect();
    let mut right = left.clone();
    for word in 0..words.len() {
        let number = (first + word) as u32;
        let mut at = word;
        for _ in 0..DEPTH {
            let up = (words[at].head as usize).wrapping_sub(first);
            if up == at || up >= words.len() {
                break;
            }
            at = up;
            left[at] = left[at].min(number);
            right[at] = right[at].max(number);
        }
    }
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::super::COUNTS;
    use super::super::counts::{Kept, kept};
    use super::*;
    use crate::detect::language::Language;

    #[test]
    fn words_are_known_alike_whichever_were_asked_for() {
        let language = Language::compiled_in();
        let text = "Ann Orr said on Monday that the 14 wells ran dry. “We know,” he said. ";
        let text = text.repeat(1200);
        let reading = Reading::new(&text, &language);
        let lists = &reading.lists.cards;
        let all = 0..reading.words.len();
        let whole = Near::around(&reading, lists, &all);
        assert!(whole.holds(&all));
        for from in (0..all.end - 20).step_by(4321) {
            let words = from..from + 20;
            let near = Near::around(&reading, lists, &words);
            assert!(near.holds(&words) && !near.holds(&all), "{words:?}");
            for word in words.clone() {
                assert_eq!(near.extent(word), whole.extent(word));
                assert_eq!(near.subject(word), whole.subject(word));
            }
            for count in 0..COUNTS {
                if let Kept::Whole(place) = kept(count) {
                    let counted = near.counts.between(place, &words);
                    assert_eq!(counted, whole.counts.between(place, &words));
                }
            }
        }
    }

    #[test]
    fn a_long_sentence_is_not_looked_at_again_for_each_that_follows() {
        let language = Language::compiled_in();
        let text = "oak ".repeat(3 * TOGETHER) + "ends.\n\n" + &"Go. ".repeat(2 * TOGETHER);
        let reading = Reading::new(&text, &language);
        let (mut near, mut made) = (Near::default(), 0);
        for sentence in &reading.sentences {
            if !near.holds(&sentence.words) {
                near = Near::around(&reading, &reading.lists.cards, &sentence.words);
                made += near.left.len();
            }
        }
        let words = reading.words.len();
        assert!(made < 3 * words, "{made} of {words}");
    }
}
