//! What follows from other values: worked out on load, told, and never a reason to lose a record.

use proptest::prelude::*;
use serde_json::{Value, json};

use proofmark::annotations::{Anchor, Decision, Document, Target};
use proofmark::store::sidecar::{self, Loaded};
use proofmark::text::{Article, Mark, Media, Span};

use super::{decided, rendered};
use crate::store_support::{TEXT, article, claims, decide, findings, run, suggested, time};

fn load(value: &Value) -> Loaded {
    sidecar::load(value.to_string().as_bytes(), &article()).expect("readable")
}

fn value() -> Value {
    serde_json::from_str(&rendered()).expect("JSON")
}

/// Nothing is set aside, what is wrong is told by its path, and saving puts it right.
fn told_and_put_right(value: &Value, path: &str) -> Loaded {
    let loaded = load(value);
    let paths: Vec<&str> = loaded.faults.iter().map(|f| f.path.as_str()).collect();
    assert!(paths.contains(&path), "{path}: {paths:?}");
    assert_eq!(loaded.read_only, None, "{path}");
    assert!(loaded.document.parts().aside.is_empty(), "{path}");
    assert_eq!(
        loaded.document.annotations().len(),
        decided().annotations().len(),
        "{path}"
    );
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert_eq!(again.faults, [], "{path}");
    assert!(!again.changes(written.as_bytes()), "{path}");
    assert_eq!(again.document, loaded.document, "{path}");
    loaded
}

#[test]
fn what_is_wrong_is_told_and_worked_out() {
    type Damage = fn(&mut Value);
    let text = |value: &Value| {
        value["article"]["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let own = text(&value());
    let of_text = |field: &str| format!("texts.{own}.{field}");
    let cases: [(String, Damage); 14] = [
        (of_text("length"), |v| own_text(v)["length"] = json!(10)),
        (of_text("length"), |v| {
            own_text(v)["length"] = json!(4_000_000)
        }),
        (of_text("length"), |v| own_text(v)["length"] = json!("long")),
        (of_text("length"), |v| {
            own_text(v)
                .as_object_mut()
                .expect("a text")
                .remove("length");
        }),
        (of_text("sha256"), |v| {
            own_text(v)["sha256"] = json!("ab".repeat(32))
        }),
        ("article.bytes_sha256".into(), |v| {
            v["article"]["bytes_sha256"] = json!("cd".repeat(32))
        }),
        ("article.bytes_sha256".into(), |v| {
            v["article"]["bytes_sha256"] = json!(7)
        }),
        ("annotations[0].status".into(), |v| {
            v["annotations"][0]["status"] = json!("rejected")
        }),
        ("annotations[0].status".into(), |v| {
            v["annotations"][0]["status"] = json!(3)
        }),
        ("annotations[0].status".into(), |v| {
            v["annotations"][0]
                .as_object_mut()
                .expect("a record")
                .remove("status");
        }),
        ("links[0].status".into(), |v| {
            v["links"][0]["status"] = json!("confirmed")
        }),
        ("annotations[0].target.prefix".into(), |v| {
            v["annotations"][0]["target"]["prefix"] = json!("quite another")
        }),
        ("annotations[0].target.suffix".into(), |v| {
            v["annotations"][0]["target"]["suffix"] = Value::Null
        }),
        ("annotations".into(), |v| {
            v["annotations"].as_array_mut().expect("a list").reverse()
        }),
    ];
    for (path, damage) in cases {
        let mut damaged = value();
        damage(&mut damaged);
        let loaded = told_and_put_right(&damaged, &path);
        assert_eq!(loaded.faults.len(), 1, "{path}: {:?}", loaded.faults);
        assert_eq!(loaded.document, decided(), "{path}");
    }
}

fn own_text(value: &mut Value) -> &mut Value {
    let own = value["article"]["text"]
        .as_str()
        .expect("a text")
        .to_owned();
    &mut value["texts"][own]
}

#[test]
fn a_copy_with_other_line_ends_is_no_fault() {
    for other in [TEXT.replace('\n', "\r\n"), format!("\u{feff}{TEXT}")] {
        let copy = proofmark::ingest::read("crane.txt", other.as_bytes()).expect("an article");
        let loaded = sidecar::load(rendered().as_bytes(), &copy).expect("readable");
        assert_eq!(loaded.faults, []);
        assert!(!loaded.changes(rendered().as_bytes()));
    }
}

#[test]
fn a_wrong_length_sets_nothing_aside_when_the_article_changes() {
    let mut damaged = value();
    own_text(&mut damaged)["length"] = json!(10);
    let changed = format!("Before it.\n{TEXT}");
    let changed = Article::new("crane.txt", &changed, Media::Plain);
    let loaded = sidecar::load(damaged.to_string().as_bytes(), &changed).expect("readable");
    assert!(loaded.text_changed && loaded.document.parts().aside.is_empty());
    let own = damaged["article"]["text"].as_str().expect("a text");
    assert_eq!(loaded.faults[0].path, format!("texts.{own}.length"));
    assert_eq!(loaded.faults.len(), 1, "{:?}", loaded.faults);
    assert_eq!(
        loaded.document.annotations().len(),
        decided().annotations().len()
    );
}

/// Offsets as another tool counts them, of every span of the file.
fn counted(value: &mut Value, count: &dyn Fn(usize) -> usize) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| counted(item, count)),
        Value::Object(map) => {
            for name in ["start", "end"] {
                if let Some(point) = map.get(name).and_then(Value::as_u64) {
                    map.insert(name.to_owned(), json!(count(point as usize)));
                }
            }
            map.values_mut().for_each(|item| counted(item, count));
        }
        _ => {}
    }
}

