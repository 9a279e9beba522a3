//! What a claim is about, judged by its words, and the word that told.
//!
//! Cue-based: numbers, comparatives, modal verbs and the lists of the language. Every claim
//! gets at least one kind.

use std::ops::Range;

use crate::detect::finding::{Kind, Voice};
use crate::detect::language::lists::Words;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

/// Kinds of one claim; the first ones say most.
const MOST: usize = 3;
/// How many words beside a word are looked at.
const REACH: usize = 7;

/// The kinds of a claim, most fitting first, each with the words that told (may be empty).
pub(super) fn kinds<'a>(
    reading: &Reading<'a>,
    pieces: &[Range<usize>],
    voice: Voice,
) -> Vec<(Kind, &'a str)> {
    let words = &reading.words;
    let all = || pieces.iter().flat_map(|p| p.clone());
    let lists = &reading.lists.kinds;
    // “May” inside a sentence is the month.
    let month = |k: usize| {
        lists.months.has(reading.word(k))
            && reading.sentences[words[k].sentence as usize].words.start != k
    };
    let first_where = |list: &Words, is: &dyn Fn(usize) -> bool| {
        let found = all().find(|k| list.has(words[*k].id) && !month(*k) && is(*k));
        found.map(|k| reading.word(k))
    };
    let told = |k: usize| !is_other_phrase(reading, k);
    let first = |list: &Words| first_where(list, &told);
    let mut found: Vec<(Kind, &str)> = Vec::new();
    if let Some(k) = all().find(|k| is_quantity(reading, *k)) {
        let with_unit = k + 1 < words.len() && lists.units.has(words[k + 1].id);
        let end = if with_unit {
            words[k + 1].span().end
        } else {
            words[k].span().end
        };
        found.push((Kind::Quantity, &reading.text[words[k].span().start..end]));
    }
    // Words that are in no list may be read as anything; their tag alone is not enough.
    let graded = |k: &usize| {
        [tag!("JJR"), tag!("JJS"), tag!("RBR"), tag!("RBS")].contains(&words[*k].tag)
            && words[*k].known > 0
            && !lists.ungraded.has(words[*k].id)
            && compares(reading, *k)
    };
    let compared = first_where(&lists.comparison, &|k| told(k) && compares(reading, k));
    if let Some(word) = compared.or_else(|| all().find(graded).map(|k| reading.word(k))) {
        found.push((Kind::Comparison, word));
    }
    if let Some(word) = first(&lists.law) {
        found.push((Kind::Law, word));
    }
    if let Some(word) = first(&lists.causation) {
        found.push((Kind::Causation, word));
    }
    if let Some(word) = first(&lists.prediction).or_else(|| all().find_map(|k| ahead(reading, k))) {
        found.push((Kind::Prediction, word));
    }
    // "Their support", "on the backs of children": only who does it stands for something.
    if let Some(word) = first_where(&lists.position, &|k| told(k) && words[k].is_verb()) {
        found.push((Kind::Position, word));
    }
    if let Some(k) = all().find(|k| happened(reading, *k)) {
        found.push((Kind::Event, reading.word(k)));
    }
    if let Some(word) = first(&lists.opinion) {
        found.push((Kind::Opinion, word));
    }
    if voice == Voice::Direct {
        // This is sure, so it is among those told.
        found.truncate(MOST - 1);
        found.push((Kind::Quotation, ""));
    }
    if found.is_empty() {
        found.push((Kind::Event, ""));
    }
    found.truncate(MOST);
    found
}

/// Whether a word belongs to a phrase that means something else: "ruled out", "rather than".
fn is_other_phrase(reading: &Reading<'_>, at: usize) -> bool {
    let others = &reading.lists.kinds.others;
    let pair = |k: usize| {
        let word = reading.words.get(k)?;
        Some(others.of(word.id)? == reading.word(k + 1))
    };
    pair(at) == Some(true) || at.checked_sub(1).and_then(pair) == Some(true)
}

/// Whether a word of comparison compares: "more" in "10 more years", "more than 1,000" and "at
/// least" tells an amount.
fn compares(reading: &Reading<'_>, at: usize) -> bool {
    let (words, lists) = (&reading.words, &reading.lists.kinds);
    let amount = |k: usize| words.get(k).is_some_and(|_| is_quantity(reading, k));
    let than = |k: usize| words.get(k).is_some_and(|w| lists.than.has(w.id));
    if than(at) {
        return !amount(at + 1);
    }
    if !lists.counting.has(words[at].id) {
        return true;
    }
    const GRADED: [u8; 4] = [tag!("JJ"), tag!("RB"), tag!("VBN"), tag!("VBG")];
    let next = words.get(at + 1);
    let grades = next.is_some_and(|w| GRADED.contains(&w.tag));
    let end = words.len().min(at + REACH);
    let compared = (at + 1..end).find(|k| than(*k) && words[*k].sentence == words[at].sentence);
    let beside = at.checked_sub(1).is_some_and(amount) || amount(at + 1);
    !beside && (grades || compared.is_some()) && compared.is_none_or(|k| !amount(k + 1))
}

