//! What a reviewer does, from start to end, by keys alone.

use std::path::Path;

use proofmark::annotations::{Decision, Status};
use proofmark::review::Item;
use proofmark::store::Offer;
use proofmark::tui::event::Event;
use proofmark::tui::widget::Theme;

use super::story;
use super::world::{BROKEN, World};

fn statuses(world: &World) -> Vec<(String, Status)> {
    let session = world.session();
    let claims = session.claims().iter();
    let row = |id| {
        let claim = session.document().annotation(id).expect("a shown claim");
        (claim.target.quote.words(" … "), claim.status())
    };
    claims.map(row).collect()
}

#[test]
fn one_key_decides_and_goes_on_until_all_is_decided() {
    let mut world = World::article(80, 24);
    world.keys("aaxaa");
    let statuses = statuses(&world);
    let rejected = statuses
        .iter()
        .filter(|(_, status)| *status == Status::Rejected)
        .count();
    assert_eq!((statuses.len(), rejected), (5, 1));
    assert!(world.screen().contains("5/5 decided"));
    assert!(world.screen().contains("saved"));
    assert_eq!(world.journal.len(), 5, "one act a key");
}

#[test]
fn a_link_taken_back_leaves_the_keys_with_its_claim() {
    let mut changed = 0;
    for claim in 0..5 {
        for link in ["a", "b", "c", "d", "e", "-", "=Somebody Else<Enter>"] {
            let mut world = World::article(80, 24);
            world.keys(&"j".repeat(claim));
            let claim = world.session().selected().cloned();
            world.keys("s").keys(link);
            if world.changes == 0 {
                continue;
            }
            changed += 1;
            world.keys("u");
            assert_eq!(world.session().selected(), claim.as_ref(), "{link}");
        }
    }
    assert!(changed > 10, "{changed}");
}

#[test]
fn confirming_a_claim_confirms_its_link_and_source_in_one_undo() {
    let mut world = World::article(80, 24);
    world.keys("a");
    let session = world.session();
    let claim = session.claims()[0].clone();
    let link = session.document().source_link(&claim).expect("a link");
    assert_eq!(link.status(), Status::Confirmed);
    let source = session.document().source_of(&claim).expect("a source");
    assert_eq!(source.status(), Status::Confirmed);
    world.keys("u");
    let session = world.session();
    assert_eq!(
        session
            .document()
            .source_of(&claim)
            .expect("a source")
            .status(),
        Status::Undecided
    );
    assert!(world.screen().contains("0/5 decided"));
}

#[test]
fn a_claim_of_two_pieces_is_added_linked_judged_and_found_on_disk() {
    let mut world = World::article(120, 40);
    // “bridge”, by its hint.
    world.keys("iu").keys("<Right>1");
    let added = world
        .session()
        .selected_annotation()
        .expect("the new claim")
        .clone();
    assert_eq!(added.target.quote.exact, "bridge to");
    assert_eq!(added.status(), Status::Added);
    assert_eq!(added.kinds()[0].as_str(), "quantity");
    world.keys("+k").keys("<Enter>");
    let split = world
        .session()
        .selected_annotation()
        .expect("the claim")
        .clone();
    assert_eq!(split.id, added.id);
    assert_eq!(split.target.quote.gaps.len(), 1, "{:?}", split.target.quote);
    world.keys("ss").keys("r2").keys("c12 crowns<Enter>");
    let document = world.on_disk();
    let claim = document.annotation(&added.id).expect("on disk");
    let review = claim.review_of("ana@example.org").expect("my review");
    assert_eq!(review.decision.known(), Some(Decision::Add));
    assert_eq!(review.verdict.as_deref(), Some("mixed"));
    assert_eq!(review.note.as_deref(), Some("12 crowns"));
    assert!(document.source_of(&added.id).is_some(), "linked");
    assert_eq!(&document, world.session().document());
}

