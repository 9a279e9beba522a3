//! Copies of articles and of sidecars, whatever they are called, and sidecars that are links.

use std::fs;

use serde_json::Value;

use super::{check, decided, offered, on_disk, place, take_all};
use crate::store_support::{BOTH, TEXT};
use proofmark::store::sidecar_path;

#[test]
fn equal_texts_and_copies_of_articles_are_told() {
    let (place, article) = place();
    decided(&place, &article);
    place.write("news/wire copy.txt", TEXT);
    place.write("news/crane 2.txt", TEXT);
    place.write(
        "news/crane.sync-conflict-20260101-120000-ABCDEFG.txt",
        "Another text, changed.\n",
    );
    place.write(
        "news/border (conflict of 1914).txt",
        "An article about a conflict.\n",
    );
    place.write(
        "news/page.html.proofmark (conflicted copy).txt",
        "a text layer",
    );
    place.write("news/empty.txt", "");
    place.write("news/empty2.txt", "");
    let queue = place.run(&["queue", "--json", "news"]);
    let rows = queue.lines();
    let row = |name: &str| -> &Value {
        let row = rows.iter().find(|row| row["article"] == name);
        row.unwrap_or_else(|| panic!("{name}: {queue:?}"))
    };
    assert_eq!(rows.len(), 7, "{queue:?}");
    let trouble = |name: &str| row(name)["trouble"].as_str().unwrap_or_default();
    assert!(
        trouble("wire copy.txt").contains("the same text as crane"),
        "{queue:?}"
    );
    assert_eq!(row("wire copy.txt")["state"], "new");
    assert!(
        trouble("crane.txt").contains("the same text as"),
        "{queue:?}"
    );
    assert_eq!(row("crane.txt")["state"], "started");
    assert_eq!(row("crane 2.txt")["state"], "copy");
    let copy = "crane.sync-conflict-20260101-120000-ABCDEFG.txt";
    assert_eq!(row(copy)["state"], "copy");
    assert!(
        trouble(copy).contains("a copy of crane.txt that a sync client left"),
        "{queue:?}"
    );
    assert_eq!(row("border (conflict of 1914).txt")["state"], "new");
    assert!(!trouble("empty.txt").contains("same text"), "{queue:?}");
    // `check` tells them as well, and nothing is wrong.
    let checked = check(&place, &["news"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    for told in [
        "news/crane.txt: warning: the same text as news/crane 2.txt",
        "news/wire copy.txt: warning: the same text as news/crane 2.txt",
        "ABCDEFG.txt: warning: a copy of news/crane.txt that a sync client left",
    ] {
        assert!(checked.out.contains(told), "{told}: {checked:?}");
    }
    assert_eq!(checked.out.lines().count(), 3, "{checked:?}");
}

#[test]
fn copies_with_other_words_are_told_and_others_are_articles() {
    let (place, article) = place();
    decided(&place, &article);
    let changed = TEXT.replace("ninety tonnes", "eighty tonnes");
    let copies = [
        "Copy of crane.txt",
        "crane (1).txt",
        "crane - Kopie.txt",
        "crane 2.txt",
        "crane copy.txt",
        "crane-DESKTOP-ABC.txt",
    ];
    for (nth, copy) in copies.iter().enumerate() {
        place.write(
            &format!("news/{copy}"),
            format!("{changed}Version {nth}.\n"),
        );
    }
    place.write(
        "news/crane 3.txt",
        "Another crane was sold, to somebody else.\n",
    );
    let queue = place.run(&["queue", "--json", "news"]);
    let rows = queue.lines();
    let checked = check(&place, &["news"]);
    for copy in copies {
        let row = rows.iter().find(|row| row["article"] == copy);
        let row = row.unwrap_or_else(|| panic!("{copy}: {queue:?}"));
        assert_eq!(row["state"], "copy", "{copy}: {row}");
        let trouble = row["trouble"].as_str().unwrap_or_default();
        assert!(trouble.contains("a copy of crane"), "{copy}: {trouble}");
        let told = format!("news/{copy}: warning: a copy of news/crane");
        assert!(checked.out.contains(&told), "{told}: {checked:?}");
    }
    let other = rows.iter().find(|row| row["article"] == "crane 3.txt");
    assert_eq!(other.expect("there")["state"], "new");
    assert!(!checked.out.contains("crane 3.txt"), "{checked:?}");
}

#[test]
fn a_sidecar_under_any_name_is_seen() {
    for copy in [
        "backup.json",
        "CRANE.TXT.PROOFMARK.JSON",
        "a.b.json.old",
        "Neuer Ordner.json",
    ] {
        let (place, article) = place();
        decided(&place, &article);
        let sidecar = fs::read_to_string(sidecar_path(&article)).expect("there");
        let theirs = sidecar.replace("ana@example.org", "bo");
        // Its keys in another order, the last word says what it is.
        let mut turned: Value = serde_json::from_str(&theirs).expect("JSON");
        let top = turned.as_object_mut().expect("an object");
        let format = top.shift_remove("format").expect("there");
        top.insert("format".to_owned(), format);
        place.write(&format!("news/{copy}"), turned.to_string());
        place.write("news/other.json", "{\"of\": \"another tool\"}");
        place.write("news/torn.json", &theirs[..theirs.len() / 2]);
        place.write(
            "news/elsewhere.json",
            theirs
                .replace("crane.txt", "gone.txt")
                .replace("\"sha256\": \"", "\"sha256\": \"0"),
        );
        let told = check(&place, &["news"]);
        assert_eq!(told.code, Some(1), "{copy}: {told:?}");
        assert_eq!(told.out.lines().count(), 1, "{told:?}");
        assert!(told.out.contains(copy), "{told:?}");
        assert!(place.run(&["queue", "news"]).err.contains(copy));
        assert_eq!(offered(&article), [copy]);
        take_all(&place, &article);
        let sidecar = fs::read_to_string(sidecar_path(&article)).expect("there");
        assert!(sidecar.contains("\"bo\": {") && sidecar.contains("\"ana@example.org\": {"));
        assert!(article.with_file_name(format!("{copy}.merged")).is_file());
        assert_eq!(check(&place, &["news"]).code, Some(0), "{copy}");
        assert!(offered(&article).is_empty());
    }
}

#[test]
fn a_sidecar_of_an_older_text_is_told_by_the_article_it_names() {
    let (place, article) = place();
    decided(&place, &article);
    fs::copy(sidecar_path(&article), article.with_file_name("old.json")).expect("copied");
    place.write("news/crane.txt", format!("Corrected.\n{TEXT}"));
    let told = check(&place, &["news"]);
    assert!(
        told.out
            .contains("news/old.json: a copy of the sidecar of crane.txt"),
        "{told:?}"
    );
}

#[cfg(unix)]
#[test]
fn an_orphaned_sidecar_that_is_a_link_is_found() {
    use std::os::unix::fs::symlink;
    let (place, article) = place();
    decided(&place, &article);
    let store = article.with_file_name("decisions.json");
    fs::rename(sidecar_path(&article), &store).expect("moved");
    symlink("decisions.json", sidecar_path(&article)).expect("linked");
    // In use, it is neither a copy nor an orphan.
    let sound = check(&place, &["news"]);
    assert_eq!(sound.code, Some(0), "{sound:?}");
    assert!(offered(&article).is_empty());
    let renamed = article.with_file_name("renamed.txt");
    fs::rename(&article, &renamed).expect("renamed");
    let told = check(&place, &["news"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert_eq!(told.out.lines().count(), 1, "{told:?}");
    assert!(told.out.contains("crane.txt is gone"), "{told:?}");
    assert_eq!(offered(&renamed), ["crane.txt.proofmark.json"]);
    check(&place, &["--repair", "news"]);
    assert_eq!(on_disk(&place, &renamed), BOTH);
    let link = fs::read_link(sidecar_path(&renamed)).expect("still a link");
    assert_eq!(link.to_str(), Some("decisions.json"));
    assert!(store.is_file() && offered(&renamed).is_empty());

    // A link to the sidecar of an article that is there, out of the folder, or to nothing.
    symlink("renamed.txt.proofmark.json", sidecar_path(&article)).expect("linked");
    place.write(
        "other/secret.json",
        fs::read_to_string(&store).expect("there"),
    );
    let beside = |name: &str| sidecar_path(&article.with_file_name(name));
    symlink("../other/secret.json", beside("out.txt")).expect("linked");
    symlink("nowhere.json", beside("dangling.txt")).expect("linked");
    place.write("news/victim", "must stay");
    symlink("victim", beside("victim.txt")).expect("linked");
    symlink(
        "victim",
        article.with_file_name("crane.txt.proofmark.json~"),
    )
    .expect("linked");
    let told = check(&place, &["news"]);
    let lines: Vec<&str> = told.out.lines().collect();
    assert_eq!(
        lines,
        ["news/renamed.txt: warning: the sidecar is a link to elsewhere"]
    );
}

#[test]
fn a_repair_that_fails_leaves_no_lock() {
    let (place, article) = place();
    decided(&place, &article);
    let sidecar = sidecar_path(&article);
    let theirs = fs::read_to_string(&sidecar).expect("there");
    place.write("news/crane.txt.proofmark 2.json", &theirs);
    // It cannot be merged into a sidecar of another version.
    let newer = theirs.replace("\"version\": 1,", "\"version\": 2,");
    fs::write(&sidecar, newer).expect("written");
    let repaired = check(&place, &["--repair", "news"]);
    assert_eq!(repaired.code, Some(2), "{repaired:?}");
    let left = fs::read_dir(place.path().join("news")).expect("a folder");
    let mut left = left.flatten().map(|entry| entry.file_name());
    assert!(left.all(|name| !name.to_string_lossy().ends_with(".lock")));
}
