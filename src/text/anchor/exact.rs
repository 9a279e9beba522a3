//! Where quotes stand to the letter: all of them in one pass over the text.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

/// Letters of a quote that go into the search; the rest is compared where they are found.
const KEY: usize = 48;
/// Places kept of one key.
const PLACES: usize = 20_000;
/// Places looked at for all keys together, so that hostile texts end too.
const LOOKED_AT: usize = 8_000_000;

/// The places of every key, in order.
pub(super) struct Exact {
    places: FxHashMap<String, Vec<u32>>,
}

fn key(quote: &[char]) -> String {
    quote.iter().take(KEY).collect()
}

impl Exact {
    /// Finds the beginnings of all quotes in the letters of a text.
    pub(super) fn new<'a>(chars: &[char], quotes: impl Iterator<Item = &'a [char]>) -> Exact {
        let mut places: FxHashMap<String, Vec<u32>> = quotes
            .filter(|quote| !quote.is_empty())
            .map(|quote| (key(quote), Vec::new()))
            .collect();
        let mut text = String::with_capacity(chars.len());
        let mut starts: Vec<u32> = Vec::with_capacity(chars.len());
        for letter in chars {
            starts.push(text.len() as u32);
            text.push(*letter);
        }
        let mut lists: Vec<(&String, &mut Vec<u32>)> = places.iter_mut().collect();
        // Too many or too long keys for the machine: everything is then found as if changed.
        if let Ok(search) = AhoCorasick::new(lists.iter().map(|(key, _)| key.as_bytes())) {
            for found in search.find_overlapping_iter(&text).take(LOOKED_AT) {
                let list = &mut lists[found.pattern().as_usize()].1;
                if list.len() < PLACES {
                    let at = starts.partition_point(|s| (*s as usize) < found.start());
                    list.push(at as u32);
                }
            }
        }
        Exact { places }
    }

    /// The places of a quote nearest to letter `expected`, at most `most` looked at.
    pub(super) fn near(
        &self,
        chars: &[char],
        quote: &[char],
        expected: usize,
        most: usize,
    ) -> Vec<usize> {
        let Some(places) = self.places.get(&key(quote)) else {
            return Vec::new();
        };
        let middle = places.partition_point(|at| (*at as usize) < expected);
        let from = middle.saturating_sub(most / 2);
        let to = (middle + most / 2).min(places.len());
        places[from..to]
            .iter()
            .map(|at| *at as usize)
            .filter(|at| chars.get(*at..*at + quote.len()) == Some(quote))
            .collect()
    }

    /// The place of a quote that stands in the text once.
    pub(super) fn only(&self, chars: &[char], quote: &[char]) -> Option<usize> {
        match self.places.get(&key(quote)).map(Vec::as_slice) {
            Some([at]) if chars.get(*at as usize..*at as usize + quote.len()) == Some(quote) => {
                Some(*at as usize)
            }
            _ => None,
        }
    }
}
