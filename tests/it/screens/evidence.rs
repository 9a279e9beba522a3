//! Evidence from its address to the words that matter: where in it, how near it was, and when it was
//! looked at, by keys.

use proofmark::annotations::{Evidence, Locator, Stance};
use proofmark::text::Open;

use super::deciding::status;
use super::world::World;

/// The evidence of the selected claim.
fn given(world: &World) -> Vec<Evidence> {
    let claim = world.session().selected_annotation().expect("a claim");
    let pieces = claim.evidence.iter();
    pieces.map(|(_, piece)| piece.clone()).collect()
}

/// Where a piece says so, how near it was, and when it was looked at.
fn known(piece: &Evidence) -> [Option<String>; 3] {
    [
        piece.locator.as_ref().and_then(Locator::told),
        piece.primacy.as_ref().map(ToString::to_string),
        piece.consulted.clone(),
    ]
}

#[test]
fn where_it_says_so_is_typed_at_once() {
    let mut world = World::article(80, 24);
    world.keys("pAnnual report<Enter>1w").keys("p14 ¶3<Enter>");
    let screen = world.screen();
    for line in [
        "evidence on 1: Annual report",
        "p. 14, ¶ 3",
        "primary: it saw for itself · chosen",
        "today",
    ] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
    assert_eq!(world.changes, 0, "nothing is recorded yet");
    world.keys("s").keys("6.5 %<Enter>");
    let expected = ["p. 14, ¶ 3", "primary", "2026-03-04"].map(|s| Some(s.to_owned()));
    assert_eq!(known(&given(&world)[0]), expected);
    assert_eq!(given(&world)[0].quote.as_deref(), Some("6.5 %"));
    assert_eq!(world.changes, 1);
    let on_disk = world.on_disk();
    assert_eq!(&on_disk, world.session().document(), "and on disk");
    world.keys("<Enter>");
    let screen = world.screen();
    for line in [
        "supports: Annual report, p. 14, ¶ 3",
        "primary · consulted 2026-03-04",
    ] {
        assert!(screen.contains(line), "{line}\n{screen}");
    }
    world.keys("<Esc>u");
    assert!(given(&world).is_empty(), "one undo takes it back");
    world.keys("U");
    assert_eq!(known(&given(&world)[0]), expected);
}

#[test]
fn nothing_more_is_asked_than_before() {
    let mut world = World::article(80, 24);
    world.keys("pReport<Enter>r<Enter>");
    let piece = &given(&world)[0];
    assert_eq!(known(piece), [None, None, Some("2026-03-04".to_owned())]);
    assert_eq!(piece.stance.as_str(), "refutes");
}

#[test]
fn what_cannot_be_read_is_its_note_and_is_shown_before_it_is_taken() {
    let mut world = World::article(80, 24);
    world
        .keys("pReport<Enter>w")
        .keys("41:07-42:10, the man in red<Enter>");
    let read = "00:41:07–00:42:10, the man in red";
    assert!(world.screen().contains(read), "{}", world.screen());
    world.keys("w");
    assert!(status(&mut world).ends_with(read), "{}", status(&mut world));
    world.keys("<Esc>c<Enter>");
    assert_eq!(known(&given(&world)[0])[0].as_deref(), Some(read));
    world
        .keys("pReport<Enter>w")
        .keys("p. 3<Enter>w<Ctrl-u><Enter>c<Enter>");
    let pieces = given(&world);
    assert_eq!(pieces.len(), 2);
    assert!(
        pieces.iter().any(|piece| known(piece)[0].is_none()),
        "taken back"
    );
}

#[test]
fn primary_and_secondary_are_a_key_and_taken_back_by_it() {
    for (keys, expected) in [
        ("1", Some("primary")),
        ("2", Some("secondary")),
        ("12", Some("secondary")),
        ("11", None),
    ] {
        let mut world = World::article(80, 24);
        world.keys(&format!("pReport<Enter>{keys}s<Enter>"));
        assert_eq!(known(&given(&world)[0])[1].as_deref(), expected, "{keys}");
    }
}

#[test]
fn the_day_is_todays_unless_it_is_said() {
    for (typed, expected) in [
        ("2026-02-28", "2026-02-28"),
        ("2 March 2026", "2026-03-02"),
        ("yesterday", "2026-03-03"),
        ("", "2026-03-04"),
    ] {
        let mut world = World::article(80, 24);
        world.keys("pReport<Enter>d");
        assert_eq!(status(&mut world), "consulted on (a day): 2026-03-04");
        world.keys(&format!("<Ctrl-u>{typed}<Enter>s<Enter>"));
        assert_eq!(
            known(&given(&world)[0])[2].as_deref(),
            Some(expected),
            "{typed}"
        );
    }
    // It is five in the morning: nowhere has the next day begun.
    for typed in ["03/04/26", "2026-03-05", "2026-03-06"] {
        let mut world = World::article(80, 24);
        world.keys(&format!("pReport<Enter>1d<Ctrl-u>{typed}<Enter>"));
        let again = format!("a day gone by, as 2026-01-31: {typed}");
        assert_eq!(status(&mut world), again);
        // What was typed is there to be put right; its letters choose nothing.
        world.keys("<Ctrl-u>2026-03-01<Enter>s<Enter>");
        let expected = [None, Some("primary"), Some("2026-03-01")];
        let expected = expected.map(|part: Option<&str>| part.map(str::to_owned));
        assert_eq!(known(&given(&world)[0]), expected);
    }
}

