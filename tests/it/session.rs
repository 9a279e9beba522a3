//! Reviewing an article: tables of actions and the state expected after each.
//!
//! A state reads `selected claims mentions links`, a sign each in text order: `2 ✓???? ✓????
//! ✓??--` is claim 2 selected, claim 1 confirmed with its source mention and link.

mod ends;
pub(crate) mod fixture;
mod lists;
mod put_right;
mod undo;

use fixture::{Desk, document, mark, time};
use proofmark::annotations::{Decision, Evidence, Id, Progress, RecordKind, Stance, Status};
use proofmark::detect::Kind;
use proofmark::review::{
    Action, Decide, Effect, End, Item, List, Look, NewEvidence, NewSource, Step,
};
use proofmark::text::Open;

/// Does one action after the other and compares the state after each.
fn check(desk: &mut Desk, table: &[(Action, &str)]) {
    for (row, (action, expected)) in table.iter().enumerate() {
        desk.does(action.clone());
        assert_eq!(
            desk.state(),
            *expected,
            "row {row}: {action:?}, said “{}”",
            desk.said
        );
        assert_eq!(
            desk.session.progress(),
            Progress::of(desk.session.document(), "ana")
        );
    }
}

fn verdict(verdict: &str) -> Action {
    Decide::Verdict(Some(verdict.to_owned())).into()
}

#[test]
fn decisions_go_on_to_the_next_undecided() {
    let mut desk = Desk::new();
    assert_eq!(desk.state(), "1 ????? ????? ???--");
    check(
        &mut desk,
        &[
            (Decide::Confirm.into(), "2 ✓???? ✓???? ✓??--"),
            (Decide::Reject.into(), "3 ✓✗??? ✓???? ✓??--"),
            (Look::Last(List::Claims).into(), "5 ✓✗??? ✓???? ✓??--"),
            (Decide::Confirm.into(), "3 ✓✗??✓ ✓???? ✓??--"),
            (Decide::SecondLook.into(), "3 ✓✗~?✓ ✓???? ✓??--"),
            (
                Look::NextUndecided(List::Claims).into(),
                "4 ✓✗~?✓ ✓???? ✓??--",
            ),
            // A wish for a second look is an open question.
            (Decide::Confirm.into(), "3 ✓✗~✓✓ ✓???? ✓??--"),
            (Decide::Confirm.into(), "3 ✓✗✓✓✓ ✓?✓?? ✓?✓--"),
        ],
    );
    assert_eq!(
        desk.said,
        "all claims decided — 1 source left, n goes there"
    );
    check(
        &mut desk,
        &[
            (
                Look::NextUndecided(List::Claims).into(),
                "Jo Berg ✓✗✓✓✓ ✓?✓?? ✓?✓--",
            ),
            (Decide::Reject.into(), "Jo Berg ✓✗✓✓✓ ✓?✓?✗ ✓?✓--"),
        ],
    );
    assert_eq!(desk.said, "all decided — f finishes");
    assert!(desk.session.left().is_empty());
}

