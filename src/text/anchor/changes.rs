//! What became of places of an old text in a new one: a difference by words.
//!
//! Words are compared folded and blanks not at all, so rewrapping and typed quotation marks
//! are no change. Long enough runs that stayed tell where everything between them went.

use imara_diff::{Algorithm, Diff, InternedInput, Token};
use rustc_hash::FxHashMap;

use super::super::{Span, fold, tokens};

/// A word that occurs more often is no help in comparing.
const COMMON: u32 = 63;
/// So many such words in a row make the comparison take quadratic time.
const LONGEST_RUN: usize = 4000;

/// The difference of two texts.
pub struct Changes {
    old: Vec<Span>,
    new: Vec<Span>,
    /// For every old word, where it is now, if it stayed.
    kept: Vec<Option<u32>>,
    /// For every new word, which old one it is.
    origins: Vec<Option<u32>>,
    /// For every old word that did not stay: the hunk it went in.
    hunks: Vec<imara_diff::Hunk>,
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
        let hunks: Vec<imara_diff::Hunk> = diff.hunks().collect();
        let mut kept = vec![None; old_words.len()];
        let (mut at, mut now) = (0u32, 0u32);
        for hunk in &hunks {
            while at < hunk.before.start {
                kept[at as usize] = Some(now);
                (at, now) = (at + 1, now + 1);
            }
            (at, now) = (hunk.before.end, hunk.after.end);
        }
        while (at as usize) < old_words.len() {
            kept[at as usize] = Some(now);
            (at, now) = (at + 1, now + 1);
        }
        let mut origins = vec![None; new_words.len()];
        for (at, now) in (0u32..).zip(&kept) {
            if let Some(origin) = now.and_then(|now| origins.get_mut(now as usize)) {
                *origin = Some(at);
            }
        }
        Some(Changes {
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

    /// The byte of the new text where old word `at` is or would be.
    fn near(&self, at: usize) -> usize {
        let place = match self.kept.get(at) {
            Some(Some(now)) => Some(*now),
            Some(None) => self.hunk_of(at).map(|hunk| hunk.after.start),
            None => Some(self.new.len() as u32),
        };
        let end = self.new.last().map_or(0, |word| word.end);
        place
            .and_then(|now| self.new.get(now as usize))
            .map_or(end, |word| word.start)
    }

    fn hunk_of(&self, at: usize) -> Option<&imara_diff::Hunk> {
        let hunk = self
            .hunks
            .partition_point(|hunk| hunk.before.end as usize <= at);
        self.hunks
            .get(hunk)
            .filter(|hunk| hunk.before.contains(&(at as u32)))
    }

    /// Where the first of some old words is now: itself, what replaced it if the change
    /// began with it, else the first that stayed.
    fn start_of(&self, words: &std::ops::Range<usize>) -> Option<usize> {
        let first = words.start;
        if let Some(hunk) = self.hunk_of(first)
            && hunk.before.start as usize == first
            && !hunk.after.is_empty()
            && hunk.before.end as usize <= words.end
        {
            return self
                .new
                .get(hunk.after.start as usize)
                .map(|word| word.start);
        }
        let now = words.clone().find_map(|at| self.kept[at])?;
        self.new.get(now as usize).map(|word| word.start)
    }

    fn end_of(&self, words: &std::ops::Range<usize>) -> Option<usize> {
        let last = words
            .end
            .checked_sub(1)
            .filter(|last| *last >= words.start)?;
        if let Some(hunk) = self.hunk_of(last)
            && hunk.before.end as usize == words.end
            && !hunk.after.is_empty()
            && hunk.before.start as usize >= words.start
        {
            return self
                .new
                .get(hunk.after.end as usize - 1)
                .map(|word| word.end);
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
