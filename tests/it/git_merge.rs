//! How often git merges two reviewers' sidecars by itself, line by line, as whoever has not
//! installed the program's own driver will merge them.
//!
//! Seeded, over the sample articles, with real decisions of the session. Where git is not there
//! this is said and nothing is measured. Two people who answered the same record, or who both
//! finished first, have something to settle: git cannot, the program's own merge can.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use proofmark::annotations::{Document, Edit, Id, Pass, RecordKind, Time};
use proofmark::detect::{Detect, Detector, Kind, Run};
use proofmark::ingest;
use proofmark::review::{Decide, Item, Look, Moment, Session};
use proofmark::store::sidecar;
use proofmark::text::{Article, Mark, Span, Word};
use proofmark::train::Random;

/// Merges measured of each kind.
const ROUNDS: usize = 24;

/// A sample article, what the detector found in it, and the sidecar both sides come from.
struct Sample {
    article: Article,
    document: Document,
    base: String,
}

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_articles");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the samples are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "txt" || end == "md")
        })
        .collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read(path).expect("readable"));
    texts.map(|text| sample(&text)).collect()
});

/// Some samples as one article, as long as those that two people share out.
static LONG: LazyLock<Sample> = LazyLock::new(|| {
    let texts = SAMPLES.iter().take(4).map(|sample| sample.article.text());
    sample(texts.collect::<Vec<_>>().join("\n\n").as_bytes())
});

fn sample(text: &[u8]) -> Sample {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);
    let article = ingest::read("story.txt", text).expect("an article");
    let mut document = Document::new(&article);
    let findings = DETECTOR.detect(&article);
    document.adopt(
        &article,
        &findings,
        &Run::new("proofmark test", &findings.model),
        time(0),
    );
    let base = sidecar::render(&document, None);
    Sample {
        article,
        document,
        base,
    }
}

fn time(minute: u64) -> Time {
    Time::new(format!(
        "2026-03-04T{:02}:{:02}:00Z",
        minute / 60,
        minute % 60
    ))
}

/// A reviewer's sidecar, and the records with an answer of theirs.
struct Side {
    text: String,
    answered: BTreeSet<Id>,
}

/// The sidecar after this reviewer's decisions on cards drawn at random; one edit in ten adds
/// a claim if `adds`.
fn side(sample: &Sample, who: &str, edits: usize, adds: bool, random: &mut Random) -> Side {
    let mut session = Session::new(
        sample.article.clone(),
        sample.document.clone(),
        Vec::new(),
        who.to_owned(),
        "proofmark test".to_owned(),
    );
    let claims = sample
        .document
        .annotations()
        .iter()
        .filter(|a| a.is_claim());
    let mut cards: Vec<_> = claims.map(|annotation| annotation.id.clone()).collect();
    random.shuffle(&mut cards);
    for card in cards.into_iter().take(edits) {
        let moment = Moment {
            day: None,
            now: time(random.below(600) as u64),
            fresh: random.bits(),
            seconds: None,
        };
        session.apply(Look::Select(Item::Claim(card)), &moment);
        let action = match random.below(10) {
            0 if adds => Decide::Add(
                RecordKind::Claim,
                words(&sample.article, random),
                Vec::new(),
            ),
            0..6 => Decide::Confirm,
            6..8 => Decide::Reject,
            8 => Decide::SetKind(Kind::ALL[random.below(Kind::ALL.len())]),
            _ => Decide::Verdict(Some("false".to_owned())),
        };
        session.apply(action, &moment);
    }
    let document = session.document();
    let annotations = document.annotations().iter();
    let answered = annotations
        .filter(|a| a.review_of(who).is_some())
        .map(|a| a.id.clone());
    let links = document
        .links()
        .iter()
        .filter(|link| link.review_of(who).is_some());
    Side {
        answered: answered.chain(links.map(|link| link.id.clone())).collect(),
        text: rendered(document, &sample.base),
    }
}

fn rendered(document: &Document, before: &str) -> String {
    let before = serde_json::from_str(before).expect("JSON");
    sidecar::render(document, Some(&before))
}

/// The same sidecar, its reviewer's pass finished.
fn finished(sample: &Sample, text: &str, who: &str) -> String {
    let mut document = sidecar::load(text.as_bytes(), &sample.article)
        .expect("a sidecar")
        .document;
    let pass = Pass {
        text: document.text().clone(),
        finished: true,
        at: time(700),
        more: serde_json::Map::new(),
    };
    let reviewer = who.to_owned();
    let edit = Edit::Pass {
        reviewer,
        pass: Some(pass),
    };
    document.apply(edit).expect("it applies");
    rendered(&document, text)
}

/// A few words somewhere in the article.
fn words(article: &Article, random: &mut Random) -> Mark {
    let mut starts: Vec<usize> = article
        .text()
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .collect();
    starts.dedup_by(|a, b| *a == *b + 1);
    let at = random.below(starts.len() - 6);
    Mark::whole(Span::new(starts[at], starts[at + 5] - 1)).expect("words")
}

/// What git makes of both sides alone; nothing if they conflict.
fn git_merge(folder: &Path, base: &str, ours: &str, theirs: &str) -> Option<Vec<u8>> {
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.join(name), text).expect("written");
    }
    let merged = Command::new("git")
        .args(["merge-file", "-p", "ours", "base", "theirs"])
        .current_dir(folder)
        .output()
        .expect("git runs");
    merged.status.success().then_some(merged.stdout)
}

