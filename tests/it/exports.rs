//! Exports: what is taken, that nothing in it can run, and that it can be read back.

pub(crate) mod formats;
mod split;

use proofmark::annotations::{Decision, Document, Edit, Evidence, Id, Locator, Primacy, Stance};
use proofmark::exchange::{Selection, Subject, csv, jsonl, markdown};
use proofmark::store::sidecar;
use proofmark::text::Open;
use serde_json::{Map, Value, json};

use super::cli::Place;
use super::store_support::{TEXT, answer, claims, decide, suggested, time};

/// Two claims: one rejected, one confirmed with its source, a verdict, a note and evidence.
fn reviewed() -> Document {
    let mut document = suggested();
    let claims = claims(&document);
    let link = document.source_link(&claims[1]).expect("a link").clone();
    let mut confirm = answer(&document, &claims[1], Decision::Confirm, time(2));
    confirm.verdict = Some("misleading".to_owned());
    confirm.note = Some("=HYPERLINK(\"http://evil.example\")\nsecond | line".to_owned());
    let review = |review| Edit::Review {
        annotation: claims[1].clone(),
        reviewer: "ana@example.org".to_owned(),
        review: Some(review),
    };
    let linked = Edit::LinkReview {
        link: link.id.clone(),
        reviewer: "ana@example.org".to_owned(),
        review: Some(answer(&document, &claims[1], Decision::Confirm, time(2))),
    };
    let evidence = Edit::Evidence {
        annotation: claims[1].clone(),
        id: Id::new("e-0123abcd"),
        evidence: Some(Evidence {
            url: Some("https://stats.example.org/port?a=1".to_owned()),
            document: None,
            quote: Some("6.5 % <2025>".to_owned()),
            stance: Open::Known(Stance::Refutes),
            archive: Some("javascript:alert(1)".to_owned()),
            note: None,
            by: "ana@example.org".to_owned(),
            at: time(3),
            locator: Locator::read("p. 14, 41:07–42:10, <b>table</b> 2"),
            primacy: Some(Open::Known(Primacy::Primary)),
            consulted: Some("2026-03-03".to_owned()),
            unknown: Map::new(),
        }),
    };
    for edit in [
        decide(
            &document,
            &claims[0],
            "ana@example.org",
            Decision::Reject,
            time(1),
        ),
        review(confirm),
        linked,
        decide(
            &document,
            &link.to,
            "ana@example.org",
            Decision::Confirm,
            time(2),
        ),
        evidence,
    ] {
        document.apply(edit).expect("the records are there");
    }
    document
}

fn markdown_of(document: &Document, selection: Selection) -> String {
    let mut out = Vec::new();
    markdown::write(&mut out, "crane.txt", document, selection).expect("memory takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn lines(document: &Document, selection: Selection) -> Vec<Value> {
    let mut out = Vec::new();
    jsonl::write(
        &mut out,
        &Subject {
            name: "crane.txt",
            article: &crate::questions::nowhere(),
            document,
            selection,
        },
    )
    .expect("memory takes everything");
    let text = String::from_utf8(out).expect("UTF-8");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines.collect()
}

fn table(document: &Document, selection: Selection) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut table = csv::Table::new(&mut out, b',').expect("memory takes everything");
    table
        .write(&Subject {
            name: "=crane.txt",
            article: &crate::questions::nowhere(),
            document,
            selection,
        })
        .expect("memory takes everything");
    table.finish().expect("memory takes everything");
    read_csv(&String::from_utf8(out).expect("UTF-8"))
}

/// RFC 4180, every cell in quotation marks: read strictly and by hand.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut row = Vec::new();
        loop {
            rest = rest
                .strip_prefix('"')
                .expect("a cell begins with a quotation mark");
            let mut cell = String::new();
            loop {
                let end = rest.find('"').expect("a cell ends with a quotation mark");
                cell.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                match rest.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        rest = after;
                    }
                    None => break,
                }
            }
            row.push(cell);
            match rest.strip_prefix(',') {
                Some(after) => rest = after,
                None => break,
            }
        }
        rest = rest.strip_prefix("\r\n").expect("a row ends with CRLF");
        rows.push(row);
    }
    rows
}

