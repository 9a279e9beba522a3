//! The plainest of all reports, "Ann Field revealed that …" and "According to her, …", where
//! the tagger saw nothing or stumbled.
//!
//! A tagger knows the verbs it has met. This rule knows the shape: a name, pronoun or noun, a
//! verb of saying, "that". It only fills in where no word of the sentence behind the verb is
//! labelled yet.

use std::ops::Range;

use super::label::{LABELS, Label};
use super::labelling::Labelling;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Word};

/// How sure such a report is, as a share of probability.
const SURE: f32 = 0.8;

/// Sentences longer than this, in words, are no sentences.
const LONGEST: usize = 150;

/// Longest speaker and cue at the end of a sentence, in words and marks.
const LONGEST_TAIL: usize = 14;

/// Labels plain reports that are not labelled yet.
pub(in crate::detect) fn add_plain_reports(reading: &Reading<'_>, labelling: &mut Labelling) {
    let that = &reading.lists.reports.that;
    for at in 1..reading.words.len() {
        if !that.has(reading.words[at].id) || reading.words[at].tag != tag!("IN") {
            continue;
        }
        let sentence = reading.sentence_of(at).words.clone();
        let verb = at - 1;
        if verb <= sentence.start || sentence.end - at > LONGEST || !says(reading, verb) {
            continue;
        }
        let start = subject(reading, sentence.start, verb);
        let mut end = sentence.end;
        while end > at + 1 && reading.words[end - 1].tag == tag!(".") {
            end -= 1;
        }
        // A cue without a content, or a content without a cue, hangs in the air.
        let labelled = |kind: usize| {
            labelling.labels[start..sentence.end]
                .iter()
                .any(|l| l.kind() == kind)
        };
        let free = !labelled(1) || (!labelled(3) && labelling.labels[verb] == Label::Outside);
        if start == verb || end < at + 4 || !free {
            continue;
        }
        put(labelling, start..verb, Label::SourceStart, Label::Source);
        put(labelling, verb..at, Label::CueStart, Label::Cue);
        put(labelling, at..end, Label::ContentStart, Label::Content);
    }
}

/// Labels "CONTENT, official data showed on Friday." where no content of the sentence is labelled.
pub(in crate::detect) fn add_reports_behind(reading: &Reading<'_>, labelling: &mut Labelling) {
    for sentence in &reading.sentences {
        let (from, mut end) = (sentence.words.start, sentence.words.end);
        while end > from && reading.words[end - 1].tag == tag!(".") {
            end -= 1;
        }
        // A headline has no stop, and is no report of the article's.
        if end == sentence.words.end {
            continue;
        }
        let tail = from.max(end.saturating_sub(LONGEST_TAIL))..end;
        let Some(comma) = tail.rev().find(|k| reading.words[*k].tag == tag!(",")) else {
            continue;
        };
        let Some(cue) = verbs(reading, comma + 2..end) else {
            continue;
        };
        // The tagger may have seen who says it, but not what.
        let labels = &labelling.labels[from..end];
        let free = labels[..=comma - from].iter().all(|l| *l == Label::Outside)
            && labels.iter().all(|l| l.kind() != 1);
        let alone = (cue.end..end).all(|k| !reading.words[k].is_verb());
        let quoted = reading.words[comma].quotation != NONE;
        let group = subject(reading, comma + 1, cue.start) == comma + 1;
        if free && alone && !quoted && group && says(reading, cue.end - 1) && comma >= from + 4 {
            put(labelling, from..comma, Label::ContentStart, Label::Content);
            let source = comma + 1..cue.start;
            put(labelling, source, Label::SourceStart, Label::Source);
            put(labelling, cue, Label::CueStart, Label::Cue);
        }
    }
}

/// Labels "As the Mercury reported, CONTENT." and "CONTENT, as one farmer put it, CONTENT." where
/// no content of the sentence is labelled.
pub(in crate::detect) fn add_asides(reading: &Reading<'_>, labelling: &mut Labelling) {
    let lists = &reading.lists.reports;
    for at in 0..reading.words.len() {
        if !lists.aside.has(reading.words[at].id) {
            continue;
        }
        let sentence = reading.sentence_of(at).words.clone();
        let mut end = sentence.end;
        while end > at && reading.words[end - 1].tag == tag!(".") {
            end -= 1;
        }
        let comma_at = |k: usize| reading.words[k].tag == tag!(",");
        let begins = at == sentence.start || comma_at(at - 1);
        let reach = end.min(at + LONGEST_TAIL);
        let Some(comma) = (at + 3..reach).find(|k| comma_at(*k)).filter(|_| begins) else {
            continue;
        };
        let Some(cue) = verbs(reading, at + 2..comma) else {
            continue;
        };
        let told = says(reading, cue.end - 1) || lists.puts.has(reading.words[cue.end - 1].id);
        let alone = (cue.end..comma).all(|k| !reading.words[k].is_verb());
        let group = subject(reading, at + 1, cue.start) == at + 1;
        let labels = &labelling.labels[sentence.clone()];
        let free = labels.iter().all(|l| l.kind() != 1);
        let before = sentence.start..at.saturating_sub(1).max(sentence.start);
        let quoted = reading.words[sentence.clone()]
            .iter()
            .any(|w| w.quotation != NONE);
        if !(told && alone && group && free) || quoted || end < comma + 4 {
            continue;
        }
        labelling.labels[sentence].fill(Label::Outside);
        if before.len() > 2 {
            put(labelling, before, Label::ContentStart, Label::Content);
        }
        let source = at + 1..cue.start;
        put(labelling, source, Label::SourceStart, Label::Source);
        put(labelling, cue, Label::CueStart, Label::Cue);
        let content = comma + 1..end;
        put(labelling, content, Label::ContentStart, Label::Content);
    }
}