/// The shares of merges that git does alone: with nobody's pass finished, and with one. Each of
/// them is read again and holds the answers of both sides.
fn clean(sample: &Sample, edits: usize) -> [f64; 2] {
    let mut random = Random::new(17);
    let folder = tempfile::tempdir().expect("a folder");
    let mut clean = [0, 0];
    for _ in 0..ROUNDS {
        let ours = side(sample, "ana", edits, true, &mut random);
        let theirs = side(sample, "bo", edits, true, &mut random);
        let with_pass = finished(sample, &ours.text, "ana");
        for (at, text) in [&ours.text, &with_pass].into_iter().enumerate() {
            let Some(merged) = git_merge(folder.path(), &sample.base, text, &theirs.text) else {
                continue;
            };
            clean[at] += 1;
            let read = sidecar::load(&merged, &sample.article).expect("a sidecar");
            assert!(read.document.parts().aside.is_empty(), "{:?}", read.faults);
            assert_eq!(read.document.pass_of("ana").is_some(), at == 1);
            for (who, answered) in [("ana", &ours.answered), ("bo", &theirs.answered)] {
                let has = |id: &Id| {
                    let annotation = read.document.annotation(id).and_then(|a| a.review_of(who));
                    let link = read.document.link(id).and_then(|link| link.review_of(who));
                    annotation.or(link).is_some()
                };
                assert!(answered.iter().all(has), "an answer of {who} is gone");
            }
        }
    }
    clean.map(|clean| clean as f64 / ROUNDS as f64)
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn has_git() -> bool {
    let git = Command::new("git")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    let has_git = git.is_ok_and(|status| status.success());
    if !has_git {
        eprintln!("SKIPPED: there is no git, so nothing was merged by it");
    }
    has_git
}

#[test]
#[expect(clippy::print_stderr, reason = "figures are worth seeing")]
fn git_merges_most_of_what_two_reviewers_did_apart() {
    if !has_git() {
        return;
    }
    for (edits, floor) in [(2, 0.90), (6, 0.75)] {
        let shares = clean(&LONG, edits);
        let told = format!("{edits} edits a side, nobody finishes, or one: {shares:.3?} clean");
        eprintln!("{told}");
        assert!(shares.iter().all(|share| *share >= floor), "{told}");
    }
}

#[test]
fn git_merges_whatever_two_reviewers_did_to_different_records() {
    if !has_git() {
        return;
    }
    let mut random = Random::new(29);
    let folder = tempfile::tempdir().expect("a folder");
    let mut merged = 0;
    for round in 0..ROUNDS {
        let sample = &SAMPLES[round % SAMPLES.len()];
        let ours = side(sample, "ana", 3, false, &mut random);
        let theirs = side(sample, "cy", 3, false, &mut random);
        if !ours.answered.is_disjoint(&theirs.answered) {
            continue;
        }
        merged += 1;
        let theirs = match round % 2 {
            0 => finished(sample, &theirs.text, "cy"),
            _ => theirs.text,
        };
        let alone = git_merge(folder.path(), &sample.base, &ours.text, &theirs);
        assert!(alone.is_some(), "round {round}: git could not");
    }
    assert!(
        merged > ROUNDS / 4,
        "only {merged} rounds had different records"
    );
}

#[test]
fn a_pass_that_was_only_begun_gets_no_line() {
    let sample = &SAMPLES[0];
    let mut document = sample.document.clone();
    let begun = Pass {
        text: document.text().clone(),
        finished: false,
        at: time(1),
        more: serde_json::Map::new(),
    };
    // As journals of older versions tell it.
    let edit = Edit::Pass {
        reviewer: "ana".to_owned(),
        pass: Some(begun),
    };
    document.apply(edit).expect("it applies");
    assert!(rendered(&document, &sample.base) == sample.base);
    // Over a finished one it has something to say, and a line that stands in a file stays.
    let before = finished(sample, &sample.base, "ana");
    let after = rendered(&document, &before);
    assert!(after.contains("\"state\": \"started\""));
    let read = sidecar::load(after.as_bytes(), &sample.article).expect("a sidecar");
    assert!(!read.changes(after.as_bytes()));
}

#[test]
fn the_line_of_a_pass_comes_at_its_place_in_the_alphabet() {
    let sample = &SAMPLES[0];
    let begun = finished(sample, &finished(sample, &sample.base, "cy"), "bo");
    let names = |text: &str| -> Vec<String> {
        let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let passes = value["passes"].as_object().expect("an object");
        passes.keys().cloned().collect()
    };
    assert_eq!(names(&begun), ["bo", "cy"]);
    let ours = finished(sample, &begun, "ana");
    let theirs = finished(sample, &begun, "dan");
    assert_eq!(names(&ours), ["ana", "bo", "cy"]);
    // An order that stands in the file stays.
    let lines: Vec<&str> = ours.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("\"ana\": {"))
        .expect("a line");
    let mut turned = lines.clone();
    turned.swap(at, at + 1);
    let turned = turned.join("\n");
    let turned = finished(sample, &turned, "bz");
    assert_eq!(names(&turned), ["bo", "ana", "bz", "cy"]);
    if has_git() {
        let folder = tempfile::tempdir().expect("a folder");
        let merged = git_merge(folder.path(), &begun, &ours, &theirs).expect("git merges");
        let merged = String::from_utf8(merged).expect("text");
        assert_eq!(names(&merged), ["ana", "bo", "cy", "dan"]);
    }
}