#[test]
fn verified_annotations_alone_are_taken_unless_all_are_wanted() {
    let document = reviewed();
    let verified = lines(&document, Selection::Verified);
    let statuses: Vec<&Value> = verified.iter().map(|line| &line["status"]).collect();
    assert_eq!(
        statuses,
        ["confirmed", "confirmed"],
        "the source and its claim"
    );
    let all = lines(&document, Selection::All);
    assert_eq!(all.len(), document.annotations().len());
    assert!(all.iter().any(|line| line["status"] == "rejected"));
    assert_eq!(
        lines(&suggested(), Selection::Verified),
        Vec::<Value>::new()
    );
}

#[test]
fn a_line_tells_everything_about_an_annotation() {
    let document = reviewed();
    let verified = lines(&document, Selection::Verified);
    let claim = verified
        .iter()
        .find(|line| line["kind"] == "claim")
        .expect("a claim");
    let points: Vec<char> = TEXT.chars().collect();
    let at = |k: usize| claim["spans"][0][k].as_u64().expect("an offset") as usize;
    let words: String = points[at(0)..at(1)].iter().collect();
    assert_eq!(
        words, "traffic grew by 7% in 2025",
        "offsets count code points"
    );
    assert_eq!(claim["text"], words.as_str());
    assert_eq!(claim["article"], "crane.txt");
    assert_eq!(claim["kinds"], json!(["quantity", "event"]));
    assert_eq!(claim["voice"], "indirect");
    assert_eq!(claim["source_name"], "port authority");
    assert_eq!(claim["source_type"], "organisation");
    assert_eq!(claim["verdict"], "misleading");
    let review = &claim["reviews"]["ana@example.org"];
    assert_eq!(review["decision"], "confirm");
    assert_eq!(review["spans"], claim["spans"]);
    let evidence = &claim["evidence"][0];
    assert_eq!(evidence["stance"], "refutes");
    let locator = json!({
        "page": 14, "time": "00:41:07", "end": "00:42:10", "note": "<b>table</b> 2",
    });
    assert_eq!(evidence["locator"], locator);
    assert_eq!(evidence["primacy"], "primary");
    assert_eq!(evidence["consulted"], "2026-03-03");
    assert_eq!(claim["links"][0]["type"], "attributed_to");
    assert_eq!(claim["links"][0]["status"], "confirmed");
    let keys = |line: &Value| -> Vec<String> {
        line.as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect()
    };
    assert!(
        verified.iter().all(|line| keys(line) == keys(claim)),
        "columns are the same"
    );
}

#[test]
fn a_rejected_link_gives_a_claim_no_source() {
    let mut document = reviewed();
    let claims = claims(&document);
    let link = document.source_link(&claims[1]).expect("a link").id.clone();
    let reject = Edit::LinkReview {
        link,
        reviewer: "ana@example.org".to_owned(),
        review: Some(answer(&document, &claims[1], Decision::Reject, time(4))),
    };
    document.apply(reject).expect("the link is there");
    for selection in [Selection::Verified, Selection::All] {
        let lines = lines(&document, selection);
        let claim = lines
            .iter()
            .find(|line| line["id"] == claims[1].as_str())
            .expect("a claim");
        assert_eq!(claim["source_name"], Value::Null, "{selection:?}");
        let links = claim["links"].as_array().expect("a list").len();
        assert_eq!(links, usize::from(selection == Selection::All));
    }
}

