//! Passages that are someone's by how they stand, whatever the words: a quotation with its
//! speaker behind a dash, a block quotation, a post with its signature, a quotation that goes on
//! over paragraphs or behind its speaker.
//!
//! Where a passage ends is known from the marks, so what is found here takes the place of what
//! the tagger saw in it.

use std::ops::Range;

use super::link::Link;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{NONE, Shape};

/// How often such a passage is right.
const SURE: f32 = 0.8;
/// Longest description of a speaker behind a dash, in words and marks.
const LONGEST_NAME: usize = 14;
/// Longest post, in words and marks.
const LONGEST_POST: usize = 70;
/// Sentences longer than this, in words, are no sentences.
const LONGEST_SENTENCE: usize = 150;
/// Longest name in a signature, in words.
const LONGEST_SIGNATURE: usize = 5;

/// Puts the passages of `reading` into `links`, which are sorted by their first content, and
/// takes out what they replace.
pub(in crate::detect) fn add_passages(reading: &Reading<'_>, links: &mut Vec<(Link, f32)>) {
    for (link, _) in links.iter_mut() {
        end_at_mark(reading, link);
        take_main_clause(reading, link);
        take_whole_name(reading, link);
    }
    links.retain(|(link, _)| !link.contents.is_empty());
    let mut found = behind_dashes(reading);
    found.extend(blocks(reading, links));
    found.extend(posts(reading));
    go_on(reading, links, &found);
    if found.is_empty() {
        return;
    }
    let mut taken = vec![false; reading.words.len()];
    for content in found.iter().flat_map(|l| &l.contents) {
        taken[content.clone()].fill(true);
    }
    links.retain(|(link, _)| !link.contents.iter().any(|c| taken[c.start]));
    links.extend(found.into_iter().map(|link| (link, SURE)));
    links.sort_by_key(|(link, _)| link.contents[0].start);
}

fn is_dash(reading: &Reading<'_>, at: usize) -> bool {
    // A dash that was lost, or a mark: those of quotations are known.
    let lost = reading.word(at) == "\u{fffd}" && reading.words[at].quotation == NONE;
    lost || matches!(reading.word(at), "—" | "–" | "-" | "―" | "--")
}

fn spoken(source: Option<Range<usize>>, contents: Vec<Range<usize>>) -> Link {
    Link {
        source,
        cue: None,
        contents,
        certainty: 1.0,
        spoken: true,
    }
}

/// The words of a quotation with its marks.
fn whole(reading: &Reading<'_>, quotation: usize) -> Range<usize> {
    reading.words_in(reading.quotations[quotation].0.outer)
}

/// Whether nothing but white space with a line end stands before a word, or nothing at all.
fn begins_line(reading: &Reading<'_>, at: usize) -> bool {
    let from = at.checked_sub(1).map_or(0, |k| reading.words[k].span().end);
    at == 0 || reading.text[from..reading.words[at].span().start].contains('\n')
}

/// Whether a quotation opens again what the one before it left open at the end of its paragraph.
fn reopens(reading: &Reading<'_>, quotation: usize) -> bool {
    let here = whole(reading, quotation);
    quotation > 0
        && !reading.quotations[quotation - 1].0.closed
        && begins_line(reading, here.start)
        && whole(reading, quotation - 1).end == here.start
}

/// The name that stands from word `at` to the end of its line, with what describes it.
fn signature(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let words = &reading.words;
    let mut end = at;
    while end < words.len() && (end == at || !begins_line(reading, end)) {
        if end - at > LONGEST_NAME || words[end].tag == tag!("VBD") || words[end].tag == tag!("MD")
        {
            return None;
        }
        end += 1;
    }
    while end > at && !words[end - 1].is_word() && reading.word(end - 1) != ")" {
        end -= 1;
    }
    let named = (at..end.min(at + 3))
        .any(|k| matches!(words[k].shape, Shape::Capital | Shape::Upper | Shape::Mixed));
    (named && words.get(at).is_some_and(|w| w.is_word())).then_some(at..end)
}

/// “We told them.” — Ann Orr, union chair
fn behind_dashes(reading: &Reading<'_>) -> Vec<Link> {
    let mut found = Vec::new();
    for last in 0..reading.quotations.len() {
        let dash = whole(reading, last).end;
        if !reading.quotations[last].0.closed || dash == 0 || !is_dash(reading, dash) {
            continue;
        }
        let Some(source) = signature(reading, dash + 1) else {
            continue;
        };
        let mut first = last;
        while reopens(reading, first) {
            first -= 1;
        }
        let start = whole(reading, first).start;
        // A quotation inside a sentence is no pull quote: "he called it “mad” – Tom did".
        if begins_line(reading, start) {
            let contents = (first..=last).map(|q| whole(reading, q)).collect();
            found.push(spoken(Some(source), contents));
        }
    }
    found
}

