//! What is open: links nobody agreed with, wishes for a second look; in counters, lists, the finish
//! gate and exports.

mod changed;
mod commands;
mod disputes;
mod edges;
mod runs;

use proofmark::annotations::{Annotation, Document, Question, RecordKind, Status, reanchor};
use proofmark::detect::{Kind, Run};
use proofmark::exchange::{Selection, Subject, csv, jsonl, markdown};
use proofmark::review::{Decide, Effect, End, Item, List, Look, NewSource, Session, Step};
use proofmark::text::{Article, Media, Span};

use crate::session::fixture::{Desk, TEXT, article, document, findings, mark, time};

/// The first claim with these words.
pub(crate) fn claim<'a>(document: &'a Document, words: &str) -> &'a Annotation {
    let mut claims = document.annotations().iter().filter(|a| a.is_claim());
    claims
        .find(|a| a.target.quote.exact.contains(words))
        .unwrap_or_else(|| panic!("no claim with {words}"))
}

pub(crate) fn select(desk: &mut Desk, words: &str) {
    let id = claim(desk.session.document(), words).id.clone();
    desk.does(Look::Select(Item::Claim(id)));
}

pub(crate) fn open(desk: &Desk, words: &str) -> Vec<Question> {
    let id = claim(desk.session.document(), words).id.clone();
    desk.session.questions(&id)
}

pub(crate) fn json(document: &Document, words: &str) -> serde_json::Value {
    let mut out = Vec::new();
    jsonl::write(
        &mut out,
        &Subject {
            name: "harbour.txt",
            article: &article(),
            document,
            selection: Selection::All,
        },
    )
    .expect("memory");
    let text = String::from_utf8(out).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .find(|line| {
            line["kind"] == "claim" && line["text"].as_str().expect("text").contains(words)
        })
        .unwrap_or_else(|| panic!("no line with {words}"))
}

