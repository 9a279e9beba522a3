//! What a key did stands on the screen with the key that takes it back; letters of sources
//! stay theirs.

use proofmark::tui::command::TABLE;

use super::deciding::status;
use super::world::World;

#[test]
fn what_a_change_did_is_told_with_the_key_that_takes_it_back() {
    for (keys, told) in [
        ("a", "claim 1 confirmed"),
        ("x", "claim 1 rejected"),
        ("5", "claim 1: kind causation"),
        ("jjb", "claim 3 starts with “member,”"),
        ("w", "claim 1 starts with “city”"),
        ("e", "claim 1 ends with “said”"),
        ("E", "claim 1 ends with “14”"),
        ("sb", "claim 1 linked to an unnamed council member"),
        ("s-", "claim 1 linked to nobody"),
        ("sAda Orr<Enter>", "claim 1 linked to Ada Orr"),
        ("r2", "claim 1 confirmed with the verdict mixed"),
        ("ttown<Enter>", "claim 1: tag added: town"),
        ("ttown<Enter>ttown<Enter>", "claim 1: tag taken away: town"),
        ("pReport<Enter>s<Enter>", "claim 1: evidence added"),
        ("CIt closes.<Enter>", "claim 1: put in your own words"),
        ("z", "article put off"),
        ("zz", "article taken up again"),
        ("akX", "answer to claim 1 taken back"),
        ("1j.", "claim 2: kind quantity"),
        ("<Tab>a", "source Mira Tolve confirmed"),
        ("iu3", "claim “bridge” added"),
        ("+u<Enter>", "claim 1: piece added"),
        (":reject<Enter>", "claim 1 rejected"),
    ] {
        let mut world = World::article(120, 40);
        let screen = world.keys(keys).screen();
        let said = format!("{told} · u undoes");
        assert!(screen.contains(&said), "{keys}: {said}\n{screen}");
        // Going on does not hide it: who pressed 5 for 5j sees what became of it.
        let screen = world.keys("j").screen();
        assert!(screen.contains(&said), "{keys} j: {said}\n{screen}");
        let screen = world.keys("<Esc>").screen();
        assert!(!screen.contains("undoes"), "{keys} j Esc\n{screen}");
    }
    let mut world = World::article(80, 24);
    world.keys("5j");
    assert!(
        status(&mut world).starts_with("claim 1: kind causation · u undoes"),
        "{}",
        status(&mut world)
    );
    world.keys("u");
    assert!(
        status(&mut world).starts_with("undone: claim 1: kind causation · U does it again"),
        "{}",
        status(&mut world)
    );
    world.keys("U");
    assert!(
        status(&mut world).starts_with("done again: claim 1: kind causation · u undoes"),
        "{}",
        status(&mut world)
    );
}

#[test]
fn every_command_that_changes_something_says_so() {
    for entry in TABLE.iter().filter(|entry| entry.command.decides()) {
        let mut world = World::article(120, 40);
        world.keys("1<Esc>jj");
        let before = world.changes;
        world.keys(&entry.keys[0].replace(' ', ""));
        if world.changes > before {
            let status = status(&mut world);
            assert!(status.contains("· u undoes"), "{}: {status}", entry.name);
        }
    }
}

#[test]
fn the_key_that_takes_it_back_is_named_on_narrow_screens_too() {
    for (columns, said) in [
        (40, "undone: claim 1: ki… · U does it again"),
        (30, "undone: claim 1: kind causa…"),
    ] {
        let mut world = World::article(columns, 10);
        world.keys("5u");
        assert_eq!(status(&mut world), said);
        world.keys("g3");
        let status = status(&mut world);
        assert!(status.ends_with("… · u undoes"), "{status}");
    }
}

#[test]
fn what_did_not_reach_the_disk_is_not_told_as_done() {
    let mut world = World::article(200, 24);
    world.disk_full = true;
    world.keys("5");
    let status = status(&mut world);
    assert!(
        !status.contains("undoes") && status.contains("taken back"),
        "{status}"
    );
}

