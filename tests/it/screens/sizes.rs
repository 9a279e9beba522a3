//! Any size, any keys: never a panic, the disk always holds what the screen shows.

use proofmark::text::Signs;
use proofmark::tui::command::Key;
use proofmark::tui::event::Event;
use proofmark::tui::widget::{Ground, Theme};
use proptest::prelude::*;

use super::story;
use super::world::World;

#[test]
fn every_size_down_to_one_cell_is_drawn() {
    let mut review = World::article(80, 24);
    let mut queue = World::queue(80, 24);
    for columns in (1..=130).step_by(3) {
        for rows in (1..=45).step_by(2) {
            review.event(Event::Resize(columns, rows));
            queue.event(Event::Resize(columns, rows));
            review.screen();
            queue.screen();
        }
    }
    for keys in ["?", "<Enter>", "i", "s", "r", ":", "c", "v"] {
        for (columns, rows) in [(20, 5), (12, 3), (1, 1), (200, 2), (3, 60)] {
            let mut world = World::article(80, 24);
            world
                .event(Event::Resize(columns, rows))
                .keys(keys)
                .screen();
        }
    }
}

#[test]
fn the_smallest_usable_sizes_say_what_matters() {
    let mut world = World::article(40, 10);
    let screen = world.screen();
    assert!(
        screen.contains("0/5") && screen.contains("saved"),
        "{screen}"
    );
    assert!(screen.contains("Mira Tolve"), "{screen}");
    let mut world = World::article(20, 5);
    assert!(
        world.keys("a").screen().contains("confirm"),
        "{}",
        world.screen()
    );
}

#[test]
fn the_headline_stands_before_the_file_where_there_is_room() {
    let first = |columns: u16, text: &str| {
        let articles = [("story.txt", text), ("b.txt", story::OTHER)];
        let mut world = World::new(columns, 24, &articles, true, Theme::default());
        let screen = world.screen();
        screen.lines().next().expect("a title line").to_owned()
    };
    let wide = first(120, story::TEXT);
    assert!(
        wide.contains("· Old bridge to close in May · story.txt"),
        "{wide}"
    );
    let narrow = first(80, story::TEXT);
    assert!(
        !narrow.contains("Old bridge") && narrow.contains("story.txt"),
        "{narrow}"
    );
    assert!(!first(120, "No headline here.\n").contains("No headline"));

    // A headline may be anything, and never costs what was there before it.
    let steers = first(160, "Fares \u{202e}rise again\n\nThey rose.\n");
    assert!(steers.contains("Fares"), "{steers}");
    assert!(!steers.contains('\u{202e}'), "{steers}");
    let long = format!("Fares rise {}\n\nThey rose.\n", "and rise ".repeat(12));
    let line = first(120, &long);
    assert!(line.contains("Fares rise and"), "{line}");
    assert!(line.contains('…') && line.contains("story.txt"), "{line}");
    assert!(
        line.contains("decided · saved") && line.contains('▱'),
        "{line}"
    );
}

#[test]
fn the_queue_tells_headlines_and_is_filtered_by_them() {
    let text = "Fares rise again in spring\n\nBy Jane Okafor | 12 May 2024\n\nThey rose.\n";
    let articles = [("a.txt", text), ("b.txt", story::OTHER)];
    let mut world = World::new(200, 24, &articles, false, Theme::default());
    let screen = world.screen();
    assert!(screen.contains("? Fares rise again in spring"), "{screen}");
    let below = "    Jane Okafor · 2024-05-12 · a.txt";
    assert!(screen.contains(below), "{screen}");
    let screen = world.keys("/okafor<Enter>").screen();
    assert!(
        screen.contains("a.txt") && !screen.contains("b.txt"),
        "{screen}"
    );
}

#[test]
fn ascii_means_ascii() {
    let theme = Theme {
        ground: Ground::Plain,
        signs: Signs::Ascii,
        ..Theme::default()
    };
    let plain = "A bridge closes, said Bo Lund.\n";
    let mut world = World::new(
        80,
        24,
        &[("a.txt", plain), ("b.txt", story::OTHER)],
        true,
        theme,
    );
    for keys in ["", "?", "<Esc>:", "<Esc>o", "<Esc>q"] {
        let screen = world.keys(keys).screen();
        let foreign: Vec<char> = screen.chars().filter(|c| !c.is_ascii()).collect();
        assert!(foreign.is_empty(), "after {keys}: {foreign:?}\n{screen}");
    }
}