#[test]
fn a_table_has_one_row_a_claim_and_no_formula() {
    let rows = table(&reviewed(), Selection::Verified);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[0], csv::COLUMNS);
    let cell = |name: &str| {
        let at = csv::COLUMNS
            .iter()
            .position(|column| *column == name)
            .expect("a column");
        rows[1][at].as_str()
    };
    assert_eq!(cell("article"), "'=crane.txt");
    assert_eq!(cell("claim"), "traffic grew by 7% in 2025");
    assert_eq!(cell("source"), "port authority");
    assert_eq!(cell("verdict"), "misleading");
    assert_eq!(
        cell("notes"),
        "'=HYPERLINK(\"http://evil.example\")\nsecond | line"
    );
    assert_eq!(
        cell("evidence"),
        "refutes (primary): https://stats.example.org/port?a=1, p. 14, 00:41:07–00:42:10, \
         <b>table</b> 2 “6.5 % <2025>” (archived: javascript:alert(1)) (consulted: 2026-03-03)"
    );
    assert_eq!(table(&reviewed(), Selection::All).len(), 3);
}

const REPORT: &str = r#"# Harbour gets a new crane

- Article: crane.txt
- Decided: 2 of 2; claims in this report: 1

| Verdict | Claims |
| --- | ---: |
| misleading | 1 |

## Claim 2: misleading

> traffic grew by 7% in 2025

- **Source:** port authority (organisation)
- **Kind:** quantity, event
- **Verdict:** misleading
- **Evidence, refutes:** primary: <https://stats.example.org/port?a=1>, p. 14, 00:41:07–00:42:10, &lt;b&gt;table&lt;/b&gt; 2 “6.5 % &lt;2025&gt;” (archived: javascript:alert(1)) (consulted: 2026-03-03)
- **Note:** =HYPERLINK("http://evil.example") second \| line
- **Reviewed by:** ana@example.org (confirm)
- **Place:** characters 173–199

## Sources

| Source | Type | Status |
| --- | --- | --- |
| port authority | organisation | confirmed |

"#;

#[test]
fn a_report_reads_as_one_and_holds_no_markup_from_outside() {
    assert_eq!(markdown_of(&reviewed(), Selection::Verified), REPORT);
}

#[test]
fn the_command_exports_what_is_in_the_sidecar() {
    let place = Place::new();
    place.write("crane.txt", TEXT);
    place.write(
        "crane.txt.proofmark.json",
        sidecar::render(&reviewed(), None),
    );
    for path in ["crane.txt", "crane.txt.proofmark.json", "."] {
        let ran = place.run(&["export", "--format", "jsonl", path]);
        let told = "jsonl does not hold: suggestions of detectors (2)\n";
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), told), "{ran:?}");
        assert_eq!(
            ran.lines(),
            lines(&reviewed(), Selection::Verified),
            "{path}"
        );
    }
    let all = place.run(&["export", "-f", "jsonl", "--all", "crane.txt"]);
    assert_eq!(all.lines(), lines(&reviewed(), Selection::All));
    let check = place.run(&["check", "."]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""), "{check:?}");
    let queue = place.run(&["queue", ".", "--json"]);
    let row = &queue.lines()[0];
    let kept = lines(&reviewed(), Selection::All).len() as u64;
    assert_eq!(row["decided"], 2);
    assert!(
        row["total"].as_u64() > Some(kept),
        "our detector's own cards stand beside another run's: {queue:?}"
    );
}

