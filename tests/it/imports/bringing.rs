//! How what a file says comes into a document that says something already.

use proofmark::annotations::{
    Anchor, Answer, Brought, BroughtLink, BroughtMark, By, Decision, Document, Edit, Link, Piece,
    RecordKind, Review, Status, Why,
};
use proofmark::detect::{Kind, compiled_in};
use proofmark::text::{Article, Media, Open};

use super::{TOOL, at, decided, suggested};

const TEXT: &str = "The port of Lindham bought two cranes in May, the mayor said.\n\nThe council will \
                    close nine docks by 2031, according to the harbour office.\n";

fn article(text: &str) -> Article {
    Article::new("story.txt", text, Media::Plain)
}

/// A mark on words of the text.
fn mark(kind: RecordKind, words: &str) -> BroughtMark {
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

fn brought(marks: Vec<BroughtMark>) -> Brought {
    Brought {
        text: Some(TEXT.to_owned()),
        marks,
        ..Brought::default()
    }
}

const CLAIM: &str = "The port of Lindham bought two cranes in May";
const MAYOR: &str = "the mayor";

/// The claim of the first sentence, taken from the mayor, with a verdict of Ana's.
fn judged() -> Brought {
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

fn of_claim(document: &Document) -> &proofmark::annotations::Annotation {
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
fn detected() -> (Article, Document) {
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
fn words_are_found_again_or_left_out() {
    let other = |from: &str, to: &str| article(&TEXT.replacen(from, to, 1));
    let file = brought(vec![mark(RecordKind::Claim, CLAIM)]);
    let fate = |article: &Article, file: &Brought| {
        let mut document = Document::new(article);
        let bringing = decided(&mut document, article, file, "ana");
        let record = document.annotations().first();
        let anchor = record.map(|record| record.target.anchor);
        (
            anchor,
            bringing
                .left
                .into_iter()
                .map(|left| left.why)
                .collect::<Vec<_>>(),
        )
    };
    let moved = other("The port", "A first line.\n\nThe port");
    assert_eq!(fate(&moved, &file), (Some(Anchor::Ok), vec![]));
    for changed in [other("two cranes", "no cranes"), other("bought", "sold")] {
        assert_eq!(fate(&changed, &file), (None, vec![Why::NotSure]));
    }
    let gone = article("Nothing of the kind was written here, by anybody.\n");
    assert_eq!(fate(&gone, &file), (None, vec![Why::NotFound]));
    // Without the file's text, by the words where it says that they stand.
    let bare = Brought {
        text: None,
        ..file.clone()
    };
    assert_eq!(fate(&article(TEXT), &bare), (Some(Anchor::Ok), vec![]));
    let twice = brought(vec![
        mark(RecordKind::Claim, CLAIM),
        mark(RecordKind::Claim, CLAIM),
    ]);
    assert_eq!(fate(&article(TEXT), &twice), (Some(Anchor::Ok), vec![]));
    // Pieces that changed their order are no longer the claim.
    let mut pieces = mark(RecordKind::Claim, "The port of Lindham");
    pieces
        .pieces
        .extend(mark(RecordKind::Claim, "close nine docks by 2031").pieces);
    let split = brought(vec![pieces]);
    let (first, second) = TEXT.split_once("\n\n").expect("two paragraphs");
    let turned = article(&format!("{}\n\n{first}\n", second.trim_end()));
    assert_eq!(fate(&article(TEXT), &split).1, []);
    assert_eq!(fate(&turned, &split), (None, vec![Why::NotSure]));
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
fn the_same_word_elsewhere_is_not_the_one_meant() {
    let text = "Ana left, Bo said on Monday. Nobody saw her, and Cy met Ana in the old hall.\n";
    let article = article(text);
    let piece = Piece {
        points: Some((0, 3)),
        exact: "Ana".to_owned(),
        prefix: "Nobody saw her, and Cy met ".to_owned(),
        suffix: " in the old hall.\n".to_owned(),
    };
    let file = Brought {
        marks: vec![BroughtMark::new(RecordKind::Source, vec![piece])],
        ..Brought::default()
    };
    let mut document = Document::new(&article);
    decided(&mut document, &article, &file, "ana");
    let starts = document
        .annotations()
        .iter()
        .map(|record| record.target.quote.start);
    assert!(
        starts.clone().all(|start| start == 56),
        "{:?}",
        starts.collect::<Vec<_>>()
    );
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

#[test]
fn words_that_stand_once_need_no_context() {
    let fate = |words: &str, prefix: &str, text: &str| {
        let piece = Piece {
            exact: words.to_owned(),
            prefix: prefix.to_owned(),
            ..Piece::default()
        };
        let file = Brought {
            marks: vec![BroughtMark::new(RecordKind::Claim, vec![piece])],
            ..Brought::default()
        };
        let article = article(text);
        let mut document = Document::new(&article);
        let bringing = decided(&mut document, &article, &file, "ana");
        let start = document.annotations().first().map(|a| a.target.quote.start);
        (start, bringing.left.into_iter().map(|left| left.why).next())
    };
    let words = "nine docks by 2031";
    let start = TEXT.find(words).map(|at| at as u32);
    assert_eq!(fate(words, "", TEXT), (start, None));
    assert_eq!(fate(words, "will close ", TEXT), (start, None));
    // Few words, words that stand twice, and words that stood behind others are not sure.
    let not_sure = (None, Some(Why::NotSure));
    assert_eq!(fate("nine docks by", "", TEXT), not_sure);
    assert_eq!(fate(words, "", &TEXT.repeat(2)), not_sure);
    assert_eq!(fate(words, "never open ", TEXT), not_sure);
    assert_eq!(
        fate("ten docks by 2031", "", TEXT),
        (None, Some(Why::NotFound))
    );
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
