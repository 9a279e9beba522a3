//! Scoring: what a detector found against what annotators marked.
//!
//! Pure counting. Words are runs without white space, and a span covers every word it touches.
//! A found attribution may match one marked one if their contents share at least half of
//! their words; best overlap first, then the better source, the better cue, the order. Every
//! number can be counted again by hand from these rules.

mod figures;
mod input;
mod passes;
mod quoting;
#[cfg(test)]
mod tests;

pub use figures::{ArticleScore, Block, Scores};
pub use input::{
    FoundArticle, GoldArticle, PointAttribution, Points, read_found, read_gold, to_points,
};
pub use passes::{NotReviewed, Reviewed, is_finished, source_of};

use std::collections::HashMap;

use figures::share;
use quoting::{Quoting, is_space};

/// What a pair must share beside its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Nothing more.
    Content,
    /// A word of the source, or both have none.
    Source,
    /// Exactly the words of the source.
    ExactSource,
}

impl Criterion {
    /// From the most lenient to the strictest.
    pub const ALL: [Criterion; 3] = [
        Criterion::Content,
        Criterion::Source,
        Criterion::ExactSource,
    ];

    fn allows(self, gold: &Words, found: &Words) -> bool {
        match self {
            Criterion::Content => true,
            Criterion::Source => {
                shared(&gold.source, &found.source) > 0
                    || (gold.source.is_empty() && found.source.is_empty())
            }
            Criterion::ExactSource => gold.source == found.source,
        }
    }
}

/// Least share of common words, of all words of both contents.
const LEAST_OVERLAP: f64 = 0.5;

/// Names of the blocks by kind of content, three criteria each: all, with a quotation mark,
/// quoted from end to end, without any mark. Then the words of each label.
const ALL: [&str; 3] = ["content", "content+source", "content+source="];
const DIRECT: [&str; 3] = [
    "direct.content",
    "direct.content+source",
    "direct.content+source=",
];
const QUOTED: [&str; 3] = [
    "quoted.content",
    "quoted.content+source",
    "quoted.content+source=",
];
const INDIRECT: [&str; 3] = [
    "indirect.content",
    "indirect.content+source",
    "indirect.content+source=",
];
const LABELS: [&str; 3] = ["tok.source", "tok.cue", "tok.content"];

/// An attribution as sorted word numbers.
struct Words {
    /// Its place in the list it comes from.
    place: usize,
    source: Vec<usize>,
    cue: Vec<usize>,
    content: Vec<usize>,
    quoting: Quoting,
}

/// The attributions of one list that have any content, as words of `text`.
fn worded(attributions: &[PointAttribution], text: &[char], inside: &[bool]) -> Vec<Words> {
    let words = word_numbers(text);
    let covered = |spans: &[Points]| {
        let mut covered: Vec<usize> = spans
            .iter()
            .flat_map(|(start, end)| {
                let end = (*end).min(words.len());
                words[(*start).min(end)..end].iter().flatten().copied()
            })
            .collect();
        covered.sort_unstable();
        covered.dedup();
        covered
    };
    attributions
        .iter()
        .enumerate()
        .map(|(place, a)| Words {
            place,
            source: covered(&a.source),
            cue: covered(&a.cue),
            content: covered(&a.content),
            quoting: Quoting::of(&a.content, text, inside),
        })
        .filter(|a| !a.content.is_empty())
        .collect()
}

/// The number of the word that each character belongs to; none for white space.
fn word_numbers(text: &[char]) -> Vec<Option<usize>> {
    let mut next = 0;
    let mut within = false;
    text.iter()
        .map(|c| {
            if is_space(*c) {
                next += usize::from(within);
                within = false;
                None
            } else {
                within = true;
                Some(next)
            }
        })
        .collect()
}

/// How many numbers two sorted lists share.
fn shared(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        both += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}

/// Shared words as a part of all words of both.
fn overlap(a: &[usize], b: &[usize]) -> f64 {
    let both = shared(a, b);
    share(both, a.len() + b.len() - both)
}

/// One-to-one pairs of marked and found, best first.
fn pairs(gold: &[Words], found: &[Words], criterion: Criterion) -> Vec<(usize, usize)> {
    let mut candidates: Vec<([f64; 3], usize, usize)> = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (f, other) in found.iter().enumerate() {
            let content = overlap(&one.content, &other.content);
            if content >= LEAST_OVERLAP && criterion.allows(one, other) {
                let source = overlap(&one.source, &other.source);
                let cue = overlap(&one.cue, &other.cue);
                candidates.push(([content, source, cue], g, f));
            }
        }
    }
    candidates.sort_by(|a, b| {
        let better = (0..3).map(|k| b.0[k].total_cmp(&a.0[k]));
        better
            .fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
            .then((a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut gold_taken, mut found_taken) = (vec![false; gold.len()], vec![false; found.len()]);
    candidates.retain(|(_, g, f)| {
        let free = !gold_taken[*g] && !found_taken[*f];
        if free {
            gold_taken[*g] = true;
            found_taken[*f] = true;
        }
        free
    });
    candidates.into_iter().map(|(_, g, f)| (g, f)).collect()
}

/// Counts of one kind of content under one criterion.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn block(self, name: &'static str) -> Block {
        Block {
            name,
            right: self.right,
            found: Some(self.found),
            gold: self.gold,
        }
    }
}

