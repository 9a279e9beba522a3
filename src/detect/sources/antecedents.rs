//! Whom a pronoun or a description means: the nearest who agrees, subjects first.
//!
//! Sentences are looked at from the pronoun back. Who is only mentioned in a quotation is not
//! spoken of by the article.

use std::ops::Range;

use super::naming::name_type;
use super::{Held, Registry};
use crate::detect::finding::SourceType;
use crate::detect::language::entry::Noun;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::Gender;
use crate::detect::reading::word::{NONE, Word};

/// How many sentences are looked at, the pronoun's own among them.
const SENTENCES: usize = 4;
/// How many who said something are looked at, where nobody is spoken of nearby.
const BACK: usize = 12;
/// How many words of a sentence are looked at.
const LONGEST: usize = 120;

/// Somebody spoken of near a pronoun.
#[derive(Clone, Copy)]
struct Near {
    /// The word that names them.
    head: usize,
    who: Who,
    /// Whether they say something there.
    says: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Who {
    Entity(usize),
    Person(usize),
}

impl Registry {
    /// The person that "he" or "she" at a word stands for.
    pub(super) fn one_spoken_of(
        &mut self,
        reading: &Reading<'_>,
        at: usize,
        gender: Option<Gender>,
    ) -> Option<usize> {
        let meant = self.nearest(reading, at, gender);
        let entity = match meant.or_else(|| self.last(gender))? {
            Who::Entity(entity) => entity,
            Who::Person(who) => self.person(reading, who),
        };
        let known = &mut self.known[entity];
        known.gender = known.gender.or(gender);
        Some(entity)
    }

    /// The only one spoken of in the sentences before a word, or the last who said something, if
    /// they may have the function of this noun: nobody is told to have another.
    pub(super) fn topic(
        &self,
        reading: &Reading<'_>,
        at: usize,
        function: Option<u32>,
    ) -> Option<Held> {
        let here = reading.words[at].sentence as usize;
        let near: Vec<Near> = (here.saturating_sub(2)..=here)
            .flat_map(|sentence| self.spoken_of(reading, sentence, at))
            .collect();
        let speakers = near.iter().any(|n| n.says);
        let mut only: Option<Who> = None;
        for near in near.iter().filter(|n| n.says == speakers) {
            if only.is_some_and(|o| !self.same(reading, o, near.who)) {
                return None;
            }
            only = Some(near.who);
        }
        let who = only.or_else(|| self.last(None))?;
        let person = match who {
            Who::Person(who) => Some(who),
            Who::Entity(entity) => {
                let known = &self.known[entity];
                let named = known.source_type == SourceType::NamedPerson;
                (named || known.who.is_some()).then_some(())?;
                known.who
            }
        };
        let other = person.is_some_and(|who| {
            let told = &self.people.all[who].functions;
            !told.is_empty() && function.is_some_and(|noun| !told.contains(&noun))
        });
        (!other).then_some(match who {
            Who::Entity(entity) => Held::Entity(entity),
            Who::Person(who) => Held::Person(who),
        })
    }

    /// The body or writing that "it" at a word stands for.
    pub(super) fn thing_spoken_of(&mut self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let words = &reading.words;
        let here = words[at].sentence as usize;
        for sentence in (here.saturating_sub(SENTENCES - 2)..=here).rev() {
            let range = looked_at(reading, sentence, at);
            reading.budget.spend(range.len());
            let said = self.told.iter().rev().take(BACK);
            let mut said = said.filter(|t| range.contains(&t.head));
            if let Some(told) = said.next() {
                return Some(told.entity);
            }
            let free = |k: &usize| {
                words[*k].quotation == NONE
                    && words[*k].is_subject()
                    && words[*k].tag != tag!("NNS")
            };
            let body = range
                .clone()
                .filter(free)
                .find_map(|k| self.body_at(reading, k));
            if let Some((name, source_type)) = body {
                let name = reading.span_of(name).of(reading.text);
                return Some(self.number(name, source_type));
            }
        }
        self.told.last().map(|t| t.entity)
    }

    /// The name or description of the body or writing whose last word this is.
    fn body_at(&self, reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, SourceType)> {
        let bodies = &self.people.bodies;
        let next = bodies.partition_point(|b| b.end <= at);
        if let Some(body) = bodies.get(next).filter(|b| b.contains(&at)) {
            let named = name_type(reading, body, false);
            let source_type = match named {
                SourceType::NamedPerson | SourceType::UnnamedPerson => SourceType::Organisation,
                other => other,
            };
            return Some((body.clone(), source_type));
        }
        let source_type = match reading.words[at].noun {
            Noun::Organisation => SourceType::Organisation,
            Noun::Media => SourceType::Media,
            Noun::Document => SourceType::Document,
            _ => return None,
        };
        let from = reading.sentence_of(at).words.start;
        let mut start = at;
        let part = |k: usize| {
            let word = &reading.words[k];
            word.tag <= tag!("NNP") || word.tag == tag!("JJ") || word.tag == tag!("POS")
        };
        while start > from && part(start - 1) {
            start -= 1;
        }
        Some((start..at + 1, source_type))
    }