#[test]
fn offsets_of_another_tool_are_found_again_as_a_question() {
    let utf16 = |point: usize| TEXT.chars().take(point).map(char::len_utf16).sum();
    let bytes = |point: usize| TEXT.chars().take(point).map(char::len_utf8).sum();
    let off = |point: usize| point + 3;
    let past = |point: usize| point + 90_000;
    let tools: [&dyn Fn(usize) -> usize; 4] = [&utf16, &bytes, &off, &past];
    for (at, count) in tools.into_iter().enumerate() {
        let mut damaged = value();
        counted(&mut damaged["annotations"], count);
        let loaded = load(&damaged);
        assert!(
            loaded.document.parts().aside.is_empty(),
            "{at}: {:?}",
            loaded.faults
        );
        assert_eq!(loaded.document.annotations().len(), 3, "{at}");
        for (found, right) in loaded
            .document
            .annotations()
            .iter()
            .zip(decided().sorted().annotations)
        {
            assert_eq!(found.id, right.id, "{at}");
            assert_eq!(found.target.quote, right.target.quote, "{at}");
            assert_eq!(found.target.prefix, right.target.prefix, "{at}");
            assert_eq!(
                (&found.reviews, &found.suggestions),
                (&right.reviews, &right.suggestions),
                "{at}"
            );
            let moved =
                count(right.target.quote.start as usize) != right.target.quote.start as usize;
            let wrong = count(right.target.quote.end as usize) != right.target.quote.end as usize;
            let anchor = if moved || wrong {
                Anchor::Check
            } else {
                Anchor::Ok
            };
            assert_eq!(
                found.target.anchor, anchor,
                "{at}: {}",
                right.target.quote.exact
            );
        }
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
        assert_eq!(
            (again.faults, &again.document),
            (Vec::new(), &loaded.document)
        );
    }
}

#[test]
fn words_that_are_nowhere_are_lost_and_kept() {
    let mut damaged = value();
    damaged["annotations"][0]["target"]["exact"] = json!("words that nobody wrote here");
    let loaded = load(&damaged);
    assert!(loaded.document.parts().aside.is_empty());
    let lost = &loaded.document.annotations()[0];
    assert_eq!((lost.target.anchor, lost.reviews.len()), (Anchor::Lost, 1));
}

#[test]
fn an_id_set_aside_is_not_suggested_anew() {
    let mut damaged = value();
    damaged["annotations"][0]["target"]["exact"] = json!("");
    damaged["runs"] = json!({});
    for list in ["annotations", "links"] {
        for record in damaged[list].as_array_mut().expect("a list") {
            record["suggestions"] = json!({});
        }
    }
    let loaded = load(&damaged);
    let aside = loaded.document.parts().aside[0].record["id"].clone();
    let mut document = loaded.document;
    document.adopt(&article(), &findings(), &run(), time(0));
    let written = sidecar::render(&document, Some(&loaded.value));
    assert_eq!(written.matches(&format!("\"id\": {aside}")).count(), 1);
    let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
    assert_eq!(again.document.parts().aside.len(), 1);
    assert_eq!(again.document.annotations().len(), 2);
}

