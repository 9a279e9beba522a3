//! What became of places of an old text in a new one: a difference by words.
//!
//! Words are compared folded and blanks not at all, so rewrapping and typed quotation marks
//! are no change. Long enough runs that stayed, or that stand elsewhere now, tell where
//! everything between them went.

mod moved;

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Token};
use rustc_hash::FxHashMap;

use super::super::{Span, fold, tokens};

/// A word that occurs more often is no help in comparing.
const COMMON: u32 = 63;
/// Words that stayed between larger changes are there by chance if they are no more.
const CHANCE: usize = 6;
/// Words at a change that may belong to another sentence than what stayed beside them.
const STRAYS: usize = 4;
/// So many such words in a row make the comparison take quadratic time.
const LONGEST_RUN: usize = 4000;

/// The difference of two texts.
pub struct Changes {
    old: Vec<Span>,
    new: Vec<Span>,
    /// For every old word, where it is now, if it stayed or moved.
    kept: Vec<Option<u32>>,
    /// For every new word, which old one it is.
    origins: Vec<Option<u32>>,
    /// What was replaced by what, in order.
    hunks: Vec<Hunk>,
    /// For every old word, the nearest one that is still there, before it and after it.
    around: Vec<(Option<u32>, Option<u32>)>,
}

/// Words of the old text that words of the new one stand for.
#[derive(Clone, Debug)]
struct Hunk {
    before: Range<usize>,
    after: Range<usize>,
}

/// What became of a span of the old text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// The span of the old text.
    pub old: Span,
    /// Byte of the new text where it is to be looked for.
    pub near: usize,
    /// Where it is, if its words stayed in the main or were replaced in place.
    pub span: Option<Span>,
    /// Share of its words that stayed, 0 to 1.
    pub kept: f64,
}

impl Changes {
    /// Compares two texts; nothing if they repeat themselves so much that it would take
    /// long and tell little.
    pub fn between(old: &str, new: &str) -> Option<Changes> {
        let words = |text: &str| -> Vec<Span> { tokens(text).map(|token| token.span).collect() };
        let (old_words, new_words) = (words(old), words(new));
        let mut input: InternedInput<String> = InternedInput::default();
        let plain = |text: &str, word: &Span| fold(word.of(text)).text().to_owned();
        input.update_before(old_words.iter().map(|word| plain(old, word)));
        input.update_after(new_words.iter().map(|word| plain(new, word)));
        if is_monotonous(&input.before) || is_monotonous(&input.after) {
            return None;
        }
        let diff = Diff::compute(Algorithm::Histogram, &input);
        let range = |range: &Range<u32>| range.start as usize..range.end as usize;
        let hunks = diff.hunks().map(|hunk| Hunk {
            before: range(&hunk.before),
            after: range(&hunk.after),
        });
        let hunks = without_chance(hunks);
        let mut kept = vec![None; old_words.len()];
        let (mut at, mut now) = (0, 0);
        let end = Hunk {
            before: old_words.len()..old_words.len(),
            after: new_words.len()..new_words.len(),
        };
        for hunk in hunks.iter().chain([&end]) {
            while at < hunk.before.start {
                kept[at] = Some(now as u32);
                (at, now) = (at + 1, now + 1);
            }
            (at, now) = (hunk.before.end, hunk.after.end);
        }
        for hunk in &hunks {
            let before = &old_words[..hunk.before.start];
            let after = &old_words[hunk.before.end..];
            let (last, first) = (strays_before(old, before), strays_after(old, after));
            kept[before.len() - last..before.len()].fill(None);
            kept[hunk.before.end..hunk.before.end + first].fill(None);
        }
        let mut origins = vec![None; new_words.len()];
        for (at, now) in (0u32..).zip(&kept) {
            if let Some(origin) = now.and_then(|now| origins.get_mut(now as usize)) {
                *origin = Some(at);
            }
        }
        let is_border = |at: usize| match at.checked_sub(1) {
            Some(last) if at < old_words.len() => ends_sentence(old, &old_words[last..=at]),
            _ => true,
        };
        moved::join(
            &input.before,
            &input.after,
            &mut kept,
            &mut origins,
            is_border,
        );
        Some(Changes {
            around: around(&kept),
            origins,
            old: old_words,
            new: new_words,
            kept,
            hunks,
        })
    }

    /// Where a span of the old text went.
    pub fn carry(&self, old: Span) -> Carried {
        let first = self.old.partition_point(|word| word.end <= old.start);
        let last = self.old.partition_point(|word| word.start < old.end);
        let near = self.near(first);
        let words = first..last;
        let letters = |at: &usize| self.old[*at].len();
        let all: usize = words.clone().map(|at| letters(&at)).sum();
        let stayed: usize = words
            .clone()
            .filter(|at| self.kept[*at].is_some())
            .map(|at| letters(&at))
            .sum();
        let span = match (self.start_of(&words), self.end_of(&words)) {
            (Some(start), Some(end)) if start < end => Some(Span::new(start, end)),
            _ => None,
        };
        Carried {
            old,
            near,
            span: span.filter(|_| stayed > 0),
            kept: if all == 0 {
                0.0
            } else {
                stayed as f64 / all as f64
            },
        }
    }

