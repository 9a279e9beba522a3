//! What a source phrase says about who it is: name, role, type.
//!
//! Looks at one phrase alone ("Derek Moss, a former harbour adviser"); who a surname or
//! pronoun stands for is `sources`' work.

use std::ops::Range;

use crate::detect::attribution::turns::Turn;
use crate::detect::finding::SourceType;
use crate::detect::language::entry::Noun;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::{Gender, gender_of, pronoun_gender};
use crate::detect::reading::word::{Shape, Word};

use super::names::{is_body, titles};

/// A source phrase taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Naming {
    /// Words of the name; all of the phrase if it has none.
    pub name: Range<usize>,
    /// Words of title or function.
    pub role: Option<Range<usize>>,
    /// What the phrase says it is.
    pub source_type: SourceType,
    /// Whether the phrase is a pronoun that stands for someone else.
    pub pronoun: Option<Pronoun>,
}

/// Who a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// he, she, him, her; whether a man or a woman.
    Person(Option<Gender>),
    /// they, them
    Several,
    /// it
    Thing,
    /// who, which, that: whoever stands right before
    Relative,
    /// I, we, you: the writer or a speaker
    Speaker,
}

fn pronoun(reading: &Reading<'_>, at: usize) -> Option<Pronoun> {
    let (id, lists) = (reading.words[at].id, &reading.lists.pronouns);
    let found = [
        (&lists.person, Pronoun::Person(pronoun_gender(reading, at))),
        (&lists.several, Pronoun::Several),
        (&lists.thing, Pronoun::Thing),
        (&lists.relative, Pronoun::Relative),
        (&lists.speaker, Pronoun::Speaker),
    ];
    let mut found = found.into_iter();
    found.find(|(list, _)| list.has(id)).map(|(_, who)| who)
}

/// Takes the phrase apart.
pub(super) fn naming(reading: &Reading<'_>, phrase: &Range<usize>) -> Naming {
    let words = &reading.words;
    let owner = phrase.len() > 1 && words[phrase.end - 1].tag == tag!("POS");
    let phrase = &(phrase.start..phrase.end - usize::from(owner));
    if let Some(found) = pronoun(reading, phrase.start).filter(|_| phrase.len() == 1) {
        let (name, role) = (phrase.clone(), None);
        return Naming {
            name,
            role,
            source_type: SourceType::Unknown,
            pronoun: Some(found),
        };
    }
    let comma = phrase.clone().find(|k| words[*k].tag == tag!(","));
    let head = phrase.start
        ..comma
            .unwrap_or(phrase.end)
            .max(phrase.start + 1)
            .min(phrase.end);
    // "Ann Orr, who has been mayor since 2010": what is told is no function.
    let relative = |r: &Range<usize>| reading.lists.pronouns.relative.has(words[r.start].id);
    let after = comma
        .map(|c| c + 1..phrase.end)
        .map(|r| described(reading, r))
        .filter(|r| !r.is_empty() && !relative(r));
    let named = own_name(reading, &head);
    if let Some(person) =
        comma.and_then(|c| person_behind(reading, &head, named.as_ref(), c..phrase.end))
    {
        return person;
    }
    if let Some(name) = named.as_ref().filter(|name| joined(reading, &head, name)) {
        return Naming {
            name: head.start..name.end,
            role: None,
            source_type: SourceType::Group,
            pronoun: None,
        };
    }
    match named {
        Some(name) => {
            let before = strip_article(reading, head.start..name.start);
            let before = trim_marks(reading, before);
            let courtesy = reading.lists.names.courtesy.has(reading.word(before.start));
            let role = after.or((!before.is_empty() && !courtesy).then_some(before));
            let source_type = name_type(reading, &name, role.is_some());
            Naming {
                name,
                role,
                source_type,
                pronoun: None,
            }
        }
        None => {
            let name = strip_article(reading, head.clone());
            let name = if name.is_empty() { head } else { name };
            let source_type = noun_type(reading, phrase);
            Naming {
                name,
                role: after,
                source_type,
                pronoun: None,
            }
        }
    }
}

