//! The desk's files where something else stands in their place, or someone else works.

use std::fs;

use proofmark::annotations::{Anchor, Decision};
use proofmark::store::{OpenArticle, StoreError, read_for_commands};

use crate::store_support::{
    BOTH, Folder, TEXT, claims, decide, decide_two, findings, open, record, run, statuses, time,
};

#[test]
fn two_desks_do_not_write_one_article() {
    let folder = Folder::new();
    let (first, document) = open(&folder);
    let (mut second, mut copy) = open(&folder);
    let reason = second.read_only.clone().expect("read-only");
    assert!(reason.contains("ana on desk"), "{reason}");
    let id = claims(&copy)[0].clone();
    let edit = decide(&copy, &id, "ana@example.org", Decision::Confirm, time(1));
    copy.apply(edit.clone()).expect("applies");
    let refused = second.record(&copy, &edit, &time(1)).expect_err("refused");
    assert!(matches!(refused, StoreError::ReadOnly { .. }));
    second.close(&copy).expect("closes");
    first.close(&document).expect("closes");
    assert_eq!(folder.names(), ["crane.txt"]);
}

#[test]
fn marks_follow_an_article_that_somebody_changed_and_it_is_told() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    desk.close(&document).expect("closes");
    let text = format!("A new first line.\n{TEXT}");
    fs::write(&folder.article, &text).expect("edited");
    let (desk, document) = open(&folder);
    assert!(
        desk.notices
            .iter()
            .any(|n| n.contains("the article changed")),
        "{:?}",
        desk.notices
    );
    assert_eq!(statuses(&document, &ids), BOTH);
    for id in &ids {
        let target = &document.annotation(id).expect("there").target;
        assert_eq!(target.anchor, Anchor::Moved);
        let mark = target.mark.as_ref().expect("found");
        assert_eq!(mark.hull().of(&text), target.quote.exact);
    }
    desk.close(&document).expect("closes");
    // With none of its words left, the article is taken for another one and nothing is decided.
    fs::write(&folder.article, "Rain came down all day.\n").expect("edited");
    let desk = OpenArticle::open(&folder.article, &folder.options).expect("opens");
    let reason = desk.read_only.as_ref().expect("read-only");
    assert!(reason.contains("about another text"), "{reason}");
}

#[test]
fn a_lock_left_by_a_crash_is_taken_over() {
    for left in [
        "",
        "ana\u{1b}[31m on desk (process 99999)",
        "ana (process 1)\n",
    ] {
        let folder = Folder::new();
        fs::write(folder.path.join(".crane.txt.proofmark.lock"), left).expect("left");
        let (desk, document) = open(&folder);
        assert_eq!(desk.read_only, None);
        desk.close(&document).expect("closes");
        assert_eq!(folder.names(), ["crane.txt"]);
    }
    let folder = Folder::new();
    fs::create_dir(folder.path.join(".crane.txt.proofmark.lock")).expect("made");
    let (mut desk, mut document) = open(&folder);
    assert!(
        desk.notices.iter().any(|n| n.contains("without a lock")),
        "{:?}",
        desk.notices
    );
    decide_two(&mut desk, &mut document);
    desk.close(&document).expect("closes");
}

#[test]
fn a_sidecar_that_cannot_be_read_stays_as_it_is() {
    for bad in ["{\"format\": \"proofmark-sidecar\"", "", "[]"] {
        let folder = Folder::new();
        fs::write(folder.sidecar(), bad).expect("written");
        let (mut desk, mut document) = open(&folder);
        assert!(desk.read_only.is_some());
        let id = claims(&document)[0].clone();
        let edit = decide(
            &document,
            &id,
            "ana@example.org",
            Decision::Confirm,
            time(1),
        );
        document.apply(edit.clone()).expect("applies");
        assert!(desk.record(&document, &edit, &time(1)).is_err());
        assert!(desk.save(&document).is_err());
        desk.close(&document).expect("closes");
        assert_eq!(fs::read_to_string(folder.sidecar()).expect("there"), bad);
        assert_eq!(folder.names(), ["crane.txt", "crane.txt.proofmark.json"]);
        assert!(matches!(
            read_for_commands(&folder.article, None),
            Err(StoreError::Sidecar { .. })
        ));
    }
}

#[test]
fn a_folder_in_the_sidecars_place_is_left_alone() {
    let folder = Folder::new();
    fs::create_dir(folder.sidecar()).expect("made");
    let (desk, document) = open(&folder);
    let reason = desk.read_only.clone().expect("read-only");
    assert!(reason.contains("a folder"), "{reason}");
    desk.close(&document).expect("closes");
    assert!(folder.sidecar().is_dir());
}