    /// Whether most of `new` is made of words that stayed and stood outside of `old`.
    pub fn came_from_elsewhere(&self, new: Span, old: Span) -> bool {
        let first = self.new.partition_point(|word| word.end <= new.start);
        let last = self.new.partition_point(|word| word.start < new.end);
        let (mut foreign, mut all) = (0, 0);
        for at in first..last {
            let length = self.new[at].len();
            all += length;
            let origin = self.origins[at].map(|origin| self.old[origin as usize]);
            if origin.is_some_and(|word| !old.overlaps(word)) {
                foreign += length;
            }
        }
        2 * foreign > all
    }

    /// The byte of the new text where old word `at` is or would be: beside the nearer of the
    /// words around it that are still there.
    fn near(&self, at: usize) -> usize {
        let end = self.new.last().map_or(0, |word| word.end);
        let now = |old: u32| self.kept[old as usize].unwrap_or(0) as usize;
        let (before, after) = self.around.get(at).copied().unwrap_or_else(|| {
            let last = self.old.len().checked_sub(1);
            (last.and_then(|last| self.around[last].0), None)
        });
        let place = match (before, after) {
            (Some(before), Some(after)) if at - before as usize > after as usize - at => now(after),
            (Some(before), _) => now(before) + usize::from(before as usize != at),
            (None, Some(after)) => now(after),
            (None, None) => 0,
        };
        self.new.get(place).map_or(end, |word| word.start)
    }

    fn hunk_of(&self, at: usize) -> Option<&Hunk> {
        let hunk = self.hunks.partition_point(|hunk| hunk.before.end <= at);
        self.hunks
            .get(hunk)
            .filter(|hunk| hunk.before.contains(&at) && self.kept[at].is_none())
    }

    /// Where the first of some old words is now: itself, what replaced it if the change
    /// began with it, else the first that stayed.
    fn start_of(&self, words: &Range<usize>) -> Option<usize> {
        let first = words.start;
        if let Some(hunk) = self.hunk_of(first)
            && hunk.before.start == first
            && !hunk.after.is_empty()
            && hunk.before.end <= words.end
        {
            return self.new.get(hunk.after.start).map(|word| word.start);
        }
        let now = words.clone().find_map(|at| self.kept[at])?;
        self.new.get(now as usize).map(|word| word.start)
    }

    fn end_of(&self, words: &Range<usize>) -> Option<usize> {
        let last = words
            .end
            .checked_sub(1)
            .filter(|last| *last >= words.start)?;
        if let Some(hunk) = self.hunk_of(last)
            && hunk.before.end == words.end
            && !hunk.after.is_empty()
            && hunk.before.start >= words.start
        {
            return self.new.get(hunk.after.end - 1).map(|word| word.end);
        }
        let now = words.clone().rev().find_map(|at| self.kept[at])?;
        self.new.get(now as usize).map(|word| word.end)
    }
}

/// Whether a text goes on for long in words that all occur often.
fn is_monotonous(words: &[Token]) -> bool {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for word in words {
        *counts.entry(word.0).or_default() += 1;
    }
    words
        .split(|word| counts[&word.0] <= COMMON)
        .any(|run| run.len() > LONGEST_RUN)
}

/// Hunks without what stayed by chance: a few words between larger changes, as “he said” is
/// found anywhere.
fn without_chance(hunks: impl Iterator<Item = Hunk>) -> Vec<Hunk> {
    let mut whole: Vec<Hunk> = Vec::new();
    let size = |hunk: &Hunk| hunk.before.len().max(hunk.after.len());
    for hunk in hunks {
        match whole.last_mut() {
            Some(last)
                if hunk.before.start - last.before.end
                    <= size(last).min(size(&hunk)).min(CHANCE) =>
            {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
            }
            _ => whole.push(hunk),
        }
    }
    whole
}

/// How many words at the end of those before a change belong to a sentence that has just
/// begun: another one that begins alike may have come there.
fn strays_before(text: &str, words: &[Span]) -> usize {
    let borders = words.windows(2).rev().take(STRAYS);
    borders
        .enumerate()
        .rfind(|(_, pair)| ends_sentence(text, pair))
        .map_or(0, |(at, _)| at + 1)
}

/// The same for the end of a sentence behind a change.
fn strays_after(text: &str, words: &[Span]) -> usize {
    let borders = words.windows(2).take(STRAYS);
    borders
        .enumerate()
        .rfind(|(_, pair)| ends_sentence(text, pair))
        .map_or(0, |(at, _)| at + 1)
}

/// Whether a sentence or line ends between two words.
fn ends_sentence(text: &str, pair: &[Span]) -> bool {
    matches!(pair[0].of(text), "." | "!" | "?")
        || Span::new(pair[0].end, pair[1].start)
            .of(text)
            .contains('\n')
}

/// For every word the nearest that is still there, itself included, on both sides.
fn around(kept: &[Option<u32>]) -> Vec<(Option<u32>, Option<u32>)> {
    let mut around = vec![(None, None); kept.len()];
    let mut last = None;
    for (at, now) in (0u32..).zip(kept) {
        last = now.map(|_| at).or(last);
        around[at as usize].0 = last;
    }
    last = None;
    for (at, now) in kept.iter().enumerate().rev() {
        last = now.map(|_| at as u32).or(last);
        around[at].1 = last;
    }
    around
}
