//! Finds quotes again in a text that changed: by their words, their context, their place.
//!
//! Everything is compared by folded letters, so typed quotation marks and new line breaks
//! are no change. What stands there to the letter is found for all quotes in one pass; what
//! changed is looked for near where it should be and at the few places that share most runs
//! of letters with it, so the work for one quote is bounded. Pure, and it never guesses: a
//! place that is not alike enough is none, and that another is as good is told.

mod borders;
mod changes;
mod exact;
mod grams;
mod landmarks;
mod letters;
mod myers;
mod place;
mod verbatim;

use super::Span;
pub use borders::{keeps_borders, with_whole_words};
pub use changes::{Carried, Changes};
use exact::Exact;
use grams::Grams;
use landmarks::Landmarks;
use letters::Letters;
use place::{ALL_OTHER, Place, Quoted as Sought};
pub use verbatim::{Quoted, Verbatim};

/// Likeness the words must have.
const QUOTE: f64 = 0.7;
/// Total a place must reach.
const TOTAL: f64 = 0.6;
/// A quote of at most this many code points says little …
const SHORT: usize = 16;
/// … so what stands before or after must be this much alike.
const CONTEXT: f64 = 0.5;
/// Somewhere else words this much alike are taken for the same, with one side of …
const SAME: f64 = 0.95;
/// … the context this much alike, or none if there are so many letters …
const SAME_CONTEXT: f64 = 0.8;
/// … that they speak for themselves.
const TELLING: usize = 24;
/// Letters that stand to the letter, or nearly, are the same if one side of their context is
/// this much alike, however few they are.
const WHOLE_SIDE: f64 = 0.9;
/// Between the quotes it stood between, words this much alike are as good as at their place.
const SAME_BETWEEN: f64 = 0.9;
/// … few letters only with one side of their context this much alike.
const CONTEXT_BETWEEN: f64 = 0.75;
/// With both sides of the context this much alike …
const BOTH_SIDES: f64 = 0.6;
/// … words may have changed so far even there.
const SIMILAR: f64 = 0.8;
/// … but not so great a share of its numbers.
const OTHER_NUMBERS: f64 = 0.5;
/// What other numbers weigh against a place: they tell passages of one mould apart.
const NUMBERS: f64 = 0.25;
/// If no more of its words stayed, a passage is gone from where it was.
const GONE: f64 = 0.3;
/// Totals that differ by less are equals.
const RIVAL: f64 = 0.03;
/// A total that needs no search for better.
const CLEAR: f64 = 0.95;
/// Equal places looked at for one quote.
const EQUALS: usize = 64;
/// Other places looked at for one quote.
const ELSEWHERE: usize = 6;

/// A quote to be found.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The words.
    pub exact: &'a str,
    /// What stood before them; may be empty.
    pub prefix: &'a str,
    /// What stood after them; may be empty.
    pub suffix: &'a str,
    /// Where they began in the old text, in code points.
    pub start: usize,
    /// What a comparison with the old text says of it.
    pub carried: Option<Carried>,
}

/// A quote known to stand in the new text: its places in code points, old and new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Landmark {
    /// Where it was, start and end.
    pub old: (usize, usize),
    /// Where it is.
    pub new: (usize, usize),
}

/// Where a quote was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Where.
    pub span: Span,
    /// Likeness of the words, 0 to 1.
    pub quote: f64,
    /// Likeness of the better side of the context, 0 to 1.
    pub context: f64,
    /// Likeness of words, context and place together, 0 to 1.
    pub total: f64,
    /// Whether another place is as good.
    pub has_rivals: bool,
}

/// Finds every quote in `text`; nothing where none is alike enough. `landmarks` are quotes
/// found already, `changes` the difference from the old text, if that is at hand.
pub fn find_again(
    text: &str,
    wanted: &[Wanted<'_>],
    landmarks: &[Landmark],
    changes: Option<&Changes>,
) -> Vec<Option<Found>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let letters = Letters::of(text, false);
    let quotes: Vec<Sought> = wanted
        .iter()
        .map(|w| Sought::new(w.exact, w.prefix, w.suffix))
        .collect();
    let exact = Exact::new(
        letters.chars(),
        quotes.iter().map(|quoted| &quoted.letters[..]),
    );
    let mut search = Search {
        text,
        landmarks: Landmarks::default(),
        changes,
        exact,
        grams: None,
        letters,
    };
    let own = search.own_landmarks(wanted, &quotes);
    search.landmarks = Landmarks::new(landmarks.iter().copied().chain(own));
    wanted
        .iter()
        .zip(&quotes)
        .map(|(wanted, quoted)| search.find(wanted, quoted))
        .collect()
}

