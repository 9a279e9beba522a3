//! Hints: which words have letters and how many, whether they stay and can be taken back, and
//! what an end that jumps does.

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
fn the_words_nearest_the_cursor_have_one_letter_and_short_words_stay_to_be_read() {
    let screen = after("i").screen();
    for row in [
        "ild uridge ho llose kn day",
        "fhe jity aill glose rhe erlan wridge qor p4 tonths, yaid",
        "txbazfzjnamed zduncil",
    ] {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
}

#[test]
fn letters_stay_where_they_are_between_start_and_end() {
    let screen = after("iu").screen();
    assert!(screen.contains("Old uridge ho llose kn day"), "{screen}");
    let screen = after("if").screen();
    let row = "fhe jity aill glose rhe erlan wridge qor p4 tonths, yaid";
    assert!(screen.contains(row), "{screen}");
    assert_eq!(words(&after("iul<Enter>")), "bridge to close");
}

#[test]
fn a_letter_begun_leaves_the_words_it_can_mean() {
    let screen = after("iz").screen();
    assert!(screen.contains("Old bridge to close"), "{screen}");
    // Behind the one letter that there was room for stands the second now.
    assert!(screen.contains("According to fn jnnamed"), "{screen}");
    assert_eq!(words(&after("izyj<Enter>")), "a day");
}

#[test]
fn a_claim_far_from_the_cursor_is_added_by_five_keys() {
    let keys = "izxh1";
    let world = after(keys);
    assert_eq!(words(&world), "the office knew of the damage in 2019");
    assert_eq!((keys.len(), world.changes), (5, 1));
}

#[test]
fn backspace_takes_the_last_that_was_picked_back() {
    for (keys, left) in [
        ("ix<Backspace>u<Enter>", "bridge"),
        ("i<Backspace>u<Enter>", "bridge"),
        ("ifb<Backspace>j<Enter>", "The city"),
        ("iuk<Backspace>d<Enter>", "bridge to close in May"),
        ("iu<Right><Backspace>d<Enter>", "bridge to close in May"),
        ("iu<Backspace>fj<Enter>", "The city"),
        ("iuk<Backspace><Backspace>fj<Enter>", "The city"),
    ] {
        let world = after(keys);
        assert_eq!(words(&world), left, "{keys}");
        assert_eq!(world.changes, 1, "{keys}");
    }
}

#[test]
fn only_words_that_can_be_the_end_have_letters() {
    // A mark stays in its paragraph.
    let screen = after("iu").screen();
    assert!(screen.contains("The city will close"), "{screen}");
    // An end stands at “The” and “months” already.
    let screen = after(";").screen();
    assert!(screen.contains("Old bridge to close in May"), "{screen}");
    assert!(screen.contains("The jity kill hlose"), "{screen}");
    assert!(screen.contains("months, faid"), "{screen}");
}

#[test]
fn the_end_that_is_clearly_meant_jumps() {
    for (keys, left) in [
        (";k", "will close the Orlan bridge for 14 months"),
        (";e", "The city will close the Orlan bridge"),
        (
            ";f",
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
        (";ub", "the Orlan bridge for 14 months"),
        (";ue", "The city will close the"),
        (";u<Enter>", "the Orlan bridge for 14 months"),
        (";uo<Enter>", "The city will close the"),
        (";w<Enter>", "The city will close the Orlan"),
        (";wo<Enter>", "Orlan bridge for 14 months"),
        (";woo<Enter>", "The city will close the Orlan"),
        (";u", whole),
        (";u<Esc>", whole),
        (";ueu", whole),
    ] {
        assert_eq!(words(&after(keys)), left, "{keys}");
    }
    let mut world = after(";u");
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
    assert_eq!(shown(";w"), "The city will close the Orlan");
    assert_eq!(shown(";wo"), "Orlan bridge for 14 months");
}
