//! The pages keep their word: the README's key list is the program's, and the tests that the
//! security page names are there.

use super::screens::svg;
use super::screens::world::World;

const FROM: &str = "<!-- keys -->\n";
const TO: &str = "<!-- /keys -->";

#[test]
fn the_key_list_is_that_of_the_command_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let (before, rest) = readme
        .split_once(FROM)
        .expect("a mark where the keys begin");
    let (keys, after) = rest.split_once(TO).expect("a mark where the keys end");
    let right = proofmark::tui::command::markdown();
    if keys != right && std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{before}{FROM}{right}{TO}{after}")).expect("writing");
        return;
    }
    assert_eq!(
        keys, right,
        "UPDATE_README=1 cargo test readme writes it anew"
    );
}

#[test]
fn the_picture_is_that_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/desk.svg");
    let mut world = World::article(96, 24);
    let right = svg::of(world.keys("aar1n").cells());
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    if kept != right && std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, right).expect("writing");
        return;
    }
    assert!(
        kept == right,
        "UPDATE_README=1 cargo test readme draws it anew"
    );
}

#[test]
fn every_page_and_file_that_the_papers_name_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    let docs = std::fs::read_dir(root.join("docs")).expect("the manual");
    pages.extend(docs.flatten().map(|entry| entry.path()));
    let mut links = 0;
    for page in pages
        .iter()
        .filter(|p| p.extension().is_some_and(|end| end == "md"))
    {
        let text = std::fs::read_to_string(page).expect("a page");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            let place = page.parent().expect("a folder").join(file);
            assert!(place.exists(), "{}: {link}", page.display());
            links += 1;
        }
    }
    assert!(links > 5, "{links}");
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("SECURITY.md")).expect("there");
    let mut sources = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                sources += &std::fs::read_to_string(path).expect("a source");
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
