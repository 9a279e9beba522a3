//! `score` and `train` from outside: the same numbers as the reference scorer, and bad input
//! told with its file and line.
//!
//! The corpora and the reference scorer are not part of the project. They are looked for in
//! `$PROOFMARK_SHARED` or in `../shared`; without them, or without python3, the comparison
//! says that it is left out.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::cli::Place;

/// The folder with the corpora and the reference scorer.
pub(super) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("PROOFMARK_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = folder.canonicalize().ok()?;
    let python = Command::new("python3").arg("--version").output();
    let whole = ["score/score_attr.py", "corpus/polnear_dev.jsonl"]
        .iter()
        .all(|name| folder.join(name).is_file());
    (whole && python.is_ok_and(|ran| ran.status.success())).then_some(folder)
}

/// Past the test harness, which keeps what passing tests print.
pub(super) fn tell(what: &str) {
    let _ = writeln!(std::io::stderr(), "LEFT OUT: {what}");
}

fn values(lines: &str) -> Vec<Value> {
    let line = |line| serde_json::from_str(line).expect("every line is JSON");
    lines.lines().map(line).collect()
}

/// Compares totals to the letter, and articles by value.
fn assert_same(place: &Place, scorer: &Path, gold: &Path, found: &str) {
    let python = Command::new("python3")
        .arg(scorer)
        .args([gold, Path::new(found)])
        .args(["--per-doc", "articles.jsonl"])
        .current_dir(place.path())
        .output()
        .expect("python3 runs");
    assert!(python.status.success(), "{python:?}");
    let right = String::from_utf8(python.stdout).expect("JSON is UTF-8");
    let gold = gold.to_str().expect("a plain path");
    let ours = place.run(&["score", gold, found, "--json"]);
    assert_eq!((ours.code, ours.out), (Some(0), right.clone()));
    let ours = place.run(&["score", gold, found, "--json", "--per-article"]);
    let articles = fs::read_to_string(place.path().join("articles.jsonl")).expect("it was written");
    assert_eq!(values(&ours.out), values(&(articles + &right)));
}

/// What an unsteady annotator would have marked: ends moved, sources gone, some twice.
fn unsteady(gold: &str) -> String {
    let mut out = String::new();
    let mut n: i64 = 0;
    for mut article in values(gold) {
        let list = article["attributions"].as_array().expect("a list").clone();
        let mut new = Vec::new();
        for one in list {
            n += 1;
            let moved = |spans: &Value, by: i64| {
                let spans = spans.as_array().expect("a list").iter();
                let shift = |pair: &Value, k: usize, by: i64| {
                    (pair[k].as_i64().expect("an offset") + by).max(0)
                };
                spans
                    .map(|pair| {
                        let start = shift(pair, 0, by);
                        json!([start, shift(pair, 1, by / 2).max(start)])
                    })
                    .collect::<Vec<_>>()
            };
            let source = if n % 5 == 0 {
                json!([])
            } else {
                json!(moved(&one["source"], n % 7 - 3))
            };
            let content = moved(&one["content"], (n * 13) % 41 - 20);
            let one =
                json!({"source": source, "cue": moved(&one["cue"], n % 3), "content": content});
            new.extend(std::iter::repeat_n(one, (n % 4) as usize));
        }
        article["attributions"] = new.into();
        out.push_str(&format!("{article}\n"));
    }
    out + "{\"id\": \"nobody knows me\", \"attributions\": []}\n"
}

/// Invented lines that hold what is easily counted in another way.
fn odd_articles() -> String {
    let texts = [
        "“Très 😀 bien,” dit-il. \"It\u{a0}holds,\" ``so far,'' she said; it''s 'odd'.\n\n“Open\nand",
        "\u{1c}one\u{1d}two\u{85}three «four» „five” ‟six” '''seven''' \"\" said x",
        "",
    ];
    let mut lines = String::new();
    for (k, text) in texts.iter().enumerate() {
        let length = text.chars().count();
        let mut list = Vec::new();
        for start in (0..length).step_by(3) {
            for size in [0, 1, 5, 17] {
                let content = json!([[start, start + size], [start + size + 2, start + size + 9]]);
                let source: Vec<[usize; 2]> = (size <= start)
                    .then_some([size, start])
                    .into_iter()
                    .collect();
                list.push(
                    json!({"source": source, "cue": [[start, start + 1]], "content": content}),
                );
            }
        }
        lines.push_str(&format!(
            "{}\n",
            json!({"id": format!("odd {k}"), "text": text, "attributions": list})
        ));
    }
    lines
}

