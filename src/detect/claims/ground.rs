//! All that is known of an article before cards are looked for, worked out once: running sums
//! over its words, which words hang together, what each sentence is.
//!
//! Judging a proposition then asks for differences of sums, whatever its length is.

mod counts;
mod near;

use std::cell::{Ref, RefCell};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::wording::claim_features;
use crate::detect::finding::Attribution;
use crate::detect::furniture::Furniture;
use crate::detect::language::lists::CardWords;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::model::Model;
use crate::detect::numbers::ranker::sigmoid;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};
use counts::{Kept, kept};
pub(in crate::detect) use counts::{Running, running};
use near::Near;

/// What is counted of words; the order is part of the trained model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Count {
    Words,
    Content,
    Source,
    Cue,
    Quoted,
    Names,
    Numbers,
    Finite,
    Past,
    Modal,
    Speaker,
    Reader,
    Person,
    Negation,
    Hedge,
    Judgement,
    Attitude,
    Question,
    Adjectives,
    Adverbs,
    Degrees,
    Gerunds,
    Participles,
    Bare,
    Prepositions,
    Nouns,
    Calendar,
    Site,
    Subordination,
    Subjects,
    Report,
    SureCues,
    KnownNouns,
    Upper,
}

/// How many [`Count`]s there are.
pub(super) const COUNTS: usize = Count::Upper as usize + 1;

/// What a word is to the attributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing, or what somebody says.
    Other,
    /// In the phrase that names a source.
    Source,
    /// In a cue.
    Cue,
}

/// What a sentence is as a whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentenceFacts {
    pub(super) asks: bool,
    pub(super) shouts: bool,
    /// No stop at its end.
    pub(super) open: bool,
    /// 0 for none, then the kinds of furniture.
    pub(super) furniture: u8,
    /// How likely it can be checked at all.
    pub(super) checkable: f32,
    /// How much its words deserve it.
    pub(super) priority: f32,
    /// The only one of its paragraph.
    pub(super) alone: bool,
    /// The first of its paragraph.
    pub(super) first: bool,
    /// Sentences of its paragraph.
    pub(super) paragraph: usize,
    /// The word everything hangs on.
    pub(super) root: usize,
    /// Sources and cues in it.
    pub(super) attributions: usize,
    /// Shares of its telling words that stand in sentences before, and anywhere else.
    pub(super) seen: [f32; 2],
}

/// An article before cards are looked for.
#[derive(Debug)]
pub struct Ground<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) lists: &'a CardWords,
    /// Whether each word is furniture, which no card begins or ends with.
    pub(super) furniture: &'a [bool],
    pub(super) attributions: &'a [Attribution],
    /// Word ranges of each attribution's content, source and cue; empty for none.
    pub(super) contents: &'a [Vec<Range<usize>>],
    pub(super) sources: Vec<Range<usize>>,
    pub(super) cues: Vec<Range<usize>>,
    /// Whom each attribution takes it from: equal numbers are one person or body.
    pub(super) entities: Vec<usize>,
    /// What is known of the words that were asked for last.
    near: RefCell<Near>,
    /// Running sums of what the tagger tells.
    told: &'a [[f32; counts::TOLD]],
    /// The attribution whose content a word is in, or [`NONE`].
    owner: Vec<u32>,
    /// Words in the contents of each attribution.
    pub(super) spoken: Vec<f32>,
    pub(super) part: Vec<Part>,
    pub(super) sentences: Vec<SentenceFacts>,
    /// The share of all words that are somebody's.
    pub(super) owned: f32,
    /// Where contents begin, in text order, with whose they are.
    begins: Vec<(usize, usize)>,
    /// How many attributions are of each entity.
    pub(super) said: FxHashMap<usize, usize>,
}

/// Where counting others stops: more tell nothing.
const SEVERAL: usize = 12;

