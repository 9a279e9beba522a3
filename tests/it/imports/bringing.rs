//! How what a file says comes into a document that says something already.

use proofmark::annotations::{
    Answer, Brought, BroughtLink, BroughtMark, By, Decision, Document, Edit, Link, Piece,
    RecordKind, Review, Status, Why,
};
use proofmark::detect::{Kind, compiled_in};
use proofmark::text::{Article, Media, Open};

use super::{TOOL, at, decided};

pub(super) const TEXT: &str = "The port of Lindham bought two cranes in May, the mayor said.\n\nThe council will \
                    close nine docks by 2031, according to the harbour office.\n";

pub(super) fn article(text: &str) -> Article {
    Article::new("story.txt", text, Media::Plain)
}

/// A mark on words of the text.
pub(super) fn mark(kind: RecordKind, words: &str) -> BroughtMark {
    let byte = TEXT.find(words).expect("words of the text");
    let start = TEXT[..byte].chars().count() as u32;
    let end = start + words.chars().count() as u32;
    let piece = Piece {
        points: Some((start, end)),
        exact: words.to_owned(),
        ..Piece::default()
    };
    BroughtMark::new(kind, vec![piece])
}

pub(super) fn brought(marks: Vec<BroughtMark>) -> Brought {
    Brought {
        text: Some(TEXT.to_owned()),
        marks,
        ..Brought::default()
    }
}

pub(super) const CLAIM: &str = "The port of Lindham bought two cranes in May";
const MAYOR: &str = "the mayor";

/// The claim of the first sentence, taken from the mayor, with a verdict of Ana's.
pub(super) fn judged() -> Brought {
    let mut claim = mark(RecordKind::Claim, CLAIM);
    claim.kinds = vec![Open::Known(Kind::Quantity)];
    claim.answers = vec![Answer {
        by: None,
        verdict: Some("false".to_owned()),
        note: Some("one crane".to_owned()),
    }];
    let mut brought = brought(vec![claim, mark(RecordKind::Source, MAYOR)]);
    brought.links.push(BroughtLink {
        from: 0,
        to: 1,
        link_type: Link::ATTRIBUTED_TO.to_owned(),
    });
    brought
}

pub(super) fn of_claim(document: &Document) -> &proofmark::annotations::Annotation {
    let mut claims = document.annotations().iter();
    let is_it = |record: &&proofmark::annotations::Annotation| record.target.quote.exact == CLAIM;
    claims.find(is_it).expect("the claim")
}

/// What a reviewer says of the claim now.
fn answered(document: &mut Document, reviewer: &str, decision: Decision, verdict: Option<&str>) {
    let record = of_claim(document);
    let review = Review {
        decision: Open::Known(decision),
        text: document.text().clone(),
        at: at(),
        kind: Some(record.kind.clone()),
        quote: Some(record.target.quote.clone()),
        kinds: record.kinds().to_vec(),
        verdict: verdict.map(str::to_owned),
        note: None,
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    };
    let edit = Edit::Review {
        annotation: record.id.clone(),
        reviewer: reviewer.to_owned(),
        review: Some(review),
    };
    document.apply(edit).expect("it fits");
}

/// The article with what the detector finds.
pub(super) fn detected() -> (Article, Document) {
    let article = article(TEXT);
    let mut document = Document::new(&article);
    let detector = compiled_in(TOOL);
    let findings = detector.detect(&article);
    document.adopt(&article, &findings, detector.run(), at());
    (article, document)
}

#[test]
fn decisions_confirm_what_is_there_and_add_what_is_not() {
    let (article, mut document) = detected();
    let before = document.annotations().len();
    let known = of_claim(&document).id.clone();
    let bringing = decided(&mut document, &article, &judged(), "ana");
    assert_eq!((bringing.marks, bringing.links, bringing.known), (2, 1, 0));
    assert_eq!(bringing.left, []);
    let claim = of_claim(&document);
    assert_eq!(claim.id, known, "no second card");
    let review = claim.review_of("ana").expect("hers");
    assert_eq!(review.verdict.as_deref(), Some("false"));
    assert_eq!(review.note.as_deref(), Some("one crane"));
    assert_eq!(review.kinds, [Open::Known(Kind::Quantity)]);
    assert_eq!(review.tool.as_deref(), Some(TOOL));
    assert!(claim.status().is_verified());
    assert_eq!(
        document.annotations().len(),
        before,
        "the mayor was known too"
    );
    let link = document.source_link(&known).expect("a source");
    let source = document.annotation(&link.to).expect("the source");
    assert_eq!(source.target.quote.exact, MAYOR);
    assert_eq!(link.status(), Status::Confirmed);

    let docks = brought(vec![mark(RecordKind::Claim, "nine docks by 2031")]);
    let bringing = decided(&mut document, &article, &docks, "ana");
    assert_eq!(bringing.marks, 1);
    assert_eq!(document.annotations().len(), before + 1);
    let new = document.annotations().last().expect("it");
    assert_eq!(new.status(), Status::Added);
    // The detector's next run makes no second card of it, and none of its own is gone.
    assert!(new.unknown.contains_key("beside"));
}