#[test]
fn the_numbers_are_those_of_the_reference_scorer() {
    let Some(shared) = shared() else {
        tell("the comparison with the reference scorer: no shared folder, or no python3");
        return;
    };
    let scorer = shared.join("score/score_attr.py");
    let dev = shared.join("corpus/polnear_dev.jsonl");
    let text = fs::read_to_string(&dev).expect("it can be read");
    let place = Place::new();
    place.write("unsteady.jsonl", unsteady(&text));
    assert_same(&place, &scorer, &dev, "unsteady.jsonl");
    let odd = odd_articles();
    place.write("odd.jsonl", &odd);
    place.write("odd-found.jsonl", unsteady(&odd));
    let odd = place.path().join("odd.jsonl");
    assert_same(&place, &scorer, &odd, "odd-found.jsonl");
    assert_same(&place, &scorer, &odd, "odd.jsonl");
    // What detection writes is scored as it is.
    let dev_path = dev.to_str().expect("a plain path");
    let found = place.run(&["detect", "--jsonl", dev_path]);
    assert_eq!(found.code, Some(0), "{}", found.err);
    place.write("found.jsonl", &found.out);
    assert_same(&place, &scorer, &dev, "found.jsonl");
}

const GOLD: &str = r#"{"id": "a", "text": "It rains, Bo said.", "attributions": [{"source": [[10, 12]], "cue": [[13, 17]], "content": [[0, 8]]}]}
"#;

#[test]
fn a_table_json_or_a_line_an_article() {
    let place = Place::new();
    place.write("gold.jsonl", GOLD);
    let table = place.run_with_input(&["score", "gold.jsonl", "-"], GOLD.as_bytes());
    assert_eq!(table.code, Some(0), "{}", table.err);
    let row = table
        .out
        .lines()
        .find(|line| line.starts_with("content+source= "));
    let row: Vec<&str> = row
        .expect("a row of that name")
        .split_whitespace()
        .collect();
    assert_eq!(
        row,
        [
            "content+source=",
            "1.0000",
            "1.0000",
            "1.0000",
            "1",
            "1",
            "1"
        ]
    );
    assert!(table.out.contains("indirect.content"), "{}", table.out);
    let nothing = place.run_with_input(
        &["score", "gold.jsonl", "-", "--per-article"],
        b"{\"id\": \"other\"}",
    );
    let rows: BTreeSet<Vec<&str>> = nothing
        .out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert!(
        rows.contains(&vec!["1", "0", "0", "0", "0", "a"]),
        "{}",
        nothing.out
    );
    assert!(
        nothing
            .err
            .contains("1 article(s) of - are not in gold.jsonl"),
        "{}",
        nothing.err
    );
}