impl<'a> Ground<'a> {
    /// Works everything out. `entities` has a number for each attribution, `told` are running
    /// sums of what the tagger tells.
    #[allow(clippy::too_many_arguments)] // The results of all stages before, each once.
    pub(in crate::detect) fn new(
        reading: &'a Reading<'a>,
        lists: &'a CardWords,
        furniture: &[Option<Furniture>],
        furniture_words: &'a [bool],
        attributions: &'a [Attribution],
        contents: &'a [Vec<Range<usize>>],
        entities: Vec<usize>,
        told: &'a [[f32; 3]],
        model: &Model<'_>,
    ) -> Ground<'a> {
        let words_of = |mark: Option<&crate::text::Mark>| {
            mark.map_or(0..0, |mark| reading.words_in(mark.hull()))
        };
        let sources: Vec<_> = attributions
            .iter()
            .map(|a| words_of(a.source.as_ref()))
            .collect();
        let cues: Vec<_> = attributions
            .iter()
            .map(|a| words_of(a.cue.as_ref()))
            .collect();
        let mut owner = vec![NONE; reading.words.len()];
        for (k, content) in contents.iter().enumerate() {
            for word in content.iter().flat_map(Clone::clone) {
                owner[word] = k as u32;
            }
        }
        let mut part = vec![Part::Other; reading.words.len()];
        sources
            .iter()
            .for_each(|s| part[s.clone()].fill(Part::Source));
        cues.iter().for_each(|c| part[c.clone()].fill(Part::Cue));
        let mut said = FxHashMap::default();
        for (entity, _) in entities.iter().zip(&sources).filter(|(_, s)| !s.is_empty()) {
            *said.entry(*entity).or_default() += 1;
        }
        let owned = owner.iter().filter(|k| **k != NONE).count();
        let owned = owned as f32 / owner.len().max(1) as f32;
        let mut begins: Vec<(usize, usize)> = contents
            .iter()
            .zip(&entities)
            .map(|(content, entity)| (content[0].start, *entity))
            .collect();
        begins.sort_unstable();
        let words_of = |content: &Range<usize>| {
            let words = reading.words[content.clone()].iter();
            words.filter(|word| word.is_word()).count() as f32
        };
        let spoken = |content: &Vec<Range<usize>>| content.iter().map(words_of).sum();
        let sentences = sentence_facts(reading, furniture, &sources, &cues, model);
        Ground {
            reading,
            lists,
            furniture: furniture_words,
            attributions,
            contents,
            sources,
            cues,
            entities,
            near: RefCell::default(),
            told,
            owner,
            spoken: contents.iter().map(spoken).collect(),
            part,
            sentences,
            owned,
            begins,
            said,
        }
    }

    /// How many sentences there are.
    pub fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// The sum of a count over words.
    pub(super) fn sum(&self, count: Count, pieces: &[Range<usize>]) -> f32 {
        let sum = |p: &Range<usize>| match kept(count as usize) {
            _ if p.is_empty() => 0.0,
            Kept::Told(kind) => self.told[p.end][kind] - self.told[p.start][kind],
            Kept::Whole(place) => self.near(p).counts.between(place, p),
        };
        pieces.iter().map(sum).sum()
    }

    /// All counts over words.
    pub(super) fn sums(&self, pieces: &[Range<usize>]) -> [f32; COUNTS] {
        let mut sums = [0.0; COUNTS];
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            let told = |kind: usize| self.told[piece.end][kind] - self.told[piece.start][kind];
            let told = std::array::from_fn(told);
            self.near(piece).counts.add_between(piece, told, &mut sums);
        }
        sums
    }

    /// A count of one word.
    pub(super) fn at(&self, count: Count, word: usize) -> f32 {
        self.sum(count, std::slice::from_ref(&(word..word + 1)))
    }

    /// Words that some words share with the content of an attribution.
    pub(super) fn shared(&self, pieces: &[Range<usize>], attribution: usize) -> f32 {
        let mut shared = 0.0;
        for content in &self.contents[attribution] {
            for piece in pieces {
                let (start, end) = (content.start.max(piece.start), content.end.min(piece.end));
                if start < end {
                    shared += self.sum(Count::Words, std::slice::from_ref(&(start..end)));
                }
            }
        }
        shared
    }

    /// How many words of a range name a source or are a cue.
    pub(super) fn parts_in(&self, words: &Range<usize>) -> f32 {
        let parts = self.part[words.clone()].iter();
        parts.filter(|part| **part != Part::Other).count() as f32
    }

    /// How many contents of others than `entity` begin in a range, up to [`SEVERAL`].
    pub(super) fn others_between(&self, words: &Range<usize>, entity: usize) -> f32 {
        let from = self.begins.partition_point(|b| b.0 < words.start);
        self.begins[from..]
            .iter()
            .take_while(|b| b.0 < words.end)
            .filter(|b| b.1 != entity)
            .take(SEVERAL)
            .count() as f32
    }

    /// The subject of a word, before it.
    pub(super) fn subject(&self, word: usize) -> Option<usize> {
        let subject = self.near(&(word..word + 1)).subject(word);
        (subject != NONE).then_some(subject as usize)
    }

    /// From the first to the last word of what hangs on a word.
    pub(super) fn extent(&self, word: usize) -> (usize, usize) {
        self.near(&(word..word + 1)).extent(word)
    }

    /// The attribution whose content a word is in.
    pub(super) fn owner(&self, word: usize) -> Option<u32> {
        let owner = self.owner[word];
        (owner != NONE).then_some(owner)
    }

    /// What is known of these words, worked out now if others were asked for last: cards are made
    /// in text order, so it is seldom.
    fn near(&self, words: &Range<usize>) -> Ref<'_, Near> {
        let near = self.near.borrow();
        if near.holds(words) {
            return near;
        }
        drop(near);
        *self.near.borrow_mut() = Near::around(self.reading, self.lists, words);
        self.near.borrow()
    }
}