#[test]
fn a_journal_that_cannot_be_kept_beside_goes_to_the_state_folder() {
    let folder = Folder::new();
    fs::create_dir(folder.journal()).expect("made");
    let (mut desk, mut document) = open(&folder);
    assert!(
        desk.notices.iter().any(|n| n.contains("cannot be used")),
        "{:?}",
        desk.notices
    );
    let ids = decide_two(&mut desk, &mut document);
    drop(desk);
    let state = folder.options.state_dir.as_deref();
    let read = read_for_commands(&folder.article, state).expect("reads");
    assert_eq!(statuses(&read.document, &ids), BOTH);
    let (desk, document) = open(&folder);
    assert_eq!(desk.replayed, 2);
    desk.close(&document).expect("closes");
    assert!(folder.journal().is_dir());
    let read = read_for_commands(&folder.article, state).expect("reads");
    assert_eq!(
        (read.replayed, statuses(&read.document, &ids)),
        (0, BOTH.to_vec())
    );
}

#[test]
fn without_any_place_for_a_journal_it_is_read_only() {
    let mut folder = Folder::new();
    folder.options.state_dir = None;
    fs::create_dir(folder.journal()).expect("made");
    let (desk, _) = open(&folder);
    assert!(desk.read_only.is_some());
}

#[test]
fn a_name_too_long_for_a_sidecar_is_read_only_from_the_start() {
    let folder = Folder::new();
    let name = format!("{}.txt", "n".repeat(244));
    let article = folder.path.join(name);
    fs::write(&article, TEXT).expect("written");
    let desk = OpenArticle::open(&article, &folder.options).expect("opens");
    let reason = desk.read_only.clone().expect("read-only");
    assert!(reason.contains("too long"), "{reason}");
    let shorter = folder.path.join(format!("{}.txt", "n".repeat(232)));
    fs::write(&shorter, TEXT).expect("written");
    let mut desk = OpenArticle::open(&shorter, &folder.options).expect("opens");
    let mut document = desk.take_document();
    document.adopt(&desk.article, &findings(), &run(), time(0));
    decide_two(&mut desk, &mut document);
    desk.close(&document).expect("closes");
    assert!(
        read_for_commands(&shorter, None)
            .expect("reads")
            .has_sidecar
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn modes_and_links_stay() {
        let folder = Folder::new();
        let (mut desk, mut document) = open(&folder);
        decide_two(&mut desk, &mut document);
        desk.close(&document).expect("closes");
        let real = folder.path.join("real.json");
        fs::rename(folder.sidecar(), &real).expect("moved");
        symlink("real.json", folder.sidecar()).expect("linked");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).expect("set");
        let (mut desk, mut document) = open(&folder);
        let ids = claims(&document);
        let edit = decide(
            &document,
            &ids[0],
            "bob@example.org",
            Decision::Confirm,
            time(2),
        );
        record(&mut desk, &mut document, edit, 2);
        let saved = desk.close(&document).expect("closes");
        assert!(
            saved.notices.iter().any(|n| n.contains("write-protected")),
            "{:?}",
            saved.notices
        );
        assert!(
            fs::symlink_metadata(folder.sidecar())
                .expect("there")
                .is_symlink()
        );
        let mode = fs::metadata(&real).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o440);
        assert!(
            fs::read_to_string(&real)
                .expect("readable")
                .contains("bob@example.org")
        );
        let expected = ["crane.txt", "crane.txt.proofmark.json", "real.json"];
        assert_eq!(folder.names(), expected);
    }

    #[test]
    fn a_link_to_nothing_gets_its_target_and_stays_a_link() {
        let folder = Folder::new();
        symlink("target.json", folder.sidecar()).expect("linked");
        let (mut desk, mut document) = open(&folder);
        decide_two(&mut desk, &mut document);
        desk.close(&document).expect("closes");
        assert!(
            fs::symlink_metadata(folder.sidecar())
                .expect("there")
                .is_symlink()
        );
        assert!(folder.path.join("target.json").is_file());
    }

    #[test]
    fn links_in_the_places_of_journal_and_lock_are_not_written_through() {
        let folder = Folder::new();
        let victim = folder.path.join("victim");
        fs::write(&victim, "mine").expect("written");
        symlink("victim", folder.journal()).expect("linked");
        symlink("victim", folder.path.join(".crane.txt.proofmark.lock")).expect("linked");
        let (mut desk, mut document) = open(&folder);
        let ids = decide_two(&mut desk, &mut document);
        desk.close(&document).expect("closes");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "mine");
        let read = read_for_commands(&folder.article, None).expect("reads");
        assert_eq!(statuses(&read.document, &ids), BOTH);
    }

    #[test]
    fn unfinished_files_of_a_crash_are_swept_and_others_left() {
        let folder = Folder::new();
        let left = ".crane.txt.proofmark.json.0123456789abcdef.tmp";
        for (name, words) in [
            (left, "half"),
            (".crane.txt.proofmark.json.tmp", "half"),
            (".crane.txt.proofmark.lock", "ana on desk (process 99999)"),
        ] {
            fs::write(folder.path.join(name), words).expect("written");
        }
        let (desk, document) = open(&folder);
        desk.close(&document).expect("closes");
        assert_eq!(
            folder.names(),
            [".crane.txt.proofmark.json.tmp", "crane.txt"]
        );
    }
}
