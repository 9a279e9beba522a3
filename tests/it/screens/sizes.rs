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
