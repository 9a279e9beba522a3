//! What is put right besides words and kinds: voice, sources, claims split and joined.

use super::check;
use super::fixture::{Desk, TEXT, nth};
use proofmark::annotations::{
    Annotation, Id, JOINED_FROM, SPLIT_FROM, SUGGESTED, Stance, source_key,
};
use proofmark::detect::{SourceType, Voice};
use proofmark::review::{Cut, Decide, End, Item, List, Look, NewEvidence, SourceFact, Step};
use serde_json::json;

fn claim(desk: &Desk, row: usize) -> &Annotation {
    let id = &desk.session.claims()[row];
    desk.session.document().annotation(id).expect("a claim")
}

fn mention(desk: &Desk, words: &str) -> Id {
    let mut sources = desk.session.document().annotations().iter();
    let found = sources.find(|a| a.is_source() && a.target.quote.exact == words);
    found.expect("a mention").id.clone()
}

fn names(desk: &Desk) -> Vec<String> {
    let rows = desk.session.sources().iter();
    rows.map(|row| format!("{} {}", row.name, row.mentions.len()))
        .collect()
}

#[test]
fn a_voice_is_part_of_the_answer() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (
                Decide::SetVoice(Voice::Direct).into(),
                "1 ✎???? ✓???? ✓??--",
            ),
            (Decide::Confirm.into(), "2 ✎???? ✓???? ✓??--"),
            (Look::First(List::Claims).into(), "1 ✎???? ✓???? ✓??--"),
        ],
    );
    assert_eq!(claim(&desk, 0).voice(), Some("direct"));
    assert_eq!(claim(&desk, 0).suggested_voice(), Some("indirect"));
    desk.does(Decide::Reject);
    desk.does(Look::First(List::Claims));
    // The correction was not lost by rejecting.
    desk.does(Decide::Confirm);
    assert_eq!(claim(&desk, 0).voice(), Some("direct"));
    desk.does(Look::First(List::Claims));
    // What was suggested is a confirmation.
    check(
        &mut desk,
        &[(
            Decide::SetVoice(Voice::Indirect).into(),
            "1 ✓???? ✓???? ✓??--",
        )],
    );
    assert_eq!(desk.label(), "claim 1: voice indirect");
    desk.does(Decide::Clear);
    assert_eq!(claim(&desk, 0).voice(), Some("indirect"));
}

#[test]
fn what_is_told_of_a_source_holds_for_all_its_mentions() {
    let name = |name: &str| Decide::SetSource(SourceFact::Name(name.to_owned())).into();
    let mut desk = Desk::new();
    check(&mut desk, &[(name("Mara L. Lind"), "1 ????? ✎✎?✎? ???--")]);
    assert_eq!(desk.label(), "source Mara Lind: called Mara L. Lind");
    assert_eq!(names(&desk)[0], "Mara L. Lind 3");
    let lind = mention(&desk, "Lind");
    let kept = |desk: &Desk| {
        let mention = desk
            .session
            .document()
            .annotation(&lind)
            .expect("a mention");
        mention.attributes.get(SUGGESTED).cloned()
    };
    assert_eq!(kept(&desk), Some(json!({"name": "Mara Lind"})));
    // Confirming afterwards keeps the correction one.
    desk.does(Look::Select(Item::Source(lind.clone())));
    desk.does(Decide::Confirm);
    assert!(desk.state().contains("✎✎?✎?"), "{}", desk.state());
    desk.does(Look::Select(Item::Source(lind.clone())));
    desk.does(Decide::SetSource(SourceFact::Role(
        "port director".to_owned(),
    )));
    desk.does(Decide::SetSource(SourceFact::Type(SourceType::Group)));
    let row = desk.session.sources()[0].clone();
    assert_eq!(row.role.as_deref(), Some("port director"));
    assert_eq!(
        row.source_type.map(|t| t.to_string()),
        Some("group".to_owned())
    );
    desk.does(Decide::SetSource(SourceFact::Role(String::new())));
    desk.does(Decide::SetSource(SourceFact::Type(SourceType::NamedPerson)));
    check(&mut desk, &[(name("Mara Lind"), "Lind ????? ✓✓?✓? ???--")]);
    assert_eq!(kept(&desk), None);
    desk.does(name("  "));
    assert_eq!(desk.said, "a name, please");
    while !desk.acts.is_empty() {
        desk.undo();
    }
    assert_eq!(names(&desk)[0], "Mara Lind 3");
    assert!(desk.state().ends_with("????? ????? ???--"));
}