    /// The last who said something and may be meant.
    fn last(&self, gender: Option<Gender>) -> Option<Who> {
        let said = self.said.iter().rev().take(BACK);
        let mut agreeing = said.filter(|s| self.agrees(Who::Entity(s.entity), gender));
        agreeing.next().map(|s| Who::Entity(s.entity))
    }

    fn nearest(&self, reading: &Reading<'_>, at: usize, gender: Option<Gender>) -> Option<Who> {
        let words = &reading.words;
        let here = words[at].sentence as usize;
        for sentence in (here.saturating_sub(SENTENCES - 1)..=here).rev() {
            let near = self.spoken_of(reading, sentence, at);
            let agreeing = near.iter().filter(|n| self.agrees(n.who, gender));
            let subject = agreeing
                .clone()
                .filter(|n| n.says || words[n.head].is_subject())
                .min_by_key(|n| (!(n.says || of_main_verb(words, n.head)), n.head));
            if let Some(subject) = subject {
                return Some(subject.who);
            }
            // The same pronoun means the same, whoever else is spoken of there.
            if self.goes_on(reading, sentence, at, gender) {
                if let Some(last) = self.last(gender) {
                    return Some(last);
                }
                continue;
            }
            let mut others = agreeing;
            if let (Some(other), true) = (others.next(), sentence < here) {
                return Some(other.who);
            }
        }
        None
    }

    /// Who is spoken of in a sentence before word `at`, in text order; quotations speak of nobody
    /// but to those who stand in them.
    fn spoken_of(&self, reading: &Reading<'_>, sentence: usize, at: usize) -> Vec<Near> {
        let range = looked_at(reading, sentence, at);
        reading.budget.spend(range.len());
        let heard = |head: usize| {
            let quotation = reading.words[head].quotation;
            range.contains(&head) && (quotation == NONE || quotation == reading.words[at].quotation)
        };
        let from = self.said.partition_point(|s| s.head < range.start);
        let said = self.said[from..].iter().map(|s| Near {
            head: s.head,
            who: Who::Entity(s.entity),
            says: true,
        });
        let mut found: Vec<Near> = said.take_while(|n| n.head < range.end).collect();
        let spoken = &self.people.spoken;
        let from = spoken.partition_point(|s| s.words.end <= range.start);
        for spoken in spoken[from..]
            .iter()
            .take_while(|s| s.words.end <= range.end)
        {
            let head = spoken.words.end - 1;
            if !found.iter().any(|n| spoken.words.contains(&n.head)) {
                found.push(Near {
                    head,
                    who: Who::Person(spoken.who),
                    says: false,
                });
            }
        }
        found.retain(|n| heard(n.head));
        found.sort_by_key(|n| n.head);
        found
    }

    /// Whether a sentence has the pronoun of that gender itself, outside quotations.
    fn goes_on(
        &self,
        reading: &Reading<'_>,
        sentence: usize,
        at: usize,
        gender: Option<Gender>,
    ) -> bool {
        let lists = &reading.lists.pronouns;
        let list = match gender {
            Some(Gender::Man) => &lists.man,
            Some(Gender::Woman) => &lists.woman,
            None => &lists.person,
        };
        let words = &reading.words[looked_at(reading, sentence, at)];
        words.iter().any(|w| w.quotation == NONE && list.has(w.id))
    }

    fn agrees(&self, who: Who, gender: Option<Gender>) -> bool {
        let known = match who {
            Who::Entity(entity) => self.known[entity].gender,
            Who::Person(who) => self.people.all[who].gender,
        };
        known.is_none() || gender.is_none() || known == gender
    }

    fn same(&self, reading: &Reading<'_>, a: Who, b: Who) -> bool {
        let name = |who: Who| match who {
            Who::Entity(entity) => self.known[entity].name.as_str(),
            Who::Person(who) => {
                let name = self.people.all[who].name.clone();
                reading.span_of(name).of(reading.text)
            }
        };
        a == b || name(a) == name(b)
    }
}

/// The words of a sentence before word `at`, the last of them if they are many.
fn looked_at(reading: &Reading<'_>, sentence: usize, at: usize) -> Range<usize> {
    let words = &reading.sentences[sentence].words;
    let end = words.end.min(at);
    words.start.max(end.saturating_sub(LONGEST))..end
}

/// Whether a subject is that of the verb the sentence hangs on.
fn of_main_verb(words: &[Word], subject: usize) -> bool {
    const ROOT: u8 = relation("ROOT");
    words[words[subject].head as usize].relation == ROOT
}
