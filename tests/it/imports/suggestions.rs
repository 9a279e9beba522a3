//! Marks of a file as the suggestions of a run: beside what the detector found, and out again.

use proofmark::annotations::Decision;
use proofmark::annotations::{BroughtLink, By, Document, Edit, Link, RecordKind, Review, Status};
use proofmark::detect::Kind;
use proofmark::text::Open;

use super::bringing::{brought, detected, judged, mark, of_claim};
use super::{TOOL, at, decided, suggested};

#[test]
fn suggestions_stand_beside_those_of_the_detector() {
    let (article, mut document) = detected();
    let detected = document.clone();
    let before = of_claim(&document).suggestions.len();
    let mut file = judged();
    file.marks
        .push(mark(RecordKind::Claim, "nine docks by 2031"));
    let bringing = suggested(&mut document, &article, &file);
    assert_eq!((bringing.marks, bringing.links), (3, 1));
    let claim = of_claim(&document);
    assert_eq!(claim.suggestions.len(), before + 1);
    assert_eq!(claim.status(), Status::Undecided);
    assert!(
        document
            .annotations()
            .iter()
            .all(|record| record.reviews.is_empty())
    );
    let new = document.annotations().last().expect("it");
    assert_eq!(new.target.quote.exact, "nine docks by 2031");
    assert_eq!(document.parts().runs.len(), 2);

    // Taken out after somebody answered what it alone suggested: the answer stays.
    let Edit::Run { run, .. } = &bringing.edit else {
        panic!("{:?}", bringing.edit)
    };
    let (id, quote) = (new.id.clone(), new.target.quote.clone());
    let mut review = Review {
        quote: Some(quote),
        ..judged_review(&document)
    };
    review.kind = Some(Open::Known(RecordKind::Claim));
    let answer = Edit::Review {
        annotation: id.clone(),
        reviewer: "bo".to_owned(),
        review: Some(review),
    };
    document.apply(answer).expect("it fits");
    let out = Edit::Run {
        run: run.clone(),
        taken: None,
    };
    let back = document.apply(out).expect("it fits");
    let stays = document.annotation(&id).expect("answered, so it stays");
    assert!(stays.suggestions.is_empty() && stays.review_of("bo").is_some());
    assert_eq!(
        document.annotations().len(),
        detected.annotations().len() + 1
    );
    document.apply(back).expect("it fits");
    assert_eq!(
        document.annotation(&id).expect("there").suggestions.len(),
        1
    );
    assert_eq!(of_claim(&document).suggestions.len(), before + 1);
}

#[test]
fn predictions_come_in_as_a_run_and_annotations_as_decisions() {
    let (article, document) = detected();
    let mut file = judged();
    file.marks[0].is_suggestion = true;
    let by_run = suggested(&mut document.clone(), &article, &file);
    let by_ana = decided(&mut document.clone(), &article, &file, "ana");
    assert_eq!((by_run.marks, by_ana.marks), (1, 1));
    let Edit::Run { taken, .. } = by_run.edit else {
        panic!("no run")
    };
    let records: Vec<String> = taken
        .expect("it")
        .records()
        .map(ToString::to_string)
        .collect();
    assert_eq!(records, [of_claim(&document).id.to_string()]);
    assert_eq!((by_run.links, by_ana.links), (0, 0), "an end is not there");
}

