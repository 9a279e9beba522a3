//! Names that are used again: decisions stay with the text they were given on.

use std::fs;

use proofmark::annotations::{Annotation, Decision, Edit, Id, RecordKind, Review, Target};
use proofmark::store::{OpenArticle, relocate, sidecar_path};

use super::{check, decided, offered, on_disk, open, options, place, take_all};
use proofmark::text::{Mark, Open, Span};

use crate::store_support::{BOTH, TEXT, decide_two, names, time};

/// Another article than [`TEXT`].
const OTHER: &str =
    "The ferry to Ness ran late on Monday.\n\nIts captain blamed a northerly gale.\n";

/// `crane.txt` was decided and renamed; a new one of that name came.
fn used_again() -> (crate::cli::Place, std::path::PathBuf, std::path::PathBuf) {
    let (place, article) = place();
    decided(&place, &article);
    let renamed = article.with_file_name("old.txt");
    fs::rename(&article, &renamed).expect("renamed");
    fs::write(&article, OTHER).expect("written");
    (place, article, renamed)
}

/// A claim added by hand to the article.
fn added(place: &crate::cli::Place, article: &std::path::Path, words: &str) {
    let mut desk = OpenArticle::open(article, &options(place, "bo@example.org")).expect("opens");
    let mut document = desk.take_document();
    let start = desk.article.text().find(words).expect("there");
    let mark = Mark::new([Span::new(start, start + words.len())]).expect("words");
    let id = Id::new(format!("a-{start:012x}"));
    let target = Target::at(&desk.article, mark);
    let answer = Review {
        decision: Open::Known(Decision::Add),
        text: document.text().clone(),
        at: time(3),
        kind: Some(Open::Known(RecordKind::Claim)),
        quote: Some(target.quote.clone()),
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: serde_json::Map::new(),
    };
    let record = Annotation {
        reviews: vec![("bo@example.org".to_owned(), answer)],
        ..Annotation::new(id.clone(), Open::Known(RecordKind::Claim), target)
    };
    let edit = Edit::Annotation {
        id,
        annotation: Some(Box::new(record)),
    };
    document.apply(edit).expect("added");
    desk.save(&document).expect("saved");
    desk.close(&document).expect("closed");
}

/// How many records of an article somebody answered.
fn answered(place: &crate::cli::Place, article: &std::path::Path) -> usize {
    let mut desk = OpenArticle::open(article, &options(place, "bo@example.org")).expect("opens");
    let document = desk.take_document();
    desk.close(&document).expect("closed");
    let records = document.annotations().iter();
    records.filter(|record| !record.reviews.is_empty()).count()
}

