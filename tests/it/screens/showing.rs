//! What the list shows: by worth or as in the text, filters as they are typed, decisions on all.

use super::deciding::status;
use super::world::World;
use proofmark::text::Word;

/// The numbers of the claims, as they are listed.
fn numbers(world: &World) -> String {
    let session = world.session();
    let claims = session.claims().iter();
    let numbers = claims.filter_map(|id| session.claim_number(id));
    numbers.map(|number| format!("{number} ")).collect()
}

#[test]
fn one_key_turns_from_worth_to_text_and_back() {
    let mut world = World::article(120, 24);
    let by_worth = numbers(&world);
    assert!(world.screen().contains("· by worth"), "{}", world.screen());
    world.keys("o");
    assert_eq!(numbers(&world), "1 2 3 4 5 ");
    assert!(world.screen().contains("· as in the text"));
    assert_eq!(status(&mut world), "claims as they stand in the text");
    world.keys(":order source<Enter>");
    assert!(world.screen().contains("· by source"), "{}", world.screen());
    world.keys("o");
    assert_eq!(numbers(&world), by_worth);
}

#[test]
fn a_filter_works_as_it_is_typed_and_esc_shows_all() {
    let mut world = World::article(120, 24);
    world.keys("o\\");
    let mut shown = Vec::new();
    for key in "kind:quantity".chars() {
        world.keys(&key.to_string());
        shown.push(world.session().claims().len());
    }
    // “k” is a word that stands somewhere, “kind” is none, and “kind:” hides nothing yet.
    assert_eq!(shown[4], 5, "{shown:?}");
    assert!(shown[12] < 5 && shown[12] > 0, "{shown:?}");
    let screen = world.screen();
    assert!(screen.contains(" of 5 · “kind:quantity”"), "{screen}");
    assert!(screen.contains("Esc shows all"), "{screen}");
    world.keys("<Enter>");
    assert!(world.session().claims().len() < 5, "Enter keeps it");
    world.keys("<Esc>");
    assert_eq!(world.session().claims().len(), 5, "Esc ends it");
    world.keys("\\zzz");
    assert!(
        world.screen().contains("nothing with this filter"),
        "{}",
        world.screen()
    );
    world.keys("<Esc>");
    assert_eq!(world.session().claims().len(), 5, "Esc in the line as well");
    // A search is ended before a filter, and `q` goes back only when there is neither.
    world.keys("\\tolve<Enter>/bridge<Enter><Esc>");
    assert!(world.session().claims().len() < 5);
    world.keys("q");
    assert_eq!(world.session().claims().len(), 5);
    assert!(!world.quit);
}

#[test]
fn all_that_is_shown_is_decided_after_a_question_by_one_act() {
    let mut world = World::article(120, 24);
    world.keys("\\tolve<Enter>");
    let count = world.session().claims().len();
    assert!(count > 1 && count < 5, "{count}");
    world.keys(":reject shown<Enter>");
    let question = format!("Reject {count} undecided claims, of {count} shown with “tolve”?");
    assert!(world.screen().contains(&question), "{}", world.screen());
    assert_eq!(world.changes, 0, "asked first");
    world.keys("a");
    assert_eq!(world.changes, 0, "any other key goes back");
    world.keys(":reject shown<Enter><Enter>");
    assert_eq!(world.changes, 1, "one act");
    let rejected = |world: &World| {
        let records = world.on_disk();
        let claims = records.annotations().iter().filter(|a| a.is_claim());
        claims.filter(|a| a.status().as_str() == "rejected").count()
    };
    assert_eq!(rejected(&world), count);
    world.keys(":confirm shown<Enter>");
    assert!(status(&mut world).starts_with("nothing shown is undecided"));
    world.keys("u");
    assert_eq!(rejected(&world), 0, "one undo");
    world.keys("<Esc>:rej<Enter>");
    assert_eq!(rejected(&world), 1, "the short name is the one card's");
}

/// The rows of the screen from the one that holds these words on.
fn from_row<'a>(screen: &'a str, words: &str) -> Vec<&'a str> {
    let rows = screen.lines().skip_while(|row| !row.contains(words));
    rows.collect()
}

