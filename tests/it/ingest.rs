//! Files of every kind as their usual programs write them, each with the text that is taken from it.
//!
//! `tests/ingest/` holds them, a file and its text beside it under the same name with `.text` at the
//! end. All were made for these tests, of invented words.

use std::fs;
use std::path::PathBuf;

use proofmark::ingest;

/// What must be there, so that a kind whose files went missing is noticed.
const KINDS: [&str; 10] = [
    "docx", "eml", "epub", "fodt", "html", "mht", "odt", "pdf", "rtf", "vtt",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ingest")
}

/// Every file with a text beside it.
fn files() -> Vec<(String, Vec<u8>, String)> {
    let names = fs::read_dir(folder()).expect("the folder").map(|entry| {
        let name = entry.expect("an entry").file_name();
        name.into_string().expect("a name")
    });
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".text")).collect();
    names.sort();
    let read = names.into_iter().filter_map(|name| {
        let text = fs::read_to_string(folder().join(format!("{name}.text"))).ok()?;
        let bytes = fs::read(folder().join(&name)).expect("a file");
        Some((name, bytes, text))
    });
    read.collect()
}

#[test]
fn every_file_gives_its_text() {
    let files = files();
    for kind in KINDS {
        let is_there = files
            .iter()
            .any(|(name, ..)| name.ends_with(&format!(".{kind}")));
        assert!(is_there, "no file of the kind {kind}");
    }
    for (name, bytes, text) in files {
        let article = ingest::read(&name, &bytes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(article.text(), text, "{name}");
        assert!(article.extractor().is_some(), "{name}");
    }
}

#[test]
fn a_wrong_name_changes_nothing_where_the_bytes_tell() {
    for (name, bytes, text) in files() {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if matches!(ending, "docx" | "epub" | "odt" | "pdf" | "rtf") {
            let article = ingest::read("story.txt", &bytes).expect("readable");
            assert_eq!(article.text(), text, "{name} as story.txt");
            assert_eq!(
                ingest::ending_of("story.php", Some("text/html"), &bytes),
                ending
            );
        }
    }
}

#[test]
fn files_cut_short_give_no_article_or_a_part_of_one_and_never_a_panic() {
    for (name, bytes, text) in files() {
        for at in 1..24 {
            let cut = &bytes[..bytes.len() * at / 24];
            match ingest::read(&name, cut) {
                Ok(article) => assert!(article.text().len() <= text.len() * 2, "{name} at {at}"),
                Err(error) => {
                    assert!(error.to_string().contains(&name), "{error}");
                    assert!(!error.hint().is_empty());
                }
            }
        }
    }
}

#[test]
fn words_of_a_print_tell_their_page() {
    let bytes = fs::read(folder().join("libreoffice.pdf")).expect("a file");
    let article = ingest::read("libreoffice.pdf", &bytes).expect("readable");
    let last = article.text().rfind("Fishing crews").expect("there");
    let told = [0, last].map(|at| article.spot_at(at).expect("a page").to_string());
    assert_eq!(told, ["p. 1", "p. 3"]);
    assert_eq!(
        article.left_out()[0].words,
        "Sandhaven Observer, 3 March 2026"
    );
}

#[test]
fn a_claim_is_exported_with_its_page_or_time() {
    let place = crate::cli::Place::new();
    for name in ["hearing.vtt", "libreoffice.pdf"] {
        place.write(name, fs::read(folder().join(name)).expect("a file"));
    }
    for name in ["hearing.vtt", "libreoffice.pdf"] {
        place.write("found.jsonl", place.run(&["detect", name]).out);
        let ran = place.run(&["import", "-f", "findings", "found.jsonl", name]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    let ran = place.run(&[
        "export",
        "-f",
        "jsonl",
        "--all",
        "hearing.vtt",
        "libreoffice.pdf",
    ]);
    let claims: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let at = |words: &str| {
        let claim = |line: &&serde_json::Value| {
            line["kind"] == "claim"
                && line["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(words))
        };
        claims
            .iter()
            .filter(claim)
            .map(|line| line["at"].clone())
            .next_back()
    };
    assert_eq!(
        at("8.4 million crowns, twice what we"),
        Some("00:41:05".into()),
        "{ran:?}"
    );
    assert_eq!(at("Four of the seven"), Some("00:41:13".into()));
    assert_eq!(at("returned to work on Monday"), Some("p. 3".into()));
    let ran = place.run(&["export", "-f", "csv", "--all", "hearing.vtt"]);
    let rows: Vec<&str> = ran.out.lines().collect();
    assert!(
        rows[0].ends_with(",\"at\"") && rows[1].ends_with(",\"00:41:05\""),
        "{rows:?}"
    );
}

#[test]
fn a_paragraph_that_was_left_out_is_taken_in_and_out_again_with_all_decisions() {
    use proofmark::store;

    let place = crate::cli::Place::new();
    place.write(
        "a.pdf",
        fs::read(folder().join("libreoffice.pdf")).expect("a file"),
    );
    place.write("found.jsonl", place.run(&["detect", "a.pdf"]).out);
    let reviewer = ["--as", "reviewer", "Ana"];
    let import = ["import", "-f", "findings", "found.jsonl", "a.pdf"];
    assert_eq!(place.run(&[&import[..], &reviewer].concat()).code, Some(0));
    let path = place.path().join("a.pdf");
    let options = store::OpenOptions {
        reviewer: "Ana".to_owned(),
        ..store::OpenOptions::default()
    };
    let text = || {
        store::read_article(&path)
            .expect("readable")
            .text()
            .to_owned()
    };
    let claims = || {
        place
            .run(&["export", "-f", "jsonl", "a.pdf"])
            .out
            .lines()
            .count()
    };
    let (before, decided) = (text(), claims());
    assert!(decided > 20, "{decided}");
    let head = "Sandhaven Observer, 3 March 2026";
    store::take_in(&path, head, true, &options).expect("taken in");
    assert_eq!(text(), format!("{head}\n\n{before}"));
    // Every command reads the same text, and every decision stands on its words.
    assert_eq!(place.run(&["text", "a.pdf"]).out, text());
    assert_eq!(claims(), decided);
    let ran = place.run(&["check", "a.pdf"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // Twice is once, and what was never left out is not put in.
    store::take_in(&path, head, true, &options).expect("taken in");
    store::take_in(&path, "Words of nobody.", true, &options).expect("nothing");
    assert_eq!(text(), format!("{head}\n\n{before}"));
    store::take_in(&path, head, false, &options).expect("out again");
    store::take_in(&path, "Words of nobody.", false, &options).expect("nothing");
    assert_eq!((text(), claims()), (before, decided));
}