#[test]
fn evidence_is_added_from_the_open_card() {
    let mut world = World::article(80, 24);
    world
        .keys("<Enter>e")
        .keys("https://stats.example.org/t4<Enter>")
        .keys("r")
        .keys("12.1 %<Enter>");
    let claim = world.session().selected_annotation().expect("a claim");
    let (_, evidence) = claim.evidence.first().expect("evidence");
    assert_eq!(
        evidence.url.as_deref(),
        Some("https://stats.example.org/t4")
    );
    assert_eq!(evidence.stance.as_str(), "refutes");
    assert_eq!(evidence.quote.as_deref(), Some("12.1 %"));
    let screen = world.screen();
    assert!(screen.contains("refutes: stats.example.org"), "{screen}");
}

#[test]
fn a_decision_that_does_not_reach_the_disk_is_not_shown() {
    let mut world = World::article(80, 24);
    world.keys("a");
    world.disk_full = true;
    world.keys("x");
    let screen = world.screen();
    assert!(screen.contains("1/5 decided"), "{screen}");
    assert!(screen.contains("no space left"), "{screen}");
    assert!(!screen.contains("decided · saved"), "{screen}");
    assert_eq!(&world.on_disk(), world.session().document());
    world.keys("x");
    assert!(world.screen().contains("2/5 decided · saved"));
    world.keys("uu");
    assert!(
        world.screen().contains("0/5 decided"),
        "the failed one is not in the history"
    );
}

#[test]
fn finishing_names_what_is_undecided_and_goes_on_to_the_next() {
    let mut world = World::queue(80, 24);
    world.keys("<Enter>af");
    assert!(
        world.screen().contains("4 claims undecided"),
        "{}",
        world.screen()
    );
    world.keys("j");
    assert!(world.screen().contains("not finished"));
    world.keys("f<Enter>");
    assert!(world.screen().contains("ferry.txt"), "{}", world.screen());
    world.keys("u");
    assert!(
        world.screen().contains("bridge.txt"),
        "undo goes back to the article"
    );
    assert!(
        world.screen().contains("undone: article finished"),
        "{}",
        world.screen()
    );
}

#[test]
fn the_queue_finishes_puts_off_and_tags_with_undo() {
    let mut world = World::queue(120, 30);
    world.keys("z");
    assert!(world.screen().contains("later"), "{}", world.screen());
    world.keys("u");
    assert!(!world.screen().contains(" later  "), "{}", world.screen());
    world.keys("tcity<Enter>");
    assert!(world.screen().contains("#city"), "{}", world.screen());
    world.keys("f<Enter>");
    assert!(
        world.screen().contains("1/3 finished"),
        "{}",
        world.screen()
    );
    world.keys("uu");
    assert!(
        world.screen().contains("0/3 finished"),
        "{}",
        world.screen()
    );
    assert!(!world.screen().contains("#city"));
}

#[test]
fn search_goes_round_and_ends() {
    let mut world = World::article(80, 24);
    world.keys("/TOLVE<Enter>");
    assert!(
        world.screen().contains("match 1 of 3"),
        "{}",
        world.screen()
    );
    world.keys("nnn");
    assert!(world.screen().contains("match 1 of 3"));
    world.keys("N");
    assert!(world.screen().contains("match 3 of 3"));
    world.keys("<Esc>n");
    assert!(!world.screen().contains("match"));
}

#[test]
fn commands_are_typed_and_completed() {
    let mut world = World::article(80, 24);
    world.keys(":verdict false<Enter>");
    assert_eq!(
        world.session().verdict(&world.session().claims()[0]),
        Some("false")
    );
    world.keys(":verdict wrong<Enter>");
    assert!(world.screen().contains("house list"), "{}", world.screen());
    world.keys(":w<Enter>");
    assert!(world.screen().contains("already saved"));
    world.keys(":4<Enter>");
    let fourth = world.session().claims()[3].clone();
    assert_eq!(world.session().selected(), Some(&Item::Claim(fourth)));
    world.keys(":filt<Tab>");
    assert!(world.screen().contains(":filter"), "{}", world.screen());
    world.keys("verified<Enter>");
    assert!(
        world.screen().contains("claims 1 of 5"),
        "{}",
        world.screen()
    );
}