#[test]
fn answers_can_be_changed() {
    let claim = |n: isize| Action::from(Look::Move(List::Claims, n));
    check(
        &mut Desk::new(),
        &[
            (Decide::Reject.into(), "2 ✗???? ????? ???--"),
            (claim(-1), "1 ✗???? ????? ???--"),
            (Decide::Confirm.into(), "2 ✓???? ✓???? ✓??--"),
            (claim(-9), "1 ✓???? ✓???? ✓??--"),
            (Decide::Clear.into(), "1 ????? ????? ???--"),
            (Decide::SetKind(Kind::Law).into(), "1 ✎???? ✓???? ✓??--"),
            (Decide::Confirm.into(), "2 ✎???? ✓???? ✓??--"),
            (claim(-1), "1 ✎???? ✓???? ✓??--"),
            (Decide::Reject.into(), "2 ✗???? ✓???? ✓??--"),
            (claim(-1), "1 ✗???? ✓???? ✓??--"),
            // The correction was not lost by rejecting.
            (Decide::Confirm.into(), "2 ✎???? ✓???? ✓??--"),
            (claim(-1), "1 ✎???? ✓???? ✓??--"),
            (
                Decide::SetKind(Kind::Prediction).into(),
                "1 ✓???? ✓???? ✓??--",
            ),
            // A second look beside an answer is a flag; the answer stays.
            (Decide::SecondLook.into(), "1 ✓???? ✓???? ✓??--"),
            (Decide::SecondLook.into(), "1 ✓???? ✓???? ✓??--"),
            (claim(1), "2 ✓???? ✓???? ✓??--"),
            (Decide::SecondLook.into(), "2 ✓~??? ✓???? ✓??--"),
            (Decide::SecondLook.into(), "2 ✓???? ✓???? ✓??--"),
        ],
    );
}

#[test]
fn an_answer_is_whole_and_says_who_when_and_where() {
    let mut desk = Desk::new();
    desk.does(Decide::Confirm);
    let document = desk.session.document();
    let claim = document
        .annotation(&desk.session.claims()[0])
        .expect("claim 1");
    let review = claim.review_of("ana").expect("my answer");
    assert_eq!(review.decision, Open::Known(Decision::Confirm));
    assert_eq!(review.quote.as_ref(), Some(&claim.target.quote));
    assert_eq!(review.kind, Some(Open::Known(RecordKind::Claim)));
    assert_eq!(review.kinds, [Open::Known(Kind::Prediction)]);
    assert_eq!(review.at, time(101));
    assert_eq!(
        review.seconds.as_ref().map(ToString::to_string).as_deref(),
        Some("1.2")
    );
    assert_eq!(review.tool.as_deref(), Some("proofmark 0"));
    // That I began is told by my answer; a pass has something to say once it is finished.
    assert_eq!(document.pass_of("ana"), None);
    assert_eq!(desk.label(), "claim 1 confirmed");
    assert_eq!(desk.acts.len(), 1);
}

#[test]
fn deciding_again_the_same_way_records_nothing() {
    let mut desk = Desk::new();
    desk.all([Decide::Confirm.into(), Look::First(List::Claims).into()]);
    let effects = desk.does(Decide::Confirm);
    assert_eq!(effects, []);
    assert_eq!(desk.state(), "2 ✓???? ✓???? ✓??--");
}

