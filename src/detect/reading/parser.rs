//! The parser's state: a sentence half parsed, the steps that can be taken, and what is seen of
//! each.

use std::ops::Range;

use super::word::{Shape, Word};
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::numbers::asked::Ask;
use crate::detect::numbers::hashing::mix;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Step {
    /// The next word goes onto the stack.
    Shift,
    /// The next word is head of the word on the stack, which is done.
    Left,
    /// The second word on the stack is head of the first, which is done.
    Right,
}

impl Step {
    /// Every step, by its class.
    pub const ALL: [Step; 3] = [Step::Shift, Step::Left, Step::Right];
}

/// "No word".
const NO: usize = usize::MAX;

/// A sentence half parsed: words are named by their number among those that are no marks; the
/// number after the last is the root.
#[derive(Clone, Debug)]
pub struct State {
    /// Index of each word in the sentence.
    places: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
    /// Head of each word that is done.
    pub heads: Vec<usize>,
    /// Its relation.
    pub relations: Vec<u8>,
    /// First and last child and their numbers on each side, root included.
    left: Vec<(usize, u8)>,
    right: Vec<(usize, u8)>,
    /// Relations of the children.
    below: Vec<u32>,
    /// Marks right before each word.
    marks: Vec<u32>,
}

impl State {
    /// The start of a sentence.
    pub fn new(words: &[Word]) -> State {
        let mut places = Vec::with_capacity(words.len());
        let mut marks = Vec::with_capacity(words.len());
        let mut seen = 0;
        for (k, word) in words.iter().enumerate() {
            if word.shape == Shape::Mark {
                seen |= match word.tag {
                    t if t == tag!(",") => 1,
                    t if t == tag!("\"") => 2,
                    t if t == tag!(":") || t == tag!("-") => 4,
                    _ => 8,
                };
            } else {
                places.push(k);
                marks.push(std::mem::take(&mut seen));
            }
        }
        let count = places.len();
        marks.push(seen);
        State {
            places,
            stack: Vec::with_capacity(16),
            next: 0,
            heads: vec![NO; count],
            relations: vec![0; count],
            left: vec![(NO, 0); count + 1],
            right: vec![(NO, 0); count + 1],
            below: vec![0; count + 1],
            marks,
        }
    }

    /// Number of the root, and of words.
    pub fn root(&self) -> usize {
        self.places.len()
    }

    /// Index in the sentence of word `number`.
    pub fn word(&self, number: usize) -> usize {
        self.places[number]
    }

    /// The word that comes next; the root at the end.
    pub fn next(&self) -> usize {
        self.next
    }

    /// The stack, its top last.
    pub fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// Steps that can be taken, as a set; `None` when the sentence is done.
    pub fn legal(&self) -> Option<u64> {
        let shift = self.next < self.root();
        let left = !self.stack.is_empty();
        let right = self.stack.len() > 1;
        match u64::from(shift) | u64::from(left) << 1 | u64::from(right) << 2 {
            0 => None,
            set => Some(set),
        }
    }

    /// The arc, child and head, that a step makes.
    pub fn arc(&self, step: Step) -> Option<(usize, usize)> {
        let top = *self.stack.last()?;
        match step {
            Step::Shift => None,
            Step::Left => Some((top, self.next)),
            Step::Right => Some((top, self.stack[self.stack.len().checked_sub(2)?])),
        }
    }

    /// Takes a step that is legal.
    pub fn advance(&mut self, step: Step) {
        let Some((child, head)) = self.arc(step) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.heads[child] = head;
        let side = if head > child {
            &mut self.left[head]
        } else {
            &mut self.right[head]
        };
        *side = (child, side.1.saturating_add(1));
        self.below[head] |= 1u32
            .checked_shl(u32::from(self.relations[child]))
            .unwrap_or(0);
    }

    /// Writes heads and relations into the words of the sentence.
    pub(super) fn settle(&self, words: &mut [Word], from: usize) {
        for (k, word) in words.iter_mut().enumerate() {
            word.head = (from + k) as u32;
            word.relation = const { relation("dep") };
        }
        for (number, head) in self.heads.iter().enumerate() {
            let word = &mut words[self.places[number]];
            word.relation = self.relations[number];
            if let Some(head) = self.places.get(*head) {
                word.head = (from + head) as u32;
            }
        }
    }

