//! The loop's order of syncing, drawing and saving, with scripts for all around it.

mod script;

use std::sync::Arc;
use std::sync::mpsc;

use super::*;
use crate::annotations::{Document, QueueRow};
use crate::exchange::Format;
use crate::review::Decide;
use crate::tui::event::Export;
use crate::tui::runtime::desk_and_files::Outcome;
use script::*;

#[test]
fn a_decision_is_synced_before_it_is_drawn_and_saved_before_the_end() {
    let (mut desk, send, log) = desk(vec![
        ("a", vec![journal("one"), log_act("one")]),
        ("Q", vec![Request::Quit]),
    ]);
    desk.open("a.txt".into());
    press(&send, &["a"]);
    let key = desk.wakes.recv().expect("a key");
    desk.take_all(key);
    desk.draw();
    press(&send, &["Q"]);
    assert_eq!(desk.run(), Ended::default());
    let decided = ["key a", "sync one", "saved", "log one", "draw"];
    let told = told_since_open(&log);
    assert_eq!(told[..5], decided);
    assert_eq!(told[5..], ["draw", "key Q", "save and close", "closed"]);
}

#[test]
fn all_keys_waiting_are_dealt_with_before_one_frame() {
    let (mut desk, send, log) = desk(vec![("Q", vec![Request::Quit])]);
    press(&send, &["j", "j", "k", "Q"]);
    desk.run();
    assert_eq!(
        told(&log),
        ["draw", "key j", "key j", "key k", "key Q", "closed"]
    );
}

#[test]
fn a_decision_that_cannot_be_written_is_told_and_not_kept_for_undo() {
    let (mut desk, send, log) = desk(vec![
        ("a", vec![journal("one"), log_act("one")]),
        ("Q", vec![Request::Quit]),
    ]);
    desk.files.faults = vec!["sync"];
    desk.desk.start = vec![Request::Open("a.txt".into())];
    press(&send, &["a", "Q"]);
    let ended = desk.run();
    let said = "a.txt: 1 decision was not written and taken back: the disk is full";
    assert_eq!(ended.notices, [said]);
    let told = told_since_open(&log);
    assert_eq!(
        told[1..],
        [
            "key a",
            "sync one",
            "not saved: the disk is full",
            "key Q",
            "close",
            "closed"
        ]
    );
}

#[test]
fn a_save_that_fails_is_told_tried_again_after_a_decision_and_named_at_the_end() {
    let (mut desk, send, log) = desk(vec![
        ("b", vec![journal("two")]),
        ("Q", vec![Request::Quit]),
    ]);
    desk.files.faults = vec!["save"];
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    desk.save();
    desk.settle();
    let told = told_since_open(&log);
    let why =
        "not saved: the sidecar was not saved: the disk is full; the decisions are in the journal";
    assert!(
        told.last().is_some_and(|told| told.starts_with(why)),
        "{told:?}"
    );
    assert_eq!(desk.state.save_at, None, "asking again would not help");
    press(&send, &["b"]);
    let key = desk.wakes.recv().expect("a key");
    desk.take(key);
    assert!(
        desk.state.save_at.is_some(),
        "the next decision makes it due"
    );
    press(&send, &["Q"]);
    let ended = desk.run();
    assert_eq!(ended.notices.len(), 1);
    assert!(ended.notices[0].starts_with("a.txt: the sidecar was not saved: the disk is full"));
    assert!(ended.unsaved);
}

#[test]
fn decisions_that_were_refused_are_named_at_the_end_unless_the_disk_came_back() {
    for comes_back in [false, true] {
        let (mut desk, send, _log) = desk(vec![("Q", vec![Request::Quit])]);
        desk.files.faults = vec!["sync one", "sync two"];
        desk.open("a.txt".into());
        assert!(!desk.journal(&edit("one")) && !desk.journal(&edit("two")));
        if comes_back {
            desk.files.faults.clear();
            assert!(desk.journal(&edit("one")));
        }
        press(&send, &["Q"]);
        let ended = desk.run();
        let said = "a.txt: 2 decisions were not written and taken back: the disk is full";
        let right: &[&str] = if comes_back { &[] } else { &[said] };
        assert_eq!(ended.notices, right);
        assert_eq!(ended.unsaved, !comes_back);
    }
}

