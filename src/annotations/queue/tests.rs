//! Tests of the queue's rows and orders.

use super::*;
use crate::annotations::{Decision, Edit, Pass, Review, Time};
use crate::detect::{Attribution, Claim, Findings, Kind, Run, SourceMention, SourceType, Voice};
use crate::text::{Article, Mark, Media, Open, Span};

const TEXT: &str = "Fares fell, Ruiz said. Trains ran late. Nobody knows why.";

fn mark(words: &str) -> Mark {
    let start = TEXT.find(words).expect("the words are in the text");
    Mark::whole(Span::new(start, start + words.len())).expect("words are not empty")
}

fn claim(words: &str, attribution: Option<usize>, priority: f32) -> Claim {
    Claim {
        mark: mark(words),
        attribution,
        voice: Voice::Indirect,
        kinds: vec![Kind::Event],
        checkable: 0.5,
        keep: 0.0,
        stand_alone: None,
        priority,
        why: format!("why {words}"),
    }
}

fn findings() -> Findings {
    Findings {
        cut: false,
        model: "test 1".to_owned(),
        folded: Vec::new(),
        sentences: Vec::new(),
        attributions: vec![Attribution {
            source: Some(mark("Ruiz")),
            cue: Some(mark("said")),
            content: mark("Fares fell"),
            voice: Voice::Indirect,
            score: 0.9,
        }],
        claims: vec![
            claim("Fares fell", Some(0), 0.6),
            claim("Trains ran late", None, 0.9),
        ],
        sources: vec![SourceMention {
            mark: mark("Ruiz"),
            entity: 0,
            name: "Ruiz".to_owned(),
            source_type: SourceType::NamedPerson,
            role: None,
            score: 0.9,
            why: "said".to_owned(),
        }],
    }
}

fn article() -> Article {
    Article::new("fares.txt", TEXT, Media::Plain)
}

fn document() -> Document {
    let mut document = Document::new(&article());
    let at = Time::new("2026-01-01T00:00:00Z");
    document.adopt(
        &article(),
        &findings(),
        &Run::new("test 1", &findings().model),
        at,
    );
    document
}

fn decide(document: &mut Document, words: &str, decision: Decision) {
    let claim = document
        .annotations()
        .iter()
        .find(|a| a.target.quote.exact == words)
        .expect("the claim is there");
    let review = Review {
        decision: Open::Known(decision),
        text: document.text().clone(),
        at: Time::new("2026-01-01T00:00:01Z"),
        kind: Some(claim.kind.clone()),
        quote: Some(claim.target.quote.clone()),
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    };
    let edit = Edit::Review {
        annotation: claim.id.clone(),
        reviewer: "ana".to_owned(),
        review: Some(review),
    };
    document.apply(edit).expect("the claim is there");
}

#[test]
fn an_untouched_article_is_new_and_tells_its_foremost_claims() {
    let row = QueueRow::of(&document(), "ana");
    assert_eq!(row.state, QueueState::New);
    assert_eq!((row.decided, row.total), (0, 2));
    assert_eq!((row.claims, row.share_without_source), (2, 0.5));
    assert_eq!(row.top[0].text, "Trains ran late");
    assert_eq!(row.top[0].source, None);
    assert_eq!(row.top[1].source.as_deref(), Some("Ruiz"));
    assert!((row.priority - 0.75).abs() < 1e-6, "{}", row.priority);
}

#[test]
fn decided_claims_no_longer_count_towards_the_priority() {
    let mut document = document();
    decide(&mut document, "Trains ran late", Decision::Reject);
    let row = QueueRow::of(&document, "ana");
    assert_eq!((row.decided, row.total), (1, 2));
    assert_eq!((row.claims, row.share_without_source), (1, 0.0));
    assert_eq!(row.top.len(), 1);
    assert_eq!(row.latest, "2026-01-01T00:00:01Z");
    assert!((row.priority - 0.6).abs() < 1e-6, "{}", row.priority);
}

#[test]
fn a_finished_pass_finishes_for_its_reviewer() {
    let mut document = document();
    let text = document.text().clone();
    let pass = |reviewer: &str, finished| Edit::Pass {
        reviewer: reviewer.to_owned(),
        pass: Some(Pass {
            text: text.clone(),
            finished,
            at: Time::new("2026-01-01T00:00:02Z"),
            more: serde_json::Map::new(),
        }),
    };
    document
        .apply(pass("ana", true))
        .expect("a pass can be set");
    let state = |document: &Document, who| QueueRow::of(document, who).state;
    assert_eq!(state(&document, "ana"), QueueState::Finished);
    assert_eq!(state(&document, "bo"), QueueState::Finished);
    document
        .apply(pass("cy", false))
        .expect("a pass can be set");
    assert_eq!(state(&document, "bo"), QueueState::Started);
    assert_eq!(state(&document, "ana"), QueueState::Finished);
}

#[test]
fn whoever_answered_has_begun_though_no_pass_says_so() {
    let mut document = document();
    let state = |document: &Document, who| QueueRow::of(document, who).state;
    assert_eq!(state(&document, "ana"), QueueState::New);
    decide(&mut document, "Trains ran late", Decision::Reject);
    assert_eq!(state(&document, "ana"), QueueState::Started);
    assert_eq!(state(&document, "bo"), QueueState::Started);
    let edit = Edit::Pass {
        reviewer: "bo".to_owned(),
        pass: Some(Pass {
            text: document.text().clone(),
            finished: true,
            at: Time::new("2026-01-01T00:00:02Z"),
            more: serde_json::Map::new(),
        }),
    };
    document.apply(edit).expect("a pass can be set");
    // Ana has begun and not finished: for a third one the article is under way.
    assert_eq!(state(&document, "cy"), QueueState::Started);
    assert_eq!(state(&document, "bo"), QueueState::Finished);
}

#[test]
fn later_and_tags_are_read_from_the_head() {
    let mut document = document();
    for (name, value) in [("later", true.into()), ("tags", vec!["Local News"].into())] {
        let name = name.to_owned();
        let value = Some(value);
        document
            .apply(Edit::Article { name, value })
            .expect("the head can be set");
    }
    let row = QueueRow::of(&document, "ana");
    assert_eq!(row.state, QueueState::Later);
    assert_eq!(row.tags, ["Local News"]);
}

#[test]
fn orders_put_first_what_they_say() {
    let row = |state, priority, decided, latest: &str| QueueRow {
        state,
        priority,
        decided,
        total: 4,
        latest: latest.to_owned(),
        ..QueueRow::with_trouble("none".to_owned())
    };
    let mut rows = [
        (
            "b",
            Some(row(QueueState::New, 0.2, 1, "2026-01-02T00:00:00Z")),
        ),
        ("a", Some(row(QueueState::Finished, 0.9, 4, ""))),
        ("e", None),
        (
            "d",
            Some(row(QueueState::Started, 0.8, 2, "2026-01-03T00:00:00Z")),
        ),
        (
            "c",
            Some(row(QueueState::Later, 0.7, 0, "2026-01-01T00:00:00Z")),
        ),
    ];
    let mut names = |order: QueueOrder| {
        rows.sort_by(|a, b| order.compare((a.0, a.1.as_ref()), (b.0, b.1.as_ref())));
        rows.iter().map(|row| row.0).collect::<String>()
    };
    assert_eq!(names(QueueOrder::Priority), "dbcae");
    assert_eq!(names(QueueOrder::Name), "abcde");
    assert_eq!(names(QueueOrder::Progress), "cbdae");
    assert_eq!(names(QueueOrder::Time), "dbcae");
}
