//! What could be a card: the stretches of a sentence that can be true or false apart.
//!
//! A sentence has places where a proposition may start and places where one may end; every
//! start with every later end is looked at. What is worth a card is judged elsewhere.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::figures::{is_in_time, is_minus};
use super::ground::{Count, Ground, Part, is_finite};
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::text::Span;

/// Why a proposition may start or end at a place, as bits; part of the trained model.
pub(super) mod cut {
    pub(in super::super) const EDGE: u32 = 1;
    pub(in super::super) const OPENER: u32 = 1 << 1;
    pub(in super::super) const SIGN: u32 = 1 << 2;
    pub(in super::super) const QUOTATION: u32 = 1 << 3;
    pub(in super::super) const GAP: u32 = 1 << 4;
    pub(in super::super) const CONJUNCT: u32 = 1 << 5;
    pub(in super::super) const SHARED_SUBJECT: u32 = 1 << 6;
    pub(in super::super) const COMPLEMENT: u32 = 1 << 7;
    pub(in super::super) const THAT: u32 = 1 << 8;
    pub(in super::super) const ADVERBIAL: u32 = 1 << 9;
    pub(in super::super) const MARKER: u32 = 1 << 10;
    pub(in super::super) const CONTENT: u32 = 1 << 11;
    pub(in super::super) const SOURCE: u32 = 1 << 12;
    pub(in super::super) const CUE: u32 = 1 << 13;
    pub(in super::super) const PIECES: u32 = 1 << 14;
    pub(in super::super) const AND: u32 = 1 << 15;
    /// How many there are.
    pub(in super::super) const KINDS: u32 = 16;
}

/// Fewer words say nothing.
const SHORTEST: usize = 3;
/// Places to start or end that are looked at in a sentence.
const PLACES: usize = 14;
/// How far behind an "and" the verb of its clause is.
const CLAUSE_REACH: usize = 6;
/// How far apart words that belong together may be.
const BOND_REACH: usize = 40;
/// Words into a sentence in which an opening adverb has its comma.
const OPENING: usize = 5;

/// A stretch of a sentence that may be a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposition {
    /// Its words; several pieces where an attribution stands in the middle.
    pub pieces: Vec<Range<usize>>,
    /// Its sentence.
    pub sentence: usize,
    /// Why it may start where it does.
    pub(super) start: u32,
    /// Why it may end where it does.
    pub(super) end: u32,
}

impl Proposition {
    /// From its first word to its last.
    pub fn hull(&self) -> Range<usize> {
        self.pieces[0].start..self.pieces[self.pieces.len() - 1].end
    }

    /// Where its pieces stand, in bytes.
    pub fn spans(&self, ground: &Ground<'_>) -> Vec<Span> {
        let span = |piece: &Range<usize>| ground.reading.span_of(piece.clone());
        self.pieces.iter().map(span).collect()
    }

    /// Whether a word is in it.
    pub(super) fn holds(&self, word: usize) -> bool {
        self.pieces.iter().any(|piece| piece.contains(&word))
    }
}

/// Places of one kind in a sentence.
struct Places {
    first: usize,
    why: Vec<u32>,
}

impl Places {
    fn add(&mut self, word: usize, why: u32) {
        if let Some(place) = word
            .checked_sub(self.first)
            .and_then(|at| self.why.get_mut(at))
        {
            *place |= why;
        }
    }
}

/// Everything in a sentence that may be a card, in text order of where it starts.
pub fn propositions(ground: &Ground<'_>, sentence: usize) -> Vec<Proposition> {
    let reading = ground.reading;
    let words = reading.sentences[sentence].words.clone();
    if words.is_empty() {
        return Vec::new();
    }
    let places = || Places {
        first: words.start,
        why: vec![0; words.len() + 1],
    };
    let (mut starts, mut ends) = (places(), places());
    starts.add(words.start, cut::EDGE);
    ends.add(words.end, cut::EDGE);
    opening(ground, &words, &mut starts);
    for word in words.clone() {
        signs(ground, word, &words, &mut starts, &mut ends);
        clauses(ground, word, &mut starts, &mut ends);
        parts(ground, word, &words, &mut starts, &mut ends);
    }
    let edges = Edges::of(ground, &words);
    let starts = settled(&starts, |at| edges.first_word(at));
    let ends = settled(&ends, |at| edges.behind_last_word(at));
    let bonds = Bonds::of(ground, &words);
    let mut found = Vec::with_capacity(starts.len() * 2);
    for (start, why) in &starts {
        for (end, why_end) in ends.iter().filter(|(end, _)| *end >= start + SHORTEST) {
            let piece = *start..*end;
            let pieces = std::slice::from_ref(&piece);
            let verbs = ground.sum(Count::Finite, pieces)
                + ground.sum(Count::Gerunds, pieces)
                + ground.sum(Count::Participles, pieces);
            if ground.sum(Count::Words, pieces) >= SHORTEST as f32
                && verbs > 0.0
                && !bonds.parted(&piece, *why)
            {
                found.push(Proposition {
                    pieces: vec![piece],
                    sentence,
                    start: *why,
                    end: *why_end,
                });
            }
        }
    }
    found.extend(in_pieces(ground, sentence, &words));
    found
}

