//! Merging one annotation or link that both sides have.
//!
//! Suggestions are slots of maps and need no conflict. Answers and evidence conflict where both
//! sides changed the same slot, and what is shared (attributes, kind, target) where both sides
//! changed the same field: one of the values is put in use, the same whoever merges, and all of
//! them are noted in the record's `conflicts`.

use std::fmt::Debug;

use serde_json::{Map, Value};

use super::super::conflict::{ADJUDICATION, digest};
use super::super::same::{BESIDE, beside_both};
use super::super::{Annotation, Id, Link, Target, Time, spelling};
use super::answers;
use super::three_way::{Clash, Pick, Three, fields, keyed, pick};

/// In whose text the merged document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    /// Both sides have the same.
    Same,
    /// Ours, and theirs has another.
    Ours,
    /// Theirs, and ours has another.
    Theirs,
}

/// Merges two versions of an annotation and gives back the names of the fields that clash.
pub(super) fn annotation(
    base: Option<&Annotation>,
    ours: &Annotation,
    theirs: &Annotation,
    texts: Texts,
) -> (Annotation, Vec<String>) {
    let three = Three {
        base,
        ours: Some(ours),
        theirs: Some(theirs),
    };
    let mut clashes = Vec::new();
    let words = |annotation: &Annotation| Value::from(annotation.kind.as_str());
    let kind = match pick(three.each(|a| a.map(|a| &a.kind)), |a, b| a == b) {
        Pick::One(kind) => kind.clone(),
        _ => {
            clashes.push(Clash::new("kind", three.each(|a| a.map(words))));
            last(ours, theirs, words).kind.clone()
        }
    };
    let target = target(base, ours, theirs, texts).unwrap_or_else(|| {
        let place = |a: &Annotation| Value::Object(spelling::target(&a.target));
        clashes.push(Clash::new("target", three.each(|a| a.map(place))));
        last(ours, theirs, place).target.clone()
    });
    let attributes = fields(three.each(|a| a.map(|a| &a.attributes)), &mut clashes);
    let mut unknown = fields(three.each(|a| a.map(|a| &a.unknown)), &mut clashes);
    let before = clashes.len();
    clashes.retain(|clash| clash.field != BESIDE);
    if clashes.len() < before {
        unknown.insert(BESIDE.to_owned(), beside_both(ours, theirs));
    }
    let entries = three.each(|a| a.map(|a| &a.conflicts));
    let (mut conflicts, mut names) = noted(entries, clashes);
    let merged = Annotation {
        id: ours.id.clone(),
        kind,
        target,
        attributes,
        suggestions: keyed(
            three.each(|a| a.map_or(&[][..], |a| &a.suggestions)),
            // Immutable: of two under one run the first known stays.
            |_, base, ours, theirs| match base {
                Some(first) => first.clone(),
                None => later(ours, theirs, |_| ()),
            },
        ),
        reviews: answers::slots(
            three.each(|a| a.map_or(&[][..], |a| &a.reviews)),
            entries,
            answers::of_reviewer,
            &mut conflicts,
            &mut names,
        ),
        adjudication: answers::one(
            three.each(|a| a.and_then(|a| a.adjudication.as_ref())),
            entries,
            ADJUDICATION,
            &mut conflicts,
            &mut names,
        ),
        evidence: answers::slots(
            three.each(|a| a.map_or(&[][..], |a| &a.evidence)),
            entries,
            answers::of_evidence,
            &mut conflicts,
            &mut names,
        ),
        conflicts,
        unknown,
        counts: ours.counts.clone(),
    };
    (merged, names)
}

/// What earlier merges noted, with the clashes of this one, and the names of these.
fn noted(
    entries: Three<Option<&Map<String, Value>>>,
    clashes: Vec<Clash>,
) -> (Map<String, Value>, Vec<String>) {
    // What two earlier merges noted about one field is not worth a note of its own.
    let mut conflicts = fields(entries, &mut Vec::new());
    let mut names = Vec::with_capacity(clashes.len());
    for clash in clashes {
        names.push(clash.field.clone());
        conflicts.insert(clash.field, clash.values);
    }
    (conflicts, names)
}

/// Of two versions the one whose value comes last, whichever is called ours.
fn last<'a, R>(ours: &'a R, theirs: &'a R, value: impl Fn(&R) -> Value) -> &'a R {
    if digest(&value(ours)) > digest(&value(theirs)) {
        ours
    } else {
        theirs
    }
}