    fn seen<'w>(&self, words: &'w [Word], number: usize) -> Option<&'w Word> {
        self.places.get(number).and_then(|k| words.get(*k))
    }

    /// Marks between two words, as a set.
    fn between(&self, range: Range<usize>) -> u32 {
        // Only near words are looked at, so that a step costs the same in any sentence.
        let range = range.start + 1..(range.end + 1).min(range.start + 12).min(self.marks.len());
        self.marks
            .get(range)
            .map_or(0, |m| m.iter().fold(0, |a, b| a | b))
    }

    /// What the parser sees.
    #[inline]
    pub fn features(&self, words: &[Word], out: &mut impl Ask) {
        let deep = |by: usize| {
            self.stack
                .len()
                .checked_sub(by)
                .map_or(NO, |k| self.stack[k])
        };
        let (s0, s1, s2) = (deep(1), deep(2), deep(3));
        let b0 = self.next;
        let id = |n: usize| {
            self.seen(words, n)
                .map_or(u32::from(n == self.root()), |w| w.id)
        };
        let pos = |n: usize| {
            self.seen(words, n)
                .map_or(90 + u32::from(n == self.root()), |w| u32::from(w.tag))
        };
        let class = |n: usize| self.seen(words, n).map_or(9999, |w| u32::from(w.class[0]));
        let child = |sides: &[(usize, u8)], n: usize| sides.get(n).map_or((NO, 0), |s| *s);
        let (l0, l0n) = child(&self.left, s0);
        let (r0, r0n) = child(&self.right, s0);
        let (r1, _) = child(&self.right, s1);
        let (lb, lbn) = child(&self.left, b0);
        let below = |n: usize| self.below.get(n).copied().unwrap_or(0);
        let related = |n: usize| self.relations.get(n).map_or(99, |r| u32::from(*r));
        let far = |a: usize, b: usize| match b.wrapping_sub(a) {
            d @ 0..=4 => d as u32,
            5..=7 => 5,
            8..=12 => 6,
            _ => 7,
        };
        let marks = if s0 == NO { 16 } else { self.between(s0..b0) };
        let far0 = if s0 == NO { 9 } else { far(s0, b0) };
        let far1 = if s1 == NO { 9 } else { far(s1, s0) };
        let (s0t, s1t, b0t) = (pos(s0), pos(s1), pos(b0));
        let (s0w, s1w, b0w) = (id(s0), id(s1), id(b0));
        let b1t = pos(b0 + 1);
        let mut add = |t: u32, a: u32, b: u32| out.ask(t + 3100, a, b);
        add(0, s0w, s0t);
        add(1, b0w, b0t);
        add(2, s0t << 8 | b0t, far0 << 8 | marks);
        add(3, s0w, b0t);
        add(4, s0t, b0w);
        add(5, s0w, b0w);
        add(6, s0t << 8 | b0t, b1t);
        add(7, b0t << 16 | b1t << 8 | pos(b0 + 2), s0t);
        add(8, s1t << 16 | s0t << 8 | b0t, marks);
        add(9, pos(s2) << 16 | s1t << 8 | s0t, b0t);
        add(10, id(b0 + 1), b0t << 8 | s0t);
        add(11, s0t << 8 | b0t, pos(l0) << 8 | pos(r0));
        add(12, s0t << 8 | b0t, pos(lb) << 8 | u32::from(lbn));
        add(13, s0w, mix(1, u32::from(r0n) << 8 | b0t, u32::from(l0n)));
        add(14, below(s0), s0t << 8 | b0t);
        add(15, below(b0), s0t << 8 | b0t);
        add(16, s1w, s0w);
        add(17, s1w, s0t << 8 | b0t);
        add(18, s1t, mix(2, s0w, b0t));
        add(19, s1t << 8 | s0t, far1 << 16 | b0t << 8 | pos(r1));
        add(20, class(s0), class(b0));
        add(21, class(s1), mix(3, class(s0), b0t));
        add(22, s0t << 8 | b0t, related(r0) << 8 | pos(r1));
        add(23, below(s1), mix(4, s1t << 8 | s0t, b0t));
        add(24, b0w, s1t << 8 | s0t);
        add(25, s0w, far0 << 16 | marks << 8 | b0t);
        add(26, s1w, b0w);
        add(27, marks, mix(5, s1t << 8 | s0t, b0t << 8 | b1t));
        add(28, s0w, b0t << 8 | b1t);
    }

    /// What tells the relation of a word that is done to its head.
    pub fn relation_features(&self, words: &[Word], child: usize, head: usize, out: &mut impl Ask) {
        let id = |n: usize| self.seen(words, n).map_or(1, |w| w.id);
        let pos = |n: usize| self.seen(words, n).map_or(98, |w| u32::from(w.tag));
        let class = |n: usize| self.seen(words, n).map_or(9999, |w| u32::from(w.class[0]));
        let right = u32::from(head > child);
        let (ct, ht) = (pos(child), pos(head));
        let (cw, hw) = (id(child), id(head));
        let first = self.left[child].0;
        let last = self.right[child].0;
        let marks = self.between(child.min(head)..child.max(head));
        let below = self.below[head];
        let own = self.below[child];
        let mut add = |t: u32, a: u32, b: u32| out.ask(t + 3200, a, b);
        add(0, ct << 8 | ht, right);
        add(1, cw, ht << 1 | right);
        add(2, hw, ct << 1 | right);
        add(3, cw, hw);
        add(4, own, ct << 8 | ht << 1 | right);
        add(5, below, ct << 8 | ht << 1 | right);
        add(6, id(first), ct << 8 | ht << 1 | right);
        add(7, pos(first) << 8 | pos(last), ct << 8 | ht << 1 | right);
        add(8, marks << 16 | ct << 8 | ht, right);
        add(9, class(child), class(head) << 1 | right);
        add(10, class(head), ct << 1 | right);
        add(11, class(child), ht << 1 | right);
        add(
            12,
            pos(child.wrapping_sub(1)) << 8 | pos(child + 1),
            ct << 8 | ht << 1 | right,
        );
        add(13, id(child.wrapping_sub(1)), ct << 8 | ht << 1 | right);
        add(14, hw, mix(6, below, ct));
        add(15, hw, mix(7, id(first), ct << 1 | right));
    }
}
