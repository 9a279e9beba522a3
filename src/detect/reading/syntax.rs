//! Syntax: part of speech, head and relation of every word, sentence by sentence.
//!
//! Greedy and linear in the number of words. Tags go from left to right; heads come from an
//! arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez, Satta 2011), trained with a dynamic
//! oracle (Goldberg, Nivre 2013). Marks take no part: what stands between two words is a
//! feature of the words. The same code serves training, with other weights.

use super::parser::{State, Step};
use super::word::{Shape, Word};
use crate::detect::language::syntax::{RELATIONS, Syntax, relation, relation_key};
use crate::detect::numbers::asked::{Ask, Asked};
use crate::detect::numbers::grid::Weighing;

/// Room for what is seen of a word, or of a step.
const SEEN: usize = 32;
/// Room for what is seen of a relation.
const SEEN_OF_RELATION: usize = 16;

/// The key of the tags a word may have.
pub fn tag_key(word: &Word) -> usize {
    usize::from(word.known) * 6 + word.shape as usize
}

impl<W: Weighing> Syntax<W> {
    /// Fills tag, head and relation of the words of one sentence. `from` is the index of the
    /// first of them in the article, by which heads are named.
    pub fn read(&self, words: &mut [Word], from: usize) {
        let headline = is_headline(words);
        let mut features = Asked::<SEEN>::default();
        for at in 0..words.len() {
            if words[at].shape == Shape::Mark {
                continue;
            }
            let among = self.tag_choices[tag_key(&words[at])];
            if !among.is_power_of_two() {
                features.clear();
                tag_features(words, at, headline, &mut features);
            }
            // A key never met in training keeps what the lexicon says.
            if among != 0 {
                words[at].tag = self.tags.best_asked(&features, among);
            }
        }
        let mut state = State::new(words);
        while let Some(legal) = state.legal() {
            features.clear();
            state.features(words, &mut features);
            let step = Step::ALL[usize::from(self.moves.best_asked(&features, legal))];
            self.take(&mut state, words, step);
        }
        state.settle(words, from);
    }

    /// Takes a step; an arc it makes gets its relation.
    pub fn take(&self, state: &mut State, words: &[Word], step: Step) {
        if let Some((child, head)) = state.arc(step) {
            let key = relation_key(words[state.word(child)].tag, head > child);
            let among = self.relation_choices[key];
            let relation = if head == state.root() {
                const { relation("ROOT") }
            } else if among == 0 {
                (RELATIONS.len() - 1) as u8
            } else {
                let mut features = Asked::<SEEN_OF_RELATION>::default();
                state.relation_features(words, child, head, &mut features);
                self.relations.best_asked(&features, among)
            };
            state.relations[child] = relation;
        }
        state.advance(step);
    }
}

/// Whether most longer words of a sentence start large, which then says nothing.
pub fn is_headline(words: &[Word]) -> bool {
    let is = |w: &&Word| w.shape == Shape::Lower && w.span().len() > 3;
    let small = words.iter().filter(is).count();
    let large = |w: &&Word| matches!(w.shape, Shape::Capital | Shape::Upper);
    let large = words.iter().filter(large).count();
    large > 3 && small * 2 < large
}

/// What the tagger sees of word `at` of a sentence whose earlier words have their tags.
pub fn tag_features(words: &[Word], at: usize, headline: bool, out: &mut impl Ask) {
    let get = |by: isize| at.checked_add_signed(by).and_then(|k| words.get(k));
    let id = |by: isize| get(by).map_or(1, |w| w.id);
    let known = |by: isize| {
        get(by).map_or(98, |w| match w.shape {
            Shape::Mark => 50 + u32::from(w.tag),
            _ => u32::from(w.known),
        })
    };
    let done = |by: isize| get(by).map_or(98, |w| u32::from(w.tag));
    let class = |by: isize| get(by).map_or(9999, |w| u32::from(w.class[0]));
    let word = &words[at];
    let shape = word.shape as u32;
    let first = u32::from(words[..at].iter().rev().take(3).all(|w| !w.is_word()));
    let mut add = |t: u32, a: u32, b: u32| out.ask(t + 3000, a, b);
    add(0, id(0), 0);
    add(1, id(0), done(-1));
    add(2, word.suffix, shape);
    add(3, word.suffix, done(-1));
    add(4, done(-1), done(-2) << 8 | known(0));
    add(5, done(-1) << 8 | known(0), known(1));
    add(6, id(-1), known(0));
    add(7, id(1), known(0));
    add(8, known(0) << 8 | known(1), known(2));
    add(9, shape << 8 | known(0), first << 1 | u32::from(headline));
    add(10, id(0), known(1));
    add(11, id(-1), id(0));
    add(12, id(0), id(1));
    add(13, class(0), done(-1));
    add(14, class(1), known(0));
    add(15, class(-1), known(0));
    add(16, id(-2), done(-1) << 8 | known(0));
    add(17, get(1).map_or(1, |w| w.suffix), known(0) << 8 | known(1));
    add(18, word.suffix, known(1));
}
