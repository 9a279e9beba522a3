//! Renamed, moved and copied articles, doubled sidecars: decisions belong to a text.

mod copies;
mod reused;

use std::fs;
use std::path::{Path, PathBuf};

use proofmark::annotations::{Decision, Status};
use proofmark::store::{
    OpenArticle, OpenOptions, StoreError, article_of_sidecar, offer, read_article, relocate,
    sidecar_path, take_up,
};

use crate::cli::{Place, Ran};
use crate::store_support::{
    BOTH, TEXT, claims, decide, decide_two, findings, names, record, run, statuses, time,
};

/// A place with the article, and its path.
fn place() -> (Place, PathBuf) {
    let place = Place::new();
    place.write("news/crane.txt", TEXT);
    let article = place.path().join("news/crane.txt");
    (place, article)
}

fn options(place: &Place, reviewer: &str) -> OpenOptions {
    OpenOptions {
        state_dir: Some(place.path().join("home/.local/state/proofmark")),
        reviewer: reviewer.to_owned(),
        holder: format!("{reviewer} on desk"),
    }
}

/// Opens an article, decides both claims and closes it.
fn decided(place: &Place, article: &Path) {
    let (mut desk, mut document) = open(place, article);
    decide_two(&mut desk, &mut document);
    desk.close(&document).expect("closed");
}

fn open(place: &Place, article: &Path) -> (OpenArticle, proofmark::annotations::Document) {
    let mut desk = OpenArticle::open(article, &options(place, "ana@example.org")).expect("opens");
    let mut document = desk.take_document();
    document.adopt(&desk.article, &findings(), &run(), time(0));
    (desk, document)
}

/// What stands in the sidecar of an article, by claim.
fn on_disk(place: &Place, article: &Path) -> Vec<Status> {
    let (desk, document) = open(place, article);
    assert_eq!(desk.read_only, None);
    assert!(desk.faults.is_empty(), "{:?}", desk.faults);
    let found = statuses(&document, &claims(&document));
    desk.close(&document).expect("closed");
    found
}

fn offered(article: &Path) -> Vec<String> {
    let text = read_article(article).expect("an article");
    let offer = offer(article, &text);
    let strays = offer.map(|offer| offer.strays).unwrap_or_default();
    let name = |path: PathBuf| {
        path.file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    strays.into_iter().map(name).collect()
}

fn take_all(place: &Place, article: &Path) -> proofmark::store::TakenUp {
    let text = read_article(article).expect("an article");
    let offer = offer(article, &text).expect("something is offered");
    take_up(article, &offer.strays, &options(place, "ana@example.org")).expect("taken up")
}

fn check(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["check"], arguments].concat())
}

