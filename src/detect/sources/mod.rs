//! Mentions of sources: grouped into people and bodies, named and typed, each with a reason.
//!
//! A surname, title or pronoun is resolved to whom it stands for; picture credits become
//! mentions of their own.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Mark, Span, Word as _, fold};

use self::names::function;
use self::naming::{Naming, Pronoun, naming, speaker};
use self::people::People;
use crate::detect::attribution::turns::{Turn, turn_at};
use crate::detect::finding::{SourceMention, SourceType, shortened};
use crate::detect::furniture::Furniture;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::{Gender, gender_of};
use crate::detect::reading::word::{Shape, Word};

mod antecedents;
mod names;
mod naming;
mod people;

/// Entities met so far.
struct Registry {
    numbers: FxHashMap<String, usize>,
    known: Vec<Known>,
    people: People,
    /// Who said something so far, in text order.
    said: Vec<Said>,
    /// The same of bodies and what is written.
    told: Vec<Said>,
    several: Option<usize>,
    /// Who holds a function, by its noun; nobody where several do.
    holders: FxHashMap<u32, Option<usize>>,
}

#[derive(Clone)]
struct Known {
    name: String,
    source_type: SourceType,
    gender: Option<Gender>,
    /// Of those who are named in full.
    who: Option<usize>,
}

/// Who has a function.
enum Held {
    Entity(usize),
    /// Of those who are named in full.
    Person(usize),
}

/// A mention of somebody who says something.
struct Said {
    /// The word that names them.
    head: usize,
    entity: usize,
}

/// Finds the mentions: `phrases` are the source phrases of the attributions in text order,
/// each with its score; `turns` are those of speakers, if it is a transcript.
pub(in crate::detect) fn sources(
    reading: &Reading<'_>,
    furniture: &[Option<Furniture>],
    turns: &[Turn],
    phrases: &[(Range<usize>, f32)],
) -> Vec<SourceMention> {
    let mut registry = Registry {
        numbers: FxHashMap::default(),
        known: Vec::new(),
        people: People::of(reading),
        said: Vec::new(),
        told: Vec::new(),
        several: None,
        holders: FxHashMap::default(),
    };
    let mut phrases = phrases.to_vec();
    phrases.sort_by(|a, b| {
        (a.0.start, a.0.end)
            .cmp(&(b.0.start, b.0.end))
            .then(b.1.total_cmp(&a.1))
    });
    phrases.dedup_by(|b, a| a.0 == b.0);
    let mut found: Vec<SourceMention> = phrases
        .iter()
        .take_while(|_| !reading.budget.is_spent())
        .filter_map(|(p, score)| registry.mention(reading, turns, p, *score))
        .collect();
    // Credits come in text order, each in a sentence of its own: what is mentioned is gone
    // through once beside them.
    let mut mentioned: Vec<Span> = found.iter().map(|m| m.mark.hull()).collect();
    mentioned.sort_unstable();
    let (mut next, mut reaches) = (0, 0);
    for credit in furniture.iter().flatten() {
        let Furniture::ImageCredit(span) = credit else {
            continue;
        };
        let Some(mark) = Mark::whole(span.trimmed(reading.text)) else {
            continue;
        };
        while let Some(other) = mentioned.get(next).filter(|o| o.start < mark.end()) {
            reaches = reaches.max(other.end);
            next += 1;
            reading.budget.spend(1);
        }
        if reaches > mark.start() {
            continue;
        }
        let name = span.of(reading.text).to_owned();
        let entity = registry.number(&name, SourceType::ImageCredit);
        let why = reading.lists.reasons.source.image_credit.plain();
        let source_type = SourceType::ImageCredit;
        found.push(SourceMention {
            mark,
            entity,
            name,
            source_type,
            role: None,
            score: 0.95,
            why,
        });
    }
    found.sort_by_key(|m| (m.mark.start(), m.mark.end()));
    found
}

impl Registry {
    /// The number of the entity with this name, a new one if it is new.
    fn number(&mut self, name: &str, source_type: SourceType) -> usize {
        let next = self.known.len();
        let number = *self
            .numbers
            .entry(fold(name).text().trim().to_owned())
            .or_insert(next);
        if number == next {
            self.known.push(Known {
                // Whoever stands for it repeats it.
                name: shortened(name),
                source_type,
                gender: None,
                who: None,
            });
        }
        number
    }

