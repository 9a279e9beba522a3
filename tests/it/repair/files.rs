//! `check --repair` on disk: copies beside, originals untouched, nothing written over.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::good;
use crate::store_support::{BOTH, Folder, decide_two, names, open, statuses};
use proofmark::store::read_for_commands;
use proofmark::store::repair::repair_files;

/// Runs the program in the folder; its exit code and standard output.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_proofmark"))
        .args(arguments)
        .current_dir(&folder.path)
        .env_clear()
        .env("HOME", &folder.path)
        .env("XDG_STATE_HOME", folder.path.join(".state"))
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    (output.status.code(), out)
}

#[test]
fn the_copy_passes_the_check_and_the_original_stays() {
    let folder = Folder::new();
    let damaged = good().replacen("\"start\": 26", "\"start\": 9\u{1}", 1);
    assert_ne!(damaged, good());
    fs::write(folder.sidecar(), &damaged).expect("written");
    assert_eq!(run(&folder, &["check", "crane.txt"]).0, Some(1));
    assert_eq!(folder.names(), ["crane.txt", "crane.txt.proofmark.json"]);

    let (code, out) = run(&folder, &["check", "--repair", "crane.txt"]);
    assert_eq!(code, Some(1), "{out}");
    let copy = "crane.txt.proofmark.json.repaired.json";
    assert!(
        out.contains(copy) && out.contains("crane.txt.proofmark.json is left"),
        "{out}"
    );
    assert!(out.contains("U+0001"), "{out}");
    assert!(!out.contains('\u{1}'), "raw bytes in {out:?}");
    let stays = fs::read_to_string(folder.sidecar()).expect("there");
    assert_eq!(stays, damaged);
    assert_eq!(
        folder.names(),
        ["crane.txt", "crane.txt.proofmark.json", copy]
    );

    // A second repair takes another name and leaves the first copy alone.
    fs::write(folder.path.join(copy), "mine").expect("written");
    let (_, out) = run(&folder, &["check", "--repair", "crane.txt"]);
    assert!(out.contains("repaired-2.json"), "{out}");
    assert_eq!(fs::read(folder.path.join(copy)).expect("there"), b"mine");

    fs::rename(
        folder
            .path
            .join(copy.replace(".repaired.json", ".repaired-2.json")),
        folder.sidecar(),
    )
    .expect("put in its place");
    let (code, out) = run(&folder, &["check", "--repair", "crane.txt"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(
        out.lines().all(|line| line.contains("warning: set_aside")),
        "{out}"
    );
}

#[test]
fn what_cannot_be_repaired_is_told_and_nothing_is_written() {
    let folder = Folder::new();
    fs::write(folder.sidecar(), "once upon a time").expect("written");
    let (code, out) = run(&folder, &["check", "--repair", "."]);
    assert_eq!(code, Some(1));
    assert!(out.contains("cannot be repaired"), "{out}");
    assert_eq!(folder.names(), ["crane.txt", "crane.txt.proofmark.json"]);
}

#[test]
fn a_damaged_journal_gets_a_copy_with_its_whole_lines() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    let ids = decide_two(&mut desk, &mut document);
    drop(desk);
    let mut bytes = fs::read(folder.journal()).expect("there");
    bytes.extend(b"{\"seq\": 3, \x1b[31m not ours\n");
    bytes.extend(b"{\"seq\":4,\"at\":");
    fs::write(folder.journal(), &bytes).expect("written");

    let repaired = repair_files(&folder.article, None).expect("readable");
    let [journal] = &repaired[..] else {
        panic!("{repaired:?}");
    };
    assert_eq!(journal.kept, 2);
    let told: Vec<String> = journal.changes.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("line 3: ") && told[1].starts_with("line 4: "),
        "{told:?}"
    );
    assert_eq!(fs::read(folder.journal()).expect("there"), bytes);

    let copy: PathBuf = journal.copy.clone().expect("a copy");
    fs::rename(copy, folder.journal()).expect("put in its place");
    assert!(
        repair_files(&folder.article, None)
            .expect("readable")
            .is_empty()
    );
    let read = read_for_commands(&folder.article, None).expect("reads");
    assert_eq!(statuses(&read.document, &ids), BOTH);
    assert!(
        names(&folder.path)
            .iter()
            .all(|name| !name.contains("repaired"))
    );
}
