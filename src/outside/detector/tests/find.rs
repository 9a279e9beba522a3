//! Programs that cannot be started.

use super::*;

fn not_started(command: &[&str]) -> String {
    let detector = Detector::new(Program {
        name: "mine".to_owned(),
        command: command.iter().map(|word| (*word).to_owned()).collect(),
        deadline: LONG,
    });
    let error = ask(&detector).expect_err("it cannot be started");
    assert!(error.is_final(), "{error}");
    assert!(matches!(error, NotAnswered::NotStarted { .. }), "{error}");
    assert_eq!(ask(&detector).expect_err("still not"), error);
    error.to_string()
}

#[test]
fn what_cannot_be_started_is_told_at_once() {
    assert!(not_started(&[]).contains("its command is empty"));
    assert!(not_started(&["", "x"]).contains("its command is empty"));
    assert!(not_started(&["sh", "a\0b"]).contains("NUL"));
    assert!(not_started(&["/no/such/program"]).contains("could not be started"));
    assert!(not_started(&["no-such-program-for-this"]).contains("PATH"));
    assert!(not_started(&["/"]).contains("could not be started"));
    for relative in ["./detector", "bin/detector", "../detector", "src/"] {
        let why = not_started(&[relative]);
        assert!(why.contains("a name or a whole path"), "{why}");
    }
}

#[test]
fn a_name_is_looked_for_in_whole_paths_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().to_str().expect("UTF-8").to_owned();
    let script = folder.path().join("a detector");
    fs::write(&script, "#!/bin/sh\nexit 0\n").expect("written");
    let found =
        |folders: &str| crate::outside::detector::find::on_path("a detector", folders.as_ref());
    // It cannot be run yet.
    assert_eq!(found(&whole), None);
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("set");
    assert_eq!(found(&format!("/no/such:{whole}")), Some(script.clone()));
    // The same folder, as seen from the working folder.
    let here = std::env::current_dir().expect("there is one");
    let up = "../".repeat(here.components().count() - 1);
    let relative = format!("{up}{}", whole.trim_start_matches('/'));
    assert!(Path::new(&relative).join("a detector").exists());
    assert_eq!(found(&format!("{relative}::.")), None);
}
