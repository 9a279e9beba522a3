//! One quote against one place: how alike the words and what stands around them are.

use super::letters::Letters;
use super::myers::Pattern;

/// Quotes of more letters are found by their ends: comparing them whole would take too long.
const LONG: usize = 1024;
/// Letters taken of each end of a long quote.
const END: usize = 256;
/// What a side of the context weighs.
const SIDE: f64 = 20.0;
/// What it weighs at the edge of a paragraph.
const EDGE: f64 = 12.0;
/// Letters of the context looked for to set a border exactly.
const BORDER: usize = 8;
/// Letters around a border in which it is looked for.
const REACH: usize = 24;
/// Numbers of a quote that are compared.
const NUMBERS: usize = 32;
/// What tells that several numbers were all others.
pub(super) const ALL_OTHER: f64 = 2.0;
/// A context of fewer letters is as good as none.
const TELLING: usize = 4;
/// A context of fewer letters was cut short by an end of its text: “Harb” stood before “our” at
/// the beginning, and does so at every other harbour. It tells something only where the text
/// ends as well …
const WHOLE: usize = 16;
/// … but for so many letters.
const NEAR_THE_END: usize = 4;
/// Letters beyond the length of a context that may belong to it.
const SLACK: usize = 12;

/// A quote prepared for many places.
pub(super) struct Quoted {
    /// Its letters.
    pub(super) letters: Vec<char>,
    /// The letters before it.
    pub(super) before: Vec<char>,
    /// The letters after it.
    pub(super) after: Vec<char>,
    /// What the sides weigh: at the edge of a paragraph the other side tells more, for
    /// paragraphs change places.
    pub(super) weights: (f64, f64),
    pattern: Pattern,
    head: Pattern,
    tail: Pattern,
    before_pattern: Pattern,
    after_pattern: Pattern,
}

/// A candidate: letters `start..end` of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Likeness of the words, 0 to 1.
    pub(super) quote: f64,
    /// Likeness of what stands before; `None` if nothing is known about it.
    pub(super) before: Option<f64>,
    /// Likeness of what stands after.
    pub(super) after: Option<f64>,
    /// Share of the quote's numbers that do not stand there, 0 to 1; [`ALL_OTHER`] if it has
    /// several and none does.
    pub(super) other_numbers: f64,
}

impl Place {
    /// Likeness of the better known side.
    pub(super) fn context(&self) -> f64 {
        self.before.unwrap_or(0.0).max(self.after.unwrap_or(0.0))
    }

    /// Likeness of the worse known side.
    pub(super) fn weaker_side(&self) -> f64 {
        match (self.before, self.after) {
            (Some(before), Some(after)) => before.min(after),
            (before, after) => before.or(after).unwrap_or(0.0),
        }
    }

