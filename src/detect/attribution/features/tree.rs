//! What the tagger sees of a word's place in the syntax: its head, the verbs above it, the cue
//! it hangs under, and the classes of the words concerned.

use std::ops::Range;

use super::{Group, Told};
use crate::detect::language::syntax::{MASKED, relation};
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// How far up a cue is looked for.
const CUE_DEPTH: usize = 20;
/// How far up a verb is looked for.
const VERB_DEPTH: usize = 12;

/// A word above another one, and the word right below it on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Above {
    word: u32,
    below: u32,
}

const NOWHERE: Above = Above {
    word: NONE,
    below: NONE,
};

/// Places in the syntax, worked out once for some whole sentences.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    /// The first of their words.
    from: usize,
    /// Relations of the words that hang on each word, as a set.
    hanging: Vec<u32>,
    /// Subject of each word.
    subjects: Vec<u32>,
    /// Clause that hangs on each word.
    clauses: Vec<u32>,
    /// Nearest verb above each word.
    verbs: Vec<Above>,
    /// Nearest cue word above each word.
    cues: Vec<Above>,
}

impl Tree {
    /// Of whole sentences: the words `range`.
    pub(super) fn of(reading: &Reading<'_>, range: Range<usize>) -> Tree {
        let words = &reading.words;
        let mut hanging = vec![0u32; range.len()];
        let mut subjects = vec![NONE; range.len()];
        let mut clauses = vec![NONE; range.len()];
        let (nsubj, nsubjpass, ccomp, xcomp) = (
            relation("nsubj"),
            relation("nsubjpass"),
            relation("ccomp"),
            relation("xcomp"),
        );
        for k in range.clone() {
            let word = &words[k];
            if word.head as usize == k || !range.contains(&(word.head as usize)) {
                continue;
            }
            let head = word.head as usize - range.start;
            if usize::from(word.relation) < MASKED {
                hanging[head] |= 1 << word.relation;
                if word.relation == nsubj || word.relation == nsubjpass {
                    subjects[head] = k as u32;
                } else if word.relation == ccomp || word.relation == xcomp {
                    clauses[head] = k as u32;
                }
            }
        }
        Tree {
            from: range.start,
            hanging,
            subjects,
            clauses,
            verbs: range
                .clone()
                .map(|k| above(words, k, VERB_DEPTH, Word::is_verb))
                .collect(),
            cues: range.map(|k| cue_above(words, k)).collect(),
        }
    }

    /// Where a word stands in the lists; behind all of them for none.
    fn place(&self, word: u32) -> usize {
        match word {
            NONE => usize::MAX,
            word => (word as usize).wrapping_sub(self.from),
        }
    }

    /// Of a word: its head, the cue above, the verb above and the one over that, the subject of
    /// its verb, the clause that hangs on its verb.
    pub(super) fn far(&self, words: &[Word], at: usize) -> (u32, u32, u32, u32, u32, u32) {
        let head = words[at].head;
        let here = at - self.from;
        let verb = self.verbs[here].word;
        let over = self.verbs.get(self.place(verb)).map_or(NONE, |a| a.word);
        let own = if words[at].is_verb() { at as u32 } else { verb };
        let of = |list: &[u32]| list.get(self.place(own)).copied().unwrap_or(NONE);
        (
            if head as usize == at { NONE } else { head },
            self.cues[here].word,
            verb,
            over,
            of(&self.subjects),
            of(&self.clauses),
        )
    }

