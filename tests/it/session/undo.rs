//! Undo: acts taken back through the session, and the history across articles and runs.

use super::fixture::{Desk, mark};
use proofmark::annotations::{Edit, RecordKind};
use proofmark::review::{Act, Decide, End, History, List, Look, NewSource, Step, Turn};

#[test]
fn one_undo_takes_back_a_card_and_selects_it() {
    let mut desk = Desk::new();
    desk.does(Decide::Confirm);
    desk.does(Look::Last(List::Sources));
    desk.undo();
    assert_eq!(desk.state(), "1 ????? ????? ???--");
    assert!(desk.session.document().pass_of("ana").is_none());
}

#[test]
fn undoing_an_addition_lets_go_of_it() {
    let mut desk = Desk::new();
    desk.does(Decide::Add(
        RecordKind::Claim,
        mark("Harbour plan"),
        Vec::new(),
    ));
    assert_eq!(desk.state(), "0a +????? ????? -???--");
    desk.does(Decide::Link(NewSource::Mark(mark("the port director"))));
    assert_eq!(desk.state(), "0a +????? ?+???? +???--");
    desk.undo();
    assert_eq!(desk.state(), "0a +????? ????? -???--");
    desk.undo();
    assert_eq!(desk.state(), "1 ????? ????? ???--");
}

#[test]
fn undo_and_redo_move_the_marks() {
    let mut desk = Desk::new();
    let before = desk.session.marks().to_vec();
    desk.does(Decide::Adjust(End::End, Step::WordOn));
    let act = desk.acts[0].clone();
    let after = desk.session.marks().to_vec();
    assert_ne!(before, after);
    desk.undo();
    assert_eq!(desk.session.marks(), before);
    desk.session
        .apply_edit(act.edit)
        .expect("it can be done again");
    assert_eq!(desk.session.marks(), after);
}

fn act(label: &str) -> Act {
    Act {
        label: label.to_owned(),
        edit: Edit::All(Vec::new()),
        inverse: Edit::All(Vec::new()),
    }
}

fn told(entry: Option<Vec<(String, Act)>>) -> String {
    entry.map_or("nothing".to_owned(), |parts| {
        let parts = parts
            .iter()
            .map(|(article, act)| format!("{article}: {}", act.label));
        parts.collect::<Vec<_>>().join(", ")
    })
}

#[test]
fn history_goes_back_through_this_run_then_the_article_s_past() {
    let mut history = History::default();
    history.load_earlier("a", vec![act("1"), act("2")], vec![act("3")]);
    history.load_earlier("b", vec![act("other")], Vec::new());
    assert_eq!(
        told(history.turn(Turn::Redo, "a")),
        "a: 3",
        "undone in an earlier run"
    );
    assert_eq!(told(history.turn(Turn::Undo, "a")), "a: 3");
    history.push("a", act("4"));
    history.push("b", act("5"));
    assert_eq!(history.depth("a"), 4);
    // (way, asked from, expected)
    let table = [
        ("undo", "a", "b: 5"),
        ("undo", "a", "a: 4"),
        ("undo", "a", "a: 2"),
        ("undo", "a", "a: 1"),
        ("undo", "a", "nothing"),
        ("redo", "b", "a: 1"),
        ("redo", "b", "a: 2"),
        ("undo", "b", "a: 2"),
        ("undo", "b", "a: 1"),
        ("undo", "b", "b: other"),
        ("undo", "b", "nothing"),
        ("redo", "a", "b: other"),
        ("redo", "a", "a: 1"),
        ("redo", "a", "a: 2"),
        ("redo", "a", "a: 4"),
        ("redo", "a", "b: 5"),
        ("redo", "a", "nothing"),
    ];
    for (row, (way, article, expected)) in table.into_iter().enumerate() {
        let turn = match way {
            "undo" => Turn::Undo,
            _ => Turn::Redo,
        };
        let entry = history.turn(turn, article);
        assert_eq!(told(entry), expected, "row {row}");
    }
}

#[test]
fn a_new_act_ends_what_could_be_redone() {
    let mut history = History::default();
    history.load_earlier("a", Vec::new(), vec![act("old")]);
    history.push("a", act("1"));
    assert_eq!(told(history.turn(Turn::Redo, "a")), "nothing");
    assert_eq!(told(history.turn(Turn::Undo, "a")), "a: 1");
    history.push("b", act("2"));
    assert_eq!(told(history.turn(Turn::Redo, "a")), "nothing");
}

#[test]
fn acts_on_several_articles_are_turned_as_one_less_those_that_could_not_be() {
    let mut history = History::default();
    let part = |article: &str| (article.to_owned(), act("later"));
    history.load_earlier("b", Vec::new(), vec![act("old")]);
    history.push_all(Vec::new());
    assert_eq!(history.depth("a"), 0, "nothing is no act");
    history.push_all(vec![part("a"), part("b"), part("c")]);
    assert_eq!(history.depth("a"), 1);
    let all = "a: later, b: later, c: later";
    assert_eq!(told(history.turn(Turn::Undo, "a")), all);
    // One of them could not be undone: that one is still there to be undone.
    history.put_back(Turn::Undo, &["b".to_owned()]);
    assert_eq!(told(history.turn(Turn::Redo, "x")), "a: later, c: later");
    assert_eq!(told(history.turn(Turn::Undo, "x")), "a: later, c: later");
    assert_eq!(told(history.turn(Turn::Undo, "x")), "b: later");
    assert_eq!(told(history.turn(Turn::Undo, "b")), "nothing");
    history.put_back(Turn::Undo, &["b".to_owned()]);
    assert_eq!(told(history.turn(Turn::Undo, "x")), "b: later");
    // The log of an article ends with the acts of this run.
    history.push_all(vec![part("a"), part("b")]);
    history.load_earlier("b", vec![act("1"), act("later")], Vec::new());
    assert_eq!(told(history.turn(Turn::Undo, "b")), "a: later, b: later");
    assert_eq!(told(history.turn(Turn::Undo, "b")), "b: 1");
}
