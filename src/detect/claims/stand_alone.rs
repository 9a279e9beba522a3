//! A claim in words that stand alone: whoever "I", "she" or a surname is, told in full.
//!
//! Nothing is guessed: a word is told in full only where the article leaves no other to mean.
//! What it leaves open is a gap in brackets where the claim cannot be read without it, and else
//! stays as it is. Every inserted name keeps the place it was taken from.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dates::dated;
use super::pronouns::{Antecedents, Asks, agrees, asked, both_genders, is_subject, may_mean};
use super::rewriting::{Edit, agreeing, written};
use crate::detect::finding::{Attribution, SourceMention, SourceType, StandAlone, Voice};
use crate::detect::language::entry::Noun;
use crate::detect::language::tags::tag;
use crate::detect::reading::Reading;
use crate::detect::reading::gender::{Gender, gender_of, pronoun_gender};
use crate::detect::reading::word::{NONE, Shape, Word};
use crate::text::{Mark, Span};

/// How often one claim may name its speaker, where no pronoun is known for him.
const MOST_NAMES: usize = 3;
/// Longest role that is told with a name, in words.
const LONGEST_ROLE: usize = 7;
/// Sentences that are looked into for whom a pronoun means: its own and those before it.
const NEAR: usize = 4;
/// Words and mentions at most that are looked into for it.
const LOOK: usize = 240;
const MENTIONS: usize = 32;

/// Whoever is named in an article, by what they are called; made once for all its claims.
pub(super) struct Mentions<'a> {
    /// In text order.
    sources: &'a [SourceMention],
    by_mark: FxHashMap<&'a Mark, usize>,
    /// Where an entity is first named, and with its role.
    named: FxHashMap<usize, Named>,
    /// The one named person with a last name, by that name; `None` where several may be meant.
    surnames: FxHashMap<u32, Option<usize>>,
}

/// Where an entity is first named.
#[derive(Clone, Copy)]
struct Named {
    name: Span,
    /// Name and role in one stretch, and whether the role stands behind.
    full: Option<(Span, bool)>,
}

