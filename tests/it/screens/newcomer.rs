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
    let screen = world.keys("?<PageDown><PageDown><PageDown><PageDown><PageDown><PageDown>");
    let screen = screen
        .keys("<PageDown><PageDown><PageDown><PageDown><Up><Up><Up><Up><Up><Up><Up>")
        .screen();
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

/// What the line at the top says.
fn lesson(world: &mut World) -> String {
    world.screen().lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_tutor_goes_on_when_a_lesson_is_done_and_not_before() {
    let mut world = World::practice(120, 40);
    let steps = [
        ("k", "1 of 10"),
        ("j", "2 of 10"),
        ("m", "2 of 10"),
        ("a", "3 of 10"),
        ("x", "4 of 10"),
        ("u", "5 of 10"),
        ("9", "6 of 10"),
        ("E", "7 of 10"),
        ("r1", "8 of 10"),
        ("cseen<Enter>", "9 of 10"),
    ];
    for (keys, expected) in &steps {
        world.keys(keys);
        let told = lesson(&mut world);
        assert!(told.contains(expected), "{keys}: {told}");
    }
    world.keys("iaa");
    world.keys("<Enter>");
    let told = lesson(&mut world);
    assert!(told.contains("10 of 10"), "{told}\n{}", world.screen());
    world.keys("f<Enter>");
    let told = lesson(&mut world);
    assert!(told.contains("that is all of it"), "{told}");
}

#[test]
fn every_claim_of_a_lesson_is_found() {
    let mut world = World::practice(120, 40);
    let session = world.session();
    let claims: Vec<String> = session
        .claims()
        .iter()
        .filter_map(|id| session.document().annotation(id))
        .map(|claim| claim.target.quote.exact.clone())
        .collect();
    for words in [
        "412,000 containers",
        "3.4 million crowns",
        "12 percent",
        "2.3 kilometres",
    ] {
        assert!(
            claims.iter().any(|claim| claim.contains(words)),
            "{words}: {claims:?}"
        );
    }
    assert!(lesson(&mut world).contains("1 of 10: look around"));
}

#[test]
fn a_lesson_leaves_room_for_the_desk() {
    insta::assert_snapshot!("tutor@80x24", World::practice(80, 24).picture());
    let screen = World::practice(40, 10).screen();
    assert!(screen.starts_with("1 of 10"), "{screen}");
    assert!(screen.contains("? "), "{screen}");
}
