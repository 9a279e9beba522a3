//! Rows, marks and candidates: what the lists show.

use proofmark::annotations::{Document, Progress, RecordKind};
use proofmark::review::{
    Decide, Effect, Filter, List, Look, MarkKind, Moment, Notice, Order, Session,
};

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
        ("", "12345"),
        ("state:undecided", "345"),
        ("state:verified", "1"),
        ("-state:undecided", "12"),
        ("rejected", "2"),
        ("state:second", ""),
        ("source:none", "45"),
        ("-state:rejected source:none", "45"),
        ("verdict:none state:verified", "1"),
        ("3,000 jobs", "2"),
        ("\"000 3\"", ""),
        ("source:lind", "12"),
    ] {
        desk.does(Look::Filter(Filter::of(filter)));
        assert_eq!(shown(&desk), expected, "{filter}");
    }
    desk.does(Look::Filter(Filter::of("undecided")));
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
    desk.does(Look::Filter(Filter::default()));
    for (order, expected) in [
        (Order::Text, "0a12345"),
        (Order::Worth, "230a145"),
        (Order::Source, "1230a45"),
        (Order::Status, "45130a2"),
    ] {
        desk.does(Look::Order(order));
        assert_eq!(shown(&desk), expected, "{order}");
    }
}

#[test]
fn what_deserves_checking_first_comes_first_and_stays_there() {
    let (text, sentences) = (article(), sentences());
    let (who, tool) = ("ana".to_owned(), "proofmark 0".to_owned());
    let mut session = Session::new(text, fixture::document(), sentences, who, tool);
    let numbers = |session: &Session| -> Vec<String> {
        let claims = session.claims().iter();
        claims
            .filter_map(|id| Some(session.claim_number(id)?.to_string()))
            .collect()
    };
    assert_eq!(session.order(), Order::Worth);
    assert_eq!(numbers(&session), ["2", "3", "1", "4", "5"]);
    let moment = Moment {
        day: None,
        now: time(1),
        fresh: 1,
        seconds: None,
    };
    // Decisions go down the list as it is shown, and move no row of it.
    for next in ["2", "3", "1", "4", "5"] {
        let number = session.claim_number(session.selected().expect("one").id());
        assert_eq!(number.map(|n| n.to_string()).as_deref(), Some(next));
        session.apply(Decide::Reject, &moment);
        assert_eq!(numbers(&session), ["2", "3", "1", "4", "5"]);
    }
}

#[test]
fn a_hidden_selection_goes_on_from_its_place_in_the_order() {
    let mut desk = Desk::new();
    desk.all([
        Look::Order(Order::Worth).into(),
        Look::First(List::Claims).into(),
        Look::Move(List::Claims, 2).into(),
    ]);
    assert_eq!(desk.selected(), "1");
    desk.does(Look::Filter(Filter::of("-kind:prediction")));
    assert_eq!(desk.selected(), "4");
}

#[test]
fn one_answer_to_all_that_is_shown() {
    let mut desk = Desk::new();
    desk.does(Decide::Reject);
    desk.does(Look::Filter(Filter::of("source:lind")));
    assert_eq!(desk.session.undecided_shown(), (List::Claims, 1));
    desk.does(Look::Filter(Filter::of("")));
    assert_eq!(desk.session.undecided_shown(), (List::Claims, 4));
    let before = desk.state();
    desk.does(Decide::ConfirmShown);
    assert_eq!(desk.label(), "4 claims confirmed");
    assert!(desk.state().contains(" ✗✓✓✓✓ "), "{}", desk.state());
    assert_eq!(desk.acts.len(), 2, "one act for all of them");
    desk.undo();
    assert_eq!(desk.state(), before);
    desk.does(Decide::RejectShown);
    assert_eq!(desk.label(), "4 claims rejected");
    assert!(desk.state().contains(" ✗✗✗✗✗ "), "{}", desk.state());
    desk.does(Decide::RejectShown);
    assert_eq!(desk.said, "nothing shown is undecided");
    assert_eq!(
        desk.session.progress(),
        Progress::of(desk.session.document(), "ana")
    );
}

#[test]
fn one_answer_to_all_sources_shown() {
    let mut desk = Desk::new();
    desk.does(Look::First(List::Sources));
    let (list, count) = desk.session.undecided_shown();
    assert_eq!(list, List::Sources);
    desk.does(Decide::ConfirmShown);
    assert_eq!(
        desk.label(),
        format!(
            "{count} source{} confirmed",
            if count == 1 { "" } else { "s" }
        )
    );
    assert_eq!(desk.session.undecided_shown().1, 0);
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
        Look::Filter(Filter::of("undecided")).into(),
        Look::Move(List::Claims, 2).into(),
    ]);
    desk.session.replace_document(found);
    assert_eq!(desk.state(), "3 ????? ????? ???--");
    assert_eq!(desk.session.filter().line(), "undecided");
}

#[test]
fn after_something_was_added_one_goes_on_from_where_one_was() {
    let mut desk = Desk::new();
    desk.does(Look::Order(Order::Text));
    desk.does(Look::First(List::Claims));
    let place = desk.selected();
    let add = || Decide::Add(RecordKind::Claim, mark("follow"), Vec::new());
    desk.does(add());
    assert_ne!(
        desk.selected(),
        place,
        "what was added can be put right at once"
    );
    desk.does(Look::NextUndecided(List::Claims));
    assert_eq!(desk.selected(), place, "it is still open");
    desk.does(Look::Last(List::Claims));
    let last = desk.selected();
    desk.does(add());
    desk.undo();
    assert_eq!(desk.selected(), last);
    // Whoever went elsewhere meanwhile goes on from there.
    desk.does(Look::First(List::Claims));
    desk.does(add());
    desk.does(Look::Last(List::Claims));
    desk.does(Look::NextUndecided(List::Claims));
    assert_ne!(desk.selected(), last);
}
