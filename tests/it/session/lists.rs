//! Rows, marks and candidates: what the lists show.

use proofmark::annotations::{Document, RecordKind};
use proofmark::review::{Decide, Effect, Filter, List, Look, MarkKind, Notice, Order};

use super::fixture::{self, Desk, article, findings, mark, nth, run, sentences, time};

#[test]
fn candidates_are_one_a_source_nearest_first() {
    let mut desk = Desk::new();
    let names = |desk: &Desk| -> Vec<String> {
        let document = desk.session.document();
        let words = |id| {
            document
                .annotation(id)
                .map(|a| a.target.quote.exact.clone())
        };
        desk.session
            .source_candidates()
            .iter()
            .filter_map(words)
            .collect()
    };
    assert_eq!(
        names(&desk),
        ["Mara Lind", "an unnamed official", "Jo Berg"]
    );
    desk.does(Look::Last(List::Claims));
    assert_eq!(names(&desk), ["Lind", "Jo Berg", "an unnamed official"]);
    desk.does(Look::Last(List::Sources));
    assert_eq!(names(&desk), [""; 0]);
}

#[test]
fn filters_and_orders() {
    let mut desk = Desk::new();
    let shown = |desk: &Desk| -> String {
        let number = |id| {
            desk.session
                .claim_number(id)
                .unwrap_or_default()
                .to_string()
        };
        desk.session.claims().iter().map(number).collect()
    };
    desk.all([Decide::Confirm.into(), Decide::Reject.into()]);
    for (filter, expected) in [
        (Filter::All, "12345"),
        (Filter::Undecided, "345"),
        (Filter::Verified, "1"),
        (Filter::Rejected, "2"),
        (Filter::SecondLook, ""),
        (Filter::WithoutSource, "45"),
        (Filter::WithoutVerdict, "1"),
    ] {
        desk.does(Look::Filter(filter));
        assert_eq!(shown(&desk), expected, "{filter}");
    }
    desk.does(Look::Filter(Filter::Undecided));
    assert_eq!(desk.selected(), "3");
    desk.does(Decide::Confirm);
    assert_eq!(
        shown(&desk),
        "345",
        "a decided row stays until the filter is set again"
    );
    desk.does(Decide::Add(
        RecordKind::Claim,
        mark("Harbour plan"),
        Vec::new(),
    ));
    assert_eq!(shown(&desk), "0a345", "what is added is shown");
    desk.does(Look::Filter(Filter::All));
    for (order, expected) in [
        (Order::Text, "0a12345"),
        (Order::Priority, "231450a"),
        (Order::Source, "1230a45"),
        (Order::Status, "45130a2"),
    ] {
        desk.does(Look::Order(order));
        assert_eq!(shown(&desk), expected, "{order}");
    }
}

#[test]
fn marks_stand_in_order_with_pieces_and_cues() {
    let mut desk = Desk::new();
    desk.does(Decide::Confirm);
    let text = desk.session.article().text().to_owned();
    let marks: Vec<_> = desk
        .session
        .marks()
        .iter()
        .take(5)
        .map(|m| {
            (
                m.span.of(&text),
                m.kind,
                fixture::sign(m.status),
                m.piece,
                m.pieces,
            )
        })
        .collect();
    let expected = [
        ("The harbour loses money", MarkKind::Claim, '✓', 0, 2),
        ("said", MarkKind::Cue, '✓', 0, 1),
        ("Mara Lind", MarkKind::Source, '✓', 0, 1),
        ("and it will close in 2027", MarkKind::Claim, '✓', 1, 2),
        ("Lind", MarkKind::Source, '?', 0, 1),
    ];
    assert_eq!(marks, expected);
    desk.does(Look::SelectAt(nth("jobs", 0).start));
    assert_eq!(desk.selected(), "2");
    desk.does(Look::SelectAt(nth("Berg", 0).start));
    assert_eq!(desk.selected(), "Jo Berg");
    desk.does(Look::SelectAt(0));
    assert_eq!(desk.selected(), "Jo Berg", "nothing stands there");
}

#[test]
fn a_new_document_keeps_selection_and_filter() {
    let article = article();
    let mut desk = Desk::of("ana", Document::new(&article));
    assert_eq!(desk.state(), "nothing   ");
    let effects = desk.does(Decide::Confirm);
    assert_eq!(
        effects,
        [Effect::Say(Notice::Refused(
            "nothing is selected".to_owned()
        ))]
    );
    desk.session.set_sentences(sentences());
    let mut found = desk.session.document().clone();
    found.adopt(&article, &findings(), &run(), time(0));
    desk.session.replace_document(found.clone());
    assert_eq!(desk.state(), "1 ????? ????? ???--");
    desk.all([
        Look::Filter(Filter::Undecided).into(),
        Look::Move(List::Claims, 2).into(),
    ]);
    desk.session.replace_document(found);
    assert_eq!(desk.state(), "3 ????? ????? ???--");
    assert_eq!(desk.session.filter(), Filter::Undecided);
}
