use super::*;

struct Desk {
    top: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let top = tempfile::tempdir().expect("a folder");
        for folder in ["desk/below", "other"] {
            fs::create_dir_all(top.path().join(folder)).expect("made");
        }
        fs::write(top.path().join("desk/story.txt"), "words").expect("written");
        Desk { top }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.top.path().join(path)
    }

    /// Exports these words under that name; whether they took the place of earlier ones.
    fn export(&self, name: &str, words: &str) -> Result<bool, NotExported> {
        let state = self.at("state");
        let place = export_place(&self.at("desk"), name, Some(&state))?;
        write_export(
            &place,
            words.as_bytes(),
            &self.at("desk/story.txt"),
            Some(&state),
        )
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).expect("there")
    }
}

#[test]
fn an_export_takes_the_place_of_an_earlier_one_alone() {
    let desk = Desk::new();
    assert!(!desk.export("claims.csv", "one").expect("written"));
    assert!(desk.export("claims.csv", "two").expect("replaced"));
    assert_eq!(desk.read("desk/claims.csv"), "two");
    // Somebody wrote into it.
    fs::write(desk.at("desk/claims.csv"), "two, and a remark").expect("written");
    let refused = desk.export("claims.csv", "three").expect_err("refused");
    assert!(matches!(refused, NotExported::NotOurs(_)), "{refused}");
    assert_eq!(desk.read("desk/claims.csv"), "two, and a remark");
    // As it was, it is ours again; and so is what is what it would become.
    fs::write(desk.at("desk/claims.csv"), "two").expect("written");
    assert!(desk.export("claims.csv", "three").expect("replaced"));
    let place = desk.at("desk/same.csv");
    fs::write(&place, "same").expect("written");
    let same = write_export(&place, b"same", &desk.at("desk/story.txt"), None);
    assert!(same.expect("left"));
    assert!(matches!(
        desk.export("story.txt", "x"),
        Err(NotExported::NotOurs(_))
    ));
    assert_eq!(desk.read("desk/story.txt"), "words");
}

#[test]
fn an_export_that_was_taken_up_for_review_is_an_article() {
    for belonging in [
        "desk/report.md.proofmark.json",
        "desk/.report.md.proofmark.journal",
        "desk/.report.md.proofmark.lock",
    ] {
        let desk = Desk::new();
        desk.export("report.md", "first").expect("written");
        fs::write(desk.at(belonging), "{}").expect("written");
        let refused = desk.export("report.md", "second").expect_err("an article");
        assert!(
            matches!(refused, NotExported::Article(_)),
            "{belonging}: {refused}"
        );
        assert_eq!(desk.read("desk/report.md"), "first");
        // It may have been taken up since the place was looked at.
        let late = write_export(
            &desk.at("desk/report.md"),
            b"first",
            &desk.at("desk/story.txt"),
            None,
        );
        assert!(matches!(late, Err(NotExported::Article(_))), "{late:?}");
        fs::remove_file(desk.at(belonging)).expect("removed");
        assert!(desk.export("report.md", "second").expect("replaced"));
    }
}

#[test]
fn what_came_in_the_meantime_is_left() {
    let desk = Desk::new();
    let place = export_place(&desk.at("desk"), "a.csv", None).expect("a place");
    fs::write(&place, "somebody else").expect("written");
    let refused = write_export(&place, b"one", &desk.at("desk/story.txt"), None);
    assert!(matches!(refused, Err(NotExported::NotKnown(_))));
    assert_eq!(desk.read("desk/a.csv"), "somebody else");
    let names = fs::read_dir(desk.at("desk")).expect("there");
    assert_eq!(names.count(), 3, "nothing half written beside it");
}

#[test]
fn nothing_leaves_the_folder() {
    let desk = Desk::new();
    assert!(desk.export("below/a.csv", "x").is_ok());
    assert!(desk.export("./b.csv", "x").is_ok());
    let absolute = desk.at("other/c.csv");
    for name in [
        "../other/a.csv",
        "..",
        "below/../../other/a.csv",
        "",
        "/",
        &absolute.to_string_lossy(),
    ] {
        let refused = desk.export(name, "x").expect_err(name);
        assert!(
            matches!(refused, NotExported::Outside { .. }),
            "{name}: {refused}"
        );
    }
    let missing = desk.export("nowhere/a.csv", "x").expect_err("refused");
    assert!(missing.to_string().contains("find the folder"), "{missing}");
    assert_eq!(fs::read_dir(desk.at("other")).expect("there").count(), 0);
}

#[test]
fn names_of_ours_are_left_alone() {
    let desk = Desk::new();
    for name in [
        "story.txt.proofmark.json",
        ".story.txt.proofmark.journal",
        "page.html.proofmark.txt",
    ] {
        let refused = desk.export(name, "x").expect_err(name);
        assert!(
            matches!(refused, NotExported::OwnName(_)),
            "{name}: {refused}"
        );
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_and_no_more_may_be_read_than_the_article() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    fs::write(desk.at("other/secret"), "words").expect("written");
    symlink("../other/secret", desk.at("desk/a.csv")).expect("linked");
    symlink("../other", desk.at("desk/out")).expect("linked");
    assert!(desk.export("a.csv", "x").is_err());
    let refused = desk.export("out/a.csv", "x").expect_err("refused");
    assert!(matches!(refused, NotExported::Outside { .. }), "{refused}");
    assert_eq!(desk.read("other/secret"), "words");
    fs::set_permissions(desk.at("desk/story.txt"), fs::Permissions::from_mode(0o600)).expect("set");
    desk.export("b.csv", "x").expect("written");
    let mode = fs::metadata(desk.at("desk/b.csv"))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn without_a_state_folder_it_is_told_that_nobody_knows() {
    let desk = Desk::new();
    let (folder, article) = (desk.at("desk"), desk.at("desk/story.txt"));
    let place = export_place(&folder, "claims.csv", None).expect("free");
    write_export(&place, b"one", &article, None).expect("written");
    let refused = export_place(&folder, "claims.csv", None).expect_err("there");
    assert!(matches!(refused, NotExported::NotKnown(_)), "{refused}");
    let refused = write_export(&place, b"two", &article, None).expect_err("there");
    assert!(refused.to_string().contains("without a state folder"));
    assert_eq!(desk.read("desk/claims.csv"), "one");
}
