//! Ends of marks: words, clauses, sentences, pieces.

use super::fixture::{Desk, mark, nth};
use proofmark::annotations::RecordKind;
use proofmark::review::{Action, Decide, End, List, Look, Step};

fn start(step: Step) -> Action {
    Decide::Adjust(End::Start, step).into()
}

fn end(step: Step) -> Action {
    Decide::Adjust(End::End, step).into()
}

fn check(desk: &mut Desk, table: &[(Action, &str)]) {
    for (row, (action, expected)) in table.iter().enumerate() {
        desk.does(action.clone());
        assert_eq!(
            desk.words(),
            *expected,
            "row {row}: {action:?}, said “{}”",
            desk.said
        );
    }
}

#[test]
fn ends_move_by_words() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Look::Move(List::Claims, 3).into(),
                "Traffic fell by 12% last year",
            ),
            (end(Step::WordBack), "Traffic fell by 12% last"),
            (end(Step::WordBack), "Traffic fell by 12%"),
            (end(Step::WordBack), "Traffic fell by"),
            (end(Step::WordOn), "Traffic fell by 12%"),
            (start(Step::WordOn), "fell by 12%"),
            (start(Step::WordBack), "Traffic fell by 12%"),
            // Over a sentence with a lost apostrophe: ordinary words.
            (start(Step::WordBack), "worried. Traffic fell by 12%"),
            (start(Step::WordBack), "t worried. Traffic fell by 12%"),
            (start(Step::WordBack), "isn t worried. Traffic fell by 12%"),
        ],
    );
    assert_eq!(desk.state(), "4 ???✎? ????? ???--");
    assert_eq!(desk.label(), "claim 4 starts with “isn”");
}

#[test]
fn going_back_to_the_suggestion_confirms_it() {
    let mut desk = Desk::new();
    desk.all([end(Step::WordOn), end(Step::WordBack)]);
    assert_eq!(
        desk.words(),
        "The harbour loses money … and it will close in 2027"
    );
    assert_eq!(desk.state(), "1 ✓???? ✓???? ✓??--");
}

#[test]
fn a_mark_never_becomes_empty_and_other_pieces_stay() {
    let mut desk = Desk::new();
    for _ in 0..9 {
        desk.does(end(Step::WordBack));
    }
    assert_eq!(desk.words(), "The harbour loses money … and");
    assert_eq!(desk.said, "the end cannot go there");
    let before = desk.acts.len();
    desk.does(end(Step::WordBack));
    assert_eq!(desk.acts.len(), before, "what is refused is not recorded");
}

#[test]
fn out_goes_to_the_clause_then_the_sentence_then_over_the_next() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Look::Move(List::Claims, 1).into(),
                "3,000 jobs depend on it",
            ),
            (end(Step::WordBack), "3,000 jobs depend on"),
            (end(Step::Out), "3,000 jobs depend on it"),
            (
                end(Step::Out),
                "3,000 jobs depend on it, and more will follow.",
            ),
            (
                end(Step::Out),
                "3,000 jobs depend on it, and more will follow. According to an unnamed official, \
                 the council knew.",
            ),
            (Decide::Clear.into(), "3,000 jobs depend on it"),
            (start(Step::WordOn), "jobs depend on it"),
            (start(Step::Out), "3,000 jobs depend on it"),
            (
                start(Step::Out),
                "Lind also said that 3,000 jobs depend on it",
            ),
        ],
    );
}

#[test]
fn quotation_marks_and_commas_part_clauses() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Decide::Add(RecordKind::Claim, mark("loses"), Vec::new()).into(),
                "loses",
            ),
            (end(Step::Out), "loses money"),
            (start(Step::Out), "The harbour loses money"),
            (start(Step::Out), "“The harbour loses money"),
            (
                Decide::Add(RecordKind::Claim, mark("follow"), Vec::new()).into(),
                "follow",
            ),
            (start(Step::Out), "more will follow"),
            (end(Step::Out), "more will follow."),
        ],
    );
}

#[test]
fn ends_jump_to_a_word() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Look::Move(List::Claims, 3).into(),
                "Traffic fell by 12% last year",
            ),
            (
                Decide::AdjustNearer(nth("12%", 0).start + 1).into(),
                "Traffic fell by 12%",
            ),
            (start(Step::To(nth("fell", 0).start + 2)), "fell by 12%"),
            (end(Step::To(nth("fell", 0).start)), "fell"),
            (end(Step::To(0)), "fell"),
        ],
    );
    assert_eq!(desk.said, "the end cannot go there");
    desk.does(end(Step::To(usize::MAX)));
    assert!(
        desk.words().ends_with("Photo by Jo Berg"),
        "past the end is the last word"
    );
}

#[test]
fn pieces_are_added_and_taken_away() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Decide::AddPiece(nth(" said ", 0)).into(),
                "The harbour loses money … said … and it will close in 2027",
            ),
            (
                Decide::RemovePiece(nth("close", 0).start).into(),
                "The harbour loses money … said",
            ),
            (
                Decide::RemovePiece(nth("said", 0).start).into(),
                "The harbour loses money",
            ),
            (
                Decide::RemovePiece(nth("loses", 0).start).into(),
                "The harbour loses money",
            ),
        ],
    );
    assert_eq!(desk.said, "it is the only piece: reject takes it all away");
    desk.does(Decide::AddPiece(nth("\n\n", 0)));
    assert_eq!(desk.said, "that is blank");
}
