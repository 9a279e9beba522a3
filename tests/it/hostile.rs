//! Short, repeatable versions of what the fuzzers in `fuzz/` try for hours.

pub(crate) mod bytes;
pub(crate) mod keys;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use crate::store_support::{Folder, decide_two, open, suggested};
use proofmark::store::sidecar::render;

/// A valid file, damaged in a few places.
fn damaged(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        0usize..100_000,
        0usize..12,
        prop::collection::vec(any::<u8>(), 0..6),
    );
    prop::collection::vec(edit, 0..6).prop_map(move |edits| {
        let mut bytes = good.clone();
        for (at, gone, put) in edits {
            let at = at % (bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, put);
        }
        bytes
    })
}

/// A sidecar in which a few values are others: what a byte more or less seldom makes of it.
fn with_odd_values(good: &[u8]) -> impl Strategy<Value = Vec<u8>> + use<> {
    const ODD: [&str; 12] = [
        "null",
        "true",
        "-1",
        "18446744073709551616",
        "1.5",
        "1e400",
        "\"\"",
        "\"\\u001b[31m\"",
        "\"a-000000000000\"",
        "[]",
        "{}",
        "[0, 1, 2]",
    ];
    let good: Value = serde_json::from_slice(good).expect("a sidecar is JSON");
    let mut places = Vec::new();
    collect_places(&good, String::new(), &mut places);
    let edit = (prop::sample::select(places), prop::sample::select(&ODD[..]));
    prop::collection::vec(edit, 1..4).prop_map(move |edits| {
        let mut value = good.clone();
        for (place, odd) in edits {
            // An earlier edit may have taken the place away.
            if let Some(found) = value.pointer_mut(&place) {
                *found = serde_json::from_str(odd).expect("JSON");
            }
        }
        value.to_string().into_bytes()
    })
}

/// The JSON pointers of everything within a value.
fn collect_places(value: &Value, place: String, places: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (name, value) in inside {
        let name = name.replace('~', "~0").replace('/', "~1");
        let place = format!("{place}/{name}");
        places.push(place.clone());
        collect_places(value, place, places);
    }
}

fn sidecar() -> Vec<u8> {
    let mut document = suggested();
    for id in crate::store_support::claims(&document) {
        let decision = proofmark::annotations::Decision::Confirm;
        let time = crate::store_support::time(1);
        let edit = crate::store_support::decide(&document, &id, "ana", decision, time);
        document.apply(edit).expect("applies");
    }
    render(&document, None).into_bytes()
}

/// A journal's lines without their checksums.
fn journal() -> Vec<u8> {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    decide_two(&mut desk, &mut document);
    drop(desk);
    let journal = std::fs::read_to_string(folder.journal()).expect("there");
    let bare = |line: &str| format!("{}}}\n", line.split(",\"sum\"").next().unwrap_or(line));
    journal.lines().map(bare).collect::<String>().into_bytes()
}

fn three_sides() -> Vec<u8> {
    let base = render(&suggested(), None).into_bytes();
    let sides = [base.clone(), sidecar(), base];
    sides.join(bytes::SIDE)
}

/// A file of some kind that is not text alone, with the check for its kind.
type Sample = (&'static str, fn(&[u8]));

const SAMPLES: [Sample; 14] = [
    ("groff.pdf", bytes::print),
    ("weasyprint.pdf", bytes::print),
    ("hard.docx", bytes::document),
    ("hard.rtf", bytes::document),
    ("hard.epub", bytes::document),
    ("notes.odt", bytes::document),
    ("wall.fodt", bytes::document),
    ("newsletter.eml", bytes::letter),
    ("chromium.mht", bytes::letter),
    ("hearing.vtt", bytes::transcript),
    ("debate.srt", bytes::transcript),
    ("feed.rss", bytes::entries),
    ("letters.mbox", bytes::entries),
    ("links.csv", bytes::entries),
];

/// One of the files with some damage.
fn damaged_sample() -> impl Strategy<Value = (usize, Vec<u8>)> {
    (0..SAMPLES.len()).prop_flat_map(|at| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ingest");
        let file = std::fs::read(format!("{folder}/{}", SAMPLES[at].0)).expect("a file");
        damaged(file).prop_map(move |bytes| (at, bytes))
    })
}