/// The first verb of a range with those that go on from it ("has been reporting").
fn verbs(reading: &Reading<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let verb = |k: usize| reading.words[k].is_verb();
    let first = range.clone().find(|k| verb(*k))?;
    let rest = (first + 1..range.end).take_while(|k| verb(*k)).count();
    Some(first..first + 1 + rest)
}

/// Mends "According to SOURCE, CONTENT.": the source ends at its comma, and the content starts
/// right behind it, even if what it reports is an act of speech itself.
pub(in crate::detect) fn mend_according_to(reading: &Reading<'_>, labelling: &mut Labelling) {
    let (according, to) = (&reading.lists.reports.according, &reading.lists.reports.to);
    for cue in 0..reading.words.len().saturating_sub(1) {
        let words = &reading.words;
        if !according.has(words[cue].id) || !to.has(words[cue + 1].id) {
            continue;
        }
        let sentence = reading.sentence_of(cue).words.clone();
        let leads = cue - sentence.start <= 3
            && words[sentence.start..cue]
                .iter()
                .all(|w| !w.is_verb() && w.tag != tag!("NNP"));
        if !leads || sentence.len() > LONGEST {
            continue;
        }
        let from = (cue + 2).min(sentence.end);
        let Some(comma) = source_end(reading, from, sentence.end) else {
            continue;
        };
        if comma + 4 >= sentence.end {
            continue;
        }
        let mut end = sentence.end;
        while end > comma + 1 && words[end - 1].tag == tag!(".") {
            end -= 1;
        }
        // Another cue is respected where the content was seen to start, unless the tagger ran
        // over the comma to reach it; else it is part of what is reported.
        let labels = &labelling.labels;
        let ran_over = labels[comma..comma + 2].iter().all(|l| l.kind() == 2);
        let other_cue = !ran_over && labels[from..sentence.end].iter().any(|l| l.kind() == 3);
        let started = labels[comma + 1..comma + 3].iter().any(|l| l.kind() == 1);
        if other_cue && !started {
            let content = |k: &usize| labels[*k].kind() == 1;
            end = (comma + 1..end).rev().find(content).map_or(end, |k| k + 1);
        }
        let quoted = words[comma + 1..end].iter().any(|w| w.quotation != NONE);
        if (other_cue && started) || quoted || end < comma + 4 {
            continue;
        }
        labelling.labels[sentence.start..sentence.end].fill(Label::Outside);
        put(labelling, cue..from, Label::CueStart, Label::Cue);
        put(labelling, from..comma, Label::SourceStart, Label::Source);
        put(
            labelling,
            comma + 1..end,
            Label::ContentStart,
            Label::Content,
        );
    }
}

/// The comma at which a source that starts at `from` ends: the first, or where an apposition
/// ("Ann Field, a former adviser,") follows it, the next.
fn source_end(reading: &Reading<'_>, from: usize, end: usize) -> Option<usize> {
    let comma = |from: usize| (from..end).find(|k| reading.words[*k].tag == tag!(","));
    let first = comma(from).filter(|c| *c > from && c - from <= 25)?;
    let (lists, next) = (&reading.lists.reports, reading.word(first + 1));
    let apposition = lists.appositions.has(next)
        || lists.appositions_of_names.has(next) && reading.words[first - 1].tag == tag!("NNP");
    if !apposition {
        return Some(first);
    }
    comma(first + 1).filter(|second| second - first <= 20)
}

fn says(reading: &Reading<'_>, verb: usize) -> bool {
    let word = &reading.words[verb];
    let told = word.is_verb() && word.tag != tag!("VB");
    told && (word.cue >= 2 || reading.lists.reports.verbs.has(reading.word(verb)))
}

/// Where the noun group right before the verb starts; the verb itself if there is none.
fn subject(reading: &Reading<'_>, from: usize, verb: usize) -> usize {
    const PARTS: [u8; 6] = [
        tag!("PRP"),
        tag!("WP"),
        tag!("JJ"),
        tag!("JJS"),
        tag!("JJR"),
        tag!("CD"),
    ];
    let names = |w: &Word| w.tag <= tag!("NNP") || PARTS.contains(&w.tag);
    let mut start = verb;
    while start > from && verb - start < 6 && names(&reading.words[start - 1]) {
        start -= 1;
    }
    if start > from && start < verb && reading.words[start - 1].tag == tag!("DT") {
        start -= 1;
    }
    start
}

fn put(labelling: &mut Labelling, words: Range<usize>, first: Label, rest: Label) {
    for k in words.clone() {
        let label = if k == words.start { first } else { rest };
        let mut share = [(1.0 - SURE) / 6.0; LABELS];
        share[label as usize] = SURE;
        labelling.put(k, label, &share);
    }
}