    /// Whether two places share a letter.
    pub(super) fn overlaps(&self, other: &Place) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Quoted {
    /// Prepares a quote with its context.
    pub(super) fn new(exact: &str, prefix: &str, suffix: &str) -> Quoted {
        let letters = Letters::of(exact, true).chars().to_vec();
        let before = Letters::of(prefix, false).chars().to_vec();
        let after = Letters::of(suffix, false).chars().to_vec();
        let end = if letters.len() > LONG {
            END
        } else {
            letters.len()
        };
        let whole = letters.len().min(LONG);
        let is_edge = |side: Option<char>| side == Some('\n');
        let blanks = |c: char| c.is_whitespace() && c != '\n';
        let begins = is_edge(prefix.trim_end_matches(blanks).chars().next_back());
        let ends = is_edge(suffix.trim_start_matches(blanks).chars().next());
        Quoted {
            weights: match (begins, ends) {
                (true, false) => (EDGE, 2.0 * SIDE - EDGE),
                (false, true) => (2.0 * SIDE - EDGE, EDGE),
                _ => (SIDE, SIDE),
            },
            pattern: Pattern::new(letters[..whole].iter().copied()),
            head: Pattern::new(letters[..end].iter().rev().copied()),
            tail: Pattern::new(letters[letters.len() - end..].iter().copied()),
            before_pattern: Pattern::new(before.iter().rev().copied()),
            after_pattern: Pattern::new(after.iter().copied()),
            letters,
            before,
            after,
        }
    }

    /// How the quote and its context fit letters `start..end`.
    pub(super) fn at(&self, text: &[char], start: usize, end: usize) -> Place {
        let found = &text[start..end];
        let quote = if found == self.letters {
            1.0
        } else {
            self.likeness(found)
        };
        let before = text[..start].iter().rev().copied();
        let after = text[end..].iter().copied();
        Place {
            start,
            end,
            quote,
            other_numbers: self.other_numbers(found),
            before: side(&self.before_pattern, &self.before, before),
            after: side(&self.after_pattern, &self.after, after),
        }
    }

    fn other_numbers(&self, found: &[char]) -> f64 {
        let mut there: Option<Vec<&[char]>> = None;
        let (mut all, mut missing) = (0, 0);
        for number in numbers(&self.letters) {
            all += 1;
            let there = there.get_or_insert_with(|| numbers(found).collect());
            missing += usize::from(!there.contains(&number));
        }
        if all > 1 && missing == all {
            return ALL_OTHER;
        }
        missing as f64 / all.max(1) as f64
    }

    fn likeness(&self, found: &[char]) -> f64 {
        let length = self.letters.len().max(found.len()).max(1);
        if self.letters.len() <= LONG {
            return 1.0 - self.pattern.distance(found) as f64 / length as f64;
        }
        // A long quote counts as like as the worse of its ends, less what its length differs.
        let head = self
            .head
            .search(&reversed(&found[..found.len().min(2 * END)]));
        let tail = self
            .tail
            .search(&found[found.len().saturating_sub(2 * END)..]);
        let ends = self
            .head
            .likeness(head.errors)
            .min(self.tail.likeness(tail.errors));
        let shorter = self.letters.len().min(found.len()) as f64 / length as f64;
        ends * shorter
    }

    /// Where in letters `from..to` something like the quote stands, its borders set by the
    /// context where that still stands there.
    pub(super) fn search(&self, text: &[char], from: usize, to: usize) -> Vec<Place> {
        let window = &text[from..to];
        let found = self.tail.search(window);
        if self.tail.likeness(found.errors) < 0.5 || found.end == 0 {
            return Vec::new();
        }
        let end = from + found.end;
        let start = if self.letters.len() <= LONG {
            end - self.head.reach(text[from..end].iter().rev().copied()).end
        } else {
            let near = end.saturating_sub(self.letters.len() + self.letters.len() / 4);
            let first = self.head.search(&reversed(&text[near.max(from)..end]));
            end - first.end
        };
        if start >= end {
            return Vec::new();
        }
        let mut starts = vec![start];
        let mut ends = vec![end];
        starts.extend(word_border(text, start));
        ends.extend(word_border(text, end));
        starts.extend(self.border_before(text, start));
        ends.extend(self.border_after(text, end));
        let mut places = Vec::with_capacity(starts.len() * ends.len());
        for &start in &starts {
            for &end in &ends {
                if let Some((start, end)) = without_blanks(text, start, end) {
                    places.push(self.at(text, start, end));
                }
            }
        }
        places
    }

    /// Where the last letters before the quote end, near `start`.
    fn border_before(&self, text: &[char], start: usize) -> Option<usize> {
        let last = self.before.get(self.before.len().checked_sub(BORDER)?..)?;
        let from = start.saturating_sub(REACH + BORDER);
        let to = (start + REACH).min(text.len());
        let ends = text[from..to]
            .windows(BORDER)
            .enumerate()
            .filter(|(_, run)| *run == last)
            .map(|(at, _)| from + at + BORDER);
        ends.min_by_key(|end| end.abs_diff(start))
    }

    /// Where the first letters after the quote begin, near `end`.
    fn border_after(&self, text: &[char], end: usize) -> Option<usize> {
        let first = self.after.get(..BORDER)?;
        let from = end.saturating_sub(REACH);
        let to = (end + REACH + BORDER).min(text.len());
        let starts = text[from..to]
            .windows(BORDER)
            .enumerate()
            .filter(|(_, run)| *run == first)
            .map(|(at, _)| from + at);
        starts.min_by_key(|start| start.abs_diff(end))
    }
}

/// The figures of a text, each with its stops: 2.5 and 25 are one each.
fn numbers(letters: &[char]) -> impl Iterator<Item = &[char]> {
    let is_stop = |letter: &char| matches!(letter, '.' | ',');
    letters
        .split(move |letter| !letter.is_numeric() && !is_stop(letter))
        .map(move |run| {
            let from = run.iter().position(|letter| !is_stop(letter));
            let to = run.iter().rposition(|letter| !is_stop(letter));
            from.zip(to).map_or(&run[..0], |(from, to)| &run[from..=to])
        })
        .filter(|run| !run.is_empty())
        .take(NUMBERS)
}

fn reversed(letters: &[char]) -> Vec<char> {
    letters.iter().rev().copied().collect()
}

/// Likeness of a context with the text next to the quote.
fn side(
    pattern: &Pattern,
    known: &[char],
    text: impl Iterator<Item = char> + Clone,
) -> Option<f64> {
    if known.len() < TELLING {
        return None;
    }
    let is_cut = known.len() < WHOLE;
    if is_cut && text.clone().nth(known.len() + NEAR_THE_END).is_some() {
        return None;
    }
    let reached = pattern.reach(text.take(known.len() + SLACK));
    Some(pattern.likeness(reached.errors))
}

/// The nearer border of the word that `at` splits.
fn word_border(text: &[char], at: usize) -> Option<usize> {
    let splits = |at: usize| {
        at > 0 && at < text.len() && text[at - 1].is_alphanumeric() && text[at].is_alphanumeric()
    };
    if !splits(at) {
        return None;
    }
    (1..=REACH).find_map(|step| {
        [at.checked_sub(step), Some(at + step)]
            .into_iter()
            .flatten()
            .find(|border| *border <= text.len() && !splits(*border))
    })
}

fn without_blanks(text: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let slice = text.get(start..end)?;
    let from = slice.iter().position(|letter| *letter != ' ')?;
    let to = slice.iter().rposition(|letter| *letter != ' ')?;
    Some((start + from, start + to + 1))
}