#[test]
fn escape_decides_nothing_anywhere() {
    for keys in [
        "", "i", "if", "iff", "v", "s", "r", "c", ":", "/", "?", "f", "<Enter>", ";", ";w", "o",
        "\\", "t",
    ] {
        let mut world = World::article(80, 24);
        world.keys(keys).keys("<Esc>");
        assert_eq!(world.journal.len(), 0, "{keys}<Esc>");
        assert!(!world.quit, "{keys}<Esc>");
    }
}

#[test]
fn pasted_text_is_never_keys() {
    let mut world = World::article(80, 24);
    world.event(proofmark::tui::event::Event::Paste(
        "aaxQ\x1b[31m".to_owned(),
    ));
    assert_eq!((world.journal.len(), world.quit), (0, false));
    world
        .keys("c")
        .event(proofmark::tui::event::Event::Paste("two\nlines".to_owned()));
    world.keys("<Enter>");
    let claim = world.session().selected_annotation().expect("a claim");
    let note = claim
        .review_of("ana@example.org")
        .and_then(|review| review.note.clone());
    assert_eq!(note.as_deref(), Some("two lines"));
}

#[test]
fn an_article_the_detector_breaks_off_on_is_no_longer_being_read() {
    let articles = [(BROKEN, story::TEXT)];
    let mut world = World::new(80, 24, &articles, true, Theme::default());
    let screen = world.screen();
    assert!(screen.contains("reading it failed"), "{screen}");
    assert!(!screen.contains("reading the article"), "{screen}");
}

#[test]
fn decisions_found_beside_the_article_are_taken_up_by_their_own_key_alone() {
    let offer = || {
        Event::Offered(
            "story.txt".into(),
            Offer {
                strays: vec!["old.txt.proofmark.json".into()],
                said: vec!["old.txt.proofmark.json holds 3 decisions of bo".to_owned()],
            },
        )
    };
    let mut world = World::article(80, 24);
    world.event(offer());
    let screen = world.screen();
    assert!(screen.contains("holds 3 decisions of bo"), "{screen}");
    // Neither a key that decides nor one that leads on answers the question.
    for keys in ["a", "<Space>", "<Enter>", "y", "t", "1"] {
        world.keys(keys);
        assert!(world.screen().contains("T takes them up"), "{keys}");
    }
    world.keys("<Esc>");
    assert!(!world.screen().contains("T takes them up"));
    world.event(offer()).keys("n");
    assert!(!world.screen().contains("T takes them up"));
    // As Esc and T arrive in one read: Esc acts.
    world.event(offer()).keys("<Alt-T>");
    assert!(world.taken_up.is_empty() && world.journal.is_empty());
    world.event(offer()).keys("T");
    assert_eq!(world.taken_up, [Path::new("old.txt.proofmark.json")]);
    assert!(world.screen().contains("moved"));
    world.keys("a");
    assert_eq!(world.journal.len(), 1, "the desk goes on");
    world.event(offer()).keys("Q");
    assert!(world.quit);
}

#[test]
fn a_question_about_decisions_fits_the_smallest_screen() {
    let mut world = World::article(20, 5);
    world.event(Event::Offered(
        "story.txt".into(),
        Offer {
            strays: vec!["old.txt.proofmark.json".into()],
            said: vec!["\u{1b}[31mold.txt holds 3 decisions of bo".to_owned()],
        },
    ));
    assert!(!world.screen().contains('\u{1b}'));
    world.keys("T");
    assert_eq!(world.taken_up.len(), 1);
}