impl<'a> Mentions<'a> {
    /// Looks through the mentions of an article, and once through its words.
    pub(super) fn new(reading: &Reading<'_>, sources: &'a [SourceMention]) -> Mentions<'a> {
        let mut mentions = Mentions {
            sources,
            by_mark: FxHashMap::default(),
            named: FxHashMap::default(),
            surnames: FxHashMap::default(),
        };
        for (k, source) in sources.iter().enumerate() {
            mentions.by_mark.entry(&source.mark).or_insert(k);
            let Some(named) = named(reading, source) else {
                continue;
            };
            let first = mentions.named.entry(source.entity).or_insert(named);
            if first.full.is_none() && named.full.is_some() {
                *first = named;
            }
        }
        let mut persons: FxHashSet<usize> = FxHashSet::default();
        for source in sources {
            let is_person = source.source_type == SourceType::NamedPerson;
            let Some(named) = mentions.named.get(&source.entity) else {
                continue;
            };
            let words = reading.words_in(named.name);
            if !is_person || words.len() < 2 || !persons.insert(source.entity) {
                continue;
            }
            let holder = mentions
                .surnames
                .entry(reading.words[words.end - 1].id)
                .or_insert(Some(source.entity));
            if *holder != Some(source.entity) {
                *holder = None;
            }
        }
        // Somebody else of the same last name makes it nobody's.
        for k in 1..reading.words.len() {
            let (before, word) = (&reading.words[k - 1], &reading.words[k]);
            let Some(Some(entity)) = mentions.surnames.get(&word.id).copied() else {
                continue;
            };
            let words = reading.words_in(mentions.named[&entity].name);
            let known = reading.words[words].iter().any(|w| w.id == before.id);
            let titled = before.noun != Noun::None || before.known > 0;
            if before.is_name() && word.is_name() && !known && !titled {
                mentions.surnames.insert(word.id, None);
            }
        }
        mentions
    }

    /// The claim on `pieces` in words that stand alone; `None` where they are its own, or where
    /// they cannot be told in good grammar.
    pub(super) fn stand_alone(
        &self,
        reading: &Reading<'_>,
        pieces: &[Range<usize>],
        attribution: Option<&Attribution>,
        voice: Voice,
    ) -> Option<StandAlone> {
        let source = attribution
            .and_then(|a| a.source.as_ref())
            .and_then(|mark| self.by_mark.get(mark))
            .map(|k| &self.sources[*k]);
        let pieces = &without_that(reading, pieces);
        let spoken = match voice {
            Voice::Direct => true,
            Voice::Own => false,
            Voice::Indirect => speaks(reading, pieces),
        };
        let mut edits = match spoken {
            true => self.spoken(reading, pieces, source)?,
            false => self.pronouns(reading, pieces),
        };
        edits.extend(self.surnames(reading, pieces));
        edits.extend(dated(reading, pieces));
        edits.sort_by_key(|edit| edit.at);
        // Two names in a row are no sentence.
        let crowded = |two: &[Edit<'_>]| {
            let between = two[0].at.end..two[1].at.start.max(two[0].at.end);
            let names = two.iter().all(|e| e.from.is_some_and(|from| from != e.at));
            names && reading.text[between].trim().is_empty()
        };
        if edits.is_empty() || edits.windows(2).any(crowded) {
            return None;
        }
        Some(written(reading, pieces, &edits))
    }

    /// The speaker's name in place of I and my; `None` where that makes no sentence.
    fn spoken<'t>(
        &self,
        reading: &Reading<'t>,
        pieces: &[Range<usize>],
        source: Option<&SourceMention>,
    ) -> Option<Vec<Edit<'t>>> {
        let full = &reading.lists.full_words;
        let name = source
            .filter(|s| s.source_type == SourceType::NamedPerson)
            .and_then(|s| self.named.get(&s.entity))
            .map(|named| named.name);
        let mut edits = Vec::new();
        let mut named = 0;
        for piece in pieces {
            for k in piece.clone() {
                let (word, at) = (&reading.words[k], reading.words[k].span());
                let owner = full.speakers.has(word.id);
                if full.together.has(word.id) && k == pieces[0].start {
                    edits.push(gap(at, full.who.text(), ""));
                } else if owner || full.speaker.has(word.id) {
                    let name = name?;
                    let subject = full.subject.has(word.id);
                    // "Me around, …" has lost its beginning.
                    let cut = !subject && !owner && k == pieces[0].start;
                    // Whoever is named once is he or she from there on.
                    let again = pronoun_for(reading, name, word.id).filter(|_| named > 0);
                    named += 1;
                    // Himself or herself is not told by a name, nor is the same name four times.
                    let reflexive = !owner && word.span().len() > 2;
                    if cut || again.is_none() && (reflexive || named > MOST_NAMES) {
                        return None;
                    }
                    let (text, tail) = match again {
                        Some(pronoun) => (pronoun, ""),
                        None => (name.of(reading.text), if owner { "'s" } else { "" }),
                    };
                    edits.push(Edit {
                        at,
                        text: text.into(),
                        from: Some(name),
                        tail,
                    });
                    if subject {
                        edits.extend(agreeing(reading, k, piece)?);
                    }
                }
            }
        }
        Some(edits)
    }

    /// Names or gaps in place of he, its or they, the first of each.
    fn pronouns<'t>(&self, reading: &Reading<'t>, pieces: &[Range<usize>]) -> Vec<Edit<'t>> {
        let full = &reading.lists.full_words;
        let mut edits = Vec::new();
        let mut nouns = Antecedents::default();
        let mut told = [false; 3];
        let both = both_genders(reading, full, pieces);
        for k in pieces.iter().flat_map(Clone::clone) {
            let word = &reading.words[k];
            let Some((asks, owner)) = asked(word, full) else {
                nouns.add(word);
                continue;
            };
            let first = !std::mem::replace(&mut told[asks as usize], true);
            if !first || nouns.may_be(asks, owner) {
                continue;
            }
            let tail = if owner { "'s" } else { "" };
            let subject = is_subject(reading, k);
            let meant = self.meant(reading, k, asks);
            match meant.filter(|_| !(both && asks == Asks::Person)) {
                Some(name) => edits.push(Edit {
                    at: word.span(),
                    text: name.of(reading.text).into(),
                    from: Some(name),
                    tail,
                }),
                None if asks == Asks::Thing => {
                    let empty = reading
                        .words
                        .get(k + 1)
                        .is_none_or(|verb| full.empty.has(verb.id) || !verb.is_verb());
                    if owner || (subject && k == pieces[0].start && !empty) {
                        edits.push(gap(word.span(), full.what.text(), tail));
                    }
                }
                // "In his youth, Bo Tate …": whoever is meant is told behind it.
                None if asks == Asks::Person && told_behind(reading, pieces, k) => {}
                None if owner || subject => edits.push(gap(word.span(), full.who.text(), tail)),
                None => {}
            }
        }
        edits
    }

    /// Where the only one is named whom a pronoun can mean.
    fn meant(&self, reading: &Reading<'_>, pronoun: usize, asks: Asks) -> Option<Span> {
        let start = reading.words[pronoun].span().start;
        let sentence = reading.words[pronoun].sentence as usize;
        let from = reading.sentences[sentence.saturating_sub(NEAR - 1)]
            .words
            .start
            .max(pronoun.saturating_sub(LOOK));
        let near = reading.words[from].span().start;
        let before = self.sources.partition_point(|m| m.mark.start() < start);
        let gender = pronoun_gender(reading, pronoun);
        let other = |told: Option<Gender>| told.is_some() && gender.is_some() && told != gender;
        let mut only: Option<&SourceMention> = None;
        let mut covered: Vec<(Span, SourceType)> = Vec::new();
        for mention in self.sources[..before].iter().rev().take(MENTIONS) {
            if mention.mark.start() < near {
                break;
            }
            covered.push((mention.mark.hull(), mention.source_type));
            let named = self.named.get(&mention.entity);
            let told = named.and_then(|named| told_gender(reading, named.name));
            if !agrees(mention.source_type, asks) || other(told) {
                continue;
            }
            if only.is_some_and(|other| other.entity != mention.entity) {
                return None;
            }
            only = Some(mention);
        }
        let only = only?;
        let name = self.named.get(&only.entity)?.name;
        let own = reading.words_in(name);
        let is_own = |w: &Word| reading.words[own.clone()].iter().any(|o| o.id == w.id);
        // Whoever else is spoken of, though no source, may be meant as well.
        let another = (from..pronoun).any(|k| {
            let word = &reading.words[k];
            // A phrase with a name may name somebody else beside it.
            let aside = is_own(word)
                || other(named_gender(reading, k))
                || covered.iter().any(|(hull, source)| {
                    hull.covers(word.span()) && !(word.is_name() && agrees(*source, Asks::Person))
                });
            !aside && may_mean(reading, k, asks)
        });
        let person = only.source_type == SourceType::NamedPerson;
        let several = asks == Asks::Several && only.source_type == SourceType::Group;
        (!another && (person || several || asks == Asks::Thing)).then_some(name)
    }

    /// Full names in place of surnames alone, with the role where it is told.
    fn surnames<'t>(&self, reading: &Reading<'t>, pieces: &[Range<usize>]) -> Vec<Edit<'t>> {
        let mut edits: Vec<Edit<'t>> = Vec::new();
        let mut told: FxHashSet<u32> = FxHashSet::default();
        for piece in pieces {
            for k in piece.clone() {
                let word = &reading.words[k];
                let Some(Some(entity)) = self.surnames.get(&word.id) else {
                    continue;
                };
                if !told.insert(word.id) || !word.is_name() {
                    continue;
                }
                let named = self.named[entity];
                let courtesy = courtesy_before(reading, k).filter(|b| *b >= piece.start);
                let start = courtesy.unwrap_or(k);
                let beside = |k: Option<usize>| {
                    k.and_then(|k| reading.words.get(k))
                        .is_some_and(|w| w.sentence == word.sentence && stands_in_name(w))
                };
                let opens = reading.sentence_of(start).words.start == start;
                let common =
                    opens && courtesy.is_none() && word.known > 0 && word.known - 1 != tag!("NNP");
                if common
                    || named.name.start >= word.span().start
                    || beside(start.checked_sub(1))
                    || beside(Some(k + 1))
                {
                    continue;
                }
                let next = (k + 1 < piece.end).then(|| &reading.words[k + 1]);
                let possessive = next.is_some_and(|w| w.tag == tag!("POS"));
                let (from, behind) = match named.full {
                    Some((_, true)) if possessive => (named.name, false),
                    Some(full) => full,
                    None => (named.name, false),
                };
                edits.push(Edit {
                    at: Span::new(reading.words[start].span().start, word.span().end),
                    text: from.of(reading.text).into(),
                    from: Some(from),
                    tail: if behind && next.is_some_and(Word::is_word) {
                        ","
                    } else {
                        ""
                    },
                });
            }
        }
        edits
    }
}

