//! Cards below the fold: suggestions as any, which nobody is asked about; and words that stand
//! alone, which are nobody's before somebody takes them over.

use proofmark::annotations::{Document, Inserted, Progress, QueueRow, Status};
use proofmark::detect::{Findings, Run, StandAlone};
use proofmark::exchange::{Selection, Subject, jsonl, markdown};
use proofmark::review::{Decide, Effect, Item, List, Look};
use proofmark::store::sidecar::{load, render};
use serde_json::{Value, json};

use super::questions::{claim, select};
use super::session::fixture::{Desk, article, findings, nth, time};

/// The fixture's findings with the two claims about traffic below the fold.
fn folded() -> Findings {
    let mut found = findings();
    found.folded = found.claims.split_off(3);
    for claim in &mut found.folded {
        claim.keep = 0.0821;
    }
    found.claims[1].keep = 0.9;
    found.claims[1].stand_alone = Some(StandAlone {
        text: "3,000 jobs depend on the port – [which?]".to_owned(),
        inserted: vec![(21..29, Some(nth("the port", 0))), (34..42, None)],
    });
    found
}

/// A document takes up what a run of the first program found, `at` seconds in.
fn adopt(document: &mut Document, found: &Findings, at: u64) {
    let run = Run::new("proofmark 0", &found.model);
    document.adopt(&article(), found, &run, time(at));
}

fn document() -> Document {
    let mut document = Document::new(&article());
    adopt(&mut document, &folded(), 0);
    document
}