/// Block quotations: whose they are is told by a dash at their end or behind them, or by the
/// sentence before, if that ends with a colon.
fn blocks(reading: &Reading<'_>, links: &[(Link, f32)]) -> Vec<Link> {
    let mut found = Vec::new();
    for block in &reading.blocks {
        let mut contents = block.clone();
        let mut source = None;
        if let Some(last) = contents
            .last()
            .cloned()
            .filter(|l| is_dash(reading, l.start))
        {
            source = signature(reading, last.start + 1);
            if source.is_some() {
                contents.pop();
            }
        }
        let (Some(first), Some(last)) = (contents.first(), contents.last()) else {
            continue;
        };
        let (from, to) = (first.start, last.end);
        if source.is_none() && is_dash(reading, to) && begins_line(reading, to) {
            source = signature(reading, to + 1);
        }
        let mut cue = None;
        if source.is_none() && from > 0 && reading.word(from - 1) == ":" {
            let before = reading.sentence_of(from - 1).words.clone();
            let linked = links.iter().map(|(l, _)| l).find(|l| {
                l.source.is_some() && l.contents.iter().any(|c| c.start < to && from < c.end)
            });
            match linked {
                Some(link) => (source, cue) = (link.source.clone(), link.cue.clone()),
                None => {
                    let verb = before
                        .clone()
                        .find(|k| reading.words[*k].is_verb() && reading.words[*k].cue >= 2);
                    source = verb.and_then(|verb| subject(reading, before.start, verb));
                    cue = source.as_ref().and(verb).map(|verb| verb..verb + 1);
                }
            }
        }
        let mut link = spoken(source, contents);
        link.cue = cue;
        found.push(link);
    }
    found
}

/// The names or the pronoun right before a verb.
fn subject(reading: &Reading<'_>, from: usize, verb: usize) -> Option<Range<usize>> {
    let mut start = verb;
    while start > from {
        let word = &reading.words[start - 1];
        let part = word.tag <= tag!("NNP") || word.tag == tag!("PRP") || word.tag == tag!("DT");
        if !part {
            break;
        }
        start -= 1;
    }
    (start < verb).then_some(start..verb)
}

/// "The wells ran dry. — Ann Orr (@annorr) June 3, 2017"
fn posts(reading: &Reading<'_>) -> Vec<Link> {
    let words = &reading.words;
    let mut found = Vec::new();
    // Where the signature before ends.
    let mut last = 0;
    for open in 1..words.len() {
        if reading.word(open) != "(" || !reading.word(open + 1).starts_with('@') {
            continue;
        }
        let Some(close) = (open + 2..words.len().min(open + 5)).find(|k| reading.word(*k) == ")")
        else {
            continue;
        };
        // What is left of an address is no name: "t.co/Xy7Zk Ann Orr".
        let address = |k: usize| {
            let word = reading.word(k);
            word.contains('/') || word.bytes().any(|b| b.is_ascii_digit())
        };
        let large = |k: usize| {
            !address(k) && matches!(words[k].shape, Shape::Capital | Shape::Upper | Shape::Mixed)
                || reading.word(k) == "." && k > last && words[k - 1].span().len() == 1
        };
        let mut name = open;
        while name > last && open - name < LONGEST_SIGNATURE && large(name - 1) {
            name -= 1;
        }
        let dated = words
            .get(close + 1)
            .is_some_and(|w| w.shape == Shape::Capital)
            && words
                .get(close + 2)
                .is_some_and(|w| w.shape == Shape::Number);
        if dated && name < open {
            let mut end = name;
            while end > last && !words[end - 1].is_word() {
                end -= 1;
            }
            let mut start = end;
            while start > last && end - start < LONGEST_POST {
                if start < end && begins_line(reading, start) {
                    break;
                }
                start -= 1;
            }
            if start < end {
                found.push(spoken(
                    Some(name..open),
                    std::iter::once(start..end).collect(),
                ));
            }
        }
        last = close + 1;
    }
    found
}

