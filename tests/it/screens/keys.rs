//! Every key of the command table, at 80×24 and on a narrow screen, as pictures.
//!
//! A picture is the screen's text with the role of every cell beneath it, so a failure says
//! which words changed their look. A command without a case fails the test.

use proofmark::tui::command::{Scope, TABLE};

use super::world::World;

/// Keys pressed before a command's own key, by the command's name; others need none.
const SETUP: &[(&str, &str)] = &[
    ("previous", "jj"),
    ("previous-undecided", "jj"),
    ("first", "jjj"),
    ("page-up", "<Space>"),
    ("half-page-up", "<Ctrl-d>"),
    ("pane-left", "l"),
    ("next-mention", "<Tab>"),
    ("next-article", ""),
    ("previous-article", "J"),
    ("clear", "ak"),
    ("repeat", "1j"),
    ("same-for-equal", "ak"),
    ("start-on", "jj"),
    ("end-back", "jj"),
    ("redo", "au"),
    ("undo", "a"),
    ("back", "l"),
];

#[test]
fn every_command_with_a_key_has_its_picture() {
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
                Scope::Queue => World::queue(columns, rows),
                Scope::Review | Scope::Anywhere => {
                    let mut world = World::queue(columns, rows);
                    world.keys("<Enter>");
                    world
                }
            };
            world.keys(setup).keys(&pressed);
            let picture = world.picture();
            insta::with_settings!({
                description => format!("{setup} then {key}: {}", entry.help),
                omit_expression => true,
                prepend_module_to_snapshot => false,
            }, {
                insta::assert_snapshot!(format!("{}@{size}", entry.name), picture);
            });
        }
    }
}

#[test]
fn commands_of_everywhere_work_in_the_queue_too() {
    for entry in TABLE.iter().filter(|entry| entry.scope == Scope::Anywhere) {
        let Some(key) = entry.keys.first() else {
            continue;
        };
        let mut world = World::queue(80, 24);
        for key in key.split(' ') {
            world.keys(&if key.chars().count() == 1 {
                key.to_owned()
            } else {
                format!("<{key}>")
            });
        }
        let screen = world.screen();
        assert!(
            !screen.contains("does nothing here"),
            "{}:\n{screen}",
            entry.name
        );
    }
}