pub(crate) fn report(document: &Document) -> String {
    let mut out = Vec::new();
    markdown::write(&mut out, "harbour.txt", document, Selection::Verified).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

pub(crate) fn table(document: &Document) -> String {
    let mut out = Vec::new();
    let mut table = csv::Table::new(&mut out, b',').expect("memory");
    table
        .write(&Subject {
            name: "harbour.txt",
            article: &article(),
            document,
            selection: Selection::Verified,
        })
        .expect("memory");
    table.finish().expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

/// The desk after the article was changed outside.
pub(crate) fn after(desk: &Desk, reviewer: &str, old: &str, new: &str) -> Desk {
    assert!(TEXT.contains(old), "{old}");
    let text = TEXT.replacen(old, new, 1);
    let article = Article::new("harbour.txt", &text, Media::Plain);
    let parts = desk.session.document().clone().into_parts();
    let document = reanchor(parts, Some(TEXT), &article).document;
    let session = Session::new(
        article,
        document,
        Vec::new(),
        reviewer.to_owned(),
        "proofmark 0".to_owned(),
    );
    let mut desk = Desk::of(reviewer, Document::new(&session.article().clone()));
    desk.session = session;
    desk
}

pub(crate) fn verdict(verdict: &str) -> Decide {
    Decide::Verdict(Some(verdict.to_owned()))
}

#[test]
fn a_correction_keeps_the_source_of_its_card() {
    for correction in [
        Decide::Adjust(End::End, Step::WordOn),
        Decide::Adjust(End::Start, Step::WordBack),
        Decide::Adjust(End::End, Step::WordBack),
        Decide::SetKind(Kind::Law),
        Decide::ToggleKind(Kind::Event),
        Decide::AddPiece(Span::new(0, 7)),
        verdict("false"),
    ] {
        let mut desk = Desk::new();
        select(&mut desk, "3,000 jobs");
        desk.does(correction.clone());
        let document = desk.session.document();
        let line = json(document, "jobs depend on");
        assert_eq!(line["source_name"], "Mara Lind", "{correction:?}");
        assert_eq!(line["links"][0]["status"], "confirmed", "{correction:?}");
        assert_eq!(open(&desk, "jobs depend on"), [], "{correction:?}");
        // One act: one undo takes all of it back.
        assert_eq!(desk.acts.len(), 1);
        desk.undo();
        assert_eq!(desk.session.document(), &document_before());
    }
}

fn document_before() -> Document {
    document()
}

#[test]
fn a_link_nobody_agreed_with_is_an_open_question() {
    let mut desk = Desk::new();
    // Bulk answers leave links alone: they were not looked at.
    let mut found = findings();
    found.claims[3].attribution = Some(1);
    found.claims[4].attribution = Some(1);
    let mut document = Document::new(&article());
    document.adopt(
        &article(),
        &found,
        &Run::new("proofmark 0", &found.model),
        time(0),
    );
    desk.session.replace_document(document);
    select(&mut desk, "Traffic fell");
    desk.all([Decide::Confirm.into(), Decide::SameForEqual.into()]);
    let twin = desk.session.claims()[4].clone();
    assert_eq!(desk.session.questions(&twin), [Question::Source]);
    desk.does(Look::First(List::Claims));
    desk.does(Decide::Confirm);
    desk.all([Decide::Confirm.into(), Decide::Confirm.into()]);
    let left = desk.session.left().to_string();
    assert_eq!(left, "1 claim source undecided, 1 source undecided");
    desk.does(Look::First(List::Claims));
    desk.does(Look::NextUndecided(List::Claims));
    assert_eq!(desk.selected(), "5");
    assert_eq!(desk.said, "claim 5: source undecided");
    assert!(report(desk.session.document()).contains("- Claim 5, source undecided:"));
    desk.does(Decide::Confirm);
    assert_eq!(desk.session.questions(&twin), []);
}

#[test]
fn a_second_look_and_a_note_alone_are_open() {
    for (action, question) in [
        (Decide::SecondLook, Question::Unsure),
        (Decide::Note("ask the port".to_owned()), Question::Noted),
    ] {
        let mut desk = Desk::new();
        let before = desk.session.progress();
        select(&mut desk, "the council knew");
        desk.does(action);
        assert_eq!(open(&desk, "the council knew"), [question]);
        assert_eq!(desk.session.progress(), before);
        for _ in 0..5 {
            desk.does(Look::First(List::Claims));
            desk.does(Look::NextUndecided(List::Claims));
            if desk.selected() == "3" {
                break;
            }
            desk.does(Decide::Confirm);
        }
        assert_eq!(desk.selected(), "3");
        let effects = desk.does(Decide::Finish { anyway: false });
        let [Effect::AskFinish(left)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        let told = format!("1 claim {question}");
        assert!(left.to_string().contains(&told), "{left}");
        let report = report(desk.session.document());
        let (_, still_open) = report.split_once("## Still open").expect("told");
        let told = format!("Claim 3, {question}: “the council knew”");
        assert!(still_open.contains(&told), "{still_open}");
    }
    // Beside an answer it is open as well, and the answer stays.
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Confirm);
    select(&mut desk, "the council knew");
    desk.does(Decide::SecondLook);
    assert_eq!(open(&desk, "the council knew"), [Question::SecondLook]);
    let line = json(desk.session.document(), "the council knew");
    assert_eq!(line["status"], "confirmed");
    assert_eq!(line["open"][0], "second look beside the answer");
    desk.does(Decide::SecondLook);
    assert_eq!(open(&desk, "the council knew"), []);
}

#[test]
fn a_source_with_claims_is_open_only_where_somebody_asked() {
    let mut desk = Desk::new();
    let total = desk.session.progress().total;
    let source = desk.session.sources()[0].mentions[0].clone();
    desk.does(Look::Select(Item::Source(source)));
    let before = desk.session.left();
    desk.does(Decide::SecondLook);
    assert_eq!(desk.session.progress().total, total + 1);
    let left = desk.session.left();
    assert_eq!(left.source_count(), before.source_count() + 1);
    assert!(left.to_string().contains("1 source second look"), "{left}");
    desk.does(Look::Last(List::Sources));
    desk.does(Look::NextUndecided(List::Sources));
    assert_eq!(desk.said, "source Mara Lind: second look");
    desk.does(Decide::Confirm);
    assert_eq!(desk.session.left(), before);
    assert_eq!(desk.session.progress().total, total);
}

#[test]
fn another_reviewer_s_second_look_asks_everybody_but_who_answered() {
    let mut ana = Desk::new();
    select(&mut ana, "the council knew");
    ana.does(Decide::Confirm);
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "the council knew");
    ben.does(Decide::SecondLook);
    let document = ben.session.document();
    let record = claim(document, "the council knew");
    assert_eq!(record.status(), Status::Confirmed);
    assert_eq!(document.questions(record, "ben"), [Question::Unsure]);
    assert_eq!(document.questions(record, "cleo"), [Question::Unsure]);
    assert_eq!(document.questions(record, "ana"), []);
}

#[test]
fn linking_elsewhere_changes_no_total_and_what_is_left_is_found() {
    let mut desk = Desk::new();
    let total = desk.session.progress().total;
    select(&mut desk, "3,000 jobs");
    for to in [
        NewSource::Top,
        NewSource::Nobody,
        NewSource::Mark(mark("The director")),
        NewSource::Named("a friend".to_owned()),
        NewSource::Mark(mark("Jo Berg")),
    ] {
        desk.does(Decide::Link(to.clone()));
        assert_eq!(desk.session.progress().total, total, "{to:?}");
    }
    let mut desk = Desk::new();
    desk.all(vec![Decide::Confirm.into(); 5]);
    assert_eq!(
        desk.said,
        "all claims decided — 1 source left, n goes there"
    );
    assert_eq!(desk.session.left().to_string(), "1 source undecided");
    desk.does(Look::NextUndecided(List::Claims));
    assert_eq!(desk.selected(), "Jo Berg");
    desk.does(Decide::Confirm);
    assert!(desk.session.left().is_empty());
    let progress = desk.session.progress();
    assert_eq!(progress.decided, progress.total);
}

#[test]
fn refusing_a_source_lets_go_of_its_claims_in_the_same_act() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Decide::Confirm);
    let source = desk
        .session
        .document()
        .source_of(&claim(desk.session.document(), "the council knew").id)
        .expect("linked")
        .id
        .clone();
    desk.does(Look::Select(Item::Source(source)));
    desk.does(Decide::Reject);
    let line = json(desk.session.document(), "the council knew");
    assert_eq!(line["source_name"], serde_json::Value::Null);
    assert_eq!(open(&desk, "the council knew"), []);
    desk.undo();
    let line = json(desk.session.document(), "the council knew");
    assert_eq!(line["source_name"], "an unnamed official");
}