#[test]
fn a_journal_that_had_to_go_elsewhere_is_told_and_decisions_go_on() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("a.txt".into());
    assert!(desk.journal(&edit("elsewhere")));
    assert_eq!(
        told_since_open(&log),
        ["sync elsewhere", "saved", "in the state folder"]
    );
}

#[test]
fn decisions_left_in_the_journal_by_an_earlier_run_are_saved_soon() {
    let (mut desk, _send, _log) = desk(vec![]);
    desk.open("a.txt".into());
    assert_eq!(desk.state.save_at, None);
    desk.files.is_unsaved = true;
    desk.open("a.txt".into());
    assert!(desk.state.save_at.is_some());
}

#[test]
fn the_sidecar_is_saved_when_due_and_only_with_something_to_save() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.save();
    assert_eq!(told(&log), [""; 0]);
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    assert!(desk.state.save_at.is_some());
    desk.save();
    assert_eq!(desk.state.save_at, None);
    desk.settle();
    desk.save();
    desk.settle();
    assert_eq!(
        told_since_open(&log),
        ["sync one", "saved", "save", "saved", "2 of hers"]
    );
}

#[test]
fn what_is_decided_while_the_sidecar_is_written_is_saved_behind_it() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    desk.save();
    desk.journal(&edit("two"));
    desk.desk.document = Arc::new(Document::new(&article()));
    desk.state.save_at = None;
    desk.save();
    assert_eq!(
        told_since_open(&log),
        ["sync one", "saved", "save", "sync two", "saved"],
        "one save at a time, and a decision is synced meanwhile"
    );
    desk.settle();
    assert!(desk.state.save_at.is_some(), "the rest is due");
    desk.save();
    desk.settle();
    assert_eq!(desk.state.save_at, None);
    assert_eq!(told(&log).iter().filter(|told| *told == "save").count(), 2);
}

#[test]
fn an_article_still_being_saved_is_opened_when_that_is_done() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    desk.close();
    desk.files.busy = vec!["a.txt".into()];
    desk.carry_out(vec![Request::ActClosed("b.txt".into(), Decide::Later)]);
    desk.open("a.txt".into());
    let told = told(&log);
    let at = |what: &str| told.iter().rposition(|told| told == what).expect("told");
    assert!(at("acted on b.txt") < at("open a.txt"), "{told:?}");
}

#[test]
fn an_article_is_opened_while_an_errand_to_another_takes_its_time() {
    let (mut desk, _send, log) = desk(vec![]);
    let (free, held) = mpsc::channel::<()>();
    desk.workers.run(Box::new(move || {
        let _ = held.recv();
        Outcome::Done
    }));
    desk.open("a.txt".into());
    desk.take_up("a.txt".into(), &[]);
    let told = told(&log);
    let opened = told.iter().filter(|told| *told == "open a.txt").count();
    assert_eq!(opened, 2, "{told:?}");
    drop(free);
    desk.settle();
}

#[test]
fn what_changed_outside_is_told_of_the_open_article_alone() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("a.txt".into());
    for path in ["b.txt", "a.txt"] {
        let said = format!("{path} changed");
        let seen = desk.came(Outcome::Looked(path.into(), said));
        assert_eq!(seen, path == "a.txt");
    }
    let told = told_since_open(&log);
    let told: Vec<_> = told
        .iter()
        .filter(|told| told.ends_with("changed"))
        .collect();
    assert_eq!(told, ["a.txt changed"]);
}

#[test]
fn keys_that_came_while_jobs_were_waited_for_keep_their_order() {
    let (mut desk, send, log) = desk(vec![("Q", vec![Request::Quit])]);
    press(&send, &["a", "b"]);
    desk.settle();
    press(&send, &["c", "Q"]);
    desk.run();
    let told = told(&log);
    let keys = told.iter().filter(|told| told.starts_with("key"));
    assert_eq!(
        keys.collect::<Vec<_>>(),
        ["key a", "key b", "key c", "key Q"]
    );
}

