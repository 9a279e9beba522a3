//! The line at the end of the claims, and words that stand alone on a card.

use super::deciding::status;
use super::world::World;

fn row(world: &mut World, words: &str) -> String {
    let screen = world.screen();
    let mut rows = screen.lines().filter(|row| row.contains(words));
    rows.next().unwrap_or_default().to_owned()
}

#[test]
fn the_line_below_the_claims_opens_the_fold_and_closes_it() {
    let mut world = World::folded(120, 24);
    assert!(
        row(&mut world, "claims 3").contains("claims 3 "),
        "{}",
        world.screen()
    );
    assert_ne!(row(&mut world, "2 more, seldom worth checking: Enter"), "");
    assert_eq!(
        row(&mut world, "12,000 cars").matches("12,000").count(),
        1,
        "no row"
    );
    world.keys("jjj");
    assert!(
        row(&mut world, "2 more, seldom").contains("▸"),
        "{}",
        world.screen()
    );
    assert_ne!(row(&mut world, "2 claims stand below"), "");
    snapshot("fold-closed", &mut world);
    world.keys("<Enter>");
    assert_eq!(status(&mut world), "2 claims below the fold are shown");
    assert_ne!(row(&mut world, "folded · The bridge"), "");
    assert_ne!(row(&mut world, "2 seldom worth checking: Enter hides"), "");
    snapshot("fold-open", &mut world);
    // In their places, decided on as any, and back.
    world.keys("ggjjj");
    let words = |world: &World| {
        let claim = world.session().selected_annotation().expect("a claim");
        claim.target.quote.exact.clone()
    };
    assert_eq!(words(&world), "The bridge carries 12,000 cars a day");
    world.keys("x");
    assert_eq!(world.changes, 1);
    assert_ne!(row(&mut world, "1 seldom worth checking"), "");
    world.keys("u:folded<Enter>");
    assert_ne!(row(&mut world, "2 more, seldom worth checking"), "");
    world.keys(":folded<Enter>");
    assert_ne!(row(&mut world, "2 seldom worth checking"), "");
}

#[test]
fn nothing_is_decided_from_the_line() {
    for keys in [
        "a", "x", "m", "1", "w", ".", "s", "r", "c", "C", "t", "p", "*", "X", ";", "v",
    ] {
        let mut world = World::folded(120, 24);
        world.keys("jjj").keys(keys);
        let said = status(&mut world);
        assert!(said.starts_with("this line is no claim"), "{keys}: {said}");
        world.keys("<Esc>:note it<Enter>");
        assert_eq!(world.changes, 0, "{keys}");
        assert!(
            status(&mut world).starts_with("this line is no claim"),
            "{keys}"
        );
        // Up again the last claim is where it was.
        world.keys("k");
        assert!(row(&mut world, "▸").contains(" 3 "), "{}", world.screen());
        world.keys("a");
        assert_eq!(world.changes, 1, "{keys}");
    }
}

#[test]
fn nothing_below_a_fold_and_no_line() {
    let mut world = World::article(100, 24);
    world.keys("jjjjjjj:folded<Enter>");
    assert_eq!(status(&mut world), "no claim stands below a fold here");
    assert_eq!(row(&mut world, "seldom worth"), "");
    // Nor under a filter, where rows are chosen by other means.
    let mut world = World::folded(120, 24);
    world.keys(":filter undecided<Enter>");
    assert_eq!(row(&mut world, "seldom worth"), "");
}

#[test]
fn words_that_stand_alone_are_taken_over_by_one_key_and_kept_by_another() {
    let mut world = World::folded(120, 24);
    let words = "The piers of the Orlan bridge have lost a third of their steel";
    world.keys("j");
    assert_ne!(row(&mut world, "in full?"), "", "{}", world.screen());
    let text = |world: &World| {
        let document = world.on_disk();
        let mut claims = document.annotations().iter().filter(|a| a.is_claim());
        let claim = claims.find(|a| a.target.quote.exact.contains("piers"));
        claim.and_then(|a| a.attribute("claim_text").map(str::to_owned))
    };
    snapshot("stand-alone", &mut world);
    // Neither confirming nor leaving the line takes them.
    world.keys("akC<Esc>");
    assert_eq!(text(&world), None);
    world.keys("C");
    assert!(status(&mut world).contains(words), "{}", status(&mut world));
    world.keys(" today<Enter>");
    assert_eq!(text(&world), Some(format!("{words} today")));
    assert_eq!(row(&mut world, "in full?"), "");
}

#[test]
fn a_narrow_screen_has_the_line_in_short() {
    let mut world = World::folded(62, 14);
    assert_ne!(
        row(&mut world, "2 more · Enter shows"),
        "",
        "{}",
        world.screen()
    );
    world.keys(":folded<Enter>Gj");
    assert_ne!(
        row(&mut world, "2 seldom · Enter hides"),
        "",
        "{}",
        world.screen()
    );
}

fn snapshot(name: &str, world: &mut World) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, world.picture());
    });
}
