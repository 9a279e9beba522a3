//! What a detector of the house found comes beside what is there: no key waits for it, no decision
//! changes, and what it may not do is asked.

use std::path::PathBuf;

use proofmark::detect::{Claim, Findings, Kind, Run, Voice};
use proofmark::ingest;
use proofmark::outside::{Heard, NotHeard};
use proofmark::text::{Mark, Span};
use proofmark::tui::event::Event;

use super::deciding::status;
use super::story::TEXT;
use super::world::World;

fn claim(words: &str) -> Claim {
    let start = TEXT.find(words).expect("in the story");
    Claim {
        mark: Mark::whole(Span::new(start, start + words.len())).expect("words"),
        attribution: None,
        voice: Voice::Own,
        kinds: vec![Kind::Causation],
        checkable: 0.5,
        priority: 1.0,
        keep: 0.0,
        stand_alone: None,
        why: "the house says so".to_owned(),
    }
}

/// The detector found one claim that is there and one that is not.
fn heard() -> Event {
    let claims = [
        "The city will close the Orlan bridge for 14 months",
        "Tolve denied that the office knew of the damage",
    ];
    Event::Heard {
        path: PathBuf::from("story.txt"),
        detector: "house".to_owned(),
        heard: Ok(Box::new(Heard {
            run: Run::new("house", "rules 3"),
            findings: Findings {
                claims: claims.map(claim).to_vec(),
                ..Findings::default()
            },
            told: Some("house: 2 suggestions are not in the article and left out".to_owned()),
        })),
    }
}

fn refused(heard: NotHeard) -> Event {
    Event::Heard {
        path: PathBuf::from("story.txt"),
        detector: "house".to_owned(),
        heard: Err(heard),
    }
}

fn sends() -> NotHeard {
    NotHeard::NotAllowed {
        name: "house".to_owned(),
        host: "api.example.org".to_owned(),
    }
}

#[test]
fn findings_of_another_come_beside_ours_and_over_no_decision() {
    let mut world = World::housed(120, 40);
    world.keys("a");
    let before = world.screen();
    let (decided, total) = counter(&before);
    world.event(heard());
    let screen = world.screen();
    assert_eq!(counter(&screen), (decided, total + 1), "{screen}");
    assert!(
        status(&mut world)
            .starts_with("house (rules 3): 2 claims, 1 of them new; house: 2 suggestions"),
        "{}",
        status(&mut world)
    );
    // One card with both opinions, and who said what.
    world.keys("gg<Enter>");
    let screen = world.screen();
    assert!(
        screen.contains("machine") && screen.contains("rules 3"),
        "{screen}"
    );
    assert_eq!(world.journal.len(), 1, "nothing was decided by it");
    // A second time the same run changes nothing.
    world.keys("<Esc>");
    world.event(heard());
    assert_eq!(counter(&world.screen()), (decided, total + 1));
    // Of an article that is not open nothing is shown.
    let Event::Heard {
        detector, heard, ..
    } = heard()
    else {
        unreachable!("made above");
    };
    let path = PathBuf::from("other.txt");
    world.event(Event::Heard {
        path,
        detector,
        heard,
    });
    assert_eq!(counter(&world.screen()), (decided, total + 1));
}

/// Decided and all, as the screen's first line tells them.
fn counter(screen: &str) -> (usize, usize) {
    let line = screen.lines().next().unwrap_or_default();
    let word = line.split(' ').find(|word| {
        let mut parts = word.split('/').map(|part| part.parse::<usize>().is_ok());
        parts.next() == Some(true) && parts.next() == Some(true)
    });
    let (decided, total) = word
        .and_then(|word| word.split_once('/'))
        .expect("a counter");
    (
        decided.parse().expect("a number"),
        total.parse().expect("a number"),
    )
}

#[test]
fn a_decision_made_while_a_run_is_put_in_stays_and_the_run_comes_behind_it() {
    let mut world = World::housed(120, 40);
    world.holds_runs = true;
    let (_, total) = counter(&world.screen());
    world.event(heard());
    assert_eq!(counter(&world.screen()), (0, total), "not put in yet");
    world.keys("a");
    assert_eq!(world.take_runs(), 1);
    // Made of what was shown before the decision: it is made again, and nothing is taken back.
    assert_eq!(counter(&world.screen()), (1, total));
    assert_eq!(world.take_runs(), 1);
    assert_eq!(counter(&world.screen()), (1, total + 1));
    assert!(status(&mut world).starts_with("house (rules 3): 2 claims, 1 of them new"));
    // Another way of looking is no decision and counts as well: the lists are others.
    let mut other = World::housed(120, 40);
    other.holds_runs = true;
    other.event(heard()).keys("o");
    while other.take_runs() > 0 {}
    assert_eq!(counter(&other.screen()), (0, total + 1));
    assert_eq!(world.take_runs(), 0);
}