#[test]
fn claims_keep_their_numbers_when_others_are_added() {
    let mut desk = Desk::new();
    let number = |desk: &Desk, words: &str| {
        let id = claim(desk.session.document(), words).id.clone();
        desk.session
            .claim_number(&id)
            .expect("a number")
            .to_string()
    };
    let add = |words| Decide::Add(RecordKind::Claim, mark(words), Vec::new()).into();
    desk.all([
        add("The director isn t worried"),
        add("Lind declined to comment"),
    ]);
    desk.all([add("According to an unnamed official")]);
    // Answering again, later than another was added, changes no number.
    select(&mut desk, "isn t worried");
    desk.all([
        Decide::Note("a note".to_owned()).into(),
        Decide::SetKind(Kind::Opinion).into(),
    ]);
    for (words, expected) in [
        ("3,000 jobs", "2"),
        ("According to", "2a"),
        ("the council knew", "3"),
        ("isn t worried", "3a"),
        ("Traffic fell", "4"),
        ("Lind declined", "5a"),
    ] {
        assert_eq!(number(&desk, words), expected, "{words}");
    }
    select(&mut desk, "the council knew");
    desk.does(verdict("false"));
    assert!(report(desk.session.document()).contains("## Claim 3: false"));
}

/// An article without pages or times.
pub(crate) fn nowhere() -> proofmark::text::Article {
    proofmark::text::Article::new("nowhere.txt", "", proofmark::text::Media::Plain)
}
