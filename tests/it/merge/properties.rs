//! What holds of every merge, whatever two people did.

use std::collections::HashSet;

use proofmark::annotations::{
    Annotation, Conflict, Decision, Document, Id, Parts, Pass, Review, Side, Slot, merge,
};
use proofmark::store::sidecar::render;
use proptest::prelude::*;
use serde_json::Map;

use super::records::{annotation, base, evidence, id, link, review, target, time};

/// One thing a person can do, at one of a few places so that two people meet.
#[derive(Clone, Debug)]
enum Deed {
    Review(usize, usize, usize),
    Adjudicate(usize, usize),
    Evidence(usize, usize),
    Attribute(usize, usize, u8),
    Target(usize, usize),
    Add(usize),
    Remove(usize),
    Link(usize, usize, usize),
    Pass(usize, bool, usize),
    Head(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0usize..3, 0usize..3, 0usize..50).prop_map(|(a, r, m)| Deed::Review(a, r, m)),
        1 => (0usize..3, 0usize..50).prop_map(|(a, m)| Deed::Adjudicate(a, m)),
        2 => (0usize..3, 0usize..50).prop_map(|(a, m)| Deed::Evidence(a, m)),
        2 => (0usize..3, 0usize..3, 0u8..4).prop_map(|(a, f, v)| Deed::Attribute(a, f, v)),
        1 => (0usize..3, 0usize..8).prop_map(|(a, t)| Deed::Target(a, t)),
        1 => (6usize..10).prop_map(Deed::Add),
        1 => (0usize..3).prop_map(Deed::Remove),
        1 => (0usize..3, 0usize..3, 0usize..50).prop_map(|(f, t, m)| Deed::Link(f, t, m)),
        1 => (0usize..3, any::<bool>(), 0usize..50).prop_map(|(r, f, m)| Deed::Pass(r, f, m)),
        1 => (0u8..4).prop_map(Deed::Head),
    ]
}

/// The base after some deeds; `who` keeps apart what two people can only do each alone.
fn done(deeds: &[Deed], who: &str) -> Document {
    let mut parts = base();
    let record = |parts: &mut Parts, at: usize, change: &mut dyn FnMut(&mut Annotation)| {
        if let Some(found) = parts.annotations.iter_mut().find(|a| a.id == id(at)) {
            change(found);
        }
    };
    for deed in deeds {
        match deed.clone() {
            Deed::Review(at, reviewer, minute) => record(&mut parts, at, &mut |a| {
                let name = ["ana", "bob", who][reviewer].to_owned();
                let decision = [Decision::Confirm, Decision::Reject, Decision::Unsure][minute % 3];
                let mut review = review(decision, minute);
                review.note = Some(format!("{who} {minute}"));
                a.reviews.retain(|(known, _)| *known != name);
                a.reviews.push((name, review));
            }),
            Deed::Adjudicate(at, minute) => record(&mut parts, at, &mut |a| {
                a.adjudication = Some(review(Decision::Confirm, minute));
            }),
            Deed::Evidence(at, minute) => record(&mut parts, at, &mut |a| {
                let id = Id::new(format!("e-{who}-{minute}"));
                if a.evidence.iter().all(|(known, _)| *known != id) {
                    a.evidence.push((id, evidence("https://a.example", minute)));
                }
            }),
            Deed::Attribute(at, field, value) => record(&mut parts, at, &mut |a| {
                let field = ["claim_text", "tags", who][field];
                a.attributes.insert(field.to_owned(), value.into());
            }),
            Deed::Target(at, from) => record(&mut parts, at, &mut |a| a.target = target(from, 30)),
            Deed::Add(at) => {
                let mut new = annotation(at);
                new.id = Id::new(format!("a-{who}-{at}"));
                if parts.annotations.iter().all(|a| a.id != new.id) {
                    parts.annotations.push(new);
                }
            }
            Deed::Remove(at) => {
                let decided = |a: &Annotation| a.id == id(at) && !a.reviews.is_empty();
                let tied = parts
                    .links
                    .iter()
                    .any(|link| [&link.from, &link.to].contains(&&id(at)));
                if !tied && !parts.annotations.iter().any(decided) {
                    parts.annotations.retain(|a| a.id != id(at));
                }
            }
            Deed::Link(from, to, minute) => {
                let there = |at| parts.annotations.iter().any(|a| a.id == id(at));
                if !there(from) || !there(to) {
                    continue;
                }
                let mut link = link(from, to);
                link.reviews
                    .push((who.to_owned(), review(Decision::Add, minute)));
                parts.links.retain(|known| known.id != link.id);
                parts.links.push(link);
            }
            Deed::Pass(reviewer, finished, minute) => {
                let name = ["ana", "bob", who][reviewer].to_owned();
                let pass = Pass {
                    text: parts.article.text.clone(),
                    finished,
                    at: time(minute),
                    more: Map::new(),
                };
                parts.passes.retain(|(known, _)| *known != name);
                parts.passes.push((name, pass));
            }
            Deed::Head(value) => {
                parts.article.more.insert("title".into(), value.into());
            }
        }
    }
    Document::from_parts(parts)
}

