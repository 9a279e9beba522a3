//! The words of a stretch of text as features, for the two scorers of sentences: whether it can
//! be checked at all, and how much its words deserve it.

use std::ops::Range;

use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::{bucket, mix};
use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

/// Features of a stretch of words for the claim scorers.
pub fn claim_features(reading: &Reading<'_>, pieces: &[Range<usize>]) -> Vec<u32> {
    let words = &reading.words;
    let mut out = Vec::with_capacity(100);
    let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 3000, a, b));
    let count: usize = pieces.iter().map(|p| p.len()).sum();
    let (mut names, mut numbers) = (0u32, 0u32);
    add(0, 0, 0);
    add(1, bucket(count / 3), 0);
    let mut before = [1u32; 2];
    let mut before_tag = 99u32;
    for k in pieces.iter().flat_map(|p| p.clone()) {
        let word = &words[k];
        // All amounts read the same; which digits they have tells nothing.
        let id = if word.shape == Shape::Number {
            mix(1, word.span().len().min(4) as u32, 0)
        } else {
            word.id
        };
        let pos = u32::from(word.tag);
        names += u32::from(word.tag == tag!("NNP"));
        numbers += u32::from(word.shape == Shape::Number);
        add(2, id, 0);
        add(3, before[1], id);
        add(4, before_tag, pos);
        add(5, before_tag << 8 | pos, before[1]);
        add(6, mix(2, before[0], before[1]), id);
        before = [before[1], id];
        before_tag = pos;
    }
    add(7, names.min(4), numbers.min(3));
    // A sentence may have no word of its own: where one seems to begin inside an address, all of it
    // is a word of the sentence before, and at the end of a text nothing follows either.
    let first = pieces.first().map(|piece| piece.start);
    if let Some((at, first)) = first.and_then(|at| Some((at, words.get(at)?))) {
        let next = words.get(at + 1).map_or(99, |w| u32::from(w.tag));
        add(8, first.id, 0);
        add(9, u32::from(first.tag), next);
    }
    let last = pieces.last().and_then(|piece| piece.end.checked_sub(1));
    if let Some(last) = last.and_then(|at| words.get(at)) {
        add(10, last.id, bucket(count / 4));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::claim_features;
    use crate::detect::Detector;
    use crate::text::{Article, Media};

    #[test]
    fn a_stretch_without_words_has_features_wherever_it_stands() {
        let article = Article::new("a.txt", "The plant will close.", Media::Plain);
        Detector::without_cards().study(&article, |ground, _| {
            let end = ground.reading.words.len();
            for empty in [0..0, end..end] {
                assert!(!claim_features(ground.reading, &[empty]).is_empty());
            }
        });
    }
}