#[test]
fn an_answer_taken_back_takes_what_was_put_right_with_it() {
    let mut desk = Desk::new();
    let berg = mention(&desk, "Jo Berg");
    desk.does(Look::Select(Item::Source(berg.clone())));
    desk.does(Decide::SetSource(SourceFact::Name("Jo H. Berg".to_owned())));
    desk.does(Decide::Clear);
    let record = desk
        .session
        .document()
        .annotation(&berg)
        .expect("a mention");
    assert_eq!(record.attribute("name"), Some("Jo Berg"));
    assert!(!record.is_put_right());
}

#[test]
fn two_sources_are_merged_and_a_mention_is_parted() {
    let mut desk = Desk::new();
    let before = names(&desk);
    let official = mention(&desk, "an unnamed official");
    desk.does(Look::Select(Item::Source(mention(&desk, "Jo Berg"))));
    check(
        &mut desk,
        &[(
            Decide::MergeSource(official.clone()).into(),
            "Jo Berg ????? ??✎?✎ ???--",
        )],
    );
    assert_eq!(names(&desk), ["Mara Lind 3", "an unnamed official 2"]);
    assert_eq!(
        desk.label(),
        "source Jo Berg and an unnamed official are one source"
    );
    desk.does(Decide::MergeSource(official));
    assert_eq!(desk.said, "that is the same source already");
    desk.does(Decide::PartSource);
    assert_eq!(names(&desk), before);
    desk.does(Decide::PartSource);
    assert_eq!(desk.said, "source Jo Berg has one mention only");
    // Of two mentions with the same words one goes by another key.
    let last = nth("Lind", 2).start;
    desk.does(Look::SelectAt(last));
    desk.does(Decide::PartSource);
    assert_eq!(
        names(&desk),
        [
            "Mara Lind 2",
            "an unnamed official 1",
            "Lind 1",
            "Jo Berg 1"
        ]
    );
    let document = desk.session.document();
    let mut keys: Vec<String> = document
        .annotations()
        .iter()
        .filter(|a| a.is_source())
        .map(source_key)
        .collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4);
    while !desk.acts.is_empty() {
        desk.undo();
    }
    assert_eq!(names(&desk), before);
}

#[test]
fn a_claim_is_split_and_joined_again() {
    let mut desk = Desk::new();
    check(
        &mut desk,
        &[
            (Look::Move(List::Claims, 1).into(), "2 ????? ????? ???--"),
            (
                Decide::Adjust(End::End, Step::Out).into(),
                "2 ?✎??? ?✓??? ?✓?--",
            ),
        ],
    );
    desk.does(Decide::ClaimText("Jobs and more".to_owned()));
    desk.does(Decide::Verdict(Some("false".to_owned())));
    let whole = desk.words();
    check(
        &mut desk,
        &[(Decide::Split(Cut::Clause).into(), "2 ?✓+??? ?✓??? ?✓+?--")],
    );
    assert_eq!(desk.words(), "3,000 jobs depend on it");
    assert_eq!(desk.label(), "claim 2 split before “more will follow.”");
    let (first, second) = (claim(&desk, 1), claim(&desk, 2));
    // A verdict on the whole is none on a part.
    let mine = first.review_of("ana").expect("my answer");
    assert_eq!(mine.verdict, None);
    assert_eq!(mine.unknown["judged_before"][0]["verdict"], "false");
    assert_eq!(first.attribute("claim_text"), None);
    assert_eq!(second.unknown[SPLIT_FROM], json!(first.id.as_str()));
    assert_eq!(second.voice(), Some("indirect"));
    let second = second.id.clone();
    check(&mut desk, &[(Decide::Join.into(), "2 ?✎w??? ?✓??? ?✓+?--")]);
    assert_eq!(desk.words(), whole);
    assert_eq!(
        claim(&desk, 1).unknown[JOINED_FROM],
        json!([second.as_str()])
    );
    desk.undo();
    assert_eq!(desk.state(), "2 ?✓+??? ?✓??? ?✓+?--");
    assert!(!claim(&desk, 1).unknown.contains_key(JOINED_FROM));
    desk.undo();
    assert_eq!(desk.words(), whole);
    assert_eq!(
        claim(&desk, 1).attribute("claim_text"),
        Some("Jobs and more")
    );
    assert_eq!(desk.session.verdict(&claim(&desk, 1).id), Some("false"));
}