#[test]
fn a_merge_shows_its_document() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.files.merges = true;
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    desk.save();
    desk.settle();
    assert_eq!(told(&log).last().expect("told"), "merged: 2 of hers");
}

#[test]
fn the_article_open_before_stays_if_the_next_cannot_be_opened() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("a.txt".into());
    desk.journal(&edit("one"));
    desk.files.faults = vec!["open"];
    desk.open("b.txt".into());
    assert_eq!(
        told_since_open(&log),
        [
            "sync one",
            "saved",
            "open b.txt",
            "not opened b.txt: the disk is full"
        ]
    );
    assert_eq!(desk.state.open, Some("a.txt".into()));
    assert!(desk.journal(&edit("two")), "and it can be decided on");
}

#[test]
fn findings_of_an_article_left_meanwhile_are_dropped() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.open("b.txt".into());
    let detected = |path: &str| Event::Detected {
        path: path.into(),
        text: [0; 32],
        findings: Arc::default(),
    };
    desk.tell(detected("a.txt"));
    desk.tell(detected("b.txt"));
    assert_eq!(told_since_open(&log), ["detected b.txt"]);
}

#[test]
fn signals_and_a_lost_terminal_end_the_desk_with_everything_saved() {
    for (wake, signal) in [(Wake::Signal(15), Some(15)), (Wake::TerminalGone, None)] {
        let (mut desk, send, log) = desk(vec![("a", vec![journal("one")])]);
        desk.desk.start = vec![Request::Open("a.txt".into())];
        press(&send, &["a"]);
        send.send(wake).expect("it listens");
        press(&send, &["b"]);
        assert_eq!(desk.run().signal, signal);
        assert_eq!(
            told_since_open(&log)[1..],
            [
                "key a",
                "sync one",
                "saved",
                "terminate",
                "save and close",
                "closed"
            ]
        );
    }
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_ends_the_desk() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.screen.dies_after = 0;
    desk.desk.start = vec![Request::Open("a.txt".into())];
    assert_eq!(desk.run(), Ended::default());
    let told = told(&log);
    assert_eq!(told[told.len() - 2..], ["close", "closed"]);
}

#[test]
fn a_terminal_that_vanished_without_a_word_is_noticed() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.look_around();
    assert!(desk.state.ended.is_none());
    desk.screen.dies_after = 0;
    desk.look_around();
    assert!(desk.state.ended.is_some());
    assert_eq!(told(&log), ["terminate"]);
}

#[test]
fn changes_outside_are_asked_for_while_an_article_is_open() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.files.changes = ["changed by hand"].into();
    desk.look_around();
    assert_eq!(told(&log), [""; 0]);
    desk.open("a.txt".into());
    desk.look_around();
    desk.look_around();
    desk.settle();
    assert_eq!(told_since_open(&log), ["changed by hand"]);
}

#[test]
fn an_act_on_a_closed_article_is_answered_and_its_row_made_anew() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.carry_out(vec![Request::ActClosed("a.txt".into(), Decide::Later)]);
    assert_eq!(told(&log), ["act on a.txt"], "no key waits for it");
    desk.settle();
    assert_eq!(told(&log)[1..], ["acted on a.txt"]);
    desk.carry_out(vec![Request::EditClosed(
        "a.txt".into(),
        Box::new(act("later")),
    )]);
    desk.settle();
    assert_eq!(told(&log)[2..], ["edit a.txt", "edited a.txt"]);
    for _ in 0..2 {
        let looked = desk.next_within(Duration::from_secs(60)).expect("a row");
        assert!(
            matches!(looked, Wake::Event(Event::Looked(0, _))),
            "{looked:?}"
        );
    }
}