/// One derived value made wrong.
#[derive(Clone, Debug)]
enum Damage {
    Length(u32),
    Status(usize, String),
    Context(usize, bool, String),
    Offset(usize, usize, i64),
    Bytes(u8),
    Swap(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let word = "[a-zé😀]{0,8}";
    prop_oneof![
        any::<u32>().prop_map(Damage::Length),
        (0usize..3, word).prop_map(|(at, word)| Damage::Status(at, word)),
        (0usize..3, any::<bool>(), word)
            .prop_map(|(at, before, word)| Damage::Context(at, before, word)),
        (0usize..3, 0usize..3, -400i64..400)
            .prop_map(|(at, part, by)| Damage::Offset(at, part, by)),
        any::<u8>().prop_map(Damage::Bytes),
        (0usize..3, 0usize..3).prop_map(|(a, b)| Damage::Swap(a, b)),
    ]
}

fn shift(span: &mut Value, by: i64) {
    for name in ["start", "end"] {
        if let Some(point) = span.get(name).and_then(Value::as_i64) {
            span[name] = json!(point + by);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn derived_values_never_decide_what_is_kept(
        damages in proptest::collection::vec(damage(), 1..6),
        marks in proptest::collection::vec((0usize..60, 1usize..40), 0..4),
        edited: bool,
    ) {
        let mut document = suggested();
        for (at, id) in claims(&document).into_iter().enumerate() {
            let decision = [Decision::Confirm, Decision::Reject][at % 2];
            let edit = decide(&document, &id, "ana", decision, time(1));
            document.apply(edit).expect("applies");
        }
        let mut parts = document.into_parts();
        for (annotation, (from, length)) in parts.annotations.iter_mut().zip(marks) {
            let bounds: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).collect();
            let span = Span::new(bounds[from], bounds[from + length]);
            annotation.target = Target::at(&article(), Mark::whole(span).expect("not empty"));
            let quotes = annotation.reviews.iter_mut().filter_map(|(_, r)| r.quote.as_mut());
            quotes.for_each(|quote| *quote = annotation.target.quote.clone());
        }
        let document = Document::from_parts(parts);
        let good = sidecar::render(&document, None);
        let good: Value = serde_json::from_str(&good).expect("JSON");
        let mut bad = good.clone();
        for damage in damages {
            let records = &mut bad["annotations"];
            match damage {
                Damage::Length(length) => own_text(&mut bad)["length"] = json!(length),
                Damage::Status(at, word) => records[at]["status"] = json!(word),
                Damage::Context(at, before, word) => {
                    records[at]["target"][if before { "prefix" } else { "suffix" }] = json!(word);
                }
                Damage::Offset(at, part, by) => {
                    let part = ["target", "suggestions", "reviews"][part];
                    match part {
                        "target" => shift(&mut records[at][part], by),
                        part => {
                            let slots = records[at][part].as_object_mut().expect("a map");
                            slots.values_mut().for_each(|slot| shift(slot, by));
                        }
                    }
                }
                Damage::Bytes(byte) => {
                    bad["article"]["bytes_sha256"] = json!(format!("{byte:02x}").repeat(32));
                }
                Damage::Swap(a, b) => {
                    records.as_array_mut().expect("a list").swap(a, b);
                }
            }
        }
        let text = if edited { format!("One more line.\n{TEXT}") } else { TEXT.to_owned() };
        let at_hand = Article::new("crane.txt", &text, Media::Plain);
        let loaded = sidecar::load(bad.to_string().as_bytes(), &at_hand).expect("readable");
        prop_assert!(loaded.document.parts().aside.is_empty(), "{:?}", loaded.faults);
        prop_assert_eq!(&loaded.read_only, &None);
        prop_assert_eq!(loaded.document.annotations().len(), document.annotations().len());
        prop_assert_eq!(loaded.document.links(), document.links());
        for record in document.annotations() {
            let kept = loaded.document.annotation(&record.id).expect("kept");
            prop_assert_eq!(kept.status(), record.status());
            prop_assert_eq!(kept.reviews.len(), record.reviews.len());
            for (name, review) in &record.reviews {
                let found = kept.review_of(name).expect("kept");
                prop_assert_eq!(&found.decision, &review.decision);
                let words = |quote: &Option<proofmark::annotations::Quote>| quote.as_ref().map(|q| q.exact.clone());
                prop_assert_eq!(words(&found.quote), words(&review.quote));
            }
        }
        if !edited {
            prop_assert_eq!(loaded.faults.is_empty(), bad == good, "{:?}", loaded.faults);
        }
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let ids = |value: &Value| -> Vec<String> {
            let list = value["annotations"].as_array().expect("a list");
            let mut ids: Vec<String> = list.iter().map(|a| a["id"].to_string()).collect();
            ids.sort();
            ids
        };
        let written: Value = serde_json::from_str(&written).expect("JSON");
        prop_assert_eq!(ids(&written), ids(&good));
    }
}

#[test]
fn what_the_article_says_is_worked_out_and_no_fault() {
    let good = value();
    let title = json!("Harbour gets a new crane");
    assert_eq!(good["article"]["title"], title);
    assert_eq!(good["article"]["about"], json!({"title": title}));

    // Not believed: what follows it is put right without a word.
    let mut wrong = good.clone();
    wrong["article"]["about"]["title"] = json!("Another");
    wrong["article"]["title"] = json!("Another");
    wrong["article"]["about"]["author"] = json!("Nobody");
    let loaded = load(&wrong);
    assert_eq!(loaded.faults, []);
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    assert_eq!(written, rendered());

    // Somebody's own value stays, and so do damaged ones.
    for (field, own) in [
        ("title", json!("My crane")),
        ("url", json!("https://a.example/")),
        ("author", json!([1])),
    ] {
        let mut with_own = good.clone();
        with_own["article"][field] = own.clone();
        let loaded = load(&with_own);
        assert_eq!(loaded.faults, [], "{field}");
        let written = sidecar::render(&loaded.document, Some(&loaded.value));
        let written: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(written["article"][field], own, "{field}");
        assert_eq!(
            written["article"]["about"], good["article"]["about"],
            "{field}"
        );
    }
    for odd in [json!("a word"), json!(null), json!([])] {
        let mut odd_about = good.clone();
        odd_about["article"]["about"] = odd.clone();
        let loaded = load(&odd_about);
        assert_eq!(loaded.faults, [], "{odd}");
        let known = loaded.document.parts().article.known();
        assert_eq!(known.title(), title.as_str(), "{odd}");
    }

    // A file that does not have it is left as it is, and known of all the same.
    let mut old = good.clone();
    let head = old["article"].as_object_mut().expect("the head");
    head.remove("about");
    head.remove("title");
    let loaded = load(&old);
    let written = sidecar::render(&loaded.document, Some(&loaded.value));
    assert!(!written.contains("\"about\""), "{written}");
    assert_eq!(
        loaded.document.parts().article.known().title(),
        title.as_str()
    );
}

#[test]
fn any_number_is_near_the_place_that_the_words_tell() {
    for start in ["26.5", "55.0", "1180591620717411303424", "1e300", "-7.25"] {
        let mut value = value();
        value["annotations"][0]["target"]["start"] = serde_json::from_str(start).expect("a number");
        let loaded = load(&value);
        assert!(loaded.document.parts().aside.is_empty(), "{start}");
        let records = loaded.document.annotations();
        assert_eq!(records.len(), decided().annotations().len(), "{start}");
        assert!(!loaded.faults.is_empty(), "{start}");
    }
}

/// Sets or takes away the offsets of every span of a value.
fn spelt(value: &mut Value, names: &[&str], offset: Option<&Value>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| spelt(item, names, offset)),
        Value::Object(map) => {
            for name in names {
                match offset {
                    _ if !map.contains_key(*name) => {}
                    Some(offset) => drop(map.insert((*name).to_owned(), offset.clone())),
                    None => drop(map.shift_remove(*name)),
                }
            }
            map.values_mut().for_each(|item| spelt(item, names, offset));
        }
        _ => {}
    }
}