#[test]
fn a_claim_is_cut_before_any_word_of_it() {
    let before = |words: &str| Cut::Before(TEXT.find(words).expect("it is there"));
    // (claim, cut, the first part, the second, or why not)
    let table = [
        (2, before("knew"), "the council", "knew"),
        (2, before("the council"), "it cannot be cut there", ""),
        (2, before("comment"), "it cannot be cut there", ""),
        (
            2,
            Cut::Clause,
            "no clause ends inside it: a hint says where",
            "",
        ),
        (
            0,
            Cut::Before(nth("and it will", 0).start),
            "The harbour loses money",
            "it will close in 2027",
        ),
    ];
    for (row, cut, first, second) in table {
        let mut desk = Desk::new();
        desk.does(Look::Move(List::Claims, row));
        let acts = desk.acts.len();
        desk.does(Decide::Split(cut));
        if second.is_empty() {
            assert_eq!(
                (desk.said.as_str(), desk.acts.len()),
                (first, acts),
                "{cut:?}"
            );
            continue;
        }
        assert_eq!(desk.words(), first, "{cut:?}");
        desk.does(Look::Move(List::Claims, 1));
        assert_eq!(desk.words(), second, "{cut:?}");
    }
}

#[test]
fn what_i_refused_is_not_joined_whoever_holds_on_to_it() {
    let mut ben = Desk::of("ben", super::document());
    ben.does(Look::Last(List::Claims));
    ben.does(Decide::Confirm);
    let mut desk = Desk::of("ana", ben.session.document().clone());
    desk.does(Look::Move(List::Claims, 3));
    check(&mut desk, &[(Decide::Join.into(), "4 ???✎! ????? ???--")]);
    desk.does(Decide::Join);
    assert_eq!(desk.said, "no claim follows it in the text");
}

#[test]
fn joining_takes_over_what_hangs_on_the_other() {
    let mut desk = Desk::new();
    desk.does(Look::Last(List::Claims));
    desk.does(Decide::AddEvidence(Box::new(NewEvidence::of(
        "https://a.example",
        Stance::Supports,
    ))));
    desk.does(Decide::Note("see the table".to_owned()));
    desk.does(Decide::Tag("traffic".to_owned()));
    desk.does(Look::Move(List::Claims, -1));
    desk.does(Decide::Note("twice".to_owned()));
    check(&mut desk, &[(Decide::Join.into(), "4 ???✎✗ ????? ???--")]);
    let joined = claim(&desk, 3);
    assert_eq!(joined.evidence.len(), 1);
    assert_eq!(joined.tags().collect::<Vec<_>>(), ["traffic"]);
    let mine = joined.review_of("ana").expect("my answer");
    assert_eq!(mine.note.as_deref(), Some("twice\nsee the table"));
    assert_eq!(
        desk.words(),
        "Traffic fell by 12% last year. Traffic fell by 12% last year"
    );
    desk.does(Decide::Join);
    assert_eq!(desk.said, "no claim follows it in the text");
}
