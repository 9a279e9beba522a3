//! `check`: what makes it exit 1 and what is only told, as `docs/check.md` has it.

use proofmark::annotations::{Anchor, Decision, Document, Parts, merge};
use proofmark::store::sidecar::render;
use serde_json::{Value, json};

use crate::cli::Place;
use crate::store_support::{TEXT, claims, decide, suggested, time};

fn place(sidecar: &str) -> Place {
    let place = Place::new();
    place.write("desk/crane.txt", TEXT);
    place.write("desk/crane.txt.proofmark.json", sidecar);
    place
}

/// The exit code of `check` and what it writes on standard output.
fn checked(sidecar: &str) -> (i32, String) {
    let ran = place(sidecar).run(&["check", "desk"]);
    (ran.code.expect("an exit code"), ran.out)
}

fn changed(change: impl FnOnce(&mut Parts)) -> String {
    let mut parts = decided().into_parts();
    change(&mut parts);
    render(&Document::from_parts(parts), None)
}

fn decided() -> Document {
    let mut document = suggested();
    for (id, decision) in claims(&document)
        .into_iter()
        .zip([Decision::Confirm, Decision::Reject])
    {
        let edit = decide(&document, &id, "ana", decision, time(1));
        document.apply(edit).expect("applies");
    }
    document
}

fn damaged(damage: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(&render(&decided(), None)).expect("JSON");
    damage(&mut value);
    value.to_string()
}

#[test]
fn a_sound_sidecar_is_not_spoken_of() {
    let ran = place(&render(&decided(), None)).run(&["check", "desk"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(
        ran.err.contains("1 sidecar(s) checked, 0 fault(s)"),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("warning"));
}

#[test]
fn faults_exit_1() {
    let texts = |v: &mut Value| {
        let own = v["article"]["text"].as_str().expect("a text").to_owned();
        v["texts"][own]["length"] = json!(3);
    };
    let answers = |decision, minute| {
        let base = suggested();
        let id = claims(&base)[0].clone();
        let mut document = base.clone();
        document
            .apply(decide(&base, &id, "ana", decision, time(minute)))
            .expect("applies");
        document
    };
    let (ours, theirs) = (answers(Decision::Confirm, 1), answers(Decision::Reject, 2));
    let conflict = render(&merge(None, &ours, &theirs).document, None);
    let anchored = |at: usize, anchor: Anchor| {
        changed(|parts| {
            let id = &claims(&decided())[at];
            let mut records = parts.annotations.iter_mut();
            let record = records.find(|a| a.id == *id).expect("there");
            record.target.anchor = anchor;
        })
    };
    for (sidecar, words) in [
        ("{".to_owned(), "the sidecar is damaged"),
        (
            damaged(|v| v["annotations"][0]["id"] = json!(1)),
            "annotations[0].id",
        ),
        (
            damaged(|v| v["version"] = json!(2)),
            "version: 2, newer than",
        ),
        (damaged(texts), ".length: 3, but"),
        (
            damaged(|v| v["annotations"][0]["status"] = json!("added")),
            "annotations[0].status",
        ),
        (
            damaged(|v| v["annotations"][0]["target"]["prefix"] = json!("")),
            "].target.prefix",
        ),
        (
            damaged(|v| v["annotations"].as_array_mut().expect("a list").reverse()),
            "not in the order",
        ),
        (
            damaged(|v| v["article"]["bytes_sha256"] = json!("0".repeat(64))),
            "article.bytes_sha256",
        ),
        (
            damaged(|v| v["annotations"][0]["target"]["start"] = json!(20)),
            "looked for by its words",
        ),
        (conflict, "reviews.ana: ana gave 2 answers"),
        (anchored(0, Anchor::Check), "a person has to look"),
        (anchored(0, Anchor::Lost), "not found in the article"),
    ] {
        let (code, out) = checked(&sidecar);
        assert_eq!(code, 1, "{words}: {out}");
        let line = out.lines().find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("{words}: {out}"));
        assert!(
            line.starts_with("desk/crane.txt: ") && !line.contains("warning"),
            "{line}"
        );
    }
}

#[test]
fn warnings_are_told_and_exit_0() {
    let lost = |answered: bool| {
        changed(|parts| {
            let id = &claims(&decided())[1];
            let mut records = parts.annotations.iter_mut();
            let record = records.find(|a| a.id == *id).expect("there");
            record.target.anchor = Anchor::Lost;
            if !answered {
                record.reviews.clear();
            }
        })
    };
    let unfounded = changed(|parts| {
        parts.annotations[0].suggestions.clear();
        parts.annotations[0].reviews.clear();
    });
    let ahead = render(&decided(), None).replace("2026-03-04T10:01", "2926-03-04T10:01");
    let aside = changed(|parts| {
        let kept = json!([{"place": "annotations[7]", "why": "no id", "record": 3}]);
        parts.unknown.insert("set_aside".to_owned(), kept);
    });
    for (sidecar, words) in [
        (lost(true), "not found in the article, and rejected"),
        (lost(false), "not found in the article, and undecided"),
        (unfounded, "nobody added it"),
        (ahead, "dated ahead of this computer's clock"),
        (aside, "set_aside: 1 record(s)"),
    ] {
        let place = place(&sidecar);
        let ran = place.run(&["check", "desk"]);
        assert_eq!(ran.code, Some(0), "{words}: {}", ran.out);
        let line = ran.out.lines().next().expect("a line");
        assert!(line.starts_with("desk/crane.txt: warning: "), "{line}");
        assert!(line.contains(words), "{words}: {line}");
        assert!(ran.err.contains("0 fault(s), 1 warning(s)"), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_sidecars_place_is_told() {
    let place = place("");
    let sidecar = place.path().join("desk/crane.txt.proofmark.json");
    std::fs::rename(&sidecar, place.path().join("desk/elsewhere.json")).expect("moved");
    place.write("desk/elsewhere.json", render(&decided(), None));
    std::os::unix::fs::symlink("elsewhere.json", &sidecar).expect("linked");
    let ran = place.run(&["check", "desk"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(
        ran.out.contains("warning: the sidecar is a link"),
        "{}",
        ran.out
    );
}
