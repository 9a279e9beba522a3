//! Runs of several detectors side by side: one card a proposition, and nothing reopened.

use proofmark::annotations::{
    Annotation, Document, Edit, QueueRow, QueueState, RecordKind, Status,
};
use proofmark::detect::{Findings, Run};
use proofmark::review::{Decide, End, List, Look, Step};
use proofmark::text::{Mark, Span};

use super::{claim, select};
use crate::session::fixture::{Desk, TEXT, article, findings, mark, time};

/// What another detector could find: the same propositions cut a word apart, and one more.
fn other_findings() -> Findings {
    let mut found = findings();
    found.model = "by hand 2".to_owned();
    found.claims[1].mark = mark("3,000 jobs depend on it,");
    found.claims[3].mark = mark("The director isn t worried");
    found.attributions[1].content = found.claims[1].mark.clone();
    found
}

#[test]
fn another_run_stands_beside_the_first_and_doubles_no_card() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Decide::Confirm);
    let mut document = desk.session.document().clone();
    let before = document.annotations().len();
    let run = document.adopt(
        &article(),
        &other_findings(),
        &Run::new("proofmark 0", &other_findings().model),
        time(900),
    );
    assert!(document.has_run(&run));
    assert_eq!(document.parts().runs.len(), 2);
    let again = document.clone();
    document.adopt(
        &article(),
        &other_findings(),
        &Run::new("proofmark 0", &other_findings().model),
        time(901),
    );
    assert_eq!(document, again, "a run is taken up once");
    // One new card; the one cut a word apart joined its twin and left the decision alone.
    assert_eq!(document.annotations().len(), before + 1);
    let record = claim(&document, "3,000 jobs");
    assert_eq!(record.suggestions.len(), 2);
    assert_eq!(record.status(), Status::Confirmed);
    assert_eq!(record.target.quote.exact, "3,000 jobs depend on it");
    assert_eq!(
        document
            .source_link(&record.id)
            .expect("linked")
            .suggestions
            .len(),
        2
    );
}

/// The document of a desk that was killed before the run was saved: what a person added is all
/// that is there.
fn with_only(added: &Annotation) -> Document {
    let mut document = Document::new(&article());
    let edit = Edit::Annotation {
        id: added.id.clone(),
        annotation: Some(Box::new(added.clone())),
    };
    document.apply(edit).expect("put in");
    document
}

#[test]
fn what_was_put_beside_a_suggestion_stays_a_card_of_its_own() {
    let take_up = |document: &mut Document, model: &str| {
        document.adopt(
            &article(),
            &findings(),
            &Run::new("proofmark 0", model),
            time(900),
        )
    };
    let mut desk = Desk::new();
    let nearly = mark("3,000 jobs depend on");
    desk.does(Decide::Add(RecordKind::Claim, nearly.clone(), Vec::new()));
    let added = desk.session.selected().expect("it").id().clone();
    // Words that were far from it when they were added, and were moved there afterwards.
    let far = mark("that 3,000 jobs depend on it, a");
    desk.does(Decide::Add(RecordKind::Claim, far, Vec::new()));
    let moved = desk.session.selected().expect("it").id().clone();
    desk.does(Decide::Adjust(End::End, Step::WordBack));
    for id in [added, moved] {
        let record = desk
            .session
            .document()
            .annotation(&id)
            .expect("added")
            .clone();
        let mut document = with_only(&record);
        let run = take_up(&mut document, "by hand 1");
        let again = document.annotation(&id).expect("still there");
        assert!(again.suggestions.is_empty(), "{again:?}");
        let of_run = |record: &&Annotation| record.suggestions.iter().any(|(of, _)| *of == run);
        let suggested = document.annotations().iter().filter(of_run).count();
        assert_eq!(suggested + 1, document.annotations().len());
        // A detector that was not there joins whichever it is nearest to.
        let mut document = with_only(&record);
        take_up(&mut document, "by hand 3");
        assert_eq!(
            document
                .annotation(&id)
                .expect("still there")
                .suggestions
                .len(),
            1
        );
    }
}

#[test]
fn a_record_is_met_under_its_id_before_another_comes_near_it() {
    let mut desk = Desk::new();
    // The later of two cards was put on the words of the earlier one, nearly.
    select(&mut desk, "the council knew");
    let later = desk.session.selected().expect("it").id().clone();
    let mut record = desk
        .session
        .document()
        .annotation(&later)
        .expect("there")
        .clone();
    record.suggestions.clear();
    record.target = proofmark::annotations::Target::at(&article(), mark("3,000 jobs depend on"));
    let mut document = with_only(&record);
    let run = Run::new("proofmark 0", "by hand 1");
    document.adopt(&article(), &findings(), &run, time(900));
    let met = document.annotation(&later).expect("there");
    assert_eq!(met.suggestions[0].1.quote.exact, "the council knew");
    assert_eq!(
        claim(&document, "3,000 jobs depend on it")
            .suggestions
            .len(),
        1
    );
}

#[test]
fn equal_words_at_another_place_are_another_card() {
    let mut found = findings();
    found.claims.truncate(4);
    found.claims[3].mark = mark("Traffic fell by 12% last year");
    let mut document = Document::new(&article());
    document.adopt(
        &article(),
        &found,
        &Run::new("proofmark 0", &found.model),
        time(0),
    );
    // The other detector sees only the second of two equal sentences.
    let second = TEXT.rfind("Traffic fell by 12% last year").expect("twice");
    let span = Span::new(second, second + "Traffic fell by 12% last year".len());
    found.claims[3].mark = Mark::whole(span).expect("words");
    found.model = "by hand 2".to_owned();
    document.adopt(
        &article(),
        &found,
        &Run::new("proofmark 0", &found.model),
        time(1),
    );
    let twins: Vec<_> = document
        .annotations()
        .iter()
        .filter(|a| a.target.quote.exact == "Traffic fell by 12% last year")
        .collect();
    assert_eq!(twins.len(), 2);
    assert_ne!(twins[0].id, twins[1].id);
    assert!(twins.iter().all(|twin| twin.suggestions.len() == 1));
}

#[test]
fn a_newer_run_never_reopens_a_finished_pass() {
    let mut desk = Desk::new();
    desk.all(vec![Decide::Confirm.into(); 5]);
    desk.does(Look::NextUndecided(List::Claims));
    desk.does(Decide::Confirm);
    desk.does(Decide::Finish { anyway: true });
    let progress = desk.session.progress();
    let mut document = desk.session.document().clone();
    document.adopt(
        &article(),
        &other_findings(),
        &Run::new("proofmark 0", &other_findings().model),
        time(9000),
    );
    let mut newer = Desk::of("ana", document.clone());
    assert_eq!(newer.session.progress(), progress);
    assert!(newer.session.left().is_empty(), "{}", newer.session.left());
    assert_eq!(QueueRow::of(&document, "ana").state, QueueState::Finished);
    // They are offered: listed, and counted once somebody decides.
    select(&mut newer, "isn t worried");
    newer.does(Decide::Confirm);
    assert_eq!(newer.session.progress().total, progress.total + 1);
    // Who has not finished is asked.
    let other = Desk::of("ben", document);
    assert!(other.session.left().claim_count() > 0);
}
