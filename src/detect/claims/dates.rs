//! Days, months and years of a claim told from the day its article appeared: "on Tuesday
//! (2018-06-12)", "last year (2017)".
//!
//! The article's own words stay, the day stands behind them. Quotations are left alone: what a
//! speaker's yesterday was, the article does not tell.

use std::ops::Range;

use super::rewriting::Edit;
use crate::detect::language::lists::Pairs;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Shape};
use crate::text::Day;

/// How far up from a day its verb is looked for.
const STEPS: usize = 10;

/// When something happens.
#[derive(Clone, Copy, PartialEq)]
enum Tense {
    Past,
    ToCome,
}

/// The days of the claim on `pieces` told in full; none where nobody knows when its article
/// appeared.
pub(super) fn dated<'t>(reading: &Reading<'t>, pieces: &[Range<usize>]) -> Vec<Edit<'t>> {
    let Some(published) = reading.published else {
        return Vec::new();
    };
    let words = pieces.iter().flat_map(Clone::clone);
    let unquoted = words.filter(|k| reading.words[*k].quotation == NONE);
    unquoted
        .filter_map(|k| {
            let told = told(reading, k, published)?;
            let at = reading.words[k].span();
            Some(Edit {
                at,
                text: format!("{} ({told})", reading.word(k)).into(),
                from: Some(at),
                tail: "",
            })
        })
        .collect()
}

/// The day, month or year that a word names.
fn told(reading: &Reading<'_>, at: usize, published: Day) -> Option<String> {
    let (words, days) = (&reading.words, &reading.lists.days);
    let id = words[at].id;
    let before = at.checked_sub(1).map(|k| &words[k]);
    if let Some(weekday) = number(&days.weekdays, id) {
        let figure = |k: Option<usize>| {
            k.and_then(|k| words.get(k))
                .is_some_and(|w| w.shape == Shape::Number)
        };
        // "Monday, 12 June" is told, "last Monday" may be either, "Monday's" is no time.
        let comma = words.get(at + 1).is_some_and(|w| w.tag == tag!(","));
        let open = before.is_some_and(|w| days.open.has(w.id));
        let owner = words.get(at + 1).is_some_and(|w| w.tag == tag!("POS"));
        let dated = figure(Some(at + 1 + usize::from(comma)))
            || comma && words.get(at + 2).is_some_and(|w| is_month(reading, w.id))
            || words.get(at + 1).is_some_and(|w| is_month(reading, w.id))
            || figure(at.checked_sub(1));
        if words[at].shape != Shape::Capital || open || owner || dated {
            return None;
        }
        let day = match tense(reading, at)? {
            Tense::Past => published.last(weekday),
            Tense::ToCome => published.next(weekday),
        };
        return Some(day?.to_string());
    }
    if let Some(later) = number(&days.days, id) {
        return Some(published.later(later)?.to_string());
    }
    let later = number(&days.turns, before?.id)?;
    if days.month.has(id) {
        published.month(later)
    } else if days.year.has(id) {
        Some(published.year(later))
    } else {
        None
    }
}

fn number(pairs: &Pairs, id: u32) -> Option<i64> {
    pairs.of(id)?.parse().ok()
}

/// Whether a word is a month, and no weekday.
fn is_month(reading: &Reading<'_>, id: u32) -> bool {
    let weekday = reading.lists.days.weekdays.of(id).is_some();
    reading.lists.cards.calendar.has(id) && !weekday
}

/// When that happens which a day hangs on: nothing where its verb does not tell.
fn tense(reading: &Reading<'_>, at: usize) -> Option<Tense> {
    let words = &reading.words;
    let mut verb = at;
    for _ in 0..STEPS {
        let up = words[verb].head as usize;
        if up == verb {
            break;
        }
        verb = up;
        if words[verb].is_verb() {
            break;
        }
    }
    if !words[verb].is_verb() {
        return None;
    }
    if words[verb].tag == tag!("VBD") {
        return Some(Tense::Past);
    }
    // What its auxiliaries tell.
    let sentence = reading.sentence_of(at).words.clone();
    let mut auxiliaries = sentence.filter(|k| words[*k].head as usize == verb && *k < verb);
    auxiliaries.find_map(|k| match words[k].tag {
        t if t == tag!("VBD") => Some(Tense::Past),
        t if t == tag!("MD") && reading.lists.days.to_come.has(words[k].id) => Some(Tense::ToCome),
        _ => None,
    })
}
