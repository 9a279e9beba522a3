//! Reviewers who differ: one rule for counters, lists, the finish gate, the queue and exports.

use proofmark::annotations::{Dispute, Document, Progress, Question, QueueRow};
use proofmark::exchange::{Selection, Subject, jsonl};
use proofmark::review::{Decide, Effect, Filter, Item, Look, NewSource};

use super::{claim, json, report, select, verdict};
use crate::session::fixture::{Desk, TEXT, document};

/// Ana answers, then Ben, on what Ana decided; whoever links a claim confirmed it before.
fn both(ana: Decide, ben: Decide) -> Document {
    let mut decided = document();
    for (reviewer, decide) in [("ana", ana), ("ben", ben)] {
        let mut desk = Desk::of(reviewer, decided);
        if matches!(decide, Decide::Link(_)) {
            select(&mut desk, "the council knew");
            desk.does(Decide::Confirm);
        }
        select(&mut desk, "the council knew");
        desk.does(decide);
        decided = desk.session.document().clone();
    }
    decided
}

fn disputes(document: &Document) -> Vec<Dispute> {
    document.disputes(claim(document, "the council knew"))
}

fn named(name: &str) -> Decide {
    let document = document();
    let mut mentions = document.annotations().iter().filter(|a| a.is_source());
    let mention = mentions.find(|a| a.attribute("name") == Some(name));
    Decide::Link(NewSource::Mention(mention.expect("there").id.clone()))
}

#[test]
fn whoever_answered_has_answered_and_everybody_else_is_asked() {
    for (ana, ben, dispute) in [
        (Decide::Confirm, Decide::Reject, Dispute::Answer),
        (verdict("true"), verdict("false"), Dispute::Verdict),
        (Decide::Confirm, named("Mara Lind"), Dispute::Source),
        (named("Mara Lind"), named("Jo Berg"), Dispute::Source),
    ] {
        let case = format!("{ana:?} {ben:?}");
        let document = both(ana, ben);
        assert_eq!(disputes(&document), [dispute], "{case}");
        let record = claim(&document, "the council knew");
        for reviewer in ["ana", "ben"] {
            let mut desk = Desk::of(reviewer, document.clone());
            let counted = desk.session.counted(&Item::Claim(record.id.clone()));
            assert_eq!((counted.open, counted.disputed), (None, true), "{case}");
            let progress = desk.session.progress();
            assert!(progress.disputed >= 1, "{case}");
            assert_eq!(progress, Progress::of(&document, reviewer), "{case}");
            assert_eq!(
                QueueRow::of(&document, reviewer).disputed,
                progress.disputed
            );
            desk.does(Look::Filter(Filter::of("state:disputed")));
            assert!(desk.session.claims().contains(&record.id), "{case}");
            let ask = desk.does(Decide::Finish { anyway: false });
            let [Effect::AskFinish(left)] = ask.as_slice() else {
                panic!("the others are undecided: {ask:?}");
            };
            let told = left.to_string();
            assert!(told.ends_with(" disputed with others"), "{told}");
            assert!(!told.contains("reviewers differ"), "{told}");
            let effects = desk.does(Decide::Finish { anyway: true });
            let Some(Effect::Record(act)) = effects.first() else {
                panic!("{effects:?}");
            };
            assert!(act.label.ends_with("disputed with others"), "{}", act.label);
        }
        for reviewer in ["cleo", ""] {
            let open = document.questions(record, reviewer);
            assert!(open.contains(&Question::Disputed), "{case}: {open:?}");
        }
        let report = report(&document);
        let (_, still_open) = report.split_once("## Still open").expect("told");
        let line = format!("- Claim 3, {dispute}: “the council knew”");
        assert!(still_open.contains(&line), "{case}: {report}");
    }
}

#[test]
fn what_reviewers_agree_on_is_no_dispute() {
    for (ana, ben) in [
        (Decide::Confirm, Decide::Confirm),
        (Decide::Reject, Decide::Reject),
        (verdict("true"), verdict("true")),
        (verdict("true"), Decide::Confirm),
        (named("Mara Lind"), named("Mara Lind")),
    ] {
        let case = format!("{ana:?} {ben:?}");
        let document = both(ana, ben);
        assert_eq!(disputes(&document), [], "{case}");
        assert_eq!(Progress::of(&document, "ana").disputed, 0, "{case}");
    }
}

#[test]
fn exports_withhold_what_reviewers_differ_over() {
    let exported = |document: &Document| -> Vec<serde_json::Value> {
        let mut out = Vec::new();
        jsonl::write(
            &mut out,
            &Subject {
                name: "harbour.txt",
                article: &crate::questions::nowhere(),
                document,
                selection: Selection::Verified,
            },
        )
        .expect("memory");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect()
    };
    let left_out = both(Decide::Confirm, Decide::Reject);
    assert!(
        exported(&left_out)
            .iter()
            .all(|line| line["text"] != "the council knew")
    );
    let line = json(&both(verdict("true"), verdict("false")), "the council knew");
    assert_eq!(line["verdict"], serde_json::Value::Null);
    assert_eq!(line["open"], serde_json::json!(["reviewers differ"]));
    for (ana, ben) in [
        (Decide::Confirm, named("Mara Lind")),
        (named("Mara Lind"), named("Jo Berg")),
    ] {
        let lines = exported(&both(ana, ben));
        let mut of = lines
            .iter()
            .filter(|line| line["text"] == "the council knew");
        let line = of.next().expect("both stand behind the claim");
        assert_eq!(line["source_name"], serde_json::Value::Null, "{line}");
    }
}

#[test]
fn the_command_says_what_it_withholds() {
    use crate::cli::Place;
    use proofmark::store::sidecar;
    for (ana, ben, said) in [
        (
            Decide::Confirm,
            Decide::Reject,
            "1 claim(s) left out: reviewers differ",
        ),
        (
            verdict("true"),
            verdict("false"),
            "1 claim(s) without a verdict",
        ),
        (
            Decide::Confirm,
            named("Mara Lind"),
            "1 claim(s) without their source",
        ),
    ] {
        let place = Place::new();
        place.write("harbour.txt", TEXT);
        let document = both(ana, ben);
        place.write(
            "harbour.txt.proofmark.json",
            sidecar::render(&document, None),
        );
        let ran = place.run(&["export", "-f", "csv", "harbour.txt"]);
        assert!(ran.err.contains(said), "{ran:?}");
        let queue = place.run(&["queue", "harbour.txt", "--json"]);
        assert_eq!(
            queue.lines()[0]["disputed"],
            0,
            "this machine's reviewer is asked"
        );
    }
}
