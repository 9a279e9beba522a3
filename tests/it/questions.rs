//! What is open: answers given on other words, links nobody agreed with, wishes for a second
//! look; in counters, lists, the finish gate and exports.

use proofmark::annotations::{
    Anchor, Annotation, Document, Progress, Question, QueueRow, QueueState, RecordKind, Status,
    reanchor,
};
use proofmark::detect::{Findings, Kind};
use proofmark::exchange::{Selection, csv, jsonl, markdown};
use proofmark::review::{Action, Effect, End, Item, List, NewSource, Session, Step};
use proofmark::text::{Article, Mark, Media, Span};

use crate::session::fixture::{Desk, TEXT, article, document, findings, mark, sentences, time};

/// The first claim with these words.
fn claim<'a>(document: &'a Document, words: &str) -> &'a Annotation {
    let mut claims = document.annotations().iter().filter(|a| a.is_claim());
    claims
        .find(|a| a.target.quote.exact.contains(words))
        .unwrap_or_else(|| panic!("no claim with {words}"))
}

fn select(desk: &mut Desk, words: &str) {
    let id = claim(desk.session.document(), words).id.clone();
    desk.does(Action::Select(Item::Claim(id)));
}

fn open(desk: &Desk, words: &str) -> Vec<Question> {
    let id = claim(desk.session.document(), words).id.clone();
    desk.session.questions(&id)
}

fn json(document: &Document, words: &str) -> serde_json::Value {
    let mut out = Vec::new();
    jsonl::write(&mut out, "harbour.txt", document, Selection::All).expect("memory");
    let text = String::from_utf8(out).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .find(|line| {
            line["kind"] == "claim" && line["text"].as_str().expect("text").contains(words)
        })
        .unwrap_or_else(|| panic!("no line with {words}"))
}

