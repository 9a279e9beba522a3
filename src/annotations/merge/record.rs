//! Merging one annotation or link that both sides have.
//!
//! Decisions, suggestions and evidence are slots of maps and need no conflict: one slot a
//! reviewer, a run, a piece. What is shared (attributes, kind, target) can clash; ours is
//! kept then and the three values are noted in the annotation's `conflicts`.

use std::fmt::Debug;

use serde_json::{Value, json};

use super::super::{Annotation, Id, Link, Review, Target, Time};
use crate::text::Word;

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
    let kind = match pick(three.each(|a| a.map(|a| &a.kind)), |a, b| a == b) {
        Pick::One(kind) => kind.clone(),
        _ => {
            let words = three.each(|a| a.map(|a| Value::from(a.kind.as_str())));
            clashes.push(Clash::new("kind", words));
            ours.kind.clone()
        }
    };
    let target = target(base, ours, theirs, texts).unwrap_or_else(|| {
        let targets = three.each(|a| a.map(|a| value_of(&a.target)));
        clashes.push(Clash::new("target", targets));
        ours.target.clone()
    });
    let attributes = fields(three.each(|a| a.map(|a| &a.attributes)), &mut clashes);
    let unknown = fields(three.each(|a| a.map(|a| &a.unknown)), &mut clashes);
    // What two earlier merges noted about one field is not worth a note of its own.
    let mut conflicts = fields(three.each(|a| a.map(|a| &a.conflicts)), &mut Vec::new());
    let mut names = Vec::with_capacity(clashes.len());
    for clash in clashes {
        names.push(clash.field.clone());
        conflicts.insert(clash.field, clash.values);
    }
    let slots = three.each(|a| a.and_then(|a| a.adjudication.as_ref()));
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
        reviews: reviews(three.each(|a| a.map_or(&[][..], |a| &a.reviews))),
        adjudication: match pick(slots, |a, b| a == b) {
            Pick::Gone => None,
            Pick::One(review) | Pick::Kept(review) => Some(review.clone()),
            Pick::Both(ours, theirs) => Some(later(ours, theirs, |review| &review.at)),
        },
        evidence: keyed(
            three.each(|a| a.map_or(&[][..], |a| &a.evidence)),
            |_, _, ours, theirs| later(ours, theirs, |piece| &piece.at),
        ),
        conflicts,
        unknown,
    };
    (merged, names)
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
            let words = three.each(|link| link.map(|link| Value::from(part(link))));
            clashes.push(Clash::new(name, words));
            part(ours).to_owned()
        }
    };
    let link_type = ends("type", |link| &link.link_type);
    let from = Id::new(ends("from", |link| link.from.as_str()));
    let to = Id::new(ends("to", |link| link.to.as_str()));
    let unknown = fields(
        three.each(|link| link.map(|link| &link.unknown)),
        &mut clashes,
    );
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
        reviews: reviews(three.each(|link| link.map_or(&[][..], |link| &link.reviews))),
        unknown,
    };
    (
        merged,
        clashes.into_iter().map(|clash| clash.field).collect(),
    )
}

/// One slot a reviewer: the later answer wins.
fn reviews(maps: Three<&[(String, Review)]>) -> Vec<(String, Review)> {
    keyed(maps, |_, _, ours, theirs| {
        later(ours, theirs, |review| &review.at)
    })
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

/// A target as files spell it, for the notes on conflicts.
fn value_of(target: &Target) -> Value {
    let quote = &target.quote;
    let mut value = json!({"start": quote.start, "end": quote.end, "exact": quote.exact});
    if !quote.gaps.is_empty() {
        value["gaps"] = json!(quote.gaps);
    }
    value["prefix"] = target.prefix.clone().into();
    value["suffix"] = target.suffix.clone().into();
    value["anchor"] = target.anchor.as_str().into();
    value
}
