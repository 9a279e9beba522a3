//! Clicks: what stands on the screen for a key does what the key does, and a double click decides
//! nothing.

use proofmark::tui::event::Event;
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::world::World;

const DOWN: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

fn event(kind: MouseEventKind, (column, row): (u16, u16)) -> MouseEvent {
    MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }
}

/// Where the last of these words on the screen begin.
fn place(world: &mut World, words: &str) -> (u16, u16) {
    let screen = world.screen();
    let rows: Vec<(&str, u16)> = screen.lines().zip(0u16..).collect();
    let found = rows.into_iter().rev().find_map(|(line, row)| {
        let at = line.find(words)?;
        Some((line[..at].chars().count() as u16, row))
    });
    found.unwrap_or_else(|| panic!("{words} is on the screen\n{screen}"))
}

fn click(world: &mut World, words: &str) {
    let at = place(world, words);
    world.event(Event::Mouse(event(DOWN, at)));
}

/// Where a desk begins.
#[derive(Clone, Copy)]
enum Start {
    Review,
    Queue,
}

fn world(start: Start, columns: u16, rows: u16) -> World {
    match start {
        Start::Queue => World::queue(columns, rows),
        Start::Review => {
            let mut world = World::queue(columns, rows);
            world.keys("<Enter>");
            world
        }
    }
}

#[test]
fn a_click_does_what_the_key_does_that_it_stands_for() {
    use Start::{Queue, Review};
    for (start, keys, clicked, same_as) in [
        // The line of hints: one key by itself or by what it does, several by the one meant.
        (Review, "", "confirm", "a"),
        (Review, "", "a confirm", "a"),
        (Review, "", "x reject", "x"),
        (Review, "", "1-9 kind", "1"),
        (Review, "", "-9 kind", ""),
        (Review, "", "9 kind", "9"),
        (Review, "", "kind", ""),
        (Review, "", "w E e ends", "w"),
        (Review, "", "e ends", "e"),
        (Review, "", "all keys", "?"),
        (Review, "a", "u undoes", "u"),
        (Review, "a", "claim 1 confirmed", ""),
        (Review, "au", "U does it again", "U"),
        (Review, "r", "r the claim", "rr"),
        (Review, "r", "0 none", "0"),
        (Review, "r", "digit", ""),
        (Review, "g", "v voice", "v"),
        (Review, "f", "Enter finish anyway", "<Enter>"),
        (Review, "f", "any other key", "<Esc>"),
        (Review, "S", "Esc closes", "<Esc>"),
        (Review, "S", "Down scroll", "<Down>"),
        (Queue, "", "z later", "z"),
        (Queue, "", "quit", "Q"),
        (Queue, "", "review", "<Enter>"),
        (Queue, "", "summary", "S"),
        // Counters and headings.
        (Review, "j", "0/5 decided", "n"),
        (Review, "", "▱▱▱▱", "S"),
        (Review, "", "queue 1/3", "q"),
        (Review, "", "saved", ":write<Enter>"),
        (Review, "", " sources 2", "<Tab>"),
        (Review, "<Tab>", "claims 5", "<Tab><Tab>"),
        (Review, "", "article ───", "h"),
        (Queue, "", "0/3 finished", "S"),
        (Queue, "", "articles 3", "o"),
        // Rows of windows, and beside them.
        (Review, "r", "mixed", "2"),
        (Review, "s", "an unnamed council", "b"),
        (Queue, "o", "progress", "3"),
        (Review, ":fin", "finish, and go on", "<Enter>"),
        (Review, "?", "proofmark", "<Esc>"),
        (Review, "r", "proofmark", "<Esc>"),
        (Review, "S", "proofmark", "<Esc>"),
        (Review, "<Enter>", "proofmark", "<Esc>"),
        // Rows of lists.
        (Queue, "", "ferry.txt", "j"),
        (Queue, "", "Ferry runs", "j"),
        (Queue, "G", "bridge.txt", "gg"),
    ] {
        let mut by_click = world(start, 140, 40);
        by_click.keys(keys);
        click(&mut by_click, clicked);
        let mut by_key = world(start, 140, 40);
        by_key.keys(keys).keys(same_as);
        let (was, is) = (by_key.picture(), by_click.picture());
        assert_eq!(is, was, "“{clicked}” after “{keys}” is “{same_as}”");
        assert_eq!(by_click.quit, by_key.quit, "{clicked}");
        assert_eq!(by_click.changes, by_key.changes, "{clicked}");
    }
}