fn any_key() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "Enter",
        "Esc",
        "Tab",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Space",
        "Backspace",
        "Ctrl-d",
        "Ctrl-u",
        "Ctrl-r",
        "Alt-1",
        "Alt-3",
        "Alt-e",
        "Ctrl-s",
        "Delete",
    ]);
    let letters = "[a-zA-PR-Z0-9;()+.*/:?\\\\<>]".prop_filter("a key", |c: &String| c != "<");
    prop_oneof![
        3 => letters,
        1 => names.prop_map(|name| format!("<{name}>")),
        1 => prop::sample::select(vec!["a".to_owned(), "x".to_owned(), "u".to_owned(), "U".to_owned(), "<Enter>".to_owned()]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_at_any_size_leave_disk_and_screen_agreed(
        keys in prop::collection::vec(any_key(), 1..60),
        columns in 1u16..130,
        rows in 1u16..45,
        queue in any::<bool>(),
        full in prop::collection::vec(any::<bool>(), 60),
    ) {
        let mut world = if queue { World::queue(columns, rows) } else { World::article(columns, rows) };
        for (key, full) in keys.iter().zip(full) {
            prop_assert!(Key::parse(key.trim_matches(['<', '>'])).is_some() || key.len() <= 2);
            world.disk_full = full && !queue;
            world.keys(key);
            world.disk_full = false;
            world.screen();
            if world.has_review() {
                prop_assert_eq!(&world.on_disk(), world.session().document());
            }
        }
    }
}

/// Every window and prompt of the desk, by the keys that open it, with the way out that it names.
const OPENED: [(&str, &str); 14] = [
    ("?", "Esc closes"),
    ("<Enter>", "Esc closes"),
    ("S", "Esc closes"),
    ("s", "Esc leaves"),
    ("r", "Esc leaves"),
    ("gv", "Esc leaves"),
    ("px<Enter>", "Esc goes back"),
    ("i", "Esc leaves"),
    ("v", "Esc leaves"),
    (";", "Esc leaves"),
    ("B", "Esc leaves"),
    ("f", "any other key goes back"),
    ("<Ctrl-c>", "any other key goes back"),
    (":tour<Enter>", "Q quits"),
];

#[test]
fn every_window_says_how_it_is_left_on_small_screens() {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24)] {
        for (keys, way_out) in OPENED {
            let screen = World::article(columns, rows).keys(keys).screen();
            let words = screen.replace(['│', '┃'], " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                words.contains(way_out),
                "{keys} at {columns}x{rows}\n{screen}"
            );
        }
    }
}

#[test]
fn what_is_asked_for_in_a_line_can_be_read_whole() {
    for (keys, asked) in [
        ("p", "evidence on 1, URL or title:"),
        ("px<Enter>w", "where (p. 14, ¶ 3, 41:07–42:10):"),
        ("px<Enter>d", "consulted on (a day):"),
        ("px<Enter>s", "words that matter (Enter for none):"),
        ("gt", "type of the source"),
        ("c", "note on 1:"),
    ] {
        let screen = World::article(40, 10).keys(keys).screen();
        assert!(screen.contains(asked), "{keys}\n{screen}");
    }
}

#[test]
fn a_long_message_is_told_in_as_many_rows_as_it_needs() {
    let mut world = World::article(40, 10);
    let screen = world.keys(":w<Enter>").screen();
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "already saved: every decision is on disk before you see it";
    assert!(words.contains(told), "{screen}");
    assert!(
        screen
            .lines()
            .last()
            .is_some_and(|row| row.contains("confirm")),
        "{screen}"
    );
}

#[test]
fn hints_bring_the_article_forward_where_only_the_list_is_in_sight() {
    for keys in ["i", ";", "B"] {
        let mut world = World::article(40, 10);
        let listed = world.screen();
        assert!(!listed.contains("said Mira"), "{listed}");
        let plain = world.keys("<Tab><Tab>").screen();
        assert!(plain.contains("said Mira"), "{plain}");
        let hinted = World::article(40, 10).keys(keys).screen();
        assert!(hinted.contains("Esc leaves"), "{keys}\n{hinted}");
        assert!(hinted.contains("onths,"), "{keys}\n{hinted}");
        assert!(!hinted.contains("▸ ?"), "{keys}\n{hinted}");
        // Gone again with the hints.
        let mut world = World::article(40, 10);
        assert_eq!(world.keys(keys).keys("<Esc>").screen(), listed, "{keys}");
    }
}

#[test]
fn the_whole_card_scrolls_to_its_last_row_and_no_further() {
    let mut world = World::article(40, 10);
    let downs = "<Down>".repeat(60);
    let end = world.keys("<Enter>").keys(&downs).screen();
    assert!(end.contains("none; e adds some"), "{end}");
    assert!(!end.contains("Down shows more"), "{end}");
    let before = world.keys("<Up>").screen();
    assert_ne!(before, end, "one step back is seen at once");
    assert!(before.contains("Down shows more"), "{before}");
}
