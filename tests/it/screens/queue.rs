//! The queue: headlines and columns, places that rows keep, filters, marks, undo in a later run.

use proofmark::annotations::QueueState;
use proofmark::tui::widget::Theme;

use super::deciding::status;
use super::story;
use super::world::World;

const LEVY: &str = "---\ntitle: Council delays the water levy\nauthor: Nadia Reyes\n\
                    publication: Harbour Gazette\ndate: 2026-02-20\n---\n\n\
                    The levy waits, said Tom Abel.\n";

/// The first lines of the rows of the list, one blank between words.
fn rows(world: &mut World) -> Vec<String> {
    let screen = world.screen();
    let lines = screen
        .lines()
        .skip(3)
        .take_while(|line| !line.starts_with('└'));
    let of_list = lines.map(|line| line.trim_start_matches('│').split('│').next());
    let words = of_list.map(|line| line.unwrap_or_default().split_whitespace());
    let rows = words.map(|words| words.collect::<Vec<_>>().join(" "));
    rows.filter(|row| row.contains(['?', '~', '✓', '✎', '!']))
        .collect()
}

/// The first words of each row, the selected one with its pointer.
fn order(world: &mut World) -> Vec<String> {
    let first = |row: String| {
        let words = row
            .split_whitespace()
            .filter(|word| !matches!(*word, "?" | "✓" | "~" | "!" | "●"));
        words
            .take(if row.contains('▸') { 2 } else { 1 })
            .collect::<Vec<_>>()
            .join(" ")
    };
    rows(world).into_iter().map(first).collect()
}

#[test]
fn a_row_is_a_headline_with_as_many_columns_as_fit() {
    let levy = "▸ ? Council delays the water levy";
    let bridge = "? Old bridge to close in May";
    for (columns, lines, of_bridge, of_levy) in [
        (160, 45, " new 0/5 20% 0.72", " new 0/0 0.00 12d"),
        (120, 40, " 0/5 0.72", " 0/0 0.00"),
        (80, 24, " new 0/5 0.72", " new 0/0 0.00"),
        (60, 20, " 0/5", " 0/0"),
    ] {
        let articles = [("a.md", LEVY), ("b.txt", story::TEXT)];
        let mut world = World::new(columns, lines, &articles, false, Theme::default());
        world.keys("G");
        let told = [format!("{bridge}{of_bridge}"), format!("{levy}{of_levy}")];
        assert_eq!(rows(&mut world), told, "{columns}\n{}", world.screen());
    }
    let articles = [("a.md", LEVY), ("b.txt", story::TEXT)];
    let screen = World::new(40, 10, &articles, false, Theme::default()).screen();
    assert!(
        screen.contains("▸ ? Old bridge to close in…      0/5"),
        "{screen}"
    );
}

#[test]
fn a_row_tells_who_began_and_how_old_the_article_is() {
    let mut world = World::queue(200, 45);
    world.keys("<Enter>aq");
    let row = rows(&mut world).remove(0);
    assert!(
        row.starts_with("▸ ✎ Old bridge to close in May started 1/5 20% 0."),
        "{row}"
    );
    assert!(row.ends_with(" ana"), "{row}");
    for (date, told) in [
        ("2026-03-04", "today"),
        ("2026-03-03", "1d"),
        ("2026-02-10", "3w"),
        ("2025-12-24", "2mo"),
        ("2023-01-01", "3y"),
        ("2026-03-05", "0.00"),
    ] {
        let text = format!("---\ntitle: Levy\ndate: {date}\n---\n\nIt waits.\n");
        let articles = [("a.md", text.as_str()), ("b.txt", story::OTHER)];
        let mut world = World::new(160, 45, &articles, false, Theme::default());
        let row = rows(&mut world)
            .into_iter()
            .find(|row| row.contains("Levy"));
        let row = row.expect("a row");
        assert!(row.ends_with(told), "{row}");
    }
}