/// The pronoun for a person of this name in place of "I", "me" or "my".
fn pronoun_for(reading: &Reading<'_>, name: Span, speaker: u32) -> Option<&'static str> {
    let full = &reading.lists.full_words;
    let forms = match told_gender(reading, name)? {
        Gender::Man => &full.he_for,
        Gender::Woman => &full.she_for,
    };
    forms.of(speaker)
}

/// What the first name of a name tells.
fn told_gender(reading: &Reading<'_>, name: Span) -> Option<Gender> {
    let first = reading.words_in(name).start;
    reading.words.get(first)?;
    gender_of(reading, first)
}

/// What a word tells of whom it names, or the first name in front of a last name.
fn named_gender(reading: &Reading<'_>, at: usize) -> Option<Gender> {
    let words = &reading.words;
    let before = at.checked_sub(1).filter(|k| {
        let both = words[*k].is_name() && words[at].is_name();
        both && words[*k].sentence == words[at].sentence
    });
    gender_of(reading, at).or_else(|| gender_of(reading, before?))
}

/// Whether a pronoun stands in what leads a claim in, and its subject is a name behind a comma.
fn told_behind(reading: &Reading<'_>, pieces: &[Range<usize>], pronoun: usize) -> bool {
    let Some(piece) = pieces.iter().find(|p| p.contains(&pronoun)) else {
        return false;
    };
    let words = &reading.words;
    let comma = (pronoun..piece.end).find(|k| words[*k].tag == tag!(","));
    let subject = comma.and_then(|comma| {
        let mut behind = comma + 1..piece.end;
        behind.find(|k| words[*k].is_subject())
    });
    subject.is_some_and(|k| words[k].is_name())
}

/// "Mr" or "Mrs" right before a word.
fn courtesy_before(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let names = &reading.lists.names;
    let title = |k: usize| names.courtesy.has(reading.word(k).trim_end_matches('.'));
    let stop = at > 1 && reading.word(at - 1) == ".";
    let before = at.checked_sub(1 + usize::from(stop))?;
    title(before).then_some(before)
}

/// The claim without the "that" that led it in.
fn without_that(reading: &Reading<'_>, pieces: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces = pieces.to_vec();
    if let Some(first) = pieces.first_mut().filter(|p| p.len() > 1) {
        let word = &reading.words[first.start];
        let led_in = word.tag == tag!("IN") && reading.lists.reports.that.has(word.id);
        first.start += usize::from(led_in);
    }
    pieces
}

/// Whether a speaker speaks of himself in a quotation.
fn speaks(reading: &Reading<'_>, pieces: &[Range<usize>]) -> bool {
    let full = &reading.lists.full_words;
    let words = pieces.iter().flat_map(|p| &reading.words[p.clone()]);
    let mut quoted = words.filter(|w| w.quotation != NONE);
    quoted.any(|w| full.subject.has(w.id) || full.speakers.has(w.id))
}

/// Where a mention names its entity, if it does.
fn named(reading: &Reading<'_>, source: &SourceMention) -> Option<Named> {
    if source.source_type == SourceType::ImageCredit {
        return None;
    }
    let hull = source.mark.hull();
    let find = |words: &str, within: Span| {
        let at = within.of(reading.text).find(words)?;
        Some(Span::new(
            within.start + at,
            within.start + at + words.len(),
        ))
    };
    let name = find(&source.name, hull)?;
    let role = source.role.as_deref().and_then(|role| {
        find(role, Span::new(hull.start, name.start))
            .map(|span| (Span::new(span.start, name.end), false))
            .or_else(|| {
                let behind = find(role, Span::new(name.end, hull.end))?;
                Some((Span::new(name.start, behind.end), true))
            })
    });
    // Nothing but signs between the two.
    let close = |(full, _): &(Span, bool)| {
        let role = source.role.as_ref().map_or(0, String::len);
        let words = &reading.words[reading.words_in(*full)];
        // “Ann Orr of her rival Bea Lund”: no role.
        let another = words.iter().any(|w| w.tag == tag!("PRP$"));
        !another
            && words.len() <= LONGEST_ROLE + reading.words_in(name).len()
            && full.len() <= name.len() + role + 2
            && !full.of(reading.text).contains(['\n', '('])
    };
    Some(Named {
        name,
        full: role.filter(close),
    })
}

fn gap(at: Span, text: &'static str, tail: &'static str) -> Edit<'static> {
    Edit {
        at,
        text: text.into(),
        from: None,
        tail,
    }
}

/// Whether a word beside a surname makes it part of something longer.
fn stands_in_name(word: &Word) -> bool {
    const CAPITALS: [Shape; 3] = [Shape::Capital, Shape::Upper, Shape::Mixed];
    let capital = CAPITALS.contains(&word.shape);
    let joins = word.tag == tag!("-");
    joins || capital && (word.is_name() || word.noun != Noun::None)
}