proptest! {
    // The same files each time: libraries read some kinds, and what they do with others than these
    // is for the fuzzers to find.
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(20_260_303),
        ..ProptestConfig::with_cases(96)
    })]

    #[test]
    fn damaged_files_of_every_kind_are_an_article_or_refused((at, bytes) in damaged_sample()) {
        let (_, check) = SAMPLES[at];
        check(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_an_article_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        story in damaged("“Fares”\tfell — 👩‍👩‍👧 said\u{1b}[31m Ana\u{202e}\r\nend\u{301}".into()),
    ) {
        bytes::decode(&bytes);
        bytes::decode(&story);
    }

    #[test]
    fn any_bytes_are_detected_in(bytes in damaged(crate::store_support::TEXT.into())) {
        bytes::detect(&bytes);
    }

    #[test]
    fn any_sidecar_saves_the_same_twice(
        bytes in damaged(sidecar()),
        odd in with_odd_values(&sidecar()),
    ) {
        bytes::sidecar_bytes(&bytes);
        bytes::sidecar_bytes(&odd);
    }

    #[test]
    fn any_sides_merge(bytes in damaged(three_sides())) {
        bytes::merged(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_journal_is_taken_up_once(bytes in damaged(journal())) {
        bytes::journal(&bytes);
    }

    #[test]
    fn any_keys_are_survived(
        // Mostly what a reviewer does, with a full disk now and then, and anything at all.
        keys in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(b"axu\rjks1ewEfn\x1b".to_vec()),
                1 => Just(0xe0_u8),
                1 => b' '..=b'~',
                1 => any::<u8>(),
            ],
            1..60,
        ),
    ) {
        keys::press(&[b"\r", &keys[..]].concat());
    }
}

#[test]
fn checksums_are_those_of_the_journal() {
    let folder = Folder::new();
    let (mut desk, mut document) = open(&folder);
    decide_two(&mut desk, &mut document);
    drop(desk);
    let right = std::fs::read(folder.journal()).expect("there");
    let bare = journal();
    // Times, numbers and people are the same, so the lines are.
    assert_eq!(
        String::from_utf8_lossy(&bytes::with_checksums(&bare)),
        String::from_utf8_lossy(&right)
    );
}

/// Whole files, which also begin the fuzzers' search: they are written into the folder that
/// `PROOFMARK_SEEDS` names.
#[test]
fn whole_files_hold_too() {
    let corpus = std::env::var_os("PROOFMARK_SEEDS").map(std::path::PathBuf::from);
    type Check = fn(&[u8]);
    let seeds: [(&str, Vec<u8>, Check); 4] = [
        ("detect", crate::store_support::TEXT.into(), bytes::detect),
        ("sidecar", sidecar(), bytes::sidecar_bytes),
        ("journal", journal(), bytes::journal),
        ("merge", three_sides(), bytes::merged),
    ];
    for (target, seed, check) in seeds {
        assert!(!seed.is_empty(), "{target}");
        check(&seed);
        if let Some(corpus) = &corpus {
            let folder = corpus.join(target);
            std::fs::create_dir_all(&folder).expect("made");
            std::fs::write(folder.join("whole"), &seed).expect("written");
        }
    }
}

/// Found by fuzzing: each made a sidecar of the journal that could only be read.
#[test]
fn forged_lines_do_not_close_the_sidecar() {
    let good = String::from_utf8(journal()).expect("UTF-8");
    let first = good.lines().next().expect("a line");
    let text = proofmark::annotations::text_id(crate::store_support::article().text_sha256());
    let digest = first.split("\"sha256\":\"").nth(1).expect("a digest");
    let digest = &digest[..64];
    let start = first.split(",\"records\"").next().expect("the head");
    let pass = |text: &str| {
        format!(
            "{start},\"edit\":{{\"set\":\"pass\",\"reviewer\":\"ana\",\"pass\":{{\"text\":\"{text}\",\
             \"state\":\"finished\",\"at\":\"2026-03-04T10:01:00Z\"}}}}}}\n"
        )
    };
    let forged = good.replace(digest, &format!("{}x", &digest[..63]));
    for (lines, taken) in [
        (forged, 0),
        (pass("t-00000000"), 0),
        (pass(text.as_str()), 1),
    ] {
        let folder = Folder::new();
        std::fs::write(folder.journal(), bytes::with_checksums(lines.as_bytes())).expect("written");
        let read = proofmark::store::read_for_commands(&folder.article, None).expect("reads");
        assert_eq!(read.replayed, taken, "{lines}");
        bytes::journal(lines.as_bytes());
    }
}
