//! The tutor: what its steps ask for, what counts as done, and what is said otherwise.

use super::world::World;

/// Keys that take each step in turn, and words of the claim that it is about.
const PATH: [(&str, &str); 15] = [
    ("j", "The harbour handled"),
    ("a", "The city paid"),
    ("x", "Nobody loves this"),
    ("u", ""),
    ("2", "Container traffic rose"),
    ("wee", "the strike cost"),
    ("sf", "The quay is"),
    ("r1cseen<Enter>", "The quay is"),
    ("pcadastre<Enter>s<Enter>", "The quay is"),
    ("HINTS<Enter>", ""),
    ("<Tab><Tab><Tab>", "The quay is"),
    ("Gj<Enter>", "The harbour handled"),
    ("n", ""),
    ("?<Esc>", ""),
    ("f<Enter>", ""),
];

/// Takes a step.
fn take(world: &mut World, step: usize) {
    let (keys, _) = PATH[step];
    match keys.strip_prefix("HINTS") {
        Some(enter) => {
            let plain = world.screen();
            world.keys("i");
            for words in ["The last", "1987"] {
                let letters = letters_on(words, &plain, &world.screen());
                world.keys(&letters);
            }
            world.keys(enter)
        }
        None => world.keys(keys),
    };
}

/// The two letters of the hint that stands where words of the article stood.
fn letters_on(words: &str, plain: &str, hinted: &str) -> String {
    // The box of the tutor names the same words.
    let mut lines = plain.lines().zip(hinted.lines()).skip(5);
    let found = lines.find_map(|(line, over)| Some((line.find(words)?, line, over)));
    let (at, line, over) = found.unwrap_or_else(|| panic!("no {words} in\n{plain}"));
    let column = line[..at].chars().count();
    over.chars().skip(column).take(2).collect()
}

/// The desk when so many steps were taken.
fn after(steps: usize, columns: u16, rows: u16) -> World {
    let mut world = World::practice(columns, rows);
    (0..steps).for_each(|step| take(&mut world, step));
    world
}

/// What stands above the title line, on one line.
fn told(world: &mut World) -> String {
    let screen = world.screen();
    let lines = screen
        .lines()
        .take_while(|line| !line.contains("proofmark · "));
    lines
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

#[test]
fn the_cards_are_the_claims_of_the_steps_and_no_others() {
    let world = World::practice(120, 40);
    let session = world.session();
    let claims = session
        .claims()
        .iter()
        .filter_map(|id| session.document().annotation(id));
    let words: Vec<&str> = claims
        .map(|claim| claim.target.quote.exact.as_str())
        .collect();
    assert_eq!(
        words,
        [
            "The harbour handled 412,000 containers last year",
            "The city paid 3.4 million crowns for the new crane in 2023",
            "Nobody loves this harbour more than I do",
            "Container traffic rose 12 percent between 2021 and 2023",
            "that the strike cost the region 11 million crowns",
            "The quay is 2.3 kilometres long",
        ]
    );
    assert_eq!(session.folded_count(), 1);
}

#[test]
fn each_step_is_over_when_it_was_done_and_not_before() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
        let mut world = World::practice(columns, rows);
        for (step, (keys, _)) in PATH.iter().enumerate() {
            let here = format!("{} of 15:", step + 1);
            assert!(
                told(&mut world).contains(&here),
                "{here} {}",
                world.screen()
            );
            world.keys("S<Esc>");
            assert!(
                told(&mut world).contains(&here),
                "S at {here} {}",
                world.screen()
            );
            take(&mut world, step);
            assert!(
                !told(&mut world).contains(&here),
                "{keys} at {here} {}",
                world.screen()
            );
        }
        assert!(told(&mut world).starts_with("That is all of it. Q leaves"));
    }
}

#[test]
fn a_step_shows_its_claim_in_the_article() {
    let mut world = World::practice(80, 24);
    for (step, (_, words)) in PATH.iter().enumerate() {
        let screen = world.screen();
        let article = screen
            .lines()
            .skip(5)
            .map(|line| line.chars().take(45).collect::<String>());
        let article = article.collect::<Vec<_>>().join(" ").replace('│', " ");
        let article = article.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            article.contains(words),
            "step {}: {words}\n{screen}",
            step + 1
        );
        take(&mut world, step);
    }
}

#[test]
fn what_was_done_instead_is_said_at_once_with_the_way_back() {
    let cases = [
        (0, "n", "That was “next undecided”; the key for this is j"),
        (1, "x", "Claim 2 is now rejected: u takes that back"),
        (
            1,
            "ja",
            "That was claim 3, and this is about claim 2: u takes it back",
        ),
        (1, "j", "This is about claim 2: k and j go there"),
        (2, "a", "Claim 3 is now confirmed: u takes that back"),
        (4, "3", "Claim 4 is now event: u takes that back"),
        (4, "a", "Claim 4 is now quantity: u takes that back"),
        (
            5,
            "b",
            "Claim 5 is now “said that the strike cost the region 11 million crowns”: u",
        ),
        (
            5,
            "w",
            "It is now “the strike cost the region 11 million crowns”",
        ),
        (5, "a", "Claim 5 is now confirmed: u takes that back"),
        (
            6,
            "sb",
            "Claim 6 is now from its accounts: u takes that back",
        ),
        (
            6,
            "s-",
            "Claim 6 is now in the article’s own words: u takes that back",
        ),
        (7, "r1", "Your verdict is “true”; now the note: c"),
        (7, "cok<Enter>", "The note is there; now the verdict: r"),
        (9, "v<Enter>", "You marked “"),
        (10, "<Tab>", "These are the sources; on with Tab"),
        (12, "j", "That was “next”; the key for this is n"),
    ];
    for (steps, keys, expected) in cases {
        let mut world = after(steps, 120, 40);
        let task = format!("{} of 15:", steps + 1);
        assert!(
            told(&mut world).contains(&task),
            "{task} {}",
            world.screen()
        );
        world.keys(keys);
        let said = told(&mut world);
        assert!(said.contains(expected), "{keys} at {task} {said}");
        assert!(said.contains(&task), "{keys} at {task} {said}");
    }
}

#[test]
fn what_was_taken_back_before_does_not_count_as_taken_back() {
    let mut world = after(1, 120, 40);
    world.keys("x").keys("u");
    take(&mut world, 1);
    take(&mut world, 2);
    assert!(told(&mut world).contains("4 of 15: Take that back"));
}

#[test]
fn practice_says_that_nothing_is_kept() {
    let mut world = World::practice(80, 24);
    let screen = world.screen();
    assert!(screen.contains("practice, not kept"), "{screen}");
    assert!(
        !screen.contains("saved ") && !screen.contains("· saved"),
        "{screen}"
    );
    let leaving = world.keys("<Ctrl-c>").screen();
    assert!(
        leaving.contains("The practice article is thrown away"),
        "{leaving}"
    );
}

#[test]
fn a_step_leaves_room_for_the_desk() {
    insta::assert_snapshot!("tutor@80x24", World::practice(80, 24).picture());
    insta::assert_snapshot!("tutor@40x10", World::practice(40, 10).picture());
}