/// Where the words are between marks that no card begins or ends with; looked up for many places
/// of a sentence, however many marks stand together.
struct Edges {
    first: usize,
    /// For each place, the first word from there on.
    next: Vec<Option<usize>>,
    /// For each place, the place behind the last word before it.
    behind: Vec<Option<usize>>,
}

impl Edges {
    fn of(ground: &Ground<'_>, words: &Range<usize>) -> Edges {
        let is_word: Vec<bool> = words.clone().map(|k| !is_edge(ground, k)).collect();
        let (mut next, mut behind) = (vec![None; words.len() + 1], vec![None; words.len() + 1]);
        for at in 0..words.len() {
            let word = is_word[at].then_some(words.start + at + 1);
            behind[at + 1] = word.or(behind[at]);
        }
        for at in (0..words.len()).rev() {
            next[at] = is_word[at].then_some(words.start + at).or(next[at + 1]);
        }
        Edges {
            first: words.start,
            next,
            behind,
        }
    }

    fn first_word(&self, place: usize) -> Option<usize> {
        self.next[place - self.first]
    }

    fn behind_last_word(&self, place: usize) -> Option<usize> {
        self.behind[place - self.first]
    }
}

/// Words that no card may part: a finite verb from its subject, anything from its negation, a
/// clause from its condition.
struct Bonds {
    first: usize,
    /// For each place, the first word from there on that is bound to one before: a verb to its
    /// subject, then what is denied or a condition.
    bound: Vec<[usize; 2]>,
    /// For each place, the last word before it that a negation from there on belongs to.
    denied: Vec<Option<usize>>,
    /// Places inside the words of an attribution: its source with the cue beside it.
    attributing: Vec<bool>,
}

impl Bonds {
    fn of(ground: &Ground<'_>, words: &Range<usize>) -> Bonds {
        const NEGATION: u8 = relation("neg");
        const MARK: u8 = relation("mark");
        let all = &ground.reading.words;
        let places = words.len() + 1;
        let mut bonds = Bonds {
            first: words.start,
            bound: vec![[usize::MAX; 2]; places],
            denied: vec![None; places],
            attributing: vec![false; places],
        };
        bonds.attribute(ground, words);
        let mut bind = |from: usize, to: usize, kind: usize| {
            // A start behind `from` and up to `to` parts them.
            for place in from + 1..=to.min(from + BOND_REACH) {
                let bound = &mut bonds.bound[place - words.start][kind];
                *bound = (*bound).min(to);
            }
        };
        for k in words.clone() {
            if is_finite(&all[k])
                && let Some(subject) = ground.subject(k)
            {
                bind(subject, k, 0);
            }
            let head = all[k].head as usize;
            // "If the plan fails" is no claim that it fails.
            let conditional = all[k].relation == MARK && ground.lists.condition.has(all[k].id);
            if conditional && k < head && words.contains(&head) {
                bind(k, head, 1);
            }
            if all[k].relation == NEGATION && words.contains(&head) {
                if k < head {
                    bind(k, head, 1);
                } else {
                    for place in head + 1..=k.min(head + BOND_REACH) {
                        let denied = &mut bonds.denied[place - words.start];
                        *denied = (*denied).max(Some(head));
                    }
                }
            }
        }
        bonds
    }

    /// Marks the places inside the words of attributions.
    fn attribute(&mut self, ground: &Ground<'_>, words: &Range<usize>) {
        let mut at = words.start;
        while at < words.end {
            let is_part = |k: usize| ground.part[k] != Part::Other;
            let end = (at..words.end).find(|k| !is_part(*k)).unwrap_or(words.end);
            // Two parts side by side are one attribution; a source alone is a subject like any.
            let parts = |part: Part| (at..end).any(|k| ground.part[k] == part);
            if parts(Part::Source) && parts(Part::Cue) {
                let inside = at + 1 - words.start..end.max(at + 1) - words.start;
                self.attributing[inside].fill(true);
            }
            at = end.max(at + 1);
        }
    }