#[test]
fn no_decision_is_changed() {
    for (decision, verdict) in [
        (Decision::Reject, None),
        (Decision::Unsure, None),
        (Decision::Confirm, Some("true")),
        (Decision::Confirm, None),
    ] {
        let (article, mut document) = detected();
        answered(&mut document, "ana", decision, verdict);
        let mine = of_claim(&document).review_of("ana").cloned();
        let bringing = decided(&mut document, &article, &judged(), "ana");
        assert_eq!(of_claim(&document).review_of("ana"), mine.as_ref());
        let why: Vec<&Why> = bringing.left.iter().map(|left| &left.why).collect();
        assert_eq!(why, [&Why::Answered], "{decision} {verdict:?}");
        assert!(bringing.left[0].is_whole && bringing.left[0].words == CLAIM);
        // Another reviewer's answer stands beside hers.
        let bringing = decided(&mut document, &article, &judged(), "bo");
        assert_eq!(bringing.left, []);
        assert_eq!(of_claim(&document).review_of("ana"), mine.as_ref());
        assert!(of_claim(&document).review_of("bo").is_some());
    }
    // The same answer is no news.
    let (article, mut document) = detected();
    decided(&mut document, &article, &judged(), "ana");
    let again = document.bringing(
        &article,
        &judged(),
        By::Reviewer {
            name: "ana",
            tool: TOOL,
        },
        &at(),
    );
    assert!(again.edit.is_empty());
    assert_eq!((again.marks, again.links, again.known), (0, 0, 3));
}

#[test]
fn other_ends_correct_what_nobody_answered_and_leave_what_others_did() {
    let words = "port of Lindham bought two cranes in May";
    let (article, mut document) = detected();
    let id = of_claim(&document).id.clone();
    let shorter = brought(vec![mark(RecordKind::Claim, words)]);
    decided(&mut document, &article, &shorter, "ana");
    let record = document.annotation(&id).expect("there");
    assert_eq!(record.status(), Status::Corrected);
    assert_eq!(record.target.quote.exact, words);

    let (article, mut document) = detected();
    answered(&mut document, "bo", Decision::Confirm, None);
    decided(&mut document, &article, &shorter, "ana");
    let record = document.annotation(&id).expect("there");
    assert_eq!(record.target.quote.exact, CLAIM, "the place is Bo's");
    let hers = record.review_of("ana").expect("hers");
    assert_eq!(hers.quote.as_ref().expect("words").exact, words);
    assert_eq!(hers.decision, Open::Known(Decision::Correct));
}

#[test]
fn what_stands_beside_an_answer_stays() {
    let (article, mut document) = detected();
    let id = of_claim(&document).id.clone();
    let attribute = |name: &str, value: serde_json::Value| Edit::Attribute {
        annotation: id.clone(),
        name: name.to_owned(),
        value: Some(value),
    };
    let own = attribute("claim_text", "Lindham bought two cranes.".into());
    document.apply(own).expect("it fits");
    document
        .apply(attribute("tags", vec!["port"].into()))
        .expect("it fits");
    let mut file = judged();
    let theirs = "The port bought cranes.".into();
    file.marks[0]
        .attributes
        .insert("claim_text".to_owned(), theirs);
    file.marks[0].tags = vec!["cranes".to_owned(), "port".to_owned()];
    let bringing = decided(&mut document, &article, &file, "ana");
    let record = document.annotation(&id).expect("there");
    assert_eq!(
        record.attribute("claim_text"),
        Some("Lindham bought two cranes.")
    );
    assert_eq!(record.tags().collect::<Vec<_>>(), ["port", "cranes"]);
    let [left] = &*bringing.left else {
        panic!("{:?}", bringing.left)
    };
    assert!(!left.is_whole);
    assert!(
        left.to_string()
            .contains("another claim text stands there already"),
        "{left}"
    );
}

