use std::time::Duration;

use super::*;
use crate::exchange::protocol::Hello;
use crate::outside::detector::bounds::MOST_GIVEN_UP;
use crate::outside::detector::state::{Ending, Run};

const NUMBER: u64 = 7;

/// A process that takes two questions at a time.
fn state() -> State {
    let mut run = Run::new(NUMBER, &Bounds::USUAL, Vec::new());
    let hello = br#"{"name":"x","version":"1","batch":2}"#;
    run.hello = Some(Hello::read(hello).expect("a hello"));
    run.lines.clear();
    State {
        run: Some(run),
        ..State::default()
    }
}

fn run(state: &mut State) -> &mut Run {
    state.run(NUMBER).expect("it is there")
}

fn answer(state: &mut State, number: u64, id: &str, words: &str) -> Heard {
    let said = Said::Answer { id: id.to_owned() };
    state.hear(number, "x", said, &mut words.into())
}

/// What the writer does.
fn write_all(state: &mut State) {
    run(state).lines.clear();
}

#[test]
fn the_first_answer_counts() {
    let mut state = state();
    state.send("1".into(), b"one".to_vec());
    assert_eq!(
        answer(&mut state, NUMBER - 1, "1", "earlier"),
        Heard::Nothing
    );
    assert_eq!(answer(&mut state, NUMBER, "1", "first"), Heard::Answer);
    assert_eq!(answer(&mut state, NUMBER, "1", "second"), Heard::Nothing);
    let (id, why) = ("1".to_owned(), "third".to_owned());
    let error = state.hear(NUMBER, "x", Said::Error { id, why }, &mut Vec::new());
    assert_eq!(error, Heard::Nothing);
    let (id, told) = ("1".to_owned(), "done".to_owned());
    let progress = state.hear(NUMBER, "x", Said::Progress { id, told }, &mut Vec::new());
    assert_eq!(progress, Heard::Nothing);
    let waiting = state.waiting.remove("1").expect("it is there");
    assert_eq!(waiting.outcome, Some(Ok(b"first".to_vec())));
    assert_eq!(waiting.told, None);
    assert_eq!(answer(&mut state, NUMBER, "1", "late"), Heard::Nothing);
}

#[test]
fn what_was_given_up_is_with_it_for_a_while() {
    let mut state = state();
    let bounds = Bounds::USUAL;
    assert!(state.has_room());
    state.send("1".into(), Vec::new());
    assert!(state.has_room());
    state.send("2".into(), Vec::new());
    assert!(!state.has_room());
    write_all(&mut state);
    state.forget("1", false, &bounds);
    state.forget("2", false, &bounds);
    assert!(!state.has_room());
    assert_eq!(run(&mut state).lines.len(), 2);
    // An answer makes room.
    assert_eq!(answer(&mut state, NUMBER, "1", "late"), Heard::Late);
    assert_eq!(answer(&mut state, NUMBER, "1", "later"), Heard::Nothing);
    assert!(state.has_room());
    // And so does time.
    let at_once = Bounds {
        grace: Duration::ZERO,
        ..bounds
    };
    state.send("3".into(), Vec::new());
    write_all(&mut state);
    state.forget("3", false, &at_once);
    assert!(state.has_room());
    assert_eq!(answer(&mut state, NUMBER, "3", "late"), Heard::Late);
}

#[test]
fn nothing_is_sent_to_who_has_to_show_that_it_lives() {
    let mut state = state();
    state.send("1".into(), Vec::new());
    // Not even written: it reads nothing.
    state.forget("1", true, &Bounds::USUAL);
    assert_eq!(run(&mut state).given_up_at(Instant::now()), 0);
    assert!(run(&mut state).lines.is_empty());
    assert!(!state.has_room());
    let strange = state.hear(NUMBER, "x", Said::Strange, &mut Vec::new());
    assert_eq!(strange, Heard::Nothing);
    assert!(state.has_room());
    run(&mut state).end_in(Ending::Mute, Duration::from_secs(1));
    assert!(!state.has_room());
}

#[test]
fn what_is_kept_of_the_given_up_is_bounded() {
    let mut state = state();
    for number in 0..1000 {
        let id = number.to_string();
        state.send(id.clone(), Vec::new());
        // This one is written, no cancel is.
        run(&mut state).lines.retain(|(of, _)| of.is_none());
        state.forget(&id, false, &Bounds::USUAL);
    }
    assert_eq!(run(&mut state).given_up_at(Instant::now()), MOST_GIVEN_UP);
    assert_eq!(run(&mut state).lines.len(), MOST_WAITING_LINES);
    assert!(state.waiting.is_empty());
    assert_eq!(answer(&mut state, NUMBER, "935", "late"), Heard::Nothing);
    assert_eq!(answer(&mut state, NUMBER, "936", "late"), Heard::Late);
}

#[test]
fn a_pipe_that_breaks_is_no_reason_where_there_is_another() {
    let reason = |reasons: [Ending; 2]| {
        let mut state = state();
        for reason in reasons {
            run(&mut state).end_in(reason, Duration::ZERO);
        }
        run(&mut state).ending().cloned()
    };
    use Ending::{Deaf, Flooded, Mute};
    let told = Ending::NoHello("why".to_owned());
    assert_eq!(reason([Deaf, Mute]), Some(Deaf));
    assert_eq!(reason([Deaf, told.clone()]), Some(told.clone()));
    assert_eq!(reason([told.clone(), Mute]), Some(told.clone()));
    assert_eq!(reason([Flooded, told]), Some(Flooded));
}