#[test]
fn what_an_article_is_known_by_stands_behind_its_headline_or_below() {
    let articles = [("a.md", LEVY), ("b.txt", "They rose, he said.\n")];
    let mut world = World::new(120, 40, &articles, false, Theme::default());
    let screen = world.screen();
    assert!(
        screen.contains("    Harbour Gazette · 2026-02-20 · a.md"),
        "{screen}"
    );
    // Without a headline its first words are one.
    assert!(screen.contains("? They rose, he said."), "{screen}");
    assert!(screen.contains("    b.txt"), "{screen}");
    // A line each where not all have room for two; the file goes first.
    let many: Vec<(String, &str)> = (0..9).map(|n| (format!("{n}.md"), LEVY)).collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let mut world = World::new(160, 19, &many[..1], false, Theme::default());
    assert!(!world.screen().contains("levy · "), "{}", world.screen());
    let mut world = World::new(170, 19, &many, false, Theme::default());
    let screen = world.screen();
    let row = "Council delays the water levy · the same";
    assert!(screen.contains(row), "{screen}");
    let mut world = World::new(160, 6, &articles, false, Theme::default());
    let screen = world.screen();
    let row = "Council delays the water levy · Harbour Gazette · 2026-02-20 · a.md";
    assert!(screen.contains(row), "{screen}");
    let mut world = World::new(108, 6, &articles, false, Theme::default());
    let screen = world.screen();
    assert!(screen.contains("levy · Harbour Gazette  "), "{screen}");
}

#[test]
fn rows_keep_their_places_while_articles_are_read() {
    let mut world = World::unread_queue(80, 24);
    assert_eq!(order(&mut world), ["▸ bridge.txt", "ferry.txt", "well.md"]);
    // The second is the one that is worth most, as far as is known.
    world.look(1);
    assert_eq!(order(&mut world), ["▸ bridge.txt", "Ferry", "well.md"]);
    assert!(world.screen().contains("as found"), "{}", world.screen());
    world.keys("j");
    world.look(2);
    world.look(0);
    // All are read, and a row was selected: it stays under the cursor.
    assert_eq!(order(&mut world), ["Old", "▸ Ferry", "Nothing"]);
    assert!(
        world.screen().contains("by priority before news: R sorts"),
        "{}",
        world.screen()
    );
    world.keys("R");
    assert_eq!(world.looks, 3, "read anew");
    assert!(
        world.screen().contains("articles 3 · by priority ─"),
        "{}",
        world.screen()
    );

    // Nothing was selected: they are put in order once all are read.
    let mut world = World::unread_queue(80, 24);
    world.keys("o4");
    for at in [1, 0] {
        world.look(at);
        assert_eq!(order(&mut world)[0].split(' ').next(), Some("▸"));
    }
    world.look(2);
    assert!(world.screen().contains("by time ─"), "{}", world.screen());
}

#[test]
fn putting_off_keeps_the_place_and_says_so() {
    let mut world = World::queue(80, 24);
    let before = order(&mut world);
    assert_eq!(before[0], "▸ Old");
    world.keys("z");
    assert_eq!(order(&mut world), before);
    assert!(rows(&mut world)[0].contains("later"), "{}", world.screen());
    assert!(status(&mut world).starts_with("bridge.txt: article put off · u undoes"));
    // A key that sorts, or coming back from an article, puts it where it belongs.
    world.keys("o1");
    assert_eq!(order(&mut world).last().map(String::as_str), Some("▸ Old"));
    world.keys("z");
    assert_eq!(order(&mut world).last().map(String::as_str), Some("▸ Old"));
    assert!(status(&mut world).starts_with("bridge.txt: article taken up again"));
    world.keys("<Enter>q");
    assert_eq!(order(&mut world), before);
}

#[test]
fn new_files_go_to_the_end_and_those_gone_say_so_until_rows_are_sorted() {
    let mut world = World::queue(80, 24);
    world.keys("j");
    world.put("a-new.txt", "Fares fall, said Ann Poe.\n");
    world.walk(&["well.md"]);
    assert_eq!(order(&mut world), ["Old", "▸ Ferry", "Nothing", "Fares"]);
    let screen = world.screen();
    assert!(screen.contains("gone from the folder"), "{screen}");
    assert!(screen.contains("articles 4"), "{screen}");
    world.keys("G<Up>V");
    assert!(status(&mut world).contains("no article that can be decided on"));
    assert!(rows(&mut world)[2].ends_with("gone"), "{}", world.screen());
    world.keys("o1");
    assert!(!world.screen().contains("gone from"), "{}", world.screen());
    assert!(
        world.screen().contains("articles 3 · by"),
        "{}",
        world.screen()
    );
    assert!(
        world.screen().contains("0/3 finished"),
        "{}",
        world.screen()
    );
    // It is there again: it has a row, and is read.
    let looks = world.looks;
    world.walk(&[]);
    assert_eq!(world.looks, looks + 1);
    // The same walk again says nothing new.
    world.walk(&[]);
    assert_eq!(world.looks, looks + 1);
    world.keys("o1");
    assert_eq!(order(&mut world).len(), 4);
}

