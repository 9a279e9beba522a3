//! What the program is built from: licences and sources are those that `deny.toml` allows.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Whether a licence expression can be met by the allowed ones alone.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let expression = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let (met, rest) = any_of(&words, allowed);
    assert!(rest.is_empty(), "{expression}: {rest:?} is left over");
    met
}

/// `A OR B OR …`, and what stands after it.
fn any_of<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = all_of(words, allowed);
    while let Some(("OR", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        let (other, after) = all_of(after, allowed);
        met |= other;
        rest = after;
    }
    (met, rest)
}

/// `A AND B AND …`, and what stands after it.
fn all_of<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = one(words, allowed);
    while let Some(("AND", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        let (other, after) = one(after, allowed);
        met &= other;
        rest = after;
    }
    (met, rest)
}

/// One licence, or an expression in brackets, and what stands after it.
fn one<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inside @ ..] => {
            let (met, rest) = any_of(inside, allowed);
            (met, rest.strip_prefix(&[")"]).expect("a closing bracket"))
        }
        [name, "WITH", exception, rest @ ..] => {
            (allowed.contains(&format!("{name} WITH {exception}")), rest)
        }
        [name, rest @ ..] => (allowed.iter().any(|allowed| allowed == name), rest),
        [] => panic!("a licence is missing"),
    }
}

#[test]
fn expressions_are_read_as_written() {
    let allowed = ["MIT".to_owned(), "Zlib".to_owned(), "A WITH B".to_owned()];
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("(GPL-3.0 OR MIT) AND GPL-2.0", false),
        ("A WITH B", true),
        ("A", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn licences_and_sources_are_allowed_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let deny = std::fs::read_to_string(root.join("deny.toml")).expect("there");
    let deny: toml::Table = deny.parse().expect("TOML");
    let list = |table: &str, name: &str| -> Vec<String> {
        let list = deny[table][name].as_array().expect("a list");
        list.iter()
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect()
    };
    let licences = list("licenses", "allow");
    let sources = list("sources", "allow-registry");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    if !output.status.success() {
        // Crates of other platforms may never have been fetched on this machine.
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("offline"), "{told}");
        eprintln!("SKIPPED: not every crate is at hand offline");
        return;
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        let name = &package["name"];
        let licence = package["license"]
            .as_str()
            .unwrap_or_else(|| panic!("{name}: no licence"));
        assert!(
            is_met(licence, &licences),
            "{name}: {licence} is not allowed"
        );
        if let Some(source) = package["source"].as_str() {
            let from = sources
                .iter()
                .any(|allowed| source == format!("registry+{allowed}"));
            assert!(from, "{name} comes from {source}");
        }
    }
}
