//! What keys do once a mark is begun, a card is open or the queue is shown; and the mouse.

use proofmark::tui::event::Event;
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::world::World;

/// The words of the claim that keys add.
fn added(keys: &str) -> String {
    let mut world = World::article(120, 40);
    world.keys(keys);
    assert_eq!(world.changes, 1, "{keys}");
    let claim = world
        .session()
        .selected_annotation()
        .expect("the claim added");
    claim.target.quote.exact.clone()
}

#[test]
fn marks_by_cursor_go_where_the_keys_say() {
    for (keys, words) in [
        ("vllll<Enter>", "The city"),
        ("vllllhh<Enter>", "The"),
        ("v<Right><Right><Right><Right><Enter>", "The city"),
        ("vw<Enter>", "The city"),
        ("vwwb<Enter>", "The city"),
        ("vee<Enter>", "The city"),
        ("vwwv)<Enter>", "will close the Orlan bridge for 14 months"),
        ("vwwv(<Enter>", "The city will"),
        ("vwwvwwow<Enter>", "close the"),
        ("vwwv<Enter>", "will"),
        ("vjk<Enter>", "The"),
        ("vww03", "The"),
    ] {
        assert_eq!(added(keys), words, "{keys}");
    }
    let to_row_end = added("vww$<Enter>");
    assert!(
        to_row_end.starts_with("The city will close the Orlan"),
        "{to_row_end}"
    );
    assert!(added("vj<Enter>").len() > to_row_end.len() / 2);
}

#[test]
fn marks_by_hint_end_where_the_keys_say() {
    // “bridge” has u, “in” behind it k.
    for (keys, words) in [
        ("iu<Enter>", "bridge"),
        ("iuk<Enter>", "bridge to close in"),
        ("iu)<Enter>", "bridge to close in May"),
        ("iu(<Enter>", "Old bridge"),
        ("iu<Right><Right><Left><Enter>", "bridge to"),
        ("iu<Right>e<Enter>", "bridge to close"),
        ("iu<Right>eE<Enter>", "bridge to"),
        ("iu<Right>b<Enter>", "Old bridge to"),
        ("iu<Right>ew<Enter>", "to close"),
        ("iu<Right>4", "bridge to"),
    ] {
        assert_eq!(added(keys), words, "{keys}");
    }
}

#[test]
fn the_open_card_takes_the_last_evidence_away_and_makes_way_for_commands() {
    let mut world = World::article(80, 24);
    world
        .keys("pFirst<Enter>s<Enter>")
        .keys("pSecond<Enter>r<Enter>");
    world.keys("<Enter>D");
    let claim = world.session().selected_annotation().expect("a claim");
    let left: Vec<_> = claim
        .evidence
        .iter()
        .filter_map(|(_, e)| e.document.as_deref())
        .collect();
    assert_eq!(left, ["First"]);
    let before = world.changes;
    world.keys("<Esc><Enter><Ctrl-d>");
    assert_eq!(world.changes, before, "Ctrl-d is not D");
    world.keys("<Enter>x");
    assert_eq!(world.changes, before + 1);
}

#[test]
fn the_queue_goes_where_the_keys_say() {
    let row = |world: &mut World| -> usize {
        let screen = world.screen();
        let selected = screen.lines().find(|line| line.contains('▸'));
        let selected = selected.expect("a selected row");
        let mut headlines = ["Old bridge", "Ferry runs", "Nothing"].iter();
        headlines
            .position(|headline| selected.contains(headline))
            .expect("its headline")
    };
    let mut world = World::queue(80, 24);
    let mut at = |keys: &str| row(world.keys(keys));
    assert_eq!(at(""), 0);
    for (keys, expected) in [
        ("j", 1),
        ("j", 2),
        ("j", 2),
        ("k", 1),
        ("G", 2),
        ("gg", 0),
        ("<End>", 2),
        ("<Home>", 0),
        ("<Ctrl-d>", 1),
        ("<Ctrl-u>", 0),
        ("<Space>", 2),
        ("<PageUp>", 0),
        ("<PageDown>", 2),
        ("<Up>", 1),
        ("<Down>", 2),
        (":2<Enter>", 1),
    ] {
        assert_eq!(at(keys), expected, "{keys}");
    }
    // On a low screen half a page is less than a page.
    let mut low = World::queue(80, 6);
    let half = row(low.keys("<Ctrl-d>"));
    let mut low = World::queue(80, 6);
    assert!(half <= row(low.keys("<Space>")));
    assert!(half > 0);
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let first = |world: &mut World| -> usize {
        let screen = world.screen();
        let after = screen
            .split("Paragraph ")
            .nth(1)
            .expect("a paragraph in view");
        after
            .split(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("its number")
    };
    let turn = |world: &mut World, kind| {
        world.event(Event::Mouse(MouseEvent {
            kind,
            column: 8,
            row: 8,
            modifiers: KeyModifiers::NONE,
        }));
        first(world)
    };
    let mut world = World::long(80, 24);
    let start = first(&mut world);
    let down = turn(&mut world, MouseEventKind::ScrollDown);
    assert!(down > start, "{start} {down}");
    assert_eq!(turn(&mut world, MouseEventKind::ScrollUp), start);
    assert_eq!(world.changes, 0);
}

/// Where words stand on the screen: column and row of their first letter.
fn place(world: &mut World, words: &str) -> (u16, u16) {
    let screen = world.screen();
    let mut rows = screen.lines().zip(0u16..);
    let found = rows.find_map(|(line, row)| {
        let at = line.find(words)?;
        Some((line[..at].chars().count() as u16, row))
    });
    found.unwrap_or_else(|| panic!("{words} is on the screen\n{screen}"))
}

fn mouse(world: &mut World, kind: MouseEventKind, (column, row): (u16, u16)) {
    let modifiers = KeyModifiers::NONE;
    world.event(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    }));
}

