//! Mentions of sources: grouped into people and bodies, named and typed, each with a reason.
//!
//! A surname, title or pronoun is resolved to whom it stands for; picture credits become
//! mentions of their own.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Mark, Span, Word as _, fold};

use self::naming::{Naming, Pronoun, full_names, function, naming, speaker};
use crate::detect::attribution::turns::{Turn, turn_at};
use crate::detect::finding::{SourceMention, SourceType, shortened};
use crate::detect::furniture::Furniture;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;

mod naming;

/// Entities met so far.
struct Registry {
    numbers: FxHashMap<String, usize>,
    known: Vec<Known>,
    full: FxHashMap<u32, Range<usize>>,
    /// The same names in text order.
    ordered: Vec<Range<usize>>,
    person: Option<usize>,
    body: Option<usize>,
    several: Option<usize>,
    /// Who holds a function, by its noun; nobody where several do.
    holders: FxHashMap<u32, Option<usize>>,
}

#[derive(Clone)]
struct Known {
    name: String,
    source_type: SourceType,
}

/// Finds the mentions: `phrases` are the source phrases of the attributions in text order,
/// each with its score; `turns` are those of speakers, if it is a transcript.
pub(in crate::detect) fn sources(
    reading: &Reading<'_>,
    furniture: &[Option<Furniture>],
    turns: &[Turn],
    phrases: &[(Range<usize>, f32)],
) -> Vec<SourceMention> {
    let full = full_names(reading);
    let mut ordered: Vec<Range<usize>> = full.values().cloned().collect();
    ordered.sort_unstable_by_key(|r| r.start);
    let mut registry = Registry {
        numbers: FxHashMap::default(),
        known: Vec::new(),
        full,
        ordered,
        person: None,
        body: None,
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
            });
        }
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
        let named = match turn_at(turns, phrase.start) {
            Some(turn) => speaker(reading, turn),
            None => naming(reading, phrase),
        };
        let words = |r: &Range<usize>| reading.span_of(r.clone()).of(reading.text).to_owned();
        let shown = words(&named.name);
        let (entity, why) = match named.pronoun {
            Some(pronoun) => self.stands_for(reading, phrase, pronoun, &shown),
            None => self.by_name(reading, &named, &shown),
        };
        let known = self.known[entity].clone();
        if let Some(role) = named
            .role
            .as_ref()
            .filter(|_| known.source_type == SourceType::NamedPerson)
        {
            self.holds(reading, role, entity);
        }
        reading.budget.spend(known.name.len() + why.len());
        match known.source_type {
            SourceType::NamedPerson | SourceType::UnnamedPerson => self.person = Some(entity),
            SourceType::Group => self.several = Some(entity),
            SourceType::Unknown => {}
            _ => self.body = Some(entity),
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

    /// Who holds the function that a phrase names with nothing but an article before it.
    fn holder(&self, reading: &Reading<'_>, named: &Naming) -> Option<usize> {
        let at = named.name.start;
        let alone = named.source_type == SourceType::UnnamedPerson
            && named.name.len() == 1
            && named.role.is_none();
        let definite = &reading.lists.names.definite;
        if !alone || at == 0 || !definite.has(reading.word(at - 1)) {
            return None;
        }
        self.holders
            .get(&function(reading, &named.name)?)
            .copied()?
    }

    /// A phrase with a name or noun of its own.
    fn by_name(&mut self, reading: &Reading<'_>, named: &Naming, shown: &str) -> (usize, String) {
        let texts = &reading.lists.reasons.source;
        let last = reading.words[named.name.end - 1].id;
        let full = self
            .full
            .get(&last)
            .filter(|_| named.source_type == SourceType::NamedPerson);
        if let Some(full) = full.cloned().filter(|f| f.len() > named.name.len()) {
            let name = shortened(reading.span_of(full).of(reading.text));
            let why = texts
                .surname
                .with(&[("shown", &shortened(shown)), ("name", &name)]);
            return (self.number(&name, SourceType::NamedPerson), why);
        }
        if let Some(entity) = self.holder(reading, named) {
            let name = &self.known[entity].name;
            let why = texts
                .stands_for
                .with(&[("shown", &shortened(shown)), ("name", name)]);
            return (entity, why);
        }
        let why = match named.source_type {
            SourceType::NamedPerson if named.role.is_some() => texts.named_with_role.plain(),
            SourceType::NamedPerson => texts.named.plain(),
            SourceType::UnnamedPerson => texts.unnamed.plain(),
            SourceType::Group => texts.group.plain(),
            SourceType::Unknown => texts.unknown.plain(),
            other => texts.other.with(&[("type", other.as_str())]),
        };
        (self.number(shown, named.source_type), why)
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
            Pronoun::Person => self.nearer_person(reading, phrase.start),
            Pronoun::Several => self.several.or(self.body),
            Pronoun::Thing => self.body,
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
        Some(self.by_name(reading, &named, &shown).0)
    }

    /// The last person who said something, or a person named in full since then in the same
    /// or the previous sentence.
    fn nearer_person(&mut self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        if self.person.is_some() {
            return self.person;
        }
        let from = at.saturating_sub(60);
        let next = self.ordered.partition_point(|r| r.end <= at);
        let range = self.ordered[..next]
            .last()
            .filter(|r| r.start >= from)?
            .clone();
        let name = reading.span_of(range).of(reading.text).to_owned();
        Some(self.number(&name, SourceType::NamedPerson))
    }
}