/// "Going to close", "set to rise": what is to come, told in two words before a verb.
fn ahead<'a>(reading: &Reading<'a>, at: usize) -> Option<&'a str> {
    let lists = &reading.lists.kinds;
    let [word, to, verb] = reading.words.get(at..at + 3)?.first_chunk()?;
    let is = lists.ahead.of(word.id) == Some(reading.word(at + 1))
        && verb.tag == tag!("VB")
        && word.sentence == verb.sentence;
    is.then(|| &reading.text[word.span().start..to.span().end])
}

/// Whether a word tells that something happened: a past form, a verb behind "did", or a
/// participle that does not only tell how something is ("is known", "crowded places").
fn happened(reading: &Reading<'_>, at: usize) -> bool {
    const JOINED: u8 = relation("conj");
    const PASSIVE: u8 = relation("auxpass");
    let (words, lists) = (&reading.words, &reading.lists.kinds);
    let word = &words[at];
    if lists.auxiliaries.has(word.id) {
        return false;
    }
    let before = || {
        let own = |k: &usize| words[*k].head as usize == at && words[*k].is_word();
        (at.saturating_sub(REACH)..at).filter(own)
    };
    let past = || before().any(|k| lists.past.has(words[k].id));
    match word.tag {
        t if t == tag!("VBD") => true,
        t if t == tag!("VB") => past(),
        t if t == tag!("VBN") => {
            let joined = word.relation == JOINED;
            past() || joined && !before().any(|k| words[k].relation == PASSIVE)
        }
        _ => false,
    }
}

/// Whether the word is an amount; a lone year is a date, not an amount.
fn is_quantity(reading: &Reading<'_>, at: usize) -> bool {
    let word = &reading.words[at];
    let text = reading.word(at);
    if word.shape != Shape::Number {
        return reading.lists.kinds.numbers.has(word.id);
    }
    let span = word.span();
    if is_part_of_a_sign(reading.text, span.start, span.end) {
        return false;
    }
    let lists = &reading.lists.kinds;
    let before = at.checked_sub(1).map_or("", |k| reading.word(k));
    let next = reading.words.get(at + 1);
    let behind = next.map_or("", |_| reading.word(at + 1));
    if lists.clock.has(behind) || lists.numbered.has(before) {
        return false;
    }
    let day = text.parse().is_ok_and(|n: u8| (1..=31).contains(&n));
    // “In May 20 people came”: what is counted stands behind.
    const COUNTED: [u8; 3] = [tag!("NN"), tag!("NNS"), tag!("JJ")];
    let counts = next.is_some_and(|w| COUNTED.contains(&w.tag) || lists.units.has(w.id));
    if day && (lists.dated.has(behind) || lists.dated.has(before) && !counts) {
        return false;
    }
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    !(year && digits) || reading.lists.kinds.counted.has(reading.word(at + 1))
}

/// Whether the number at these bytes is part of something that counts nothing: a time of day
/// ("2:50"), a date ("9/11"), a telephone number ("555-123-4567"), a name ("G20").
fn is_part_of_a_sign(text: &str, start: usize, end: usize) -> bool {
    /// Bytes on each side that are looked at.
    const AROUND: usize = 16;
    let bytes = text.as_bytes();
    let part = |b: &&u8| b.is_ascii_alphanumeric() || b":/-".contains(b);
    let before = bytes[..start]
        .iter()
        .rev()
        .take(AROUND)
        .take_while(part)
        .count();
    let behind = bytes[end..].iter().take(AROUND).take_while(part).count();
    let sign = &text[start - before..end + behind];
    let parts = |mark: char| -> Option<Vec<u32>> {
        let numbers: Option<_> = sign.split(mark).map(|n| n.parse().ok()).collect();
        numbers.filter(|n: &Vec<u32>| n.len() > 1)
    };
    let is_time = parts(':').is_some_and(|n| {
        n[0] < 24 && n[1..].iter().all(|m| *m < 60) && sign.split(':').skip(1).all(|m| m.len() == 2)
    });
    let is_date = parts('/').is_some_and(|n| n[0] <= 31 && n[1] <= 31 && n[0].max(n[1]) > 10);
    let is_telephone = parts('-').is_some() && {
        let lengths: Vec<usize> = sign.split('-').map(str::len).collect();
        lengths == [3, 4] || lengths.len() > 2 && lengths.iter().sum::<usize>() > 6
    };
    let is_name = text[..start].ends_with(|c: char| c.is_ascii_alphabetic());
    is_time || is_date || is_telephone || is_name
}