fn lines(document: &Document, selection: Selection) -> Vec<Value> {
    let mut out = Vec::new();
    jsonl::write(
        &mut out,
        &Subject {
            name: "harbour.txt",
            article: &article(),
            document,
            selection,
        },
    )
    .expect("memory");
    let text = String::from_utf8(out).expect("UTF-8");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn what_a_run_says_of_a_card_is_written_and_read() {
    let document = document();
    let suggested = |words: &str| claim(&document, words).suggestion().expect("one").clone();
    let below = suggested("Traffic fell");
    assert!(below.folded);
    assert_eq!(below.keep.and_then(|keep| keep.as_f64()), Some(0.0821));
    let above = suggested("3,000 jobs");
    assert!(!above.folded);
    let words = above.stand_alone.expect("words");
    let port = article().text()[..nth("the port", 0).start].chars().count() as u32;
    let spans = [
        Inserted {
            at: (21, 29),
            from: Some((port, port + 8)),
        },
        Inserted {
            at: (32, 40),
            from: None,
        },
    ];
    assert_eq!(words.spans, spans, "code points, and – is one of them");
    let file = render(&document, None);
    let span = format!(
        "\"spans\": [[21, 29, {port}, {}], [32, 40, null, null]]",
        port + 8
    );
    assert!(file.contains(&span), "{file}");
    assert_eq!(file.matches("\"folded\": true").count(), 2);
    assert_eq!(file.matches("\"folded\"").count(), 2);
    let value: Value = serde_json::from_str(&file).expect("JSON");
    let faults: Vec<String> = super::sidecar::schema()
        .iter_errors(&value)
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let read = load(file.as_bytes(), &article()).expect("readable");
    assert_eq!((&read.document, &read.faults), (&document, &Vec::new()));
    assert!(!read.changes(file.as_bytes()));
}

#[test]
fn fields_in_another_form_are_kept_and_mean_nothing() {
    let mut value: Value = serde_json::from_str(&render(&document(), None)).expect("JSON");
    let mut records = value["annotations"]
        .as_array_mut()
        .expect("a list")
        .iter_mut();
    let record = records.find(|record| record["target"]["exact"] == "3,000 jobs depend on it");
    let suggestions = record.expect("there")["suggestions"].as_object_mut();
    let suggestion = suggestions
        .and_then(|map| map.values_mut().next())
        .expect("one");
    suggestion["keep"] = json!("likely");
    suggestion["folded"] = json!("yes");
    suggestion["stand_alone"] = json!({"text": "3,000 jobs", "spans": [{"start": 1}], "by": "x"});
    let kept = suggestion.clone();
    let read = load(value.to_string().as_bytes(), &article()).expect("readable");
    assert_eq!(read.faults, []);
    let record = claim(&read.document, "3,000 jobs");
    assert_eq!((record.is_folded(), record.stand_alone()), (false, None));
    let again: Value = serde_json::from_str(&render(&read.document, None)).expect("JSON");
    let records = again["annotations"].as_array().expect("a list").iter();
    let mut all =
        records.flat_map(|record| record["suggestions"].as_object().expect("a map").values());
    assert!(all.any(|suggestion| *suggestion == kept));
}

#[test]
fn nobody_is_asked_about_what_nobody_was_shown() {
    let plain = Progress::of(&super::session::fixture::document(), "ana");
    let mut desk = Desk::of("ana", document());
    let at_first = Progress {
        total: plain.total - 2,
        folded: 2,
        ..Progress::default()
    };
    assert_eq!(desk.session.progress(), at_first);
    assert_eq!(Progress::of(desk.session.document(), "ana"), at_first);
    assert_eq!(desk.session.claims().len(), 3);
    assert_eq!(desk.session.claim_count(), 3);
    let row = QueueRow::of(desk.session.document(), "ana");
    assert_eq!(
        (row.claims, row.total, row.top.len()),
        (3, at_first.total, 3)
    );
    let marked = |desk: &Desk, words: &str| {
        let start = nth(words, 0).start;
        desk.session
            .marks()
            .iter()
            .any(|mark| mark.span.start == start)
    };
    assert!(
        !marked(&desk, "Traffic fell"),
        "what is not listed is not marked"
    );
    for _ in 0..4 {
        desk.does(Look::NextUndecided(List::Claims));
        assert!(!desk.words().contains("Traffic"), "{}", desk.words());
    }
    for words in ["The harbour", "3,000 jobs", "the council knew"] {
        select(&mut desk, words);
        desk.does(Decide::Confirm);
    }
    let ask = desk.does(Decide::Finish { anyway: false });
    let [Effect::AskFinish(left)] = ask.as_slice() else {
        panic!("a source stands alone: {ask:?}");
    };
    assert_eq!(left.claim_count(), 0);
    assert!(
        left.to_string().ends_with("; 2 folded, not shown"),
        "{left}"
    );
    desk.does(Decide::Finish { anyway: true });
    assert_eq!(desk.label(), "article finished, 2 folded and not shown");
    // Finishing says nothing about them.
    let finished = desk.session.document();
    let of_traffic = |line: &&Value| line["text"].as_str().is_some_and(|t| t.contains("Traffic"));
    let all = lines(finished, Selection::All);
    let told: Vec<_> = all.iter().filter(of_traffic).collect();
    assert_eq!(told.len(), 2);
    for line in told {
        assert_eq!(
            (&line["status"], &line["folded"]),
            (&json!("undecided"), &json!(true))
        );
        assert_eq!(line["open"], json!([]));
    }
    assert_eq!(
        lines(finished, Selection::Verified)
            .iter()
            .filter(of_traffic)
            .count(),
        0
    );
    let mut report = Vec::new();
    markdown::write(&mut report, "x", finished, Selection::Verified).expect("memory");
    let report = String::from_utf8(report).expect("UTF-8");
    assert!(
        !report.contains("undecided") || report.contains("Source"),
        "{report}"
    );
    assert!(!report.contains("claims undecided"), "{report}");
}

#[test]
fn a_card_below_the_fold_counts_once_somebody_decides_on_it() {
    let mut desk = Desk::of("ana", document());
    let total = desk.session.progress().total;
    desk.does(Look::ShowFolded(true));
    assert_eq!(desk.session.claims().len(), 5);
    assert_eq!(desk.session.progress().total, total, "showing is no work");
    let numbers: Vec<String> = desk
        .session
        .claims()
        .iter()
        .map(|id| desk.session.claim_number(id).expect("a number").to_string())
        .collect();
    assert_eq!(numbers, ["1", "2", "3", "3a", "3b"]);
    select(&mut desk, "Traffic fell");
    desk.does(Decide::Reject);
    let progress = desk.session.progress();
    assert_eq!(
        (progress.total, progress.decided, progress.folded),
        (total + 1, 1, 1)
    );
    assert_eq!(progress, Progress::of(desk.session.document(), "ana"));
    desk.undo();
    assert_eq!(desk.session.progress().total, total);
    assert_eq!(desk.session.claims().len(), 5);
    desk.does(Look::ShowFolded(false));
    assert_eq!(desk.session.claims().len(), 3);
    // A note is work as well, and so are a tag and evidence.
    for action in [
        Decide::Note("ask the port".to_owned()),
        Decide::Tag("traffic".to_owned()),
        Decide::ClaimText("Traffic fell".to_owned()),
        Decide::SecondLook,
    ] {
        let mut desk = desk.clone();
        desk.does(Look::ShowFolded(true));
        select(&mut desk, "Traffic fell");
        desk.does(action.clone());
        assert_eq!(desk.session.progress().folded, 1, "{action:?}");
        assert_eq!(
            desk.session.progress(),
            Progress::of(desk.session.document(), "ana")
        );
        desk.does(Look::ShowFolded(false));
        assert_eq!(desk.session.claims().len(), 4, "{action:?}");
    }
}

#[test]
fn hidden_cards_are_not_decided_behind_ones_back() {
    let mut found = folded();
    // One of two equal claims is shown, the other is not.
    let shown = found.folded.remove(0);
    found.claims.push(shown);
    let mut document = Document::new(&article());
    adopt(&mut document, &found, 0);
    let mut desk = Desk::of("ana", document);
    select(&mut desk, "Traffic fell");
    desk.does(Decide::Confirm);
    assert_eq!(desk.session.equal_count(), 0);
    desk.does(Look::ShowFolded(true));
    select(&mut desk, "Traffic fell");
    assert_eq!(desk.session.equal_count(), 1);
    desk.does(Decide::SameForEqual);
    assert_eq!(desk.session.progress().folded, 0);
}

#[test]
fn one_run_above_the_fold_is_enough() {
    let mut document = document();
    let mut other = findings();
    other.model = "by hand 2".to_owned();
    adopt(&mut document, &other, 500);
    assert_eq!(claim(&document, "Traffic fell").suggestions.len(), 2);
    let progress = Progress::of(&document, "ana");
    assert_eq!(progress.folded, 0);
    let plain = Progress::of(&super::session::fixture::document(), "ana");
    assert_eq!(progress.total, plain.total);
}

#[test]
fn a_run_that_thinks_better_of_a_card_reopens_no_finished_pass() {
    let mut desk = Desk::of("ana", document());
    desk.does(Decide::Finish { anyway: true });
    let mut document = desk.session.document().clone();
    let before = Progress::of(&document, "ana");
    let mut other = findings();
    other.model = "by hand 2".to_owned();
    adopt(&mut document, &other, 5000);
    let after = Progress::of(&document, "ana");
    assert_eq!(
        (after.total, after.folded),
        (before.total, 0),
        "they are offered"
    );
    assert_eq!(Progress::of(&document, "ben").total, before.total + 2);
}

#[test]
fn what_comes_out_of_the_fold_elsewhere_is_listed() {
    let mut desk = Desk::of("ana", document());
    let mut other = desk.clone();
    other.does(Look::ShowFolded(true));
    select(&mut other, "Traffic fell");
    other.does(Decide::Confirm);
    let act = other.acts.pop().expect("recorded");
    desk.session.apply_edit(act.edit).expect("applies");
    assert_eq!(desk.session.claims().len(), 4);
    let id = claim(desk.session.document(), "Traffic fell").id.clone();
    assert_eq!(
        desk.session.item_status(&Item::Claim(id.clone())),
        Status::Confirmed
    );
    assert!(desk.session.marks().iter().any(|mark| mark.id == id));
}

#[test]
fn words_that_stand_alone_are_nobodys_before_they_are_taken_over() {
    let mut desk = Desk::of("ana", document());
    select(&mut desk, "3,000 jobs");
    desk.does(Decide::Confirm);
    let words = "3,000 jobs depend on the port – [which?]";
    let told = |desk: &Desk, selection| {
        let lines = lines(desk.session.document(), selection);
        let mut report = Vec::new();
        markdown::write(&mut report, "x", desk.session.document(), selection).expect("memory");
        let line = lines
            .iter()
            .find(|line| line["text"] == "3,000 jobs depend on it");
        let line = line.expect("exported").clone();
        (
            line["claim_text"].clone(),
            format!("{line}{}", String::from_utf8_lossy(&report)),
        )
    };
    for selection in [Selection::Verified, Selection::All] {
        let (claim_text, all) = told(&desk, selection);
        assert_eq!(claim_text, Value::Null);
        assert!(
            !all.contains("[which?]") && !all.contains("which?"),
            "{all}"
        );
    }
    select(&mut desk, "3,000 jobs");
    desk.does(Decide::ClaimText(words.to_owned()));
    assert_eq!(told(&desk, Selection::Verified).0, json!(words));
}