#[test]
fn the_filter_is_live_over_everything_that_is_known() {
    let mut world = World::queue(80, 24);
    for (typed, shown) in [
        ("orlan", 1),
        ("ferry", 1),
        ("TOLVE", 1),
        ("source:tolve", 1),
        ("-source:tolve", 2),
        ("state:new", 3),
        ("new", 3),
        ("worth:>50", 1),
        ("tag:none", 3),
        ("well.md", 1),
        ("\"close the\"", 1),
        ("nowhere", 0),
    ] {
        world.keys("\\").keys(typed);
        let screen = world.screen();
        let heading = match shown {
            3 => format!("articles 3 · “{typed}”"),
            shown => format!("articles {shown} of 3 · “{typed}”"),
        };
        assert!(screen.contains(&heading), "{typed}: {heading}\n{screen}");
        world.keys("<Esc>");
        assert!(world.screen().contains("articles 3 · by"), "{typed}");
    }
    // A row that was decided on stays under the cursor, though the filter shows it no more.
    world.keys("\\state:new<Enter>z");
    assert_eq!(order(&mut world).len(), 3);
    world.keys("<Esc>\\state:new<Enter>");
    assert_eq!(order(&mut world).len(), 2);
}

#[test]
fn marked_articles_are_decided_on_by_one_key_and_one_undo() {
    let states = |world: &mut World| -> Vec<QueueState> {
        ["bridge.txt", "ferry.txt", "well.md"]
            .map(|name| {
                let document = world.of(name);
                proofmark::annotations::QueueRow::of(&document, "ana@example.org").state
            })
            .to_vec()
    };
    use QueueState::{Finished, Later, New};
    let mut world = World::queue(120, 30);
    world.keys("VV");
    assert!(status(&mut world).starts_with("2 articles are marked: z puts off"));
    assert!(world.screen().contains("2 marked"), "{}", world.screen());
    assert_eq!(world.screen().matches('●').count(), 2);
    world.keys("z");
    assert_eq!(states(&mut world), [Later, Later, New]);
    assert!(
        status(&mut world).starts_with("2 articles: put off · u undoes"),
        "{}",
        status(&mut world)
    );
    assert_eq!(
        world.screen().matches('●').count(),
        0,
        "marks are for one decision"
    );
    // One of them has it already: the others get it.
    world.keys("gVz");
    assert_eq!(states(&mut world), [Later, Later, Later]);
    world.keys("gVz");
    assert_eq!(states(&mut world), [New, New, New]);
    world.keys("u");
    assert_eq!(states(&mut world), [Later, Later, Later]);
    world.keys("uu");
    assert_eq!(states(&mut world), [New, New, New]);
    assert!(status(&mut world).starts_with("undone in 2 articles: put off · U does it again"));
    world.keys("U");
    assert_eq!(states(&mut world), [Later, Later, New]);
    world.keys("u");
    // Tags, and finishing, which asks first.
    world.keys("gVtcity<Enter>");
    let tagged = world.screen().matches("#city").count();
    assert!(tagged >= 3, "{}", world.screen());
    world.keys("u");
    assert!(!world.screen().contains("#city"));
    world.keys("gVf");
    assert!(
        world.screen().contains("5 items in 3 articles"),
        "{}",
        world.screen()
    );
    world.keys("<Esc>");
    assert_eq!(states(&mut world), [New, New, New]);
    world.keys("f<Enter>");
    assert_eq!(states(&mut world), [Finished, Finished, Finished]);
    world.keys("u");
    assert_eq!(states(&mut world), [New, New, New]);
    // Esc takes the marks away before anything else.
    world.keys("\\bridge<Enter>V<Esc>");
    assert!(!world.screen().contains("marked"), "{}", world.screen());
    assert!(world.screen().contains("“bridge”"));
    world.keys("<Esc>");
    assert!(!world.screen().contains("“bridge”"));
}