/// Whether "and" and another name stand before a name: "Ann Orr and Bo Tate" are two.
fn joined(reading: &Reading<'_>, head: &Range<usize>, name: &Range<usize>) -> bool {
    let words = &reading.words;
    let large = |k: usize| words[k].tag == tag!("NNP") && words[k].shape != Shape::Lower;
    (head.start + 1..name.start).any(|k| words[k].tag == tag!("CC") && large(k - 1))
}

/// The person whose function comes first ("the mayor, Tom Bell,"): `rest` begins with the comma.
fn person_behind(
    reading: &Reading<'_>,
    head: &Range<usize>,
    named: Option<&Range<usize>>,
    rest: Range<usize>,
) -> Option<Naming> {
    let words = &reading.words;
    let functional = |k: usize| matches!(words[k].noun, Noun::Person | Noun::Title);
    let is_function = match named {
        Some(name) => functional(name.end - 1),
        None => noun_type(reading, head) == SourceType::UnnamedPerson,
    };
    if !is_function {
        return None;
    }
    let from = rest.start + 1;
    let end = (from..rest.end)
        .find(|k| words[*k].tag == tag!(","))
        .unwrap_or(rest.end);
    let name = own_name(reading, &(from..end)).filter(|n| !functional(n.end - 1))?;
    let leads = (from..name.start).all(|k| functional(k) || !words[k].is_word());
    (leads && name_type(reading, &name, true) == SourceType::NamedPerson).then(|| Naming {
        name,
        role: Some(trim_marks(reading, strip_article(reading, head.clone()))),
        source_type: SourceType::NamedPerson,
        pronoun: None,
    })
}

/// What is said of somebody behind the name, without an age in front ("54, a baker").
fn described(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let mut range = trim_marks(reading, range);
    let first = range.start;
    let age = |k: usize| {
        let word = reading.word(k);
        word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())
    };
    if first < range.end && age(first) {
        let alone = first + 1 == range.end || reading.words[first + 1].tag == tag!(",");
        if alone {
            range = trim_marks(reading, first + 1..range.end);
        }
    }
    range
}

/// Takes the label of a speaker's turn apart: it names a person, a title before it aside.
pub(super) fn speaker(reading: &Reading<'_>, turn: &Turn) -> Naming {
    let label = &turn.speaker;
    let titles = label.clone().take_while(|k| {
        let word = &reading.words[*k];
        word.noun == Noun::Title || !word.is_word()
    });
    let from = (label.start + titles.count()).min(label.end - 1);
    let title = trim_marks(reading, label.start..from);
    Naming {
        name: from..label.end,
        role: (!title.is_empty()).then_some(title),
        source_type: match turn.unnamed {
            true => SourceType::UnnamedPerson,
            false => SourceType::NamedPerson,
        },
        pronoun: None,
    }
}

fn trim_marks(reading: &Reading<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && !reading.words[range.start].is_word() {
        range.start += 1;
    }
    while range.start < range.end && !reading.words[range.end - 1].is_word() {
        range.end -= 1;
    }
    range
}

fn strip_article(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let article = |k: usize| reading.lists.names.articles.has(reading.word(k));
    if range.start < range.end && article(range.start) {
        range.start + 1..range.end
    } else {
        range
    }
}

/// The name the phrase is about: its last run of names that no preposition leads in and no
/// common noun follows ("Trump supporters" are not Trump).
fn own_name(reading: &Reading<'_>, head: &Range<usize>) -> Option<Range<usize>> {
    let words = &reading.words;
    let is_name = |k: usize| {
        let w = &words[k];
        w.is_name() || w.shape == Shape::Capital && k > head.start && w.tag <= tag!("NNP")
    };
    let mut found = None;
    let mut k = head.start;
    while k < head.end {
        if found.is_some() && words[k].tag == tag!("(") {
            // What stands in brackets behind a name is no name of its own.
            break;
        }
        if !is_name(k) {
            k += 1;
            continue;
        }
        let start = k;
        while k < head.end && (is_name(k) || joins_names(reading, k, head.end)) {
            k += 1;
        }
        let from = start + titles(reading, start..k);
        let led_in = start > head.start && words[start - 1].tag == tag!("IN");
        let common = |w: &Word| {
            [tag!("NN"), tag!("NNS"), tag!("POS")].contains(&w.tag) || w.noun != Noun::None
        };
        let noun_follows = k < head.end && common(&words[k]);
        let dated = (from..k).all(|k| reading.lists.names.calendar.has(reading.word(k)));
        if !led_in && !noun_follows && !dated {
            found = Some(from..k);
        } else if found.is_some() {
            break;
        }
    }
    // "The former Secretary" is no name, "Cook" may be one.
    let described = words[head.start].tag == tag!("DT");
    let function = |k: usize| match words[k].noun {
        Noun::Title => true,
        noun => noun == Noun::Person && described,
    };
    found.filter(|r| r.len() > 1 || !function(r.start))
}