fn report(document: &Document) -> String {
    let mut out = Vec::new();
    markdown::write(&mut out, "harbour.txt", document, Selection::Verified).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn table(document: &Document) -> String {
    let mut out = Vec::new();
    let mut table = csv::Table::new(&mut out).expect("memory");
    table
        .write("harbour.txt", document, Selection::Verified)
        .expect("memory");
    table.finish().expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

/// The desk after the article was changed outside.
fn after(desk: &Desk, reviewer: &str, old: &str, new: &str) -> Desk {
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

fn verdict(verdict: &str) -> Action {
    Action::Verdict(Some(verdict.to_owned()))
}

#[test]
fn a_correction_keeps_the_source_of_its_card() {
    for correction in [
        Action::Adjust(End::End, Step::WordOn),
        Action::Adjust(End::Start, Step::WordBack),
        Action::Adjust(End::End, Step::WordBack),
        Action::SetKind(Kind::Law),
        Action::ToggleKind(Kind::Event),
        Action::AddPiece(Span::new(0, 7)),
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
    document.adopt(&article(), &found, "proofmark 0", time(0));
    desk.session.replace_document(document);
    select(&mut desk, "Traffic fell");
    desk.all([Action::Confirm, Action::SameForEqual]);
    let twin = desk.session.claims()[4].clone();
    assert_eq!(desk.session.questions(&twin), [Question::Source]);
    desk.all([Action::First(List::Claims), Action::Confirm]);
    desk.all([Action::Confirm, Action::Confirm]);
    let left = desk.session.left().to_string();
    assert_eq!(left, "1 claim source undecided, 1 source undecided");
    desk.does(Action::First(List::Claims));
    desk.does(Action::NextUndecided(List::Claims));
    assert_eq!(desk.selected(), "5");
    assert_eq!(desk.said, "claim 5: source undecided");
    assert!(report(desk.session.document()).contains("- Claim 5, source undecided:"));
    desk.does(Action::Confirm);
    assert_eq!(desk.session.questions(&twin), []);
}

#[test]
fn a_second_look_and_a_note_alone_are_open() {
    for (action, question) in [
        (Action::SecondLook, Question::Unsure),
        (Action::Note("ask the port".to_owned()), Question::Unsure),
    ] {
        let mut desk = Desk::new();
        let before = desk.session.progress();
        select(&mut desk, "the council knew");
        desk.does(action);
        assert_eq!(open(&desk, "the council knew"), [question]);
        assert_eq!(desk.session.progress(), before);
        for _ in 0..5 {
            desk.does(Action::First(List::Claims));
            desk.does(Action::NextUndecided(List::Claims));
            if desk.selected() == "3" {
                break;
            }
            desk.does(Action::Confirm);
        }
        assert_eq!(desk.selected(), "3");
        let effects = desk.does(Action::Finish { anyway: false });
        let [Effect::AskFinish(left)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert!(left.to_string().contains("1 claim second look"), "{left}");
        let report = report(desk.session.document());
        let (_, still_open) = report.split_once("## Still open").expect("told");
        assert!(still_open.contains("Claim 3, second look: “the council knew”"));
    }
    // Beside an answer it is open as well, and the answer stays.
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Action::Confirm);
    select(&mut desk, "the council knew");
    desk.does(Action::SecondLook);
    assert_eq!(open(&desk, "the council knew"), [Question::SecondLook]);
    let line = json(desk.session.document(), "the council knew");
    assert_eq!(line["status"], "confirmed");
    assert_eq!(line["open"][0], "second look beside the answer");
    desk.does(Action::SecondLook);
    assert_eq!(open(&desk, "the council knew"), []);
}

#[test]
fn another_reviewer_s_second_look_asks_everybody_but_who_answered() {
    let mut ana = Desk::new();
    select(&mut ana, "the council knew");
    ana.does(Action::Confirm);
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "the council knew");
    ben.does(Action::SecondLook);
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
        desk.does(Action::Link(to.clone()));
        assert_eq!(desk.session.progress().total, total, "{to:?}");
    }
    let mut desk = Desk::new();
    desk.all(vec![Action::Confirm; 5]);
    assert_eq!(
        desk.said,
        "all claims decided — 1 source left, n goes there"
    );
    assert_eq!(desk.session.left().to_string(), "1 source undecided");
    desk.does(Action::NextUndecided(List::Claims));
    assert_eq!(desk.selected(), "Jo Berg");
    desk.does(Action::Confirm);
    assert!(desk.session.left().is_empty());
    let progress = desk.session.progress();
    assert_eq!(progress.decided, progress.total);
}

#[test]
fn refusing_a_source_lets_go_of_its_claims_in_the_same_act() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Action::Confirm);
    let source = desk
        .session
        .document()
        .source_of(&claim(desk.session.document(), "the council knew").id)
        .expect("linked")
        .id
        .clone();
    desk.does(Action::Select(Item::Source(source)));
    desk.does(Action::Reject);
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
    let add = |words| Action::Add(RecordKind::Claim, mark(words), Vec::new());
    desk.all([
        add("The director isn t worried"),
        add("Lind declined to comment"),
    ]);
    desk.all([add("According to an unnamed official")]);
    // Answering again, later than another was added, changes no number.
    select(&mut desk, "isn t worried");
    desk.all([
        Action::Note("a note".to_owned()),
        Action::SetKind(Kind::Opinion),
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

#[test]
fn a_verdict_belongs_to_the_words_it_was_given_on() {
    let mut ana = Desk::new();
    for words in ["3,000 jobs", "the council knew"] {
        select(&mut ana, words);
        ana.does(verdict("false"));
    }
    for (old, new) in [
        ("3,000 jobs", "8,000 jobs"),
        ("3,000 jobs depend", "3,000 jobs do not depend"),
        ("3,000 jobs depend on it", "3,000 job depend on it"),
    ] {
        let mut desk = after(&ana, "ana", old, new);
        assert_eq!(open(&desk, "depend on it")[0], Question::Words, "{new}");
        assert_eq!(open(&desk, "the council knew"), [], "untouched");
        let line = json(desk.session.document(), "depend on it");
        assert_eq!(line["verdict"], serde_json::Value::Null, "{new}");
        assert_eq!(line["words_judged"], "3,000 jobs depend on it");
        assert_eq!(line["reviews"]["ana"]["holds"], false);
        assert_eq!(line["reviews"]["ana"]["text"], "3,000 jobs depend on it");
        let report = report(desk.session.document());
        assert!(
            report.contains("judged “3,000 jobs depend on it”: false"),
            "{report}"
        );
        assert!(report.contains("## Claim 2: judged on other words"));
        let table = table(desk.session.document());
        assert!(table.contains("words changed"), "{table}");
        assert!(table.contains("“3,000 jobs depend on it” (ana: false)"));
        // Neither a confirmation nor a correction carries the verdict to the new words.
        select(&mut desk, "depend on it");
        for action in [
            Action::Confirm,
            Action::SetKind(Kind::Law),
            Action::Adjust(End::End, Step::WordBack),
        ] {
            desk.does(action);
            assert!(desk.acts.is_empty(), "{}", desk.said);
        }
        desk.does(Action::StillHolds);
        assert_eq!(open(&desk, "depend on it"), []);
        let line = json(desk.session.document(), "depend on it");
        assert_eq!(line["verdict"], "false");
        let record = claim(desk.session.document(), "depend on it");
        let mine = record.review_of("ana").expect("my answer");
        assert_eq!(&mine.text, desk.session.document().text());
        assert_eq!(
            mine.unknown["judged_before"][0]["exact"],
            "3,000 jobs depend on it"
        );
        assert_eq!(mine.unknown["judged_before"][0]["verdict"], "false");
        desk.undo();
        select(&mut desk, "depend on it");
        desk.does(Action::JudgeAgain);
        assert_eq!(open(&desk, "depend on it")[0], Question::Unsure);
        let record = claim(desk.session.document(), "depend on it");
        let mine = record.review_of("ana").expect("my answer");
        assert_eq!(mine.verdict, None);
        assert_eq!(mine.unknown["judged_before"][0]["verdict"], "false");
        desk.does(verdict("true"));
        assert_eq!(
            json(desk.session.document(), "depend on it")["verdict"],
            "true"
        );
    }
    // Quotation marks, dashes and blanks are no other words.
    let desk = after(&ana, "ana", "3,000 jobs depend", "3,000  jobs\u{a0}depend");
    assert_eq!(open(&desk, "depend on it"), []);
    assert_eq!(
        json(desk.session.document(), "depend on it")["verdict"],
        "false"
    );
}

#[test]
fn one_reviewer_s_word_never_speaks_for_another() {
    let mut ana = Desk::new();
    select(&mut ana, "3,000 jobs");
    ana.does(verdict("false"));
    let mut ben = Desk::of("ben", ana.session.document().clone());
    select(&mut ben, "3,000 jobs");
    ben.does(verdict("false"));
    let mut desk = after(&ben, "ana", "3,000 jobs", "8,000 jobs");
    select(&mut desk, "8,000 jobs");
    desk.does(Action::StillHolds);
    let document = desk.session.document();
    let record = claim(document, "8,000 jobs");
    assert_eq!(document.questions(record, "ana"), []);
    assert_eq!(document.questions(record, "ben"), [Question::Words]);
    let line = json(document, "8,000 jobs");
    assert_eq!(line["reviews"]["ana"]["holds"], true);
    assert_eq!(line["reviews"]["ben"]["holds"], false);
    // A refusal belongs to its words too.
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Action::Reject);
    let mut desk = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    assert_eq!(open(&desk, "8,000 jobs"), [Question::Words]);
    select(&mut desk, "8,000 jobs");
    desk.does(Action::StillHolds);
    assert_eq!(open(&desk, "8,000 jobs"), []);
}

#[test]
fn marks_that_were_moved_wrongly_before_are_found_though_digests_agree() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(verdict("false"));
    let changed = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    let mut parts = changed.session.document().clone().into_parts();
    for annotation in &mut parts.annotations {
        annotation.target.anchor = Anchor::Moved;
    }
    let document = Document::from_parts(parts);
    let record = claim(&document, "8,000 jobs");
    assert_eq!(document.questions(record, "ana"), [Question::Words]);
}

#[test]
fn a_changed_or_lost_source_is_a_question_about_its_claims() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(Action::Confirm);
    let desk = after(&desk, "ana", "an unnamed official", "the harbour master");
    let open = open(&desk, "the council knew");
    assert_eq!(open, [Question::SourceWords]);
    let row = QueueRow::of(desk.session.document(), "ana");
    let top: Vec<&str> = row.top.iter().map(|claim| claim.text.as_str()).collect();
    assert!(top.contains(&"the council knew"), "{row:?}");
    assert_eq!(
        Progress::of(desk.session.document(), "ana"),
        desk.session.progress()
    );
}