#[test]
fn the_second_click_of_two_decides_nothing() {
    for (keys, clicked) in [
        ("", "a confirm"),
        ("", "x reject"),
        ("a", "u undoes"),
        ("f", "Enter finish anyway"),
        ("r", "mixed"),
        ("r", "0 none"),
        ("", "f finish"),
        (":rej", "reject, go on"),
    ] {
        let mut world = world(Start::Review, 140, 40);
        world.keys(keys);
        let (before, at) = (world.changes, place(&mut world, clicked));
        let has_review = world.has_review();
        world.event(Event::SecondClick(event(DOWN, at)));
        assert_eq!(world.changes, before, "{clicked}");
        assert_eq!((world.has_review(), world.quit), (has_review, false));
    }
    // What the first click opened lies under the second.
    let mut world = world(Start::Review, 140, 40);
    let at = place(&mut world, "f finish");
    world.event(Event::Mouse(event(DOWN, at)));
    world.event(Event::SecondClick(event(DOWN, at)));
    let screen = world.screen();
    assert_eq!(world.changes, 0, "{screen}");
    // Looking around it may do.
    let mut world = World::queue(80, 24);
    let at = place(&mut world, "Ferry runs");
    world.event(Event::Mouse(event(DOWN, at)));
    assert!(!world.has_review());
    world.event(Event::SecondClick(event(DOWN, at)));
    assert!(world.has_review());
    assert_eq!(world.changes, 0);
}

#[test]
fn a_click_on_either_line_of_a_claim_means_it() {
    let mut world = World::article(160, 60);
    for (clicked, row) in [
        ("the repair will", 2),
        ("an unnamed council member", 2),
        ("The piers", 1),
        ("The city", 0),
    ] {
        let screen = world.screen();
        let of_list = |line: &&str| {
            line.contains("││")
                && line
                    .rsplit("││")
                    .next()
                    .is_some_and(|l| l.contains(clicked))
        };
        let (at, line) = screen
            .lines()
            .enumerate()
            .find(|(_, line)| of_list(line))
            .expect(clicked);
        let column = line
            .rfind(clicked)
            .map(|at| line[..at].chars().count())
            .expect(clicked);
        let at = (column as u16, at as u16);
        world.event(Event::Mouse(event(DOWN, at)));
        assert_eq!(world.session().claim_row(), Some(row), "{clicked}");
    }
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_nothing_else() {
    let turn = |world: &mut World, at| {
        world.event(Event::Mouse(event(MouseEventKind::ScrollDown, at)));
    };
    // The preview of the queue, and its list.
    let mut world = World::queue(80, 24);
    let at = place(&mut world, "most worth checking");
    let before = world.screen();
    turn(&mut world, at);
    let after = world.screen();
    assert_ne!(before, after);
    assert!(after.contains("▸ ? Old bridge"), "{after}");
    let mut world = World::queue(80, 4);
    let at = place(&mut world, "Old bridge");
    turn(&mut world, at);
    assert!(
        !world.screen().contains("▸ ? Old bridge"),
        "{}",
        world.screen()
    );
    // Windows.
    for (keys, title) in [
        ("?", "keys"),
        ("r", "verdict"),
        ("S", "decided"),
        ("<Enter>", "card"),
    ] {
        let mut world = World::article(60, 10);
        world.keys(keys);
        let at = place(&mut world, title);
        let before = world.picture();
        turn(&mut world, at);
        assert_ne!(world.picture(), before, "{keys}");
        assert_eq!(world.session().claim_row(), Some(0), "{keys}");
    }
    // The card of the screen does not scroll: nothing does.
    let mut world = World::long(120, 40);
    let at = place(&mut world, "card ──");
    let before = world.picture();
    turn(&mut world, at);
    assert_eq!(world.picture(), before);
    // The list of claims: the selection goes along.
    let mut world = World::article(60, 7);
    let at = place(&mut world, "▸");
    turn(&mut world, at);
    assert!(world.session().claim_row() > Some(0), "{}", world.screen());
}

#[test]
fn a_click_on_a_row_ends_the_line_of_a_filter_and_keeps_it() {
    let mut world = World::queue(80, 24);
    world.keys("\\new");
    click(&mut world, "Ferry runs");
    let screen = world.screen();
    assert!(
        screen.contains("“new”") && screen.contains("▸ ? Ferry"),
        "{screen}"
    );
    // A line of anything else stays.
    let mut world = World::article(80, 24);
    world.keys("cwords");
    click(&mut world, "The bridge carries");
    assert!(world.screen().contains("words"), "{}", world.screen());
    assert_eq!(world.session().claim_row(), Some(0));
}