#[test]
fn keys_go_between_the_acts_on_several_closed_articles_and_the_end_waits_for_them() {
    let act_on = |name: &str| Request::ActClosed(name.into(), Decide::Later);
    let (mut desk, send, log) = desk(vec![
        ("z", vec![act_on("a"), act_on("b"), act_on("c")]),
        ("t", vec![act_on("d")]),
        ("Q", vec![Request::Quit]),
    ]);
    press(&send, &["z", "t"]);
    for _ in 0..2 {
        let key = desk.next_within(Duration::ZERO).expect("a key");
        desk.take(key);
    }
    let keys: Vec<String> = told(&log);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let keys: Vec<&&str> = keys.iter().filter(|told| told.starts_with("key")).collect();
    assert_eq!(keys, [&"key z", &"key t"]);
    assert!(desk.state.frame_at.is_some());
    press(&send, &["Q"]);
    desk.run();
    let told = told(&log);
    let acts: Vec<&str> = told
        .iter()
        .filter_map(|told| told.strip_prefix("act on "))
        .collect();
    assert_eq!(acts, ["a", "b", "c", "d"], "in their order");
    let went = told
        .iter()
        .filter_map(|told| told.strip_prefix("acted on "));
    assert_eq!(went.collect::<Vec<_>>(), ["a", "b", "c", "d"]);
}

#[test]
fn articles_left_unsaved_are_named_at_the_end_unless_they_were_opened_again() {
    let (mut desk, send, _log) = desk(vec![("Q", vec![Request::Quit])]);
    // Known to the disk alone when it is opened again.
    desk.files.left = vec![(PathBuf::from("f.txt"), "the disk is full".to_owned())];
    desk.open("f.txt".into());
    let left = |name: &str| (PathBuf::from(name), "the disk is full".to_owned());
    desk.files.left = vec![left("b.txt")];
    desk.open("a.txt".into());
    desk.files.left = vec![left("c.txt"), left("d.txt")];
    desk.carry_out(vec![Request::ActClosed("e.txt".into(), Decide::Later)]);
    desk.settle();
    desk.open("b.txt".into());
    desk.settle();
    desk.carry_out(vec![Request::EditClosed(
        "d.txt".into(),
        Box::new(act("later")),
    )]);
    desk.settle();
    desk.files.is_unsaved = true;
    desk.files.faults = vec!["save and close"];
    desk.close();
    press(&send, &["Q"]);
    let ended = desk.run();
    assert!(ended.unsaved);
    let names: Vec<_> = ended.notices.iter().map(|notice| &notice[..5]).collect();
    assert_eq!(names, ["c.txt", "b.txt"], "{:?}", ended.notices);
}

#[test]
fn after_a_stop_from_outside_the_screen_is_taken_anew() {
    let (mut desk, _send, log) = desk(vec![]);
    desk.take(Wake::Continued);
    assert_eq!(told(&log), ["leave", "enter", "resize 20x5"]);
    assert!(desk.state.frame_at.is_some());
}

#[test]
fn rows_of_the_queue_do_not_hold_up_a_key() {
    let (mut desk, send, _log) = desk(vec![]);
    let looked = Event::Looked(0, Box::new(QueueRow::with_trouble(String::new())));
    desk.take(Wake::Event(looked));
    let quiet = desk.state.frame_at.expect("a frame is due");
    press(&send, &["j"]);
    let key = desk.wakes.recv().expect("a key");
    desk.take(key);
    assert!(desk.state.frame_at.expect("a frame is due") < quiet);
}

#[test]
fn a_text_is_given_to_the_terminal_and_an_address_that_is_none_comes_back() {
    let (mut desk, send, log) = desk(vec![
        ("y", vec![Request::Copy("words".to_owned())]),
        ("O", vec![Request::Browse("file:///etc/passwd".to_owned())]),
        ("Q", vec![Request::Quit]),
    ]);
    press(&send, &["y", "O", "Q"]);
    desk.run();
    let told = told(&log);
    assert!(told.contains(&"copy words".to_owned()), "{told:?}");
    assert!(
        told.iter()
            .any(|what| what.contains("not browsed file:///etc/passwd")),
        "{told:?}"
    );
}

#[test]
fn an_export_that_fails_at_the_end_is_told() {
    let export = Export {
        articles: Vec::new(),
        format: Format::Csv,
        file: "a.csv".into(),
        publisher: Default::default(),
    };
    let both = vec![Request::Export(Box::new(export)), Request::Quit];
    let (mut desk, send, _) = desk(vec![("Q", both)]);
    desk.workers = Workers::start(Arc::new(Idle), 1, &send).expect("threads");
    press(&send, &["Q"]);
    assert_eq!(desk.run().notices, ["the disk is full"]);
}