/// Gives quotations that nobody has to whoever has the one they go on from: one that is opened
/// again in the next paragraph, and one that follows the speaker of the sentence before.
fn go_on(reading: &Reading<'_>, links: &mut Vec<(Link, f32)>, taken: &[Link]) {
    // Whose each word is, as an index into `links` plus one.
    let mut owner = vec![0u32; reading.words.len()];
    let mut ends = vec![0u32; reading.sentences.len()];
    for (index, (link, _)) in links.iter().enumerate() {
        for content in &link.contents {
            owner[content.clone()].fill(index as u32 + 1);
        }
        let behind = link.source.iter().chain(&link.cue).map(|r| r.end).max();
        let direct = link
            .contents
            .iter()
            .any(|c| reading.words[c.start].quotation != NONE);
        if let Some(end) = behind.filter(|_| direct && link.source.is_some()) {
            ends[reading.words[end - 1].sentence as usize] = index as u32 + 1;
        }
    }
    for content in taken.iter().flat_map(|l| &l.contents) {
        owner[content.clone()].fill(u32::MAX);
    }
    for quotation in 0..reading.quotations.len() {
        let here = whole(reading, quotation);
        if here.len() < 3 || owner[here.start] == u32::MAX {
            continue;
        }
        let again = reopens(reading, quotation);
        let sentence = reading.sentence_of(here.start);
        let index = reading.words[here.start].sentence as usize;
        let behind = index > 0
            && sentence.words.start == here.start
            && reading.sentences[index - 1].paragraph == sentence.paragraph;
        let from = if again {
            let before = whole(reading, quotation - 1);
            before.clone().rev().map(|k| owner[k]).find(|o| *o > 0)
        } else if behind {
            Some(ends[index - 1])
        } else {
            None
        };
        let Some(from) = from.filter(|o| *o > 0 && *o != u32::MAX) else {
            continue;
        };
        // Who has a source keeps what he has.
        let free = here.clone().all(|k| {
            owner[k] == 0 || owner[k] == from || links[owner[k] as usize - 1].0.source.is_none()
        });
        if !free {
            continue;
        }
        // What the tagger cut out of it goes.
        for k in here.clone().filter(|k| owner[*k] > 0) {
            let cut = &mut links[owner[k] as usize - 1].0.contents;
            cut.retain(|c| c.start < here.start || c.start >= here.end);
        }
        owner[here.clone()].fill(from);
        let contents = &mut links[from as usize - 1].0.contents;
        contents.push(here);
        contents.sort_by_key(|c| c.start);
    }
    links.retain(|(link, _)| !link.contents.is_empty());
    links.sort_by_key(|(link, _)| link.contents[0].start);
}

/// Draws a content that stands before its cue, and is no more than an aside behind a comma, back
/// to the start of its sentence: "Repairs cost 4 million, twice the plan, according to …".
fn take_main_clause(reading: &Reading<'_>, link: &mut Link) {
    let words = &reading.words;
    let ([content], Some(cue)) = (link.contents.as_mut_slice(), &link.cue) else {
        return;
    };
    let sentence = reading.sentence_of(content.start).words.clone();
    let before = sentence.start..content.start;
    let comma = before.len() > 3 && words[content.start - 1].tag == tag!(",");
    let behind = content.end <= cue.start && cue.start < sentence.end;
    let main = before
        .clone()
        .any(|k| words[k].head as usize == k && words[k].is_verb());
    let other = before
        .clone()
        .any(|k| words[k].quotation != NONE || words[k].cue >= 2 && words[k].is_verb());
    let spoken_for = link
        .source
        .as_ref()
        .is_some_and(|s| s.start < content.start);
    if comma && behind && main && !other && !spoken_for && sentence.len() < LONGEST_SENTENCE {
        content.start = sentence.start;
    }
}

/// Draws a source back over the first names between it and a closing mark.
fn take_whole_name(reading: &Reading<'_>, link: &mut Link) {
    let Some(source) = &mut link.source else {
        return;
    };
    let mut start = source.start;
    let name = |k: usize| {
        let word = &reading.words[k];
        // Rare first names are taken for adjectives.
        let nominal = word.tag <= tag!("NNP") || word.tag == tag!("JJ");
        word.shape == Shape::Capital && nominal && word.quotation == NONE
    };
    while start > 0 && source.start - start < LONGEST_SIGNATURE && name(start - 1) {
        start -= 1;
    }
    if start > 0 && start < source.start && reading.words[start - 1].quotation != NONE {
        source.start = start;
        for content in &mut link.contents {
            if content.start < start {
                content.end = content.end.min(start);
            }
        }
    }
}

/// Ends a quoted content with its closing mark where the sentence, or the next one, goes on in
/// the article's words.
fn end_at_mark(reading: &Reading<'_>, link: &mut Link) {
    let words = &reading.words;
    let mut closed = None;
    for content in &mut link.contents {
        let number = words[content.start].quotation;
        if number == NONE {
            // Behind a quoted sentence that ended, nothing unquoted is said by the same.
            if closed.is_some_and(|s| words[content.start].sentence > s) {
                content.end = content.start;
            }
            continue;
        }
        let (quotation, inner) = &reading.quotations[number as usize];
        let quoted = whole(reading, number as usize);
        if !quotation.closed || content.start > inner.start || inner.is_empty() {
            continue;
        }
        let stopped = words[inner.end - 1].tag == tag!(".");
        if stopped && content.end <= quoted.end {
            closed = Some(words[inner.end - 1].sentence);
        }
        if content.end <= quoted.end {
            continue;
        }
        let more = (quoted.end..content.end).any(|k| words[k].quotation != NONE);
        let goes_on = words[quoted.end].tag == tag!("CC")
            && words
                .get(quoted.end + 1)
                .is_some_and(|w| w.tag == tag!("VBD"));
        let led_in = link.cue.as_ref().is_some_and(|c| c.end <= content.start);
        if !more && (stopped || goes_on && led_in) {
            content.end = quoted.end;
        }
    }
    link.contents.retain(|c| c.start < c.end);
}
