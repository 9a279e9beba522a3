//! Hints: which words have letters, whether the letters stay, and what an end that jumps does.

use super::deciding::status;
use super::world::World;

/// The words of the selected claim.
fn words(world: &World) -> String {
    let claim = world.session().selected_annotation().expect("a claim");
    claim.target.quote.exact.clone()
}

/// The first claim's words are “The city will close the Orlan bridge for 14 months”.
fn after(keys: &str) -> World {
    let mut world = World::article(120, 40);
    world.keys(keys);
    world
}

#[test]
fn letters_stay_where_they_are_between_start_and_end() {
    let mut world = after("i");
    assert!(world.screen().contains("ffd fjidge fd fkose fa fly"));
    assert!(world.screen().contains("fge fhty"), "{}", world.screen());
    world.keys("fj");
    let screen = world.screen();
    assert!(screen.contains("Old fjidge fd fkose fa fly"), "{screen}");
    world.keys("f");
    let screen = world.screen();
    assert!(screen.contains("Old fjidge fd fkose fa fly"), "{screen}");
    world.keys("k<Enter>");
    assert_eq!(words(&world), "bridge to close");
}

#[test]
fn only_words_that_can_be_the_end_have_letters() {
    // A mark stays in its paragraph.
    let screen = after("ifj").screen();
    assert!(screen.contains("The city will close"), "{screen}");
    // An end stands at “The” and “months” already.
    let screen = after(";").screen();
    assert!(screen.contains("Old bridge to close in May"), "{screen}");
    assert!(screen.contains("The ffty fjll fdose"), "{screen}");
    assert!(screen.contains("months, fr"), "{screen}");
}

#[test]
fn the_end_that_is_clearly_meant_jumps() {
    for (keys, left) in [
        (";fj", "will close the Orlan bridge for 14 months"),
        (";fl", "The city will close the Orlan bridge"),
        (
            ";fr",
            "The city will close the Orlan bridge for 14 months, said",
        ),
    ] {
        let world = after(keys);
        assert_eq!(words(&world), left, "{keys}");
        assert_eq!(world.changes, 1, "{keys}");
    }
}

#[test]
fn where_either_end_can_be_meant_it_is_asked_and_shown() {
    let whole = "The city will close the Orlan bridge for 14 months";
    for (keys, left) in [
        (";fkb", "the Orlan bridge for 14 months"),
        (";fke", "The city will close the"),
        (";fk<Enter>", "the Orlan bridge for 14 months"),
        (";fko<Enter>", "The city will close the"),
        (";fa<Enter>", "The city will close the Orlan"),
        (";fao<Enter>", "Orlan bridge for 14 months"),
        (";faoo<Enter>", "The city will close the Orlan"),
        (";fk", whole),
        (";fk<Esc>", whole),
        (";fkeu", whole),
    ] {
        assert_eq!(words(&after(keys)), left, "{keys}");
    }
    let mut world = after(";fk");
    assert!(status(&mut world).contains("b the start there"));
    world.keys("<Ctrl-b><Ctrl-e>z");
    assert!(status(&mut world).contains("o shows the other"));
    assert_eq!(world.changes, 0);
    assert!(world.would_change("b") && world.would_change("e") && !world.would_change("o"));
}

#[test]
fn what_becomes_of_the_mark_is_shown_as_marked() {
    let shown = |keys: &str| {
        let mut world = World::article(80, 24);
        world.keys(keys);
        let picture = world.picture();
        let mut lines = picture.lines();
        let text = lines
            .find(|line| line.contains("The city will"))
            .expect("it");
        let roles = lines.next().expect("roles beneath").chars();
        let marked = text
            .chars()
            .zip(roles)
            .filter(|(_, role)| "vV".contains(*role));
        marked.map(|(sign, _)| sign).collect::<String>()
    };
    assert_eq!(shown(";fa"), "The city will close the Orlan");
    assert_eq!(shown(";fao"), "Orlan bridge for 14 months");
}