/// Merges two versions of a link and gives back the names of the fields that clash.
pub(super) fn link(base: Option<&Link>, ours: &Link, theirs: &Link) -> (Link, Vec<String>) {
    let three = Three {
        base,
        ours: Some(ours),
        theirs: Some(theirs),
    };
    let mut clashes = Vec::new();
    let mut ends = |name: &str, part: fn(&Link) -> &str| match pick(
        three.each(|link| link.map(part)),
        |a, b| a == b,
    ) {
        Pick::One(end) => end.to_owned(),
        _ => {
            let word = |link: &Link| Value::from(part(link));
            clashes.push(Clash::new(name, three.each(|link| link.map(word))));
            part(last(ours, theirs, word)).to_owned()
        }
    };
    let link_type = ends("type", |link| &link.link_type);
    let from = Id::new(ends("from", |link| link.from.as_str()));
    let to = Id::new(ends("to", |link| link.to.as_str()));
    let unknown = fields(
        three.each(|link| link.map(|link| &link.unknown)),
        &mut clashes,
    );
    let entries = three.each(|link| link.map(|link| &link.conflicts));
    let (mut conflicts, mut names) = noted(entries, clashes);
    let merged = Link {
        id: ours.id.clone(),
        link_type,
        from,
        to,
        suggestions: keyed(
            three.each(|link| link.map_or(&[][..], |link| &link.suggestions)),
            |_, base, ours, theirs| match base {
                Some(first) => first.clone(),
                None => later(ours, theirs, |_| ()),
            },
        ),
        reviews: answers::slots(
            three.each(|link| link.map_or(&[][..], |link| &link.reviews)),
            entries,
            answers::of_reviewer,
            &mut conflicts,
            &mut names,
        ),
        conflicts,
        unknown,
    };
    (merged, names)
}

/// The later of two; of two of one time the same whichever side is called ours.
pub(super) fn later<'a, V: Clone + Debug, T: Ord>(
    ours: &'a V,
    theirs: &'a V,
    at: impl Fn(&'a V) -> T,
) -> V {
    let theirs_wins = at(theirs)
        .cmp(&at(ours))
        .then_with(|| format!("{theirs:?}").cmp(&format!("{ours:?}")))
        .is_gt();
    if theirs_wins { theirs } else { ours }.clone()
}

/// Whether two targets stand in the same place, whatever article is at hand.
pub(super) fn same_place(a: &Target, b: &Target) -> bool {
    a.quote == b.quote && a.prefix == b.prefix && a.suffix == b.suffix && a.anchor == b.anchor
}

/// The target that holds; nothing if both sides chose other words and no review tells whose
/// are the later.
fn target(
    base: Option<&Annotation>,
    ours: &Annotation,
    theirs: &Annotation,
    texts: Texts,
) -> Option<Target> {
    let (our, their) = (&ours.target, &theirs.target);
    let in_head = match texts {
        Texts::Theirs => their,
        Texts::Same | Texts::Ours => our,
    };
    if same_place(our, their) {
        return Some(in_head.clone());
    }
    if let Some(base) = base.map(|base| &base.target) {
        // In two texts the places differ by themselves: words alone tell who changed them.
        let same = |side: &Target| match texts {
            Texts::Same => same_place(base, side),
            _ => base.quote.same_words(&side.quote),
        };
        match (same(our), same(their)) {
            (true, true) => return Some(in_head.clone()),
            (true, false) => return Some(their.clone()),
            (false, true) => return Some(our.clone()),
            (false, false) => {}
        }
    }
    let same_words = our.quote.same_words(&their.quote);
    if same_words && (texts != Texts::Same || our.quote == their.quote) {
        return Some(in_head.clone());
    }
    match said_at(theirs).cmp(&said_at(ours)) {
        std::cmp::Ordering::Greater => Some(their.clone()),
        std::cmp::Ordering::Less => Some(our.clone()),
        std::cmp::Ordering::Equal if same_words => Some(in_head.clone()),
        std::cmp::Ordering::Equal => None,
    }
}

/// When a person last said that the target's words are the ones.
fn said_at(annotation: &Annotation) -> Option<&Time> {
    let answers = annotation.reviews.iter().map(|(_, review)| review);
    answers
        .chain(&annotation.adjudication)
        .filter(|review| review.stands_behind())
        .filter(|review| {
            let quote = review.quote.as_ref();
            quote.is_some_and(|quote| quote.same_words(&annotation.target.quote))
        })
        .map(|review| &review.at)
        .max()
}
