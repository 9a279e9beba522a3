//! No key decides by surprise: not a chord, not Esc and what came with it, not half a
//! sequence, not one of another layout.

use proofmark::tui::command::Key;
use proofmark::tui::command::{Scope, TABLE};
use proofmark::tui::event::{Event, Opened};
use proptest::prelude::*;

use super::world::World;

/// Keys that open every mode of the review screen, and the command lines that matter.
const MODES: &[&str] = &[
    "",
    "g",
    "gv",
    "gt",
    "gs",
    "gn",
    "gr",
    "B",
    "i",
    "ix",
    "if",
    "ifb",
    "iff",
    "v",
    "vl",
    "s",
    "r",
    "cword",
    "Cword",
    "tword",
    "pword",
    "pword<Enter>",
    "pword<Enter>s",
    "pword<Enter>sword",
    "sAda",
    ":reject",
    ":rej",
    ":<Down>",
    ":note word",
    ":verdict mixed",
    ":tag word",
    ":undo",
    "/word",
    "?",
    "f",
    "<Enter>",
    ";",
    ";b",
    "o",
    "\\",
];

/// The last line of the screen.
pub(super) fn status(world: &mut World) -> String {
    let screen = world.screen();
    let line = screen.lines().last().unwrap_or("").trim();
    // What a line being typed says at its other end is no part of it.
    let typed = line.strip_suffix("Enter takes it · Esc leaves");
    typed.unwrap_or(line).trim().to_owned()
}

fn behind_esc(world: &mut World, key: &str) {
    world.event(Event::KeyWithEscape(Key::parse(key).expect("a key")));
}

