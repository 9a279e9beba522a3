//! The numbers claims go by, on the desk and in reports.
//!
//! A claim keeps its number whatever is added later: what the first detector run suggested
//! is counted in text order, and a claim that came in later takes the number before it with
//! a letter (7a). So does one that the first run put below the fold, shown or not: the others
//! have no gaps. Derived from what never changes (suggestions, times of additions), so two
//! machines tell the same number.

use std::fmt;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::rank::is_own;
use super::{Annotation, Document, Id, Run, Time};

/// The field of a record that tells when it was added by hand.
pub const ADDED: &str = "added";

/// The number of a claim: `7`, or `7a` for one that came in after 7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimNumber {
    /// The number, from 1; 0 for what came in before the first.
    pub number: usize,
    /// How many came in after it before this one, from 1; 0 for the claim itself.
    pub addition: usize,
}

impl fmt::Display for ClaimNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}{}", self.number, letters(self.addition)))
    }
}

impl ClaimNumber {
    /// Reads a number as it is shown; nothing if it is none.
    pub fn parse(text: &str) -> Option<ClaimNumber> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letters) = text.split_at(digits);
        let mut addition = 0usize;
        for letter in letters.bytes() {
            if !letter.is_ascii_lowercase() {
                return None;
            }
            let value = usize::from(letter - b'a') + 1;
            addition = addition.checked_mul(26)?.checked_add(value)?;
        }
        Some(ClaimNumber {
            number: number.parse().ok()?,
            addition,
        })
    }
}

/// `a` to `z`, then `aa`, as columns of tables are named.
fn letters(mut count: usize) -> String {
    let mut letters = Vec::new();
    while count > 0 {
        count -= 1;
        letters.push(b'a' + (count % 26) as u8);
        count /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).expect("letters are ASCII")
}

impl Document {
    /// The number of every claim.
    pub fn claim_numbers(&self) -> FxHashMap<Id, ClaimNumber> {
        let claims = || self.annotations().iter().filter(|a| a.is_claim());
        let first_run = self.first_run();
        let mut first: Vec<((u32, u32), &Annotation)> = claims()
            .filter_map(|claim| Some((suggested_at(claim, first_run?)?, claim)))
            .collect();
        first.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let mut numbers: FxHashMap<Id, ClaimNumber> = FxHashMap::default();
        // Where the numbered ones stand now: what came later is found a place among them.
        let mut starts = Vec::with_capacity(first.len());
        for (at, (_, claim)) in first.iter().enumerate() {
            let number = ClaimNumber {
                number: at + 1,
                addition: 0,
            };
            numbers.insert(claim.id.clone(), number);
            starts.push((self.numbered_at(claim, first_run), at + 1));
        }
        starts.sort_unstable();
        let mut later: Vec<(Time, u32, &Annotation)> = claims()
            .filter(|claim| !numbers.contains_key(&claim.id))
            .map(|claim| (self.came_in(claim), claim.target.quote.start, claim))
            .collect();
        later.sort_by(|a, b| (&a.0, a.1, &a.2.id).cmp(&(&b.0, b.1, &b.2.id)));
        let mut additions: FxHashMap<usize, usize> = FxHashMap::default();
        for (at, (_, start, claim)) in later.into_iter().enumerate() {
            let number = if starts.is_empty() {
                // Nobody suggested anything: in the order they were added.
                ClaimNumber {
                    number: at + 1,
                    addition: 0,
                }
            } else {
                let before = starts.partition_point(|(known, _)| *known <= start);
                let number = before.checked_sub(1).map_or(0, |at| starts[at].1);
                let addition = additions.entry(number).or_default();
                *addition += 1;
                ClaimNumber {
                    number,
                    addition: *addition,
                }
            };
            numbers.insert(claim.id.clone(), number);
        }
        numbers
    }

    /// The run that was there first, by time and key.
    fn first_run(&self) -> Option<&Id> {
        let suggests = |id: &Id| {
            let mut claims = self.annotations().iter().filter(|a| a.is_claim());
            claims.any(|claim| suggested_at(claim, id).is_some())
        };
        let mut runs: Vec<_> = self.parts().runs.iter().collect();
        // One that came from a file or from another detector comes after the own of the same second.
        let order = |(id, run): &(Id, Run)| {
            let is_from_file = run.more.contains_key("settings_sha256");
            (run.at.clone(), is_from_file, !is_own(run), id.clone())
        };
        runs.sort_by_key(|entry| order(entry));
        runs.into_iter().map(|(id, _)| id).find(|id| suggests(id))
    }

    /// Where a numbered claim stands among the others: as it was suggested, whatever ends
    /// were moved since, or, in another text, where it stands now.
    fn numbered_at(&self, claim: &Annotation, run: Option<&Id>) -> u32 {
        let of_text = run.is_some_and(|run| self.is_of(run, self.text()));
        let suggested = run.and_then(|run| suggested_at(claim, run));
        match suggested.filter(|_| of_text) {
            Some((start, _)) => start,
            None => claim.target.quote.start,
        }
    }

    /// When a claim came in: when it was added, else the earliest run or answer that tells of
    /// it.
    fn came_in(&self, claim: &Annotation) -> Time {
        if let Some(added) = claim.unknown.get(ADDED).and_then(Value::as_str) {
            return Time::new(added);
        }
        let suggestions = claim.suggestions.iter();
        let runs = suggestions.filter_map(|(id, _)| self.run(id).map(|run| &run.at));
        let told = runs.chain(claim.reviews.iter().map(|(_, review)| &review.at));
        told.min().cloned().unwrap_or_else(Time::latest)
    }
}

/// Where a run suggested a claim above the fold, in code points of its text.
fn suggested_at(claim: &Annotation, run: &Id) -> Option<(u32, u32)> {
    let suggestion = claim.suggestions.iter().find(|(known, _)| known == run);
    let suggestion = suggestion.filter(|(_, suggestion)| !suggestion.folded);
    suggestion.map(|(_, suggestion)| (suggestion.quote.start, suggestion.quote.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        for (number, addition, shown) in [
            (1, 0, "1"),
            (7, 1, "7a"),
            (7, 26, "7z"),
            (7, 27, "7aa"),
            (12, 53, "12ba"),
            (0, 2, "0b"),
        ] {
            let claim = ClaimNumber { number, addition };
            assert_eq!(claim.to_string(), shown);
            assert_eq!(ClaimNumber::parse(shown), Some(claim));
        }
        for text in ["", "a", "7A", "7-", "99999999999999999999999", "x7"] {
            assert_eq!(ClaimNumber::parse(text), None, "{text}");
        }
    }
}