#[test]
fn a_file_appears_whole_and_no_source_is_written_over() {
    let place = Place::new();
    place.write("crane.txt", TEXT);
    place.write(
        "crane.txt.proofmark.json",
        sidecar::render(&reviewed(), None),
    );
    let ran = place.run(&["export", "-f", "csv", "crane.txt", "-o", "out.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    let written = std::fs::read_to_string(place.path().join("out.csv")).expect("it is there");
    assert_eq!(read_csv(&written).len(), 2);
    let before = std::fs::read(place.path().join("crane.txt.proofmark.json")).expect("there");
    for output in [
        "crane.txt",
        "./crane.txt.proofmark.json",
        "other.txt.proofmark.json",
    ] {
        let ran = place.run(&["export", "-f", "csv", "crane.txt", "-o", output]);
        assert_eq!(ran.code, Some(2), "{output}: {ran:?}");
        assert!(ran.err.contains("not written over"), "{ran:?}");
    }
    let after = std::fs::read(place.path().join("crane.txt.proofmark.json")).expect("there");
    assert!(before == after);
    let missing = place.run(&[
        "export",
        "-f",
        "csv",
        "crane.txt",
        "-o",
        "no/such/folder.csv",
    ]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    let left: Vec<_> = std::fs::read_dir(place.path())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("export"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn check_tells_faults_by_place_with_1() {
    let place = Place::new();
    place.write("crane.txt", TEXT);
    let good = sidecar::render(&reviewed(), None);
    place.write(
        "crane.txt.proofmark.json",
        good.replacen("\"kind\": \"claim\"", "\"kind\": 7", 1),
    );
    let ran = place.run(&["check", "crane.txt"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.starts_with("crane.txt: annotations["), "{ran:?}");
    place.write("crane.txt.proofmark.json", &good[..good.len() / 2]);
    let ran = place.run(&["check", "crane.txt"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let ran = place.run(&["export", "-f", "csv", "crane.txt"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("crane.txt.proofmark.json"), "{ran:?}");
}

#[test]
fn what_no_export_wrote_is_left_alone() {
    let place = Place::new();
    let article = "crane.txt";
    place.write(article, TEXT);
    place.write(
        "crane.txt.proofmark.json",
        sidecar::render(&reviewed(), None),
    );
    place.write("other.txt", "Another article.\n");
    place.write("other.txt.proofmark.json", "{}");
    place.write("mine.csv", "by hand");
    place.write("bin.txt", b"\0\x01\x02".as_slice());
    let read = |name: &str| std::fs::read(place.path().join(name)).expect("it is there");
    let is_as_it_was = |arguments: &[&str], name: &str, told: &str| {
        let before = read(name);
        let ran = place.run(&[&["export", "-f"], arguments].concat());
        assert_eq!(read(name), before, "{arguments:?}: {ran:?}");
        assert!(ran.code != Some(0) && ran.err.contains(told), "{ran:?}");
    };
    is_as_it_was(&["csv", article, "-o", "mine.csv"], "mine.csv", "--force");
    is_as_it_was(&["csv", article, "-o", "other.txt"], "other.txt", "review");
    is_as_it_was(
        &["csv", article, "-o", "o.csv", "--report", "other.txt"],
        "other.txt",
        "review",
    );
    is_as_it_was(&["brat", article, "-o", "."], article, "an article");
    is_as_it_was(
        &["brat", "--force", article, "-o", "."],
        article,
        "an article",
    );
    let forced = place.run(&["export", "-f", "csv", "--force", article, "-o", "mine.csv"]);
    assert_eq!(forced.code, Some(0), "{forced:?}");
    assert!(read("mine.csv").starts_with(b"\"article\""));
    // It is ours now, and an export of nothing takes the place of none.
    let again = place.run(&[
        "export",
        "-f",
        "csv",
        "--separator",
        ";",
        article,
        "-o",
        "mine.csv",
    ]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(read("mine.csv").starts_with(b"\"article\";\"id\""));
    is_as_it_was(
        &["csv", "bin.txt", "-o", "mine.csv"],
        "mine.csv",
        "as it was",
    );
    let one = place.run(&["export", "-f", "csv", article, "-o", "x", "--report", "x"]);
    assert!(
        one.code != Some(0) && one.err.contains("one file"),
        "{one:?}"
    );
    let folder = place.run(&["export", "-f", "brat", article, "-o", "brat"]);
    assert_eq!(folder.code, Some(0), "{folder:?}");
    assert_eq!(read("brat/crane.txt"), TEXT.as_bytes());
    let none = place.run(&["export", "-f", "sheet", "--shape", "round", article]);
    assert!(
        none.code != Some(0) && none.err.contains("csv, html"),
        "{none:?}"
    );
}
