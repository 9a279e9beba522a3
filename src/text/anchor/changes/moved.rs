//! Passages that moved: runs of words cut out in one place and put in at another.
//!
//! A comparison in order sees them as deleted here and new there. Runs of a few words that
//! occur once on either side are the same passage, and so is what goes on around them.

use imara_diff::Token;
use rustc_hash::FxHashMap;

/// Words a run.
const RUN: usize = 4;
/// Fewer words in a row moved only if they are whole sentences: phrases come again anywhere.
const PASSAGE: usize = 6;

/// Joins old words without a place to new words without an origin where they moved, and then
/// what goes on around all that stayed or moved. `is_border` tells whether a sentence or line
/// of the old text ends before a word. Linear: every word is joined once.
pub(super) fn join(
    old: &[Token],
    new: &[Token],
    kept: &mut [Option<u32>],
    origins: &mut [Option<u32>],
    is_border: impl Fn(usize) -> bool,
) {
    let stayed: Vec<bool> = kept.iter().map(Option::is_some).collect();
    let gone = runs(old, kept);
    let put_in = runs(new, origins);
    let mut pairs: Vec<(u32, u32)> = gone
        .iter()
        .filter_map(|(run, at)| Some(((*at)?, (*put_in.get(run)?)?)))
        .collect();
    pairs.sort_unstable();
    let mut join = |kept: &mut [Option<u32>], at: Option<usize>, now: Option<usize>| {
        if let (Some(at), Some(now)) = (at, now)
            && old.get(at).is_some_and(|word| new.get(now) == Some(word))
            && kept[at].is_none()
            && origins[now].is_none()
        {
            (kept[at], origins[now]) = (Some(now as u32), Some(at as u32));
        }
    };
    for (from, to) in pairs {
        for step in 0..RUN {
            join(kept, Some(from as usize + step), Some(to as usize + step));
        }
    }
    for at in 0..old.len() {
        if let Some(now) = kept[at] {
            join(kept, Some(at + 1), Some(now as usize + 1));
        }
    }
    for at in (0..old.len()).rev() {
        if let Some(now) = kept[at] {
            join(kept, at.checked_sub(1), (now as usize).checked_sub(1));
        }
    }
    let mut start = 0;
    while start < old.len() {
        let end = run_end(kept, start);
        let is_phrase = end - start < PASSAGE && !(is_border(start) && is_border(end));
        if is_phrase && !stayed[start..end].contains(&true) {
            for place in &mut kept[start..end] {
                if let Some(now) = place.take() {
                    origins[now as usize] = None;
                }
            }
        }
        start = end;
    }
}

/// The end of the run of words from `start` that still follow one another.
fn run_end(kept: &[Option<u32>], start: usize) -> usize {
    let follows = |pair: &[Option<u32>]| match (pair[0], pair[1]) {
        (Some(now), Some(next)) => next == now + 1,
        (None, None) => true,
        _ => false,
    };
    let pairs = kept[start..].windows(2);
    start + 1 + pairs.take_while(|pair| follows(pair)).count()
}

/// The runs of words that have no counterpart, each with where it begins if that is one place.
fn runs<'a>(
    words: &'a [Token],
    counterparts: &[Option<u32>],
) -> FxHashMap<&'a [Token], Option<u32>> {
    let mut runs: FxHashMap<&[Token], Option<u32>> = FxHashMap::default();
    let windows = words.windows(RUN).zip(counterparts.windows(RUN));
    for (at, (run, places)) in (0u32..).zip(windows) {
        if places.iter().all(Option::is_none) {
            runs.entry(run)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
    }
    runs
}
