//! What somebody sees who has never seen the desk: the tour, the legend, the way out, a queue
//! without articles.

use proofmark::tui::widget::Theme;

use super::world::World;

#[test]
fn the_tour_of_the_first_start() {
    insta::assert_snapshot!(World::first_start(80, 24).picture());
}

#[test]
fn the_tour_is_read_to_its_end_on_a_small_screen() {
    let mut world = World::first_start(40, 10);
    let mut seen = world.screen();
    for _ in 0..30 {
        seen += &world.keys("<Down>").screen();
    }
    for words in ["Signs and colours", "Five keys", "quits", "Enter begins"] {
        assert!(seen.contains(words), "{words}\n{seen}");
    }
    assert!(world.journal.is_empty());
}

#[test]
fn the_tour_takes_no_key_away() {
    let closed = World::article(80, 24).screen();
    for key in ["<Enter>", " ", "<Esc>", "<Ctrl-c>"] {
        let mut world = World::first_start(80, 24);
        assert_eq!(world.keys(key).screen(), closed, "{key}");
        assert!(world.journal.is_empty());
    }
    let mut world = World::first_start(80, 24);
    world.keys("a");
    assert_eq!(world.journal.len(), 1);
    assert!(World::first_start(80, 24).keys("Q").quit);
}

#[test]
fn the_tour_comes_back_when_asked_for() {
    let first = World::first_start(80, 24).screen();
    assert_eq!(World::article(80, 24).keys(":tour<Enter>").screen(), first);
    let queue = World::queue(80, 24).keys(":tour<Enter>").screen();
    assert!(queue.contains("Five keys to begin"), "{queue}");
}

#[test]
fn control_c_asks_and_leaves() {
    for key in ["<Enter>", "<Ctrl-c>", "q", "Q", "y"] {
        let mut world = World::article(80, 24);
        world.keys("<Ctrl-c>");
        assert!(!world.quit);
        let asked = world.screen();
        assert!(asked.contains("Leave the desk?"), "{asked}");
        assert!(world.keys(key).quit, "{key}");
    }
    let mut world = World::queue(80, 24);
    let before = world.screen();
    for key in ["<Esc>", "a", "n", "<Down>"] {
        world.keys("<Ctrl-c>").keys(key);
        assert!(!world.quit, "{key}");
        assert_eq!(world.screen(), before, "{key}");
    }
}

#[test]
fn a_key_of_the_house_keeps_control_c() {
    let mut world = World::house(&[("confirm", &["Ctrl-c"])]);
    world.keys("<Ctrl-c>");
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn help_ends_with_the_legend() {
    let mut world = World::article(80, 30);
    let screen = world.keys("?").keys(&"<PageDown>".repeat(20)).screen();
    assert!(screen.contains("✎"), "{screen}");
    assert!(screen.contains("who says it"), "{screen}");
}

#[test]
fn the_way_out_stands_among_the_hints() {
    for mut world in [
        World::article(80, 24),
        World::queue(80, 24),
        World::article(60, 20),
    ] {
        let screen = world.screen();
        let hints = screen.lines().last().expect("a status line");
        assert!(hints.contains("Q quit"), "{hints}");
    }
}

#[test]
fn a_queue_without_articles_says_what_to_do() {
    let mut world = World::new(80, 24, &[], false, Theme::default());
    let screen = world.screen();
    for words in [".markdown", "proofmark PATH", "proofmark tutor", "Q quits"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}