#[test]
fn whom_a_claim_is_taken_from_is_a_question_where_the_new_text_says_otherwise() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Action::Confirm);
    // The words stand, and so does the name; but a run over the new text reads it otherwise.
    let changed = after(&desk, "ana", "Lind also said that", "Lind also denied that");
    let article = changed.session.article().clone();
    let at = |words: &str| {
        let start = article.text().find(words).expect("in the text");
        Mark::whole(Span::new(start, start + words.len())).expect("words")
    };
    let found = |cue: &str, source: &str| {
        let mut found = findings();
        found.claims = vec![found.claims.swap_remove(1)];
        found.claims[0].mark = at("3,000 jobs depend on it");
        found.claims[0].attribution = Some(0);
        found.attributions = vec![found.attributions.swap_remove(1)];
        found.attributions[0].source = Some(at(source));
        found.attributions[0].cue = Some(at(cue));
        found.attributions[0].content = at("3,000 jobs depend on it");
        found.sources = vec![found.sources.swap_remove(1)];
        found.sources[0].mark = at(source);
        found.sources[0].name = source.to_owned();
        found
    };
    for (cue, source, expected) in [
        ("denied", "Lind also", vec![Question::SourceWords]),
        ("denied", "Lind", vec![Question::SourceWords]),
        ("also", "an unnamed official", vec![Question::SourceWords]),
    ] {
        let mut document = changed.session.document().clone();
        document.adopt(&article, &found(cue, source), "proofmark 0", time(5000));
        let record = claim(&document, "3,000 jobs");
        assert_eq!(
            document.questions(record, "ana"),
            expected,
            "{cue} {source}"
        );
    }
    assert_eq!(open(&changed, "3,000 jobs"), []);
}