#[test]
fn what_could_not_be_written_of_several_is_told_and_stays_undone() {
    let mut world = World::queue(120, 30);
    world.locked = vec!["ferry.txt".into()];
    world.keys("gVz");
    assert!(
        status(&mut world).starts_with("ferry.txt: read-only"),
        "{}",
        status(&mut world)
    );
    world.keys("u");
    assert!(
        world.screen().contains("undone in 2 articles"),
        "{}",
        world.screen()
    );
    world.locked = vec!["bridge.txt".into()];
    world.keys("U");
    assert!(
        status(&mut world).starts_with("bridge.txt: read-only"),
        "{}",
        status(&mut world)
    );
    world.locked.clear();
    world.keys("U");
    assert!(status(&mut world).starts_with("done again in bridge.txt: article put off"));
    world.locked = vec!["bridge.txt".into()];
    world.keys("u");
    assert!(
        status(&mut world).starts_with("bridge.txt: read-only"),
        "what is there still"
    );
}

#[test]
fn undo_and_redo_in_the_queue_mean_the_same_in_a_later_run() {
    let later = |world: &mut World| rows(world)[0].contains("later");
    let mut world = World::queue(80, 24);
    world.keys("tcity<Enter>zu");
    assert!(!later(&mut world));
    let mut world = world.restarted();
    world.keys("U");
    assert!(later(&mut world), "{}", world.screen());
    assert!(status(&mut world).starts_with("done again in bridge.txt: article put off · u undoes"));
    world.keys("U");
    assert!(status(&mut world).starts_with("nothing to redo in bridge.txt"));
    world.keys("uu");
    assert!(!world.screen().contains("#city"), "{}", world.screen());
    world.keys("u");
    assert!(status(&mut world).starts_with("nothing to undo in bridge.txt"));
    let mut world = world.restarted();
    world.keys("UU");
    assert!(later(&mut world), "{}", world.screen());
    assert!(world.screen().contains("#city"));
    // Of another article nothing is turned.
    let mut world = world.restarted();
    world.keys("ju");
    assert!(
        status(&mut world).starts_with("nothing to undo in well.md"),
        "{}",
        status(&mut world)
    );
    // In an article, and back in the queue: one history.
    let mut world = World::queue(80, 24);
    world.keys("<Enter>auq");
    world.keys("U");
    assert!(status(&mut world).starts_with("done again in bridge.txt: claim 1 confirmed"));
    world.keys("j<Enter>u");
    assert!(
        world.screen().contains("undone: claim 1 confirmed"),
        "{}",
        world.screen()
    );
    assert!(world.has_review());
    world.keys("U");
    assert!(
        world.screen().contains("done again: claim 1 confirmed"),
        "{}",
        world.screen()
    );
}

#[test]
fn the_preview_scrolls_and_begins_anew_with_another_article() {
    let mut world = World::queue(80, 24);
    let top = |world: &mut World| -> String {
        let screen = world.screen();
        let mut rows = screen.lines().skip_while(|row| !row.contains("most worth"));
        rows.nth(1)
            .unwrap_or_default()
            .trim_matches(['│', ' ', '┃'])
            .to_owned()
    };
    assert_eq!(top(&mut world), "Old bridge to close in May");
    world.keys("J");
    let down = top(&mut world);
    assert_ne!(down, "Old bridge to close in May");
    world.keys("JJJJJJJJJJ");
    let end = top(&mut world);
    world.keys("JK");
    assert_ne!(
        top(&mut world),
        end,
        "it stops at the end, so one back is seen"
    );
    world.keys("JjJkk");
    assert_eq!(top(&mut world), "Old bridge to close in May");
    let mut low = World::queue(80, 12);
    low.keys("J");
    assert!(
        status(&mut low).starts_with("there is no room"),
        "{}",
        status(&mut low)
    );
}