#[test]
fn of_several_verdicts_hers_or_none() {
    let mut file = judged();
    let answer = |by: &str, verdict: &str| Answer {
        by: Some(by.to_owned()),
        verdict: Some(verdict.to_owned()),
        note: None,
    };
    file.marks[0].answers = vec![answer("bo", "true"), answer("ana", "false")];
    let (article, document) = detected();
    let verdict = |name: &str| {
        let mut document = document.clone();
        let bringing = decided(&mut document, &article, &file, name);
        let review = of_claim(&document).review_of(name).expect("an answer");
        let left: Vec<Why> = bringing.left.into_iter().map(|left| left.why).collect();
        (review.verdict.clone(), left)
    };
    assert_eq!(verdict("ana"), (Some("false".to_owned()), vec![]));
    assert_eq!(verdict("bo"), (Some("true".to_owned()), vec![]));
    assert_eq!(verdict("cy"), (None, vec![Why::ManyAnswers("verdicts")]));
}

#[test]
fn a_source_that_she_named_is_kept() {
    let (article, mut document) = detected();
    decided(&mut document, &article, &judged(), "ana");
    let mut other = judged();
    other.marks[1] = mark(RecordKind::Source, "the harbour office");
    let bringing = decided(&mut document, &article, &other, "ana");
    let why: Vec<&Why> = bringing.left.iter().map(|left| &left.why).collect();
    assert_eq!(why, [&Why::OtherSource]);
    assert_eq!(bringing.links, 0);
    let link = document
        .source_link(&of_claim(&document).id)
        .expect("a source");
    let source = document.annotation(&link.to).expect("it");
    assert_eq!(source.target.quote.exact, MAYOR);
}

#[test]
fn another_answer_on_kinds_or_links_is_told() {
    let (article, mut document) = detected();
    decided(&mut document, &article, &judged(), "ana");
    let mut file = judged();
    file.marks[0].kinds = vec![Open::Known(Kind::Opinion)];
    let why = |bringing: proofmark::annotations::Bringing| -> Vec<Why> {
        bringing.left.into_iter().map(|left| left.why).collect()
    };
    assert_eq!(
        why(decided(&mut document, &article, &file, "ana")),
        [Why::Answered]
    );
    // She let the source go: the link does not come back.
    let claim = of_claim(&document).id.clone();
    let link = document.source_link(&claim).expect("a link").clone();
    let mut review = link.review_of("ana").expect("hers").clone();
    review.decision = Open::Known(Decision::Reject);
    let edit = Edit::LinkReview {
        link: link.id.clone(),
        reviewer: "ana".to_owned(),
        review: Some(review.clone()),
    };
    document.apply(edit).expect("it fits");
    assert_eq!(
        why(decided(&mut document, &article, &judged(), "ana")),
        [Why::Answered]
    );
    let now = document.link(&link.id).expect("there").review_of("ana");
    assert_eq!(now, Some(&review));
}

#[test]
fn what_two_marks_on_the_same_words_say_is_said_of_one() {
    let (article, document) = detected();
    let mark = |by: &str, verdict: &str| {
        let mut mark = mark(RecordKind::Claim, CLAIM);
        mark.answers = vec![Answer {
            by: Some(by.to_owned()),
            verdict: Some(verdict.to_owned()),
            note: None,
        }];
        mark.tags = vec![by.to_owned()];
        mark
    };
    let file = brought(vec![mark("bo", "true"), mark("ana", "false")]);
    for (name, verdict) in [("ana", Some("false")), ("bo", Some("true")), ("cy", None)] {
        let mut document = document.clone();
        let bringing = decided(&mut document, &article, &file, name);
        let record = of_claim(&document);
        let review = record.review_of(name).expect("an answer");
        assert_eq!(review.verdict.as_deref(), verdict, "{name}");
        assert_eq!(record.tags().collect::<Vec<_>>(), ["bo", "ana"]);
        assert_eq!(bringing.left.len(), usize::from(verdict.is_none()));
    }
}