#[test]
fn a_lost_claim_is_open_until_it_is_refused() {
    let mut desk = Desk::new();
    select(&mut desk, "the council knew");
    desk.does(verdict("true"));
    let mut desk = after(
        &desk,
        "ana",
        "According to an unnamed official, the council knew. ",
        "",
    );
    let lost = |document: &Document| claim(document, "the council knew").target.anchor;
    assert_eq!(lost(desk.session.document()), Anchor::Lost);
    assert_eq!(open(&desk, "the council knew")[0], Question::Lost);
    assert_eq!(
        json(desk.session.document(), "the council knew")["verdict"],
        serde_json::Value::Null
    );
    select(&mut desk, "the council knew");
    desk.does(Action::StillHolds);
    assert!(desk.acts.is_empty(), "{}", desk.said);
    desk.does(Action::Reject);
    assert_eq!(open(&desk, "the council knew"), []);
}

#[test]
fn a_finished_article_that_changed_is_no_longer_finished() {
    let finished = |document: &Document| QueueRow::of(document, "ana").state;
    let mut desk = Desk::new();
    desk.all(vec![Action::Confirm; 5]);
    desk.does(Action::Finish { anyway: true });
    assert_eq!(finished(desk.session.document()), QueueState::Finished);
    let same = after(&desk, "ana", "Photo by Jo Berg.", "Photo by Jo Berg. ");
    assert_eq!(finished(same.session.document()), QueueState::Finished);
    let mut changed = after(&desk, "ana", "3,000 jobs", "8,000 jobs");
    assert_eq!(finished(changed.session.document()), QueueState::Changed);
    select(&mut changed, "8,000 jobs");
    changed.does(Action::StillHolds);
    assert_eq!(finished(changed.session.document()), QueueState::Finished);
}

