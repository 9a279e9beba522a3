//! How many of the words that files quote stand in an article: one pass over its text for all
//! files together, so that many of them cost no more than one.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

/// Bytes of words too short to tell one text from another.
const SHORT: usize = 16;

/// Quotes of one file that are looked for: the longest.
const MOST: usize = 64;

/// Words quoted by several files.
pub(super) struct Likeness {
    /// Of which file each pattern is.
    owners: Vec<usize>,
    /// Patterns of each file.
    counts: Vec<usize>,
    /// `None`: there is nothing to look for.
    search: Option<AhoCorasick>,
}

impl Likeness {
    /// For files that quote these words.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a [String]>) -> Likeness {
        let (mut owners, mut counts, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        for (file, quotes) in files.enumerate() {
            let long = quotes.iter().filter(|quote| quote.len() >= SHORT);
            let mut quotes: Vec<&String> = long.collect::<FxHashSet<_>>().into_iter().collect();
            quotes.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            quotes.truncate(MOST);
            counts.push(quotes.len());
            owners.resize(owners.len() + quotes.len(), file);
            patterns.extend(quotes);
        }
        Likeness {
            owners,
            counts,
            // Too many for one search is no reason to fail: then nothing is alike.
            search: (!patterns.is_empty())
                .then(|| AhoCorasick::new(patterns).ok())
                .flatten(),
        }
    }

    /// How many quotes of a file are looked for.
    pub(super) fn quotes_of(&self, file: usize) -> usize {
        self.counts[file]
    }

    /// The files of which words stand in the text, and how many.
    pub(super) fn in_text(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let mut seen = vec![false; self.owners.len()];
        let mut found = vec![0; self.counts.len()];
        for hit in search.find_overlapping_iter(text) {
            let pattern = hit.pattern().as_usize();
            if !std::mem::replace(&mut seen[pattern], true) {
                found[self.owners[pattern]] += 1;
            }
        }
        let files = found.into_iter().enumerate();
        files.filter(|(_, found)| *found > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_many_files_are_counted_in_one_pass() {
        let of = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        let files = [
            of(&[
                "The council paid 3 million",
                "paid 3 million crowns",
                "short",
                "nowhere to be found",
            ]),
            of(&[]),
            of(&["The council paid 3 million", "The council paid 3 million"]),
        ];
        let likeness = Likeness::of(files.iter().map(Vec::as_slice));
        let found =
            likeness.in_text("The council paid 3 million crowns. The council paid 3 million.");
        assert_eq!(found, [(0, 2), (2, 1)]);
        assert_eq!([0, 1, 2].map(|file| likeness.quotes_of(file)), [3, 0, 1]);
        assert!(
            Likeness::of(files[1..2].iter().map(Vec::as_slice))
                .in_text("words")
                .is_empty()
        );
    }
}
