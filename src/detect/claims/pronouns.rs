//! Pronouns of a claim: what each asks for, and what it may stand for.

use std::ops::Range;

use crate::detect::finding::SourceType;
use crate::detect::language::entry::Noun;
use crate::detect::language::lists::FullWords;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::word::Word;

/// What a pronoun asks for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Asks {
    Person,
    Several,
    Thing,
}

/// Nouns of a claim that a pronoun behind them may stand for.
#[derive(Default)]
pub(super) struct Antecedents {
    any: bool,
    person: bool,
    several: bool,
}

impl Antecedents {
    pub(super) fn add(&mut self, word: &Word) {
        let plural = word.tag == tag!("NNS");
        self.any |= plural || word.is_name() || word.tag == tag!("NN");
        self.several |= plural || word.is_name();
        self.person |= word.is_name() || word.noun == Noun::Person;
    }

    pub(super) fn may_be(&self, asks: Asks, owner: bool) -> bool {
        match asks {
            _ if owner => self.any,
            Asks::Person => self.person,
            Asks::Several => self.several,
            Asks::Thing => self.any,
        }
    }
}

/// What a word asks for, and whether as an owner.
pub(super) fn asked(word: &Word, full: &FullWords) -> Option<(Asks, bool)> {
    let id = word.id;
    let owner = word.tag == tag!("PRP$");
    if full.hers.has(id) && owner || full.his.has(id) {
        Some((Asks::Person, true))
    } else if full.he.has(id) || full.she.has(id) {
        Some((Asks::Person, false))
    } else if full.theirs.has(id) {
        Some((Asks::Several, true))
    } else if full.they.has(id) {
        Some((Asks::Several, false))
    } else if full.its.has(id) {
        Some((Asks::Thing, true))
    } else if full.it.has(id) {
        Some((Asks::Thing, false))
    } else {
        None
    }
}

/// Whether a man and a woman are spoken of.
pub(super) fn both_genders(
    reading: &Reading<'_>,
    full: &FullWords,
    pieces: &[Range<usize>],
) -> bool {
    let ids = || {
        pieces
            .iter()
            .flat_map(|p| reading.words[p.clone()].iter())
            .map(|w| w.id)
    };
    ids().any(|id| full.he.has(id) || full.his.has(id))
        && ids().any(|id| full.she.has(id) || full.hers.has(id))
}

/// Whether a pronoun is a subject: its relation says so, and a verb is near behind it.
pub(super) fn is_subject(reading: &Reading<'_>, at: usize) -> bool {
    let verb = |w: &Word| w.is_verb() || w.tag == tag!("MD");
    reading.words[at].is_subject() && reading.words[at + 1..].iter().take(3).any(verb)
}

pub(super) fn agrees(source: SourceType, asks: Asks) -> bool {
    match asks {
        Asks::Person => matches!(
            source,
            SourceType::NamedPerson | SourceType::UnnamedPerson | SourceType::Unknown
        ),
        Asks::Several => !matches!(source, SourceType::NamedPerson | SourceType::UnnamedPerson),
        Asks::Thing => matches!(
            source,
            SourceType::Organisation
                | SourceType::Document
                | SourceType::Media
                | SourceType::Unknown
        ),
    }
}

/// Whether a pronoun may stand for this word as well.
pub(super) fn may_mean(reading: &Reading<'_>, at: usize, asks: Asks) -> bool {
    let word = &reading.words[at];
    // "In June": no preposition leads in a person of that name.
    let led_in = at > 0 && reading.words[at - 1].tag == tag!("IN");
    let dated = reading.lists.names.calendar.has(reading.word(at))
        || led_in && reading.lists.cards.calendar.has(word.id);
    let name = word.is_name() && !dated;
    let beside = |k: Option<usize>| {
        k.and_then(|k| reading.words.get(k))
            .is_some_and(|w| w.sentence == word.sentence && w.is_name())
    };
    match asks {
        Asks::Person => {
            let two = beside(at.checked_sub(1)) || beside(Some(at + 1));
            let subject = word.is_subject();
            word.noun == Noun::Person || word.noun == Noun::Title || name && (two || subject)
        }
        Asks::Several => word.tag == tag!("NNS") || name,
        Asks::Thing => {
            let thing = word.tag == tag!("NN") && word.noun != Noun::Person;
            name || thing && word.is_subject()
        }
    }
}
