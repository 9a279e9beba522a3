//! `import` from outside: files in, a sidecar out, and the desk can take it back.

use std::fs;

use serde_json::Value;

use crate::cli::Place;

const TEXT: &str = "The port of Lindham bought two cranes in May, the mayor said.\n";
const ANN: &str = "T1\tClaim 0 44\tThe port of Lindham bought two cranes in May\nT2\tSource 46 55\tthe \
                   mayor\nR1\tAttributed_to Arg1:T1 Arg2:T2\nA1\tVerdict T1 Mostly_true\n";

fn place() -> Place {
    let place = Place::new();
    place.write("story.txt", TEXT);
    place.write("marks/a.ann", ANN);
    place.write("marks/a.txt", TEXT);
    place
}

fn sidecar(place: &Place) -> Value {
    let bytes = fs::read(place.path().join("story.txt.proofmark.json")).expect("a sidecar");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn reviewers(sidecar: &Value) -> Vec<String> {
    let records = sidecar["annotations"].as_array().expect("a list");
    let reviews = records
        .iter()
        .filter_map(|record| record["reviews"].as_object());
    let mut names: Vec<String> = reviews.flat_map(|r| r.keys().cloned()).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn a_reviewers_name_stands_behind_her_role_wherever_that_stands() {
    for arguments in [
        &["--as", "reviewer", "Bo B", "marks/a.ann", "story.txt"][..],
        &["marks/a.ann", "story.txt", "--as", "reviewer", "Bo B"],
        &["marks/a.ann", "--as=reviewer", "Bo B", "story.txt"],
    ] {
        let place = place();
        let ran = place.run(&[&["import", "-f", "brat"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
        assert!(
            ran.err.contains("2 annotations and 1 link of a.ann"),
            "{ran:?}"
        );
        let sidecar = sidecar(&place);
        assert_eq!(reviewers(&sidecar), ["Bo B"]);
        let text = sidecar.to_string();
        assert!(text.contains(r#""verdict":"mostly true""#), "{text}");
        assert!(place.run(&["check", "."]).code == Some(0));
    }
    for arguments in [
        &["marks/a.ann", "story.txt", "Bo", "--as", "reviewer"][..],
        &["--as", "run", "Bo", "marks/a.ann", "story.txt"],
        &["marks/a.ann"],
        &["a", "b", "c", "d"],
        &["--as", "reviewer", " ", "marks/a.ann", "story.txt"],
    ] {
        let place = place();
        let ran = place.run(&[&["import", "-f", "brat"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(!place.path().join("story.txt.proofmark.json").exists());
    }
    // Without a name they are the configured reviewer's.
    let place = place();
    place.run(&[
        "import",
        "-f",
        "brat",
        "--as",
        "reviewer",
        "marks/a.ann",
        "story.txt",
    ]);
    let own = reviewers(&sidecar(&place));
    assert!(own[0].starts_with("ana"), "{own:?}");
}

#[test]
fn a_run_is_kept_told_and_taken_in_once() {
    let place = place();
    let import = [
        "import",
        "-f",
        "brat",
        "marks/a.ann",
        "story.txt",
        "--report",
        "report.json",
    ];
    let ran = place.run(&import);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.err.contains("a run does not hold: verdicts (1)"),
        "{ran:?}"
    );
    let first = sidecar(&place);
    assert_eq!(reviewers(&first), [""; 0]);
    let runs = first["runs"].as_object().expect("runs");
    let tools: Vec<&Value> = runs.values().map(|run| &run["model"]).collect();
    // The detector's first, by which claims are counted.
    assert_eq!((tools.len(), tools[1]), (2, &Value::from("a.ann")));
    let report = fs::read(place.path().join("report.json")).expect("a report");
    let report: Value = serde_json::from_slice(&report).expect("JSON");
    assert_eq!(report["not_held"]["verdicts"], 1);
    assert_eq!(
        (&report["annotations"], &report["links"]),
        (&2.into(), &1.into())
    );
    let again = place.run(&import);
    assert!(again.err.contains("2 there already"), "{again:?}");
    assert_eq!(sidecar(&place), first);
}

#[test]
fn what_is_not_found_is_listed_and_the_rest_comes_in() {
    let place = place();
    place.write("story.txt", TEXT.replace("two cranes", "no cranes"));
    let import = [
        "import",
        "-f",
        "brat",
        "--as",
        "reviewer",
        "marks/a.ann",
        "story.txt",
        "--report",
        "report.json",
    ];
    let ran = place.run(&import);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let words =
        "a.ann: “The port of Lindham bought two cranes in May”: not surely found in the article";
    assert!(ran.err.contains(words), "{ran:?}");
    assert!(ran.err.contains("1 annotation and 0 links"), "{ran:?}");
    let report = fs::read_to_string(place.path().join("report.json")).expect("a report");
    assert!(
        report.contains(r#""why":"not surely found in the article""#),
        "{report}"
    );
}

#[test]
fn nothing_else_is_written_or_read() {
    let place = place();
    // A report takes the place of nobody's file.
    place.write("mine.json", "mine");
    let mut import = vec![
        "import",
        "-f",
        "brat",
        "marks/a.ann",
        "story.txt",
        "--report",
        "mine.json",
    ];
    let ran = place.run(&import);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(
        fs::read_to_string(place.path().join("mine.json")).expect("there"),
        "mine"
    );
    for (report, named) in [
        ("marks/a.ann", "marks/a.ann"),
        ("marks/a.txt", "marks/a.ann"),
    ] {
        let before = fs::read(place.path().join(report)).expect("there");
        let import = [
            "import",
            "-f",
            "brat",
            named,
            "story.txt",
            "--force",
            "--report",
            report,
        ];
        assert_eq!(place.run(&import).code, Some(2), "{report}");
        assert_eq!(fs::read(place.path().join(report)).expect("there"), before);
    }
    // Nothing was brought in before that was known.
    assert!(!place.path().join("story.txt.proofmark.json").exists());
    let empty = ["import", "-f", "findings", "marks/none.jsonl", "story.txt"];
    place.write("marks/none.jsonl", "{\"text\":\"a\"}\n");
    let ran = place.run(&empty);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("no annotation was found in it"), "{ran:?}");
    let named = [
        "import",
        "-f",
        "brat",
        "--as",
        "reviewer",
        "Bo\u{1b}[31m",
        "marks/a.ann",
        "story.txt",
    ];
    assert_eq!(place.run(&named).code, Some(2));
    // A sidecar that cannot be read is left as it is.
    place.write("story.txt.proofmark.json", "{");
    import.truncate(5);
    let ran = place.run(&import);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let bytes = fs::read_to_string(place.path().join("story.txt.proofmark.json")).expect("there");
    assert_eq!(bytes, "{");
    for (file, article) in [
        ("none.ann", "story.txt"),
        ("marks/a.ann", "none.txt"),
        ("marks", "story.txt"),
    ] {
        let ran = place.run(&["import", "-f", "brat", file, article]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("hint: "), "{ran:?}");
    }
    // Another format than it is.
    let ran = place.run(&["import", "-f", "w3c", "marks/a.ann", "story.txt"]);
    assert!(ran.err.contains("marks/a.ann: line 1: "), "{ran:?}");
    for format in ["jsonl", "markdown", "conll"] {
        assert_eq!(
            place.run(&["import", "-f", format, "x", "story.txt"]).code,
            Some(2)
        );
    }
    assert_eq!(
        place.run(&["export", "-f", "findings", "story.txt"]).code,
        Some(2)
    );
}

#[test]
fn the_desk_takes_it_back_after_a_restart() {
    use proofmark::store::{History, read_for_commands};

    for by in ["run", "reviewer"] {
        let place = place();
        place.write(
            "marks/b.ann",
            format!(
                "{ANN}T3\tClaim 31 44\tcranes in May\nT4\tClaim 4 19\tport of Lindham\nT5\tClaim 20 \
                 37\tbought two cranes\nT6\tClaim 27 37\ttwo cranes\nT7\tClaim 12 26\tLindham bought\n"
            ),
        );
        // What was there before: another reviewer's answer.
        place.run(&[
            "import",
            "-f",
            "brat",
            "--as",
            "reviewer",
            "Bo",
            "marks/a.ann",
            "story.txt",
        ]);
        let state = place.path().join("home/.local/state/proofmark");
        let story = place.path().join("story.txt");
        let read = || read_for_commands(&story, Some(&state)).expect("it is read");
        let before = read().document;
        let ran = place.run(&[
            "import",
            "-f",
            "brat",
            "--as",
            by,
            "marks/b.ann",
            "story.txt",
        ]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let after = read();
        assert_ne!(after.document, before);
        let acts = History::of(&state, &story).load();
        assert_eq!(acts.done.len(), 2);
        let act = acts.done.last().expect("an act");
        assert!(act.label.contains("b.ann brought in as"), "{}", act.label);
        let mut back = after.document.clone();
        let redo = back.take_back(&after.article, &act.edit, act.inverse.clone());
        let redo = redo.expect("it can be taken back");
        assert_eq!(back, before, "{by}");
        back.take_back(&after.article, &act.inverse, redo)
            .expect("and done again");
        assert_eq!(back, after.document, "{by}");
    }
}
