//! Edits of a document: the inverse restores, several as one apply wholly or not at all.

use proofmark::annotations::{Document, Edit, Id, Refused};
use proptest::prelude::*;

use crate::session::fixture::document;

/// An edit of any slot, by numbers that pick records; some name records that are not there.
fn edit_by(document: &Document, what: u8, which: usize, value: u8) -> Edit {
    let records = document.annotations();
    let links = document.links();
    let annotation = match which % 11 {
        10 => Id::new("a-nowhere"),
        at => records[at % records.len()].id.clone(),
    };
    let template = &records[which % records.len()];
    let suggestion = template.suggestions[0].1.clone();
    let review = (!value.is_multiple_of(3)).then(|| proofmark::annotations::Review {
        decision: proofmark::text::Open::Other(format!("decision {value}")),
        text: document.text().clone(),
        at: crate::session::fixture::time(u64::from(value)),
        kind: None,
        quote: Some(suggestion.quote),
        kinds: Vec::new(),
        verdict: None,
        note: Some(format!("note {value}")),
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    });
    let reviewer = format!("reviewer {}", value % 2);
    let some = (!value.is_multiple_of(3)).then(|| serde_json::json!({ "value": value }));
    match what % 8 {
        0 => Edit::Review {
            annotation,
            reviewer,
            review,
        },
        1 => Edit::LinkReview {
            link: links[which % links.len()].id.clone(),
            reviewer,
            review,
        },
        2 => Edit::Target {
            annotation,
            target: template.target.clone(),
        },
        3 => Edit::Attribute {
            annotation,
            name: format!("field {}", value % 2),
            value: some,
        },
        7 => Edit::Field {
            annotation,
            name: format!("field {}", value % 2),
            value: some,
        },
        4 => Edit::Article {
            name: format!("field {}", value % 2),
            value: some,
        },
        5 => {
            let mut record = template.clone();
            record.id = Id::new(format!("a-{}", value % 4));
            let annotation = (!value.is_multiple_of(3)).then(|| Box::new(record.clone()));
            Edit::Annotation {
                id: record.id,
                annotation,
            }
        }
        _ => {
            let mut record = links[which % links.len()].clone();
            record.id = Id::new(format!("l-{}", value % 4));
            let link = (!value.is_multiple_of(3)).then(|| Box::new(record.clone()));
            Edit::Link {
                id: record.id,
                link,
            }
        }
    }
}

fn picks() -> impl Strategy<Value = Vec<(u8, usize, u8)>> {
    prop::collection::vec((any::<u8>(), 0usize..99, any::<u8>()), 1..30)
}

/// What look-ups by id and link answer, to compare with a document read afresh.
fn look_ups(document: &Document) -> Vec<(Id, Option<Id>, Vec<Id>)> {
    let ids = |id: &Id| {
        let mut links: Vec<Id> = document.links_of(id).map(|link| link.id.clone()).collect();
        links.sort();
        links
    };
    let mut all: Vec<_> = document
        .annotations()
        .iter()
        .map(|a| {
            let found = document.annotation(&a.id).map(|found| found.id.clone());
            (a.id.clone(), found, ids(&a.id))
        })
        .collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn the_inverse_restores_what_was_there(picks in picks()) {
        let initial = document();
        let mut document = initial.clone();
        let mut inverses = Vec::new();
        for (what, which, value) in picks {
            let before = document.clone();
            let edit = edit_by(&document, what, which, value);
            match document.apply(edit) {
                Ok(inverse) => inverses.push((before, inverse)),
                Err(_) => prop_assert_eq!(&document, &before),
            }
            let afresh = Document::from_parts(document.parts().clone());
            prop_assert_eq!(look_ups(&document), look_ups(&afresh));
        }
        for (before, inverse) in inverses.into_iter().rev() {
            document.apply(inverse).expect("an inverse applies");
            prop_assert_eq!(&document, &before);
        }
        prop_assert_eq!(document, initial);
    }

    #[test]
    fn several_apply_as_one_or_not_at_all(picks in picks(), bad in any::<bool>()) {
        let initial = document();
        let mut edits: Vec<Edit> = picks
            .iter()
            .map(|(what, which, value)| edit_by(&initial, *what, which % 10, *value))
            .collect();
        if bad {
            edits.push(edit_by(&initial, 0, 10, 1));
        }
        let mut document = initial.clone();
        match document.apply(Edit::All(edits)) {
            Ok(inverse) => {
                prop_assert!(!bad);
                document.apply(inverse).expect("an inverse applies");
            }
            Err(refused) => {
                prop_assert!(bad);
                prop_assert_eq!(refused, Refused::NoAnnotation(Id::new("a-nowhere")));
            }
        }
        prop_assert_eq!(document, initial);
    }
}
