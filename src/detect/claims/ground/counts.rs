//! What is counted of words, as running sums: how many of a kind are in a range is a difference
//! of two.
//!
//! An article has many words, so what is whole is kept in a byte for each word, counted from the
//! begin of its block, and the blocks alone hold great numbers.

use std::ops::Range;

use super::{COUNTS, Count, is_finite};
use crate::detect::attribution::labelling::{KINDS, Labelling};
use crate::detect::language::entry::Noun;
use crate::detect::language::lists::CardWords;
use crate::detect::language::tags::tag;
use crate::detect::reading::word::{NONE, Shape, Word};

/// Counts that are no whole numbers: how sure the tagger is.
pub(super) const TOLD: usize = KINDS;
/// Places for those that are.
const WHOLE: usize = 32;
/// Words of a block; more would not be counted in a byte.
const BLOCK: usize = 128;

const _: () = assert!(COUNTS - TOLD <= WHOLE && BLOCK <= u8::MAX as usize);

/// Running sums of how sure the tagger is of content, source and cue, one more than there are
/// words.
pub(in crate::detect) type Running = Vec<[f32; TOLD]>;

/// Sums up what the tagger tells; nothing else of it is asked for once sources are known.
pub(in crate::detect) fn running(labelling: Labelling) -> Running {
    let mut sums = labelling.into_kinds();
    let mut now = [0.0f32; TOLD];
    for place in &mut sums {
        let kinds = std::mem::replace(place, now);
        for (sum, kind) in now.iter_mut().zip(kinds) {
            *sum += kind;
        }
    }
    sums.push(now);
    sums
}

/// The first count that the tagger tells.
const FIRST: usize = Count::Content as usize;

/// Where a count is kept.
pub(super) enum Kept {
    /// In the sums of what the tagger tells.
    Told(usize),
    /// In those of whole numbers.
    Whole(usize),
}

/// Where a count is kept, by its number.
pub(super) const fn kept(count: usize) -> Kept {
    match count {
        0..FIRST => Kept::Whole(count),
        count if count < FIRST + TOLD => Kept::Told(count - FIRST),
        count => Kept::Whole(count - TOLD),
    }
}

/// Running sums over some words of an article.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// The first of the words.
    first: usize,
    /// Before each word, since its block began; one more than there are words.
    within: Vec<[u8; WHOLE]>,
    /// Before each block.
    blocks: Vec<[u32; WHOLE]>,
}

impl Counts {
    /// Counts the words, the first of which is the article's `first`.
    pub(super) fn new(words: &[Word], first: usize, lists: &CardWords) -> Counts {
        let mut known = Known::new(lists);
        let mut within = Vec::with_capacity(words.len() + 1);
        let mut blocks = Vec::with_capacity(words.len() / BLOCK + 1);
        let (mut all, mut now) = ([0u32; WHOLE], [0u8; WHOLE]);
        blocks.push(all);
        within.push(now);
        for (k, word) in words.iter().enumerate() {
            count(word, known.of(word.id), &mut now);
            if (k + 1).is_multiple_of(BLOCK) {
                for (all, now) in all.iter_mut().zip(&mut now) {
                    *all += u32::from(std::mem::take(now));
                }
                blocks.push(all);
            }
            within.push(now);
        }
        Counts {
            first,
            within,
            blocks,
        }
    }

    /// A whole count over some of the words.
    pub(super) fn between(&self, place: usize, words: &Range<usize>) -> f32 {
        let at = |word: usize| {
            let word = word - self.first;
            self.blocks[word / BLOCK][place] + u32::from(self.within[word][place])
        };
        (at(words.end) - at(words.start)) as f32
    }

    /// Adds all counts over some of the words; `told` are those that the tagger tells.
    pub(super) fn add_between(
        &self,
        words: &Range<usize>,
        told: [f32; TOLD],
        sums: &mut [f32; COUNTS],
    ) {
        let at = |word: usize| -> [u32; WHOLE] {
            let word = word - self.first;
            let (block, within) = (&self.blocks[word / BLOCK], &self.within[word]);
            std::array::from_fn(|k| block[k] + u32::from(within[k]))
        };
        let (first, last) = (at(words.start), at(words.end));
        let whole: [f32; WHOLE] = std::array::from_fn(|k| (last[k] - first[k]) as f32);
        // As [`kept`] has it: those told stand between the first and the others.
        let all = whole[..FIRST].iter().chain(&told).chain(&whole[FIRST..]);
        for (sum, more) in sums.iter_mut().zip(all) {
            *sum += more;
        }
    }
}