/// How much what stands around `span` of `text` is like a quote's context, 0 to 1: the
/// better known side.
pub fn context_at(text: &str, span: Span, prefix: &str, suffix: &str) -> f64 {
    let side = |text: &str| text.chars().count();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let from = before
        .char_indices()
        .rev()
        .take(4 * side(prefix).max(8))
        .last();
    let from = from.map_or(span.start, |(at, _)| at);
    let to = after.char_indices().nth(4 * side(suffix).max(8));
    let to = to.map_or(text.len(), |(at, _)| span.end + at);
    let letters = Letters::of(&text[from..to], false);
    let start = letters.at_byte(span.start - from);
    let end = letters.at_byte(span.end - from).max(start);
    Sought::new(span.of(text), prefix, suffix)
        .at(letters.chars(), start, end)
        .context()
}

struct Search<'a> {
    text: &'a str,
    letters: Letters,
    exact: Exact,
    /// Made when the first changed quote is looked for.
    grams: Option<Grams>,
    landmarks: Landmarks,
    changes: Option<&'a Changes>,
}

impl Search<'_> {
    /// Quotes that stand in the text once and in their own context.
    fn own_landmarks(&self, wanted: &[Wanted<'_>], quotes: &[Sought]) -> Vec<Landmark> {
        let chars = self.letters.chars();
        let landmark = |(wanted, quoted): (&Wanted<'_>, &Sought)| {
            let length = quoted.letters.len();
            let at = self.exact.only(chars, &quoted.letters)?;
            let place = quoted.at(chars, at, at + length);
            let is_clear = length >= SHORT && place.weaker_side() >= BOTH_SIDES
                || length >= TELLING && place.context() >= SAME_CONTEXT;
            is_clear.then(|| Landmark {
                old: (wanted.start, wanted.start + wanted.exact.chars().count()),
                new: self.points(&place),
            })
        };
        wanted.iter().zip(quotes).filter_map(landmark).collect()
    }

    fn points(&self, place: &Place) -> (usize, usize) {
        let last = self.letters.point(place.end.saturating_sub(1));
        (self.letters.point(place.start), last + 1)
    }

    /// The code point at which something is to be expected that began at `start`.
    fn expected(&self, wanted: &Wanted<'_>) -> usize {
        match wanted.carried {
            Some(carried) => self.letters.point(self.letters.at_byte(carried.near)),
            None => self.landmarks.expected(wanted.start),
        }
    }

    fn find(&mut self, wanted: &Wanted<'_>, quoted: &Sought) -> Option<Found> {
        let length = quoted.letters.len();
        if length == 0 || self.letters.len() == 0 {
            return None;
        }
        let expected = self.expected(wanted);
        let middle = self.letters.at_point(expected);
        let mut places: Vec<Place> = self
            .exact
            .near(self.letters.chars(), &quoted.letters, middle, EQUALS)
            .into_iter()
            .map(|at| quoted.at(self.letters.chars(), at, at + length))
            .collect();
        let carried = wanted.carried.and_then(|carried| carried.span);
        if let Some(span) = carried {
            let start = self.letters.at_byte(span.start);
            let end = self.letters.at_byte(span.end);
            if start < end && end - start <= 2 * length + 64 {
                places.push(quoted.at(self.letters.chars(), start, end));
            }
        }
        let is_clear = |place: &Place| self.total(place, quoted, expected) >= CLEAR;
        if !places.iter().any(is_clear) {
            self.add_changed(quoted, middle, &mut places);
        }
        self.choose(wanted, quoted, expected, places)
    }

    /// Adds places near `expected` and elsewhere where something like the quote stands.
    fn add_changed(&mut self, quoted: &Sought, expected: usize, places: &mut Vec<Place>) {
        let length = quoted.letters.len();
        let chars = self.letters.chars();
        let grams = self.grams.get_or_insert_with(|| Grams::new(chars));
        let mut window = |middle: usize, around: usize| {
            let from = middle.saturating_sub(around).min(chars.len());
            let to = (middle + length + around).min(chars.len());
            for place in quoted.search(chars, from, to) {
                let known = places
                    .iter()
                    .any(|p| (p.start, p.end) == (place.start, place.end));
                if !known {
                    places.push(place);
                }
            }
        };
        window(expected, 64 + length / 2);
        let whole = [&quoted.before[..], &quoted.letters, &quoted.after].concat();
        for place in grams.places(&whole, ELSEWHERE) {
            let middle = place + quoted.before.len() as isize;
            window(middle.max(0) as usize, 32 + length / 4);
        }
    }

    /// Whether a place begins and ends at words as the quote did.
    fn keeps_words(&self, place: &Place, quoted: &Sought) -> bool {
        let is_word = |letter: Option<&char>| letter.is_some_and(|c| c.is_alphanumeric());
        (is_word(quoted.before.last()) || !self.letters.splits_word(place.start))
            && (is_word(quoted.after.first()) || !self.letters.splits_word(place.end))
    }

    /// The span without marks the quote did not begin or end with, and with the blanks that
    /// it did, where they stand there.
    fn bordered(&self, wanted: &Wanted<'_>, span: Span) -> Span {
        let exact = wanted.exact;
        let is_mark = |c: char| !c.is_alphanumeric() && !letters::is_loose_accent(c);
        let words = span.of(self.text);
        let front = match exact.trim_start().starts_with(is_mark) {
            true => words,
            false => words.trim_start_matches(is_mark),
        };
        let both = match exact.trim_end().ends_with(is_mark) {
            true => front,
            false => front.trim_end_matches(is_mark),
        };
        let start = span.end - front.len();
        let (start, end) = match both.is_empty() {
            true => (span.start, span.end),
            false => (start, start + both.len()),
        };
        let before = exact.chars().take_while(|c| c.is_whitespace()).count();
        let after = exact
            .chars()
            .rev()
            .take_while(|c| c.is_whitespace())
            .count();
        let (front, rest) = (&self.text[..start], &self.text[end..]);
        let blank = |c: &char| c.is_whitespace();
        let before = front.chars().rev().take(before).take_while(blank);
        let after = rest.chars().take(after).take_while(blank);
        Span::new(
            start - before.map(char::len_utf8).sum::<usize>(),
            end + after.map(char::len_utf8).sum::<usize>(),
        )
    }

    fn total(&self, place: &Place, quoted: &Sought, expected: usize) -> f64 {
        let start = self.letters.point(place.start);
        let length = self.letters.point(self.letters.len()).max(1);
        let distance = (start.abs_diff(expected) as f64 / length as f64).min(1.0);
        let (before, after) = quoted.weights;
        let context = before * place.before.unwrap_or(1.0) + after * place.after.unwrap_or(1.0);
        (50.0 * place.quote + context + 2.0 * (1.0 - distance)) / 92.0
    }

    /// Whether a place may be the quote's at all.
    fn is_alike(
        &self,
        place: &Place,
        wanted: &Wanted<'_>,
        quoted: &Sought,
        expected: usize,
    ) -> bool {
        let context = place.context();
        let is_short = wanted.exact.chars().nth(SHORT).is_none();
        let length = quoted.letters.len();
        let is_near = self.letters.point(place.start).abs_diff(expected) <= 64 + length;
        let old = (wanted.start, wanted.start + wanted.exact.chars().count());
        let is_near = is_near
            || place.quote >= SAME_BETWEEN
                && (!is_short || context >= CONTEXT_BETWEEN)
                && self.landmarks.keeps_order(self.points(place), old);
        let is_gone = wanted.carried.is_some_and(|carried| carried.kept < GONE);
        // Where it was, its surroundings speak for it; elsewhere it has to do so itself.
        let is_known = if is_near && !is_gone {
            context >= CONTEXT || !is_short && place.quote >= SIMILAR
        } else {
            let both_sides = place.weaker_side() >= BOTH_SIDES;
            let is_same = place.quote >= SAME
                && (length >= TELLING
                    || context >= WHOLE_SIDE
                    || !is_short && context >= SAME_CONTEXT);
            let is_similar = place.quote >= SIMILAR
                && (both_sides || length >= TELLING && context >= SAME_CONTEXT);
            (is_same || is_similar) && place.other_numbers < OTHER_NUMBERS
        };
        // Letters before or behind that have grown on to it: an accident of typing.
        let stands = place.quote >= 1.0
            && (!is_short && context >= WHOLE_SIDE || place.weaker_side() >= WHOLE_SIDE);
        place.quote >= QUOTE
            && (place.other_numbers < ALL_OTHER || place.weaker_side() >= WHOLE_SIDE)
            && self.total(place, quoted, expected) >= TOTAL
            && is_known
            && (self.keeps_words(place, quoted) || stands)
            && !self.is_taken(place, wanted)
    }

    /// Whether the words at a place are known to be others: they stood apart in the old text.
    fn is_taken(&self, place: &Place, wanted: &Wanted<'_>) -> bool {
        let old = (wanted.start, wanted.start + wanted.exact.chars().count());
        if self.landmarks.is_taken(self.points(place), old) {
            return true;
        }
        let span = self.letters.span(self.text, place.start, place.end);
        match (self.changes, wanted.carried, span) {
            (Some(changes), Some(carried), Some(span)) => {
                place.weaker_side() < WHOLE_SIDE && changes.came_from_elsewhere(span, carried.old)
            }
            _ => false,
        }
    }

    fn choose(
        &self,
        wanted: &Wanted<'_>,
        quoted: &Sought,
        expected: usize,
        places: Vec<Place>,
    ) -> Option<Found> {
        let alike: Vec<(f64, Place)> = places
            .into_iter()
            .filter(|place| self.is_alike(place, wanted, quoted, expected))
            .map(|place| {
                let rank = self.total(&place, quoted, expected) - NUMBERS * place.other_numbers;
                (rank, place)
            })
            .collect();
        let (rank, best) = alike
            .iter()
            .copied()
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.start.cmp(&a.1.start)))?;
        let has_rivals = alike
            .iter()
            .any(|(other, place)| *other > rank - RIVAL && !place.overlaps(&best));
        Some(Found {
            span: self.bordered(wanted, self.letters.span(self.text, best.start, best.end)?),
            quote: best.quote,
            context: best.context(),
            total: self.total(&best, quoted, expected),
            has_rivals,
        })
    }
}
