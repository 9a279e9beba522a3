//! Answers given on other words, reviewer by reviewer; sources that changed; finished articles
//! that did.

use proofmark::annotations::{Anchor, Document, Progress, Question, QueueRow, QueueState};
use proofmark::detect::{Kind, Run};
use proofmark::review::{Decide, End, Step};
use proofmark::text::{Mark, Span};

use super::{after, claim, json, open, report, select, table, verdict};
use crate::session::fixture::{Desk, findings, time};

#[test]
fn a_verdict_belongs_to_the_words_it_was_given_on() {
    let mut ana = Desk::new();
    for words in ["3,000 jobs", "the council knew"] {
        select(&mut ana, words);
        ana.does(verdict("false"));
    }
    for (old, new) in [
        ("3,000 jobs", "8,000 jobs"),
        ("3,000 jobs depend", "3,000 jobs do not depend"),
        ("3,000 jobs depend on it", "3,000 job depend on it"),
    ] {
        let mut desk = after(&ana, "ana", old, new);
        assert_eq!(open(&desk, "depend on it")[0], Question::Words, "{new}");
        assert_eq!(open(&desk, "the council knew"), [], "untouched");
        let line = json(desk.session.document(), "depend on it");
        assert_eq!(line["verdict"], serde_json::Value::Null, "{new}");
        assert_eq!(line["words_judged"], "3,000 jobs depend on it");
        assert_eq!(line["reviews"]["ana"]["holds"], false);
        assert_eq!(line["reviews"]["ana"]["text"], "3,000 jobs depend on it");
        let report = report(desk.session.document());
        assert!(
            report.contains("judged “3,000 jobs depend on it”: false"),
            "{report}"
        );
        assert!(report.contains("## Claim 2: judged on other words"));
        let table = table(desk.session.document());
        assert!(table.contains("words changed"), "{table}");
        assert!(table.contains("“3,000 jobs depend on it” (ana: false)"));
        // Neither a confirmation nor a correction carries the verdict to the new words.
        select(&mut desk, "depend on it");
        for action in [
            Decide::Confirm,
            Decide::SetKind(Kind::Law),
            Decide::Adjust(End::End, Step::WordBack),
        ] {
            desk.does(action);
            assert!(desk.acts.is_empty(), "{}", desk.said);
        }
        desk.does(Decide::StillHolds);
        assert_eq!(open(&desk, "depend on it"), []);
        let line = json(desk.session.document(), "depend on it");
        assert_eq!(line["verdict"], "false");
        let record = claim(desk.session.document(), "depend on it");
        let mine = record.review_of("ana").expect("my answer");
        assert_eq!(&mine.text, desk.session.document().text());
        assert_eq!(
            mine.unknown["judged_before"][0]["exact"],
            "3,000 jobs depend on it"
        );
        assert_eq!(mine.unknown["judged_before"][0]["verdict"], "false");
        desk.undo();
        select(&mut desk, "depend on it");
        desk.does(Decide::JudgeAgain);
        assert_eq!(open(&desk, "depend on it")[0], Question::Again);
        let record = claim(desk.session.document(), "depend on it");
        let mine = record.review_of("ana").expect("my answer");
        assert_eq!(mine.verdict, None);
        assert_eq!(mine.unknown["judged_before"][0]["verdict"], "false");
        desk.does(verdict("true"));
        assert_eq!(
            json(desk.session.document(), "depend on it")["verdict"],
            "true"
        );
    }
    // Quotation marks, dashes and blanks are no other words.
    let desk = after(&ana, "ana", "3,000 jobs depend", "3,000  jobs\u{a0}depend");
    assert_eq!(open(&desk, "depend on it"), []);
    assert_eq!(
        json(desk.session.document(), "depend on it")["verdict"],
        "false"
    );
}

#[test]
fn the_article_marks_what_is_open_as_the_list_does() {
    let mut ana = Desk::new();
    select(&mut ana, "3,000 jobs");
    ana.does(verdict("false"));
    let mut desk = after(&ana, "ana", "3,000 jobs", "8,000 jobs");
    let id = claim(desk.session.document(), "8,000 jobs").id.clone();
    let marked = |desk: &Desk| {
        let mut marks = desk.session.marks().iter();
        marks
            .find(|mark| mark.id == id)
            .expect("marked")
            .counted
            .open
    };
    assert_eq!(marked(&desk), Some(Question::Words));
    select(&mut desk, "8,000 jobs");
    desk.does(Decide::StillHolds);
    assert_eq!(marked(&desk), None);
    desk.undo();
    assert_eq!(marked(&desk), Some(Question::Words));
}

#[test]
fn one_reviewer_s_word_never_speaks_for_another() {
    let mut ana = Desk::new();
    select(&mut ana, "3,000 jobs");
    ana.does(verdict("false"));
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "3,000 jobs");
    ben.does(verdict("false"));
    let mut desk = after(&ben, "ana", "3,000 jobs", "8,000 jobs");
    select(&mut desk, "8,000 jobs");
    desk.does(Decide::StillHolds);
    let document = desk.session.document();
    let record = claim(document, "8,000 jobs");
    assert_eq!(document.questions(record, "ana"), []);
    assert_eq!(document.questions(record, "ben"), [Question::Words]);
    let line = json(document, "8,000 jobs");
    assert_eq!(line["reviews"]["ana"]["holds"], true);
    assert_eq!(line["reviews"]["ben"]["holds"], false);
    // A refusal belongs to its words too.
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Decide::Reject);
    let mut desk = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    assert_eq!(open(&desk, "8,000 jobs"), [Question::Words]);
    select(&mut desk, "8,000 jobs");
    desk.does(Decide::StillHolds);
    assert_eq!(open(&desk, "8,000 jobs"), []);
}