    /// Whether a stretch parts what belongs together; a quotation may begin behind a subject.
    fn parted(&self, piece: &Range<usize>, why: u32) -> bool {
        let [subject, negation] = self.bound[piece.start - self.first];
        let quoted = why & (cut::QUOTATION | cut::SHARED_SUBJECT) != 0;
        let denied = self.denied[piece.end - self.first];
        self.attributing[piece.start - self.first]
            || self.attributing[piece.end - self.first]
            || subject < piece.end && !quoted
            || negation < piece.end
            || denied.is_some_and(|head| head >= piece.start)
    }
}

/// Starts behind a leading "But" or "However,", which say nothing.
fn opening(ground: &Ground<'_>, words: &Range<usize>, starts: &mut Places) {
    let all = &ground.reading.words;
    let Some(lead) = first_word(ground, words.clone()) else {
        return;
    };
    let is_comma = |k: usize| words.contains(&k) && all[k].tag == tag!(",");
    if ground.lists.opener.has(all[lead].id) {
        starts.add(lead + 1 + usize::from(is_comma(lead + 1)), cut::OPENER);
    }
    if all[lead].tag == tag!("RB")
        && let Some(comma) = (lead..words.end.min(lead + OPENING)).find(|k| is_comma(*k))
    {
        starts.add(comma + 1, cut::OPENER);
    }
}

/// Places that signs and blanks tell.
fn signs(
    ground: &Ground<'_>,
    at: usize,
    words: &Range<usize>,
    starts: &mut Places,
    ends: &mut Places,
) {
    let reading = ground.reading;
    let word = &reading.words[at];
    let text = reading.word(at);
    let before = (at > words.start).then(|| &reading.words[at - 1]);
    let blank_before = before.is_some_and(|b| b.span().end < word.span().start);
    let blank_after = at + 1 < words.end && reading.words[at + 1].span().start > word.span().end;
    let is_dash =
        word.tag == tag!("-") && before.is_some() && (text != "-" || blank_before && blank_after);
    if word.tag == tag!(":") && !is_in_time(reading, at) || is_dash {
        starts.add(at + 1, cut::SIGN);
        ends.add(at, cut::SIGN);
    }
    if word.tag == tag!("\"") && text != "'" && text != "’" {
        for place in [at, at + 1] {
            starts.add(place, cut::QUOTATION);
            ends.add(place, cut::QUOTATION);
        }
    }
    if let Some(before) = before {
        let gap = &reading.text[before.span().end..word.span().start];
        if gap.contains('\n') || gap.chars().nth(1).is_some() {
            starts.add(at, cut::GAP);
            ends.add(at, cut::GAP);
        }
    }
    if at > words.start && ground.furniture[at] != ground.furniture[at - 1] {
        starts.add(at, cut::GAP);
        ends.add(at, cut::GAP);
    }
    if ground.lists.that.has(word.id) {
        starts.add(at + 1, cut::THAT);
        ends.add(at, cut::THAT);
    }
    let behind = at + 1..words.end.min(at + CLAUSE_REACH).max(at + 1);
    if word.tag == tag!("CC") && ground.sum(Count::Finite, std::slice::from_ref(&behind)) > 0.0 {
        starts.add(at + 1, cut::AND);
        ends.add(at, cut::AND);
    }
}

/// Places that the syntax tells.
fn clauses(ground: &Ground<'_>, at: usize, starts: &mut Places, ends: &mut Places) {
    const CONJUNCT: u8 = relation("conj");
    const COMPLEMENT: u8 = relation("ccomp");
    const BESIDE: u8 = relation("parataxis");
    const ADVERBIAL: u8 = relation("advcl");
    const MARK: u8 = relation("mark");
    let words = &ground.reading.words;
    let word = &words[at];
    let (from, to) = ground.extent(at);
    match word.relation {
        CONJUNCT => {
            let why = if ground.subject(at).is_some() {
                cut::CONJUNCT
            } else {
                cut::SHARED_SUBJECT
            };
            starts.add(from, why);
            ends.add(to, why);
            let joins = |k: usize| words[k].tag == tag!("CC") || words[k].tag == tag!(",");
            let mut end = from;
            while end > ends.first && joins(end - 1) {
                end -= 1;
            }
            ends.add(end, why);
        }
        COMPLEMENT | BESIDE => {
            starts.add(from, cut::COMPLEMENT);
            if ground.lists.that.has(words[from].id) {
                starts.add(from + 1, cut::THAT);
            }
            ends.add(to, cut::COMPLEMENT);
            ends.add(from, cut::COMPLEMENT);
        }
        ADVERBIAL => {
            for place in [from, to] {
                starts.add(place, cut::ADVERBIAL);
                ends.add(place, cut::ADVERBIAL);
            }
            let marker = &words[from];
            if marker.relation == MARK || [tag!("IN"), tag!("WRB")].contains(&marker.tag) {
                starts.add(from + 1, cut::MARKER);
            }
        }
        _ => {}
    }
}

