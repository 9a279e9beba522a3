//! Everybody an article names in full, and where each of them is spoken of.
//!
//! Made once from the words alone, whoever says something: a person may be named long before
//! a source is a surname, a function ("the mayor") or a pronoun.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::names::{function, is_body, titles};
use crate::detect::language::entry::Noun;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::{Gender, gender_of};
use crate::detect::reading::word::{NONE, Shape};

/// Longest description in front of a name or behind its comma, in words.
const LONGEST_ROLE: usize = 8;

/// How many words behind a name are looked at for what takes it up.
const NEAR: usize = 30;

/// One place where somebody is spoken of by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    /// The words of the name there.
    pub words: Range<usize>,
    /// Who, as an index into [`People::all`].
    pub who: usize,
}

/// Somebody who is named in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// Where first.
    pub name: Range<usize>,
    /// What names, titles and functions tell.
    pub gender: Option<Gender>,
    /// Nouns of the functions the article tells of them.
    pub functions: Vec<u32>,
}

/// Everybody an article names in full.
#[derive(Debug, Default)]
pub(super) struct People {
    /// In the order of their names.
    pub all: Vec<Person>,
    /// Where they are spoken of, in text order.
    pub spoken: Vec<Spoken>,
    /// Names that are no person's, in text order.
    pub bodies: Vec<Range<usize>>,
    /// How much speaks for a body behind a name that stands alone: "its", not "her".
    bodily: FxHashMap<u32, i32>,
    /// By first and last name.
    names: FxHashMap<(u32, u32), usize>,
    /// By last name: whoever is named first.
    surnames: FxHashMap<u32, usize>,
    /// By first name; nobody where several may be meant.
    first_names: FxHashMap<u32, Option<usize>>,
    /// By the noun of a function; nobody where several have it.
    functions: FxHashMap<u32, Option<usize>>,
}

impl People {
    /// Whoever the article names in full.
    pub(super) fn of(reading: &Reading<'_>) -> People {
        let mut people = People::default();
        for name in full_names(reading) {
            people.meet(reading, name);
        }
        people.find(reading);
        people
    }

    /// Whose last name this is, or first name if no other can be meant.
    pub(super) fn called(&self, id: u32) -> Option<usize> {
        let surname = self.surnames.get(&id).copied();
        surname.or_else(|| self.first_names.get(&id).copied().flatten())
    }

    /// Whose name these words are: in full, or what they are called alone.
    pub(super) fn named(&self, reading: &Reading<'_>, name: &Range<usize>) -> Option<usize> {
        let (first, last) = (&reading.words[name.start], &reading.words[name.end - 1]);
        let full = self.names.get(&(first.id, last.id)).copied();
        full.or_else(|| self.called(last.id))
    }

    /// Who has the function of this noun, if no other has.
    pub(super) fn by_function(&self, id: u32) -> Option<usize> {
        self.functions.get(&id).copied().flatten()
    }

    fn meet(&mut self, reading: &Reading<'_>, name: Range<usize>) {
        let words = &reading.words;
        let (first, last) = (words[name.start].id, words[name.end - 1].id);
        let who = *self.names.entry((first, last)).or_insert(self.all.len());
        if who == self.all.len() {
            self.all.push(Person {
                name: name.clone(),
                gender: None,
                functions: Vec::new(),
            });
            self.surnames.entry(last).or_insert(who);
            only(&mut self.first_names, first, who);
        }
        for noun in functions(reading, &name) {
            only(&mut self.functions, noun, who);
            let told = &mut self.all[who].functions;
            if !told.contains(&noun) {
                told.push(noun);
            }
        }
    }

    /// Looks for where they are spoken of.
    fn find(&mut self, reading: &Reading<'_>) {
        let words = &reading.words;
        let mut k = 0;
        while k < words.len() {
            let start = k;
            while k < words.len()
                && words[k].is_name()
                && words[k].sentence == words[start].sentence
            {
                k += 1;
            }
            // A surname that is another word as well ("English").
            if k == start && words[k].shape == Shape::Capital && words[k].is_subject() {
                k += 1;
            }
            if k == start {
                k += 1;
                continue;
            }
            let from = start + titles(reading, start..k);
            let alone = k - from == 1;
            let who = match alone {
                true => self.called(words[from].id),
                false => self.names.get(&(words[from].id, words[k - 1].id)).copied(),
            };
            if let Some(who) = who {
                let told = gender(reading, &(from..k));
                let person = &mut self.all[who];
                person.gender = person.gender.or(told);
                self.spoken.push(Spoken {
                    words: from..k,
                    who,
                });
            } else if words[from].is_name() && names_body(reading, from..k) {
                if alone && words[from].is_subject() {
                    *self.bodily.entry(words[from].id).or_default() += taken_up(reading, from);
                }
                self.bodies.push(from..k);
            }
        }
    }