    /// Tells `out` the features of word `at`.
    pub(super) fn features(&self, reading: &Reading<'_>, at: usize, out: &mut impl Told) {
        let words = &reading.words;
        let word = &words[at];
        let get = |k: u32| words.get(k as usize);
        let id = |k: u32| get(k).map_or(1, |w| w.id);
        let tag = |k: u32| get(k).map_or(98, |w| u32::from(w.tag));
        let relation = |k: u32| get(k).map_or(98, |w| u32::from(w.relation));
        let group = |k: u32| get(k).map_or(9999, |w| u32::from(w.class[0]));
        let class = |k: u32| get(k).map_or(9999, |w| u32::from(w.class[1]));
        let here = at as u32;
        let up = |k: u32| match get(k) {
            Some(w) if w.head != k => w.head,
            _ => NONE,
        };
        let hangs = |k: u32| self.hanging.get(self.place(k)).copied().unwrap_or(0);
        let (before, after) = (here.wrapping_sub(1), here + 1);
        let own = relation(here);
        let pos = tag(here);
        let head = up(here);
        let above = up(head);
        let way = match head {
            NONE => 0,
            head => u32::from(head > here) << 4 | bucket(head.abs_diff(here) as usize),
        };
        out.add(100, own, pos);
        out.add(101, relation(before) << 16 | own << 8 | relation(after), 0);
        out.add(102, own, id(head));
        out.add(103, own << 8 | tag(head), way);
        out.add(104, id(head), pos);
        out.add(105, own << 8 | relation(head), id(head));
        out.add(106, own << 8 | relation(head), id(above));
        // Verbs above.
        let verb = self.verbs[at - self.from];
        let over = self.verbs.get(self.place(verb.word));
        let over = over.copied().unwrap_or(NOWHERE);
        let side = |a: Above| u32::from(a.word != NONE && a.word > here);
        let by = relation(verb.below) << 1 | side(verb);
        let over_by = relation(verb.below) << 8 | relation(over.below) << 1 | side(over);
        out.share(Group::Above, [verb.word, by, over_by, 0]);
        out.add_to(Group::Above, 107, id(verb.word), by);
        out.add_to(Group::Above, 108, id(over.word), over_by);
        out.add_to(Group::Above, 109, id(verb.word), id(over.word));
        // Classes of words of like meaning.
        out.add(130, group(here), 0);
        out.add(131, class(here), 0);
        out.add(132, group(before), 0);
        out.add(133, group(after), 0);
        out.add(134, group(before), group(here));
        out.add(135, group(after), group(here));
        out.add(136, group(head), own);
        out.add_to(Group::Above, 137, group(verb.word), by);
        out.add_to(Group::Above, 138, group(over.word), over_by);
        out.add(139, group(here), hangs(here));
        out.add_to(Group::Above, 140, class(verb.word), by);
        out.add(141, group(verb.word), mix(4, by, pos));
        out.add(142, group(here), own << 8 | tag(head));
        out.add(143, group(head), own << 8 | pos);
        out.add(144, class(before), class(here));
        out.add(145, class(after), class(here));
        out.add(146, class(head), own);
        out.add_to(Group::Above, 147, class(over.word), over_by);
        // The cue above, and where its part of the sentence starts and ends.
        let cue = self.cues[at - self.from];
        let cue_by = relation(cue.below) << 1 | side(cue);
        // What hangs elsewhere is seldom asked for: beside the first word and the last.
        let beside = |k: usize| {
            let known = self.cues.get(k.wrapping_sub(self.from)).copied();
            known.or_else(|| (k < words.len()).then(|| cue_above(words, k)))
        };
        let tie = |other: Option<Above>| match other {
            None => 3u32,
            Some(other) if other == cue => 2,
            Some(other) if other.word == cue.word => 1,
            Some(_) => 0,
        };
        let ties = tie(at.checked_sub(1).and_then(beside)) << 2 | tie(beside(at + 1));
        out.share(Group::Cue, [cue.word, cue_by, ties, 0]);
        out.add_to(Group::Cue, 110, id(cue.word), cue_by);
        out.add(111, id(cue.word), own << 8 | cue_by);
        out.add(112, cue_by, pos);
        out.add_to(Group::Cue, 113, ties << 8 | cue_by, id(cue.word));
        out.add(114, ties << 8 | cue_by, pos);
        // What hangs on it.
        out.add(115, hangs(here), word.id);
        out.add(116, hangs(here), pos << 4 | u32::from(word.cue));
        out.add_to(
            Group::Above,
            117,
            hangs(verb.word),
            mix(7, id(verb.word), by),
        );
        let cue_class = get(verb.word).map_or(9, |w| u32::from(w.cue));
        out.add_to(Group::Above, 118, hangs(verb.word), mix(8, by, cue_class));
        out.add(119, hangs(cue.word), mix(9, cue_by, own));
    }
}

/// The nearest cue word above a word.
fn cue_above(words: &[Word], from: usize) -> Above {
    above(words, from, CUE_DEPTH, |w| w.cue >= 2)
}

fn above(words: &[Word], from: usize, depth: usize, is: impl Fn(&Word) -> bool) -> Above {
    let mut below = from;
    for _ in 0..depth {
        let up = words[below].head as usize;
        if up == below {
            break;
        }
        if is(&words[up]) {
            return Above {
                word: up as u32,
                below: below as u32,
            };
        }
        below = up;
    }
    NOWHERE
}