#[test]
fn the_table_binds_decisions_to_plain_keys_alone() {
    let mut seen = 0;
    for entry in TABLE.iter().filter(|entry| entry.command.decides()) {
        for keys in entry.keys {
            let pressed: Vec<Key> = keys.split(' ').filter_map(Key::parse).collect();
            let plain: Option<String> = pressed.iter().map(|key| key.character()).collect();
            let plain = plain.unwrap_or_else(|| panic!("{}: {keys} is no plain key", entry.name));
            let kind = plain.strip_prefix('g').filter(|kind| !kind.is_empty());
            match kind {
                // A second kind, and parting a source.
                Some(then) => assert!(
                    then == "p" || then.parse().is_ok_and(|n: u8| (1..=9).contains(&n)),
                    "{keys}"
                ),
                None => assert_eq!(plain.chars().count(), 1, "{}: {keys}", entry.name),
            }
            assert!(!plain.contains(' '), "{}: {keys}", entry.name);
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn the_table_knows_which_commands_change_something() {
    let key = |keys: &str| -> String {
        let write = |key: &str| match key.chars().count() {
            1 => key.to_owned(),
            _ => format!("<{key}>"),
        };
        keys.split(' ').map(write).collect()
    };
    let mut silent: Vec<&str> = Vec::new();
    for entry in TABLE.iter().filter(|entry| !entry.keys.is_empty()) {
        let mut changed = false;
        for setup in ["", "a", "ak", "a1", "au", "jj", "aaaaa"] {
            let mut world = if entry.scope == Scope::Queue {
                World::queue(80, 24)
            } else {
                World::article(80, 24)
            };
            world.keys(setup);
            let before = world.changes;
            for keys in entry.keys {
                world.keys(&key(keys));
            }
            changed |= world.changes > before;
        }
        if entry.command.changes() && !changed {
            silent.push(entry.name);
        }
        assert!(
            entry.command.changes() || !changed,
            "{} changes something",
            entry.name
        );
    }
    // No words of the story changed, and no two of its claims have the same.
    assert_eq!(silent, ["still-holds", "judge-again", "same-for-equal"]);
}

#[test]
fn no_chord_changes_anything_in_any_mode() {
    let letters = (' '..='~').map(|c| {
        if c == ' ' {
            "Space".into()
        } else {
            c.to_string()
        }
    });
    let names = ["Enter", "Backspace", "Tab", "Delete", "Up", "F1"].map(String::from);
    let keys: Vec<String> = letters.chain(names).collect();
    for mode in MODES {
        for held in ["Alt-", "Ctrl-", "Ctrl-Alt-"] {
            let mut world = World::article(80, 24);
            // Something to undo; then every chord in turn, the mode opened anew for each.
            world.keys("a");
            for key in &keys {
                let is_redo = key.eq_ignore_ascii_case("r") && held == "Ctrl-";
                if is_redo || ["<", ">"].contains(&key.as_str()) {
                    continue;
                }
                let before = world.changes;
                // The chord before may have gone to another list.
                world.keys("<Esc><Esc><Esc><Esc>:2<Enter>").keys(mode);
                let opened = world.changes;
                assert_eq!(opened, before, "{mode} alone");
                world.keys(&format!("<{held}{key}>"));
                assert_eq!(world.changes, before, "{mode} then {held}{key}");
            }
        }
    }
}

#[test]
fn esc_and_a_key_in_one_read_leave_and_drop_what_would_decide() {
    let mut world = World::article(80, 24);
    world.keys("<Alt-1>");
    assert_eq!(world.changes, 0);
    assert_eq!(
        status(&mut world),
        "1 dropped: it came with Esc; press it again"
    );
    world.keys("<Alt-j>");
    assert_eq!(
        world.session().claim_row(),
        Some(1),
        "what decides nothing is done"
    );
    world.keys("/bridge<Alt-a>");
    assert_eq!(
        status(&mut world),
        "a dropped: it came with Esc; press it again"
    );
    world.keys("c").keys("kept");
    world.keys("<Alt-x>");
    assert_eq!(
        (world.changes, status(&mut world).as_str()),
        (0, "x dropped: it came with Esc; press it again")
    );
    // A word of a line is deleted by this one in every shell: it stays.
    world.keys("c").keys("one two<Alt-Backspace>three<Enter>");
    let note = world.session().selected_annotation().and_then(|claim| {
        claim
            .review_of("ana@example.org")
            .and_then(|review| review.note.clone())
    });
    assert_eq!(note.as_deref(), Some("one three"));
}

#[test]
fn everything_that_came_with_esc_is_held_back_and_named() {
    let mut world = World::article(80, 24);
    world.keys("<Alt-a>");
    behind_esc(&mut world, "x");
    behind_esc(&mut world, "j");
    behind_esc(&mut world, "3");
    assert_eq!(world.changes, 0);
    assert_eq!(
        status(&mut world),
        "a x 3 dropped: they came with Esc; press them again"
    );
    assert_eq!(world.session().claim_row(), Some(1));
    world.keys("k");
    assert!(
        !status(&mut world).contains("dropped"),
        "{}",
        status(&mut world)
    );

    // The parts of a sequence do not make one of what is left.
    world.keys("<Alt-g>");
    behind_esc(&mut world, "1");
    world.keys("g");
    behind_esc(&mut world, "2");
    assert_eq!(world.changes, 0);
    world.keys("3");
    assert_eq!(world.changes, 1);
    assert!(
        status(&mut world).contains("kind event"),
        "{}",
        status(&mut world)
    );
    // A list opened by what came with Esc is not answered by it.
    world.keys("<Alt-r>");
    behind_esc(&mut world, "2");
    behind_esc(&mut world, "Enter");
    assert_eq!(world.changes, 1);
}

#[test]
fn a_sequence_that_means_nothing_does_nothing() {
    let mut world = World::article(80, 24);
    for key in [
        "x", "a", "j", "<Enter>", "<Ctrl-r>", "<Space>", "f", "0", "G",
    ] {
        world.keys("g").keys(key);
        assert_eq!(
            (world.changes, world.session().claim_row()),
            (0, Some(0)),
            "g {key}"
        );
        let named = key.trim_matches(['<', '>']);
        let said = format!("g {named} does nothing here; ? shows all keys");
        assert_eq!(status(&mut world), said);
    }
    world.keys("jj").keys("gg");
    assert_eq!(world.session().claim_row(), Some(0));
    world.keys("g");
    assert_eq!(
        status(&mut world)
            .split("  ")
            .map(str::trim)
            .collect::<Vec<_>>()[..3],
        ["g first", "1-9 a second kind, or no more", "v voice"]
    );
    world.keys("<Esc>x");
    assert_eq!(world.changes, 1, "Esc takes g back");
}

#[test]
fn a_second_kind_is_g_and_its_digit_and_evidence_has_a_letter() {
    let mut world = World::article(80, 24);
    world.keys("g3");
    let told = "claim 1: kind prediction, event · u undoes  a confirm  x reject";
    assert!(
        status(&mut world).starts_with(told),
        "{}",
        status(&mut world)
    );
    world.keys("g3");
    let kinds = |world: &World| -> Vec<String> {
        let claim = world.session().selected_annotation().expect("a claim");
        claim
            .kinds()
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect()
    };
    assert_eq!(kinds(&world), ["prediction"]);
    world.keys("phttps://a.example/<Enter>s<Enter>");
    // Typed on as if the form were open: nothing of it changes the claim.
    let changes = world.changes;
    world.keys("d2w<Esc>1E");
    assert_eq!(
        (world.changes, kinds(&world)),
        (changes, vec!["prediction".to_owned()])
    );
    world.keys("<Esc><Esc>");
    let claim = world.session().selected_annotation().expect("a claim");
    assert_eq!(claim.evidence.len(), 1);
}

#[test]
fn esc_from_evidence_goes_back_step_by_step_and_keeps_nothing() {
    let mut world = World::article(80, 24);
    world.keys("pReport 4<Enter>s").keys("its words<Esc>");
    assert_eq!(world.changes, 0);
    assert!(
        world.screen().contains("evidence on 1"),
        "back at the stance\n{}",
        world.screen()
    );
    world.keys("<Esc>");
    assert_eq!(status(&mut world), "evidence, URL or title: Report 4");
    world.keys("<Enter>r<Enter>");
    let claim = world.session().selected_annotation().expect("a claim");
    assert_eq!(claim.evidence[0].1.stance.as_str(), "refutes");
    assert_eq!(claim.evidence[0].1.quote, None);
}

#[test]
fn a_letter_of_another_layout_is_told_as_one() {
    let mut world = World::article(80, 24);
    for keys in [
        "ф",
        "gф",
        "<Esc>iф",
        "<Esc>iffф",
        "<Esc>vф",
        "<Esc>rф",
        "<Esc>sф",
    ] {
        let status = {
            world.keys(keys);
            status(&mut world)
        };
        assert_eq!(
            status, "ф is no key: is the layout Cyrillic? Keys are Latin letters",
            "{keys}"
        );
    }
    assert_eq!(world.changes, 0);
    world.keys("<Esc>é");
    assert_eq!(status(&mut world), "é does nothing here; ? shows all keys");
    // Words are typed in any script.
    world.keys("cМост<Enter>");
    assert_eq!(world.changes, 1);
    let mut queue = World::queue(40, 10);
    queue.keys("א");
    // It takes more than the line has: told above it, whole.
    let screen = queue.screen();
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "is the layout Hebrew? Keys are Latin letters";
    assert!(words.contains(told), "{screen}");
}

#[test]
fn a_house_beats_the_table_and_hears_of_it_once() {
    let mut world = World::house(&[("later", &["g"]), ("previous", &["x", "k"])]);
    assert_eq!(
        status(&mut world),
        "g g is no longer first: g is later by your settings; and 19 more, see `config`"
    );
    world.keys("jx");
    assert_eq!((world.changes, world.session().claim_row()), (0, Some(0)));
    assert!(
        !status(&mut world).contains("settings"),
        "{}",
        status(&mut world)
    );
    world.keys("g");
    assert!(
        status(&mut world).starts_with("article put off"),
        "{}",
        status(&mut world)
    );
    // A chord that the house chose is the house's.
    let mut world = World::house(&[("confirm", &["Alt-a", "Ctrl-y"])]);
    world.keys("<Alt-a><Ctrl-y>");
    assert_eq!(world.changes, 2);
}

#[test]
fn a_key_that_closes_a_notice_does_not_decide_what_was_behind_it() {
    let mut world = World::article(80, 24);
    let opened = |world: &World| Opened {
        path: "story.txt".into(),
        article: world.session().article().clone(),
        document: world.session().document().clone(),
        notices: vec!["one thing".to_owned(), "another".to_owned()],
        read_only: None,
        done: Vec::new(),
        undone: Vec::new(),
        contexts: Default::default(),
    };
    // Told on the bottom line, where no key is kept from deciding.
    let event = Event::Opened(Box::new(opened(&world)));
    world.event(event);
    assert_eq!(status(&mut world), "one thing (+1 more: :notices)");
    for (key, changes) in [
        ("a", 0),
        ("3", 0),
        ("u", 0),
        ("j", 0),
        ("<Enter>", 0),
        ("g", 0),
    ] {
        world.keys(":notices<Enter>");
        assert!(world.screen().contains("please note"));
        assert!(world.screen().contains("another"));
        world.keys(key);
        assert!(!world.screen().contains("please note"));
        assert_eq!(world.changes, changes, "{key}");
    }
    world.keys("<Esc>:notices<Enter>x");
    assert_eq!(
        status(&mut world),
        "x only closed the notice; press it again"
    );
    world.keys("x");
    assert_eq!(world.changes, 1);
}

#[test]
fn every_key_that_changes_something_in_a_mode_is_known_to() {
    let letters = ('!'..='~').filter(|c| *c != '<').map(String::from);
    let names = ["Space", "Enter", "Backspace", "Tab", "Up"].map(String::from);
    let keys: Vec<String> = letters.chain(names).collect();
    for mode in MODES {
        let mut world = World::article(80, 24);
        for key in &keys {
            if world.changes > 0 || world.quit {
                world = World::article(80, 24);
            }
            world.keys("<Esc><Esc><Esc><Esc>").keys(mode);
            let foretold = world.would_change(key);
            let press = if key.len() == 1 {
                key.clone()
            } else {
                format!("<{key}>")
            };
            world.keys(&press);
            assert!(foretold || world.changes == 0, "{mode} then {key}");
        }
    }
}

fn any_key() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "Enter",
        "Enter",
        "Esc",
        "Tab",
        "Up",
        "Down",
        "Left",
        "Space",
        "Backspace",
        "Ctrl-r",
        "Ctrl-c",
        "Ctrl-s",
        "Alt-1",
        "Alt-a",
        "Alt-Enter",
        "Ctrl-e",
    ]);
    prop_oneof![
        4 => "[a-zA-PR-Z0-9;()+.*/:?\\\\>]",
        1 => names.prop_map(|name| format!("<{name}>")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_would_change_nothing_changes_nothing(
        opening in prop::sample::select(MODES.to_vec()),
        keys in prop::collection::vec((any_key(), any::<bool>()), 1..25),
        queue in any::<bool>(),
    ) {
        let mut world = if queue { World::queue(80, 24) } else { World::article(80, 24) };
        world.keys(opening);
        for (key, with_escape) in keys {
            let name = key.trim_matches(['<', '>']);
            let name = if name.is_empty() { "<" } else { name };
            let foretold = world.would_change(name) && !with_escape;
            let before = world.changes;
            if with_escape {
                behind_esc(&mut world, name);
            } else {
                world.keys(&key);
            }
            prop_assert!(foretold || world.changes == before, "{key} after {opening}");
        }
    }
}
