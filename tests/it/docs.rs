//! The examples of the manual: commands that the program takes, and sample articles on which they
//! have something to show.

use std::fs;
use std::path::Path;

use super::cli::Place;
use super::readme::{commands, help_of, pages};

/// The sample sidecar. Others there are somebody's own.
const REVIEWED: &str = "health-sleep-study.txt.proofmark.json";

/// A folder with the sample articles in `desk`.
fn desk() -> Place {
    let place = Place::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_articles");
    for entry in fs::read_dir(samples).expect("the samples") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if name == REVIEWED || name.ends_with(".txt") || name.ends_with(".md") {
            place.write(&format!("desk/{name}"), fs::read(&path).expect("readable"));
        }
    }
    place
}

/// The commands of ours in the examples of a page, each as its words.
fn examples(text: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut is_example = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
        }
        let line = line.strip_prefix("$ ").unwrap_or(line);
        if is_example && line.starts_with("proofmark ") {
            let ours = line.split(['|', '<', '>', '&', '#', '\'']).next();
            found.push(ours.unwrap_or_default().split_whitespace().collect());
        }
    }
    found
}

#[test]
fn the_program_knows_every_option_of_an_example() {
    let known = commands();
    let mut count = 0;
    for (page, text) in pages() {
        for words in examples(&text) {
            let told = format!("{}: {}", page.display(), words.join(" "));
            let command = words[1..].iter().find(|word| !word.starts_with('-'));
            let command = command.filter(|word| known.iter().any(|name| name == *word));
            let help = help_of(command.copied());
            let options = help.split(|c: char| c.is_whitespace() || c == ',');
            let options: Vec<&str> = options.filter(|word| word.starts_with('-')).collect();
            for option in words.iter().filter(|word| word.len() > 1) {
                let is_option = option.starts_with('-');
                assert!(!is_option || options.contains(option), "{told}: {option}");
            }
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}

#[test]
fn a_sample_is_reviewed_and_sound() {
    let place = desk();
    let ran = place.run(&["check", "desk"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    let ran = place.run(&["queue", "--json", "desk"]);
    let finished = |row: &&serde_json::Value| row["state"] == "finished";
    assert_eq!(ran.lines().iter().filter(finished).count(), 1, "{ran:?}");
}

#[test]
fn every_export_of_the_samples_shows_what_was_decided() {
    let place = desk();
    for format in ["jsonl", "csv", "markdown"] {
        let ran = place.run(&["export", "-f", format, "desk"]);
        assert_eq!(ran.code, Some(0), "{format}: {ran:?}");
        for word in [
            "misleading",
            "example.org",
            "Restwell",
            "corrected",
            "Sam Reviewer",
        ] {
            assert!(ran.out.contains(word), "{format}: {word}");
        }
    }
    let ran = place.run(&["export", "-f", "jsonl", "--all", "desk"]);
    for status in [
        "confirmed",
        "corrected",
        "added",
        "rejected",
        "unsure",
        "undecided",
    ] {
        let is_there = ran.lines().iter().any(|line| line["status"] == status);
        assert!(is_there, "{status}");
    }
}
