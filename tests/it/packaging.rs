//! What packages are made from: workflows that use only what is pinned, and papers that are there
//! under the names by which packages take them.

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn workflows() -> Vec<(String, String)> {
    let folder = root().join(".github/workflows");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the workflows") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a workflow");
        found.push((path.display().to_string(), text));
    }
    assert!(found.len() > 1, "{found:?}");
    found
}

#[test]
fn workflows_use_what_is_pinned_by_commit_and_may_only_read() {
    let mut count = 0;
    for (name, text) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, commit) = line.split_once('@').expect("a version");
            let (commit, version) = commit.split_once(" # v").expect("its name");
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {line}");
            count += 1;
        }
        let whole = text.contains("\npermissions:\n  contents: read\n");
        assert!(whole, "{name}: what all of it may do");
    }
    assert!(count > 3, "{count}");
}

#[cfg(unix)]
#[test]
fn the_papers_of_a_package_are_written_under_the_names_it_takes() {
    use super::readme::commands;
    use std::process::Command;

    let folder = tempfile::tempdir().expect("a folder");
    let status = Command::new(root().join("packaging/papers"))
        .arg(folder.path())
        .env("PROOFMARK", env!("CARGO_BIN_EXE_proofmark"))
        .status();
    assert!(status.expect("bash is there").success());

    let written = |name: &str| {
        let length = fs::metadata(folder.path().join(name)).map(|file| file.len());
        assert!(length.unwrap_or(0) > 100, "{name}");
    };
    written("man/proofmark.1");
    for command in commands() {
        written(&format!("man/proofmark-{command}.1"));
    }

    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("there");
    let formula = root().join("packaging/homebrew/proofmark.rb");
    let formula = fs::read_to_string(formula).expect("there");
    let mut count = 0;
    for (text, before) in [(manifest, "\"target/papers/"), (formula, "install \"")] {
        for rest in text.split(before).skip(1) {
            let name = rest.split('"').next().expect("its end");
            if name.starts_with("completions/") {
                written(name);
                count += 1;
            }
        }
    }
    assert_eq!(count, 6, "three of each");
}
