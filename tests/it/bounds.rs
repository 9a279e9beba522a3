//! Files that are too large, too many, too long or no files: refused or handled, each with a
//! message and within a memory that the system enforces.

#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::process::{Command, Stdio};

use proofmark::store::articles_in;
use proofmark::tui::widget::Theme;

use crate::cli::{Place, Ran};
use crate::screens::world::World;

/// Runs the program with that much address space, in KiB.
fn within(place: &Place, kibibytes: usize, arguments: &[&str]) -> Ran {
    let script = format!("ulimit -v {kibibytes}; exec \"$@\"");
    let mut command = Command::new("sh");
    command
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_proofmark")])
        .args(arguments)
        .current_dir(place.path())
        .env("HOME", place.path().join("home"))
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::null());
    Ran::of(command.output().expect("the program runs"))
}

fn make_fifo(place: &Place, name: &str) {
    let made = Command::new("mkfifo").arg(place.path().join(name)).status();
    assert!(made.expect("mkfifo is there").success());
}

#[test]
fn a_file_of_100_mb_is_refused_by_its_size_without_being_read() {
    let place = Place::new();
    let file = File::create(place.path().join("big.txt")).expect("made");
    file.set_len(100 << 20).expect("made large");
    for command in [
        &["detect", "big.txt"][..],
        &["check", "."],
        &["queue", "big.txt"],
    ] {
        let ran = within(&place, 200 << 10, command);
        assert!(
            ran.err.contains("big.txt") || ran.out.contains("big.txt"),
            "{ran:?}"
        );
        assert!(!ran.err.contains("memory allocation"), "{ran:?}");
    }
    let ran = within(&place, 200 << 10, &["detect", "big.txt"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.err
            .contains("big.txt: 105 MB, more than the limit of 20 MB"),
        "{ran:?}"
    );
}

#[test]
fn an_endless_file_is_not_read_to_its_end() {
    let place = Place::new();
    std::os::unix::fs::symlink("/dev/zero", place.path().join("zero.txt")).expect("linked");
    let ran = within(&place, 200 << 10, &["detect", "zero.txt"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("a device, not a regular file"), "{ran:?}");
    // On standard input there is no size to look at: reading stops at the limit.
    let zero = File::open("/dev/zero").expect("there");
    let mut command = place.command(&["detect", "-"]);
    let ran = Ran::of(command.stdin(zero).output().expect("the program runs"));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("limit of 20 MB"), "{ran:?}");
}

#[test]
fn pipes_devices_and_rings_of_links_are_told_and_never_waited_for() {
    let place = Place::new();
    place.write("good.txt", "The board said that fares rose.\n");
    make_fifo(&place, "pipe.txt");
    std::os::unix::fs::symlink("ring.txt", place.path().join("ring.txt")).expect("linked");
    std::os::unix::fs::symlink(".", place.path().join("self")).expect("linked");
    for (name, word) in [
        ("pipe.txt", "a pipe (FIFO), not a regular file"),
        ("/dev/null", "a device, not a regular file"),
        ("ring.txt", "ring.txt"),
    ] {
        for command in ["detect", "check", "queue"] {
            let ran = place.run(&[command, name]);
            assert_eq!(ran.code, Some(2), "{command} {name}: {ran:?}");
            assert!(ran.err.contains(word), "{command} {name}: {ran:?}");
        }
    }
    // In a folder they are passed over, and the article is found once.
    let ran = place.run(&["detect", "."]);
    assert_eq!(ran.lines().len(), 1, "{ran:?}");
    // A pipe in the place of an article's own files is not waited for either.
    for own in [".good.txt.proofmark.journal", "good.txt.proofmark.json"] {
        make_fifo(&place, own);
        let ran = place.run(&["check", "--repair", "good.txt"]);
        assert!(ran.code != Some(0), "{own}: {ran:?}");
        assert!(
            format!("{}{}", ran.out, ran.err).contains("a pipe (FIFO)"),
            "{own}: {ran:?}"
        );
    }
}

#[test]
fn a_line_of_1_mb_and_50_000_one_word_lines_are_handled() {
    let place = Place::new();
    let long = "The harbour office said that fares rose 9 percent. ".repeat(20_000);
    assert!(long.len() > 1_000_000);
    let lines = "word\n".repeat(50_000);
    for (name, text) in [("long.txt", &long), ("lines.txt", &lines)] {
        place.write(name, text);
        let ran = within(&place, 600 << 10, &["detect", name]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        assert_eq!(ran.lines()[0]["length"], text.chars().count());
        let mut world = World::new(80, 24, &[(name, text)], true, Theme::default());
        for keys in ["<Tab>", "G", "gg", "<PageDown>", "/word<Enter>", "j", "a"] {
            world.keys(keys);
            assert!(world.screen().contains(name), "{keys}");
        }
    }
}

#[test]
fn a_folder_of_many_files_is_walked_once() {
    // 100,000 take minutes to make: set the number to try them.
    let count = std::env::var("PROOFMARK_FILES")
        .ok()
        .and_then(|n| n.parse().ok());
    let count: usize = count.unwrap_or(3_000);
    let place = Place::new();
    for at in 0..count {
        place.write(&format!("many/{}/{at}.txt", at % 7), "A word.\n");
    }
    std::os::unix::fs::symlink("..", place.path().join("many/0/up")).expect("linked");
    let listing = articles_in(&[place.path().join("many")]);
    assert_eq!(listing.articles.len(), count);
    assert!(listing.unreadable.is_empty());
    let ran = within(&place, 600 << 10, &["check", "many"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut folder = place.path().join("deep");
    for _ in 0..70 {
        folder.push("d");
    }
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("a.txt"), "A word.\n").expect("written");
    let ran = place.run(&["check", "deep"]);
    assert!(ran.err.contains("more than 64 folders deep"), "{ran:?}");
}