#[test]
fn a_row_tells_kind_source_and_verdict_as_far_as_there_is_width() {
    // One line: the source at the right, or the verdict once there is one.
    let mut world = World::article(80, 24);
    let screen = world.screen();
    let row = from_row(&screen, "▸ ? 1")[0];
    assert!(row.contains("▸ ? 1 p   The city"), "{screen}");
    assert!(row.contains("Mira Tolve │"), "{screen}");
    let screen = world.keys("r2k").screen();
    let row = from_row(&screen, "▸ ✓ 1")[0];
    assert!(row.contains("mixed │"), "{screen}");
    // Two lines: both below the words.
    let mut world = World::article(160, 60);
    let screen = world.keys("r2k").screen();
    let rows = from_row(&screen, "▸ ✓ 1");
    assert!(rows[1].contains("mixed · Mira Tolve"), "{screen}");
    assert!(rows[2].contains("? 2 "), "{screen}");
    // A click on either line means the row.
    let session = world.session();
    assert_eq!(session.claim_row(), Some(0));
}

#[test]
fn the_card_tells_the_whole_claim_and_what_was_found() {
    let mut world = World::article(160, 45);
    world.keys("phttps://www.example.org/a/b?c<Enter>wp. 14<Enter>sits words<Enter>");
    world.keys("r2");
    let screen = world.screen();
    let rows = from_row(&screen, "├ card");
    assert!(
        rows[1].contains("│ The city will close the Orlan bridge for 14 months"),
        "{screen}"
    );
    assert!(rows[2].contains("claim    1 · prediction"), "{screen}");
    for line in [
        "verdict  mixed",
        "evidence supports: example.org, p. 14",
        "status   confirmed by ana, 2026-03-04",
    ] {
        assert!(
            rows.iter().any(|row| row.contains(line)),
            "{line}\n{screen}"
        );
    }
    assert!(!screen.contains("ana@example.org"), "{screen}");
    // What is not there takes no row.
    let screen = World::article(160, 45).screen();
    for empty in ["verdict ", "evidence", "note "] {
        let rows = from_row(&screen, "├ card");
        let rows = rows.iter().take_while(|row| !row.starts_with(" a confirm"));
        assert!(
            rows.clone().all(|row| !row.contains(empty)),
            "{empty}\n{screen}"
        );
    }
}

#[test]
fn the_words_are_whole_on_the_card_of_any_size_and_before_and_after_the_decision() {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24), (120, 40)] {
        for keys in [
            "",
            "a",
            "r2",
            "cseen by many people in many places<Enter>",
            "m",
        ] {
            let mut world = World::article(columns, rows);
            world.keys("j").keys(keys);
            // Back to it, which keys that decide leave.
            let screen = world.keys("ggj").screen();
            let card = card_of(&screen);
            let words = "lost a third of their steel … and nobody can see it from above";
            assert!(card.contains(words), "{columns}x{rows} {keys}\n{screen}");
        }
    }
}

/// What the card says, in one line; where it has no frame, the whole screen.
fn card_of(screen: &str) -> String {
    let frame = screen.lines().position(|row| row.contains("├ card"));
    let (top, left) = match frame.and_then(|top| Some((top, screen.lines().nth(top)?))) {
        Some((top, row)) => (
            top + 1,
            row.chars().position(|sign| sign == '├').unwrap_or(0),
        ),
        None => (0, 0),
    };
    let rows = screen.lines().skip(top);
    let rows = rows.map(|row| row.chars().skip(left).collect::<String>().replace('│', " "));
    let words: Vec<String> = rows
        .flat_map(|row| {
            row.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    words.join(" ")
}

#[test]
fn a_claim_and_a_card_without_a_source_say_the_same() {
    let mut world = World::article(160, 45);
    let screen = world.keys("Gk").screen();
    assert!(
        from_row(&screen, "▸ ? 4")[0].contains("   the article │"),
        "{screen}"
    );
    assert!(screen.contains("source   the article "), "{screen}");
    assert!(!screen.contains("no source"), "{screen}");
}