#[test]
fn a_click_selects_what_is_under_it_and_decides_nothing() {
    let down = MouseEventKind::Down(MouseButton::Left);
    let mut world = World::article(80, 24);
    let third = place(&mut world, "3 q   the repair");
    mouse(&mut world, down, third);
    assert_eq!(world.session().claim_row(), Some(2));
    let first = place(&mut world, "will close the Orlan");
    mouse(&mut world, down, first);
    assert_eq!(world.session().claim_row(), Some(0));

    let mut world = World::queue(80, 24);
    let ferry = place(&mut world, "ferry.txt");
    mouse(&mut world, down, ferry);
    assert!(!world.has_review(), "the first click selects");
    mouse(&mut world, down, ferry);
    assert!(
        world.session().article().text().contains("The ferry"),
        "the second opens it"
    );
    assert_eq!(world.changes, 0);
}

#[test]
fn a_drag_marks_words_and_a_key_adds_them() {
    let mut world = World::article(80, 24);
    let from = place(&mut world, "close the Orlan");
    let (column, row) = place(&mut world, "Orlan bridge for");
    mouse(&mut world, MouseEventKind::Down(MouseButton::Left), from);
    mouse(
        &mut world,
        MouseEventKind::Drag(MouseButton::Left),
        (column + 2, row),
    );
    mouse(
        &mut world,
        MouseEventKind::Up(MouseButton::Left),
        (column + 2, row),
    );
    assert_eq!(world.changes, 0);
    world.keys("<Enter>");
    let claim = world
        .session()
        .selected_annotation()
        .expect("the claim added");
    assert_eq!(claim.target.quote.exact, "close the Orlan");
    assert_eq!(world.changes, 1);
}

#[test]
fn nought_takes_a_verdict_back() {
    let mut world = World::article(80, 24);
    let verdict = |world: &World| {
        let session = world.session();
        session.verdict(&session.claims()[0]).map(str::to_owned)
    };
    world.keys("r2");
    assert_eq!(verdict(&world).as_deref(), Some("mixed"));
    world.keys("r0");
    assert_eq!(verdict(&world), None);
}

#[test]
fn a_search_begins_at_what_is_in_view() {
    let mut world = World::long(80, 24);
    world.keys("h<Space><Space>/bridge<Enter>");
    let screen = world.screen();
    let status = screen.lines().last().expect("a status line").trim();
    let at: usize = status
        .strip_prefix("match ")
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("{status}"));
    assert!(at > 5, "{status}");
}

#[test]
fn of_marks_that_lie_in_each_other_a_click_takes_the_inner_one() {
    let down = MouseEventKind::Down(MouseButton::Left);
    let mut world = World::article(80, 24);
    world.keys("ij<Enter>G");
    let words = |world: &World| {
        let claim = world.session().selected_annotation().expect("a claim");
        claim.target.quote.exact.clone()
    };
    let (column, row) = place(&mut world, "The city will close the Orlan");
    mouse(&mut world, down, (column + 5, row));
    assert_eq!(words(&world), "city");
    mouse(&mut world, down, (column, row));
    assert!(
        words(&world).starts_with("The city will"),
        "{}",
        words(&world)
    );
}

#[test]
fn evidence_is_an_address_or_a_title() {
    for (typed, is_address) in [
        ("https://a.example/1", true),
        ("http://a.example", true),
        ("HTTP://A.EXAMPLE/x", true),
        ("ftp://a.example", false),
        ("https:// a title", false),
        ("Report 4", false),
    ] {
        let mut world = World::article(80, 24);
        world.keys("p").keys(typed).keys("<Enter>s<Enter>");
        let claim = world.session().selected_annotation().expect("a claim");
        let (_, evidence) = claim.evidence.first().expect("evidence");
        let kept = if is_address {
            &evidence.url
        } else {
            &evidence.document
        };
        assert_eq!(kept.as_deref(), Some(typed));
    }
}