/// Everything counted so far, each by criterion or by label.
#[derive(Default)]
struct Counts {
    all: [Tally; 3],
    direct: [Tally; 3],
    quoted: [Tally; 3],
    indirect: [Tally; 3],
    labels: [Tally; 3],
}

impl Counts {
    /// Counts one article; gives how many pairs each criterion found.
    fn add(&mut self, gold: &[Words], found: &[Words]) -> [usize; 3] {
        let mut right = [0; 3];
        for (k, criterion) in Criterion::ALL.into_iter().enumerate() {
            let pairs = pairs(gold, found, criterion);
            right[k] = pairs.len();
            let mut partner = vec![None; found.len()];
            for (g, f) in &pairs {
                partner[*f] = Some(&gold[*g].quoting);
            }
            let is_direct = |q: &Quoting| q.holds_mark;
            let is_quoted = |q: &Quoting| q.is_whole;
            self.all[k].right += pairs.len();
            self.all[k].found += found.len();
            self.all[k].gold += gold.len();
            for (tally, belongs) in [
                (&mut self.direct[k], &is_direct as &dyn Fn(&Quoting) -> bool),
                (&mut self.quoted[k], &is_quoted),
            ] {
                tally.gold += gold.iter().filter(|g| belongs(&g.quoting)).count();
                let matched = partner.iter().flatten();
                tally.right += matched.filter(|q| belongs(q)).count();
                // What matched nothing counts by its own looks.
                let counted = found
                    .iter()
                    .zip(&partner)
                    .filter(|(f, partner)| partner.map_or(f.quoting.touches_mark, belongs));
                tally.found += counted.count();
            }
            let indirect = &mut self.indirect[k];
            indirect.gold += gold.iter().filter(|g| !g.quoting.holds_mark).count();
            let matched = partner.iter().flatten();
            indirect.right += matched.filter(|q| !q.holds_mark).count();
        }
        for (k, label) in [
            (|w: &Words| &w.source) as fn(&Words) -> &Vec<usize>,
            |w| &w.cue,
            |w| &w.content,
        ]
        .into_iter()
        .enumerate()
        {
            let (gold, found) = (union(gold, label), union(found, label));
            self.labels[k].right += shared(&gold, &found);
            self.labels[k].found += found.len();
            self.labels[k].gold += gold.len();
        }
        right
    }

    fn blocks(&self) -> Vec<Block> {
        let named = |names: [&'static str; 3], tallies: [Tally; 3]| {
            names.into_iter().zip(tallies).map(|(n, t)| t.block(n))
        };
        // Of what is found without a mark nobody can say that it was meant as indirect.
        let recall_only = |block| Block {
            found: None,
            ..block
        };
        named(ALL, self.all)
            .chain(named(DIRECT, self.direct))
            .chain(named(QUOTED, self.quoted))
            .chain(named(INDIRECT, self.indirect).map(recall_only))
            .chain(named(LABELS, self.labels))
            .collect()
    }
}

fn union(attributions: &[Words], label: fn(&Words) -> &Vec<usize>) -> Vec<usize> {
    let mut all: Vec<usize> = attributions.iter().flat_map(label).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Counts what was found against what is marked. Of articles with the same id the last one
/// counts, in either list.
pub fn score(gold: &[GoldArticle], found: &[FoundArticle]) -> Scores {
    let handed_in: HashMap<&str, &FoundArticle> =
        found.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut place: HashMap<&str, usize> = HashMap::new();
    let mut wanted: Vec<&GoldArticle> = Vec::new();
    for article in gold {
        match place.get(article.id.as_str()) {
            Some(k) => wanted[*k] = article,
            None => {
                place.insert(&article.id, wanted.len());
                wanted.push(article);
            }
        }
    }
    let mut counts = Counts::default();
    let mut articles = Vec::with_capacity(wanted.len());
    let mut with_found = 0;
    for article in wanted {
        let found = handed_in.get(article.id.as_str());
        with_found += usize::from(found.is_some());
        let text: Vec<char> = article.text.chars().collect();
        let inside = quoting::inside(&text);
        let gold = worded(&article.attributions, &text, &inside);
        let list = found.map_or(&[][..], |found| &found.attributions);
        let found = worded(list, &text, &inside);
        let right = counts.add(&gold, &found);
        articles.push(ArticleScore {
            id: article.id.clone(),
            gold: gold.len(),
            found: found.len(),
            right,
        });
    }
    let unknown = handed_in.keys().filter(|id| !place.contains_key(*id));
    Scores {
        unknown: unknown.count(),
        articles,
        with_found,
        blocks: counts.blocks(),
    }
}

/// For every found attribution, in order, whether it matches a marked one by content.
pub fn right_ones(gold: &GoldArticle, found: &[PointAttribution]) -> Vec<bool> {
    let text: Vec<char> = gold.text.chars().collect();
    let inside = quoting::inside(&text);
    let marked = worded(&gold.attributions, &text, &inside);
    let words = worded(found, &text, &inside);
    let mut right = vec![false; found.len()];
    for (_, f) in pairs(&marked, &words, Criterion::Content) {
        right[words[f].place] = true;
    }
    right
}