#[test]
fn equal_texts_are_told_and_a_copy_is_not_open() {
    let articles = [
        ("story.txt", super::story::TEXT),
        ("wire.txt", super::story::TEXT),
        ("story (1).txt", super::story::TEXT),
    ];
    let mut world = World::new(200, 24, &articles, false, Theme::default());
    let screen = world.screen();
    assert!(
        screen.contains("the same text as story.txt · wire.txt"),
        "{screen}"
    );
    let above = |file: &str| {
        let lines: Vec<&str> = screen.lines().collect();
        let at = lines.iter().position(|line| line.contains(file));
        lines[at.expect("a row") - 1]
    };
    assert!(above("· story (1).txt").contains("copy"), "{screen}");
    assert!(above(" · story.txt").contains("new"), "{screen}");
}

#[test]
fn a_note_beside_the_verdict_just_given_goes_on_to_the_next() {
    let number = |world: &World| {
        let session = world.session();
        let claim = session.selected_annotation().expect("a claim");
        session.claim_number(&claim.id).expect("a number").number
    };
    for (keys, at) in [
        ("r1cseen<Enter>", 2),
        // Nothing is finished by it.
        ("cseen<Enter>", 1),
        ("acseen<Enter>", 2),
        ("akcseen<Enter>", 1),
        // Somebody came back to it.
        ("r1jakkcseen<Enter>", 1),
    ] {
        let mut world = World::article(120, 24);
        world.keys(keys);
        assert_eq!(number(&world), at, "{keys}");
    }
}

#[test]
fn sources_to_choose_stand_in_the_order_of_their_letters() {
    let mut world = World::article(120, 24);
    world.keys("jj").keys("s");
    let screen = world.screen();
    let at = |words: &str| {
        screen
            .find(words)
            .unwrap_or_else(|| panic!("{words}\n{screen}"))
    };
    assert!(at("a  Mira Tolve") < at("b  an unnamed council member"));
    world.keys("s");
    let session = world.session();
    let claim = session.selected_annotation().expect("a claim");
    let source = session.source_name_of(claim).expect("a source");
    assert!(source.contains("council member"), "{source}");
}

#[test]
fn the_title_says_that_an_article_is_finished_though_it_was_put_off() {
    let mut world = World::article(120, 24);
    let title = |world: &mut World| world.screen().lines().next().unwrap_or_default().to_owned();
    world.keys("z");
    assert!(title(&mut world).contains("put off"));
    world.keys("f<Enter>");
    let finished = title(&mut world);
    assert!(
        finished.contains("finished") && !finished.contains("put off"),
        "{finished}"
    );
    world.keys("u");
    assert!(title(&mut world).contains("put off"), "undone");
}

#[test]
fn an_article_is_pasted_into_the_queue() {
    use proofmark::tui::event::Event;

    let mut world = World::queue(80, 24);
    let paste = || Event::Paste("Fares rose.\nBy a third.\n".to_owned());
    // Without the key nothing is added: the clipboard may hold anything.
    world.event(paste());
    assert!(world.outside.is_empty());
    assert!(world.screen().contains("P first, then paste"));
    world.keys("P");
    assert!(
        world.screen().contains("The text of the article."),
        "{}",
        world.screen()
    );
    // What is typed is no text of an article, and decides nothing.
    world.keys("x");
    assert!(
        world.screen().contains("x is no text of an article"),
        "{}",
        world.screen()
    );
    world.event(paste());
    assert_eq!(world.outside, ["add to desk: Fares rose.\nBy a third.\n"]);
    assert!(
        world.screen().contains("added: 2026-03-04-new.txt"),
        "{}",
        world.screen()
    );
    // Left without a paste, nothing waits for one.
    world.keys("P<Esc>").event(paste());
    assert_eq!(world.outside.len(), 1);
    world.keys("P").event(Event::Paste(" \n".to_owned()));
    assert!(
        world.screen().contains("nothing was pasted"),
        "{}",
        world.screen()
    );
    assert_eq!(world.journal.len(), 0);
}

#[test]
fn where_nothing_was_left_out_that_is_said() {
    let mut world = World::article(80, 24);
    world.keys(":left-out<Enter>");
    assert!(
        world
            .screen()
            .contains("no paragraph of this file was left out"),
        "{}",
        world.screen()
    );
}