/// Maps without their order, to compare merges of swapped sides.
fn unordered(document: &Document) -> Parts {
    let mut parts = document.sorted();
    parts.annotations.sort_by(|a, b| a.id.cmp(&b.id));
    for annotation in &mut parts.annotations {
        annotation.reviews.sort_by(|a, b| a.0.cmp(&b.0));
        annotation.evidence.sort_by(|a, b| a.0.cmp(&b.0));
    }
    parts.passes.sort_by(|a, b| a.0.cmp(&b.0));
    parts
}

/// Whether an answer is one of those between which nobody chose: changed on both sides, it may
/// not go under another one. Of two that mean the same the later is enough.
fn stands_against(merged: &Annotation, slot: &Slot, review: &Review) -> bool {
    let plain = |review: &Review| Review {
        at: time(0),
        ..review.clone()
    };
    let in_use = match slot {
        Slot::Review(name) => merged.review_of(name),
        _ => merged.adjudication.as_ref(),
    };
    let conflicts = merged.open_conflicts();
    let sides = conflicts.iter().filter(|conflict| conflict.slot == *slot);
    let mut known = sides
        .flat_map(|conflict| &conflict.sides)
        .filter_map(|side| match side {
            Side::Review(side) => Some(&**side),
            _ => None,
        });
    in_use.is_some_and(|used| plain(used) == plain(review))
        || known.any(|side| plain(side) == plain(review))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_one_side_did_alone_is_the_result(deeds in proptest::collection::vec(deed(), 0..12)) {
        let base = Document::from_parts(base());
        let side = done(&deeds, "ana");
        for result in [
            merge(Some(&base), &side, &base),
            merge(Some(&base), &base, &side),
            merge(Some(&base), &side, &side),
            merge(None, &side, &side),
        ] {
            prop_assert_eq!(result.conflicts, []);
            prop_assert_eq!(unordered(&result.document), unordered(&side));
        }
    }

    #[test]
    fn no_decision_is_ever_lost(
        mine in proptest::collection::vec(deed(), 0..12),
        yours in proptest::collection::vec(deed(), 0..12),
        with_base: bool,
    ) {
        let base = Document::from_parts(base());
        let (ours, theirs) = (done(&mine, "ana"), done(&yours, "cem"));
        let result = merge(with_base.then_some(&base), &ours, &theirs).document;
        for side in [&ours, &theirs] {
            for annotation in side.annotations() {
                let decided = !annotation.reviews.is_empty() || !annotation.evidence.is_empty();
                let Some(merged) = result.annotation(&annotation.id) else {
                    prop_assert!(!decided);
                    continue;
                };
                for (name, review) in &annotation.reviews {
                    let in_use = merged.review_of(name) == Some(review);
                    prop_assert!(in_use || stands_against(merged, &Slot::Review(name.clone()), review));
                }
                for piece in &annotation.evidence {
                    prop_assert!(merged.evidence.contains(piece));
                }
                if let Some(last) = &annotation.adjudication {
                    let in_use = merged.adjudication.as_ref() == Some(last);
                    prop_assert!(in_use || stands_against(merged, &Slot::Adjudication, last));
                }
                for (field, value) in &annotation.attributes {
                    let noted = merged.conflicts.get(field).is_some_and(|entry| {
                        entry["ours"] == *value || entry["theirs"] == *value
                    });
                    prop_assert!(noted || merged.attributes.get(field) == Some(value));
                }
            }
            for link in side.links() {
                let merged = result.link(&link.id).expect("a link with an answer stays");
                for (name, review) in &link.reviews {
                    prop_assert_eq!(merged.review_of(name), Some(review));
                }
            }
            for (name, pass) in &side.parts().passes {
                prop_assert!(result.pass_of(name).is_some_and(|kept| kept.at >= pass.at));
            }
        }
    }

    #[test]
    fn merging_again_changes_nothing_and_sides_can_be_swapped(
        mine in proptest::collection::vec(deed(), 0..12),
        yours in proptest::collection::vec(deed(), 0..12),
    ) {
        let base = Document::from_parts(base());
        let (ours, theirs) = (done(&mine, "ana"), done(&yours, "cem"));
        let once = merge(Some(&base), &ours, &theirs);
        prop_assert_eq!(&merge(Some(&base), &once.document, &theirs).document, &once.document);
        prop_assert_eq!(&merge(Some(&theirs), &once.document, &theirs).document, &once.document);
        let swapped = merge(Some(&base), &theirs, &ours);
        // Not even the order of maps depends on who merges.
        prop_assert_eq!(&swapped.document, &once.document);
        prop_assert_eq!(render(&swapped.document, None), render(&once.document, None));
        let names = |conflicts: Vec<Conflict>| conflicts.into_iter().collect::<HashSet<_>>();
        prop_assert_eq!(names(swapped.conflicts), names(once.conflicts));
    }
}