#[test]
fn a_source_that_is_not_in_the_article_is_named_whatever_its_first_letter() {
    for (keys, typed) in [
        ("szoe", "zoe"),
        ("sAnn", "Ann"),
        ("s3M", "3M"),
        ("sÅsa", "Åsa"),
        ("sélan", "élan"),
        ("sМара", "Мара"),
        ("s=bbc", "bbc"),
        ("s=sky", "sky"),
        ("s=мара", "мара"),
    ] {
        let mut world = World::article(80, 24);
        world.keys(keys);
        assert_eq!(status(&mut world), format!("source: {typed}"));
        assert_eq!(world.changes, 0, "{keys}");
        world.keys("<Enter>");
        let claim = world.session().selected_annotation().expect("a claim");
        assert_eq!(claim.attribute("source_name"), Some(typed));
    }
}

#[test]
fn a_source_keeps_its_letter_from_card_to_card() {
    let mut world = World::article(80, 24);
    let mut seen = Vec::new();
    for _ in 0..5 {
        let screen = world.keys("s").screen();
        let letters: Vec<(String, String)> = screen
            .lines()
            .flat_map(|line| line.split('│'))
            .filter_map(|row| {
                let (letter, name) = row.strip_prefix(' ')?.split_once("  ")?;
                (letter.len() == 1).then(|| (letter.to_owned(), name.to_owned()))
            })
            .map(|(letter, name)| {
                let name = name.split(" ·").next().unwrap_or("").trim().to_owned();
                (name, letter)
            })
            .collect();
        let mut letters = letters;
        letters.sort();
        seen.push(letters);
        world.keys("<Esc>j");
    }
    assert_eq!(seen[0].len(), 2, "{seen:?}");
    assert!(seen.iter().all(|letters| *letters == seen[0]), "{seen:?}");
    // Also with a source that came later, and stands before the others.
    world.keys("gg").keys("siu<Enter>").keys("s");
    let screen = world.screen();
    for (name, letter) in &seen[0] {
        assert!(
            screen.contains(&format!("{letter}  {name}")),
            "{letter} {name}\n{screen}"
        );
    }
    world.keys("b");
    assert!(
        status(&mut world).contains("linked to an unnamed"),
        "{}",
        status(&mut world)
    );
}

#[test]
fn putting_off_the_open_article_is_seen() {
    let mut world = World::article(80, 24);
    world.keys("z");
    let screen = world.screen();
    assert!(screen.contains("article put off · u undoes"), "{screen}");
    assert!(
        screen
            .lines()
            .next()
            .is_some_and(|title| title.contains("put off")),
        "{screen}"
    );
    let screen = world.keys("z<Esc>").screen();
    assert!(!screen.contains("put off"), "{screen}");
}

#[test]
fn an_older_undo_does_not_stand_beside_a_newer_message() {
    let mut world = World::article(120, 24);
    world.keys("a<F9>");
    assert_eq!(status(&mut world), "F9 does nothing here; ? shows all keys");
    world.keys("k");
    assert!(status(&mut world).starts_with("claim 1 confirmed · u undoes"));
}

#[test]
fn marking_that_is_left_gives_the_keys_back() {
    let mut world = World::article(120, 24);
    let words = |world: &World| {
        let claim = world.session().selected_annotation().expect("a claim");
        claim.target.quote.exact.clone()
    };
    let first = words(&world);
    world.keys("v<Esc>j");
    assert_ne!(words(&world), first, "j goes on in the claims");
    world.keys("k<Tab><Tab><Tab>h");
    world.keys("v<Esc>j");
    assert_eq!(words(&world), first, "they were in the article before");
}

#[test]
fn what_is_no_longer_there_is_not_undone_and_not_done_again() {
    let mut world = World::article(120, 24);
    world.keys("ax");
    let mut world = world.without_sidecars();
    world.keys("<Enter>f<Enter>u");
    assert!(status(&mut world).starts_with("undone: article finished"));
    for _ in 0..2 {
        world.keys("u");
        let told = status(&mut world);
        assert!(told.starts_with("nothing to undo"), "{told}");
    }
    world.keys("U");
    let told = status(&mut world);
    assert!(told.contains("done again: article finished"), "{told}");
}