/// Counts a word; `listed` says in which lists it is.
#[inline(always)]
fn count(word: &Word, listed: u16, now: &mut [u8; WHOLE]) {
    let mut count = |count: Count, holds: bool| {
        if let Kept::Whole(place) = kept(count as usize) {
            now[place] += u8::from(holds);
        }
    };
    let tag = word.tag;
    count(Count::Words, word.is_word());
    count(Count::Quoted, word.quotation != NONE);
    count(Count::Names, tag == tag!("NNP"));
    count(
        Count::Numbers,
        word.shape == Shape::Number || tag == tag!("CD"),
    );
    count(Count::Finite, is_finite(word) || tag == tag!("MD"));
    count(Count::Past, tag == tag!("VBD"));
    count(Count::Modal, tag == tag!("MD"));
    count(Count::Adjectives, tag == tag!("JJ"));
    count(Count::Adverbs, tag == tag!("RB"));
    count(Count::Degrees, tag == tag!("JJR") || tag == tag!("JJS"));
    count(Count::Gerunds, tag == tag!("VBG"));
    count(Count::Participles, tag == tag!("VBN"));
    count(Count::Bare, tag == tag!("VB"));
    count(Count::Prepositions, tag == tag!("IN"));
    count(Count::Nouns, tag == tag!("NN") || tag == tag!("NNS"));
    count(Count::Subjects, word.is_subject());
    count(Count::SureCues, word.cue >= 3);
    count(Count::KnownNouns, word.noun != Noun::None);
    count(Count::Upper, word.shape == Shape::Upper);
    for (k, listed_as) in LISTED.into_iter().enumerate() {
        count(listed_as, listed >> k & 1 == 1);
    }
}

/// The counts of words that stand in a list.
const LISTED: [Count; 12] = [
    Count::Speaker,
    Count::Reader,
    Count::Person,
    Count::Negation,
    Count::Hedge,
    Count::Judgement,
    Count::Attitude,
    Count::Question,
    Count::Calendar,
    Count::Site,
    Count::Subordination,
    Count::Report,
];

/// In which lists a word is, a bit for each of [`LISTED`].
fn listed(lists: &CardWords, id: u32) -> u16 {
    let all = [
        &lists.speaker,
        &lists.reader,
        &lists.person,
        &lists.negation,
        &lists.hedge,
        &lists.judgement,
        &lists.attitude,
        &lists.question,
        &lists.calendar,
        &lists.site,
        &lists.subordination,
        &lists.report,
    ];
    let bits = all.into_iter().enumerate();
    bits.fold(0, |set, (k, list)| set | u16::from(list.has(id)) << k)
}

/// The lists of words met lately: an article says the same words over and over.
struct Known<'l> {
    lists: &'l CardWords,
    met: Vec<(u32, u16)>,
}

impl<'l> Known<'l> {
    /// How many are remembered, a power of two.
    const MET: usize = 1024;

    fn new(lists: &'l CardWords) -> Known<'l> {
        Known {
            lists,
            met: vec![(0, listed(lists, 0)); Self::MET],
        }
    }

    fn of(&mut self, id: u32) -> u16 {
        let met = &mut self.met[id as usize % Self::MET];
        if met.0 != id {
            *met = (id, listed(self.lists, id));
        }
        met.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::language::Language;
    use crate::detect::reading::Reading;

    #[test]
    fn a_range_counts_as_its_words_do() {
        let language = Language::compiled_in();
        let text =
            "He said on Monday that the 14 wells ran dry. “We know,” Ann Orr said. ".repeat(40);
        let reading = Reading::new(&text, &language);
        // Some words are none of them.
        let first = 2;
        let counts = Counts::new(&reading.words[first..], first, &reading.lists.cards);
        for range in [
            2..2,
            2..3,
            5..300,
            127..128,
            128..129,
            200..700,
            3..reading.words.len(),
        ] {
            let mut all = [0.0; COUNTS];
            let told = [range.len() as f32; TOLD];
            counts.add_between(&range, told, &mut all);
            for (count, sum) in all.iter().enumerate() {
                match kept(count) {
                    Kept::Told(_) => assert_eq!(*sum, range.len() as f32),
                    Kept::Whole(place) => assert_eq!(counts.between(place, &range), *sum),
                }
            }
            let words = &reading.words[range.clone()];
            let expected = words.iter().filter(|w| w.is_word()).count();
            assert_eq!(all[Count::Words as usize], expected as f32);
            let persons = words
                .iter()
                .filter(|w| reading.lists.cards.person.has(w.id));
            assert_eq!(all[Count::Person as usize], persons.count() as f32);
        }
    }
}
