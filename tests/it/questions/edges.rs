//! What was found at the edges: refusals of what is gone, answers that only others gave, acts that
//! are not the last ones any more, values of two machines.

use proofmark::annotations::{
    Decision, Document, Edit, Question, RecordKind, Status, Target, merge,
};
use proofmark::review::{Decide, End, Item, List, Look, Step};
use proofmark::text::Open;

use super::{after, claim, json, open, report, select, verdict};
use crate::session::fixture::{Desk, mark};

#[test]
fn a_refusal_of_words_that_are_gone_has_no_place_in_the_new_text() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(verdict("true"));
    let gone = "According to an unnamed official, the council knew. ";
    let mut desk = after(&desk, "ana", gone, "");
    select(&mut desk, "the council knew");
    desk.does(Decide::Reject);
    let record = claim(desk.session.document(), "the council knew");
    let mine = record.review_of("ana").expect("my answer");
    assert_eq!(mine.decision, Open::Known(Decision::Reject));
    assert_eq!(mine.quote, None);
}

#[test]
fn everybody_answers_to_link_and_source_with_the_card() {
    let mut ana = Desk::new();
    select(&mut ana, "the council knew");
    ana.does(Decide::Confirm);
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "the council knew");
    ben.does(Decide::Confirm);
    let document = ben.session.document();
    let record = claim(document, "the council knew");
    let link = document.source_link(&record.id).expect("linked");
    assert!(link.review_of("ana").is_some() && link.review_of("ben").is_some());
    let source = document.annotation(&link.to).expect("there");
    assert!(source.review_of("ben").is_some());
    // So one's word that the source still holds is not the other's.
    let mut desk = after(&ben, "ana", "an unnamed official", "an unnamed officer");
    select(&mut desk, "the council knew");
    desk.does(Decide::StillHolds);
    assert_eq!(open(&desk, "the council knew"), []);
    let document = desk.session.document();
    let record = claim(document, "the council knew");
    assert_eq!(document.questions(record, "ben"), [Question::SourceWords]);
}

#[test]
fn an_act_that_is_not_the_last_any_more_is_not_taken_back() {
    let mut desk = Desk::new();
    desk.does(Decide::Reject);
    desk.does(Look::First(List::Claims));
    desk.does(Decide::Confirm);
    let act = desk.acts.pop().expect("the confirmation");
    // The sidecar was replaced by one without decisions.
    let mut other = Desk::new();
    let before = other.session.document().clone();
    let refused = other.session.take_back(&act.edit, act.inverse.clone());
    assert!(refused.is_err());
    assert_eq!(other.session.document(), &before);
    desk.session
        .take_back(&act.edit, act.inverse)
        .expect("here it is the last");
}

#[test]
fn an_act_is_taken_back_whatever_changed_around_its_words() {
    let acts = [
        Decide::Add(RecordKind::Claim, mark("the port director"), Vec::new()),
        Decide::Adjust(End::End, Step::WordBack),
        Decide::Adjust(End::Start, Step::WordOn),
    ];
    let changes = [
        ("loses money", "makes money"),
        ("unnamed official", "unmoved official"),
        ("isn t worried", "was t worried"),
        ("Harbour plan", "The plan for the harbour"),
    ];
    for act in acts {
        for (old, new) in changes {
            let case = format!("{act:?}, {new}");
            let mut desk = Desk::new();
            select(&mut desk, "the council knew");
            let before = desk.session.document().annotations().len();
            desk.does(act.clone());
            let done = desk.acts.pop().expect("done");
            let mut desk = after(&desk, "ana", old, new);
            desk.session
                .take_back(&done.edit, done.inverse)
                .unwrap_or_else(|refused| panic!("{case}: {refused}"));
            let document = desk.session.document();
            assert_eq!(document.annotations().len(), before, "{case}");
            let record = claim(document, "the council knew");
            assert_eq!(record.status(), Status::Undecided, "{case}");
            // What is saved says what stands around the words now.
            let target = &record.target;
            let around = target.mark.clone().expect("it stands there");
            let right = Target::anchored(desk.session.article(), around, target.anchor);
            assert_eq!(target, &right, "{case}");
        }
    }
}

#[test]
fn of_two_answers_each_key_takes_its_own() {
    let base = Desk::new();
    let answered = |decide: Decide| {
        let mut desk = Desk::of("ana", base.session.document().clone());
        select(&mut desk, "the council knew");
        desk.does(decide);
        desk.session.document().clone()
    };
    let (one, two) = (answered(verdict("true")), answered(Decide::Reject));
    let merged = merge(Some(base.session.document()), &one, &two).document;
    let status = |document: &Document| claim(document, "the council knew").status();
    assert_eq!(status(&merged), Status::Disputed);
    let mut chosen = Vec::new();
    for action in [Decide::StillHolds, Decide::JudgeAgain] {
        let mut desk = Desk::of("ana", merged.clone());
        assert_eq!(open(&desk, "the council knew")[0], Question::Conflict);
        assert_eq!(
            json(desk.session.document(), "the council knew")["verdict"],
            serde_json::Value::Null
        );
        select(&mut desk, "the council knew");
        desk.does(action);
        assert!(!open(&desk, "the council knew").contains(&Question::Conflict));
        chosen.push(status(desk.session.document()));
        desk.undo();
        assert_eq!(open(&desk, "the council knew")[0], Question::Conflict);
    }
    chosen.sort();
    assert_eq!(chosen, [Status::Confirmed, Status::Rejected]);
}

#[test]
fn what_is_decided_about_a_source_is_told_of_its_claims_at_once() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Confirm);
    let document = desk.session.document();
    let record = claim(document, "the council knew").clone();
    let source = document.source_of(&record.id).expect("linked").clone();
    let mut review = source.review_of("ana").expect("with the card").clone();
    review.decision = Open::Known(Decision::Reject);
    desk.session
        .apply_edit(Edit::Review {
            annotation: source.id,
            reviewer: "ana".to_owned(),
            review: Some(review),
        })
        .expect("applies");
    let item = Item::Claim(record.id);
    assert_eq!(desk.session.counted(&item).open, Some(Question::Source));
}

#[test]
fn reports_tell_where_reviewers_differ_and_which_sources_are_open() {
    let mut ana = Desk::new();
    select(&mut ana, "the council knew");
    ana.does(Decide::Confirm);
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "the council knew");
    ben.does(Decide::Reject);
    let report = report(ben.session.document());
    let (_, still_open) = report.split_once("## Still open").expect("told");
    assert!(still_open.contains("Claim 3, reviewers differ"), "{report}");
    assert!(
        still_open.contains("- Source Jo Berg, undecided"),
        "{report}"
    );
}

#[test]
fn what_is_open_has_a_name_of_its_own() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Note("ask the port".to_owned()));
    assert_eq!(open(&desk, "the council knew"), [Question::Noted]);
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(verdict("false"));
    let mut desk = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    select(&mut desk, "8,000 jobs");
    desk.does(Decide::JudgeAgain);
    // Still a question of the change: a finished article stays changed since.
    assert_eq!(open(&desk, "8,000 jobs"), [Question::Again]);
    assert!(Question::Again.is_of_change());
}
