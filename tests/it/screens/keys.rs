//! Every key of the command table, at 80×24 and on a narrow screen, as pictures.
//!
//! A picture is the screen's text with the role of every cell beneath it, so a failure says
//! which words changed their look. A command without a case fails the test.

use proofmark::tui::command::{Scope, TABLE};

use super::world::World;

/// Keys pressed before a command's own key, by the command's name; others need none.
const SETUP: &[(&str, &str)] = &[
    ("previous-undecided", "jj"),
    ("first", "jjj"),
    ("page-up", "<Space><Space>"),
    ("half-page-up", "<Ctrl-d><Ctrl-d>"),
    ("pane-left", "l"),
    ("next-mention", "<Tab>"),
    ("next-article", ""),
    ("previous-article", "J"),
    ("clear", "ak"),
    ("repeat", "1j"),
    ("same-for-equal", "ak"),
    ("start-on", "jj"),
    ("end-back", "jj"),
    ("preview-up", "J"),
    ("redo", "au"),
    ("undo", "a"),
    ("back", "l"),
    ("previous", "jj"),
];

/// Commands of which nothing is seen, the size, and why.
const UNSEEN: &[(&str, &str, &str)] = &[
    ("quit", "80x24", "the desk ends"),
    ("quit", "40x10", "the desk ends"),
    ("preview-up", "40x10", "no room for a preview, as was said"),
];

/// Commands that need an article longer than the screen, in the pane that scrolls.
const SCROLLING: &[&str] = &["page-down", "page-up", "half-page-down", "half-page-up"];

#[test]
fn every_command_with_a_key_has_its_picture() {
    let mut wrong = Vec::new();
    for (columns, rows, size) in [(80, 24, "80x24"), (40, 10, "40x10")] {
        for entry in TABLE.iter().filter(|entry| !entry.keys.is_empty()) {
            let key = entry.keys[0];
            let pressed: String = key
                .split(' ')
                .map(|key| {
                    if key.chars().count() == 1 {
                        key.to_owned()
                    } else {
                        format!("<{key}>")
                    }
                })
                .collect();
            let setup = SETUP
                .iter()
                .find(|(name, _)| *name == entry.name)
                .map_or("", |case| case.1);
            let mut world = match entry.scope {
                _ if SCROLLING.contains(&entry.name) => {
                    let mut world = World::long(columns, rows);
                    world.keys("h");
                    world
                }
                Scope::Queue => World::queue(columns, rows),
                Scope::Review | Scope::Anywhere => {
                    let mut world = World::queue(columns, rows);
                    world.keys("<Enter>");
                    world
                }
            };
            let before = world.keys(setup).picture();
            let picture = world.keys(&pressed).picture();
            // A picture that was there before the key would stay right whatever the key did.
            let is_it = |(name, at, _): &(&str, &str, &str)| *name == entry.name && *at == size;
            if (picture == before) != UNSEEN.iter().any(is_it) {
                wrong.push(format!("{} at {size} after “{setup}”", entry.name));
            }
            assert_eq!(world.quit, entry.name == "quit", "{}", entry.name);
            insta::with_settings!({
                description => format!("{setup} then {key}: {}", entry.help),
                omit_expression => true,
                prepend_module_to_snapshot => false,
            }, {
                insta::assert_snapshot!(format!("{}@{size}", entry.name), picture);
            });
        }
    }
    assert_eq!(
        wrong, [""; 0],
        "the key is not seen, or is against the list"
    );
}

#[test]
fn commands_of_everywhere_work_in_the_queue_too() {
    for entry in TABLE.iter().filter(|entry| entry.scope == Scope::Anywhere) {
        let Some(key) = entry.keys.first() else {
            continue;
        };
        let mut world = World::queue(80, 24);
        // From the middle row, so that every way is open.
        let before = world.keys("j").picture();
        for key in key.split(' ') {
            world.keys(&if key.chars().count() == 1 {
                key.to_owned()
            } else {
                format!("<{key}>")
            });
        }
        assert_ne!(
            (world.picture(), world.quit),
            (before, false),
            "{}",
            entry.name
        );
        let screen = world.screen();
        assert!(
            !screen.contains("does nothing here"),
            "{}:\n{screen}",
            entry.name
        );
    }
}

#[test]
fn keys_that_scroll_and_jump_go_where_they_say() {
    // What is in view is told by the first numbered paragraph.
    let first = |world: &mut World| -> usize {
        let screen = world.screen();
        let at = screen
            .split("Paragraph ")
            .nth(1)
            .expect("a paragraph in view");
        at.split(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("its number")
    };
    let mut world = World::long(80, 24);
    world.keys("h");
    let mut at = |keys: &str| first(world.keys(keys));
    let start = at("");
    let half = at("<Ctrl-d>");
    assert!(start < half, "Ctrl-d goes on: {start} {half}");
    let page = at("<Ctrl-u><Space>");
    assert!(
        half < page,
        "Space goes on, further than Ctrl-d: {half} {page}"
    );
    let back = at("<Ctrl-u>");
    assert!(start < back && back < page, "half of it back: {back}");
    assert_eq!(at("<Ctrl-u>"), start);
    assert_eq!(at("<PageDown>"), page);
    assert_eq!(at("<PageUp>"), start);
    let end = at("G");
    assert!(page < end, "G goes to the end: {page} {end}");
    assert_eq!(at("gg"), start);
    assert_eq!((at("<End>"), at("<Home>")), (end, start));
    assert!(at("jjjj") > start);
    assert_eq!(at("kkkk"), start);

    let mut world = World::article(80, 24);
    let mut row = |keys: &str| world.keys(keys).session().claim_row();
    assert_eq!(row("G"), Some(4));
    assert_eq!(row("gg"), Some(0));
    assert_eq!(row("jj"), Some(2));
    assert_eq!(row("k"), Some(1));
    assert_eq!(row("<End>"), Some(4));
    assert_eq!(row("<Home>"), Some(0));
    // Undecided: 1 and 3 are decided, so on from 1 is 2, then 4; back from 4 is 2.
    assert_eq!(row("ajak"), Some(2), "where it is counted from");
    assert_eq!(row("ggn"), Some(1));
    assert_eq!(row("n"), Some(3));
    assert_eq!(row("N"), Some(1));
}
