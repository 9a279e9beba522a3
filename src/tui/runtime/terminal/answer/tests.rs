//! Answers told from keys, whole, torn and damaged.

use ratatui::crossterm::event::{MouseEvent, MouseEventKind};

use super::*;
use crate::tui::command::Key;

fn press(key: &str) -> Raw {
    let key = Key::parse(key).expect("a key");
    Raw::Key(KeyEvent::new(key.code, key.modifiers))
}

/// Keys in which the library tells an answer, each character one.
fn letters(text: &str) -> Vec<Raw> {
    let key = |c| Raw::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    text.chars().map(key).collect()
}

fn told(keys: &[Raw]) -> String {
    let told = keys.iter().map(|raw| match raw {
        Raw::Key(key) => Key::from(*key).to_string(),
        other => format!("{other:?}"),
    });
    told.collect::<Vec<_>>().join(" ")
}

/// What goes on of these events, and the background; `|` stands for nothing coming for a
/// while.
fn through(answer: &mut Answer, parts: &[Option<Vec<Raw>>]) -> (String, Option<Ground>) {
    let (mut passed, mut ground) = (Vec::new(), None);
    for part in parts {
        match part {
            None => passed.extend(answer.ends()),
            Some(keys) => {
                for key in keys.clone() {
                    let told = answer.take(key);
                    passed.extend(told.events);
                    ground = ground.or(told.ground);
                }
            }
        }
    }
    (told(&passed), ground)
}

fn asked() -> Answer {
    Answer::to(Some(Arc::new(Asked::now())))
}

const WHITE: &str = "11;rgb:ffff/FFFF/ffff";

#[test]
fn an_answer_is_no_key_whatever_ends_it() {
    for ending in [vec!["Ctrl-g"], vec!["Alt-\\"], vec!["Esc", "\\"]] {
        let mut keys = vec![press("j"), press("Alt-]")];
        keys.extend(letters(WHITE));
        keys.extend(ending.iter().map(|key| press(key)));
        keys.push(press("a"));
        let found = through(&mut asked(), &[Some(keys)]);
        assert_eq!(found, ("j a".to_owned(), Some(Ground::Light)), "{ending:?}");
    }
}

#[test]
fn an_answer_is_found_wherever_it_is_split() {
    // Esc and ] apart, then each of the letters apart: waits between them are shorter
    // than those after which one gives up.
    let mut answer = asked();
    let mut keys = vec![press("Esc")];
    keys.extend(letters("]"));
    keys.extend(letters(WHITE));
    keys.extend([press("Esc"), press("\\"), press("x")]);
    for key in &keys[..keys.len() - 1] {
        assert_eq!(told(&answer.take(key.clone()).events), "", "{key:?}");
        assert!(answer.wait().is_some() || *key == press("\\"));
    }
    assert_eq!(told(&answer.take(press("x")).events), "x");
    // Esc long before the rest: it went on by itself, nothing else does.
    let rest = letters(&format!("]{WHITE}"));
    let parts = [
        Some(vec![press("Esc")]),
        None,
        Some(rest),
        Some(vec![press("Ctrl-g")]),
    ];
    assert_eq!(
        through(&mut asked(), &parts),
        ("Esc".to_owned(), Some(Ground::Light))
    );
}

#[test]
fn what_is_no_answer_goes_on_as_it_was_typed() {
    for (keys, goes_on) in [
        (&["Esc", "a"][..], "Esc a"),
        (&["Esc", "Esc", "]", "1", "x"], "Esc Esc ] 1 x"),
        (&["Alt-]", "1", "1", "a"], "Alt-] 1 1 a"),
        (&["Alt-]", "Alt-]", "2"], "Alt-] Alt-] 2"),
        (&["]", "1", "1", ";", "r"], "] 1 1 ; r"),
        (&["Alt-]", "Ctrl-g"], "Alt-] Ctrl-g"),
        (&["Alt-]", "Alt-\\", "Esc", "\\"], "Alt-] Alt-\\ Esc \\"),
        (&["Alt-P", "j", "a"], "Alt-P j a"),
        (&["Alt-_", "Down"], "Alt-_ Down"),
    ] {
        let mut answer = asked();
        let mut passed = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            // As fast as fingers are.
            let now = Instant::now() + SENT * 2 * at as u32;
            passed.extend(answer.take_at(press(key), now).events);
        }
        passed.extend(answer.ends());
        assert_eq!(told(&passed), goes_on);
    }
    let size = Raw::Resize(80, 24);
    assert_eq!(asked().take(size.clone()).events, [size]);
}

#[test]
fn what_is_held_back_is_let_go_after_a_while() {
    for held in ["Esc", "Alt-]"] {
        let mut answer = asked();
        assert_eq!(told(&answer.take(press(held)).events), "");
        assert!(answer.wait().is_some());
        assert_eq!(told(&answer.ends()), held);
        assert_eq!(answer.wait(), None);
    }
}