#[test]
fn a_renamed_article_is_offered_its_decisions_and_gets_them() {
    let (place, article) = place();
    decided(&place, &article);
    let renamed = article.with_file_name("harbour.txt");
    fs::rename(&article, &renamed).expect("renamed");
    assert_eq!(offered(&renamed), ["crane.txt.proofmark.json"]);
    let told = check(&place, &["news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(
        told.out
            .contains("crane.txt.proofmark.json: crane.txt is gone"),
        "{told:?}"
    );
    assert!(told.out.contains("harbour.txt"), "{told:?}");
    let queue = place.run(&["queue", "news"]);
    assert_eq!(queue.code, Some(0));
    assert!(
        queue
            .err
            .contains("crane.txt is gone; 2 decisions of ana@example.org"),
        "{queue:?}"
    );
    take_all(&place, &renamed);
    assert_eq!(on_disk(&place, &renamed), BOTH);
    let folder = renamed.parent().expect("a folder");
    assert_eq!(names(folder), ["harbour.txt", "harbour.txt.proofmark.json"]);
    let sidecar = fs::read_to_string(sidecar_path(&renamed)).expect("there");
    assert!(sidecar.contains("\"file\": \"harbour.txt\""));
    assert!(offered(&renamed).is_empty());
    assert_eq!(check(&place, &["news"]).code, Some(0));
}

#[test]
fn a_journal_whose_article_was_renamed_is_found_as_well() {
    let (place, article) = place();
    let (mut desk, mut document) = open(&place, &article);
    decide_two(&mut desk, &mut document);
    // Killed before anything was saved.
    drop(desk);
    let renamed = article.with_file_name("harbour.txt");
    fs::rename(&article, &renamed).expect("renamed");
    assert_eq!(offered(&renamed), [".crane.txt.proofmark.journal"]);
    let told = check(&place, &["news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    let repaired = check(&place, &["--repair", "news"]);
    assert!(
        repaired
            .out
            .contains("moved, it belongs to news/harbour.txt now"),
        "{repaired:?}"
    );
    // The records of a journal are bare: they come back with their answers.
    let (desk, document) = open(&place, &renamed);
    assert_eq!(desk.replayed, 2);
    let answered = document
        .annotations()
        .iter()
        .filter(|a| !a.reviews.is_empty())
        .count();
    assert_eq!(answered, 2);
}

#[test]
fn where_both_have_decisions_they_are_merged_and_the_old_ones_kept() {
    let (place, article) = place();
    decided(&place, &article);
    let renamed = article.with_file_name("harbour.txt");
    fs::rename(&article, &renamed).expect("renamed");
    let mut desk = OpenArticle::open(&renamed, &options(&place, "bo")).expect("opens");
    let mut document = desk.take_document();
    document.adopt(&desk.article, &findings(), &run(), time(0));
    let first = claims(&document)[0].clone();
    let edit = decide(&document, &first, "bo", Decision::Confirm, time(5));
    record(&mut desk, &mut document, edit, 5);
    desk.close(&document).expect("closed");
    let taken = take_all(&place, &renamed);
    assert_eq!(
        (taken.moved.len(), taken.merged.len(), taken.conflicts),
        (0, 1, 0)
    );
    assert_eq!(on_disk(&place, &renamed), BOTH);
    let sidecar = fs::read_to_string(sidecar_path(&renamed)).expect("there");
    assert!(
        sidecar.contains("\"bo\": {\"decision\"") && sidecar.contains("\"ana@example.org\": {")
    );
    assert!(
        article
            .with_file_name("crane.txt.proofmark.json.merged")
            .is_file()
    );
    assert!(offered(&renamed).is_empty());
    assert_eq!(check(&place, &["news"]).code, Some(0));
}

#[test]
fn likeness_takes_a_persons_word() {
    let (place, article) = place();
    decided(&place, &article);
    let renamed = article.with_file_name("harbour.txt");
    fs::remove_file(&article).expect("gone");
    place.write(
        "news/harbour.txt",
        TEXT.replace("Harbour gets", "The harbour soon gets"),
    );
    place.write(
        "news/other.txt",
        "Nothing of this stands in the harbour’s article.\n",
    );
    assert_eq!(offered(&renamed), ["crane.txt.proofmark.json"]);
    assert!(offered(&article.with_file_name("other.txt")).is_empty());
    let repaired = check(&place, &["--repair", "news"]);
    assert_eq!(repaired.code, Some(1));
    assert!(
        repaired
            .out
            .contains("passages it quotes stand in news/harbour.txt"),
        "{repaired:?}"
    );
    assert!(
        sidecar_path(&article).is_file(),
        "nothing is moved by guess"
    );
    let moved = place.run(&["move", "news/crane.txt", "news/harbour.txt"]);
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let found = on_disk(&place, &renamed);
    assert!(
        BOTH.iter().all(|status| found.contains(status)),
        "{found:?}"
    );
}

#[test]
fn copies_of_sync_clients_are_told_read_and_merged() {
    let copies = [
        "crane.txt.proofmark.sync-conflict-20260101-120000-ABCDEFG.json",
        "crane.txt.proofmark (Bo's conflicted copy 2026-01-01).json",
        "crane.txt.proofmark (Kopie in Konflikt).json",
        "crane.txt.proofmark 2.json",
        "crane.txt.proofmark-NEWSDESK.json",
        "Copy of crane.txt.proofmark.json",
        "crane.txt.proofmark.json.orig",
    ];
    for copy in copies {
        let (place, article) = place();
        decided(&place, &article);
        let sidecar = fs::read_to_string(sidecar_path(&article)).expect("there");
        let theirs = sidecar.replace("ana@example.org", "bo");
        place.write(&format!("news/{copy}"), theirs);
        place.write("news/crane.txt.proofmark notes.json", "{\"not\": \"ours\"}");
        let told = check(&place, &["news"]);
        assert_eq!(told.code, Some(1), "{copy}: {told:?}");
        assert!(
            told.out.contains(copy) && !told.out.contains("notes.json"),
            "{told:?}"
        );
        assert!(place.run(&["queue", "news"]).err.contains(copy));
        let named = check(&place, &[&format!("news/{copy}")]);
        assert_eq!(named.code, Some(1), "{named:?}");
        assert!(named.out.contains(copy), "{named:?}");
        assert!(!named.err.starts_with("0 sidecar(s)"), "{named:?}");
        assert_eq!(offered(&article), [copy]);
        let repaired = check(&place, &["--repair", "news"]);
        assert!(
            repaired
                .out
                .contains("merged into the sidecar of news/crane.txt"),
            "{repaired:?}"
        );
        let sidecar = fs::read_to_string(sidecar_path(&article)).expect("there");
        assert!(sidecar.contains("\"bo\": {") && sidecar.contains("\"ana@example.org\": {"));
        assert!(
            article.with_file_name(format!("{copy}.merged")).is_file(),
            "{copy}"
        );
        assert_eq!(check(&place, &["news"]).code, Some(0), "{copy}");
        assert!(offered(&article).is_empty());
    }
}

#[test]
fn a_copy_that_cannot_be_read_is_told_and_left() {
    let (place, article) = place();
    decided(&place, &article);
    let copy = "news/crane.txt.proofmark (conflicted copy).json";
    place.write(copy, "{\"format\": \"proofmark-sidecar\", torn");
    let before = fs::read(sidecar_path(&article)).expect("there");
    let told = check(&place, &["--repair", "news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.out.contains("unreadable"), "{told:?}");
    assert!(place.path().join(copy).is_file());
    assert_eq!(fs::read(sidecar_path(&article)).expect("there"), before);
    assert!(offered(&article).is_empty());
}

#[test]
fn copies_merged_twice_get_a_name_each() {
    let (place, article) = place();
    decided(&place, &article);
    let copy = sidecar_path(&article).with_file_name("crane.txt.proofmark 2.json");
    for _ in 0..3 {
        fs::copy(sidecar_path(&article), &copy).expect("copied");
        take_all(&place, &article);
    }
    for name in ["json.merged", "json.2.merged", "json.3.merged"] {
        let kept = article.with_file_name(format!("crane.txt.proofmark 2.{name}"));
        assert!(kept.is_file(), "{name}");
    }
    assert_eq!(on_disk(&place, &article), BOTH);
}

#[test]
fn an_article_moves_with_all_that_belongs_to_it_and_onto_nothing() {
    let (place, article) = place();
    decided(&place, &article);
    place.write("news/crane.txt.proofmark 2.json", "{}");
    place.write("news/crane.txt.other", "not ours");
    place.write("news/taken.txt", "another article");
    let run = |old: &str, new: &str| place.run(&["move", old, new]);
    let refused = run("news/crane.txt", "news/taken.txt");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.err.contains("something stands there already"),
        "{refused:?}"
    );
    // Its article is free, its sidecar is not.
    place.write("news/half.txt.proofmark.json", "{}");
    let refused = run("news/crane.txt", "news/half.txt");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(article.is_file() && sidecar_path(&article).is_file());
    let desk = OpenArticle::open(&article, &options(&place, "bo")).expect("opens");
    let refused = run("news/crane.txt", "news/new.txt");
    assert!(
        refused.err.contains("it is open elsewhere: bo on desk"),
        "{refused:?}"
    );
    drop(desk);
    fs::create_dir(place.path().join("archive")).expect("made");
    let moved = run("news/crane.txt", "archive");
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let archived = names(&place.path().join("archive"));
    let with_it = [
        "crane.txt",
        "crane.txt.proofmark 2.json",
        "crane.txt.proofmark.json",
    ];
    assert_eq!(archived, with_it);
    let left = ["crane.txt.other", "half.txt.proofmark.json", "taken.txt"];
    assert_eq!(names(&place.path().join("news")), left);
    let gone = run("news/crane.txt", "archive/crane.txt");
    assert_eq!(gone.code, Some(2), "{gone:?}");
    assert_eq!(
        on_disk(&place, &place.path().join("archive/crane.txt")),
        BOTH
    );
}

#[test]
fn a_move_that_broke_off_is_finished_by_asking_again() {
    let (place, article) = place();
    let (mut desk, mut document) = open(&place, &article);
    decide_two(&mut desk, &mut document);
    desk.save(&document).expect("saved");
    let third = claims(&document)[1].clone();
    let edit = decide(&document, &third, "bo", Decision::Reject, time(9));
    record(&mut desk, &mut document, edit, 9);
    drop(desk);
    let new = article.with_file_name("new.txt");
    // As far as the first of three renames, by a second name as a crash may leave it.
    fs::hard_link(&article, &new).expect("linked");
    let moved = relocate(&article, &new, &options(&place, "ana")).expect("moved");
    assert_eq!(moved.notices, Vec::<String>::new());
    let left = names(article.parent().expect("a folder"));
    assert_eq!(left, ["new.txt", "new.txt.proofmark.json"]);
    let (_, document) = open(&place, &new);
    let rejected = document.annotation(&third).expect("there");
    assert!(rejected.review_of("bo").is_some(), "the journal came along");
}

#[cfg(unix)]
#[test]
fn a_link_opens_the_articles_own_decisions() {
    let (place, article) = place();
    let link = place.path().join("link.txt");
    std::os::unix::fs::symlink("news/crane.txt", &link).expect("linked");
    decided(&place, &link);
    assert!(!sidecar_path(&link).exists());
    assert_eq!(on_disk(&place, &article), BOTH);
    assert_eq!(on_disk(&place, &link), BOTH);
    // One that an earlier version left beside the link belongs to the article.
    fs::copy(sidecar_path(&article), sidecar_path(&link)).expect("copied");
    assert_eq!(offered(&link), ["link.txt.proofmark.json"]);
    let told = check(&place, &["link.txt"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(
        told.out.contains("beside link.txt, which is a link"),
        "{told:?}"
    );
    check(&place, &["--repair", "link.txt"]);
    assert!(!sidecar_path(&link).exists());
    assert_eq!(check(&place, &["link.txt", "news"]).code, Some(0));
    assert_eq!(on_disk(&place, &article), BOTH);
}

#[test]
fn another_form_of_a_name_is_the_same_article() {
    for (old, new) in [
        ("cafe\u{301}.txt", "caf\u{e9}.txt"),
        ("Story.txt", "story.TXT"),
    ] {
        let (place, _) = place();
        place.write(&format!("names/{old}"), TEXT);
        let article = place.path().join("names").join(old);
        decided(&place, &article);
        let renamed = article.with_file_name(new);
        fs::rename(&article, &renamed).expect("renamed");
        check(&place, &["--repair", "names"]);
        assert_eq!(on_disk(&place, &renamed), BOTH);
        assert!(!sidecar_path(&article).exists());
    }
}

#[test]
fn which_of_two_equal_articles_is_meant_is_not_guessed() {
    let (place, article) = place();
    decided(&place, &article);
    fs::rename(&article, article.with_file_name("one.txt")).expect("renamed");
    place.write("news/two.txt", TEXT);
    let told = check(&place, &["--repair", "news"]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.out
            .contains("news/one.txt and news/two.txt have its text"),
        "{told:?}"
    );
    assert!(sidecar_path(&article).is_file());
}

#[test]
fn a_folder_without_articles_still_tells_of_decisions() {
    let (place, article) = place();
    decided(&place, &article);
    fs::remove_file(&article).expect("gone");
    let told = check(&place, &["news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(
        told.out.contains("no article here has its text"),
        "{told:?}"
    );
    let named = check(&place, &["news/crane.txt.proofmark.json"]);
    assert_eq!(named.code, Some(2), "{named:?}");
    assert!(named.err.contains("proofmark move"), "{named:?}");
    assert_eq!(article_of_sidecar(&sidecar_path(&article)), Some(article));
}

#[test]
fn nothing_is_moved_onto_a_file_that_came_meanwhile() {
    let (place, article) = place();
    decided(&place, &article);
    let new = article.with_file_name("new.txt");
    place.write("news/new.txt.proofmark.txt", "somebody's");
    place.write("news/crane.txt.proofmark.txt", "ours");
    let refused = relocate(&article, &new, &options(&place, "ana"));
    assert!(
        matches!(refused, Err(StoreError::InTheWay { .. })),
        "{refused:?}"
    );
    assert!(article.is_file());
    let kept = fs::read_to_string(article.with_file_name("new.txt.proofmark.txt"));
    assert_eq!(kept.expect("there"), "somebody's");
}
