//! Many articles by other engines: what the manual says of GNU parallel holds, and the examples
//! in other languages are in order.
//!
//! Engines that are not installed here are told and left out: the project builds without them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use super::cli::{Place, Ran};
use super::scoring::tell;

/// Articles: enough that each of several processes gets some.
const ARTICLES: usize = 300;

/// Bytes a process, far fewer than all articles have.
const BLOCK: &str = "8k";

/// Through the shell of GNU parallel, so that a place with a blank in its path is no trouble.
const DETECT: &str = r#""$PROOFMARK" detect --jsonl"#;

/// JSON Lines with parts of the sample articles, the line separator of Unicode among the letters.
fn articles() -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_articles");
    let mut paragraphs = Vec::new();
    for name in ["wire-harbour-strike.txt", "multilingual-summit.txt"] {
        let text = fs::read_to_string(samples.join(name)).expect("a sample");
        paragraphs.extend(text.split("\n\n").map(str::to_owned));
    }
    let mut lines = String::new();
    for (number, paragraph) in paragraphs.iter().cycle().take(ARTICLES).enumerate() {
        let text = format!("{number}\u{2028}{paragraph}\r\n\n");
        let line = json!({"id": format!("a{number}"), "text": text});
        writeln!(lines, "{line}").expect("a string takes everything");
    }
    lines
}

fn is_there(program: &str, says: &str) -> bool {
    let ran = Command::new(program).arg("--version").output();
    ran.is_ok_and(|ran| ran.status.success() && ran.stdout.starts_with(says.as_bytes()))
}

/// Another program than GNU's is called `parallel` too, and knows no `--pipe`.
fn has_parallel() -> bool {
    let has_parallel = is_there("parallel", "GNU parallel");
    if !has_parallel {
        tell("many articles by GNU parallel: it is not installed");
    }
    has_parallel
}

/// What GNU parallel gives for `articles.jsonl` on its standard input.
fn parallel(place: &Place, options: &[&str]) -> Ran {
    let input = fs::File::open(place.path().join("articles.jsonl")).expect("it was written");
    let mut command = Command::new("parallel");
    command
        .args(options)
        .arg(DETECT)
        .current_dir(place.path())
        .env("PROOFMARK", env!("CARGO_BIN_EXE_proofmark"))
        .env("HOME", place.path().join("home"))
        .env("SHELL", "/bin/sh")
        .env("RAYON_NUM_THREADS", "1")
        .stdin(input);
    Ran::of(command.output().expect("parallel runs"))
}

/// How many processes a run took: the lines of its log but the first.
fn processes(place: &Place, log: &str) -> usize {
    let log = fs::read_to_string(place.path().join(log)).expect("the log");
    log.lines().count() - 1
}

#[test]
fn gnu_parallel_writes_the_bytes_of_one_run() {
    if !has_parallel() {
        return;
    }
    let place = Place::new();
    place.write("articles.jsonl", articles());
    let one = place.run(&["detect", "--jsonl", "articles.jsonl"]);
    assert_eq!((one.code, one.err.as_str()), (Some(0), ""));
    assert_eq!(one.out.lines().count(), ARTICLES);
    for (log, options) in [
        ("pipe", &["--pipe"][..]),
        ("lines", &["--pipe", "--line-buffer"]),
        ("file", &["--pipepart", "-a", "articles.jsonl"]),
    ] {
        let more = ["--keep-order", "-j", "3", "--block", BLOCK, "--joblog", log];
        let ran = parallel(&place, &[options, &more[..]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{options:?}");
        assert!(ran.out == one.out, "{options:?}: other bytes");
        assert!(processes(&place, log) > 3, "{options:?}");
    }
}

#[test]
fn a_broken_line_is_left_out_alone_and_gnu_parallel_leaves_with_a_count_of_processes() {
    if !has_parallel() {
        return;
    }
    let place = Place::new();
    let mut lines: Vec<String> = articles()
        .split_inclusive('\n')
        .map(str::to_owned)
        .collect();
    // Far apart, so that they are in two blocks.
    for number in [1, ARTICLES - 2] {
        lines[number] = "{\"id\":\"broken\n".to_owned();
    }
    place.write("articles.jsonl", lines.concat());
    let one = place.run(&["detect", "--jsonl", "articles.jsonl"]);
    assert_eq!(one.code, Some(2), "{}", one.err);
    let options = [
        "--pipe",
        "--keep-order",
        "--block",
        BLOCK,
        "--joblog",
        "log",
    ];
    let ran = parallel(&place, &options);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.out == one.out, "other bytes");
    assert_eq!(ran.out.lines().count(), ARTICLES - 2);
    let log = fs::read_to_string(place.path().join("log")).expect("the log");
    let codes: Vec<&str> = log
        .lines()
        .filter_map(|row| row.split('\t').nth(6))
        .collect();
    let broken = codes.iter().filter(|code| **code == "2").count();
    assert_eq!(broken, 2, "{log}");
    assert_eq!(
        codes.iter().filter(|code| **code == "0").count(),
        codes.len() - 3,
        "{log}"
    );
}

/// Runs the tests of a folder of examples, and says what they left out.
fn python_tests(folder: &str) {
    if !is_there("python3", "Python 3") {
        tell(&format!("the tests in {folder}: there is no python3"));
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = Command::new("python3")
        .args(["-m", "unittest", "discover", "-s", folder])
        .current_dir(root)
        .env("PROOFMARK", env!("CARGO_BIN_EXE_proofmark"))
        // Nothing is written into the repository.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONUTF8", "1")
        .output()
        .expect("python3 runs");
    let said = said(&python);
    assert!(python.status.success(), "{folder}: {said}");
    // Where no test is found older Pythons leave with 0.
    assert!(!said.contains("Ran 0 tests"), "{folder}: {said}");
    for line in said.lines().filter(|line| line.contains("SKIPPED")) {
        tell(line);
    }
}

fn said(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn the_spark_example_passes_its_tests() {
    python_tests("examples/spark");
}

#[test]
fn the_detectors_pass_their_tests() {
    python_tests("examples/detectors");
}