/// Initials' stops, "de", "van", "&" and "of the" inside a name.
fn joins_names(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    let next = at + 1 < end && reading.words[at + 1].tag == tag!("NNP");
    let (word, lists) = (reading.word(at), &reading.lists.names);
    let body = || reading.words[at - 1].noun == Noun::Organisation;
    next && (lists.joints.has(word) || lists.body_joints.has(word) && body())
}

/// What a name is the name of.
pub(super) fn name_type(reading: &Reading<'_>, name: &Range<usize>, has_role: bool) -> SourceType {
    let words = &reading.words;
    let any = |noun: Noun| name.clone().any(|k| words[k].noun == noun);
    let the = name.start > 0
        && reading
            .lists
            .names
            .definite
            .has(reading.word(name.start - 1));
    let plural = words[name.end - 1].noun == Noun::Group;
    let bodily = is_body(reading, name.clone());
    let called = gender_of(reading, name.start).is_some();
    let lists = &reading.lists.names;
    let acronym = name.len() == 1 && words[name.start].shape == Shape::Upper;
    let belonging = &reading.lists.unnamed.belonging;
    if plural {
        SourceType::Group
    } else if the && name.len() == 1 && belonging.has(words[name.start].id)
        || name.len() > 1 && lists.titles.has(reading.word(name.end - 1))
    {
        SourceType::UnnamedPerson
    } else if any(Noun::Media) && !any(Noun::Title)
        || name.len() > 1 && lists.papers.has(reading.word(name.end - 1)) && !called
    {
        SourceType::Media
    } else if any(Noun::Document) {
        SourceType::Document
    } else if bodily || any(Noun::Organisation) || (the && !has_role) || (acronym && !has_role) {
        SourceType::Organisation
    } else {
        SourceType::NamedPerson
    }
}

/// The type of a phrase without a name, by its head noun: the last before a preposition.
fn noun_type(reading: &Reading<'_>, phrase: &Range<usize>) -> SourceType {
    let words = &reading.words;
    let stop = |k: &usize| {
        *k > phrase.start
            && (words[*k].tag == tag!("IN")
                || words[*k].tag == tag!(",")
                || words[*k].tag == tag!("WP"))
    };
    let end = phrase.clone().find(stop).unwrap_or(phrase.end);
    let list = &reading.lists.unnamed.unnamed;
    let unnamed = phrase.clone().any(|k| list.has(words[k].id));
    let known = |r: Range<usize>| {
        r.rev()
            .map(|k| words[k].noun)
            .find(|n| !matches!(n, Noun::None | Noun::Title))
    };
    match known(phrase.start..end).or_else(|| known(phrase.clone())) {
        Some(Noun::Person) => SourceType::UnnamedPerson,
        Some(Noun::Group) if unnamed => SourceType::UnnamedPerson,
        Some(Noun::Group) => SourceType::Group,
        Some(Noun::Organisation) => SourceType::Organisation,
        Some(Noun::Media) => SourceType::Media,
        Some(Noun::Document) => SourceType::Document,
        _ if unnamed => SourceType::UnnamedPerson,
        _ if words[end - 1].tag == tag!("NNS") => SourceType::Group,
        _ => SourceType::Unknown,
    }
}

#[cfg(test)]
mod tests;
