//! What the tagger sees of a word's place in the syntax: its head, the verbs above it, the cue
//! it hangs under, and the classes of the words concerned.

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

/// Places in the syntax, worked out once for an article.
#[derive(Clone, Debug)]
pub(super) struct Tree {
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
    pub(super) fn new(reading: &Reading<'_>) -> Tree {
        let words = &reading.words;
        let mut hanging = vec![0u32; words.len()];
        let mut subjects = vec![NONE; words.len()];
        let mut clauses = vec![NONE; words.len()];
        let (nsubj, nsubjpass, ccomp, xcomp) = (
            relation("nsubj"),
            relation("nsubjpass"),
            relation("ccomp"),
            relation("xcomp"),
        );
        for (k, word) in words.iter().enumerate() {
            let head = word.head as usize;
            if head != k && usize::from(word.relation) < MASKED {
                hanging[head] |= 1 << word.relation;
                if word.relation == nsubj || word.relation == nsubjpass {
                    subjects[head] = k as u32;
                } else if word.relation == ccomp || word.relation == xcomp {
                    clauses[head] = k as u32;
                }
            }
        }
        let all = 0..words.len();
        Tree {
            hanging,
            subjects,
            clauses,
            verbs: all
                .clone()
                .map(|k| above(words, k, VERB_DEPTH, Word::is_verb))
                .collect(),
            cues: all
                .map(|k| above(words, k, CUE_DEPTH, |w| w.cue >= 2))
                .collect(),
        }
    }

    /// Of a word: its head, the cue above, the verb above and the one over that, the subject of
    /// its verb, the clause that hangs on its verb.
    pub(super) fn far(&self, words: &[Word], at: usize) -> (u32, u32, u32, u32, u32, u32) {
        let head = words[at].head;
        let verb = self.verbs[at].word;
        let over = self.verbs.get(verb as usize).map_or(NONE, |a| a.word);
        let own = if words[at].is_verb() { at as u32 } else { verb };
        let of = |list: &[u32]| list.get(own as usize).copied().unwrap_or(NONE);
        (
            if head as usize == at { NONE } else { head },
            self.cues[at].word,
            verb,
            over,
            of(&self.subjects),
            of(&self.clauses),
        )
    }

    /// Pushes the features of word `at`.
    pub(super) fn features(
        &self,
        reading: &Reading<'_>,
        at: usize,
        add: &mut impl FnMut(u32, u32, u32),
    ) {
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
        let hangs = |k: u32| self.hanging.get(k as usize).copied().unwrap_or(0);
        let (before, after) = (here.wrapping_sub(1), here + 1);
        let own = relation(here);
        let pos = tag(here);
        let head = up(here);
        let above = up(head);
        let way = match head {
            NONE => 0,
            head => u32::from(head > here) << 4 | bucket(head.abs_diff(here) as usize),
        };
        add(100, own, pos);
        add(101, relation(before) << 16 | own << 8 | relation(after), 0);
        add(102, own, id(head));
        add(103, own << 8 | tag(head), way);
        add(104, id(head), pos);
        add(105, own << 8 | relation(head), id(head));
        add(106, own << 8 | relation(head), id(above));
        // Verbs above.
        let verb = self.verbs[at];
        let over = get(verb.word).map_or(NOWHERE, |_| self.verbs[verb.word as usize]);
        let side = |a: Above| u32::from(a.word != NONE && a.word > here);
        let by = relation(verb.below) << 1 | side(verb);
        let over_by = relation(verb.below) << 8 | relation(over.below) << 1 | side(over);
        add(107, id(verb.word), by);
        add(108, id(over.word), over_by);
        add(109, id(verb.word), id(over.word));
        // Classes of words of like meaning.
        add(130, group(here), 0);
        add(131, class(here), 0);
        add(132, group(before), 0);
        add(133, group(after), 0);
        add(134, group(before), group(here));
        add(135, group(after), group(here));
        add(136, group(head), own);
        add(137, group(verb.word), by);
        add(138, group(over.word), over_by);
        add(139, group(here), hangs(here));
        add(140, class(verb.word), by);
        add(141, group(verb.word), mix(4, by, pos));
        add(142, group(here), own << 8 | tag(head));
        add(143, group(head), own << 8 | pos);
        add(144, class(before), class(here));
        add(145, class(after), class(here));
        add(146, class(head), own);
        add(147, class(over.word), over_by);
        // The cue above, and where its part of the sentence starts and ends.
        let cue = self.cues[at];
        let cue_by = relation(cue.below) << 1 | side(cue);
        let tie = |other: Option<&Above>| match other {
            None => 3u32,
            Some(other) if *other == cue => 2,
            Some(other) if other.word == cue.word => 1,
            Some(_) => 0,
        };
        let ties =
            tie(at.checked_sub(1).and_then(|k| self.cues.get(k))) << 2 | tie(self.cues.get(at + 1));
        add(110, id(cue.word), cue_by);
        add(111, id(cue.word), own << 8 | cue_by);
        add(112, cue_by, pos);
        add(113, ties << 8 | cue_by, id(cue.word));
        add(114, ties << 8 | cue_by, pos);
        // What hangs on it.
        add(115, hangs(here), word.id);
        add(116, hangs(here), pos << 4 | u32::from(word.cue));
        add(117, hangs(verb.word), mix(7, id(verb.word), by));
        let cue_class = get(verb.word).map_or(9, |w| u32::from(w.cue));
        add(118, hangs(verb.word), mix(8, by, cue_class));
        add(119, hangs(cue.word), mix(9, cue_by, own));
    }
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
