//! Voice, sources, cuts and verdicts by keys: what the screen asks and what comes of it.

use super::deciding::status;
use super::world::World;

/// The words of the claims shown, in order.
fn claims(world: &World) -> Vec<String> {
    let session = world.session();
    let words = session.claims().iter().map(|id| {
        let claim = session.document().annotation(id).expect("a shown claim");
        claim.target.quote.words(" … ")
    });
    words.collect()
}

fn selected(world: &World) -> usize {
    world.session().claim_row().expect("a claim")
}

#[test]
fn a_voice_is_chosen_by_its_letter_or_typed() {
    for (keys, voice) in [
        ("gvd", "direct"),
        ("gvo", "own"),
        (":voice own<Enter>", "own"),
    ] {
        let mut world = World::article(80, 24);
        world.keys(keys);
        let session = world.session();
        let claim = session.selected_annotation().expect("a claim");
        assert_eq!((claim.voice(), world.changes), (Some(voice), 1), "{keys}");
        assert!(status(&mut world).starts_with(&format!("claim 1: voice {voice}")));
    }
    let mut world = World::article(80, 24);
    world.keys(":voice loud<Enter>");
    assert_eq!(
        status(&mut world),
        "“loud” is no voice: one of own, direct, indirect"
    );
}

#[test]
fn a_source_is_put_right_from_its_claim() {
    let mut world = World::article(80, 24);
    world.keys("gn");
    assert!(
        status(&mut world).contains("name of the source: Mira Tolve"),
        "{}",
        status(&mut world)
    );
    world.keys("<Ctrl-u>M. Tolve<Enter>gt2grengineer<Enter>");
    let row = &world.session().sources()[0];
    assert_eq!(row.name, "M. Tolve");
    let source_type = row.source_type.as_ref().map(|known| known.as_str());
    assert_eq!(source_type, Some("unnamed person"));
    assert_eq!(world.changes, 3);
    world.keys("uuu");
    assert_eq!(world.session().sources()[0].name, "Mira Tolve");
    let sources = world.session().sources().len();
    world.keys("gsa");
    assert_eq!(world.session().sources().len(), sources - 1);
    world.keys("gp");
    assert_eq!(world.session().sources().len(), sources);
}

#[test]
fn a_claim_is_cut_by_a_hint_and_joined_by_a_key() {
    let mut world = World::article(80, 24);
    let before = claims(&world);
    world.keys("B");
    assert!(status(&mut world).contains("cut before it"));
    // The third word that can begin a second claim.
    world.keys("d");
    let after = claims(&world);
    assert_eq!(after.len(), before.len() + 1);
    // The list goes by worth, so the second part may stand anywhere in it.
    assert_eq!(after[selected(&world)], "The city will");
    let second = "close the Orlan bridge for 14 months".to_owned();
    assert!(after.contains(&second), "{after:?}");
    world.keys("M");
    assert_eq!(claims(&world)[selected(&world)], before[0]);
    world.keys("uu");
    assert_eq!(claims(&world), before);
    world.keys("BB");
    assert_eq!(
        status(&mut world),
        "no clause ends inside it: a hint says where"
    );
}

#[test]
fn a_verdict_says_on_which_claim_and_can_go_to_the_one_just_decided() {
    let mut world = World::article(80, 24);
    world.keys("ar");
    assert!(
        world.screen().contains("verdict on 2: The piers have lost"),
        "{}",
        world.screen()
    );
    world.keys("r");
    assert!(
        world.screen().contains("verdict on 1: The city will close"),
        "{}",
        world.screen()
    );
    world.keys("3");
    assert_eq!(selected(&world), 0);
    let session = world.session();
    assert_eq!(session.verdict(&session.claims()[0]), Some("false"));
    assert!(status(&mut world).starts_with("claim 1: verdict false"));
    let mut world = World::article(80, 24);
    world.keys("rr");
    assert_eq!(status(&mut world), "no claim was decided yet; Esc leaves");
}

#[test]
fn the_stance_at_hand_never_goes_against_the_verdict() {
    for (verdict, stance) in [
        ("r1", "supports"),
        ("r3", "refutes"),
        ("r2", "context"),
        ("", "context"),
    ] {
        let mut world = World::article(80, 24);
        world.keys(verdict).keys("pa book<Enter><Enter><Enter>");
        let claim = world.session().selected_annotation().expect("a claim");
        assert_eq!(claim.evidence[0].1.stance.as_str(), stance, "{verdict}");
    }
}