#[test]
fn offsets_that_are_no_numbers_or_missing_follow_from_the_words() {
    let forms = [None, Some(Value::Null), Some(json!("26")), Some(json!([1]))];
    for names in [&["start"][..], &["end"], &["start", "end"]] {
        for form in &forms {
            let mut damaged = value();
            spelt(&mut damaged["annotations"], names, form.as_ref());
            let loaded = load(&damaged);
            let case = format!("{names:?} {form:?}: {:?}", loaded.faults);
            assert!(loaded.document.parts().aside.is_empty(), "{case}");
            let place = format!("annotations[0].target.{}", names[0]);
            assert!(loaded.faults.iter().any(|f| f.path == place), "{case}");
            for right in &decided().parts().annotations {
                let found = loaded.document.annotation(&right.id).expect("kept");
                assert_eq!(found.target.quote, right.target.quote, "{case}");
                assert_eq!(found.target.anchor, Anchor::Check, "{case}");
                assert_eq!(found.reviews, right.reviews, "{case}");
                assert_eq!(found.suggestions, right.suggestions, "{case}");
            }
            let written = sidecar::render(&loaded.document, Some(&loaded.value));
            let again = sidecar::load(written.as_bytes(), &article()).expect("readable");
            assert_eq!(again.faults, [], "{case}");
        }
    }
}