#[test]
fn runs_of_several_detectors_are_put_in_one_after_the_other() {
    let mut world = World::housed(120, 40);
    world.holds_runs = true;
    let (_, total) = counter(&world.screen());
    let second = |event: Event| match event {
        Event::Heard {
            path,
            detector,
            heard: Ok(mut heard),
        } => {
            heard.run = Run::new("house", "rules 4");
            heard.findings.claims = vec![claim("knew of the damage")];
            let heard = Ok(heard);
            Event::Heard {
                path,
                detector,
                heard,
            }
        }
        other => other,
    };
    world.event(heard());
    world.event(second(heard()));
    assert_eq!(world.take_runs(), 1);
    assert_eq!(counter(&world.screen()), (0, total + 1));
    assert!(status(&mut world).starts_with("house (rules 3)"));
    assert_eq!(world.take_runs(), 1);
    assert!(status(&mut world).starts_with("house (rules 4): 1 claim, "));
    assert_eq!(world.take_runs(), 0);
    // Left while one is put in: nothing of it is shown elsewhere.
    let mut left = World::queue(120, 40);
    left.holds_runs = true;
    left.keys("<Enter>");
    if let Event::Heard {
        detector, heard, ..
    } = heard()
    {
        left.event(Event::Heard {
            path: PathBuf::from("bridge.txt"),
            detector,
            heard,
        });
    }
    left.keys("q");
    let shown = left.screen();
    assert_eq!(left.take_runs(), 1);
    assert_eq!(left.screen(), shown);
}

#[test]
fn a_run_that_breaks_off_while_it_is_put_in_is_not_put_in_without_what_it_found() {
    let mut world = World::housed(120, 40);
    world.holds_runs = true;
    let (_, total) = counter(&world.screen());
    world.event(heard());
    world.event(Event::NotDetected {
        path: PathBuf::from("story.txt"),
        reason: "it broke off".to_owned(),
    });
    assert_eq!(world.take_runs(), 1, "that one alone");
    assert_eq!(world.take_runs(), 0);
    assert_eq!(counter(&world.screen()), (0, total));
    // The same detector may be asked again.
    world.event(heard());
    assert_eq!(world.take_runs(), 1);
    assert_eq!(counter(&world.screen()), (0, total + 1));
}

#[test]
fn what_was_read_of_another_text_or_a_second_time_is_late() {
    let mut world = World::housed(120, 40);
    let (_, total) = counter(&world.screen());
    let text = *ingest::read("story.txt", TEXT.as_bytes())
        .expect("an article")
        .text_sha256();
    for text in [[0; 32], text] {
        let findings = Findings {
            model: "of before".to_owned(),
            claims: vec![claim("Tolve denied that the office knew of the damage")],
            ..Findings::default()
        };
        world.event(Event::Detected {
            path: PathBuf::from("story.txt"),
            text,
            findings: findings.into(),
        });
        assert_eq!(counter(&world.screen()), (0, total));
    }
}

#[test]
fn the_rank_says_whose_reason_stands_on_the_card() {
    let mut world = World::housed(120, 40);
    world.event(heard());
    let ours = "“said” after the words";
    assert!(world.screen().contains(ours), "{}", world.screen());
    world.keys(":set rank house, proofmark<Enter><Enter>:close 1<Esc>gg");
    let screen = world.screen();
    assert!(
        screen.contains("the house says so") && !screen.contains(ours),
        "{screen}"
    );
    assert!(
        world
            .outside
            .contains(&"rank = [\"house\", \"proofmark\"]".to_owned()),
        "{:?}",
        world.outside
    );
}

#[test]
fn a_detector_that_sends_texts_is_allowed_once_and_by_hand() {
    let mut world = World::housed(100, 30);
    world.event(refused(sends()));
    let said = world.screen();
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ");
    assert!(
        said.contains("which nobody checks; :allow house lets it"),
        "{said}"
    );
    world.keys("j:detectors<Enter>");
    assert!(
        world.screen().contains(":allow house lets it"),
        "{}",
        world.screen()
    );
    world.keys("<Esc>:allow house<Enter>");
    let screen = world.screen();
    assert!(
        screen.contains("“house” may send texts to api.example.org")
            && screen.contains("sends = \"api.example.org\""),
        "shown before it is written\n{screen}"
    );
    world.keys("<Esc>");
    assert!(world.outside.is_empty(), "{:?}", world.outside);
    world.keys(":allow ho<Tab><Enter><Enter>");
    let allowed = [
        "[detectors.house]\nsends = \"api.example.org\"",
        "allow house api.example.org",
    ];
    assert_eq!(world.outside, allowed);
    world.keys(":allow house<Enter>");
    assert_eq!(status(&mut world), "“house” does not ask for anything");
    world.keys(":allow hose<Enter>");
    assert_eq!(
        status(&mut world),
        "there is no detector “hose”; there are house"
    );
    assert!(world.journal.is_empty());
}

#[test]
fn a_fault_is_told_once_and_the_list_says_what_each_is_doing() {
    let mut world = World::housed(100, 30);
    let fault = || {
        refused(NotHeard::Broken {
            name: "house".to_owned(),
            reason: "it broke off".to_owned(),
        })
    };
    world.event(fault());
    assert!(
        status(&mut world).contains("“house”: it broke off"),
        "{}",
        status(&mut world)
    );
    world.keys("j");
    let quiet = status(&mut world);
    world.event(fault());
    assert_eq!(status(&mut world), quiet, "not again");
    world.event(Event::Asked {
        path: PathBuf::from("story.txt"),
        detector: "house".to_owned(),
        told: "chunk 2 of 4".to_owned(),
    });
    assert_eq!(status(&mut world), quiet);
    world.keys(":detectors<Enter>");
    assert!(
        world.screen().contains("house: reading: chunk 2 of 4"),
        "{}",
        world.screen()
    );
    assert!(
        world.screen().contains("proofmark: compiled in"),
        "{}",
        world.screen()
    );
    world.keys("<Esc>");
    world.event(heard());
    world.keys(":detectors<Enter>");
    assert!(
        world.screen().contains("house: 2 claims, 1 of them new"),
        "{}",
        world.screen()
    );
}