/// Whether a word is a verb that makes a clause by its form.
pub(super) fn is_finite(word: &Word) -> bool {
    [tag!("VBD"), tag!("VBZ"), tag!("VBP")].contains(&word.tag)
}

/// Whether a word tells what a sentence is about.
pub(super) fn tells(word: &Word) -> bool {
    const TELLING: [u8; 5] = [tag!("NN"), tag!("NNS"), tag!("NNP"), tag!("JJ"), tag!("CD")];
    word.is_word() && word.span().len() > 2 && (word.is_verb() || TELLING.contains(&word.tag))
}

fn sentence_facts(
    reading: &Reading<'_>,
    furniture: &[Option<Furniture>],
    sources: &[Range<usize>],
    cues: &[Range<usize>],
    model: &Model<'_>,
) -> Vec<SentenceFacts> {
    let all = &reading.sentences;
    let words = &reading.words;
    let telling = |sentence: &Range<usize>| {
        let telling = sentence.clone().filter(|k| tells(&words[*k]));
        telling.map(|k| words[k].id).collect::<Vec<u32>>()
    };
    let mut sentences_with: FxHashMap<u32, u32> = FxHashMap::default();
    let mut paragraphs: FxHashMap<u32, usize> = FxHashMap::default();
    for sentence in all {
        let once: FxHashSet<u32> = telling(&sentence.words).into_iter().collect();
        for id in once {
            *sentences_with.entry(id).or_default() += 1;
        }
        *paragraphs.entry(sentence.paragraph).or_default() += 1;
    }
    let mut parts = vec![0usize; all.len()];
    for (source, cue) in sources.iter().zip(cues) {
        let of = |r: &Range<usize>| (!r.is_empty()).then(|| words[r.start].sentence as usize);
        match (of(source), of(cue)) {
            (Some(a), Some(b)) if a == b => parts[a] += 1,
            (a, b) => a.into_iter().chain(b).for_each(|k| parts[k] += 1),
        }
    }
    let mut before: FxHashSet<u32> = FxHashSet::default();
    let mut facts = Vec::with_capacity(all.len());
    for (k, sentence) in all.iter().enumerate() {
        let text = sentence.span.of(reading.text);
        reading.budget.spend(text.len().min(8));
        let end = text.trim_end_matches(['"', '”', '\'', '’', ')', ' ']);
        let first = k == 0 || all[k - 1].paragraph != sentence.paragraph;
        let last = all
            .get(k + 1)
            .is_none_or(|next| next.paragraph != sentence.paragraph);
        let features = claim_features(reading, std::slice::from_ref(&sentence.words));
        let ids = telling(&sentence.words);
        let share = |is: &dyn Fn(&u32) -> bool| {
            ids.iter().filter(|id| is(id)).count() as f32 / ids.len().max(1) as f32
        };
        let seen = [
            share(&|id| before.contains(id)),
            share(&|id| sentences_with[id] > 1),
        ];
        const ROOT: u8 = relation("ROOT");
        facts.push(SentenceFacts {
            asks: end.ends_with('?'),
            shouts: end.ends_with('!'),
            open: !end.ends_with(['.', '!', '?', '…']),
            furniture: match furniture[k] {
                None => 0,
                Some(Furniture::ImageCredit(_)) => 1,
                Some(Furniture::Byline) => 2,
                Some(Furniture::Pointer) => 3,
                Some(Furniture::Heading) => 4,
                Some(Furniture::Notice) => 5,
            },
            checkable: sigmoid(model.checkable.score(&features)),
            priority: sigmoid(model.priority.score(&features)),
            alone: first && last,
            first,
            paragraph: paragraphs[&sentence.paragraph],
            root: sentence
                .words
                .clone()
                .find(|k| words[*k].relation == ROOT)
                .unwrap_or(sentence.words.start),
            attributions: parts[k],
            seen,
        });
        before.extend(ids);
    }
    facts
}