#[test]
fn a_broken_answer_is_dropped_and_keys_behind_it_are_not() {
    let mut begun = vec![press("Alt-]")];
    begun.extend(letters("11;rgb:12"));
    let parts = [Some(begun.clone()), None, Some(vec![press("x")])];
    assert_eq!(through(&mut asked(), &parts), ("x".to_owned(), None));
    for ending in [&["Ctrl-g"][..], &["Alt-\\"], &["Esc", "\\"]] {
        let ending = ending.iter().map(|key| press(key)).collect();
        let parts = [Some(begun.clone()), Some(ending)];
        assert_eq!(through(&mut asked(), &parts), (String::new(), None));
    }
    // What ends it still belongs to it.
    let keys = Some(["j", "Ctrl-g", "a"].map(press).into());
    let parts = [Some(begun), None, keys];
    assert_eq!(through(&mut asked(), &parts), ("j a".to_owned(), None));
}

#[test]
fn the_rest_of_a_broken_answer_is_no_key_either() {
    for (begun, rest) in [
        ("11;rgb:1e1e/", "aaaa/aaaa"),
        ("11;r", "aaaa/bbbb/eeee"),
        // Longer than any answer.
        ("11;rgb:1e1e/aaaa/aaaa/aaaa", "/aaaa/aaaaaaaa"),
    ] {
        for pause in [None, Some(Vec::new())] {
            let mut parts = vec![press("Alt-]")];
            parts.extend(letters(begun));
            let mut rest = letters(rest);
            rest.extend(["Esc", "\\", "a"].map(press));
            let found = through(&mut asked(), &[Some(parts), pause.clone(), Some(rest)]);
            // Where it was whole after all its colour counts.
            assert_eq!(found.0, "a", "{begun} {pause:?}");
        }
    }
    // A key in the midst of it is a key, what follows is not.
    let mut keys = vec![press("Alt-]")];
    keys.extend(letters("11;rgb:aa"));
    keys.push(press("Down"));
    keys.extend(letters("aa/aaaa/aaaa"));
    keys.extend([press("Ctrl-g"), press("a")]);
    assert_eq!(through(&mut asked(), &[Some(keys)]).0, "Down a");
}

#[test]
fn a_string_that_is_no_answer_of_ours_is_no_key_either() {
    for (opening, string) in [
        ("Alt-]", "11;rgb:zzzz/a/x"),
        ("Alt-]", "11;rgb:ffff/ffff/ffff/ffff/axxz111"),
        ("Alt-]", "4;1;rgb:aaaa/aaaa/aaaa"),
        ("Alt-]", "axx"),
        ("Alt-P", ">|xterm(388)"),
        ("Alt-P", "1$r0 q"),
        ("Alt-_", "Gi=31;OK"),
        ("\u{9d}", "11;x"),
        ("\u{90}", "1$rax"),
    ] {
        for ending in [&["Ctrl-g"][..], &["Alt-\\"], &["Esc", "\\"], &["\u{9c}"]] {
            let mut begun = vec![press("j"), press(opening)];
            begun.extend(letters(string));
            let mut rest: Vec<Raw> = ending.iter().map(|key| press(key)).collect();
            rest.push(press("a"));
            let whole = [Some(begun.clone()), Some(rest.clone())];
            let found = through(&mut asked(), &whole);
            assert_eq!(found, ("j a".to_owned(), None), "{opening} {string}");
        }
        // Nothing ends it: what is typed after a while is keys.
        let mut begun = vec![press(opening)];
        begun.extend(letters(string));
        let parts = [Some(begun), None, Some(vec![press("x")])];
        assert_eq!(through(&mut asked(), &parts).0, "x", "{opening} {string}");
    }
}

#[test]
fn the_mouse_does_not_overtake_a_key() {
    let click = Raw::Mouse(MouseEvent {
        kind: MouseEventKind::Moved,
        column: 1,
        row: 1,
        modifiers: KeyModifiers::NONE,
    });
    for held in ["Esc", "Alt-]"] {
        let mut answer = asked();
        answer.take(press(held));
        let passed = answer.take(click.clone()).events;
        assert_eq!(passed, [press(held), click.clone()]);
    }
}

#[test]
fn nothing_is_held_back_where_nothing_was_asked() {
    let mut answer = Answer::default();
    for key in ["Esc", "Alt-]", "1"] {
        assert_eq!(told(&answer.take(press(key)).events), key);
        assert_eq!(answer.wait(), None);
    }
}

#[test]
fn esc_is_quick_once_the_answer_is_there() {
    let mut answer = asked();
    let mut keys = vec![press("Alt-]")];
    keys.extend(letters("11;#000000"));
    keys.push(press("Ctrl-g"));
    let found = through(&mut answer, &[Some(keys)]);
    assert_eq!(found, (String::new(), Some(Ground::Dark)));
    assert_eq!(told(&answer.take(press("Esc")).events), "Esc");
}
