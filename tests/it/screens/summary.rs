//! The summary: an article in figures, and the queue.

use proofmark::review::{Item, Summary};
use proofmark::tui::widget::Theme;

use super::story;
use super::world::World;

fn counts(counts: &[(String, usize)]) -> Vec<String> {
    counts
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect()
}

#[test]
fn an_article_is_counted_as_it_stands() {
    let mut world = World::article(120, 40);
    let summary = |world: &World| -> Summary { world.session().summary() };
    let now = summary(&world);
    assert_eq!((now.claims, now.unsourced, now.progress.total), (5, 1, 5));
    assert_eq!(counts(&now.types), ["named person 3", "unnamed person 1"]);
    assert_eq!(
        counts(&now.sources),
        ["Mira Tolve 3", "an unnamed council member 1"]
    );
    assert!(now.verdicts.is_empty());
    // The headline holds no claim.
    assert_eq!((now.covered, now.sentences), (5, 6));
    world.keys("r2jr2jr3x");
    let now = summary(&world);
    assert_eq!(
        counts(&now.verdicts),
        ["mixed 2"],
        "one with a verdict was rejected since"
    );
    assert_eq!((now.claims, now.progress.decided), (4, 3));
    assert!(now.covered < 5);
    world.keys("gg").keys("s-");
    let now = summary(&world);
    assert_eq!(now.unsourced, 2);
    assert!(matches!(world.session().selected(), Some(Item::Claim(_))));
}

#[test]
fn claims_below_the_fold_are_not_counted() {
    let world = World::folded(120, 40);
    let now = world.session().summary();
    assert_eq!((now.claims, now.progress.folded), (3, 2));
}

#[test]
fn the_summary_of_an_article_is_a_picture() {
    let mut world = World::article(80, 30);
    world.keys("r2jr1kS");
    let screen = world.screen();
    for told in [
        "decided",
        "2 of 5",
        "sentences with a claim",
        "without a source",
        "mixed",
        "named person",
    ] {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    insta::assert_snapshot!(world.picture());
}

#[test]
fn the_summary_of_the_queue_is_a_picture_of_what_is_shown() {
    let articles = [
        ("bridge.txt", story::TEXT),
        (
            "again.txt",
            "\u{feff}Old bridge to close in May\n\nNothing else.\n",
        ),
        ("ferry.txt", story::OTHER),
    ];
    let mut world = World::new(80, 30, &articles, false, Theme::default());
    world.keys("<Enter>aaqjfzS");
    insta::assert_snapshot!(world.picture());
    let screen = world.keys("<Esc>\\ferry<Enter>S").screen();
    assert!(screen.contains("0 of 1"), "{screen}");
    assert!(!screen.contains("Mira Tolve"), "{screen}");
}

#[test]
fn the_summary_makes_way_for_other_keys_and_decides_nothing() {
    let mut world = World::article(80, 24);
    world.keys("Sa");
    assert_eq!(world.changes, 0, "what hides behind it is not decided");
    assert!(!world.screen().contains("summary ─"), "{}", world.screen());
    world.keys("Sj");
    assert!(world.screen().contains("┌ summary"), "j scrolls");
    world.keys("qS<Enter>");
    assert!(!world.screen().contains("┌ summary"));
    world.keys("S/");
    assert!(
        world
            .screen()
            .lines()
            .last()
            .is_some_and(|line| line.contains('/'))
    );
}