    /// The number of somebody who is named in full.
    fn person(&mut self, reading: &Reading<'_>, who: usize) -> usize {
        let person = &self.people.all[who];
        let (name, gender) = (person.name.clone(), person.gender);
        let name = reading.span_of(name).of(reading.text);
        let number = self.number(name, SourceType::NamedPerson);
        let known = &mut self.known[number];
        known.gender = known.gender.or(gender);
        known.who = Some(who);
        number
    }

    fn mention(
        &mut self,
        reading: &Reading<'_>,
        turns: &[Turn],
        phrase: &Range<usize>,
        score: f32,
    ) -> Option<SourceMention> {
        let mark = Mark::whole(reading.span_of(phrase.clone()))?;
        let turn = turn_at(turns, phrase.start);
        let named = match turn {
            Some(turn) => speaker(reading, turn),
            None => naming(reading, phrase),
        };
        let words = |r: &Range<usize>| reading.span_of(r.clone()).of(reading.text).to_owned();
        let shown = words(&named.name);
        let (entity, why) = match named.pronoun {
            Some(pronoun) => self.stands_for(reading, phrase, pronoun, &shown),
            None => self.by_name(reading, &named, &shown, turn.is_some()),
        };
        if named.pronoun.is_none() && self.known[entity].gender.is_none() {
            self.known[entity].gender = phrase.clone().find_map(|k| gender_of(reading, k));
        }
        let known = self.known[entity].clone();
        if let Some(role) = named
            .role
            .as_ref()
            .filter(|_| known.source_type == SourceType::NamedPerson)
        {
            self.holds(reading, role, entity);
        }
        reading.budget.spend(known.name.len() + why.len());
        let head = named.name.end - 1;
        let several = reading.words[head].tag == tag!("NNS");
        match known.source_type {
            SourceType::Group => self.several = Some(entity),
            SourceType::UnnamedPerson if several => self.several = Some(entity),
            SourceType::NamedPerson | SourceType::UnnamedPerson => {
                self.said.push(Said { head, entity });
            }
            SourceType::Unknown => {}
            _ => self.told.push(Said { head, entity }),
        }
        Some(SourceMention {
            mark,
            entity,
            name: known.name,
            source_type: known.source_type,
            role: named.role.as_ref().map(words),
            score,
            why,
        })
    }

    /// Keeps who holds the function of `role`, for the title alone later.
    fn holds(&mut self, reading: &Reading<'_>, role: &Range<usize>, entity: usize) {
        let Some(noun) = function(reading, role) else {
            return;
        };
        let holder = self.holders.entry(noun).or_insert(Some(entity));
        if *holder != Some(entity) {
            *holder = None;
        }
    }

    /// Who holds the function that a phrase names behind "the": whoever said something as that,
    /// whoever is named as that anywhere, or, where it tells more than the function ("the Leeds
    /// mayor"), the only one spoken of right before.
    fn holder(&self, reading: &Reading<'_>, named: &Naming) -> Option<Held> {
        let at = named.name.start;
        let definite = &reading.lists.names.definite;
        if named.role.is_some() || at == 0 || !definite.has(reading.word(at - 1)) {
            return None;
        }
        let words = &reading.words[named.name.clone()];
        let lists = &reading.lists.unnamed;
        let once = words.iter().any(|w| lists.once.has(w.id));
        let unnamed = match named.source_type {
            SourceType::UnnamedPerson => true,
            SourceType::Unknown => once,
            _ => false,
        };
        if !unnamed || words.iter().any(|w| w.tag == tag!("NNS")) {
            return None;
        }
        let of = words.iter().any(|w| w.tag == tag!("IN"));
        if let Some(noun) = function(reading, &named.name) {
            if let (Some(entity), [_]) = (self.holders.get(&noun), words) {
                return entity.map(Held::Entity);
            }
            if let Some(who) = self.people.by_function(noun).filter(|_| !of) {
                return Some(Held::Person(who));
            }
        }
        let more = |w: &Word| matches!(w.shape, Shape::Capital | Shape::Upper | Shape::Number);
        let more = once || words.iter().any(more);
        let noun = function(reading, &named.name);
        more.then(|| self.topic(reading, at, noun)).flatten()
    }