#[test]
fn a_mark_from_a_file_takes_nothing_from_what_a_detector_knows() {
    let (article, mut document) = detected();
    let before = of_claim(&document).suggestion().cloned();
    let worth = of_claim(&document).worth();
    let mut file = judged();
    file.marks[0].kinds = vec![Open::Known(Kind::Opinion)];
    suggested(&mut document, &article, &file);
    let record = of_claim(&document);
    assert_eq!(record.suggestion(), before.as_ref());
    assert!(record.suggestion().is_some_and(|s| s.why.is_some()));
    assert_eq!(record.worth(), worth);
    // One that gives reasons is the latest that counts; where nobody does, the latest does.
    file.marks[0].why = Some("a model's reason".to_owned());
    let by = By::Run {
        tool: TOOL,
        model: "file",
        digest: "01",
    };
    let edit = document.bringing(&article, &file, by, &at()).edit;
    document.apply(edit).expect("it fits");
    let why = of_claim(&document).suggestion().and_then(|s| s.why.clone());
    assert_eq!(why.as_deref(), Some("a model's reason"));
    let mut bare = Document::new(&article);
    suggested(&mut bare, &article, &judged());
    let kinds = &of_claim(&bare).suggestion().expect("it").kinds;
    assert_eq!(kinds, &[Open::Known(Kind::Quantity)]);
}

#[test]
fn what_a_colleague_linked_stays_when_the_run_goes() {
    let (article, mut document) = detected();
    let mut file = brought(vec![
        mark(RecordKind::Claim, "nine docks by 2031"),
        mark(RecordKind::Source, "The council"),
    ]);
    file.links.push(BroughtLink {
        from: 0,
        to: 1,
        link_type: Link::ATTRIBUTED_TO.to_owned(),
    });
    let Edit::Run { run, .. } = suggested(&mut document, &article, &file).edit else {
        panic!("no run")
    };
    let claim = document.annotations().iter();
    let mut claim = claim.filter(|record| record.target.quote.exact == "nine docks by 2031");
    let claim = claim.next().expect("it").id.clone();
    let link = document.source_link(&claim).expect("a link").clone();
    let edit = Edit::LinkReview {
        link: link.id.clone(),
        reviewer: "bo".to_owned(),
        review: Some(judged_review(&document)),
    };
    document.apply(edit).expect("it fits");
    document
        .apply(Edit::Run { run, taken: None })
        .expect("it fits");
    let link = document.link(&link.id).expect("it is answered");
    assert!(link.suggestions.is_empty() && link.review_of("bo").is_some());
    for end in [&link.from, &link.to] {
        assert!(document.annotation(end).is_some(), "an end of it");
    }
}

#[test]
fn the_detectors_claims_keep_their_numbers() {
    for digest in ["00", "01", "02", "03", "04", "05"] {
        let (article, mut document) = detected();
        let numbers = document.claim_numbers();
        let by = By::Run {
            tool: TOOL,
            model: "file",
            digest,
        };
        let file = brought(vec![mark(RecordKind::Claim, "nine docks by 2031")]);
        let edit = document.bringing(&article, &file, by, &at()).edit;
        document.apply(edit).expect("it fits");
        let now = document.claim_numbers();
        assert!(
            numbers
                .iter()
                .all(|(id, number)| now.get(id) == Some(number)),
            "{digest}"
        );
    }
}

#[test]
fn no_file_makes_a_sidecar_that_cannot_be_read() {
    let (article, mut document) = detected();
    let mut file = judged();
    for number in ["1e999", "-7", "1.5", "0.123456"] {
        let number: serde_json::Number = serde_json::from_str(number).expect("a number");
        file.marks[0].score = Some(number.clone());
        file.marks[0].priority = Some(number);
        let digest = file.marks[0].score.as_ref().map(ToString::to_string);
        let by = By::Run {
            tool: TOOL,
            model: "file",
            digest: digest.as_deref().unwrap_or_default(),
        };
        let edit = document.bringing(&article, &file, by, &at()).edit;
        document.apply(edit).expect("it fits");
    }
    let scores = of_claim(&document).suggestions.iter();
    let scores: Vec<f64> = scores
        .filter_map(|(_, s)| s.score.as_ref()?.as_f64())
        .collect();
    assert!(
        scores.iter().all(|score| (0.0..=1.0).contains(score)),
        "{scores:?}"
    );
    assert!(scores.contains(&0.1235), "{scores:?}");
}

fn judged_review(document: &Document) -> Review {
    Review {
        decision: Open::Known(Decision::Confirm),
        text: document.text().clone(),
        at: at(),
        kind: None,
        quote: None,
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    }
}