#[test]
fn a_renamed_article_gets_its_decisions_though_its_name_was_used_again() {
    let (place, article, renamed) = used_again();
    assert_eq!(offered(&renamed), ["crane.txt.proofmark.json"]);
    assert!(offered(&article).is_empty());
    let told = check(&place, &["news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(
        told.out.contains("crane.txt is another article now"),
        "{told:?}"
    );
    take_all(&place, &renamed);
    assert_eq!(on_disk(&place, &renamed), BOTH);
    let folder = article.parent().expect("a folder");
    assert_eq!(
        names(folder),
        ["crane.txt", "old.txt", "old.txt.proofmark.json"]
    );
    assert!(offered(&renamed).is_empty());
    // The new article starts with nothing, and nothing of the old one can be undone in it.
    assert_eq!(answered(&place, &article), 0);
    let state = place.path().join("home/.local/state/proofmark");
    let log = |path| {
        proofmark::store::History::of(&state, path)
            .load()
            .done
            .len()
    };
    assert_eq!(log(&article), 0);
    assert_eq!(check(&place, &["news"]).code, Some(0));
}

#[test]
fn the_new_article_is_not_decided_on_top_of_the_old_ones_decisions() {
    let (place, article, renamed) = used_again();
    let desk = OpenArticle::open(&article, &options(&place, "bo@example.org")).expect("opens");
    let reason = desk.read_only.clone().expect("read-only");
    assert!(
        reason.contains("open old.txt, which takes it over"),
        "{reason}"
    );
    drop(desk);
    take_all(&place, &renamed);
    added(&place, &article, "ran late on Monday");
    assert_eq!(answered(&place, &article), 1);
    assert_eq!(on_disk(&place, &renamed), BOTH);
}

#[test]
fn check_repairs_it_and_so_does_a_move() {
    for command in [
        vec!["check", "--repair", "news"],
        vec!["move", "news/crane.txt", "news/old.txt"],
    ] {
        let (place, article, renamed) = used_again();
        let ran = place.run(&command);
        assert!(
            ran.out.contains("crane.txt.proofmark.json")
                || ran.err.contains("crane.txt.proofmark.json"),
            "{ran:?}"
        );
        assert_eq!(on_disk(&place, &renamed), BOTH, "{ran:?}");
        assert!(!sidecar_path(&article).exists());
        assert_eq!(fs::read_to_string(&article).expect("there"), OTHER);
    }
}

#[test]
fn two_articles_that_swapped_names_get_their_own_again() {
    let (place, article) = place();
    let other = article.with_file_name("ferry.txt");
    fs::write(&other, OTHER).expect("written");
    decided(&place, &article);
    added(&place, &other, "ran late on Monday");
    let sidecars = [&article, &other].map(|path| fs::read(sidecar_path(path)).expect("there"));
    let aside = article.with_file_name("aside");
    fs::rename(&article, &aside).expect("renamed");
    fs::rename(&other, &article).expect("renamed");
    fs::rename(&aside, &other).expect("renamed");
    assert_eq!(offered(&article), ["ferry.txt.proofmark.json"]);
    assert_eq!(offered(&other), ["crane.txt.proofmark.json"]);
    take_all(&place, &article);
    assert!(offered(&article).is_empty() && offered(&other).is_empty());
    let now = [&other, &article].map(|path| fs::read_to_string(sidecar_path(path)).expect("there"));
    for (was, now) in sidecars.iter().zip(now) {
        // The article's name alone is another.
        let was = String::from_utf8_lossy(was).into_owned();
        let rest = |text: &str| {
            text.lines()
                .filter(|line| !line.contains("\"file\":"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(rest(&was), rest(&now));
    }
    assert_eq!(check(&place, &["news"]).code, Some(0));
}

#[test]
fn an_edited_article_keeps_its_decisions_though_its_old_text_is_kept_beside_it() {
    let (place, article) = place();
    decided(&place, &article);
    let backup = article.with_file_name("before.txt");
    fs::copy(&article, &backup).expect("copied");
    fs::write(&article, format!("A first line.\n\n{TEXT}")).expect("written");
    assert!(offered(&backup).is_empty());
    let refused = relocate(&article, &backup, &options(&place, "ana@example.org"));
    assert!(refused.is_err());
    assert_eq!(answered(&place, &article), 2);
    assert_eq!(answered(&place, &backup), 0);
}

/// Decisions of a desk that was killed before anything was saved.
#[test]
fn a_journal_alone_goes_with_its_text_as_well() {
    let (place, article) = place();
    let (mut desk, mut document) = open(&place, &article);
    decide_two(&mut desk, &mut document);
    drop(desk);
    let renamed = article.with_file_name("old.txt");
    fs::rename(&article, &renamed).expect("renamed");
    fs::write(&article, OTHER).expect("written");
    // Nothing of it is put into the new article, and it is not taken away either.
    let desk = OpenArticle::open(&article, &options(&place, "bo@example.org")).expect("opens");
    let reason = desk.read_only.clone().expect("read-only");
    assert!(
        reason.contains("the journal is about another text"),
        "{reason}"
    );
    assert!(reason.contains("open old.txt"), "{reason}");
    drop(desk);
    assert_eq!(check(&place, &["news"]).code, Some(1));
    assert_eq!(offered(&renamed), [".crane.txt.proofmark.journal"]);
    take_all(&place, &renamed);
    assert_eq!(answered(&place, &renamed), 2);
    assert_eq!(answered(&place, &article), 0);
}

/// With a sentence of the old article in the new one, some of the marks are found.
#[test]
fn a_name_used_again_is_seen_though_a_passage_stands_in_both() {
    let (place, article) = place();
    decided(&place, &article);
    for words in [
        "Fisherman Tom Blake called the plan “a waste”",
        "It lifts",
        "bought a crane",
    ] {
        added(&place, &article, words);
    }
    let renamed = article.with_file_name("old.txt");
    fs::rename(&article, &renamed).expect("renamed");
    fs::write(
        &article,
        format!("{OTHER}\nFisherman Tom Blake called the plan “a waste”.\n"),
    )
    .expect("written");
    let desk = OpenArticle::open(&article, &options(&place, "bo@example.org")).expect("opens");
    let reason = desk.read_only.clone().expect("read-only");
    assert!(reason.contains("its name was used again"), "{reason}");
    drop(desk);
    // Where nobody has the old text any more, it may have been rewritten: a person says so.
    fs::remove_file(&renamed).expect("gone");
    let desk = OpenArticle::open(&article, &options(&place, "bo@example.org")).expect("opens");
    assert_eq!(desk.read_only, None);
}

#[test]
fn three_rotated_names_are_put_right_by_one_repair() {
    let (place, first) = place();
    let texts = [
        "One ran late on Monday, all in all.",
        "Two ran early on Tuesday, they say.",
        "Three never ran on Sunday at all.",
    ];
    let paths = ["a.txt", "b.txt", "c.txt"].map(|name| first.with_file_name(name));
    fs::remove_file(&first).expect("gone");
    for (path, text) in paths.iter().zip(texts) {
        fs::write(path, text).expect("written");
        added(&place, path, text);
    }
    // a is called c, b is called a, c is called b.
    for (path, text) in paths.iter().zip([texts[1], texts[2], texts[0]]) {
        fs::write(path, text).expect("written");
    }
    assert_eq!(check(&place, &["--repair", "news"]).code, Some(1));
    for path in &paths {
        assert_eq!(answered(&place, path), 1);
    }
    assert_eq!(check(&place, &["news"]).code, Some(0));
    let folder = first.parent().expect("a folder");
    assert_eq!(names(folder).len(), 6, "{:?}", names(folder));
}