#[test]
fn a_place_that_cannot_be_is_asked_for_again() {
    for (typed, label) in [
        (",,;;", "a place, as p. 14, ¶ 3 or 41:07: "),
        ("p. 0", "counted from 1, as p. 1: "),
        ("pp. 16-14", "from the lower on, as pp. 14–16: "),
    ] {
        let mut world = World::article(80, 24);
        world.keys(&format!("pReport<Enter>1w{typed}<Enter>"));
        assert_eq!(status(&mut world), format!("{label}{typed}"));
        world.keys("<Ctrl-u>p. 4<Enter>s<Enter>");
        let expected = [Some("p. 4"), Some("primary")].map(|part| part.map(str::to_owned));
        assert_eq!(known(&given(&world)[0])[..2], expected);
    }
}

#[test]
fn esc_goes_back_a_step_and_keeps_what_was_said() {
    let mut world = World::article(80, 24);
    world
        .keys("pReport<Enter>2w")
        .keys("p. 3<Enter>s")
        .keys("its<Esc>");
    assert!(world.screen().contains("p. 3"), "{}", world.screen());
    assert!(world.screen().contains("others saw · chosen"));
    world.keys("<Esc>");
    assert_eq!(status(&mut world), "evidence, URL or title: Report");
    world.keys(" 4<Enter>");
    let screen = world.screen();
    assert!(
        screen.contains("Report 4") && screen.contains("others saw · chosen"),
        "{screen}"
    );
    world.keys("<Esc><Esc>");
    assert!(
        status(&mut world).starts_with("a confirm"),
        "{}",
        status(&mut world)
    );
    assert_eq!(world.changes, 0);
}

#[test]
fn a_piece_is_put_right_in_the_form_it_was_given_in() {
    let mut world = World::article(80, 24);
    world
        .keys("pReport<Enter>1w")
        .keys("p. 14<Enter>s")
        .keys("6 %<Enter>");
    let before = given(&world);
    world.keys("<Enter>E");
    assert_eq!(status(&mut world), "evidence, URL or title: Report");
    world.keys(" 4<Enter>r<Enter>");
    let after = given(&world);
    let expected = Evidence {
        document: Some("Report 4".to_owned()),
        stance: Open::Known(Stance::Refutes),
        at: after[0].at.clone(),
        ..before[0].clone()
    };
    assert_eq!(after, [expected]);
    assert_eq!(world.changes, 2);
    assert_eq!(&world.on_disk(), world.session().document());
    world.keys("u");
    assert_eq!(given(&world), before, "one undo takes it back");
    world.keys("<Enter>E<Enter><Enter><Enter>");
    assert_eq!(given(&world), before);
    assert!(status(&mut world).contains("nothing changes"));
}

#[test]
fn of_several_pieces_one_is_chosen_to_be_put_right() {
    let mut world = World::article(80, 24);
    world
        .keys("pFirst<Enter>s<Enter>")
        .keys("pSecond<Enter>s<Enter>");
    let first = given(&world)[0].document.clone().expect("a title");
    world.keys("<Enter>Ea");
    let line = format!("evidence, URL or title: {first}");
    assert_eq!(status(&mut world), line);
    world.keys("<Ctrl-u>Third<Enter>c<Enter>");
    assert_eq!(given(&world).len(), 2);
    assert_eq!(given(&world)[0].document.as_deref(), Some("Third"));
}

#[test]
fn a_key_meant_for_the_form_that_has_just_closed_decides_nothing() {
    let kinds = |world: &World| {
        let claim = world.session().selected_annotation().expect("a claim");
        claim.kinds().to_vec()
    };
    for key in ["1", "2", "w"] {
        let mut world = World::article(80, 24);
        let before = kinds(&world);
        world.keys("pReport<Enter>s<Enter>").keys(key);
        assert_eq!((kinds(&world), world.changes), (before, 1), "{key}");
        let told = status(&mut world);
        assert!(told.starts_with(&format!("{key} dropped")), "{told}");
        world.keys(key);
        assert_eq!(world.changes, 2, "pressed again it is meant: {key}");
    }
}

#[test]
fn a_slip_in_a_list_leaves_the_list() {
    let mut world = World::article(80, 24);
    world.keys("r7");
    assert_eq!(status(&mut world), "7 is not in the list; Esc leaves");
    world.keys("2");
    let told = status(&mut world);
    assert!(told.contains("verdict mixed"), "{told}");
}

#[test]
fn a_key_that_is_not_in_the_list_throws_nothing_away() {
    let mut world = World::article(80, 24);
    world.keys("pReport<Enter>1z");
    assert_eq!(status(&mut world), "z is not in the list; Esc goes back");
    world.keys("0s<Enter>");
    assert_eq!(known(&given(&world)[0])[1].as_deref(), Some("primary"));
    assert_eq!(world.changes, 1);
}