    /// The body that a phrase like "the company" stands for.
    fn body_meant(&mut self, reading: &Reading<'_>, named: &Naming) -> Option<usize> {
        let at = named.name.start;
        let (names, bodies) = (&reading.lists.names, &reading.lists.unnamed.bodies);
        let stands_for = named.name.len() == 1
            && at > 0
            && names.definite.has(reading.word(at - 1))
            && bodies.has(reading.words[at].id);
        let entity = stands_for.then(|| self.thing_spoken_of(reading, at))??;
        let body = [SourceType::Organisation, SourceType::Media];
        let known = &self.known[entity];
        let is_name = known.name.starts_with(char::is_uppercase);
        (is_name && body.contains(&known.source_type)).then_some(entity)
    }

    /// A phrase with a name or noun of its own; who speaks in a turn is somebody.
    fn by_name(
        &mut self,
        reading: &Reading<'_>,
        named: &Naming,
        shown: &str,
        in_turn: bool,
    ) -> (usize, String) {
        let texts = &reading.lists.reasons.source;
        let full = self
            .people
            .named(reading, &named.name)
            .filter(|_| named.source_type == SourceType::NamedPerson);
        if let Some(who) = full {
            let entity = self.person(reading, who);
            let name = &self.known[entity].name;
            let longer = self.people.all[who].name.len() > named.name.len();
            let why = match named.role {
                _ if longer => texts
                    .surname
                    .with(&[("shown", &shortened(shown)), ("name", name)]),
                Some(_) => texts.named_with_role.plain(),
                None => texts.named.plain(),
            };
            return (entity, why);
        }
        let held = self.holder(reading, named).map(|held| match held {
            Held::Entity(entity) => entity,
            Held::Person(who) => self.person(reading, who),
        });
        if let Some(entity) = held.or_else(|| self.body_meant(reading, named)) {
            let name = &self.known[entity].name;
            let why = texts
                .stands_for
                .with(&[("shown", &shortened(shown)), ("name", name)]);
            return (entity, why);
        }
        let alone = named.name.len() == 1 && named.role.is_none() && !in_turn;
        let source_type = match named.source_type {
            SourceType::NamedPerson
                if alone && self.people.is_body(reading.words[named.name.start].id) =>
            {
                SourceType::Organisation
            }
            other => other,
        };
        let why = match source_type {
            SourceType::NamedPerson if named.role.is_some() => texts.named_with_role.plain(),
            SourceType::NamedPerson => texts.named.plain(),
            SourceType::UnnamedPerson => texts.unnamed.plain(),
            SourceType::Group => texts.group.plain(),
            SourceType::Unknown => texts.unknown.plain(),
            other => texts.other.with(&[("type", other.as_str())]),
        };
        (self.number(shown, source_type), why)
    }

    /// A pronoun: the person, body or group it stands for.
    fn stands_for(
        &mut self,
        reading: &Reading<'_>,
        phrase: &Range<usize>,
        pronoun: Pronoun,
        shown: &str,
    ) -> (usize, String) {
        let before = match pronoun {
            Pronoun::Relative => self.right_before(reading, phrase.start),
            Pronoun::Person(gender) => self.one_spoken_of(reading, phrase.start, gender),
            Pronoun::Several => self.several.or(self.told.last().map(|t| t.entity)),
            Pronoun::Thing => self.thing_spoken_of(reading, phrase.start),
            Pronoun::Speaker => None,
        };
        let texts = &reading.lists.reasons.source;
        match before {
            Some(entity) => {
                let why = texts
                    .stands_for
                    .with(&[("shown", shown), ("name", &self.known[entity].name)]);
                (entity, why)
            }
            None => {
                let why = texts.stands_for_nobody.with(&[("shown", shown)]);
                (self.number(shown, SourceType::Unknown), why)
            }
        }
    }

    /// Whoever is named right before a relative pronoun, a comma between them or not.
    fn right_before(&mut self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let end = if at > 0 && reading.word(at - 1) == "," {
            at - 1
        } else {
            at
        };
        let sentence = reading.sentence_of(at).words.start;
        let nominal = |k: usize| reading.words[k].tag <= tag!("NNP");
        let mut start = end;
        while start > sentence && end - start < 5 && nominal(start - 1) {
            start -= 1;
        }
        if start == end {
            return None;
        }
        let named = naming(reading, &(start..end));
        if named.pronoun.is_some() {
            return None;
        }
        let shown = reading
            .span_of(named.name.clone())
            .of(reading.text)
            .to_owned();
        Some(self.by_name(reading, &named, &shown, false).0)
    }
}