/// What another detector could find: the same propositions cut a word apart, and one more.
fn other_findings() -> Findings {
    let mut found = findings();
    found.model = "by hand 2".to_owned();
    found.claims[1].mark = mark("3,000 jobs depend on it,");
    found.claims[3].mark = mark("The director isn t worried");
    found.attributions[1].content = found.claims[1].mark.clone();
    found
}

#[test]
fn another_run_stands_beside_the_first_and_doubles_no_card() {
    let mut desk = Desk::new();
    select(&mut desk, "3,000 jobs");
    desk.does(Action::Confirm);
    let mut document = desk.session.document().clone();
    let before = document.annotations().len();
    let run = document.adopt(&article(), &other_findings(), "proofmark 0", time(900));
    assert!(document.has_run(&run));
    assert_eq!(document.parts().runs.len(), 2);
    let again = document.clone();
    document.adopt(&article(), &other_findings(), "proofmark 0", time(901));
    assert_eq!(document, again, "a run is taken up once");
    // One new card; the one cut a word apart joined its twin and left the decision alone.
    assert_eq!(document.annotations().len(), before + 1);
    let record = claim(&document, "3,000 jobs");
    assert_eq!(record.suggestions.len(), 2);
    assert_eq!(record.status(), Status::Confirmed);
    assert_eq!(record.target.quote.exact, "3,000 jobs depend on it");
    assert_eq!(
        document
            .source_link(&record.id)
            .expect("linked")
            .suggestions
            .len(),
        2
    );
}

#[test]
fn equal_words_at_another_place_are_another_card() {
    let mut found = findings();
    found.claims.truncate(4);
    found.claims[3].mark = mark("Traffic fell by 12% last year");
    let mut document = Document::new(&article());
    document.adopt(&article(), &found, "proofmark 0", time(0));
    // The other detector sees only the second of two equal sentences.
    let second = TEXT.rfind("Traffic fell by 12% last year").expect("twice");
    let span = Span::new(second, second + "Traffic fell by 12% last year".len());
    found.claims[3].mark = Mark::whole(span).expect("words");
    found.model = "by hand 2".to_owned();
    document.adopt(&article(), &found, "proofmark 0", time(1));
    let twins: Vec<_> = document
        .annotations()
        .iter()
        .filter(|a| a.target.quote.exact == "Traffic fell by 12% last year")
        .collect();
    assert_eq!(twins.len(), 2);
    assert_ne!(twins[0].id, twins[1].id);
    assert!(twins.iter().all(|twin| twin.suggestions.len() == 1));
}

#[test]
fn a_newer_run_never_reopens_a_finished_pass() {
    let mut desk = Desk::new();
    desk.all(vec![Action::Confirm; 5]);
    desk.all([Action::NextUndecided(List::Claims), Action::Confirm]);
    desk.does(Action::Finish { anyway: true });
    let progress = desk.session.progress();
    let mut document = desk.session.document().clone();
    document.adopt(&article(), &other_findings(), "proofmark 0", time(9000));
    let mut newer = Desk::of("ana", document.clone());
    assert_eq!(newer.session.progress(), progress);
    assert!(newer.session.left().is_empty(), "{}", newer.session.left());
    assert_eq!(QueueRow::of(&document, "ana").state, QueueState::Finished);
    // They are offered: listed, and counted once somebody decides.
    select(&mut newer, "isn t worried");
    newer.does(Action::Confirm);
    assert_eq!(newer.session.progress().total, progress.total + 1);
    // Who has not finished is asked.
    let other = Desk::of("ben", document);
    assert!(other.session.left().claim_count() > 0);
    assert!(!sentences().is_empty());
}