#[test]
fn bad_input_is_named_with_its_line() {
    let place = Place::new();
    place.write("gold.jsonl", GOLD);
    place.write("bad.jsonl", format!("{GOLD}{{\"id\": \"a\"\n"));
    place.write("bytes.jsonl", [GOLD.as_bytes(), b"\xff\n"].concat());
    for (arguments, told) in [
        (
            ["score", "bad.jsonl", "gold.jsonl"],
            "bad.jsonl: line 2: no JSON",
        ),
        (
            ["score", "gold.jsonl", "bad.jsonl"],
            "bad.jsonl: line 2: no JSON",
        ),
        (
            ["score", "gold.jsonl", "bytes.jsonl"],
            "bytes.jsonl: line 2: no UTF-8",
        ),
        (
            ["score", "gold.jsonl", "none.jsonl"],
            "none.jsonl: cannot read",
        ),
        (["score", "-", "gold.jsonl"], "hint: give GOLD as a file"),
    ] {
        let ran = place.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn training_says_what_it_lacks_before_it_begins() {
    let place = Place::new();
    let lacking = place.run(&["train", "corpora", "-o", "model.bin"]);
    assert_eq!((lacking.code, lacking.out.as_str()), (Some(2), ""));
    assert!(
        lacking
            .err
            .contains("corpora: there is no polnear_train.jsonl, no "),
        "{}",
        lacking.err
    );
    assert!(
        lacking.err.contains("hint: training needs a folder with"),
        "{}",
        lacking.err
    );
    let sentence = "{\"id\":\"s\",\"text\":\"Wells dried up.\",\"label\":\"1\"}\n";
    for name in [
        "policlaim_train",
        "policlaim_silver_train",
        "claimbuster3_train",
        "policlaim_dev",
        "claimbuster3_dev",
    ] {
        place.write(&format!("corpora/{name}.jsonl"), sentence);
    }
    place.write("corpora/polnear_train.jsonl", GOLD);
    place.write("corpora/polnear_dev.jsonl", format!("{GOLD}{sentence}"));
    let broken = place.run(&["train", "corpora", "-o", "model.bin"]);
    assert_eq!(broken.code, Some(2));
    assert!(
        broken
            .err
            .contains("corpora: polnear_dev.jsonl: line 2: no \"attributions\""),
        "{}",
        broken.err
    );
    place.write("corpora/polnear_dev.jsonl", GOLD);
    let over = place.run(&["train", "corpora", "-o", "corpora/polnear_dev.jsonl"]);
    assert_eq!(over.code, Some(2));
    assert!(
        over.err.contains("a corpus is not written over"),
        "{}",
        over.err
    );
    let day = place.run(&["train", "corpora", "--date", "yesterday"]);
    assert_eq!(day.code, Some(2));
    assert!(day.err.contains("YYYY-MM-DD"), "{}", day.err);
    assert!(!place.path().join("model.bin").exists());
}

#[test]
fn the_same_corpora_and_day_give_the_same_model() {
    let place = Place::new();
    let sentences = |yes: &str, no: &str| {
        let line = |text: &str, label: &str| {
            format!("{}\n", json!({"id": text, "text": text, "label": label}))
        };
        (line("Wells dried up in 12 towns.", yes) + &line("Thank you all.", no)).repeat(4)
    };
    for name in ["policlaim_train", "policlaim_silver_train", "policlaim_dev"] {
        place.write(&format!("corpora/{name}.jsonl"), sentences("1", "0"));
    }
    for name in ["claimbuster3_train", "claimbuster3_dev"] {
        place.write(&format!("corpora/{name}.jsonl"), sentences("CFS", "NFS"));
    }
    place.write("corpora/polnear_train.jsonl", GOLD.repeat(6));
    place.write("corpora/polnear_dev.jsonl", GOLD);
    let train = |file: &str, day: &str| {
        let ran = place.run(&["train", "corpora", "-o", file, "--date", day]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
        fs::read(place.path().join(file)).expect("it was written")
    };
    let once = train("once.bin", "2031-02-03");
    assert!(once == train("twice.bin", "2031-02-03"));
    let another_day = train("later.bin", "2031-02-04");
    assert!(once != another_day);
    assert_eq!(once.len(), another_day.len());
    let parts = |bytes: &[u8]| {
        let end = bytes
            .windows(2)
            .position(|two| two == b"\n\n")
            .expect("a header");
        (
            String::from_utf8(bytes[..end].to_vec()).expect("text"),
            bytes[end..].to_vec(),
        )
    };
    let (header, weights) = parts(&once);
    assert!(weights == parts(&another_day).1);
    assert!(weights.iter().any(|byte| *byte != 0));
    assert!(
        header.contains("\nnote command proofmark train CORPUS-FOLDER --date 2031-02-03\n"),
        "{header}"
    );
    assert!(header.contains("\nnote dev clean: content f1 "), "{header}");
    assert!(
        header.contains("\nnote dev damaged (seed 77): content f1 "),
        "{header}"
    );
    // Two sentences, told apart by any scorer that learned something.
    assert!(
        header.contains("\nnote dev checkable (policlaim_dev): auc 1.0000, "),
        "{header}"
    );
    assert!(
        header.contains("\nnote dev deserves checking (claimbuster3_dev, CFS): auc 1.0000, "),
        "{header}"
    );
    assert!(proofmark::detect::model::Model::parse(&once).is_some());
}

/// A sentence tagged by hand, often enough for a parser to learn it.
fn tagged() -> String {
    let line = serde_json::json!({
        "by": "hand",
        "text": "Ann said that wells dried.",
        "tokens": [
            [0, 3, "NNP", "nsubj", 1],
            [4, 8, "VBD", "ROOT", 1],
            [9, 13, "IN", "mark", 4],
            [14, 19, "NNS", "nsubj", 4],
            [20, 25, "VBD", "ccomp", 1],
            [25, 26, ".", "punct", 1],
        ],
    });
    format!("{line}\n").repeat(20)
}

#[test]
fn the_syntax_is_learned_from_tagged_articles() {
    let place = Place::new();
    place.write("tagged.jsonl", tagged());
    let learn = |output: &str| {
        let arguments = [
            "train",
            "--syntax",
            "tagged.jsonl",
            "--date",
            "2031-02-03",
            "-o",
            output,
        ];
        let ran = place.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        fs::read(place.path().join(output)).expect("it was written")
    };
    let (once, again) = (learn("once.bin"), learn("again.bin"));
    assert!(
        once == again,
        "the same articles and day give the same bytes"
    );
    let header = String::from_utf8_lossy(&once[..600]).into_owned();
    assert!(
        header.contains("\nnote articles 20 tagged by hand\n"),
        "{header}"
    );
    assert!(
        header.contains("\nnote tagged tagged.jsonl sha256 "),
        "{header}"
    );
    let language = proofmark::detect::language::Language {
        syntax: proofmark::detect::language::read_syntax(&once),
        ..proofmark::detect::language::Language::compiled_in()
    };
    assert!(language.syntax.is_some());
    let reading = proofmark::detect::reading::Reading::new("Ann said that wells dried.", &language);
    let heads: Vec<u32> = reading.words[..5].iter().map(|w| w.head).collect();
    assert_eq!(heads, [1, 1, 4, 4, 1]);
}

#[test]
fn tagged_articles_are_checked_before_the_work_and_never_written_over() {
    let place = Place::new();
    place.write("tagged.jsonl", tagged());
    let over = place.run(&["train", "--syntax", "tagged.jsonl", "-o", "tagged.jsonl"]);
    assert_eq!(over.code, Some(2), "{}", over.err);
    assert!(over.err.contains("not written over"), "{}", over.err);
    let kept = fs::read_to_string(place.path().join("tagged.jsonl")).expect("it is there");
    assert_eq!(kept, tagged());
    place.write("broken.jsonl", "{\"text\": \"a\"}\n");
    let broken = place.run(&["train", "--syntax", "broken.jsonl", "-o", "out.bin"]);
    assert_eq!(broken.code, Some(2));
    assert!(
        broken.err.contains("broken.jsonl") && broken.err.contains("line 1"),
        "{}",
        broken.err
    );
    let both = place.run(&["train", "folder", "--syntax", "tagged.jsonl"]);
    assert_eq!(both.code, Some(2));
    let neither = place.run(&["train", "-o", "out.bin"]);
    assert_eq!(neither.code, Some(2));
}

/// Half an hour and more, so only on request: `PROOFMARK_REPRODUCE=1 cargo test --release`.
#[test]
fn the_model_in_the_project_comes_out_of_its_header() {
    if std::env::var_os("PROOFMARK_REPRODUCE").is_none() {
        tell("making the model again: PROOFMARK_REPRODUCE is not set");
        return;
    }
    let corpora = shared().expect("the shared folder").join("corpus");
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/detect/model/news-en.bin");
    let model = fs::read(model).expect("the model");
    let header = String::from_utf8_lossy(&model[..model.len().min(10_000)]).into_owned();
    let day = header
        .lines()
        .find_map(|line| line.strip_prefix("note made "));
    let place = Place::new();
    let corpora = corpora.to_str().expect("a plain path");
    let day = day.expect("the header tells the day");
    let ran = place.run(&["train", corpora, "-o", "again.bin", "--date", day]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let again = fs::read(place.path().join("again.bin")).expect("it was written");
    assert!(again == model, "the bytes differ");
}
