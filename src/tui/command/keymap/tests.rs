//! The notation of keys, and which bindings are in force.

use ratatui::crossterm::event::KeyEvent;

use super::*;
use crate::review::Decide;
use crate::tui::command::Way;

#[test]
fn every_default_key_is_understood_and_bound_once() {
    for entry in TABLE {
        for keys in entry.keys {
            let parsed = parse_sequence(keys);
            assert!(parsed.is_some(), "{}: {keys}", entry.name);
            let written: Vec<String> = parsed
                .into_iter()
                .flatten()
                .map(|key| key.to_string())
                .collect();
            assert_eq!(written.join(" "), *keys);
        }
    }
    assert_eq!(Keymap::default().doubles(), []);
}

#[test]
fn names_are_unique_and_fit_for_the_command_line() {
    for (at, entry) in TABLE.iter().enumerate() {
        assert!(
            TABLE[..at].iter().all(|other| other.name != entry.name),
            "{}",
            entry.name
        );
        assert!(
            entry
                .name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-')
        );
        assert!(!entry.help.is_empty());
    }
}

#[test]
fn keys_kept_free_stay_free() {
    let keymap = Keymap::default();
    for key in ["d", "[", "]"] {
        let key = Key::parse(key).expect("a key");
        assert_eq!(keymap.find(Scope::Review, &[key]), Match::None);
    }
}

#[test]
fn the_house_replaces_the_keys_of_what_it_names_and_hears_every_fault() {
    let house: Vec<(&str, Vec<String>)> = vec![
        ("confirm", vec!["y".into(), "Ctrl-y".into()]),
        ("dance", vec!["d".into()]),
        ("reject", vec!["Hyper-x".into()]),
        ("undo", vec!["y".into()]),
    ];
    let rows = house.iter().map(|(name, keys)| (*name, keys.as_slice()));
    let (keymap, bad) = Keymap::with_house(rows);
    assert_eq!(
        keymap.keys_of(&Command::decide(Decide::Confirm)),
        ["y", "Ctrl-y"]
    );
    assert_eq!(
        keymap.keys_of(&Command::decide(Decide::Reject)),
        ["x"],
        "its own is better than none"
    );
    assert_eq!(bad.len(), 3, "{bad:?}");
}

#[test]
fn a_sequence_waits_for_its_second_key() {
    let keymap = Keymap::default();
    let g = Key::parse("g").expect("a key");
    assert_eq!(keymap.find(Scope::Review, &[g]), Match::Pending);
    assert_eq!(
        keymap.find(Scope::Review, &[g, g]),
        Match::Command(&Command::Go(Way::First))
    );
}

#[test]
fn terminals_may_report_shift_either_way() {
    let upper = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
    let lower = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::SHIFT);
    assert_eq!(Key::from(upper), Key::from(lower));
    assert_eq!(Key::from(upper).to_string(), "G");
}

/// The keymap with bindings of the house, and what gave way to them.
fn house(bindings: &[(&str, &str)]) -> (Keymap, Vec<String>) {
    let own: Vec<(&str, Vec<String>)> = bindings
        .iter()
        .map(|(name, key)| (*name, vec![(*key).to_owned()]))
        .collect();
    let rows = own.iter().map(|(name, keys)| (*name, keys.as_slice()));
    let (keymap, bad) = Keymap::with_house(rows);
    assert_eq!(bad, [], "a house beats the table without an error");
    let displaced = keymap.displaced().iter();
    let told = displaced.map(|one| format!("{} {}", one.name, one.key));
    (keymap.clone(), told.collect())
}

#[test]
fn defaults_give_way_to_keys_of_the_house() {
    // The same key, the beginning of one, and one that goes on from another.
    for (name, key, displaced) in [
        ("later", "a", &["confirm a"][..]),
        ("later", "g 4", &["also-prediction g 4"]),
        ("later", "a b", &["confirm a"]),
        ("later", "Z", &[]),
        // On another screen, no meeting.
        ("open", "a", &[]),
        ("confirm", "a", &[]),
        ("confirm", "x", &["reject x"]),
    ] {
        let (keymap, told) = house(&[(name, key)]);
        assert_eq!(told, displaced, "{name} = {key}");
        let pressed: Vec<Key> = key.split(' ').filter_map(Key::parse).collect();
        let scope = if name == "open" {
            Scope::Queue
        } else {
            Scope::Review
        };
        let Match::Command(command) = keymap.find(scope, &pressed) else {
            panic!("{name} = {key} is reached");
        };
        assert_eq!(keymap.hint(command), key);
        assert_eq!(keymap.doubles(), []);
    }
    let (keymap, told) = house(&[("later", "g")]);
    assert_eq!(
        told.len(),
        19,
        "g g, nine kinds, what is put right, copying, marking all: {told:?}"
    );
    assert_eq!(keymap.keys_of(&Command::Go(Way::First)), ["Home"]);
}

#[test]
fn what_few_terminals_report_is_no_plain_key() {
    for held in [KeyModifiers::SUPER, KeyModifiers::META, KeyModifiers::HYPER] {
        let key = Key::from(KeyEvent::new(KeyCode::Char('a'), held));
        assert_eq!(key.character(), None);
        assert!(key.is_chord());
        assert_eq!(Keymap::default().find(Scope::Review, &[key]), Match::None);
    }
    let shifted = Key::from(KeyEvent::new(KeyCode::Char('A'), KeyModifiers::SHIFT));
    assert!(!shifted.is_chord());
}

#[test]
fn keys_that_mean_one_thing_everywhere_are_refused_and_the_table_s_stay() {
    for key in ["Esc", "Ctrl-z", "g Esc"] {
        let (keymap, bad) = Keymap::with_house([("reject", &[key.to_owned()][..])]);
        let told: Vec<String> = bad.iter().map(ToString::to_string).collect();
        let wanted = format!("{key} cannot be bound to reject: Esc leaves and Ctrl-z stops");
        assert_eq!(told, [wanted]);
        assert_eq!(keymap.keys_of(&Command::decide(Decide::Reject)), ["x"]);
    }
}

#[test]
fn what_a_key_no_longer_does_is_known_whoever_bound_it() {
    let house = |name| Keymap::with_house([(name, &["F5".to_owned(), "x".to_owned()][..])]).0;
    let (reject, confirm) = (house("reject"), house("confirm"));
    assert_eq!(
        reject.without(&confirm),
        [("a", "confirm"), ("F5", "reject"), ("x", "reject")]
            .map(|(key, name)| (key.to_owned(), name))
    );
}