#[test]
fn a_source_is_decided_with_all_its_mentions() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (Decide::Confirm.into(), "2 ✓???? ✓???? ✓??--"),
            (
                Look::First(List::Sources).into(),
                "Mara Lind ✓???? ✓???? ✓??--",
            ),
            (Look::NextMention.into(), "Lind ✓???? ✓???? ✓??--"),
            // Those undecided, then all.
            (Decide::Reject.into(), "Jo Berg ✓???? ✓✗?✗? ✓-?--"),
            (
                Look::First(List::Sources).into(),
                "Mara Lind ✓???? ✓✗?✗? ✓-?--",
            ),
            (Decide::Confirm.into(), "Jo Berg ✓???? ✓✓?✓? ✓-?--"),
            (Decide::Confirm.into(), "Jo Berg ✓???? ✓✓?✓✓ ✓-?--"),
        ],
    );
    let rows: Vec<_> = desk
        .session
        .sources()
        .iter()
        .map(|row| (row.name.as_str(), row.mentions.len(), row.claims))
        .collect();
    let expected = [
        ("Mara Lind", 3, 1),
        ("an unnamed official", 1, 1),
        ("Jo Berg", 1, 0),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn kinds_are_set_and_toggled() {
    let mut desk = Desk::new();
    let kinds = |desk: &Desk| -> Vec<String> {
        let claim = desk.session.selected_annotation().expect("a claim");
        claim.kinds().iter().map(ToString::to_string).collect()
    };
    desk.does(Decide::ToggleKind(Kind::Event));
    assert_eq!(kinds(&desk), ["prediction", "event"]);
    assert_eq!(desk.label(), "claim 1: kind prediction, event");
    desk.does(Decide::SetKind(Kind::Quantity));
    assert_eq!(kinds(&desk), ["quantity"]);
    desk.does(Decide::ToggleKind(Kind::Quantity));
    assert_eq!(desk.said, "a claim keeps one kind: set another instead");
    desk.all([Look::Move(List::Claims, 1).into(), Decide::Repeat.into()]);
    assert_eq!(
        desk.state(),
        "2 ✎✓??? ✓✓??? ✓✓?--",
        "quantity is what was suggested for claim 2"
    );
}

#[test]
fn verdict_note_evidence_and_tags() {
    let mut desk = Desk::new();
    check(&mut desk, &[(verdict("false"), "1 ✓???? ✓???? ✓??--")]);
    let id = desk.session.claims()[0].clone();
    assert_eq!(desk.session.verdict(&id), Some("false"));
    desk.does(Decide::Reject);
    assert_eq!(
        desk.session.verdict(&id),
        Some("false"),
        "kept by rejecting"
    );
    check(
        &mut desk,
        &[(
            Decide::Note(" ask the port ".to_owned()).into(),
            "2 ✗~??? ✓???? ✓??--",
        )],
    );
    assert!(desk.said.starts_with("noted; it stays open"));
    desk.does(Decide::SecondLook);
    assert_eq!(
        desk.said,
        "your note or verdict needs an answer: confirm or reject it"
    );
    desk.all([Decide::Confirm.into(), Look::Move(List::Claims, -1).into()]);
    let claim = desk.session.selected_annotation().expect("claim 2");
    let note = claim.review_of("ana").and_then(|mine| mine.note.as_deref());
    assert_eq!(note, Some("ask the port"));

    let evidence = |reference: &str| {
        Decide::AddEvidence(Box::new(NewEvidence::of(reference, Stance::Refutes))).into()
    };
    desk.all([
        evidence("https://port.example/report?y=1"),
        evidence("Port report 2025"),
        evidence("https:// no address"),
        Decide::Tag("port".to_owned()).into(),
        Decide::ClaimText("3,000 jobs depend on the harbour".to_owned()).into(),
    ]);
    let claim = desk.session.selected_annotation().expect("claim 2");
    let found: Vec<_> = claim
        .evidence
        .iter()
        .map(|(_, e)| e.url.is_some())
        .collect();
    assert_eq!(found, [true, false, false]);
    assert!(claim.evidence.iter().all(|(_, e)| e.by == "ana"));
    let today = |(_, piece): &(Id, Evidence)| {
        piece.consulted.as_deref() == piece.at.as_str().get(..10) && piece.consulted.is_some()
    };
    assert!(claim.evidence.iter().all(today));
    assert!(
        claim
            .evidence
            .iter()
            .all(|(_, e)| e.primacy.is_none() && e.locator.is_none())
    );
    assert_eq!(claim.tags().collect::<Vec<_>>(), ["port"]);
    assert_eq!(
        claim.attribute("claim_text"),
        Some("3,000 jobs depend on the harbour")
    );
    let first = claim.evidence[0].0.clone();
    desk.all([
        Decide::RemoveEvidence(first).into(),
        Decide::Tag("port".to_owned()).into(),
    ]);
    let claim = desk.session.selected_annotation().expect("claim 2");
    assert_eq!((claim.evidence.len(), claim.tags().count()), (2, 0));
}

#[test]
fn what_was_missed_is_added_and_withdrawn() {
    let mut desk = Desk::new();
    let add = |words| Decide::Add(RecordKind::Claim, mark(words), Vec::new()).into();
    check(
        &mut desk,
        &[
            (add(" The director isn t worried"), "3a ???+?? ????? ???---"),
            // Exactly there already: selected, not doubled.
            (Look::First(List::Claims).into(), "1 ???+?? ????? ???---"),
            (add("The director isn t worried"), "3a ???+?? ????? ???---"),
            (
                Decide::SetKind(Kind::Opinion).into(),
                "3a ???+?? ????? ???---",
            ),
            (Decide::Confirm.into(), "4 ???+?? ????? ???---"),
            (
                Look::Move(List::Claims, -1).into(),
                "3a ???+?? ????? ???---",
            ),
            (Decide::Reject.into(), "4 ???w?? ????? ???---"),
            (add("The director isn t worried"), "3a ???+?? ????? ???---"),
            (
                Decide::Add(RecordKind::Source, mark("The director"), Vec::new()).into(),
                "The director ???+?? ???+?? ???---",
            ),
            (
                Decide::Add(RecordKind::Claim, mark("\n\n"), Vec::new()).into(),
                "The director ???+?? ???+?? ???---",
            ),
        ],
    );
    assert_eq!(desk.said, "that is blank");
    assert_eq!(
        desk.session.progress().total,
        7,
        "6 claims and Jo Berg; the director was added as decided"
    );
}

#[test]
fn links_hold_one_at_a_time() {
    let mut desk = Desk::new();
    let mention = |n: usize| {
        let document = document();
        let mut mentions: Vec<_> = document
            .annotations()
            .iter()
            .filter(|a| a.is_source())
            .collect();
        mentions.sort_by_key(|a| a.file_order());
        Decide::Link(NewSource::Mention(mentions[n].id.clone())).into()
    };
    let named = |name: &str| Decide::Link(NewSource::Named(name.to_owned())).into();
    check(
        &mut desk,
        &[
            (Decide::Link(NewSource::Top).into(), "1 ????? ✓???? ✓??--"),
            (mention(2), "1 ????? ✓?✓?? +??--"),
            (mention(0), "1 ????? ✓?✓?? ✓??--"),
            (mention(2), "1 ????? ✓?✓?? +??--"),
            (
                Decide::Link(NewSource::Nobody).into(),
                "1 ????? ✓?✓?? -??--",
            ),
            (
                Decide::Link(NewSource::Mark(mark("the port director"))).into(),
                "1 ????? ✓+?✓?? +??--",
            ),
            (named(" Ole Berg "), "1 ????? ✓+?✓?? -??--"),
        ],
    );
    let claim = desk.session.selected_annotation().expect("claim 1");
    assert_eq!(claim.attribute("source_name"), Some("Ole Berg"));
    assert_eq!(desk.label(), "claim 1 linked to Ole Berg");
    desk.does(mention(0));
    let claim = desk.session.selected_annotation().expect("claim 1");
    assert_eq!(claim.attribute("source_name"), None);
    assert_eq!(desk.label(), "claim 1 linked to Mara Lind");
    // The same again for the next claim.
    desk.all([Look::Move(List::Claims, 3).into(), Decide::Repeat.into()]);
    assert_eq!(desk.label(), "claim 4 linked to Mara Lind");
}

#[test]
fn equal_texts_get_the_same_answer() {
    let mut desk = Desk::new();
    desk.does(Decide::SameForEqual);
    assert_eq!(
        desk.said,
        "answer one first, then give the same to its equals"
    );
    desk.all([Look::Move(List::Claims, 3).into(), verdict("misleading")]);
    assert_eq!(desk.session.equal_count(), 1);
    check(
        &mut desk,
        &[(Decide::SameForEqual.into(), "4 ???✓✓ ????? ???--")],
    );
    assert_eq!(
        desk.label(),
        "confirmed 1 more “Traffic fell by 12% last year”"
    );
    let last = desk.session.claims()[4].clone();
    assert_eq!(desk.session.verdict(&last), Some("misleading"));
    assert_eq!(desk.session.equal_count(), 0);
    desk.undo();
    assert_eq!(desk.state(), "5 ???✓? ????? ???--");
    // Having gone on, the answer given last counts.
    let mut desk = Desk::new();
    desk.all([
        Look::Move(List::Claims, 3).into(),
        Decide::Reject.into(),
        Look::First(List::Claims).into(),
    ]);
    assert_eq!(desk.session.equal_count(), 1);
    check(
        &mut desk,
        &[(Decide::SameForEqual.into(), "1 ???✗✗ ????? ???--")],
    );
}

#[test]
fn finishing_asks_while_something_is_undecided() {
    let mut desk = Desk::new();
    let ask = desk.does(Decide::Finish { anyway: false });
    let [Effect::AskFinish(left)] = ask.as_slice() else {
        panic!("{ask:?}");
    };
    assert_eq!(left.to_string(), "5 claims undecided, 1 source undecided");
    assert!(desk.acts.is_empty());
    let effects = desk.does(Decide::Finish { anyway: true });
    assert!(matches!(
        effects.as_slice(),
        [Effect::Record(_), Effect::OpenNext]
    ));
    let finished = |desk: &Desk| {
        let document = desk.session.document();
        document.pass_of("ana").is_some_and(|pass| pass.finished)
    };
    assert!(finished(&desk));
    desk.does(Decide::Confirm);
    assert!(
        finished(&desk),
        "an answer after finishing leaves it finished"
    );
    assert_eq!(
        desk.does(Decide::Finish { anyway: true }),
        [Effect::OpenNext]
    );
}

#[test]
fn putting_off_and_tagging_the_article_start_no_pass() {
    let mut desk = Desk::new();
    desk.all([
        Decide::Later.into(),
        Decide::TagArticle("port".to_owned()).into(),
    ]);
    let head = &desk.session.document().parts().article.more;
    assert_eq!(
        serde_json::json!(head).to_string(),
        r#"{"later":true,"tags":["port"]}"#
    );
    assert!(desk.session.document().pass_of("ana").is_none());
    assert!(desk.session.document().has_decisions());
    desk.all([
        Decide::Later.into(),
        Decide::TagArticle("port".to_owned()).into(),
    ]);
    assert!(desk.session.document().parts().article.more.is_empty());
}

#[test]
fn two_reviewers_differ_and_agree() {
    let mut ana = Desk::new();
    ana.all([
        Decide::Adjust(End::End, Step::Out).into(),
        Decide::Confirm.into(),
        Decide::Reject.into(),
        verdict("true"),
    ]);
    let mut ben = Desk::of("ben", ana.session.document().clone());
    check(
        &mut ben,
        &[
            // Confirming what ana corrected is the same answer.
            (Look::First(List::Claims).into(), "1 ✎✗✓?? ✓?✓?? ✓?✓--"),
            (Decide::Confirm.into(), "4 ✎✗✓?? ✓?✓?? ✓?✓--"),
            (
                Look::Select(Item::Claim(ben_claim(&ana, 1))).into(),
                "2 ✎✗✓?? ✓?✓?? ✓?✓--",
            ),
            (Decide::Confirm.into(), "4 ✎!✓?? ✓✓✓?? ✓✓✓--"),
        ],
    );
    let third = ben_claim(&ana, 2);
    assert_eq!(
        ben.session.verdict(&third),
        Some("true"),
        "the other's, while I have none"
    );
    ben.all([
        Look::Select(Item::Claim(third.clone())).into(),
        verdict("false"),
    ]);
    assert_eq!(ben.session.verdict(&third), Some("false"));
    assert_eq!(
        ben.session.item_status(&Item::Claim(third)),
        Status::Confirmed
    );
}

fn ben_claim(desk: &Desk, at: usize) -> proofmark::annotations::Id {
    desk.session.claims()[at].clone()
}