#[test]
fn marks_that_were_moved_wrongly_before_are_found_though_digests_agree() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(verdict("false"));
    let changed = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    let mut parts = changed.session.document().clone().into_parts();
    for annotation in &mut parts.annotations {
        annotation.target.anchor = Anchor::Moved;
    }
    let document = Document::from_parts(parts);
    let record = claim(&document, "8,000 jobs");
    assert_eq!(document.questions(record, "ana"), [Question::Words]);
}

#[test]
fn a_source_that_was_moved_wrongly_before_is_a_question_about_its_claims() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Confirm);
    let changed = after(&desk, "ana", "an unnamed official", "an unnamed officer");
    let mut parts = changed.session.document().clone().into_parts();
    for annotation in &mut parts.annotations {
        annotation.target.anchor = Anchor::Moved;
    }
    let document = Document::from_parts(parts);
    let record = claim(&document, "the council knew");
    assert_eq!(document.questions(record, "ana"), [Question::SourceWords]);
}

#[test]
fn a_changed_or_lost_source_is_a_question_about_its_claims() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Confirm);
    let desk = after(&desk, "ana", "an unnamed official", "the harbour master");
    let open = open(&desk, "the council knew");
    assert_eq!(open, [Question::SourceWords]);
    let row = QueueRow::of(desk.session.document(), "ana");
    let top: Vec<&str> = row.top.iter().map(|claim| claim.text.as_str()).collect();
    assert!(top.contains(&"the council knew"), "{row:?}");
    assert_eq!(
        Progress::of(desk.session.document(), "ana"),
        desk.session.progress()
    );
}

#[test]
fn whom_a_claim_is_taken_from_is_a_question_where_the_new_text_says_otherwise() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Decide::Confirm);
    // The words stand, and so does the name; but a run over the new text reads it otherwise.
    let changed = after(&desk, "ana", "Lind also said that", "Lind also denied that");
    let article = changed.session.article().clone();
    let at = |words: &str| {
        let start = article.text().find(words).expect("in the text");
        Mark::whole(Span::new(start, start + words.len())).expect("words")
    };
    let found = |cue: &str, source: &str| {
        let mut found = findings();
        found.claims = vec![found.claims.swap_remove(1)];
        found.claims[0].mark = at("3,000 jobs depend on it");
        found.claims[0].attribution = Some(0);
        found.attributions = vec![found.attributions.swap_remove(1)];
        let start = article.text().find(source).expect("in the text");
        let words = source.strip_suffix(" also").unwrap_or(source);
        let span = Span::new(start, start + words.len());
        let mark = Mark::whole(span).expect("words");
        found.attributions[0].source = Some(mark.clone());
        found.attributions[0].cue = Some(at(cue));
        found.attributions[0].content = at("3,000 jobs depend on it");
        found.sources = vec![found.sources.swap_remove(1)];
        found.sources[0].mark = mark;
        if words != "Lind" {
            found.sources[0].name = words.to_owned();
        }
        found
    };
    for (cue, source, expected) in [
        ("denied", "Lind also", vec![Question::SourceWords]),
        ("said", "Lind also", vec![]),
        ("also", "an unnamed official", vec![Question::SourceWords]),
    ] {
        let mut document = changed.session.document().clone();
        document.adopt(
            &article,
            &found(cue, source),
            &Run::new("proofmark 0", &found(cue, source).model),
            time(5000),
        );
        let record = claim(&document, "3,000 jobs");
        assert_eq!(
            document.questions(record, "ana"),
            expected,
            "{cue} {source}"
        );
    }
    assert_eq!(open(&changed, "3,000 jobs"), []);
}

#[test]
fn a_lost_claim_is_open_until_it_is_refused() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(verdict("true"));
    let mut desk = after(
        &desk,
        "ana",
        "According to an unnamed official, the council knew. ",
        "",
    );
    let lost = |document: &Document| claim(document, "the council knew").target.anchor;
    assert_eq!(lost(desk.session.document()), Anchor::Lost);
    assert_eq!(open(&desk, "the council knew")[0], Question::Lost);
    assert_eq!(
        json(desk.session.document(), "the council knew")["verdict"],
        serde_json::Value::Null
    );
    select(&mut desk, "the council knew");
    desk.does(Decide::StillHolds);
    assert!(desk.acts.is_empty(), "{}", desk.said);
    desk.does(Decide::Reject);
    assert_eq!(open(&desk, "the council knew"), []);
}

#[test]
fn a_finished_article_that_changed_is_no_longer_finished() {
    let finished = |document: &Document| QueueRow::of(document, "ana").state;
    let mut desk = Desk::new();
    desk.all(vec![Decide::Confirm.into(); 5]);
    desk.does(Decide::Finish { anyway: true });
    assert_eq!(finished(desk.session.document()), QueueState::Finished);
    let same = after(&desk, "ana", "Photo by Jo Berg.", "Photo by Jo Berg. ");
    assert_eq!(finished(same.session.document()), QueueState::Finished);
    let mut changed = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    assert_eq!(finished(changed.session.document()), QueueState::Changed);
    select(&mut changed, "8,000 jobs");
    changed.does(Decide::StillHolds);
    assert_eq!(finished(changed.session.document()), QueueState::Finished);
}