    /// Whether a name that stands alone is taken up by "its" more than by "his" or "her".
    pub(super) fn is_body(&self, id: u32) -> bool {
        self.bodily.get(&id).is_some_and(|speaks| *speaks > 0)
    }
}

/// Keeps that something is one's alone, or nobody's where it is another's too.
fn only(owners: &mut FxHashMap<u32, Option<usize>>, id: u32, who: usize) {
    let owner = owners.entry(id).or_insert(Some(who));
    if *owner != Some(who) {
        *owner = None;
    }
}

/// Whether a run of names may be that of a body.
fn names_body(reading: &Reading<'_>, name: Range<usize>) -> bool {
    let words = &reading.words;
    let dated = name
        .clone()
        .any(|k| reading.lists.names.calendar.has(reading.word(k)));
    let called = gender_of(reading, name.start).is_some();
    let body = |k: usize| matches!(words[k].noun, Noun::Organisation | Noun::Media);
    let function = matches!(words[name.start].noun, Noun::Title | Noun::Person);
    let alone = name.len() == 1;
    !dated && !called && !function && (alone || name.clone().any(body) || is_body(reading, name))
}

/// What takes up a subject behind it in its sentence: 1 for "its", -1 for "he" or "her", 0 for
/// neither. "It" may be anything.
fn taken_up(reading: &Reading<'_>, subject: usize) -> i32 {
    let lists = &reading.lists.pronouns;
    let end = reading.sentence_of(subject).words.end;
    let words = &reading.words[subject + 1..end.min(subject + 1 + NEAR)];
    let said = words.iter().find_map(|w| match () {
        () if reading.lists.full_words.its.has(w.id) => Some(1),
        () if lists.person.has(w.id) => Some(-1),
        () => None,
    });
    said.unwrap_or(0)
}

/// What a name and the word in front of it tell.
fn gender(reading: &Reading<'_>, name: &Range<usize>) -> Option<Gender> {
    let lists = &reading.lists.first_names;
    let told = |k: usize| {
        let id = reading.words[k].id;
        match () {
            () if lists.his.has(id) => Some(Gender::Man),
            () if lists.hers.has(id) => Some(Gender::Woman),
            () => None,
        }
    };
    let mut before = name.start;
    if before > 0 && reading.word(before - 1) == "." {
        before -= 1;
    }
    let title = before.checked_sub(1).and_then(told);
    // A surname that is a first name too tells nothing.
    title.or_else(|| {
        (name.len() > 1)
            .then(|| gender_of(reading, name.start))
            .flatten()
    })
}

/// The nouns of the functions told right before a name or behind its comma.
fn functions(reading: &Reading<'_>, name: &Range<usize>) -> Vec<u32> {
    let words = &reading.words;
    let sentence = reading.sentence_of(name.start).words.clone();
    let nominal = |k: usize| words[k].tag <= tag!("NNP") && words[k].is_word();
    let mut found = Vec::new();
    let mut before = name.start;
    if before > sentence.start && words[before - 1].tag == tag!(",") {
        before -= 1;
    }
    let from = before.saturating_sub(LONGEST_ROLE).max(sentence.start);
    let mut start = before;
    while start > from && nominal(start - 1) {
        start -= 1;
    }
    found.extend(function(reading, &(start..before)));
    let (comma, end) = (name.end, sentence.end.min(name.end + 1 + LONGEST_ROLE));
    if comma + 1 < end && words[comma].tag == tag!(",") && words[comma + 1].quotation == NONE {
        let describes =
            |k: &usize| nominal(*k) || words[*k].tag == tag!("DT") || words[*k].tag == tag!("JJ");
        let behind = (comma + 1..end).take_while(describes).count();
        found.extend(function(reading, &(comma + 1..comma + 1 + behind)));
    }
    found
}

/// Names of people written in full anywhere in the article, in text order.
fn full_names(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let words = &reading.words;
    let names = &reading.lists.names;
    let mut found = Vec::new();
    let dated = |k: usize| names.calendar.has(reading.word(k));
    let mut k = 0;
    while k < words.len() {
        let start = k;
        while k < words.len()
            && words[k].tag == tag!("NNP")
            && words[k].shape != Shape::Upper
            && !dated(k)
            && matches!(words[k].noun, Noun::None | Noun::Title | Noun::Person)
            && words[k].sentence == words[start].sentence
        {
            k += 1;
        }
        if k == start {
            k += 1;
            continue;
        }
        let from = start + titles(reading, start..k);
        let told = from > start || from == 0 || !names.definite.has(reading.word(from - 1));
        if (2..=4).contains(&(k - from)) && told && !is_body(reading, from..k) {
            found.push(from..k);
        }
    }
    found
}
