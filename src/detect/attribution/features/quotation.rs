//! What the tagger sees of a word's place in its quotation, and of what surrounds the
//! quotation.

use super::around::id_of;
use super::{Group, Told};
use crate::detect::numbers::hashing::bucket;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// Where the word stands in its quotation, and what surrounds the quotation.
pub(super) fn quotation_features(
    reading: &Reading<'_>,
    word: &Word,
    at: usize,
    out: &mut impl Told,
) {
    let words = &reading.words;
    let pos = u32::from(word.tag);
    if word.quotation == NONE {
        let before = at.checked_sub(1).map_or(NONE, |k| words[k].quotation);
        let after = words.get(at + 1).map_or(NONE, |w| w.quotation);
        let sides = u32::from(before != NONE) << 1 | u32::from(after != NONE);
        out.add(70, sides << 1 | u32::from(reading.quoted), pos);
        out.add(71, sides, word.id);
        return;
    }
    let (quotation, inner) = &reading.quotations[word.quotation as usize];
    let length = bucket(inner.len()) << 1 | u32::from(quotation.closed);
    let first = inner.start;
    let past = (inner.end + usize::from(quotation.closed)).min(words.len());
    let opening = first.saturating_sub(1);
    let before = opening.checked_sub(1).map_or(1, |k| id_of(words, k));
    let before_tag = opening
        .checked_sub(1)
        .map_or(99, |k| u32::from(words[k].tag));
    let last = inner
        .end
        .checked_sub(1)
        .map_or(99, |k| u32::from(words[k].tag));
    let after_tag = |by: usize| words.get(past + by).map_or(99, |w| u32::from(w.tag));
    let place = if at < inner.start {
        0
    } else if at == inner.start {
        1
    } else if at + 1 < inner.end {
        2
    } else if at < inner.end {
        3
    } else {
        4
    };
    let same_sentence = u32::from(
        words
            .get(past)
            .is_some_and(|w| w.sentence == words[first.min(words.len() - 1)].sentence),
    );
    out.share(Group::Quotation, [word.quotation, place, 0, 0]);
    out.add_to(Group::Quotation, 72, length, place);
    out.add_to(Group::Quotation, 73, length << 8 | last, place);
    out.add_to(Group::Quotation, 74, before, place << 8 | length);
    out.add_to(
        Group::Quotation,
        75,
        before_tag << 8 | length,
        place << 8 | last,
    );
    out.add_to(Group::Quotation, 76, id_of(words, past), place << 8 | last);
    out.add_to(
        Group::Quotation,
        77,
        after_tag(0) << 8 | after_tag(1),
        place << 8 | length,
    );
    out.add_to(
        Group::Quotation,
        78,
        id_of(words, past + 1),
        place << 8 | length,
    );
    out.add_to(
        Group::Quotation,
        79,
        before_tag << 16 | after_tag(0) << 8 | last,
        place << 8 | same_sentence,
    );
    out.add(80, length << 8 | place, pos);
}