/// Places where the parts of an attribution begin and end.
fn parts(
    ground: &Ground<'_>,
    at: usize,
    words: &Range<usize>,
    starts: &mut Places,
    ends: &mut Places,
) {
    let part = &ground.part;
    let begins = |same: &dyn Fn(usize, usize) -> bool| at == words.start || !same(at - 1, at);
    let stops = |same: &dyn Fn(usize, usize) -> bool| at + 1 == words.end || !same(at, at + 1);
    let one_owner = |a: usize, b: usize| ground.owner(a) == ground.owner(b);
    if ground.owner(at).is_some() {
        if begins(&one_owner) {
            starts.add(at, cut::CONTENT);
        }
        if stops(&one_owner) {
            ends.add(at + 1, cut::CONTENT);
        }
    }
    let why = match part[at] {
        Part::Other => return,
        Part::Source => cut::SOURCE,
        Part::Cue => cut::CUE,
    };
    let one_part = |a: usize, b: usize| part[a] == part[b];
    if begins(&one_part) {
        ends.add(at, why);
    }
    if stops(&one_part) {
        starts.add(at + 1, why);
    }
}

/// Contents of attributions that are in several pieces in this sentence.
fn in_pieces(ground: &Ground<'_>, sentence: usize, words: &Range<usize>) -> Vec<Proposition> {
    let mut looked: FxHashSet<u32> = FxHashSet::default();
    let mut found = Vec::new();
    for owner in words.clone().filter_map(|k| ground.owner(k)) {
        if !looked.insert(owner) {
            continue;
        }
        let within = |content: &Range<usize>| {
            let piece = content.start.max(words.start)..content.end.min(words.end);
            let start = first_word(ground, piece.start..piece.end.max(piece.start))?;
            let end = behind_last_word(ground, start..piece.end)?;
            Some(start..end)
        };
        let pieces: Vec<_> = ground.contents[owner as usize]
            .iter()
            .filter_map(within)
            .collect();
        if pieces.len() > 1 {
            found.push(Proposition {
                pieces,
                sentence,
                start: cut::PIECES,
                end: cut::PIECES,
            });
        }
    }
    found
}

/// Places in text order moved to where words are; those that fall together are one. Of very
/// many, those with most reasons stay.
fn settled(places: &Places, to: impl Fn(usize) -> Option<usize>) -> Vec<(usize, u32)> {
    let mut found: Vec<(usize, u32)> = Vec::new();
    for (at, why) in places.why.iter().enumerate().filter(|(_, why)| **why != 0) {
        let Some(place) = to(places.first + at) else {
            continue;
        };
        match found.last_mut() {
            Some(last) if last.0 == place => last.1 |= why,
            _ => found.push((place, *why)),
        }
    }
    if found.len() > PLACES {
        let weight = |why: u32| (why & (cut::EDGE | cut::CONTENT) != 0, why.count_ones());
        found.sort_by_key(|(place, why)| (std::cmp::Reverse(weight(*why)), *place));
        found.truncate(PLACES);
        found.sort_unstable();
    }
    found
}

/// Whether a token is a mark that no card begins or ends with.
fn is_edge(ground: &Ground<'_>, word: usize) -> bool {
    const KEPT: &[&str] = &["$", "£", "€", "#", "@", "(", ")", "[", "]", "%"];
    let reading = ground.reading;
    if is_minus(reading, word) {
        return ground.furniture[word];
    }
    ground.furniture[word] || !reading.words[word].is_word() && !KEPT.contains(&reading.word(word))
}

fn first_word(ground: &Ground<'_>, mut range: Range<usize>) -> Option<usize> {
    range.find(|k| !is_edge(ground, *k))
}

/// The place behind the last word.
fn behind_last_word(ground: &Ground<'_>, range: Range<usize>) -> Option<usize> {
    range.rev().find(|k| !is_edge(ground, *k)).map(|k| k + 1)
}
