//! What the words of a name tell: what is title and what name, whether it is a place's or body's.

use std::ops::Range;

use crate::detect::language::entry::Noun;
use crate::detect::language::lists::Names;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::gender_of;
use crate::detect::reading::word::Shape;

/// How many words at the start of a run of names are no names: up to the last title or function
/// with a name behind it ("New Jersey Governor Chris Christie").
pub(super) fn titles(reading: &Reading<'_>, run: Range<usize>) -> usize {
    let names = &reading.lists.names;
    let title = |k: &usize| is_title(reading.words[*k].noun, reading.word(*k), names);
    let last = (run.start..run.end.saturating_sub(1)).rev().find(title);
    // "Labour Party MP Bo Tate", "Speaker of the House Bo Tate".
    let first_name = |k: &usize| {
        let before = &reading.words[*k - 1];
        let aside = before.noun != Noun::None || before.shape == Shape::Upper;
        aside && gender_of(reading, *k).is_some()
    };
    let called = (run.start + 1..run.end.saturating_sub(1))
        .rev()
        .find(first_name);
    let mut from = called.max(last.map(|k| k + 1)).unwrap_or(run.start);
    while from + 1 < run.end && !reading.words[from].is_word() {
        from += 1;
    }
    from - run.start
}

fn is_title(noun: Noun, word: &str, names: &Names) -> bool {
    matches!(noun, Noun::Title | Noun::Person) || names.titles.has(word)
}

/// The noun of a function ("the mayor of Leeds": mayor), as its word's hash in small letters.
pub(super) fn function(reading: &Reading<'_>, role: &Range<usize>) -> Option<u32> {
    let words = &reading.words;
    let end = role
        .clone()
        .find(|k| *k > role.start && (words[*k].tag == tag!("IN") || words[*k].tag == tag!(",")))
        .unwrap_or(role.end);
    let mut nouns = (role.start..end).rev();
    let noun = nouns.find(|k| matches!(words[*k].noun, Noun::Person | Noun::Title))?;
    Some(words[noun].id)
}

/// Whether a name is that of a place, firm or body.
pub(super) fn is_body(reading: &Reading<'_>, name: Range<usize>) -> bool {
    let names = &reading.lists.names;
    let called = gender_of(reading, name.start).is_some();
    let whole = reading.span_of(name.clone()).of(reading.text);
    names.bodies.has(whole)
        || names.places.has(whole)
        || names.firms.has(reading.word(name.end - 1))
        || name.len() > 1
            && !called
            && (names.place_starts.has(reading.word(name.start))
                || names.place_ends.has(reading.word(name.end - 1)))
}
