//! The pages keep their word: lists and pictures made from the program are those of the program,
//! every link leads somewhere, and the tests that the security page names are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::cli::Place;
use super::screens::svg;
use super::screens::world::World;

/// Lines of the README: a screen and a half.
const README_LINES: usize = 90;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page of the project, with its text.
pub(super) fn pages() -> Vec<(PathBuf, String)> {
    let mut pages = Vec::new();
    for folder in [root().to_owned(), root().join("docs")] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|end| end == "md") {
                let text = fs::read_to_string(&path).expect("a page");
                pages.push((path, text));
            }
        }
    }
    pages.sort();
    pages
}

/// Compares what stands between the marks of `name` on a page, or writes it anew.
fn holds(page: &str, name: &str, right: &str) {
    let path = root().join(page);
    let text = fs::read_to_string(&path).expect("the page");
    let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&from).expect("a mark where it begins");
    let (written, after) = rest.split_once(&to).expect("a mark where it ends");
    if written != right && std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, format!("{before}{from}{right}{to}{after}")).expect("writing");
        return;
    }
    assert_eq!(
        written, right,
        "{page}: UPDATE_README=1 cargo test readme writes it anew"
    );
}

#[test]
fn the_key_list_is_that_of_the_command_table() {
    let right = proofmark::tui::command::markdown();
    holds("docs/keys.md", "keys", &right);
}

/// What `--help` says, of the program or of a command.
pub(super) fn help_of(command: Option<&str>) -> String {
    let arguments: Vec<&str> = command.into_iter().chain(["--help"]).collect();
    let ran = Place::new().run(&arguments);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // The program's name as it is called on Windows.
    ran.out.replace("proofmark.exe", "proofmark")
}

/// The commands that the program's help names.
pub(super) fn commands() -> Vec<String> {
    let help = help_of(None);
    let (_, rest) = help
        .split_once("\nCommands:\n")
        .expect("a list of commands");
    let (list, _) = rest.split_once("\n\n").expect("its end");
    let names = list
        .lines()
        // What goes on in a second line stands further to the right.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 8, "{names:?}");
    names
}

#[test]
fn the_command_line_page_is_what_help_says() {
    let section = |name: &str, help: &str| {
        let help = help.trim_end();
        format!("\n## {name}\n\n```text\n{help}\n```\n")
    };
    let mut right = section("proofmark", &help_of(None));
    for command in commands() {
        right += &section(&format!("proofmark {command}"), &help_of(Some(&command)));
    }
    holds("docs/command-line.md", "help", &right);
}

#[test]
fn the_picture_is_that_of_the_program() {
    let path = root().join("docs/desk.svg");
    let mut world = World::article(96, 24);
    let right = svg::of(world.keys("aar1n").cells());
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept != right && std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, right).expect("writing");
        return;
    }
    assert!(
        kept == right,
        "UPDATE_README=1 cargo test readme draws it anew"
    );
}

#[test]
fn the_readme_is_a_screen_and_a_half() {
    let text = fs::read_to_string(root().join("README.md")).expect("the README");
    let lines = text.lines().count();
    assert!(lines <= README_LINES, "{lines}: the rest belongs to docs/");
}

/// The lines of a page that are no example.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_example = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_example ^= is_fence;
        !is_example && !is_fence
    })
}

/// What a link has to say behind `#` to lead to each heading of a page, as GitHub makes it.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in prose(text) {
        let heading = line.trim_start_matches('#');
        if heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let name: String = heading.trim().to_lowercase().chars().filter(kept).collect();
        let name = name.replace(' ', "-");
        let again = (1..).map(|count| format!("{name}-{count}"));
        let mut names = std::iter::once(name.clone()).chain(again);
        let free = names.find(|name| !anchors.contains(name));
        anchors.extend(free);
    }
    anchors
}

#[test]
fn every_link_of_the_papers_leads_somewhere() {
    let mut links = 0;
    for (page, text) in pages() {
        let prose: Vec<&str> = prose(&text).collect();
        let prose = prose.join("\n");
        for link in prose.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let place = match file {
                "" => page.clone(),
                file => page.parent().expect("a folder").join(file),
            };
            assert!(place.exists(), "{}: {link}", page.display());
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&place).expect("a page"));
                let told = format!("{}: {link}: {there:?}", page.display());
                assert!(there.contains(anchor), "{told}");
            }
            links += 1;
        }
    }
    assert!(links > 60, "{links}");
}

#[test]
fn every_page_of_the_manual_is_in_its_index() {
    let index = fs::read_to_string(root().join("docs/README.md")).expect("the index");
    for (page, _) in pages() {
        let name = page.file_name().expect("a name").to_string_lossy();
        let is_of_the_manual = page.parent().is_some_and(|at| at.ends_with("docs"));
        if is_of_the_manual && name != "README.md" {
            assert!(index.contains(&format!("]({name})")), "{name}");
        }
    }
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let page = fs::read_to_string(root().join("SECURITY.md")).expect("there");
    let mut sources = String::new();
    let mut folders = vec![root().join("src"), root().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                sources += &fs::read_to_string(path).expect("a source");
            }
        }
    }
    let names: Vec<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.matches('_').count() > 1 && !word.contains(['=', '/', '.']))
        .collect();
    assert!(names.len() > 50, "{names:?}");
    for name in names {
        assert!(
            sources.contains(&format!("fn {name}(")),
            "no test is called {name}"
        );
    }
}
